/* What CRE's authors wrote, laid out for a report: one line, without Markdown's marks. */
#include <ctype.h>
#include <string.h>
#include <strings.h>

#include "rule/cre.h"

#define PROSE_MOST 1200 /* bytes */

/* How texts begin that say nothing of the failure. */
static const char *const empty_words[] = { "see reference", "see upstream", "see the reference",
	"refer to the reference", "follow upstream runbooks",
	"reliability degradation or outage symptoms for", "n/a", "none", "tbd", "todo", "unknown",
	NULL };

static bool is_boilerplate(const char *text)
{
	for (size_t i = 0; empty_words[i] != NULL; i++) {
		size_t length = strlen(empty_words[i]);

		/* short ones only where they are the whole text */
		if (strncasecmp(text, empty_words[i], length) == 0 &&
			(length > 10 || text[length] == '\0' || strcmp(text + length, ".") == 0))
			return true;
	}
	return false;
}

struct prose {
	TALLOC_CTX *mem;
	char *text;
	size_t length;
	bool fenced; /* inside of a block of code, which is left out */
	bool broken; /* an empty line came last */
};

static void put(struct prose *prose, const char *text, size_t length)
{
	for (size_t i = 0; i < length; i++) {
		char c = text[i] == '\t' ? ' ' : text[i];

		if (c == ' ' && prose->length > 0 && prose->text[prose->length - 1] == ' ')
			continue;
		/* emphasis */
		if (c == '*' &&
			((i + 1 < length && text[i + 1] == '*') || (i > 0 && text[i - 1] == '*')))
			continue;
		prose->text = mem_grow(prose->mem, prose->text, prose->length, 1);
		prose->text[prose->length++] = c;
	}
}

/* The bytes of the mark of a list item or heading at the beginning of LINE; 0: none. */
static size_t mark_of(const char *line, size_t length)
{
	size_t at = 0;

	while (at < length && (line[at] == '#' || isdigit((unsigned char)line[at])))
		at++;
	if (at > 0 && at < length && line[at - 1] != '#' && (line[at] == '.' || line[at] == ')'))
		at++;
	else if (at > 0 && line[at - 1] != '#')
		return 0;
	else if (at == 0 && length > 0 && (line[0] == '-' || line[0] == '*'))
		at = 1;
	else if (at == 0 && length > 3 && strncmp(line, "\xe2\x80\xa2", 3) == 0)
		at = 3;
	if (at == 0 || at >= length || line[at] != ' ')
		return 0;
	while (at < length && line[at] == ' ')
		at++;
	return at;
}

/* What stands between a line and what came before it. */
static void separate(struct prose *prose, bool marked)
{
	char last = prose->length == 0 ? ' ' : prose->text[prose->length - 1];

	if (prose->length == 0)
		return;
	if ((marked || prose->broken) && strchr(".:;!?,", last) == NULL)
		put(prose, ";", 1);
	put(prose, " ", 1);
}

static void add_line(struct prose *prose, const char *line, size_t length)
{
	size_t mark;

	while (length > 0 && isspace((unsigned char)line[0])) {
		line++;
		length--;
	}
	while (length > 0 && isspace((unsigned char)line[length - 1]))
		length--;
	if (length >= 3 && strncmp(line, "```", 3) == 0) {
		prose->fenced = !prose->fenced;
		prose->broken = true;
		return;
	}
	if (length == 0)
		prose->broken = true;
	if (length == 0 || prose->fenced || prose->length > PROSE_MOST)
		return;
	mark = mark_of(line, length);
	separate(prose, mark > 0);
	put(prose, line + mark, length - mark);
	prose->broken = false;
}

/* A long text ends with a whole sentence, or else a whole word. */
static void shorten(char *text)
{
	size_t length = strlen(text), at;

	if (length <= PROSE_MOST)
		return;
	at = utf8_cut(text, length, PROSE_MOST);
	text[at] = '\0';
	for (; at > PROSE_MOST / 2; at--)
		if (text[at] == ' ' && strchr(".;!?", text[at - 1]) != NULL) {
			text[at - (text[at - 1] == ';')] = '\0';
			return;
		}
}

const char *rule_cre_prose(TALLOC_CTX *mem, const char *text)
{
	struct prose prose = { .mem = mem };
	char *out;

	if (text == NULL)
		return NULL;
	for (size_t length; *text != '\0'; text += length + (text[length] == '\n')) {
		length = strcspn(text, "\n");
		add_line(&prose, text, length);
	}
	while (prose.length > 0 && strchr(" :;", prose.text[prose.length - 1]) != NULL)
		prose.length--;
	if (prose.length == 0)
		return NULL;
	out = mem_strndup(mem, prose.text, prose.length);
	talloc_free(prose.text);
	shorten(out);
	return is_boilerplate(out) ? NULL : out;
}

#define SENTENCE_LEAST 24 /* bytes: what is shorter ends with an abbreviation, or says too little */

const char *rule_cre_sentence(TALLOC_CTX *mem, const char *text)
{
	const char *prose = rule_cre_prose(mem, text);

	if (prose == NULL)
		return NULL;
	for (const char *at = prose + 1; *at != '\0'; at++) {
		bool ends = at[-1] == ';' ||
			    (at[-1] == '.' && (isupper((unsigned char)at[1]) || at[1] == '`'));

		if (*at == ' ' && ends && at - prose >= SENTENCE_LEAST)
			return mem_strndup(mem, prose, (size_t)(at - prose) - 1);
	}
	return prose;
}
