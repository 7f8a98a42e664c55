/* What a workload outside of Google proves its identity with: a token from a file or a URL. */
#ifndef CLOUD_SUBJECT_H
#define CLOUD_SUBJECT_H

#include <cjson/cJSON.h>

#include "cloud/session.h"

struct subject;

/* From the "credential_source" of a file. ERR_FORMAT, also for the sources that are not supported. */
int subject_parse(TALLOC_CTX *mem, const cJSON *source, struct subject **out, struct err *err);
/* Read anew each time, as such tokens live for minutes. *OUT is wiped when freed. */
int subject_fetch(const struct subject *subject, const struct session *session, TALLOC_CTX *mem,
	char **out, struct err *err);

#endif
