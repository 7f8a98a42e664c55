/* Inside the room: which page a path is. */
#ifndef WEB_ROUTE_H
#define WEB_ROUTE_H

#include "web/view.h"

struct route {
	const char *pattern; /* "#": an id; "@": the id of a cause */
	const char *sheet; /* the template */
	const char *part; /* of the navigation */
	view_fill *fill;
	view_json *json; /* NULL: the tree */
};

/* The row for PATH; what it has of ids goes to VIEW. NULL: no page has this path. */
const struct route *route_find(const char *path, struct view *view);

#endif
