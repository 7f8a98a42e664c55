/* Errors: filled where they happen, prefixed on the way up. */
#include "base/base.h"

#include <stdarg.h>
#include <string.h>

/*
 * An error may quote the name of a file or a piece of one: neither control characters nor broken
 * UTF-8 (a cut may have made it) get to the terminal.
 */
static void tidy(struct err *err)
{
	utf8_tidy(err->text, strlen(err->text), '?');
}

void err_fill(struct err *err, enum err_code code, const char *format, ...)
{
	va_list arguments;

	err->code = code;
	va_start(arguments, format);
	vsnprintf(err->text, sizeof(err->text), format, arguments);
	va_end(arguments);
	tidy(err);
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
	tidy(err);
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
	tidy(err);
}
