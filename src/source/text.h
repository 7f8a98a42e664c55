/* Cleaning of message texts: escape sequences, control characters, broken UTF-8. */
#ifndef SOURCE_TEXT_H
#define SOURCE_TEXT_H

#include "base/base.h"

struct text;
struct text *text_new(TALLOC_CTX *mem);
/*
 * TEXT without ANSI sequences and control characters but tab and newline, in valid UTF-8, cut to
 * SOURCE_LINE_MAX, NUL-terminated behind *OUT_LENGTH; good until the next call.
 */
char *text_clean(struct text *state, const char *text, size_t length, size_t *out_length);
/* LENGTH without the last word of TEXT: of one that was cut it may be half of a secret. */
size_t text_whole_words(const char *text, size_t length);
/* How many NUL bytes were left out so far. */
uint64_t text_dropped(const struct text *state);

#endif
