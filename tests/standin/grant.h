/* Answers that give out tokens. */
#ifndef STANDIN_GRANT_H
#define STANDIN_GRANT_H

#include "standin/standin.h"

/* What is known of one: the members of the answer beyond the token, its type and its end. */
struct grant {
	enum tokens_holder holder;
	const char *scope;
	const char *issued_type; /* "issued_token_type"; NULL: not said */
	const char *refresh_token; /* NULL: not said */
	bool tells_scope;
};

/* {"access_token":...,"expires_in":N,"token_type":"Bearer",...}; N may be set to be text. */
void grant_answer(struct standin *standin, struct http_request *request, struct http_reply *reply,
	const struct grant *grant);
/* The number or the text of what is left of TOKEN, added to BODY as "expires_in". */
void grant_add_expiry(const struct standin *standin, cJSON *body, const struct tokens_token *token);

#endif
