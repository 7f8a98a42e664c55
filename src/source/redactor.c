/*
 * Secrets out of texts. One pass looks at every three bytes; only where they begin a trigger of
 * redact_rules.c is a pattern tried, and only there: the cost follows the triggers.
 */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <string.h>
#include <strings.h>
#include <uthash.h>

#include "source/draft.h"
#include "source/redact_rules.h"

#define KEYS 32768 /* three times five bits */
#define PAIRS 1024 /* twice five bits */
#define REACH 1024 /* bytes behind a trigger that are looked at first */
#define SECRETS 65536 /* that are numbered; more would let memory grow with the input */

struct secret {
	unsigned number;
	UT_hash_handle hh;
	char digest[DIGEST_TEXT + 1]; /* the rule's type is hashed too */
};

struct count {
	const char *type;
	unsigned last;
};

struct trigger {
	const char *text;
	size_t length;
	size_t rule;
	unsigned char next; /* number of another one with the same key, plus one */
};

struct redactor {
	bool pair[PAIRS]; /* two bytes that follow each other in the first three of a trigger */
	uint64_t present[KEYS / 64];
	unsigned char first[KEYS]; /* number of a trigger plus one */
	struct trigger *triggers;
	size_t trigger_count;
	const struct redact_rule *rules;
	size_t rule_count;
	pcre2_code **codes; /* compiled when first needed */
	pcre2_match_data *data;
	pcre2_match_context *context;
	struct secret *secrets;
	struct count counts[8];
	char *out;
	size_t room, length;
};

/* Three bytes, letters of both cases alike. */
static unsigned key_of(const char *text)
{
	return ((unsigned)text[0] & 31) | ((unsigned)text[1] & 31) << 5 |
	       ((unsigned)text[2] & 31) << 10;
}

static unsigned pair_of(const char *text)
{
	return ((unsigned)text[0] & 31) | ((unsigned)text[1] & 31) << 5;
}

void redactor_forget(struct redactor *redactor)
{
	struct secret *secret, *next;

	HASH_ITER (hh, redactor->secrets, secret, next) {
		HASH_DEL(redactor->secrets, secret);
		talloc_free(secret);
	}
	memset(redactor->counts, 0, sizeof(redactor->counts));
}

static int redactor_free(struct redactor *redactor)
{
	redactor_forget(redactor);
	for (size_t i = 0; i < redactor->rule_count; i++)
		pcre2_code_free(redactor->codes[i]);
	pcre2_match_data_free(redactor->data);
	pcre2_match_context_free(redactor->context);
	return 0;
}

static void add_trigger(struct redactor *redactor, const char *text, size_t length, size_t rule)
{
	struct trigger *trigger;
	unsigned key = key_of(text);

	redactor->triggers = mem_grow(
		redactor, redactor->triggers, redactor->trigger_count, sizeof(*redactor->triggers));
	trigger = &redactor->triggers[redactor->trigger_count++];
	trigger->text = text;
	trigger->length = length;
	trigger->rule = rule;
	trigger->next = 0;
	redactor->present[key / 64] |= UINT64_C(1) << key % 64;
	redactor->pair[pair_of(text)] = redactor->pair[pair_of(text + 1)] = true;
	/* behind those that are there: rules are tried in their order */
	if (redactor->first[key] == 0) {
		redactor->first[key] = (unsigned char)redactor->trigger_count;
		return;
	}
	trigger = &redactor->triggers[redactor->first[key] - 1];
	while (trigger->next != 0)
		trigger = &redactor->triggers[trigger->next - 1];
	trigger->next = (unsigned char)redactor->trigger_count;
}

struct redactor *redactor_new(TALLOC_CTX *mem)
{
	struct redactor *redactor = mem_new(mem, struct redactor);

	redactor->rules = redact_rules(&redactor->rule_count);
	redactor->codes = mem_array(redactor, pcre2_code *, redactor->rule_count);
	for (size_t i = 0; i < redactor->rule_count; i++) {
		const char *text = redactor->rules[i].triggers;

		for (size_t size; *text != '\0'; text += size + (text[size] == '|')) {
			size = strcspn(text, "|");
			add_trigger(redactor, text, size, i);
		}
	}
	redactor->data = mem_check(pcre2_match_data_create(4, NULL));
	redactor->context = mem_check(pcre2_match_context_create(NULL));
	pcre2_set_match_limit(redactor->context, 1000000);
	pcre2_set_depth_limit(redactor->context, 10000);
	pcre2_set_heap_limit(redactor->context, 8192);
	talloc_set_destructor(redactor, redactor_free);
	return redactor;
}

static const pcre2_code *code_of(struct redactor *redactor, size_t rule)
{
	const char *pattern = redactor->rules[rule].pattern;
	PCRE2_SIZE offset;
	int error;

	if (redactor->codes[rule] == NULL) {
		redactor->codes[rule] =
			mem_check(pcre2_compile((PCRE2_SPTR)pattern, PCRE2_ZERO_TERMINATED,
				PCRE2_ANCHORED | PCRE2_NO_START_OPTIMIZE, &error, &offset, NULL));
		pcre2_jit_compile(redactor->codes[rule], PCRE2_JIT_COMPLETE);
	}
	return redactor->codes[rule];
}

static void add(struct redactor *redactor, const char *text, size_t length)
{
	if (redactor->length + length + 1 > redactor->room) {
		redactor->room = 2 * (redactor->length + length) + 1024;
		redactor->out =
			mem_check(talloc_realloc(redactor, redactor->out, char, redactor->room));
	}
	memcpy(redactor->out + redactor->length, text, length);
	redactor->length += length;
	redactor->out[redactor->length] = '\0';
}

static unsigned next_number(struct redactor *redactor, const char *type)
{
	for (size_t i = 0; i < sizeof(redactor->counts) / sizeof(redactor->counts[0]); i++) {
		struct count *count = &redactor->counts[i];

		if (count->type == NULL)
			count->type = type;
		if (strcmp(count->type, type) == 0)
			return ++count->last;
	}
	return 0;
}

/* The number of the secret among those of its type; 0: there are too many to number them. */
static unsigned number_of(
	struct redactor *redactor, const char *type, const char *value, size_t length)
{
	char key[DIGEST_TEXT + 1];
	struct secret *secret;

	digest_of(value, length, key);
	key[DIGEST_TEXT - 1] = type[0];
	key[DIGEST_TEXT] = type[1];
	HASH_FIND(hh, redactor->secrets, key, sizeof(key), secret);
	if (secret != NULL)
		return secret->number;
	if (HASH_COUNT(redactor->secrets) >= SECRETS)
		return 0;
	secret = mem_new(redactor, struct secret);
	memcpy(secret->digest, key, sizeof(key));
	secret->number = next_number(redactor, type);
	HASH_ADD(hh, redactor->secrets, digest, sizeof(key), secret);
	return secret->number;
}

static void add_placeholder(
	struct redactor *redactor, const char *type, const char *value, size_t length)
{
	unsigned number = number_of(redactor, type, value, length);
	char text[48];

	if (number > 0)
		snprintf(text, sizeof(text), "\xe2\x80\xb9%.20s:%u\xe2\x80\xba", type, number);
	else
		snprintf(text, sizeof(text), "\xe2\x80\xb9%.20s\xe2\x80\xba", type);
	add(redactor, text, strlen(text));
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

struct subject {
	const char *text;
	size_t length;
	size_t done; /* what is before was given out */
};

/*
 * Match at AT. Only what is near is looked at first, so that text full of triggers takes no longer
 * than another; more, where the match goes on to there.
 */
static int match_near(
	struct redactor *redactor, const struct subject *subject, size_t at, size_t number)
{
	size_t limit = subject->length - at > REACH ? at + REACH : subject->length;
	int found;

	found = pcre2_match(code_of(redactor, number), (PCRE2_SPTR)subject->text, limit, at, 0,
		redactor->data, redactor->context);
	if (found <= 0 || pcre2_get_ovector_pointer(redactor->data)[1] < limit ||
		limit == subject->length)
		return found;
	return pcre2_match(code_of(redactor, number), (PCRE2_SPTR)subject->text, subject->length,
		at, 0, redactor->data, redactor->context);
}

/* Whether RULE finds a secret where its trigger stands; then BEGIN and END are set. */
static bool try_rule(struct redactor *redactor, const struct subject *subject, size_t at,
	size_t number, size_t *begin, size_t *end)
{
	const struct redact_rule *rule = &redactor->rules[number];
	const PCRE2_SIZE *groups;
	int found;

	if (rule->word && at > 0 && is_word(subject->text[at - 1]))
		return false;
	found = match_near(redactor, subject, at, number);
	if (found <= 0)
		return false;
	groups = pcre2_get_ovector_pointer(redactor->data);
	for (found--; found > 1 && groups[2 * found] == PCRE2_UNSET; found--)
		;
	*begin = groups[2 * found];
	*end = groups[2 * found + 1];
	if (*end <= *begin || *begin < subject->done)
		return false;
	if (rule->accept != NULL && !rule->accept(subject->text + *begin, *end - *begin))
		return false;
	if (rule->extend || (rule->accept != NULL && *end - *begin >= REDACT_VALUE_MAX))
		*end += redact_rules_word(subject->text, subject->length, *end);
	/* patterns count bytes: what they end in the middle of goes, too */
	while (*end < subject->length && (subject->text[*end] & 0xc0) == 0x80)
		++*end;
	return true;
}

/* A secret that is known by what stands at AT. */
static const char *find_at(struct redactor *redactor, const struct subject *subject, size_t at,
	size_t *begin, size_t *end)
{
	unsigned key = key_of(subject->text + at);

	for (unsigned i = redactor->first[key]; i != 0; i = redactor->triggers[i - 1].next) {
		const struct trigger *trigger = &redactor->triggers[i - 1];

		if (trigger->length <= subject->length - at &&
			strncasecmp(subject->text + at, trigger->text, trigger->length) == 0 &&
			try_rule(redactor, subject, at, trigger->rule, begin, end))
			return redactor->rules[trigger->rule].type;
	}
	return NULL;
}

static bool is_present(const struct redactor *redactor, const char *text)
{
	unsigned key = key_of(text);

	return redactor->present[key / 64] >> key % 64 & 1;
}

/*
 * The first place from AT on where a trigger may begin, or LENGTH. Of every three bytes one pair
 * begins at an odd distance from AT, so that only every second place is looked at.
 */
static size_t next_trigger(
	const struct redactor *redactor, const char *text, size_t length, size_t at)
{
	for (at++; at + 1 < length; at += 2) {
		if (!redactor->pair[pair_of(text + at)])
			continue;
		if (is_present(redactor, text + at - 1))
			return at - 1;
		if (at + 3 <= length && is_present(redactor, text + at))
			return at;
	}
	return length;
}

/* The first "@" from AT on that has two bytes behind it, or LENGTH. */
static size_t next_address(const char *text, size_t length, size_t at)
{
	const char *found = at + 3 <= length ? memchr(text + at, '@', length - 2 - at) : NULL;

	return found != NULL ? (size_t)(found - text) : length;
}

/* The next secret from AT on: its type and place, or NULL. */
static const char *find(struct redactor *redactor, const struct subject *subject, size_t at,
	size_t *begin, size_t *end)
{
	const char *text = subject->text, *type;
	size_t length = subject->length;
	size_t address = next_address(text, length, at), trigger = at;

	while ((trigger = next_trigger(redactor, text, length, trigger)) < length ||
		address < length) {
		for (; address < length && address <= trigger;
			address = next_address(text, length, address + 1))
			if (redact_rules_address(text, length, subject->done, address, begin, end))
				return "email";
		if (trigger == length)
			return NULL;
		type = find_at(redactor, subject, trigger++, begin, end);
		if (type != NULL)
			return type;
	}
	return NULL;
}

const char *redactor_apply(struct redactor *redactor, const char *text, size_t length,
	size_t *out_length, uint64_t *count)
{
	struct subject subject = { .text = text, .length = length };
	size_t begin, end;
	const char *type;

	redactor->length = 0;
	while ((type = find(redactor, &subject, subject.done, &begin, &end)) != NULL) {
		add(redactor, text + subject.done, begin - subject.done);
		add_placeholder(redactor, type, text + begin, end - begin);
		subject.done = end;
		++*count;
	}
	if (subject.done == 0) {
		*out_length = length;
		return text;
	}
	add(redactor, text + subject.done, length - subject.done);
	*out_length = redactor->length;
	return redactor->out;
}
