/* Which errors of a failure a rule can be made of. */
#include "reason/suggest.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include "reason/errors.h"
#include "reason/mask.h"

#define SPECIFIC_MAX 48 /* bytes that stay; more does not make a line better */
#define LITERAL_WANTED 11 /* bytes: what a pattern is found quickly by */

static bool begins(const char *line, size_t length, const char *word)
{
	return length >= strlen(word) && memcmp(line, word, strlen(word)) == 0;
}

/* "tests/test_x.py:21: AssertionError": where it was, and no more. */
static bool is_place(const char *line, size_t length)
{
	const char *blank = memchr(line, ' ', length);

	return blank != NULL && blank - line > 3 && blank[-1] == ':' &&
	       isdigit((unsigned char)blank[-2]) &&
	       memchr(blank + 1, ' ', length - (size_t)(blank + 1 - line)) == NULL;
}

/* What test runners and languages say of every failure: true, and no help. */
static bool is_generic(const char *line, size_t length)
{
	static const char *const beginnings[] = { "assert ", "AssertionError: assert ",
		"Traceback (", "FAILED ", "FAILED: ", "+ ", "- ", "? ", "> " };

	while (length > 0 && *line == ' ') {
		line++;
		length--;
	}
	for (size_t i = 0; i < sizeof(beginnings) / sizeof(beginnings[0]); i++)
		if (begins(line, length, beginnings[i]))
			return true;
	/* the name of an error alone */
	return memchr(line, ' ', length) == NULL || is_place(line, length);
}

/* The last part of a test's name, without parameters; a line with it is about this test only. */
static bool names_test(const char *line, size_t length, const struct test *test)
{
	const char *name = test != NULL ? test->name : "", *at;

	while ((at = strstr(name, "::")) != NULL)
		name = at + 2;
	return strcspn(name, "[") >= 4 && memmem(line, length, name, strcspn(name, "[")) != NULL;
}

static int64_t moment(const struct undiagnosed *failure)
{
	for (size_t i = failure->evidence_count; i > 0; i--)
		if (failure->evidence[i - 1]->entry->time != TIME_NONE)
			return failure->evidence[i - 1]->entry->time;
	return TIME_NONE;
}

static unsigned nearness(const struct undiagnosed *failure, const struct error_pattern *error)
{
	static const struct {
		int64_t distance;
		unsigned points;
	} steps[] = { { 10 * WHEN_SECOND, 4 }, { 60 * WHEN_SECOND, 3 }, { 600 * WHEN_SECOND, 2 } };
	int64_t failed = moment(failure), seen = error->first->time, distance;

	if (error->test != NULL)
		return 4;
	if (failed == TIME_NONE || seen == TIME_NONE)
		return 2;
	distance = when_difference(failed, seen);
	if (distance < 0)
		distance = distance == INT64_MIN ? INT64_MAX : -distance;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++)
		if (distance <= steps[i].distance)
			return steps[i].points;
	return 1;
}

static unsigned severeness(const struct error_pattern *error)
{
	if (error->first->severity >= SEVERITY_CRITICAL)
		return 4;
	return error->first->severity >= SEVERITY_ERROR || error->test != NULL ? 3 : 2;
}

static unsigned score(const struct undiagnosed *failure, const struct suggestion *suggestion,
	const struct telling *telling)
{
	size_t specific = telling->stable < SPECIFIC_MAX ? telling->stable : SPECIFIC_MAX;
	unsigned points = nearness(failure, suggestion->error) * severeness(suggestion->error) *
			  (unsigned)specific;

	if (telling->longest < LITERAL_WANTED)
		points /= 2;
	return suggestion->generic ? points / 8 : points;
}

static int best_first(const void *left, const void *right)
{
	const struct suggestion *a = left, *b = right;

	if (a->score != b->score)
		return a->score > b->score ? -1 : 1;
	/* they are parts of one array, in the order first seen */
	return a->error < b->error ? -1 : a->error > b->error;
}

static void lower(char *text)
{
	for (; *text != '\0'; text++)
		if (*text >= 'A' && *text <= 'Z')
			*text = (char)(*text + ('a' - 'A'));
}

static bool suggest(TALLOC_CTX *mem, const struct undiagnosed *failure,
	const struct error_pattern *error, struct suggestion *out)
{
	struct telling telling;
	size_t length;
	const char *line = errors_line(error->first->text, error->first->text_len, &length), *told;
	char *name;

	if (!suggest_pattern(mem, line, length, &telling))
		return false;
	name = suggest_name(mem, line, length);
	lower(name);
	told = line + suggest_prefix(line, length);
	*out = (struct suggestion){ .error = error,
		.gist = mask_kind(mem, told, length - (size_t)(told - line)),
		.line = mem_strndup(mem, line, length),
		.text = telling.text,
		.regex = telling.regex,
		.name = name,
		.layer = suggest_layer(line, length) };
	out->generic = is_generic(told, length - (size_t)(told - line)) ||
		       names_test(line, length, failure->test);
	out->score = score(failure, out, &telling);
	return true;
}

size_t suggest_rank(TALLOC_CTX *mem, const struct undiagnosed *failure,
	const struct error_pattern *errors, size_t count, struct suggestion **out)
{
	struct suggestion *found = mem_array(mem, struct suggestion, count + 1);
	size_t kept = 0;

	for (size_t i = 0; i < count; i++)
		kept += suggest(found, failure, &errors[i], &found[kept]);
	qsort(found, kept, sizeof(*found), best_first);
	*out = found;
	return kept;
}

static void add_own(TALLOC_CTX *mem, const struct undiagnosed *failure, const struct entry *entry,
	struct error_pattern *out)
{
	size_t length;
	const char *line = errors_line(entry->text, entry->text_len, &length);

	*out = (struct error_pattern){ mask_kind(mem, line, length), failure->test, entry, 1 };
}

/* Of a step any line may be the error; of a test those count that have the form of one. */
static bool tells_error(const struct undiagnosed *failure, const struct entry *entry)
{
	return failure->test == NULL || failure->test->step || errors_is(entry);
}

size_t suggest_own(TALLOC_CTX *mem, const struct undiagnosed *failure, struct error_pattern **out)
{
	size_t count = 0;
	struct entry *told;

	*out = mem_array(mem, struct error_pattern, failure->evidence_count + 1);
	for (size_t i = 0; i < failure->evidence_count; i++)
		if (tells_error(failure, failure->evidence[i]->entry))
			add_own(*out, failure, failure->evidence[i]->entry, &(*out)[count++]);
	if (count > 0 || failure->test == NULL || failure->test->message == NULL)
		return count;
	/* only a result file tells of it: its message stands for the entry */
	told = mem_new(*out, struct entry);
	told->text = failure->test->message;
	told->text_len = strlen(told->text);
	told->time = TIME_NONE;
	add_own(*out, failure, told, *out);
	return 1;
}
