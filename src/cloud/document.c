/* JSON by cJSON. */
#include "cloud/document.h"

#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>

struct document {
	cJSON *root;
};

/* cJSON frees what it holds as it is. Its nesting was checked, so that this may recurse. */
static void wipe(cJSON *item)
{
	for (; item != NULL; item = item->next) {
		if (item->valuestring != NULL)
			OPENSSL_cleanse(item->valuestring, strlen(item->valuestring));
		wipe(item->child);
	}
}

static int document_free(struct document *document)
{
	wipe(document->root);
	cJSON_Delete(document->root);
	return 0;
}

const cJSON *document_parse(TALLOC_CTX *mem, const char *text, size_t length)
{
	struct document *document;
	const char *end;
	cJSON *root;

	/* cJSON allows a thousand levels, and recurses for each */
	if (length > DOCUMENT_MAX || utf8_json_depth(text, length) > DOCUMENT_NESTING_MAX)
		return NULL;
	root = cJSON_ParseWithLengthOpts(text, length, &end, false);
	if (root == NULL)
		return NULL;
	document = mem_new(mem, struct document);
	document->root = root;
	talloc_set_destructor(document, document_free);
	while (end < text + length && strchr(" \t\r\n", *end) != NULL)
		end++;
	if (end < text + length || !cJSON_IsObject(root)) {
		talloc_free(document);
		return NULL;
	}
	return root;
}

const char *document_text(const cJSON *object, const char *name)
{
	const char *text = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(object, name));

	return text != NULL && text[0] != '\0' ? text : NULL;
}

const cJSON *document_object(const cJSON *object, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsObject(item) ? item : NULL;
}

const cJSON *document_array(const cJSON *object, const char *name)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);

	return cJSON_IsArray(item) ? item : NULL;
}

int document_number(const cJSON *object, const char *name, int64_t *out)
{
	const cJSON *item = cJSON_GetObjectItemCaseSensitive(object, name);
	const double most = 9007199254740992.0; /* 2^53: whole numbers end there */
	double number;
	char *end;

	if (cJSON_IsNumber(item)) {
		number = item->valuedouble;
	} else if (cJSON_IsString(item) && item->valuestring[0] != '\0') {
		number = strtod(item->valuestring, &end);
		if (*end != '\0')
			return -1;
	} else {
		return -1;
	}
	if (!(number >= -most && number <= most))
		return -1;
	*out = (int64_t)number;
	return 0;
}
