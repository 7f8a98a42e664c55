/* fivewhys config: the settings in force, and where each comes from. */
#include <string.h>

#include "cmd/output.h"
#include "cmd/request.h"

static const struct option_spec config_options[] = {
	{ "show-origin", 0, NULL, "say where each setting comes from" },
	{ 0 },
};

static const struct option_spec *const config_tables[] = { config_options, cmd_common_options,
	NULL };

static void print_origin(const char *origin)
{
	output_print(stdout, "%-28s ", origin != NULL ? origin : "not set");
}

static void print_setting(const struct settings *settings, const char *name, bool origins)
{
	const char *const *values = settings_list(settings, name);

	if (origins)
		print_origin(values[0] != NULL ? settings_origin(settings, name) : NULL);
	printf("%s:", name);
	for (; *values != NULL; values++)
		output_print(stdout, " %s", *values);
	putchar('\n');
}

/* No setting that a flag has; of each its name and, where there is one, its weight. */
static void print_capabilities(const struct settings *settings, bool origins)
{
	size_t count;
	const struct capability *items = settings_capabilities(settings, &count);

	if (origins)
		print_origin(settings_capabilities_origin(settings));
	printf("capabilities:");
	for (size_t i = 0; i < count; i++)
		output_print(
			stdout, "%s %s (%g)", i > 0 ? "," : "", items[i].name, items[i].weight);
	putchar('\n');
}

static int take(void *context, const struct option_spec *spec, const char *value, struct err *err)
{
	bool *origins = context;

	(void)value;
	(void)err;
	*origins |= strcmp(spec->name, "show-origin") == 0;
	return 0;
}

static int run_config(int argc, char **argv, struct err *err)
{
	struct request *request = mem_new(NULL, struct request);
	bool origins = false;
	int status = -1;

	*request = (struct request){ .command = &config_command, .tables = config_tables };
	if (request_parse(request, argc, argv, take, &origins, err) == 0) {
		status = STATUS_ANALYSED;
		for (size_t i = 0; !request->done && settings_name(i) != NULL; i++)
			print_setting(request->settings, settings_name(i), origins);
		if (!request->done)
			print_capabilities(request->settings, origins);
	}
	talloc_free(request);
	return status;
}

const struct command config_command = {
	.name = "config",
	.usage = "[OPTION]...",
	.summary = "Show the settings in force",
	.help = "  fivewhys config --show-origin\n",
	.tables = config_tables,
	.run = run_config,
};
