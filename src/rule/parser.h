/* The state of parsing a pattern. */
#ifndef RULE_PARSER_H
#define RULE_PARSER_H

#include "rule/scratch.h"
#include "rule/syntax.h"

struct parser {
	struct scratch *scratch; /* owns the nodes and their texts */
	const char *at;
	bool nocase, extended; /* settings, as they are here */
	bool very_extended; /* (?xx) was seen: blanks in classes mean nothing */
	bool quoting; /* between \Q and \E */
	bool failed;
	unsigned depth;
};

struct node *rule_parser_node(struct parser *parser, enum node_kind kind);
struct node *rule_parser_set(struct parser *parser); /* an empty one */
/* The character CODE, or an opaque node where it cannot be in a literal. */
struct node *rule_parser_text(struct parser *parser, uint32_t code);
/* The pattern is not understood; an opaque node. */
struct node *rule_parser_fail(struct parser *parser);

void rule_parser_append(struct parser *parser, struct node *parent, struct node *item);
/* Add BYTES to the text that the sequence ends with, or begin one. */
void rule_parser_add_text(
	struct parser *parser, struct node *cat, const char *bytes, size_t length);

/* Move behind TEXT if it stands here. */
bool rule_parser_take(struct parser *parser, const char *text);
/* Move behind the next END; the pattern fails where there is none. */
void rule_parser_skip_past(struct parser *parser, char end);
/* Move behind comments, empty quotes and, in extended patterns, blanks. */
void rule_parser_skip_ignored(struct parser *parser);
bool rule_parser_is_digit(char c);
uint32_t rule_parser_number(struct parser *parser);
bool rule_parser_quantifier(struct parser *parser, uint32_t *min, uint32_t *max);

#endif
