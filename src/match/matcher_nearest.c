/* For a failure that nothing explains: which cause came nearest, and what it lacked. */
#include "match/matcher.h"

#include <string.h>

#include "match/shortfall.h"
#include "match/uses.h"

/* How near a cause came on the entries of one test or of its sources. */
struct near {
	const struct matcher *matcher;
	const struct test *test;
	size_t wanted, seen; /* positive uses, and those of them with a hit */
	bool own; /* a hit lies on the test's own entries */
	const struct use *unseen; /* the first positive use without a hit */
	const struct use *forbidden; /* a negated use with a hit */
};

static const struct test *canonical(const struct test *test)
{
	while (test != NULL && test->same_as != NULL)
		test = test->same_as;
	return test;
}

static void look(void *context, const struct use *use, enum role role)
{
	struct near *near = context;
	bool seen = false;
	const struct hit *hits;
	size_t count;

	if (role != ROLE_POSITIVE && role != ROLE_NOT)
		return;
	hits = hits_of(near->matcher->hits, use->term->index, &count, NULL);
	for (size_t i = 0; i < count; i++) {
		bool own = canonical(hits[i].entry->test) == near->test;

		seen = seen || own || hits[i].entry->source == near->test->source;
		if (role == ROLE_POSITIVE && own)
			near->own = true;
	}
	if (role == ROLE_NOT) {
		if (seen)
			near->forbidden = use;
		return;
	}
	near->wanted++;
	near->seen += seen;
	if (!seen && near->unseen == NULL)
		near->unseen = use;
}

/* A greater share of its terms, then more of them, then more literal characters, then the id. */
static bool is_nearer(const struct near *a, const struct cause *cause, const struct near *b,
	const struct cause *other)
{
	size_t left = a->seen * b->wanted, right = b->seen * a->wanted;

	if (a->own != b->own)
		return a->own;
	if (left != right)
		return left > right;
	if (a->seen != b->seen)
		return a->seen > b->seen;
	if (cause->specificity != other->specificity)
		return cause->specificity > other->specificity;
	return strcmp(cause->id, other->id) < 0;
}

static char *shortened(TALLOC_CTX *mem, const struct use *use)
{
	size_t length = strlen(use->name), cut = utf8_cut(use->name, length, 80);

	return mem_printf(mem, "%.*s%s", (int)cut, use->name, cut < length ? "..." : "");
}

static const char *window_text(const struct window *window, char buffer[WHEN_TEXT])
{
	if (window->unit != WINDOW_LINES)
		return when_format_duration(window->amount, buffer);
	snprintf(buffer, WHEN_TEXT, "%lld lines", (long long)window->amount);
	return buffer;
}

static const char *apart(TALLOC_CTX *mem, const struct window *within, const struct firing *firing)
{
	const struct hit *first = firing->parts[0].event->hit;
	const struct hit *last = firing->parts[firing->count - 1].event->hit;
	char wanted[WHEN_TEXT], found[WHEN_TEXT];

	window_text(within, wanted);
	if (within->unit != WINDOW_TIME || first->entry->time == TIME_NONE ||
		last->entry->time == TIME_NONE)
		return mem_printf(mem, "its terms were seen, but not within %s", wanted);
	when_format_duration(when_difference(last->entry->time, first->entry->time), found);
	return mem_printf(mem, "within %s: %s apart", wanted, found[0] == '-' ? found + 1 : found);
}

/* The group that came nearest: the first of those that lack the least. */
static struct shortfall least(TALLOC_CTX *mem, const struct matcher *matcher,
	const struct cause *cause, const struct groups *groups)
{
	static const struct run unread = { .complete = false };
	struct shortfall best = { .kind = SHORTFALL_MISSING }, found;

	for (size_t i = 0; i < groups->count; i++) {
		struct scope scope = { &unread, groups->items[i]->events, groups->items[i]->count,
			INT64_MAX, matcher->patterns, NULL };

		shortfall_find(mem, cause->when, &scope, &found);
		if (found.kind < best.kind)
			best = found;
	}
	return best;
}

/* Every term was seen: it must be a key, a negation, the window, the order or the count. */
static const char *clause(TALLOC_CTX *mem, const struct matcher *matcher, const struct cause *cause,
	const struct near *near)
{
	struct shortfall shortfall;
	struct groups groups;

	gather_groups(mem, cause, matcher->hits, &groups);
	if (groups.count == 0)
		return groups.lacks != NULL ? mem_printf(mem, "group key %s missing", groups.lacks)
					    : "a condition of `where` did not hold";
	shortfall = least(mem, matcher, cause, &groups);
	if (shortfall.kind == SHORTFALL_NOT)
		return near->forbidden != NULL ? mem_printf(mem, "`not` term \"%s\" was seen",
							 shortened(mem, near->forbidden))
					       : "a `not` term was seen";
	if (shortfall.kind == SHORTFALL_WINDOW)
		return apart(mem, &cause->when->within, &shortfall.frame);
	if (cause->when->kind == SIGN_COUNT)
		return mem_printf(mem, "fewer than %u were seen", cause->when->at_least);
	if (shortfall.kind == SHORTFALL_ORDER)
		return "its terms were seen, but not in that order";
	return groups.lacks != NULL ? mem_printf(mem, "group key %s missing", groups.lacks)
				    : "its terms were seen, but not often enough in one group";
}

/* An absence is near only where it was waited for, and then nothing was missing. */
static bool is_candidate(const struct matcher *matcher, const struct cause *cause)
{
	return cause->when != NULL && !matcher->fired[cause->index] && !cause->retired &&
	       cause->when->kind != SIGN_ABSENT && cause->when->kind != SIGN_ANY;
}

const struct cause *matcher_nearest(TALLOC_CTX *mem, const struct matcher *matcher,
	const struct test *test, const char **because)
{
	const struct cause *best = NULL;
	struct near nearest = { .wanted = 1 };

	for (size_t i = 0; i < rules_cause_count(matcher->rules); i++) {
		const struct cause *cause = rules_cause(matcher->rules, i);
		struct near near = { .matcher = matcher, .test = canonical(test) };

		if (!is_candidate(matcher, cause))
			continue;
		uses_each(cause->when, look, &near);
		if (near.seen == 0 || near.wanted == 0)
			continue;
		if (best == NULL || is_nearer(&near, cause, &nearest, best)) {
			best = cause;
			nearest = near;
		}
	}
	if (best == NULL)
		return NULL;
	*because = nearest.unseen != NULL ? mem_printf(mem, "term \"%s\" was never seen",
						    shortened(mem, nearest.unseen))
					  : clause(mem, matcher, best, &nearest);
	return best;
}
