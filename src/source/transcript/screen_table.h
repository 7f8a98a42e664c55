/* Inside the screen: the table of runners, and what is known of each. */
#ifndef SOURCE_TRANSCRIPT_SCREEN_TABLE_H
#define SOURCE_TRANSCRIPT_SCREEN_TABLE_H

#include <uthash.h>

#include "source/transcript/screen.h"

extern const struct screen_runner *const screen_table[SCREEN_RUNNERS];
#define SCREEN_TAP (SCREEN_RUNNERS - 1) /* its place there */

struct screen_slot {
	void *state;
	unsigned seen;
	bool sure, expected; /* EXPECTED: from the first line on */
	struct counts open; /* counted since its last statement */
	struct counts named, stated; /* in all */
	bool has_stated;
};

/* What was told of a test, so that it is counted once a session. */
struct screen_told {
	const struct test *test;
	unsigned session;
	UT_hash_handle hh;
};

struct screen_private {
	struct screen_slot slots[SCREEN_RUNNERS];
	size_t active;
	unsigned session;
	struct screen_told *told;
	bool has_stated, any;
	bool owner; /* the format of the source is what speaks here */
	struct screen_held *held; /* NULL: the entries are yielded by somebody else, at once */
	const struct test *telling; /* whose message is being told */
	char *first; /* the line that another format met first; NULL: none */
	size_t first_length;
	uint64_t first_number;
};

/* How sure that SAMPLE is of what runners print. */
int screen_sample(const char *sample, size_t length);
/* Show each runner the line that made it possible, which was given to nobody. */
void screen_show(struct screen *screen, const struct screen_signs *signs);

#endif
