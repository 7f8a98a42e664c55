/* By what the log of a job, or the console of a build that failed, is recognised. */
#include <string.h>

#include "source/job/job.h"
#include "source/transcript/transcript.h"

#define LINES 2000 /* that are looked at */
#define SERVICE 98 /* whatever else it shows is a part of the job */
#define BUILD 61 /* more than a log: its lines would bear times */
#define COMPILER 46 /* more than a few times in a text without */

struct look {
	unsigned lines, dated; /* DATED: begin with a time that no service alone writes */
	enum job_verdict verdict; /* the best one */
	bool service; /* something that only CI services write */
};

static bool begins_with_one(const char *text, size_t length, const char *const *words, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (line_begins(text, length, words[i]))
			return true;
	return false;
}

bool job_is_first_line(const char *text, size_t length)
{
	static const char *const words[] = { "Running with gitlab-runner ", "Started by user ",
		"Started by upstream project ", "Started by GitHub push by ",
		"Started by an SCM change", "Started by timer", "Worker information",
		"~~~ Preparing working directory", "Current runner version: '",
		"Agent machine name: '", "starting build \"" };

	return begins_with_one(text, length, words, sizeof(words) / sizeof(words[0]));
}

static bool is_sign(const char *text, size_t length)
{
	static const char *const words[] = { "[Pipeline] ", "Build system information",
		"#!/bin/bash -eo pipefail" };

	return job_is_first_line(text, length) ||
	       begins_with_one(text, length, words, sizeof(words) / sizeof(words[0]));
}

static bool is_of_service(enum job_kind kind)
{
	return kind == JOB_GROUP || kind == JOB_SECTION || kind == JOB_FOLD || kind == JOB_ERROR ||
	       kind == JOB_FOLD_END || kind == JOB_GROUP_END;
}

/* Colours stand before the words that are looked for. */
static size_t escape(const char *text, size_t length)
{
	size_t at = 0;

	while (at + 1 < length && text[at] == '\x1b' && text[at + 1] == '[') {
		for (at += 2; at < length && (text[at] < '@' || text[at] > '~');)
			at++;
		at += at < length;
	}
	return at;
}

/* "2026-01-31", "2026/01/31": what loggers begin a line with. */
static bool begins_with_date(const char *text, size_t length)
{
	for (size_t i = 0; i < 4; i++)
		if (length <= 10 || text[i] < '0' || text[i] > '9')
			return false;
	return (text[4] == '-' || text[4] == '/') && text[7] == text[4];
}

static void look_at(struct look *tally, const char *text, size_t length)
{
	struct job_prefix prefix;
	size_t taken = job_prefix(text, length, &prefix);
	enum job_kind kind;
	enum job_verdict verdict;
	const char *marked;

	text += taken;
	length -= taken;
	taken = escape(text, length);
	text += taken;
	length -= taken;
	if (length == 0)
		return;
	marked = text;
	kind = job_marks(&text, &length);
	tally->lines++;
	tally->service |= text != marked;
	tally->dated += prefix.time != TIME_NONE || begins_with_date(text, length);
	tally->service |= prefix.service || is_of_service(prefix.kind) || is_sign(text, length);
	verdict = job_verdict(text, length, kind);
	if (verdict > tally->verdict)
		tally->verdict = verdict;
}

int job_recognise(const char *sample, size_t length)
{
	struct look tally = { 0 };

	if (length > 0 && (sample[0] == '{' || sample[0] == '<'))
		return 0;
	for (size_t at = 0; at < length && tally.lines < LINES && !tally.service;) {
		const char *end = memchr(sample + at, '\n', length - at);
		size_t size = end == NULL ? length - at : (size_t)(end - sample) - at;
		size_t shown = size > 0 && sample[at + size - 1] == '\r' ? size - 1 : size;

		look_at(&tally, sample + at, shown);
		at += size + 1;
	}
	if (tally.service)
		return SERVICE;
	if (tally.verdict == JOB_NO_VERDICT)
		return 0;
	/* a log of a service may end with the words of the tool that started it */
	return tally.verdict == JOB_DIAGNOSED || 3 * tally.dated > 2 * tally.lines ? COMPILER
										   : BUILD;
}
