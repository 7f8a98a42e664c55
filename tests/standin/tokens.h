/* Access tokens that were given out, who has them, and what they are good for. */
#ifndef STANDIN_TOKENS_H
#define STANDIN_TOKENS_H

#include "base/base.h"

enum tokens_holder {
	TOKENS_SERVICE_ACCOUNT,
	TOKENS_USER,
	TOKENS_FEDERATED,
};

struct tokens_token {
	char *text;
	char *scope; /* words with blanks between them */
	enum tokens_holder holder;
	int64_t expires; /* by the stand-in's clock */
	bool is_revoked;
};

struct tokens;
struct tokens *tokens_new(TALLOC_CTX *mem);
/* A new one. Owned by TOKENS. */
const struct tokens_token *tokens_issue(
	struct tokens *tokens, enum tokens_holder holder, const char *scope, int64_t expires);
/* The one whose text is TEXT, or NULL. */
const struct tokens_token *tokens_find(const struct tokens *tokens, const char *text);
/* None that was given out until now is taken any more. */
void tokens_revoke(struct tokens *tokens);
/* Whether SCOPE has one of the words of WANTED, a NULL-terminated list. */
bool tokens_allow(const char *scope, const char *const *wanted);

#endif
