/*
 * The Cloud Logging API: who asks, where, and what is asked. The only room that connects to others:
 * what publish/ says to GitHub and GitLab goes through its http.h, too.
 */
#ifndef CLOUD_H
#define CLOUD_H

#include "cloud/list.h"
#include "cloud/lql.h"
#include "source/source.h"

/* The time and the pauses of a client; tests have their own, so that none depends on either. */
struct cloud_clock {
	int64_t (*now)(void *context); /* nanoseconds since the epoch */
	void (*sleep)(int64_t duration, void *context); /* nanoseconds */
	void *context;
};

struct cloud_options {
	const char *project; /* NULL: what environment or credentials name */
	const char *endpoint; /* base URL; NULL: of the environment, else of the universe */
	const char *quota_project; /* who pays for requests; NULL: of environment or credentials */
	const struct cloud_clock *clock; /* NULL: the system's */
	uint64_t seed; /* of the jitter of pauses; 0: another one each time */
	int64_t timeout; /* of a request, nanoseconds; 0: a minute */
};

/* A client of the API: one connection, one set of credentials, one token at a time. */
struct cloud;

/*
 * Find credentials, in this order: an access token in FIVEWHYS_ACCESS_TOKEN; the output of
 * FIVEWHYS_TOKEN_COMMAND; a token in CLOUDSDK_AUTH_ACCESS_TOKEN or GOOGLE_OAUTH_ACCESS_TOKEN; then
 * as Application Default Credentials: the file of GOOGLE_APPLICATION_CREDENTIALS, that of gcloud,
 * the metadata server. A variable that is empty is not set; one that is set and leads nowhere is
 * an error. Reads files, and opens no socket before something is asked. *OUT is owned by MEM.
 * Fails with ERR_USAGE (an endpoint that is neither https nor http to this machine), ERR_NOT_FOUND,
 * ERR_IO, ERR_FORMAT. No error of this room holds a token, a key or what a service echoes of them.
 */
int cloud_new(
	TALLOC_CTX *mem, const struct cloud_options *options, struct cloud **out, struct err *err);

/* Who asks, as far as it is known; strings live as long as the client. No secret is among them. */
struct cloud_identity {
	const char *kind; /* "service account key" */
	const char *origin; /* "GOOGLE_APPLICATION_CREDENTIALS: /keys/ci.json" */
	const char *account; /* an address, or NULL where nobody says */
	const char *project; /* or NULL */
	const char *quota_project; /* or NULL */
	const char *universe; /* "googleapis.com" */
	const char *endpoint; /* with a final slash */
	bool shares_quota; /* without quota_project, requests count for all users of gcloud */
	int64_t expiry; /* of the token there is; TIME_NONE: there is none, or it does not say */
};
void cloud_identify(const struct cloud *cloud, struct cloud_identity *out);

/* The clock in force. */
const struct cloud_clock *cloud_clock(const struct cloud *cloud);

/* Have a token that lasts, fetched if need be. ERR_NET, ERR_FORMAT, or those of cloud_new. */
int cloud_authorise(struct cloud *cloud, struct err *err);

struct cloud_probe {
	int64_t date; /* of the service's clock; TIME_NONE: it gave none */
	int64_t now; /* of ours, when its answer came */
};
/*
 * Whether the entries of the project can be listed, by asking for one. -1: ERR says why not, and
 * what to do about it; the clocks are told all the same where there was an answer.
 */
int cloud_probe(struct cloud *cloud, struct cloud_probe *out, struct err *err);

/* What speaks to other services is made with. */
#include "cloud/http.h"
#include "cloud/retry.h"
#include "cloud/secret.h"
#include "cloud/told.h"

#endif
