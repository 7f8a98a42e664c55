/*
 * Inside the room: what a format is, and what its parser works with. One file a format; each
 * exports one struct format, named in the table of formats.c.
 */
#ifndef SOURCE_FORMAT_H
#define SOURCE_FORMAT_H

#include <sys/types.h>

#include "source/source.h"

#define FORMAT_SAMPLE (64U << 10) /* bytes of the beginning that recognition may look at */

/* reader: bytes of one input (decompressed already), by line or by block; counts and digests. */
struct reader;
/* The first bytes, up to FORMAT_SAMPLE, without consuming them. */
const char *reader_sample(struct reader *reader, size_t *length);
/*
 * 1: *LINE is the next line without its end (LF, CRLF or CR LF at the end of the input), good
 * until the next call, NUL-terminated behind *LENGTH; it may hold NUL bytes and invalid UTF-8.
 * *NUMBER counts from 1. A line longer than SOURCE_LINE_MAX is cut there, and told in the ledger.
 * 0: the end. -1: ERR tells (a broken archive, a read error); the ledger has been told.
 */
int reader_line(
	struct reader *reader, char **line, size_t *length, uint64_t *number, struct err *err);
/* The next bytes, at most SIZE; 0: the end; -1: ERR tells. */
ssize_t reader_block(struct reader *reader, char *bytes, size_t size, struct err *err);
/* The whole rest, at most LIMIT bytes, owned by MEM; ERR_LIMIT where longer. For report files. */
int reader_rest(TALLOC_CTX *mem, struct reader *reader, size_t limit, char **out, size_t *length,
	struct err *err);

struct source {
	const struct format *format;
	struct reader *reader;
	struct source_info *info;
	const struct source_options *options;
	struct redactor *redactor;
	void *state; /* the parser's own, a talloc child of the source */
	struct text *text; /* buffers of source_set_text and source_clean */
	struct test_index *index; /* of info->tests, by name */
	bool ended;
};

struct format {
	const char *name; /* as the ledger shows it: "gcloud-json" */
	/* How sure that the sample is of this format: 0 no, 100 certain. */
	int (*recognise)(const char *sample, size_t length);
	int (*open)(struct source *source, struct err *err); /* makes STATE; NULL: nothing to do */
	int (*next)(struct source *source, struct entry *out, struct err *err); /* as source_next */
};

/* text: what every parser does to the bytes of a message, in this order. */
/*
 * Remove ANSI sequences (ECMA-48 CSI, OSC and the other escapes, their C1 forms too) and control
 * characters but tab and newline, drop NUL bytes, replace invalid UTF-8 by U+FFFD, in place or
 * into a string good until the next call on SOURCE; then redact. Sets out->text and text_len.
 */
void source_set_text(struct source *source, struct entry *out, const char *text, size_t length);
/* The same for another string (a test's message), owned by MEM. */
char *source_clean(TALLOC_CTX *mem, struct source *source, const char *text, size_t length);
/* A name that is clean already without the secrets in it, owned by MEM. */
char *source_scrub_name(TALLOC_CTX *mem, struct source *source, const char *name);
/* One more note in the ledger of this source; equal ones are kept once, 32 at most. */
void source_note(struct source *source, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * level: the severity that a logger wrote into TEXT ("| ERROR |", "[warn]", "ERROR:", "level=error",
 * klog) near the beginning of its first line; SEVERITY_DEFAULT where there is none.
 */
enum severity source_level(const char *text, size_t length);

/* tests: the table of a transcript's tests, by node id. Owned by the source_info. */
struct test *source_test(struct source *source, const char *name, size_t length); /* found or new */
/*
 * TEST is NAME from now on, and source_test finds it by that. Where another test has this name
 * already, TEST becomes the same as that one (same_as), and keeps its counts.
 */
void source_rename(struct source *source, struct test *test, const char *name);
/* PART, which must not outlive SOURCE, finds the tests that SOURCE has, and the other way round. */
void source_share_tests(struct source *source, struct source *part);
/* Count an outcome of TEST (a test may have several) and keep the worst as its outcome. */
void source_outcome(struct source *source, struct test *test, enum outcome outcome);

/* transcript/: all formats that tell of tests, NULL-terminated; see transcript/transcript.h. */
extern const struct format *const transcript_formats[];
/* What an entry of a test tells of the place where it failed. */
void transcript_place(const struct entry *entry);

#endif
