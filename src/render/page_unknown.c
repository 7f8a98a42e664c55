/* Failures that no rule explains: those with the same error are told once, with all their tests. */
#include <string.h>
#include <uthash.h>

#include "render/page.h"

/* The first failure of a kind. */
struct leader {
	const char *key;
	size_t index;
	UT_hash_handle hh;
};

/* What failures that are told at once have in common; NULL: nothing is known of it. */
static char *key_of(TALLOC_CTX *mem, const struct undiagnosed *item)
{
	if (item->pattern == NULL)
		return NULL;
	return mem_printf(
		mem, "%s\n%s", item->nearest != NULL ? item->nearest->id : "", item->pattern);
}

size_t *page_leaders(TALLOC_CTX *mem, const struct diagnosis *diagnosis)
{
	size_t *leaders = mem_array(mem, size_t, diagnosis->undiagnosed_count + 1);
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	struct leader *known = NULL, *found;

	for (size_t i = 0; i < diagnosis->undiagnosed_count; i++) {
		const char *key = key_of(scratch, diagnosis->undiagnosed[i]);

		leaders[i] = i;
		if (key == NULL)
			continue;
		HASH_FIND_STR(known, key, found);
		if (found != NULL) {
			leaders[i] = found->index;
			continue;
		}
		found = mem_new(scratch, struct leader);
		*found = (struct leader){ .key = key, .index = i };
		HASH_ADD_KEYPTR(hh, known, key, strlen(key), found);
	}
	HASH_CLEAR(hh, known);
	talloc_free(scratch);
	return leaders;
}

static void add_test(const struct page *page, cJSON *tests, const struct test *test)
{
	if (test != NULL && object_count(tests) < PAGE_TESTS_MAX)
		page_code(page, object_row(tests), "test", test->name);
}

/* All tests that are told with the failure LEADER. */
static void add_tests(const struct page *page, cJSON *row, const size_t *leaders, size_t leader)
{
	const struct diagnosis *diagnosis = page->diagnosis;
	cJSON *tests = object_list(row, "tests");
	size_t count = 0;

	for (size_t i = leader; i < diagnosis->undiagnosed_count; i++) {
		if (leaders[i] != leader)
			continue;
		add_test(page, tests, diagnosis->undiagnosed[i]->test);
		count++;
	}
	page_limit(row, "tests_left_out", count, PAGE_TESTS_MAX);
	object_number(row, "more_tests", (double)(count - 1));
	object_flag(row, "has_tests", count > 1);
}

static void add_errors(const struct page *page, cJSON *row, const struct undiagnosed *item)
{
	const struct cause *nearest = item->nearest;

	page_code(page, row, "test", item->test != NULL ? item->test->name : NULL);
	object_text(row, "first_error", item->first_error);
	object_text(row, "newest_error", item->newest_error);
	object_flag(row, "two_errors",
		item->first_error != NULL && item->newest_error != NULL &&
			strcmp(item->first_error, item->newest_error) != 0);
	object_text(row, "pattern", item->pattern);
	page_code(page, row, "nearest", nearest != NULL ? nearest->id : NULL);
	object_text(row, "missed_because", item->missed_because);
}

/* Can a shell be given the name between single quotes? What it holds is then its own. */
static bool is_quotable(const char *name)
{
	for (; *name != '\0'; name++)
		if ((unsigned char)*name < ' ' || *name == 0x7f || *name == '\'')
			return false;
	return true;
}

/* What drafts a rule for this failure, as it is typed. */
static void add_command(const struct page *page, cJSON *row, const struct undiagnosed *item)
{
	const struct run *run = page->diagnosis->run;
	char *command =
		run->kept ? mem_printf(page->mem, "fivewhys rules suggest %lld", (long long)run->id)
			  : mem_strdup(page->mem, "fivewhys rules suggest FILE...");

	if (item != page->diagnosis->undiagnosed[0] && item->test != NULL &&
		is_quotable(item->test->name))
		command = mem_printf(page->mem, "%s --test '%s'", command, item->test->name);
	page_code(page, row, "command", command);
}

static void add_evidence(const struct page *page, cJSON *row, const struct undiagnosed *item)
{
	cJSON *list = object_list(row, "evidence");

	object_text(row, "marks", page_marks(page->mem, item->evidence, item->evidence_count));
	for (size_t i = 0; i < item->evidence_count; i++)
		page_evidence(page, object_row(list), item->evidence[i], TIME_NONE);
	page_has(row, "evidence");
}

/* "25 failures with 19 different errors": what a summary says instead of naming them all. */
static const char *words_of(const struct page *page, size_t groups)
{
	const char *failures =
		page_plural(page->mem, page->diagnosis->undiagnosed_count, "failure");

	if (groups == page->diagnosis->undiagnosed_count)
		return failures;
	return mem_printf(page->mem, "%s with %s", failures,
		groups == 1 ? "the same error"
			    : mem_printf(page->mem, "%zu different errors", groups));
}

void page_unknowns(const struct page *page, cJSON *root)
{
	const struct diagnosis *diagnosis = page->diagnosis;
	size_t *leaders = page_leaders(page->mem, diagnosis);
	cJSON *list = object_list(root, "undiagnosed");
	size_t groups = 0, shown = 0;

	for (size_t i = 0; i < diagnosis->undiagnosed_count; i++)
		groups += leaders[i] == i;
	for (size_t i = 0; i < diagnosis->undiagnosed_count && shown < PAGE_UNDIAGNOSED_MAX; i++) {
		cJSON *row;

		if (leaders[i] != i)
			continue;
		row = object_row(list);
		add_tests(page, row, leaders, i);
		add_errors(page, row, diagnosis->undiagnosed[i]);
		add_command(page, row, diagnosis->undiagnosed[i]);
		add_evidence(page, row, diagnosis->undiagnosed[i]);
		shown++;
	}
	page_limit(root, "undiagnosed_left_out", groups, PAGE_UNDIAGNOSED_MAX);
	page_has(root, "undiagnosed");
	object_flag(root, "one_unknown", groups == 1);
	object_flag(root, "several_unknown", groups > 1);
	object_text(root, "unknown_words", words_of(page, groups));
}
