/* Parts of the parser of lines. */
#ifndef SOURCE_LINES_H
#define SOURCE_LINES_H

#include "source/draft.h"

/* An entry that is put together from lines. */
struct lines_entry {
	struct draft text;
	int64_t time;
	uint64_t line; /* of its first byte */
	unsigned lines;
	bool used, is_json;
	bool inherits; /* it has no time of its own: that of the entry before it is taken */
	bool partial; /* the runtime split the line, its rest follows */
};

void lines_swap(struct lines_entry *one, struct lines_entry *other);
/* Drop newlines at the end of TEXT; whether there were any. */
bool lines_trim(struct draft *text);
/* '"GET /path HTTP/1.1" 502' in the text of a web server: sets method, path, status, severity. */
void lines_request(TALLOC_CTX *mem, struct entry *out);

#endif
