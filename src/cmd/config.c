/* fivewhys config: the settings in force, and where each comes from. */
#include <string.h>

#include "cmd/commands.h"
#include "cmd/setup.h"

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
		printf("%-28s ", values[0] != NULL ? settings_origin(settings, name) : "not set");
	printf("%s:", name);
	for (; *values != NULL; values++)
		printf(" %s", *values);
	putchar('\n');
}

static int print_settings(TALLOC_CTX *mem, bool origins, struct err *err)
{
	struct settings *settings;

	if (settings_load(mem, &settings, err) < 0)
		return -1;
	for (size_t i = 0; settings_name(i) != NULL; i++)
		print_setting(settings, settings_name(i), origins);
	return STATUS_ANALYSED;
}

static int run_config(int argc, char **argv, struct err *err)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct options *options = options_new(mem, config_tables, argc, argv);
	const struct option_spec *spec;
	const char *value;
	bool origins = false, done = false;
	int got, status = -1;

	while ((got = options_next(options, &spec, &value, err)) > 0) {
		int common = cmd_common(&config_command, config_tables, spec, value, err);

		if (common < 0)
			goto out;
		done |= common == 2;
		origins |= strcmp(spec->name, "show-origin") == 0;
	}
	if (got == 0)
		status = done ? STATUS_ANALYSED : print_settings(mem, origins, err);
out:
	talloc_free(mem);
	return status;
}

const struct command config_command = {
	.name = "config",
	.usage = "[OPTION]...",
	.summary = "Show the settings in force",
	.help = "  fivewhys config --show-origin\n",
	.run = run_config,
};
