/* Inside the room: text in XML 1.0. */
#ifndef RENDER_XML_H
#define RENDER_XML_H

#include "base/base.h"

/*
 * TEXT as the content of an element or, with ATTRIBUTE, of a value in double quotes. What XML 1.0
 * cannot hold (section 2.2) and what shows something else than is there becomes U+FFFD; newlines
 * stay what they are, and no line can be taken for a command of a CI runner.
 */
void xml_write(FILE *out, const char *text, bool attribute);
/* A blank, NAME and the value of an attribute; NULL: nothing. */
void xml_write_attribute(FILE *out, const char *name, const char *value);

#endif
