/* What every room stands on: errors, memory, time, hashes, paths, messages. */
#ifndef BASE_H
#define BASE_H

#include <errno.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <talloc.h>

#include "base/when.h"

#define PRINTF_LIKE(text, rest) __attribute__((format(printf, text, rest)))

/* err: a failure, on the caller's stack. Every layer adds its context; only main prints it. */
enum err_code {
	ERR_NONE,
	ERR_USAGE, /* the command line or the configuration */
	ERR_RULE, /* a rule or template file */
	ERR_NOT_FOUND, /* no such file, run or cause */
	ERR_IO, /* the operating system said no */
	ERR_FORMAT, /* bytes that are not what they claim to be */
	ERR_LIMIT, /* a limit that protects us was reached */
	ERR_EMPTY, /* nothing to analyse */
	ERR_INCOMPLETE, /* not everything could be read */
	ERR_STORE, /* the database */
	ERR_NET, /* the network or the service behind it */
	ERR_CANARY, /* a text that must not get out would have */
};

struct err {
	enum err_code code;
	char text[1024]; /* valid UTF-8, one line, cut to fit */
};

/* Each fills *ERR and is -1: "return err_set(err, ERR_FORMAT, ...)". */
#define err_set(err, code, ...) (err_fill((err), (code), __VA_ARGS__), -1)
#define err_io(err, ...) (err_fill_errno((err), errno, __VA_ARGS__), -1)
#define err_wrap(err, ...) (err_prefix((err), __VA_ARGS__), -1)
void err_fill(struct err *err, enum err_code code, const char *format, ...) PRINTF_LIKE(3, 4);
/* Appends ": " and the text of NUMBER; ENOENT becomes ERR_NOT_FOUND, all else ERR_IO. */
void err_fill_errno(struct err *err, int number, const char *format, ...) PRINTF_LIKE(3, 4);
/* Puts the formatted text and ": " before the text that is there; the code stays. */
void err_prefix(struct err *err, const char *format, ...) PRINTF_LIKE(2, 3);

/*
 * mem: talloc, with one place where memory ends. None of these returns NULL; when the system has
 * no more, mem_check prints one line and ends the program with status 3.
 */
void *mem_check(void *pointer);
#define mem_new(ctx, type) ((type *)mem_check(talloc_zero((ctx), type)))
#define mem_array(ctx, type, count) ((type *)mem_check(talloc_zero_array((ctx), type, (count))))
char *mem_strdup(TALLOC_CTX *mem, const char *text); /* NULL stays NULL */
char *mem_strndup(TALLOC_CTX *mem, const char *text, size_t length);
char *mem_printf(TALLOC_CTX *mem, const char *format, ...) PRINTF_LIKE(2, 3);
/*
 * Make room for one more element: ARRAY is a talloc array of elements of SIZE bytes with COUNT in
 * use; the result replaces it, grown by doubling, owned as before (by MEM if ARRAY was NULL).
 */
void *mem_grow(TALLOC_CTX *mem, void *array, size_t count, size_t size);

/* digest: SHA-256 (FIPS 180-4), by libcrypto. */
#define DIGEST_TEXT 65 /* 64 hexadecimal digits and the final NUL */
struct digest;
struct digest *digest_new(TALLOC_CTX *mem);
void digest_add(struct digest *digest, const void *bytes, size_t length);
void digest_end(struct digest *digest, char out[DIGEST_TEXT]); /* DIGEST may then only be freed */
void digest_of(const void *bytes, size_t length, char out[DIGEST_TEXT]);

/* utf8: the length of the valid sequence at the beginning of TEXT (1 to 4), or 0. RFC 3629. */
size_t utf8_sequence(const char *text, size_t length);
/* The greatest length up to LIMIT that does not cut a sequence of the valid UTF-8 TEXT. */
size_t utf8_cut(const char *text, size_t length, size_t limit);
/* The bytes of the character at TEXT (LENGTH > 0); *CODE is UTF8_NONE for a byte of none. */
size_t utf8_decode(const char *text, size_t length, uint32_t *code);
#define UTF8_NONE UINT32_MAX
/* Controls, and what turns the direction of writing: they show something else than is there. */
bool utf8_is_control(uint32_t code);
void utf8_tidy(char *text, size_t length, char instead); /* of these, each byte is INSTEAD then */

/* How deep brackets are nested in what may be JSON; those in its strings are none. */
size_t utf8_json_depth(const char *text, size_t length);

/* word: the one of those that NEXT gives (NULL: no more) that TEXT was meant to be, or NULL. */
const char *word_nearest(const char *text, const char *(*next)(void *context), void *context);

/* path: where files are, by the XDG base directory specification (relative values ignored). */
char *path_join(TALLOC_CTX *mem, const char *folder, const char *name);
char *path_state(TALLOC_CTX *mem, const char *name); /* $XDG_STATE_HOME/fivewhys/NAME */
char *path_config(TALLOC_CTX *mem, const char *name); /* $XDG_CONFIG_HOME/fivewhys/NAME */
char *path_data(TALLOC_CTX *mem, const char *name); /* $FIVEWHYS_DATADIR or pkgdatadir, /NAME */
const char *path_base(const char *path); /* what follows the last slash */
int path_make(const char *folder, struct err *err); /* with parents, mode 0700; 0, or -1: ERR_IO */
/*
 * The regular files of FOLDER, below it too where RECURSE, that end in SUFFIX (NULL: all), sorted
 * by bytes, NULL-terminated, owned by MEM; names that begin with a dot are passed over.
 */
int path_list(TALLOC_CTX *mem, const char *folder, const char *suffix, bool recurse, char ***out,
	struct err *err);
/* A whole file of at most LIMIT bytes, NUL-terminated behind *LENGTH. ERR_LIMIT where longer. */
int path_read(TALLOC_CTX *mem, const char *path, size_t limit, char **out, size_t *length,
	struct err *err);

/* log: one line on stderr, "fivewhys: ...", control characters replaced. -q silences, -v adds. */
enum log_level {
	LOG_QUIET,
	LOG_NORMAL,
	LOG_VERBOSE
};
void log_level_set(enum log_level level);
bool log_is_quiet(void);
void log_warn(const char *format, ...) PRINTF_LIKE(1, 2); /* from LOG_NORMAL on */
/* FILTER (NULL: none) makes each line what is printed; its result is good until the next one. */
typedef const char *log_filter(const char *line);
void log_filter_set(log_filter *filter);
void log_info(const char *format, ...) PRINTF_LIKE(1, 2); /* from LOG_VERBOSE on */

/* progress: how far a long step is, no part of any report. Freeing it clears the line. */
enum progress_kind {
	PROGRESS_NONE,
	PROGRESS_LINE, /* a terminal: one line, written over, gone at the end */
	PROGRESS_PHASES, /* CI: one line a phase */
};
enum progress_kind progress_kind_of(FILE *stream); /* by isatty, CI and TERM */
struct progress *progress_new(TALLOC_CTX *mem, FILE *stream, enum progress_kind kind);
void progress_phase(struct progress *progress, const char *phase); /* PHASE is not copied */
void progress_show(struct progress *progress, uint64_t bytes, uint64_t entries); /* so far */
void progress_text(struct progress *progress, const char *text); /* the same in words, at once */

#endif
