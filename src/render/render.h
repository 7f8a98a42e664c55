/* Rendering: a diagnosis to pages, from templates. */
#ifndef RENDER_H
#define RENDER_H

#include <cjson/cJSON.h>

#include "model/model.h"
#include "reason/reason.h"
#include "store/store.h"

enum render_format {
	RENDER_TEXT,
	RENDER_MARKDOWN,
	RENDER_HTML,
	RENDER_JSON,
	RENDER_SARIF,
	RENDER_JUNIT,
	RENDER_CODEQUALITY,
	RENDER_GITHUB,
	RENDER_FORMAT_COUNT,
};
#define RENDER_FORMATS "text, md, html, json, sarif, junit, codequality or github"

struct render_options {
	const char *const *folders; /* where templates are looked for, in order; NULL-terminated */
	bool colour; /* of RENDER_TEXT */
	unsigned width; /* of RENDER_TEXT, in columns; 0: 80 */
	bool mermaid; /* a picture in RENDER_MARKDOWN */
	const char *command; /* for "reproduce": the command line, as the user may type it */
	const char *report; /* a file with the whole report, for RENDER_JUNIT; NULL: none */
	const char *repository; /* URL of what was tested, for RENDER_SARIF; NULL: not known */
};

/* One of RENDER_FORMATS; RENDER_FORMAT_COUNT: none. */
enum render_format render_format_named(const char *name);
/* By the longest known ending of a file's name; RENDER_FORMAT_COUNT: unknown. */
enum render_format render_format_of(const char *path);
const char *render_format_name(enum render_format format);

/*
 * The page, valid UTF-8, owned by MEM, *LENGTH bytes. The same diagnosis and options give the
 * same bytes. Fails with ERR_RULE for a template's fault (file and line), ERR_NOT_FOUND without it.
 */
int render(TALLOC_CTX *mem, const struct diagnosis *diagnosis, enum render_format format,
	const struct render_options *options, char **out, size_t *length, struct err *err);

/*
 * Annotations of GitHub Actions, a line each, at most LIMIT errors, LIMIT warnings and LIMIT
 * notices (LIMIT > 0): the last one of a kind says how many more there are. Owned by MEM.
 */
#define RENDER_GITHUB_MAX 10 /* a runner shows so many of a kind a step */
char *render_github(
	TALLOC_CTX *mem, const struct diagnosis *diagnosis, unsigned limit, size_t *length);

/*
 * The page as a tree, for a template in HTML or Markdown, as FORMAT says: what report.html and
 * report.md are made of. To be freed with cJSON_Delete.
 */
cJSON *render_tree(const struct diagnosis *diagnosis, enum render_format format,
	const struct render_options *options);

/*
 * A list of incidents as text, Markdown or JSON; MORE: there are more behind it. As render.
 */
int render_incidents(TALLOC_CTX *mem, const struct store_incident *items, size_t count, bool more,
	enum render_format format, const struct render_options *options, char **out, size_t *length,
	struct err *err);

/* What a search found, likewise. */
int render_matches(TALLOC_CTX *mem, const struct store_match *matches, size_t count, int64_t next,
	enum render_format format, const struct render_options *options, char **out, size_t *length,
	struct err *err);

/* What changed from BEFORE to AFTER, of which COMPARISON is made; text, Markdown or JSON. */
int render_comparison(TALLOC_CTX *mem, const struct run *before, const struct run *after,
	const struct comparison *comparison, enum render_format format,
	const struct render_options *options, char **out, size_t *length, struct err *err);

/* What COMPARISON and LOOP (NULL: nothing) say of a turn, in one line: "1 fixed; same cause: x.y". */
char *render_changes(TALLOC_CTX *mem, const struct comparison *comparison, const struct loop *loop);

/* A loop of fixing: its turns, in order, at least one. */
struct render_turns {
	struct diagnosis **items;
	size_t count, earlier; /* EARLIER: turns before these that are not told */
	const struct capability *capabilities; /* of the project */
	size_t capability_count;
};
/* What is achieved, what is left, and what to do next; text, Markdown or JSON. */
int render_progress(TALLOC_CTX *mem, const struct render_turns *turns, enum render_format format,
	const struct render_options *options, char **out, size_t *length, struct err *err);

/* Figures over the history, as FILTER chose them; text, Markdown or JSON. */
int render_stats(TALLOC_CTX *mem, const struct store_stats *stats,
	const struct store_incident_filter *filter, enum render_format format,
	const struct render_options *options, char **out, size_t *length, struct err *err);

/*
 * Why a cause was found in RUN or not, as text of WIDTH columns (0: 100) or as JSON, owned by MEM.
 * Log text in it is escaped as on every page.
 */
char *render_explanation(TALLOC_CTX *mem, const struct explanation *explanation,
	const struct run *run, unsigned width);
char *render_explanation_json(
	TALLOC_CTX *mem, const struct explanation *explanation, const struct run *run);

/* What pages of other rooms are made with. */
#include "render/history.h"
#include "render/html.h"
#include "render/object.h"
#include "render/sheet.h"
#include "render/title.h"

#endif
