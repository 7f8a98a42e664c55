/* The packages and tests that a stream of "go test -json" tells of. */
#include "source/transcript/gotest.h"

#include <string.h>

void gotest_items_free(struct gotest *gotest)
{
	HASH_CLEAR(hh, gotest->items);
	HASH_CLEAR(hh, gotest->packages);
}

struct gotest_package *gotest_items_package(struct gotest *gotest, const struct gotest_event *event)
{
	struct gotest_package *package;
	char *path = value_string(NULL, event->package);
	size_t length = path == NULL ? 0 : strlen(path);

	if (path == NULL)
		return NULL;
	HASH_FIND(hh, gotest->packages, path, length, package);
	if (package == NULL) {
		package = mem_check(talloc_zero_size(gotest, sizeof(*package) + length + 1));
		memcpy(package->path, path, length);
		package->test = source_test(gotest->source, path, length);
		package->run = 1;
		HASH_ADD_KEYPTR(hh, gotest->packages, package->path, length, package);
	}
	talloc_free(path);
	if (!package->ended)
		return package;
	package->ended = false;
	package->run++;
	package->failed = 0;
	talloc_free(package->reason.text);
	package->reason = (struct gotest_reason){ 0 };
	return package;
}

static struct gotest_item *find_item(struct gotest *gotest, const char *name, size_t length)
{
	struct gotest_item *item;

	HASH_FIND(hh, gotest->items, name, length, item);
	return item;
}

void gotest_items_begin(struct gotest_item *item)
{
	talloc_free(item->reason.text);
	item->reason = (struct gotest_reason){ 0 };
	item->part = NULL;
	if (item->run == item->package->run)
		return;
	/* what an earlier run of the package told counts no more */
	item->run = item->package->run;
	item->failed |= item->test->outcome >= OUTCOME_FAILED;
	item->test->outcome = OUTCOME_NONE;
	item->test->counts = (struct counts){ 0 };
	item->test->message = NULL;
}

struct gotest_item *gotest_items_test(struct gotest *gotest, const struct gotest_event *event)
{
	struct gotest_package *package = gotest_items_package(gotest, event);
	char *test = package == NULL ? NULL : value_string(NULL, event->test), *name;
	struct gotest_item *item;
	size_t length;

	if (test == NULL)
		return NULL;
	name = mem_printf(test, "%s.%s", package->path, test);
	length = strlen(name);
	item = find_item(gotest, name, length);
	if (item == NULL) {
		item = mem_check(talloc_zero_size(gotest, sizeof(*item) + length + 1));
		memcpy(item->name, name, length);
		item->package = package;
		item->test = source_test(gotest->source, name, length);
		item->test->line = gotest->line;
		HASH_ADD_KEYPTR(hh, gotest->items, item->name, length, item);
	}
	talloc_free(test);
	if (!item->open && item->run != package->run)
		gotest_items_begin(item);
	return item;
}

struct gotest_item *gotest_items_outer(struct gotest *gotest, const struct gotest_item *item)
{
	size_t path = strlen(item->package->path), length = strlen(item->name);

	while (length > path && item->name[length - 1] != '/')
		length--;
	return length > path + 1 ? find_item(gotest, item->name, length - 1) : NULL;
}
