/*
 * Escapes for Markdown. What GitHub makes of a text beyond CommonMark (bare addresses, mentions,
 * references to issues) cannot be escaped with backslashes; words that look like one become code.
 */
#include "render/markdown.h"

#include <stdlib.h>
#include <string.h>

#include "render/clean.h"

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       ((unsigned char)c & 0x80) != 0;
}

static bool is_digit(char c)
{
	return c >= '0' && c <= '9';
}

/* Must the character at I be escaped, wherever the text lands in its line? */
static bool is_special(const char *text, size_t length, size_t i)
{
	bool inside = i > 0 && i + 1 < length && is_word(text[i - 1]) && is_word(text[i + 1]);
	bool first = i == 0 || text[i - 1] == ' ';

	if (strchr("\\`*[]<>|~&$", text[i]) != NULL)
		return true;
	if (text[i] == '_')
		return !inside;
	if (i == 0 && strchr("#+-=:", text[i]) != NULL)
		return true;
	if (text[i] == '#' && (first || text[i - 1] == '#'))
		return true;
	/* "1." and "1)" begin a list */
	return i > 0 && (text[i] == '.' || text[i] == ')') && is_digit(text[0]) &&
	       (i + 1 == length || text[i + 1] == ' ') && strspn(text, "0123456789") == i;
}

static void put_plain(FILE *out, const char *text, size_t length, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		if (is_special(text, length, i))
			fputc('\\', out);
		fputc(text[i], out);
	}
}

/* References of GitLab: "!12", "group/name!12", "&12", "$12", "%v1", "~label"; its labels may be names. */
static bool is_reference(const char *word, size_t length, size_t i)
{
	bool first = i == 0 || !is_word(word[i - 1]);
	char next = i + 1 < length ? word[i + 1] : ' ';

	if (word[i] == '!' || (first && (word[i] == '&' || word[i] == '$')))
		return is_digit(next);
	return first && (word[i] == '%' || word[i] == '~') && (is_word(next) || next == '"');
}

/* A word that GitHub would make a link of: "https://...", "www.", "name@...", "@name", "#12". */
static bool is_linked(const char *word, size_t length)
{
	if (length >= 4 && strncasecmp(word, "www.", 4) == 0)
		return true;
	for (size_t i = 0; i + 1 < length; i++) {
		if (i + 2 < length && memcmp(word + i, "://", 3) == 0)
			return true;
		if (word[i] == '@' || (word[i] == '#' && is_digit(word[i + 1])) ||
			is_reference(word, length, i))
			return true;
		if (i + 3 < length && strncasecmp(word + i, "www.", 4) == 0 &&
			!is_word(word[i - (i > 0)]))
			return true;
	}
	return length >= 4 && strncasecmp(word, "GH-", 3) == 0 && is_digit(word[3]);
}

/* Code, where no backtick, bar or backslash makes that a risk (bars end cells, in code too). */
static bool is_codable(const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++)
		if (strchr("`|\\", text[i]) != NULL)
			return false;
	return length > 0 && text[0] != ' ' && text[length - 1] != ' ';
}

/* A word that would be a link but cannot be code: its marks are taken apart. */
static void put_broken(FILE *out, const char *text, size_t length, size_t from, size_t to)
{
	for (size_t i = from; i < to; i++) {
		put_plain(out, text, length, i, i + 1);
		if (strchr(":@#.!&$%~", text[i]) != NULL || ((text[i] | 0x20) == 'w'))
			fputs("\xe2\x81\xa0", out); /* U+2060, word joiner: no blank, no break */
	}
}

static void put_word(FILE *out, const char *text, size_t length, size_t from, size_t to)
{
	if (!is_linked(text + from, to - from)) {
		put_plain(out, text, length, from, to);
	} else if (is_codable(text + from, to - from)) {
		fputc('`', out);
		fwrite(text + from, 1, to - from, out);
		fputc('`', out);
	} else {
		put_broken(out, text, length, from, to);
	}
}

/* Where the code that begins with the backtick at FROM ends (its closing backtick), or FROM. */
static size_t end_of_code(const char *text, size_t length, size_t from)
{
	const char *end = memchr(text + from + 1, '`', length - from - 1);
	size_t to = end == NULL ? from : (size_t)(end - text);

	return to > from && is_codable(text + from + 1, to - from - 1) ? to : from;
}

static void put_line(FILE *out, const char *text)
{
	size_t length = strlen(text), end;

	for (size_t i = 0; i < length; i = end) {
		if (text[i] == '`' && (end = end_of_code(text, length, i)) > i) {
			fwrite(text + i, 1, ++end - i, out);
			continue;
		}
		end = i + 1;
		if (text[i] != ' ' && text[i] != '`')
			end = i + strcspn(text + i, " `");
		put_word(out, text, length, i, end);
	}
}

void markdown_escape(FILE *out, const char *text, size_t length)
{
	char *copy = mem_strndup(NULL, text, length);
	char *line = clean_line(copy, copy);

	put_line(out, line);
	talloc_free(copy);
}

char *markdown_code(TALLOC_CTX *mem, const char *text)
{
	char *line = clean_line(mem, text), *out = NULL, *copy;
	size_t length = 0;
	FILE *stream;

	if (is_codable(line, strlen(line)))
		return mem_printf(mem, "`%s`", line);
	stream = mem_check(open_memstream(&out, &length));
	put_line(stream, line);
	if (fclose(stream) != 0)
		mem_check(NULL);
	copy = mem_strndup(mem, out, length);
	free(out);
	return copy;
}

static size_t longest_fence(const char *text)
{
	size_t longest = 0, run = 0;

	for (; *text != '\0'; text++) {
		run = *text == '`' ? run + 1 : 0;
		longest = run > longest ? run : longest;
	}
	return longest;
}

static void put_quoted(FILE *out, const char *text)
{
	size_t length = strlen(text), size;

	fputs("\xe2\x94\x82 ", out);
	for (size_t i = 0; i < length; i += size) {
		uint32_t code;

		size = clean_decode(text + i, length - i, &code);
		if (code == '\n')
			fputs("\n\xe2\x94\x82 ", out);
		else if (code == '\t')
			fputc('\t', out);
		else if (code != '\r')
			clean_put(out, text + i, size, code);
		if (i > 0 && clean_is_command(text + i - 1, length - i + 1))
			fputc(' ', out);
	}
}

char *markdown_quote(TALLOC_CTX *mem, const char *text)
{
	size_t longest = longest_fence(text), length = 0;
	char *fence = mem_array(mem, char, longest + 4), *out = NULL, *copy;
	FILE *stream = mem_check(open_memstream(&out, &length));

	memset(fence, '`', longest < 3 ? 3 : longest + 1);
	fprintf(stream, "%stext\n", fence);
	put_quoted(stream, text);
	fprintf(stream, "\n%s", fence);
	if (fclose(stream) != 0)
		mem_check(NULL);
	copy = mem_strndup(mem, out, length);
	free(out);
	return copy;
}
