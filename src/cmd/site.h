/* What the commands that show the history as pages begin with. */
#ifndef CMD_SITE_H
#define CMD_SITE_H

#include "cmd/request.h"
#include "web/web.h"

/* The site of the history and rules of the settings, owned by REQUEST. OPTIONS needs the rest. */
int site_open(struct request *request, struct web_options *options, struct web_site **out,
	struct err *err);

#endif
