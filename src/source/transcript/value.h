/* Values of JSON, where runners write their results in it; see source/json.h. */
#ifndef SOURCE_TRANSCRIPT_VALUE_H
#define SOURCE_TRANSCRIPT_VALUE_H

#include "source/json.h"

/* The member NAME of OBJECT; one of length 0 where it is none, has none, or is broken before it. */
struct json value_get(struct json object, const char *name);
/* Is it the string WORD, which needs no escapes? */
bool value_is(struct json value, const char *word);
bool value_is_true(struct json value);
/* The characters of a string that is not empty, owned by MEM, NUL bytes left out; else NULL. */
char *value_string(TALLOC_CTX *mem, struct json value);
/* What is counted, below 10^12; 0 where it is no number of things. */
uint64_t value_count(struct json value);
/* A number of UNITs (nanoseconds) as nanoseconds; -1: none, negative, or more than 30 years. */
int64_t value_duration(struct json value, int64_t unit);
/* Milliseconds since the epoch, or a time in words; TIME_NONE: neither. */
int64_t value_time(struct json value);
/* PATH without the folder that a service checks a project out to; points into PATH. */
const char *value_path(const char *path);
/* "src/a.test.js:3:9", "test/a_test.dart 3:9": the line of the first frame in FILE; 0: none. */
uint64_t value_place(const char *text, const char *file);
/*
 * Does an object begin at TEXT that has all KEYS (NULL at the end) as members? It may be cut off,
 * and then counts with the members that are there.
 */
bool value_has_keys(const char *text, size_t length, const char *const *keys);
/* A frame of a stack, or a line of code with its number: shown, not said. */
bool value_is_frame(const char *text, size_t length);

#endif
