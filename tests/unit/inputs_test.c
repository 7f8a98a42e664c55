/* Files, folders and archives as inputs. */
#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "source/source.h"
#include "unit/test.h"

static char folder[] = "/tmp/fivewhys-inputs-XXXXXX";

static char *place(TALLOC_CTX *mem, const char *name)
{
	return path_join(mem, folder, name);
}

static void write_file(TALLOC_CTX *mem, const char *name, const char *text)
{
	FILE *file = fopen(place(mem, name), "we");

	assert_non_null(file);
	fputs(text, file);
	assert_int_equal(fclose(file), 0);
}

static void add_member(struct archive *archive, const char *name, const char *text)
{
	struct archive_entry *entry = archive_entry_new();

	archive_entry_set_pathname(entry, name);
	archive_entry_set_size(entry, (la_int64_t)strlen(text));
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_entry_set_perm(entry, 0600);
	assert_int_equal(archive_write_header(archive, entry), ARCHIVE_OK);
	assert_int_equal(archive_write_data(archive, text, strlen(text)), strlen(text));
	archive_entry_free(entry);
}

/* What inputs_next yields for PATHS: "name=first line;" for each, "!" for each error. */
static char *seen(TALLOC_CTX *mem, const char *const *paths)
{
	char *all = mem_strdup(mem, "");
	struct inputs *inputs;
	struct source *source;
	struct err err;
	int result;

	assert_int_equal(inputs_new(mem, paths, NULL, &inputs, &err), 0);
	while ((result = inputs_next(inputs, &source, &err)) != 0) {
		struct entry entry = { .text = "" };

		if (result < 0) {
			all = talloc_strdup_append(all, "!;");
			continue;
		}
		if (source_next(source, &entry, &err) < 0)
			entry.text = "?";
		all = talloc_asprintf_append(all, "%s=%s;", source_info(source)->name, entry.text);
		while (source_next(source, &entry, &err) > 0)
			;
	}
	talloc_free(inputs);
	return all;
}

static int set_up(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	*state = mem;
	if (mkdtemp(folder) == NULL || mkdir(place(mem, "b"), 0700) < 0 ||
		mkdir(place(mem, "empty"), 0700) < 0)
		return -1;
	write_file(mem, "a.log", "from a\n");
	write_file(mem, "b/a.log", "from b\n");
	write_file(mem, "b/c.log", "from c\n");
	return symlink("..", place(mem, "b/up"));
}

static int tear_down(void **state)
{
	char *command = mem_printf(*state, "rm -rf '%s'", folder);
	int result = system(command);

	talloc_free(*state);
	return result;
}

static void folders_are_read_in_order_and_once(void **state)
{
	const char *paths[] = { folder, NULL };

	assert_string_equal(seen(*state, paths), "a.log=from a;b/a.log=from b;c.log=from c;");
}

static void what_cannot_be_read_is_told_and_passed_over(void **state)
{
	const char *paths[] = { place(*state, "missing"), place(*state, "a.log"), NULL };

	assert_string_equal(seen(*state, paths), "!;a.log=from a;");
}

static void a_pipe_in_a_folder_does_not_hang(void **state)
{
	const char *paths[] = { place(*state, "empty"), NULL };

	assert_int_equal(mkfifo(place(*state, "empty/pipe"), 0600), 0);
	assert_string_equal(seen(*state, paths), "!;");
}

static void members_of_an_archive_are_sources(void **state)
{
	const char *paths[] = { place(*state, "x.tar.gz"), NULL };
	struct archive *archive = archive_write_new();

	archive_write_add_filter_gzip(archive);
	archive_write_set_format_ustar(archive);
	assert_int_equal(archive_write_open_filename(archive, paths[0]), ARCHIVE_OK);
	add_member(archive, "one/out.log", "first\n");
	add_member(archive, "two/out.log", "second\n");
	assert_int_equal(archive_write_close(archive), ARCHIVE_OK);
	archive_write_free(archive);
	assert_string_equal(seen(*state, paths), "out.log=first;two/out.log=second;");
}

static void a_compressed_file_that_is_cut_is_read_up_to_there(void **state)
{
	const char *paths[] = { place(*state, "y.log.gz"), NULL };
	struct inputs *inputs;
	struct source *source;
	struct entry entry;
	struct err err;
	int result;

	assert_int_equal(system(mem_printf(*state, "seq 200000 | gzip >'%s'", paths[0])), 0);
	assert_string_equal(seen(*state, paths), "y.log.gz=1;");
	assert_int_equal(truncate(paths[0], 200000), 0);
	assert_int_equal(inputs_new(*state, paths, NULL, &inputs, &err), 0);
	assert_int_equal(inputs_next(inputs, &source, &err), 1);
	while ((result = source_next(source, &entry, &err)) > 0)
		;
	assert_int_equal(result, -1);
	assert_true(source_info(source)->truncated);
	assert_true(source_info(source)->entries > 10000);
	assert_int_equal(source_next(source, &entry, &err), 0);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(folders_are_read_in_order_and_once),
		cmocka_unit_test(what_cannot_be_read_is_told_and_passed_over),
		cmocka_unit_test(a_pipe_in_a_folder_does_not_hang),
		cmocka_unit_test(members_of_an_archive_are_sources),
		cmocka_unit_test(a_compressed_file_that_is_cut_is_read_up_to_there),
	};

	return cmocka_run_group_tests_name("inputs", tests, set_up, tear_down);
}
