/* fivewhys rules stats: what the rules did, over the history. */
#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/moment.h"
#include "cmd/rules.h"

#define COLUMNS 80
#define NAME_COLUMNS 38

struct stats {
	struct store_totals totals;
	struct store_tally *tallies; /* of the rules in force, most useful first */
	size_t count;
	size_t hit; /* of them, how many fired; they come first */
};

/* A rule that fired in no chain but those of others, which have what it says and more. */
static bool is_shadowed(const struct store_tally *tally)
{
	return tally->findings > 0 && tally->chains == 0 && tally->beaten > 0;
}

static bool is_noisy(const struct store_tally *tally)
{
	return tally->passing > 0;
}

static int by_id(const void *key, const void *item)
{
	return strcmp(key, ((const struct store_tally *)item)->cause);
}

static int falling(uint64_t left, uint64_t right)
{
	return left < right ? 1 : left > right ? -1 : 0;
}

/* Those that end in chains, then those that hit, then those that cost. */
static int most_useful(const void *left, const void *right)
{
	const struct store_tally *a = left, *b = right;
	int order = falling(a->findings > 0, b->findings > 0);

	order = order != 0 ? order : falling(a->chains, b->chains);
	order = order != 0 ? order : falling(a->findings, b->findings);
	order = order != 0 ? order : falling(a->bytes, b->bytes);
	return order != 0 ? order : strcmp(a->cause, b->cause);
}

/* The rules in force with what the history says of each; other rules are passed over. */
static void join(TALLOC_CTX *mem, const struct rules *rules, const struct store_tally *known,
	size_t count, struct stats *stats)
{
	stats->tallies = mem_array(mem, struct store_tally, rules_cause_count(rules) + 1);
	for (size_t i = 0; i < rules_cause_count(rules); i++) {
		const struct cause *cause = rules_cause(rules, i);
		const struct store_tally *found =
			count == 0 ? NULL : bsearch(cause->id, known, count, sizeof(*known), by_id);
		const struct store_tally none = { .cause = cause->id, .last = TIME_NONE };

		if (cause->when == NULL)
			continue;
		stats->tallies[stats->count++] = found != NULL ? *found : none;
		stats->hit += found != NULL && found->findings > 0;
	}
	qsort(stats->tallies, stats->count, sizeof(*stats->tallies), most_useful);
}

/* "50%"; "-" of nothing. */
static const char *share(TALLOC_CTX *mem, uint64_t part, uint64_t whole)
{
	if (whole == 0)
		return "-";
	return mem_printf(mem, "%.0f%%", 100.0 * (double)part / (double)whole);
}

static void print_totals(TALLOC_CTX *mem, const struct stats *stats, FILE *out)
{
	const struct store_totals *totals = &stats->totals;

	fprintf(out,
		"%llu runs, %llu passing; %llu failures: %llu explained (%s), %llu symptom only,\n"
		"%llu undiagnosed; in %llu explained runs %llu errors stayed unexplained\n\n",
		(unsigned long long)totals->runs, (unsigned long long)totals->passing,
		(unsigned long long)totals->failures, (unsigned long long)totals->explained,
		share(mem, totals->explained, totals->failures),
		(unsigned long long)totals->symptoms, (unsigned long long)totals->undiagnosed,
		(unsigned long long)totals->explained_runs,
		(unsigned long long)totals->open_errors);
}

/* The end of a long id says most; the table keeps its columns. */
static void print_id(const char *id, FILE *out)
{
	size_t length = strlen(id);

	if (length <= NAME_COLUMNS)
		fprintf(out, "%-*s", NAME_COLUMNS, id);
	else
		fprintf(out, "..%s", id + length - (NAME_COLUMNS - 2));
}

static void print_row(TALLOC_CTX *mem, const struct store_tally *tally, FILE *out)
{
	print_id(tally->cause, out);
	fprintf(out, "%6llu%6llu%6llu%5s%6lld%8llu", (unsigned long long)tally->chains,
		(unsigned long long)tally->findings, (unsigned long long)tally->runs,
		share(mem, tally->passing, tally->findings), (long long)tally->last_run,
		(unsigned long long)tally->tries);
	fprintf(out, "\n");
}

/* Ids behind one another, wrapped. */
static void print_ids(const struct store_tally *tallies, size_t count, FILE *out)
{
	size_t column = 0;

	for (size_t i = 0; i < count; i++) {
		size_t length = strlen(tallies[i].cause);

		if (column > 0 && column + 1 + length > COLUMNS) {
			fputc('\n', out);
			column = 0;
		}
		column += (size_t)fprintf(out, "%s%s", column == 0 ? "  " : " ", tallies[i].cause);
	}
	if (column > 0)
		fputc('\n', out);
}

static void print_table(TALLOC_CTX *mem, const struct stats *stats, FILE *out)
{
	print_totals(mem, stats, out);
	fprintf(out, "%-*s%6s%6s%6s%5s%6s%8s\n", NAME_COLUMNS, "rule", "chains", "hits", "runs",
		"pass", "last", "tries");
	for (size_t i = 0; i < stats->hit; i++)
		print_row(mem, &stats->tallies[i], out);
	fputc('\n', out);
	for (size_t i = 0; i < stats->hit; i++)
		if (is_shadowed(&stats->tallies[i]))
			fprintf(out, "shadowed: %s\n      by: %s\n", stats->tallies[i].cause,
				stats->tallies[i].winner);
	fprintf(out, "never hit: %zu of %zu rules\n", stats->count - stats->hit, stats->count);
	print_ids(stats->tallies + stats->hit, stats->count - stats->hit, out);
}

static void add_number(cJSON *to, const char *name, uint64_t value)
{
	mem_check(cJSON_AddNumberToObject(to, name, (double)value));
}

static void add_text(cJSON *to, const char *name, const char *value)
{
	cJSON *item = value != NULL ? cJSON_CreateString(value) : cJSON_CreateNull();

	cJSON_AddItemToObject(to, name, mem_check(item));
}

static cJSON *describe(const struct store_tally *tally)
{
	const struct {
		const char *name;
		uint64_t value;
	} numbers[] = {
		{ "chains", tally->chains },
		{ "hits", tally->findings },
		{ "runs", tally->runs },
		{ "passing_hits", tally->passing },
		{ "beaten", tally->beaten },
		{ "tries", tally->tries },
		{ "bytes", tally->bytes },
		{ "limited", tally->limited },
	};
	cJSON *row = mem_check(cJSON_CreateObject());
	char time[WHEN_TEXT];

	add_text(row, "cause", tally->cause);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		add_number(row, numbers[i].name, numbers[i].value);
	if (tally->last_run != 0)
		add_number(row, "last_run", (uint64_t)tally->last_run);
	else
		add_text(row, "last_run", NULL);
	add_text(row, "last_hit", tally->last != TIME_NONE ? when_format(tally->last, time) : NULL);
	cJSON_AddBoolToObject(row, "noisy", is_noisy(tally));
	add_text(row, "shadowed_by", is_shadowed(tally) ? tally->winner : NULL);
	return row;
}

static void print_json(const struct stats *stats, FILE *out)
{
	const struct store_totals *totals = &stats->totals;
	const struct {
		const char *name;
		uint64_t value;
	} numbers[] = {
		{ "runs", totals->runs },
		{ "passing_runs", totals->passing },
		{ "failures", totals->failures },
		{ "explained", totals->explained },
		{ "symptom_only", totals->symptoms },
		{ "undiagnosed", totals->undiagnosed },
		{ "explained_runs", totals->explained_runs },
		{ "explained_runs_with_errors", totals->open_runs },
		{ "unexplained_errors", totals->open_errors },
	};
	cJSON *root = mem_check(cJSON_CreateObject()), *rules = mem_check(cJSON_CreateArray());
	char *text;

	add_number(root, "schema_version", 1);
	for (size_t i = 0; i < sizeof(numbers) / sizeof(numbers[0]); i++)
		add_number(root, numbers[i].name, numbers[i].value);
	for (size_t i = 0; i < stats->count; i++)
		cJSON_AddItemToArray(rules, describe(&stats->tallies[i]));
	cJSON_AddItemToObject(root, "rules", rules);
	text = mem_check(cJSON_Print(root));
	fprintf(out, "%s\n", text);
	cJSON_free(text);
	cJSON_Delete(root);
}

/* A label chooses runs here, so that of the environment, which names new ones, is not meant. */
static const char *label_of(const struct settings *settings)
{
	const char *origin = settings_origin(settings, "label");

	return origin != NULL && strcmp(origin, "flag") == 0 ? settings_get(settings, "label")
							     : NULL;
}

int rules_stats(struct rules_request *request, struct err *err)
{
	struct store_filter filter = { TIME_NONE, label_of(request->common.settings) };
	struct stats stats = { .count = 0 };
	struct store_tally *known;
	struct store *store;
	struct rules *rules;
	size_t count;

	if (request->common.arguments[0] != NULL)
		return err_set(err, ERR_USAGE, "rules stats takes no arguments");
	if (request->since != NULL &&
		moment_before("since", request->since, moment_now(), &filter.since, err) < 0)
		return -1;
	if (setup_rules(request, request->common.settings, &rules, err) < 0 ||
		request_store(&request->common, false, &store, err) < 0 ||
		store_tallies(request, store, &filter, &known, &count, err) < 0 ||
		store_totals(store, &filter, &stats.totals, err) < 0)
		return -1;
	join(request, rules, known, count, &stats);
	if (request->json)
		print_json(&stats, stdout);
	else
		print_table(request, &stats, stdout);
	return STATUS_ANALYSED;
}
