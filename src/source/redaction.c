/* What is replaced besides secrets: kinds by name, and patterns of the user's own. */
#include "source/redaction.h"

#include <string.h>

#define STEPS 5000000 /* of one search: that of a pattern that behaves is far below */
#define NAME_MAX_LENGTH 20
#define PATTERNS_MAX 32

static const struct {
	const char *name;
	size_t offset;
} kinds[] = {
	{ "email", offsetof(struct redaction, email) },
	{ "ip", offsetof(struct redaction, ip) },
	{ "service-account", offsetof(struct redaction, account) },
};

#define KIND_COUNT (sizeof(kinds) / sizeof(kinds[0]))

static int redaction_free(struct redaction *redaction)
{
	for (size_t i = 0; i < redaction->pattern_count; i++)
		pcre2_code_free(redaction->patterns[i].code);
	return 0;
}

struct redaction *redaction_new(TALLOC_CTX *mem)
{
	struct redaction *redaction = mem_new(mem, struct redaction);

	redaction->email = true;
	talloc_set_destructor(redaction, redaction_free);
	return redaction;
}

static bool *flag_of(struct redaction *redaction, const char *name, size_t length)
{
	for (size_t i = 0; i < KIND_COUNT; i++)
		if (strlen(kinds[i].name) == length && strncmp(kinds[i].name, name, length) == 0)
			return (bool *)((char *)redaction + kinds[i].offset);
	return NULL;
}

int redaction_kinds(struct redaction *redaction, const char *const *lists, struct err *err)
{
	redaction->email = redaction->ip = redaction->account = false;
	for (; *lists != NULL; lists++)
		for (const char *list = *lists; *list != '\0';) {
			size_t length = strcspn(list, ",");
			bool *flag = flag_of(redaction, list, length);

			if (flag != NULL)
				*flag = true;
			else if (length != 4 || memcmp(list, "none", 4) != 0)
				return err_set(err, ERR_USAGE,
					"redact takes email, ip, service-account and none, not "
					"\"%.*s\"",
					(int)length, list);
			list += length + (list[length] == ',');
		}
	return 0;
}

/* Kinds of the program keep their meaning. */
static bool is_taken(const struct redaction *redaction, const char *name)
{
	static const char *const own[] = { "token", "key", "password", "private-key", "cookie",
		"email", "ip", "service-account" };

	for (size_t i = 0; i < sizeof(own) / sizeof(own[0]); i++)
		if (strcmp(own[i], name) == 0)
			return true;
	for (size_t i = 0; i < redaction->pattern_count; i++)
		if (strcmp(redaction->patterns[i].name, name) == 0)
			return true;
	return false;
}

int redaction_pattern(
	struct redaction *redaction, const char *name, const char *regex, struct err *err)
{
	struct redaction_pattern pattern;
	size_t length = strlen(name);
	unsigned char text[256];
	PCRE2_SIZE offset;
	int error;

	if (length == 0 || length > NAME_MAX_LENGTH || name[0] < 'a' || name[0] > 'z' ||
		strspn(name, "abcdefghijklmnopqrstuvwxyz0123456789-") != length)
		return err_set(err, ERR_USAGE,
			"a name is of small letters, digits and dashes, %d at most, not \"%s\"",
			NAME_MAX_LENGTH, name);
	if (is_taken(redaction, name))
		return err_set(err, ERR_USAGE, "the name \"%s\" is taken", name);
	if (redaction->pattern_count == PATTERNS_MAX)
		return err_set(err, ERR_USAGE, "more than %d patterns", PATTERNS_MAX);
	pattern.code = pcre2_compile((PCRE2_SPTR)regex, PCRE2_ZERO_TERMINATED,
		PCRE2_UTF | PCRE2_MATCH_INVALID_UTF | PCRE2_AUTO_CALLOUT | PCRE2_NEVER_BACKSLASH_C,
		&error, &offset, NULL);
	if (pattern.code == NULL) {
		pcre2_get_error_message(error, text, sizeof(text));
		return err_set(err, ERR_USAGE, "regex: %s, at its byte %zu", (char *)text,
			(size_t)offset + 1);
	}
	pattern.name = mem_strdup(redaction, name);
	redaction->patterns = mem_grow(redaction, redaction->patterns, redaction->pattern_count,
		sizeof(*redaction->patterns));
	redaction->patterns[redaction->pattern_count++] = pattern;
	return 0;
}

static int count_step(pcre2_callout_block *block, void *steps)
{
	(void)block;
	return ++*(uint64_t *)steps > STEPS ? PCRE2_ERROR_CALLOUT : 0;
}

int redaction_search(const struct redaction_pattern *pattern, pcre2_match_data *data,
	const char *text, size_t length, size_t at, size_t *begin, size_t *end)
{
	pcre2_match_context *context = mem_check(pcre2_match_context_create(NULL));
	const PCRE2_SIZE *groups = pcre2_get_ovector_pointer(data);
	uint64_t steps = 0;
	int found, result = 0;

	pcre2_set_callout(context, count_step, &steps);
	pcre2_set_heap_limit(context, 8192);
	while (result == 0 && at < length) {
		found = pcre2_match(
			pattern->code, (PCRE2_SPTR)text, length, at, PCRE2_NOTEMPTY, data, context);
		if (found == PCRE2_ERROR_NOMATCH)
			break;
		for (found--; found > 1 && groups[2 * found] == PCRE2_UNSET; found--)
			;
		if (found < -1) {
			result = -1;
		} else {
			found = found < 0 ? 0 : found;
			*begin = groups[2 * found];
			*end = groups[2 * found + 1];
			/* a group may be empty, or lie before AT */
			result = *begin >= at && *end > *begin;
			at = groups[1] > at ? groups[1] : at + 1;
		}
	}
	pcre2_match_context_free(context);
	return result;
}
