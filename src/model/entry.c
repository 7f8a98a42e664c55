/* Entries: copies, and the values of their group keys. */
#include "model/model.h"

#include <string.h>

struct entry *entry_copy(TALLOC_CTX *mem, const struct entry *entry)
{
	struct entry *copy = mem_new(mem, struct entry);

	*copy = *entry;
	copy->text = mem_strndup(copy, entry->text, entry->text_len);
	copy->insert_id = mem_strdup(copy, entry->insert_id);
	copy->log = mem_strdup(copy, entry->log);
	copy->service = mem_strdup(copy, entry->service);
	copy->revision = mem_strdup(copy, entry->revision);
	copy->instance = mem_strdup(copy, entry->instance);
	copy->trace = mem_strdup(copy, entry->trace);
	copy->span = mem_strdup(copy, entry->span);
	copy->pod = mem_strdup(copy, entry->pod);
	copy->thread = mem_strdup(copy, entry->thread);
	copy->method = mem_strdup(copy, entry->method);
	copy->path = mem_strdup(copy, entry->path);
	copy->raw = copy->json = NULL;
	copy->raw_len = 0;
	copy->json_len = 0;
	return copy;
}

static const struct test *canonical(const struct test *test)
{
	while (test != NULL && test->same_as != NULL)
		test = test->same_as;
	return test;
}

const char *entry_key(const struct entry *entry, const char *key)
{
	const struct test *test = canonical(entry->test);
	const struct {
		const char *name, *value;
	} keys[] = {
		{ "service", entry->service },
		{ "trace", entry->trace },
		{ "span", entry->span },
		{ "revision", entry->revision },
		{ "instance", entry->instance },
		{ "pod", entry->pod },
		{ "thread", entry->thread },
		{ "log", entry->log },
		{ "test", test != NULL && test->outcome != OUTCOME_NONE ? test->name : NULL },
		{ "source", entry->source != NULL ? entry->source->name : NULL },
		{ "run", "1" },
	};

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(keys[i].name, key) == 0)
			return keys[i].value;
	return NULL;
}
