/* RSASSA-PKCS1-v1_5 with SHA-256, by libcrypto. */
#include "cloud/jwt.h"

#include <cjson/cJSON.h>
#include <openssl/err.h>
#include <openssl/evp.h>
#include <openssl/pem.h>
#include <string.h>

#include "cloud/base64.h"
#include "cloud/secret.h"

struct jwt_key {
	EVP_PKEY *key;
};

static int key_free(struct jwt_key *key)
{
	EVP_PKEY_free(key->key);
	return 0;
}

/* libcrypto would ask at the terminal. */
static int no_password(char *buffer, int size, int writing, void *context)
{
	(void)buffer;
	(void)size;
	(void)writing;
	(void)context;
	return -1;
}

int jwt_key_parse(TALLOC_CTX *mem, const char *pem, struct jwt_key **out, struct err *err)
{
	BIO *input = mem_check(BIO_new_mem_buf(pem, -1));
	EVP_PKEY *key = PEM_read_bio_PrivateKey(input, NULL, no_password, NULL);

	BIO_free(input);
	ERR_clear_error();
	if (key == NULL || EVP_PKEY_get_base_id(key) != EVP_PKEY_RSA) {
		EVP_PKEY_free(key);
		return err_set(err, ERR_FORMAT, "not an RSA private key in PEM");
	}
	*out = mem_new(mem, struct jwt_key);
	(*out)->key = key;
	talloc_set_destructor(*out, key_free);
	return 0;
}

static char *make_head(TALLOC_CTX *mem, const char *key_id)
{
	cJSON *head = mem_check(cJSON_CreateObject());
	char *text, *out;

	cJSON_AddStringToObject(head, "alg", "RS256");
	cJSON_AddStringToObject(head, "typ", "JWT");
	if (key_id != NULL)
		cJSON_AddStringToObject(head, "kid", key_id);
	text = mem_check(cJSON_PrintUnformatted(head));
	out = base64_url(mem, text, strlen(text));
	cJSON_free(text);
	cJSON_Delete(head);
	return out;
}

/* The signature of TEXT in base64url; NULL where the key cannot sign. */
static char *make_signature(TALLOC_CTX *mem, const struct jwt_key *key, const char *text)
{
	EVP_MD_CTX *context = mem_check(EVP_MD_CTX_new());
	size_t length = (size_t)EVP_PKEY_get_size(key->key);
	unsigned char *bytes = mem_array(mem, unsigned char, length);
	char *out = NULL;

	if (EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key->key) == 1 &&
		EVP_DigestSign(
			context, bytes, &length, (const unsigned char *)text, strlen(text)) == 1)
		out = base64_url(mem, bytes, length);
	EVP_MD_CTX_free(context);
	ERR_clear_error();
	return out;
}

int jwt_sign(TALLOC_CTX *mem, const struct jwt_key *key, const char *key_id, const char *claims,
	char **out, struct err *err)
{
	TALLOC_CTX *scratch = talloc_new(mem);
	char *head = make_head(scratch, key_id);
	char *body = base64_url(scratch, claims, strlen(claims));
	char *text = secret_printf(scratch, "%s.%s", head, body);
	char *signature = make_signature(scratch, key, text);
	int result = 0;

	if (signature != NULL)
		*out = secret_printf(mem, "%s.%s", text, signature);
	else
		result = err_set(err, ERR_FORMAT, "the private key cannot sign");
	talloc_free(scratch);
	return result;
}
