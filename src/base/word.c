/* Words that people type: what was meant. */
#include "base/base.h"

#include <string.h>

#define WORD_LIMIT 40 /* longer words get no guesses */

static unsigned least(unsigned a, unsigned b, unsigned c)
{
	a = a < b ? a : b;
	return a < c ? a : c;
}

/* Letters to change, add, drop or swap to get from one word to the other. */
static unsigned distance(const char *left, const char *right)
{
	unsigned rows[3][WORD_LIMIT + 1];
	size_t width = strlen(right);

	for (unsigned j = 0; j <= width; j++)
		rows[0][j] = j;
	for (unsigned i = 1; left[i - 1] != '\0'; i++) {
		unsigned *row = rows[i % 3], *above = rows[(i - 1) % 3];

		row[0] = i;
		for (unsigned j = 1; j <= width; j++) {
			row[j] = least(above[j] + 1, row[j - 1] + 1,
				above[j - 1] + (left[i - 1] != right[j - 1]));
			if (i > 1 && j > 1 && left[i - 1] == right[j - 2] &&
				left[i - 2] == right[j - 1])
				row[j] = least(row[j], rows[(i - 2) % 3][j - 2] + 1, row[j]);
		}
	}
	return rows[strlen(left) % 3][width];
}

const char *word_nearest(const char *text, const char *(*next)(void *context), void *context)
{
	size_t length = strlen(text);
	unsigned best = length < 4 ? 2 : 3; /* one slip in a short name, two in a long one */
	const char *name, *found = NULL;

	if (length > WORD_LIMIT)
		return NULL;
	while ((name = next(context)) != NULL) {
		unsigned slips;

		if (strlen(name) > WORD_LIMIT)
			continue;
		slips = distance(text, name);
		if (slips < best) {
			best = slips;
			found = name;
		}
	}
	return found;
}
