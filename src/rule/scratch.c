/* Blocks that are used up from their beginning. */
#include "rule/scratch.h"

#include <string.h>

#define BLOCK 8192 /* bytes that most patterns need less than */
#define UNIT sizeof(max_align_t)
#define FIRST 4 /* elements of an array that begins to grow */

struct scratch {
	char *room; /* LEFT bytes of it are free */
	size_t left;
};

struct scratch *rule_scratch_new(TALLOC_CTX *mem)
{
	return mem_new(mem, struct scratch);
}

void *rule_scratch_take(struct scratch *scratch, size_t size)
{
	void *taken;

	size = (size + UNIT - 1) / UNIT * UNIT;
	if (size > scratch->left) {
		scratch->left = size > BLOCK ? size : BLOCK;
		scratch->room = mem_check(talloc_size(scratch, scratch->left));
	}
	taken = memset(scratch->room, 0, size);
	scratch->room += size;
	scratch->left -= size;
	return taken;
}

void *rule_scratch_grow(struct scratch *scratch, void *array, size_t count, size_t size)
{
	void *grown;

	/* it is full where it has FIRST elements, or twice as many, and so on */
	if (count > 0 && (count < FIRST || (count & (count - 1)) != 0))
		return array;
	grown = rule_scratch_take(scratch, (count == 0 ? FIRST : 2 * count) * size);
	if (count > 0)
		memcpy(grown, array, count * size);
	return grown;
}

char *rule_scratch_text(struct scratch *scratch, const char *text)
{
	size_t size = strlen(text) + 1;

	return memcpy(rule_scratch_take(scratch, size), text, size);
}
