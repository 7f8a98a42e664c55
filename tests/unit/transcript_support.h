/* Reading transcripts in tests: a text or files, with what came out. */
#ifndef TRANSCRIPT_SUPPORT_H
#define TRANSCRIPT_SUPPORT_H

#include "source/source.h"

/* One line as a source yielded it. */
struct heard {
	const char *text;
	const char *test; /* the name of its test at the end; NULL: none */
	int64_t time;
	uint64_t line;
	enum severity severity;
};

struct reading {
	struct source_info *info; /* of the last source */
	struct run *run;
	struct heard *lines;
	size_t count;
	const char *error; /* NULL: none */
};

/* Read TEXT as a file NAME to its end. Owned by MEM. */
struct reading *transcript_read(TALLOC_CTX *mem, const char *name, const char *text);
/* The same for a text of LENGTH bytes, which may hold NUL bytes. */
struct reading *transcript_read_bytes(
	TALLOC_CTX *mem, const char *name, const char *text, size_t length);
/* Read the files, NULL-terminated, and merge their tests into READING->run. */
struct reading *transcript_read_files(TALLOC_CTX *mem, const char *const *paths);
/* Read several texts (pairs: name, text; NULL at the end) and merge their tests. */
struct reading *transcript_read_texts(TALLOC_CTX *mem, const char *const *pairs);

/* The line with exactly this text; fails the test where there is none. */
const struct heard *transcript_line(const struct reading *reading, const char *text);
/* The test of this name; NULL: none. */
const struct test *transcript_test(const struct reading *reading, const char *name);
/* "3 passed, 1 failed, 0 errors, 2 skipped" of COUNTS. Owned by MEM. */
const char *transcript_figures(TALLOC_CTX *mem, const struct counts *counts);

/* The run's counts are EXPECTED, as transcript_figures writes them; and no note disagrees. */
void transcript_counts_are(const struct reading *reading, const char *expected);
/* The test NAME failed at LINE of its source, with MESSAGE (NULL: none is known). */
void transcript_failed(
	const struct reading *reading, const char *name, uint64_t line, const char *message);

/* The test NAME tells that it failed at PLACE, "FILE:LINE". */
void transcript_failed_at(const struct reading *reading, const char *name, const char *place);

/* The folder of external test data NAME, or NULL (then a TAP comment says what is left out). */
const char *transcript_data(TALLOC_CTX *mem, const char *name);

#endif
