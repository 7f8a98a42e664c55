/* Stage 2, inside: signatures over the hits of one cause in one group. */
#ifndef MATCH_EVALUATE_H
#define MATCH_EVALUATE_H

#include "match/hits.h"

/* One hit in its place: events are sorted, and all of one entry have one position. */
struct event {
	const struct hit *hit;
	size_t position;
	int64_t tick; /* what windows are measured in: nanoseconds, lines, or positions */
};

/* What a signature is evaluated over. */
struct scope {
	const struct run *run;
	const struct event *events;
	size_t count;
	int64_t window; /* in ticks; INT64_MAX: no bound */
	const struct pattern *patterns; /* by index of term */
	struct forbidden *told; /* where the first entry that forbids is told; NULL: nobody asks */
};

/* A negated entry in the forbidden interval of a frame. */
struct forbidden {
	const struct negation *negation; /* NULL: there was none */
	const struct event *event, *anchor;
	int64_t from, to; /* ticks */
};

/* A piece of evidence and what it stands for. */
struct part {
	const struct event *event;
	const struct use *use;
};

struct firing {
	struct part *parts; /* at least one */
	size_t count;
	struct binding *bindings; /* beyond the captures of its parts */
	size_t binding_count;
	const char *reason; /* why it is inconclusive; NULL: it fired */
	size_t serial; /* in the order of evaluation */
	bool absence;
};

struct firings {
	struct firing *items;
	size_t count;
};

typedef void evaluator(TALLOC_CTX *mem, const struct signature *signature,
	const struct scope *scope, struct firings *out);

/* Append the firings of SIGNATURE in SCOPE to OUT, by place; all is owned by MEM. */
evaluator evaluate_signature;
/* Of each kind; the window of SCOPE is that of SIGNATURE. */
evaluator match_evaluate, all_evaluate, seq_evaluate, any_evaluate, count_evaluate, absent_evaluate;

/* Add a firing with COUNT parts, which are copied. */
struct firing *evaluate_fire(
	TALLOC_CTX *mem, struct firings *out, const struct part *parts, size_t count);
/* The value of a named group of the hit, owned by MEM; NULL: it has none, or it took no part. */
char *evaluate_capture(TALLOC_CTX *mem, const struct hit *hit, const char *name);
bool evaluate_is(const struct event *event, const struct use *use);
/* Why an absence of USES cannot be asserted, in words; NULL: their patterns saw every entry. */
const char *evaluate_blind(const struct scope *scope, const struct use *uses, size_t count);
/* Sums and differences that stop at the ends of int64. */
int64_t evaluate_add(int64_t left, int64_t right);

/* queue: events that wait for others. */
struct queue {
	const struct event **items;
	size_t head, count; /* COUNT events from HEAD on */
};
void queue_push(TALLOC_CTX *mem, struct queue *queue, const struct event *event);
const struct event *queue_at(const struct queue *queue, size_t index);
void queue_remove(struct queue *queue, size_t index);
void queue_drop(struct queue *queue, size_t count); /* the first ones */

/* negate: CRE's forbidden intervals. */
struct negations;
/* LOOK_BACK: negated entries before the first part of a frame may count. */
struct negations *negate_new(TALLOC_CTX *mem, const struct signature *signature,
	const struct scope *scope, bool look_back);
/*
 * Does a negated entry lie in a forbidden interval of the frame PARTS? Then *ANCHOR is the part that
 * the interval hangs on.
 */
bool negate_forbids(
	const struct negations *negations, const struct part *parts, size_t count, size_t *anchor);

#endif
