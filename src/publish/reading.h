/* Inside the room: variables as they may be used. */
#ifndef PUBLISH_READING_H
#define PUBLISH_READING_H

#include "publish/build.h"

struct reading {
	TALLOC_CTX *mem;
	build_lookup *lookup;
	void *context;
};

/* TEXT as build.h promises it; NULL for NULL and where nothing is left. */
const char *reading_clean(TALLOC_CTX *mem, const char *text);
/* A commit, an address, a number; NULL or 0 for what is none. */
const char *reading_commit(TALLOC_CTX *mem, const char *text);
const char *reading_url(TALLOC_CTX *mem, const char *text);
uint64_t reading_number(const char *text);

/* The same of the variable NAME. */
const char *reading_text(const struct reading *reading, const char *name);
bool reading_is(const struct reading *reading, const char *name, const char *value);
/* TEXT with all but letters, digits and those of KEEP as "%41". Owned by MEM. */
char *reading_escape(TALLOC_CTX *mem, const char *text, const char *keep);

#endif
