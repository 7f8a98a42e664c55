/* JSON that is cut off: how far it is in order, and what would close it. */
#include "source/transcript/mend.h"

#include <string.h>

#include "source/json.h"

static void keep_safe(struct mend *mend, size_t at, unsigned depth)
{
	mend->safe = at;
	mend->depth = depth;
}

void mend_measure(const char *text, size_t length, struct mend *mend)
{
	unsigned depth = 0;

	memset(mend, 0, sizeof(*mend));
	for (size_t at = 0; at < length;) {
		char c = text[at++];

		if (c == '"') {
			at = json_string_end(text, length, at - 1);
			if (at == 0)
				return;
		} else if (c == '{' || c == '[') {
			if (depth == SOURCE_NESTING_MAX) {
				mend->deep = true;
				return;
			}
			mend->closing[depth++] = c == '{' ? '}' : ']';
			keep_safe(mend, at, depth);
		} else if ((c == '}' || c == ']') && --depth == 0) {
			mend->end = at;
			return;
		} else if (c == '}' || c == ']') {
			keep_safe(mend, at, depth);
		} else if (c == ',') {
			keep_safe(mend, at - 1, depth);
		}
	}
}

char *mend_close(TALLOC_CTX *mem, const char *text, const struct mend *mend, size_t *length)
{
	char *copy;

	*length = mend->safe + mend->depth;
	copy = mem_array(mem, char, *length + 1);
	memcpy(copy, text, mend->safe);
	for (unsigned i = 0; i < mend->depth; i++)
		copy[mend->safe + i] = mend->closing[mend->depth - 1 - i];
	return copy;
}
