/* PCRE2 patterns to trees: see pcre2pattern(3), whose order this follows. */
#include "rule/syntax.h"

#include <string.h>

#include "rule/charset.h"
#include "rule/parser.h"

#define DEPTH_LIMIT 60

static struct node *parse_alternatives(struct parser *parser);

/* A group behind its opening, its closing included. Settings made in it end with it. */
static struct node *parse_group(struct parser *parser)
{
	bool nocase = parser->nocase, extended = parser->extended;
	struct node *node;

	if (++parser->depth > DEPTH_LIMIT)
		return rule_parser_fail(parser);
	node = parse_alternatives(parser);
	parser->depth--;
	parser->nocase = nocase;
	parser->extended = extended;
	if (!rule_parser_take(parser, ")"))
		parser->failed = true;
	return node;
}

/* A group that says nothing of what is matched here, but costs time all the same. */
static struct node *parse_as(struct parser *parser, enum node_kind kind)
{
	struct node *node = rule_parser_node(parser, kind);

	rule_parser_append(parser, node, parse_group(parser));
	return node;
}

/* A group behind "(?<", "(?'" or "(?P<": its name ends with END. */
static struct node *parse_named(struct parser *parser, char end)
{
	rule_parser_skip_past(parser, end);
	return parser->failed ? rule_parser_fail(parser) : parse_group(parser);
}

static struct node *skip_reference(struct parser *parser)
{
	rule_parser_skip_past(parser, ')');
	return rule_parser_node(parser, NODE_OPAQUE);
}

/* "(?(" was read: a condition and one or two alternatives. */
static struct node *parse_conditional(struct parser *parser)
{
	if (*parser->at == '*' || strncmp(parser->at, "?C", 2) == 0)
		return rule_parser_fail(parser);
	if (*parser->at != '?') {
		rule_parser_skip_past(parser, ')');
		return parse_as(parser, NODE_OPAQUE);
	}
	parser->at++;
	if (rule_parser_take(parser, "=") || rule_parser_take(parser, "!") ||
		rule_parser_take(parser, "<=") || rule_parser_take(parser, "<!"))
		parse_group(parser);
	else
		return rule_parser_fail(parser);
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

	if (rule_parser_take(parser, "^"))
		parser->nocase = parser->extended = false;
	for (;;)
		if (rule_parser_take(parser, "-"))
			on = false;
		else if (!take_setting(parser, on))
			break;
	if (rule_parser_take(parser, ")"))
		return rule_parser_node(parser, NODE_EMPTY);
	if (!rule_parser_take(parser, ":"))
		return rule_parser_fail(parser);
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
		if (rule_parser_take(parser, texts[i]))
			return true;
	return false;
}
#define TAKE_ANY(parser, texts) take_any(parser, texts, sizeof(texts) / sizeof((texts)[0]))

/* "(" was read. */
static struct node *parse_bracket(struct parser *parser)
{
	if (*parser->at == '*') /* verbs change what a match is */
		return rule_parser_fail(parser);
	if (!rule_parser_take(parser, "?"))
		return parse_group(parser);
	if (TAKE_ANY(parser, plain))
		return parse_group(parser);
	if (TAKE_ANY(parser, looks))
		return parse_as(parser, NODE_EMPTY);
	if (rule_parser_take(parser, "<") || rule_parser_take(parser, "P<"))
		return parse_named(parser, '>');
	if (rule_parser_take(parser, "'"))
		return parse_named(parser, '\'');
	if (rule_parser_take(parser, "("))
		return parse_conditional(parser);
	if (TAKE_ANY(parser, references) || rule_parser_is_digit(*parser->at) ||
		(*parser->at == '-' && rule_parser_is_digit(parser->at[1])))
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
		rule_parser_number(parser);
	} else {
		parser->at++;
		rule_parser_skip_past(parser, closing[bracket - opening]);
	}
	return rule_parser_node(parser, NODE_OPAQUE);
}

static struct node *set_node(struct parser *parser, char type)
{
	struct node *node = rule_parser_set(parser);

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
	struct node *node = rule_parser_node(parser, NODE_EMPTY);

	node->anchor = beginning;
	return node;
}

/* A backslash was read. */
static struct node *parse_escape(struct parser *parser)
{
	char letter = *parser->at;
	uint32_t code;

	if (letter == '\0')
		return rule_parser_fail(parser);
	code = rule_charset_escape(&parser->at, false);
	if (code != CHARSET_NONE)
		return rule_parser_text(parser, code);
	parser->at++;
	if (strchr("bBAzZGK", letter) != NULL)
		return anchor_node(parser, letter == 'A' || letter == 'G');
	if (strchr("dDwWsShHvVN", letter) != NULL)
		return set_node(parser, letter);
	if (letter == 'g' || letter == 'k')
		return parse_reference(parser);
	if (letter == 'p' || letter == 'P') {
		if (*parser->at == '{')
			rule_parser_skip_past(parser, '}');
		else if (*parser->at != '\0')
			parser->at++;
		return set_node(parser, 'p');
	}
	if (letter == 'R' || letter == 'X')
		return rule_parser_node(parser, NODE_OPAQUE);
	if (!rule_parser_is_digit(letter))
		return rule_parser_fail(parser);
	rule_parser_number(parser);
	return rule_parser_node(parser, NODE_OPAQUE);
}

static struct node *parse_class(struct parser *parser)
{
	struct node *node = rule_parser_set(parser);

	if (!rule_charset_class(node, &parser->at))
		return rule_parser_fail(parser);
	if (parser->very_extended)
		rule_charset_vague(node);
	if (parser->nocase)
		rule_charset_fold(node);
	return node;
}

static struct node *parse_item(struct parser *parser)
{
	uint32_t code;

	if (!parser->quoting && rule_parser_take(parser, "("))
		return parse_bracket(parser);
	if (!parser->quoting && rule_parser_take(parser, "["))
		return parse_class(parser);
	if (!parser->quoting && rule_parser_take(parser, "\\"))
		return parse_escape(parser);
	if (!parser->quoting && rule_parser_take(parser, "."))
		return set_node(parser, '.');
	if (!parser->quoting && (*parser->at == '^' || *parser->at == '$'))
		return anchor_node(parser, *parser->at++ == '^');
	code = rule_charset_take(&parser->at);
	return code == CHARSET_NONE ? rule_parser_fail(parser) : rule_parser_text(parser, code);
}

/* ITEM, with the quantifiers behind it around it. */
static struct node *parse_quantifiers(struct parser *parser, struct node *item)
{
	for (;;) {
		uint32_t min, max;
		struct node *repeat;

		if (parser->quoting && rule_parser_take(parser, "\\E"))
			parser->quoting = false;
		if (parser->quoting)
			return item;
		rule_parser_skip_ignored(parser);
		if (parser->failed || !rule_parser_quantifier(parser, &min, &max))
			return item;
		repeat = rule_parser_node(parser, NODE_REPEAT);
		repeat->min = min;
		repeat->max = max;
		rule_parser_append(parser, repeat, item);
		item = repeat;
	}
}

/* Not strspn(), which makes a table of its set at every call. */
static bool is_plain(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == ' ' || c == '_' || (c >= ',' && c <= '/' && c != '.') || c == ':' || c == '=' ||
	       c == ';';
}

/*
 * Letters and blanks that are nothing but text, as one: most of a pattern is. The last one may
 * belong to a quantifier, so it is left. Returns whether there were any.
 */
static bool take_plain(struct parser *parser, struct node *cat)
{
	size_t length = 0;

	if (parser->nocase || parser->extended || parser->quoting)
		return false;
	while (is_plain(parser->at[length]))
		length++;
	if (length < 2)
		return false;
	rule_parser_add_text(parser, cat, parser->at, length - 1);
	parser->at += length - 1;
	return true;
}

static void add_item(struct parser *parser, struct node *cat, struct node *item)
{
	if (item->kind == NODE_TEXT && !item->nocase)
		rule_parser_add_text(parser, cat, item->text, item->length);
	else
		rule_parser_append(parser, cat, item);
}

static struct node *parse_sequence(struct parser *parser)
{
	struct node *cat = rule_parser_node(parser, NODE_CAT);

	while (!parser->failed) {
		struct node *item;

		if (!parser->quoting)
			rule_parser_skip_ignored(parser);
		if (!parser->quoting && rule_parser_take(parser, "\\Q"))
			parser->quoting = true;
		if (parser->quoting && rule_parser_take(parser, "\\E")) {
			parser->quoting = false;
			continue;
		}
		if (*parser->at == '\0' ||
			(!parser->quoting && (*parser->at == '|' || *parser->at == ')')))
			break;
		if (take_plain(parser, cat))
			continue;
		item = parse_quantifiers(parser, parse_item(parser));
		add_item(parser, cat, item);
	}
	return cat;
}

static struct node *parse_alternatives(struct parser *parser)
{
	struct node *first = parse_sequence(parser), *alternatives;

	if (parser->failed || *parser->at != '|')
		return first;
	alternatives = rule_parser_node(parser, NODE_ALT);
	rule_parser_append(parser, alternatives, first);
	while (!parser->failed && rule_parser_take(parser, "|"))
		rule_parser_append(parser, alternatives, parse_sequence(parser));
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
	struct parser parser = {
		.scratch = rule_scratch_new(mem), .at = pattern, .nocase = nocase
	};
	struct node *tree = parse_alternatives(&parser);

	return parser.failed || *parser.at != '\0' ? NULL : tree;
}
