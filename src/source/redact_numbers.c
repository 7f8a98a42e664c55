/* Numbers of secrets; see redact_numbers.h. */
#include "source/redact_numbers.h"

#include <string.h>

#define uthash_fatal(message) mem_check(NULL)
#include <uthash.h>

#define SECRETS 65536 /* that are numbered; more would let memory grow with the input */

struct secret {
	unsigned number;
	UT_hash_handle hh;
	char digest[DIGEST_TEXT + 1]; /* and the kind, by its place */
};

struct kind {
	const char *name;
	unsigned last;
	uint64_t replaced;
};

struct redact_numbers {
	struct secret *secrets;
	struct kind *kinds;
	size_t kind_count;
};

void redact_numbers_forget(struct redact_numbers *numbers)
{
	struct secret *secret, *next;

	HASH_ITER (hh, numbers->secrets, secret, next) {
		HASH_DEL(numbers->secrets, secret);
		talloc_free(secret);
	}
	for (size_t i = 0; i < numbers->kind_count; i++)
		numbers->kinds[i].last = 0;
}

static int numbers_free(struct redact_numbers *numbers)
{
	redact_numbers_forget(numbers);
	return 0;
}

struct redact_numbers *redact_numbers_new(TALLOC_CTX *mem)
{
	struct redact_numbers *numbers = mem_new(mem, struct redact_numbers);

	talloc_set_destructor(numbers, numbers_free);
	return numbers;
}

static size_t kind_of(struct redact_numbers *numbers, const char *name)
{
	size_t i = 0;

	while (i < numbers->kind_count && strcmp(numbers->kinds[i].name, name) != 0)
		i++;
	if (i == numbers->kind_count) {
		numbers->kinds = mem_grow(
			numbers, numbers->kinds, numbers->kind_count, sizeof(*numbers->kinds));
		numbers->kinds[numbers->kind_count++] = (struct kind){ name, 0, 0 };
	}
	return i;
}

void redact_numbers_count(struct redact_numbers *numbers, const char *kind)
{
	numbers->kinds[kind_of(numbers, kind)].replaced++;
}

unsigned redact_numbers_of(
	struct redact_numbers *numbers, const char *kind, const char *value, size_t length)
{
	size_t index = kind_of(numbers, kind);
	char key[DIGEST_TEXT + 1];
	struct secret *secret;

	numbers->kinds[index].replaced++;
	digest_of(value, length, key);
	key[DIGEST_TEXT - 1] = (char)(index + 1);
	key[DIGEST_TEXT] = '\0';
	HASH_FIND(hh, numbers->secrets, key, sizeof(key), secret);
	if (secret != NULL)
		return secret->number;
	if (HASH_COUNT(numbers->secrets) >= SECRETS)
		return 0;
	secret = mem_new(numbers, struct secret);
	memcpy(secret->digest, key, sizeof(key));
	secret->number = ++numbers->kinds[index].last;
	HASH_ADD(hh, numbers->secrets, digest, sizeof(key), secret);
	return secret->number;
}

const char *redact_numbers_kind(const struct redact_numbers *numbers, size_t index, uint64_t *count)
{
	if (index >= numbers->kind_count)
		return NULL;
	*count = numbers->kinds[index].replaced;
	return numbers->kinds[index].name;
}
