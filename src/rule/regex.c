/* Regexes: compiled one way, once. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "rule/loader.h"

#include <pcre2.h>
#include <string.h>

/* Frees with talloc what PCRE2 allocated. */
struct holder {
	pcre2_code *code;
};

static int free_code(struct holder *holder)
{
	pcre2_code_free(holder->code);
	return 0;
}

static pcre2_code *compile(TALLOC_CTX *mem, const char *pattern, enum regex_style style,
	uint32_t more, struct err *err)
{
	static const uint32_t styles[] = { [REGEX_OWN] = PCRE2_MULTILINE,
		[REGEX_NOCASE] = PCRE2_MULTILINE | PCRE2_CASELESS,
		[REGEX_CRE] = PCRE2_DOLLAR_ENDONLY };
	uint32_t options = PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_NEVER_BACKSLASH_C |
			   styles[style] | more;
	pcre2_compile_context *context = mem_check(pcre2_compile_context_create(NULL));
	PCRE2_UCHAR text[256];
	PCRE2_SIZE offset;
	struct holder *holder;
	pcre2_code *code;
	int number;

	pcre2_set_newline(context, PCRE2_NEWLINE_LF);
	code = pcre2_compile(
		(PCRE2_SPTR)pattern, strlen(pattern), options, &number, &offset, context);
	pcre2_compile_context_free(context);
	if (code == NULL) {
		pcre2_get_error_message(number, text, sizeof(text));
		err_fill(err, ERR_RULE, "%s at character %zu", (const char *)text, offset + 1);
		return NULL;
	}
	holder = mem_new(mem, struct holder);
	holder->code = code;
	talloc_set_destructor(holder, free_code);
	return code;
}

struct pcre2_real_code_8 *rule_regex(
	TALLOC_CTX *mem, const char *pattern, bool nocase, struct err *err)
{
	return compile(mem, pattern, nocase ? REGEX_NOCASE : REGEX_OWN, 0, err);
}

struct pcre2_real_code_8 *rule_regex_counting(
	TALLOC_CTX *mem, const char *pattern, bool nocase, bool cre)
{
	enum regex_style own = nocase ? REGEX_NOCASE : REGEX_OWN;
	struct err err = { 0 };

	return compile(mem, pattern, cre ? REGEX_CRE : own, PCRE2_AUTO_CALLOUT, &err);
}

#define STEPS_PER_BYTE 10

uint64_t rule_steps_limit(size_t length)
{
	return RULE_MATCH_LIMIT + STEPS_PER_BYTE * (uint64_t)length;
}

int rule_steps_count(pcre2_callout_block *block, void *data)
{
	struct rule_steps *steps = data;
	size_t at = block->current_position;

	steps->steps += 1 + (at > steps->at ? at - steps->at : steps->at - at);
	steps->at = at;
	return steps->steps > steps->limit ? PCRE2_ERROR_CALLOUT : 0;
}

static const char **group_names(TALLOC_CTX *mem, const pcre2_code *code)
{
	uint32_t count = 0, size = 0, kept = 0;
	PCRE2_SPTR table = NULL;
	const char **names;

	pcre2_pattern_info(code, PCRE2_INFO_NAMECOUNT, &count);
	pcre2_pattern_info(code, PCRE2_INFO_NAMEENTRYSIZE, &size);
	pcre2_pattern_info(code, PCRE2_INFO_NAMETABLE, &table);
	names = mem_array(mem, const char *, count + 1);
	/* an entry is the number of the group in two bytes, and its name; sorted by name */
	for (uint32_t i = 0; i < count; i++) {
		const char *name = (const char *)table + (size_t)i * size + 2;

		if (kept == 0 || strcmp(names[kept - 1], name) != 0)
			names[kept++] = mem_strdup(names, name);
	}
	return names;
}

#define LETTERS "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_"

/* Names in a pattern that does not compile, so that its other faults are told and no more. */
static const char **guess_names(TALLOC_CTX *mem, const char *pattern)
{
	const char **names = NULL;
	size_t count = 0;

	for (const char *at = pattern; (at = strstr(at, "(?")) != NULL; at += 2) {
		const char *name = at + 2 + (at[2] == 'P');
		size_t length;

		if (name[0] != '<' && name[0] != '\'')
			continue;
		length = strspn(name + 1, LETTERS);
		if (length == 0)
			continue;
		names = mem_grow(mem, names, count, sizeof(*names));
		names[count++] = mem_strndup(mem, name + 1, length);
	}
	names = mem_grow(mem, names, count, sizeof(*names));
	names[count] = NULL;
	return names;
}

static struct regex *new_regex(struct loader *loader, const char *text, enum regex_style style)
{
	struct regex *regex = mem_new(loader->rules, struct regex);
	struct err err = { 0 };

	regex->code = compile(regex, text, style, 0, &err);
	if (regex->code == NULL)
		regex->error = mem_strdup(regex, err.text);
	regex->names =
		regex->code != NULL ? group_names(regex, regex->code) : guess_names(regex, text);
	return regex;
}

struct regex *rule_regex_intern(struct loader *loader, const char *text, enum regex_style style)
{
	char *key = mem_printf(loader->scratch, "%d%s", (int)style, text);
	struct regex *regex;

	HASH_FIND_STR(loader->rules->regexes, key, regex);
	if (regex == NULL) {
		regex = new_regex(loader, text, style);
		regex->key = mem_strdup(regex, key);
		HASH_ADD_KEYPTR(hh, loader->rules->regexes, regex->key, strlen(regex->key), regex);
	}
	talloc_free(key);
	return regex;
}

void rule_regex_check(
	struct loader *loader, const char *text, enum regex_style style, struct place place)
{
	const struct regex *regex = rule_regex_intern(loader, text, style);

	if (regex->error != NULL)
		rule_error(loader->problems, place, "regex: %s", regex->error);
}
