/* Names of sources that are unique in a run and hold as little of the path as possible. */
#include "source/inputs.h"

#include <string.h>

static bool is_taken(struct source_info *const *sources, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(sources[i]->name, name) == 0)
			return true;
	return false;
}

char *inputs_name(
	TALLOC_CTX *mem, struct source_info *const *sources, size_t count, const char *path)
{
	const char *name = path_base(path);
	char *numbered;

	while (is_taken(sources, count, name) && name > path) {
		/* one part more: back over the slash, then to the one before */
		for (name--; name > path && name[-1] != '/'; name--)
			;
	}
	if (!is_taken(sources, count, name))
		return mem_strdup(mem, name);
	for (size_t i = 2;; i++) {
		numbered = mem_printf(mem, "%s (%zu)", name, i);
		if (!is_taken(sources, count, numbered))
			return numbered;
		talloc_free(numbered);
	}
}
