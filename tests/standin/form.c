/* application/x-www-form-urlencoded, HTTP Basic, and the errors of OAuth 2. */
#include "standin/form.h"

#include <ctype.h>
#include <stdlib.h>
#include <string.h>

#include <cjson/cJSON.h>

#include "standin/jwt.h"
#include "standin/reply.h"

/* "%41+b" is "A b". */
static char *unescaped(TALLOC_CTX *mem, const char *text, size_t length)
{
	char *copy = mem_strndup(mem, text, length), *out = copy;

	for (size_t i = 0; i < length; i++, out++) {
		char code[3] = { 0 };

		*out = text[i] == '+' ? ' ' : text[i];
		if (text[i] == '%' && i + 2 < length) {
			memcpy(code, text + i + 1, 2);
			*out = (char)strtol(code, NULL, 16);
			i += 2;
		}
	}
	*out = '\0';
	return copy;
}

static void read_form(struct http_request *request, struct http_pairs *form)
{
	const char *text = request->body;

	while (*text != '\0') {
		size_t length = strcspn(text, "&"), name = strcspn(text, "=&");

		if (text[name] == '=')
			http_add(request, form, unescaped(request, text, name),
				unescaped(request, text + name + 1, length - name - 1));
		text += length + (text[length] == '&');
	}
}

/* "grantType" is "grant_type". */
static char *snake_case(TALLOC_CTX *mem, const char *name)
{
	char *copy = mem_array(mem, char, 2 * strlen(name) + 1), *out = copy;

	for (; *name != '\0'; name++) {
		if (isupper((unsigned char)*name))
			*out++ = '_';
		*out++ = (char)tolower((unsigned char)*name);
	}
	return copy;
}

static bool read_json(struct http_request *request, struct http_pairs *form)
{
	cJSON *body = cJSON_ParseWithLength(request->body, request->length);
	bool is_object = cJSON_IsObject(body);
	const cJSON *item;

	cJSON_ArrayForEach(item, body) if (cJSON_IsString(item)) http_add(request, form,
		snake_case(request, item->string), mem_strdup(request, item->valuestring));
	cJSON_Delete(body);
	return is_object;
}

struct http_pairs *form_read(struct http_request *request)
{
	const char *type = http_header(request, "Content-Type");
	struct http_pairs *form = mem_new(request, struct http_pairs);

	if (type == NULL)
		return NULL;
	if (strncasecmp(type, "application/x-www-form-urlencoded", 33) == 0) {
		read_form(request, form);
		return form;
	}
	return strncasecmp(type, "application/json", 16) == 0 && read_json(request, form) ? form
											  : NULL;
}

const char *form_value(const struct http_pairs *form, const char *name)
{
	for (size_t i = 0; i < form->count; i++)
		if (strcmp(form->pairs[i].name, name) == 0)
			return form->pairs[i].value;
	return "";
}

static const char *authorization(const struct http_request *request, const char *scheme)
{
	const char *value = http_header(request, "Authorization");
	size_t length = strlen(scheme);

	if (value == NULL || strncasecmp(value, scheme, length) != 0 || value[length] != ' ')
		return NULL;
	return value + length + strspn(value + length, " ");
}

const char *form_bearer(const struct http_request *request)
{
	return authorization(request, "Bearer");
}

bool form_basic(struct http_request *request, const char *id, const char *secret, bool *is_there)
{
	const char *given = authorization(request, "Basic");
	size_t length;
	char *decoded;

	*is_there = given != NULL;
	if (given == NULL)
		return false;
	decoded = jwt_decode(request, given, strcspn(given, "="), &length);
	return decoded != NULL && strcmp(decoded, reply_text(request, "%s:%s", id, secret)) == 0;
}

void form_refuse(struct http_request *request, struct http_reply *reply, int status,
	const char *error, const char *text, const char *subtype)
{
	cJSON *body = cJSON_CreateObject();

	cJSON_AddStringToObject(body, "error", error);
	cJSON_AddStringToObject(body, "error_description", text);
	if (subtype != NULL)
		cJSON_AddStringToObject(body, "error_subtype", subtype);
	reply_object(request, reply, status, body);
}
