/* JSON Web Tokens signed by RS256 (RFC 7515, RFC 7518 section 3.3), and the keys for them. */
#ifndef STANDIN_JWT_H
#define STANDIN_JWT_H

#include <cjson/cJSON.h>

#include "base/base.h"

/* A pair of keys, made when it is asked for, so that none is ever kept anywhere. */
struct jwt_key;
int jwt_key_new(TALLOC_CTX *mem, struct jwt_key **out, struct err *err);
/* The private key in PEM (PKCS #8), owned by MEM. */
char *jwt_key_pem(TALLOC_CTX *mem, const struct jwt_key *key);
/* The name of KEY that stands in "kid". */
const char *jwt_key_id(const struct jwt_key *key);

/* CLAIMS signed, owned by MEM. */
char *jwt_make(TALLOC_CTX *mem, const struct jwt_key *key, const cJSON *claims);
/*
 * The claims of TEXT, which the caller frees with cJSON_Delete. ERR_FORMAT where it is no token, is
 * not signed by KEY, or names another key.
 */
int jwt_read(const char *text, const struct jwt_key *key, cJSON **claims, struct err *err);

/* Base64 with the letters for URLs and no padding (RFC 4648 section 5), owned by MEM. */
char *jwt_encode(TALLOC_CTX *mem, const void *bytes, size_t length);
/* The bytes, NUL-terminated behind *OUT_LENGTH; NULL where TEXT is none. Takes both alphabets. */
char *jwt_decode(TALLOC_CTX *mem, const char *text, size_t length, size_t *out_length);

#endif
