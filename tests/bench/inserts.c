/*
 * How fast entries are kept: inserts [ENTRIES [PATH]]. Without a path the store is private.
 * Prints phases and their seconds; not a test, as it depends on the machine.
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "store/store.h"

#define MESSAGE_SIZE 200

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void fill(struct entry *entry, uint64_t number, bool with_insert_id)
{
	static char insert_id[32], trace[40], text[MESSAGE_SIZE], revision[32];

	snprintf(insert_id, sizeof(insert_id), "68c8c0a9%016llx",
		(unsigned long long)number * 2654435761U);
	snprintf(trace, sizeof(trace), "%032llx", (unsigned long long)number / 5);
	snprintf(revision, sizeof(revision), "shop-%05llu", (unsigned long long)number % 3);
	memset(text, 'x', sizeof(text) - 1);
	snprintf(text, sizeof(text), "request %llu", (unsigned long long)number);
	text[strlen(text)] = ' ';
	entry->time = INT64_C(1758000000) * WHEN_SECOND + (int64_t)number * 1000000;
	entry->severity = number % 7 == 0 ? SEVERITY_ERROR : SEVERITY_INFO;
	entry->line = number;
	entry->insert_id = with_insert_id ? insert_id : NULL;
	entry->log = number % 2 == 0 ? "run.example.com/stderr" : "run.example.com/stdout";
	entry->service = "shop";
	entry->revision = revision;
	entry->instance = "00c1d2e3f4";
	entry->trace = trace;
	entry->text = text;
	entry->text_len = sizeof(text) - 1;
}

static int read_source(
	struct store *store, const char *name, uint64_t count, bool with_insert_id, struct err *err)
{
	struct source_info source = { .name = name, .format = "ndjson", .entries = count };
	double start = now();
	bool known_here;

	digest_of(name, strlen(name), source.sha256);
	if (store_source_begin(store, &source, err) < 0)
		return -1;
	for (uint64_t i = 1; i <= count; i++) {
		struct entry entry = { .source = &source };

		fill(&entry, i, with_insert_id);
		if (store_entry_add(store, &entry, &known_here, err) < 0)
			return -1;
	}
	if (store_source_end(store, &source, err) < 0)
		return -1;
	printf("%s: %.3f s, %.0f entries/s\n", name, now() - start,
		(double)count / (now() - start));
	return 0;
}

/* The same bytes a second time: what a repeated analysis costs. */
static int read_all(struct store *store, uint64_t count, struct err *err)
{
	if (read_source(store, "with insertId", count, true, err) < 0 ||
		read_source(store, "without insertId", count, false, err) < 0)
		return -1;
	printf("again:\n");
	if (read_source(store, "with insertId", count, true, err) < 0)
		return -1;
	return read_source(store, "without insertId", count, false, err);
}

int main(int argc, char **argv)
{
	uint64_t count = argc > 1 ? strtoull(argv[1], NULL, 10) : 100000;
	struct store *store = NULL;
	double start = now();
	struct err err = { 0 };

	if (store_open(NULL, argc > 2 ? argv[2] : NULL, &store, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		return 3;
	}
	printf("open: %.4f s\n", now() - start);
	if (read_all(store, count, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		return 3;
	}
	start = now();
	talloc_free(store);
	printf("close: %.4f s\n", now() - start);
	return 0;
}
