/* Result files in XML: expat, read in blocks, with what all dialects share. */
#ifndef SOURCE_TRANSCRIPT_XML_H
#define SOURCE_TRANSCRIPT_XML_H

#include <expat.h>

#include "source/transcript/transcript.h"

struct xml;

/* What a dialect does at an element; one without a table entry is passed over. */
struct xml_element {
	const char *name; /* without its namespace prefix */
	void (*start)(struct xml *xml, const char **attributes);
	void (*end)(struct xml *xml);
};

struct xml {
	struct source *source;
	struct queue *queue;
	const struct xml_element *elements; /* ends with a name of NULL */
	void (*finish)(struct xml *xml); /* the file has ended; may be NULL */
	void *dialect; /* its own state */
	struct test *test; /* the case that is open */
	struct xml_reader *reader; /* private to xml.c */
};

/* To be called by the open function of a dialect. */
int xml_open(struct source *source, const struct xml_element *elements,
	void (*finish)(struct xml *xml), void *dialect);
int xml_next(struct source *source, struct entry *out, struct err *err);
/* encoding: a handler of expat for those it does not know; DATA is the source. */
int XMLCALL xml_encoding(void *data, const XML_Char *name, XML_Encoding *out);
/* The name of the root element of SAMPLE into NAME; false: this is no XML. */
bool xml_root(const char *sample, size_t length, char *name, size_t room);

/* The value of an attribute or NULL. */
const char *xml_attribute(const char **attributes, const char *name);
/* The same as a number, added to *SUM; false where it is missing or none. */
bool xml_count(const char **attributes, const char *name, uint64_t *sum);
/* The same in nanoseconds; -1 where it is missing or no number. */
int64_t xml_seconds(const char **attributes, const char *name);
/* The same as a time; TIME_NONE where it is missing or none. */
int64_t xml_time(struct xml *xml, const char **attributes, const char *name);
/* The line of the input where the parser is. */
uint64_t xml_line(const struct xml *xml);
/* From now on NAME is the case that is open; its text is that of this test. */
struct test *xml_begin_case(struct xml *xml, const char *name);
/* Yield the text of the element that begins now, line by line, as output of the open case. */
void xml_take_text(struct xml *xml, const char **attributes);
/* The same for what the test printed, which does not tell how it ended. */
void xml_take_printed(struct xml *xml, const char **attributes);
/* The same, and its first line is what failed, if nothing is told yet. */
void xml_take_message(struct xml *xml, const char **attributes);
/* The start tag of NAME, rebuilt on one line, as an entry of no test. */
void xml_take_tag(struct xml *xml, const char *name, const char **attributes, int64_t time);
/* An attribute as text of the open case, line by line; the first is its message. */
void xml_take_value(struct xml *xml, const char *value);
/* The same, which does not say why the test ended as it did. */
void xml_say(struct xml *xml, const char *value);

#endif
