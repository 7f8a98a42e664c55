/* Entries: taken in, sorted, found by time. */
#include "standin/logs.h"

#include <stdlib.h>
#include <string.h>

#include "source/json.h"

struct logs *logs_new(TALLOC_CTX *mem)
{
	return mem_new(mem, struct logs);
}

static int64_t time_of(struct json value)
{
	int64_t time;

	if (value.length < 2 || when_parse(value.text + 1, value.length - 2, &time, NULL) == 0)
		return TIME_NONE;
	return time;
}

static bool is_key(struct json key, const char *name)
{
	return key.length == strlen(name) && memcmp(key.text, name, key.length) == 0;
}

static void note_name(struct logs_entry *entry, struct json value)
{
	const char *logs = memmem(value.text, value.length, "/logs/", 6);

	entry->log_name = value.text + 1;
	entry->name_length = (uint32_t)value.length - 2;
	entry->project_length =
		logs == NULL ? entry->name_length : (uint32_t)(logs - entry->log_name);
}

static void note(struct logs_entry *entry, struct json key, struct json value)
{
	if (is_key(key, "timestamp")) {
		entry->time = time_of(value);
	} else if (is_key(key, "insertId")) {
		entry->insert_id = value.text + 1;
		entry->insert_length = (uint32_t)value.length - 2;
	} else if (is_key(key, "logName")) {
		note_name(entry, value);
	} else if (is_key(key, "severity")) {
		entry->severity_at = (uint32_t)(value.text - entry->text);
		entry->severity_length = (uint32_t)value.length;
	}
}

int logs_add(struct logs *logs, char *text, int64_t arrival, struct err *err)
{
	struct logs_entry entry = { .time = TIME_NONE, .arrival = arrival, .text = text };
	struct json whole, key, value;
	size_t at = 0;
	int result;

	if (!json_value(text, strlen(text), &whole) || json_kind(whole) != '{')
		return err_set(err, ERR_FORMAT, "an entry is not an object");
	while ((result = json_member(whole, &at, &key, &value)) > 0)
		note(&entry, key, value);
	if (result < 0 || entry.time == TIME_NONE || entry.insert_id == NULL ||
		entry.log_name == NULL)
		return err_set(err, ERR_FORMAT,
			"an entry wants a timestamp, an insertId and a logName: %.80s", text);
	entry.length = (uint32_t)whole.length;
	logs->entries = mem_grow(logs, logs->entries, logs->count, sizeof(*logs->entries));
	logs->entries[logs->count++] = entry;
	logs->is_sorted = false;
	talloc_steal(logs, text);
	return 0;
}

static const char *member(const cJSON *object, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));
}

int logs_take(struct logs *logs, cJSON *logentry, int64_t now, bool arrives, struct err *err)
{
	char buffer[WHEN_TEXT], insert_id[32];
	int64_t received = now;
	const char *text;
	char *printed;
	int result;

	if (!cJSON_IsObject(logentry))
		return err_set(err, ERR_FORMAT, "an entry is not an object");
	text = member(logentry, "receiveTimestamp");
	if (text == NULL || when_parse(text, strlen(text), &received, NULL) == 0)
		cJSON_AddStringToObject(
			logentry, "receiveTimestamp", when_format(received, buffer));
	if (member(logentry, "timestamp") == NULL)
		cJSON_AddStringToObject(logentry, "timestamp", when_format(received, buffer));
	if (member(logentry, "insertId") == NULL) {
		snprintf(insert_id, sizeof(insert_id), "standin%08zu", ++logs->named);
		cJSON_AddStringToObject(logentry, "insertId", insert_id);
	}
	printed = cJSON_PrintUnformatted(logentry);
	result = logs_add(
		logs, mem_strdup(logs, mem_check(printed)), arrives ? received : INT64_MIN, err);
	cJSON_free(printed);
	return result;
}

int logs_take_lines(struct logs *logs, const char *text, int64_t now, bool arrives, struct err *err)
{
	for (size_t line = 1; *text != '\0'; line++) {
		size_t length = strcspn(text, "\n");
		cJSON *logentry;
		int result;

		if (strspn(text, " \t\r") < length) {
			logentry = cJSON_ParseWithLength(text, length);
			result = logs_take(logs, logentry, now, arrives, err);
			cJSON_Delete(logentry);
			if (result < 0)
				return err_wrap(err, "line %zu", line);
		}
		text += length + (text[length] == '\n');
	}
	return 0;
}

static int order_bytes(const char *one, size_t one_length, const char *other, size_t other_length)
{
	size_t common = one_length < other_length ? one_length : other_length;
	int order = memcmp(one, other, common);

	return order != 0 ? order : (one_length > other_length) - (one_length < other_length);
}

int logs_order(const struct logs_entry *one, const struct logs_entry *other)
{
	int order = (one->time > other->time) - (one->time < other->time);

	if (order == 0)
		order = order_bytes(
			one->insert_id, one->insert_length, other->insert_id, other->insert_length);
	if (order == 0)
		order = order_bytes(
			one->log_name, one->project_length, other->log_name, other->project_length);
	return order;
}

/* Of copies, the one that arrived first comes first; they arrive in the order of their texts. */
static int order(const void *one, const void *other)
{
	const struct logs_entry *a = one, *b = other;
	int result = logs_order(a, b);

	if (result == 0)
		result = (a->arrival > b->arrival) - (a->arrival < b->arrival);
	return result != 0 ? result : strcmp(a->text, b->text);
}

void logs_sort(struct logs *logs)
{
	if (!logs->is_sorted && logs->count > 0)
		qsort(logs->entries, logs->count, sizeof(*logs->entries), order);
	logs->is_sorted = true;
}

size_t logs_from(const struct logs *logs, int64_t time)
{
	size_t low = 0, high = logs->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (logs->entries[middle].time < time)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}
