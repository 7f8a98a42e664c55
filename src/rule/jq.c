/* Programs of jq: the small part of the language that only looks at one value. */
#include "rule/jq.h"

#include <ctype.h>
#include <jq.h>
#include <string.h>

#include "rule/loader.h"

#define COMMAS_MOST 16
#define WALKS_MOST 4

/* Words that look at their input and can neither loop nor reach beyond it. */
static const char *const words[] = { "and", "or", "not", "null", "true", "false", "select", "empty",
	"has", "length", "type", "tostring", "tonumber", "startswith", "endswith", "contains",
	"ascii_downcase", "any", "all", "map", "if", "then", "elif", "else", "end", NULL };

static bool is_known(const char *word, size_t length)
{
	for (size_t i = 0; words[i] != NULL; i++)
		if (strlen(words[i]) == length && strncmp(words[i], word, length) == 0)
			return true;
	return false;
}

/* Behind a string that begins at AT; NULL: it computes something, or does not end. */
static const char *skip_string(const char *at)
{
	for (at++; *at != '"'; at++) {
		if (*at == '\0' || (*at == '\\' && (at[1] == '(' || at[1] == '\0')))
			return NULL;
		at += *at == '\\';
	}
	return at + 1;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

/* What may have several outputs, each of which what follows is run on: "[]", ".." and ",". */
static void count_fork(const char *at, struct jq_growth *growth)
{
	size_t blanks = strspn(at + 1, " \t\r\n");

	growth->commas += *at == ',';
	growth->walks += (*at == '[' && at[1 + blanks] == ']') || (*at == '.' && at[1] == '.');
}

/* The first thing in TEXT that is beyond what is allowed; NULL: nothing. */
static const char *beyond(const char *text, size_t *length, struct jq_growth *growth)
{
	*growth = (struct jq_growth){ 0, 0 };
	for (const char *at = text; *at != '\0';) {
		const char *start = at;

		*length = 1;
		if (*at == '"') {
			at = skip_string(at);
			if (at == NULL)
				return start;
		} else if (isalpha((unsigned char)*at) || *at == '_') {
			while (is_word(*at))
				at++;
			*length = (size_t)(at - start);
			if ((start == text || start[-1] != '.') && !is_known(start, *length) &&
				*at != ':')
				return start;
		} else if (isdigit((unsigned char)*at)) {
			while (is_word(*at) || *at == '.')
				at++;
		} else if (strchr(" \t\r\n.[]()|,=!<>?/:{}-", *at) == NULL) {
			return start;
		} else {
			count_fork(at, growth);
			at++;
		}
	}
	return NULL;
}

struct jq_growth rule_jq_growth(const char *text)
{
	struct jq_growth growth;
	size_t length;

	beyond(text, &length, &growth);
	return growth;
}

struct jq_program {
	const char *key;
	struct jq_state *state; /* NULL: it does not compile */
	const char *error;
	UT_hash_handle hh;
};

static int free_program(struct jq_program *program)
{
	if (program->state != NULL)
		jq_teardown(&program->state);
	return 0;
}

/* The first message is the fault itself, later ones count the faults. */
static void note(void *context, jv message)
{
	struct jq_program *program = context;
	jv text = jq_format_error(message);

	if (program->error == NULL && jv_get_kind(text) == JV_KIND_STRING) {
		const char *words_of = jv_string_value(text);

		if (strncmp(words_of, "jq: ", 4) == 0)
			words_of += 4;
		program->error = mem_strndup(program, words_of, strcspn(words_of, "\n"));
	}
	jv_free(text);
}

static void compile(struct jq_program *program, const char *text)
{
	struct jq_growth growth;
	size_t length;
	const char *place = beyond(text, &length, &growth);

	if (place != NULL) {
		program->error =
			mem_printf(program, "\"%.*s\" is beyond the part of jq that rules may use",
				(int)(length > 40 ? 40 : length), place);
		return;
	}
	if (growth.commas > COMMAS_MOST || growth.walks > WALKS_MOST) {
		program->error = mem_printf(program,
			"it may have too many outputs: %u \",\", of which %d are allowed, and %u "
			"\"[]\" or \"..\", of which %d are",
			growth.commas, COMMAS_MOST, growth.walks, WALKS_MOST);
		return;
	}
	program->state = mem_check(jq_init());
	jq_set_error_cb(program->state, note, program);
	if (!jq_compile(program->state, text)) {
		jq_teardown(&program->state);
		if (program->error == NULL)
			program->error = "it does not compile";
		return;
	}
	/* what fails on one entry is no news */
	jq_set_error_cb(program->state, NULL, NULL);
}

struct jq_program *rule_jq_intern(struct loader *loader, const char *text)
{
	struct rules *rules = loader->rules;
	struct jq_program *program;

	HASH_FIND_STR(rules->programs, text, program);
	if (program == NULL) {
		program = mem_new(rules, struct jq_program);
		talloc_set_destructor(program, free_program);
		program->key = mem_strdup(program, text);
		compile(program, text);
		HASH_ADD_KEYPTR(hh, rules->programs, program->key, strlen(program->key), program);
	}
	return program;
}

void rule_jq_check(struct loader *loader, const char *text, struct place place)
{
	const struct jq_program *program = rule_jq_intern(loader, text);

	if (program->error != NULL)
		rule_error(loader->problems, place, "jq: %s", program->error);
}

void rule_jq_clear(struct rules *rules)
{
	HASH_CLEAR(hh, rules->programs);
}

struct jq_state *rules_jq(const struct rules *rules, const struct term *term)
{
	const struct pattern *pattern = rules->patterns[term->index];

	return pattern->program == NULL ? NULL : pattern->program->state;
}
