/* Where entries come from: files, archives, transcripts, pages of the Cloud Logging API. */
#ifndef SOURCE_H
#define SOURCE_H

#include "model/model.h"

/* What is cut, and told in the ledger, so that an enemy cannot choose when memory ends. */
#define SOURCE_LINE_MAX (1U << 20) /* bytes of a line or of one entry's text */
#define SOURCE_ENTRY_MAX (1U << 20) /* bytes of one JSON entry */
#define SOURCE_NESTING_MAX 64 /* levels of JSON or XML */

/* A stream of entries in the order of the source. */
struct source;

struct redaction;
struct source_options {
	int64_t offset; /* seconds east of UTC of times that bear no zone; 0 unless --tz */
	bool offset_given;
	int year; /* of dates without one; 0: the newest that is not after the file's date */
	bool no_redaction; /* only for tests of parsers */
	const struct redaction *redaction; /* NULL: the default; it must outlive the sources */
};

/*
 * The inputs of an analysis, in the order given: files, folders (all below them), archives (each
 * member), "-" (standard input, once). The format of each is recognised by its content.
 */
struct inputs;

/* PATHS is NULL-terminated; nothing is opened yet. *OUT is owned by MEM. Fails with ERR_IO. */
int inputs_new(TALLOC_CTX *mem, const char *const *paths, const struct source_options *options,
	struct inputs **out, struct err *err);
/*
 * 1: *OUT is the next source, owned by INPUTS and good until inputs_next is called again (its
 * source_info lives as long as INPUTS). 0: no more. -1: ERR names the input; go on with the next
 * call, which passes over it.
 */
int inputs_next(struct inputs *inputs, struct source **out, struct err *err);
/* What redacts the inputs; while a source is being read it is the source's. */
struct redactor *inputs_redactor(struct inputs *inputs);

/* A source over TEXT, which must outlive it, as if it were a file NAME. Owned by MEM. */
int source_open_text(TALLOC_CTX *mem, const char *name, const char *text, size_t length,
	const struct source_options *options, struct source **out, struct err *err);

/*
 * 1: *OUT is the next entry; it and its strings are good until the next call, its TEST and SOURCE
 * as long as the source_info. 0: the end; tests and counts are now final. -1: ERR tells; what was
 * yielded before stays valid, and the ledger says where it broke off.
 */
int source_next(struct source *source, struct entry *out, struct err *err);

/* Owned by the inputs (or by the MEM of source_open_text), final after the end. */
struct source_info *source_info(struct source *source);

/*
 * Tell whether two or more of RUN's sources are the same test run in another format, and make
 * RUN's tests and counts from those of its sources. Owned by MEM. Sets same_as on the tests.
 */
void source_merge_tests(TALLOC_CTX *mem, struct run *run);

/*
 * pages: the answers of entries:list of the Cloud Logging API, one after the other, as one source.
 * ALONE: placeholders of secrets are numbered in each entry anew, so that they do not depend on
 * what was read before. Owned by MEM.
 */
struct pages;
struct pages *source_pages_new(
	TALLOC_CTX *mem, const char *name, const struct source_options *options, bool alone);
/*
 * The next page; BODY must live until its last entry was given. *TOKEN is that of the page to
 * come, owned by MEM, or NULL. ERR_FORMAT where BODY is no page, or half of one: nothing of it
 * counts then.
 */
int source_pages_add(struct pages *pages, const char *body, size_t length, TALLOC_CTX *mem,
	char **token, struct err *err);
/* As source_next, of the page at hand; false: no more in it. What cannot be read the ledger tells. */
bool source_pages_next(struct pages *pages, struct entry *out);
/* After the last page: the ledger is final. */
void source_pages_end(struct pages *pages);
struct source_info *source_pages_info(struct pages *pages);
struct redactor *source_pages_redactor(struct pages *pages);
/* One more note in the ledger of INFO. */
void source_info_note(struct source_info *info, const char *text);

/*
 * What is replaced. Secrets always are; besides, by default, addresses of mail ("email"), and where
 * asked for public addresses of IP ("ip") and the names of service accounts ("service-account"),
 * which are left readable else, as refusals cannot be understood without them.
 */
struct redaction;
struct redaction *redaction_new(TALLOC_CTX *mem);
/* LISTS ("ip,email", "none"; NULL-terminated) say all that is replaced besides. ERR_USAGE. */
int redaction_kinds(struct redaction *redaction, const char *const *lists, struct err *err);
/*
 * What REGEX (PCRE2; the first group that is set, else the whole match) finds becomes "<NAME:1>".
 * Its steps are bounded: of a text in which they are used up nothing is shown. ERR_USAGE.
 */
int redaction_pattern(
	struct redaction *redaction, const char *name, const char *regex, struct err *err);

/*
 * The text with secrets replaced by stable typed placeholders: "<token:1>" in angle quotes, where
 * one secret has one number within a redactor. *COUNT grows by the number of replacements.
 * Returns TEXT itself where nothing was replaced, else a string owned by the redactor and good
 * until its next call. Texts are given in the order of their source: a private key may be told by
 * several of them. REDACTION (NULL: the default) must outlive the redactor.
 */
struct redactor;
struct redactor *redactor_new(TALLOC_CTX *mem, const struct redaction *redaction);
const char *redactor_apply(struct redactor *redactor, const char *text, size_t length,
	size_t *out_length, uint64_t *count);
/* The same for what is no text of a source's order: the name of a file, a label, a message. */
const char *redactor_apply_name(struct redactor *redactor, const char *text, size_t length,
	size_t *out_length, uint64_t *count);
/* Whether a secret may be in TEXT; false is certain, true is not. */
bool redactor_suspects(const struct redactor *redactor, const char *text, size_t length);
/* The texts to come are of another source. */
void redactor_break(struct redactor *redactor);
/* Secrets are numbered from 1 again. */
void redactor_forget(struct redactor *redactor);
/* Whether a pattern's steps were used up since this was last asked. */
bool redactor_gave_up(struct redactor *redactor);
/* The kinds replaced so far, by INDEX from 0, and how often; NULL: no more. */
const char *redactor_kind(const struct redactor *redactor, size_t index, uint64_t *count);

#endif
