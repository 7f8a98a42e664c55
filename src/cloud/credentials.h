/* Credentials: what a token is fetched with. One file a kind. */
#ifndef CLOUD_CREDENTIALS_H
#define CLOUD_CREDENTIALS_H

#include "cloud/token.h"

#define UNIVERSE_DEFAULT "googleapis.com"
#define SCOPE_LOGGING "https://www.googleapis.com/auth/logging.read"
/* Of tokens that serve only to get another one. */
#define SCOPE_PLATFORM "https://www.googleapis.com/auth/cloud-platform"
/* To who has none. */
#define CREDENTIALS_ADVICE                                                                         \
	"run \"gcloud auth application-default login\", or set GOOGLE_APPLICATION_CREDENTIALS to " \
	"a file of them, or FIVEWHYS_ACCESS_TOKEN to a token"

struct credentials;
/* A token for SCOPE, owned by MEM. A metadata server tells project and universe on the way. */
typedef int credentials_fetch(struct credentials *credentials, const struct session *session,
	const char *scope, TALLOC_CTX *mem, struct token *out, struct err *err);

struct credentials {
	const char *kind, *origin; /* as in struct cloud_identity */
	const char *account, *project, *quota_project; /* NULL: not told */
	const char *universe; /* where the token is good; NULL: not told */
	bool shares_quota; /* as in struct cloud_identity */
	credentials_fetch *fetch;
	void *details; /* of the kind */
};

/* Empty ones, owned by MEM. */
struct credentials *credentials_new(TALLOC_CTX *mem, const char *kind, const char *origin);
/* Those in force, see cloud_new. *OUT is owned by MEM. */
int credentials_find(TALLOC_CTX *mem, struct credentials **out, struct err *err);
/*
 * Those that the JSON in TEXT describes; ORIGIN is where it was found. ERR_FORMAT. *OUT is owned
 * by MEM.
 */
int credentials_parse(TALLOC_CTX *mem, const char *origin, const char *text, size_t length,
	struct credentials **out, struct err *err);
/* The same for an object inside of one, by its member "type". */
int credentials_parse_object(TALLOC_CTX *mem, const char *origin, const cJSON *object,
	struct credentials **out, struct err *err);
/* The value of an environment variable; NULL where it is empty, too. */
const char *credentials_variable(const char *name);

/* It becomes a part of hosts' names, and must not be able to end one. */
bool credentials_is_domain(const char *text);

/* A place to look: 1: *OUT is found there. 0: nothing is there. -1: ERR tells. */
typedef int credentials_place(TALLOC_CTX *mem, struct credentials **out, struct err *err);
credentials_place explicit_find, files_find, metadata_find;

/* A kind of file: takes what it needs of OBJECT. ERR_FORMAT. */
typedef int credentials_kind(struct credentials *credentials, const cJSON *object, struct err *err);
credentials_kind service_account_parse, login_parse, login_parse_federated, federation_parse,
	impersonated_parse;

/* The member NAME of OBJECT, which must be there. Copied, wiped when freed; NULL: ERR tells. */
const char *credentials_need(
	TALLOC_CTX *mem, const cJSON *object, const char *name, struct err *err);
/* The URL in the member NAME, or FALLBACK where it is missing (NULL: it must be there). */
const char *credentials_need_url(TALLOC_CTX *mem, const cJSON *object, const char *name,
	const char *fallback, struct err *err);

#endif
