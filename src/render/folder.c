/* Templates are looked up by name in several folders: a user's own come before ours. */
#include "render/folder.h"

#include <string.h>

#define TEMPLATE_MAX (1U << 20) /* bytes of a template's file */

struct file {
	const char *name;
	struct template *template;
};

struct folder {
	const char *const *paths;
	struct file *files; /* that were read; some ten at most */
	size_t count;
	struct err fault;
};

struct folder *folder_new(TALLOC_CTX *mem, const char *const *paths)
{
	struct folder *folder = mem_new(mem, struct folder);

	folder->paths = paths;
	return folder;
}

/* A template names its partials: a word of letters, digits, "_", "-" and ".", never a path. */
static bool is_name(const char *name)
{
	return name[0] != '.' &&
	       name[strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789._-")] == '\0';
}

static int read_file(TALLOC_CTX *mem, const struct folder *folder, const char *name, char **text,
	size_t *length, struct err *err)
{
	const char *file = mem_printf(mem, "%s.mustache", name);

	for (size_t i = 0; is_name(name) && folder->paths[i] != NULL; i++) {
		if (path_read(mem, path_join(mem, folder->paths[i], file), TEMPLATE_MAX, text,
			    length, err) == 0)
			return 0;
		if (err->code != ERR_NOT_FOUND)
			return -1;
	}
	return err_set(err, ERR_NOT_FOUND, "there is no template %s", file);
}

int folder_get(
	struct folder *folder, const char *name, const struct template **out, struct err *err)
{
	struct template *template;
	size_t length;
	char *text;

	for (size_t i = 0; i < folder->count; i++)
		if (strcmp(folder->files[i].name, name) == 0) {
			*out = folder->files[i].template;
			return 0;
		}
	if (read_file(folder, folder, name, &text, &length, err) < 0 ||
		template_parse(folder, mem_printf(folder, "%s.mustache", name), text, length,
			&template, err) < 0)
		return -1;
	folder->files = mem_grow(folder, folder->files, folder->count, sizeof(struct file));
	folder->files[folder->count++] =
		(struct file){ .name = mem_strdup(folder, name), .template = template };
	*out = template;
	return 0;
}

const struct template *folder_partial(void *context, const char *name)
{
	struct folder *folder = context;
	const struct template *out = NULL;
	struct err err;

	if (folder_get(folder, name, &out, &err) < 0 && folder->fault.code == ERR_NONE)
		folder->fault = err;
	return out;
}

int folder_fault(const struct folder *folder, struct err *err)
{
	if (folder->fault.code == ERR_NONE)
		return 0;
	*err = folder->fault;
	return -1;
}
