/* JSON that is cut off: how far it is in order, and what would close it. */
#ifndef SOURCE_TRANSCRIPT_MEND_H
#define SOURCE_TRANSCRIPT_MEND_H

#include "source/source.h"

struct mend {
	size_t end; /* behind the object or array that begins the text; 0: it is cut off */
	size_t safe; /* what comes before is whole values, and beginnings of such */
	unsigned depth; /* brackets that are open at SAFE */
	char closing[SOURCE_NESTING_MAX + 1];
	bool deep; /* it is not cut off, but nested too deep to be read on */
};

/* Look through the text, which begins with a bracket. */
void mend_measure(const char *text, size_t length, struct mend *mend);
/* A copy of what is in order with its brackets closed: *LENGTH bytes and a NUL. Owned by MEM. */
char *mend_close(TALLOC_CTX *mem, const char *text, const struct mend *mend, size_t *length);

#endif
