/* Trees: cJSON, with the checks for memory in one place. */
#include "render/object.h"

#include <stdarg.h>

cJSON *object_new(void)
{
	return mem_check(cJSON_CreateObject());
}

static cJSON *add(cJSON *object, const char *key, cJSON *item)
{
	mem_check(item);
	if (!cJSON_AddItemToObject(object, key, item))
		mem_check(NULL);
	return item;
}

void object_text(cJSON *object, const char *key, const char *text)
{
	add(object, key, text == NULL ? cJSON_CreateNull() : cJSON_CreateString(text));
}

void object_format(cJSON *object, const char *key, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = mem_check(talloc_vasprintf(NULL, format, arguments));
	va_end(arguments);
	object_text(object, key, text);
	talloc_free(text);
}

void object_number(cJSON *object, const char *key, double number)
{
	add(object, key, cJSON_CreateNumber(number));
}

void object_flag(cJSON *object, const char *key, bool flag)
{
	add(object, key, cJSON_CreateBool(flag));
}

void object_time(cJSON *object, const char *key, int64_t time)
{
	char buffer[WHEN_TEXT];

	object_text(object, key, time == TIME_NONE ? NULL : when_format(time, buffer));
}

void object_null(cJSON *object, const char *key)
{
	add(object, key, cJSON_CreateNull());
}

cJSON *object_child(cJSON *object, const char *key)
{
	return add(object, key, cJSON_CreateObject());
}

cJSON *object_list(cJSON *object, const char *key)
{
	return add(object, key, cJSON_CreateArray());
}

void object_texts(cJSON *object, const char *key, const char *const *texts, size_t count)
{
	cJSON *list = object_list(object, key);

	for (size_t i = 0; i < count; i++)
		object_item(list, texts[i]);
}

cJSON *object_row(cJSON *list)
{
	cJSON *row = object_new();

	if (!cJSON_AddItemToArray(list, row))
		mem_check(NULL);
	return row;
}

void object_item(cJSON *list, const char *text)
{
	if (!cJSON_AddItemToArray(list, mem_check(cJSON_CreateString(text))))
		mem_check(NULL);
}

size_t object_count(const cJSON *list)
{
	return (size_t)cJSON_GetArraySize(list);
}
