/*
 * Inside the room: SARIF 2.1.0 (OASIS standard of 27 March 2020), as far as GitHub code scanning
 * and viewers show it. Paths are relative to bases that have names and no address; there are no
 * columns and no times but those of entries.
 */
#ifndef RENDER_SARIF_H
#define RENDER_SARIF_H

#include "render/alert.h"
#include "render/page.h"

/* What GitHub shows, docs.github.com, "SARIF support for code scanning". */
#define SARIF_RESULTS_MAX 5000
#define SARIF_STEPS_MAX 1000 /* of the flow of one result */
#define SARIF_RELATED_MAX 100
#define SARIF_TAGS_MAX 10

int sarif_put(const struct page *page, FILE *out, struct err *err);

/* The rules of alerts, each once, by id. */
struct sarif_rule {
	const char *id;
	const struct cause *cause; /* NULL: of what no rule explains */
};
struct sarif_rules {
	struct sarif_rule *items;
	size_t count;
};
/* Of the first COUNT alerts; owned by MEM. */
struct sarif_rules *sarif_rules_of(TALLOC_CTX *mem, const struct alerts *alerts, size_t count);
size_t sarif_rules_index(const struct sarif_rules *rules, const char *id);
void sarif_rules_put(TALLOC_CTX *mem, cJSON *driver, const struct sarif_rules *rules);

/* "error", "warning", "note". */
const char *sarif_level(enum alert_level level);
/* {"text": TEXT} at KEY; what would be a link in a message (section 3.11.6) is none. */
void sarif_message(TALLOC_CTX *mem, cJSON *object, const char *key, const char *text);
/* A path as a relative reference (RFC 3986). */
char *sarif_uri(TALLOC_CTX *mem, const char *path);
/* One result; INDEX is that of its rule. */
void sarif_result_put(const struct page *page, cJSON *row, const struct alert *alert, size_t index);

#endif
