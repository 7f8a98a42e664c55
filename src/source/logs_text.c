/* Lines without times: each is an entry, a Python traceback is one. */
#include "source/logs.h"

static int recognise(const char *sample, size_t length)
{
	(void)sample;
	return length > 0 ? 1 : 0;
}

static int next(struct source *source, struct entry *out, struct err *err)
{
	size_t length;
	uint64_t number;
	char *line;
	int result;

	do
		result = reader_line(source->reader, &line, &length, &number, err);
	while (result > 0 && length == 0);
	if (result <= 0)
		return result;
	out->line = number;
	source_set_text(source, out, line, length);
	return 1;
}

const struct format logs_text = { "text", recognise, NULL, next };
