/* Sources to store, matcher and reasoner, and on to a diagnosis. */
#include "cmd/analysis_live.h"

#include <string.h>
#include <time.h>

#include "cmd/moment.h"

/* Inputs up to this size are kept whole; of more, only what rules or reasoning look at. */
#define KEEP_ALL_MAX (UINT64_C(16) << 20)

/* Monotonic, and only ever shown on stderr: no report depends on it. */
static void phase(struct analysis_state *state, const char *name)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	if (state->options->timing && name != NULL)
		fprintf(stderr, "fivewhys: timing: %-8s %8.3f ms\n", name,
			(double)(now.tv_sec - state->started.tv_sec) * 1e3 +
				(double)(now.tv_nsec - state->started.tv_nsec) / 1e6);
	state->started = now;
}

static bool is_notable(const struct analysis_state *state, const struct entry *entry, size_t hits)
{
	return hits > 0 || entry->severity >= SEVERITY_ERROR ||
	       (entry->test != NULL && !entry->test->step) ||
	       reasoner_wants(state->reasoner, entry);
}

/* 1: keep going with this entry. 0: it had been read before in this run. */
static int keep(struct analysis_state *state, struct entry *entry, size_t *hits, struct err *err)
{
	bool known_here = false;
	bool whole = state->analysis->run->bytes + entry->source->bytes <= KEEP_ALL_MAX;

	*hits = 0;
	if (!whole) {
		*hits = matcher_scan(state->matcher, entry);
		if (!is_notable(state, entry, *hits))
			return 1;
	}
	if (store_entry_add(state->store, entry, &known_here, err) < 0)
		return -1;
	if (known_here && !whole)
		matcher_forget(state->matcher);
	if (known_here)
		return 0;
	if (whole)
		*hits = matcher_scan(state->matcher, entry);
	else
		matcher_name(state->matcher, entry);
	return 1;
}

static void widen(struct run *run, int64_t time)
{
	if (time == TIME_NONE)
		return;
	if (run->first == TIME_NONE || time < run->first)
		run->first = time;
	if (run->last == TIME_NONE || time > run->last)
		run->last = time;
}

/*
 * A line of a log that only ends an absence is still an error that no rule knows. The verdict of a
 * test runner does so, too, and is explained with its test.
 */
static size_t known_by(const struct analysis_state *state, const struct entry *entry, size_t hits)
{
	return hits > 0 && !entry->source->transcript ? matcher_told(state->matcher) : hits;
}

int analysis_take(struct analysis_state *state, struct entry *entry, struct source_info *info,
	struct err *err)
{
	struct run *run = state->analysis->run;
	size_t hits;
	int kept;

	entry->order = ++state->order;
	kept = keep(state, entry, &hits, err);
	if (kept < 0)
		return -1;
	if (kept == 0) {
		info->duplicates++;
		return 0;
	}
	run->entries++;
	widen(run, entry->time);
	reasoner_observe(state->reasoner, entry, known_by(state, entry, hits));
	return 0;
}

static int read_entries(struct analysis_state *state, struct source *source, struct err *err)
{
	struct source_info *info = source_info(source);
	const struct run *run = state->analysis->run;
	struct entry entry;
	int got;

	while ((got = source_next(source, &entry, err)) > 0) {
		if (analysis_take(state, &entry, info, err) < 0)
			return -1;
		progress_show(state->progress, run->bytes + info->bytes, run->entries);
	}
	return got;
}

static void add_text(struct run *run, const char ***texts, size_t *count, const char *text)
{
	*texts = mem_grow(run, *texts, *count, sizeof(**texts));
	(*texts)[(*count)++] = text;
}

static char *scrub(struct run *run, struct redactor *redactor, const char *text)
{
	uint64_t count = 0;
	size_t length;

	if (text == NULL)
		return NULL;
	text = redactor_apply_name(redactor, text, strlen(text), &length, &count);
	return mem_strndup(run, text, length);
}

/* What a person calls a run may hold a secret, and is kept and shown like what it read. */
static void scrub_names(struct run *run, struct redactor *redactor)
{
	run->label = scrub(run, redactor, run->label);
	run->commit = scrub(run, redactor, run->commit);
	run->branch = scrub(run, redactor, run->branch);
	run->environment = scrub(run, redactor, run->environment);
}

void analysis_count_redacted(struct analysis_state *state, const struct redactor *redactor)
{
	struct run *run = state->analysis->run;
	const char *kind;
	uint64_t count;

	for (size_t i = 0; (kind = redactor_kind(redactor, i, &count)) != NULL; i++) {
		run_add_redacted(run, kind, count);
		run->redactions += count;
	}
}

/* A source that breaks off is a gap: what was read of it stays, and the ledger says so. */
void analysis_gap(struct analysis_state *state, const char *text)
{
	struct run *run = state->analysis->run;

	if (state->redactor != NULL)
		text = scrub(run, state->redactor, text);
	run->complete = false;
	add_text(run, &run->gaps, &run->gap_count, mem_strdup(run, text));
	log_warn("%s", text);
	state->analysis->refused++;
}

void analysis_add_source(struct analysis_state *state, struct source_info *info)
{
	struct run *run = state->analysis->run;

	if (info->truncated)
		run->complete = false;
	run->sources = mem_grow(run, run->sources, run->source_count, sizeof(*run->sources));
	run->sources[run->source_count++] = info;
	run->bytes += info->bytes;
}

static int read_source(struct analysis_state *state, struct source *source, struct err *err)
{
	struct source_info *info = source_info(source);
	struct err problem = { 0 };

	if (store_source_begin(state->store, info, err) < 0)
		return -1;
	if (read_entries(state, source, &problem) < 0) {
		if (problem.code == ERR_STORE) {
			*err = problem;
			return -1;
		}
		analysis_gap(state, problem.text);
	}
	analysis_add_source(state, info);
	return store_source_end(state->store, info, err);
}

static int read_all(TALLOC_CTX *mem, struct analysis_state *state, struct err *err)
{
	struct err problem = { 0 };
	struct inputs *inputs;
	struct source *source;
	int got;

	if (inputs_new(mem, state->options->inputs, &state->options->source, &inputs, err) < 0)
		return -1;
	state->redactor = inputs_redactor(inputs);
	scrub_names(state->analysis->run, state->redactor);
	while ((got = inputs_next(inputs, &source, &problem)) != 0) {
		if (got < 0)
			analysis_gap(state, problem.text);
		else if (read_source(state, source, err) < 0)
			return -1;
	}
	return 0;
}

static void digest_run(struct run *run)
{
	struct digest *digest = digest_new(run);

	for (size_t i = 0; i < run->source_count; i++)
		digest_add(digest, run->sources[i]->sha256, DIGEST_TEXT);
	digest_end(digest, run->sha256);
	talloc_free(digest);
}

static const struct cause *nearest(
	TALLOC_CTX *mem, void *context, const struct test *test, const char **because)
{
	return matcher_nearest(mem, context, test, because);
}

static bool seen(void *context, const struct term *term, int64_t from, int64_t to)
{
	return matcher_seen(context, term, from, to);
}

static void take_limits(struct analysis_state *state)
{
	struct run *run = state->analysis->run;
	const char *const *texts;
	size_t count = matcher_limits(state->matcher, &texts);

	for (size_t i = 0; i < count; i++)
		add_text(run, &run->limits, &run->limit_count, texts[i]);
}

static int conclude(struct analysis_state *state, const struct rules *rules, struct err *err)
{
	struct analysis *analysis = state->analysis;
	struct run *run = analysis->run;

	analysis_count_redacted(state, state->redactor);
	source_merge_tests(run, run);
	digest_run(run);
	if (matcher_findings(analysis, state->matcher, run, &analysis->findings, err) < 0)
		return -1;
	take_limits(state);
	if (state->options->explain != NULL)
		analysis->explanation =
			matcher_explain(analysis, state->matcher, state->options->explain, run);
	phase(state, "match");
	if (reasoner_conclude(analysis, state->reasoner, run, &analysis->findings, nearest,
		    state->matcher, &analysis->diagnosis, err) < 0)
		return -1;
	analysis->diagnosis->rules_sha256 = rules_sha256(rules);
	analysis->diagnosis->cost_count =
		matcher_costs(analysis->diagnosis, state->matcher, &analysis->diagnosis->costs);
	phase(state, "reason");
	if (store_diagnosis_save(state->store, rules_sha256(rules), &analysis->findings,
		    analysis->diagnosis, err) < 0)
		return -1;
	phase(state, "store");
	return 0;
}

static struct analysis *new_analysis(TALLOC_CTX *mem, const struct analysis_options *options)
{
	struct analysis *analysis = mem_new(mem, struct analysis);
	struct run *run = mem_new(analysis, struct run);

	*run = (struct run){ .id = 1,
		.kept = options->db != NULL,
		.label = options->label,
		.commit = options->commit,
		.branch = options->branch,
		.environment = options->environment,
		.iteration = options->iteration,
		.first = TIME_NONE,
		.last = TIME_NONE,
		.recorded = moment_now(),
		.complete = true };
	analysis->run = run;
	return analysis;
}

static int prepare(struct analysis_state *state, const struct rules *rules, struct err *err)
{
	struct reason_options reason = { .offset = state->options->source.offset,
		.offset_given = state->options->source.offset_given,
		.seen = seen };

	if (store_open(state->analysis, state->options->db, &state->store, err) < 0 ||
		(state->options->hold && store_hold(state->store, err) < 0) ||
		matcher_new(state->analysis, rules, &state->matcher, err) < 0)
		return -1;
	if (state->options->explain != NULL)
		matcher_watch(state->matcher, state->options->explain);
	state->analysis->store = state->store;
	reason.seen_context = state->matcher;
	state->reasoner = reasoner_new(state->analysis, rules, &reason);
	return 0;
}

static void fail_empty(const struct analysis *analysis, struct err *err)
{
	const struct run *run = analysis->run;

	if (analysis->refused > 0)
		err_fill(err, ERR_IO, "no input could be read; the last one: %s",
			run->gaps[run->gap_count - 1]);
	else
		err_fill(err, ERR_EMPTY, "nothing to analyse: the inputs hold no entry");
}

int analysis_run(TALLOC_CTX *mem, const struct rules *rules, const struct analysis_options *options,
	struct analysis **out, struct err *err)
{
	struct analysis_state state = { .analysis = new_analysis(mem, options),
		.options = options };

	state.progress = progress_new(state.analysis, stderr, options->progress);
	phase(&state, NULL);
	if (prepare(&state, rules, err) < 0)
		goto failed;
	phase(&state, "prepare");
	progress_phase(state.progress, "reading");
	if (read_all(state.analysis, &state, err) < 0)
		goto failed;
	phase(&state, "read");
	if (options->live != NULL && options->live->project != NULL) {
		progress_phase(state.progress, "reading Cloud Logging");
		if (analysis_live(&state, rules, err) < 0)
			goto failed;
		phase(&state, "pull");
	}
	progress_phase(state.progress, "reasoning");
	if (state.analysis->run->entries == 0) {
		fail_empty(state.analysis, err);
		goto failed;
	}
	if (conclude(&state, rules, err) < 0)
		goto failed;
	talloc_free(state.progress);
	*out = state.analysis;
	return 0;
failed:
	talloc_free(state.analysis);
	return -1;
}
