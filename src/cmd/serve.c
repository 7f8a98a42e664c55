/* fivewhys serve: the history in a browser. */
#include <stdlib.h>
#include <string.h>

#include "cmd/moment.h"
#include "cmd/site.h"
#include "web/web.h"

#define ADDRESS "127.0.0.1:8055"
#define STALE "36h"

static const struct option_spec serve_options[] = {
	{ "listen", 'l', "ADDRESS", "where (" ADDRESS "); port 0 is any that is free" },
	{ "name", 0, "HOST", "a name that readers call this server by" },
	{ "stale", 0, "SPAN", "warn where the data are older (" STALE "); 0: never" },
	{ "rules", 'r', "PATH", "rules (file or folder, repeatable) instead of those shipped" },
	{ "add-rules", 'a', "PATH", "rules before all others" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ 0 },
};

static const struct option_spec *const serve_tables[] = { serve_options, cmd_common_options, NULL };

struct wishes {
	struct web_listen listen;
	int64_t stale;
};

static int take(void *context, const struct option_spec *spec, const char *value, struct err *err)
{
	struct wishes *wishes = context;

	if (strcmp(spec->name, "listen") == 0)
		wishes->listen.address = value;
	if (strcmp(spec->name, "name") == 0)
		wishes->listen.name = value;
	if (strcmp(spec->name, "stale") != 0)
		return 0;
	if (strcmp(value, "0") == 0)
		wishes->stale = 0;
	else if (moment_span(value, &wishes->stale) < 0 || wishes->stale < 0)
		return err_set(
			err, ERR_USAGE, "--stale is a span such as 36h or 14d, not \"%s\"", value);
	return 0;
}

static void tell(const char *url)
{
	printf("%s\n", url);
	fflush(stdout);
}

static int serve(struct request *request, struct wishes *wishes, struct err *err)
{
	const char *token = getenv("FIVEWHYS_WEB_TOKEN");
	struct web_options options = { .stale = wishes->stale, .now = moment_now };
	struct web_site *site;

	wishes->listen.token = token != NULL && token[0] != '\0' ? token : NULL;
	wishes->listen.ready = tell;
	if (site_open(request, &options, &site, err) < 0 ||
		web_serve(site, &wishes->listen, err) < 0)
		return -1;
	return STATUS_ANALYSED;
}

static int run_serve(int argc, char **argv, struct err *err)
{
	struct request *request = mem_new(NULL, struct request);
	struct wishes wishes = { .listen = { .address = ADDRESS } };
	int status = -1;

	(void)moment_span(STALE, &wishes.stale);
	*request = (struct request){ .command = &serve_command, .tables = serve_tables };
	if (request_parse(request, argc, argv, take, &wishes, err) == 0) {
		if (request->done)
			status = STATUS_ANALYSED;
		else if (request->arguments[0] != NULL)
			err_fill(err, ERR_USAGE, "serve takes options only, not \"%s\"",
				request->arguments[0]);
		else
			status = serve(request, &wishes, err);
	}
	talloc_free(request);
	return status;
}

const struct command serve_command = {
	.name = "serve",
	.usage = "[OPTION]...",
	.summary = "Show the history in a browser",
	.help = "  fivewhys serve                           on this machine, until Ctrl-C\n"
		"  fivewhys serve --listen 127.0.0.1:0      on any free port\n"
		"  FIVEWHYS_WEB_TOKEN=... fivewhys serve --listen 0.0.0.0:8055 --name "
		"ci.example.com\n",
	.tables = serve_tables,
	.run = run_serve,
};
