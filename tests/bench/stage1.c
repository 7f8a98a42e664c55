/*
 * Stage 1 by itself: entries of about 1 KB against growing sets of rules, in one run, so that the
 * figures may be compared with each other. Usage: stage1 [MEGABYTES]
 */
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "match/match.h"

#define ENTRIES 4096 /* kept in memory: more than the nearest caches hold */
#define ENTRY_BYTES 1024

static const char *const words[] = { "request", "handled", "connection", "timeout", "session",
	"worker", "pipeline", "message", "database", "received", "started", "user", "token",
	"response", "status", "error", "warning", "retry", "attempt", "after", "before", "closed",
	"opened", "query", "result", "in", "the", "for", "with", "to", "from", "GET", "POST", "200",
	"404", "500", "ms", "trace", "span", "2025-09-16T01:43:05.967Z", "INFO", "ERROR",
	"10.0.0.17", "example.com", "/api/v1/items", "pod-7f9c", "latency", "bytes", "cache" };
#define WORDS (sizeof(words) / sizeof(words[0]))

static uint64_t seed = 88172645463325252U;

/* Source: Marsaglia, "Xorshift RNGs", 2003. */
static uint64_t random_next(void)
{
	seed ^= seed << 13;
	seed ^= seed >> 7;
	seed ^= seed << 17;
	return seed;
}

static void make_entry(char *text)
{
	size_t length = 0;

	while (length + 40 < ENTRY_BYTES) {
		const char *word = words[random_next() % WORDS];

		length += (size_t)sprintf(text + length, "%s ", word);
		if (random_next() % 6 == 0)
			length += (size_t)sprintf(
				text + length, "id=%llx ", (unsigned long long)random_next() >> 24);
	}
}

/* A word that no entry has; NEAR: one that begins with words that many have. */
static void make_literal(char *text, bool near)
{
	char *end = text;

	if (near)
		end += sprintf(
			end, "%s %s ", words[random_next() % WORDS], words[random_next() % WORDS]);
	for (int i = 0; i < 12; i++)
		*end++ = (char)('a' + random_next() % 26);
	*end = '\0';
}

static char *make_rules(TALLOC_CTX *mem, size_t count, bool near)
{
	char *text = mem_strdup(mem, "version: 1\ncauses:\n");
	char literal[80], second[80];

	for (size_t i = 0; i < count; i++) {
		make_literal(literal, near);
		make_literal(second, near);
		text = mem_check(talloc_asprintf_append_buffer(text,
			"  - {id: bench.n%zu, title: T, kind: cause, layer: bench, severity: low, "
			"why: W, when: {match: {%s: '%s%s%s'}}}\n",
			i, i % 2 == 0 ? "literal" : "regex", literal, i % 2 == 0 ? "" : ".*",
			i % 2 == 0 ? "" : second));
	}
	return text;
}

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static void measure(char (*entries)[ENTRY_BYTES], size_t megabytes, size_t count, bool near)
{
	struct source_info info = { .name = "bench" };
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	char *text = make_rules(mem, count, near);
	struct rule_problems problems;
	struct rules *rules;
	struct matcher *matcher;
	struct err err = { 0 };
	double loaded, built, done, start = now();
	uint64_t bytes = 0, hits = 0, order = 0;

	if (rules_load_text(mem, "bench.yaml", text, strlen(text), &rules, &problems, &err) < 0) {
		fprintf(stderr, "%s\n", err.text);
		exit(2);
	}
	loaded = now();
	if (matcher_new(mem, rules, &matcher, &err) < 0)
		exit(2);
	built = now();
	while (bytes < megabytes << 20) {
		const char *line = entries[order % ENTRIES];
		struct entry entry = { .time = (int64_t)order,
			.text = line,
			.text_len = strlen(line),
			.source = &info,
			.order = order + 1,
			.line = order + 1 };

		hits += matcher_scan(matcher, &entry);
		bytes += entry.text_len;
		order++;
	}
	done = now();
	printf("%-8s %6zu rules: load %8.2f ms, build %8.2f ms, scan %6.3f GB/s, %llu hits\n",
		near ? "near" : "foreign", count, (loaded - start) * 1e3, (built - loaded) * 1e3,
		(double)bytes / (done - built) / 1e9, (unsigned long long)hits);
	talloc_free(mem);
}

int main(int argc, char **argv)
{
	static const size_t counts[] = { 10, 100, 300, 1000, 10000 };
	size_t megabytes = argc > 1 ? strtoul(argv[1], NULL, 10) : 256;
	char(*entries)[ENTRY_BYTES] = malloc(sizeof(*entries) * ENTRIES);

	if (entries == NULL)
		return 3;
	for (size_t i = 0; i < ENTRIES; i++)
		make_entry(entries[i]);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		measure(entries, megabytes, counts[i], false);
	for (size_t i = 0; i < sizeof(counts) / sizeof(counts[0]); i++)
		measure(entries, megabytes, counts[i], true);
	free(entries);
	return 0;
}
