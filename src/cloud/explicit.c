/* Tokens that the environment holds, or that a command prints. */
#include <string.h>

#include "cloud/command.h"
#include "cloud/credentials.h"
#include "cloud/secret.h"

#define COMMAND_VARIABLE "FIVEWHYS_TOKEN_COMMAND"

static const struct {
	const char *variable;
	bool is_command;
} places[] = {
	{ "FIVEWHYS_ACCESS_TOKEN", false },
	{ COMMAND_VARIABLE, true },
	{ "CLOUDSDK_AUTH_ACCESS_TOKEN", false },
	{ "GOOGLE_OAUTH_ACCESS_TOKEN", false },
};

/* What was given, without the line break that files and commands end in. */
static int take_token(
	const char *origin, const char *text, TALLOC_CTX *mem, struct token *out, struct err *err)
{
	size_t length = strlen(text);

	while (length > 0 && (text[length - 1] == '\n' || text[length - 1] == '\r'))
		length--;
	if (!token_take(mem, text, length, TIME_NONE, out))
		return err_set(err, ERR_FORMAT, "%s: not an access token", origin);
	return 0;
}

static int fetch_variable(struct credentials *credentials, const struct session *session,
	const char *scope, TALLOC_CTX *mem, struct token *out, struct err *err)
{
	(void)session;
	(void)scope;
	return take_token(credentials->origin, credentials->details, mem, out, err);
}

static int fetch_command(struct credentials *credentials, const struct session *session,
	const char *scope, TALLOC_CTX *mem, struct token *out, struct err *err)
{
	char *buffer = secret_room(mem, TOKEN_MAX + 8);
	int result = -1;

	(void)session;
	(void)scope;
	if (command_run(credentials->details, buffer, TOKEN_MAX + 8, err) == 0)
		result = take_token(COMMAND_VARIABLE, buffer, mem, out, err);
	else
		err_prefix(err, COMMAND_VARIABLE);
	talloc_free(buffer);
	return result;
}

static int take_command(struct credentials *credentials, const char *command, struct err *err)
{
	credentials->kind = "access token of a command";
	credentials->fetch = fetch_command;
	credentials->details = command_split(credentials, command);
	if (credentials->details == NULL)
		return err_set(err, ERR_USAGE,
			"%s: not a command; it is words separated by blanks, in quotes where a "
			"blank is part of one, and no shell reads it",
			COMMAND_VARIABLE);
	return 1;
}

int explicit_find(TALLOC_CTX *mem, struct credentials **out, struct err *err)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const char *value = credentials_variable(places[i].variable);

		if (value == NULL)
			continue;
		*out = credentials_new(mem, "access token", places[i].variable);
		if (places[i].is_command)
			return take_command(*out, value, err);
		(*out)->fetch = fetch_variable;
		(*out)->details = secret_strdup(*out, value);
		return 1;
	}
	return 0;
}
