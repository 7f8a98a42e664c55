/* Access tokens, and the services that give them out. */
#ifndef CLOUD_TOKEN_H
#define CLOUD_TOKEN_H

#include <cjson/cJSON.h>

#include "cloud/session.h"

#define TOKEN_MAX 16384 /* bytes of a token */

struct token {
	const char *text; /* wiped when freed */
	int64_t expiry; /* nanoseconds since the epoch; TIME_NONE: not told */
};

/*
 * The token that LENGTH bytes of TEXT are. False where they cannot stand in a header: RFC 6750
 * knows no blanks, controls or other bytes. OUT->text is owned by MEM.
 */
bool token_take(
	TALLOC_CTX *mem, const char *text, size_t length, int64_t expiry, struct token *out);

/* What to do about a refusal: of two lines that fit, the first. */
struct token_advice {
	const char *error; /* RFC 6749's word, or google.rpc's; "" fits all, NULL ends the list */
	const char *text; /* that stands in the description; "" fits all */
	const char *advice;
};

struct token_request {
	const char *url;
	const char *const *headers; /* NULL-terminated, the content type among them */
	const char *body;
	const char *const *secrets; /* of BODY, that a refusal might echo; NULL-terminated */
	const struct token_advice *advices;
};

/*
 * POST, with retries. 0: *ANSWER is the JSON of a 200, wiped and freed with MEM. -1: ERR_NET with
 * what the service said, or ERR_FORMAT.
 */
int token_post(TALLOC_CTX *mem, const struct session *session, const struct token_request *request,
	const cJSON **answer, struct err *err);
/* access_token and expires_in of an ANSWER of RFC 6749. ERR_FORMAT. */
int token_read(TALLOC_CTX *mem, const struct session *session, const cJSON *answer,
	struct token *out, struct err *err);

/* "Authorization: Basic ..." (RFC 7617), wiped when freed. */
const char *token_basic(TALLOC_CTX *mem, const char *id, const char *secret);
/* "Content-Type" of the bodies that form.h makes. */
extern const char token_form_type[];

#endif
