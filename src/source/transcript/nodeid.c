/* Names of tests: pytest's node ids, and what other formats make of them. */
#include "source/transcript/transcript.h"

#include <string.h>

static const char *const suffixes[] = { ".py", ".pyx", ".md", ".rst", ".txt", ".feature", ".yaml",
	".yml", ".ipynb" };

static bool has_suffix(const char *path, size_t length)
{
	for (size_t i = 0; i < sizeof(suffixes) / sizeof(suffixes[0]); i++) {
		size_t wanted = strlen(suffixes[i]);

		if (length > wanted && memcmp(path + length - wanted, suffixes[i], wanted) == 0)
			return true;
	}
	return false;
}

/* Where the path ends, that is before the first "::"; 0: it is none. */
static size_t path_length(const char *text, size_t length)
{
	for (size_t i = 0; i + 2 < length && i < 1024; i++) {
		if (strchr(" \t\"'<>|(", text[i]) != NULL)
			return 0;
		if (text[i] == ':' && text[i + 1] == ':')
			return has_suffix(text, i) ? i : 0;
	}
	return 0;
}

/* A blank outside brackets ends a node id; where brackets never close, the first blank does. */
size_t nodeid_length(const char *text, size_t length)
{
	size_t at = path_length(text, length), blank = 0;
	int depth = 0;

	if (at == 0 || text[0] == ' ' || text[at + 2] == ' ')
		return 0;
	for (at += 2; at < length; at++) {
		if (text[at] == '[')
			depth++;
		else if (text[at] == ']' && depth > 0)
			depth--;
		else if ((text[at] == ' ' || text[at] == '\t') && blank == 0)
			blank = at;
		if (depth == 0 && (text[at] == ' ' || text[at] == '\t'))
			return at;
	}
	return depth == 0 || blank == 0 ? length : blank;
}

static size_t find(const char *text, size_t length, const char *what)
{
	const char *at = memmem(text, length, what, strlen(what));

	return at == NULL ? length : (size_t)(at - text);
}

char *nodeid_title(TALLOC_CTX *mem, const char *id, size_t length)
{
	size_t begin = find(id, length, "::"), bracket, out = 0;
	char *title;

	begin = begin < length ? begin + 2 : 0;
	title = mem_strndup(mem, id + begin, length - begin);
	length -= begin;
	bracket = find(title, length, "[");
	for (size_t i = 0; i < length; i++) {
		if (i < bracket && title[i] == ':' && title[i + 1] == ':') {
			title[out++] = '.';
			i++;
		} else {
			title[out++] = title[i];
		}
	}
	title[out] = '\0';
	return title;
}

static size_t length_of(const char *text, const char *const *marks)
{
	for (; *marks != NULL; marks++)
		if (strncmp(text, *marks, strlen(*marks)) == 0)
			return strlen(*marks);
	return 0;
}

/* What stands between the parts of a name, in any format; its bytes, or 0. */
static size_t separator(const char *text)
{
	/* Jest, Vitest and Mocha have titles of words, which some formats join with blanks only */
	static const char *const marks[] = { " > ", " \xe2\x80\xba ", "::", "/", "\\", " ", NULL };
	static const char *const suffix[] = { ".py::", NULL };

	if (strcmp(text, ".py") == 0)
		return strlen(text);
	if (length_of(text, suffix) > 0)
		return strlen(".py::");
	return length_of(text, marks);
}

char *nodeid_key(TALLOC_CTX *mem, const char *name)
{
	size_t length = strlen(name), bracket = find(name, length, "["), out = 0;
	char *key = mem_array(mem, char, length + 1);

	for (size_t i = 0; i < length;) {
		size_t taken = i < bracket ? separator(name + i) : 0;

		if (taken == 0)
			key[out++] = name[i++];
		else if (i + taken < length && out > 0 && key[out - 1] != '.')
			key[out++] = '.';
		i += taken;
	}
	key[out] = '\0';
	return key;
}

/* The beginning of the part of KEY that ends before END. */
static size_t part_before(const char *key, size_t end)
{
	while (end > 0 && key[end - 1] != '.')
		end--;
	return end;
}

char *nodeid_bare(TALLOC_CTX *mem, const char *key)
{
	size_t length = strlen(key), bracket = find(key, length, "[");
	size_t test = part_before(key, bracket), end = test;

	while (end > 0) {
		size_t begin = part_before(key, end - 1);

		if (begin == 0 || key[begin] < 'A' || key[begin] > 'Z')
			break;
		end = begin;
	}
	return mem_printf(mem, "%.*s%s", (int)end, key, key + test);
}

const char *nodeid_short(const char *bare)
{
	size_t length = strlen(bare), bracket = find(bare, length, "[");
	size_t test = part_before(bare, bracket);

	return test == 0 ? bare : bare + part_before(bare, test - 1);
}

const char *nodeid_last(const char *bare)
{
	size_t length = strlen(bare);

	return bare + part_before(bare, find(bare, length, "["));
}
