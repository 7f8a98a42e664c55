/* Rule files that load, and what comes out of them. */
#include <math.h>
#include <stdlib.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit/rule_help.h"

static void defaults_are_those_of_the_manual(void **state)
{
	struct loaded loaded = load_text("causes:\n"
					 "  - id: queue.full\n"
					 "    because: [queue.stuck]\n"
					 "  - id: queue.stuck\n");
	const struct cause *cause = the_cause(&loaded);
	const struct edge *edge = cause->because[0];

	(void)state;
	assert_string_equal(cause->layer, "queue");
	assert_string_equal(cause->title, "queue.full");
	assert_string_equal(cause->why, "queue.full");
	assert_int_equal(cause->kind, KIND_CAUSE);
	assert_int_equal(cause->severity, RATING_MEDIUM);
	assert_null(cause->group_by[0]);
	assert_null(cause->when);
	assert_int_equal(edge->within, 600 * WHEN_SECOND);
	assert_int_equal(edge->slack, 2 * WHEN_SECOND);
	assert_true(fabs(edge->weight - 1.0) < 1e-9);
	assert_false(edge->implied);
	talloc_free(loaded.mem);
}

static void every_key_of_a_cause_is_read(void **state)
{
	struct loaded loaded = load_text(
		"version: 1\n"
		"causes:\n"
		"  - id: disk.full\n"
		"    title: The disk is full\n"
		"    kind: root\n"
		"    layer: storage\n"
		"    severity: critical\n"
		"    leaf: capacity\n"
		"    references: [https://example.com/a, https://example.com/b]\n"
		"    tags: disk\n"
		"    when: {match: no space left on device}\n"
		"    group_by: service\n"
		"    why: the disk of {{service}} is full\n"
		"    explains: [{effect: write.failed, within: 5m, slack: 0s, same: [service], "
		"weight: 0.5, implied: true}]\n"
		"    expects: [{regex: 'usage (?<n>\\d+)% of disk', within: 1m, text: usage}]\n"
		"    fix: free some\n"
		"    prevent: quotas\n"
		"    detect: alert at 90%\n"
		"    done_when: disk.full is absent in 3 consecutive runs\n"
		"    status: retired\n"
		"    replaced_by: write.failed\n"
		"    also_matches: [write.failed]\n"
		"    examples:\n"
		"      match: [{log: no space left on device, expect: {service: a}}]\n"
		"      clean: [plenty of room]\n"
		"  - id: write.failed\n");
	const struct cause *cause = the_cause(&loaded);
	const struct edge *edge = cause->explains[0];

	(void)state;
	assert_int_equal(cause->kind, KIND_ROOT);
	assert_int_equal(cause->severity, RATING_CRITICAL);
	assert_string_equal(cause->layer, "storage");
	assert_string_equal(cause->leaf, "capacity");
	assert_string_equal(cause->references[1], "https://example.com/b");
	assert_string_equal(cause->tags[0], "disk");
	assert_string_equal(cause->group_by[0], "service");
	assert_null(cause->group_by[1]);
	assert_int_equal(cause->specificity, 23);
	assert_true(cause->retired);
	assert_string_equal(cause->replaced_by, "write.failed");
	assert_int_equal(cause->expect_count, 1);
	assert_string_equal(cause->expects[0].text, "usage");
	assert_int_equal(cause->expects[0].within.amount, 60 * WHEN_SECOND);
	assert_int_equal(cause->example_count, 2);
	assert_true(cause->examples[0].match);
	assert_string_equal(cause->examples[0].expect[0], "service");
	assert_string_equal(cause->examples[1].log, "plenty of room");
	assert_ptr_equal(edge->effect, rules_find(loaded.rules, "write.failed"));
	assert_ptr_equal(edge->effect->because[0], edge);
	assert_int_equal(edge->within, 300 * WHEN_SECOND);
	assert_int_equal(edge->slack, 0);
	assert_true(edge->implied);
	assert_string_equal(edge->same[0], "service");
	talloc_free(loaded.mem);
}

static void each_kind_of_signature_is_read(void **state)
{
	struct loaded loaded = load_cause(
		"    when:\n"
		"      any:\n"
		"        - just a literal\n"
		"        - {match: {literal: twice, count: 2}, within: 5s}\n"
		"        - {all: [a, b], within: 10 lines}\n"
		"        - {seq: [a, {regex: 'b(?<x>.)', as: y}], within: 1m30s, not: [{literal: "
		"c, anchor: 1, slide: -1s, window: 2s, absolute: true}]}\n"
		"        - count: {of: {regex: 'd(?<z>.)'}, at_least: 3, distinct: z, within: 1m}\n"
		"        - absent: {after: a, none_of: [b, c], until: d, unless: [e]}\n"
		"    why: '{{x}} {{y}} {{z}} {{missing}}'");
	const struct signature *when = the_cause(&loaded)->when, *seq;

	(void)state;
	assert_int_equal(when->kind, SIGN_ANY);
	assert_int_equal(when->any_count, 6);
	assert_int_equal(when->any[0]->kind, SIGN_MATCH);
	assert_int_equal(when->any[1]->kind, SIGN_ALL);
	assert_int_equal(when->any[1]->uses[0].count, 2);
	assert_int_equal(when->any[2]->within.unit, WINDOW_LINES);
	assert_int_equal(when->any[2]->within.amount, 10);
	seq = when->any[3];
	assert_int_equal(seq->kind, SIGN_SEQ);
	assert_int_equal(seq->within.amount, 90 * WHEN_SECOND);
	assert_string_equal(seq->uses[1].name, "y");
	assert_true(seq->uses[1].named);
	assert_int_equal(seq->nots[0].anchor, 1);
	assert_int_equal(seq->nots[0].slide, -WHEN_SECOND);
	assert_true(seq->nots[0].absolute);
	assert_int_equal(when->any[4]->at_least, 3);
	assert_string_equal(when->any[4]->distinct, "z");
	assert_int_equal(when->any[5]->within.unit, WINDOW_SCOPE);
	assert_int_equal(when->any[5]->expected_count, 2);
	assert_false(when->any[5]->staged);
	assert_ptr_equal(when->any[2]->uses[0].term, seq->uses[0].term);
	talloc_free(loaded.mem);
}

static void terms_are_named_once_and_shared_by_what_they_are(void **state)
{
	struct loaded loaded =
		load_text("terms:\n"
			  "  open: {regex: 'open (?<door>\\w+)', nocase: true}\n"
			  "causes:\n"
			  "  - id: a.one\n"
			  "    when: {seq: [open, {term: open, count: 2, as: again}]}\n"
			  "    why: '{{door}} {{again}}'\n"
			  "  - id: a.two\n"
			  "    when: {match: {regex: 'open (?<door>\\w+)', nocase: true}}\n"
			  "  - id: a.three\n"
			  "    where: {severity: \">=ERROR\"}\n"
			  "    when: {match: open}\n");
	const struct cause *cause = the_cause(&loaded);
	const struct cause *three = rules_find(loaded.rules, "a.three");

	(void)state;
	assert_int_equal(rules_term_count(loaded.rules), 2);
	assert_string_equal(cause->when->uses[0].name, "open");
	assert_false(cause->when->uses[0].named);
	assert_string_equal(cause->when->uses[1].name, "again");
	assert_int_equal(cause->when->uses[1].count, 2);
	assert_ptr_equal(cause->when->uses[0].term, cause->when->uses[1].term);
	assert_ptr_equal(
		rules_find(loaded.rules, "a.two")->when->uses[0].term, cause->when->uses[0].term);
	assert_int_equal(three->when->uses[0].term->where_count, 1);
	assert_non_null(rules_regex(loaded.rules, cause->when->uses[0].term));
	assert_ptr_equal(rules_regex(loaded.rules, cause->when->uses[0].term),
		rules_regex(loaded.rules, three->when->uses[0].term));
	talloc_free(loaded.mem);
}

static void conditions_are_those_of_the_term_and_then_of_the_cause(void **state)
{
	struct loaded loaded = load_cause("    when: {match: {literal: x, where: {log: 'run/*'}}}\n"
					  "    where:\n"
					  "      severity: [warn, ERROR]\n"
					  "      service: [api-*, '!api-test']\n"
					  "      outcome: failed\n"
					  "      field: [{path: a.b, op: gte, value: 3}, {path: "
					  "c}, {path: d, value: [x, y]}]");
	const struct term *term = the_cause(&loaded)->when->uses[0].term;
	static const struct {
		enum condition_subject subject;
		enum condition_operator op;
		const char *value;
	} wanted[] = {
		{ ON_LOG, OP_GLOB, "run/*" },
		{ ON_SEVERITY, OP_IN, "WARNING" },
		{ ON_SERVICE, OP_GLOB, "api-*" },
		{ ON_SERVICE, OP_NOT_GLOB, "api-test" },
		{ ON_OUTCOME, OP_GLOB, "failed" },
		{ ON_FIELD, OP_GTE, "3" },
		{ ON_FIELD, OP_EXISTS, "true" },
		{ ON_FIELD, OP_IN, "x" },
	};

	(void)state;
	assert_int_equal(term->where_count, sizeof(wanted) / sizeof(wanted[0]));
	for (size_t i = 0; i < term->where_count; i++) {
		assert_int_equal(term->where[i].subject, wanted[i].subject);
		assert_int_equal(term->where[i].operator, wanted[i].op);
		assert_string_equal(term->where[i].values[0], wanted[i].value);
	}
	assert_string_equal(term->where[5].path, "a.b");
	talloc_free(loaded.mem);
}

static void an_edge_may_be_written_on_either_side_or_apart(void **state)
{
	struct loaded loaded = load_text(
		"causes:\n"
		"  - {id: a.one, because: [{cause: a.two, where: {x: y}}], when: {match: {regex: "
		"'a(?<x>b)'}}}\n"
		"  - {id: a.two, when: {match: {regex: 'a(?<y>b)'}}}\n"
		"  - {id: a.three, explains: [a.one]}\n"
		"  - {id: a.four}\n"
		"links:\n"
		"  - {effect: a.one, cause: a.four, where: [service]}\n"
		"  - {effect: a.one, cause: a.four}\n");
	const struct cause *cause = the_cause(&loaded);

	(void)state;
	assert_int_equal(cause->because_count, 3);
	assert_string_equal(cause->because[0]->where[0], "x");
	assert_string_equal(cause->because[0]->where[1], "y");
	assert_int_equal(cause->because[0]->where_count, 1);
	assert_ptr_equal(cause->because[1]->cause, rules_find(loaded.rules, "a.three"));
	assert_string_equal(cause->because[2]->where[1], "service");
	assert_int_equal(loaded.problems.errors, 0);
	must_say(&loaded, "is already given at r.yaml:7");
	talloc_free(loaded.mem);
}

#define CRE_RULE(id)                                                                               \
	"rules: [{cre: {id: " id "}, metadata: {id: aaaaaaaaaaaa1},"                               \
	" rule: {set: {event: {source: a}, match: [b]}}}]\n"

static void a_link_to_a_rule_of_cre_waits_silently_until_it_is_loaded(void **state)
{
	static const char links[] = "links: [{effect: CRE-2099-0001, cause: CRE-2099-0002}]";
	struct loaded loaded = load_text(links);

	(void)state;
	assert_int_equal(loaded.result, 0);
	assert_int_equal(loaded.problems.count, 0);
	talloc_free(loaded.mem);
	loaded = load_text("links: [{effect: CRE-2099-0001, cause: CRE-2099-0002}]\n---\n" CRE_RULE(
		"CRE-2099-0001"));
	assert_int_equal(loaded.result, 0);
	assert_int_equal(loaded.problems.count, 0); /* a part of that corpus is no fault either */
	assert_int_equal(rules_find(loaded.rules, "CRE-2099-0001")->because_count, 0);
	talloc_free(loaded.mem);
}

static void only_links_may_name_what_is_not_loaded_and_only_in_the_shape_of_cre(void **state)
{
	static const struct {
		const char *text, *said;
	} faults[] = {
		{ "links: [{effect: a.none, cause: CRE-2099-0001}]", "a.none" },
		{ "links: [{effect: CRE-2099-0001, cause: a.none}]", "a.none" },
		{ "links: [{effect: CRE-2099-001, cause: CRE-2099-0001}]", "CRE-2099-001" },
		{ "links: [{effect: CRE-2099-00011, cause: CRE-2099-0001}]", "CRE-2099-00011" },
		{ "links: [{effect: cre-2099-0001, cause: CRE-2099-0001}]", "cre-2099-0001" },
		{ "links: [{effect: CRE-2O99-0001, cause: CRE-2099-0001}]", "CRE-2O99-0001" },
		{ "causes: [{id: a.one, because: [CRE-2099-0001]}]", "CRE-2099-0001" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++) {
		struct loaded loaded = load_text(faults[i].text);

		assert_int_equal(loaded.problems.errors, 1);
		must_say(&loaded, faults[i].said);
		talloc_free(loaded.mem);
	}
}

static void a_circle_through_a_rule_of_cre_is_refused(void **state)
{
	struct loaded loaded = load_text("causes: [{id: a.one}]\n"
					 "links: [{effect: a.one, cause: CRE-2099-0001}, {effect: "
					 "CRE-2099-0001, cause: a.one}]\n"
					 "---\n" CRE_RULE("CRE-2099-0001"));

	(void)state;
	assert_int_equal(loaded.result, 0); /* it loads, as any circle does: the check refuses it */
	rules_lint(loaded.mem, loaded.rules, &loaded.problems);
	must_say(&loaded, "circle");
	assert_true(loaded.problems.errors > 0);
	talloc_free(loaded.mem);
}

static void an_alias_means_what_its_anchor_means(void **state)
{
	struct loaded loaded = load_text("causes:\n"
					 "  - {id: a.one, tags: &t [x, y]}\n"
					 "  - {id: a.two, tags: *t}\n");

	(void)state;
	the_cause(&loaded);
	assert_string_equal(rules_find(loaded.rules, "a.two")->tags[1], "y");
	talloc_free(loaded.mem);
}

static void cre_files_are_told_apart(void **state)
{
	struct loaded loaded = load_text("rules:\n  - cre: {id: CRE-2099-0001}\n"
					 "    metadata: {id: aaaaaaaaaaaa1, beyond: us}\n"
					 "    rule: {set: {event: {source: a}, match: [b]}}\n");

	(void)state;
	assert_int_equal(loaded.result, 0);
	assert_int_equal(rules_cause_count(loaded.rules), 1);
	assert_true(rules_cause(loaded.rules, 0)->cre);
	talloc_free(loaded.mem);
}

struct folder {
	TALLOC_CTX *mem;
	char path[32];
};

static struct folder make_folder(void)
{
	struct folder folder = { talloc_new(NULL), "/tmp/fivewhys.XXXXXX" };

	assert_non_null(mkdtemp(folder.path));
	return folder;
}

static const char *write_file(const struct folder *folder, const char *name, const char *text)
{
	const char *path = path_join(folder->mem, folder->path, name);
	FILE *file;

	assert_int_equal(path_make(mem_strndup(folder->mem, path, (size_t)(path_base(path) - path)),
				 &(struct err){ 0 }),
		0);
	file = fopen(path, "w");
	assert_non_null(file);
	fputs(text, file);
	fclose(file);
	return path;
}

static void remove_folder(struct folder *folder)
{
	char **files;
	struct err err = { 0 };
	static const char *const below[] = { "mine", "theirs" };

	assert_int_equal(path_list(folder->mem, folder->path, NULL, true, &files, &err), 0);
	for (; *files != NULL; files++)
		unlink(*files);
	for (size_t i = 0; i < 2; i++)
		rmdir(path_join(folder->mem, folder->path, below[i]));
	rmdir(folder->path);
	talloc_free(folder->mem);
}

static void of_two_folders_the_first_wins_but_in_one_a_second_cause_is_a_fault(void **state)
{
	struct folder folder = make_folder();
	const char *mine = path_join(folder.mem, folder.path, "mine");
	const char *theirs = path_join(folder.mem, folder.path, "theirs");
	const char *paths[] = { mine, theirs, NULL };
	struct rule_problems problems;
	struct rules *rules;
	struct err err = { 0 };

	(void)state;
	write_file(&folder, "mine/a.yaml", "causes: [{id: a.one, title: mine}]");
	write_file(&folder, "mine/notes.txt", "no rules");
	write_file(&folder, "theirs/a.yml", "causes: [{id: a.one, title: theirs}, {id: a.two}]");
	assert_int_equal(rules_load(folder.mem, paths, &rules, &problems, &err), 0);
	assert_int_equal(problems.count, 0);
	assert_int_equal(rules_cause_count(rules), 2);
	assert_string_equal(rules_find(rules, "a.one")->title, "mine");
	assert_int_equal(strlen(rules_sha256(rules)), 64);
	write_file(&folder, "theirs/b.yaml", "causes: [{id: a.two}]");
	assert_int_equal(rules_load(folder.mem, paths, &rules, &problems, &err), -1);
	assert_int_equal(problems.count, 1);
	assert_non_null(strstr(err.text, "theirs/b.yaml:1:10: the cause \"a.two\" is already at"));
	remove_folder(&folder);
}

#define FILES 40 /* more than are parsed ahead */

/* Small files and large ones, and some whose YAML is broken. Returns the digest of them all. */
static const char *write_files(const struct folder *folder, bool broken)
{
	struct digest *digest = digest_new(folder->mem);
	char *sha256 = mem_array(folder->mem, char, DIGEST_TEXT);

	for (unsigned i = 0; i < FILES; i++) {
		char *text =
			mem_printf(folder->mem, "causes:\n  - {id: a.c%02u, title: \"%0*u\"}\n%s",
				i, i % 3 == 1 ? 50000 : 1, i, broken && i % 3 == 2 ? "]" : "");

		write_file(folder, mem_printf(folder->mem, "f%02u.yaml", i), text);
		digest_add(digest, text, strlen(text));
	}
	digest_end(digest, sha256);
	return sha256;
}

static void many_files_are_read_in_their_order_whoever_parses_them(void **state)
{
	struct folder folder = make_folder();
	const char *paths[] = { folder.path, NULL }, *sha256;
	struct rule_problems problems;
	struct rules *rules;
	struct err err = { 0 };

	(void)state;
	write_files(&folder, true);
	assert_int_equal(rules_load(folder.mem, paths, &rules, &problems, &err), -1);
	assert_int_equal(problems.count, FILES / 3);
	for (size_t i = 0; i < problems.count; i++) {
		const char *name = mem_printf(folder.mem, "f%02zu.yaml", 3 * i + 2);

		assert_string_equal(path_base(problems.items[i].place.file), name);
	}
	sha256 = write_files(&folder, false);
	assert_int_equal(rules_load(folder.mem, paths, &rules, &problems, &err), 0);
	assert_string_equal(rules_sha256(rules), sha256);
	assert_int_equal(rules_cause_count(rules), FILES);
	for (size_t i = 0; i < FILES; i++)
		assert_int_equal(strtoul(rules_cause(rules, i)->title, NULL, 10), i);
	remove_folder(&folder);
}

static void a_missing_path_is_told_and_the_others_are_still_read(void **state)
{
	struct folder folder = make_folder();
	const char *paths[] = { "/nonexistent/rules", write_file(&folder, "a.yaml", "colour: 1"),
		NULL };
	struct rule_problems problems;
	struct rules *rules = NULL;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(rules_load(folder.mem, paths, &rules, &problems, &err), -1);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_int_equal(problems.errors, 2);
	assert_null(rules);
	remove_folder(&folder);
}

static void a_check_lints_and_keeps_what_is_sound_of_a_faulty_set(void **state)
{
	struct folder folder = make_folder();
	const char *paths[] = {
		write_file(&folder, "a.yaml",
			"terms: {unused: abcd}\n"
			"causes:\n"
			"  - {id: a.one, titel: x, when: {match: abcd}}\n"
			"  - {id: a.two, title: x, why: human error, when: {match: "
			"{regex: 'a+'}}}\n"
			"  - {id: a.three, when: {any: [{match: {regex: '('}}, {}]}}\n"),
		NULL
	};
	struct rule_problems problems;
	struct rules *rules;
	struct err err = { 0 };

	(void)state;
	assert_int_equal(rules_check(folder.mem, paths, &rules, &problems, &err), -1);
	assert_int_equal(err.code, ERR_RULE);
	/* three of the load; the term, six examples, the regex, the blame */
	assert_int_equal(problems.errors, 12);
	assert_int_equal(rules_cause_count(rules), 3);
	assert_null(rules_find(rules, "a.one")->when);
	assert_non_null(rules_find(rules, "a.two")->when);
	assert_null(rules_find(rules, "a.three")->when);
	remove_folder(&folder);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(defaults_are_those_of_the_manual),
		cmocka_unit_test(every_key_of_a_cause_is_read),
		cmocka_unit_test(each_kind_of_signature_is_read),
		cmocka_unit_test(terms_are_named_once_and_shared_by_what_they_are),
		cmocka_unit_test(conditions_are_those_of_the_term_and_then_of_the_cause),
		cmocka_unit_test(an_edge_may_be_written_on_either_side_or_apart),
		cmocka_unit_test(a_link_to_a_rule_of_cre_waits_silently_until_it_is_loaded),
		cmocka_unit_test(
			only_links_may_name_what_is_not_loaded_and_only_in_the_shape_of_cre),
		cmocka_unit_test(a_circle_through_a_rule_of_cre_is_refused),
		cmocka_unit_test(an_alias_means_what_its_anchor_means),
		cmocka_unit_test(cre_files_are_told_apart),
		cmocka_unit_test(
			of_two_folders_the_first_wins_but_in_one_a_second_cause_is_a_fault),
		cmocka_unit_test(many_files_are_read_in_their_order_whoever_parses_them),
		cmocka_unit_test(a_missing_path_is_told_and_the_others_are_still_read),
		cmocka_unit_test(a_check_lints_and_keeps_what_is_sound_of_a_faulty_set),
	};

	return cmocka_run_group_tests_name("rules that load", tests, NULL, NULL);
}
