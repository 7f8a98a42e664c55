/* SHA-256 by libcrypto, written in hexadecimal. */
#include "base/base.h"

#include <openssl/evp.h>

struct digest {
	EVP_MD_CTX *context;
};

static int digest_free(struct digest *digest)
{
	EVP_MD_CTX_free(digest->context);
	return 0;
}

static const EVP_MD *sha256(void)
{
	static const EVP_MD *method;

	if (method == NULL)
		method = mem_check(EVP_MD_fetch(NULL, "SHA256", NULL));
	return method;
}

static void restart(struct digest *digest)
{
	if (EVP_DigestInit_ex(digest->context, sha256(), NULL) != 1)
		mem_check(NULL);
}

struct digest *digest_new(TALLOC_CTX *mem)
{
	struct digest *digest = mem_new(mem, struct digest);

	digest->context = mem_check(EVP_MD_CTX_new());
	talloc_set_destructor(digest, digest_free);
	restart(digest);
	return digest;
}

void digest_add(struct digest *digest, const void *bytes, size_t length)
{
	if (EVP_DigestUpdate(digest->context, bytes, length) != 1)
		mem_check(NULL);
}

void digest_end(struct digest *digest, char out[DIGEST_TEXT])
{
	static const char digits[] = "0123456789abcdef";
	unsigned char raw[EVP_MAX_MD_SIZE];
	unsigned int length = 0;

	if (EVP_DigestFinal_ex(digest->context, raw, &length) != 1)
		mem_check(NULL);
	for (unsigned int i = 0; i < length && 2 * i + 2 < DIGEST_TEXT; i++) {
		out[2 * i] = digits[raw[i] >> 4];
		out[2 * i + 1] = digits[raw[i] & 15];
	}
	out[DIGEST_TEXT - 1] = '\0';
}

void digest_of(const void *bytes, size_t length, char out[DIGEST_TEXT])
{
	struct digest *digest = digest_new(NULL);

	digest_add(digest, bytes, length);
	digest_end(digest, out);
	talloc_free(digest);
}
