/* Reading Cloud Logging into the store, page by page: what pull and triage share. */
#ifndef CMD_PULLING_H
#define CMD_PULLING_H

#include "cmd/setup.h"
#include "store/store.h"

struct pulling_options {
	const struct settings *settings; /* of the client */
	const char *service, *filter; /* as typed; NULL: none */
	unsigned per_minute; /* requests; 0: the default */
	bool offline; /* refuse */
	bool alone; /* see source_pages_new */
	struct progress *progress;
	const struct redaction *redaction; /* NULL: the default */
};

/* A client, a question without its bounds, and the source that the answers are. */
struct pulling {
	struct cloud *cloud;
	struct cloud_list *list;
	struct pages *pages;
	struct store *store; /* NULL: what is read is not kept */
	const char *resource; /* "projects/P" */
	const char *filter; /* checked; NULL: none */
	const char *service;
	const char *more; /* for the slices to come: a filter made by the program; NULL: none */
	const struct cloud_clock *clock;
	struct source_options source;
	struct progress *progress;
	const struct slice *slice; /* at hand, for progress */
	/* Called for each entry, inside the transaction of its page. 0 or -1. */
	int (*take)(void *context, struct entry *entry, struct err *err);
	void *context;
};

/* Nothing is asked yet. *OUT is owned by MEM. ERR_USAGE, or as cloud_new. */
int pulling_new(TALLOC_CTX *mem, const struct pulling_options *options, struct store *store,
	struct pulling **out, struct err *err);
/* What identifies the question, without its bounds, owned by MEM. */
char *pulling_question(TALLOC_CTX *mem, const struct pulling *pulling);
/*
 * Read SLICE from where it stands to its end. KEPT: it has a row, which is brought up to date with
 * each page. -1: what was read before stays; ERR_STORE is fatal, all else is a gap.
 */
int pulling_read(struct pulling *pulling, struct slice *slice, bool kept, struct err *err);
/* A slice that was not begun yet. */
struct slice pulling_slice(const struct pulling *pulling, int64_t from, int64_t to);

/* Characters that there are for PULLING->more in a question of such a stretch. */
size_t pulling_room(const struct pulling *pulling, int64_t from, int64_t to);

/* Now, as the clock in force has it. */
int64_t pulling_now(const struct pulling *pulling);

#endif
