/* Figures over the history. */
#include "web/view.h"

#define WEEKS_MAX 53 /* of more the newest are shown */
#define WEEK_STEP 14 /* pixels from bar to bar */
#define WEEK_HEIGHT 60

/* The weeks as bars, the highest for the most occurrences. Weeks without any are no row. */
static void add_bars(cJSON *tree, const struct store_stats *stats)
{
	size_t from = stats->week_count > WEEKS_MAX ? stats->week_count - WEEKS_MAX : 0;
	cJSON *bars = object_list(tree, "bars");
	uint64_t most = 1;

	for (size_t i = from; i < stats->week_count; i++)
		most = stats->weeks[i].occurrences > most ? stats->weeks[i].occurrences : most;
	for (size_t i = from; i < stats->week_count; i++) {
		double share = (double)stats->weeks[i].occurrences / (double)most;
		unsigned height = 3 + (unsigned)(share * (WEEK_HEIGHT - 3));
		cJSON *bar = object_row(bars);

		object_text(bar, "monday", stats->weeks[i].monday);
		object_number(bar, "occurrences", (double)stats->weeks[i].occurrences);
		object_number(bar, "x", (double)((i - from) * WEEK_STEP));
		object_number(bar, "y", WEEK_HEIGHT - height);
		object_number(bar, "height", height);
	}
	object_number(tree, "bars_width", (double)((stats->week_count - from) * WEEK_STEP));
	object_flag(tree, "has_bars", stats->week_count > 1);
}

static void add_links(struct view *view, cJSON *tree)
{
	cJSON *row;

	cJSON_ArrayForEach(row, cJSON_GetObjectItem(tree, "causes"))
	{
		const char *cause = cJSON_GetStringValue(cJSON_GetObjectItem(row, "cause"));

		view_cause(view, row, cause);
		object_text(row, "query", target_encode(view->mem, cause));
	}
}

int web_stats(struct view *view, cJSON *tree, struct err *err)
{
	struct store_incident_filter filter;
	struct store_stats *stats;
	cJSON *part;

	view->title = "Figures";
	if (filter_read(view, &filter, err) < 0 ||
		store_stats(view->mem, view->site->options.store, &filter, &stats, err) < 0)
		return -1;
	part = stats_tree(stats, &filter, !view->json);
	cJSON_DeleteItemFromObject(part, "schema_version");
	cJSON_DeleteItemFromObject(part, "filters");
	view_take(tree, part);
	if (view->json)
		return 0;
	add_bars(tree, stats);
	add_links(view, tree);
	return filter_form(view, tree, &filter, "stats", err);
}
