/* Tokens in three parts with dots between them; libcrypto signs and verifies. */
#include "standin/jwt.h"

#include <string.h>

#include <openssl/evp.h>
#include <openssl/pem.h>
#include <openssl/rsa.h>

struct jwt_key {
	EVP_PKEY *pair;
	char id[DIGEST_TEXT];
};

static int jwt_key_free(struct jwt_key *key)
{
	EVP_PKEY_free(key->pair);
	return 0;
}

static EVP_PKEY *pair_new(void)
{
	EVP_PKEY_CTX *context = EVP_PKEY_CTX_new_id(EVP_PKEY_RSA, NULL);
	EVP_PKEY *pair = NULL;

	if (context == NULL || EVP_PKEY_keygen_init(context) <= 0 ||
		EVP_PKEY_CTX_set_rsa_keygen_bits(context, 2048) <= 0 ||
		EVP_PKEY_keygen(context, &pair) <= 0)
		pair = NULL;
	EVP_PKEY_CTX_free(context);
	return pair;
}

int jwt_key_new(TALLOC_CTX *mem, struct jwt_key **out, struct err *err)
{
	struct jwt_key *key = mem_new(mem, struct jwt_key);
	char *pem;

	key->pair = pair_new();
	if (key->pair == NULL) {
		talloc_free(key);
		return err_set(err, ERR_IO, "cannot make a key");
	}
	talloc_set_destructor(key, jwt_key_free);
	pem = jwt_key_pem(key, key);
	digest_of(pem, strlen(pem), key->id);
	key->id[40] = '\0'; /* as long as those of the service */
	talloc_free(pem);
	*out = key;
	return 0;
}

char *jwt_key_pem(TALLOC_CTX *mem, const struct jwt_key *key)
{
	BIO *memory = mem_check(BIO_new(BIO_s_mem()));
	char *bytes, *text;
	long length;

	PEM_write_bio_PKCS8PrivateKey(memory, key->pair, NULL, NULL, 0, NULL, NULL);
	length = BIO_get_mem_data(memory, &bytes);
	text = mem_strndup(mem, bytes, (size_t)length);
	BIO_free(memory);
	return text;
}

const char *jwt_key_id(const struct jwt_key *key)
{
	return key->id;
}

static const char letters[] = "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";

char *jwt_encode(TALLOC_CTX *mem, const void *bytes, size_t length)
{
	const unsigned char *in = bytes;
	char *text = mem_array(mem, char, length / 3 * 4 + 5), *out = text;
	uint32_t bits = 0;
	int count = 0;

	for (size_t i = 0; i < length; i++) {
		bits = bits << 8 | in[i];
		for (count += 8; count >= 6; count -= 6)
			*out++ = letters[bits >> (count - 6) & 63];
	}
	if (count > 0)
		*out++ = letters[bits << (6 - count) & 63];
	return text;
}

static int value_of(char c)
{
	const char *letter = c == '+' ? letters + 62 : c == '/' ? letters + 63 : strchr(letters, c);

	return letter == NULL || *letter == '\0' ? -1 : (int)(letter - letters);
}

char *jwt_decode(TALLOC_CTX *mem, const char *text, size_t length, size_t *out_length)
{
	char *bytes = mem_array(mem, char, length / 4 * 3 + 4);
	uint32_t bits = 0;
	int count = 0;

	*out_length = 0;
	for (size_t i = 0; i < length; i++) {
		int value = value_of(text[i]);

		if (value < 0) {
			talloc_free(bytes);
			return NULL;
		}
		bits = bits << 6 | (uint32_t)value;
		count += 6;
		if (count >= 8) {
			count -= 8;
			bytes[(*out_length)++] = (char)(bits >> count);
		}
	}
	return bytes;
}

static char *sign(TALLOC_CTX *mem, const struct jwt_key *key, const char *text)
{
	EVP_MD_CTX *context = mem_check(EVP_MD_CTX_new());
	unsigned char signature[512];
	size_t length = sizeof(signature);
	char *encoded = NULL;

	if (EVP_DigestSignInit(context, NULL, EVP_sha256(), NULL, key->pair) == 1 &&
		EVP_DigestSign(context, signature, &length, (const unsigned char *)text,
			strlen(text)) == 1)
		encoded = jwt_encode(mem, signature, length);
	EVP_MD_CTX_free(context);
	return mem_check(encoded);
}

char *jwt_make(TALLOC_CTX *mem, const struct jwt_key *key, const cJSON *claims)
{
	TALLOC_CTX *work = talloc_new(NULL);
	char *printed = mem_check(cJSON_PrintUnformatted(claims));
	const char *header =
		mem_printf(work, "{\"alg\":\"RS256\",\"typ\":\"JWT\",\"kid\":\"%s\"}", key->id);
	const char *signed_text =
		mem_printf(work, "%s.%s", jwt_encode(work, header, strlen(header)),
			jwt_encode(work, printed, strlen(printed)));
	char *token = mem_printf(mem, "%s.%s", signed_text, sign(work, key, signed_text));

	cJSON_free(printed);
	talloc_free(work);
	return token;
}

static bool is_signed(TALLOC_CTX *work, const struct jwt_key *key, const char *text, size_t length,
	const char *encoded)
{
	EVP_MD_CTX *context = mem_check(EVP_MD_CTX_new());
	size_t signature_length;
	char *signature = jwt_decode(work, encoded, strlen(encoded), &signature_length);
	bool is_good = signature != NULL &&
		       EVP_DigestVerifyInit(context, NULL, EVP_sha256(), NULL, key->pair) == 1 &&
		       EVP_DigestVerify(context, (const unsigned char *)signature, signature_length,
			       (const unsigned char *)text, length) == 1;

	EVP_MD_CTX_free(context);
	return is_good;
}

static cJSON *decoded(TALLOC_CTX *work, const char *text, size_t length)
{
	char *bytes = jwt_decode(work, text, length, &length);
	cJSON *object = bytes == NULL ? NULL : cJSON_ParseWithLength(bytes, length);

	if (cJSON_IsObject(object))
		return object;
	cJSON_Delete(object);
	return NULL;
}

static bool is_header(const cJSON *header, const struct jwt_key *key)
{
	const char *algorithm =
		cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(header, "alg"));
	const char *id = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(header, "kid"));

	return algorithm != NULL && strcmp(algorithm, "RS256") == 0 &&
	       (id == NULL || strcmp(id, key->id) == 0);
}

int jwt_read(const char *text, const struct jwt_key *key, cJSON **claims, struct err *err)
{
	TALLOC_CTX *work = talloc_new(NULL);
	const char *first = strchr(text, '.');
	const char *second = first == NULL ? NULL : strchr(first + 1, '.');
	cJSON *header = NULL;
	int result = 0;

	*claims = NULL;
	if (second == NULL || strchr(second + 1, '.') != NULL) {
		result = err_set(err, ERR_FORMAT, "not three parts");
	} else {
		header = decoded(work, text, (size_t)(first - text));
		*claims = decoded(work, first + 1, (size_t)(second - first - 1));
		if (*claims == NULL || !is_header(header, key))
			result = err_set(err, ERR_FORMAT, "broken, or of another key");
		else if (!is_signed(work, key, text, (size_t)(second - text), second + 1))
			result = err_set(err, ERR_FORMAT, "not signed by its key");
	}
	if (result < 0) {
		cJSON_Delete(*claims);
		*claims = NULL;
	}
	cJSON_Delete(header);
	talloc_free(work);
	return result;
}
