/* absent: after an entry, others that had to come did not. Asserted only over data read whole. */
#include "match/absent.h"

#include <string.h>

static struct lane *lanes_of(
	TALLOC_CTX *mem, const struct use *uses, size_t count, const struct scope *scope)
{
	struct lane *lanes = mem_array(mem, struct lane, count);

	for (size_t i = 0; i < count; i++) {
		lanes[i].use = &uses[i];
		for (size_t j = 0; j < scope->count; j++)
			if (evaluate_is(&scope->events[j], &uses[i]))
				queue_push(lanes, &lanes[i].queue, &scope->events[j]);
	}
	return lanes;
}

static bool is_timed(const struct event *event)
{
	return event->hit->clock != TIME_NONE;
}

/* Can it be told which of the two came first? */
static bool is_comparable(const struct event *left, const struct event *right)
{
	return left->hit->stream == right->hit->stream || is_timed(left) == is_timed(right);
}

static bool is_line_window(const struct wait *wait)
{
	return wait->signature->within.unit == WINDOW_LINES;
}

/* The deadline of lines counts within the source of the "after" entry only. */
static bool is_past(const struct wait *wait, const struct event *event)
{
	const struct hit *after = wait->after->hit, *hit = event->hit;
	uint64_t distance;

	if (is_line_window(wait)) {
		distance = hit->entry->line > after->entry->line
				   ? hit->entry->line - after->entry->line
				   : after->entry->line - hit->entry->line;
		return hit->stream != after->stream ||
		       distance > (uint64_t)wait->signature->within.amount;
	}
	return wait->deadline != INT64_MAX && is_timed(event) && hit->clock > wait->deadline;
}

static size_t first_behind(const struct queue *queue, size_t position)
{
	size_t low = 0, high = queue->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (queue_at(queue, middle)->position <= position)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

/*
 * The first event of LANE that came after, in time, and not behind LAST. An event of which nobody
 * can tell whether it came later is taken for it unless SURE: what may have come is not absent.
 */
static const struct event *find(
	const struct wait *wait, const struct lane *lane, size_t last, bool sure)
{
	const struct queue *queue = &lane->queue;
	size_t start = first_behind(queue, wait->after->position);

	if (!sure && queue->count > 0 && !is_comparable(wait->after, queue_at(queue, 0)))
		return queue_at(queue, 0);
	for (size_t i = start; i < queue->count; i++) {
		const struct event *event = queue_at(queue, i);
		bool comparable = is_comparable(wait->after, event);

		if (!comparable && !sure)
			return event;
		if (event->position > last || (comparable && is_past(wait, event)))
			return NULL;
		if (comparable)
			return event;
	}
	return NULL;
}

static void follow(struct wait *wait)
{
	const struct signature *signature = wait->signature;
	size_t last = SIZE_MAX;

	for (size_t i = 0; i < signature->until_count; i++) {
		const struct event *event = find(wait, &wait->lanes->until[i], last, true);

		if (event != NULL) {
			wait->until = event;
			last = event->position;
		}
	}
	for (size_t i = 0; i < signature->expected_count && i < ABSENT_STAGES; i++)
		wait->seen[i] = find(wait, &wait->lanes->expected[i], last, false);
}

const struct event *absent_cancelled(const struct wait *wait, size_t unless)
{
	size_t last = wait->until != NULL ? wait->until->position : SIZE_MAX;

	return find(wait, &wait->lanes->unless[unless], last, false);
}

static bool is_cancelled(const struct wait *wait)
{
	for (size_t i = 0; i < wait->signature->unless_count; i++)
		if (absent_cancelled(wait, i) != NULL)
			return true;
	return false;
}

/* Is the scope a test that came to a verdict, so that nothing of it can follow? */
static bool has_verdict(const struct event *event)
{
	return entry_key(event->hit->entry, "test") != NULL;
}

/* The time up to which nothing may have been missed; TIME_NONE: none is known. */
static int64_t wait_end(const struct wait *wait)
{
	if (wait->until != NULL && is_timed(wait->until))
		return wait->until->hit->clock;
	return wait->deadline != INT64_MAX ? wait->deadline : TIME_NONE;
}

static bool is_whole(const struct wait *wait)
{
	const struct run *run = wait->scope->run;
	const struct source_info *source = wait->after->hit->entry->source;

	/* the output of a test is all in its own source, whatever is missing of others */
	if (has_verdict(wait->after))
		return source == NULL || !source->truncated || wait->until != NULL;
	return run_was_read(run, wait->after->hit->clock, wait_end(wait));
}

/* Was something read at or after the deadline, so that what was due would have been read? */
static bool is_covered(const struct wait *wait)
{
	const struct stream *stream = wait->after->hit->stream;

	if (wait->until != NULL)
		return true;
	if (is_line_window(wait))
		return wait->after->hit->entry->order < stream->last_order;
	if (wait->deadline != INT64_MAX)
		return (stream->newest != TIME_NONE && stream->newest >= wait->deadline) ||
		       (stream->source != NULL && stream->source->read_to > wait->deadline);
	return has_verdict(wait->after) || wait->after->hit->entry->order != stream->last_order ||
	       wait->scope->run->source_count > 1;
}

const char *absent_doubt(const struct wait *wait)
{
	const struct signature *signature = wait->signature;
	const char *blind =
		evaluate_blind(wait->scope, signature->expected, signature->expected_count);

	if (blind == NULL)
		blind = evaluate_blind(wait->scope, signature->unless, signature->unless_count);
	if (blind != NULL)
		return blind;
	if (!is_whole(wait))
		return "the data were not read whole, so nothing can be said to be absent";
	if (!is_covered(wait))
		return wait->deadline != INT64_MAX
			       ? "the data end before the deadline"
			       : "the data end with the entry after which others were expected";
	return NULL;
}

size_t absent_missing(const struct wait *wait)
{
	size_t missing = 0;

	for (size_t i = 0; i < wait->signature->expected_count && i < ABSENT_STAGES; i++)
		missing += wait->seen[i] == NULL;
	return missing;
}

/* The names of the stages that were seen, in their order: "a, b and c". */
static const char *names_seen(TALLOC_CTX *mem, const struct wait *wait)
{
	char *text = mem_strdup(mem, "");
	const char *last = NULL;

	for (size_t i = 0; i < wait->signature->expected_count && i < ABSENT_STAGES; i++) {
		if (wait->seen[i] == NULL)
			continue;
		if (last != NULL)
			text = mem_printf(mem, "%s%s%s", text, *text != '\0' ? ", " : "", last);
		last = wait->signature->expected[i].name;
	}
	if (last == NULL)
		return "nothing";
	return *text != '\0' ? mem_printf(mem, "%s and %s", text, last) : last;
}

static void bind(TALLOC_CTX *mem, const struct wait *wait, struct firing *firing)
{
	const struct signature *signature = wait->signature;
	const char *reached = "nothing", *missing = NULL;

	for (size_t i = 0; i < signature->expected_count && i < ABSENT_STAGES; i++)
		if (wait->seen[i] != NULL)
			reached = signature->expected[i].name;
		else if (missing == NULL)
			missing = signature->expected[i].name;
	firing->bindings = mem_array(mem, struct binding, 5);
	firing->bindings[0] = (struct binding){ "seen", names_seen(mem, wait) };
	firing->bindings[1] = (struct binding){ "reached", reached };
	firing->bindings[2] = (struct binding){ "missing", missing };
	firing->bindings[3] =
		(struct binding){ "missing_count", mem_printf(mem, "%zu", absent_missing(wait)) };
	firing->bindings[4] = (struct binding){ "stage_count",
		mem_printf(mem, "%zu", signature->expected_count) };
	firing->binding_count = 5;
}

/* The evidence of an absence: what came before it, what came instead, and what ended the wait. */
static void fire(TALLOC_CTX *mem, const struct wait *wait, struct firings *out)
{
	const struct signature *signature = wait->signature;
	struct part parts[ABSENT_STAGES + 2] = { { wait->after, &signature->uses[0] } };
	struct firing *firing;
	size_t count = 1;

	for (size_t i = 0; i < signature->expected_count && i < ABSENT_STAGES; i++)
		if (wait->seen[i] != NULL)
			parts[count++] = (struct part){ wait->seen[i], &signature->expected[i] };
	for (size_t i = 0; i < signature->until_count && wait->until != NULL; i++)
		if (evaluate_is(wait->until, &signature->until[i])) {
			parts[count++] = (struct part){ wait->until, &signature->until[i] };
			break;
		}
	firing = evaluate_fire(mem, out, parts, count);
	firing->absence = true;
	firing->reason = absent_doubt(wait);
	bind(mem, wait, firing);
}

bool absent_is(const struct wait *wait)
{
	size_t missing = absent_missing(wait);

	/* of "none_of" one is enough to say that something came */
	if (wait->signature->staged ? missing == 0 : missing < wait->signature->expected_count)
		return false;
	return !is_cancelled(wait);
}

void absent_each(const struct signature *signature, const struct scope *scope, absent_visit *visit,
	void *context)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	const struct lanes lanes = {
		lanes_of(scratch, signature->expected, signature->expected_count, scope),
		lanes_of(scratch, signature->until, signature->until_count, scope),
		lanes_of(scratch, signature->unless, signature->unless_count, scope),
	};

	for (size_t i = 0; i < scope->count; i++) {
		struct wait wait = { signature, scope, &lanes, &scope->events[i], INT64_MAX, NULL,
			{ NULL } };

		if (!evaluate_is(wait.after, &signature->uses[0]))
			continue;
		if (signature->within.unit == WINDOW_TIME && is_timed(wait.after))
			wait.deadline =
				evaluate_add(wait.after->hit->clock, signature->within.amount);
		follow(&wait);
		visit(context, &wait);
	}
	talloc_free(scratch);
}

/* What firing needs beside the wait. */
struct output {
	TALLOC_CTX *mem;
	struct firings *out;
};

static void fire_if_absent(void *context, const struct wait *wait)
{
	struct output *output = context;

	if (absent_is(wait))
		fire(output->mem, wait, output->out);
}

void absent_evaluate(TALLOC_CTX *mem, const struct signature *signature, const struct scope *scope,
	struct firings *out)
{
	struct output output = { mem, out };

	absent_each(signature, scope, fire_if_absent, &output);
}
