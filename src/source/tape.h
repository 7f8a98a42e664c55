/*
 * The members of an entry as the cutter saw them go by, so that what was looked at once to find the
 * end of the entry is not looked at again to take it apart.
 */
#ifndef SOURCE_TAPE_H
#define SOURCE_TAPE_H

#include "source/fields_text.h"

/* A member whose key means something; offsets are those in the input. */
struct tape_item {
	uint64_t object; /* where the object begins whose member it is */
	uint64_t value, end; /* from behind the colon to behind the value */
	enum name name;
	unsigned rank;
};

/* The items of an entry, in their order, those of the objects in it too. */
struct tape {
	const struct tape_item *items;
	size_t count;
	const char *text; /* where the byte at offset BASE is */
	uint64_t base;
};

/* The same as fields_text_members of OBJECT, which must be the entry or in it. */
void tape_members(const struct tape *tape, struct json object, struct members *members);

#endif
