/*
 * Mustache templates over cJSON data: of the texts in rules and of pages.
 * Comments, delimiters, interpolation, inverted sections, partials and sections, as the
 * specification has them (https://github.com/mustache/spec); {{x}} escapes for the place at hand.
 */
#ifndef TEMPLATE_H
#define TEMPLATE_H

#include <cjson/cJSON.h>

#include "base/base.h"

struct template;

/* Parse TEXT; faults are ERR_RULE with NAME:line:column. *OUT is owned by MEM. */
int template_parse(TALLOC_CTX *mem, const char *name, const char *text, size_t length,
	struct template **out, struct err *err);

/* Write VALUE to OUT so that it means itself where it lands. NULL: as it is. */
typedef void (*template_escape)(FILE *out, const char *value, size_t length);
/* The partial NAME, owned by whom it likes for the time of the rendering; NULL: there is none. */
typedef const struct template *(*template_partial)(void *context, const char *name);

struct template_options {
	template_escape escape;
	template_partial partial; /* NULL: no partials */
	void *context; /* of PARTIAL */
};

/*
 * Render with DATA (an object) to OUT. Names that DATA lacks give nothing. Fails with ERR_LIMIT
 * for partials nested deeper than 64, and with ERR_IO where OUT does.
 */
int template_render(const struct template *template, const cJSON *data,
	const struct template_options *options, FILE *out, struct err *err);
/* The same into a string owned by MEM. */
int template_expand(TALLOC_CTX *mem, const struct template *template, const cJSON *data,
	const struct template_options *options, char **out, struct err *err);

/* Call VISIT with each name that the template looks up, once a place, in order. */
void template_names(const struct template *template,
	void (*visit)(void *context, const char *name, unsigned line, unsigned column),
	void *context);

#endif
