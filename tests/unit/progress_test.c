/* Progress: what is written where. */
#include <stdlib.h>
#include <string.h>

#include "base/base.h"
#include "unit/test.h"

/* What a step of two phases writes. */
static char *written(TALLOC_CTX *mem, enum progress_kind kind)
{
	char *text = NULL, *copy;
	size_t length = 0;
	FILE *stream = open_memstream(&text, &length);
	struct progress *progress = progress_new(mem, stream, kind);

	progress_phase(progress, "reading");
	for (uint64_t i = 0; i < 5000; i++)
		progress_show(progress, i * 1000000, i);
	progress_phase(progress, "matching");
	talloc_free(progress);
	fclose(stream);
	copy = mem_strdup(mem, text);
	free(text);
	return copy;
}

static void nothing_is_written_where_nobody_looks(void **state)
{
	char *text = written(NULL, PROGRESS_NONE);

	(void)state;
	assert_string_equal(text, "");
	talloc_free(text);
}

static void ci_gets_one_line_a_phase(void **state)
{
	char *text = written(NULL, PROGRESS_PHASES);

	(void)state;
	assert_string_equal(text, "fivewhys: reading\nfivewhys: matching\n");
	talloc_free(text);
}

static void a_terminal_gets_one_line_that_is_gone_at_the_end(void **state)
{
	char *text = written(NULL, PROGRESS_LINE);

	(void)state;
	assert_null(strchr(text, '\n'));
	assert_non_null(strstr(text, "\rreading: 0.0 MB, 0 entries\033[K"));
	assert_string_equal(text + strlen(text) - 4, "\r\033[K");
	talloc_free(text);
}

static void ci_is_told_by_its_variable_and_a_file_is_no_terminal(void **state)
{
	FILE *file = tmpfile();

	(void)state;
	assert_non_null(file);
	unsetenv("CI");
	assert_int_equal(progress_kind_of(file), PROGRESS_NONE);
	setenv("CI", "true", 1);
	assert_int_equal(progress_kind_of(file), PROGRESS_PHASES);
	setenv("CI", "false", 1);
	assert_int_equal(progress_kind_of(file), PROGRESS_NONE);
	fclose(file);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(nothing_is_written_where_nobody_looks),
		cmocka_unit_test(ci_gets_one_line_a_phase),
		cmocka_unit_test(a_terminal_gets_one_line_that_is_gone_at_the_end),
		cmocka_unit_test(ci_is_told_by_its_variable_and_a_file_is_no_terminal),
	};

	return cmocka_run_group_tests_name("progress", tests, NULL, NULL);
}
