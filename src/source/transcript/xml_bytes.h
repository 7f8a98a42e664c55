/* The bytes of result files, made such that expat takes them. */
#ifndef SOURCE_TRANSCRIPT_XML_BYTES_H
#define SOURCE_TRANSCRIPT_XML_BYTES_H

#include "source/transcript/transcript.h"

struct xml_bytes;
struct xml_bytes *xml_bytes_new(TALLOC_CTX *mem);
/*
 * The next bytes: control characters, also as references ("&#27;"), become "#x1B" as pytest writes
 * them; bytes that are no UTF-8 become U+FFFD, and an ampersand that begins no reference stands for
 * itself. UTF-16 is left alone, and so are the characters of an encoding that is declared. A few
 * bytes at the end may be held back until the next call; LAST: they are not. The answer is good
 * until the next call. Newlines stay, so lines can be counted in it.
 */
const char *xml_bytes_mend(
	struct xml_bytes *bytes, const char *text, size_t length, bool last, size_t *out_length);
/* Once the first bytes were seen: is what comes out UTF-8, whatever the file says of itself? */
bool xml_bytes_are_utf8(const struct xml_bytes *bytes);
/* The same: does it come through here, and not as it is, in UTF-16? */
bool xml_bytes_are_mended(const struct xml_bytes *bytes);
/* Were there bytes that are no UTF-8, though nothing else was declared? */
bool xml_bytes_were_replaced(const struct xml_bytes *bytes);

#endif
