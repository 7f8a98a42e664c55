/* Files of credentials, and the order in which they are looked for. */
#include "cloud/credentials.h"

#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "unit/cloud_key.h"
#include "unit/test.h"

static const char *const variables[] = { "FIVEWHYS_ACCESS_TOKEN", "FIVEWHYS_TOKEN_COMMAND",
	"CLOUDSDK_AUTH_ACCESS_TOKEN", "GOOGLE_OAUTH_ACCESS_TOKEN", "GOOGLE_APPLICATION_CREDENTIALS",
	"CLOUDSDK_CONFIG", "HOME", "NO_GCE_CHECK", "GCE_METADATA_HOST",
	"CLOUDSDK_AUTH_SERVICE_ACCOUNT_USE_SELF_SIGNED_JWT", "GOOGLE_CLOUD_UNIVERSE_DOMAIN",
	"GOOGLE_CLOUD_PROJECT", "GOOGLE_CLOUD_QUOTA_PROJECT",
	"CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING" };

static char folder[] = "/tmp/credentials_test.XXXXXX";

static int clear(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(variables) / sizeof(variables[0]); i++)
		unsetenv(variables[i]);
	setenv("NO_GCE_CHECK", "true", 1);
	setenv("HOME", "/nonexistent", 1);
	return 0;
}

static int make_folder(void **state)
{
	(void)state;
	return mkdtemp(folder) != NULL ? 0 : -1;
}

static int remove_folder(void **state)
{
	char command[100];

	(void)state;
	snprintf(command, sizeof(command), "rm -r %s", folder);
	return system(command);
}

#define USER                                                                                       \
	"{\"type\":\"authorized_user\",\"client_id\":\"client\",\"client_secret\":\"fake-client-"  \
	"secret\","                                                                                \
	"\"refresh_token\":\"fake-refresh-token\",\"quota_project_id\":\"paying\"}"

static char *write_file(TALLOC_CTX *mem, const char *name, const char *text)
{
	char *path = path_join(mem, folder, name);
	FILE *file = fopen(path, "w");

	fputs(text, file);
	fclose(file);
	return path;
}

static struct credentials *found(TALLOC_CTX *mem)
{
	struct credentials *credentials;
	struct err err;

	assert_int_equal(credentials_find(mem, &credentials, &err), 0);
	return credentials;
}

static void a_token_goes_before_a_command_and_that_before_files(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	setenv("CLOUDSDK_CONFIG", folder, 1);
	write_file(mem, "application_default_credentials.json", USER);
	assert_string_equal(found(mem)->kind, "login of a user");
	assert_string_equal(found(mem)->quota_project, "paying");
	setenv("GOOGLE_APPLICATION_CREDENTIALS",
		write_file(mem, "key.json",
			cloud_key_file(mem, cloud_key_new(mem, "RSA", NULL), NULL)),
		1);
	assert_string_equal(found(mem)->kind, "service account key");
	assert_string_equal(found(mem)->account, "robot@demo-project.iam.gserviceaccount.example");
	assert_string_equal(found(mem)->project, "demo-project");
	setenv("GOOGLE_OAUTH_ACCESS_TOKEN", "t1", 1);
	assert_string_equal(found(mem)->origin, "GOOGLE_OAUTH_ACCESS_TOKEN");
	setenv("CLOUDSDK_AUTH_ACCESS_TOKEN", "t2", 1);
	assert_string_equal(found(mem)->origin, "CLOUDSDK_AUTH_ACCESS_TOKEN");
	setenv("FIVEWHYS_TOKEN_COMMAND", "echo t3", 1);
	assert_string_equal(found(mem)->origin, "FIVEWHYS_TOKEN_COMMAND");
	setenv("FIVEWHYS_ACCESS_TOKEN", "t4", 1);
	assert_string_equal(found(mem)->origin, "FIVEWHYS_ACCESS_TOKEN");
	talloc_free(mem);
}

static void an_empty_variable_is_not_set(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct credentials *credentials;
	struct err err;

	(void)state;
	for (size_t i = 0; i < 5; i++)
		setenv(variables[i], "", 1);
	assert_int_equal(credentials_find(mem, &credentials, &err), -1);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "gcloud auth application-default login"));
	talloc_free(mem);
}

static void a_file_that_is_named_and_not_there_is_an_error_although_gcloud_has_one(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct credentials *credentials;
	struct err err;

	(void)state;
	setenv("CLOUDSDK_CONFIG", folder, 1);
	write_file(mem, "application_default_credentials.json", USER);
	setenv("GOOGLE_APPLICATION_CREDENTIALS", "/nonexistent/key.json", 1);
	assert_int_equal(credentials_find(mem, &credentials, &err), -1);
	assert_string_equal(err.text, "GOOGLE_APPLICATION_CREDENTIALS: /nonexistent/key.json: "
				      "No such file or directory");
	setenv("GOOGLE_APPLICATION_CREDENTIALS", folder, 1);
	assert_int_equal(credentials_find(mem, &credentials, &err), -1);
	talloc_free(mem);
}

static void a_key_instead_of_a_path_is_not_quoted(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct credentials *credentials;
	struct err err;

	(void)state;
	setenv("GOOGLE_APPLICATION_CREDENTIALS", " " USER, 1);
	assert_int_equal(credentials_find(mem, &credentials, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	assert_null(strstr(err.text, "fake"));
	talloc_free(mem);
}

static int parse(TALLOC_CTX *mem, const char *text, struct err *err)
{
	struct credentials *credentials;

	return credentials_parse(mem, "file", text, strlen(text), &credentials, err);
}

#define FEDERATION                                                                                 \
	"\"type\":\"external_account\",\"audience\":\"//iam.example.com/pool\","                   \
	"\"subject_token_type\":\"urn:ietf:params:oauth:token-type:jwt\""
#define IMPERSONATION                                                                              \
	"\"service_account_impersonation_url\":\"https://iamcredentials.example.com/v1/projects/"  \
	"-/"                                                                                       \
	"serviceAccounts/robot@example.com:generateAccessToken\""

static void what_is_missing_or_wrong_in_a_file_is_named(void **state)
{
	static const struct {
		const char *text, *error;
	} cases[] = {
		{ "x", "not a JSON object" },
		{ "[]", "not a JSON object" },
		{ "{}", "no \"type\"" },
		{ "{\"installed\":{\"client_id\":\"x\"}}", "OAuth client" },
		{ "{\"type\":7}", "no \"type\"" },
		{ "{\"type\":\"gdch_service_account\"}", "gdch_service_account" },
		{ "{\"type\":\"service_account\"}", "private_key is missing" },
		{ "{\"type\":\"service_account\",\"private_key\":\"x\"}",
			"client_email is missing" },
		{ "{\"type\":\"service_account\",\"private_key\":\"fake\",\"client_email\":\"e\"}",
			"private_key: not an RSA" },
		{ "{\"type\":\"service_account\",\"private_key\":\"fake\",\"client_email\":\"e\","
		  "\"token_uri\":\"http://example.com/token\"}",
			"token_uri: http://example.com" },
		{ "{\"type\":\"service_account\",\"universe_domain\":\"evil.example/x\"}",
			"universe_domain" },
		{ "{\"type\":\"authorized_user\",\"client_id\":\"c\",\"client_secret\":\"s\"}",
			"refresh_token is missing" },
		{ "{\"type\":\"external_account\"}", "audience is missing" },
		{ "{" FEDERATION "}", "credential_source is missing" },
		{ "{" FEDERATION ",\"credential_source\":{}}", "one of file and url" },
		{ "{" FEDERATION
		  ",\"credential_source\":{\"file\":\"f\",\"url\":\"https://e.com\"}}",
			"one of file and url" },
		{ "{" FEDERATION ",\"credential_source\":{\"url\":\"http://example.com/\"}}",
			"credential_source: url: http://example.com" },
		{ "{" FEDERATION ",\"credential_source\":{\"environment_id\":\"aws1\"}}", "AWS" },
		{ "{" FEDERATION ",\"credential_source\":{\"executable\":{\"command\":\"x\"}}}",
			"FIVEWHYS_TOKEN_COMMAND" },
		{ "{" FEDERATION ",\"credential_source\":{\"certificate\":{}}}", "certificates" },
		{ "{" FEDERATION
		  ",\"credential_source\":{\"file\":\"f\",\"format\":{\"type\":\"xml\"}}}",
			"neither text nor json" },
		{ "{" FEDERATION
		  ",\"credential_source\":{\"file\":\"f\",\"format\":{\"type\":\"json\"}}}",
			"subject_token_field_name is missing" },
		{ "{" FEDERATION
		  ",\"credential_source\":{\"url\":\"https://e.com\",\"headers\":{\"a\":1}}}",
			"headers: not texts" },
		{ "{" FEDERATION ",\"token_url\":\"ftp://example.com\"}", "token_url" },
		{ "{" FEDERATION ",\"client_id\":\"c\"}", "client_id and client_secret" },
		{ "{" FEDERATION ",\"workforce_pool_user_project\":\"1\\\"}\"}",
			"workforce_pool_user_project" },
		{ "{" FEDERATION "," IMPERSONATION
		  ",\"service_account_impersonation\":{\"token_lifetime_seconds\":599},"
		  "\"credential_source\":{\"file\":\"f\"}}",
			"token_lifetime_seconds" },
		{ "{\"type\":\"impersonated_service_account\"}", "source_credentials is missing" },
		{ "{\"type\":\"impersonated_service_account\"," IMPERSONATION
		  ",\"source_credentials\":{\"type\":\"impersonated_service_account\"}}",
			"use delegates" },
		{ "{\"type\":\"impersonated_service_account\",\"source_credentials\":" USER "}",
			"service_account_impersonation_url is missing" },
		{ "{\"type\":\"external_account_authorized_user\",\"client_id\":\"c\","
		  "\"client_secret\":\"s\"}",
			"refresh_token is missing" },
	};
	TALLOC_CTX *mem = talloc_new(NULL);
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(parse(mem, cases[i].text, &err), -1);
		assert_int_equal(err.code, ERR_FORMAT);
		assert_memory_equal(err.text, "file: ", 6);
		if (strstr(err.text, cases[i].error) == NULL)
			fail_msg("%s: %s", cases[i].text, err.text);
		assert_null(strstr(err.text, "fake"));
	}
	talloc_free(mem);
}

static void every_type_that_is_supported_is_taken(void **state)
{
	static const char *const texts[] = {
		USER,
		"{" FEDERATION ",\"credential_source\":{\"file\":\"f\"}}",
		("{" FEDERATION "," IMPERSONATION ",\"credential_source\":{\"url\":"
		 "\"https://e.com/x?y\",\"headers\":{\"Authorization\":\"Bearer x\"},"
		 "\"format\":{\"type\":\"json\",\"subject_token_field_name\":\"value\"}}}"),
		("{\"type\":\"impersonated_service_account\"," IMPERSONATION
		 ",\"delegates\":[\"a@example.com\"],\"source_credentials\":" USER "}"),
		("{\"type\":\"external_account_authorized_user\",\"client_id\":\"c\","
		 "\"client_secret\":\"s\",\"refresh_token\":\"r\"}"),
	};
	TALLOC_CTX *mem = talloc_new(NULL);
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++)
		assert_int_equal(parse(mem, texts[i], &err), 0);
	talloc_free(mem);
}

static void the_account_is_that_which_is_impersonated(void **state)
{
	static const char text[] =
		"{" FEDERATION "," IMPERSONATION ",\"credential_source\":{\"file\":\"f\"}}";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct credentials *credentials;
	struct err err;

	(void)state;
	assert_int_equal(credentials_parse(mem, "f", text, strlen(text), &credentials, &err), 0);
	assert_string_equal(credentials->account, "robot@example.com");
	talloc_free(mem);
}

static int64_t now;

static int64_t tell_now(void *context)
{
	(void)context;
	return now;
}

static void no_sleep(int64_t duration, void *context)
{
	(void)duration;
	(void)context;
	fail();
}

static const struct cloud_clock clock_of_test = { tell_now, no_sleep, NULL };
static const struct cloud_options options = { .clock = &clock_of_test, .seed = 1 };

/* A statement that is a token needs no network. */
static void use_self_signed(TALLOC_CTX *mem, const char *universe)
{
	setenv("GOOGLE_APPLICATION_CREDENTIALS",
		write_file(mem, "self.json",
			cloud_key_file(mem, cloud_key_new(mem, "RSA", NULL), universe)),
		1);
	setenv("CLOUDSDK_AUTH_SERVICE_ACCOUNT_USE_SELF_SIGNED_JWT", "true", 1);
}

static int64_t expiry_at(struct cloud *cloud, int64_t time)
{
	struct cloud_identity identity;
	struct err err;

	now = time;
	assert_int_equal(cloud_authorise(cloud, &err), 0);
	cloud_identify(cloud, &identity);
	return identity.expiry;
}

static void a_token_is_renewed_225_seconds_before_its_end(void **state)
{
	const int64_t begin = 1767225600 * WHEN_SECOND;
	TALLOC_CTX *mem = talloc_new(NULL);
	struct cloud *cloud;
	struct err err;
	int64_t end;

	(void)state;
	use_self_signed(mem, NULL);
	assert_int_equal(cloud_new(mem, &options, &cloud, &err), 0);
	end = expiry_at(cloud, begin);
	assert_int_equal(end, begin + (3600 - 10) * WHEN_SECOND);
	assert_int_equal(expiry_at(cloud, end - 225 * WHEN_SECOND - 1), end);
	assert_int_equal(
		expiry_at(cloud, end - 225 * WHEN_SECOND), end + (3600 - 235) * WHEN_SECOND);
	/* a clock that was set back makes nothing worse */
	assert_int_equal(expiry_at(cloud, begin), end + (3600 - 235) * WHEN_SECOND);
	talloc_free(mem);
}

static void credentials_of_another_universe_are_refused_unless_it_is_named(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct cloud_identity identity;
	struct cloud *cloud;
	struct err err;

	(void)state;
	use_self_signed(mem, "universe.example");
	assert_int_equal(cloud_new(mem, &options, &cloud, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	assert_non_null(strstr(err.text, "GOOGLE_CLOUD_UNIVERSE_DOMAIN"));
	setenv("GOOGLE_CLOUD_UNIVERSE_DOMAIN", "universe.example", 1);
	assert_int_equal(cloud_new(mem, &options, &cloud, &err), 0);
	cloud_identify(cloud, &identity);
	assert_string_equal(identity.endpoint, "https://logging.universe.example/");
	setenv("GOOGLE_CLOUD_UNIVERSE_DOMAIN", "evil.example/", 1);
	assert_int_equal(cloud_new(mem, &options, &cloud, &err), -1);
	talloc_free(mem);
}

static void the_endpoint_is_that_of_the_option_then_of_the_variable(void **state)
{
	struct cloud_options wanted = options;
	TALLOC_CTX *mem = talloc_new(NULL);
	struct cloud_identity identity;
	struct cloud *cloud;
	struct err err;

	(void)state;
	setenv("FIVEWHYS_ACCESS_TOKEN", "t", 1);
	setenv("CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING", "http://localhost:4567", 1);
	assert_int_equal(cloud_new(mem, &wanted, &cloud, &err), 0);
	cloud_identify(cloud, &identity);
	assert_string_equal(identity.endpoint, "http://localhost:4567/");
	wanted.endpoint = "https://logging.example.com//";
	assert_int_equal(cloud_new(mem, &wanted, &cloud, &err), 0);
	cloud_identify(cloud, &identity);
	assert_string_equal(identity.endpoint, "https://logging.example.com/");
	wanted.endpoint = "http://logging.example.com/";
	assert_int_equal(cloud_new(mem, &wanted, &cloud, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	talloc_free(mem);
}

static int run_command(const char *command, struct token *out, struct err *err)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct credentials *credentials;
	int result;

	setenv("FIVEWHYS_TOKEN_COMMAND", command, 1);
	result = credentials_find(mem, &credentials, err);
	if (result == 0)
		result = credentials->fetch(credentials, NULL, "", NULL, out, err);
	talloc_free(mem);
	return result;
}

static void a_command_is_run_without_a_shell(void **state)
{
	struct token token;
	struct err err;

	(void)state;
	assert_int_equal(run_command("printf '%s\\n' \"fake-token;$HOME\"", &token, &err), 0);
	assert_string_equal(token.text, "fake-token;$HOME");
	talloc_free((char *)token.text);
	assert_int_equal(run_command("sh -c 'printf fake-token >&2; exit 3' 'x", &token, &err), -1);
	assert_int_equal(err.code, ERR_USAGE);
	assert_int_equal(run_command("   ", &token, &err), -1);
}

static void a_command_that_fails_or_prints_no_token_is_an_error(void **state)
{
	struct token token;
	struct err err;

	(void)state;
	assert_int_equal(run_command("false", &token, &err), -1);
	assert_non_null(strstr(err.text, "FIVEWHYS_TOKEN_COMMAND: it failed with status 1"));
	assert_int_equal(run_command("/nonexistent/gcloud", &token, &err), -1);
	assert_non_null(strstr(err.text, "No such file"));
	assert_int_equal(run_command("true", &token, &err), -1);
	assert_int_equal(run_command("echo two words", &token, &err), -1);
	assert_non_null(strstr(err.text, "not an access token"));
	assert_int_equal(run_command("yes", &token, &err), -1);
	assert_int_equal(err.code, ERR_LIMIT);
}

#define TEST(name) cmocka_unit_test_setup(name, clear)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(a_token_goes_before_a_command_and_that_before_files),
		TEST(an_empty_variable_is_not_set),
		TEST(a_file_that_is_named_and_not_there_is_an_error_although_gcloud_has_one),
		TEST(a_key_instead_of_a_path_is_not_quoted),
		TEST(what_is_missing_or_wrong_in_a_file_is_named),
		TEST(every_type_that_is_supported_is_taken),
		TEST(the_account_is_that_which_is_impersonated),
		TEST(a_token_is_renewed_225_seconds_before_its_end),
		TEST(credentials_of_another_universe_are_refused_unless_it_is_named),
		TEST(the_endpoint_is_that_of_the_option_then_of_the_variable),
		TEST(a_command_is_run_without_a_shell),
		TEST(a_command_that_fails_or_prints_no_token_is_an_error),
	};

	return cmocka_run_group_tests_name("credentials", tests, make_folder, remove_folder);
}
