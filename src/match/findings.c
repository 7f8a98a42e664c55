/* Firings to findings: occurrences, bindings, first and last times. */
#include "match/findings.h"

#include <stdlib.h>
#include <string.h>

#include "match/wanted.h"

#define ROLE_MAX 48 /* bytes of the text that tells what an entry shows */
#define VALUE_MAX 2000 /* bytes of what is bound to a name */

static int by_place(const void *left, const void *right)
{
	const struct firing *const *a = left, *const *b = right;
	size_t first = (*a)->parts[0].event->position, second = (*b)->parts[0].event->position;

	if (first != second)
		return first < second ? -1 : 1;
	return ((*a)->serial > (*b)->serial) - ((*a)->serial < (*b)->serial);
}

static void bind(TALLOC_CTX *mem, struct occurrence *occurrence, const char *name, char *value)
{
	for (size_t i = 0; i < occurrence->binding_count; i++)
		if (strcmp(occurrence->bindings[i].name, name) == 0) {
			talloc_free(value);
			return;
		}
	value[utf8_cut(value, strlen(value), VALUE_MAX)] = '\0';
	occurrence->bindings = mem_grow(
		mem, occurrence->bindings, occurrence->binding_count, sizeof(struct binding));
	occurrence->bindings[occurrence->binding_count++] = (struct binding){ name, value };
}

/* The captures of a part, and the whole of what matched where the use has a name of its own. */
static void bind_part(TALLOC_CTX *mem, struct occurrence *occurrence, const struct part *part)
{
	const struct hit *hit = part->event->hit;

	for (size_t i = 0; i < hit->pattern->name_count; i++) {
		char *value = evaluate_capture(mem, hit, hit->pattern->names[i]);

		if (value != NULL)
			bind(mem, occurrence, hit->pattern->names[i], value);
	}
	if (part->use->named && hit->whole.start != PATTERN_UNSET)
		bind(mem, occurrence, part->use->name,
			mem_strndup(mem, hit->entry->text + hit->whole.start,
				hit->whole.end - hit->whole.start));
}

static void bind_all(TALLOC_CTX *mem, struct occurrence *occurrence, const struct firing *firing)
{
	for (size_t i = 0; i < firing->binding_count; i++)
		bind(mem, occurrence, firing->bindings[i].name,
			mem_strdup(mem, firing->bindings[i].value));
	for (size_t i = 0; i < firing->count; i++)
		bind_part(mem, occurrence, &firing->parts[i]);
}

static int by_position(const void *left, const void *right)
{
	const struct part *a = left, *b = right;

	return (a->event->position > b->event->position) -
	       (a->event->position < b->event->position);
}

static const struct test *test_of(const struct entry *entry)
{
	const struct test *test = entry->test;

	while (test != NULL && test->same_as != NULL)
		test = test->same_as;
	return test;
}

static void span(struct occurrence *occurrence, const struct entry *entry)
{
	if (entry->time != TIME_NONE) {
		if (occurrence->first == TIME_NONE || entry->time < occurrence->first)
			occurrence->first = entry->time;
		if (occurrence->last == TIME_NONE || entry->time > occurrence->last)
			occurrence->last = entry->time;
	}
	if (entry->order < occurrence->first_order)
		occurrence->first_order = entry->order;
	if (entry->order > occurrence->last_order)
		occurrence->last_order = entry->order;
}

/* What an absence needs USE for; NULL: it is of no absence. */
static const char *role_in_absence(const struct signature *signature, const struct use *use)
{
	const char *role = NULL;

	for (size_t i = 0; i < signature->any_count && role == NULL; i++)
		role = role_in_absence(signature->any[i], use);
	if (signature->kind != SIGN_ABSENT)
		return role;
	for (size_t i = 0; i < signature->until_count; i++)
		if (use == &signature->until[i])
			return "missing until here";
	return use == signature->uses ? "the wait begins here" : NULL;
}

/* The name that its rule gives a part, else the text that matched. */
static const char *role_of(TALLOC_CTX *mem, const struct signature *when, const struct part *part)
{
	const struct hit *hit = part->event->hit;
	const char *role = role_in_absence(when, part->use), *text, *line;
	size_t length, cut;

	if (role != NULL || part->use->named || hit->whole.start == PATTERN_UNSET)
		return role != NULL ? role : part->use->name;
	text = hit->entry->text + hit->whole.start;
	length = hit->whole.end - hit->whole.start;
	line = memchr(text, '\n', length);
	cut = utf8_cut(text, line != NULL ? (size_t)(line - text) : length, ROLE_MAX);
	return mem_printf(mem, "\"%.*s%s\"", (int)cut, text, cut < length ? "\u2026" : "");
}

/* The distinct entries of the sorted PARTS; of very many the first and the last. */
static void keep_entries(TALLOC_CTX *mem, struct occurrence *occurrence,
	const struct signature *when, const struct part *parts, size_t count)
{
	const struct part **kept = mem_array(NULL, const struct part *, count);
	size_t distinct = 0, head;

	for (size_t i = 0; i < count; i++)
		if (i == 0 || parts[i].event->hit->entry != parts[i - 1].event->hit->entry)
			kept[distinct++] = &parts[i];
	occurrence->entry_count = distinct < FINDINGS_ENTRIES ? distinct : FINDINGS_ENTRIES;
	occurrence->entries = mem_array(mem, struct entry *, occurrence->entry_count);
	occurrence->roles = mem_array(mem, const char *, occurrence->entry_count);
	head = occurrence->entry_count - occurrence->entry_count / 2;
	for (size_t i = 0; i < occurrence->entry_count; i++) {
		const struct part *part =
			kept[i < head ? i : distinct - occurrence->entry_count + i];

		/* the model shares the matcher's copies and does not mark them const */
		occurrence->entries[i] = (struct entry *)(uintptr_t)part->event->hit->entry;
		occurrence->roles[i] = role_of(mem, when, part);
	}
	talloc_free(kept);
}

static void fill(TALLOC_CTX *mem, struct occurrence *occurrence, const struct signature *when,
	const struct firing *firing)
{
	struct part *parts = talloc_memdup(NULL, firing->parts, firing->count * sizeof(*parts));
	const struct test *test;

	mem_check(parts);
	qsort(parts, firing->count, sizeof(*parts), by_position);
	test = test_of(parts[0].event->hit->entry);
	*occurrence = (struct occurrence){
		.first = TIME_NONE, .last = TIME_NONE, .first_order = UINT64_MAX
	};
	for (size_t i = 0; i < firing->count; i++) {
		span(occurrence, parts[i].event->hit->entry);
		if (test_of(parts[i].event->hit->entry) != test)
			test = NULL;
	}
	/* the model's pointer is not const, as others count on tests; nothing is written here */
	occurrence->test = (struct test *)(uintptr_t)test;
	keep_entries(mem, occurrence, when, parts, firing->count);
	talloc_free(parts);
	bind_all(mem, occurrence, firing);
}

/* Source code that names an error does not raise it, nor does a test that waits for it. */
static bool is_quotation(const struct firing *firing)
{
	for (size_t i = 0; i < firing->count; i++) {
		const struct hit *hit = firing->parts[i].event->hit;

		if (!hit->entry->quoted && !wanted_is(hit->entry, &hit->whole))
			return false;
	}
	return firing->count > 0;
}

/* Those that fired, in order; where none did, those that are not conclusive. */
static size_t choose(const struct firings *firings, const struct firing **chosen)
{
	size_t count = 0;

	for (size_t i = 0; i < firings->count; i++)
		if (firings->items[i].reason == NULL && !is_quotation(&firings->items[i]))
			chosen[count++] = &firings->items[i];
	if (count == 0)
		for (size_t i = 0; i < firings->count; i++)
			if (firings->items[i].reason != NULL)
				chosen[count++] = &firings->items[i];
	qsort(chosen, count, sizeof(*chosen), by_place);
	return count;
}

static void widen(struct finding *finding, const struct firing *firing)
{
	for (size_t i = 0; i < firing->count; i++) {
		int64_t time = firing->parts[i].event->hit->entry->time;

		if (time == TIME_NONE)
			continue;
		if (finding->first == TIME_NONE || time < finding->first)
			finding->first = time;
		if (finding->last == TIME_NONE || time > finding->last)
			finding->last = time;
	}
}

static void keep_occurrences(struct finding *finding, const struct firing **chosen, size_t count)
{
	size_t kept = count < FINDINGS_OCCURRENCES ? count : FINDINGS_OCCURRENCES;
	size_t head = kept - kept / 2;

	finding->occurrences = mem_array(finding, struct occurrence, kept);
	for (size_t i = 0; i < kept; i++)
		fill(finding, &finding->occurrences[finding->occurrence_count++],
			finding->cause->when, chosen[i < head ? i : count - kept + i]);
}

struct finding *findings_make(TALLOC_CTX *mem, const struct cause *cause, const struct group *group,
	const struct firings *firings)
{
	const struct firing **chosen;
	struct finding *finding;
	size_t count;

	if (firings->count == 0)
		return NULL;
	finding = mem_new(mem, struct finding);
	chosen = mem_array(finding, const struct firing *, firings->count);
	count = choose(firings, chosen);
	if (count == 0) {
		talloc_free(finding);
		return NULL;
	}
	finding->cause = cause;
	finding->count = count;
	finding->first = finding->last = TIME_NONE;
	finding->reason = mem_strdup(finding, chosen[0]->reason);
	finding->verdict = finding->reason != NULL ? FINDING_INCONCLUSIVE : FINDING_FIRED;
	finding->absence = chosen[0]->absence;
	finding->key_count = group->key_count;
	finding->keys = mem_array(finding, struct binding, group->key_count);
	for (size_t i = 0; i < group->key_count; i++)
		finding->keys[i] = (struct binding){ group->keys[i].name,
			mem_strdup(finding, group->keys[i].value) };
	for (size_t i = 0; i < count; i++)
		widen(finding, chosen[i]);
	keep_occurrences(finding, chosen, count);
	talloc_free(chosen);
	return finding;
}

static int by_time(const void *left, const void *right)
{
	const struct finding *a = *(struct finding *const *)left;
	const struct finding *b = *(struct finding *const *)right;
	uint64_t first = a->occurrences[0].first_order, second = b->occurrences[0].first_order;

	if (a->first != b->first)
		return a->first < b->first ? -1 : 1;
	if (first != second)
		return first < second ? -1 : 1;
	return strcmp(a->cause->id, b->cause->id);
}

void findings_sort(struct findings *findings)
{
	if (findings->count > 1)
		qsort(findings->items, findings->count, sizeof(findings->items[0]), by_time);
}
