/* Redaction of any text: what is redacted stays as it is, is valid UTF-8, and does not explode. */
#include "source/source.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

#define PLACEHOLDER_MAX 48

/* A redactor is given clean text only: source_clean has seen to that. */
static char *clean(TALLOC_CTX *mem, const uint8_t *bytes, size_t length)
{
	char *text = mem_array(mem, char, length + 1);
	size_t size;

	memcpy(text, bytes, length);
	for (size_t i = 0; i < length; i += size) {
		size = utf8_sequence(text + i, length - i);
		if (size == 0 || text[i] == '\0') {
			text[i] = '?';
			size = 1;
		}
	}
	return text;
}

static void check_valid(const char *text, size_t length)
{
	size_t size;

	for (size_t i = 0; i < length; i += size) {
		size = utf8_sequence(text + i, length - i);
		if (size == 0)
			abort();
	}
}

/* The first byte chooses what is replaced besides secrets. */
static struct redaction *choose(TALLOC_CTX *mem, uint8_t choice)
{
	const char *const lists[] = { choice & 1 ? "email" : "none", choice & 2 ? "ip" : "none",
		choice & 4 ? "service-account" : "none", NULL };
	struct redaction *redaction = redaction_new(mem);
	struct err err;

	if (redaction_kinds(redaction, lists, &err) < 0)
		abort();
	return redaction;
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct redaction *redaction = choose(mem, length > 0 ? bytes[0] : 0);
	struct redactor *first = redactor_new(mem, redaction);
	struct redactor *second = redactor_new(mem, redaction);
	size_t once_length, twice_length;
	uint64_t count = 0, again = 0;
	const char *text, *once, *twice;

	length = length > 0 ? length - 1 : 0;
	text = clean(mem, bytes + 1, length);
	once = redactor_apply(first, text, length, &once_length, &count);
	check_valid(once, once_length);
	if (once_length > length + count * PLACEHOLDER_MAX || count > 4 * length)
		abort();
	twice = redactor_apply(second, once, once_length, &twice_length, &again);
	if (again > 0 || twice_length != once_length || memcmp(once, twice, once_length) != 0)
		abort();
	talloc_free(mem);
	return 0;
}
