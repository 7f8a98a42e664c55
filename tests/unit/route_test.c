/* Which paths are pages, and whom the server answers. */
#include <string.h>

#include "unit/test.h"
#include "web/guard.h"
#include "web/route.h"

static const struct route *find(TALLOC_CTX *mem, const char *path, struct view *view)
{
	*view = (struct view){ .mem = mem };
	return route_find(path, view);
}

static void a_path_is_found_with_its_ids(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct view view;

	(void)state;
	assert_string_equal(find(mem, "/", &view)->sheet, "web-home");
	assert_string_equal(find(mem, "/incidents", &view)->sheet, "web-incidents");
	assert_string_equal(find(mem, "/incidents/12", &view)->sheet, "web-incident");
	assert_int_equal(view.id, 12);
	assert_string_equal(find(mem, "/compare/3-45", &view)->sheet, "web-compare");
	assert_int_equal(view.id, 3);
	assert_int_equal(view.other, 45);
	assert_string_equal(find(mem, "/rules/a.b_c-D9", &view)->sheet, "web-rule");
	assert_string_equal(view.name, "a.b_c-D9");
	talloc_free(mem);
}

static void no_other_path_is_a_page(void **state)
{
	static const char *const bad[] = { "", "//", "/incidents/", "/incidents/0", "/incidents/01",
		"/incidents/-1", "/incidents/1/", "/incidents/1x", "/incidents/9999999999999999",
		"/compare/3", "/compare/3-", "/compare/3-0", "/rules/", "/rules/..", "/rules/.a",
		"/rules/../x", "/rules/a/b", "/rules/a%", "/../etc/passwd", "/history.db",
		"/web.css.mustache", "/Incidents", "/incidents.html" };
	TALLOC_CTX *mem = talloc_new(NULL);
	char longest[VIEW_NAME + 16];
	struct view view;

	(void)state;
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (find(mem, bad[i], &view) != NULL)
			fail_msg("a page: %s", bad[i]);
	snprintf(longest, sizeof(longest), "/rules/%0*d", VIEW_NAME, 1);
	assert_non_null(find(mem, longest, &view));
	strcat(longest, "0");
	assert_null(find(mem, longest, &view));
	talloc_free(mem);
}

static void only_names_of_this_machine_are_answered_to(void **state)
{
	static const char *const good[] = { "localhost", "LOCALHOST:8055", "127.0.0.1",
		"127.0.0.1:1", "[::1]:8055", "[::1]", "ci.example.com", "CI.example.com:80" };
	static const char *const bad[] = { "", ":80", "example.com", "localhost.example.com",
		"127.0.0.1.example.com", "localhost:80a", "localhost:80:80", "[::1", "[::1]x",
		"192.0.2.1", "::1", "xci.example.com", "ci.example.com." };
	const struct guard guard = { .address = "127.0.0.1", .name = "ci.example.com" };
	const struct guard any = { .address = "0.0.0.0", .any = true };

	(void)state;
	for (size_t i = 0; i < sizeof(good) / sizeof(good[0]); i++)
		if (!guard_host(&guard, good[i]))
			fail_msg("refused: %s", good[i]);
	for (size_t i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		if (guard_host(&guard, bad[i]))
			fail_msg("answered: %s", bad[i]);
	assert_false(guard_host(&guard, NULL));
	assert_true(guard_host(&any, "192.0.2.1:8055"));
	assert_false(guard_host(&any, "evil.example.com:8055"));
}

static void only_loopback_addresses_are_private(void **state)
{
	(void)state;
	assert_true(guard_is_loopback("127.0.0.1"));
	assert_true(guard_is_loopback("127.8.9.1"));
	assert_true(guard_is_loopback("::1"));
	assert_false(guard_is_loopback("0.0.0.0"));
	assert_false(guard_is_loopback("::"));
	assert_false(guard_is_loopback("192.0.2.1"));
	assert_false(guard_is_loopback("localhost"));
}

static void a_token_opens_and_its_cookie_is_another(void **state)
{
	struct guard guard = { .token = "" };

	(void)state;
	guard_set_token(&guard, "sesame-EXAMPLE");
	assert_true(guard_token(&guard, "sesame-EXAMPLE"));
	assert_false(guard_token(&guard, "sesame-EXAMPLe"));
	assert_false(guard_token(&guard, ""));
	assert_false(guard_token(&guard, NULL));
	assert_false(guard_token(&guard, guard.token));
	assert_true(guard_cookie(&guard, guard.cookie));
	assert_false(guard_cookie(&guard, guard.token));
	assert_false(guard_cookie(&guard, "sesame-EXAMPLE"));
	assert_false(guard_cookie(&guard, NULL));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_path_is_found_with_its_ids),
		cmocka_unit_test(no_other_path_is_a_page),
		cmocka_unit_test(only_names_of_this_machine_are_answered_to),
		cmocka_unit_test(only_loopback_addresses_are_private),
		cmocka_unit_test(a_token_opens_and_its_cookie_is_another),
	};

	return cmocka_run_group_tests_name("route", tests, NULL, NULL);
}
