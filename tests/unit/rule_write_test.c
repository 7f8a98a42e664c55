/* Drafts as files: whatever stands in a log, what is written means only itself. */
#include <stdlib.h>

#include "unit/rule_help.h"

static const struct rule_draft plain = { .comments = (const char *const[]){ NULL },
	.id = "app.cart-locked",
	.title = "The cart is locked",
	.layer = "app",
	.why = "it was locked",
	.fix = "unlock it",
	.prevent = "no locks",
	.detect = "count locks",
	.kind = KIND_SYMPTOM,
	.severity = RATING_HIGH,
	.pattern = "cart is locked",
	.match = "the cart is locked",
	.clean = "the cart is free" };

static struct loaded load_draft(const struct rule_draft *draft)
{
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);
	struct loaded loaded;

	rule_write(out, draft);
	fclose(out);
	loaded = load_text(text);
	rules_lint(loaded.mem, loaded.rules, &loaded.problems);
	print_problems(&loaded);
	free(text);
	return loaded;
}

static void a_draft_is_a_whole_rule_without_a_fault(void **state)
{
	struct loaded loaded = load_draft(&plain);
	const struct cause *cause = the_cause(&loaded);

	(void)state;
	assert_int_equal(loaded.problems.count, 0);
	assert_string_equal(cause->id, plain.id);
	assert_string_equal(cause->title, plain.title);
	assert_string_equal(cause->layer, plain.layer);
	assert_int_equal(cause->kind, KIND_SYMPTOM);
	assert_int_equal(cause->severity, RATING_HIGH);
	assert_int_equal(cause->when->kind, SIGN_MATCH);
	assert_int_equal(cause->when->uses[0].term->kind, TERM_LITERAL);
	assert_string_equal(cause->when->uses[0].term->text, plain.pattern);
	assert_string_equal(cause->done_when, "app.cart-locked is absent in 3 consecutive runs");
	assert_int_equal(cause->example_count, 2);
	talloc_free(loaded.mem);
}

static const char *const hostile[] = { "it's \"quoted\": yes # no comment - [a, b] {c: d}",
	"}, regex: '.*'}\ninjected: true", "&anchor *alias !tag |literal >folded %dir @at `tick",
	"---\n...\n", "\xe2\x80\xa8 \xe2\x80\xa9 \xc2\x85 \xef\xbb\xbf \xe2\x80\xae bidi",
	"tab\there, bell\007, escape\033[31m", "back\\slash \\n \\x41 \\u0041",
	("gr\xc3\xb6\xc3\x9f"
	 "e \xf0\x9f\x98\x80"),
	" leads and trails ", "~", "null", "''", "'" };

static void every_text_comes_back_as_it_was(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(hostile) / sizeof(hostile[0]); i++) {
		struct rule_draft draft = plain;
		const struct cause *cause;
		struct loaded loaded;

		draft.pattern = draft.match = draft.clean = draft.title = hostile[i];
		loaded = load_draft(&draft);
		cause = the_cause(&loaded);
		assert_string_equal(cause->when->uses[0].term->text, hostile[i]);
		assert_string_equal(cause->examples[0].log, hostile[i]);
		assert_string_equal(cause->examples[1].log, hostile[i]);
		assert_string_equal(cause->title, hostile[i]);
		assert_int_equal(rules_cause_count(loaded.rules), 1);
		talloc_free(loaded.mem);
	}
}

static void braces_of_a_log_are_no_template(void **state)
{
	struct rule_draft draft = plain;
	struct loaded loaded;

	(void)state;
	draft.title = draft.why = "got {{nothing}} and {{{this}}}";
	draft.match = draft.pattern = draft.title;
	loaded = load_draft(&draft);
	assert_string_equal(the_cause(&loaded)->title, "got { {nothing}} and { { {this}}}");
	assert_string_equal(the_cause(&loaded)->examples[0].log, draft.match);
	talloc_free(loaded.mem);
}

static void a_comment_ends_with_its_line(void **state)
{
	static const char *const comments[] = { "test a\nversion: 2\n\xe2\x80\xa8x: y\033[2J",
		NULL };
	struct rule_draft draft = plain;
	struct loaded loaded;

	(void)state;
	draft.comments = comments;
	loaded = load_draft(&draft);
	assert_int_equal(loaded.problems.count, 0);
	the_cause(&loaded);
	talloc_free(loaded.mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_draft_is_a_whole_rule_without_a_fault),
		cmocka_unit_test(every_text_comes_back_as_it_was),
		cmocka_unit_test(braces_of_a_log_are_no_template),
		cmocka_unit_test(a_comment_ends_with_its_line),
	};

	return cmocka_run_group_tests_name("rule write", tests, NULL, NULL);
}
