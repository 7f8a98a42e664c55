/* Which URLs may be asked. */
#include "cloud/url.h"

#include <string.h>

#include "unit/test.h"

static int parse(const char *text, bool plain, struct err *err)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct url url;
	int result = url_parse(mem, text, plain, &url, err);

	talloc_free(mem);
	return result;
}

static void https_goes_anywhere_and_http_to_this_machine(void **state)
{
	static const char *const texts[] = { "https://sts.example.com/v1/token",
		"https://192.0.2.1:8443/x?y=z", "http://127.0.0.1:8080/token", "http://127.9.8.7/",
		"http://localhost/token", "http://[::1]:80/", "HTTPS://EXAMPLE.COM" };
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(parse(texts[i], false, &err), 0);
}

static void what_only_looks_like_this_machine_is_refused(void **state)
{
	static const char *const texts[] = { "http://example.com/token",
		"http://127.0.0.1.example.com/", "http://localhost.example.com/",
		"http://192.0.2.1/", "http://[::2]/", "http://0.0.0.0/",
		"http://127.0.0.1@example.com/", "http://example.com:80#@127.0.0.1/",
		"http://metadata.google.internal/" };
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_int_equal(parse(texts[i], false, &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
	}
}

static void other_schemes_users_and_fragments_are_refused(void **state)
{
	static const char *const texts[] = { "file:///etc/passwd", "ftp://example.com/",
		"gopher://127.0.0.1/", "example.com/token", "", "https://", "/token",
		"https://user:fake-password@example.com/", "https://user@example.com/",
		"https://example.com/#part", "https://exa mple.com/",
		"https://example.com:99999/" };
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_int_equal(parse(texts[i], true, &err), -1);
		assert_null(strstr(err.text, "password"));
	}
}

static void an_error_quotes_the_origin_only(void **state)
{
	struct err err;

	(void)state;
	assert_int_equal(
		url_check("http://example.com/fake-path?key=fake-key", "token_url", &err), -1);
	assert_string_equal(err.text,
		"token_url: http://example.com: http is allowed to this machine only; use https");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(https_goes_anywhere_and_http_to_this_machine),
		cmocka_unit_test(what_only_looks_like_this_machine_is_refused),
		cmocka_unit_test(other_schemes_users_and_fragments_are_refused),
		cmocka_unit_test(an_error_quotes_the_origin_only),
	};

	return cmocka_run_group_tests_name("url", tests, NULL, NULL);
}
