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

/* Which runs are turns. */
struct choice {
	int64_t from, to; /* ids; 0: not given */
	const char *label; /* NULL: runs without one */
	bool any_label, numbered; /* only runs that have an iteration */
};

static int find(struct request *request, struct store *store, const char *name, struct run **out,
	struct err *err)
{
	return store_run_find(request, store, name, out, err);
}

/* "3..7", "3..", "first-try..last" */
static int choose_range(struct request *request, struct store *store, const char *text,
	struct choice *choice, struct err *err)
{
	const char *dots = strstr(text, "..");
	struct run *from, *to;

	if (dots == NULL || dots == text)
		return err_set(err, ERR_USAGE,
			"progress wants RUN..RUN, such as 3..7 or 3.., not \"%.200s\"", text);
	if (find(request, store, mem_strndup(request, text, (size_t)(dots - text)), &from, err) <
			0 ||
		find(request, store, dots[2] != '\0' ? dots + 2 : "last", &to, err) < 0)
		return -1;
	if (from->id > to->id)
		return err_set(err, ERR_USAGE, "run %lld comes behind run %lld",
			(long long)from->id, (long long)to->id);
	choice->from = from->id;
	choice->to = to->id;
	return 0;
}

/* Without a range it is the loop of the newest run: of its label, and numbered if it is. */
static int choose(
	struct request *request, struct store *store, struct choice *choice, struct err *err)
{
	const char *label = settings_get(request->settings, "label");
	struct run *newest;

	*choice = (struct choice){ .label = label };
	if (request->arguments[0] != NULL) {
		choice->any_label = label == NULL;
		return choose_range(request, store, request->arguments[0], choice, err);
	}
	if (find(request, store, label != NULL ? label : "last", &newest, err) < 0)
		return -1;
	choice->label = newest->label;
	choice->numbered = newest->iteration > 0;
	return 0;
}

static bool is_chosen(const struct choice *choice, const struct run *run)
{
	bool same = run->label == NULL || choice->label == NULL
			    ? run->label == choice->label
			    : strcmp(run->label, choice->label) == 0;

	return (choice->any_label || same) && (!choice->numbered || run->iteration > 0) &&
	       run->id >= choice->from && (choice->to == 0 || run->id <= choice->to);
}

static int read_turns(
	struct request *request, struct store *store, struct render_turns *turns, struct err *err)
{
	const struct store_filter filter = { .since = TIME_NONE };
	struct choice choice;
	struct run **runs;
	size_t count, kept = 0;

	if (choose(request, store, &choice, err) < 0 ||
		store_runs(request, store, &filter, &runs, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (is_chosen(&choice, runs[i]))
			runs[kept++] = runs[i];
	if (kept == 0)
		return err_set(err, ERR_NOT_FOUND, "no run of this range has the label \"%.200s\"",
			choice.label);
	turns->earlier = kept > TURNS_MAX ? kept - TURNS_MAX : 0;
	turns->count = kept - turns->earlier;
	turns->items = mem_array(request, struct diagnosis *, turns->count);
	for (size_t i = 0; i < turns->count; i++)
		if (store_run_diagnosis(request, store, runs[turns->earlier + i]->id,
			    &turns->items[i], err) < 0)
			return -1;
	return 0;
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
	.run = run_progress,
};
