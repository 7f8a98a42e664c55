/* Cloud Logging as one more input of an analysis: when the tests ran, and what was logged then. */
#include "cmd/analysis_live.h"

#include <string.h>

#include "cmd/plan.h"

#define WIDE (3600 * WHEN_SECOND) /* from here on the service does the scanning */

static void widen(struct period *stretch, int64_t time)
{
	if (time == TIME_NONE)
		return;
	if (stretch->from == TIME_NONE || time < stretch->from)
		stretch->from = time;
	if (stretch->to == TIME_NONE || time > stretch->to)
		stretch->to = time;
}

static void add_tests(struct period *stretch, const struct source_info *source)
{
	for (size_t i = 0; i < source->test_count; i++) {
		const struct test *test = source->tests[i];

		widen(stretch, test->start);
		if (test->start != TIME_NONE && test->duration > 0)
			widen(stretch, when_difference(test->start, -test->duration));
	}
}

/* When the tests ran; where no transcript tells, the time of the other inputs. */
static int find_tests(
	const struct analysis_state *state, bool transcripts, struct period *out, struct err *err)
{
	const struct run *run = state->analysis->run;

	for (size_t i = 0; i < run->source_count; i++) {
		const struct source_info *source = run->sources[i];
		struct period own = { TIME_NONE, TIME_NONE };

		if (source->transcript != transcripts)
			continue;
		add_tests(&own, source);
		widen(&own, source->first);
		widen(&own, source->last);
		if (own.from != TIME_NONE && source->zone_unknown &&
			!state->options->source.offset_given)
			return err_set(err, ERR_USAGE,
				"%s: its times bear no zone: give --tz, or --from and --to",
				source->name);
		widen(out, own.from);
		widen(out, own.to);
	}
	return 0;
}

/* When the tests ran: as they say, else while the command ran, else as the other inputs have it. */
static int find_when(const struct analysis_state *state, struct period *out, struct err *err)
{
	const struct live_options *live = state->options->live;
	int told = find_tests(state, true, out, err);

	if (live->began != TIME_NONE && (told < 0 || out->from == TIME_NONE)) {
		*out = (struct period){ live->began, live->ended };
		return 0;
	}
	if (told < 0 || (out->from == TIME_NONE && find_tests(state, false, out, err) < 0))
		return -1;
	if (out->from == TIME_NONE)
		return err_set(err, ERR_USAGE,
			"the inputs do not tell when the tests ran: give --from and --to");
	return 0;
}

/* What the tests did may be logged a moment later: then there is a moment to wait. */
static void wait_for_lag(const struct pulling *pulling, int64_t end)
{
	int64_t rest = when_difference(end, pulling_now(pulling) - PLAN_LAG);

	if (rest <= 0 || rest > PLAN_LAG)
		return;
	log_info("waiting for the last entries to arrive");
	pulling->clock->sleep(rest, pulling->clock->context);
}

static int find_stretch(const struct analysis_state *state, const struct pulling *pulling,
	struct period *out, struct err *err)
{
	const struct live_options *live = state->options->live;
	char from[WHEN_TEXT];
	int64_t newest;

	*out = (struct period){ TIME_NONE, TIME_NONE };
	if (live->from == TIME_NONE || live->to == TIME_NONE) {
		if (find_when(state, out, err) < 0)
			return -1;
		wait_for_lag(pulling, out->to);
		out->from = when_difference(out->from, live->padding);
		out->to = when_difference(out->to, -live->padding);
	}
	if (live->from != TIME_NONE)
		out->from = live->from;
	if (live->to != TIME_NONE)
		out->to = live->to;
	newest = pulling_now(pulling) - PLAN_LAG;
	if (out->to > newest)
		out->to = newest;
	if (out->from >= out->to)
		return err_set(err, ERR_USAGE,
			"there is nothing to read of %s: the time from %s on is still to come, or "
			"--from is not before --to",
			pulling->resource, when_format(out->from, from));
	return 0;
}

/* What taking entries works with. */
struct taking {
	struct analysis_state *state;
	struct source_info *info;
};

static int take(void *context, struct entry *entry, struct err *err)
{
	struct taking *taking = context;

	return analysis_take(taking->state, entry, taking->info, err);
}

/* 0, or -1 with ERR_STORE: what the service refuses is a gap. */
static int as_gap(struct analysis_state *state, int result, struct err *problem, struct err *err)
{
	if (result >= 0)
		return 0;
	if (problem->code == ERR_STORE) {
		*err = *problem;
		return -1;
	}
	analysis_gap(state, problem->text);
	return 0;
}

static int read_stretches(struct analysis_state *state, struct pulling *pulling,
	const struct periods *stretches, struct err *err)
{
	struct source_info *info = source_pages_info(pulling->pages);
	struct taking taking = { state, info };
	struct err problem = { 0 };
	int result = 0;

	pulling->store = state->store;
	pulling->take = take;
	pulling->context = &taking;
	pulling->more = NULL;
	for (size_t i = 0; i < stretches->count && result == 0; i++) {
		struct slice slice =
			pulling_slice(pulling, stretches->items[i].from, stretches->items[i].to);

		result = pulling_read(pulling, &slice, false, &problem);
	}
	return as_gap(state, result, &problem, err);
}

/* The row of this source: the same project, question and time are the same source. */
static int begin_source(struct analysis_state *state, const struct pulling *pulling,
	const struct period *whole, struct err *err)
{
	char *question = pulling_question(state->analysis, pulling), *text;
	char key[DIGEST_TEXT], from[WHEN_TEXT], to[WHEN_TEXT];

	text = mem_printf(question, "%s\n%s\n%s\n%s", pulling->resource, question,
		when_format(whole->from, from), when_format(whole->to, to));
	digest_of(text, strlen(text), key);
	talloc_free(question);
	return store_live(state->store, source_pages_info(pulling->pages), key, err);
}

static bool wants_probe(const struct live_options *live, const struct period *whole)
{
	return live->pushdown == LIVE_PUSHDOWN_ALWAYS ||
	       (live->pushdown == LIVE_PUSHDOWN_WIDE && whole->to - whole->from > WIDE);
}

static int read_whole(struct analysis_state *state, struct pulling *pulling,
	const struct rules *rules, struct period *whole, struct err *err)
{
	struct source_info *info = source_pages_info(pulling->pages);
	struct periods stretches = { whole, 1 };
	struct err problem = { 0 };
	size_t refused = state->analysis->refused;

	if (begin_source(state, pulling, whole, err) < 0)
		return -1;
	if (wants_probe(state->options->live, whole) &&
		as_gap(state, analysis_probe(state, pulling, rules, whole, &stretches, &problem),
			&problem, err) < 0)
		return -1;
	if (read_stretches(state, pulling, &stretches, err) < 0)
		return -1;
	source_pages_end(pulling->pages);
	analysis_count_redacted(state, source_pages_redactor(pulling->pages));
	if (state->analysis->refused == refused)
		info->read_to = whole->to;
	analysis_add_source(state, info);
	return 0;
}

int analysis_live(struct analysis_state *state, const struct rules *rules, struct err *err)
{
	const struct live_options *live = state->options->live;
	const struct pulling_options options = { state->options->settings, live->service,
		live->filter, live->per_minute, live->offline, false, state->progress,
		state->options->source.redaction };
	struct pulling *pulling;
	struct period whole;

	if (pulling_new(state->analysis, &options, NULL, &pulling, err) < 0 ||
		find_stretch(state, pulling, &whole, err) < 0)
		return -1;
	return read_whole(state, pulling, rules, &whole, err);
}
