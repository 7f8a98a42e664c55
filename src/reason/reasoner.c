/* The reasoner: what it remembers while entries go by, and what it concludes in the end. */
#include "reason/reason.h"

#include "reason/clock.h"
#include "reason/services.h"
#include "reason/session.h"

struct reasoner {
	const struct rules *rules;
	struct reason_options options;
	struct errors *errors;
	struct culprits *culprits;
	struct culprit_signs *signs;
	struct requests *requests;
	struct context *context;
	struct services *services;
};

struct reasoner *reasoner_new(
	TALLOC_CTX *mem, const struct rules *rules, const struct reason_options *options)
{
	struct reasoner *reasoner = mem_new(mem, struct reasoner);

	reasoner->rules = rules;
	if (options != NULL)
		reasoner->options = *options;
	reasoner->errors = errors_new(reasoner);
	reasoner->culprits = culprits_new(reasoner);
	reasoner->signs = culprit_signs_new(reasoner);
	reasoner->requests = requests_new(reasoner);
	reasoner->context = context_new(reasoner);
	reasoner->services = services_new(reasoner);
	return reasoner;
}

bool reasoner_wants(struct reasoner *reasoner, const struct entry *entry)
{
	return culprits_want(reasoner->culprits, entry);
}

/* Of a text that is neither a log nor a transcript: nobody says what its lines are. */
static bool is_bare(const struct entry *entry)
{
	return entry->test == NULL && entry->time == TIME_NONE && entry->text_len > 0;
}

void reasoner_observe(struct reasoner *reasoner, const struct entry *entry, size_t hits)
{
	errors_observe(reasoner->errors, entry, hits);
	if (is_bare(entry) && (hits > 0 || !errors_is(entry)) &&
		culprit_look(reasoner->signs, entry, false).rank >= CULPRIT_SAID)
		errors_observe_form(reasoner->errors, entry);
	culprits_observe(reasoner->culprits, entry);
	requests_observe(reasoner->requests, entry);
	context_observe(reasoner->context, entry);
	services_observe(reasoner->services, entry);
}

/* The common clock: --tz where it was given, else what the log's requests tell. */
static struct graph *make_graph(struct diagnosis *diagnosis, const struct reasoner *reasoner,
	const struct findings *findings)
{
	struct graph seed = { .run = diagnosis->run,
		.findings = findings,
		.options = &reasoner->options,
		.requests = reasoner->requests,
		.context = reasoner->context,
		.errors = reasoner->errors,
		.culprits = reasoner->culprits };

	if (reasoner->options.offset_given) {
		diagnosis->offset = -reasoner->options.offset;
		diagnosis->offset_note = "the zone of the transcript's clock was given";
	} else {
		struct clock clock = clock_find(diagnosis, reasoner->requests, diagnosis->run);

		seed.offset_found = diagnosis->offset_found = clock.found;
		seed.offset = diagnosis->offset = clock.found ? clock.offset : 0;
		diagnosis->offset_note = clock.note;
	}
	return graph_new(diagnosis, seed);
}

static void tell_limit(struct run *run, uint64_t count, const char *words)
{
	if (count == 0)
		return;
	run->limits = mem_grow(run, run->limits, run->limit_count, sizeof(*run->limits));
	run->limits[run->limit_count++] =
		mem_printf(run, "%llu %s", (unsigned long long)count, words);
}

/* What is kept for the report and for the join of tests with logs is bounded. */
static void tell_limits(const struct reasoner *reasoner, const struct graph *graph, struct run *run)
{
	tell_limit(run, errors_passed_over(reasoner->errors),
		"error lines were passed over: there are too many different ones");
	tell_limit(run,
		graph->has_logs && graph->has_transcripts ? requests_passed_over(reasoner->requests)
							  : 0,
		"requests were passed over where tests and logs are joined: there are too many");
	tell_limit(run, context_passed_over(reasoner->context),
		"lines of tests are not shown around absences: there are too many");
	tell_limit(run, culprits_forgotten(reasoner->culprits),
		"steps of jobs were forgotten: there are too many");
	tell_limit(run, services_passed_over(reasoner->services),
		"entries were not counted for their service: there are too many services");
}

static bool has_failed(const struct graph *graph)
{
	for (size_t i = 0; i < graph->unit_count; i++)
		if (graph->units[i]->failing)
			return true;
	return false;
}

int reasoner_conclude(TALLOC_CTX *mem, struct reasoner *reasoner, struct run *run,
	const struct findings *findings, reason_nearest nearest, void *context,
	struct diagnosis **out, struct err *err)
{
	struct diagnosis *diagnosis = mem_new(mem, struct diagnosis);
	struct session session = { .diagnosis = diagnosis, .errors = reasoner->errors };

	(void)err;
	diagnosis->run = run;
	diagnosis->rules_sha256 = reasoner->rules != NULL ? rules_sha256(reasoner->rules) : "";
	services_tell(reasoner->services, run);
	session.graph = make_graph(diagnosis, reasoner, findings);
	tell_limits(reasoner, session.graph, run);
	session.book = evidence_book_new(diagnosis, session.graph);
	diagnosis->failed = has_failed(session.graph);
	if (session.graph->unit_count == 0 && !session.graph->has_transcripts)
		session_explain_logs(&session);
	else
		session_explain_tests(&session);
	incident_make(diagnosis, session.graph, &session.groups, session.book);
	diagnosis->failed |= diagnosis->incident_count > 0;
	for (size_t i = 0; i < session.open_count; i++)
		undiagnosed_add(
			diagnosis, session.graph, session.open[i], session.book, nearest, context);
	undiagnosed_patterns(diagnosis, reasoner->errors, session.book);
	diagnosis->evidence = evidence_all(session.book, &diagnosis->evidence_count);
	*out = diagnosis;
	return 0;
}
