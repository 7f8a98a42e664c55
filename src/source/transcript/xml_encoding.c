/* Encodings of result files that expat does not know itself: those of Windows, of the East. */
#include "source/transcript/xml.h"

#include <errno.h>
#include <expat.h>
#include <iconv.h>
#include <string.h>
#include <strings.h>

/* Only these go to iconv: names come from strangers, and some of its tables keep a state. */
static const char *const known[] = { "windows-", "iso-8859-", "cp125", "cp437", "cp85", "cp866",
	"ibm437", "ibm85", "ibm866", "latin", "l1", "macintosh", "koi8-", "gbk", "gb2312",
	"gb18030", "big5", "shift_jis", "sjis", "shift-jis", "euc-jp", "euc-kr", "cp936", "cp932",
	"cp949", "cp950" };

static bool is_known(const char *name)
{
	for (size_t i = 0; i < sizeof(known) / sizeof(known[0]); i++)
		if (strncasecmp(name, known[i], strlen(known[i])) == 0)
			return strchr(name, '/') == NULL && strlen(name) < 20;
	return false;
}

/* The character of LENGTH bytes; -1: they are none, -2: more bytes are wanted. */
static int character(iconv_t table, const char *bytes, size_t length)
{
	unsigned char out[8];
	char *in = (char *)(uintptr_t)bytes, *to = (char *)out;
	size_t room = sizeof(out), result;

	iconv(table, NULL, NULL, NULL, NULL);
	result = iconv(table, &in, &length, &to, &room);
	if (result == (size_t)-1)
		return errno == EINVAL ? -2 : -1;
	if (room != 4)
		return -1;
	return out[0] | out[1] << 8 | out[2] << 16 | out[3] << 24;
}

static int XMLCALL convert(void *data, const char *bytes)
{
	int found = character(*(iconv_t *)data, bytes, 2);

	return found < 0 ? 0xfffd : found;
}

static void XMLCALL release(void *data)
{
	iconv_close(*(iconv_t *)data);
	talloc_free(data);
}

int XMLCALL xml_encoding(void *data, const XML_Char *name, XML_Encoding *out)
{
	struct source *source = data;
	iconv_t *table = mem_new(NULL, iconv_t);
	char byte;

	memset(out, 0, sizeof(*out));
	*table = is_known(name) ? iconv_open("UTF-32LE", name) : (iconv_t)-1;
	if (*table == (iconv_t)-1) {
		talloc_free(table);
		source_note(source, "its encoding is not known: it was read as Latin-1");
		for (int i = 0; i < 256; i++)
			out->map[i] = i;
		return XML_STATUS_OK;
	}
	for (int i = 0; i < 256; i++) {
		byte = (char)i;
		out->map[i] = i < 0x80 ? i : character(*table, &byte, 1);
	}
	out->data = table;
	out->convert = convert;
	out->release = release;
	return XML_STATUS_OK;
}
