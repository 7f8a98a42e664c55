/* JSON in memory, by skipping: values are pieces of the input, taken apart only where asked. */
#ifndef SOURCE_JSON_H
#define SOURCE_JSON_H

#include "source/draft.h"

/* A value as it stands in the input, without blanks around it; LENGTH 0: there is none. */
struct json {
	const char *text;
	size_t length;
};

/* Where the string that begins at AT (its quote) ends, behind its closing quote; 0: nowhere. */
size_t json_string_end(const char *text, size_t length, size_t at);
/* The bytes from AT on that neither end a string nor escape anything in it. */
size_t json_plain(const char *text, size_t length, size_t at);
/* The value at the beginning of TEXT, blanks before it left out; false where it is broken. */
bool json_value(const char *text, size_t length, struct json *out);
/*
 * The member of OBJECT at *AT (0 for the first), which moves on. KEY is without its quotes, as
 * written. 1: there is one. 0: there is no more. -1: it is broken.
 */
int json_member(struct json object, size_t *at, struct json *key, struct json *value);
/* The same for the elements of an array. */
int json_element(struct json array, size_t *at, struct json *value);
/* The first character of the value; NUL where there is none. */
char json_kind(struct json value);
/* Whether there is something in it: not null, not an empty string. */
bool json_has(struct json value);
/* Add the characters of a string, or what is written where it is none. */
void json_decode(struct json value, struct draft *draft);
/* Add the value without the blanks between its parts. */
void json_compact(struct json value, struct draft *draft);

#endif
