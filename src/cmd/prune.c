/* fivewhys prune: let old entries go, and keep what is evidence. */
#include <inttypes.h>
#include <string.h>

#include "cmd/moment.h"
#include "cmd/request.h"

static const struct option_spec prune_options[] = {
	{ "older", 0, "TIME", "than this: 30d, 2025-01-31 (needed)" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ 0 },
};

static const struct option_spec *const prune_tables[] = { prune_options, cmd_common_options, NULL };

static int take(void *context, const struct option_spec *spec, const char *value, struct err *err)
{
	int64_t *before = context;

	return strcmp(spec->name, "older") == 0
		       ? moment_before("older", value, moment_now(), before, err)
		       : 0;
}

static int prune(struct request *request, int64_t before, struct err *err)
{
	struct store *store;
	uint64_t pruned;

	if (before == TIME_NONE)
		return err_set(err, ERR_USAGE, "prune wants --older TIME, such as 30d");
	if (request->arguments[0] != NULL)
		return err_set(err, ERR_USAGE, "prune takes options only, not \"%s\"",
			request->arguments[0]);
	if (request_store(request, true, &store, err) < 0 ||
		store_prune(store, before, &pruned, err) < 0)
		return -1;
	printf("%" PRIu64 " %s pruned; evidence, incidents and runs were kept\n", pruned,
		pruned == 1 ? "entry" : "entries");
	return STATUS_ANALYSED;
}

static int run_prune(int argc, char **argv, struct err *err)
{
	struct request *request = mem_new(NULL, struct request);
	int64_t before = TIME_NONE;
	int status = -1;

	*request = (struct request){ .command = &prune_command, .tables = prune_tables };
	if (request_parse(request, argc, argv, take, &before, err) == 0)
		status = request->done ? STATUS_ANALYSED : prune(request, before, err);
	talloc_free(request);
	return status;
}

const struct command prune_command = {
	.name = "prune",
	.usage = "--older=TIME [OPTION]...",
	.summary = "Let old entries go, and keep what is evidence",
	.help = "  fivewhys prune --older 30d\n",
	.tables = prune_tables,
	.run = run_prune,
};
