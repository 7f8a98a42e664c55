/* Inside the room: one page while it is made, and what makes each kind. */
#ifndef WEB_VIEW_H
#define WEB_VIEW_H

#include "web/target.h"
#include "web/web.h"

#define VIEW_ROWS 50 /* of a list; the rest is behind a link */
#define VIEW_RUNS 30 /* that a strip or a spark line shows */
#define VIEW_NAME 128 /* bytes of a cause's id in a path */

struct web_site {
	struct web_options options;
	char *css, *icon;
};

struct view {
	TALLOC_CTX *mem; /* of the page; gone when it is sent */
	const struct web_site *site;
	struct target target;
	int64_t id, other; /* that the path has */
	const char *name; /* likewise */
	bool json;
	bool is_static; /* a file of an export: no query, no form */
	unsigned number; /* of this part of a list, in an export: from 1 */
	const char *title;
	const char *next; /* what "before" is of the next part of the list; NULL: there is none */
};

/*
 * A kind of page: fills *TREE, which is freed by the caller also where it fails. ERR_NOT_FOUND:
 * there is no such page; ERR_FORMAT: the query asks for none.
 */
typedef int view_fill(struct view *view, cJSON *tree, struct err *err);
view_fill web_home, web_causes, web_incidents, web_incident, web_runs, web_run, web_compare,
	web_rules, web_rule, web_search, web_progress, web_stats;
/* JSON that is a contract of its own; else it is the tree. */
typedef int view_json(struct view *view, char **out, size_t *length, struct err *err);
view_json web_incident_json, web_run_json;

/* What the query asks for: state, layer, service, test, cause, since, open. ERR_FORMAT. */
int filter_read(struct view *view, struct store_incident_filter *filter, struct err *err);
/* "filters", and in a server what the form of web-filter.html needs; ACTION is the page it asks for. */
int filter_form(struct view *view, cJSON *tree, const struct store_incident_filter *filter,
	const char *action, struct err *err);
/* A row of a list of incidents. */
void view_incident_row(struct view *view, cJSON *list, const struct store_incident *item);
/* A run as a row, with a bar of its tests. */
void view_run_row(struct view *view, cJSON *list, const struct run *run);
/* KEY and KEY_rich: a text of a rule, as HTML too. */
void view_rich(struct view *view, cJSON *object, const char *key, const char *text);
/* An id of a cause, with "known" where the rules have it, so that there is a page of it. */
void view_cause(struct view *view, cJSON *object, const char *id);
/* "2026-01-31 09:30", for people; the time itself stands beside it. */
void view_day(cJSON *object, const char *key, int64_t time);
/* Where the next part of the list NAME is: the query with another "before", or a file. */
void view_next(struct view *view, cJSON *tree, const char *name);
/* All of the items of FROM are moved behind those of TREE. */
void view_take(cJSON *tree, cJSON *from);
/* The chain of the incident as a picture: boxes with their places, for the template. */
void web_map(struct view *view, cJSON *row, const struct incident *incident);
struct render_options view_render_options(const struct view *view);

#endif
