/* Edges that lead back to where they began. */
#include "rule/loader.h"

/* Where the walk is: a cause, and which of its edges is next. */
struct step {
	const struct cause *cause;
	size_t next;
};

struct walk {
	const struct rules *rules;
	struct rule_list *problems;
	struct step *path;
	size_t depth;
	size_t *on_path; /* by index of the cause: its place in PATH from 1; 0: not on it */
	bool *done;
};

static void report(struct walk *walk, const struct edge *edge)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	size_t first = walk->on_path[edge->cause->index] - 1;
	const char *text = edge->cause->id;

	/* a long circle is shown by its ends */
	for (size_t i = first + 1; i < walk->depth; i++)
		if (i < first + 5 || i + 3 > walk->depth)
			text = mem_printf(mem, "%s -> %s", text, walk->path[i].cause->id);
		else if (i == first + 5)
			text = mem_printf(mem, "%s -> ...", text);
	rule_error(walk->problems, edge->place, "edges lead in a circle: %s -> %s", text,
		edge->cause->id);
	talloc_free(mem);
}

static void enter(struct walk *walk, const struct cause *cause)
{
	walk->path[walk->depth++] = (struct step){ .cause = cause };
	walk->on_path[cause->index] = walk->depth;
}

/* One edge further, or one cause back. */
static void advance(struct walk *walk)
{
	struct step *step = &walk->path[walk->depth - 1];
	const struct edge *edge;

	if (step->next == step->cause->because_count) {
		walk->on_path[step->cause->index] = 0;
		walk->done[step->cause->index] = true;
		walk->depth--;
		return;
	}
	edge = step->cause->because[step->next++];
	if (walk->on_path[edge->cause->index] > 0)
		report(walk, edge);
	else if (!walk->done[edge->cause->index])
		enter(walk, edge->cause);
}

void rule_circle_lint(const struct rules *rules, struct rule_list *problems)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct walk walk = { .rules = rules, .problems = problems };

	walk.path = mem_array(mem, struct step, rules->cause_count);
	walk.on_path = mem_array(mem, size_t, rules->cause_count);
	walk.done = mem_array(mem, bool, rules->cause_count);
	for (size_t i = 0; i < rules->cause_count; i++) {
		if (walk.done[i])
			continue;
		enter(&walk, &rules->causes[i]->cause);
		while (walk.depth > 0)
			advance(&walk);
	}
	talloc_free(mem);
}
