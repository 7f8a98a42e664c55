/* What most commands begin with. */
#include "cmd/request.h"

#include <string.h>

int request_parse(struct request *request, int argc, char **argv, request_take *take, void *context,
	struct err *err)
{
	struct options *options = options_new(request, request->tables, argc, argv);
	const struct option_spec *spec;
	const char *value;
	int got, common;

	if (settings_load(request, &request->settings, err) < 0)
		return -1;
	while ((got = options_next(options, &spec, &value, err)) > 0) {
		common = cmd_common(request->command, request->tables, spec, value, err);
		if (common < 0)
			return -1;
		request->done |= common == 2;
		if (common == 0 && !settings_option(request->settings, spec->name, value) &&
			take != NULL && take(context, spec, value, err) < 0)
			return -1;
	}
	request->arguments = options_arguments(options);
	return got;
}

int request_store(struct request *request, bool write, struct store **out, struct err *err)
{
	const char *db = settings_get(request->settings, "db");
	struct store *reading;

	if (db == NULL)
		db = path_state(request, "history.db");
	if (store_open_reading(request, db, &reading, err) < 0)
		return -1;
	if (!write) {
		*out = reading;
		return 0;
	}
	talloc_free(reading);
	return store_open(request, db, out, err);
}

int request_format(const struct request *request, enum render_format *out, struct err *err)
{
	const char *name = settings_get(request->settings, "format");

	*out = name == NULL ? RENDER_TEXT : render_format_named(name);
	if (*out == RENDER_TEXT || *out == RENDER_MARKDOWN || *out == RENDER_JSON)
		return 0;
	return err_set(err, ERR_USAGE, "--format is text, md or json here, not \"%s\"", name);
}
