/* What the parser of patterns is made of: nodes, and the small things that it takes. */
#include "rule/parser.h"

#include <string.h>

#include "rule/charset.h"

struct node *rule_parser_node(struct parser *parser, enum node_kind kind)
{
	struct node *node = rule_scratch_take(parser->scratch, sizeof(*node));

	node->kind = kind;
	node->nocase = parser->nocase;
	return node;
}

struct node *rule_parser_fail(struct parser *parser)
{
	parser->failed = true;
	return rule_parser_node(parser, NODE_OPAQUE);
}

struct node *rule_parser_set(struct parser *parser)
{
	struct node *node = rule_parser_node(parser, NODE_SET);

	node->ascii = rule_scratch_take(parser->scratch, CHARSET_ASCII);
	return node;
}

struct node *rule_parser_text(struct parser *parser, uint32_t code)
{
	struct node *node = rule_parser_node(parser, NODE_TEXT);

	node->text = node->own;
	node->length = rule_charset_encode(code, node->text);
	/* a NUL cannot be in a literal, and what is no character is not understood */
	if (node->length == 0 || code == 0)
		node->kind = NODE_OPAQUE;
	return node;
}

void rule_parser_append(struct parser *parser, struct node *parent, struct node *item)
{
	parent->items = rule_scratch_grow(
		parser->scratch, parent->items, parent->count, sizeof(*parent->items));
	parent->items[parent->count++] = item;
}

bool rule_parser_take(struct parser *parser, const char *text)
{
	size_t length = 0;

	for (; text[length] != '\0'; length++)
		if (parser->at[length] != text[length])
			return false;
	parser->at += length;
	return true;
}

void rule_parser_skip_past(struct parser *parser, char end)
{
	const char *found = strchr(parser->at, end);

	if (found == NULL)
		parser->failed = true;
	else
		parser->at = found + 1;
}

void rule_parser_skip_ignored(struct parser *parser)
{
	while (!parser->failed) {
		if (rule_parser_take(parser, "\\Q\\E") || rule_parser_take(parser, "\\E"))
			continue;
		if (rule_parser_take(parser, "(?#"))
			rule_parser_skip_past(parser, ')');
		else if (parser->extended && parser->at[0] != '\0' &&
			 strchr(" \t\n\v\f\r", parser->at[0]) != NULL)
			parser->at++;
		else if (parser->extended && parser->at[0] == '#')
			parser->at += strcspn(parser->at, "\n");
		else
			return;
	}
}

bool rule_parser_is_digit(char c)
{
	return c >= '0' && c <= '9';
}

uint32_t rule_parser_number(struct parser *parser)
{
	uint32_t value = 0;

	for (; rule_parser_is_digit(*parser->at); parser->at++)
		if (value < 100000)
			value = value * 10 + (uint32_t)(*parser->at - '0');
	return value;
}

/* "{n}", "{n,}" or "{n,m}"; anything else in braces is text. */
static bool take_braces(struct parser *parser, uint32_t *min, uint32_t *max)
{
	const char *start = parser->at++;

	if (rule_parser_is_digit(*parser->at)) {
		*min = *max = rule_parser_number(parser);
		if (rule_parser_take(parser, ","))
			*max = rule_parser_is_digit(*parser->at) ? rule_parser_number(parser)
								 : NODE_UNLIMITED;
		if (rule_parser_take(parser, "}"))
			return true;
	}
	parser->at = start;
	return false;
}

bool rule_parser_quantifier(struct parser *parser, uint32_t *min, uint32_t *max)
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

void rule_parser_add_text(struct parser *parser, struct node *cat, const char *bytes, size_t length)
{
	struct node *last = cat->count > 0 ? cat->items[cat->count - 1] : NULL;
	char *text;

	if (last == NULL || last->kind != NODE_TEXT || last->nocase) {
		last = rule_parser_node(parser, NODE_TEXT);
		rule_parser_append(parser, cat, last);
	}
	text = rule_scratch_take(parser->scratch, last->length + length + 1);
	if (last->length > 0)
		memcpy(text, last->text, last->length);
	memcpy(text + last->length, bytes, length);
	last->text = text;
	last->length += length;
}
