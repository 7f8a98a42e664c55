/* Characters and sets of them: escapes, types, classes. */
#include "rule/charset.h"

#include <string.h>

static uint32_t number(const char **at, unsigned base, size_t most)
{
	static const char digits[] = "0123456789abcdef";
	uint32_t value = 0;

	for (size_t i = 0; i < most && **at != '\0'; i++, ++*at) {
		char letter = **at >= 'A' && **at <= 'F' ? (char)(**at + 32) : **at;
		const char *digit = memchr(digits, letter, base);

		if (digit == NULL)
			break;
		if (value < 0x1000000)
			value = value * base + (uint32_t)(digit - digits);
	}
	return value;
}

/* "{...}" behind \x, \o, \N{U+...}: the number in it. */
static uint32_t braced(const char **at, unsigned base)
{
	uint32_t value;

	++*at;
	if (strncmp(*at, "U+", 2) == 0)
		*at += 2;
	value = number(at, base, SIZE_MAX);
	while (**at != '\0' && **at != '}')
		++*at;
	if (**at == '}')
		++*at;
	return value;
}

static uint32_t escape_number(const char **at, bool in_class)
{
	const char *start = *at;
	char letter = *(*at)++;

	if (letter == 'x' && **at == '{')
		return braced(at, 16);
	if (letter == 'x')
		return number(at, 16, 2);
	if (letter == 'o' && **at == '{')
		return braced(at, 8);
	if (letter == 'N' && strncmp(*at, "{U+", 3) == 0)
		return braced(at, 16);
	if (letter == '0')
		return number(at, 8, 2);
	/* elsewhere these may be references to groups */
	if (in_class && letter >= '1' && letter <= '7') {
		--*at;
		return number(at, 8, 3);
	}
	*at = start;
	return CHARSET_NONE;
}

static const struct {
	char letter;
	uint32_t code;
} controls[] = { { 'a', 7 }, { 'e', 27 }, { 'f', 12 }, { 'n', 10 }, { 'r', 13 }, { 't', 9 } };

uint32_t rule_charset_escape(const char **at, bool in_class)
{
	unsigned char letter = (unsigned char)**at;

	for (size_t i = 0; i < sizeof(controls) / sizeof(controls[0]); i++)
		if ((char)letter == controls[i].letter) {
			++*at;
			return controls[i].code;
		}
	if (letter == 'c' && (*at)[1] != '\0') {
		char control = (*at)[1];

		*at += 2;
		return (uint32_t)((control >= 'a' && control <= 'z' ? control - 32 : control) ^ 64);
	}
	if (letter == 'b' && in_class) {
		++*at;
		return 8;
	}
	if ((letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
		(letter >= '0' && letter <= '9'))
		return escape_number(at, in_class);
	return rule_charset_take(at);
}

uint32_t rule_charset_take(const char **at)
{
	size_t length = strnlen(*at, 4), size;
	uint32_t code;

	if (length == 0)
		return CHARSET_NONE;
	size = utf8_decode(*at, length, &code);
	if (code != CHARSET_NONE)
		*at += size;
	return code;
}

size_t rule_charset_encode(uint32_t code, char out[4])
{
	if (code < 0x80) {
		out[0] = (char)code;
		return 1;
	}
	if (code < 0x800) {
		out[0] = (char)(0xc0 | code >> 6);
		out[1] = (char)(0x80 | (code & 0x3f));
		return 2;
	}
	if (code < 0x10000) {
		out[0] = (char)(0xe0 | code >> 12);
		out[1] = (char)(0x80 | (code >> 6 & 0x3f));
		out[2] = (char)(0x80 | (code & 0x3f));
		return 3;
	}
	if (code > 0x10ffff)
		return 0;
	out[0] = (char)(0xf0 | code >> 18);
	out[1] = (char)(0x80 | (code >> 12 & 0x3f));
	out[2] = (char)(0x80 | (code >> 6 & 0x3f));
	out[3] = (char)(0x80 | (code & 0x3f));
	return 4;
}

static bool is_word(int c)
{
	return c == '_' || (c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') ||
	       (c >= 'A' && c <= 'Z');
}

/* What the lower case letter of a type means for ASCII. */
static bool in_type(char letter, int c)
{
	switch (letter) {
	case 'd':
		return c >= '0' && c <= '9';
	case 'w':
		return is_word(c);
	case 's':
		return c == ' ' || (c >= 9 && c <= 13);
	case 'h':
		return c == ' ' || c == '\t';
	case 'v':
		return c >= 10 && c <= 13;
	default: /* "p" and others: not known here */
		return true;
	}
}

bool rule_charset_type(struct node *set, char letter)
{
	bool negated = letter >= 'A' && letter <= 'Z';
	char lower = negated ? (char)(letter + 32) : letter;

	if (strchr("dwshvp", lower) == NULL || lower == '\0')
		return false;
	for (int c = 0; c < 128; c++)
		if (lower == 'p' || in_type(lower, c) != negated)
			set->ascii[c] = true;
	if (negated || lower == 'p' || lower == 'h' || lower == 'v')
		set->other = true;
	return true;
}

static void add_range(struct node *set, uint32_t first, uint32_t last)
{
	for (uint32_t c = first; c <= last && c < 128; c++)
		set->ascii[c] = true;
	if (last >= 128)
		set->other = true;
}

void rule_charset_vague(struct node *set)
{
	memset(set->ascii, true, CHARSET_ASCII);
	set->other = true;
}

/* A class as it is read. VAGUE: something in it adds more than can be told. */
struct class
{
	struct node *set;
	const char *at;
	bool quoting, vague;
};

/* The property behind \p or \P. */
static void skip_property(struct class *class)
{
	if (class->at[0] == '{')
		class->at += strcspn(class->at, "}");
	if (class->at[0] != '\0')
		class->at++;
}

/* One character of the class; CHARSET_NONE where it was a type, a name or a quote. */
static uint32_t class_item(struct class *class)
{
	if (class->quoting && strncmp(class->at, "\\E", 2) != 0)
		return rule_charset_take(&class->at);
	if (class->at[0] != '\\')
		return rule_charset_take(&class->at);
	class->at++;
	if (class->at[0] == 'Q' || class->at[0] == 'E') {
		class->quoting = class->at[0] == 'Q';
		class->vague = true;
		class->at++;
		return CHARSET_NONE;
	}
	if (rule_charset_type(class->set, class->at[0])) {
		class->vague |= class->at[0] == 'p' || class->at[0] == 'P';
		if (strchr("pP", *class->at++) != NULL)
			skip_property(class);
		return CHARSET_NONE;
	}
	return rule_charset_escape(&class->at, true);
}

/* "[:alpha:]" ends with a bracket that does not end the class. */
static bool skip_posix(struct class *class)
{
	const char *end;

	if (class->quoting || class->at[0] != '[' || class->at[1] != ':')
		return false;
	end = class->at + 2 + strspn(class->at + 2, "^abcdefghijklmnopqrstuvwxyz<>");
	if (strncmp(end, ":]", 2) != 0)
		return false;
	class->at = end + 2;
	class->vague = true;
	return true;
}

static bool class_goes_on(const struct class *class, bool first)
{
	if (class->at[0] == '\0')
		return false;
	return first || class->quoting || class->at[0] != ']';
}

static void class_step(struct class *class)
{
	const char *start = class->at;
	uint32_t first = class_item(class), last;

	if (class->at == start) /* no valid character: never in a pattern that compiles */
		class->at++;
	if (first == CHARSET_NONE)
		return;
	add_range(class->set, first, first);
	if (class->quoting || class->at[0] != '-' || class->at[1] == ']' || class->at[1] == '\0')
		return;
	/* a range; where it ends in a quote, a type or a name, there is more than can be told */
	class->at++;
	if (skip_posix(class)) {
		add_range(class->set, '-', '-');
		return;
	}
	last = class_item(class);
	if (last == CHARSET_NONE)
		class->vague = true;
	else
		add_range(class->set, first, last);
}

bool rule_charset_class(struct node *set, const char **at)
{
	struct class class = { .set = set, .at = *at };
	bool negated = class.at[0] == '^';
	bool first = true;

	class.at += negated;
	/* a bracket behind an empty quote would be a character: not worth the risk */
	if (strncmp(class.at, "\\E", 2) == 0 || strncmp(class.at, "\\Q", 2) == 0)
		return false;
	for (; class_goes_on(&class, first); first = false)
		if (!skip_posix(&class))
			class_step(&class);
	if (class.at[0] == ']')
		class.at++;
	*at = class.at;
	if (class.vague) {
		rule_charset_vague(set);
	} else if (negated) {
		for (int c = 0; c < 128; c++)
			set->ascii[c] = !set->ascii[c];
		set->other = true;
	}
	return true;
}

void rule_charset_fold(struct node *set)
{
	for (int c = 'a'; c <= 'z'; c++)
		set->ascii[c] = set->ascii[c - 32] = set->ascii[c] || set->ascii[c - 32];
	/* U+212A and U+017F are the other cases of "k" and "s" */
	if (set->ascii['k'] || set->ascii['s'])
		set->other = true;
	if (set->other)
		set->ascii['k'] = set->ascii['K'] = set->ascii['s'] = set->ascii['S'] = true;
}
