/* Credentials: what a token is fetched with. One file a kind. */
#ifndef CLOUD_CREDENTIALS_H
#define CLOUD_CREDENTIALS_H

#include "cloud/cloud.h"
#include "cloud/http.h"
#include "cloud/token.h"

#define UNIVERSE_DEFAULT "googleapis.com"
#define SCOPE_LOGGING "https://www.googleapis.com/auth/logging.read"
/* Of tokens that serve only to get another one. */
#define SCOPE_PLATFORM "https://www.googleapis.com/auth/cloud-platform"

/* With what tokens are fetched. */
struct session {
	struct http *http;
	const struct cloud_clock *clock;
	uint64_t seed; /* of the jitter */
};

struct credentials;
/* A token for SCOPE, owned by MEM; a metadata server may tell project and universe on the way. */
typedef int credentials_fetch(struct credentials *credentials, const struct session *session,
	const char *scope, TALLOC_CTX *mem, struct token *out, struct err *err);

struct credentials {
	const char *kind, *origin; /* as in struct cloud_identity */
	const char *account, *project, *quota_project; /* NULL: not told */
	const char *universe; /* UNIVERSE_DEFAULT unless told */
	credentials_fetch *fetch;
	void *details; /* of the kind */
};

/* Empty ones with KIND and ORIGIN, owned by MEM. */
struct credentials *credentials_new(TALLOC_CTX *mem, const char *kind, const char *origin);
/* Those in force, see cloud_new. *OUT is owned by MEM. */
int credentials_find(TALLOC_CTX *mem, struct credentials **out, struct err *err);
/* The value of an environment variable; NULL where it is empty, too. */
const char *credentials_variable(const char *name);

/* Each kind of place: 1: *OUT is found there. 0: nothing is there. -1: ERR tells. */
int explicit_find(TALLOC_CTX *mem, struct credentials **out, struct err *err);

#endif
