/* Pages of entries:list as one source. */
#include <string.h>

#include "source/source.h"
#include "unit/test.h"

#define ENTRY(id, text)                                                                            \
	"{\"insertId\":\"" id "\",\"logName\":\"projects/p/logs/l\","                              \
	"\"timestamp\":\"2026-01-01T00:00:00Z\",\"textPayload\":\"" text "\"}"

static int add(struct pages *pages, const char *body, char **token, struct err *err)
{
	return source_pages_add(pages, body, strlen(body), pages, token, err);
}

static void take(struct pages *pages, const char *body, const char *token)
{
	struct err err = { 0 };
	char *found = NULL;

	if (add(pages, body, &found, &err) < 0)
		fail_msg("%s", err.text);
	if (token == NULL)
		assert_null(found);
	else
		assert_string_equal(found, token);
}

static void pages_are_one_source(void **state)
{
	struct pages *pages = source_pages_new(NULL, "projects/p", NULL, false);
	struct entry entry;

	(void)state;
	take(pages,
		"{\"entries\":[" ENTRY("a", "one") "," ENTRY(
			"b", "two") "],\"nextPageToken\":\"T\\u0031\"}",
		"T1");
	assert_true(source_pages_next(pages, &entry));
	assert_string_equal(entry.text, "one");
	assert_string_equal(entry.insert_id, "a");
	assert_true(source_pages_next(pages, &entry));
	assert_int_equal(entry.line, 2);
	assert_false(source_pages_next(pages, &entry));
	take(pages, "{}", NULL);
	assert_false(source_pages_next(pages, &entry));
	take(pages, " {\"nextPageToken\": \"\", \"entries\": [ " ENTRY("c", "three") " ] }\n",
		NULL);
	assert_true(source_pages_next(pages, &entry));
	assert_int_equal(entry.line, 3);
	assert_false(source_pages_next(pages, &entry));
	source_pages_end(pages);
	assert_int_equal(source_pages_info(pages)->entries, 3);
	assert_int_equal(strlen(source_pages_info(pages)->sha256), DIGEST_TEXT - 1);
	talloc_free(pages);
}

static void how_entries_are_paged_does_not_change_the_digest(void **state)
{
	static const char *const one[] = {
		"{\"entries\":[" ENTRY("a", "one") "," ENTRY("b", "two") "]}", NULL
	};
	static const char *const two[] = { "{\"entries\":[" ENTRY(
						   "a", "one") "],\"nextPageToken\":\"T\"}",
		"{}", "{\"entries\":[" ENTRY("b", "two") "]}", NULL };
	const char *const *const ways[] = { one, two };
	char digests[2][DIGEST_TEXT];

	(void)state;
	for (unsigned i = 0; i < 2; i++) {
		struct pages *pages = source_pages_new(NULL, "p", NULL, false);
		struct err err = { 0 };
		struct entry entry;
		char *token;

		for (const char *const *body = ways[i]; *body != NULL; body++) {
			assert_int_equal(add(pages, *body, &token, &err), 0);
			while (source_pages_next(pages, &entry))
				;
		}
		source_pages_end(pages);
		memcpy(digests[i], source_pages_info(pages)->sha256, DIGEST_TEXT);
		talloc_free(pages);
	}
	assert_string_equal(digests[0], digests[1]);
}

static void what_is_no_page_is_refused_whole(void **state)
{
	static const char *const bodies[] = { "", "<html><body>Error</body></html>", "null", "[]",
		"{\"entries\":[" ENTRY("a", "one"), "{\"entries\":[" ENTRY("a", "one") "]",
		"{\"entries\":[]} {}", "{\"entries\":{}}", "{\"entries\":\"x\"}", "{\"entries\"}",
		"{\"entries\":[]}x" };
	struct pages *pages = source_pages_new(NULL, "p", NULL, false);
	struct entry entry;

	(void)state;
	for (size_t i = 0; i < sizeof(bodies) / sizeof(bodies[0]); i++) {
		struct err err = { 0 };
		char *token;

		if (add(pages, bodies[i], &token, &err) == 0)
			fail_msg("taken: %s", bodies[i]);
		assert_int_equal(err.code, ERR_FORMAT);
		assert_false(source_pages_next(pages, &entry));
	}
	assert_int_equal(source_pages_info(pages)->bytes, 0);
	talloc_free(pages);
}

static void an_entry_that_holds_entries_is_one(void **state)
{
	struct pages *pages = source_pages_new(NULL, "p", NULL, false);
	struct entry entry;

	(void)state;
	take(pages,
		"{\"entries\":[{\"insertId\":\"outer\",\"timestamp\":\"2026-01-01T00:00:00Z\","
		"\"jsonPayload\":{\"message\":\"m\",\"entries\":[" ENTRY("inner", "x") "]}}]}",
		NULL);
	assert_true(source_pages_next(pages, &entry));
	assert_string_equal(entry.insert_id, "outer");
	assert_false(source_pages_next(pages, &entry));
	talloc_free(pages);
}

static void an_entry_without_an_insert_id_is_known_by_what_it_says(void **state)
{
	static const char body[] = "{\"entries\":[{\"timestamp\":\"2026-01-01T00:00:00Z\","
				   "\"textPayload\":\"x\"}]}";
	struct pages *pages = source_pages_new(NULL, "p", NULL, false);
	char first[DIGEST_TEXT];
	struct entry entry;

	(void)state;
	take(pages, body, NULL);
	assert_true(source_pages_next(pages, &entry));
	memcpy(first, entry.insert_id, DIGEST_TEXT);
	take(pages, body, NULL);
	assert_true(source_pages_next(pages, &entry));
	assert_string_equal(entry.insert_id, first);
	talloc_free(pages);
}

static void secrets_are_numbered_in_each_entry_where_asked_for(void **state)
{
	static const char body[] = "{\"entries\":[" ENTRY("a", "password=Sw0rdf1sh-one") "," ENTRY(
		"b", "password=Sw0rdf1sh-two") "]}";
	struct entry entry;

	(void)state;
	for (unsigned alone = 0; alone < 2; alone++) {
		struct pages *pages = source_pages_new(NULL, "p", NULL, alone);

		take(pages, body, NULL);
		assert_true(source_pages_next(pages, &entry));
		assert_non_null(strstr(entry.text, "password:1"));
		assert_true(source_pages_next(pages, &entry));
		assert_non_null(strstr(entry.text, alone ? "password:1" : "password:2"));
		assert_null(strstr(entry.text, "Sw0rd"));
		talloc_free(pages);
	}
}

static void an_entry_that_is_broken_is_told_and_left_out(void **state)
{
	struct pages *pages = source_pages_new(NULL, "p", NULL, false);
	struct entry entry;

	(void)state;
	take(pages, "{\"entries\":[17," ENTRY("a", "one") ",{\"insertId\" \"b\"}]}", NULL);
	assert_true(source_pages_next(pages, &entry));
	assert_string_equal(entry.insert_id, "a");
	assert_false(source_pages_next(pages, &entry));
	assert_int_equal(source_pages_info(pages)->skipped, 2);
	assert_true(source_pages_info(pages)->truncated);
	talloc_free(pages);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(pages_are_one_source),
		cmocka_unit_test(how_entries_are_paged_does_not_change_the_digest),
		cmocka_unit_test(what_is_no_page_is_refused_whole),
		cmocka_unit_test(an_entry_that_holds_entries_is_one),
		cmocka_unit_test(an_entry_without_an_insert_id_is_known_by_what_it_says),
		cmocka_unit_test(secrets_are_numbered_in_each_entry_where_asked_for),
		cmocka_unit_test(an_entry_that_is_broken_is_told_and_left_out),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
