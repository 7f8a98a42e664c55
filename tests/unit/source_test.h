/* Sources over texts, for tests of their formats. */
#ifndef SOURCE_TEST_H
#define SOURCE_TEST_H

#include "source/format.h"

/* A source over TEXT, which must outlive it; fails the test where it cannot be opened. */
struct source *test_source(
	TALLOC_CTX *mem, const char *text, size_t length, const struct source_options *options);
/* All entries of a source over TEXT as copies owned by MEM, ended by NULL; *INFO is its ledger. */
struct entry **test_entries(TALLOC_CTX *mem, const char *text, size_t length,
	const struct source_options *options, struct source_info **info);

#endif
