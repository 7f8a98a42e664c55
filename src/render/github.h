/* Inside the room: annotations of GitHub Actions. */
#ifndef RENDER_GITHUB_H
#define RENDER_GITHUB_H

#include "render/page.h"

int github_put(const struct page *page, FILE *out, struct err *err);

#endif
