/* Reports of this program, which a folder of results often holds: what they quote is no evidence. */
#include <string.h>

#include "source/ledger.h"
#include "source/logs.h"

#define HEAD 1024 /* bytes in which a report says what it is */

/* How each of its formats begins, and the words that must follow in its head, in this order. */
static const struct {
	const char *begin, *words[3];
} signs[] = {
	{ "---\nschema: ", { "\ntool: fivewhys " } },
	{ "<!DOCTYPE html>", { "<meta name=\"generator\" content=\"fivewhys " } },
	{ "{", { "\"schema_version\": ", "\"tool\": {", "\"name\": \"fivewhys\"" } },
	{ "{", { "sarif-", "\"driver\": {", "\"name\": \"fivewhys\"" } },
	{ "<?xml", { "<!-- fivewhys " } },
};

static bool has_sign(const char *head, size_t sign)
{
	const char *at = head;

	if (strncmp(head, signs[sign].begin, strlen(signs[sign].begin)) != 0)
		return false;
	for (size_t i = 0; i < 3 && signs[sign].words[i] != NULL && at != NULL; i++)
		at = strstr(at, signs[sign].words[i]);
	return at != NULL;
}

static int recognise(const char *sample, size_t length)
{
	char head[HEAD + 1];

	length = length < HEAD ? length : HEAD;
	memcpy(head, sample, length);
	head[length] = '\0';
	for (size_t i = 0; i < sizeof(signs) / sizeof(signs[0]); i++)
		if (has_sign(head, i))
			return 100;
	return 0;
}

static int next(struct source *source, struct entry *out, struct err *err)
{
	(void)out;
	(void)err;
	ledger_note(source->info, "a report of fivewhys: nothing was read from it");
	return 0;
}

const struct format logs_own = { "fivewhys-report", recognise, NULL, next };
