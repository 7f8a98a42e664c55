/* Where credentials are looked for, and what files of them have in common. */
#include "cloud/credentials.h"

#include <stdlib.h>
#include <string.h>

#include "cloud/document.h"
#include "cloud/secret.h"
#include "cloud/url.h"

/* In this order; the first that has something decides, also where that is broken. */
static credentials_place *const places[] = { explicit_find, files_find, metadata_find };

static const struct {
	const char *type, *kind;
	credentials_kind *parse;
} kinds[] = {
	{ "service_account", "service account key", service_account_parse },
	{ "authorized_user", "login of a user", login_parse },
	{ "external_account", "workload identity federation", federation_parse },
	{ "external_account_authorized_user", "login of a federated user", login_parse_federated },
	{ "impersonated_service_account", "impersonated service account", impersonated_parse },
};

const char *credentials_variable(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

bool credentials_is_domain(const char *text)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				      "0123456789-.";

	return text[strspn(text, allowed)] == '\0' && text[0] != '.' && text[0] != '-';
}

struct credentials *credentials_new(TALLOC_CTX *mem, const char *kind, const char *origin)
{
	struct credentials *credentials = mem_new(mem, struct credentials);

	credentials->kind = kind;
	credentials->origin = mem_strdup(credentials, origin);
	return credentials;
}

int credentials_find(TALLOC_CTX *mem, struct credentials **out, struct err *err)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		int found = places[i](mem, out, err);

		if (found != 0)
			return found < 0 ? -1 : 0;
	}
	return err_set(err, ERR_NOT_FOUND, "there are no credentials: " CREDENTIALS_ADVICE);
}

const char *credentials_need(
	TALLOC_CTX *mem, const cJSON *object, const char *name, struct err *err)
{
	const char *text = document_text(object, name);

	if (text == NULL)
		err_fill(err, ERR_FORMAT, "%s is missing", name);
	return secret_strdup(mem, text);
}

const char *credentials_need_url(TALLOC_CTX *mem, const cJSON *object, const char *name,
	const char *fallback, struct err *err)
{
	const char *url = document_text(object, name);

	if (url == NULL)
		url = fallback;
	if (url == NULL)
		err_fill(err, ERR_FORMAT, "%s is missing", name);
	else if (url_check(url, name, err) < 0)
		url = NULL;
	return mem_strdup(mem, url);
}

static int find_kind(const char *type, size_t *out, struct err *err)
{
	const size_t count = sizeof(kinds) / sizeof(kinds[0]);
	size_t i = 0;

	if (type == NULL)
		return err_set(err, ERR_FORMAT,
			"no \"type\": this is no file of credentials (one of an OAuth client is "
			"none)");
	while (i < count && strcmp(kinds[i].type, type) != 0)
		i++;
	if (i == count)
		return err_set(err, ERR_FORMAT,
			"credentials of the type \"%.40s\" are not supported", type);
	*out = i;
	return 0;
}

int credentials_parse_object(TALLOC_CTX *mem, const char *origin, const cJSON *object,
	struct credentials **out, struct err *err)
{
	struct credentials *credentials;
	const char *universe = document_text(object, "universe_domain");
	size_t kind;

	if (find_kind(document_text(object, "type"), &kind, err) < 0)
		return -1;
	if (universe != NULL && !credentials_is_domain(universe))
		return err_set(err, ERR_FORMAT, "universe_domain is not the name of a domain");
	credentials = credentials_new(mem, kinds[kind].kind, origin);
	credentials->universe =
		mem_strdup(credentials, universe != NULL ? universe : UNIVERSE_DEFAULT);
	credentials->quota_project =
		mem_strdup(credentials, document_text(object, "quota_project_id"));
	if (kinds[kind].parse(credentials, object, err) < 0) {
		talloc_free(credentials);
		return err_wrap(err, "%s", kinds[kind].kind);
	}
	*out = credentials;
	return 0;
}

int credentials_parse(TALLOC_CTX *mem, const char *origin, const char *text, size_t length,
	struct credentials **out, struct err *err)
{
	TALLOC_CTX *scratch = talloc_new(NULL);
	const cJSON *object = document_parse(scratch, text, length);
	int result;

	if (object == NULL)
		result = err_set(err, ERR_FORMAT, "not a JSON object of credentials");
	else
		result = credentials_parse_object(mem, origin, object, out, err);
	talloc_free(scratch);
	return result < 0 ? err_wrap(err, "%s", origin) : 0;
}
