/* Characters and sets of them in PCRE2 patterns. */
#ifndef RULE_CHARSET_H
#define RULE_CHARSET_H

#include "rule/syntax.h"

#define CHARSET_NONE UTF8_NONE
#define CHARSET_ASCII 128

/*
 * The character that the escape at *AT (behind the backslash) stands for, and *AT is moved behind
 * it; CHARSET_NONE, and *AT stays, where it is of another kind.
 */
uint32_t rule_charset_escape(const char **at, bool in_class);
/* The character at *AT, which is moved behind it. */
uint32_t rule_charset_take(const char **at);
/* CODE as UTF-8; returns the bytes, 0 where it is no character. */
size_t rule_charset_encode(uint32_t code, char out[4]);
/* Add the type LETTER ("d", "W", ...) to the set; false where it is none. */
bool rule_charset_type(struct node *set, char letter);
/* Any character may be in the set. */
void rule_charset_vague(struct node *set);
/* Fill the set from the class at *AT (behind the bracket) and move *AT behind it; false: cannot. */
bool rule_charset_class(struct node *set, const char **at);
/* Both cases of what is in it. */
void rule_charset_fold(struct node *set);

#endif
