/* fivewhys show: one incident of the history, as its last run has it. */
#include "cmd/output.h"
#include "cmd/request.h"

static const struct option_spec show_options[] = {
	{ "format", 'f', "FORMAT",
		"text (default), md, html, json, sarif, junit, codequality, github" },
	{ "color", 0, "WHEN", "auto (default), always, never" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ 0 },
};

static const struct option_spec *const show_tables[] = { show_options, cmd_common_options, NULL };

static int print_incident(struct request *request, struct store *store, int64_t id, struct err *err)
{
	struct render_options options = { .folders = setup_template_folders(request),
		.repository = output_repository(request) };
	const char *name = settings_get(request->settings, "format");
	enum render_format format = name == NULL ? RENDER_TEXT : render_format_named(name);
	struct diagnosis *diagnosis;
	size_t length;
	char *page;

	if (format == RENDER_FORMAT_COUNT)
		return err_set(err, ERR_USAGE, "--format is " RENDER_FORMATS ", not \"%s\"", name);
	if (output_colour(stdout, settings_get(request->settings, "color"), &options.colour, err) <
			0 ||
		store_incident_read(request, store, id, 0, &diagnosis, err) < 0 ||
		render(request, diagnosis, format, &options, &page, &length, err) < 0)
		return -1;
	return output_write("-", page, length, err) < 0 ? -1 : STATUS_ANALYSED;
}

static int run_show(int argc, char **argv, struct err *err)
{
	struct request *request = mem_new(NULL, struct request);
	struct store *store;
	int64_t id;
	int status = -1;

	*request = (struct request){ .command = &show_command, .tables = show_tables };
	if (request_parse(request, argc, argv, NULL, NULL, err) == 0) {
		if (request->done)
			status = STATUS_ANALYSED;
		else if (request->arguments[0] == NULL || request->arguments[1] != NULL)
			err_fill(err, ERR_USAGE, "show wants one incident; see fivewhys list");
		else if (request_store(request, false, &store, err) == 0 &&
			 store_incident_find(store, request->arguments[0], &id, err) == 0)
			status = print_incident(request, store, id, err);
	}
	talloc_free(request);
	return status;
}

const struct command show_command = {
	.name = "show",
	.usage = "[OPTION]... ID",
	.summary = "Show an incident of the history",
	.help = "  fivewhys show 12                         on the terminal\n"
		"  fivewhys show 12 --format md > incident.md\n"
		"  fivewhys show f1:e3b0c442                by the beginning of its fingerprint\n",
	.tables = show_tables,
	.run = run_show,
};
