/* Which line of a failed step tells why it failed. */
#include "reason/culprit.h"

#include <string.h>

#include "reason/culprit_signs.h"
#include "rule/rule.h"
#include "unit/test.h"

static void every_sign_compiles(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	size_t count;
	const struct culprit_table *tables = culprit_tables(&count);

	(void)state;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; tables[i].signs[k].regex != NULL; k++) {
			struct err err = { 0 };

			if (rule_regex(mem, tables[i].signs[k].regex, false, &err) == NULL)
				fail_msg("%s: %s", tables[i].signs[k].regex, err.text);
		}
	talloc_free(mem);
}

/* Literals are found by the two bytes that they begin with: a shorter one never was. */
static void every_literal_can_be_found(void **state)
{
	size_t count;
	const struct culprit_table *tables = culprit_tables(&count);

	(void)state;
	for (size_t i = 0; i < count; i++)
		for (size_t k = 0; tables[i].signs[k].regex != NULL; k++)
			assert_true(tables[i].signs[k].literal == NULL ||
				    strlen(tables[i].signs[k].literal) >= 2);
}

static enum culprit_rank rank(struct culprit_signs *signs, const char *text)
{
	struct entry entry = { .text = text, .text_len = strlen(text) };

	return culprit_look(signs, &entry, false).rank;
}

static const struct {
	enum culprit_rank rank;
	const char *line;
} ranks[] = {
	/* compilers, each in its own form */
	{ CULPRIT_PLACE, "src/cart.c:12:3: error: 'total' undeclared" },
	{ CULPRIT_PLACE, "main.c:1:10: fatal error: cart.h: No such file or directory" },
	{ CULPRIT_PLACE, "error[E0433]: failed to resolve: use of undeclared type" },
	{ CULPRIT_PLACE, "/src/Cart.java:12: error: cannot find symbol" },
	{ CULPRIT_PLACE, "[ERROR] /src/Cart.java:[12,5] cannot find symbol" },
	{ CULPRIT_PLACE, "e: file:///src/Cart.kt:3:5 Unresolved reference: total" },
	{ CULPRIT_PLACE, "src/cart.ts(3,5): error TS2304: Cannot find name 'x'." },
	{ CULPRIT_PLACE, "src/cart.ts:3:5 - error TS2304: Cannot find name 'x'." },
	{ CULPRIT_PLACE, "Cart.cs(3,5): error CS1002: ; expected [/src/Cart.csproj]" },
	{ CULPRIT_PLACE, "./cart.go:12:3: undefined: total" },
	{ CULPRIT_PLACE, "cart.c:(.text+0x12): undefined reference to `total'" },
	{ CULPRIT_PLACE, "/usr/bin/ld: cannot find -lcart" },
	{ CULPRIT_PLACE, "   9:7  error  'x' is not defined  no-undef" },
	{ CULPRIT_WHERE, "CMake Error at CMakeLists.txt:3 (find_package):" },
	{ CULPRIT_PLACE, "CMake Error: The source directory \"/srv/cart\" does not exist." },
	{ CULPRIT_PLACE, "make[2]: /bin/sh: Resource temporarily unavailable" },
	{ CULPRIT_SAID, "FATAL ERROR: could not find a valid UUID library." },
	{ CULPRIT_TOOL, "/opt/x/bin/ld: DRAM segment data does not fit." },
	{ CULPRIT_PASSED_ON, "*** [.pio/build/esp32/firmware.elf] Error 1" },
	{ CULPRIT_PASSED_ON, "E: Build failure (dpkg-buildpackage died)" },
	{ CULPRIT_PASSED_ON, "error: Bad exit status from /var/tmp/rpm-tmp.1 (%build)" },
	{ CULPRIT_PASSED_ON, "RPM build errors:" },
	{ CULPRIT_PASSED_ON, "command failed with return code: 1" },
	{ CULPRIT_PASSED_ON, "FATAL ERROR: command exited with status 1: /usr/bin/cmake -B build" },
	{ CULPRIT_NONE, "Call Stack (most recent call first):" },
	{ CULPRIT_PLACE, "  - nothing provides clang = 13 needed by macros-1.noarch" },
	{ CULPRIT_PLACE, "\topenssl is needed by cart-1.0-1.x86_64" },
	{ CULPRIT_PLACE, "^----^ SC2034 (warning): cart appears unused." },
	{ CULPRIT_TOOL, "  0     0 0:02:10     0curl: (7) Failed to connect to example.com" },
	{ CULPRIT_PASSED_ON, "Tests run: 26, Failures: 0, Errors: 1, Skipped: 0" },
	{ CULPRIT_NONE, "Tests run: 1, Failures: 0, Errors: 0, Skipped: 0 - in CartTest" },
	{ CULPRIT_NONE, "  14 | >>> RUN cart --install denied" },
	{ CULPRIT_NONE, "* What went wrong:" },
	{ CULPRIT_HINT, "    cart.lua:24:14: unused variable shelf" },
	{ CULPRIT_NONE, "cart.c:24:14: note: declared here" },
	{ CULPRIT_NONE, "> Verifying integrity..." },
	{ CULPRIT_PASSED_ON, "Copr build error: Build failed" },
	/* package managers and builders */
	{ CULPRIT_PLACE, "npm ERR! ERESOLVE could not resolve" },
	{ CULPRIT_PLACE, "npm error 404 Not Found - GET https://registry.example.com/cart" },
	{ CULPRIT_PLACE, " ERR_PNPM_OUTDATED_LOCKFILE  Cannot install" },
	{ CULPRIT_PLACE, "ERROR: Could not find a version that satisfies the requirement x" },
	{ CULPRIT_PLACE, "   > Could not find com.example:cart:1.0." },
	{ CULPRIT_PLACE, "E: Unable to locate package libcart" },
	{ CULPRIT_PLACE, "ERROR: failed to solve: example.com/base:1: not found" },
	{ CULPRIT_TOOL, "fatal: not a git repository" },
	{ CULPRIT_TOOL, "ModuleNotFoundError: No module named 'cart'" },
	{ CULPRIT_TOOL, "go: example.com/cart@v1.0.0: invalid version: unknown revision v1.0.0" },
	{ CULPRIT_TOOL, "/bin/sh: 1: cmake: not found" },
	{ CULPRIT_SAID, "npm ERR! code ERESOLVE" },
	{ CULPRIT_SAID, "deploy: error! the stage is gone" },
	/* who passes on what another said */
	{ CULPRIT_PASSED_ON, "Process completed with exit code 1." },
	{ CULPRIT_PASSED_ON, "make[2]: *** [Makefile:3: all] Error 2" },
	{ CULPRIT_PASSED_ON, "collect2: error: ld returned 1 exit status" },
	{ CULPRIT_PASSED_ON, "error: could not compile `cart` (lib) due to 1 previous error" },
	{ CULPRIT_PASSED_ON, " ELIFECYCLE  Command failed with exit code 1." },
	{ CULPRIT_PASSED_ON, "npm ERR! code 1" },
	{ CULPRIT_PASSED_ON, "[ERROR] COMPILATION ERROR : " },
	{ CULPRIT_PASSED_ON, "cc1: all warnings being treated as errors" },
	{ CULPRIT_PASSED_ON, "> Task :compileJava FAILED" },
	{ CULPRIT_PASSED_ON, "#8 ERROR: process \"/bin/sh -c make\" did not complete successfully:"
			     " exit code: 2" },
	{ CULPRIT_PASSED_ON, "error: building libcart:x64-linux failed with: BUILD_FAILED" },
	{ CULPRIT_PASSED_ON, "!  ==> Fatal error occurred, no output PDF file produced!" },
	/* linters, documents and shells have forms, too */
	{ CULPRIT_PLACE, "docs/cart.md:12: MD013 Line length" },
	{ CULPRIT_PLACE, "src/cart.py:3:80: E501 line too long" },
	{ CULPRIT_TOOL, "! Undefined control sequence." },
	{ CULPRIT_TOOL, "/usr/bin/sh: 1: set: Illegal option -o pipefail" },
	/* words of a failure, in no form */
	{ CULPRIT_HINT, "Upload rejected by the server" },
	{ CULPRIT_HINT, "The zlib extension was not compiled." },
	{ CULPRIT_HINT, "WARNING: reading the cache failed: access denied" },
	{ CULPRIT_HINT, "ghc: loadArchive: neither an archive nor a fat one" },
	{ CULPRIT_PLACE,
		"[ant:checkstyle] [ERROR] /src/Cart.java:12:5: '|' on a new line. [Wrap]" },
	{ CULPRIT_PLACE, "Cart/Shelf.hs:45:31: Not in scope: `shelf'" },
	{ CULPRIT_PLACE, "src/Cart.hs:12:5: error: [GHC-88464]" },
	{ CULPRIT_PLACE, "Tests/CartTests.swift:63: Fatal error: no shelf" },
	{ CULPRIT_TOOL, "E: Sub-process http received a segmentation fault." },
	{ CULPRIT_NONE, "  --- stderr" },
	/* where an error is, and what explains how to read one */
	{ CULPRIT_WHERE, " --> src/cart.rs:12:5" },
	{ CULPRIT_WHERE, "/src/cart/total.ts" },
	{ CULPRIT_NONE, "[ERROR] Re-run Maven using the -X switch to enable full debug logging." },
	{ CULPRIT_NONE, "[ERROR] [Help 1] http://example.com/MojoFailureException" },
	/* what merely has the word */
	{ CULPRIT_NONE, "npm notice a new version fixes errors" },
	{ CULPRIT_NONE, "DeprecationWarning: this will be an error" },
	{ CULPRIT_NONE, "emulator: INFO: boot completed" },
	{ CULPRIT_NONE, "0 errors, 3 warnings" },
	{ CULPRIT_NONE, "gcc -Wall -Werror -c error.c -o error.o" },
	{ CULPRIT_NONE, "Compiling src/error.js" },
	{ CULPRIT_NONE, "test_error_handling PASSED" },
	{ CULPRIT_NONE, "\xe2\x9c\x93 shows an error: the cart is empty (5 ms)" },
	{ CULPRIT_NONE, "ok 3 - error: is told" },
	{ CULPRIT_NONE, "warning: unused variable 'error'" },
	{ CULPRIT_NONE, "npm WARN deprecated error-ex@1.0.0" },
	{ CULPRIT_NONE, "npm error A complete log of this run can be found in: /tmp/x.log" },
	{ CULPRIT_NONE, "+ echo error: none" },
	{ CULPRIT_NONE, "go: downloading example.com/errors v1.0.0" },
	{ CULPRIT_NONE, "Downloaded errors-1.0.tar.gz" },
};

static void lines_have_the_rank_of_their_form(void **state)
{
	struct culprit_signs *signs = culprit_signs_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(ranks) / sizeof(ranks[0]); i++)
		if (rank(signs, ranks[i].line) != ranks[i].rank)
			fail_msg("%s: %d", ranks[i].line, (int)rank(signs, ranks[i].line));
	talloc_free(signs);
}

/* The culprit of a step that printed LINES, the number of each as its line. */
static struct culprit judge(TALLOC_CTX *mem, const char *const *lines)
{
	struct culprits *culprits = culprits_new(mem);
	struct test *step = mem_new(mem, struct test);

	step->step = true;
	for (size_t i = 0; lines[i] != NULL; i++) {
		struct entry entry = { .text = lines[i],
			.text_len = strlen(lines[i]),
			.line = i + 1,
			.order = i + 1,
			.test = step };

		culprits_observe(culprits, &entry);
	}
	return culprits_of(culprits, step);
}

static void a_compiler_is_believed_before_who_called_it(void **state)
{
	static const char *const lines[] = { "gcc -c a.c", "a.c:3:1: error: no such name",
		"b.c:9:1: error: no such name either", "make: *** [a.o] Error 1",
		"Error: the build is broken", "Process completed with exit code 2.", NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct culprit culprit = judge(mem, lines);

	(void)state;
	assert_int_equal(culprit.lines[0]->line, 2);
	assert_int_equal(culprit.lines[1]->line, 3);
	assert_string_equal(culprit_role(&culprit, 0), "the first decisive error of the step");
	assert_string_equal(culprit_role(&culprit, culprit.count - 1), "what the step ended with");
	talloc_free(mem);
}

static void of_errors_in_words_the_block_nearest_to_the_end_counts(void **state)
{
	const char *lines[64];
	TALLOC_CTX *mem = talloc_new(NULL);
	struct culprit culprit;

	(void)state;
	for (size_t i = 0; i < 62; i++)
		lines[i] = "working";
	lines[2] = "Error: the cache is cold, trying without";
	lines[58] = "Error: the disk is gone";
	lines[60] = "Error: cannot go on";
	lines[61] = "Process completed with exit code 1.";
	lines[62] = NULL;
	culprit = judge(mem, lines);
	assert_int_equal(culprit.lines[0]->line, 59);
	assert_int_equal(culprit.lines[1]->line, 61);
	talloc_free(mem);
}

static void a_heading_lends_its_rank_to_what_it_is_of(void **state)
{
	static const char *const lines[] = { "* What went wrong:",
		"Namespace not specified in the build file of cart", "* Try:", "BUILD FAILED in 3s",
		NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct culprit culprit = judge(mem, lines);

	(void)state;
	assert_int_equal(culprit.lines[0]->line, 2);
	talloc_free(mem);
}

static void the_deepest_of_causes_below_each_other_comes_first(void **state)
{
	static const char *const lines[] = {
		"> Could not resolve all files for configuration ':x'.",
		"   > Could not resolve com.example:cart:1.0.",
		"      > Could not get resource 'https://repo.example.com/cart.pom'.",
		"         > Could not GET 'https://repo.example.com/cart.pom'. Received 403", NULL
	};
	TALLOC_CTX *mem = talloc_new(NULL);
	struct culprit culprit = judge(mem, lines);

	(void)state;
	assert_int_equal(culprit.lines[0]->line, 4);
	assert_int_equal(culprit.lines[1]->line, 2);
	talloc_free(mem);
}

static void the_last_of_causes_that_follow_each_other_comes_first(void **state)
{
	static const char *const cargo[] = { "error: failed to get `shelf` as a dependency",
		"Caused by:", "  unable to update https://git.example.com/shelf",
		"Caused by:", "  failed to create directory `/none/.cargo`",
		"make: *** [all] Error 101", NULL };
	static const char *const java[] = { "Exception in thread \"main\" a.CartException: lost",
		"\tat a.Main.main(Main.java:3)", "Caused by: a.ShelfException: empty",
		"Caused by: java.io.IOException: the shelf is gone", NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct culprit culprit = judge(mem, cargo);

	(void)state;
	assert_int_equal(culprit.lines[0]->line, 5);
	assert_int_equal(culprit.lines[1]->line, 1);
	culprit = judge(mem, java);
	assert_int_equal(culprit.lines[0]->line, 4);
	assert_int_equal(culprit.lines[1]->line, 1);
	talloc_free(mem);
}

static void a_message_that_only_passes_on_is_no_error_though_its_heading_has_a_place(void **state)
{
	static const char *const lines[] = { "kconfig.py: Kconfig:29: 'soc/Kconfig' not found",
		"Parsing Kconfig", "CMake Error at cmake/kconfig.cmake:396 (message):",
		"  command failed with return code: 1",
		"Call Stack (most recent call first):", "  CMakeLists.txt:9 (find_package)", NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct culprit culprit = judge(mem, lines);

	(void)state;
	assert_int_equal(culprit.lines[0]->line, 1);
	talloc_free(mem);
}

static void a_step_without_an_error_shows_what_it_said_last(void **state)
{
	static const char *const lines[] = { "one", "two", "three",
		"Process completed with exit code 1.", NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct culprit culprit = judge(mem, lines);

	(void)state;
	assert_int_equal(culprit.told, 0);
	assert_int_equal(culprit.lines[0]->line, 3);
	talloc_free(mem);
}

static void a_line_without_an_end_costs_no_more_than_its_beginning(void **state)
{
	struct culprit_signs *signs = culprit_signs_new(NULL);
	char *line = mem_array(signs, char, 1U << 20);

	(void)state;
	memset(line, 'a', (1U << 20) - 1);
	memcpy(line + 1000, "a.c:3:1: error: too far", 23);
	assert_int_equal(rank(signs, line), CULPRIT_NONE);
	memcpy(line, "a.c:3:1: error: ", 16);
	assert_int_equal(rank(signs, line), CULPRIT_PLACE);
	talloc_free(signs);
}

static void a_step_without_a_known_form_shows_the_words_of_its_failure(void **state)
{
	static const char *const lines[] = { "uploading", "Upload rejected by the server",
		"npm notice", "    at upload (cart.js:3)", "------",
		"Process completed with exit code 1.", NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct culprit culprit = judge(mem, lines);

	(void)state;
	assert_int_equal(culprit.told, 1);
	assert_int_equal(culprit.rank, CULPRIT_HINT);
	assert_int_equal(culprit.lines[0]->line, 2);
	assert_string_equal(culprit_role(&culprit, 0), "it has the words of a failure");
	talloc_free(mem);
}

static void decoration_is_not_what_a_step_said_last(void **state)
{
	static const char *const lines[] = { "one", "npm notice", "    at upload (cart.js:3)",
		"------", "Process completed with exit code 1.", "Post job cleanup.", NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct culprit culprit = judge(mem, lines);

	(void)state;
	assert_int_equal(culprit.told, 0);
	assert_int_equal(culprit.lines[0]->line, 1);
	talloc_free(mem);
}

static void what_led_to_a_weak_error_is_told_with_it(void **state)
{
	static const char *const lines[] = { "WARNING: reading the cache failed: access denied",
		"Failed to extract the cache", "Process completed with exit code 1.", NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct culprit culprit = judge(mem, lines);

	(void)state;
	assert_int_equal(culprit.told, 2);
	assert_int_equal(culprit.lines[0]->line, 2);
	assert_int_equal(culprit.lines[1]->line, 1);
	talloc_free(mem);
}

static void an_error_that_ends_with_a_colon_is_a_heading(void **state)
{
	static const char *const lines[] = { "Error: build failed with 1 errors:",
		"./src/cart.ts:16:1", "A name is bound twice.",
		"Process completed with exit code 1.", NULL };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct culprit culprit = judge(mem, lines);

	(void)state;
	assert_int_equal(culprit.told, 3);
	assert_int_equal(culprit.lines[2]->line, 3);
	talloc_free(mem);
}

static void where_an_error_is_is_told_with_it(void **state)
{
	static const char *const steps[][6] = {
		{ "error[E0308]: mismatched types", " --> src/main.rs:3:5", "  |",
			"error[E0308]: mismatched types", " --> src/other.rs:7:5", NULL },
		{ " --> src/other.rs:7:5", "working", "working", "working",
			"error[E0308]: mismatched types", NULL },
		{ "/src/cart/total.ts", "   9:7  error  'x' is not defined  no-undef",
			"/src/cart/other.ts", "   8:7  error  'x' is not defined  no-undef", NULL },
	};
	static const struct {
		size_t count, where;
	} told[] = { { 3, 2 }, { 1, 0 }, { 3, 1 } };

	(void)state;
	for (size_t i = 0; i < sizeof(steps) / sizeof(steps[0]); i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		struct culprit culprit = judge(mem, steps[i]);

		assert_int_equal(culprit.told, told[i].count);
		if (told[i].where > 0)
			assert_int_equal(culprit.lines[1]->line, told[i].where);
		talloc_free(mem);
	}
}

static void a_failure_that_a_step_lived_with_hides_no_later_words(void **state)
{
	const char *lines[64];
	TALLOC_CTX *mem = talloc_new(NULL);
	struct culprit culprit;

	(void)state;
	for (size_t i = 0; i < 62; i++)
		lines[i] = "working";
	lines[2] = "The old stage was not found";
	lines[3] = "stop exited with code 1";
	lines[58] = "Upload rejected by the server";
	lines[61] = "Process completed with exit code 1.";
	lines[62] = NULL;
	culprit = judge(mem, lines);
	assert_int_equal(culprit.rank, CULPRIT_HINT);
	assert_int_equal(culprit.lines[0]->line, 59);
	talloc_free(mem);
}

static void of_steps_without_end_the_newest_are_remembered(void **state)
{
	struct culprits *culprits = culprits_new(NULL);
	struct test *steps = mem_array(culprits, struct test, 1500);

	(void)state;
	for (size_t i = 0; i < 1500; i++) {
		struct entry entry = { .text = "a.c:3:1: error: no such name",
			.text_len = 28,
			.line = i + 1,
			.order = i + 1,
			.test = &steps[i] };

		steps[i].step = true;
		culprits_observe(culprits, &entry);
	}
	assert_int_equal(culprits_of(culprits, &steps[0]).count, 0);
	assert_int_equal(culprits_of(culprits, &steps[1499]).lines[0]->line, 1500);
	assert_int_equal(culprits_forgotten(culprits), 1500 - 1024);
	talloc_free(culprits);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_sign_compiles),
		cmocka_unit_test(every_literal_can_be_found),
		cmocka_unit_test(where_an_error_is_is_told_with_it),
		cmocka_unit_test(a_failure_that_a_step_lived_with_hides_no_later_words),
		cmocka_unit_test(lines_have_the_rank_of_their_form),
		cmocka_unit_test(a_compiler_is_believed_before_who_called_it),
		cmocka_unit_test(of_errors_in_words_the_block_nearest_to_the_end_counts),
		cmocka_unit_test(a_heading_lends_its_rank_to_what_it_is_of),
		cmocka_unit_test(the_deepest_of_causes_below_each_other_comes_first),
		cmocka_unit_test(the_last_of_causes_that_follow_each_other_comes_first),
		cmocka_unit_test(
			a_message_that_only_passes_on_is_no_error_though_its_heading_has_a_place),
		cmocka_unit_test(a_step_without_an_error_shows_what_it_said_last),
		cmocka_unit_test(a_step_without_a_known_form_shows_the_words_of_its_failure),
		cmocka_unit_test(decoration_is_not_what_a_step_said_last),
		cmocka_unit_test(what_led_to_a_weak_error_is_told_with_it),
		cmocka_unit_test(an_error_that_ends_with_a_colon_is_a_heading),
		cmocka_unit_test(of_steps_without_end_the_newest_are_remembered),
		cmocka_unit_test(a_line_without_an_end_costs_no_more_than_its_beginning),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
