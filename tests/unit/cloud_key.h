/* A key of a service account, made for this run. */
#ifndef CLOUD_KEY_H
#define CLOUD_KEY_H

#include <openssl/evp.h>
#include <talloc.h>

/* 2048 bits, unless TYPE is "EC"; in PEM (PKCS#8), owned by MEM. *KEY (may be NULL) is the caller's. */
char *cloud_key_new(TALLOC_CTX *mem, const char *type, EVP_PKEY **key);
/* A file of the type "service_account" with PEM in it. */
char *cloud_key_file(TALLOC_CTX *mem, const char *pem, const char *universe);

#endif
