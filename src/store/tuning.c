/* Keeping what rules are improved by: errors that none knows, and what each cost. */
#include "store/saving.h"

/* Patterns kept of one run, so that a noisy log cannot fill the disk. */
#define PATTERNS_MAX 1000

static int add_pattern(
	struct saving *saving, size_t n, const struct error_pattern *pattern, struct err *err)
{
	struct sql_value values[] = { sql_integer(saving->run_id), sql_count(n),
		sql_text(pattern->text), sql_null(), sql_count(pattern->count), sql_null() };

	if (saving_test(saving, pattern->test != NULL ? pattern->test->name : NULL, &values[3],
		    err) < 0 ||
		saving_entry(saving, pattern->first, &values[5], err) < 0)
		return -1;
	return sql_run(saving->store, ERROR_PATTERN_ADD, values, err);
}

static int add_cost(struct saving *saving, const struct cost *cost, struct err *err)
{
	struct sql_value values[] = { sql_integer(saving->run_id), sql_null(),
		sql_count(cost->tries), sql_count(cost->bytes), sql_count(cost->limited) };

	if (saving_cause(saving, cost->cause, &values[1], err) < 0)
		return -1;
	return sql_run(saving->store, RULE_COST_ADD, values, err);
}

int tuning_save(struct saving *saving, const struct diagnosis *diagnosis, struct err *err)
{
	for (size_t i = 0; i < diagnosis->error_count && i < PATTERNS_MAX; i++)
		if (add_pattern(saving, i + 1, &diagnosis->errors[i], err) < 0)
			return err_wrap(err, "error pattern %zu", i + 1);
	for (size_t i = 0; i < diagnosis->cost_count; i++)
		if (add_cost(saving, &diagnosis->costs[i], err) < 0)
			return err_wrap(err, "the cost of %s", diagnosis->costs[i].cause->id);
	return 0;
}
