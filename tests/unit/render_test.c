/* Pages, byte for byte, and what no page may ever do. */
#include "render/render.h"

#include <stdlib.h>
#include <string.h>

#include "unit/render_sample.h"
#include "unit/test.h"

static const char *top(void)
{
	const char *folder = getenv("TOP_SRCDIR");

	return folder != NULL ? folder : ".";
}

static char *page_of(TALLOC_CTX *mem, const struct diagnosis *diagnosis, enum render_format format)
{
	const char *folders[] = { path_join(mem, top(), "templates"), NULL };
	const struct render_options options = { .folders = folders,
		.command = "fivewhys triage tests.txt cloud.json",
		.report = "report.html",
		.mermaid = true };
	struct err err = { 0 };
	size_t length = 0;
	char *out = NULL;

	if (render(mem, diagnosis, format, &options, &out, &length, &err) < 0)
		fail_msg("%s", err.text);
	assert_int_equal(strlen(out), length);
	return out;
}

/* With UPDATE_GOLDEN in the environment the files are written instead of compared. */
static void assert_golden(struct diagnosis *diagnosis, const char *name, enum render_format format)
{
	char *path = mem_printf(
		diagnosis, "%s/tests/unit/render/%s.%s", top(), name, render_format_name(format));
	char *page = page_of(diagnosis, diagnosis, format), *wanted;
	struct err err = { 0 };
	size_t length;

	if (getenv("UPDATE_GOLDEN") != NULL) {
		FILE *file = fopen(path, "w");

		assert_non_null(file);
		fputs(page, file);
		assert_int_equal(fclose(file), 0);
	}
	if (path_read(diagnosis, path, 1U << 20, &wanted, &length, &err) < 0)
		fail_msg("%s", err.text);
	assert_string_equal(page, wanted);
}

static void assert_pages(struct diagnosis *diagnosis, const char *name)
{
	for (enum render_format format = 0; format < RENDER_FORMAT_COUNT; format++)
		assert_golden(diagnosis, name, format);
	talloc_free(diagnosis);
}

static void a_whole_diagnosis_is_shown_in_all_formats(void **state)
{
	(void)state;
	assert_pages(sample_full(NULL), "full");
}

static void several_incidents_are_shown_in_all_formats(void **state)
{
	(void)state;
	assert_pages(sample_several(NULL), "several");
}

static void a_failure_without_a_rule_is_shown_in_all_formats(void **state)
{
	(void)state;
	assert_pages(sample_unknown(NULL), "unknown");
}

static void a_green_run_says_so_in_all_formats(void **state)
{
	(void)state;
	assert_pages(sample_green(NULL), "green");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_whole_diagnosis_is_shown_in_all_formats),
		cmocka_unit_test(several_incidents_are_shown_in_all_formats),
		cmocka_unit_test(a_failure_without_a_rule_is_shown_in_all_formats),
		cmocka_unit_test(a_green_run_says_so_in_all_formats),
	};

	return cmocka_run_group_tests_name("render", tests, NULL, NULL);
}
