/* Lists of incidents, and what people said of them. */
#include "store/read.h"

static void add_incident(TALLOC_CTX *mem, sqlite3_stmt *rows, struct store_incident *out)
{
	*out = (struct store_incident){ .id = sqlite3_column_int64(rows, 0),
		.fingerprint = sql_row_text(mem, rows, 1),
		.history = read_history(rows, 2),
		.verdict = sql_row_text(mem, rows, 9),
		.service = sql_row_text(mem, rows, 10),
		.tests = sql_row_count(rows, 11),
		.first = sql_row_time(rows, 12),
		.last = sql_row_time(rows, 13),
		.judgement = sql_row_text(mem, rows, 14),
		.cause = read_cause(mem, rows, 15) };
	out->why = sql_row_text(mem, rows, 22);
	out->action = sql_row_text(mem, rows, 23);
	out->since = sql_row_time(rows, 24);
	/* a newer run told nothing of it */
	if (out->history.state != STATE_FIXED &&
		out->history.reached_run < sqlite3_column_int64(rows, 21))
		out->history.state = STATE_NOT_REACHED;
}

/* Those that are not reached lie together, behind what the newest run tells of. */
static enum statement list_for_state(const struct store_incident_filter *filter)
{
	if (strcmp(filter->state, incident_state_name(STATE_NOT_REACHED)) == 0)
		return filter->layer != NULL ? INCIDENTS_BY_LAYER : INCIDENTS_OPEN;
	if (strcmp(filter->state, incident_state_name(STATE_FIXED)) == 0)
		return filter->layer != NULL ? INCIDENTS_BY_LAYER : INCIDENTS_FIXED;
	return INCIDENTS_BY_STATE;
}

/* The list that finds fewest rows by an index; the rest of the filter is looked at row by row. */
static enum statement list_for(const struct store_incident_filter *filter)
{
	if (filter->id != 0)
		return INCIDENT_BY_ID;
	if (filter->test != NULL)
		return INCIDENTS_BY_TEST;
	if (filter->service != NULL)
		return INCIDENTS_BY_SERVICE;
	if (filter->cause != NULL)
		return INCIDENTS_BY_CAUSE;
	if (filter->state != NULL)
		return list_for_state(filter);
	if (filter->layer != NULL)
		return INCIDENTS_BY_LAYER;
	if (filter->open)
		return INCIDENTS_OPEN;
	return INCIDENTS_ALL;
}

void read_filter(const struct store_incident_filter *filter, struct sql_value values[READ_FILTER])
{
	const struct sql_value all[READ_FILTER] = {
		sql_integer(filter->before_run != 0 ? filter->before_run : INT64_MAX),
		sql_integer(filter->before_id), sql_text(filter->state), sql_text(filter->layer),
		sql_text(filter->service), sql_text(filter->test), sql_time(filter->since),
		sql_integer(filter->limit != 0 ? filter->limit : INT64_MAX),
		sql_integer(filter->id), sql_integer(filter->open), sql_text(filter->cause)
	};

	memcpy(values, all, sizeof(all));
}

int store_incidents(TALLOC_CTX *mem, struct store *store,
	const struct store_incident_filter *filter, struct store_incident **out, size_t *count,
	struct err *err)
{
	struct sql_value values[READ_FILTER];
	struct store_incident *items = mem_array(mem, struct store_incident, 1);
	sqlite3_stmt *rows;
	size_t found = 0;
	int got;

	read_filter(filter, values);
	if (sql_rows(store, list_for(filter), values, &rows, err) < 0)
		return -1;
	while ((got = sql_row(store, rows, err)) > 0) {
		items = mem_grow(mem, items, found, sizeof(*items));
		add_incident(items, rows, &items[found++]);
	}
	*out = items;
	*count = found;
	return got;
}

/* "f1:0123" or the beginning of it names the incident with that fingerprint, if it is only one. */
static int id_by_fingerprint(struct store *store, const char *name, int64_t *out, struct err *err)
{
	const struct sql_value value = sql_text(name);
	int64_t count = 0;

	if (sql_get(store, INCIDENT_PREFIX_COUNT, &value, &count, err) < 0)
		return -1;
	if (count > 1)
		return err_set(err, ERR_NOT_FOUND, "%s: %lld incidents begin with \"%.100s\"",
			store->name, (long long)count, name);
	return count == 0 ? 0 : sql_get(store, INCIDENT_PREFIX, &value, out, err);
}

int store_incident_find(struct store *store, const char *name, int64_t *out, struct err *err)
{
	const char *digits = name + (name[0] == '#');
	struct sql_value id = sql_integer(read_number(digits));
	int got = 0;

	if (id.integer != 0)
		got = sql_get(store, INCIDENT_EXISTS, &id, out, err);
	else if (strlen(name) >= 6)
		got = id_by_fingerprint(store, name, out, err);
	if (got == 0)
		return err_set(err, ERR_NOT_FOUND,
			"%s: no incident has the id or the fingerprint \"%.100s\"", store->name,
			name);
	return got < 0 ? -1 : 0;
}

int store_judgements(TALLOC_CTX *mem, struct store *store, int64_t incident, struct judgement **out,
	size_t *count, struct err *err)
{
	const struct sql_value id = sql_integer(incident);
	struct judgement *items = mem_array(mem, struct judgement, 1);
	sqlite3_stmt *rows;
	size_t found = 0;
	int got;

	if (sql_rows(store, JUDGEMENTS, &id, &rows, err) < 0)
		return -1;
	while ((got = sql_row(store, rows, err)) > 0) {
		items = mem_grow(mem, items, found, sizeof(*items));
		items[found++] = (struct judgement){ .kind = sql_row_text(items, rows, 0),
			.author = sql_row_text(items, rows, 1),
			.time = sql_row_time(rows, 2),
			.text = sql_row_text(items, rows, 3),
			.owner = sql_row_text(items, rows, 4),
			.until = sql_row_time(rows, 5) };
	}
	*out = items;
	*count = found;
	return got;
}
