/* The words of a filter: strings, operators, brackets; comments are passed over. */
#include "standin/lql_lex.h"

#include <string.h>

static const struct {
	const char *text;
	enum lql_op op;
} operators[] = {
	{ "!=", LQL_UNEQUAL },
	{ "!~", LQL_NOT_REGEX },
	{ "<=", LQL_LESS_EQUAL },
	{ ">=", LQL_GREATER_EQUAL },
	{ "=~", LQL_REGEX },
	{ "=", LQL_EQUAL },
	{ "<", LQL_LESS },
	{ ">", LQL_GREATER },
	{ ":", LQL_HAS },
};

static const struct {
	char character;
	enum lql_token_kind kind;
} marks[] = {
	{ '(', LQL_TOKEN_OPEN },
	{ ')', LQL_TOKEN_CLOSE },
	{ ',', LQL_TOKEN_COMMA },
	{ '.', LQL_TOKEN_DOT },
	{ '-', LQL_TOKEN_MINUS },
};

void lql_where(const char *text, size_t at, size_t *line, size_t *column)
{
	*line = *column = 1;
	for (size_t i = 0; i < at; i++) {
		*column = text[i] == '\n' ? 1 : *column + 1;
		*line += text[i] == '\n';
	}
}

static size_t skip_blanks(const char *text, size_t at)
{
	for (;;) {
		at += strspn(text + at, " \t\r\n");
		if (strncmp(text + at, "--", 2) != 0)
			return at;
		at += strcspn(text + at, "\n");
	}
}

/* Up to three octal digits behind a backslash are a byte; the bytes read. */
static size_t octal(const char *text, char *out)
{
	size_t digits = strspn(text, "01234567");
	unsigned value = 0;

	digits = digits > 3 ? 3 : digits;
	for (size_t i = 0; i < digits; i++)
		value = value * 8 + (unsigned)(text[i] - '0');
	*out = (char)value;
	return digits;
}

/* What stands behind a backslash; the bytes read. An unknown escape is the character itself. */
static size_t unescape(const char *text, char *out)
{
	static const char names[] = "abfnrtv", meant[] = "\a\b\f\n\r\t\v";
	const char *name = strchr(names, text[0]);
	size_t digits = octal(text, out);

	if (digits > 0)
		return digits;
	*out = name != NULL ? meant[name - names] : text[0];
	return 1;
}

static int lex_string(struct lql_lexer *lexer, struct lql_token *token, struct err *err)
{
	const char *text = lexer->text;
	size_t at = lexer->at + 1, length = 0, line, column;

	token->kind = LQL_TOKEN_STRING;
	token->text = mem_array(lexer->mem, char, strlen(text + at) + 1);
	while (text[at] != '"') {
		if (text[at] == '\\' && text[at + 1] != '\0') {
			at += 1 + unescape(text + at + 1, token->text + length++);
			continue;
		}
		if (text[at] == '\0') {
			lql_where(text, lexer->at, &line, &column);
			return err_set(err, ERR_FORMAT,
				"Unparseable filter: unterminated string at line %zu, column %zu",
				line, column);
		}
		token->text[length++] = text[at++];
	}
	lexer->at = at + 1;
	return 0;
}

static bool lex_mark(struct lql_lexer *lexer, struct lql_token *token)
{
	const char *here = lexer->text + lexer->at;

	for (size_t i = 0; i < sizeof(operators) / sizeof(operators[0]); i++) {
		size_t length = strlen(operators[i].text);

		if (strncmp(here, operators[i].text, length) == 0) {
			token->kind = LQL_TOKEN_OP;
			token->op = operators[i].op;
			lexer->at += length;
			return true;
		}
	}
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++)
		if (here[0] == marks[i].character) {
			token->kind = marks[i].kind;
			lexer->at++;
			return true;
		}
	return false;
}

int lql_lex(struct lql_lexer *lexer, struct lql_token *token, struct err *err)
{
	size_t length;
	int result = 0;

	lexer->at = skip_blanks(lexer->text, lexer->at);
	*token = (struct lql_token){ .kind = LQL_TOKEN_END, .begin = lexer->at };
	if (lexer->text[lexer->at] == '"') {
		result = lex_string(lexer, token, err);
	} else if (lexer->text[lexer->at] != '\0' && !lex_mark(lexer, token)) {
		length = strcspn(lexer->text + lexer->at, " \t\r\n\"()<>=~:,.!");
		length += length == 0; /* a lone "!" or "~": no place takes it */
		token->kind = LQL_TOKEN_WORD;
		token->text = mem_strndup(lexer->mem, lexer->text + lexer->at, length);
		lexer->at += length;
	}
	token->end = lexer->at;
	return result;
}
