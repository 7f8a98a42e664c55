/* Values of a filter, and how they compare with those of an entry. */
#include <locale.h>
#include <stdlib.h>
#include <string.h>
#include <wctype.h>

#include "standin/lql_node.h"

static const struct {
	const char *name;
	int number;
} severities[] = {
	{ "DEFAULT", 0 },
	{ "DEBUG", 100 },
	{ "INFO", 200 },
	{ "NOTICE", 300 },
	{ "WARNING", 400 },
	{ "ERROR", 500 },
	{ "CRITICAL", 600 },
	{ "ALERT", 700 },
	{ "EMERGENCY", 800 },
};

int lql_severity(const char *text, size_t length)
{
	int number = 0;

	for (size_t i = 0; i < sizeof(severities) / sizeof(severities[0]); i++)
		if (strlen(severities[i].name) == length &&
			strncasecmp(severities[i].name, text, length) == 0)
			return severities[i].number;
	for (size_t i = 0; i < length; i++) {
		if (text[i] < '0' || text[i] > '9' || i == 4)
			return -1;
		number = number * 10 + (text[i] - '0');
	}
	return length > 0 ? number : -1;
}

/* The letter at TEXT, valid UTF-8 of LENGTH (2 to 4) bytes, in lower case, written to OUT. */
static size_t fold_letter(const char *text, size_t length, char out[4])
{
	static const unsigned char masks[] = { 0, 0, 0x1f, 0x0f, 0x07 };
	static locale_t unicode;
	wint_t letter = (unsigned char)text[0] & masks[length];

	/* the Kelvin sign and the long s are the only ones whose case folds to ASCII */
	if ((length == 3 && memcmp(text, "\xe2\x84\xaa", 3) == 0) ||
		memcmp(text, "\xc5\xbf", 2) == 0) {
		out[0] = length == 3 ? 'k' : 's';
		return 1;
	}
	if (unicode == NULL)
		unicode = newlocale(LC_CTYPE_MASK, "C.UTF-8", NULL);
	for (size_t i = 1; i < length; i++)
		letter = letter << 6 | ((unsigned char)text[i] & 0x3f);
	if (unicode != NULL)
		letter = towlower_l(letter, unicode);
	if (letter < 0x80 || (letter < 0x800) != (length == 2) ||
		(letter < 0x10000) != (length <= 3)) { /* its lower case has another length */
		memcpy(out, text, length);
		return length;
	}
	for (size_t i = length - 1; i > 0; i--, letter >>= 6)
		out[i] = (char)(0x80 | (letter & 0x3f));
	out[0] = (char)(((unsigned char)text[0] & ~masks[length]) | letter);
	return length;
}

/* Letters one by one; the forms that compatibility would also make equal stay different. */
void lql_fold(struct draft *draft, const char *text, size_t length)
{
	char bytes[256];
	size_t used = 0, step;

	draft_empty(draft);
	for (size_t at = 0; at < length; at += step) {
		step = utf8_sequence(text + at, length - at);
		if (step > 1) {
			used += fold_letter(text + at, step, bytes + used);
		} else {
			bytes[used] = text[at];
			if (text[at] >= 'A' && text[at] <= 'Z')
				bytes[used] = (char)(text[at] - 'A' + 'a');
			used++;
			step = 1;
		}
		if (used > sizeof(bytes) - 4) {
			draft_add(draft, bytes, used);
			used = 0;
		}
	}
	draft_add(draft, bytes, used);
}

/* What RE2 has not: looking around, and naming a group again. */
static bool is_beyond_re2(const char *pattern)
{
	for (; *pattern != '\0'; pattern++) {
		if (pattern[0] == '\\' && pattern[1] != '\0') {
			if (pattern[1] >= '1' && pattern[1] <= '9')
				return true;
			pattern++;
		} else if (strncmp(pattern, "(?=", 3) == 0 || strncmp(pattern, "(?!", 3) == 0 ||
			   strncmp(pattern, "(?<", 3) == 0 || strncmp(pattern, "(?>", 3) == 0) {
			return true;
		}
	}
	return false;
}

static int free_regex(struct lql_value *value)
{
	pcre2_code_free(value->regex);
	return 0;
}

static int set_regex(struct lql_value *value, struct err *err)
{
	int error;
	PCRE2_SIZE offset;

	if (!value->is_quoted)
		return err_set(err, ERR_FORMAT,
			"Unparseable filter: regular expressions must be in double quotes");
	value->regex = pcre2_compile(
		(PCRE2_SPTR)value->text, value->length, PCRE2_UTF, &error, &offset, NULL);
	if (value->regex == NULL || is_beyond_re2(value->text)) {
		pcre2_code_free(value->regex);
		return err_set(err, ERR_FORMAT,
			"Unparseable filter: invalid regular expression '%s'", value->text);
	}
	pcre2_jit_compile(value->regex, PCRE2_JIT_COMPLETE);
	talloc_set_destructor(value, free_regex);
	return 0;
}

/* A time, or a date alone, which means its beginning. */
static int64_t time_of(const char *text, size_t length)
{
	char whole[] = "2000-01-01T00:00:00Z";
	int64_t time;

	if (length == 10) {
		memcpy(whole, text, length);
		text = whole;
		length = sizeof(whole) - 1;
	}
	return when_parse(text, length, &time, NULL) == length ? time : TIME_NONE;
}

static int64_t duration_of(const char *text, size_t length)
{
	char buffer[64];
	int64_t duration;

	if (length >= sizeof(buffer))
		return TIME_NONE;
	memcpy(buffer, text, length);
	buffer[length] = '\0';
	return when_parse_duration(buffer, &duration) == 0 ? duration : TIME_NONE;
}

static bool number_of(const char *text, size_t length, double *out)
{
	char buffer[64], *end;

	if (length == 0 || length >= sizeof(buffer) || strspn(text, "+-.0123456789eE") < length)
		return false;
	memcpy(buffer, text, length);
	buffer[length] = '\0';
	*out = strtod(buffer, &end);
	return *end == '\0';
}

static bool is_true_or_false(const struct lql_value *value)
{
	return strcasecmp(value->text, "true") == 0 || strcasecmp(value->text, "false") == 0;
}

static bool is_presence(const struct lql_value *value)
{
	return !value->is_quoted && strcmp(value->text, "*") == 0;
}

/* Fields of a LogEntry have a type; what is not of it is an error before the query runs. */
static bool is_of_type(const struct lql_value *value, enum lql_type type)
{
	switch (type) {
	case LQL_NUMBER:
	case LQL_SEVERITY:
		return value->has_number;
	case LQL_BOOL:
		return is_true_or_false(value);
	case LQL_TIMESTAMP:
	case LQL_DURATION:
		return value->time != TIME_NONE;
	default:
		return true;
	}
}

int lql_value_set(struct lql_value *value, enum lql_type type, enum lql_op op, struct err *err)
{
	struct draft folded = { .mem = value };

	value->time = TIME_NONE;
	if (op == LQL_REGEX || op == LQL_NOT_REGEX)
		return set_regex(value, err);
	lql_fold(&folded, value->text, value->length);
	value->folded = folded.text;
	value->folded_length = folded.length;
	if (type == LQL_SEVERITY) {
		value->number = lql_severity(value->text, value->length);
		value->has_number = value->number >= 0;
	} else {
		value->has_number = number_of(value->text, value->length, &value->number);
	}
	if (type == LQL_TIMESTAMP)
		value->time = time_of(value->text, value->length);
	if (type == LQL_DURATION)
		value->time = duration_of(value->text, value->length);
	if (!is_presence(value) && !is_of_type(value, type))
		return err_set(
			err, ERR_FORMAT, "Unparseable filter: invalid value '%s'", value->text);
	return 0;
}

static bool is_so(enum lql_op op, int order)
{
	switch (op) {
	case LQL_LESS:
		return order < 0;
	case LQL_LESS_EQUAL:
		return order <= 0;
	case LQL_GREATER:
		return order > 0;
	case LQL_GREATER_EQUAL:
		return order >= 0;
	case LQL_UNEQUAL:
		return order != 0;
	default:
		return order == 0;
	}
}

static bool compare_numbers(enum lql_op op, double field, double value)
{
	return is_so(op, (field > value) - (field < value));
}

static bool compare_times(enum lql_op op, int64_t field, int64_t value)
{
	return field != TIME_NONE && is_so(op, (field > value) - (field < value));
}

static bool compare_strings(struct lql *filter, enum lql_op op, const struct lql_value *value,
	const char *text, size_t length)
{
	struct draft *folded = &filter->folded;
	size_t common;
	int order;

	if (op == LQL_HAS && value->folded_length == 0)
		return true;
	lql_fold(folded, text, length);
	if (op == LQL_HAS)
		return folded->length > 0 && memmem(folded->text, folded->length, value->folded,
						     value->folded_length) != NULL;
	common = folded->length < value->folded_length ? folded->length : value->folded_length;
	order = common > 0 ? memcmp(folded->text, value->folded, common) : 0;
	if (order == 0)
		order = (folded->length > value->folded_length) -
			(folded->length < value->folded_length);
	return is_so(op, order);
}

static bool compare_regex(
	enum lql_op op, const struct lql_value *value, const char *text, size_t length)
{
	pcre2_match_data *data = pcre2_match_data_create(1, NULL);
	int result = pcre2_match(value->regex, (PCRE2_SPTR)text, length, 0, 0, data, NULL);

	pcre2_match_data_free(data);
	return (result >= 0) == (op == LQL_REGEX);
}

/* A string, as its characters and not as it is written. */
static bool compare_text(struct lql *filter, enum lql_type type, enum lql_op op,
	const struct lql_value *value, const char *text, size_t length)
{
	double number;

	if (op == LQL_REGEX || op == LQL_NOT_REGEX)
		return (type == LQL_DYNAMIC || type == LQL_STRING) &&
		       compare_regex(op, value, text, length);
	switch (type) {
	case LQL_SEVERITY:
		return compare_numbers(op, lql_severity(text, length), value->number);
	case LQL_TIMESTAMP:
		return compare_times(op, time_of(text, length), value->time);
	case LQL_DURATION:
		return compare_times(op, duration_of(text, length), value->time);
	case LQL_NUMBER:
		return number_of(text, length, &number) &&
		       compare_numbers(op, number, value->number);
	default:
		return compare_strings(filter, op, value, text, length);
	}
}

/* null, true, false and numbers: what does not convert compares as nothing. */
static bool compare_bare(enum lql_op op, const struct lql_value *value, struct json field)
{
	static const char null_value[] = "NULL_VALUE";
	bool is_true = field.text[0] == 't';
	double number;

	if (op == LQL_REGEX || op == LQL_NOT_REGEX)
		return false;
	if (field.text[0] == 'n')
		return op == LQL_EQUAL && !value->is_quoted && strcmp(value->text, null_value) == 0;
	if (is_true || field.text[0] == 'f')
		return is_true_or_false(value) && is_so(op, is_true - (value->folded[0] == 't'));
	return value->has_number && number_of(field.text, field.length, &number) &&
	       compare_numbers(op, number, value->number);
}

bool lql_compare(struct lql *filter, enum lql_type type, enum lql_op op,
	const struct lql_value *value, struct json field)
{
	if (op == LQL_HAS && is_presence(value))
		return json_has(field);
	if (json_kind(field) != '"')
		return compare_bare(op, value, field);
	if (memchr(field.text, '\\', field.length) == NULL)
		return compare_text(filter, type, op, value, field.text + 1, field.length - 2);
	draft_empty(&filter->decoded);
	json_decode(field, &filter->decoded);
	return compare_text(filter, type, op, value, filter->decoded.text, filter->decoded.length);
}
