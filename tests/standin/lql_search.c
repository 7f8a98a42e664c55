/* SEARCH(): whole words, in any case; between backticks, words in a row. */
#include <string.h>

#include "standin/lql_node.h"

static bool is_word_byte(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_' || (unsigned char)c >= 0x80;
}

/* The word that begins at or behind *AT in TEXT; its length, or 0. */
static size_t next_word(const char *text, size_t length, size_t *at)
{
	size_t end;

	while (*at < length && !is_word_byte(text[*at]))
		++*at;
	for (end = *at; end < length && is_word_byte(text[end]);)
		end++;
	return end - *at;
}

static struct lql_phrase *add_phrase(struct lql_node *node)
{
	node->phrases = mem_grow(node, node->phrases, node->phrase_count, sizeof(*node->phrases));
	node->phrases[node->phrase_count] = (struct lql_phrase){ NULL, 0 };
	return &node->phrases[node->phrase_count++];
}

/* The words of TEXT: one phrase of all where they stand in a row, else one each. */
static void add_words(struct lql_node *node, const char *text, size_t length, bool in_a_row)
{
	struct lql_phrase *phrase = NULL;
	struct draft words = { .mem = node };
	size_t at = 0, word;

	for (; (word = next_word(text, length, &at)) > 0; at += word) {
		if (phrase == NULL || !in_a_row) {
			phrase = add_phrase(node);
			words = (struct draft){ .mem = node };
		}
		draft_add(&words, text + at, word);
		draft_add(&words, "", 1);
		phrase->words = words.text;
		phrase->count++;
	}
}

static void fold_phrase(struct lql_node *node, struct lql_phrase *phrase)
{
	struct draft folded = { .mem = node };
	size_t length = 0;

	for (size_t i = 0; i < phrase->count; i++)
		length += strlen(phrase->words + length) + 1;
	lql_fold(&folded, phrase->words, length);
	phrase->words = folded.text;
}

void lql_phrases_set(struct lql_node *node, const char *text)
{
	bool in_a_row = false;

	for (;;) {
		size_t length = strcspn(text, "`");

		add_words(node, text, length, in_a_row);
		if (text[length] == '\0')
			break;
		text += length + 1;
		in_a_row = !in_a_row;
	}
	for (size_t i = 0; i < node->phrase_count; i++)
		fold_phrase(node, &node->phrases[i]);
}

static bool is_phrase_at(
	const struct lql_phrase *phrase, const char *text, size_t length, size_t at)
{
	const char *wanted = phrase->words;
	size_t word;

	for (size_t i = 0; i < phrase->count; i++, at += word) {
		word = next_word(text, length, &at);
		if (word == 0 || strlen(wanted) != word || memcmp(text + at, wanted, word) != 0)
			return false;
		wanted += word + 1;
	}
	return true;
}

bool lql_phrase_in(
	struct lql *filter, const struct lql_phrase *phrase, const char *text, size_t length)
{
	size_t at = 0, word;

	lql_fold(&filter->folded, text, length);
	text = filter->folded.text;
	length = filter->folded.length;
	for (; (word = next_word(text, length, &at)) > 0; at += word)
		if (is_phrase_at(phrase, text, length, at))
			return true;
	return false;
}
