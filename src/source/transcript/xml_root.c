/* The root element of an input, by which the dialects of XML are told apart. */
#include "source/transcript/xml.h"

#include <string.h>

/* Behind a comment, an instruction or a document type; LENGTH where it does not end. */
static size_t pass(const char *text, size_t length, size_t at)
{
	const char *begin = text + at, *end = memchr(begin, '>', length - at);
	const char *subset = end == NULL ? NULL : memchr(begin, '[', (size_t)(end - begin));

	if (line_begins(begin, length - at, "<!--")) {
		end = memmem(begin, length - at, "-->", 3);
		end = end == NULL ? NULL : end + 2;
	} else if (subset != NULL && begin[1] == '!') {
		end = memchr(subset, ']', length - (size_t)(subset - text));
		end = end == NULL ? NULL : memchr(end, '>', length - (size_t)(end - text));
	}
	return end == NULL ? length : (size_t)(end - text) + 1;
}

static size_t name_length(const char *text, size_t length)
{
	size_t i = 0;

	while (i < length && strchr(" \t\r\n/>", text[i]) == NULL)
		i++;
	return i;
}

static bool find_root(const char *text, size_t length, char *name, size_t room)
{
	size_t at = 0, taken;
	const char *colon;

	for (;;) {
		while (at < length && text[at] != '<')
			if (strchr(" \t\r\n\xef\xbb\xbf", text[at++]) == NULL)
				return false;
		if (at + 1 >= length)
			return false;
		if (text[at + 1] != '?' && text[at + 1] != '!')
			break;
		at = pass(text, length, at);
	}
	at++;
	taken = name_length(text + at, length - at);
	colon = memchr(text + at, ':', taken);
	if (colon != NULL) {
		taken -= (size_t)(colon + 1 - (text + at));
		at = (size_t)(colon + 1 - text);
	}
	if (taken == 0 || taken >= room)
		return false;
	memcpy(name, text + at, taken);
	name[taken] = '\0';
	return true;
}

bool xml_root(const char *sample, size_t length, char *name, size_t room)
{
	char plain[4096];
	size_t used = 0;

	if (length < 2 || !((sample[0] == '\xff' && sample[1] == '\xfe') ||
				  (sample[0] == '\xfe' && sample[1] == '\xff')))
		return find_root(sample, length, name, room);
	/* UTF-16: what matters here is ASCII */
	for (size_t i = 2; i < length && used < sizeof(plain); i++)
		if (sample[i] != '\0')
			plain[used++] = sample[i];
	return find_root(plain, used, name, room);
}
