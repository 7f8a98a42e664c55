/* The files as the tools that make them do, but with addresses of this machine. */
#include "standin/credentials.h"

#include <string.h>

#include "standin/identity.h"
#include "standin/jwt.h"

struct writing {
	struct standin *standin;
	const char *folder, *base; /* "http://127.0.0.1:PORT" */
	TALLOC_CTX *mem;
	struct err *err;
};

static int write_text(const struct writing *writing, const char *name, const char *text)
{
	char *path = path_join(writing->mem, writing->folder, name);
	FILE *file = fopen(path, "w");

	if (file == NULL)
		return err_io(writing->err, "%s", path);
	if (fputs(text, file) < 0 || fclose(file) != 0)
		return err_io(writing->err, "%s", path);
	return 0;
}

/* OBJECT is freed. */
static int write_object(const struct writing *writing, const char *name, cJSON *object)
{
	char *printed = mem_check(cJSON_Print(object));
	int result = write_text(writing, name, printed);

	cJSON_free(printed);
	cJSON_Delete(object);
	return result;
}

/* An object of members given by name and value, up to a NULL name. */
static cJSON *object_of(const char *const *members)
{
	cJSON *object = cJSON_CreateObject();

	for (; *members != NULL; members += 2)
		cJSON_AddStringToObject(object, members[0], members[1]);
	return object;
}

static const char *url(const struct writing *writing, const char *path)
{
	return mem_printf(writing->mem, "%s%s", writing->base, path);
}

static int write_service_account(const struct writing *writing)
{
	const char *const members[] = { "type", "service_account", "project_id",
		writing->standin->project, "private_key_id", jwt_key_id(writing->standin->key),
		"private_key", jwt_key_pem(writing->mem, writing->standin->key), "client_email",
		IDENTITY_EMAIL, "client_id", "100000000000000000001", "token_uri",
		url(writing, "/token"), "universe_domain", "googleapis.com", NULL };

	return write_object(writing, "service_account.json", object_of(members));
}

static cJSON *authorized_user(const struct writing *writing)
{
	const char *const members[] = { "type", "authorized_user", "client_id", IDENTITY_CLIENT,
		"client_secret", IDENTITY_SECRET, "refresh_token", IDENTITY_REFRESH, "token_uri",
		url(writing, "/token"), "universe_domain", "googleapis.com", NULL };

	return object_of(members);
}

static int write_users(const struct writing *writing)
{
	const char *const members[] = { "type", "external_account_authorized_user", "audience",
		"//iam.googleapis.com/locations/global/workforcePools/standin/providers/office",
		"client_id", IDENTITY_CLIENT, "client_secret", IDENTITY_SECRET, "refresh_token",
		IDENTITY_REFRESH, "token_url", url(writing, "/v1/oauth/token"), "universe_domain",
		"googleapis.com", NULL };
	cJSON *user = authorized_user(writing);

	cJSON_AddStringToObject(user, "quota_project_id", writing->standin->project);
	if (write_object(writing, "authorized_user.json", user) < 0)
		return -1;
	return write_object(writing, "workforce.json", object_of(members));
}

static const char *impersonation_url(const struct writing *writing)
{
	return url(
		writing, "/v1/projects/-/serviceAccounts/" IDENTITY_EMAIL ":generateAccessToken");
}

static int write_impersonated(const struct writing *writing)
{
	const char *const members[] = { "type", "impersonated_service_account",
		"service_account_impersonation_url", impersonation_url(writing), NULL };
	cJSON *object = object_of(members);

	cJSON_AddItemToArray(cJSON_AddArrayToObject(object, "delegates"),
		cJSON_CreateString("projects/-/serviceAccounts/" IDENTITY_DELEGATE));
	cJSON_AddItemToObject(object, "source_credentials", authorized_user(writing));
	return write_object(writing, "impersonated.json", object);
}

/* What a job of CI has in its environment, as its action writes it into a file. */
static cJSON *source_by_url(const struct writing *writing)
{
	cJSON *source = cJSON_CreateObject(), *headers, *format;

	cJSON_AddStringToObject(source, "url",
		url(writing,
			"/idtoken/job?api-version=2.0&audience="
			"https%3A%2F%2Fiam.googleapis.com%2Fprojects%2F123456789012%2Flocations"
			"%2Fglobal%2FworkloadIdentityPools%2Fstandin%2Fproviders%2Fci"));
	headers = cJSON_AddObjectToObject(source, "headers");
	cJSON_AddStringToObject(headers, "Authorization", "Bearer " IDENTITY_REQUEST);
	format = cJSON_AddObjectToObject(source, "format");
	cJSON_AddStringToObject(format, "type", "json");
	cJSON_AddStringToObject(format, "subject_token_field_name", "value");
	return source;
}

static cJSON *source_by_file(const struct writing *writing, bool is_json)
{
	cJSON *source = cJSON_CreateObject(), *format;

	cJSON_AddStringToObject(source, "file",
		path_join(writing->mem, writing->folder, is_json ? "subject.json" : "subject.txt"));
	if (!is_json)
		return source;
	format = cJSON_AddObjectToObject(source, "format");
	cJSON_AddStringToObject(format, "type", "json");
	cJSON_AddStringToObject(format, "subject_token_field_name", "value");
	return source;
}

static int write_external(
	const struct writing *writing, const char *name, cJSON *source, bool is_impersonating)
{
	const char *const members[] = { "type", "external_account", "audience", IDENTITY_POOL,
		"subject_token_type", "urn:ietf:params:oauth:token-type:jwt", "token_url",
		url(writing, "/v1/token"), NULL };
	cJSON *object = object_of(members);

	cJSON_AddItemToObject(object, "credential_source", source);
	if (is_impersonating)
		cJSON_AddStringToObject(
			object, "service_account_impersonation_url", impersonation_url(writing));
	return write_object(writing, name, object);
}

static int write_externals(const struct writing *writing)
{
	const char *subject =
		federate_subject(writing->mem, writing->standin, "https:" IDENTITY_POOL);
	const char *const members[] = { "value", subject, NULL };

	if (write_text(writing, "subject.txt", subject) < 0 ||
		write_object(writing, "subject.json", object_of(members)) < 0 ||
		write_external(writing, "external_account.json", source_by_url(writing), true) <
			0 ||
		write_external(writing, "external_account_direct.json", source_by_url(writing),
			false) < 0 ||
		write_external(writing, "external_account_file.json", source_by_file(writing, true),
			false) < 0)
		return -1;
	return write_external(
		writing, "external_account_text.json", source_by_file(writing, false), true);
}

int credentials_write(struct standin *standin, const char *folder, struct err *err)
{
	static int (*const steps[])(const struct writing *) = { write_service_account, write_users,
		write_impersonated, write_externals };
	struct writing writing = { standin, folder, NULL, talloc_new(NULL), err };
	int result = path_make(folder, err);

	writing.base = mem_printf(writing.mem, "http://127.0.0.1:%u", http_port(standin->http));
	for (size_t i = 0; result == 0 && i < sizeof(steps) / sizeof(steps[0]); i++)
		result = steps[i](&writing);
	talloc_free(writing.mem);
	return result;
}
