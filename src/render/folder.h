/* Inside the room: templates from files. */
#ifndef RENDER_FOLDER_H
#define RENDER_FOLDER_H

#include "template/template.h"

struct folder;

/* PATHS is NULL-terminated and must outlive it; nothing is read yet. Owned by MEM. */
struct folder *folder_new(TALLOC_CTX *mem, const char *const *paths);
/* NAME.mustache of the first path that has it, parsed once. ERR_NOT_FOUND, ERR_IO or ERR_RULE. */
int folder_get(
	struct folder *folder, const char *name, const struct template **out, struct err *err);
/* A template_partial: CONTEXT is a folder; its first fault is remembered. */
const struct template *folder_partial(void *context, const char *name);
/* 0, or -1 with the fault that folder_partial met. */
int folder_fault(const struct folder *folder, struct err *err);

#endif
