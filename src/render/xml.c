/* Writing XML: expat reads only. */
#include "render/xml.h"

#include <string.h>

#include "render/clean.h"

static bool is_allowed(uint32_t code)
{
	return !utf8_is_control(code) && code != 0xfffe && code != 0xffff;
}

/* "::" at the beginning of a line, whatever blanks are before it. */
static bool begins_command(const char *text, size_t at)
{
	if (text[at] != ':' || text[at + 1] != ':')
		return false;
	while (at > 0 && (text[at - 1] == ' ' || text[at - 1] == '\t'))
		at--;
	return at == 0 || text[at - 1] == '\n' || text[at - 1] == '\r';
}

static const char *entity(const char *text, size_t at, bool attribute)
{
	static const struct {
		char character;
		bool attribute; /* only there */
		const char *text;
	} entities[] = {
		{ '&', false, "&amp;" },
		{ '<', false, "&lt;" },
		{ '>', false, "&gt;" },
		{ '\r', false, "&#13;" },
		{ '"', true, "&quot;" },
		{ '\n', true, "&#10;" },
		{ '\t', true, "&#9;" },
	};

	for (size_t i = 0; i < sizeof(entities) / sizeof(entities[0]); i++)
		if (entities[i].character == text[at] && (attribute || !entities[i].attribute))
			return entities[i].text;
	if (begins_command(text, at))
		return "&#58;";
	if (at > 1 && clean_is_command(text + at - 2, 3))
		return "&#91;";
	return NULL;
}

void xml_write(FILE *out, const char *text, bool attribute)
{
	size_t length = strlen(text), size;

	for (size_t i = 0; i < length; i += size) {
		const char *instead = entity(text, i, attribute);
		uint32_t code;

		size = clean_decode(text + i, length - i, &code);
		if (instead != NULL)
			fputs(instead, out);
		else if (text[i] == '\n' || text[i] == '\t')
			fputc(text[i], out);
		else
			clean_put(out, text + i, size, is_allowed(code) ? code : CLEAN_REPLACEMENT);
	}
}

void xml_write_attribute(FILE *out, const char *name, const char *value)
{
	if (value == NULL)
		return;
	fprintf(out, " %s=\"", name);
	xml_write(out, value, true);
	fputc('"', out);
}
