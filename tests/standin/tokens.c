/* Tokens are numbered, so that a run gives out the same ones each time. */
#include "standin/tokens.h"

#include <string.h>

struct tokens {
	struct tokens_token **tokens;
	size_t count;
};

struct tokens *tokens_new(TALLOC_CTX *mem)
{
	return mem_new(mem, struct tokens);
}

const struct tokens_token *tokens_issue(
	struct tokens *tokens, enum tokens_holder holder, const char *scope, int64_t expires)
{
	struct tokens_token *token = mem_new(tokens, struct tokens_token);

	token->text = mem_printf(token, "ya29.standin-not-a-secret-%zu", tokens->count + 1);
	token->scope = mem_strdup(token, scope);
	token->holder = holder;
	token->expires = expires;
	tokens->tokens = mem_grow(tokens, tokens->tokens, tokens->count, sizeof(*tokens->tokens));
	tokens->tokens[tokens->count++] = token;
	return token;
}

const struct tokens_token *tokens_find(const struct tokens *tokens, const char *text)
{
	for (size_t i = tokens->count; i > 0; i--)
		if (strcmp(tokens->tokens[i - 1]->text, text) == 0)
			return tokens->tokens[i - 1];
	return NULL;
}

void tokens_revoke(struct tokens *tokens)
{
	for (size_t i = 0; i < tokens->count; i++)
		tokens->tokens[i]->is_revoked = true;
}

bool tokens_allow(const char *scope, const char *const *wanted)
{
	for (; *wanted != NULL; wanted++) {
		size_t length = strlen(*wanted);

		for (const char *at = scope; (at = strstr(at, *wanted)) != NULL; at += length)
			if ((at == scope || at[-1] == ' ') &&
				(at[length] == ' ' || at[length] == '\0'))
				return true;
	}
	return false;
}
