/* What the tests of rules share: loading a text, looking for a problem. */
#ifndef RULE_HELP_H
#define RULE_HELP_H

#include <string.h>

#include "rule/rule.h"
#include "unit/test.h"

struct loaded {
	TALLOC_CTX *mem;
	struct rules *rules;
	struct rule_problems problems;
	struct err err;
	int result;
};

static inline struct loaded load_text(const char *text)
{
	struct loaded loaded = { .mem = talloc_new(NULL) };

	loaded.result = rules_load_text(loaded.mem, "r.yaml", text, strlen(text), &loaded.rules,
		&loaded.problems, &loaded.err);
	return loaded;
}

/* A file with one cause whose further lines are TEXT. */
static inline struct loaded load_cause(const char *text)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct loaded loaded = load_text(mem_printf(mem, "causes:\n  - id: a.one\n%s\n", text));

	talloc_free(mem);
	return loaded;
}

static inline const struct rule_problem *find_problem(const struct loaded *loaded, const char *text)
{
	for (size_t i = 0; i < loaded->problems.count; i++)
		if (strstr(loaded->problems.items[i].text, text) != NULL)
			return &loaded->problems.items[i];
	return NULL;
}

static inline void print_problems(const struct loaded *loaded)
{
	for (size_t i = 0; i < loaded->problems.count; i++)
		print_message("# %u:%u: %s\n", loaded->problems.items[i].place.line,
			loaded->problems.items[i].place.column, loaded->problems.items[i].text);
}

/* The only cause of a text that must load. */
static inline const struct cause *the_cause(const struct loaded *loaded)
{
	if (loaded->result < 0)
		print_problems(loaded);
	assert_int_equal(loaded->result, 0);
	return rules_cause(loaded->rules, 0);
}

static inline void must_say(const struct loaded *loaded, const char *text)
{
	if (find_problem(loaded, text) == NULL) {
		print_problems(loaded);
		fail_msg("no problem says \"%s\"", text);
	}
}

#endif
