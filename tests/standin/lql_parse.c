/* Filters by recursive descent. OR binds closer than AND, NOT closer than OR; see lql.h. */
#include <string.h>

#include "standin/lql_node.h"

#define DEPTH_MAX 100 /* brackets and NOTs in each other */

struct parser {
	struct lql_lexer lexer;
	struct lql_token token; /* the one that is next */
	TALLOC_CTX *mem;
	int depth;
};

/* What makes one operand: a whole restriction, or a value of the list behind an operator. */
struct operand {
	int (*parse)(struct parser *, const struct operand *, struct lql_node **, struct err *);
	struct lql_path *path;
	enum lql_op op;
};

static int next(struct parser *parser, struct err *err)
{
	return lql_lex(&parser->lexer, &parser->token, err);
}

static int refuse(struct parser *parser, struct err *err)
{
	const struct lql_token *token = &parser->token;
	size_t line, column;

	lql_where(parser->lexer.text, token->begin, &line, &column);
	return err_set(err, ERR_FORMAT,
		"Unparseable filter: syntax error at line %zu, column %zu, token '%.*s'", line,
		column, (int)(token->end - token->begin), parser->lexer.text + token->begin);
}

static bool is_word(const struct parser *parser, const char *word)
{
	return parser->token.kind == LQL_TOKEN_WORD && strcmp(parser->token.text, word) == 0;
}

static struct lql_node *node_new(
	struct parser *parser, enum lql_kind kind, struct lql_node *left, struct lql_node *right)
{
	struct lql_node *node = mem_new(parser->mem, struct lql_node);

	node->kind = kind;
	node->left = left;
	node->right = right;
	return node;
}

static int parse_negated(struct parser *parser, const struct operand *operand,
	struct lql_node **out, struct err *err)
{
	bool is_negated = is_word(parser, "NOT") || parser->token.kind == LQL_TOKEN_MINUS;
	int result;

	if (!is_negated)
		return operand->parse(parser, operand, out, err);
	if (++parser->depth > DEPTH_MAX)
		return refuse(parser, err);
	if (next(parser, err) < 0)
		return -1;
	result = parse_negated(parser, operand, out, err);
	parser->depth--;
	if (result == 0)
		*out = node_new(parser, LQL_NOT, *out, NULL);
	return result;
}

static int parse_either(struct parser *parser, const struct operand *operand, struct lql_node **out,
	struct err *err)
{
	struct lql_node *right;

	if (parse_negated(parser, operand, out, err) < 0)
		return -1;
	while (is_word(parser, "OR")) {
		if (next(parser, err) < 0 || parse_negated(parser, operand, &right, err) < 0)
			return -1;
		*out = node_new(parser, LQL_OR, *out, right);
	}
	return 0;
}

/* Up to the closing bracket or the end; the AND between two operands may be left out. */
static int parse_all(struct parser *parser, const struct operand *operand, struct lql_node **out,
	struct err *err)
{
	struct lql_node *right;

	if (parse_either(parser, operand, out, err) < 0)
		return -1;
	while (parser->token.kind != LQL_TOKEN_END && parser->token.kind != LQL_TOKEN_CLOSE) {
		if (is_word(parser, "AND") && next(parser, err) < 0)
			return -1;
		if (parse_either(parser, operand, &right, err) < 0)
			return -1;
		*out = node_new(parser, LQL_AND, *out, right);
	}
	return 0;
}

static int parse_bracket(struct parser *parser, const struct operand *operand,
	struct lql_node **out, struct err *err)
{
	if (++parser->depth > DEPTH_MAX)
		return refuse(parser, err);
	if (next(parser, err) < 0 || parse_all(parser, operand, out, err) < 0)
		return -1;
	if (parser->token.kind != LQL_TOKEN_CLOSE)
		return refuse(parser, err);
	parser->depth--;
	return next(parser, err);
}

static bool is_name(const struct parser *parser)
{
	static const char *const reserved[] = { "AND", "OR", "NOT", "!", "~" };

	if (parser->token.kind == LQL_TOKEN_STRING)
		return true;
	if (parser->token.kind != LQL_TOKEN_WORD)
		return false;
	for (size_t i = 0; i < sizeof(reserved) / sizeof(reserved[0]); i++)
		if (strcmp(parser->token.text, reserved[i]) == 0)
			return false;
	return true;
}

/* Words with dots between them. *IS_QUOTED: it is one word, in quotes. */
static int parse_path(
	struct parser *parser, struct lql_path **out, bool *is_quoted, struct err *err)
{
	struct lql_path *path = mem_new(parser->mem, struct lql_path);

	*is_quoted = parser->token.kind == LQL_TOKEN_STRING;
	for (;;) {
		if (!is_name(parser))
			return refuse(parser, err);
		path->names = mem_grow(path, path->names, path->count, sizeof(*path->names));
		path->names[path->count++] = parser->token.text;
		if (next(parser, err) < 0)
			return -1;
		if (parser->token.kind != LQL_TOKEN_DOT)
			break;
		*is_quoted = false;
		if (next(parser, err) < 0)
			return -1;
	}
	*out = path;
	return 0;
}

static char *path_text(TALLOC_CTX *mem, const struct lql_path *path)
{
	char *text = mem_strdup(mem, path->names[0]);

	for (size_t i = 1; i < path->count; i++)
		text = mem_check(talloc_asprintf_append(text, ".%s", path->names[i]));
	return text;
}

static int value_of(struct parser *parser, const struct operand *operand, char *text,
	bool is_quoted, struct lql_node **out, struct err *err)
{
	struct lql_node *node = node_new(parser, LQL_COMPARE, NULL, NULL);

	if (operand->path == NULL)
		node->kind = LQL_ANYWHERE;
	node->path = operand->path;
	node->op = operand->op;
	node->value = mem_new(node, struct lql_value);
	node->value->text = text;
	node->value->length = strlen(text);
	node->value->is_quoted = is_quoted;
	*out = node;
	return lql_value_set(
		node->value, node->path == NULL ? LQL_DYNAMIC : node->path->type, node->op, err);
}

static int parse_value(struct parser *parser, const struct operand *operand, struct lql_node **out,
	struct err *err)
{
	struct lql_path *path;
	bool is_quoted, is_negative = parser->token.kind == LQL_TOKEN_MINUS;
	char *text;

	if (parser->token.kind == LQL_TOKEN_OPEN)
		return parse_bracket(parser, operand, out, err);
	if (is_negative && next(parser, err) < 0)
		return -1;
	if (parse_path(parser, &path, &is_quoted, err) < 0)
		return -1;
	text = path_text(parser->mem, path);
	if (is_negative)
		text = mem_printf(parser->mem, "-%s", text);
	return value_of(parser, operand, text, is_quoted, out, err);
}

/* log_id("x"), SEARCH("x"), SEARCH(field, "x"), behind the opening bracket. */
static int parse_arguments(struct parser *parser, struct lql_node *node, struct err *err)
{
	bool is_quoted;
	struct lql_path *path;

	if (parse_path(parser, &path, &is_quoted, err) < 0)
		return -1;
	if (node->kind == LQL_SEARCH && parser->token.kind == LQL_TOKEN_COMMA) {
		node->path = path;
		if (lql_path_set(path, err) < 0 || next(parser, err) < 0 ||
			parse_path(parser, &path, &is_quoted, err) < 0)
			return -1;
	}
	if (parser->token.kind != LQL_TOKEN_CLOSE || !is_quoted)
		return refuse(parser, err);
	if (node->kind == LQL_SEARCH)
		lql_phrases_set(node, path->names[0]);
	node->value = mem_new(node, struct lql_value);
	node->value->text = path->names[0];
	node->value->length = strlen(path->names[0]);
	return next(parser, err);
}

/* 1: it was a function. */
static int parse_function(
	struct parser *parser, const struct lql_path *path, struct lql_node **out, struct err *err)
{
	static const struct {
		const char *name;
		enum lql_kind kind;
	} functions[] = { { "log_id", LQL_LOG_ID }, { "search", LQL_SEARCH } };

	if (parser->token.kind != LQL_TOKEN_OPEN ||
		parser->lexer.text[parser->token.begin - 1] !=
			path->names[0][strlen(path->names[0]) - 1])
		return 0;
	for (size_t i = 0; path->count == 1 && i < sizeof(functions) / sizeof(functions[0]); i++)
		if (strcasecmp(path->names[0], functions[i].name) == 0) {
			*out = node_new(parser, functions[i].kind, NULL, NULL);
			if (next(parser, err) < 0 || parse_arguments(parser, *out, err) < 0)
				return -1;
			return 1;
		}
	return err_set(
		err, ERR_FORMAT, "Unparseable filter: unknown function '%s'", path->names[0]);
}

static int parse_restriction(struct parser *parser, const struct operand *operand,
	struct lql_node **out, struct err *err)
{
	struct operand value = { parse_value, NULL, LQL_HAS };
	struct lql_path *path;
	bool is_quoted;
	int result;

	if (parser->token.kind == LQL_TOKEN_OPEN)
		return parse_bracket(parser, operand, out, err);
	if (parse_path(parser, &path, &is_quoted, err) < 0)
		return -1;
	result = is_quoted ? 0 : parse_function(parser, path, out, err);
	if (result != 0)
		return result < 0 ? -1 : 0;
	if (parser->token.kind != LQL_TOKEN_OP)
		return value_of(parser, &value, path_text(parser->mem, path), is_quoted, out, err);
	value.path = path;
	value.op = parser->token.op;
	if (lql_path_set(path, err) < 0 || next(parser, err) < 0)
		return -1;
	return parse_value(parser, &value, out, err);
}

int lql_parse(TALLOC_CTX *mem, const char *text, struct lql **out, struct err *err)
{
	static const struct operand restriction = { parse_restriction, NULL, LQL_HAS };
	struct lql *filter = mem_new(mem, struct lql);
	struct parser parser = { .lexer = { filter, text, 0 }, .mem = filter };
	int result = next(&parser, err);

	filter->decoded.mem = filter->folded.mem = filter;
	if (result == 0 && parser.token.kind == LQL_TOKEN_END)
		filter->root = node_new(&parser, LQL_ALL, NULL, NULL);
	else if (result == 0)
		result = parse_all(&parser, &restriction, &filter->root, err);
	if (result == 0 && parser.token.kind != LQL_TOKEN_END)
		result = refuse(&parser, err);
	if (result < 0) {
		talloc_free(filter);
		return -1;
	}
	*out = filter;
	return 0;
}
