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

static int set_quota(struct standin *standin, const char *text, struct err *err)
{
	uint64_t value;

	if (number(text, &value, err) < 0)
		return -1;
	quota_limit(standin->quota, (unsigned)value);
	return 0;
}

static int set_revoke(struct standin *standin, const char *text, struct err *err)
{
	(void)text;
	(void)err;
	tokens_revoke(standin->tokens);
	return 0;
}

/* Members of struct standin_settings are set by their place in it. */
#define PLACE(member) offsetof(struct standin_settings, member)

enum setting_type {
	SETTING_NUMBER, /* uint64_t */
	SETTING_SWITCH, /* bool */
	SETTING_TEXT, /* "" is NULL */
	SETTING_OTHER, /* what has its own way */
};

static const struct setting {
	const char *name;
	enum setting_type type;
	size_t place;
	int (*set)(struct standin *, const char *, struct err *);
} settings[] = {
	{ "advance", SETTING_OTHER, 0, set_advance },
	{ "clock", SETTING_OTHER, 0, set_clock },
	{ "denied", SETTING_TEXT, PLACE(denied), NULL },
	{ "disabled", SETTING_TEXT, PLACE(disabled), NULL },
	{ "expiry-text", SETTING_SWITCH, PLACE(expiry_is_text), NULL },
	{ "forbidden", SETTING_SWITCH, PLACE(is_forbidden), NULL },
	{ "now", SETTING_OTHER, 0, set_now },
	{ "open", SETTING_SWITCH, PLACE(is_open), NULL },
	{ "page-limit", SETTING_NUMBER, PLACE(page_limit), NULL },
	{ "quota", SETTING_OTHER, 0, set_quota },
	{ "rapt", SETTING_TEXT, PLACE(rapt), NULL },
	{ "revoke", SETTING_OTHER, 0, set_revoke },
	{ "scan", SETTING_NUMBER, PLACE(scan), NULL },
	{ "token-seconds", SETTING_NUMBER, PLACE(token_seconds), NULL },
	{ "universe", SETTING_TEXT, PLACE(universe), NULL },
	{ "vm-scopes", SETTING_TEXT, PLACE(vm_scopes), NULL },
};

static int set(
	struct standin *standin, const struct setting *setting, const char *text, struct err *err)
{
	void *place = (char *)&standin->settings + setting->place;
	uint64_t value;

	if (setting->type == SETTING_OTHER)
		return setting->set(standin, text, err);
	if (setting->type == SETTING_TEXT) {
		*(const char **)place = text[0] == '\0' ? NULL : mem_strdup(standin, text);
		return 0;
	}
	if (number(text, &value, err) < 0)
		return -1;
	if (setting->type == SETTING_NUMBER)
		*(uint64_t *)place = value;
	else
		*(bool *)place = value != 0;
	return 0;
}

int settings_set(struct standin *standin, const char *name, const char *text, struct err *err)
{
	for (size_t i = 0; i < sizeof(settings) / sizeof(settings[0]); i++)
		if (strcmp(settings[i].name, name) == 0)
			return set(standin, &settings[i], text, err) < 0 ? err_wrap(err, "%s", name)
									 : 0;
	return err_set(err, ERR_USAGE, "no such setting: %s", name);
}
