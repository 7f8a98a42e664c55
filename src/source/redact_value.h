/* Whether what stands where a secret would stand is one. */
#ifndef SOURCE_REDACT_VALUE_H
#define SOURCE_REDACT_VALUE_H

#include <stdbool.h>
#include <stddef.h>

typedef bool redact_accept(const char *value, size_t length);

/* Any word, but for those that stand in for one: "none", "***", "$VAR", a path, a sentence. */
bool redact_value_password(const char *value, size_t length);
/* As redact_value_password, where nothing quotes it: names of variables and calls are code. */
bool redact_value_bare_password(const char *value, size_t length);
/* As redact_value_bare_password, behind " = ": "user_password" is a variable there. */
bool redact_value_assigned(const char *value, size_t length);
/* As redact_value_bare_password, behind a short option: neither another one nor a port. */
bool redact_value_argument(const char *value, size_t length);
/* Not letters alone: what follows "password:" in a sentence is a word of it otherwise. */
bool redact_value_mixed(const char *value, size_t length);
/* Letters and digits mixed, or a long run of both cases: no word, name, date, digest or version. */
bool redact_value_random(const char *value, size_t length);
/* What follows "Bearer" or "Basic": random, or of both cases. */
bool redact_value_credential(const char *value, size_t length);
/* What follows the prefix of a known kind of token: not filled up with one character or a word. */
bool redact_value_token(const char *value, size_t length);
/* A run of 16 letters and digits, mixed, or of 32 letters: of prefixes that words begin with, too. */
bool redact_value_dense(const char *value, size_t length);
/* Cookies: a name, "=" and something that is not scrubbed. */
bool redact_value_pairs(const char *value, size_t length);
/* Of a URL with one part before the "@": a long random one. */
bool redact_value_userinfo(const char *value, size_t length);

#endif
