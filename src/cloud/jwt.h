/* JSON Web Tokens signed with RS256, RFC 7519 and RFC 7518. */
#ifndef CLOUD_JWT_H
#define CLOUD_JWT_H

#include "base/base.h"

/* A private RSA key; libcrypto wipes it when it is freed. */
struct jwt_key;

/* A key in PEM without a password. ERR_FORMAT, which quotes nothing of it. */
int jwt_key_parse(TALLOC_CTX *mem, const char *pem, struct jwt_key **out, struct err *err);
/*
 * The token with CLAIMS (a JSON object) and the KEY_ID in its head (NULL: none). *OUT is owned by
 * MEM and wiped when freed. ERR_FORMAT where the key cannot sign.
 */
int jwt_sign(TALLOC_CTX *mem, const struct jwt_key *key, const char *key_id, const char *claims,
	char **out, struct err *err);

#endif
