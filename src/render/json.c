/*
 * JSON text. cJSON's own printer leaves DEL, C1, U+2028 and the direction marks as they are, and
 * indents with tabs.
 */
#include "render/json.h"

#include <string.h>

#include "render/clean.h"

static void put_unicode(FILE *out, uint32_t code)
{
	if (code < 0x10000) {
		fprintf(out, "\\u%04x", (unsigned)code);
		return;
	}
	code -= 0x10000;
	fprintf(out, "\\u%04x\\u%04x", 0xd800U + (unsigned)(code >> 10),
		0xdc00U + (unsigned)(code & 0x3ff));
}

static bool is_plain(uint32_t code)
{
	return (code >= 'a' && code <= 'z') || (code >= 'A' && code <= 'Z') ||
	       (code >= '0' && code <= '9') || code >= 0xa0 ||
	       (code != 0 && code < 0x80 && strchr(" ._-+/,", (int)code) != NULL);
}

static char short_escape(uint32_t code)
{
	static const char codes[] = "\"\\\b\f\n\r\t", letters[] = "\"\\bfnrt";
	const char *found = code == 0 || code > 0x7f ? NULL : strchr(codes, (int)code);

	return found == NULL ? '\0' : letters[found - codes];
}

void json_write_string(FILE *out, const char *text, bool plain)
{
	size_t length = strlen(text), size;

	fputc('"', out);
	for (size_t i = 0; i < length; i += size) {
		uint32_t code;
		char escape;

		size = clean_decode(text + i, length - i, &code);
		escape = short_escape(code);
		if (escape != '\0' && !plain)
			fprintf(out, "\\%c", escape);
		else if (utf8_is_control(code) || code == CLEAN_REPLACEMENT ||
			 (plain && !is_plain(code)) ||
			 (i >= 2 && clean_is_command(text + i - 2, length - i + 2)))
			put_unicode(out, code);
		else
			fwrite(text + i, 1, size, out);
	}
	fputc('"', out);
}

static void put_number(FILE *out, const cJSON *item)
{
	char buffer[64];
	double number = item->valuedouble;

	if (number > -9007199254740992.0 && number < 9007199254740992.0 &&
		number == (double)(long long)number)
		fprintf(out, "%lld", (long long)number);
	else if (cJSON_PrintPreallocated((cJSON *)(uintptr_t)item, buffer, sizeof(buffer), 0))
		fputs(buffer, out);
	else
		fputs("null", out);
}

static void put_scalar(FILE *out, const cJSON *item)
{
	if (cJSON_IsString(item))
		json_write_string(out, item->valuestring, false);
	else if (cJSON_IsNumber(item))
		put_number(out, item);
	else
		fputs(cJSON_IsTrue(item) ? "true" : cJSON_IsFalse(item) ? "false" : "null", out);
}

/* Our own trees are as deep as this file's callers build them: ten levels at most. */
static void put(FILE *out, const cJSON *item, int depth)
{
	bool object = cJSON_IsObject(item);
	const cJSON *child;

	if (!object && !cJSON_IsArray(item)) {
		put_scalar(out, item);
		return;
	}
	fputc(object ? '{' : '[', out);
	cJSON_ArrayForEach(child, item)
	{
		fprintf(out, "%s\n%*s", child == item->child ? "" : ",", 2 * depth + 2, "");
		if (object) {
			json_write_string(out, child->string, false);
			fputs(": ", out);
		}
		put(out, child, depth + 1);
	}
	if (item->child != NULL)
		fprintf(out, "\n%*s", 2 * depth, "");
	fputc(object ? '}' : ']', out);
}

void json_write(FILE *out, const cJSON *tree)
{
	put(out, tree, 0);
	fputc('\n', out);
}
