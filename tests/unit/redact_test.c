/* What is a secret and what is not. */
#include <string.h>

#include "source/redact_rules.h"
#include "source/source.h"
#include "unit/test.h"

#define L "\xe2\x80\xb9"
#define R "\xe2\x80\xba"
/* in parts, so that no scanner takes this file for a leak */
#define JWT                                                                                        \
	"eyJ"                                                                                      \
	"hbGciOiJIUzI1NiJ9.eyJzdWIiOiIxMjM0In0.c2lnbmF0dXJl"

static const struct {
	const char *text, *wanted;
} secrets[] = {
	{ "Authorization: Bearer " JWT, "Authorization: Bearer " L "token:1" R },
	{ "jwt=" JWT " end", "jwt=" L "token:1" R " end" },
	{ "cut "
	  "eyJ"
	  "hbGciOiJIUzI1NiJ9abcdefgh...",
		"cut " L "token:1" R "..." },
	{ "Bearer abc123def456", "Bearer " L "token:1" R },
	{ "Basic dXNlcjpwYXNzMQ==", "Basic " L "token:1" R },
	{ "postgres://app:s3cret@db.example.com/x",
		"postgres://app:" L "password:1" R "@db.example.com/x" },
	{ "redis://:hunter2@192.0.2.1:6379", "redis://:" L "password:1" R "@192.0.2.1:6379" },
	{ "postgresql://u:p@ss@db.example.com",
		"postgresql://u:" L "password:1" R "@db.example.com" },
	{ "password=hunter2", "password=" L "password:1" R },
	{ "DB_PASSWORD: hunter2!", "DB_PASSWORD: " L "password:1" R },
	{ "{\"password\": \"correct\"}", "{\"password\": \"" L "password:1" R "\"}" },
	{ "{'password': 'correct'}", "{'password': '" L "password:1" R "'}" },
	{ "{\\\"password\\\":\\\"abcd\\\"}", "{\\\"password\\\":\\\"" L "password:1" R "\\\"}" },
	{ "api_key=9f8e7d6c5b4a", "api_key=" L "token:1" R },
	{ "X-Api-Key: 9f8e7d6c5b4a", "X-Api-Key: " L "token:1" R },
	{ "\"client_secret\":\"GOCSPX-1a2b3c\"", "\"client_secret\":\"" L "token:1" R "\"" },
	{ "JWT_SECRET_KEY=0123456789abcdef", "JWT_SECRET_KEY=" L "token:1" R },
	{ "AKIA"
	  "IOSFODNN7EXAMPLE",
		L "key:1" R },
	{ "key ghp_"
	  "0123456789abcdefghij0123456789abcdef",
		"key " L "token:1" R },
	{ "xoxb-"
	  "123456789012-abcdefghij",
		L "token:1" R },
	{ "sk_live_"
	  "0123456789abcdef",
		L "key:1" R },
	{ "Cookie: session=abc123; theme=dark", "Cookie: " L "cookie:1" R },
	{ "mail to jane.doe@example.com.", "mail to " L "email:1" R "." },
	{ "<a@example.org>, b@example.org, a@example.org",
		"<" L "email:1" R ">, " L "email:2" R ", " L "email:1" R },
	{ "-----BEGIN RSA PRIVATE KEY-----\nMIIE\nabc\n-----END RSA PRIVATE KEY-----",
		"-----BEGIN RSA PRIVATE KEY-----" L "private-key:1" R
		"-----END RSA PRIVATE KEY-----" },
};

static const char *const harmless[] = {
	"Using JWT_SECRET_KEY for test token (generic secret)",
	"DB_PASSWORD=REDACTED, token=***, secret: [FILTERED]",
	"password=None token=null secret=undefined",
	"password=${DB_PASSWORD} token={{ token }} secret=$SECRET",
	"Token validation failed: token expired",
	"token: invalid, password: incorrect, secret: missing",
	"max_tokens=4096 tokens: 12345678 token_count=99",
	"tests/test_auth.py::TestToken::test_token::test_password_reset PASSED",
	"trace b4a1ca89fadbdc5ad99b81afb6dba4c8 span 61956edeef6a19c7",
	"insertId 68c8b293000de55a3bef45ec revision api-00734-fvm",
	"commit 0123456789abcdef0123456789abcdef01234567",
	"database \"example_dev\" does not exist",
	"FATAL: password authentication failed for user \"app\"",
	"HTTP 403 Forbidden: Bearer authentication required",
	"Basic authentication is off",
	"git@example.com:group/project.git",
	"runner@1.2.3 react@18.2.0 client-go@v0.31.3/tools",
	"PWD=/home/user/project",
	"token = get_token(user)",
	"https://example.com:8443/path?x=1",
	"secret projects/12345/secrets/db-password/versions/latest",
	"the cookie is missing",
	"{\"password\": \"field required\"}",
	"already " L "token:3" R " and password=" L "password:1" R,
	"build-bot@my-project.iam.gserviceaccount.com lacks a role",
};

static const char *redacted(TALLOC_CTX *mem, const char *text, uint64_t *count)
{
	struct redactor *redactor = redactor_new(mem, NULL);
	size_t length;
	const char *out = redactor_apply(redactor, text, strlen(text), &length, count);

	assert_int_equal(strlen(out), length);
	return out;
}

static void secrets_are_known_by_their_shape(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		uint64_t count = 0;
		const char *out = redacted(mem, secrets[i].text, &count);

		if (strcmp(out, secrets[i].wanted) != 0)
			fail_msg("%s\n became %s", secrets[i].text, out);
		assert_true(count > 0);
		talloc_free(mem);
	}
}

/* Places are not all looked at alike: only every second one begins a look. */
static void a_secret_is_found_wherever_it_begins(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++)
		for (int blanks = 0; blanks < 4; blanks++) {
			TALLOC_CTX *mem = talloc_new(NULL);
			const char *text = mem_printf(mem, "%*s%s", blanks, "", secrets[i].text);
			uint64_t count = 0;
			size_t length;
			const char *redacted = redactor_apply(
				redactor_new(mem, NULL), text, strlen(text), &length, &count);

			assert_string_equal(redacted + blanks, secrets[i].wanted);
			talloc_free(mem);
		}
}

static void what_only_talks_of_secrets_stays(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		uint64_t count = 0;
		const char *out = redacted(mem, harmless[i], &count);

		if (out != harmless[i])
			fail_msg("%s\n became %s", harmless[i], out);
		assert_int_equal(count, 0);
		talloc_free(mem);
	}
}

static void one_secret_has_one_number_in_a_run(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct redactor *redactor = redactor_new(mem, NULL);
	uint64_t count = 0;
	size_t length;

	(void)state;
	redactor_apply(redactor, "password=first1", 15, &length, &count);
	redactor_apply(redactor, "password=second2", 16, &length, &count);
	assert_string_equal(redactor_apply(redactor, "pwd=first1 pwd=other3", 21, &length, &count),
		"pwd=" L "password:1" R " pwd=" L "password:3" R);
	assert_int_equal(count, 4);
	talloc_free(mem);
}

static void a_long_secret_is_replaced_to_its_end(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *text = mem_array(mem, char, 5001);
	uint64_t count = 0;

	(void)state;
	memset(text, 'a', 5000);
	memcpy(text, "api_key=1", 9);
	assert_string_equal(redacted(mem, text, &count), "api_key=" L "token:1" R);
	memcpy(text, "api_key='1", 10);
	assert_string_equal(redacted(mem, text, &count), "api_key='" L "token:1" R);
	talloc_free(mem);
}

static void a_quoted_secret_longer_than_a_pattern_goes_to_the_end_of_its_word(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct redactor *redactor = redactor_new(mem, NULL);
	char *text = mem_strdup(mem, "password='a1");
	uint64_t count = 0;
	const char *out;
	size_t length;

	(void)state;
	/* three bytes each, so that a limit of bytes lies inside of one */
	for (int i = 0; i < 300; i++)
		text = mem_printf(mem, "%s\xef\xbf\xbd", text);
	text = mem_printf(mem, "%s' and more", text);
	out = redactor_apply(redactor, text, strlen(text), &length, &count);
	assert_string_equal(out, "password='" L "password:1" R "' and more");
	assert_int_equal(count, 1);
	talloc_free(mem);
}

static void triggers_without_end_are_passed_in_linear_time(void **state)
{
	static const char *const pieces[] = { "token=", "cookie:", "://a:", "eyJ", "password",
		"@a.", "BEGIN ", "sk-", "8q~", ".atlasv1.", "BEGIN PRIVATE KEY-----",
		"sig=", "password='", "x@tcp(" };

	(void)state;
	for (size_t i = 0; i < sizeof(pieces) / sizeof(pieces[0]); i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		size_t size = strlen(pieces[i]), length;
		char *text = mem_array(mem, char, (1 << 20) + 1);
		uint64_t count = 0;

		for (size_t at = 0; at + size <= 1 << 20; at += size)
			memcpy(text + at, pieces[i], size);
		assert_non_null(redactor_apply(
			redactor_new(mem, NULL), text, strlen(text), &length, &count));
		talloc_free(mem);
	}
}

/* A pattern is compiled when it is first needed: each must be. */
static void every_trigger_can_be_tried(void **state)
{
	size_t count;
	const struct redact_rule *rules = redact_rules(&count);
	TALLOC_CTX *mem = talloc_new(NULL);
	struct redactor *redactor = redactor_new(mem, NULL);

	(void)state;
	assert_true(count > 20);
	for (size_t i = 0; i < count; i++) {
		uint64_t replaced = 0;
		size_t length;

		assert_non_null(redactor_apply(redactor, rules[i].triggers,
			strlen(rules[i].triggers), &length, &replaced));
	}
	talloc_free(mem);
}

static void keys_that_several_texts_tell_go_to_their_end(void **state)
{
	static const char *const texts[] = { "-----BEGIN PRIVATE KEY-----",
		"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDf7w8x5Yq3Kz9T",
		"INFO something else",
		"app | q1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9T",
		"Kz9Tq1Bz==", "-----END PRIVATE KEY-----",
		"Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz" };
	static const char *const wanted[] = { "-----BEGIN PRIVATE KEY-----", L "private-key:1" R,
		"INFO something else", "app | " L "private-key:1" R, L "private-key:1" R,
		"-----END PRIVATE KEY-----", "Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz" };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct redactor *redactor = redactor_new(mem, NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		uint64_t count = 0;
		size_t length;

		assert_string_equal(
			redactor_apply(redactor, texts[i], strlen(texts[i]), &length, &count),
			wanted[i]);
	}
	talloc_free(mem);
}

static struct redaction *redaction_of(TALLOC_CTX *mem, const char *list)
{
	const char *const lists[] = { list, NULL };
	struct redaction *redaction = redaction_new(mem);
	struct err err;

	assert_int_equal(redaction_kinds(redaction, lists, &err), 0);
	return redaction;
}

static void only_public_addresses_of_ip_are_replaced_and_only_where_asked_for(void **state)
{
	static const struct {
		const char *list, *text, *wanted;
	} cases[] = {
		{ "ip", "from 8.8.8.8:53", "from " L "ip:1" R ":53" },
		{ "ip", "[2a00:1450:4001::1]:443 and 2A00:1450:4001::2",
			"[" L "ip:1" R "]:443 and " L "ip:2" R },
		{ "ip", "api.example.com/9.9.9.9:443", "api.example.com/" L "ip:1" R ":443" },
		{ "ip", "::ffff:9.9.9.9 and ::ffff:8.8.8.8:80, not ::ffff:10.0.0.1",
			"::ffff:" L "ip:1" R " and ::ffff:" L "ip:2" R ":80, not ::ffff:10.0.0.1" },
		{ "ip", "AssemblyVersion(\"1.2.3.4\"), kernel 5.15.0.91", NULL },
		{ "email",
			"u=%22jane%40example.com%22 \"jane\\u0040example.com\" a%2Bb%40example.com",
			"u=%22" L "email:1" R "%22 \"" L "email:2" R "\" " L "email:3" R },
		{ "ip", "10.0.0.1 172.16.0.9 192.168.1.1 127.0.0.1 169.254.169.254 100.64.0.1",
			NULL },
		{ "ip", "192.0.2.1 198.51.100.7 203.0.113.9 224.0.0.1 0.0.0.0 255.255.255.255",
			NULL },
		{ "ip", "::1 fe80::1 fd00::1 2001:db8::1 ff02::1", NULL },
		{ "ip",
			"version 1.2.3.4, v1.2.3.4, x==1.2.3.4, Chrome/120.0.0.0, 1.2.3.4.5, "
			"12:34:56",
			NULL },
		{ "ip", "std::abc face::cafe() jane@example.com", NULL },
		{ "email", "from 8.8.8.8", NULL },
		{ "none", "jane@example.com from 8.8.8.8", NULL },
		{ "service-account", "a-b@p.iam.gserviceaccount.com jane@example.com",
			L "service-account:1" R " jane@example.com" },
	};
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct redactor *redactor = redactor_new(mem, redaction_of(mem, cases[i].list));
		const char *text = cases[i].text;
		uint64_t count = 0;
		size_t length;

		assert_string_equal(redactor_apply(redactor, text, strlen(text), &length, &count),
			cases[i].wanted != NULL ? cases[i].wanted : text);
	}
	talloc_free(mem);
}

static void a_pattern_of_the_user_has_its_own_kind(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct redaction *redaction = redaction_of(mem, "none");
	static const char text[] = "customer CU-1234, id CU-1234 of CU-99, n=a";
	struct redactor *redactor;
	struct err err = { 0 };
	uint64_t count = 0;
	size_t length;

	(void)state;
	assert_int_equal(redaction_pattern(redaction, "customer", "CU-[0-9]+", &err), 0);
	assert_int_equal(redaction_pattern(redaction, "letter", "n=([a-z])", &err), 0);
	redactor = redactor_new(mem, redaction);
	assert_string_equal(redactor_apply(redactor, text, strlen(text), &length, &count),
		"customer " L "customer:1" R ", id " L "customer:1" R " of " L "customer:2" R
		", n=" L "letter:1" R);
	assert_string_equal(redactor_kind(redactor, 0, &count), "customer");
	assert_int_equal(count, 3);
	talloc_free(mem);
}

static void a_pattern_that_is_none_is_an_error_that_says_why(void **state)
{
	static const struct {
		const char *name, *regex, *wanted;
	} cases[] = {
		{ "x", "(a", "regex: missing closing parenthesis, at its byte 3" },
		{ "Big", "a",
			"a name is of small letters, digits and dashes, 20 at most, not \"Big\"" },
		{ "token", "a", "the name \"token\" is taken" },
	};
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		struct err err = { 0 };

		assert_int_equal(
			redaction_pattern(redaction_new(mem), cases[i].name, cases[i].regex, &err),
			-1);
		assert_string_equal(err.text, cases[i].wanted);
		assert_int_equal(err.code, ERR_USAGE);
	}
	talloc_free(mem);
}

static void what_a_slow_pattern_did_not_look_at_is_not_shown(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct redaction *redaction = redaction_of(mem, "none");
	char *text = mem_array(mem, char, 3001);
	struct redactor *redactor;
	struct err err = { 0 };
	uint64_t count = 0;
	size_t length;

	(void)state;
	memset(text, 'a', 3000);
	assert_int_equal(redaction_pattern(redaction, "slow", "(?:a|a)*[bc]", &err), 0);
	redactor = redactor_new(mem, redaction);
	assert_string_equal(redactor_apply(redactor, text, 3000, &length, &count), L "slow:1" R);
	assert_true(redactor_gave_up(redactor));
	assert_false(redactor_gave_up(redactor));
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(secrets_are_known_by_their_shape),
		cmocka_unit_test(a_secret_is_found_wherever_it_begins),
		cmocka_unit_test(what_only_talks_of_secrets_stays),
		cmocka_unit_test(every_trigger_can_be_tried),
		cmocka_unit_test(keys_that_several_texts_tell_go_to_their_end),
		cmocka_unit_test(only_public_addresses_of_ip_are_replaced_and_only_where_asked_for),
		cmocka_unit_test(a_pattern_of_the_user_has_its_own_kind),
		cmocka_unit_test(a_pattern_that_is_none_is_an_error_that_says_why),
		cmocka_unit_test(what_a_slow_pattern_did_not_look_at_is_not_shown),
		cmocka_unit_test(one_secret_has_one_number_in_a_run),
		cmocka_unit_test(a_long_secret_is_replaced_to_its_end),
		cmocka_unit_test(a_quoted_secret_longer_than_a_pattern_goes_to_the_end_of_its_word),
		cmocka_unit_test(triggers_without_end_are_passed_in_linear_time),
	};

	return cmocka_run_group_tests_name("redact", tests, NULL, NULL);
}
