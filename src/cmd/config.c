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

static void print_setting(const struct settings *settings, const char *name, bool origins)
{
	const char *const *values = settings_list(settings, name);

	if (origins)
		output_print(stdout, "%-28s ",
			values[0] != NULL ? settings_origin(settings, name) : "not set");
	printf("%s:", name);
	for (; *values != NULL; values++)
		output_print(stdout, " %s", *values);
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
	}
	talloc_free(request);
	return status;
}

const struct command config_command = {
	.name = "config",
	.usage = "[OPTION]...",
	.summary = "Show the settings in force",
	.help = "  fivewhys config --show-origin\n",
	.run = run_config,
};
