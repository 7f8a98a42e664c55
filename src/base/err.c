/* Errors: filled where they happen, prefixed on the way up. */
#include "base/base.h"

#include <string.h>

/* A cut text may end in the middle of a UTF-8 sequence: drop what is not whole. */
static void trim_tail(char *text)
{
	size_t length = strlen(text);
	size_t start = length;

	while (start > 0 && length - start < 4 && ((unsigned char)text[start - 1] & 0xc0) == 0x80)
		start--;
	if (start > 0 && ((unsigned char)text[start - 1] & 0x80) != 0) {
		start--;
		if (utf8_sequence(text + start, length - start) != length - start)
			text[start] = '\0';
	}
}

void err_fill(struct err *err, enum err_code code, const char *format, ...)
{
	va_list arguments;

	err->code = code;
	va_start(arguments, format);
	vsnprintf(err->text, sizeof(err->text), format, arguments);
	va_end(arguments);
	trim_tail(err->text);
}

void err_fill_errno(struct err *err, int number, const char *format, ...)
{
	char context[sizeof(err->text)];
	va_list arguments;

	va_start(arguments, format);
	vsnprintf(context, sizeof(context), format, arguments);
	va_end(arguments);
	err->code = number == ENOENT ? ERR_NOT_FOUND : ERR_IO;
	snprintf(err->text, sizeof(err->text), "%.900s: %.120s", context, strerror(number));
	trim_tail(err->text);
}

void err_prefix(struct err *err, const char *format, ...)
{
	char text[2 * sizeof(err->text)];
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(text, sizeof(err->text), format, arguments);
	va_end(arguments);
	if (length < 0)
		return;
	if ((size_t)length >= sizeof(err->text))
		length = sizeof(err->text) - 1;
	snprintf(text + length, sizeof(text) - (size_t)length, ": %s", err->text);
	memcpy(err->text, text, sizeof(err->text) - 1);
	err->text[sizeof(err->text) - 1] = '\0';
	trim_tail(err->text);
}
