/* Patterns from lines: what stays is kept, what differs becomes a class of characters. */
#include "reason/suggest.h"

#include <ctype.h>
#include <string.h>

#include "reason/mask.h"

#define STABLE_MIN 6 /* bytes; less tells nothing */
#define STABLE_ENOUGH 120 /* a longer pattern only breaks more easily */
#define NAME_WORDS 5
#define NAME_MAX 40

static const struct {
	const char *mask, *pattern;
} classes[] = {
	/* no class can match what stands behind it, so none gives back what it took */
	{ "<time>", "\\d[\\dT:.,+Z-]*(?: \\d[\\d:.,+Z-]*)?" },
	{ "<uuid>", "[\\da-fA-F-]{36}" },
	{ "<addr>", "0x[\\da-fA-F]+" },
	{ "<ip>", "\\d+\\.\\d+\\.\\d+\\.\\d+(?::\\d+)?" },
	{ "<id>", "['\"][\\w-]+['\"]" },
	{ "<secret>", "\xe2\x80\xb9[^\xe2\x80\xba]+\xe2\x80\xba" },
	{ "<path>", "[\\w/\\\\.+@%~:-]+" },
	{ "<hex>", "[\\da-fA-F]+" },
	{ "<n>", "\\d+(?:\\.\\d+)?" },
};

static const char *class_of(const struct mask_piece *piece, const char *line)
{
	/* ids and counts are whole, measures have a fraction */
	if (strcmp(piece->mask, "<n>") == 0 &&
		memchr(line + piece->start, '.', piece->length) == NULL)
		return "\\d+";
	for (size_t i = 0; i < sizeof(classes) / sizeof(classes[0]); i++)
		if (strcmp(classes[i].mask, piece->mask) == 0)
			return classes[i].pattern;
	return "\\S+";
}

/* A stretch of pieces, and the bytes of its first and last that are not taken. */
struct stretch {
	const char *line;
	struct mask_piece *pieces;
	size_t first, end; /* END is not part of it */
};

static bool is_loose(char c)
{
	return isspace((unsigned char)c) || strchr(":;,.-=|>[]()", c) != NULL;
}

/* What ends and begins a line without telling anything: masks, blanks, separators. */
static void trim(struct stretch *stretch)
{
	while (stretch->first < stretch->end) {
		struct mask_piece *piece = &stretch->pieces[stretch->first];

		while (piece->mask == NULL && piece->length > 0 &&
			is_loose(stretch->line[piece->start])) {
			piece->start++;
			piece->length--;
		}
		if (piece->mask == NULL && piece->length > 0)
			break;
		stretch->first++;
	}
	while (stretch->end > stretch->first) {
		struct mask_piece *piece = &stretch->pieces[stretch->end - 1];

		while (piece->mask == NULL && piece->length > 0 &&
			is_loose(stretch->line[piece->start + piece->length - 1]))
			piece->length--;
		if (piece->mask == NULL && piece->length > 0)
			break;
		stretch->end--;
	}
}

/* No more than enough: whole words, in order. */
static void shorten(struct stretch *stretch)
{
	size_t stable = 0;

	for (size_t i = stretch->first; i < stretch->end; i++) {
		struct mask_piece *piece = &stretch->pieces[i];

		if (piece->mask != NULL || (stable += piece->length) <= STABLE_ENOUGH)
			continue;
		piece->length = utf8_cut(stretch->line + piece->start, piece->length,
			piece->length - (stable - STABLE_ENOUGH));
		while (piece->length > 0 && stretch->line[piece->start + piece->length] != ' ')
			piece->length--;
		stretch->end = i + 1;
	}
	trim(stretch);
}

/* A blank stands for itself; how many there are, or which, may differ. */
static size_t put_blanks(FILE *out, const char *text, size_t length)
{
	size_t count = 0;

	while (count < length && isspace((unsigned char)text[count]))
		count++;
	if (count == 1 && *text == ' ')
		fputc(' ', out);
	else if (count > 0)
		fputs("\\s+", out);
	return count;
}

static void put_escaped(FILE *out, const char *text, size_t length)
{
	for (size_t i = 0, blanks; i<length; i += blanks> 0 ? blanks : 1) {
		blanks = put_blanks(out, text + i, length - i);
		if (blanks > 0)
			continue;
		if ((unsigned char)text[i] < ' ' || text[i] == 0x7f)
			fprintf(out, "\\x%02x", (unsigned char)text[i]);
		else
			fprintf(out, "%s%c",
				strchr("\\^$.|?*+()[]{}#", text[i]) != NULL ? "\\" : "", text[i]);
	}
}

static char *regex_of(TALLOC_CTX *mem, const struct stretch *stretch)
{
	char *buffer = NULL, *text;
	size_t size;
	FILE *out = mem_check(open_memstream(&buffer, &size));

	for (size_t i = stretch->first; i < stretch->end; i++) {
		const struct mask_piece *piece = &stretch->pieces[i];

		if (piece->mask != NULL)
			fputs(class_of(piece, stretch->line), out);
		else
			put_escaped(out, stretch->line + piece->start, piece->length);
	}
	fclose(out);
	text = mem_strndup(mem, mem_check(buffer), size);
	free(buffer);
	return text;
}

size_t suggest_prefix(const char *line, size_t length)
{
	size_t word = 0, end;

	while (word < length && line[word] >= 'A' && line[word] <= 'Z')
		word++;
	end = word;
	while (end < length && line[end] == ' ')
		end++;
	if (word == 1 && line[0] == 'E' && end >= 4)
		return end;
	return word > 2 && end > word && severity_parse(line, word) < SEVERITY_COUNT ? end : 0;
}

static void cut_line(TALLOC_CTX *mem, const char *line, size_t length, struct stretch *stretch)
{
	size_t skipped = suggest_prefix(line, length);

	*stretch = (struct stretch){ .line = line + skipped };
	stretch->end = mask_pieces(mem, line + skipped, length - skipped, &stretch->pieces);
	trim(stretch);
	shorten(stretch);
}

bool suggest_pattern(TALLOC_CTX *mem, const char *line, size_t length, struct telling *out)
{
	struct stretch stretch;
	bool blanks = false;

	*out = (struct telling){ .regex = false };
	cut_line(mem, line, length, &stretch);
	for (size_t i = stretch.first; i < stretch.end; i++) {
		const struct mask_piece *piece = &stretch.pieces[i];

		if (piece->mask != NULL)
			continue;
		out->stable += piece->length;
		out->longest = piece->length > out->longest ? piece->length : out->longest;
		blanks = blanks || memmem(stretch.line + piece->start, piece->length, "  ", 2) ||
			 memchr(stretch.line + piece->start, '\t', piece->length) != NULL;
	}
	if (out->longest < STABLE_MIN)
		return false;
	out->regex = stretch.end - stretch.first > 1 || blanks;
	if (out->regex)
		out->text = regex_of(mem, &stretch);
	else
		out->text = mem_strndup(
			mem, stretch.line + stretch.pieces[stretch.first].start, out->stable);
	return true;
}

/* The next word of letters and digits that has a letter; its length, or 0. */
static size_t word_at(const char **at, const char *end)
{
	while (*at < end) {
		size_t length = 0;
		bool letter = false;

		while (*at + length < end && isalnum((unsigned char)(*at)[length]))
			letter |= isalpha((unsigned char)(*at)[length++]) != 0;
		if (letter)
			return length;
		*at += length > 0 ? length : 1;
	}
	return 0;
}

char *suggest_name(TALLOC_CTX *mem, const char *line, size_t length)
{
	char *name = mem_strdup(mem, "");
	struct stretch stretch;
	unsigned words = 0;

	cut_line(mem, line, length, &stretch);
	for (size_t i = stretch.first; i < stretch.end; i++) {
		const char *at = stretch.line + stretch.pieces[i].start;
		const char *end = at + stretch.pieces[i].length;

		for (size_t word; stretch.pieces[i].mask == NULL && words < NAME_WORDS &&
				  (word = word_at(&at, end)) > 0;
			at += word) {
			if (strlen(name) + 1 + word > NAME_MAX)
				return name;
			name = mem_check(talloc_asprintf_append(
				name, "%s%.*s", words++ > 0 ? "-" : "", (int)word, at));
		}
	}
	return name;
}
