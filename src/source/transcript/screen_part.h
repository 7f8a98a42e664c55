/* Parts of the lines that runners print; and the names of groups that they stand in. */
#ifndef SOURCE_TRANSCRIPT_SCREEN_PART_H
#define SOURCE_TRANSCRIPT_SCREEN_PART_H

#include "source/transcript/transcript.h"

/* A part of a line; it owns nothing, and a NUL stands only behind the line itself. */
struct span {
	const char *text;
	size_t length;
};

/* Parts of lines. Those that return bool leave *SPAN alone where they are false. */
struct span screen_span(const char *text);
struct span screen_of(const struct entry *out);
bool screen_is(struct span span, const char *text);
bool screen_begin(struct span span, const char *prefix);
bool screen_ends(struct span span, const char *suffix);
bool screen_skip(struct span *span, const char *prefix);
size_t screen_blanks(struct span *span); /* skips them and returns their number */
bool screen_number(struct span *span, uint64_t *out);
struct span screen_trim(struct span span);
struct span screen_cut(struct span span, size_t length); /* the first LENGTH bytes */
struct span screen_from(struct span span, size_t at);
/* Where TEXT begins in SPAN, or the length of SPAN. */
size_t screen_find(struct span span, const char *text);
size_t screen_find_last(struct span span, const char *text);
/* "PATH.ext:12: text", "PATH.ext(12): text": the bytes before the text; 0: it is no place. */
size_t screen_place(struct span span);
/* "12 passed", "1 failed": NUMBER of the words in SPAN that is behind the number; false: none. */
struct screen_figure {
	const char *word;
	enum outcome outcome; /* OUTCOME_NONE: counted nowhere */
};
/* "1 failed, 2 passed, 3 total" separated by SEPARATOR, all of SPAN, with FIGURES ended by NULL. */
bool screen_figures(
	struct span span, char separator, const struct screen_figure *figures, struct counts *out);
/* COUNTS grows by NUMBER of OUTCOME. */
void screen_add(struct counts *counts, enum outcome outcome, uint64_t number);

/* nest: titles of groups, by their indentation. */
#define SCREEN_NEST 32
struct screen_nest {
	char *titles[SCREEN_NEST]; /* of the groups that are open, outermost first */
	size_t indents[SCREEN_NEST];
	size_t depth;
};
/* A title that is INDENT bytes in; it closes those that are as far in or further. */
void screen_nest_open(TALLOC_CTX *mem, struct screen_nest *nest, size_t indent, struct span title);
void screen_nest_close(struct screen_nest *nest, size_t indent);
/* "FIRST > outer > inner > NAME", FIRST may be NULL. Owned by MEM. */
char *screen_nest_name(
	TALLOC_CTX *mem, const struct screen_nest *nest, const char *first, struct span name);

#endif
