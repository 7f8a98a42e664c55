/*
 * Entries whose text is not what one of their fields says: put together of several, JSON as it is
 * written, cleaned of control characters. They are few, so all of them are asked for.
 */
#include <string.h>

#include "cloud/cloud.h"
#include "match/pushdown.h"

/* What cleaning takes out of a text, in RE2. */
#define CONTROL "[\\x00-\\x08\\x0b-\\x1f\\x7f-\\x{9f}]"
#define SOMETHING "(?s)."

/* Each %m, %c and %s is "=~" and one of these, as a string of the language. */
static const struct {
	char letter;
	const char *regex;
} regexes[] = {
	{ 'm', "^(" PUSHDOWN_METHODS ")\\z" },
	{ 'c', CONTROL },
	{ 's', SOMETHING },
};

static const char pattern[] =
	"(httpRequest.requestMethod:* AND NOT httpRequest.requestMethod%m)"
	" OR textPayload%c"
	/* the message of most loggers; others, and objects without one, as a whole */
	" OR (jsonPayload:* AND NOT (jsonPayload.message%s"
	" OR ((NOT jsonPayload.message:*) AND jsonPayload.msg%s)"
	" OR ((NOT jsonPayload.message:*) AND (NOT jsonPayload.msg:*) AND jsonPayload.log%s)))"
	" OR jsonPayload.message%c OR jsonPayload.msg%c OR jsonPayload.log%c"
	/* audit logs without a method */
	" OR (protoPayload:* AND NOT protoPayload.methodName%s)"
	" OR protoPayload.methodName%c OR protoPayload.status.message%c";

/* Errors and stacks beside the message: under many names, at several depths. */
static const char *const beside[] = { "error", "err", "\"error.message\"", "stack_trace",
	"stacktrace", "stackTrace", "traceback", "exception", "exc_info", "exc_text", "stack",
	"\"error.stack\"", "\"error.stack_trace\"", "\"exception.stacktrace\"", "full_message",
	"backtrace", "errorVerbose", "\"@x\"" };

static void add_regex(char **text, char letter)
{
	for (size_t i = 0; i < sizeof(regexes) / sizeof(regexes[0]); i++)
		if (regexes[i].letter == letter)
			*text = mem_check(talloc_asprintf_append_buffer(*text, "=~%s",
				cloud_lql_quote(
					*text, regexes[i].regex, strlen(regexes[i].regex))));
}

char *pushdown_odd(TALLOC_CTX *mem)
{
	char *text = mem_strdup(mem, "");

	for (const char *c = pattern; *c != '\0'; c++)
		if (c[0] == '%') {
			add_regex(&text, *++c);
		} else {
			text = mem_check(talloc_strndup_append_buffer(text, c, 1));
		}
	for (size_t i = 0; i < sizeof(beside) / sizeof(beside[0]); i++)
		text = mem_check(
			talloc_asprintf_append_buffer(text, " OR jsonPayload.%s:*", beside[i]));
	return text;
}
