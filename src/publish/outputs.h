/* Part of publish.h: what later steps of a job are told. */
#ifndef PUBLISH_OUTPUTS_H
#define PUBLISH_OUTPUTS_H

#include "model/model.h"

/*
 * Lines for the file of $GITHUB_OUTPUT: verdict, root_cause, incidents, fingerprint, report. They
 * are of the first incident, and empty where nothing failed; REPORT is the path of a report that was
 * written, or NULL. No value can end early or set another: each stands between two lines that it
 * does not contain. Owned by MEM. Source: "Workflow commands", multiline strings.
 */
char *outputs_github(TALLOC_CTX *mem, const struct diagnosis *diagnosis, const char *report);

#endif
