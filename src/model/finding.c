/* Findings: what is bound to a name. */
#include "model/model.h"

#include <string.h>

static const char *bound(const struct binding *bindings, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(bindings[i].name, name) == 0)
			return bindings[i].value;
	return NULL;
}

const char *finding_value(
	const struct finding *finding, const struct occurrence *occurrence, const char *name)
{
	const char *value = bound(occurrence->bindings, occurrence->binding_count, name);

	if (value == NULL)
		value = bound(finding->keys, finding->key_count, name);
	if (value == NULL && occurrence->entry_count > 0)
		value = entry_key(occurrence->entries[0], name);
	return value;
}
