/* The table of all pages. A path is matched against it; it never names a file. */
#include "web/route.h"

#include <string.h>

static const struct route routes[] = {
	{ "/", "web-home", "home", web_home, NULL },
	{ "/causes", "web-causes", "causes", web_causes, NULL },
	{ "/incidents", "web-incidents", "incidents", web_incidents, NULL },
	{ "/incidents/#", "web-incident", "incidents", web_incident, web_incident_json },
	{ "/runs", "web-runs", "runs", web_runs, NULL },
	{ "/runs/#", "web-run", "runs", web_run, web_run_json },
	{ "/compare", "web-compare", "compare", web_compare, NULL },
	{ "/compare/#-#", "web-compare", "compare", web_compare, NULL },
	{ "/progress", "web-progress", "progress", web_progress, NULL },
	{ "/progress/#-#", "web-progress", "progress", web_progress, NULL },
	{ "/rules", "web-rules", "rules", web_rules, NULL },
	{ "/rules/@", "web-rule", "rules", web_rule, NULL },
	{ "/search", "web-search", "search", web_search, NULL },
	{ "/stats", "web-stats", "stats", web_stats, NULL },
};

/* The bytes of the id at the beginning of PATH; 0: there is none. */
static size_t take_number(const char *path, struct view *view)
{
	size_t length = strspn(path, "0123456789");
	int64_t number = target_number(path, length);

	if (number == 0)
		return 0;
	if (view->id == 0)
		view->id = number;
	else
		view->other = number;
	return length;
}

static size_t take_name(const char *path, struct view *view)
{
	static const char letters[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789";
	size_t length = strspn(path, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				     "0123456789._-");

	if (length == 0 || length > VIEW_NAME || strchr(letters, path[0]) == NULL)
		return 0;
	view->name = mem_strndup(view->mem, path, length);
	return length;
}

static bool matches(const char *pattern, const char *path, struct view *view)
{
	view->id = view->other = 0;
	view->name = NULL;
	for (; *pattern != '\0'; pattern++) {
		size_t length = *pattern == '#'	  ? take_number(path, view)
				: *pattern == '@' ? take_name(path, view)
						  : *pattern == *path;

		if (length == 0)
			return false;
		path += length;
	}
	return *path == '\0';
}

const struct route *route_find(const char *path, struct view *view)
{
	for (size_t i = 0; i < sizeof(routes) / sizeof(routes[0]); i++)
		if (matches(routes[i].pattern, path, view))
			return &routes[i];
	return NULL;
}
