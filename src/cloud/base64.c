/* Base64 by libcrypto. */
#include "cloud/base64.h"

#include <openssl/evp.h>

#include "cloud/secret.h"

char *base64_encode(TALLOC_CTX *mem, const void *bytes, size_t length)
{
	char *text = secret_room(mem, 4 * ((length + 2) / 3) + 1);

	EVP_EncodeBlock((unsigned char *)text, bytes, (int)length);
	return text;
}

char *base64_url(TALLOC_CTX *mem, const void *bytes, size_t length)
{
	char *text = base64_encode(mem, bytes, length);

	for (char *c = text; *c != '\0'; c++) {
		if (*c == '+')
			*c = '-';
		else if (*c == '/')
			*c = '_';
		else if (*c == '=')
			*c = '\0';
		if (*c == '\0')
			break;
	}
	return text;
}
