/* The stand-in as a program: it prints "port N" when it is ready, and ends by itself. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/options.h"
#include "standin/credentials.h"
#include "standin/generate.h"
#include "standin/standin.h"

#define LOAD_MAX ((size_t)1 << 30) /* bytes of a file of entries */

/* What to do once everything is set. */
struct start {
	struct standin *standin;
	struct generate_plan plan;
	const char *port_file, *load, *credentials;
	int64_t idle, lifetime; /* seconds */
	uint16_t port;
	bool until_eof;
};

static const struct option_spec specs[] = {
	{ "entries", 0, "N", "make up N entries" },
	{ "seed", 0, "N", "from this number (1)" },
	{ "start", 0, "TIME", "the first at TIME (2026-01-01T00:00:00Z)" },
	{ "step", 0, "NANOSECONDS", "each so much later (250000000)" },
	{ "project", 0, "ID", "in this project (demo-project)" },
	{ "no-proto", 0, NULL, "none with a protoPayload" },
	{ "arrivals", 0, NULL, "entries are not seen before their receiveTimestamp" },
	{ "load", 0, "FILE", "entries from FILE, a LogEntry in JSON a line" },
	{ "fault", 0, "KIND[@AFTER[xTIMES]]", "this goes wrong with entries.list" },
	{ "credentials", 0, "FOLDER", "write files of credentials into FOLDER" },
	{ "token-seconds", 0, "N", "how long tokens live (3599)" },
	{ "open", 0, NULL, "entries.list wants no token" },
	{ "quota", 0, "N", "read requests a minute and project (60); 0: no limit" },
	{ "scan", 0, "N", "entries that a page may look through; 0: all" },
	{ "page-limit", 0, "N", "entries that no page exceeds" },
	{ "now", 0, "TIME", "set the clock" },
	{ "clock", 0, "halt|run", "let the clock stand still" },
	{ "port", 0, "N", "listen on port N; 0: one that is free" },
	{ "port-file", 0, "FILE", "write the port to FILE, too" },
	{ "idle", 0, "SECONDS", "end after so long without requests (120)" },
	{ "lifetime", 0, "SECONDS", "end after so long in any case (900)" },
	{ "until-eof", 0, NULL, "end when standard input does" },
	{ "help", 'h', NULL, "show this" },
	{ 0 },
};
static const struct option_spec *const tables[] = { specs, NULL };

static volatile sig_atomic_t is_told_to_end;

static void on_signal(int number)
{
	(void)number;
	is_told_to_end = 1;
}

/* The options that are no settings. 1: it was one of them. */
static int set_start(struct start *start, const char *name, const char *value, struct err *err)
{
	struct generate_plan *plan = &start->plan;

	if (strcmp(name, "entries") == 0)
		plan->count = strtoul(value, NULL, 10);
	else if (strcmp(name, "seed") == 0)
		plan->seed = strtoull(value, NULL, 10);
	else if (strcmp(name, "step") == 0)
		plan->step = strtoll(value, NULL, 10);
	else if (strcmp(name, "project") == 0)
		plan->project = value;
	else if (strcmp(name, "no-proto") == 0)
		plan->without_proto = true;
	else if (strcmp(name, "arrivals") == 0)
		plan->arrives = true;
	else if (strcmp(name, "load") == 0)
		start->load = value;
	else if (strcmp(name, "credentials") == 0)
		start->credentials = value;
	else if (strcmp(name, "port") == 0)
		start->port = (uint16_t)strtoul(value, NULL, 10);
	else if (strcmp(name, "port-file") == 0)
		start->port_file = value;
	else if (strcmp(name, "idle") == 0)
		start->idle = strtoll(value, NULL, 10);
	else if (strcmp(name, "lifetime") == 0)
		start->lifetime = strtoll(value, NULL, 10);
	else if (strcmp(name, "until-eof") == 0)
		start->until_eof = true;
	else if (strcmp(name, "start") == 0 &&
		 when_parse(value, strlen(value), &plan->start, NULL) == 0)
		return err_set(err, ERR_USAGE, "--start: not a time: %s", value);
	else if (strcmp(name, "start") != 0)
		return 0;
	return 1;
}

static int set(struct start *start, const char *name, const char *value, struct err *err)
{
	int result = set_start(start, name, value, err);

	if (result != 0)
		return result;
	if (strcmp(name, "fault") == 0)
		return faults_order(start->standin->faults, value, err);
	return settings_set(start->standin, name, value == NULL ? "1" : value, err);
}

static int fill(struct start *start, struct err *err)
{
	struct standin *standin = start->standin;
	char *text;
	size_t length;

	standin->project = start->plan.project;
	if (generate_entries(standin->logs, &start->plan, err) < 0)
		return -1;
	if (start->load == NULL)
		return 0;
	if (path_read(standin, start->load, LOAD_MAX, &text, &length, err) < 0)
		return -1;
	if (logs_take_lines(
		    standin->logs, text, clock_now(&standin->clock), start->plan.arrives, err) < 0)
		return err_wrap(err, "%s", start->load);
	talloc_free(text);
	return 0;
}

/* Keys take a while to make, so only those who want them get them. */
static int give_credentials(struct start *start, struct err *err)
{
	struct standin *standin = start->standin;

	if (start->credentials == NULL)
		return 0;
	if (jwt_key_new(standin, &standin->key, err) < 0 ||
		jwt_key_new(standin, &standin->issuer, err) < 0)
		return -1;
	return credentials_write(standin, start->credentials, err);
}

static int tell_port(const struct start *start, struct err *err)
{
	unsigned port = http_port(start->standin->http);
	FILE *file;

	printf("port %u\n", port);
	if (fflush(stdout) != 0)
		return err_io(err, "standard output");
	if (start->port_file == NULL)
		return 0;
	file = fopen(start->port_file, "w");
	if (file == NULL || fprintf(file, "%u\n", port) < 0 || fclose(file) != 0)
		return err_io(err, "%s", start->port_file);
	return 0;
}

static bool is_at_end(const struct start *start)
{
	struct pollfd input = { .fd = start->until_eof ? STDIN_FILENO : -1, .events = POLLIN };
	char bytes[256];

	return poll(&input, 1, 50) > 0 && read(STDIN_FILENO, bytes, sizeof(bytes)) <= 0;
}

static void wait_for_end(const struct start *start)
{
	const struct standin *standin = start->standin;
	int64_t begin = clock_monotonic();

	while (!is_told_to_end && !standin->is_stopping && !is_at_end(start) &&
		clock_monotonic() - begin < start->lifetime &&
		clock_monotonic() - standin->last_request < start->idle)
		continue;
}

static int run(struct start *start, int argc, char **argv, struct err *err)
{
	struct options *options = options_new(start->standin, tables, argc, argv);
	const struct option_spec *spec;
	const char *value;
	int result;

	while ((result = options_next(options, &spec, &value, err)) > 0) {
		if (spec->letter == 'h') {
			puts("usage: standin [option]...");
			options_help(tables, stdout);
			return 0;
		}
		if (set(start, spec->name, value, err) < 0)
			return -1;
	}
	if (result < 0 || fill(start, err) < 0)
		return -1;
	if (http_open(start->standin, start->port, standin_serve, start->standin,
		    &start->standin->http, err) < 0)
		return -1;
	if (give_credentials(start, err) < 0 || tell_port(start, err) < 0)
		return -1;
	wait_for_end(start);
	TALLOC_FREE(start->standin->http);
	return 0;
}

int main(int argc, char **argv)
{
	struct start start = { .idle = 120, .lifetime = 900 };
	struct err err;
	int result;

	start.plan = (struct generate_plan){ .seed = 1,
		.start = INT64_C(1767225600) * WHEN_SECOND,
		.step = WHEN_SECOND / 4,
		.project = "demo-project" };
	signal(SIGTERM, on_signal);
	signal(SIGINT, on_signal);
	signal(SIGPIPE, SIG_IGN);
	start.standin = standin_new(NULL);
	result = run(&start, argc, argv, &err);
	if (result < 0)
		fprintf(stderr, "standin: %s\n", err.text);
	talloc_free(start.standin);
	return result < 0;
}
