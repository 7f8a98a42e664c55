/* The attributes of an element, as expat gives them: names and values in turn. */
#include "source/transcript/xml.h"

#include <stdlib.h>
#include <string.h>

const char *xml_attribute(const char **attributes, const char *name)
{
	for (size_t i = 0; attributes[i] != NULL; i += 2)
		if (strcmp(attributes[i], name) == 0)
			return attributes[i + 1];
	return NULL;
}

bool xml_count(const char **attributes, const char *name, uint64_t *out)
{
	const char *value = xml_attribute(attributes, name);
	char *end;

	if (value == NULL || value[0] < '0' || value[0] > '9' || strlen(value) > 12)
		return false;
	*out += strtoull(value, &end, 10);
	return true;
}

int64_t xml_seconds(const char **attributes, const char *name)
{
	const char *value = xml_attribute(attributes, name);

	return value == NULL ? -1 : line_seconds(value, strlen(value));
}

int64_t xml_time(struct xml *xml, const char **attributes, const char *name)
{
	const char *value = xml_attribute(attributes, name);

	return value == NULL ? TIME_NONE : line_time(xml->source, value, strlen(value));
}
