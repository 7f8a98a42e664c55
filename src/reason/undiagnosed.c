/* Telling what is not known. */
#include "reason/undiagnosed.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "reason/mask.h"

#define BEHIND 2 /* lines behind an error */
#define LAST_MAX 200 /* tests whose last line is looked for */
#define UNEXPLAINED_MAX 20

static const char *line_in(TALLOC_CTX *mem, const char *text, size_t length)
{
	size_t found;
	const char *line = errors_line(text, length, &found);

	return mem_strndup(mem, line, found);
}

static const char *line_of(TALLOC_CTX *mem, const struct entry *entry)
{
	return line_in(mem, entry->text, entry->text_len);
}

static const char *message_of(TALLOC_CTX *mem, const struct unit *unit, const struct run *run)
{
	for (size_t i = 0; i < unit->same_count; i++)
		if (unit->same[i]->message != NULL)
			return line_in(mem, unit->same[i]->message, strlen(unit->same[i]->message));
	if (unit->whole_run)
		return mem_printf(mem, "no test passed or failed: %llu skipped",
			(unsigned long long)run->counts.skipped);
	return mem_printf(mem, "%s, and the transcript says no more of it",
		outcome_name(unit->test->outcome));
}

/* A step of a job: the lines that may have ended it, the most telling one first. */
static void tell_step(struct undiagnosed *item, const struct unit *unit, struct evidence_book *book,
	struct evidence_list *list)
{
	struct culprit culprit = unit->culprit;

	list->limit = CULPRIT_LINES;
	if (culprit.count == 0)
		return;
	item->first_error = item->newest_error = line_of(item, culprit.lines[0]);
	for (size_t i = 0; i < culprit.count; i++)
		evidence_add(book, item, list, culprit.lines[i], culprit_role(&culprit, i));
}

/* A line that names its test tells which one failed, and no more. */
static bool names_test(const struct entry *entry)
{
	return memmem(entry->text, entry->text_len, entry->test->name, strlen(entry->test->name)) !=
	       NULL;
}

/* An error of a test, and the values that stand right behind it. */
static void tell_error(struct undiagnosed *item, const struct graph *graph,
	const struct test_errors *seen, struct evidence_book *book, struct evidence_list *list)
{
	const struct entry *lines[BEHIND];
	size_t count = context_behind(graph->context, seen->first, lines, BEHIND);

	item->first_error = line_of(item, seen->first);
	item->newest_error = line_of(item, seen->newest);
	evidence_add(book, item, list, seen->first, "the first error of the test");
	for (size_t i = 0; i < count && list->count + 1 < list->limit; i++)
		if (!names_test(lines[i]) &&
			(lines[i]->order < seen->newest->order || seen->newest == seen->first))
			evidence_add(book, item, list, lines[i], "told right behind it");
	evidence_add(book, item, list, seen->newest, "the newest error of the test");
}

/* Nothing that it printed has the form of an error: what came last is all there is. */
static void tell_last(struct undiagnosed *item, const struct graph *graph, const struct unit *unit,
	struct evidence_book *book, struct evidence_list *list)
{
	for (size_t i = 0; i < unit->same_count; i++) {
		const struct entry *last = context_last(graph->context, unit->same[i]);

		if (last != NULL)
			evidence_add(book, item, list, last, "what the test printed last");
	}
}

void undiagnosed_add(struct diagnosis *diagnosis, const struct graph *graph,
	const struct unit *unit, struct evidence_book *book, reason_nearest nearest, void *context)
{
	struct undiagnosed *item = mem_new(diagnosis, struct undiagnosed);
	struct test_errors seen = graph_errors(graph, unit);
	struct evidence_list list = { NULL, 0, EVIDENCE_EACH };

	item->test = unit->test;
	item->first_error = item->newest_error = message_of(item, unit, graph->run);
	if (unit->test->step) {
		tell_step(item, unit, book, &list);
	} else if (seen.first != NULL) {
		tell_error(item, graph, &seen, book, &list);
	} else if (diagnosis->undiagnosed_count < LAST_MAX) {
		tell_last(item, graph, unit, book, &list);
	}
	item->pattern = mask_text(item, item->newest_error, strlen(item->newest_error));
	if (nearest != NULL)
		item->nearest = nearest(item, context, unit->test, &item->missed_because);
	item->evidence = list.items;
	item->evidence_count = list.count;
	diagnosis->undiagnosed = mem_grow(diagnosis, diagnosis->undiagnosed,
		diagnosis->undiagnosed_count, sizeof(struct undiagnosed *));
	diagnosis->undiagnosed[diagnosis->undiagnosed_count++] = item;
}

struct sum {
	const struct error_pattern *pattern; /* the first one with its text */
	uint64_t count;
	size_t index; /* of reading */
	UT_hash_handle hh;
};

/* The test of the run that is meant by one of a source. */
static const struct test *test_of(const struct error_pattern *pattern)
{
	const struct test *test = pattern->test;

	for (int steps = 0; test != NULL && test->same_as != NULL && steps < 16; steps++)
		test = test->same_as;
	return test;
}

static bool is_of_interest(const struct error_pattern *pattern)
{
	const struct test *test = test_of(pattern);

	return test == NULL || test->outcome == OUTCOME_FAILED || test->outcome == OUTCOME_ERROR;
}

/* By kind: whether a number is 17 or 4711 makes an error no other one. */
static void list_errors(struct diagnosis *diagnosis, const struct errors *errors)
{
	size_t count = errors_pattern_count(errors);

	diagnosis->errors = mem_array(diagnosis, struct error_pattern, count);
	for (size_t i = 0; i < count; i++) {
		const struct error_pattern *pattern = errors_pattern(errors, i);
		struct error_pattern *error = &diagnosis->errors[diagnosis->error_count];
		size_t length;
		const char *line =
			errors_line(pattern->first->text, pattern->first->text_len, &length);

		if (errors_pattern_is_form(errors, i))
			continue;
		*error = *pattern;
		error->text = mask_kind(diagnosis->errors, line, length);
		error->test = test_of(pattern);
		diagnosis->error_count++;
	}
}

static int most_frequent(const void *a, const void *b)
{
	const struct sum *left = *(struct sum *const *)a, *right = *(struct sum *const *)b;

	if (left->count != right->count)
		return left->count > right->count ? -1 : 1;
	return left->index < right->index ? -1 : left->index > right->index;
}

/* FORMS: those are counted, too, that are known by their form alone. */
static size_t add_up(TALLOC_CTX *mem, const struct errors *errors, bool forms, struct sum **sums)
{
	struct sum *known = NULL;
	size_t count = 0;

	for (size_t i = 0; i < errors_pattern_count(errors); i++) {
		const struct error_pattern *pattern = errors_pattern(errors, i);
		struct sum *sum;

		if (!is_of_interest(pattern) || (!forms && errors_pattern_is_form(errors, i)))
			continue;
		HASH_FIND_STR(known, pattern->text, sum);
		if (sum == NULL) {
			sum = mem_new(mem, struct sum);
			sum->pattern = pattern;
			sum->index = count;
			HASH_ADD_KEYPTR(hh, known, pattern->text, strlen(pattern->text), sum);
			sums[count++] = sum;
		}
		sum->count += pattern->count;
	}
	HASH_CLEAR(hh, known);
	return count;
}

void undiagnosed_patterns(
	struct diagnosis *diagnosis, const struct errors *errors, struct evidence_book *book)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	struct sum **sums = mem_array(scratch, struct sum *, errors_pattern_count(errors) + 1);
	bool alone = !diagnosis->failed && diagnosis->run->test_count == 0;
	size_t count = add_up(scratch, errors, alone, sums);

	list_errors(diagnosis, errors);
	qsort(sums, count, sizeof(*sums), most_frequent);
	count = count < UNEXPLAINED_MAX ? count : UNEXPLAINED_MAX;
	diagnosis->unexplained = mem_array(diagnosis, struct unexplained, count + 1);
	diagnosis->unexplained_count = count;
	for (size_t i = 0; i < count; i++) {
		diagnosis->unexplained[i].pattern = mem_strdup(diagnosis, sums[i]->pattern->text);
		diagnosis->unexplained[i].count = sums[i]->count;
		diagnosis->unexplained[i].evidence = evidence_of(
			book, sums[i]->pattern->first, "an error that no rule explains");
	}
	talloc_free(scratch);
}
