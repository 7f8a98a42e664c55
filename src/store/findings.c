/* Keeping findings: their keys, the entries that made them fire, and entries that are quoted. */
#include "store/saving.h"

/* Hits kept of one finding, so that a noisy rule cannot fill the disk; its count tells them all. */
#define HITS_MAX 1000

static int add_keys(
	struct saving *saving, const struct finding *finding, int64_t number, struct err *err)
{
	for (size_t i = 0; i < finding->key_count; i++) {
		const struct sql_value values[] = { sql_integer(saving->run_id),
			sql_integer(number), sql_count(i + 1), sql_text(finding->keys[i].name),
			sql_text(finding->keys[i].value) };

		if (sql_run(saving->store, FINDING_KEY_ADD, values, err) < 0)
			return -1;
	}
	return 0;
}

static int add_hits(struct saving *saving, const struct occurrence *occurrence, int64_t finding,
	size_t number, struct err *err)
{
	for (size_t i = 0; i < occurrence->entry_count && i < HITS_MAX; i++) {
		struct sql_value values[] = { sql_integer(saving->run_id), sql_integer(finding),
			sql_count(number), sql_count(i + 1), sql_null() };

		if (saving_entry(saving, occurrence->entries[i], &values[4], err) < 0 ||
			sql_run(saving->store, TERM_HIT_ADD, values, err) < 0)
			return -1;
	}
	return 0;
}

static int add_finding(
	struct saving *saving, const struct finding *finding, int64_t number, struct err *err)
{
	bool fired = finding->verdict == FINDING_FIRED;
	struct sql_value values[] = { sql_integer(saving->run_id), sql_integer(number), sql_null(),
		sql_text(fired ? "fired" : "inconclusive"), sql_text(finding->reason),
		sql_integer(finding->absence), sql_count(finding->count), sql_time(finding->first),
		sql_time(finding->last) };
	size_t hits = 0;

	if (saving_cause(saving, finding->cause, &values[2], err) < 0 ||
		sql_run(saving->store, FINDING_ADD, values, err) < 0 ||
		add_keys(saving, finding, number, err) < 0)
		return -1;
	for (size_t i = 0; i < finding->occurrence_count && hits < HITS_MAX; i++) {
		if (add_hits(saving, &finding->occurrences[i], number, i + 1, err) < 0)
			return -1;
		hits += finding->occurrences[i].entry_count;
	}
	return 0;
}

int findings_save(struct saving *saving, struct err *err)
{
	const struct findings *findings = saving->findings;

	for (size_t i = 0; findings != NULL && i < findings->count; i++)
		if (add_finding(saving, findings->items[i], (int64_t)i + 1, err) < 0)
			return err_wrap(err, "finding of %s", findings->items[i]->cause->id);
	return 0;
}

struct sql_value findings_number(const struct saving *saving, const struct finding *finding)
{
	for (size_t i = 0; saving->findings != NULL && i < saving->findings->count; i++)
		if (saving->findings->items[i] == finding)
			return sql_count(i + 1);
	return sql_null();
}

static int add_evidence(struct saving *saving, const struct evidence *evidence, struct err *err)
{
	const struct entry *entry = evidence->entry;
	char *place = entry->insert_id != NULL
			      ? mem_printf(NULL, "insertId %s", entry->insert_id)
			      : mem_printf(NULL, "line %llu", (unsigned long long)entry->line);
	struct sql_value values[] = { sql_integer(saving->run_id), sql_integer(evidence->number),
		sql_null(), sql_text(place), sql_count(entry->line), sql_time(entry->time),
		sql_bytes(entry->text, entry->text_len), sql_text(evidence->sha256),
		sql_text(evidence->role) };
	int result = saving_entry(saving, entry, &values[2], err);

	if (result == 0)
		result = sql_run(saving->store, EVIDENCE_ADD, values, err);
	talloc_free(place);
	return result;
}

int findings_quote(struct saving *saving, const struct evidence *evidence, struct err *err)
{
	size_t known = talloc_array_length(saving->quoted);

	if (evidence->number < known && saving->quoted[evidence->number])
		return 0;
	if (add_evidence(saving, evidence, err) < 0)
		return err_wrap(err, "E%u", evidence->number);
	while (talloc_array_length(saving->quoted) <= evidence->number)
		saving->quoted = mem_grow(saving->store, saving->quoted,
			talloc_array_length(saving->quoted), sizeof(bool));
	for (; known < talloc_array_length(saving->quoted); known++)
		saving->quoted[known] = false;
	saving->quoted[evidence->number] = true;
	return 0;
}
