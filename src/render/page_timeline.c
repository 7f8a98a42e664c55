/* What happened around the failure, by time; where nothing is known, the page says so. */
#include <string.h>

#include "render/offset.h"
#include "render/page.h"
#include "render/title.h"

struct event {
	int64_t time;
	size_t order; /* of adding, where times are equal */
	const struct evidence *evidence; /* or */
	const struct test *test;
	bool ends; /* the test, else it begins */
	const struct why *why; /* of the evidence */
};

struct events {
	const struct page *page;
	struct event *items;
	size_t count;
	size_t untimed;
};

static void add(struct events *events, struct event event)
{
	if (event.time == TIME_NONE) {
		events->untimed++;
		return;
	}
	event.order = events->count;
	events->items =
		mem_grow(events->page->mem, events->items, events->count, sizeof(struct event));
	events->items[events->count++] = event;
}

static bool is_known(const struct events *events, const struct evidence *evidence)
{
	for (size_t i = 0; i < events->count; i++)
		if (events->items[i].evidence == evidence)
			return true;
	return false;
}

static void add_test(struct events *events, const struct test *test)
{
	int64_t start = page_time(events->page->diagnosis, test->source, test->start), end;

	if (start == TIME_NONE)
		return;
	add(events, (struct event){ .time = start, .test = test });
	if (test->duration > 0 && !__builtin_add_overflow(start, test->duration, &end))
		add(events, (struct event){ .time = end, .test = test, .ends = true });
}

static int compare(const void *left, const void *right)
{
	const struct event *a = left, *b = right;

	if (a->time != b->time)
		return a->time < b->time ? -1 : 1;
	return a->order < b->order ? -1 : 1;
}

static void collect(struct events *events, const struct incident *incident)
{
	for (size_t i = 0; i < incident->test_count && i < PAGE_TIMELINE_MAX; i++)
		add_test(events, incident->tests[i]);
	for (size_t i = 0; i < incident->why_count; i++)
		for (size_t j = 0; j < incident->whys[i]->evidence_count; j++) {
			const struct evidence *evidence = incident->whys[i]->evidence[j];

			if (!is_known(events, evidence))
				add(events,
					(struct event){ .time = page_time(events->page->diagnosis,
								evidence->entry->source,
								evidence->entry->time),
						.evidence = evidence,
						.why = incident->whys[i] });
		}
	if (events->count > 0)
		qsort(events->items, events->count, sizeof(struct event), compare);
}

static cJSON *add_row(cJSON *list, const char *gap)
{
	cJSON *row = object_row(list);

	object_text(row, "gap", gap);
	return row;
}

static void add_event(
	const struct page *page, cJSON *list, const struct event *event, int64_t reference)
{
	cJSON *row = add_row(list, NULL);
	char buffer[OFFSET_TEXT];

	object_time(row, "time", event->time);
	object_text(row, "offset", offset_format(event->time, reference, buffer));
	object_flag(row, "is_test", event->test != NULL);
	if (event->test != NULL) {
		page_code(page, row, "what", event->test->name);
		object_text(
			row, "event", !event->ends ? "begins" : outcome_name(event->test->outcome));
		object_null(row, "id");
		return;
	}
	page_code(page, row, "what", event->why->cause->id);
	object_null(row, "event");
	object_format(row, "id", "E%u", event->evidence->number);
	page_code(page, row, "source", title_source(event->evidence->entry));
}

/* The beginning and the end of a long list; what is between is counted. */
static size_t skip_from(size_t i, size_t count)
{
	if (count <= PAGE_TIMELINE_MAX || i != PAGE_TIMELINE_MAX / 2)
		return i;
	return count - PAGE_TIMELINE_MAX / 2;
}

void page_timeline(const struct page *page, cJSON *row, const struct incident *incident)
{
	struct events events = { .page = page };
	int64_t reference = page_reference(incident);
	cJSON *list = object_list(row, "timeline");
	char buffer[OFFSET_TEXT];

	collect(&events, incident);
	for (size_t i = 0; i < events.count; i++) {
		size_t next = skip_from(i, events.count);
		int64_t gap =
			i == 0 ? 0
			       : when_difference(events.items[next].time, events.items[i - 1].time);

		if (next > i)
			add_row(list, mem_printf(page->mem, "%s left out",
					      page_plural(page->mem, next - i, "event")));
		else if (gap >= PAGE_GAP)
			add_row(list, mem_printf(page->mem, "%s without evidence",
					      offset_span(gap, buffer)));
		i = next;
		add_event(page, list, &events.items[i], reference);
	}
	page_has(row, "timeline");
	object_number(row, "untimed", (double)events.untimed);
}
