/* Comments: their markers, and how they come to fit. */
#include <string.h>

#include "publish/fit.h"
#include "publish/marker.h"
#include "publish/page.h"
#include "unit/test.h"

static void a_marker_that_is_written_is_read_again(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const struct marker marker = { .key = marker_key(mem, "octo/hello/CI --> x\n=", "a b"),
		.run = 70,
		.attempt = 2,
		.job = "0a1b2c3d",
		.resolved = true };
	char *text = marker_write(mem, &marker);
	struct marker again;

	(void)state;
	assert_string_equal(text,
		"<!-- fivewhys:v1 key=octo/hello/CI%20%2D%2D%3E%20x%0A%3D/a%20b run=70.2 "
		"job=0a1b2c3d resolved -->");
	assert_true(marker_read(mem, mem_printf(mem, "%s\nbody -->", text), &again));
	assert_string_equal(again.key, marker.key);
	assert_int_equal(again.run, 70);
	assert_int_equal(again.attempt, 2);
	assert_string_equal(again.job, "0a1b2c3d");
	assert_true(again.resolved);
	talloc_free(mem);
}

static void different_names_have_different_keys(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	assert_string_not_equal(
		marker_key(mem, "a/b/c d", NULL), marker_key(mem, "a/b/c%20d", NULL));
	assert_string_not_equal(
		marker_key(mem, "a/b/c-d", NULL), marker_key(mem, "a/b/c--d", NULL));
	assert_string_equal(marker_key(mem, "octo/hello/CI", NULL), "octo/hello/CI");
	talloc_free(mem);
}

static void a_marker_stands_at_the_beginning_or_is_none(void **state)
{
	static const char *const bodies[] = { "", "<!-- fivewhys:v1 key=a", "<!-- fivewhys:v1 -->",
		"<!-- fivewhys:v1 key= -->", "<!-- fivewhys:v2 key=a -->",
		" <!-- fivewhys:v1 key=a -->", "> <!-- fivewhys:v1 key=a -->",
		"hi\n<!-- fivewhys:v1 key=a -->", "<!-- fivewhys:v1 run=1.1 -->" };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct marker marker;

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++)
		assert_false(marker_read(mem, bodies[i], &marker));
	talloc_free(mem);
}

static void words_that_a_newer_version_writes_are_passed_over(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct marker marker;

	(void)state;
	assert_true(
		marker_read(mem, "<!-- fivewhys:v1 key=a mood=good run=x.y  run=7 -->", &marker));
	assert_string_equal(marker.key, "a");
	assert_int_equal(marker.run, 7);
	assert_int_equal(marker.attempt, 0);
	assert_false(marker.resolved);
	talloc_free(mem);
}

static void builds_are_compared_by_run_and_then_by_attempt(void **state)
{
	const struct marker markers[] = { { .run = 0 }, { .run = 9, .attempt = 8 },
		{ .run = 10, .attempt = 1 }, { .run = 10, .attempt = 2 } };

	(void)state;
	for (int i = 0; i < 4; i++)
		for (int j = 0; j < 4; j++)
			assert_int_equal(
				marker_compare(&markers[i], &markers[j]), (i > j) - (i < j));
}

/* A page of sections "A", "B", ... of SIZE bytes each, with code that holds a heading in "B". */
static char *page_of(TALLOC_CTX *mem, size_t count, size_t size)
{
	char *text = mem_strdup(mem, "# Top\n\nintro\n\n");
	char *filler = mem_array(mem, char, size + 1);

	memset(filler, 'x', size);
	for (size_t i = 0; i < count; i++)
		text = mem_printf(mem, "%s## %c\n\n%s%s\n\n", text, (char)('A' + i),
			i == 1 ? "````text\n## A\n```\n## C\n````\n" : "", filler);
	return text;
}

static void a_page_that_fits_is_left_as_it_is(void **state)
{
	static const char *const order[] = { "A", NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	char *page = page_of(mem, 3, 100);

	(void)state;
	assert_string_equal(fit_sections(mem, page, strlen(page), FIT_BYTES, "## ", order), page);
	talloc_free(mem);
}

static void whole_sections_go_the_least_important_first(void **state)
{
	static const char *const order[] = { "C", "A", NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	char *page = page_of(mem, 4, 1000), *out;

	(void)state;
	out = fit_sections(mem, page, strlen(page) - 100, FIT_BYTES, "## ", order);
	assert_null(strstr(out, "## C\n\nx"));
	assert_non_null(strstr(out, "\n## A\n\nx"));
	assert_non_null(strstr(out, "````text\n## A\n```\n## C\n````\n"));
	assert_non_null(strstr(out, "\n## D\n\nx"));
	assert_non_null(strstr(out, "Left out: C."));
	assert_true(strlen(out) <= strlen(page) - 100);
	out = fit_sections(mem, page, strlen(page) - 1500, FIT_BYTES, "## ", order);
	assert_null(strstr(out, "\n## A\n\nx"));
	assert_non_null(strstr(out, "Left out: A, C."));
	talloc_free(mem);
}

static void sections_without_a_rank_go_from_the_last_on_and_the_first_stays(void **state)
{
	static const char *const order[] = { NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	char *out = fit_sections(mem, page_of(mem, 4, 1000), 2000, FIT_BYTES, "## ", order);

	(void)state;
	assert_non_null(strstr(out, "# Top\n\nintro\n\n## A\n\nx"));
	assert_null(strstr(out, "\n## B\n"));
	assert_non_null(strstr(out, "Left out: B, C, D."));
	talloc_free(mem);
}

static void what_is_left_leaves_room_for_what_is_missing(void **state)
{
	static const char *const order[] = { NULL };
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t size = 300; size < 1100; size += 10)
		assert_true(strlen(fit_sections(mem, page_of(mem, 3, size), 1024, FIT_BYTES, "## ",
				    order)) <= 1024);
	talloc_free(mem);
}

static void what_is_too_long_all_the_same_is_cut_between_lines_and_outside_of_code(void **state)
{
	static const char *const order[] = { NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	char *text = mem_strdup(mem, "# Top\n\n```text\n"), *out;

	(void)state;
	for (int i = 0; i < 100; i++)
		text = mem_printf(mem, "%sa line of code number %d\n", text, i);
	out = fit_sections(mem, text, 1024, FIT_BYTES, "## ", order);
	assert_true(strncmp(out, "# Top\n\n\n*This page was too long for its place: it is cut here",
			    60) == 0);
	talloc_free(mem);
}

static void a_comment_of_any_length_fits(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *filler = mem_array(mem, char, 50001), *out;

	(void)state;
	memset(filler, 'y', 50000);
	out = fit_comment(
		mem, mem_printf(mem,
			     "<!-- m -->\n## Head\n\n%s\n\n### Why\n\n%s\n\n### Evidence\n\n%s\n",
			     "summary", filler, filler));
	assert_true(strlen(out) <= FIT_COMMENT_MAX);
	assert_non_null(strstr(out, "### Why"));
	assert_null(strstr(out, "### Evidence"));
	assert_non_null(strstr(out, "Left out: Evidence."));
	talloc_free(mem);
}

static void the_limit_of_a_comment_counts_characters(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *filler = mem_strdup(mem, ""), *text;

	(void)state;
	for (int i = 0; i < 9000; i++)
		filler = mem_check(talloc_strdup_append_buffer(filler, "日本\n"));
	text = mem_printf(mem, "<!-- m -->\n\n### Why\n\n%s\n### Evidence\n\n%s\n", filler, filler);
	assert_string_equal(fit_comment(mem, text), text);
	text = mem_printf(mem, "%s\n%s", text, filler);
	assert_null(strstr(fit_comment(mem, text), "### Evidence\n"));
	talloc_free(mem);
}

static void the_next_page_is_the_one_that_is_called_so(void **state)
{
	static const struct {
		const char *link, *next;
	} rows[] = {
		{ "", NULL },
		{ "<https://api.example.com/v3/x?page=2>; rel=\"next\"", "/x?page=2" },
		{ "<https://api.example.com/v3/x?a=1,2>; rel=\"prev\", "
		  "<https://api.example.com/v3/x?c=d>; title=x; REL=next",
			"/x?c=d" },
		{ "<https://api.example.com/v3/x>; rel=\"last\"", NULL },
		{ "<https://api.example.com/v3evil/x>; rel=\"next\"", NULL },
		{ "<https://evil.example.com/v3/x>; rel=\"next\"", NULL },
		{ "<https://api.example.com/v3/x; rel=\"next\"", NULL },
		{ "<", NULL },
	};
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const char *next = page_next(mem, rows[i].link, "https://api.example.com/v3");

		if (rows[i].next == NULL)
			assert_null(next);
		else
			assert_string_equal(next != NULL ? next : "", rows[i].next);
	}
	talloc_free(mem);
}

static void the_same_job_is_that_of_the_same_build(void **state)
{
	const struct marker one = { .run = 7, .attempt = 1, .job = "0a" },
			    again = { .run = 7, .attempt = 1, .job = "0a" },
			    other = { .run = 7, .attempt = 1, .job = "0b" },
			    later = { .run = 7, .attempt = 2, .job = "0a" },
			    untold = { .run = 7, .attempt = 1 };

	(void)state;
	assert_true(marker_is_same_job(&one, &again));
	assert_true(marker_is_same_job(&untold, &untold));
	assert_false(marker_is_same_job(&one, &other));
	assert_false(marker_is_same_job(&one, &later));
	assert_false(marker_is_same_job(&one, &untold));
}

static void front_matter_is_no_part_of_a_summary(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	assert_string_equal(fit_report(mem, "---\nrun: 1\n---\n\n# Head\n", 4096), "# Head\n");
	assert_string_equal(fit_report(mem, "# Head\n---\n", 4096), "# Head\n---\n");
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_marker_that_is_written_is_read_again),
		cmocka_unit_test(different_names_have_different_keys),
		cmocka_unit_test(a_marker_stands_at_the_beginning_or_is_none),
		cmocka_unit_test(words_that_a_newer_version_writes_are_passed_over),
		cmocka_unit_test(builds_are_compared_by_run_and_then_by_attempt),
		cmocka_unit_test(a_page_that_fits_is_left_as_it_is),
		cmocka_unit_test(whole_sections_go_the_least_important_first),
		cmocka_unit_test(sections_without_a_rank_go_from_the_last_on_and_the_first_stays),
		cmocka_unit_test(what_is_left_leaves_room_for_what_is_missing),
		cmocka_unit_test(
			what_is_too_long_all_the_same_is_cut_between_lines_and_outside_of_code),
		cmocka_unit_test(a_comment_of_any_length_fits),
		cmocka_unit_test(the_limit_of_a_comment_counts_characters),
		cmocka_unit_test(the_next_page_is_the_one_that_is_called_so),
		cmocka_unit_test(the_same_job_is_that_of_the_same_build),
		cmocka_unit_test(front_matter_is_no_part_of_a_summary),
	};

	return cmocka_run_group_tests_name("comment", tests, NULL, NULL);
}
