/* Rule files from what a draft says. Whatever stands in a log, what is written means only itself. */
#include <string.h>

#include "rule/rule.h"

/* Does YAML, or a person's terminal, take the character for something else than a sign? */
static bool is_unsafe(uint32_t code)
{
	static const struct {
		uint32_t first, last;
	} ranges[] = { { 0, 0x1f }, { 0x7f, 0xa0 }, { 0xad, 0xad }, { 0x200b, 0x200f },
		{ 0x2028, 0x202e }, { 0x2060, 0x206f }, { 0xd800, 0xdfff }, { 0xfeff, 0xfeff },
		{ 0xfff0, 0xfffb }, { 0xfffe, 0xffff }, { 0xe0000, UTF8_NONE } };

	for (size_t i = 0; i < sizeof(ranges) / sizeof(ranges[0]); i++)
		if (code >= ranges[i].first && code <= ranges[i].last)
			return true;
	return false;
}

static bool is_safe(const char *text)
{
	size_t length = strlen(text);
	uint32_t code;

	for (size_t i = 0; i < length;) {
		i += utf8_decode(text + i, length - i, &code);
		if (is_unsafe(code))
			return false;
	}
	return true;
}

/* Nothing is special between single quotes but the quote, which is doubled. */
static void put_single(FILE *out, const char *text)
{
	fputc('\'', out);
	for (; *text != '\0'; text++)
		fputs(*text == '\'' ? "''" : (const char[]){ *text, '\0' }, out);
	fputc('\'', out);
}

static void put_double(FILE *out, const char *text)
{
	size_t length = strlen(text), size;

	fputc('"', out);
	for (size_t i = 0; i < length; i += size) {
		uint32_t code;

		size = utf8_decode(text + i, length - i, &code);
		if (text[i] == '"' || text[i] == '\\')
			fprintf(out, "\\%c", text[i]);
		else if (code == UTF8_NONE)
			fputs("\\uFFFD", out);
		else if (is_unsafe(code))
			fprintf(out, code > 0xffff ? "\\U%08X" : "\\u%04X", (unsigned)code);
		else
			fwrite(text + i, 1, size, out);
	}
	fputc('"', out);
}

static void put_scalar(FILE *out, const char *text)
{
	if (is_safe(text))
		put_single(out, text);
	else
		put_double(out, text);
}

/* A comment ends with its line, so what would end it is shown as "?". */
static void put_comment(FILE *out, const char *text)
{
	size_t length = strlen(text), size;

	fputs("# ", out);
	for (size_t i = 0; i < length; i += size) {
		uint32_t code;
		bool unsafe;

		size = utf8_decode(text + i, length - i, &code);
		unsafe = is_unsafe(code);
		fwrite(unsafe ? "?" : text + i, 1, unsafe ? 1 : size, out);
	}
	fputc('\n', out);
}

/* Texts are templates, and what a log says in one must not be a name: a blank parts the braces. */
static char *plain_of(const char *text)
{
	char *plain = mem_array(NULL, char, 2 * strlen(text) + 1), *end = plain;

	for (; *text != '\0'; text++) {
		*end++ = *text;
		if (text[0] == '{' && text[1] == '{')
			*end++ = ' ';
	}
	return plain;
}

static void put_text(FILE *out, const char *key, const char *text)
{
	char *plain = plain_of(text);

	fprintf(out, "    %s: ", key);
	put_scalar(out, plain);
	fputc('\n', out);
	talloc_free(plain);
}

void rule_write(FILE *out, const struct rule_draft *draft)
{
	for (const char *const *comment = draft->comments; *comment != NULL; comment++)
		put_comment(out, *comment);
	fprintf(out, "version: 1\ncauses:\n  - id: %s\n", draft->id);
	put_text(out, "title", draft->title);
	fprintf(out, "    kind: %s\n    layer: %s\n    severity: %s\n    when:\n      match: {%s: ",
		cause_kind_name(draft->kind), draft->layer, cause_severity_name(draft->severity),
		draft->regex ? "regex" : "literal");
	put_scalar(out, draft->pattern);
	fputs("}\n", out);
	put_text(out, "why", draft->why);
	put_text(out, "fix", draft->fix);
	put_text(out, "prevent", draft->prevent);
	put_text(out, "detect", draft->detect);
	fprintf(out, "    done_when: %s is absent in 3 consecutive runs\n", draft->id);
	fputs("    examples:\n      match:\n        - log: ", out);
	put_scalar(out, draft->match);
	fputs("\n      clean:\n        - log: ", out);
	put_scalar(out, draft->clean);
	fputc('\n', out);
}
