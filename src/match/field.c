/* Fields of an entry's own JSON, found by path. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include "match/field.h"

#include <cjson/cJSON.h>
#include <ctype.h>
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "rule/rule.h"

#define KEY_MAX 256

/* The next key of *PATH, unquoted, into KEY; false at the end, or where it is not well formed. */
static bool next_key(const char **path, char key[KEY_MAX])
{
	const char *from = *path, *end;
	bool quoted = *from == '"';

	if (*from == '\0')
		return false;
	from += quoted;
	end = quoted ? strchr(from, '"') : from + strcspn(from, ".");
	if (end == NULL || (size_t)(end - from) >= KEY_MAX)
		return false;
	memcpy(key, from, (size_t)(end - from));
	key[end - from] = '\0';
	end += quoted;
	*path = *end == '.' ? end + 1 : end;
	return true;
}

/* "jsonPayload" to "json_payload". */
static void to_snake(const char *key, char out[2 * KEY_MAX])
{
	for (; *key != '\0'; key++) {
		if (*key >= 'A' && *key <= 'Z')
			*out++ = '_';
		*out++ = (char)tolower((unsigned char)*key);
	}
	*out = '\0';
}

/* "json_payload" to "jsonPayload". */
static void to_camel(const char *key, char out[2 * KEY_MAX])
{
	for (; *key != '\0'; key++) {
		if (*key == '_' && key[1] != '\0')
			*out++ = (char)toupper((unsigned char)*++key);
		else
			*out++ = *key;
	}
	*out = '\0';
}

static const cJSON *child(const cJSON *node, const char *key)
{
	char other[2 * KEY_MAX];
	const cJSON *found;
	char *end;

	if (cJSON_IsArray(node)) {
		long index = strtol(key, &end, 10);

		return *key != '\0' && *end == '\0' && index >= 0 && index < INT32_MAX
			       ? cJSON_GetArrayItem(node, (int)index)
			       : NULL;
	}
	if (!cJSON_IsObject(node))
		return NULL;
	found = cJSON_GetObjectItemCaseSensitive(node, key);
	if (found == NULL) {
		to_snake(key, other);
		found = cJSON_GetObjectItemCaseSensitive(node, other);
	}
	if (found == NULL) {
		to_camel(key, other);
		found = cJSON_GetObjectItemCaseSensitive(node, other);
	}
	return found;
}

static bool is_log_entry(const cJSON *root)
{
	static const char *const keys[] = { "jsonPayload", "textPayload", "protoPayload",
		"logName" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (child(root, keys[i]) != NULL)
			return true;
	return false;
}

static const cJSON *find(const cJSON *root, const char *path)
{
	const cJSON *node = root;
	char key[KEY_MAX];

	while (node != NULL && *path != '\0') {
		if (!next_key(&path, key))
			return NULL;
		if (node == root &&
			(strcmp(key, "jsonPayload") == 0 || strcmp(key, "json_payload") == 0) &&
			!is_log_entry(root))
			continue;
		node = child(node, key);
	}
	return node;
}

static bool print(const cJSON *node, char *value, size_t size)
{
	char *text = cJSON_PrintUnformatted(node);

	if (text == NULL)
		return false;
	snprintf(value, size, "%s", text);
	cJSON_free(text);
	return true;
}

bool field_value(const cJSON *root, const char *path, char *value, size_t size)
{
	const cJSON *node = find(root, path);

	if (node == NULL || cJSON_IsNull(node))
		return false;
	if (!cJSON_IsString(node))
		return print(node, value, size);
	snprintf(value, size, "%s", cJSON_GetStringValue(node));
	return true;
}

bool field_search(const char *pattern, const char *text, struct field_work *work)
{
	pcre2_match_context *context = mem_check(pcre2_match_context_create(NULL));
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	pcre2_code *code = rule_regex_counting(scratch, pattern, false, false);
	struct rule_steps steps = { .limit = rule_steps_limit(strlen(text)) };
	pcre2_match_data *data = mem_check(pcre2_match_data_create(1, NULL));
	int result = PCRE2_ERROR_NOMATCH;

	pcre2_set_match_limit(context, RULE_MATCH_LIMIT);
	pcre2_set_depth_limit(context, RULE_DEPTH_LIMIT);
	pcre2_set_heap_limit(context, RULE_HEAP_LIMIT);
	pcre2_set_callout(context, rule_steps_count, &steps);
	if (code != NULL)
		result = pcre2_match(code, (PCRE2_SPTR)text, strlen(text), 0, 0, data, context);
	pcre2_match_data_free(data);
	pcre2_match_context_free(context);
	talloc_free(scratch);
	work->steps += steps.steps;
	work->bytes += strlen(text);
	work->limited |= result < 0 && result != PCRE2_ERROR_NOMATCH;
	return result >= 0;
}
