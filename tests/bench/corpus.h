/* What benchmarks read, made from a seed: the same on every machine. */
#ifndef BENCH_CORPUS_H
#define BENCH_CORPUS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

/* Numbers that depend on SEED only, and of which the first already differ for seeds that do not. */
struct dice {
	uint64_t state;
};
struct dice dice_of(uint64_t seed);
uint64_t dice_next(struct dice *dice);
/* From 0 up to, not including, SIDES. */
unsigned dice_roll(struct dice *dice, unsigned sides);

/* A line that is put together piece by piece. */
struct text {
	char bytes[8192];
	size_t length;
};
void text_add(struct text *text, const char *format, ...) __attribute__((format(printf, 2, 3)));

/*
 * Cloud Logging entries of about 1 KB as Cloud Run services write them. With FAILED, a service dies
 * at four starts, for want of a module, while the tests of corpus_transcript call it.
 */
void corpus_log(uint64_t count, bool failed); /* one a line, oldest first */
void corpus_array(uint64_t count, bool failed); /* as gcloud prints them: indented, newest first */

void corpus_transcript(uint64_t tests); /* console output of pytest; the last ones fail */
void corpus_junit(uint64_t tests); /* one in thirty fails */

/*
 * Signatures. 'r': foreign to the log. 'n': they nearly match it, by words that it has in another
 * order, or by a beginning that it has with an end that never follows. Of both a few do match.
 */
void corpus_rules(char family, uint64_t count); /* as a file of rules with examples */
void corpus_patterns(char family, uint64_t count); /* the same signatures for rg -f */

#endif
