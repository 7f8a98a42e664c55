/* Results of runners as one JSON object, read whole: what all dialects share. */
#ifndef SOURCE_TRANSCRIPT_RESULTS_H
#define SOURCE_TRANSCRIPT_RESULTS_H

#include "source/transcript/transcript.h"
#include "source/transcript/value.h"

struct results;

struct results_dialect {
	const char *keys[4]; /* members that the object must have */
	const char *mentions[3]; /* one of these stands near its beginning; none: anything does */
	const char *list; /* the member whose elements are taken one after the other */
	void (*begin)(struct results *results); /* the object is there; may be NULL */
	void (*take)(struct results *results, struct json element);
	void (*end)(struct results *results); /* the elements are over; may be NULL */
};

struct results {
	struct source *source;
	struct queue *queue;
	struct json root;
	TALLOC_CTX *parts; /* of the element at hand; freed behind it */
	uint64_t retried; /* tests that passed only when they were run again */
	const struct test *placed; /* a frame told where it failed */
	bool printed; /* what is taken now was printed by the test */
	struct results_text *text; /* private to results.c */
};

/* How sure that an object of DIALECT is in SAMPLE; lines before it are no matter. */
int results_recognise(const char *sample, size_t length, const struct results_dialect *dialect);
/* To be called by the open and next functions of a dialect. */
int results_open(struct source *source, const struct results_dialect *dialect);
int results_next(struct source *source, struct entry *out, struct err *err);

/* Does the file have all of VALUE? What is cut off tells no outcome. */
bool results_is_whole(const struct results *results, struct json value);
/* The line of the file where VALUE begins. */
uint64_t results_line(const struct results *results, struct json value);
/* The test NAME, found or new, told by the object WHERE. */
struct test *results_test(struct results *results, const char *name, struct json where);
/* The file that TEST is written in, and the LINE there; a frame of its stack knows better. */
void results_place(struct results *results, struct test *test, const char *file, struct json line);
/* Yield the lines of a string: all stand in that line of the file where it does. */
void results_take(struct results *results, struct test *test, struct json string);
/* The same for what the test printed, which does not tell how it ended. */
void results_take_printed(struct results *results, struct test *test, struct json string);
/* The same, and the string without the frames of its stack is what failed. */
void results_take_message(struct results *results, struct test *test, struct json string);
/* The same of an error of this KIND: "KeyError: key not found". */
void results_take_error(
	struct results *results, struct test *test, const char *kind, struct json string);
/* Yield the member NAME of OBJECT as it is written, of no test: "startTime": 3. */
void results_take_member(
	struct results *results, struct json object, const char *name, int64_t time);
/* The runner's own figures; they add up where a file has several objects. */
void results_state(struct results *results, const struct counts *counts);

#endif
