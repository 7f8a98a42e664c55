/* What runs say of incidents; see history.h and states.h. */
#include "store/history.h"

#include "store/names.h"
#include "store/states.h"

/* The chain by which an incident was last seen. */
struct sight {
	int64_t run, chain;
};

/* Did what the incident broke work in the run of NOW? Its tests say so, else its service. */
static int look_for_proof(
	struct store *store, const struct sight *last, struct sighting *now, struct err *err)
{
	const struct sql_value values[] = { sql_integer(now->run), sql_integer(last->run),
		sql_integer(last->chain) };
	int64_t total = 0, passed = 0, healthy = 0;

	if (sql_get(store, PROOF_TESTS, values, &total, err) < 0 ||
		sql_get(store, PROOF_PASSED, values, &passed, err) < 0)
		return -1;
	if (total == 0 && sql_get(store, PROOF_SERVICE, values, &healthy, err) < 0)
		return -1;
	now->passed = passed > 0;
	now->proven = total > 0 ? passed == total : healthy > 0;
	return 0;
}

/* What all runs up to LIMIT say of the incident ROW, and the chain by which it was last seen. */
static int replay(struct store *store, int64_t row, int64_t limit, struct history *out,
	struct sight *last, struct err *err)
{
	const struct sql_value values[] = { sql_integer(row), sql_integer(limit) };
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct sighting *sightings = NULL;
	sqlite3_stmt *rows;
	size_t count = 0;
	int got = sql_rows(store, SIGHTINGS, values, &rows, err);

	*last = (struct sight){ 0, 0 };
	while (got >= 0 && (got = sql_row(store, rows, err)) > 0) {
		struct sighting *now;

		sightings = mem_grow(mem, sightings, count, sizeof(*sightings));
		now = &sightings[count++];
		*now = (struct sighting){ .run = sqlite3_column_int64(rows, 0),
			.commit = sql_row_text(mem, rows, 1),
			.seen = sqlite3_column_type(rows, 2) != SQLITE_NULL,
			.resolved = sqlite3_column_int(rows, 3) != 0 };
		if (now->seen)
			*last = (struct sight){ now->run, sqlite3_column_int64(rows, 2) };
		else if (look_for_proof(store, last, now, err) < 0) {
			sqlite3_reset(rows);
			got = -1;
		}
	}
	states_replay(sightings, count, out);
	talloc_free(mem);
	return got;
}

static struct sql_value run_or_null(int64_t run)
{
	return run == 0 ? sql_null() : sql_integer(run);
}

static int refresh(struct store *store, int64_t row, struct err *err)
{
	struct history history;
	struct sight last;

	if (replay(store, row, INT64_MAX, &history, &last, err) < 0)
		return -1;
	return sql_run(store, INCIDENT_UPDATE,
		(const struct sql_value[]){ sql_integer(row),
			sql_text(incident_state_name(history.state)),
			run_or_null(history.first_run), run_or_null(history.last_run),
			run_or_null(history.since_run), run_or_null(history.fixed_run),
			run_or_null(history.reached_run), sql_count(history.occurrences),
			run_or_null(last.chain) },
		err);
}

static int refresh_noted(struct store *store, struct err *err)
{
	int64_t row = 0;
	int got;

	while ((got = sql_get(store, NOTED_TAKE, NULL, &row, err)) > 0)
		if (refresh(store, row, err) < 0)
			return -1;
	return got;
}

int history_refresh(struct store *store, struct err *err)
{
	if (sql_run(store, NOTED_ALL, NULL, err) < 0)
		return -1;
	return refresh_noted(store, err);
}

int history_note(struct saving *saving, struct err *err)
{
	const struct sql_value run = sql_integer(saving->run_id);

	return sql_run(saving->store, NOTED_OF_RUN, &run, err);
}

/* The state of an incident of this run as of this run, in its chain and in its model. */
static int set_state(struct saving *saving, size_t n, struct incident *incident, struct err *err)
{
	const struct sql_value fingerprint = sql_text(incident->fingerprint);
	struct sight last;
	int64_t row = 0;

	if (sql_get(saving->store, INCIDENT_ID, &fingerprint, &row, err) < 0 ||
		replay(saving->store, row, saving->run_id, &incident->history, &last, err) < 0)
		return -1;
	incident->id = saving->store->is_private ? 0 : row;
	if (store_judgements(incident, saving->store, row, &incident->judgements,
		    &incident->judgement_count, err) < 0)
		return -1;
	return sql_run(saving->store, CHAIN_STATE,
		(const struct sql_value[]){ sql_integer(saving->run_id), sql_count(n),
			sql_text(incident_state_name(incident->history.state)) },
		err);
}

int history_update(struct saving *saving, struct diagnosis *diagnosis, struct err *err)
{
	const struct sql_value run = sql_integer(saving->run_id);

	for (size_t i = 0; i < diagnosis->incident_count; i++)
		if (set_state(saving, i + 1, diagnosis->incidents[i], err) < 0)
			return -1;
	if (history_note(saving, err) < 0 ||
		sql_run(saving->store, NOTED_BY_TESTS, &run, err) < 0 ||
		sql_run(saving->store, NOTED_BY_SERVICES, &run, err) < 0)
		return -1;
	return refresh_noted(saving->store, err);
}

int store_judge(
	struct store *store, int64_t incident, const struct judgement *judgement, struct err *err)
{
	const struct sql_value values[] = { sql_integer(incident), sql_text(judgement->kind),
		sql_text(judgement->author), sql_time(judgement->time), sql_text(judgement->text),
		sql_text(judgement->owner), sql_time(judgement->until) };

	if (sql_begin(store, err) < 0)
		return -1;
	if (sql_run(store, JUDGEMENT_ADD, values, err) == 0 && refresh(store, incident, err) == 0)
		return sql_commit(store, err);
	sql_rollback(store);
	return -1;
}

int history_save_services(struct saving *saving, const struct run *run, struct err *err)
{
	for (size_t i = 0; i < run->service_count; i++) {
		const struct service *service = &run->services[i];
		struct sql_value values[] = { sql_integer(saving->run_id), sql_count(i + 1),
			sql_null(), sql_count(service->entries), sql_count(service->errors),
			sql_time(service->first), sql_time(service->last),
			sql_time(service->last_error),
			service->http_status > 0 ? sql_integer(service->http_status) : sql_null(),
			sql_time(service->http_time) };

		if (store_names_id(saving->store, 1, service->name, &values[2], err) < 0 ||
			sql_run(saving->store, RUN_SERVICE_ADD, values, err) < 0)
			return err_wrap(err, "service %s", service->name);
	}
	return 0;
}
