/* Inside the room: pages as they are made, for the server and for files. */
#ifndef WEB_SITE_H
#define WEB_SITE_H

#include "web/view.h"

/*
 * The page of VIEW, whose site, memory and target are set. Where a list goes on, view->next says
 * how. Fails with what went wrong; then ANSWER is left alone.
 */
int site_page(struct view *view, struct web_answer *answer, struct err *err);

#endif
