/* fivewhys run: a test command, untouched, and why it failed. */
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "cmd/output.h"
#include "cmd/run_turn.h"
#include "cmd/run_turns.h"

#define TURNS_MAX 100

static const struct option_spec run_options[] = {
	{ "until-green", 0, "N", "again until nothing fails, N times at most" },
	{ "logs", 0, "FILE", "what the command writes besides: results, logs (repeatable)" },
	{ "keep-transcript", 0, "FILE", "leave what it printed here" },
	{ 0 },
};

static const struct option_spec *const run_tables[] = { run_options, triage_options, ci_specs,
	canary_options, cmd_common_options, NULL };

struct request_run {
	struct triage *triage;
	struct run_plan plan;
	unsigned turns; /* at most */
	bool done;
};

static int take_turns(struct request_run *request, const char *text, struct err *err)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (text[0] < '0' || text[0] > '9' || *end != '\0' || number < 1 || number > TURNS_MAX)
		return err_set(err, ERR_USAGE, "--until-green is a number from 1 to %d, not \"%s\"",
			TURNS_MAX, text);
	request->turns = (unsigned)number;
	return 0;
}

static void add_logs(struct run_plan *plan, const char *path)
{
	plan->logs = mem_grow(plan->triage, plan->logs, plan->log_count, sizeof(*plan->logs));
	plan->logs[plan->log_count++] = path;
}

static int take(struct request_run *request, const struct option_spec *spec, const char *value,
	struct err *err)
{
	if (strcmp(spec->name, "until-green") == 0)
		return take_turns(request, value, err);
	if (strcmp(spec->name, "keep-transcript") == 0)
		request->plan.keep = value;
	else if (strcmp(spec->name, "logs") == 0)
		add_logs(&request->plan, value);
	else
		return triage_option(request->triage, spec, value, err);
	return 0;
}

/* The command stands behind "--", so that none of its options is taken for ours. */
static int parse(struct request_run *request, int argc, char **argv, struct err *err)
{
	const struct option_spec *spec;
	struct options *options;
	const char *value;
	int got, common, end = 1;

	while (end < argc && strcmp(argv[end], "--") != 0)
		end++;
	options = options_new(request->triage, run_tables, end, argv);
	while ((got = options_next(options, &spec, &value, err)) > 0) {
		common = cmd_common(&run_command, run_tables, spec, value, err);
		if (common < 0)
			return -1;
		request->done |= common == 2;
		if (common == 0 && take(request, spec, value, err) < 0)
			return -1;
	}
	if (got < 0 || request->done)
		return got;
	request->plan.command = argv + (end < argc ? end + 1 : argc);
	if (request->plan.command[0] == NULL || options_arguments(options) != argv + end)
		return err_set(err, ERR_USAGE,
			"run wants a command behind \"--\": fivewhys run -- pytest tests");
	return 0;
}

/* Standard output is the command's; what we have to say goes to standard error. */
static void print_page(struct request_run *request, const struct run_turn *turn)
{
	struct triage *triage = request->triage;
	const char *mode = settings_get(triage->settings, "color");
	struct err err = { 0 };
	size_t length;
	char *page;

	if (turn->analysis == NULL || !turn->analysis->diagnosis->failed ||
		triage->format == RENDER_FORMAT_COUNT)
		return;
	if (output_colour(stderr, mode, &triage->render.colour, &err) < 0 ||
		render(triage, turn->analysis->diagnosis, triage->format, &triage->render, &page,
			&length, &err) < 0)
		log_warn("%s", err.text);
	else
		fwrite(page, 1, length, stderr);
}

/* Turn after turn; who interrupts one does not want another. */
static int run_turns(struct request_run *request, struct run_turn *turn, struct err *err)
{
	struct run_turns *turns;
	unsigned left = request->turns;

	if (run_turns_load(request->triage, request->triage, &turns, err) < 0)
		return -1;
	do {
		if (run_turn(&request->plan, run_turns_next(turns), turn, err) < 0) {
			fprintf(stderr, "fivewhys: error: %s\n", err->text);
			return turn->end.status;
		}
		run_turns_add(turns, turn);
		left--;
	} while (turn->failed && turn->end.signal == 0 && !turn->end.interrupted && left > 0);
	if (turn->failed)
		print_page(request, turn);
	if (turn->analysis != NULL && !turn->withheld)
		triage_tell(request->triage, turn->analysis->diagnosis, stderr);
	return turn->withheld && turn->end.status == 0 ? STATUS_FAILED : turn->end.status;
}

/* So that whoever waits for us sees what it would see without us. It leaves no core of ours. */
static void end_by(int signal_number)
{
	const struct rlimit none = { 0, 0 };
	sigset_t set;

	fflush(NULL);
	setrlimit(RLIMIT_CORE, &none);
	signal(signal_number, SIG_DFL);
	sigemptyset(&set);
	sigaddset(&set, signal_number);
	sigprocmask(SIG_UNBLOCK, &set, NULL);
	raise(signal_number);
}

static int run_run(int argc, char **argv, struct err *err)
{
	struct triage *triage = mem_new(NULL, struct triage);
	struct request_run request = { .triage = triage, .plan = { .triage = triage }, .turns = 1 };
	struct run_turn turn = { .failed = false };
	struct rules *rules;
	int status = -1;

	if (triage_begin(triage, err) == 0 && parse(&request, argc, argv, err) == 0) {
		if (request.done)
			status = STATUS_ANALYSED;
		else if (triage_prepare(triage, &rules, err) == 0) {
			request.plan.rules = rules;
			status = run_turns(&request, &turn, err);
		}
	}
	talloc_free(triage);
	if (status >= 0 && turn.end.signal != 0)
		end_by(turn.end.signal);
	return status;
}

const struct command run_command = {
	.name = "run",
	.usage = "[OPTION]... -- COMMAND [ARGUMENT]...",
	.summary = "Run a test command, and say why it failed",
	.help = "  fivewhys run -- pytest tests/e2e\n"
		"  fivewhys run --project my-project --service api -- pytest tests/e2e\n"
		"  fivewhys run --logs results.xml --logs server.log -o report.md -- make check\n"
		"  fivewhys run --label login --until-green 5 -- ./deploy-and-test\n\n"
		"The output and the exit status are those of the command.\n",
	.tables = run_tables,
	.run = run_run,
};
