/* Times and durations as they are typed. */
#include "cmd/live.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#define PADDING (120 * WHEN_SECOND)
#define RATE_MAX 6000 /* requests a minute */

struct live_options live_defaults(void)
{
	return (struct live_options){ .from = TIME_NONE,
		.to = TIME_NONE,
		.began = TIME_NONE,
		.ended = TIME_NONE,
		.padding = PADDING };
}

static int take_time(const char *name, const char *value, int64_t *out, struct err *err)
{
	size_t length = strlen(value);

	if (length == 0 || when_parse(value, length, out, NULL) != length)
		return err_set(err, ERR_USAGE,
			"--%s is a time such as 2026-01-31T08:00:00Z (UTC where it bears no zone), "
			"not \"%s\"",
			name, value);
	return 0;
}

static int take_duration(const char *name, const char *value, int64_t *out, struct err *err)
{
	if (when_parse_duration(value, out) < 0 || *out < 0)
		return err_set(err, ERR_USAGE,
			"--%s is a duration such as 90m or 1h30m, not \"%s\"", name, value);
	return 0;
}

static int take_rate(const char *value, unsigned *out, struct err *err)
{
	char *end;
	unsigned long rate = strtoul(value, &end, 10);

	if (*value < '0' || *value > '9' || *end != '\0' || rate == 0 || rate > RATE_MAX)
		return err_set(err, ERR_USAGE, "--rate is requests a minute, 1 to %d, not \"%s\"",
			RATE_MAX, value);
	*out = (unsigned)rate;
	return 0;
}

static bool take_text(struct live_options *live, const char *name, const char *value)
{
	const struct {
		const char *name;
		const char **text;
	} texts[] = {
		{ "project", &live->project },
		{ "service", &live->service },
		{ "filter", &live->filter },
	};

	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		if (strcmp(texts[i].name, name) == 0) {
			*texts[i].text = value;
			return true;
		}
	return false;
}

int live_option(struct live_options *live, const char *name, const char *value, struct err *err)
{
	int result = 0;

	if (take_text(live, name, value))
		return 1;
	if (strcmp(name, "from") == 0)
		result = take_time(name, value, &live->from, err);
	else if (strcmp(name, "to") == 0)
		result = take_time(name, value, &live->to, err);
	else if (strcmp(name, "since") == 0)
		result = take_duration(name, value, &live->since, err);
	else if (strcmp(name, "padding") == 0)
		result = take_duration(name, value, &live->padding, err);
	else if (strcmp(name, "rate") == 0)
		result = take_rate(value, &live->per_minute, err);
	else if (strcmp(name, "offline") == 0)
		live->offline = true;
	else if (strcmp(name, "pushdown") == 0)
		live->pushdown = LIVE_PUSHDOWN_ALWAYS;
	else if (strcmp(name, "no-pushdown") == 0)
		live->pushdown = LIVE_PUSHDOWN_NEVER;
	else
		return 0;
	return result < 0 ? -1 : 1;
}
