/* JSON of files and services that may hold secrets: bounded, and wiped when it is freed. */
#ifndef CLOUD_DOCUMENT_H
#define CLOUD_DOCUMENT_H

#include <cjson/cJSON.h>

#include "base/base.h"

#define DOCUMENT_MAX (1U << 20) /* bytes */
#define DOCUMENT_NESTING_MAX 16 /* levels */

/*
 * The object that TEXT is, blanks around it aside; freed with MEM. NULL where it is none, is
 * longer than DOCUMENT_MAX or deeper than DOCUMENT_NESTING_MAX. Nothing of TEXT is ever quoted.
 */
const cJSON *document_parse(TALLOC_CTX *mem, const char *text, size_t length);
/* The member NAME of OBJECT (may be NULL) if it is a text that is not empty; else NULL. */
const char *document_text(const cJSON *object, const char *name);
/* The same for an object or an array. */
const cJSON *document_object(const cJSON *object, const char *name);
const cJSON *document_array(const cJSON *object, const char *name);
/* A whole number, written as a number or as a text. 0 and *OUT, or -1. */
int document_number(const cJSON *object, const char *name, int64_t *out);

#endif
