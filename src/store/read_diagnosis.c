/* A run as its diagnosis: all of it, or one incident. */
#include "store/read.h"

/* Each piece once, by number. */
static void take(struct diagnosis *diagnosis, struct evidence *evidence)
{
	size_t at = diagnosis->evidence_count;

	while (at > 0 && diagnosis->evidence[at - 1]->number > evidence->number)
		at--;
	if (at > 0 && diagnosis->evidence[at - 1]->number == evidence->number)
		return;
	diagnosis->evidence = mem_grow(diagnosis, diagnosis->evidence, diagnosis->evidence_count,
		sizeof(*diagnosis->evidence));
	memmove(&diagnosis->evidence[at + 1], &diagnosis->evidence[at],
		(diagnosis->evidence_count++ - at) * sizeof(evidence));
	diagnosis->evidence[at] = evidence;
}

/* What all that is told of rests on. */
static void take_evidence(struct diagnosis *diagnosis)
{
	for (size_t i = 0; i < diagnosis->incident_count; i++) {
		const struct incident *incident = diagnosis->incidents[i];

		for (size_t j = 0; j < incident->why_count; j++)
			for (size_t k = 0; k < incident->whys[j]->evidence_count; k++)
				take(diagnosis, incident->whys[j]->evidence[k]);
	}
	for (size_t i = 0; i < diagnosis->undiagnosed_count; i++)
		for (size_t j = 0; j < diagnosis->undiagnosed[i]->evidence_count; j++)
			take(diagnosis, diagnosis->undiagnosed[i]->evidence[j]);
	for (size_t i = 0; i < diagnosis->unexplained_count; i++)
		take(diagnosis, diagnosis->unexplained[i].evidence);
}

/* Of the run's incidents the one with this id. */
static int pick(struct diagnosis *diagnosis, struct incident **incidents, size_t count, int64_t id,
	struct err *err)
{
	for (size_t i = 0; i < count; i++)
		if (incidents[i]->id == id) {
			diagnosis->incidents = mem_array(diagnosis, struct incident *, 1);
			diagnosis->incidents[diagnosis->incident_count++] = incidents[i];
			return 0;
		}
	return err_set(err, ERR_NOT_FOUND, "run %lld has no chain of incident %lld",
		(long long)diagnosis->run->id, (long long)id);
}

/* What set the clocks of transcripts and logs right, and by which rules the run was diagnosed. */
static int read_clock(struct store *store, struct diagnosis *diagnosis, struct err *err)
{
	const struct sql_value id = sql_integer(diagnosis->run->id);
	sqlite3_stmt *rows;
	int got;

	if (sql_rows(store, RUN_CLOCK, &id, &rows, err) < 0)
		return -1;
	got = sql_row(store, rows, err);
	if (got > 0) {
		diagnosis->offset_found = sqlite3_column_type(rows, 0) != SQLITE_NULL;
		diagnosis->offset = sqlite3_column_int64(rows, 0);
		diagnosis->offset_note = sql_row_text(diagnosis, rows, 1);
		diagnosis->rules_sha256 = sql_row_text(diagnosis, rows, 2);
	}
	sqlite3_reset(rows);
	return got < 0 ? -1 : 0;
}

static int read_run_of(TALLOC_CTX *mem, struct store *store, int64_t run_id, struct diagnosis **out,
	struct err *err)
{
	struct diagnosis *diagnosis = mem_new(mem, struct diagnosis);
	char name[24];

	snprintf(name, sizeof(name), "%lld", (long long)run_id);
	if (store_run_find(diagnosis, store, name, &diagnosis->run, err) < 0 ||
		store_run_load(store, diagnosis->run, err) < 0 ||
		read_clock(store, diagnosis, err) < 0)
		return -1;
	*out = diagnosis;
	return 0;
}

int store_incident_read(TALLOC_CTX *mem, struct store *store, int64_t id, int64_t run_id,
	struct diagnosis **out, struct err *err)
{
	const struct sql_value value = sql_integer(id);
	struct incident **incidents, *incident;
	struct diagnosis *diagnosis;
	size_t count;

	if (run_id == 0 && sql_get(store, INCIDENT_LAST_RUN, &value, &run_id, err) < 0)
		return -1;
	if (read_run_of(mem, store, run_id, &diagnosis, err) < 0 ||
		store_run_incidents(diagnosis, store, diagnosis->run, &incidents, &count, err) <
			0 ||
		pick(diagnosis, incidents, count, id, err) < 0 ||
		store_run_unexplained(diagnosis, store, diagnosis->run, &diagnosis->unexplained,
			&diagnosis->unexplained_count, err) < 0)
		return -1;
	take_evidence(diagnosis);
	incident = diagnosis->incidents[0];
	diagnosis->failed = true;
	*out = diagnosis;
	return store_judgements(
		incident, store, id, &incident->judgements, &incident->judgement_count, err);
}

int store_run_diagnosis(TALLOC_CTX *mem, struct store *store, int64_t run_id,
	struct diagnosis **out, struct err *err)
{
	struct diagnosis *diagnosis;

	if (read_run_of(mem, store, run_id, &diagnosis, err) < 0 ||
		store_run_incidents(diagnosis, store, diagnosis->run, &diagnosis->incidents,
			&diagnosis->incident_count, err) < 0 ||
		store_run_undiagnosed(diagnosis, store, diagnosis->run, &diagnosis->undiagnosed,
			&diagnosis->undiagnosed_count, err) < 0 ||
		store_run_unexplained(diagnosis, store, diagnosis->run, &diagnosis->unexplained,
			&diagnosis->unexplained_count, err) < 0)
		return -1;
	take_evidence(diagnosis);
	diagnosis->failed = diagnosis->incident_count > 0 ||
			    diagnosis->run->counts.failed + diagnosis->run->counts.errors > 0;
	*out = diagnosis;
	return 0;
}
