/* Options of commands that read Cloud Logging: which project, which stretch of time. */
#ifndef CMD_LIVE_H
#define CMD_LIVE_H

#include "base/base.h"

enum live_pushdown {
	LIVE_PUSHDOWN_WIDE, /* where the stretch of time is a wide one */
	LIVE_PUSHDOWN_ALWAYS,
	LIVE_PUSHDOWN_NEVER,
};

struct live_options {
	const char *project, *service, *filter; /* as typed; NULL: not given */
	int64_t since; /* nanoseconds before now; 0: not given */
	int64_t from, to; /* TIME_NONE: not given */
	int64_t began, ended; /* of the command that was run; TIME_NONE: none was */
	int64_t padding; /* nanoseconds around the tests */
	unsigned per_minute; /* requests; 0: the default */
	enum live_pushdown pushdown;
	bool offline;
};

/* None given; the padding is two minutes. */
struct live_options live_defaults(void);
/* Take the option NAME if it is one of these: 1: taken. 0: it is none. -1: ERR_USAGE. */
int live_option(struct live_options *live, const char *name, const char *value, struct err *err);

#endif
