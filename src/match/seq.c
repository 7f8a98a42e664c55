/* seq: CRE's sequence. One entry advances one step; earlier steps can begin again. */
#include "match/evaluate.h"

/* Adjacent uses of one term are one step that wants several entries. */
struct step {
	const struct use *use;
	size_t wanted;
	struct queue queue; /* each after the last wanted one of the step before */
};

struct sequence {
	struct step *steps;
	size_t count;
	size_t active; /* steps from the first one on that have what they want */
	size_t wanted; /* of all steps together */
	struct part *frame;
	struct negations *negations;
	int64_t window;
};

static struct sequence *sequence_new(
	TALLOC_CTX *mem, const struct signature *signature, const struct scope *scope)
{
	struct sequence *sequence = mem_new(mem, struct sequence);

	sequence->steps = mem_array(sequence, struct step, signature->use_count);
	for (size_t i = 0; i < signature->use_count; i++) {
		const struct use *use = &signature->uses[i];
		struct step *last = &sequence->steps[sequence->count];

		if (sequence->count == 0 || (last - 1)->use->term != use->term) {
			last->use = use;
			sequence->count++;
		} else {
			last--;
		}
		last->wanted += use->count > 0 ? use->count : 1;
		sequence->wanted += use->count > 0 ? use->count : 1;
	}
	sequence->frame = mem_array(sequence, struct part, sequence->wanted);
	sequence->negations = negate_new(sequence, signature, scope, false);
	sequence->window = scope->window;
	return sequence;
}

/* After something was taken away: of each step, only what comes after the one before counts. */
static void settle(struct sequence *sequence)
{
	const struct event *last = NULL;
	size_t i;

	for (i = 0; i < sequence->count; i++) {
		struct step *step = &sequence->steps[i];

		while (last != NULL && step->queue.count > 0 &&
			queue_at(&step->queue, 0)->position <= last->position)
			queue_drop(&step->queue, 1);
		if (step->queue.count < step->wanted)
			break;
		last = queue_at(&step->queue, step->wanted - 1);
	}
	sequence->active = i;
	for (i++; i < sequence->count; i++)
		queue_drop(&sequence->steps[i].queue, sequence->steps[i].queue.count);
}

static void expire(struct sequence *sequence, int64_t now)
{
	struct queue *queue = &sequence->steps[0].queue;
	int64_t oldest = evaluate_add(now, -sequence->window);
	size_t count = 0;

	while (count < queue->count && queue_at(queue, count)->tick < oldest)
		count++;
	if (count > 0) {
		queue_drop(queue, count);
		settle(sequence);
	}
}

static void make_frame(struct sequence *sequence)
{
	size_t count = 0;

	for (size_t i = 0; i < sequence->count; i++)
		for (size_t j = 0; j < sequence->steps[i].wanted; j++)
			sequence->frame[count++] =
				(struct part){ queue_at(&sequence->steps[i].queue, j),
					sequence->steps[i].use };
}

/* Part INDEX of the frame is used up. */
static void use_up(struct sequence *sequence, size_t index)
{
	struct step *step = sequence->steps;

	for (; index >= step->wanted; step++)
		index -= step->wanted;
	queue_remove(&step->queue, index);
}

static void use_up_frame(struct sequence *sequence)
{
	for (size_t i = 0; i < sequence->count; i++)
		queue_drop(&sequence->steps[i].queue, sequence->steps[i].wanted);
}

static void complete(TALLOC_CTX *mem, struct sequence *sequence, struct firings *out)
{
	size_t anchor;

	while (sequence->active == sequence->count) {
		make_frame(sequence);
		if (negate_forbids(
			    sequence->negations, sequence->frame, sequence->wanted, &anchor)) {
			use_up(sequence, anchor);
		} else {
			evaluate_fire(mem, out, sequence->frame, sequence->wanted);
			use_up_frame(sequence);
		}
		settle(sequence);
	}
}

static const struct event *hit_of(const struct event *events, size_t count, const struct step *step)
{
	for (size_t i = 0; i < count; i++)
		if (evaluate_is(&events[i], step->use))
			return &events[i];
	return NULL;
}

/* EVENTS are those of one entry: it is remembered for the steps taken, and may take the next. */
static void advance(struct sequence *sequence, const struct event *events, size_t count)
{
	size_t reached = sequence->active;

	for (size_t i = 0; i <= reached && i < sequence->count; i++) {
		struct step *step = &sequence->steps[i];
		const struct event *event = hit_of(events, count, step);

		if (event != NULL)
			queue_push(sequence, &step->queue, event);
		if (i == reached && step->queue.count >= step->wanted)
			sequence->active++;
	}
}

void seq_evaluate(TALLOC_CTX *mem, const struct signature *signature, const struct scope *scope,
	struct firings *out)
{
	struct sequence *sequence = sequence_new(mem, signature, scope);

	for (size_t i = 0, next; i < scope->count; i = next) {
		for (next = i; next < scope->count &&
			       scope->events[next].position == scope->events[i].position;)
			next++;
		expire(sequence, scope->events[i].tick);
		advance(sequence, &scope->events[i], next - i);
		complete(mem, sequence, out);
	}
	talloc_free(sequence);
}
