/* Conditions of rules without a literal, as far as the service can check them by its indexes. */
#include <stdlib.h>
#include <string.h>

#include "cloud/cloud.h"
#include "match/pushdown.h"

/* Nothing is true of the test of an entry that is no test's, but that it is another one. */
bool pushdown_is_for_logs(const struct term *term)
{
	for (size_t i = 0; i < term->where_count; i++) {
		const struct condition *condition = &term->where[i];
		enum condition_operator operator= condition->operator;
		bool test = condition->subject == ON_TEST || condition->subject == ON_OUTCOME;
		bool absent = operator== OP_NE || operator== OP_NOT_GLOB || operator== OP_EXISTS;

		if (test && !absent)
			return false;
	}
	return true;
}

/* A value that is compared by its bytes here: not as a number or glob, and as it was written. */
static bool is_name(const char *value)
{
	char *end;

	strtod(value, &end);
	if (*value == '\0' || *end == '\0')
		return false;
	for (const char *c = value; *c != '\0'; c++)
		if (*c <= 0x20 || *c >= 0x7f || strchr("?*[%\"\\", *c) != NULL)
			return false;
	return true;
}

/* The severity may be told by the text where the entry has none of its own. */
static char *where_severity(TALLOC_CTX *mem, const struct condition *condition)
{
	static const char *const operators[] = { [OP_EQ] = "=",
		[OP_IN] = "=",
		[OP_GTE] = ">=",
		[OP_GT] = ">",
		[OP_LTE] = "<=",
		[OP_LT] = "<",
		[OP_NOT_GLOB] = NULL };
	const char *operator= operators[condition->operator];
	char *text = mem_strdup(mem, "severity=DEFAULT");

	if (operator== NULL)
		return NULL;
	for (size_t i = 0; i < condition->value_count; i++) {
		const char *value = condition->values[i];

		if (severity_parse(value, strlen(value)) == SEVERITY_COUNT)
			return NULL;
		text = mem_check(talloc_asprintf_append_buffer(text, " OR severity%s%s", operator,
			severity_name(severity_parse(value, strlen(value)))));
	}
	return text;
}

/*
 * A log by its name; a service by the label that names it before all others, or by another one
 * where it has none of those.
 */
static char *where_name(TALLOC_CTX *mem, const struct condition *condition)
{
	bool log = condition->subject == ON_LOG;
	char *text = mem_strdup(mem, log ? ""
					 : "resource.labels.service_name=\"\""
					   " OR (NOT resource.labels.service_name:*)");

	if (condition->operator!= OP_EQ && condition->operator!= OP_IN && condition->operator!=
		OP_GLOB)
		return NULL;
	for (size_t i = 0; i < condition->value_count; i++) {
		if (!is_name(condition->values[i]))
			return NULL;
		text = mem_check(talloc_asprintf_append_buffer(text, "%s%s\"%s\"%s",
			*text != '\0' ? " OR " : "",
			log ? "log_id(" : "resource.labels.service_name=", condition->values[i],
			log ? ")" : ""));
	}
	return text;
}

char *pushdown_where(TALLOC_CTX *mem, const struct term *term)
{
	char *text = NULL;

	for (size_t i = 0; i < term->where_count; i++) {
		const struct condition *condition = &term->where[i];
		char *one = NULL;

		if (condition->subject == ON_SEVERITY)
			one = where_severity(mem, condition);
		if (condition->subject == ON_LOG || condition->subject == ON_SERVICE)
			one = where_name(mem, condition);
		if (one == NULL)
			continue;
		text = text == NULL ? mem_printf(mem, "(%s)", one)
				    : mem_printf(mem, "%s AND (%s)", text, one);
	}
	return text;
}
