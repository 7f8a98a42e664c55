/* Keeping a run and all that was found in it, in one transaction that is durable when it ends. */
#include "store/history.h"

/* What a run has, in the order in which foreign keys let it go. */
static const char *const of_run[] = {
	"why_evidence",
	"chain_tests",
	"chain_notes",
	"alternatives",
	"contributing",
	"actions",
	"undiagnosed_evidence",
	"undiagnosed",
	"unexplained",
	"error_patterns",
	"rule_costs",
	"whys",
	"chains",
	"evidence",
	"term_hits",
	"finding_keys",
	"findings",
	"results",
	"run_notes",
	"run_redactions",
	"run_services",
	"source_notes",
	"run_sources",
};

static int clear_run(struct saving *saving, struct err *err)
{
	char text[128];

	for (size_t i = 0; i < sizeof(of_run) / sizeof(of_run[0]); i++) {
		snprintf(text, sizeof(text), "DELETE FROM %s WHERE run_id = %lld", of_run[i],
			(long long)saving->run_id);
		if (sql_execute(saving->store, text, err) < 0)
			return -1;
	}
	return 0;
}

static int save_run(struct saving *saving, const struct diagnosis *diagnosis,
	const char *rules_sha256, struct err *err)
{
	const struct run *run = diagnosis->run;
	const struct sql_value values[] = { sql_text(run->sha256), sql_text(run->label),
		sql_text(run->commit),
		run->iteration > 0 ? sql_integer(run->iteration) : sql_null(),
		sql_text(run->branch), sql_text(run->environment), sql_text(rules_sha256),
		sql_count(run->counts.passed), sql_count(run->counts.failed),
		sql_count(run->counts.errors), sql_count(run->counts.skipped), sql_time(run->first),
		sql_time(run->last), sql_count(run->entries), sql_count(run->bytes),
		/* later runs ask whether all of it was read, not all that the rules look for */
		sql_count(run->redactions), sql_integer(run->complete && run->unread_count == 0),
		diagnosis->offset_found ? sql_integer(diagnosis->offset) : sql_null(),
		sql_text(diagnosis->offset_note), sql_time(run->recorded) };
	int found = sql_get(saving->store, RUN_UPDATE, values, &saving->run_id, err);

	if (found > 0)
		return history_note(saving, err) < 0 ? -1 : clear_run(saving, err);
	if (found == 0)
		found = sql_get(saving->store, RUN_ADD, values, &saving->run_id, err);
	return found < 0 ? -1 : 0;
}

static int save_source_notes(
	struct saving *saving, const struct source_info *source, struct err *err)
{
	for (size_t i = 0; i < source->note_count; i++) {
		const struct sql_value values[] = { sql_integer(saving->run_id),
			sql_integer(source->id), sql_count(i + 1), sql_text(source->notes[i]) };

		if (sql_run(saving->store, SOURCE_NOTE_ADD, values, err) < 0)
			return -1;
	}
	return 0;
}

static int save_sources(struct saving *saving, const struct run *run, struct err *err)
{
	for (size_t i = 0; i < run->source_count; i++) {
		const struct source_info *source = run->sources[i];
		const struct sql_value values[] = { sql_integer(saving->run_id), sql_count(i + 1),
			sql_integer(source->id), sql_text(source->name),
			sql_count(source->duplicates) };

		if (source->id == 0)
			continue; /* one that could not be opened or read has no row */
		if (sql_run(saving->store, RUN_SOURCE_ADD, values, err) < 0 ||
			save_source_notes(saving, source, err) < 0)
			return err_wrap(err, "%s", source->name);
	}
	return 0;
}

static int save_notes(struct saving *saving, const char *kind, const char *const *texts,
	size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		const struct sql_value values[] = { sql_integer(saving->run_id), sql_text(kind),
			sql_count(i + 1), sql_text(texts[i]) };

		if (sql_run(saving->store, RUN_NOTE_ADD, values, err) < 0)
			return -1;
	}
	return 0;
}

static int save_redacted(struct saving *saving, const struct run *run, struct err *err)
{
	for (size_t i = 0; i < run->redacted_count; i++) {
		const struct sql_value values[] = { sql_integer(saving->run_id),
			sql_text(run->redacted[i].kind), sql_count(run->redacted[i].count) };

		if (sql_run(saving->store, RUN_REDACTED_ADD, values, err) < 0)
			return -1;
	}
	return 0;
}

static int save_test(struct saving *saving, size_t n, const struct test *test, struct err *err)
{
	const struct source_info *source = test->source;
	struct sql_value values[] = { sql_integer(saving->run_id), sql_count(n), sql_null(),
		sql_text(outcome_name(test->outcome)), sql_count(test->counts.passed),
		sql_count(test->counts.failed), sql_count(test->counts.errors),
		sql_count(test->counts.skipped), sql_time(test->start),
		test->duration < 0 ? sql_null() : sql_integer(test->duration),
		sql_text(test->message),
		source == NULL || source->id == 0 ? sql_null() : sql_integer(source->id),
		sql_count(test->line), sql_integer(test->nameless), sql_text(test->file),
		sql_count(test->file_line), sql_integer(test->step) };

	if (saving_test(saving, test->name, &values[2], err) < 0 ||
		sql_run(saving->store, RESULT_ADD, values, err) < 0)
		return err_wrap(err, "test %s", test->name);
	return 0;
}

static int save_tests(struct saving *saving, const struct run *run, struct err *err)
{
	for (size_t i = 0; i < run->test_count; i++)
		if (save_test(saving, i + 1, run->tests[i], err) < 0)
			return -1;
	return 0;
}

static int save_all(struct saving *saving, const char *rules_sha256, struct diagnosis *diagnosis,
	struct err *err)
{
	const struct run *run = diagnosis->run;

	if (save_run(saving, diagnosis, rules_sha256, err) < 0 ||
		save_sources(saving, run, err) < 0 ||
		save_notes(saving, "gap", run->gaps, run->gap_count, err) < 0 ||
		save_notes(saving, "limit", run->limits, run->limit_count, err) < 0 ||
		save_notes(saving, "count", run->count_notes, run->count_note_count, err) < 0 ||
		save_redacted(saving, run, err) < 0 || save_tests(saving, run, err) < 0 ||
		history_save_services(saving, run, err) < 0 || findings_save(saving, err) < 0)
		return -1;
	for (size_t i = 0; i < diagnosis->evidence_count; i++)
		if (findings_quote(saving, diagnosis->evidence[i], err) < 0)
			return -1;
	if (chains_save(saving, diagnosis, err) < 0)
		return -1;
	if (unexplained_save(saving, diagnosis, err) < 0)
		return -1;
	if (tuning_save(saving, diagnosis, err) < 0)
		return -1;
	return history_update(saving, diagnosis, err);
}

static int save_at_once(struct saving *saving, const char *rules_sha256,
	struct diagnosis *diagnosis, struct err *err)
{
	if (sql_begin(saving->store, err) < 0)
		return -1;
	if (save_all(saving, rules_sha256, diagnosis, err) == 0)
		return sql_commit(saving->store, err);
	sql_rollback(saving->store);
	return -1;
}

int store_diagnosis_save(struct store *store, const char *rules_sha256,
	const struct findings *findings, struct diagnosis *diagnosis, struct err *err)
{
	struct saving saving = { .store = store, .findings = findings };
	bool is_durable = !store->is_private && !store->is_held;
	int result;

	sql_rollback(store); /* of a source that was begun and never ended */
	store->in_source = false;
	if (sql_execute(store, "PRAGMA foreign_keys = ON", err) < 0)
		return -1;
	/* what a person is shown must not be lost with the power; entries can be read again */
	if (is_durable && sql_execute(store, "PRAGMA synchronous = FULL", err) < 0)
		return -1;
	saving.quoted = mem_array(store, bool, 64);
	result = save_at_once(&saving, rules_sha256, diagnosis, err);
	talloc_free(saving.quoted);
	if (is_durable && result == 0)
		result = sql_execute(store, "PRAGMA synchronous = NORMAL", err);
	if (result == 0)
		diagnosis->run->id = saving.run_id;
	return result < 0 ? err_wrap(err, "keeping the diagnosis") : 0;
}
