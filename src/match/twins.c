/* One test told of by several sources: the one that shows most speaks for it. */
#include "match/twins.h"

#include <string.h>
#include <uthash.h>

/* What one source shows of one test. */
struct view {
	struct {
		const struct test *test;
		const struct stream *stream;
	} key;
	size_t events, terms;
	const struct term **known;
	UT_hash_handle hh;
};

/* The best view of a test. */
struct speaker {
	const struct test *test;
	const struct view *view;
	UT_hash_handle hh;
};

static const struct test *test_of(const struct event *event)
{
	const struct test *test = event->hit->entry->test;

	while (test != NULL && test->same_as != NULL)
		test = test->same_as;
	return test;
}

static struct view *view_of(TALLOC_CTX *mem, struct view **views, const struct event *event)
{
	struct view *view, wanted;

	memset(&wanted, 0, sizeof(wanted)); /* the key is compared by its bytes */
	wanted.key.test = test_of(event);
	wanted.key.stream = event->hit->stream;
	HASH_FIND(hh, *views, &wanted.key, sizeof(wanted.key), view);
	if (view == NULL) {
		view = mem_new(mem, struct view);
		view->key = wanted.key;
		HASH_ADD(hh, *views, key, sizeof(view->key), view);
	}
	return view;
}

static void count(struct view *view, const struct event *event)
{
	view->events++;
	for (size_t i = 0; i < view->terms; i++)
		if (view->known[i] == event->hit->term)
			return;
	view->known = mem_grow(view, view->known, view->terms, sizeof(*view->known));
	view->known[view->terms++] = event->hit->term;
}

static bool shows_more(const struct view *view, const struct view *other)
{
	if (view->terms != other->terms)
		return view->terms > other->terms;
	if (view->events != other->events)
		return view->events > other->events;
	return view->key.stream->first_order < other->key.stream->first_order;
}

static struct speaker *choose(TALLOC_CTX *mem, struct view *views)
{
	struct speaker *speakers = NULL, *speaker;

	for (struct view *view = views; view != NULL; view = view->hh.next) {
		HASH_FIND_PTR(speakers, &view->key.test, speaker);
		if (speaker == NULL) {
			speaker = mem_new(mem, struct speaker);
			speaker->test = view->key.test;
			speaker->view = view;
			HASH_ADD_PTR(speakers, test, speaker);
		} else if (shows_more(view, speaker->view)) {
			speaker->view = view;
		}
	}
	return speakers;
}

static bool is_heard(struct speaker *speakers, const struct event *event)
{
	const struct test *test = test_of(event);
	struct speaker *speaker;

	if (test == NULL)
		return true;
	HASH_FIND_PTR(speakers, &test, speaker);
	return speaker == NULL || speaker->view->key.stream == event->hit->stream;
}

void twins_drop(struct group *group)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct speaker *speakers = NULL;
	struct view *views = NULL;
	size_t kept = 0;

	for (size_t i = 0; i < group->count; i++)
		if (test_of(&group->events[i]) != NULL)
			count(view_of(mem, &views, &group->events[i]), &group->events[i]);
	speakers = choose(mem, views);
	for (size_t i = 0; i < group->count; i++)
		if (is_heard(speakers, &group->events[i]))
			group->events[kept++] = group->events[i];
	group->count = kept;
	HASH_CLEAR(hh, views);
	HASH_CLEAR(hh, speakers);
	talloc_free(mem);
}
