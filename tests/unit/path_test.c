/* Paths, whole files, memory. */
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "base/base.h"
#include "unit/test.h"

static int setup(void **state)
{
	char name[] = "/tmp/fivewhys-path-XXXXXX";

	if (mkdtemp(name) == NULL)
		return -1;
	*state = mem_strdup(NULL, name);
	return 0;
}

/* Tests remove what they make, so that a folder that stays is a fault. */
static int teardown(void **state)
{
	int result = rmdir(*state);

	talloc_free(*state);
	return result;
}

static void put(const char *path, const char *text)
{
	FILE *file = fopen(path, "w");

	assert_non_null(file);
	fputs(text, file);
	fclose(file);
}

static void folders_are_joined_with_one_slash(void **state)
{
	(void)state;
	char *plain = path_join(NULL, "a", "b"), *slashed = path_join(NULL, "a/", "b");
	char *empty = path_join(NULL, "", "b");

	assert_string_equal(plain, "a/b");
	assert_string_equal(slashed, "a/b");
	assert_string_equal(empty, "b");
	talloc_free(plain);
	talloc_free(slashed);
	talloc_free(empty);
}

static void the_base_of_a_path_follows_its_last_slash(void **state)
{
	(void)state;
	assert_string_equal(path_base("a/b.log"), "b.log");
	assert_string_equal(path_base("b.log"), "b.log");
	assert_string_equal(path_base("/b.log"), "b.log");
}

static void a_relative_xdg_folder_is_ignored(void **state)
{
	char *before = mem_strdup(*state, getenv("XDG_STATE_HOME"));
	char *relative, *absolute;

	setenv("XDG_STATE_HOME", "state", 1);
	relative = path_state(*state, "history.db");
	assert_non_null(strstr(relative, "/.local/state/fivewhys/history.db"));
	setenv("XDG_STATE_HOME", "/state", 1);
	absolute = path_state(*state, "history.db");
	assert_string_equal(absolute, "/state/fivewhys/history.db");
	if (before != NULL)
		setenv("XDG_STATE_HOME", before, 1);
	else
		unsetenv("XDG_STATE_HOME");
}

static void folders_are_made_with_their_parents_for_their_owner(void **state)
{
	char *outer = path_join(*state, *state, "outer"),
	     *inner = path_join(*state, outer, "inner");
	struct stat status;
	struct err err = { 0 };

	assert_int_equal(path_make(inner, &err), 0);
	assert_int_equal(path_make(inner, &err), 0);
	assert_int_equal(stat(inner, &status), 0);
	assert_int_equal(status.st_mode & 0777, 0700);
	assert_int_equal(rmdir(inner), 0);
	assert_int_equal(rmdir(outer), 0);
}

static void a_folder_below_a_file_cannot_be_made(void **state)
{
	char *file = path_join(*state, *state, "file"), *below = path_join(*state, file, "x");
	struct err err = { 0 };

	put(file, "");
	assert_int_equal(path_make(below, &err), -1);
	assert_int_equal(err.code, ERR_IO);
	assert_int_equal(unlink(file), 0);
}

static void files_are_listed_by_bytes_without_hidden_ones(void **state)
{
	static const char *const names[] = { "b.yaml", "a.yaml", ".hidden.yaml", "Z.yaml",
		"c.txt" };
	struct err err = { 0 };
	char **files = NULL;

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		put(path_join(*state, *state, names[i]), "");
	assert_int_equal(path_list(*state, *state, ".yaml", false, &files, &err), 0);
	assert_string_equal(path_base(files[0]), "Z.yaml");
	assert_string_equal(path_base(files[1]), "a.yaml");
	assert_string_equal(path_base(files[2]), "b.yaml");
	assert_null(files[3]);
	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		assert_int_equal(unlink(path_join(*state, *state, names[i])), 0);
}

static void a_link_to_itself_does_not_go_on_for_ever(void **state)
{
	char *link = path_join(*state, *state, "loop");
	struct err err = { 0 };
	char **files = NULL;

	assert_int_equal(symlink(*state, link), 0);
	assert_int_equal(path_list(*state, *state, NULL, true, &files, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_int_equal(unlink(link), 0);
}

static void a_file_is_read_up_to_its_limit_and_no_further(void **state)
{
	char *path = path_join(*state, *state, "file"), *text = NULL;
	struct err err = { 0 };
	size_t length = 0;

	put(path, "12345");
	assert_int_equal(path_read(*state, path, 5, &text, &length, &err), 0);
	assert_int_equal(length, 5);
	assert_string_equal(text, "12345");
	assert_int_equal(path_read(*state, path, 4, &text, &length, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
	assert_int_equal(unlink(path), 0);
	assert_int_equal(path_read(*state, path, 5, &text, &length, &err), -1);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_int_equal(path_read(*state, *state, 5, &text, &length, &err), -1);
	assert_int_equal(err.code, ERR_IO);
}

static void an_array_grows_and_keeps_what_it_has(void **state)
{
	int *numbers = NULL;

	for (int i = 0; i < 1000; i++) {
		numbers = mem_grow(*state, numbers, (size_t)i, sizeof(*numbers));
		numbers[i] = i;
	}
	for (int i = 0; i < 1000; i++)
		assert_int_equal(numbers[i], i);
	assert_ptr_equal(talloc_parent(numbers), *state);
}

static void copies_of_nothing_are_nothing_and_copies_end(void **state)
{
	assert_null(mem_strdup(*state, NULL));
	assert_string_equal(mem_strndup(*state, "abc", 2), "ab");
	assert_string_equal(mem_printf(*state, "%s-%d", "a", 1), "a-1");
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folders_are_joined_with_one_slash),
		cmocka_unit_test(the_base_of_a_path_follows_its_last_slash),
		cmocka_unit_test(a_relative_xdg_folder_is_ignored),
		cmocka_unit_test(folders_are_made_with_their_parents_for_their_owner),
		cmocka_unit_test(a_folder_below_a_file_cannot_be_made),
		cmocka_unit_test(files_are_listed_by_bytes_without_hidden_ones),
		cmocka_unit_test(a_link_to_itself_does_not_go_on_for_ever),
		cmocka_unit_test(a_file_is_read_up_to_its_limit_and_no_further),
		cmocka_unit_test(an_array_grows_and_keeps_what_it_has),
		cmocka_unit_test(copies_of_nothing_are_nothing_and_copies_end),
	};

	return cmocka_run_group_tests_name("path and memory", tests, setup, teardown);
}
