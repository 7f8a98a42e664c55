/*
 * Templates to tokens. A tag that is alone on its line takes the line with it, as the
 * specification asks; one pass, and linear in the length of the text.
 */
#include <stdarg.h>
#include <string.h>

#include "template/token.h"

#define DELIMITER_MAX 16 /* bytes */

struct position {
	size_t at;
	unsigned line, column;
};

struct scanner {
	struct template *template;
	const char *name;
	const char *text;
	size_t length, at;
	struct position position; /* never behind AT: places are counted forward only */
	size_t line_start;
	bool blank; /* nothing but blanks between LINE_START and AT */
	bool fresh; /* no token of this line yet */
	char open[DELIMITER_MAX + 1], close[DELIMITER_MAX + 1];
	size_t sections[TEMPLATE_NESTING_MAX], depth; /* that are not closed yet */
	struct err *err;
};

struct tag {
	char sigil; /* '\0': none */
	size_t begin, end; /* in the text, delimiters included */
	const char *content; /* without the blanks around it */
	size_t length;
	unsigned line, column;
};

static bool is_blank(char c)
{
	return c == ' ' || c == '\t';
}

static bool is_space(char c)
{
	return is_blank(c) || c == '\n' || c == '\r';
}

static int PRINTF_LIKE(4, 5)
	fault(struct scanner *scanner, unsigned line, unsigned column, const char *format, ...)
{
	char text[512];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(text, sizeof(text), format, arguments);
	va_end(arguments);
	return err_set(scanner->err, ERR_RULE, "%s:%u:%u: %s", scanner->name, line, column, text);
}

/* Count lines and characters up to AT, where the next token begins. */
static const struct position *locate(struct scanner *scanner, size_t at)
{
	struct position *position = &scanner->position;

	for (; position->at < at; position->at++) {
		if (scanner->text[position->at] == '\n') {
			position->line++;
			position->column = 1;
		} else if (((unsigned char)scanner->text[position->at] & 0xc0) != 0x80) {
			position->column++;
		}
	}
	return position;
}

static struct token *add(struct scanner *scanner, enum token_kind kind)
{
	struct template *template = scanner->template;
	struct token *token;

	template->tokens =
		mem_grow(template, template->tokens, template->count, sizeof(struct token));
	token = &template->tokens[template->count++];
	*token = (struct token){ .kind = kind, .line_start = scanner->fresh };
	scanner->fresh = false;
	return token;
}

/* The text up to END, one token a line. */
static void add_text(struct scanner *scanner, size_t end)
{
	while (scanner->at < end) {
		const char *begin = scanner->text + scanner->at;
		const char *newline = memchr(begin, '\n', end - scanner->at);
		struct token *token = add(scanner, TOKEN_TEXT);

		token->text = begin;
		token->length = newline == NULL ? end - scanner->at : (size_t)(newline + 1 - begin);
		scanner->at += token->length;
		scanner->fresh = newline != NULL;
	}
}

/* Look at the text between AT and the tag at BEGIN: on which line does the tag stand, and how? */
static void look_back(struct scanner *scanner, size_t begin)
{
	for (size_t i = scanner->at; i < begin; i++) {
		if (scanner->text[i] == '\n') {
			scanner->line_start = i + 1;
			scanner->blank = true;
		} else if (!is_blank(scanner->text[i])) {
			scanner->blank = false;
		}
	}
}

/* Where the line ends behind a tag that ends at END, if only blanks follow; else 0. */
static size_t rest_of_line(const struct scanner *scanner, size_t end)
{
	while (end < scanner->length && is_blank(scanner->text[end]))
		end++;
	if (end < scanner->length && scanner->text[end] == '\r')
		end++;
	if (end < scanner->length && scanner->text[end] == '\n')
		return end + 1;
	return end == scanner->length ? end : 0;
}

static void trim(struct tag *tag)
{
	while (tag->length > 0 && is_space(tag->content[0])) {
		tag->content++;
		tag->length--;
	}
	while (tag->length > 0 && is_space(tag->content[tag->length - 1]))
		tag->length--;
}

/* The tag at BEGIN. "{{{x}}}" and "{{=a b=}}" have one more character before the end. */
static int read_tag(struct scanner *scanner, size_t begin, struct tag *tag)
{
	const struct position *position = locate(scanner, begin);
	size_t at = begin + strlen(scanner->open);
	char close[DELIMITER_MAX + 2] = "";
	const char *found;

	*tag = (struct tag){ .begin = begin, .line = position->line, .column = position->column };
	if (at < scanner->length && strchr("#^/>&!={", scanner->text[at]) != NULL)
		tag->sigil = scanner->text[at++];
	if (tag->sigil == '{')
		strcpy(close, "}");
	else if (tag->sigil == '=')
		strcpy(close, "=");
	strcat(close, scanner->close);
	found = memmem(scanner->text + at, scanner->length - at, close, strlen(close));
	if (found == NULL)
		return fault(
			scanner, tag->line, tag->column, "this tag is not closed by %s", close);
	tag->content = scanner->text + at;
	tag->length = (size_t)(found - tag->content);
	tag->end = at + tag->length + strlen(close);
	trim(tag);
	return 0;
}

static bool is_name(const struct tag *tag)
{
	bool path = tag->sigil != '>' && !(tag->length == 1 && tag->content[0] == '.');

	for (size_t i = 0; i < tag->length; i++) {
		char c = tag->content[i];

		if (is_space(c) || c == '\0')
			return false;
		if (path && c == '.' &&
			(i == 0 || i + 1 == tag->length || tag->content[i + 1] == '.'))
			return false;
	}
	return tag->length > 0;
}

static int set_delimiter(struct scanner *scanner, const struct tag *tag, const char *from,
	size_t length, char out[DELIMITER_MAX + 1])
{
	if (length == 0 || length > DELIMITER_MAX || memchr(from, '=', length) != NULL ||
		memchr(from, '\0', length) != NULL)
		return fault(scanner, tag->line, tag->column,
			"delimiters are two words of at most %d bytes without \"=\"",
			DELIMITER_MAX);
	memcpy(out, from, length);
	out[length] = '\0';
	return 0;
}

static int set_delimiters(struct scanner *scanner, const struct tag *tag)
{
	size_t first = 0, second;

	while (first < tag->length && !is_space(tag->content[first]))
		first++;
	for (second = first; second < tag->length && is_space(tag->content[second]);)
		second++;
	for (size_t i = second; i < tag->length; i++)
		if (is_space(tag->content[i]))
			return fault(scanner, tag->line, tag->column, "more than two delimiters");
	if (set_delimiter(scanner, tag, tag->content, first, scanner->open) < 0)
		return -1;
	return set_delimiter(
		scanner, tag, tag->content + second, tag->length - second, scanner->close);
}

static int open_section(struct scanner *scanner, const struct tag *tag)
{
	if (scanner->depth == TEMPLATE_NESTING_MAX)
		return fault(scanner, tag->line, tag->column, "more than %d sections deep",
			TEMPLATE_NESTING_MAX);
	scanner->sections[scanner->depth++] = scanner->template->count - 1;
	return 0;
}

static int close_section(struct scanner *scanner, const struct tag *tag)
{
	struct token *tokens = scanner->template->tokens;
	size_t end = scanner->template->count - 1;
	struct token *begin;

	if (scanner->depth == 0)
		return fault(scanner, tag->line, tag->column, "no section \"%s\" is open",
			tokens[end].name);
	begin = &tokens[scanner->sections[--scanner->depth]];
	if (strcmp(begin->name, tokens[end].name) != 0)
		return fault(scanner, tag->line, tag->column,
			"\"%s\" ends here, but \"%s\" of line %u is open", tokens[end].name,
			begin->name, begin->line);
	begin->pair = end;
	tokens[end].pair = scanner->sections[scanner->depth];
	return 0;
}

static const struct {
	char sigil;
	enum token_kind kind;
	int (*follow)(struct scanner *scanner, const struct tag *tag);
} kinds[] = {
	{ '\0', TOKEN_ESCAPED, NULL },
	{ '{', TOKEN_RAW, NULL },
	{ '&', TOKEN_RAW, NULL },
	{ '#', TOKEN_SECTION, open_section },
	{ '^', TOKEN_INVERTED, open_section },
	{ '/', TOKEN_END, close_section },
	{ '>', TOKEN_PARTIAL, NULL },
};

static int add_tag(struct scanner *scanner, const struct tag *tag, const char *indent)
{
	struct token *token;
	size_t i = 0;

	if (tag->sigil == '!')
		return 0;
	if (tag->sigil == '=')
		return set_delimiters(scanner, tag);
	if (!is_name(tag))
		return fault(scanner, tag->line, tag->column, "\"%.*s\" is no name",
			(int)(tag->length < 64 ? tag->length : 64), tag->content);
	while (kinds[i].sigil != tag->sigil)
		i++;
	token = add(scanner, kinds[i].kind);
	token->line = tag->line;
	token->column = tag->column;
	token->name = mem_strndup(scanner->template, tag->content, tag->length);
	token->indent = indent;
	if (indent != NULL)
		token->line_start = false;
	return kinds[i].follow == NULL ? 0 : kinds[i].follow(scanner, tag);
}

static int take_tag(struct scanner *scanner, size_t begin)
{
	struct tag tag;
	const char *indent = NULL;
	size_t end = 0;

	if (read_tag(scanner, begin, &tag) < 0)
		return -1;
	look_back(scanner, begin);
	if (scanner->blank && strchr("#^/>!=", tag.sigil) != NULL && tag.sigil != '\0')
		end = rest_of_line(scanner, tag.end);
	add_text(scanner, end > 0 ? scanner->line_start : begin);
	if (end > 0)
		indent = mem_strndup(scanner->template, scanner->text + scanner->line_start,
			begin - scanner->line_start);
	if (add_tag(scanner, &tag, indent) < 0)
		return -1;
	scanner->at = end > 0 ? end : tag.end;
	scanner->line_start = scanner->at;
	scanner->blank = end > 0;
	if (end > 0)
		scanner->fresh = true;
	return 0;
}

static int scan(struct scanner *scanner)
{
	const struct token *open;
	const char *found;

	while ((found = memmem(scanner->text + scanner->at, scanner->length - scanner->at,
			scanner->open, strlen(scanner->open))) != NULL)
		if (take_tag(scanner, (size_t)(found - scanner->text)) < 0)
			return -1;
	add_text(scanner, scanner->length);
	if (scanner->depth == 0)
		return 0;
	open = &scanner->template->tokens[scanner->sections[scanner->depth - 1]];
	return fault(scanner, open->line, open->column, "section \"%s\" is not closed", open->name);
}

int template_parse(TALLOC_CTX *mem, const char *name, const char *text, size_t length,
	struct template **out, struct err *err)
{
	struct template *template = mem_new(mem, struct template);
	struct scanner scanner = { .template = template, .name = name, .length = length };

	template->text = mem_strndup(template, text, length);
	scanner.text = template->text;
	scanner.position = (struct position){ 0, 1, 1 };
	scanner.blank = scanner.fresh = true;
	strcpy(scanner.open, "{{");
	strcpy(scanner.close, "}}");
	scanner.err = err;
	if (scan(&scanner) < 0) {
		talloc_free(template);
		return -1;
	}
	*out = template;
	return 0;
}

void template_names(const struct template *template,
	void (*visit)(void *context, const char *name, unsigned line, unsigned column),
	void *context)
{
	for (size_t i = 0; i < template->count; i++) {
		const struct token *token = &template->tokens[i];

		if (token->kind != TOKEN_TEXT && token->kind != TOKEN_END &&
			token->kind != TOKEN_PARTIAL)
			visit(context, token->name, token->line, token->column);
	}
}
