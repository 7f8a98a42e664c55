/* count: many entries of one term in a window; a burst is one firing. */
#include "match/evaluate.h"

#include <string.h>
#include <uthash.h>

/* The values of a capture in the window, each with how many entries have it. */
struct value {
	const char *text;
	size_t count;
	UT_hash_handle hh;
};

struct counting {
	const struct signature *signature;
	int64_t window;
	const struct event **events; /* those that count, by tick */
	const char **texts; /* the capture of each, where distinct ones are counted */
	size_t count;
	struct value *values;
	struct negations *negations;
};

static void collect(struct counting *counting, const struct scope *scope)
{
	const struct signature *signature = counting->signature;

	counting->events = mem_array(counting, const struct event *, scope->count + 1);
	counting->texts = mem_array(counting, const char *, scope->count + 1);
	for (size_t i = 0; i < scope->count; i++) {
		const struct event *event = &scope->events[i];
		const char *text = NULL;

		if (!evaluate_is(event, &signature->uses[0]))
			continue;
		if (signature->distinct != NULL) {
			text = evaluate_capture(counting, event->hit, signature->distinct);
			if (text == NULL)
				text = entry_key(event->hit->entry, signature->distinct);
			if (text == NULL)
				continue;
		}
		counting->texts[counting->count] = text;
		counting->events[counting->count++] = event;
	}
}

static void enter(struct counting *counting, size_t index)
{
	const char *text = counting->texts[index];
	struct value *value = NULL;

	if (text == NULL)
		return;
	HASH_FIND_STR(counting->values, text, value);
	if (value == NULL) {
		value = mem_new(counting, struct value);
		value->text = text;
		HASH_ADD_KEYPTR(hh, counting->values, value->text, strlen(value->text), value);
	}
	value->count++;
}

static void leave(struct counting *counting, size_t index)
{
	const char *text = counting->texts[index];
	struct value *value = NULL;

	if (text == NULL)
		return;
	HASH_FIND_STR(counting->values, text, value);
	if (value != NULL && --value->count == 0) {
		HASH_DEL(counting->values, value);
		talloc_free(value);
	}
}

static void fire(TALLOC_CTX *mem, const struct counting *counting, size_t from, size_t to,
	struct firings *out)
{
	struct part *parts = mem_array(NULL, struct part, to - from);
	struct firing *firing = NULL;
	size_t anchor;

	for (size_t i = from; i < to; i++)
		parts[i - from] =
			(struct part){ counting->events[i], &counting->signature->uses[0] };
	if (!negate_forbids(counting->negations, parts, to - from, &anchor))
		firing = evaluate_fire(mem, out, parts, to - from);
	talloc_free(parts);
	if (firing == NULL)
		return;
	firing->bindings = mem_array(mem, struct binding, 2);
	firing->bindings[0] = (struct binding){ "matched", mem_printf(mem, "%zu", to - from) };
	firing->binding_count = 1;
	if (counting->signature->distinct != NULL)
		firing->bindings[firing->binding_count++] = (struct binding){ "distinct",
			mem_printf(mem, "%u", HASH_COUNT(counting->values)) };
}

static bool is_enough(const struct counting *counting, size_t from, size_t to)
{
	size_t count =
		counting->signature->distinct != NULL ? HASH_COUNT(counting->values) : to - from;

	return count >= counting->signature->at_least && to > from;
}

/* From each entry on, what lies within the window; where that is enough, it is one burst. */
static void slide(TALLOC_CTX *mem, struct counting *counting, struct firings *out)
{
	size_t to = 0;

	for (size_t from = 0; from < counting->count;) {
		int64_t end = evaluate_add(counting->events[from]->tick, counting->window);

		for (; to < counting->count && counting->events[to]->tick <= end; to++)
			enter(counting, to);
		if (is_enough(counting, from, to)) {
			fire(mem, counting, from, to, out);
			for (; from < to; from++)
				leave(counting, from);
		} else {
			leave(counting, from++);
		}
	}
}

void count_evaluate(TALLOC_CTX *mem, const struct signature *signature, const struct scope *scope,
	struct firings *out)
{
	struct counting *counting = mem_new(NULL, struct counting);

	counting->signature = signature;
	counting->window = scope->window;
	counting->negations = negate_new(counting, signature, scope, true);
	collect(counting, scope);
	slide(mem, counting, out);
	HASH_CLEAR(hh, counting->values);
	talloc_free(counting);
}
