/*
 * Secrets out of texts. Where a trigger of redact_rules.c stands, a pattern or a function is tried,
 * and only there: the cost follows the triggers. What is put in their place is looked through
 * again until nothing is found, so that redacted text stays as it is when it is redacted again.
 */
#include "source/redaction.h"

#include <string.h>

#include "source/redact_key.h"
#include "source/redact_numbers.h"
#include "source/redact_place.h"
#include "source/redact_triggers.h"

#define REACH 1024 /* bytes behind a trigger that are looked at first */
#define PASSES 16 /* over one text */
#define OPEN "\xe2\x80\xb9"
#define CLOSE "\xe2\x80\xba"

struct output {
	char *text;
	size_t room, length;
};

struct redactor {
	const struct redaction *redaction;
	struct redaction *own; /* where none was given */
	struct redact_triggers *triggers;
	const struct redact_rule *rules;
	pcre2_code **codes; /* compiled when first needed */
	size_t rule_count;
	pcre2_match_data *data;
	pcre2_match_context *context;
	struct redact_numbers *numbers;
	struct redact_key key; /* a private key that goes on in the texts to come */
	const struct redaction_pattern *pattern; /* of the pass at hand */
	bool gave_up;
	struct output out[2]; /* each pass reads one and writes the other */
	unsigned turn;
};

/* The next secret of TEXT from AT on: its kind and place, or NULL. */
typedef const char *find_next(struct redactor *redactor, const struct redact_text *text, size_t at,
	size_t *begin, size_t *end);

void redactor_break(struct redactor *redactor)
{
	redactor->key = (struct redact_key){ .open = false };
}

void redactor_forget(struct redactor *redactor)
{
	redact_numbers_forget(redactor->numbers);
	redact_key_forget(&redactor->key);
}

static int redactor_free(struct redactor *redactor)
{
	for (size_t i = 0; i < redactor->rule_count; i++)
		pcre2_code_free(redactor->codes[i]);
	pcre2_match_data_free(redactor->data);
	pcre2_match_context_free(redactor->context);
	return 0;
}

struct redactor *redactor_new(TALLOC_CTX *mem, const struct redaction *redaction)
{
	struct redactor *redactor = mem_new(mem, struct redactor);

	if (redaction == NULL)
		redaction = redactor->own = redaction_new(redactor);
	redactor->redaction = redaction;
	redactor->rules = redact_rules(&redactor->rule_count);
	redactor->codes = mem_array(redactor, pcre2_code *, redactor->rule_count);
	redactor->triggers = redact_triggers_new(redactor, redactor->rules, redactor->rule_count);
	redactor->numbers = redact_numbers_new(redactor);
	redactor->data = mem_check(pcre2_match_data_create(8, NULL));
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

static void add(struct redactor *redactor, struct output *out, const char *text, size_t length)
{
	if (out->length + length + 1 > out->room) {
		out->room = 2 * (out->length + length) + 1024;
		out->text = mem_check(talloc_realloc(redactor, out->text, char, out->room));
	}
	memcpy(out->text + out->length, text, length);
	out->length += length;
	out->text[out->length] = '\0';
}

static void add_placeholder(
	struct redactor *redactor, struct output *out, const char *kind, unsigned number)
{
	char text[48];

	if (number > 0)
		snprintf(text, sizeof(text), OPEN "%.20s:%u" CLOSE, kind, number);
	else
		snprintf(text, sizeof(text), OPEN "%.20s" CLOSE, kind);
	add(redactor, out, text, strlen(text));
}

/*
 * Match at AT. Only what is near is looked at first, so that text full of triggers takes no longer
 * than another; more, where the match goes on to there.
 */
static int match_near(
	struct redactor *redactor, const struct redact_text *in, size_t at, size_t number)
{
	size_t limit = in->length - at > REACH ? at + REACH : in->length;
	int found;

	found = pcre2_match(code_of(redactor, number), (PCRE2_SPTR)in->text, limit, at, 0,
		redactor->data, redactor->context);
	if (found <= 0 || pcre2_get_ovector_pointer(redactor->data)[1] < limit ||
		limit == in->length)
		return found;
	return pcre2_match(code_of(redactor, number), (PCRE2_SPTR)in->text, in->length, at, 0,
		redactor->data, redactor->context);
}

static bool try_pattern(struct redactor *redactor, const struct redact_text *in, size_t at,
	size_t number, size_t *begin, size_t *end)
{
	const struct redact_rule *rule = &redactor->rules[number];
	const PCRE2_SIZE *groups = pcre2_get_ovector_pointer(redactor->data);
	int found = match_near(redactor, in, at, number);

	if (found <= 0)
		return false;
	for (found--; found > 1 && groups[2 * found] == PCRE2_UNSET; found--)
		;
	*begin = groups[2 * found];
	*end = groups[2 * found + 1];
	if (*end <= *begin || *begin < in->done)
		return false;
	/* "." and "=" are of tokens, and of the sentence around them */
	while (rule->word && !rule->extend && *end - *begin > 8 && in->text[*end - 1] == '.')
		--*end;
	if (rule->accept != NULL && !rule->accept(in->text + *begin, *end - *begin))
		return false;
	if (rule->extend || (rule->accept != NULL && *end - *begin >= REDACT_VALUE_MAX))
		*end += redact_rules_word(in->text, in->length, *end);
	return true;
}

/* Our own placeholder is none of the keys that its kind is named like, and no value. */
static bool is_in_placeholder(const struct redact_text *in, size_t at)
{
	const char *text = in->text;

	if (in->length - at >= 3 && memcmp(text + at, OPEN, 3) == 0)
		return true;
	while (at > 0 && text[at - 1] != '\0' &&
		strchr("abcdefghijklmnopqrstuvwxyz0123456789-:", text[at - 1]) != NULL)
		at--;
	return at >= 3 && memcmp(text + at - 3, OPEN, 3) == 0;
}

/* Whether the rule of TRIGGER finds a secret where it stands; then BEGIN and END are set. */
static bool try_trigger(struct redactor *redactor, const struct redact_text *in, size_t at,
	const struct redact_trigger *trigger, size_t *begin, size_t *end)
{
	const struct redact_rule *rule = &redactor->rules[trigger->rule];

	if (rule->word && redact_rules_inside_word(in->text, at))
		return false;
	redact_key_head(&redactor->key, in, at);
	if (rule->find == redact_place_email && !redactor->redaction->email)
		return false;
	if (rule->find != NULL ? !rule->find(in, at, trigger->length, begin, end)
			       : !try_pattern(redactor, in, at, trigger->rule, begin, end))
		return false;
	if (is_in_placeholder(in, *begin))
		return false;
	*end = redact_key_wrapped(in, *begin, *end);
	/* patterns count bytes: what they end in the middle of goes, too */
	while (*end < in->length && (in->text[*end] & 0xc0) == 0x80)
		++*end;
	return true;
}

/* A secret that is known by what stands at AT. */
static const char *find_at(struct redactor *redactor, const struct redact_text *in, size_t at,
	size_t *begin, size_t *end)
{
	const struct redact_trigger *trigger = NULL;

	while ((trigger = redact_triggers_at(
			redactor->triggers, trigger, in->text, in->length, at)) != NULL)
		if (try_trigger(redactor, in, at, trigger, begin, end))
			return redactor->rules[trigger->rule].type;
	return NULL;
}

/* The first "@" from AT on that has two bytes behind it, or LENGTH. */
static size_t next_address(const char *text, size_t length, size_t at)
{
	const char *found = at + 3 <= length ? memchr(text + at, '@', length - 2 - at) : NULL;

	return found != NULL ? (size_t)(found - text) : length;
}

static const char *find_address(const struct redactor *redactor, const struct redact_text *in,
	size_t at, size_t *begin, size_t *end)
{
	if (redactor->redaction->account && redact_place_account(in, at, 1, begin, end))
		return "service-account";
	if (redactor->redaction->email && redact_place_email(in, at, 1, begin, end))
		return "email";
	return NULL;
}

static const char *find_secret(struct redactor *redactor, const struct redact_text *in, size_t at,
	size_t *begin, size_t *end)
{
	const char *text = in->text, *kind;
	size_t length = in->length;
	size_t address = next_address(text, length, at), trigger = at;

	while ((trigger = redact_triggers_next(redactor->triggers, text, length, trigger)) <
			length ||
		address < length) {
		for (; address < length && address < trigger;
			address = next_address(text, length, address + 1)) {
			kind = find_address(redactor, in, address, begin, end);
			if (kind != NULL)
				return kind;
		}
		if (trigger == length)
			return NULL;
		kind = find_at(redactor, in, trigger++, begin, end);
		if (kind != NULL)
			return kind;
	}
	return NULL;
}

static const char *find_ip(struct redactor *redactor, const struct redact_text *in, size_t at,
	size_t *begin, size_t *end)
{
	(void)redactor;
	return redact_place_ip(in, at, begin, end) ? "ip" : NULL;
}

/* What a pattern has not looked at is not shown. */
static const char *find_pattern(struct redactor *redactor, const struct redact_text *in, size_t at,
	size_t *begin, size_t *end)
{
	int found = redaction_search(
		redactor->pattern, redactor->data, in->text, in->length, at, begin, end);

	if (found < 0) {
		redactor->gave_up = true;
		*begin = at;
		*end = in->length;
	}
	return found != 0 ? redactor->pattern->name : NULL;
}

static const char *find_key(struct redactor *redactor, const struct redact_text *in, size_t at,
	size_t *begin, size_t *end)
{
	return redact_key_next(&redactor->key, in, at, begin, end) ? "private-key" : NULL;
}

/* Of a key that is told backwards; as such it is known without the others, too. */
static bool is_first_line(const struct redactor *redactor, const char *kind)
{
	return redactor->key.open && redactor->key.backward && strcmp(kind, "private-key") == 0;
}

/* Lines of a key that several texts tell have one number. */
static unsigned number_of(struct redactor *redactor, find_next *find, const char *kind,
	const char *value, size_t length)
{
	unsigned number = redactor->key.number;

	if (number > 0 && (find == find_key || is_first_line(redactor, kind))) {
		redact_numbers_count(redactor->numbers, kind);
		return number;
	}
	number = redact_numbers_of(redactor->numbers, kind, value, length);
	if (redactor->key.open && strcmp(kind, "private-key") == 0)
		redactor->key.number = number;
	return number;
}

/* One pass over TEXT; false: nothing was found, and TEXT stays. */
static bool pass(struct redactor *redactor, find_next *find, const char **text, size_t *length,
	uint64_t *count)
{
	struct redact_text in = { .text = *text, .length = *length };
	struct output *out = &redactor->out[redactor->turn];
	size_t begin, end;
	const char *kind;

	out->length = 0;
	while ((kind = find(redactor, &in, in.done, &begin, &end)) != NULL) {
		unsigned number;

		number = number_of(redactor, find, kind, *text + begin, end - begin);
		add(redactor, out, *text + in.done, begin - in.done);
		add_placeholder(redactor, out, kind, number);
		in.done = end;
		++*count;
	}
	if (in.done == 0)
		return false;
	add(redactor, out, *text + in.done, *length - in.done);
	*text = out->text;
	*length = out->length;
	redactor->turn = !redactor->turn;
	return true;
}

bool redactor_suspects(const struct redactor *redactor, const char *text, size_t length)
{
	const struct redaction *redaction = redactor->redaction;

	return redaction->pattern_count > 0 || redaction->ip || memchr(text, '@', length) != NULL ||
	       redact_triggers_next(redactor->triggers, text, length, 0) < length;
}

const char *redactor_apply_name(struct redactor *redactor, const char *text, size_t length,
	size_t *out_length, uint64_t *count)
{
	const struct redaction *redaction = redactor->redaction;
	bool found = true;

	for (size_t i = 0; i < redaction->pattern_count; i++) {
		redactor->pattern = &redaction->patterns[i];
		pass(redactor, find_pattern, &text, &length, count);
	}
	for (int i = 0; i < PASSES && found; i++) {
		found = redaction->ip && pass(redactor, find_ip, &text, &length, count);
		found |= pass(redactor, find_secret, &text, &length, count);
	}
	*out_length = length;
	return text;
}

const char *redactor_apply(struct redactor *redactor, const char *text, size_t length,
	size_t *out_length, uint64_t *count)
{
	bool open = redact_key_is_open(&redactor->key);

	text = redactor_apply_name(redactor, text, length, &length, count);
	/* a key that begins here goes on behind */
	if (open && redact_key_is_open(&redactor->key)) {
		pass(redactor, find_key, &text, &length, count);
		redact_key_read(&redactor->key);
	}
	*out_length = length;
	return text;
}

bool redactor_gave_up(struct redactor *redactor)
{
	bool gave_up = redactor->gave_up;

	redactor->gave_up = false;
	return gave_up;
}

const char *redactor_kind(const struct redactor *redactor, size_t index, uint64_t *count)
{
	return redact_numbers_kind(redactor->numbers, index, count);
}
