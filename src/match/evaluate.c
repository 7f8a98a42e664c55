/* Signatures: which evaluator a kind has, and what its windows are measured in. */
#include "match/evaluate.h"

#include <stdlib.h>
#include <string.h>

int64_t evaluate_add(int64_t left, int64_t right)
{
	int64_t sum;

	if (__builtin_add_overflow(left, right, &sum))
		return right > 0 ? INT64_MAX : INT64_MIN;
	return sum;
}

bool evaluate_is(const struct event *event, const struct use *use)
{
	return event->hit->term == use->term;
}

char *evaluate_capture(TALLOC_CTX *mem, const struct hit *hit, const char *name)
{
	const struct pattern *pattern = hit->pattern;

	for (size_t i = 0; i < pattern->name_count && hit->groups != NULL; i++)
		if (strcmp(pattern->names[i], name) == 0 && hit->groups[i].start != PATTERN_UNSET)
			return mem_strndup(mem, hit->entry->text + hit->groups[i].start,
				hit->groups[i].end - hit->groups[i].start);
	return NULL;
}

const char *evaluate_blind(const struct scope *scope, const struct use *uses, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (pattern_is_blind(&scope->patterns[uses[i].term->index]))
			return "a regex ran out of its match limit, so what it is to find may "
			       "have been passed over";
	return NULL;
}

struct firing *evaluate_fire(
	TALLOC_CTX *mem, struct firings *out, const struct part *parts, size_t count)
{
	struct firing *firing;

	out->items = mem_grow(mem, out->items, out->count, sizeof(*out->items));
	firing = &out->items[out->count];
	*firing = (struct firing){ .count = count, .serial = out->count };
	firing->parts = mem_array(mem, struct part, count);
	memcpy(firing->parts, parts, count * sizeof(*parts));
	out->count++;
	return firing;
}

/* How a kind of signature is evaluated. */
struct kind {
	evaluator *evaluate;
	bool splits; /* its window is measured in the events of one clock */
	bool negates; /* it knows "not" itself */
};

static const struct kind kinds[] = {
	[SIGN_MATCH] = { match_evaluate, true, true },
	[SIGN_ALL] = { all_evaluate, true, true },
	[SIGN_SEQ] = { seq_evaluate, true, true },
	[SIGN_ANY] = { any_evaluate, false, false },
	[SIGN_COUNT] = { count_evaluate, true, true },
	[SIGN_ABSENT] = { absent_evaluate, false, false },
};

/* A pass of an evaluator over some of a scope's events. */
struct pass {
	TALLOC_CTX *mem;
	const struct signature *signature;
	const struct scope *scope;
	struct event *events; /* chosen */
	size_t count;
	struct firings *out;
};

static int by_tick(const void *left, const void *right)
{
	const struct event *a = left, *b = right;

	if (a->tick != b->tick)
		return a->tick < b->tick ? -1 : 1;
	return (a->position > b->position) - (a->position < b->position);
}

static void run_pass(struct pass *pass, int64_t window)
{
	struct scope scope = { pass->scope->run, pass->events, pass->count, window,
		pass->scope->patterns, pass->scope->told };

	if (pass->count == 0)
		return;
	qsort(pass->events, pass->count, sizeof(pass->events[0]), by_tick);
	kinds[pass->signature->kind].evaluate(pass->mem, pass->signature, &scope, pass->out);
}

/* Parts point to these events, so every pass has its own. */
static void begin_pass(struct pass *pass)
{
	pass->events = mem_array(pass->mem, struct event, pass->scope->count);
	pass->count = 0;
}

static bool is_timed(const struct event *event)
{
	return event->hit->clock != TIME_NONE;
}

static void choose_timed(struct pass *pass)
{
	begin_pass(pass);
	for (size_t i = 0; i < pass->scope->count; i++)
		if (is_timed(&pass->scope->events[i])) {
			pass->events[pass->count] = pass->scope->events[i];
			pass->events[pass->count++].tick = pass->scope->events[i].hit->clock;
		}
}

/* Sources whose events were chosen already are passed over, by the order of their first event. */
static bool is_first_of_stream(const struct pass *pass, size_t index, bool untimed)
{
	const struct event *events = pass->scope->events;

	if (untimed && is_timed(&events[index]))
		return false;
	for (size_t i = 0; i < index; i++)
		if (events[i].hit->stream == events[index].hit->stream &&
			!(untimed && is_timed(&events[i])))
			return false;
	return true;
}

static int64_t line_of(const struct hit *hit)
{
	int64_t line = hit->entry->line > INT64_MAX ? INT64_MAX : (int64_t)hit->entry->line;

	/* newest first: later entries stand on earlier lines */
	return hit->stream->falling > hit->stream->rising ? -line : line;
}

/* The events of one source; their ticks are lines, or else their places. */
static void choose_stream(struct pass *pass, const struct stream *stream, bool lines)
{
	begin_pass(pass);
	for (size_t i = 0; i < pass->scope->count; i++) {
		const struct event *event = &pass->scope->events[i];

		if (event->hit->stream != stream || (!lines && is_timed(event)))
			continue;
		pass->events[pass->count] = *event;
		pass->events[pass->count++].tick =
			lines ? line_of(event->hit) : (int64_t)event->position;
	}
}

/* Order alone: time where all have one, else places. */
static void choose_all(struct pass *pass)
{
	bool timed = true;

	begin_pass(pass);
	pass->count = pass->scope->count;
	for (size_t i = 0; i < pass->count; i++)
		timed = timed && is_timed(&pass->scope->events[i]);
	for (size_t i = 0; i < pass->count; i++) {
		pass->events[i] = pass->scope->events[i];
		pass->events[i].tick =
			timed ? pass->events[i].hit->clock : (int64_t)pass->events[i].position;
	}
}

/*
 * A duration holds between entries that have times; inside one source without times it cannot be
 * checked and holds by order; between such a source and others it does not hold.
 */
static void split(struct pass *pass)
{
	const struct window *within = &pass->signature->within;
	bool lines = within->unit == WINDOW_LINES;

	if (within->unit != WINDOW_TIME && !lines) {
		choose_all(pass);
		run_pass(pass, INT64_MAX);
		return;
	}
	if (!lines) {
		choose_timed(pass);
		run_pass(pass, within->amount);
	}
	for (size_t i = 0; i < pass->scope->count; i++)
		if (is_first_of_stream(pass, i, !lines)) {
			choose_stream(pass, pass->scope->events[i].hit->stream, lines);
			run_pass(pass, lines ? within->amount : INT64_MAX);
		}
}

static void filter_negated(TALLOC_CTX *scratch, const struct signature *signature,
	const struct scope *scope, struct firings *out, size_t from)
{
	struct negations *negations = negate_new(scratch, signature, scope, true);
	size_t kept = from, anchor;

	for (size_t i = from; i < out->count; i++)
		if (!negate_forbids(negations, out->items[i].parts, out->items[i].count, &anchor))
			out->items[kept++] = out->items[i];
	out->count = kept;
	talloc_free(negations);
}

/* What is negated may be there where its pattern did not see every entry. */
static void doubt_negated(const struct signature *signature, const struct scope *scope,
	struct firings *out, size_t from)
{
	const char *doubt = NULL;

	for (size_t i = 0; i < signature->not_count && doubt == NULL; i++)
		doubt = evaluate_blind(scope, &signature->nots[i].use, 1);
	for (size_t i = from; i < out->count && doubt != NULL; i++)
		if (out->items[i].reason == NULL)
			out->items[i].reason = doubt;
}

void evaluate_signature(TALLOC_CTX *mem, const struct signature *signature,
	const struct scope *scope, struct firings *out)
{
	const struct kind *kind = &kinds[signature->kind];
	struct pass pass = { mem, signature, scope, NULL, 0, out };
	size_t from = out->count;

	if (scope->count == 0)
		return;
	if (kind->splits)
		split(&pass);
	else
		kind->evaluate(mem, signature, scope, out);
	if (!kind->negates && signature->not_count > 0)
		filter_negated(mem, signature, scope, out, from);
	doubt_negated(signature, scope, out, from);
}
