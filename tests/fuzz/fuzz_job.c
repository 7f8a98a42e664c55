/* Any bytes as the log of a job: lines undressed, steps judged, errors ranked. */
#include <stdlib.h>
#include <string.h>

#include "reason/culprit.h"
#include "source/job/job.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void check_line(const char *line, size_t length)
{
	struct job_prefix prefix;
	size_t taken = job_prefix(line, length, &prefix);
	const char *text = line + taken;
	size_t left = length - taken;
	enum job_kind kind;

	if (taken > length || strlen(prefix.name) >= JOB_NAME)
		abort();
	kind = job_marks(&text, &left);
	if (text < line || text + left != line + length)
		abort();
	job_verdict(text, left, kind);
}

/* Each line in a block of its own, so that what reads on is found. */
static void check_lines(const char *text, size_t length)
{
	while (length > 0) {
		const char *newline = memchr(text, '\n', length);
		size_t size = newline != NULL ? (size_t)(newline - text) : length;
		char *line = mem_strndup(NULL, text, size);

		check_line(line, size);
		talloc_free(line);
		text += size;
		length -= size;
		if (length > 0) {
			text++;
			length--;
		}
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	static const char mark[] = "##[group]Run x\n##[endgroup]\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	char *log = mem_array(mem, char, sizeof(mark) + length);
	struct culprits *culprits = culprits_new(mem);
	struct source *source;
	struct entry entry;
	struct err err;

	memcpy(log, mark, sizeof(mark) - 1);
	if (length > 0)
		memcpy(log + sizeof(mark) - 1, bytes, length);
	check_lines(log, sizeof(mark) - 1 + length);
	if (source_open_text(mem, "x", log, sizeof(mark) - 1 + length, NULL, &source, &err) < 0)
		abort();
	while (source_next(source, &entry, &err) > 0) {
		if (entry.test == NULL || strlen(entry.text) != entry.text_len)
			abort();
		culprits_observe(culprits, &entry);
		if (entry.test->step && culprits_of(culprits, entry.test).count > CULPRIT_LINES)
			abort();
	}
	talloc_free(mem);
	return 0;
}
