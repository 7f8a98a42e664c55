/* PCRE2 patterns to trees: see pcre2pattern(3), whose order this follows. */
#include "rule/syntax.h"

#include <string.h>

#include "rule/charset.h"

#define DEPTH_LIMIT 60

struct parser {
	TALLOC_CTX *mem;
	const char *at;
	bool nocase, extended; /* settings, as they are here */
	bool very_extended; /* (?xx) was seen: blanks in classes mean nothing */
	bool quoting; /* between \Q and \E */
	bool failed;
	unsigned depth;
};

static struct node *new_node(struct parser *parser, enum node_kind kind)
{
	struct node *node = mem_new(parser->mem, struct node);

	node->kind = kind;
	node->nocase = parser->nocase;
	return node;
}

static struct node *fail(struct parser *parser)
{
	parser->failed = true;
	return new_node(parser, NODE_OPAQUE);
}

static struct node *text_node(struct parser *parser, uint32_t code)
{
	struct node *node = new_node(parser, NODE_TEXT);

	node->text = mem_array(node, char, 5);
	node->length = rule_charset_encode(code, node->text);
	/* a NUL cannot be in a literal, and what is no character is not understood */
	if (node->length == 0 || code == 0)
		node->kind = NODE_OPAQUE;
	return node;
}

static void append(struct node *parent, struct node *item)
{
	parent->items = mem_grow(parent, parent->items, parent->count, sizeof(*parent->items));
	parent->items[parent->count++] = item;
}

static bool take(struct parser *parser, const char *text)
{
	size_t length = strlen(text);

	if (strncmp(parser->at, text, length) != 0)
		return false;
	parser->at += length;
	return true;
}

/* Behind the next END; the pattern fails where there is none. */
static void skip_past(struct parser *parser, char end)
{
	const char *found = strchr(parser->at, end);

	if (found == NULL)
		parser->failed = true;
	else
		parser->at = found + 1;
}

/* Comments, empty quotes and, in extended patterns, blanks. */
static void skip_ignored(struct parser *parser)
{
	while (!parser->failed) {
		if (take(parser, "\\Q\\E") || take(parser, "\\E"))
			continue;
		if (take(parser, "(?#"))
			skip_past(parser, ')');
		else if (parser->extended && parser->at[0] != '\0' &&
			 strchr(" \t\n\v\f\r", parser->at[0]) != NULL)
			parser->at++;
		else if (parser->extended && parser->at[0] == '#')
			parser->at += strcspn(parser->at, "\n");
		else
			return;
	}
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

static uint32_t take_number(struct parser *parser)
{
	uint32_t value = 0;

	for (; is_digit(*parser->at); parser->at++)
		if (value < 100000)
			value = value * 10 + (uint32_t)(*parser->at - '0');
	return value;
}

/* "{n}", "{n,}" or "{n,m}"; anything else in braces is text. */
static bool take_braces(struct parser *parser, uint32_t *min, uint32_t *max)
{
	const char *start = parser->at++;

	if (is_digit(*parser->at)) {
		*min = *max = take_number(parser);
		if (take(parser, ","))
			*max = is_digit(*parser->at) ? take_number(parser) : NODE_UNLIMITED;
		if (take(parser, "}"))
			return true;
	}
	parser->at = start;
	return false;
}

static bool take_quantifier(struct parser *parser, uint32_t *min, uint32_t *max)
{
	char c = *parser->at;

	if (c == '{') {
		if (!take_braces(parser, min, max))
			return false;
	} else if (c == '*' || c == '+' || c == '?') {
		*min = c == '+';
		*max = c == '?' ? 1 : NODE_UNLIMITED;
		parser->at++;
	} else {
		return false;
	}
	if (*parser->at == '?' || *parser->at == '+')
		parser->at++;
	return true;
}

static struct node *parse_alternatives(struct parser *parser);

/* A group behind its opening, its closing included. Settings made in it end with it. */
static struct node *parse_group(struct parser *parser)
{
	bool nocase = parser->nocase, extended = parser->extended;
	struct node *node;

	if (++parser->depth > DEPTH_LIMIT)
		return fail(parser);
	node = parse_alternatives(parser);
	parser->depth--;
	parser->nocase = nocase;
	parser->extended = extended;
	if (!take(parser, ")"))
		parser->failed = true;
	return node;
}

/* A group that says nothing of what is matched here, but costs time all the same. */
static struct node *parse_as(struct parser *parser, enum node_kind kind)
{
	struct node *node = new_node(parser, kind);

	append(node, parse_group(parser));
	return node;
}

/* A group behind "(?<", "(?'" or "(?P<": its name ends with END. */
static struct node *parse_named(struct parser *parser, char end)
{
	skip_past(parser, end);
	return parser->failed ? fail(parser) : parse_group(parser);
}

static struct node *skip_reference(struct parser *parser)
{
	skip_past(parser, ')');
	return new_node(parser, NODE_OPAQUE);
}

/* "(?(" was read: a condition and one or two alternatives. */
static struct node *parse_conditional(struct parser *parser)
{
	if (*parser->at == '*' || strncmp(parser->at, "?C", 2) == 0)
		return fail(parser);
	if (*parser->at != '?') {
		skip_past(parser, ')');
		return parse_as(parser, NODE_OPAQUE);
	}
	parser->at++;
	if (take(parser, "=") || take(parser, "!") || take(parser, "<=") || take(parser, "<!"))
		parse_group(parser);
	else
		return fail(parser);
	return parse_as(parser, NODE_OPAQUE);
}

static bool take_setting(struct parser *parser, bool on)
{
	switch (*parser->at) {
	case 'i':
		parser->nocase = on;
		break;
	case 'x':
		parser->very_extended |= on && parser->at[1] == 'x';
		parser->extended = on;
		break;
	case 'm':
	case 's':
	case 'n':
	case 'J':
	case 'U':
		break;
	default:
		return false;
	}
	parser->at++;
	return true;
}

/* "(?" was read: settings, for the rest of this group or for one of their own. */
static struct node *parse_settings(struct parser *parser)
{
	bool nocase = parser->nocase, extended = parser->extended, on = true;
	struct node *node;

	if (take(parser, "^"))
		parser->nocase = parser->extended = false;
	for (;;)
		if (take(parser, "-"))
			on = false;
		else if (!take_setting(parser, on))
			break;
	if (take(parser, ")"))
		return new_node(parser, NODE_EMPTY);
	if (!take(parser, ":"))
		return fail(parser);
	node = parse_group(parser);
	parser->nocase = nocase;
	parser->extended = extended;
	return node;
}

static const char *const looks[] = { "=", "!", "*", "<=", "<!", "<*" };
static const char *const plain[] = { ":", "|", ">" };
static const char *const references[] = { "P=", "P>", "R", "&", "+" };

static bool take_any(struct parser *parser, const char *const *texts, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (take(parser, texts[i]))
			return true;
	return false;
}
#define TAKE_ANY(parser, texts) take_any(parser, texts, sizeof(texts) / sizeof((texts)[0]))

/* "(" was read. */
static struct node *parse_bracket(struct parser *parser)
{
	if (*parser->at == '*') /* verbs change what a match is */
		return fail(parser);
	if (!take(parser, "?"))
		return parse_group(parser);
	if (TAKE_ANY(parser, plain))
		return parse_group(parser);
	if (TAKE_ANY(parser, looks))
		return parse_as(parser, NODE_EMPTY);
	if (take(parser, "<") || take(parser, "P<"))
		return parse_named(parser, '>');
	if (take(parser, "'"))
		return parse_named(parser, '\'');
	if (take(parser, "("))
		return parse_conditional(parser);
	if (TAKE_ANY(parser, references) || is_digit(*parser->at) ||
		(*parser->at == '-' && is_digit(parser->at[1])))
		return skip_reference(parser);
	return parse_settings(parser);
}

/* What follows \g and \k: a number, or a name in some kind of brackets. */
static struct node *parse_reference(struct parser *parser)
{
	static const char opening[] = "{<'", closing[] = "}>'";
	const char *bracket = *parser->at == '\0' ? NULL : strchr(opening, *parser->at);

	if (bracket == NULL) {
		if (*parser->at == '-' || *parser->at == '+')
			parser->at++;
		take_number(parser);
	} else {
		parser->at++;
		skip_past(parser, closing[bracket - opening]);
	}
	return new_node(parser, NODE_OPAQUE);
}

static struct node *set_node(struct parser *parser, char type)
{
	struct node *node = new_node(parser, NODE_SET);

	if (type == '.' || type == 'N')
		rule_charset_vague(node);
	else
		rule_charset_type(node, type);
	if (type == '.' || type == 'N')
		node->ascii['\n'] = false;
	return node;
}

static struct node *anchor_node(struct parser *parser, bool beginning)
{
	struct node *node = new_node(parser, NODE_EMPTY);

	node->anchor = beginning;
	return node;
}

/* A backslash was read. */
static struct node *parse_escape(struct parser *parser)
{
	char letter = *parser->at;
	uint32_t code;

	if (letter == '\0')
		return fail(parser);
	code = rule_charset_escape(&parser->at, false);
	if (code != CHARSET_NONE)
		return text_node(parser, code);
	parser->at++;
	if (strchr("bBAzZGK", letter) != NULL)
		return anchor_node(parser, letter == 'A' || letter == 'G');
	if (strchr("dDwWsShHvVN", letter) != NULL)
		return set_node(parser, letter);
	if (letter == 'g' || letter == 'k')
		return parse_reference(parser);
	if (letter == 'p' || letter == 'P') {
		if (*parser->at == '{')
			skip_past(parser, '}');
		else if (*parser->at != '\0')
			parser->at++;
		return set_node(parser, 'p');
	}
	if (letter == 'R' || letter == 'X')
		return new_node(parser, NODE_OPAQUE);
	if (!is_digit(letter))
		return fail(parser);
	take_number(parser);
	return new_node(parser, NODE_OPAQUE);
}

static struct node *parse_class(struct parser *parser)
{
	struct node *node = new_node(parser, NODE_SET);

	if (!rule_charset_class(node, &parser->at))
		return fail(parser);
	if (parser->very_extended)
		rule_charset_vague(node);
	if (parser->nocase)
		rule_charset_fold(node);
	return node;
}

static struct node *parse_item(struct parser *parser)
{
	uint32_t code;

	if (!parser->quoting && take(parser, "("))
		return parse_bracket(parser);
	if (!parser->quoting && take(parser, "["))
		return parse_class(parser);
	if (!parser->quoting && take(parser, "\\"))
		return parse_escape(parser);
	if (!parser->quoting && take(parser, "."))
		return set_node(parser, '.');
	if (!parser->quoting && (*parser->at == '^' || *parser->at == '$'))
		return anchor_node(parser, *parser->at++ == '^');
	code = rule_charset_take(&parser->at);
	return code == CHARSET_NONE ? fail(parser) : text_node(parser, code);
}

/* ITEM, with the quantifiers behind it around it. */
static struct node *parse_quantifiers(struct parser *parser, struct node *item)
{
	for (;;) {
		uint32_t min, max;
		struct node *repeat;

		if (parser->quoting && take(parser, "\\E"))
			parser->quoting = false;
		if (parser->quoting)
			return item;
		skip_ignored(parser);
		if (parser->failed || !take_quantifier(parser, &min, &max))
			return item;
		repeat = new_node(parser, NODE_REPEAT);
		repeat->min = min;
		repeat->max = max;
		append(repeat, item);
		item = repeat;
	}
}

/* Texts without quantifiers, one behind the other, are one text. */
static bool join_texts(struct node *cat, const struct node *item)
{
	struct node *last = cat->count > 0 ? cat->items[cat->count - 1] : NULL;
	char *text;

	if (last == NULL || last->kind != NODE_TEXT || item->kind != NODE_TEXT || last->nocase ||
		item->nocase)
		return false;
	text = last->text;
	for (size_t i = 0; i <= item->length; i++)
		text = mem_grow(last, text, last->length + i, 1);
	memcpy(text + last->length, item->text, item->length + 1);
	last->text = text;
	last->length += item->length;
	return true;
}

static struct node *parse_sequence(struct parser *parser)
{
	struct node *cat = new_node(parser, NODE_CAT);

	while (!parser->failed) {
		struct node *item;

		if (!parser->quoting)
			skip_ignored(parser);
		if (!parser->quoting && take(parser, "\\Q"))
			parser->quoting = true;
		if (parser->quoting && take(parser, "\\E")) {
			parser->quoting = false;
			continue;
		}
		if (*parser->at == '\0' ||
			(!parser->quoting && (*parser->at == '|' || *parser->at == ')')))
			break;
		item = parse_quantifiers(parser, parse_item(parser));
		if (!join_texts(cat, item))
			append(cat, item);
	}
	return cat;
}

static struct node *parse_alternatives(struct parser *parser)
{
	struct node *first = parse_sequence(parser), *alternatives;

	if (parser->failed || *parser->at != '|')
		return first;
	alternatives = new_node(parser, NODE_ALT);
	append(alternatives, first);
	while (!parser->failed && take(parser, "|"))
		append(alternatives, parse_sequence(parser));
	return alternatives;
}

bool rule_syntax_anchored(const struct node *node)
{
	bool anchored = node->count > 0;

	if (node->kind == NODE_CAT || node->kind == NODE_REPEAT) {
		if (node->kind == NODE_REPEAT && node->min == 0)
			return false;
		/* settings and lookarounds may stand before it */
		for (size_t i = 0; i < node->count; i++)
			if (node->items[i]->kind != NODE_EMPTY || node->items[i]->anchor)
				return rule_syntax_anchored(node->items[i]);
		return false;
	}
	if (node->kind != NODE_ALT)
		return node->anchor;
	for (size_t i = 0; i < node->count; i++)
		anchored = anchored && rule_syntax_anchored(node->items[i]);
	return anchored;
}

struct node *rule_syntax_parse(TALLOC_CTX *mem, const char *pattern, bool nocase)
{
	struct parser parser = { .mem = mem, .at = pattern, .nocase = nocase };
	struct node *tree = parse_alternatives(&parser);

	return parser.failed || *parser.at != '\0' ? NULL : tree;
}
