/* Tests of several sources that are one run: matched by what their names have in common. */
#include "source/transcript/merge.h"

#include <string.h>
#include <uthash.h>

#define ALIKE_MAX 1000 /* tests with one short name that are looked through */

/* A test that others may turn out to be. */
struct canon {
	struct test *test;
	struct merge_group *group;
	const char *key, *bare;
	const struct source_info *taken; /* the newest source of which a test was linked to it */
	struct canon *alike, *tail; /* the next with the same short name, with the same last part */
};

struct name {
	struct canon *first, *last;
	const char *text;
	UT_hash_handle hh;
};

struct merge {
	TALLOC_CTX *mem;
	struct name *names; /* by short name */
	struct name *tails; /* by the last part of it */
	struct merge_group **groups;
	size_t count;
};

static const struct {
	const char *format;
	unsigned rank;
} ranks[] = {
	{ "pytest-console", 0 },
	{ "test-console", 0 },
	{ "go-test", 0 },
	{ "jest", 0 },
	{ "vitest", 0 },
	{ "mocha", 0 },
	{ "cargo-test", 0 },
	{ "ctest", 0 },
	{ "googletest", 0 },
	{ "unittest", 0 },
	{ "rspec", 0 },
	{ "tap", 0 },
	{ "job-log", 0 },
	{ "pytest-json-report", 1 },
	{ "dart-json", 1 },
	{ "go-test-json", 1 },
	{ "jest-json", 1 },
	{ "mocha-json", 1 },
	{ "playwright-json", 1 },
	{ "rspec-json", 1 },
	{ "junit-xml", 2 },
	{ "nunit", 2 },
	{ "xunit", 2 },
	{ "trx", 2 },
	{ "runner-log", 5 },
	{ "markdown-report", 9 },
};

unsigned merge_rank(const char *format)
{
	for (size_t i = 0; i < sizeof(ranks) / sizeof(ranks[0]); i++)
		if (strcmp(ranks[i].format, format) == 0)
			return ranks[i].rank;
	return 9;
}

/* Is one the other, seen from a folder below? */
static bool is_tail(const char *one, const char *other)
{
	size_t length = strlen(one), wanted = strlen(other);

	if (length < wanted)
		return is_tail(other, one);
	return memcmp(one + length - wanted, other, wanted) == 0 &&
	       (length == wanted || one[length - wanted - 1] == '.');
}

/* A class that only one of them tells is no difference. */
static bool is_same(const struct canon *canon, const char *key, const char *bare)
{
	bool classes = strlen(canon->bare) < strlen(canon->key) && strlen(bare) < strlen(key);

	return classes ? is_tail(canon->key, key) : is_tail(canon->bare, bare);
}

static struct name *find_name(struct name *names, const char *text)
{
	struct name *name;

	HASH_FIND_STR(names, text, name);
	return name;
}

/* What is looked for among canonical tests. */
struct wanted {
	const struct merge_group *group; /* NULL: of any */
	const struct source_info *source; /* that has not linked it yet */
	const char *key, *bare;
};

/* The test that is meant, along one chain of them; TAILS says which chain it is. */
static struct canon *search(const struct name *name, const struct wanted *wanted, bool tails)
{
	struct canon *canon = name == NULL ? NULL : name->first, *found = NULL;

	for (unsigned i = 0; canon != NULL && i < ALIKE_MAX;
		i++, canon = tails ? canon->tail : canon->alike) {
		if ((wanted->group != NULL && canon->group != wanted->group) ||
			canon->taken == wanted->source)
			continue;
		if (strcmp(canon->key, wanted->key) == 0)
			return canon;
		if (found == NULL && is_same(canon, wanted->key, wanted->bare))
			found = canon;
	}
	return found;
}

/* Where one of them has a name of one part only, that is all they have in common. */
static struct canon *find_canon(struct merge *merge, const struct wanted *wanted)
{
	const char *text = nodeid_short(wanted->bare), *last = nodeid_last(wanted->bare);
	struct canon *canon = search(find_name(merge->names, text), wanted, false);

	if (canon != NULL)
		return canon;
	return last == text ? search(find_name(merge->tails, last), wanted, true)
			    : search(find_name(merge->names, last), wanted, false);
}

/* The entry of TEXT in *NAMES, found or new. */
static struct name *get_name(struct merge *merge, struct name **names, const char *text)
{
	struct name *name = find_name(*names, text);

	if (name != NULL)
		return name;
	name = mem_new(merge, struct name);
	name->text = text;
	HASH_ADD_KEYPTR(hh, *names, name->text, (unsigned)strlen(name->text), name);
	return name;
}

static void add_canon(struct merge *merge, struct merge_group *group, struct test *test,
	const char *key, const char *bare)
{
	struct canon *canon = mem_new(merge, struct canon);
	struct name *name = get_name(merge, &merge->names, nodeid_short(bare));
	struct name *tail = get_name(merge, &merge->tails, nodeid_last(bare));

	canon->test = test;
	canon->group = group;
	canon->key = key;
	canon->bare = bare;
	canon->taken = test->source;
	group->only = group->test_count++ == 0 ? test : NULL;
	if (name->first == NULL)
		name->first = canon;
	else
		name->last->alike = canon;
	name->last = canon;
	if (tail->first == NULL)
		tail->first = canon;
	else
		tail->last->tail = canon;
	tail->last = canon;
}

/* What the canonical test does not know, the other may. */
static void link_test(struct test *test, struct test *canon)
{
	test->same_as = canon;
	if (canon->message == NULL)
		canon->message = test->message;
	if (canon->duration < 0)
		canon->duration = test->duration;
	if (canon->start == TIME_NONE)
		canon->start = test->start;
	if (canon->file == NULL)
		canon->file = test->file;
	if (canon->file_line == 0)
		canon->file_line = test->file_line;
	if (test->outcome > canon->outcome)
		canon->outcome = test->outcome;
}

static size_t told_tests(const struct source_info *source, struct test **only)
{
	size_t count = 0;

	for (size_t i = 0; i < source->test_count; i++)
		if (source->tests[i]->outcome != OUTCOME_NONE && !source->tests[i]->step) {
			*only = source->tests[i];
			count++;
		}
	return count;
}

/* A piece without a name is the only test of a run with the same outcome. */
static struct merge_group *group_of_piece(struct merge *merge, const struct test *test)
{
	for (size_t i = 0; i < merge->count; i++) {
		const struct test *only = merge->groups[i]->only;

		if (only != NULL && (only->nameless || test->nameless) &&
			only->outcome == test->outcome)
			return merge->groups[i];
	}
	return NULL;
}

/* The group most of whose tests, or most of the source's, are the same. */
static struct merge_group *find_group(struct merge *merge, const struct source_info *source)
{
	struct merge_group *best = NULL;
	struct test *only = NULL;
	size_t count = told_tests(source, &only), smaller;

	for (size_t i = 0; i < merge->count; i++)
		merge->groups[i]->matches = 0;
	for (size_t i = 0; i < source->test_count; i++) {
		char *key = nodeid_key(NULL, source->tests[i]->name);
		char *bare = nodeid_bare(key, key);
		struct wanted wanted = { NULL, source, key, bare };
		struct canon *canon = find_canon(merge, &wanted);

		if (canon != NULL && source->tests[i]->outcome != OUTCOME_NONE &&
			!source->tests[i]->step)
			canon->group->matches++;
		talloc_free(key);
	}
	for (size_t i = 0; i < merge->count; i++)
		if (best == NULL || merge->groups[i]->matches > best->matches)
			best = merge->groups[i];
	if (best != NULL && best->matches > 0) {
		smaller = count < best->test_count ? count : best->test_count;
		if (2 * best->matches >= smaller)
			return best;
	}
	return count == 1 ? group_of_piece(merge, only) : NULL;
}

static struct merge_group *new_group(struct merge *merge)
{
	struct merge_group *group = mem_new(merge->mem, struct merge_group);

	merge->groups =
		mem_grow(merge->mem, merge->groups, merge->count, sizeof(struct merge_group *));
	merge->groups[merge->count++] = group;
	return group;
}

static void join(struct merge *merge, struct merge_group *group, struct source_info *source)
{
	struct test *only = group->only;

	for (size_t i = 0; i < source->test_count; i++) {
		struct test *test = source->tests[i];
		char *key = nodeid_key(merge, test->name), *bare = nodeid_bare(merge, key);
		struct wanted wanted = { group, source, key, bare };
		struct canon *canon;

		if (test->outcome == OUTCOME_NONE || test->same_as != NULL || test->step)
			continue;
		canon = find_canon(merge, &wanted);
		if (canon != NULL) {
			canon->taken = source;
			link_test(test, canon->test);
		} else if (only != NULL && (only->nameless || test->nameless)) {
			link_test(test, only);
		} else {
			add_canon(merge, group, test, key, bare);
		}
	}
	group->sources =
		mem_grow(group, group->sources, group->source_count, sizeof(struct source_info *));
	group->sources[group->source_count++] = source;
}

static int close_merge(struct merge *merge)
{
	HASH_CLEAR(hh, merge->names);
	HASH_CLEAR(hh, merge->tails);
	return 0;
}

/* Does it tell of steps of a job, and of no test? */
static bool has_steps_alone(const struct source_info *source)
{
	for (size_t i = 0; i < source->test_count; i++)
		if (!source->tests[i]->step)
			return false;
	return source->test_count > 0;
}

struct merge_group **merge_groups(TALLOC_CTX *mem, struct run *run, size_t *count)
{
	struct merge *merge = mem_new(mem, struct merge);
	struct merge_group **groups;

	talloc_set_destructor(merge, close_merge);
	merge->mem = mem;
	for (unsigned rank = 0; rank <= 9; rank++)
		for (size_t i = 0; i < run->source_count; i++) {
			struct source_info *source = run->sources[i];
			struct merge_group *group;

			if (!source->transcript || merge_rank(source->format) != rank ||
				has_steps_alone(source))
				continue;
			group = find_group(merge, source);
			join(merge, group != NULL ? group : new_group(merge), source);
		}
	*count = merge->count;
	groups = merge->groups;
	talloc_free(merge);
	return groups;
}
