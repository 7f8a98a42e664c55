/* One incident: its chain with its evidence, and the runs that saw it. */
#include <string.h>

#include "web/view.h"

#define SIGHTINGS_MAX 20

/* ?run=N: as that run had it; else as the last that saw it. */
static int read_incident(struct view *view, struct diagnosis **out, struct err *err)
{
	const char *run = target_get(&view->target, "run");
	int64_t id = run != NULL ? target_number(run, strlen(run)) : 0;
	int64_t there;
	char name[24];

	if (run != NULL && id == 0)
		return err_set(err, ERR_FORMAT, "run is the id of a run");
	snprintf(name, sizeof(name), "%lld", (long long)view->id);
	if (store_incident_find(view->site->options.store, name, &there, err) < 0)
		return -1;
	return store_incident_read(view->mem, view->site->options.store, there, id, out, err);
}

int web_incident_json(struct view *view, char **out, size_t *length, struct err *err)
{
	const struct render_options options = view_render_options(view);
	struct diagnosis *diagnosis;

	if (read_incident(view, &diagnosis, err) < 0)
		return -1;
	return render(view->mem, diagnosis, RENDER_JSON, &options, out, length, err);
}

static int add_sightings(struct view *view, cJSON *tree, struct err *err)
{
	struct store_sighting *items;
	cJSON *list = object_list(tree, "sightings");
	size_t count;

	if (store_sightings(view->mem, view->site->options.store, view->id, SIGHTINGS_MAX, &items,
		    &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++) {
		cJSON *row;

		view_run_row(view, list, items[i].run);
		row = cJSON_GetArrayItem(list, (int)i);
		object_text(row, "then", items[i].state);
		object_text(row, "verdict", items[i].verdict);
	}
	return 0;
}

/* The first place where a piece of evidence is quoted has its address; the others link there. */
static void add_anchors(cJSON *incident)
{
	cJSON *known = object_new(), *why, *evidence;

	cJSON_ArrayForEach(why, cJSON_GetObjectItem(incident, "whys"))
	{
		cJSON_ArrayForEach(evidence, cJSON_GetObjectItem(why, "evidence"))
		{
			const char *id = cJSON_GetStringValue(cJSON_GetObjectItem(evidence, "id"));
			bool first = !cJSON_HasObjectItem(known, id);

			object_flag(evidence, "is_first", first);
			if (first)
				object_flag(known, id, true);
		}
	}
	cJSON_Delete(known);
}

static void add_links(struct view *view, cJSON *incident)
{
	cJSON *row;
	const char *lists[] = { "whys", "alternatives", "contributing" };

	for (size_t i = 0; i < sizeof(lists) / sizeof(lists[0]); i++)
		cJSON_ArrayForEach(row, cJSON_GetObjectItem(incident, lists[i]))
		{
			view_cause(
				view, row, cJSON_GetStringValue(cJSON_GetObjectItem(row, "cause")));
		}
	view_cause(view, incident, cJSON_GetStringValue(cJSON_GetObjectItem(incident, "who")));
	cJSON_ArrayForEach(row, cJSON_GetObjectItem(incident, "tests"))
	{
		object_text(row, "query",
			target_encode(
				view->mem, cJSON_GetStringValue(cJSON_GetObjectItem(row, "test"))));
	}
}

int web_incident(struct view *view, cJSON *tree, struct err *err)
{
	const struct render_options options = view_render_options(view);
	struct diagnosis *diagnosis;
	const struct cause *cause;
	cJSON *incident;

	if (read_incident(view, &diagnosis, err) < 0)
		return -1;
	cause = title_cause(diagnosis->incidents[0]);
	view->title = mem_printf(view->mem, "#%lld %s", (long long)view->id,
		cause != NULL ? title_of(view->mem, cause, NULL) : "");
	view_take(tree, render_tree(diagnosis, RENDER_HTML, &options));
	incident = cJSON_GetArrayItem(cJSON_GetObjectItem(tree, "incidents"), 0);
	add_anchors(incident);
	add_links(view, incident);
	web_map(view, incident, diagnosis->incidents[0]);
	object_number(tree, "id", (double)view->id);
	object_flag(tree, "is_of_run", target_get(&view->target, "run") != NULL);
	return add_sightings(view, tree, err);
}
