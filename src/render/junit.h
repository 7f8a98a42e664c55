/* Inside the room: the tests of a run, each failing one with its cause, as JUnit XML. */
#ifndef RENDER_JUNIT_H
#define RENDER_JUNIT_H

#include "render/page.h"

int junit_put(const struct page *page, FILE *out, struct err *err);

#endif
