/* Writes the input of a benchmark to standard output: corpus KIND COUNT. */
#include "corpus.h"

#include <errno.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

void text_add(struct text *text, const char *format, ...)
{
	size_t room = sizeof(text->bytes) - text->length;
	va_list arguments;
	int length;

	va_start(arguments, format);
	length = vsnprintf(text->bytes + text->length, room, format, arguments);
	va_end(arguments);
	if (length < 0 || (size_t)length >= room)
		abort();
	text->length += (size_t)length;
}

static void write_log(uint64_t count)
{
	corpus_log(count, false);
}

static void write_array(uint64_t count)
{
	corpus_array(count, false);
}

static void write_failed_log(uint64_t count)
{
	corpus_log(count, true);
}

static void write_failed_array(uint64_t count)
{
	corpus_array(count, true);
}

static void write_foreign_rules(uint64_t count)
{
	corpus_rules('r', count);
}

static void write_near_rules(uint64_t count)
{
	corpus_rules('n', count);
}

static void write_foreign_patterns(uint64_t count)
{
	corpus_patterns('r', count);
}

static void write_near_patterns(uint64_t count)
{
	corpus_patterns('n', count);
}

static const struct {
	const char *name;
	void (*write)(uint64_t count);
} kinds[] = {
	{ "log", write_log },
	{ "array", write_array },
	{ "failed-log", write_failed_log },
	{ "failed-array", write_failed_array },
	{ "transcript", corpus_transcript },
	{ "junit", corpus_junit },
	{ "rules-r", write_foreign_rules },
	{ "rules-n", write_near_rules },
	{ "patterns-r", write_foreign_patterns },
	{ "patterns-n", write_near_patterns },
};
#define KINDS (sizeof(kinds) / sizeof(kinds[0]))

static int usage(void)
{
	fprintf(stderr, "usage: corpus KIND COUNT, KIND being one of");
	for (size_t i = 0; i < KINDS; i++)
		fprintf(stderr, " %s", kinds[i].name);
	fprintf(stderr, "\n");
	return 2;
}

int main(int argc, char **argv)
{
	char *end;
	uint64_t count;

	if (argc != 3)
		return usage();
	count = strtoull(argv[2], &end, 10);
	if (end == argv[2] || *end != '\0')
		return usage();
	for (size_t i = 0; i < KINDS; i++) {
		if (strcmp(kinds[i].name, argv[1]) != 0)
			continue;
		kinds[i].write(count);
		if (fflush(stdout) == 0 && !ferror(stdout))
			return 0;
		fprintf(stderr, "corpus: %s\n", strerror(errno));
		return 3;
	}
	return usage();
}
