/* Messages to the person at the terminal: one line each, on stderr. */
#include "base/base.h"

#include <stdarg.h>
#include <string.h>

static enum log_level level = LOG_NORMAL;
static log_filter *filter;

void log_level_set(enum log_level wanted)
{
	level = wanted;
}

void log_filter_set(log_filter *wanted)
{
	filter = wanted;
}

bool log_is_quiet(void)
{
	return level == LOG_QUIET;
}

/* Names of files and texts of services may hold anything: no control character gets through. */
static void PRINTF_LIKE(1, 0) print(const char *format, va_list arguments)
{
	char line[2048];

	vsnprintf(line, sizeof(line), format, arguments);
	utf8_tidy(line, strlen(line), ' ');
	fprintf(stderr, "fivewhys: %s\n", filter != NULL ? filter(line) : line);
}

void log_warn(const char *format, ...)
{
	va_list arguments;

	if (level < LOG_NORMAL)
		return;
	va_start(arguments, format);
	print(format, arguments);
	va_end(arguments);
}

void log_info(const char *format, ...)
{
	va_list arguments;

	if (level < LOG_VERBOSE)
		return;
	va_start(arguments, format);
	print(format, arguments);
	va_end(arguments);
}
