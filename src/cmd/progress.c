/* fivewhys progress: where a loop of fixing has got to. */
#include <string.h>

#include "cmd/output.h"
#include "cmd/request.h"

#define TURNS_MAX 50 /* of more the newest are told */

static const struct option_spec progress_options[] = {
	{ "label", 0, "TEXT", "turns of this label (default: that of the newest run)" },
	{ "format", 'f', "FORMAT", "text (default), md, json" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ 0 },
};

static const struct option_spec *const progress_tables[] = { progress_options, cmd_common_options,
	NULL };

/* "3..7", "3..", "first-try..last" */
static int choose_range(struct request *request, struct store *store, const char *text,
	struct store_loop *loop, struct err *err)
{
	const char *dots = strstr(text, "..");
	struct run *from, *to;

	if (dots == NULL || dots == text)
		return err_set(err, ERR_USAGE,
			"progress wants RUN..RUN, such as 3..7 or 3.., not \"%.200s\"", text);
	if (store_run_find(request, store, mem_strndup(request, text, (size_t)(dots - text)), &from,
		    err) < 0 ||
		store_run_find(request, store, dots[2] != '\0' ? dots + 2 : "last", &to, err) < 0)
		return -1;
	if (from->id > to->id)
		return err_set(err, ERR_USAGE, "run %lld comes behind run %lld",
			(long long)from->id, (long long)to->id);
	loop->from = from->id;
	loop->to = to->id;
	return 0;
}

static int choose(
	struct request *request, struct store *store, struct store_loop *loop, struct err *err)
{
	const char *label = settings_get(request->settings, "label");

	if (request->arguments[0] == NULL)
		return store_loop_newest(request, store, label, loop, err);
	*loop = (struct store_loop){ .label = label, .any_label = label == NULL };
	return choose_range(request, store, request->arguments[0], loop, err);
}

static int read_turns(
	struct request *request, struct store *store, struct render_turns *turns, struct err *err)
{
	struct store_loop loop;

	if (choose(request, store, &loop, err) < 0)
		return -1;
	loop.limit = TURNS_MAX;
	return store_turns(
		request, store, &loop, &turns->items, &turns->count, &turns->earlier, err);
}

static int print_progress(struct request *request, struct err *err)
{
	struct render_options options = { .folders = setup_template_folders(request) };
	struct render_turns turns = { .count = 0 };
	enum render_format format;
	struct store *store;
	size_t length;
	char *page;

	turns.capabilities = settings_capabilities(request->settings, &turns.capability_count);
	if (request_format(request, &format, err) < 0 ||
		request_store(request, false, &store, err) < 0 ||
		read_turns(request, store, &turns, err) < 0 ||
		render_progress(request, &turns, format, &options, &page, &length, err) < 0)
		return -1;
	return output_write("-", page, length, err) < 0 ? -1 : STATUS_ANALYSED;
}

static int run_progress(int argc, char **argv, struct err *err)
{
	struct request *request = mem_new(NULL, struct request);
	int status = -1;

	*request = (struct request){ .command = &progress_command, .tables = progress_tables };
	if (request_parse(request, argc, argv, NULL, NULL, err) == 0) {
		if (request->done)
			status = STATUS_ANALYSED;
		else if (request->arguments[0] != NULL && request->arguments[1] != NULL)
			err_fill(err, ERR_USAGE, "progress takes one range of runs, RUN..RUN");
		else
			status = print_progress(request, err);
	}
	talloc_free(request);
	return status;
}

const struct command progress_command = {
	.name = "progress",
	.usage = "[OPTION]... [RUN..RUN]",
	.summary = "Say where a loop of fixing has got to",
	.help = "  fivewhys progress                        the loop of the newest run\n"
		"  fivewhys progress --label login --format md > progress.md\n"
		"  fivewhys progress 3..7\n",
	.tables = progress_tables,
	.run = run_progress,
};
