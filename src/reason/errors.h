/* Error lines as they go by: first and last of each test, and those that no rule knows. */
#ifndef REASON_ERRORS_H
#define REASON_ERRORS_H

#include "model/model.h"

struct errors;

struct test_errors {
	const struct entry *first, *newest; /* copies; the same one where there was only one */
	uint64_t count;
};

struct errors *errors_new(TALLOC_CTX *mem);
/* HITS: how many terms hit the entry. */
void errors_observe(struct errors *errors, const struct entry *entry, size_t hits);
/* An entry of no test that has the form of an error: see errors_pattern_is_form. */
void errors_observe_form(struct errors *errors, const struct entry *entry);
/* Those seen in the output of TEST itself, not of tests that are the same; NULL: none. */
const struct test_errors *errors_of(const struct errors *errors, const struct test *test);
size_t errors_pattern_count(const struct errors *errors);
const struct error_pattern *errors_pattern(const struct errors *errors, size_t index);
/* Is it known by its form alone? Then it is told of only where nothing else tells of a failure. */
bool errors_pattern_is_form(const struct errors *errors, size_t index);
/* Errors that were not counted, as there were too many different ones, or too many tests. */
uint64_t errors_passed_over(const struct errors *errors);

/* Does it tell an error, by its severity or its words? */
bool errors_is(const struct entry *entry);
/* The line of TEXT that tells the error best: the last that names one, else the first. */
const char *errors_line(const char *text, size_t length, size_t *line_length);

#endif
