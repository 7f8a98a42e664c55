/* Secrets out of texts. */
#include "source/source.h"

struct redactor {
	uint64_t total;
};

struct redactor *redactor_new(TALLOC_CTX *mem)
{
	return mem_new(mem, struct redactor);
}

const char *redactor_apply(struct redactor *redactor, const char *text, size_t length,
	size_t *out_length, uint64_t *count)
{
	*count += redactor->total;
	*out_length = length;
	return text;
}
