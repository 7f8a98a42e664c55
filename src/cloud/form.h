/* Bodies of application/x-www-form-urlencoded. */
#ifndef CLOUD_FORM_H
#define CLOUD_FORM_H

#include "base/base.h"

/* A body with secrets in it: wiped when freed. */
struct form {
	char *text; /* NUL-terminated, a child of the form */
	size_t length, room;
};

struct form *form_new(TALLOC_CTX *mem);
/* Nothing is added where VALUE is NULL. */
void form_add(struct form *form, const char *name, const char *value);

#endif
