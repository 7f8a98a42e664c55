/* Inside the room: reports that GitLab shows beside a merge request. */
#ifndef RENDER_CODEQUALITY_H
#define RENDER_CODEQUALITY_H

#include "render/page.h"

int codequality_put(const struct page *page, FILE *out, struct err *err);

#endif
