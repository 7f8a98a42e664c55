/* The incidents of a run, with the chains that it has of them. */
#include "store/criteria.h"
#include "store/read.h"

static enum verdict verdict_named(const char *name)
{
	enum verdict verdict = VERDICT_CONFIRMED;

	while (verdict < VERDICT_UNDIAGNOSED && strcmp(verdict_name(verdict), name) != 0)
		verdict++;
	return verdict;
}

static enum basis basis_named(const char *name)
{
	enum basis basis = BASIS_OBSERVED;

	while (basis < BASIS_HYPOTHESIS && strcmp(basis_name(basis), name) != 0)
		basis++;
	return basis;
}

static const char *text_at(sqlite3_stmt *rows, int column)
{
	return (const char *)sqlite3_column_text(rows, column);
}

struct history read_history(sqlite3_stmt *rows, int column)
{
	enum incident_state state = STATE_NEW;

	while (state < STATE_FLAKY &&
		strcmp(incident_state_name(state), text_at(rows, column)) != 0)
		state++;
	return (struct history){ .state = state,
		.first_run = sqlite3_column_int64(rows, column + 1),
		.last_run = sqlite3_column_int64(rows, column + 2),
		.since_run = sqlite3_column_int64(rows, column + 3),
		.fixed_run = sqlite3_column_int64(rows, column + 4),
		.reached_run = sqlite3_column_int64(rows, column + 5),
		.occurrences = sql_row_count(rows, column + 6) };
}

static void add_chain(struct reading *reading, sqlite3_stmt *rows)
{
	struct incident *incident = mem_new(reading->mem, struct incident);

	*incident = (struct incident){ .id = sqlite3_column_int64(rows, 0),
		.verdict = verdict_named(text_at(rows, 2)),
		.verdict_reason = sql_row_text(incident, rows, 3),
		.evidence_ends_at = (unsigned)sqlite3_column_int(rows, 4),
		.join = sql_row_text(incident, rows, 5),
		.confidence = sqlite3_column_double(rows, 6),
		.history = read_history(rows, 7),
		.root = read_cause(incident, rows, 14) };
	snprintf(incident->fingerprint, sizeof(incident->fingerprint), "%s", text_at(rows, 1));
	*(struct incident **)read_grow(reading, sizeof(incident)) = incident;
}

/* Chains are numbered from 1 without gaps, and foreign keys say that they are there. */
static struct incident *chain_of(const struct reading *reading, sqlite3_stmt *rows, int column)
{
	struct incident **items = reading->items;
	uint64_t number = sql_row_count(rows, column);

	return number >= 1 && number <= reading->count ? items[number - 1] : NULL;
}

static void add_why(struct reading *reading, sqlite3_stmt *rows)
{
	struct incident *incident = chain_of(reading, rows, 0);
	struct why *why;

	if (incident == NULL)
		return;
	why = mem_new(incident, struct why);
	*why = (struct why){ .n = (unsigned)sqlite3_column_int(rows, 1),
		.statement = sql_row_text(why, rows, 2),
		.basis = basis_named(text_at(rows, 3)),
		.count = sql_row_count(rows, 4),
		.first = sql_row_time(rows, 5),
		.last = sql_row_time(rows, 6),
		.moment = sql_row_time(rows, 12),
		.cause = read_cause(why, rows, 17),
		.link = { .score = sqlite3_column_double(rows, 7),
			.gap = sql_row_time(rows, 8),
			.keys_agreed = sql_row_text(why, rows, 9),
			.keys_missing = sql_row_text(why, rows, 10),
			.order_supported = sqlite3_column_int(rows, 11) != 0,
			.weight = sqlite3_column_double(rows, 13),
			.key_factor = sqlite3_column_double(rows, 14),
			.time_factor = sqlite3_column_double(rows, 15),
			.specificity_factor = sqlite3_column_double(rows, 16) } };
	incident->whys =
		mem_grow(incident, incident->whys, incident->why_count, sizeof(*incident->whys));
	incident->whys[incident->why_count++] = why;
	/* one and the same cause, as whoever compares them expects */
	if (incident->root != NULL && strcmp(incident->root->id, why->cause->id) == 0)
		incident->root = why->cause;
}

static struct why *why_of(const struct reading *reading, sqlite3_stmt *rows, int column)
{
	struct incident *incident = chain_of(reading, rows, column);
	uint64_t n = sql_row_count(rows, column + 1);

	return incident != NULL && n < incident->why_count ? incident->whys[n] : NULL;
}

/* Several whys may rest on the same piece. */
static struct evidence *known_evidence(const struct incident *incident, unsigned number)
{
	for (size_t i = 0; i < incident->why_count; i++)
		for (size_t j = 0; j < incident->whys[i]->evidence_count; j++)
			if (incident->whys[i]->evidence[j]->number == number)
				return incident->whys[i]->evidence[j];
	return NULL;
}

static void add_evidence(struct reading *reading, sqlite3_stmt *rows)
{
	struct why *why = why_of(reading, rows, READ_ENTRY_COLUMNS + 3);
	struct evidence *evidence;

	if (why == NULL)
		return;
	evidence = known_evidence(chain_of(reading, rows, READ_ENTRY_COLUMNS + 3),
		(unsigned)sqlite3_column_int(rows, READ_ENTRY_COLUMNS));
	if (evidence == NULL)
		evidence = read_evidence(reading->mem, rows, reading->run);
	why->evidence = mem_grow(why, why->evidence, why->evidence_count, sizeof(*why->evidence));
	why->evidence[why->evidence_count++] = evidence;
}

static void add_test(struct reading *reading, sqlite3_stmt *rows)
{
	struct incident *incident = chain_of(reading, rows, 0);
	struct test *test = read_test(rows, 1, reading->run);

	if (incident == NULL || test == NULL)
		return;
	incident->tests =
		mem_grow(incident, incident->tests, incident->test_count, sizeof(*incident->tests));
	incident->tests[incident->test_count++] = test;
}

static void add_note(struct reading *reading, sqlite3_stmt *rows)
{
	struct incident *incident = chain_of(reading, rows, 0);
	bool question = strcmp(text_at(rows, 1), "question") == 0;
	const char ***texts;
	size_t *count;

	if (incident == NULL)
		return;
	texts = question ? &incident->questions : &incident->looked_for;
	count = question ? &incident->question_count : &incident->looked_for_count;
	*texts = mem_grow(incident, *texts, *count, sizeof(**texts));
	(*texts)[(*count)++] = sql_row_text(incident, rows, 2);
}

static void add_alternative(struct reading *reading, sqlite3_stmt *rows)
{
	struct incident *incident = chain_of(reading, rows, 0);

	if (incident == NULL)
		return;
	incident->alternatives = mem_grow(incident, incident->alternatives,
		incident->alternative_count, sizeof(*incident->alternatives));
	incident->alternatives[incident->alternative_count++] =
		(struct alternative){ read_cause(incident, rows, 3),
			sql_row_text(incident, rows, 1), sql_row_text(incident, rows, 2) };
}

static void add_contributing(struct reading *reading, sqlite3_stmt *rows)
{
	struct incident *incident = chain_of(reading, rows, 0);
	struct finding *finding;

	if (incident == NULL)
		return;
	finding = mem_new(incident, struct finding);
	finding->count = sql_row_count(rows, 1);
	finding->first = sql_row_time(rows, 2);
	finding->last = sql_row_time(rows, 3);
	finding->cause = read_cause(finding, rows, 4);
	incident->contributing = mem_grow(incident, incident->contributing,
		incident->contributing_count, sizeof(*incident->contributing));
	incident->contributing[incident->contributing_count++] = finding;
}

static void add_action(struct reading *reading, sqlite3_stmt *rows)
{
	struct incident *incident = chain_of(reading, rows, 0);

	if (incident == NULL)
		return;
	incident->actions = mem_grow(
		incident, incident->actions, incident->action_count, sizeof(*incident->actions));
	incident->actions[incident->action_count++] =
		(struct action){ .kind = sql_row_text(incident, rows, 1),
			.text = sql_row_text(incident, rows, 2),
			.done_when = sql_row_text(incident, rows, 3),
			.state = sql_row_text(incident, rows, 4) };
}

static const struct {
	enum statement which;
	read_add *add;
} parts[] = {
	{ RUN_CHAINS, add_chain },
	{ RUN_WHYS, add_why },
	{ RUN_WHY_EVIDENCE, add_evidence },
	{ RUN_CHAIN_TESTS, add_test },
	{ RUN_CHAIN_NOTES, add_note },
	{ RUN_ALTERNATIVES, add_alternative },
	{ RUN_CONTRIBUTING, add_contributing },
	{ RUN_ACTIONS, add_action },
};

int store_run_incidents(TALLOC_CTX *mem, struct store *store, const struct run *run,
	struct incident ***out, size_t *count, struct err *err)
{
	struct reading reading = { .mem = mem, .run = run };

	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		if (read_rows(store, parts[i].which, &reading, parts[i].add, err) < 0)
			return -1;
	*out = reading.items;
	*count = reading.count;
	for (size_t i = 0; i < reading.count; i++)
		if (criteria_judge(store, run, i + 1, (*out)[i], err) < 0)
			return -1;
	return 0;
}
