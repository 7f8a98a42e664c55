/* Where something may begin that a rule knows: one pass that looks at every three bytes. */
#ifndef SOURCE_REDACT_TRIGGERS_H
#define SOURCE_REDACT_TRIGGERS_H

#include "source/redact_rules.h"

#include "base/base.h"

struct redact_trigger {
	const char *text;
	size_t length;
	size_t rule; /* its index */
	uint16_t next; /* number of another one with the same key, plus one */
};

struct redact_triggers;
struct redact_triggers *redact_triggers_new(
	TALLOC_CTX *mem, const struct redact_rule *rules, size_t count);
/* The first place of TEXT from AT on where a trigger may begin, or LENGTH. */
size_t redact_triggers_next(
	const struct redact_triggers *triggers, const char *text, size_t length, size_t at);
/* The next trigger after LAST (NULL: the first) that stands at AT, in the order of rules; or NULL. */
const struct redact_trigger *redact_triggers_at(const struct redact_triggers *triggers,
	const struct redact_trigger *last, const char *text, size_t length, size_t at);

#endif
