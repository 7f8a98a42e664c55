/* Tokens of a service account by way of another identity: iamcredentials.generateAccessToken. */
#ifndef CLOUD_IMPERSONATION_H
#define CLOUD_IMPERSONATION_H

#include "cloud/credentials.h"

struct impersonation {
	const char *url; /* ".../serviceAccounts/EMAIL:generateAccessToken" */
	const cJSON *delegates; /* addresses of the accounts in between; NULL: none */
	int64_t lifetime; /* seconds */
};

/*
 * From the members of a file: its URL, and the lifetime in LIFETIME_OF (may be NULL). The account
 * goes to CREDENTIALS. ERR_FORMAT.
 */
int impersonation_parse(struct credentials *credentials, const cJSON *object,
	const cJSON *lifetime_of, struct impersonation *out, struct err *err);
/* A token for SCOPE, with SOURCE as the token of who asks. */
int impersonation_fetch(const struct impersonation *impersonation, const struct session *session,
	const struct token *source, const char *scope, TALLOC_CTX *mem, struct token *out,
	struct err *err);

#endif
