/* What the compiler said of packages of Go, until one of them fails for it. */
#include "source/transcript/gotest.h"

#include <string.h>
#include <uthash.h>

#define KEPT_MAX (1U << 20) /* bytes that are kept; more is of no test */

struct said {
	const char *text;
	size_t length;
	uint64_t line;
};

struct build {
	struct said *lines;
	size_t count;
	bool claimed;
	UT_hash_handle hh;
	char path[];
};

struct gotest_builds {
	struct build *items;
	size_t kept;
};

static int free_builds(struct gotest_builds *builds)
{
	HASH_CLEAR(hh, builds->items);
	return 0;
}

struct gotest_builds *gotest_builds_new(TALLOC_CTX *mem)
{
	struct gotest_builds *builds = mem_new(mem, struct gotest_builds);

	talloc_set_destructor(builds, free_builds);
	return builds;
}

/* "example.com/a [example.com/a.test]" is example.com/a, built for its tests. */
static size_t path_length(struct json path)
{
	const char *blank = path.length == 0 ? NULL : memchr(path.text, ' ', path.length);

	return blank == NULL ? path.length : (size_t)(blank - path.text);
}

static struct build *find(struct gotest_builds *builds, struct json path)
{
	struct build *build;

	HASH_FIND(hh, builds->items, path.text, path_length(path), build);
	return build;
}

void gotest_builds_add(struct gotest_builds *builds, struct json path, const char *text,
	size_t length, uint64_t line)
{
	struct build *build = find(builds, path);
	size_t size = path_length(path);

	if (builds->kept + length + size > KEPT_MAX || size == 0)
		return;
	builds->kept += length + size;
	if (build == NULL) {
		build = mem_check(talloc_zero_size(builds, sizeof(*build) + size + 1));
		memcpy(build->path, path.text, size);
		HASH_ADD_KEYPTR(hh, builds->items, build->path, size, build);
	}
	build->lines = mem_grow(build, build->lines, build->count, sizeof(struct said));
	build->lines[build->count++] =
		(struct said){ mem_strndup(build, text, length), length, line };
}

static void say(const struct build *build, struct queue *queue, struct test *test)
{
	for (size_t i = 0; i < build->count; i++) {
		queue_failing(queue, test != NULL && build->lines[i].text[0] != '#');
		queue_lines(queue, build->lines[i].text, build->lines[i].length,
			build->lines[i].line, test);
	}
	queue_failing(queue, false);
}

const char *gotest_builds_claim(
	struct gotest_builds *builds, struct json path, struct queue *queue, struct test *test)
{
	struct build *build = path.length == 0 ? NULL : find(builds, path);

	if (build == NULL)
		return NULL;
	if (!build->claimed)
		say(build, queue, test);
	build->claimed = true;
	for (size_t i = 0; i < build->count; i++)
		if (build->lines[i].text[0] != '#')
			return build->lines[i].text;
	return NULL;
}

void gotest_builds_release(struct gotest_builds *builds, struct queue *queue)
{
	struct build *build, *next;

	HASH_ITER (hh, builds->items, build, next) {
		if (!build->claimed)
			say(build, queue, NULL);
		build->claimed = true;
	}
}
