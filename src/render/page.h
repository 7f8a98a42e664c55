/* Inside the room: a diagnosis as pages for people show it, whatever they are written in. */
#ifndef RENDER_PAGE_H
#define RENDER_PAGE_H

#include "render/object.h"
#include "render/render.h"

#define PAGE_QUOTE_BYTES 1200 /* of a quoted text, and */
#define PAGE_QUOTE_LINES 12
#define PAGE_QUOTE_HEAD 4 /* of these, where the text has more, from its beginning, and */
#define PAGE_QUOTE_TAIL 7 /* from its end */
#define PAGE_TIMELINE_MAX 40 /* rows */
#define PAGE_TESTS_MAX 50 /* of one incident */
#define PAGE_UNDIAGNOSED_MAX 50 /* different errors */
#define PAGE_EVIDENCE_MAX 200 /* rows */
#define PAGE_GAP (30 * WHEN_SECOND) /* without an event: shown as a gap */

/* What a page needs done to a text before its template sees it; each may be NULL: as it is. */
struct page_style {
	char *(*code)(TALLOC_CTX *mem, const char *text); /* names, for {{{name}}} */
	char *(*quote)(TALLOC_CTX *mem, const char *text); /* log text, for {{{quote}}} */
	char *(*rich)(TALLOC_CTX *mem, const char *text); /* texts of rules, for {{{..._rich}}} */
	char *(*plain)(TALLOC_CTX *mem, const char *text); /* values of the front matter */
};

/* Parts of a page; MEM is for scratch, the trees own all their texts. */
struct page {
	TALLOC_CTX *mem;
	const struct page_style *style;
	const struct diagnosis *diagnosis;
	const struct render_options *options;
};

/* To be freed with cJSON_Delete. What lists leave out is counted in "..._left_out". */
cJSON *page_of(const struct page *page);
void page_incident(const struct page *page, cJSON *row, const struct incident *incident);
/* What no rule explains, grouped by the error: "undiagnosed" and what is said of it in words. */
void page_unknowns(const struct page *page, cJSON *root);
/* Of each failure that no rule explains the first one that it is told with, maybe itself. */
size_t *page_leaders(TALLOC_CTX *mem, const struct diagnosis *diagnosis);
void page_scan(const struct page *page, cJSON *root);
/* Events of the incident by time, with the gaps between them. */
void page_timeline(const struct page *page, cJSON *row, const struct incident *incident);

/* The chain as a picture in Mermaid's language: causes and what each rests on. NULL: no chain. */
char *page_mermaid(TALLOC_CTX *mem, const struct incident *incident);

/* One why of a chain, and all of them; offsets are told from REFERENCE. */
void page_why(const struct page *page, cJSON *row, const struct why *why, int64_t reference);
void page_whys(
	const struct page *page, cJSON *object, const struct incident *incident, int64_t reference);
/* "E1, E2 and 3 more"; "" where there are none. */
const char *page_marks(TALLOC_CTX *mem, struct evidence *const *evidence, size_t count);

/* Helpers: a name as code, a rule's text plain and rich, a list with a "has_" flag beside it. */
void page_code(const struct page *page, cJSON *object, const char *key, const char *text);
void page_rich(const struct page *page, cJSON *object, const char *key, const char *text);
/* A text as a sentence of its own: a capital letter at the beginning, a full stop at the end. */
void page_sentence(const struct page *page, cJSON *object, const char *key, const char *text);
/* TEXT with a full stop, unless it has one: owned by MEM. */
char *page_stop(TALLOC_CTX *mem, const char *text);
void page_has(cJSON *object, const char *key);
/* How much of a list of COUNT is shown, at most MAXIMUM; the rest is KEY, a number. */
size_t page_limit(cJSON *object, const char *key, size_t count, size_t maximum);
/* One row of evidence; times are told from REFERENCE. */
void page_evidence(
	const struct page *page, cJSON *row, const struct evidence *evidence, int64_t reference);
/* TIME of SOURCE in UTC: of a transcript without a zone, moved by what the clocks are apart. */
int64_t page_time(
	const struct diagnosis *diagnosis, const struct source_info *source, int64_t time);
/* The moment of the failure, from which offsets are told; TIME_NONE: there is none. */
int64_t page_reference(const struct incident *incident);
/* "1 test", "3 tests": owned by MEM. */
char *page_plural(TALLOC_CTX *mem, uint64_t count, const char *noun);

#endif
