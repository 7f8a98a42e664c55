/* Keeping what no chain explains: failing tests without one, and errors without a finding. */
#include "store/saving.h"

static int add_evidence(
	struct saving *saving, size_t n, const struct undiagnosed *undiagnosed, struct err *err)
{
	for (size_t i = 0; i < undiagnosed->evidence_count; i++) {
		const struct evidence *evidence = undiagnosed->evidence[i];
		const struct sql_value values[] = { sql_integer(saving->run_id), sql_count(n),
			sql_count(i + 1), sql_integer(evidence->number) };

		if (findings_quote(saving, evidence, err) < 0 ||
			sql_run(saving->store, UNDIAGNOSED_EVIDENCE_ADD, values, err) < 0)
			return -1;
	}
	return 0;
}

static int add_undiagnosed(
	struct saving *saving, size_t n, const struct undiagnosed *undiagnosed, struct err *err)
{
	const char *test = undiagnosed->test != NULL ? undiagnosed->test->name : NULL;
	struct sql_value values[] = { sql_integer(saving->run_id), sql_count(n), sql_null(),
		sql_text(undiagnosed->first_error), sql_text(undiagnosed->newest_error),
		sql_text(undiagnosed->pattern), sql_null(), sql_text(undiagnosed->missed_because) };

	if (saving_test(saving, test, &values[2], err) < 0 ||
		saving_cause(saving, undiagnosed->nearest, &values[6], err) < 0 ||
		sql_run(saving->store, UNDIAGNOSED_ADD, values, err) < 0)
		return -1;
	return add_evidence(saving, n, undiagnosed, err);
}

static int add_unexplained(
	struct saving *saving, size_t n, const struct unexplained *unexplained, struct err *err)
{
	const struct sql_value values[] = { sql_integer(saving->run_id), sql_count(n),
		sql_text(unexplained->pattern), sql_count(unexplained->count),
		sql_integer(unexplained->evidence->number) };

	if (findings_quote(saving, unexplained->evidence, err) < 0)
		return -1;
	return sql_run(saving->store, UNEXPLAINED_ADD, values, err);
}

int unexplained_save(struct saving *saving, const struct diagnosis *diagnosis, struct err *err)
{
	for (size_t i = 0; i < diagnosis->undiagnosed_count; i++)
		if (add_undiagnosed(saving, i + 1, diagnosis->undiagnosed[i], err) < 0)
			return err_wrap(err, "undiagnosed test %zu", i + 1);
	for (size_t i = 0; i < diagnosis->unexplained_count; i++)
		if (add_unexplained(saving, i + 1, &diagnosis->unexplained[i], err) < 0)
			return err_wrap(err, "unexplained error %zu", i + 1);
	return 0;
}
