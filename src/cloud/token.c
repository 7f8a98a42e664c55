/* Access tokens. */
#include "cloud/token.h"

#include "cloud/secret.h"

bool token_take(TALLOC_CTX *mem, const char *text, size_t length, int64_t expiry, struct token *out)
{
	for (size_t i = 0; i < length; i++)
		if (text[i] <= ' ' || text[i] > '~')
			return false;
	if (length == 0 || length > TOKEN_MAX)
		return false;
	*out = (struct token){ secret_strndup(mem, text, length), expiry };
	return true;
}
