/* Conditions on the entry. */
#include "match/condition.h"

#include <cjson/cJSON.h>
#include <fnmatch.h>
#include <math.h>
#include <stdlib.h>
#include <string.h>

#define VALUE_MAX 4096 /* bytes of a field's value that are looked at */

struct document condition_document(const struct entry *entry)
{
	return (struct document){ .entry = entry };
}

void condition_document_end(struct document *document)
{
	cJSON_Delete(document->root);
	document->root = NULL;
}

static const cJSON *root_of(struct document *document)
{
	if (!document->parsed && document->entry->json != NULL)
		document->root =
			cJSON_ParseWithLength(document->entry->json, document->entry->json_len);
	document->parsed = true;
	return document->root;
}

static bool fits_glob(const char *glob, const char *text)
{
	return fnmatch(glob, text, 0) == 0;
}

static bool is_equal(const char *value, const char *text)
{
	char *end_value, *end_text;
	double left, right;

	if (strcmp(value, text) == 0)
		return true;
	left = strtod(value, &end_value);
	right = strtod(text, &end_text);
	/* 200 and 200.0 are one number; "1e999" and "inf" are none that anybody compares */
	return *value != '\0' && *text != '\0' && *end_value == '\0' && *end_text == '\0' &&
	       isfinite(left) && isfinite(right) && !(left < right) && !(left > right);
}

/* Numbers by value, all else by bytes: below 0, 0 or above 0. */
static int compare(const char *text, const char *value)
{
	char *end_text, *end_value;
	double left = strtod(text, &end_text), right = strtod(value, &end_value);

	if (*text == '\0' || *value == '\0' || *end_text != '\0' || *end_value != '\0')
		return strcmp(text, value);
	return (left > right) - (left < right);
}

static bool is_any(const struct condition *condition, const char *text,
	bool (*fits)(const char *value, const char *text))
{
	for (size_t i = 0; i < condition->value_count; i++)
		if (fits(condition->values[i], text))
			return true;
	return false;
}

static bool contains(const char *value, const char *text)
{
	return strstr(text, value) != NULL;
}

static bool is_ordered(enum condition_operator operator, int order)
{
	switch (operator) {
	case OP_GTE:
		return order >= 0;
	case OP_LTE:
		return order <= 0;
	case OP_GT:
		return order > 0;
	case OP_LT:
		return order < 0;
	default:
		return false;
	}
}

/* TEXT is NULL where the entry lacks the subject. */
static bool holds(const struct condition *condition, const char *text)
{
	static const struct {
		enum condition_operator operator;
		bool (*fits)(const char *value, const char *text);
		bool wanted;
	} tests[] = {
		{ OP_EQ, is_equal, true },
		{ OP_IN, is_equal, true },
		{ OP_NE, is_equal, false },
		{ OP_CONTAINS, contains, true },
		{ OP_GLOB, fits_glob, true },
		{ OP_NOT_GLOB, fits_glob, false },
	};

	if (condition->operator== OP_EXISTS)
		return (text != NULL) ==
		       (condition->value_count == 0 || strcmp(condition->values[0], "false") != 0);
	for (size_t i = 0; i < sizeof(tests) / sizeof(tests[0]); i++)
		if (tests[i].operator== condition->operator)
			return text == NULL
				       ? !tests[i].wanted
				       : is_any(condition, text, tests[i].fits) == tests[i].wanted;
	return text != NULL && condition->value_count > 0 &&
	       is_ordered(condition->operator, compare(text, condition->values[0]));
}

static bool severity_holds(const struct condition *condition, enum severity severity)
{
	bool negative = condition->operator== OP_NE || condition->operator== OP_NOT_GLOB;

	for (size_t i = 0; i < condition->value_count; i++) {
		const char *name = condition->values[i];
		enum severity wanted = severity_parse(name, strlen(name));
		int order = (int)severity - (int)wanted;

		if (wanted == SEVERITY_COUNT) {
			if (fits_glob(name, severity_name(severity)))
				return !negative;
		} else if (order == 0 ? condition->operator!= OP_GT &&
							condition->operator!= OP_LT :
					is_ordered(condition->operator, order)) {
			return !negative;
		}
	}
	return negative;
}

static bool is_searched(
	const struct condition *condition, const char *text, struct document *document)
{
	if (document->spent) {
		document->passed_over = true;
		return false;
	}
	for (size_t i = 0; i < condition->value_count; i++)
		if (field_search(condition->values[i], text, &document->work))
			return true;
	return false;
}

static bool field_holds(const struct condition *condition, struct document *document)
{
	char value[VALUE_MAX];
	const cJSON *root = root_of(document);
	bool found = root != NULL && condition->path != NULL &&
		     field_value(root, condition->path, value, sizeof(value));

	if (condition->operator== OP_REGEX)
		return found && is_searched(condition, value, document);
	return holds(condition, found ? value : NULL);
}

static bool holds_early(const struct condition *condition, struct document *document)
{
	const struct entry *entry = document->entry;

	switch (condition->subject) {
	case ON_SEVERITY:
		return severity_holds(condition, entry->severity);
	case ON_SERVICE:
		return holds(condition, entry->service);
	case ON_LOG:
		return holds(condition, entry->log);
	case ON_SOURCE:
		return holds(condition, entry->source != NULL ? entry->source->name : NULL);
	case ON_REVISION:
		return holds(condition, entry->revision);
	case ON_FIELD:
		return field_holds(condition, document);
	case ON_TEST:
	case ON_OUTCOME:
		break; /* told by condition_late */
	}
	return true;
}

const struct condition *condition_early(const struct term *term, struct document *document)
{
	for (size_t i = 0; i < term->where_count; i++)
		if (!holds_early(&term->where[i], document))
			return &term->where[i];
	return NULL;
}

static const char *outcome_of(const struct entry *entry)
{
	const struct test *test = entry->test;

	while (test != NULL && test->same_as != NULL)
		test = test->same_as;
	return test == NULL || test->outcome == OUTCOME_NONE ? NULL : outcome_name(test->outcome);
}

const struct condition *condition_late(const struct term *term, const struct entry *entry)
{
	for (size_t i = 0; i < term->where_count; i++) {
		const struct condition *condition = &term->where[i];

		if (condition->subject == ON_TEST && !holds(condition, entry_key(entry, "test")))
			return condition;
		if (condition->subject == ON_OUTCOME && !holds(condition, outcome_of(entry)))
			return condition;
	}
	return NULL;
}

char *condition_found(TALLOC_CTX *mem, const struct condition *condition, struct document *document)
{
	const struct entry *entry = document->entry;
	const struct {
		enum condition_subject subject;
		const char *value;
	} values[] = {
		{ ON_SEVERITY, severity_name(entry->severity) },
		{ ON_SERVICE, entry->service },
		{ ON_LOG, entry->log },
		{ ON_SOURCE, entry->source != NULL ? entry->source->name : NULL },
		{ ON_REVISION, entry->revision },
		{ ON_TEST, entry_key(entry, "test") },
		{ ON_OUTCOME, outcome_of(entry) },
	};

	/* the value of a field may hold what was redacted in the entry's text */
	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (values[i].subject == condition->subject)
			return mem_strdup(mem, values[i].value);
	return NULL;
}
