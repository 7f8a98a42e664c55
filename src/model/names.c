/* The names of enumerations, as reports and rule files spell them. */
#include "model/model.h"

#include <string.h>
#include <strings.h>

static const char *const severities[SEVERITY_COUNT] = {
	"DEFAULT",
	"DEBUG",
	"INFO",
	"NOTICE",
	"WARNING",
	"ERROR",
	"CRITICAL",
	"ALERT",
	"EMERGENCY",
};

static const struct {
	const char *name;
	enum severity severity;
} spellings[] = {
	{ "D", SEVERITY_DEBUG },
	{ "TRACE", SEVERITY_DEBUG },
	{ "FINE", SEVERITY_DEBUG },
	{ "I", SEVERITY_INFO },
	{ "INFORMATION", SEVERITY_INFO },
	{ "SUCCESS", SEVERITY_INFO },
	{ "W", SEVERITY_WARNING },
	{ "WARN", SEVERITY_WARNING },
	{ "E", SEVERITY_ERROR },
	{ "ERR", SEVERITY_ERROR },
	{ "SEVERE", SEVERITY_ERROR },
	{ "F", SEVERITY_CRITICAL },
	{ "FATAL", SEVERITY_CRITICAL },
	{ "CRIT", SEVERITY_CRITICAL },
	{ "C", SEVERITY_CRITICAL },
	{ "PANIC", SEVERITY_ALERT },
	{ "EMERG", SEVERITY_EMERGENCY },
	/* the numbers of google.logging.type.LogSeverity */
	{ "0", SEVERITY_DEFAULT },
	{ "100", SEVERITY_DEBUG },
	{ "200", SEVERITY_INFO },
	{ "300", SEVERITY_NOTICE },
	{ "400", SEVERITY_WARNING },
	{ "500", SEVERITY_ERROR },
	{ "600", SEVERITY_CRITICAL },
	{ "700", SEVERITY_ALERT },
	{ "800", SEVERITY_EMERGENCY },
};

const char *severity_name(enum severity severity)
{
	return severity < SEVERITY_COUNT ? severities[severity] : severities[SEVERITY_DEFAULT];
}

static bool is(const char *name, const char *text, size_t length)
{
	return strlen(name) == length && strncasecmp(name, text, length) == 0;
}

enum severity severity_parse(const char *text, size_t length)
{
	for (size_t i = 0; i < SEVERITY_COUNT; i++)
		if (is(severities[i], text, length))
			return (enum severity)i;
	for (size_t i = 0; i < sizeof(spellings) / sizeof(spellings[0]); i++)
		if (is(spellings[i].name, text, length))
			return spellings[i].severity;
	return SEVERITY_COUNT;
}

const char *outcome_name(enum outcome outcome)
{
	static const char *const names[OUTCOME_COUNT] = { "none", "passed", "skipped", "failed",
		"error" };

	return outcome < OUTCOME_COUNT ? names[outcome] : names[OUTCOME_NONE];
}

const char *cause_kind_name(enum cause_kind kind)
{
	static const char *const names[] = { "symptom", "cause", "root" };

	return names[kind];
}

const char *cause_severity_name(enum cause_severity rating)
{
	static const char *const names[] = { "low", "medium", "high", "critical" };

	return names[rating];
}

const char *basis_name(enum basis basis)
{
	static const char *const names[] = { "observed", "absent", "asserted", "hypothesis" };

	return names[basis];
}

const char *verdict_name(enum verdict verdict)
{
	static const char *const names[] = { "CONFIRMED", "LIKELY", "POSSIBLE", "INCONCLUSIVE",
		"UNDIAGNOSED" };

	return names[verdict];
}

const char *incident_state_name(enum incident_state state)
{
	static const char *const names[STATE_COUNT] = { "new", "persisting", "fixed", "regressed",
		"flaky", "not reached" };

	return names[state];
}

bool incident_state_known(const char *name)
{
	for (enum incident_state state = 0; state < STATE_COUNT; state++)
		if (strcmp(incident_state_name(state), name) == 0)
			return true;
	return false;
}
