/* What a page is about: the fields of its query, and the form that asks for them. */
#include <string.h>

#include "web/view.h"

static int take_state(const char *state, struct store_incident_filter *filter, struct err *err)
{
	if (state != NULL && !incident_state_known(state))
		return err_set(err, ERR_FORMAT,
			"state is new, persisting, fixed, regressed, flaky or not reached");
	filter->state = state;
	return 0;
}

int filter_read(struct view *view, struct store_incident_filter *filter, struct err *err)
{
	const struct target *target = &view->target;
	const char *open = target_get(target, "open"), *since = target_get(target, "since");

	*filter = (struct store_incident_filter){ .since = TIME_NONE,
		.open = open != NULL,
		.layer = target_get(target, "layer"),
		.service = target_get(target, "service"),
		.test = target_get(target, "test"),
		.cause = target_get(target, "cause") };
	if (open != NULL && strcmp(open, "1") != 0)
		return err_set(err, ERR_FORMAT, "open is 1, or is left out");
	if (since != NULL && when_parse_moment(since, &filter->since) < 0)
		return err_set(err, ERR_FORMAT, "since is a day such as 2026-01-31, or a time");
	return take_state(target_get(target, "state"), filter, err);
}

static void add_choice(cJSON *list, const char *name, const char *chosen)
{
	cJSON *row = object_row(list);

	object_text(row, "name", name);
	object_flag(row, "chosen", chosen != NULL && strcmp(name, chosen) == 0);
}

/* A value that is asked for stands among the choices, even where no incident has it. */
static void add_choices(
	cJSON *tree, const char *key, const char *const *names, size_t count, const char *chosen)
{
	cJSON *list = object_list(tree, key);
	bool known = chosen == NULL;

	for (size_t i = 0; i < count; i++) {
		known |= chosen != NULL && strcmp(names[i], chosen) == 0;
		add_choice(list, names[i], chosen);
	}
	if (!known)
		add_choice(list, chosen, chosen);
}

int filter_form(struct view *view, cJSON *tree, const struct store_incident_filter *filter,
	const char *action, struct err *err)
{
	const char *states[STATE_COUNT];
	struct store_choices choices;
	char since[WHEN_TEXT];

	history_filters(tree, filter, true);
	object_flag(tree, "is_filtered", object_count(cJSON_GetObjectItem(tree, "filters")) > 0);
	if (view->is_static)
		return 0;
	if (store_choices(view->mem, view->site->options.store, &choices, err) < 0)
		return -1;
	for (enum incident_state state = 0; state < STATE_COUNT; state++)
		states[state] = incident_state_name(state);
	object_flag(tree, "has_filter", true);
	object_text(tree, "filter_action", action);
	object_flag(tree, "filter_open", filter->open);
	object_text(tree, "filter_test", filter->test);
	object_text(tree, "filter_cause", filter->cause);
	object_format(tree, "filter_since", "%.10s",
		filter->since != TIME_NONE ? when_format(filter->since, since) : "");
	add_choices(tree, "states", states, STATE_COUNT, filter->state);
	add_choices(tree, "layers", choices.layers, choices.layer_count, filter->layer);
	add_choices(tree, "services", choices.services, choices.service_count, filter->service);
	return 0;
}
