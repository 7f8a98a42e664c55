/* Which logs of lines a sample shows: how many of its lines are JSON, how many bear a time. */
#include <string.h>

#include "source/json.h"
#include "source/logs.h"
#include "source/stamp.h"

#define LINES 200 /* that are looked at */

struct tally {
	unsigned lines, objects, timed; /* LINES: that are not empty or indented */
	unsigned entries; /* objects that bear a time */
	unsigned first_timed; /* number of the first line with a time, from 1; 0: none */
};

static bool is_object(const char *line, size_t length)
{
	struct json value;

	return length > 2 && line[0] == '{' && json_value(line, length, &value) &&
	       value.length + 2 > length;
}

/* A time at the top: the object is an entry, and no wrapper of entries. */
static bool bears_time(const char *line, size_t length)
{
	static const char *const names[] = { "timestamp", "time", "ts", "@timestamp", "datetime",
		"creationTimestamp" };
	struct json object, key, value;
	size_t at = 0;

	if (!json_value(line, length, &object))
		return false;
	while (json_member(object, &at, &key, &value) > 0)
		for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
			if (key.length == strlen(names[i]) &&
				memcmp(key.text, names[i], key.length) == 0)
				return true;
	return false;
}

static void look_at(struct tally *tally, struct stamps *stamps, const char *line, size_t length)
{
	struct stamp stamp;

	if (length == 0 || line[0] == ' ' || line[0] == '\t' || line[0] == '\r')
		return;
	tally->lines++;
	if (is_object(line, length)) {
		tally->objects++;
		tally->entries += bears_time(line, length);
	} else if (stamps_find(stamps, line, length, &stamp)) {
		tally->timed++;
		if (tally->first_timed == 0)
			tally->first_timed = tally->lines;
	}
}

static struct tally count(const char *sample, size_t length)
{
	const struct source_options options = { 0 };
	struct stamps *stamps = stamps_new(NULL, &options, TIME_NONE);
	const char *end = sample + length;
	struct tally tally = { 0 };

	while (sample < end && tally.lines < LINES) {
		const char *newline = memchr(sample, '\n', (size_t)(end - sample));

		/* the last line of the sample may be cut, unless it is the only one */
		if (newline == NULL && length == FORMAT_SAMPLE && tally.lines > 0)
			break;
		if (newline == NULL)
			newline = end;
		look_at(&tally, stamps, sample, (size_t)(newline - sample));
		sample = newline + (newline < end);
	}
	talloc_free(stamps);
	return tally;
}

int logs_sample_ndjson(const char *sample, size_t length)
{
	struct tally tally = count(sample, length);

	if (tally.objects == 0 || tally.objects < tally.timed || 4 * tally.objects < tally.lines ||
		sample[0] == '[')
		return 0;
	/* a single object may as well be a wrapper of many entries: that is for others */
	return tally.objects == 1 && tally.lines == 1 && tally.entries == 0 ? 4 : 60;
}

int logs_sample_plain(const char *sample, size_t length)
{
	struct tally tally = count(sample, length);

	if (tally.timed == 0)
		return 0;
	if (2 * tally.timed >= tally.lines)
		return 60;
	/* few times: entries of many lines, if a time comes early; else a text that mentions one */
	return tally.first_timed <= 3 || 8 * tally.timed >= tally.lines ? 45 : 0;
}
