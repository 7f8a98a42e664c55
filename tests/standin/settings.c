/* What can be set, by options at the start and by tests later. */
#include <stdlib.h>
#include <string.h>

#include "standin/quota.h"
#include "standin/standin.h"

static int number(const char *text, uint64_t *out, struct err *err)
{
	char *end;

	*out = strtoull(text, &end, 10);
	if (*end != '\0' || end == text || text[0] == '-')
		return err_set(err, ERR_USAGE, "not a number: %s", text);
	return 0;
}

static int set_advance(struct standin *standin, const char *text, struct err *err)
{
	uint64_t seconds;

	if (number(text, &seconds, err) < 0)
		return -1;
	clock_set(&standin->clock, clock_now(&standin->clock) + (int64_t)seconds * WHEN_SECOND);
	return 0;
}

static int set_clock(struct standin *standin, const char *text, struct err *err)
{
	if (strcmp(text, "halt") == 0)
		clock_halt(&standin->clock);
	else if (strcmp(text, "run") == 0)
		clock_run(&standin->clock);
	else
		return err_set(err, ERR_USAGE, "\"halt\" or \"run\"");
	return 0;
}

static int set_now(struct standin *standin, const char *text, struct err *err)
{
	int64_t time;

	if (when_parse(text, strlen(text), &time, NULL) != strlen(text))
		return err_set(err, ERR_USAGE, "not a time: %s", text);
	clock_set(&standin->clock, time);
	return 0;
}

static int set_open(struct standin *standin, const char *text, struct err *err)
{
	uint64_t value;

	if (number(text, &value, err) < 0)
		return -1;
	standin->settings.is_open = value != 0;
	return 0;
}

static int set_page_limit(struct standin *standin, const char *text, struct err *err)
{
	return number(text, &standin->settings.page_limit, err);
}

static int set_quota(struct standin *standin, const char *text, struct err *err)
{
	uint64_t value;

	if (number(text, &value, err) < 0)
		return -1;
	quota_limit(standin->quota, (unsigned)value);
	return 0;
}

static int set_scan(struct standin *standin, const char *text, struct err *err)
{
	return number(text, &standin->settings.scan, err);
}

static const struct {
	const char *name;
	int (*set)(struct standin *, const char *, struct err *);
} settings[] = {
	{ "advance", set_advance },
	{ "clock", set_clock },
	{ "now", set_now },
	{ "open", set_open },
	{ "page-limit", set_page_limit },
	{ "quota", set_quota },
	{ "scan", set_scan },
};

int settings_set(struct standin *standin, const char *name, const char *text, struct err *err)
{
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		if (strcmp(settings[i].name, name) == 0)
			return settings[i].set(standin, text, err) < 0 ? err_wrap(err, "%s", name)
								       : 0;
	return err_set(err, ERR_USAGE, "no such setting: %s", name);
}
