/* A set of rules: loading it from files, and what is in it. */
#include <string.h>
#include <sys/stat.h>

#include "rule/files.h"
#include "rule/loader.h"

static void read_version(struct loader *loader, const struct tree *value, void *field)
{
	(void)field;
	if (value->kind != TREE_SCALAR || strcmp(value->text, "1") != 0)
		rule_error(loader->problems, value->place, "this program reads version 1");
}

static void read_causes(struct loader *loader, const struct tree *value, void *field)
{
	(void)field;
	if (value->kind != TREE_LIST)
		rule_error(loader->problems, value->place, "\"causes\" must be a list");
	for (size_t i = 0; value->kind == TREE_LIST && i < value->count; i++)
		rule_cause_read(loader, &value->items[i]);
}

static void read_links(struct loader *loader, const struct tree *value, void *field)
{
	(void)field;
	rule_edge_links(loader, value);
}

static const struct key file_items[] = {
	{ "version", read_version, 0 },
	{ "terms", rule_keys_skip, 0 }, /* read before all others */
	{ "causes", read_causes, 0 },
	{ "links", read_links, 0 },
};
static const struct keys file_keys = KEYS("a rule file", file_items, NULL);

static void read_document(struct loader *loader, const struct tree *document)
{
	const struct tree *terms = rule_tree_get(document, "terms");

	if (rule_cre_is(document)) {
		rule_cre_read(loader, document);
		return;
	}
	if (terms != NULL && !terms->null)
		rule_term_define(loader, terms);
	rule_keys_read(loader, document, &file_keys, loader);
	HASH_CLEAR(hh, loader->terms);
}

static void read_documents(
	struct loader *loader, const char *file, const struct tree *documents, size_t count)
{
	struct rules *rules = loader->rules;

	rules->files = mem_grow(rules, rules->files, rules->file_count, sizeof(*rules->files));
	rules->files[rules->file_count++] = file;
	for (size_t i = 0; i < count; i++)
		read_document(loader, &documents[i]);
}

static int free_rules(struct rules *rules)
{
	/* the tables of uthash are not talloc's */
	HASH_CLEAR(hh, rules->by_id);
	HASH_CLEAR(hh, rules->by_key);
	HASH_CLEAR(hh, rules->regexes);
	rule_jq_clear(rules);
	return 0;
}

/* What a load needs from its beginning to its end. */
struct load {
	struct loader loader;
	struct rule_files *files;
	struct rule_list list;
	struct digest *digest;
	struct err err; /* the first fault of the operating system */
};

static void begin(TALLOC_CTX *mem, struct load *load)
{
	load->list = (struct rule_list){ .mem = mem };
	load->loader = (struct loader){ .problems = &load->list };
	load->loader.rules = mem_new(mem, struct rules);
	talloc_set_destructor(load->loader.rules, free_rules);
	load->loader.scratch = mem_check(talloc_new(mem));
	load->files = rule_files_new(load->loader.scratch);
	load->digest = digest_new(load->loader.scratch);
	load->err = (struct err){ ERR_NONE, "" };
}

static void first_error(const struct rule_problems *problems, struct err *err)
{
	for (size_t i = 0; i < problems->count; i++) {
		const struct rule_problem *problem = &problems->items[i];

		if (problem->warning)
			continue;
		err_fill(err, ERR_RULE, "%s:%u:%u: %s", problem->place.file, problem->place.line,
			problem->place.column, problem->text);
		return;
	}
}

static void resolve(struct load *load)
{
	struct rules *rules = load->loader.rules;

	rule_cause_resolve(&load->loader);
	rule_edge_resolve(&load->loader);
	digest_end(load->digest, rules->sha256);
	talloc_free(load->loader.scratch);
}

/* The set stays with its owner in any case: the places of the problems name its files. */
static int end(struct load *load, struct rule_problems *problems, struct err *err)
{
	const struct rules *rules = load->loader.rules;

	rule_problem_sort(load->list.items, load->list.count, rules->files, rules->file_count);
	*problems = (struct rule_problems){ load->list.items, load->list.count, load->list.errors };
	if (load->err.code != ERR_NONE)
		*err = load->err;
	else if (problems->errors > 0)
		first_error(problems, err);
	return problems->errors > 0 ? -1 : 0;
}

/* Of a cause with faults nothing is observed and nothing tried. */
static void drop_faulty(struct rules *rules)
{
	for (size_t i = 0; i < rules->cause_count; i++) {
		struct cause *cause = &rules->causes[i]->cause;

		if (!rules->causes[i]->faulty)
			continue;
		cause->when = NULL;
		cause->expect_count = cause->example_count = 0;
	}
	/* no sound cause uses them, but matching would refuse the whole set */
	for (size_t i = 0; i < rules->pattern_count; i++) {
		struct pattern *pattern = rules->patterns[i];

		if (pattern->regex != NULL && pattern->regex->code == NULL) {
			pattern->regex = NULL;
			pattern->term->kind = TERM_LITERAL;
		}
	}
}

/* One file more, beside all folders, whose text is here. */
static void read_text(struct load *load, const char *name, const char *text, size_t length)
{
	struct rules *rules = load->loader.rules;
	const char *file = mem_strdup(rules, name);
	struct tree *documents;
	size_t count = rule_tree_parse(
		load->loader.scratch, rules, file, text, length, &documents, &load->list);

	load->loader.folder = "";
	read_documents(&load->loader, file, documents, count);
}

int rules_load_text(TALLOC_CTX *mem, const char *name, const char *text, size_t length,
	struct rules **out, struct rule_problems *problems, struct err *err)
{
	struct load load;

	begin(mem, &load);
	digest_add(load.digest, text, length);
	read_text(&load, name, text, length);
	resolve(&load);
	if (end(&load, problems, err) < 0)
		return -1;
	*out = load.loader.rules;
	return 0;
}

static void fail(struct load *load, const char *path, const struct err *err)
{
	struct place place = { .file = path };
	size_t length = strlen(path);
	bool named =
		strncmp(err->text, path, length) == 0 && strncmp(err->text + length, ": ", 2) == 0;

	rule_error(&load->list, place, "%s", named ? err->text + length + 2 : err->text);
	if (load->err.code == ERR_NONE)
		load->err = *err;
}

static void read_file(struct load *load, struct rule_file *file)
{
	struct loader *loader = &load->loader;

	if (file->err.code != ERR_NONE) {
		fail(load, file->path, &file->err);
		return;
	}
	digest_add(load->digest, file->text, file->length);
	talloc_steal(loader->rules, file->texts);
	rule_problem_move(&load->list, &file->problems);
	loader->folder = file->folder;
	read_documents(loader, file->path, file->documents, file->count);
}

static bool is_rule_file(const char *path)
{
	const char *dot = strrchr(path_base(path), '.');

	return dot != NULL && (strcmp(dot, ".yaml") == 0 || strcmp(dot, ".yml") == 0);
}

static void add_folder(struct load *load, const char *path)
{
	struct rules *rules = load->loader.rules;
	struct err err = { 0 };
	char **files;

	if (path_list(load->loader.scratch, path, NULL, true, &files, &err) < 0) {
		rule_files_fail(load->files, path, &err);
		return;
	}
	for (; *files != NULL; files++)
		if (is_rule_file(*files))
			rule_files_add(load->files, mem_strdup(rules, *files), path);
}

static void add_path(struct load *load, const char *given)
{
	struct rules *rules = load->loader.rules;
	const char *path = mem_strdup(rules, given);
	size_t folder = (size_t)(path_base(path) - path);
	struct stat status;
	struct err err = { 0 };

	if (stat(path, &status) < 0) {
		err_fill_errno(&err, errno, "%s", path);
		rule_files_fail(load->files, path, &err);
	} else if (S_ISDIR(status.st_mode)) {
		add_folder(load, path);
	} else {
		rule_files_add(load->files, path, mem_strndup(rules, path, folder));
	}
}

static void read_paths(struct load *load, const char *const *paths)
{
	struct rule_file *file;

	for (; *paths != NULL; paths++)
		add_path(load, *paths);
	while ((file = rule_files_next(load->files)) != NULL)
		read_file(load, file);
}

int rules_load(TALLOC_CTX *mem, const char *const *paths, struct rules **out,
	struct rule_problems *problems, struct err *err)
{
	struct load load;

	begin(mem, &load);
	read_paths(&load, paths);
	resolve(&load);
	if (end(&load, problems, err) < 0)
		return -1;
	*out = load.loader.rules;
	return 0;
}

int rules_check(TALLOC_CTX *mem, const char *const *paths, struct rules **out,
	struct rule_problems *problems, struct err *err)
{
	struct load load;

	begin(mem, &load);
	read_paths(&load, paths);
	resolve(&load);
	rule_lint(load.loader.rules, NULL, &load.list);
	drop_faulty(load.loader.rules);
	*out = load.loader.rules;
	return end(&load, problems, err);
}

int rules_check_text(TALLOC_CTX *mem, const char *const *paths, const char *name, const char *text,
	struct rules **out, struct rule_problems *problems, struct err *err)
{
	struct load load;

	begin(mem, &load);
	read_paths(&load, paths);
	/* an equal id in one of the folders is hidden: callers look for that */
	read_text(&load, name, text, strlen(text));
	resolve(&load);
	rule_lint(load.loader.rules, name, &load.list);
	drop_faulty(load.loader.rules);
	*out = load.loader.rules;
	return end(&load, problems, err);
}

void rules_lint(TALLOC_CTX *mem, const struct rules *rules, struct rule_problems *problems)
{
	struct rule_list list = { mem, NULL, 0, problems->errors };

	for (size_t i = 0; i < problems->count; i++) {
		list.items = mem_grow(mem, list.items, list.count, sizeof(*list.items));
		list.items[list.count++] = problems->items[i];
	}
	rule_lint(rules, NULL, &list);
	rule_problem_sort(list.items, list.count, rules->files, rules->file_count);
	*problems = (struct rule_problems){ list.items, list.count, list.errors };
}

size_t rules_cause_count(const struct rules *rules)
{
	return rules->cause_count;
}

const struct cause *rules_cause(const struct rules *rules, size_t index)
{
	return &rules->causes[index]->cause;
}

const struct cause *rules_find(const struct rules *rules, const char *id)
{
	const struct known *known = rule_cause_find(rules, id);

	return known == NULL ? NULL : &known->cause;
}

size_t rules_term_count(const struct rules *rules)
{
	return rules->pattern_count;
}

const struct term *rules_term(const struct rules *rules, size_t index)
{
	return rules->patterns[index]->term;
}

struct pcre2_real_code_8 *rules_regex(const struct rules *rules, const struct term *term)
{
	const struct pattern *pattern = rules->patterns[term->index];

	return pattern->regex == NULL ? NULL : pattern->regex->code;
}

const char *rules_sha256(const struct rules *rules)
{
	return rules->sha256;
}
