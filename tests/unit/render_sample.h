/* Diagnoses built by hand, for the tests of pages. */
#ifndef RENDER_SAMPLE_H
#define RENDER_SAMPLE_H

#include "model/model.h"

/* Everything once: a chain of five, of which two are observed, one is asserted, one a hypothesis. */
struct diagnosis *sample_full(TALLOC_CTX *mem);
/* Seven incidents and two failures that no rule explains. */
struct diagnosis *sample_several(TALLOC_CTX *mem);
struct diagnosis *sample_unknown(TALLOC_CTX *mem); /* one failure, no rule */
struct diagnosis *sample_green(TALLOC_CTX *mem); /* nothing failed */
/* All texts are TEXT: logs, names of tests and sources, what rules say. */
struct diagnosis *sample_hostile(TALLOC_CTX *mem, const char *text);

#endif
