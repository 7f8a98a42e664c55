/* Pages of figures over the history. */
#include "render/history.h"
#include "render/object.h"
#include "render/offset.h"
#include "render/sheet.h"

#define SCHEMA 1 /* of the JSON: keys are only ever added */

static void add_fixes(cJSON *tree, const struct store_stats *stats, bool words)
{
	cJSON *object = object_child(tree, "fixes");
	char span[OFFSET_TEXT];

	object_number(object, "count", (double)stats->fixes);
	if (stats->median == TIME_NONE)
		object_null(object, "median_seconds");
	else
		object_number(object, "median_seconds", (double)(stats->median / WHEN_SECOND));
	if (words && stats->median != TIME_NONE)
		object_text(object, "median", offset_span(stats->median, span));
}

static void add_lists(cJSON *tree, const struct store_stats *stats)
{
	cJSON *list = object_list(tree, "weeks");

	for (size_t i = 0; i < stats->week_count; i++) {
		cJSON *row = object_row(list);

		object_text(row, "monday", stats->weeks[i].monday);
		object_number(row, "occurrences", (double)stats->weeks[i].occurrences);
		object_number(row, "incidents", (double)stats->weeks[i].incidents);
	}
	list = object_list(tree, "causes");
	for (size_t i = 0; i < stats->cause_count; i++) {
		const struct store_top *cause = &stats->causes[i];
		cJSON *row = object_row(list);

		object_text(row, "cause", cause->cause);
		object_text(row, "title", cause->title);
		object_number(row, "occurrences", (double)cause->occurrences);
		object_number(row, "incidents", (double)cause->incidents);
		object_number(row, "open", (double)cause->open);
		object_time(row, "last", cause->last);
	}
}

/* Of those that somebody judged, how many were right? Whole percents, rounded down. */
static void add_verdicts(cJSON *tree, const struct store_stats *stats)
{
	cJSON *list = object_list(tree, "verdicts");

	for (size_t i = 0; i < stats->verdict_count; i++) {
		const struct store_precision *verdict = &stats->verdicts[i];
		uint64_t judged = verdict->confirmed + verdict->rejected;
		cJSON *row = object_row(list);

		object_text(row, "verdict", verdict->verdict);
		object_number(row, "incidents", (double)verdict->incidents);
		object_number(row, "confirmed", (double)verdict->confirmed);
		object_number(row, "rejected", (double)verdict->rejected);
		object_number(row, "judged", (double)judged);
		if (judged > 0)
			object_number(
				row, "precision", (double)(100 * verdict->confirmed / judged));
		else
			object_null(row, "precision");
		object_flag(row, "is_judged", judged > 0);
	}
}

cJSON *stats_tree(
	const struct store_stats *stats, const struct store_incident_filter *filter, bool words)
{
	cJSON *tree = object_new();

	object_number(tree, "schema_version", SCHEMA);
	object_time(tree, "since", filter->since);
	object_text(tree, "service", filter->service);
	history_filters(tree, filter, words);
	object_number(tree, "occurrences", (double)stats->occurrences);
	object_number(tree, "incidents", (double)stats->incidents);
	object_number(tree, "open", (double)stats->open);
	object_number(tree, "runs", (double)stats->runs);
	add_fixes(tree, stats, words);
	add_lists(tree, stats);
	add_verdicts(tree, stats);
	if (words)
		object_flag(tree, "any", stats->occurrences > 0);
	return tree;
}

int render_stats(TALLOC_CTX *mem, const struct store_stats *stats,
	const struct store_incident_filter *filter, enum render_format format,
	const struct render_options *options, char **out, size_t *length, struct err *err)
{
	cJSON *tree = stats_tree(stats, filter, format != RENDER_JSON);

	return sheet_render(mem, tree, "stats", format, options, out, length, err);
}
