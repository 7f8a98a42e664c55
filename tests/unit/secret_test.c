/* That secrets do not stay, and do not come back in what is shown. */
#include "cloud/secret.h"

#include <string.h>

#include "cloud/document.h"
#include "cloud/form.h"
#include "cloud/token.h"
#include "cloud/told.h"
#include "unit/test.h"

#define SECRET "fake-secret-0123456789-abcdefghij"

/* Memory of a pool is still there when what was in it is freed. */
static void a_secret_is_gone_from_memory_when_it_is_freed(void **state)
{
	char *pool = talloc_pool(NULL, 65536);
	char *text = secret_strdup(pool, SECRET);
	char *grown = secret_grow(pool, secret_strdup(pool, SECRET), sizeof(SECRET), 200);
	const char *begin = text;

	(void)state;
	assert_string_equal(grown, SECRET);
	assert_non_null(memmem(begin, 1024, SECRET, strlen(SECRET)));
	talloc_free(grown);
	talloc_free(text);
	assert_null(memmem(begin, 1024, SECRET, strlen(SECRET)));
	talloc_free(pool);
}

static void a_form_is_escaped_and_wiped(void **state)
{
	char *pool = talloc_pool(NULL, 65536);
	struct form *form = form_new(pool);
	char *begin;

	(void)state;
	form_add(form, "grant_type", "urn:ietf:params:oauth:grant-type:jwt-bearer");
	form_add(form, "nothing", NULL);
	form_add(form, "scope", "a b&c=d+e%\xc3\xa9~");
	assert_string_equal(form->text,
		"grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer&"
		"scope=a%20b%26c%3Dd%2Be%25%C3%A9~");
	form_add(form, "secret", SECRET);
	begin = form->text;
	talloc_free(form);
	assert_null(memmem(begin, 1024, SECRET, strlen(SECRET)));
	talloc_free(pool);
}

static void what_a_service_echoes_is_hidden(void **state)
{
	static const char *const secrets[] = { SECRET, "short", NULL };
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	assert_string_equal(told_text(mem, "bad: " SECRET " !", 100, secrets),
		"bad: \xe2\x80\xb9hidden\xe2\x80\xba !");
	/* a piece of it, too; what merely begins like it is no piece */
	assert_string_equal(told_text(mem, "bad: secret-0123456789... fake-sec", 100, secrets),
		"bad: \xe2\x80\xb9hidden\xe2\x80\xba... fake-sec");
	assert_string_equal(
		told_text(mem, "too short", 100, secrets), "too \xe2\x80\xb9hidden\xe2\x80\xba");
	assert_string_equal(told_text(mem, "nothing here", 100, secrets), "nothing here");
	talloc_free(mem);
}

static void a_secret_over_the_cut_is_hidden_before_the_cut(void **state)
{
	static const char *const secrets[] = { SECRET, NULL };
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	assert_null(strstr(told_text(mem, "0123456789 " SECRET, 18, secrets), "fake"));
	talloc_free(mem);
}

static void what_is_shown_has_no_control_characters_and_known_secrets(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *text;

	(void)state;
	text = told_text(mem, "a\x1b[31m\n::error::b \xc2\x9b \xff c", 100, NULL);
	assert_string_equal(text, "a [31m ::error::b      c");
	text = told_text(
		mem, "Authorization: Bearer ya29.fake-fake-fake-fake-fake-fake", 100, NULL);
	assert_null(strstr(text, "fake"));
	assert_string_equal(told_text(mem, NULL, 100, NULL), "");
	talloc_free(mem);
}

static void a_document_is_an_object_of_bounded_size_and_depth(void **state)
{
	static const char *const refused[] = { "", "[]", "1", "{", "{}x", "{} {}", "nul",
		"\"{}\"" };
	TALLOC_CTX *mem = talloc_new(NULL);
	char *deep = mem_array(mem, char, 200);
	char *large = mem_array(mem, char, DOCUMENT_MAX + 2);

	(void)state;
	assert_non_null(document_parse(mem, " {\"a\":[{}]} \n", 13));
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		assert_null(document_parse(mem, refused[i], strlen(refused[i])));
	memset(large, ' ', DOCUMENT_MAX + 1);
	memcpy(large, "{}", 2);
	assert_non_null(document_parse(mem, large, DOCUMENT_MAX));
	assert_null(document_parse(mem, large, DOCUMENT_MAX + 1));
	for (int depth = DOCUMENT_NESTING_MAX - 1; depth <= DOCUMENT_NESTING_MAX; depth++) {
		int length = sprintf(deep, "{\"a\":%.*s%.*s}", depth, "[[[[[[[[[[[[[[[[[[[[", depth,
			"]]]]]]]]]]]]]]]]]]]]");

		assert_int_equal(document_parse(mem, deep, (size_t)length) != NULL,
			depth < DOCUMENT_NESTING_MAX);
	}
	talloc_free(mem);
}

static void a_number_may_be_written_as_a_text(void **state)
{
	static const char text[] = "{\"a\":3599,\"b\":\"3599\",\"c\":\"x\",\"d\":1e300,\"e\":true,"
				   "\"f\":\"\",\"g\":\"nan\"}";
	TALLOC_CTX *mem = talloc_new(NULL);
	const cJSON *object = document_parse(mem, text, strlen(text));
	int64_t number = 0;

	(void)state;
	assert_int_equal(document_number(object, "a", &number), 0);
	assert_int_equal(number, 3599);
	number = 0;
	assert_int_equal(document_number(object, "b", &number), 0);
	assert_int_equal(number, 3599);
	for (const char *name = "c\0d\0e\0f\0g\0h\0"; *name != '\0'; name += 2)
		assert_int_equal(document_number(object, name, &number), -1);
	talloc_free(mem);
}

static void a_token_that_could_end_a_header_is_none(void **state)
{
	static const char *const refused[] = { "", "a b", "a\r\nX: y", "a\n", "\x7f", "\xc3\xa9" };
	TALLOC_CTX *mem = talloc_new(NULL);
	char *large = mem_array(mem, char, TOKEN_MAX + 2);
	struct token token;

	(void)state;
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		assert_false(token_take(mem, refused[i], strlen(refused[i]), TIME_NONE, &token));
	memset(large, 'x', TOKEN_MAX + 1);
	assert_false(token_take(mem, large, TOKEN_MAX + 1, TIME_NONE, &token));
	assert_true(token_take(mem, large, TOKEN_MAX, TIME_NONE, &token));
	assert_true(token_take(mem, "ya29.a-b_c~d+e/f=", 17, TIME_NONE, &token));
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_secret_is_gone_from_memory_when_it_is_freed),
		cmocka_unit_test(a_form_is_escaped_and_wiped),
		cmocka_unit_test(what_a_service_echoes_is_hidden),
		cmocka_unit_test(a_secret_over_the_cut_is_hidden_before_the_cut),
		cmocka_unit_test(what_is_shown_has_no_control_characters_and_known_secrets),
		cmocka_unit_test(a_document_is_an_object_of_bounded_size_and_depth),
		cmocka_unit_test(a_number_may_be_written_as_a_text),
		cmocka_unit_test(a_token_that_could_end_a_header_is_none),
	};

	return cmocka_run_group_tests_name("secret", tests, NULL, NULL);
}
