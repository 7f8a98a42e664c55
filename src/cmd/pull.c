/* fivewhys pull: entries of Cloud Logging into the store. */
#include <inttypes.h>
#include <string.h>

#include "cmd/canary.h"
#include "cmd/commands.h"
#include "cmd/live.h"
#include "cmd/plan.h"
#include "cmd/pulling.h"
#include "cmd/setup.h"

static const struct option_spec pull_options[] = {
	{ "project", 'p', "ID", "project whose logs are read (default: of the credentials)" },
	{ "since", 0, "DURATION", "the time from so long ago (90m, 36h) to now" },
	{ "from", 0, "TIME", "the time from here (2026-01-31T08:00:00Z)" },
	{ "to", 0, "TIME", "up to here, not included (default: now)" },
	{ "service", 0, "NAME", "only of this service, container, job or function" },
	{ "filter", 0, "LQL", "only what this filter of the Logging query language means" },
	{ "resume", 0, NULL, "go on with what was begun, then up to now" },
	{ "rate", 0, "N", "requests a minute (default 50; a project has 60)" },
	{ "endpoint", 0, "URL", "where Cloud Logging is (default: of the universe)" },
	{ "quota-project", 0, "ID", "project that pays for requests" },
	{ "redact", 0, "LIST", "besides secrets: email, ip, service-account, none (email)" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ "no-progress", 0, NULL, "show no progress (there is none but on a terminal and in CI)" },
	{ "offline", 0, NULL, "refuse any network: then nothing can be pulled" },
	{ 0 },
};

static const struct option_spec *const pull_tables[] = { pull_options, canary_options,
	cmd_common_options, NULL };

struct pull {
	struct settings *settings;
	struct live_options live;
	struct canary canary;
	bool resume, no_progress, done;
	struct store *store;
	struct pulling *pulling;
	uint64_t read, added;
};

static int take_option(
	struct pull *pull, const struct option_spec *spec, const char *value, struct err *err)
{
	int taken;

	if (settings_option(pull->settings, spec->name, value))
		return 0;
	taken = canary_option(pull, &pull->canary, spec->name, value, err);
	if (taken != 0)
		return taken < 0 ? -1 : 0;
	taken = live_option(&pull->live, spec->name, value, err);
	if (taken != 0)
		return taken;
	pull->resume = pull->resume || strcmp(spec->name, "resume") == 0;
	pull->no_progress = pull->no_progress || strcmp(spec->name, "no-progress") == 0;
	return 0;
}

static int parse(struct pull *pull, int argc, char **argv, struct err *err)
{
	struct options *options = options_new(pull, pull_tables, argc, argv);
	const struct option_spec *spec;
	const char *value;
	int got, common;

	while ((got = options_next(options, &spec, &value, err)) > 0) {
		common = cmd_common(&pull_command, pull_tables, spec, value, err);
		if (common < 0)
			return -1;
		pull->done |= common == 2;
		if (common == 0 && take_option(pull, spec, value, err) < 0)
			return -1;
	}
	if (got == 0 && options_arguments(options)[0] != NULL)
		return err_set(err, ERR_USAGE, "pull takes options only, not \"%s\"",
			options_arguments(options)[0]);
	return got;
}

/* The bounds, fixed once: what is asked must not move while it is read. */
static int make_wish(const struct pull *pull, struct plan_wish *wish, struct err *err)
{
	const struct live_options *live = &pull->live;
	int64_t now = pulling_now(pull->pulling), newest = now - PLAN_LAG;

	*wish = (struct plan_wish){ live->from, live->to, pull->resume };
	if (live->since > 0 && live->from != TIME_NONE)
		return err_set(
			err, ERR_USAGE, "--since and --from say the same: one of them will do");
	if (live->since > 0)
		wish->from = when_difference(now, live->since);
	if (wish->from == TIME_NONE && !pull->resume)
		return err_set(err, ERR_USAGE, "since when? see --since, --from and --resume");
	if (wish->to != TIME_NONE && wish->to > newest)
		log_info("what is newer than %d s may still be on its way, and is left out",
			(int)(PLAN_LAG / WHEN_SECOND));
	if (wish->to == TIME_NONE || wish->to > newest)
		wish->to = newest;
	if (wish->from != TIME_NONE && wish->from >= wish->to)
		return err_set(err, ERR_USAGE, "there is no time between --from and --to");
	return 0;
}

static int take(void *context, struct entry *entry, struct err *err)
{
	struct pull *pull = context;
	bool known_here;
	int added;

	/* the page that it is on is taken back; those before it have none */
	if (canary_check_entry(&pull->canary, entry, err) < 0)
		return -1;
	added = store_entry_add(pull->store, entry, &known_here, err);

	pull->read++;
	pull->added += added > 0;
	return added < 0 ? -1 : 0;
}

static int read_plan(struct pull *pull, int64_t id, const struct plan *plan, struct err *err)
{
	for (size_t i = 0; i < plan->unfinished_count; i++)
		if (pulling_read(pull->pulling, plan->unfinished[i], true, err) < 0)
			return -1;
	for (size_t i = 0; i < plan->new_count; i++) {
		struct slice slice =
			pulling_slice(pull->pulling, plan->news[i].from, plan->news[i].to);

		slice.received = plan->news[i].received;
		if (store_slice_add(pull->store, id, &slice, err) < 0 ||
			pulling_read(pull->pulling, &slice, true, err) < 0)
			return -1;
	}
	return 0;
}

static int read_all(struct pull *pull, const struct plan_wish *wish, struct err *err)
{
	struct pulling *pulling = pull->pulling;
	struct source_info *info = source_pages_info(pulling->pages);
	char *question = pulling_question(pull, pulling), *whole;
	char key[DIGEST_TEXT];
	struct slices known;
	struct plan plan;
	struct redactor *redactor;
	uint64_t count = 0;
	size_t length;
	int64_t id;

	redactor = redactor_new(pull, pull->pulling->source.redaction);
	question = mem_strdup(
		pull, redactor_apply_name(redactor, question, strlen(question), &length, &count));
	whole = mem_printf(pull, "%s\n%s", pulling->resource, question);
	digest_of(whole, strlen(whole), key);
	if (store_live(pull->store, info, key, err) < 0 ||
		store_pull(pull->store, pulling->resource, question, info, &id, err) < 0 ||
		store_slices(pull->store, pull, id, &known, err) < 0 ||
		plan_make(pull, &known, wish, &plan, err) < 0)
		return -1;
	return read_plan(pull, id, &plan, err);
}

static void print_summary(const struct pull *pull, const struct plan_wish *wish)
{
	const struct source_info *info = source_pages_info(pull->pulling->pages);
	char to[WHEN_TEXT];

	printf("%s: %" PRIu64 " entries read up to %s, %" PRIu64 " of them new, %" PRIu64
	       " requests\n",
		pull->pulling->resource, pull->read, when_format(wish->to, to), pull->added,
		cloud_list_requests(pull->pulling->list));
	for (size_t i = 0; i < info->note_count; i++)
		log_warn("%s: %s", pull->pulling->resource, info->notes[i]);
}

/* What was read before a failure is kept, and the same command goes on from there. */
static int finish(struct pull *pull, const struct plan_wish *wish, int result, struct err *err)
{
	if (result == 0) {
		print_summary(pull, wish);
		return STATUS_ANALYSED;
	}
	if (err->code == ERR_NET)
		log_warn("%" PRIu64
			 " entries were read and kept; the same command goes on from there",
			pull->read);
	return -1;
}

static int run(struct pull *pull, struct err *err)
{
	const char *db = settings_get(pull->settings, "db");
	struct progress *progress = progress_new(pull, stderr,
		pull->no_progress || log_is_quiet() ? PROGRESS_NONE : progress_kind_of(stderr));
	struct pulling_options options = { pull->settings, pull->live.service, pull->live.filter,
		pull->live.per_minute, pull->live.offline, true, progress, NULL };
	struct plan_wish wish;
	int result;

	if (canary_environment(pull, &pull->canary, err) < 0 ||
		settings_redaction(pull->settings, &options.redaction, err) < 0)
		return -1;
	if (pulling_new(pull, &options, NULL, &pull->pulling, err) < 0 ||
		make_wish(pull, &wish, err) < 0 ||
		store_open(pull, db != NULL ? db : path_state(pull, "history.db"), &pull->store,
			err) < 0)
		return -1;
	pull->pulling->store = pull->store;
	pull->pulling->take = take;
	pull->pulling->context = pull;
	progress_phase(progress, "pulling");
	result = read_all(pull, &wish, err);
	talloc_free(progress);
	return finish(pull, &wish, result, err);
}

static int run_pull(int argc, char **argv, struct err *err)
{
	struct pull *pull = mem_new(NULL, struct pull);
	int status = -1;

	pull->live = live_defaults();
	if (settings_load(pull, &pull->settings, err) == 0 && parse(pull, argc, argv, err) == 0)
		status = pull->done ? STATUS_ANALYSED : run(pull, err);
	talloc_free(pull);
	return status;
}

const struct command pull_command = {
	.name = "pull",
	.usage = "[OPTION]...",
	.summary = "Read entries of Cloud Logging into the history",
	.help = "  fivewhys pull --project my-project --since 1h\n"
		"  fivewhys pull --project my-project --service api --from 2026-01-31T08:00:00Z\n"
		"  fivewhys pull --project my-project --filter 'severity>=WARNING' --resume\n\n"
		"What was read is kept page by page: after a failure the same command goes on from "
		"there.\n",
	.tables = pull_tables,
	.run = run_pull,
};
