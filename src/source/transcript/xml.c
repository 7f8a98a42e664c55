/* Result files in XML, read in blocks by expat; no entity is expanded, depth and tags limited. */
#include "source/transcript/xml.h"

#include <expat.h>
#include <stdlib.h>
#include <string.h>

#include "source/transcript/xml_bytes.h"

#define BLOCK (64U << 10)
#define TAG_MAX (4L << 20) /* bytes of one tag, comment or instruction */

struct xml_reader {
	struct xml *xml;
	XML_Parser parser;
	unsigned depth;
	unsigned text_depth; /* of the element whose text is taken; 0: none */
	bool printed; /* that text is what the test printed */
	bool message; /* the next line of text is what failed */
	char *line;
	size_t used;
	uint64_t line_number;
	long fed; /* bytes given to the parser */
	bool begun, ended, told;
	bool declared; /* entities */
	const char *stopped; /* why we stopped the parser ourselves */
	struct xml_bytes *bytes;
	bool between; /* documents */
	bool stray; /* in a line that is of no document */
	uint64_t lines; /* of the documents before this one */
	char root[32]; /* as it was found */
	char block[BLOCK];
};

static int close_reader(struct xml_reader *reader)
{
	XML_ParserFree(reader->parser);
	return 0;
}

uint64_t xml_line(const struct xml *xml)
{
	return xml->reader->lines + XML_GetCurrentLineNumber(xml->reader->parser);
}

struct test *xml_begin_case(struct xml *xml, const char *name)
{
	xml->test = source_test(xml->source, name, strlen(name));
	if (xml->test->line == 0)
		xml->test->line = xml_line(xml);
	return xml->test;
}

static int hex_digit(char c)
{
	static const char digits[] = "0123456789ABCDEFabcdef";
	const char *at = c == '\0' ? NULL : strchr(digits, c);

	if (at == NULL)
		return -1;
	return (int)(at - digits) < 16 ? (int)(at - digits) : (int)(at - digits) - 6;
}

/* pytest writes characters that XML cannot hold as "#x1B": make them what they were, in place. */
static size_t unescape(char *text, size_t length)
{
	size_t out = 0;

	for (size_t i = 0; i < length; i++) {
		int high, low;

		if (text[i] == '#' && i + 3 < length && text[i + 1] == 'x') {
			high = hex_digit(text[i + 2]);
			low = hex_digit(text[i + 3]);
			if ((high == 0 || high == 1) && low >= 0) {
				text[out++] = (char)(high * 16 + low);
				i += 3;
				continue;
			}
		}
		text[out++] = text[i];
	}
	return out;
}

static void flush_line(struct xml_reader *reader)
{
	struct xml *xml = reader->xml;
	const char *text = reader->line;
	size_t length = unescape(reader->line, reader->used);

	reader->used = 0;
	while (length > 0 && text[length - 1] == '\r')
		length--;
	queue_printed(xml->queue, reader->printed);
	queue_lines(xml->queue, text, length, reader->line_number, xml->test);
	queue_printed(xml->queue, false);
	if (!reader->message)
		return;
	line_trim(&text, &length);
	if (length > 0) {
		transcript_message(xml->source, xml->test, text, length);
		reader->message = false;
	}
}

static void add_text(struct xml_reader *reader, const char *text, size_t length)
{
	if (reader->used == 0)
		reader->line_number = xml_line(reader->xml);
	if (length > SOURCE_LINE_MAX - reader->used) {
		length = SOURCE_LINE_MAX - reader->used;
		if (!reader->xml->source->info->truncated)
			source_note(reader->xml->source, "a line longer than 1 MiB was cut there");
		reader->xml->source->info->truncated = true;
	}
	if (reader->line == NULL || talloc_get_size(reader->line) < reader->used + length + 1)
		reader->line = mem_check(talloc_realloc(
			reader, reader->line, char, 2 * (reader->used + length) + 256));
	memcpy(reader->line + reader->used, text, length);
	reader->used += length;
}

static void XMLCALL on_text(void *data, const XML_Char *text, int size)
{
	struct xml_reader *reader = data;
	size_t length = (size_t)size;

	if (reader->text_depth == 0)
		return;
	while (length > 0) {
		const char *end = memchr(text, '\n', length);
		size_t taken = end == NULL ? length : (size_t)(end - text);

		add_text(reader, text, taken);
		if (end != NULL) {
			flush_line(reader);
			taken++;
		}
		text += taken;
		length -= taken;
	}
}

static const struct xml_element *element(const struct xml *xml, const char *name)
{
	const char *colon = strchr(name, ':');

	if (colon != NULL)
		name = colon + 1;
	for (const struct xml_element *found = xml->elements; found->name != NULL; found++)
		if (strcmp(found->name, name) == 0)
			return found;
	return NULL;
}

static void stop(struct xml_reader *reader, const char *reason)
{
	reader->stopped = reason;
	XML_StopParser(reader->parser, XML_FALSE);
}

static void XMLCALL on_start(void *data, const XML_Char *name, const XML_Char **attributes)
{
	struct xml_reader *reader = data;
	const struct xml_element *found = element(reader->xml, name);

	if (reader->depth == 0 && reader->root[0] == '\0')
		snprintf(reader->root, sizeof(reader->root), "%s", name);
	if (++reader->depth > SOURCE_NESTING_MAX) {
		stop(reader, "elements nested more than 64 deep");
		return;
	}
	if (reader->text_depth > 0)
		flush_line(reader);
	if (found != NULL && found->start != NULL)
		found->start(reader->xml, (const char **)attributes);
}

static void XMLCALL on_end(void *data, const XML_Char *name)
{
	struct xml_reader *reader = data;
	const struct xml_element *found = element(reader->xml, name);

	if (reader->text_depth == reader->depth) {
		flush_line(reader);
		reader->text_depth = 0;
		reader->message = false;
	}
	if (found != NULL && found->end != NULL)
		found->end(reader->xml);
	reader->depth--;
}

/*
 * Entities could blow up a small file to any size, or read other files: none is needed. Whatever
 * refers to one stands as it is written, since xml_bytes_mend makes text of it; but not in UTF-16.
 */
static void XMLCALL on_entity(void *data, const XML_Char *name, int is_parameter,
	const XML_Char *value, int value_length, const XML_Char *base, const XML_Char *system,
	const XML_Char *public, const XML_Char *notation)
{
	struct xml_reader *reader = data;

	(void)name, (void)is_parameter, (void)value, (void)value_length, (void)base;
	(void)system, (void)public, (void)notation;
	if (!xml_bytes_are_mended(reader->bytes))
		stop(reader, "entity declarations are refused");
	else if (!reader->declared)
		source_note(reader->xml->source, "entities that it declares were not expanded");
	reader->declared = true;
}

static void take(struct xml *xml, bool message, bool printed)
{
	if (xml->reader->used > 0)
		flush_line(xml->reader);
	xml->reader->text_depth = xml->reader->depth;
	xml->reader->message = message;
	xml->reader->printed = printed;
}

void xml_take_text(struct xml *xml, const char **attributes)
{
	(void)attributes;
	take(xml, false, false);
}

void xml_take_printed(struct xml *xml, const char **attributes)
{
	(void)attributes;
	take(xml, false, true);
}

void xml_take_message(struct xml *xml, const char **attributes)
{
	(void)attributes;
	take(xml, true, false);
}

static void put_attribute(struct xml *xml, const char *value, bool message)
{
	size_t length = strlen(value);
	char *copy = mem_strndup(NULL, value, length);

	length = unescape(copy, length);
	queue_lines(xml->queue, copy, length, xml_line(xml), xml->test);
	if (message)
		transcript_message(xml->source, xml->test, copy, length);
	talloc_free(copy);
}

void xml_take_value(struct xml *xml, const char *value)
{
	put_attribute(xml, value, true);
}

void xml_say(struct xml *xml, const char *value)
{
	put_attribute(xml, value, false);
}

static void put_value(FILE *out, const char *value)
{
	for (; *value != '\0'; value++)
		if (*value == '"')
			fputs("&quot;", out);
		else if (*value == '<')
			fputs("&lt;", out);
		else
			putc(*value == '\n' ? ' ' : *value, out);
}

void xml_take_tag(struct xml *xml, const char *name, const char **attributes, int64_t time)
{
	char *text = NULL;
	size_t length = 0;
	FILE *out = mem_check(open_memstream(&text, &length));

	fprintf(out, "<%s", name);
	for (size_t i = 0; attributes[i] != NULL; i += 2) {
		fprintf(out, " %s=\"", attributes[i]);
		put_value(out, attributes[i + 1]);
		putc('"', out);
	}
	putc('>', out);
	fclose(out);
	queue_entry(xml->queue, mem_check(text), length, xml_line(xml), NULL, time);
	free(text);
}

/* What breaks off the reading: what was read before it stays. */
static void give_up(struct xml_reader *reader)
{
	struct source *source = reader->xml->source;
	const char *reason = reader->stopped;

	if (reason == NULL)
		reason = XML_ErrorString(XML_GetErrorCode(reader->parser));
	source->info->truncated = true;
	source_note(source, "line %llu: %s; what came before was read",
		(unsigned long long)xml_line(reader->xml), reason);
	if (reader->used > 0)
		flush_line(reader);
	reader->ended = true;
}

static void set_up(struct xml_reader *reader)
{
	XML_SetUserData(reader->parser, reader);
	XML_SetElementHandler(reader->parser, on_start, on_end);
	XML_SetCharacterDataHandler(reader->parser, on_text);
	XML_SetEntityDeclHandler(reader->parser, on_entity);
	XML_SetUnknownEncodingHandler(reader->parser, xml_encoding, reader->xml->source);
}

/* A character between documents, of what ran the runner, say. */
static void take_stray(struct xml_reader *reader, const char *c)
{
	if (*c == '\n' && reader->used > 0)
		flush_line(reader);
	else if (*c != '\n')
		add_text(reader, c, 1);
	reader->lines += *c == '\n';
}

/*
 * A declaration must come first: blanks before it are common and harmless. Other text, before the
 * document or behind it, are lines of no test. The bytes passed.
 */
static size_t pass_stray(struct xml_reader *reader, const char *text, size_t length)
{
	size_t at = 0;

	for (; at < length; at++) {
		/* neither a byte order mark nor UTF-16 is stray */
		if (!reader->stray && (text[at] == '<' || text[at] < ' ' || text[at] > '~') &&
			(text[at] == '\0' || strchr(" \t\r\n", text[at]) == NULL))
			break;
		take_stray(reader, text + at);
		reader->stray = text[at] != '\n' && (reader->stray || text[at] > ' ');
	}
	reader->begun = at < length;
	if (reader->begun && xml_bytes_are_utf8(reader->bytes))
		XML_SetEncoding(reader->parser, "UTF-8");
	return at;
}

/* Several documents in one file, one behind the other: go on with the next. */
static size_t begin_next(struct xml_reader *reader, size_t length)
{
	long at = (long)XML_GetCurrentByteIndex(reader->parser) - reader->fed;

	reader->lines += XML_GetCurrentLineNumber(reader->parser) - 1;
	XML_ParserReset(reader->parser, NULL);
	set_up(reader);
	reader->depth = 0;
	reader->fed = 0;
	reader->begun = false;
	reader->between = true;
	return at < 0 || (size_t)at > length ? length : (size_t)at;
}

static bool has_ended(const struct xml_reader *reader)
{
	return XML_GetErrorCode(reader->parser) == XML_ERROR_JUNK_AFTER_DOC_ELEMENT &&
	       reader->stopped == NULL;
}

static void parse(struct xml_reader *reader, const char *text, size_t length, bool last)
{
	while (!reader->ended) {
		if (!reader->begun) {
			size_t passed = pass_stray(reader, text, length);

			text += passed;
			length -= passed;
		}
		if (!reader->begun && (!last || reader->between))
			return;
		if (XML_Parse(reader->parser, text, (int)length, last) == XML_STATUS_OK) {
			reader->fed += (long)length;
			return;
		}
		if (has_ended(reader)) {
			size_t passed = begin_next(reader, length);

			text += passed;
			length -= passed;
		} else {
			give_up(reader);
		}
	}
}

static void feed(struct xml_reader *reader, size_t length, bool last)
{
	const char *text = xml_bytes_mend(reader->bytes, reader->block, length, last, &length);

	parse(reader, text, length, last);
	if (!reader->ended && !last && reader->begun &&
		reader->fed - (long)XML_GetCurrentByteIndex(reader->parser) > TAG_MAX) {
		reader->stopped = "a tag longer than 4 MiB";
		give_up(reader);
	}
	if (last && xml_bytes_were_replaced(reader->bytes))
		source_note(reader->xml->source, "bytes that are no UTF-8 were replaced");
}

static int read_on(struct xml_reader *reader, struct err *err)
{
	struct source *source = reader->xml->source;
	ssize_t got = reader_block(source->reader, reader->block, BLOCK, err);

	if (got < 0)
		return -1;
	feed(reader, (size_t)got, got == 0);
	if (got == 0 && reader->used > 0)
		flush_line(reader);
	if (got == 0)
		reader->ended = true;
	return 0;
}

/* The reader counts and digests the whole input, even what is not parsed any more. */
static int pass_over(struct xml_reader *reader, struct err *err)
{
	ssize_t got;

	do
		got = reader_block(reader->xml->source->reader, reader->block, BLOCK, err);
	while (got > 0);
	return got < 0 ? -1 : 0;
}

/* A file of which nothing else is to be told: that it is there, and what it is. */
static bool tell_root(struct xml_reader *reader)
{
	static const char *none[] = { NULL };
	bool empty = reader->xml->source->info->entries == 0 && !reader->told;

	reader->told = true;
	if (empty && reader->root[0] != '\0')
		xml_take_tag(reader->xml, reader->root, none, TIME_NONE);
	return empty && reader->root[0] != '\0';
}

int xml_next(struct source *source, struct entry *out, struct err *err)
{
	struct xml *xml = source->state;
	struct xml_reader *reader = xml->reader;

	while (queue_next(xml->queue, source, out) == 0) {
		if (reader->ended) {
			if (tell_root(reader))
				continue;
			if (xml->finish != NULL)
				xml->finish(xml);
			transcript_finish(source);
			return pass_over(reader, err);
		}
		if (read_on(reader, err) < 0)
			return -1;
	}
	return 1;
}

int xml_open(struct source *source, const struct xml_element *elements,
	void (*finish)(struct xml *xml), void *dialect)
{
	struct xml *xml = mem_new(source, struct xml);
	struct xml_reader *reader = mem_new(xml, struct xml_reader);

	xml->source = source;
	xml->queue = queue_new(xml);
	xml->elements = elements;
	xml->finish = finish;
	xml->dialect = dialect;
	xml->reader = reader;
	reader->xml = xml;
	reader->parser = mem_check(XML_ParserCreate(NULL));
	talloc_set_destructor(reader, close_reader);
	reader->bytes = xml_bytes_new(reader);
	set_up(reader);
	source->state = xml;
	source->info->transcript = true;
	return 0;
}
