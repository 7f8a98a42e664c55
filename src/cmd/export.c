/* fivewhys export: the history as files for any web server, or none. */
#include <string.h>

#include "cmd/canary.h"
#include "cmd/output.h"
#include "cmd/site.h"

static const struct option_spec export_options[] = {
	{ "rules", 'r', "PATH", "rules (file or folder, repeatable) instead of those shipped" },
	{ "add-rules", 'a', "PATH", "rules before all others" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ 0 },
};

static const struct option_spec *const export_tables[] = { export_options, canary_options,
	cmd_common_options, NULL };

/* The pages are made twice where there are canaries: to look through them, and to write them. */
static int check_file(
	void *context, const char *path, const char *text, size_t length, struct err *err)
{
	return canary_check(context, path, text, length, err);
}

static int take(void *context, const struct option_spec *spec, const char *value, struct err *err)
{
	return canary_option(context, context, spec->name, value, err) < 0 ? -1 : 0;
}

struct folder {
	const char *path;
	size_t count; /* of files */
};

static int put_file(
	void *context, const char *path, const char *text, size_t length, struct err *err)
{
	struct folder *folder = context;
	char *whole = path_join(NULL, folder->path, path);
	char *parent = mem_strndup(whole, whole, (size_t)(strrchr(whole, '/') - whole));
	int result = path_make(parent, err);

	if (result == 0)
		result = output_write(whole, text, length, err);
	folder->count += result == 0;
	talloc_free(whole);
	return result;
}

static int export(struct request *request, const struct canary *canary, struct err *err)
{
	struct folder folder = { .path = request->arguments[0] };
	struct web_options options = { 0 };
	struct web_site *site;

	if (site_open(request, &options, &site, err) < 0 ||
		(canary->count > 0 &&
			web_export(site, check_file, (void *)(uintptr_t)canary, err) < 0) ||
		web_export(site, put_file, &folder, err) < 0)
		return -1;
	log_info("%zu files in %s", folder.count, folder.path);
	return STATUS_ANALYSED;
}

static int run_export(int argc, char **argv, struct err *err)
{
	struct request *request = mem_new(NULL, struct request);
	struct canary *canary = mem_new(request, struct canary);
	int status = -1;

	*request = (struct request){ .command = &export_command, .tables = export_tables };
	if (request_parse(request, argc, argv, take, canary, err) == 0 &&
		canary_environment(request, canary, err) == 0) {
		if (request->done)
			status = STATUS_ANALYSED;
		else if (request->arguments[0] == NULL || request->arguments[0][0] == '\0' ||
			 request->arguments[1] != NULL)
			err_fill(err, ERR_USAGE, "export wants one folder");
		else
			status = export(request, canary, err);
	}
	talloc_free(request);
	return status;
}

const struct command export_command = {
	.name = "export",
	.usage = "[OPTION]... DIR",
	.summary = "Make the pages of the history as files",
	.help = "  fivewhys export public                   public/index.html is the first page\n",
	.tables = export_tables,
	.run = run_export,
};
