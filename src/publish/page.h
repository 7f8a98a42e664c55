/* Inside the room: where the next page of a list is. */
#ifndef PUBLISH_PAGE_H
#define PUBLISH_PAGE_H

#include "base/base.h"

/*
 * The path behind BASE, query included, of the target of LINK that is called "next"; NULL: there is
 * none, or it is not below BASE. Owned by MEM. Source: RFC 8288, "Web Linking".
 */
const char *page_next(TALLOC_CTX *mem, const char *link, const char *base);

#endif
