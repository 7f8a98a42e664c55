/* The stand-in of GitHub and GitLab as a program: it writes its port, and ends by itself. */
#include <poll.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/options.h"
#include "standin/clock.h"
#include "standin/forge.h"

static const struct option_spec specs[] = {
	{ "gitlab", 0, NULL, "be GitLab" },
	{ "base", 0, "PATH", "of the API (GitHub: none; GitLab: /api/v4)" },
	{ "project", 0, "NAME", "octo/hello; GitLab: 17" },
	{ "pull", 0, "N", "the request that has comments (12)" },
	{ "no-viewer", 0, NULL, "there is no GraphQL" },
	{ "no-link", 0, NULL, "pages are not linked" },
	{ "port-file", 0, "FILE", "write the port to FILE" },
	{ "idle", 0, "SECONDS", "end after so long without requests (60)" },
	{ "help", 'h', NULL, "show this" },
	{ 0 },
};
static const struct option_spec *const tables[] = { specs, NULL };

struct start {
	struct forge_standin *forge;
	const char *port_file;
	int64_t idle;
};

static void set(struct start *start, const char *name, const char *value)
{
	struct forge_standin *forge = start->forge;

	if (strcmp(name, "gitlab") == 0) {
		forge->is_gitlab = true;
		forge->base = "/api/v4";
		forge->project = "17";
	} else if (strcmp(name, "base") == 0) {
		forge->base = value;
	} else if (strcmp(name, "project") == 0) {
		forge->project = value;
	} else if (strcmp(name, "pull") == 0) {
		forge->pull = value;
	} else if (strcmp(name, "no-viewer") == 0) {
		forge->has_viewer = false;
	} else if (strcmp(name, "no-link") == 0) {
		forge->has_link = false;
	} else if (strcmp(name, "port-file") == 0) {
		start->port_file = value;
	} else if (strcmp(name, "idle") == 0) {
		start->idle = strtoll(value, NULL, 10);
	}
}

static int tell_port(const struct start *start, const struct http *http, struct err *err)
{
	FILE *file = start->port_file != NULL ? fopen(start->port_file, "w") : stdout;

	if (file == NULL || fprintf(file, "%u\n", http_port(http)) < 0 || fflush(file) != 0)
		return err_io(err, "%s", start->port_file != NULL ? start->port_file : "port");
	if (file != stdout)
		fclose(file);
	return 0;
}

static int run(struct start *start, int argc, char **argv, struct err *err)
{
	struct forge_standin *forge = start->forge;
	struct options *options = options_new(forge, tables, argc, argv);
	const struct option_spec *spec;
	struct http *http;
	const char *value;
	int result;

	while ((result = options_next(options, &spec, &value, err)) > 0)
		if (spec->letter == 'h') {
			puts("usage: forge [option]...");
			options_help(tables, stdout);
			return 0;
		} else {
			set(start, spec->name, value);
		}
	if (result < 0 || http_open(forge, 0, forge_serve, forge, &http, err) < 0 ||
		tell_port(start, http, err) < 0)
		return -1;
	while (!forge->is_stopping && clock_monotonic() - forge->last_request < start->idle)
		poll(NULL, 0, 20);
	talloc_free(http);
	return 0;
}

int main(int argc, char **argv)
{
	struct forge_standin *forge = mem_new(NULL, struct forge_standin);
	struct start start = { .forge = forge, .idle = 60 };
	struct err err;
	int result;

	forge->base = "";
	forge->project = "octo/hello";
	forge->pull = "12";
	forge->has_viewer = forge->has_link = true;
	forge->last_id = 1000;
	forge->record = record_new(forge);
	forge->last_request = clock_monotonic();
	signal(SIGPIPE, SIG_IGN);
	result = run(&start, argc, argv, &err);
	if (result < 0)
		fprintf(stderr, "forge: %s\n", err.text);
	talloc_free(forge);
	return result < 0;
}
