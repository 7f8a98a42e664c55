/* Pages of a live source in the store: what was kept and how far it went are one. */
#include <string.h>

#include "unit/store_fixture.h"
#include "unit/test.h"

static struct source_info *live(struct fixture *fixture, const char *key)
{
	struct source_info *source = fixture_source(fixture, "projects/p", "");
	char digest[DIGEST_TEXT];
	struct err err = { 0 };

	digest_of(key, strlen(key), digest);
	source->format = "gcloud-api";
	if (store_live(fixture->store, source, digest, &err) < 0)
		fail_msg("%s", err.text);
	return source;
}

static int64_t question(struct fixture *fixture, const struct source_info *source)
{
	struct err err = { 0 };
	int64_t id = 0;

	if (store_pull(fixture->store, "projects/p", "severity>=ERROR", source, &id, &err) < 0)
		fail_msg("%s", err.text);
	return id;
}

static struct slice begun(struct fixture *fixture, int64_t pull)
{
	struct slice slice = { .from = 10,
		.to = 90,
		.received = TIME_NONE,
		.lower = 10,
		.page_size = 1000,
		.token_time = TIME_NONE,
		.reached = TIME_NONE,
		.began = 100 };
	struct err err = { 0 };

	if (store_slice_add(fixture->store, pull, &slice, &err) < 0)
		fail_msg("%s", err.text);
	return slice;
}

/* One page with COUNT entries from the number FIRST on. END: it is kept. */
static void page(struct fixture *fixture, struct source_info *source, struct slice *slice,
	unsigned first, unsigned count, bool end)
{
	struct err err = { 0 };
	bool known_here;

	assert_int_equal(store_page_begin(fixture->store, source, &err), 0);
	for (unsigned i = first; i < first + count; i++) {
		char *id = mem_printf(fixture, "id%u", i);
		struct entry *entry = fixture_entry(fixture, source, i, id, "text");

		entry->time = 10 + i;
		source->entries++;
		source->bytes += 4;
		assert_in_range(store_entry_add(fixture->store, entry, &known_here, &err), 0, 1);
		slice->reached = entry->time;
		slice->entries++;
	}
	if (end && store_page_end(fixture->store, source, slice, &err) < 0)
		fail_msg("%s", err.text);
}

static struct slice *kept(struct fixture *fixture, int64_t pull)
{
	struct slices slices;
	struct err err = { 0 };

	assert_int_equal(store_slices(fixture->store, fixture, pull, &slices, &err), 0);
	assert_int_equal(slices.count, 1);
	return slices.items[0];
}

static void a_page_and_how_far_it_went_are_kept_together(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = live(fixture, "one");
	int64_t pull = question(fixture, source);
	struct slice slice = begun(fixture, pull), *found;

	slice.token = "next";
	slice.token_time = 101;
	memset(slice.question, 'a', DIGEST_TEXT - 1);
	page(fixture, source, &slice, 0, 5, true);
	slice.token = "lost";
	page(fixture, source, &slice, 5, 5, false);
	fixture_reopen(fixture);
	found = kept(fixture, pull);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM entries"), 5);
	assert_string_equal(found->token, "next");
	assert_int_equal(found->token_time, 101);
	assert_int_equal(found->reached, 14);
	assert_int_equal(found->entries, 5);
	assert_int_equal(strlen(found->question), DIGEST_TEXT - 1);
	assert_false(found->done);
}

static void what_is_read_twice_is_kept_once(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = live(fixture, "one");
	int64_t pull = question(fixture, source);
	struct slice slice = begun(fixture, pull);

	page(fixture, source, &slice, 0, 5, true);
	page(fixture, source, &slice, 3, 5, true);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM entries"), 8);
	fixture_reopen(fixture);
	source = live(fixture, "one");
	assert_int_equal(question(fixture, source), pull);
	page(fixture, source, &slice, 0, 10, true);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM entries"), 10);
	assert_int_equal(fixture_number(fixture, "SELECT entries FROM sources"), 10);
	assert_int_equal(fixture_number(fixture, "SELECT count(*) FROM sources"), 1);
}

static void one_run_sees_an_entry_of_two_pages_once(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = live(fixture, "one");
	struct entry *entry = fixture_entry(fixture, source, 1, "id", "text");
	struct err err = { 0 };
	bool known_here;

	for (unsigned i = 0; i < 2; i++) {
		assert_int_equal(store_page_begin(fixture->store, source, &err), 0);
		assert_int_equal(store_entry_add(fixture->store, entry, &known_here, &err), i == 0);
		assert_int_equal(known_here, i == 1);
		assert_int_equal(store_page_end(fixture->store, source, NULL, &err), 0);
	}
}

static void what_is_let_go_counts_as_not_read(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *source = live(fixture, "one");
	int64_t pull = question(fixture, source);
	struct slice slice = begun(fixture, pull);
	struct err err = { 0 };
	struct slices slices;
	uint64_t pruned;

	page(fixture, source, &slice, 0, 5, true);
	assert_int_equal(store_prune(fixture->store, 10, &pruned, &err), 0);
	assert_int_equal(pruned, 0);
	assert_non_null(kept(fixture, pull));
	assert_int_equal(store_prune(fixture->store, 100, &pruned, &err), 0);
	assert_int_equal(pruned, 5);
	assert_int_equal(store_slices(fixture->store, fixture, pull, &slices, &err), 0);
	assert_int_equal(slices.count, 0);
}

static void other_questions_are_other_pulls(void **state)
{
	struct fixture *fixture = *state;
	struct source_info *one = live(fixture, "one"), *two = live(fixture, "two");
	struct err err = { 0 };
	int64_t first = 0, second = 0;

	assert_int_not_equal(one->id, two->id);
	assert_int_equal(store_pull(fixture->store, "projects/p", "a", one, &first, &err), 0);
	assert_int_equal(store_pull(fixture->store, "projects/p", "b", two, &second, &err), 0);
	assert_int_not_equal(first, second);
	assert_int_equal(store_pull(fixture->store, "projects/p", "a", one, &second, &err), 0);
	assert_int_equal(first, second);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test_setup_teardown(a_page_and_how_far_it_went_are_kept_together,
			fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			what_is_read_twice_is_kept_once, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			one_run_sees_an_entry_of_two_pages_once, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			what_is_let_go_counts_as_not_read, fixture_setup, fixture_teardown),
		cmocka_unit_test_setup_teardown(
			other_questions_are_other_pulls, fixture_setup, fixture_teardown),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
