/* Foreign words for people. */
#include "cloud/told.h"

#include <string.h>

#include "source/source.h"

#define PIECE 12 /* bytes of a secret that are not chance any more */
#define TOLD_REACH 1024 /* bytes behind what is shown */
#define HIDDEN "\xe2\x80\xb9hidden\xe2\x80\xba"

/* How many bytes at TEXT are a piece of one of SECRETS; 0: too few. */
static size_t piece_at(const char *text, size_t length, const char *const *secrets)
{
	size_t best = 0;

	for (; *secrets != NULL; secrets++) {
		size_t size = strlen(*secrets), wanted = size < PIECE ? size : PIECE;
		size_t found = 0;

		if (wanted < 4)
			continue;
		while (wanted <= length && memmem(*secrets, size, text, wanted) != NULL)
			found = wanted++;
		best = found > best ? found : best;
	}
	return best;
}

static char *hide(TALLOC_CTX *mem, const char *text, const char *const *secrets)
{
	size_t length = strlen(text), used = 0;
	char *out = mem_array(mem, char, length * sizeof(HIDDEN) + 1);

	for (size_t i = 0, step; i < length; i += step) {
		step = piece_at(text + i, length - i, secrets);
		if (step > 0)
			used += (size_t)sprintf(out + used, HIDDEN);
		else
			out[used++] = text[i];
		step += step == 0;
	}
	return out;
}

const char *told_text(TALLOC_CTX *mem, const char *text, size_t limit, const char *const *secrets)
{
	TALLOC_CTX *scratch = talloc_new(mem);
	struct redactor *redactor = redactor_new(scratch, NULL);
	size_t length = text != NULL ? strlen(text) : 0;
	uint64_t count = 0;
	const char *safe;
	char *copy, *out;

	/* more than is shown, so that a secret over the cut is whole when it is looked for */
	length = length < 2 * limit + TOLD_REACH ? length : 2 * limit + TOLD_REACH;
	safe = copy = mem_strndup(scratch, text != NULL ? text : "", length);
	utf8_tidy(copy, strlen(copy), ' ');
	if (secrets != NULL)
		safe = hide(scratch, safe, secrets);
	safe = redactor_apply(redactor, safe, strlen(safe), &length, &count);
	out = mem_strndup(mem, safe, utf8_cut(safe, length, limit));
	talloc_free(scratch);
	return out;
}
