/* Which tests a console has told of, found by node id or by the title of their failure. */
#ifndef SOURCE_TRANSCRIPT_KNOWN_H
#define SOURCE_TRANSCRIPT_KNOWN_H

#include "source/transcript/transcript.h"

#include <uthash.h>

/* A console tells one outcome up to three times: they are counted once. */
enum channel {
	CHANNEL_PROGRESS, /* "nodeid FAILED [ 5%]" */
	CHANNEL_BLOCK, /* "____ TestY.test_z ____" */
	CHANNEL_TEARDOWN, /* "____ ERROR at teardown of TestY.test_z ____": one more error */
	CHANNEL_SUMMARY, /* "FAILED nodeid - message" */
	CHANNEL_COUNT,
};

struct known {
	struct test *test;
	struct known *alike; /* the next test with the same title, in another file */
	bool titled; /* its name is only a title yet, and */
	struct frames *frames; /* where it failed; may be NULL */
	unsigned session; /* of the figures below */
	unsigned told[CHANNEL_COUNT][OUTCOME_COUNT], counted[OUTCOME_COUNT];
	const char *id; /* the key: as the console wrote it; NULL while titled */
	UT_hash_handle hh;
};

struct known_tests;
struct known_tests *known_new(TALLOC_CTX *mem);
/* The test of a node id, found or new. One that was known by its title only takes the name. */
struct known *known_by_id(
	struct known_tests *tests, struct source *source, const char *id, size_t length);
/*
 * The test that the TITLE of a block means: where several files have such a test, the first with
 * this OUTCOME that CHANNEL has not shown in this session. New, named like the title, if none.
 */
struct known_block {
	const char *title;
	size_t length;
	enum channel channel;
	enum outcome outcome;
	unsigned session;
};
struct known *known_by_title(
	struct known_tests *tests, struct source *source, const struct known_block *block);
/* CHANNEL tells OUTCOME of the test: count it if the other channels have not told it already. */
void known_tell(struct known *known, struct source *source, enum channel channel,
	enum outcome outcome, unsigned session);
/* An expected failure, or an unexpected pass: the test did not fail, but is not counted. */
void known_expect(struct known *known);

#endif
