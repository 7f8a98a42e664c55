/* Whether an entry is meant by a filter. */
#include <stdlib.h>
#include <string.h>

#include "standin/lql_node.h"

enum found {
	NOWHERE, /* the entry has no such field */
	OTHERWISE,
	SO,
};

typedef bool text_test(struct lql *filter, const struct lql_node *node, struct json scalar);

/* Whether any scalar in VALUE passes TEST. */
static bool any_scalar(
	struct lql *filter, const struct lql_node *node, struct json value, text_test *test)
{
	struct json key, member;
	size_t at = 0;

	if (json_kind(value) == '{') {
		while (json_member(value, &at, &key, &member) > 0)
			if (any_scalar(filter, node, member, test))
				return true;
		return false;
	}
	if (json_kind(value) != '[')
		return test(filter, node, value);
	while (json_element(value, &at, &member) > 0)
		if (any_scalar(filter, node, member, test))
			return true;
	return false;
}

static bool scalar_compares(struct lql *filter, const struct lql_node *node, struct json scalar)
{
	return lql_compare(filter, LQL_DYNAMIC, node->op, node->value, scalar);
}

static bool is_same_name(const struct lql_path *path, size_t index, struct json key)
{
	const char *name = path->names[index];
	size_t length = strlen(name), at = 0;

	if (index < path->exact)
		return key.length == length && strncasecmp(name, key.text, length) == 0;
	if (!path->is_proto)
		return key.length == length && memcmp(name, key.text, length) == 0;
	for (size_t i = 0; i < length; i++) {
		if (name[i] == '_')
			continue;
		while (at < key.length && key.text[at] == '_')
			at++;
		if (at == key.length || strncasecmp(&name[i], &key.text[at++], 1) != 0)
			return false;
	}
	return at == key.length;
}

/* An object behind the last name: "*" asks whether it is there, ":" looks at all that is in it. */
static enum found compare_whole(struct lql *filter, const struct lql_node *node, struct json value)
{
	if (json_kind(value) != '{')
		return lql_compare(filter, node->path->type, node->op, node->value, value)
			       ? SO
			       : OTHERWISE;
	if (node->op != LQL_HAS)
		return OTHERWISE;
	if (!node->value->is_quoted && strcmp(node->value->text, "*") == 0)
		return SO;
	return any_scalar(filter, node, value, scalar_compares) ? SO : OTHERWISE;
}

/* Follow the path from its name INDEX on; of an array, any element will do. */
static enum found follow(
	struct lql *filter, const struct lql_node *node, size_t index, struct json value)
{
	enum found best = NOWHERE, found;
	struct json key, member;
	size_t at = 0;

	if (json_kind(value) == '[') {
		while (best != SO && json_element(value, &at, &member) > 0) {
			found = follow(filter, node, index, member);
			best = found > best ? found : best;
		}
		return best;
	}
	if (index == node->path->count)
		return compare_whole(filter, node, value);
	if (json_kind(value) != '{')
		return NOWHERE;
	while (json_member(value, &at, &key, &member) > 0)
		if (is_same_name(node->path, index, key))
			return follow(filter, node, index + 1, member);
	return NOWHERE;
}

/* What a field of LogEntry compares as where the entry has it not. */
static bool compare_default(struct lql *filter, const struct lql_node *node)
{
	static const char *const defaults[] = {
		[LQL_STRING] = "\"\"",
		[LQL_NUMBER] = "0",
		[LQL_BOOL] = "false",
		[LQL_SEVERITY] = "\"DEFAULT\"",
		[LQL_TIMESTAMP] = "\"1970-01-01T00:00:00Z\"",
		[LQL_DURATION] = "\"0s\"",
		[LQL_MESSAGE] = NULL,
	};
	const char *text = defaults[node->path->type];

	if (text == NULL || (node->op == LQL_HAS && strcmp(node->value->text, "*") == 0))
		return false;
	return lql_compare(filter, node->path->type, node->op, node->value,
		(struct json){ text, strlen(text) });
}

static bool compare(struct lql *filter, const struct lql_node *node, struct json entry)
{
	enum found found = follow(filter, node, 0, entry);

	return found == NOWHERE ? compare_default(filter, node) : found == SO;
}

/* "%2F" and the like of a log's name against the name that log_id() has without them. */
static bool is_log_id(const struct lql_node *node, struct json entry)
{
	struct json key, value;
	size_t at = 0, i = 0;
	const char *name, *end, *text = node->value->text;

	while (json_member(entry, &at, &key, &value) > 0)
		if (key.length == 7 && memcmp(key.text, "logName", 7) == 0)
			break;
	if (key.length != 7 || (name = memmem(value.text, value.length, "/logs/", 6)) == NULL)
		return false;
	end = value.text + value.length - 1;
	for (name += 6; name < end; name++, i++) {
		char code[3] = { 0 };
		char c = *name;

		if (c == '%' && end - name > 2) {
			memcpy(code, name + 1, 2);
			c = (char)strtol(code, NULL, 16);
			name += 2;
		}
		if (c != text[i] || c == '\0')
			return false;
	}
	return text[i] == '\0';
}

static bool scalar_has_phrase(struct lql *filter, const struct lql_node *node, struct json scalar)
{
	if (json_kind(scalar) != '"')
		return false;
	draft_empty(&filter->decoded);
	json_decode(scalar, &filter->decoded);
	return lql_phrase_in(filter, node->phrases, filter->decoded.text, filter->decoded.length);
}

/* SEARCH: every phrase is somewhere in the entry, or in the field that is named. */
static bool has_phrases(struct lql *filter, const struct lql_node *node, struct json entry)
{
	for (size_t i = 0; i < node->phrase_count; i++) {
		struct lql_node one = *node;

		one.phrases = &node->phrases[i];
		if (!any_scalar(filter, &one, entry, scalar_has_phrase))
			return false;
	}
	return true;
}

/* The part of ENTRY that a SEARCH with a field looks at; LENGTH 0: it is not there. */
static struct json part_of(const struct lql_path *path, struct json entry)
{
	struct json key, member;

	for (size_t i = 0; path != NULL && i < path->count; i++) {
		size_t at = 0;
		int result;

		if (json_kind(entry) != '{')
			return (struct json){ 0 };
		while ((result = json_member(entry, &at, &key, &member)) > 0)
			if (is_same_name(path, i, key))
				break;
		if (result <= 0)
			return (struct json){ 0 };
		entry = member;
	}
	return entry;
}

static bool matches(struct lql *filter, const struct lql_node *node, struct json entry)
{
	switch (node->kind) {
	case LQL_AND:
		return matches(filter, node->left, entry) && matches(filter, node->right, entry);
	case LQL_OR:
		return matches(filter, node->left, entry) || matches(filter, node->right, entry);
	case LQL_NOT:
		return !matches(filter, node->left, entry);
	case LQL_COMPARE:
		return compare(filter, node, entry);
	case LQL_ANYWHERE:
		return any_scalar(filter, node, entry, scalar_compares);
	case LQL_LOG_ID:
		return is_log_id(node, entry);
	case LQL_SEARCH:
		entry = part_of(node->path, entry);
		return entry.length > 0 && has_phrases(filter, node, entry);
	default:
		return true;
	}
}

bool lql_matches(struct lql *filter, const char *entry, size_t length)
{
	return matches(filter, filter->root, (struct json){ entry, length });
}

static void span(const struct lql_node *node, int64_t *first, int64_t *last)
{
	int64_t time;

	if (node->kind == LQL_AND) {
		span(node->left, first, last);
		span(node->right, first, last);
	}
	if (node->kind != LQL_COMPARE || node->path->count != 1 ||
		strcasecmp(node->path->names[0], "timestamp") != 0 ||
		node->value->time == TIME_NONE)
		return;
	time = node->value->time;
	if ((node->op == LQL_GREATER || node->op == LQL_GREATER_EQUAL || node->op == LQL_EQUAL) &&
		time > *first)
		*first = time;
	if ((node->op == LQL_LESS || node->op == LQL_LESS_EQUAL || node->op == LQL_EQUAL) &&
		time < *last)
		*last = time;
}

void lql_span(const struct lql *filter, int64_t *first, int64_t *last)
{
	span(filter->root, first, last);
}
