/* The tests that a transcript tells of. */
#include <string.h>
#include <uthash.h>

#include "source/format.h"
#include "source/text.h"

struct item {
	struct test *test;
	UT_hash_handle hh;
	char name[]; /* as it was before redaction */
};

struct test_index {
	struct item *items;
	struct text *text;
};

static int index_free(struct test_index *index)
{
	struct item *item, *next;

	HASH_ITER (hh, index->items, item, next)
		HASH_DEL(index->items, item);
	return 0;
}

static struct test_index *tests_of(struct source *source)
{
	if (source->index == NULL) {
		source->index = mem_new(source, struct test_index);
		source->index->text = text_new(source->index);
		talloc_set_destructor(source->index, index_free);
	}
	return source->index;
}

void source_share_tests(struct source *source, struct source *part)
{
	part->index = tests_of(source);
}

static struct test *add(struct source *source, const char *name, size_t length)
{
	struct source_info *info = source->info;
	struct test *test = mem_new(info, struct test);

	test->name = source_clean(test, source, name, length);
	test->start = TIME_NONE;
	test->duration = -1;
	test->source = info;
	info->tests = mem_grow(info, info->tests, info->test_count, sizeof(*info->tests));
	info->tests[info->test_count++] = test;
	return test;
}

static struct item *index_add(
	struct test_index *index, struct test *test, const char *name, size_t length)
{
	struct item *item = mem_check(talloc_zero_size(index, sizeof(*item) + length + 1));

	memcpy(item->name, name, length);
	item->test = test;
	HASH_ADD_KEYPTR(hh, index->items, item->name, length, item);
	return item;
}

struct test *source_test(struct source *source, const char *name, size_t length)
{
	struct test_index *index = tests_of(source);
	const char *clean = text_clean(index->text, name, length, &length);
	struct item *item;

	HASH_FIND(hh, index->items, clean, length, item);
	if (item != NULL)
		return item->test;
	return index_add(index, add(source, clean, length), clean, length)->test;
}

void source_rename(struct source *source, struct test *test, const char *name)
{
	struct test_index *index = tests_of(source);
	size_t length = strlen(name);
	const char *clean;
	struct item *item;

	HASH_FIND(hh, index->items, test->name, strlen(test->name), item);
	if (item != NULL && item->test == test) {
		HASH_DEL(index->items, item);
		talloc_free(item);
	}
	clean = text_clean(index->text, name, length, &length);
	HASH_FIND(hh, index->items, clean, length, item);
	test->name = source_clean(test, source, name, strlen(name));
	if (item == NULL) {
		index_add(index, test, clean, length);
	} else if (item->test != test) {
		test->same_as = item->test;
		if (test->outcome > item->test->outcome)
			item->test->outcome = test->outcome;
		if (item->test->message == NULL)
			item->test->message = test->message;
	}
}

void source_outcome(struct source *source, struct test *test, enum outcome outcome)
{
	struct counts *const counts[] = { &test->counts, &source->info->counted };

	for (size_t i = 0; i < 2; i++) {
		counts[i]->passed += outcome == OUTCOME_PASSED;
		counts[i]->failed += outcome == OUTCOME_FAILED;
		counts[i]->errors += outcome == OUTCOME_ERROR;
		counts[i]->skipped += outcome == OUTCOME_SKIPPED;
	}
	/* the enumeration is in the order of badness */
	if (outcome > test->outcome)
		test->outcome = outcome;
}
