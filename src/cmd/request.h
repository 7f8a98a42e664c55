/* What most commands begin with: settings, options, the history, a page at the end. */
#ifndef CMD_REQUEST_H
#define CMD_REQUEST_H

#include "cmd/commands.h"
#include "cmd/setup.h"
#include "store/store.h"

struct request {
	const struct command *command;
	const struct option_spec *const
		*tables; /* NULL-terminated; cmd_common_options among them */
	struct settings *settings;
	char **arguments; /* NULL-terminated, part of argv */
	bool done; /* help or version was printed; nothing is left to do */
};

/* An option that is neither common nor a setting. 0, or -1 with ERR_USAGE. */
typedef int request_take(
	void *context, const struct option_spec *spec, const char *value, struct err *err);

/* Load the settings and take the options. REQUEST owns what it gets. TAKE may be NULL. */
int request_parse(struct request *request, int argc, char **argv, request_take *take, void *context,
	struct err *err);
/* The history of the settings, to read, or to write: then it must be there all the same. */
int request_store(struct request *request, bool write, struct store **out, struct err *err);
/* "text" (also where nothing is set), "md" or "json". ERR_USAGE for another. */
int request_format(const struct request *request, enum render_format *out, struct err *err);

#endif
