/* Part of render.h: any tree as a page, by the template of its name. */
#ifndef RENDER_SHEET_H
#define RENDER_SHEET_H

#include <cjson/cJSON.h>

#include "render/render.h"

/*
 * TREE, which is freed, as JSON, or through NAME.txt, NAME.md or NAME.html as FORMAT says. *OUT is
 * owned by MEM, *LENGTH bytes. ERR_RULE for a template's fault, ERR_NOT_FOUND without it.
 */
int sheet_render(TALLOC_CTX *mem, cJSON *tree, const char *name, enum render_format format,
	const struct render_options *options, char **out, size_t *length, struct err *err);
/* The template FILE ("report.css", "icon.svg") with nothing to fill in. Fails as sheet_render. */
int sheet_plain(TALLOC_CTX *mem, const char *file, const struct render_options *options, char **out,
	struct err *err);
/* A template_escape: one clean line, for a terminal. */
void sheet_escape(FILE *out, const char *text, size_t length);
/* Templates may be generous with empty lines: one is left of several (quotes have none). */
void sheet_squeeze(FILE *out, const char *text);

#endif
