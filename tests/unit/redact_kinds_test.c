/* Kinds of secrets that only a prefix or a place tells, and what looks like them. */
#include <string.h>

#include "source/redact_rules.h"
#include "source/source.h"
#include "unit/test.h"

#define OPEN "\xe2\x80\xb9"
#define CLOSE "\xe2\x80\xba"
#define HEX "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1b2c3d4e5f60718293a4b5c6d7e8f9"
#define MIXED "aB3dE5fG7hJ9kL1mN3pQ5rS7tU9vW1xY3zA5bC7dE9fG1hJ3kL5mN7pQ9rS1tU3vW5x"

/* In two parts, so that no scanner takes this file for a leak. */
static const struct {
	const char *prefix, *body;
	int length; /* of the body that is taken */
} tokens[] = {
	{ "GR1348941", MIXED, 20 },
	{ "hf_", "abCdefGhijKlmnOpqrStuvWxyzAbcdEfgh", 34 },
	{ "dckr_pat_", "aB-dE_fG7hJ-kL1mN_pQ5rS7tU9", 27 },
	{ "figd_", "aB3d-5fG7_J9kL1m-3pQ5rS7tU9vW1xY_zA5bC7d", 40 },
	{ "pul-", HEX, 40 },
	{ "fo1_", MIXED, 43 },
	{ "dt0c01.", "AB3DE5FG7HJ9KL1MN3PQ5RS7.TU9VW1XY3ZA5BC7DE9FG1HJ3KL5MN7PQ", 57 },
	{ "AKCp", MIXED, 60 },
	{ "CLOJARS_", HEX, 60 },
	{ "EZAK", MIXED, 54 },
	{ "oy2", HEX, 43 },
	{ "EAAA", MIXED, 60 },
	{ "sqp_", HEX, 40 },
	{ "1%2F%2F0", MIXED, 40 },

};

static const struct {
	const char *text, *wanted;
} secrets[] = {
	{ "key 0a1b2c3d4e5f60718293a4b5c6d7e8f9-us12.", "key " OPEN "key:1" CLOSE "." },
	{ "0a1b2c3d4e5f60718293a4b5c6d7e8f90a1bNRAL", OPEN "key:1" CLOSE },
	{ "[31mghp_"
	  "0123456789abcdefghij0123456789abcdef[0m",
		"[31m" OPEN "token:1" CLOSE "[0m" },
	{ "u=https%3A%2F%2Fhooks.slack.com%2Fservices%2FT0AB1%2FB2CD3%2Fe4F5g6H7",
		"u=https%3A%2F%2Fhooks.slack.com%2Fservices%2F" OPEN "token:1" CLOSE },
	{ "_auth=Y2k6aHVudGVyMg==", "_auth=" OPEN "token:1" CLOSE },
	{ "docker login -u ci -p hunter2 registry.example.com",
		"docker login -u ci -p " OPEN "password:1" CLOSE " registry.example.com" },
	{ "mysql -h db -uroot -phunter2 app",
		"mysql -h db -uroot -p" OPEN "password:1" CLOSE " app" },
	{ "sshpass -p 'hunter2' ssh host", "sshpass -p '" OPEN "password:1" CLOSE "' ssh host" },
	{ "redis-cli -h cache -a hunter2 ping",
		"redis-cli -h cache -a " OPEN "password:1" CLOSE " ping" },
	{ "openssl enc -d -pass pass:hunter2 -in x",
		"openssl enc -d -pass pass:" OPEN "password:1" CLOSE " -in x" },
	{ "jdbc:oracle:thin:scott/tiger2@db:1521:x",
		"jdbc:oracle:thin:scott/" OPEN "password:1" CLOSE "@db:1521:x" },
	{ "echo 'hunter2' | docker login -u ci --password-stdin",
		"echo '" OPEN "password:1" CLOSE "' | docker login -u ci --password-stdin" },
	{ "['login', '--password', 'hunter2']",
		"['login', '--password', '" OPEN "password:1" CLOSE "']" },
	{ "[\"curl\",\"-u\",\"ci:hunter2\"]",
		"[\"curl\",\"-u\",\"ci:" OPEN "password:1" CLOSE "\"]" },
	{ "curl --user 'ci:a1b2/c3d4='", "curl --user 'ci:" OPEN "password:1" CLOSE "'" },
	{ "setx API_TOKEN \"a1b2c3d4e5\"", "setx API_TOKEN \"" OPEN "token:1" CLOSE "\"" },
	{ "- name: DB_PASSWORD\n  value: hunter2",
		"- name: DB_PASSWORD\n  value: " OPEN "password:1" CLOSE },
	{ "~ password = \"hunter2\" -> \"hunter3\"",
		"~ password = \"" OPEN "password:1" CLOSE "\"" },
	{ "x?password=%2Bs3Nbo%3D&a=1", "x?password=" OPEN "password:1" CLOSE "&a=1" },
	{ "smtp_pass: a1b2#c3d4", "smtp_pass: " OPEN "password:1" CLOSE },
	{ "ADO_PAT=a1b2c3d4e5f6", "ADO_PAT=" OPEN "token:1" CLOSE },
	{ "mysql://root:p@ss@db.example.com/app",
		"mysql://root:" OPEN "password:1" CLOSE "@db.example.com/app" },
	{ "jdbc:sqlserver://db:1433;user=sa;password=p@ss1;encrypt=true",
		"jdbc:sqlserver://db:1433;user=sa;password=" OPEN "password:1" CLOSE
		";encrypt=true" },
	{ "  POSTGRES_PASSWORD: changeme", "  POSTGRES_PASSWORD: " OPEN "password:1" CLOSE },
	{ "clientSecret: \"hunter2\"", "clientSecret: \"" OPEN "token:1" CLOSE "\"" },
	{ "Authorization: Bearer my-long-token", "Authorization: Bearer " OPEN "token:1" CLOSE },
	{ "token=qwertyuiopasdfghjklzxcvbnmqwerty", "token=" OPEN "token:1" CLOSE },
	{ "password=$ec!ret password='*star7'",
		"password=" OPEN "password:1" CLOSE " password='" OPEN "password:2" CLOSE "'" },
	{ "-Dpassword=/8Qa1B2cD3eF4gH5iJ6kL7mN8oP9qR0sT=", "-Dpassword=" OPEN "password:1" CLOSE },
	{ "k=-----BEGIN+PRIVATE+KEY-----%0AMIIEa1b2%2Fc3d4e5f6g7h8%3D%0A-----END+",
		"k=-----BEGIN+PRIVATE+KEY-----" OPEN "private-key:1" CLOSE "-----END+" },
	{ "torn\nb3BlbnNzaC1rZXktdjEAAAAABG5vbmUAAAAEbm9uZQ\nKz9T=\n-----END PRIVATE KEY-----",
		"torn\n" OPEN "private-key:1" CLOSE "\n-----END PRIVATE KEY-----" },
};

static const char *const harmless[] = {
	"hf_hub_download_of_something_with_a_long_name",
	"pypi-simple-index-server-name",
	"deployed to us-central1-us1",
	"ssh login@host1 -p 2222, last login -p 2222",
	"mysql -h db -P 3306 -u app app",
	"docker login -u ci -p $PASSWORD registry.example.com",
	"docker login -u ci -p **** registry.example.com",
	"echo \"$PASSWORD\" | docker login --password-stdin",
	"echo done | tee build.log",
	"openssl enc -passin env:PASS",
	"sqlplus /nolog",
	"jdbc:oracle:thin:@//db:1521/x",
	"password=%PASSWORD% password=%(password)s password=%s",
	"password=$db_password password=$cfg['pw'] password=$ENV:PW password=%-8s",
	"def seek(self, cookie, whence=0): if cookie == 0 and self.x:",
	"jar = from_dict(cookies, cookiejar=cookiejar, overwrite=False)",
	"self.password = user_pass; login = account = password = ''",
	"use the --username and --password options, or --password for short",
	"UNRESERVED_PAT = r\"ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._!\"",
	"self.connect_auth = AuthorizationCode2(request)",
	"DB_PASSWORD: configured",
	"DB_PASSWORD: see the manual",
	"token_endpoint_auth_method: client_secret_basic",
	"Authorization: Bearer token rejected by upstream",
	"Authorization: token mismatch",
	"password=#{password} WHERE password=@password",
	"password: process.env.DB_PASSWORD",
	"- name: DB_PASSWORD\n  valueFrom:\n    secretKeyRef:",
	"ENV SECRET_NAME db-creds",
	"login_pass: step-2",
	"client-key-data: DATA+OMITTED",
	"https://user@example.com/ postgresql://app@db.example.com/app",
	"Set-Cookie: session=deleted; Path=/",
	"password=/run/secrets/Db1/Password2/file3",
	"reached the END of the PRIVATE KEY check",
};

static const char *redacted(TALLOC_CTX *mem, const char *text, uint64_t *count)
{
	size_t length;

	return redactor_apply(redactor_new(mem, NULL), text, strlen(text), &length, count);
}

static void a_token_is_known_by_its_prefix(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(tokens) / sizeof(tokens[0]); i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		const char *text = mem_printf(mem, "value '%s%.*s' refused", tokens[i].prefix,
			tokens[i].length, tokens[i].body);
		uint64_t count = 0;
		const char *out = redacted(mem, text, &count);

		if (count != 1 || strncmp(out, "value '" OPEN, 10) != 0 ||
			strcmp(out + strlen(out) - 12, CLOSE "' refused") != 0)
			fail_msg("%s\n became %s", text, out);
		talloc_free(mem);
	}
}

static void a_secret_is_known_by_its_place(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(secrets) / sizeof(secrets[0]); i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		uint64_t count = 0;
		const char *out = redacted(mem, secrets[i].text, &count);

		if (strcmp(out, secrets[i].wanted) != 0)
			fail_msg("%s\n became %s", secrets[i].text, out);
		talloc_free(mem);
	}
}

static void what_only_looks_like_one_stays(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(harmless) / sizeof(harmless[0]); i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		uint64_t count = 0;
		const char *out = redacted(mem, harmless[i], &count);

		if (out != harmless[i])
			fail_msg("%s\n became %s", harmless[i], out);
		talloc_free(mem);
	}
}

static void assert_redacted(const char *const *texts, const char *const *wanted, size_t count)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct redactor *redactor = redactor_new(mem, NULL);

	for (size_t i = 0; i < count; i++) {
		uint64_t replaced = 0;
		size_t length;

		assert_string_equal(
			redactor_apply(redactor, texts[i], strlen(texts[i]), &length, &replaced),
			wanted[i]);
	}
	talloc_free(mem);
}

/* gcloud writes the newest entry first. */
static void a_key_that_is_told_backwards_goes_to_its_beginning(void **state)
{
	static const char *const texts[] = { "-----END PRIVATE KEY-----",
		"Kz9Tq1Bz==", "q1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9T",
		"INFO BEGIN of it",
		"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDf7w8x5Yq3Kz9T",
		"-----BEGIN PRIVATE KEY-----", "Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz" };
	static const char *const wanted[] = { "-----END PRIVATE KEY-----",
		OPEN "private-key:1" CLOSE, OPEN "private-key:1" CLOSE, "INFO BEGIN of it",
		OPEN "private-key:1" CLOSE, "-----BEGIN PRIVATE KEY-----",
		"Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz5Yq3Kz9Tq1Bz" };

	(void)state;
	assert_redacted(texts, wanted, sizeof(texts) / sizeof(texts[0]));
}

static void the_end_of_one_key_does_not_hide_the_beginning_of_the_next(void **state)
{
	static const char *const texts[] = { "-----END PRIVATE KEY-----",
		"-----BEGIN PRIVATE KEY-----",
		"MIIEvQIBADANBgkqhkiG9w0BAQEFAASCBKcwggSjAgEAAoIBAQDf7w8x5Yq3Kz9T",
		"-----END PRIVATE KEY-----" };
	static const char *const wanted[] = { "-----END PRIVATE KEY-----",
		"-----BEGIN PRIVATE KEY-----", OPEN "private-key:1" CLOSE,
		"-----END PRIVATE KEY-----" };

	(void)state;
	assert_redacted(texts, wanted, sizeof(texts) / sizeof(texts[0]));
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(a_token_is_known_by_its_prefix),
		cmocka_unit_test(a_secret_is_known_by_its_place),
		cmocka_unit_test(what_only_looks_like_one_stays),
		cmocka_unit_test(a_key_that_is_told_backwards_goes_to_its_beginning),
		cmocka_unit_test(the_end_of_one_key_does_not_hide_the_beginning_of_the_next),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
