/* Base64 and signed statements. */
#include "cloud/jwt.h"

#include <string.h>

#include "cloud/base64.h"
#include "unit/cloud_key.h"
#include "unit/test.h"

static void base64_is_that_of_the_rfc(void **state)
{
	static const struct {
		const char *bytes, *text;
	} cases[] = { { "", "" }, { "f", "Zg==" }, { "fo", "Zm8=" }, { "foo", "Zm9v" },
		{ "foob", "Zm9vYg==" }, { "fooba", "Zm9vYmE=" }, { "foobar", "Zm9vYmFy" } };
	TALLOC_CTX *mem = talloc_new(NULL);

	(void)state;
	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		size_t length = strlen(cases[i].bytes);

		assert_string_equal(base64_encode(mem, cases[i].bytes, length), cases[i].text);
		assert_int_equal(strlen(base64_url(mem, cases[i].bytes, length)),
			strcspn(cases[i].text, "="));
	}
	assert_string_equal(base64_encode(mem, "\xfb\xff\xfe", 3), "+//+");
	assert_string_equal(base64_url(mem, "\xfb\xff\xfe", 3), "-__-");
	talloc_free(mem);
}

/* As any receiver does it: over the first two parts, with the public key. */
static bool is_signed(EVP_PKEY *key, const char *text)
{
	const char *dot = strrchr(text, '.');
	EVP_MD_CTX *context = EVP_MD_CTX_new();
	unsigned char signature[520];
	char padded[700];
	size_t length = strlen(dot + 1);
	int size;
	bool result;

	memcpy(padded, dot + 1, length);
	for (size_t i = 0; i < length; i++)
		padded[i] = padded[i] == '-' ? '+' : padded[i] == '_' ? '/' : padded[i];
	while (length % 4 != 0)
		padded[length++] = '=';
	size = EVP_DecodeBlock(signature, (unsigned char *)padded, (int)length);
	assert_true(size >= 256);
	EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key);
	result = EVP_DigestVerify(context, signature, 256, (const unsigned char *)text,
			 (size_t)(dot - text)) == 1;
	EVP_MD_CTX_free(context);
	return result;
}

static void a_statement_is_signed_with_the_key_and_names_it(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct jwt_key *key;
	struct err err;
	EVP_PKEY *public;
	char *text;

	(void)state;
	assert_int_equal(jwt_key_parse(mem, cloud_key_new(mem, "RSA", &public), &key, &err), 0);
	assert_int_equal(jwt_sign(mem, key, "key-1", "{\"iss\":\"a\"}", &text, &err), 0);
	/* {"alg":"RS256","typ":"JWT","kid":"key-1"} and {"iss":"a"} */
	assert_memory_equal(text,
		"eyJhbGciOiJSUzI1NiIsInR5cCI6IkpXVCIsImtpZCI6ImtleS0xIn0.eyJpc3MiOiJhIn0.", 72);
	assert_true(is_signed(public, text));
	text[60] ^= 1;
	assert_false(is_signed(public, text));
	EVP_PKEY_free(public);
	talloc_free(mem);
}

static void what_is_no_rsa_key_is_refused_without_being_quoted(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *texts[] = { "", "fake-secret", "-----BEGIN PRIVATE KEY-----\nZmFrZQ==\n",
		"-----BEGIN PRIVATE KEY-----\nfake-secret\n-----END PRIVATE KEY-----\n",
		"-----BEGIN ENCRYPTED PRIVATE KEY-----\nZmFrZQ==\n-----END ENCRYPTED PRIVATE "
		"KEY-----\n",
		cloud_key_new(mem, "EC", NULL) };
	struct jwt_key *key;
	struct err err;

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		assert_int_equal(jwt_key_parse(mem, texts[i], &key, &err), -1);
		assert_string_equal(err.text, "not an RSA private key in PEM");
	}
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(base64_is_that_of_the_rfc),
		cmocka_unit_test(a_statement_is_signed_with_the_key_and_names_it),
		cmocka_unit_test(what_is_no_rsa_key_is_refused_without_being_quoted),
	};

	return cmocka_run_group_tests_name("jwt", tests, NULL, NULL);
}
