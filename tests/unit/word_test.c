/* Guesses at what was meant. */
#include <string.h>

#include "base/base.h"
#include "unit/test.h"

static const char *const words[] = { "check", "test", "list", "show",
	"database.db-manager-not-initialised", NULL };

static const char *next(void *context)
{
	size_t *at = context;

	return words[*at] == NULL ? NULL : words[(*at)++];
}

static const char *meant(const char *word)
{
	size_t at = 0;

	return word_nearest(word, next, &at);
}

static void a_slip_of_the_finger_is_seen_through(void **state)
{
	(void)state;
	assert_string_equal(meant("chekc"), "check");
	assert_string_equal(meant("tset"), "test");
	assert_string_equal(meant("lst"), "list");
	assert_string_equal(meant("database.db-manager-not-initialized"),
		"database.db-manager-not-initialised");
}

static void another_word_is_no_slip(void **state)
{
	(void)state;
	assert_null(meant("explain"));
	assert_null(meant("abc"));
	assert_null(meant("an id that is longer than any that could have been meant by a slip"));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_slip_of_the_finger_is_seen_through),
		cmocka_unit_test(another_word_is_no_slip),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
