/* Which incidents a command is about. */
#include "cmd/filter.h"

#include <stdlib.h>
#include <string.h>

#include "cmd/moment.h"

const struct option_spec filter_options[] = {
	{ "state", 0, "STATE", "new, persisting, regressed, flaky, fixed, \"not reached\"" },
	{ "service", 0, "NAME", "of this service" },
	{ "test", 0, "NAME", "that broke this test" },
	{ "layer", 0, "NAME", "of this layer: database, deploy, auth, ..." },
	{ "cause", 0, "ID", "with this cause at the bottom" },
	{ 0 },
};

const struct option_spec filter_time_options[] = {
	{ "open", 0, NULL, "those that are not fixed" },
	{ "since", 0, "TIME", "seen then or later: 2025-01-31, 36h, 14d" },
	{ 0 },
};

struct store_incident_filter filter_new(unsigned limit)
{
	return (struct store_incident_filter){ .since = TIME_NONE, .limit = limit };
}

static int take_state(struct store_incident_filter *filter, const char *name, struct err *err)
{
	if (!incident_state_known(name))
		return err_set(err, ERR_USAGE,
			"--state is new, persisting, fixed, regressed, flaky or \"not reached\", "
			"not \"%s\"",
			name);
	filter->state = name;
	return 1;
}

int filter_take(struct store_incident_filter *filter, const struct option_spec *spec,
	const char *value, struct err *err)
{
	const struct {
		const char *name;
		const char **value;
	} texts[] = {
		{ "service", &filter->service },
		{ "test", &filter->test },
		{ "layer", &filter->layer },
		{ "cause", &filter->cause },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(texts[i].name, spec->name) == 0) {
			*texts[i].value = value;
			return 1;
		}
	if (strcmp(spec->name, "state") == 0)
		return take_state(filter, value, err);
	if (strcmp(spec->name, "since") == 0)
		return moment_before("since", value, moment_now(), &filter->since, err) < 0 ? -1
											    : 1;
	if (strcmp(spec->name, "open") != 0)
		return 0;
	filter->open = true;
	return 1;
}

int filter_limit(const char *value, unsigned *out, struct err *err)
{
	char *end;
	unsigned long number = strtoul(value, &end, 10);

	if (value[0] < '0' || value[0] > '9' || *end != '\0' || number < 1 || number > 100000)
		return err_set(
			err, ERR_USAGE, "--limit is a number from 1 to 100000, not \"%s\"", value);
	*out = (unsigned)number;
	return 0;
}
