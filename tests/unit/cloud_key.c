/* A key of a service account, made for this run. */
#include "unit/cloud_key.h"

#include <cjson/cJSON.h>
#include <openssl/pem.h>
#include <string.h>

#include "base/base.h"

char *cloud_key_new(TALLOC_CTX *mem, const char *type, EVP_PKEY **key)
{
	EVP_PKEY *made =
		mem_check(strcmp(type, "EC") == 0 ? EVP_EC_gen("P-256") : EVP_RSA_gen(2048));
	BIO *out = mem_check(BIO_new(BIO_s_mem()));
	char *bytes, *pem;
	long length;

	PEM_write_bio_PKCS8PrivateKey(out, made, NULL, NULL, 0, NULL, NULL);
	length = BIO_get_mem_data(out, &bytes);
	pem = mem_strndup(mem, bytes, (size_t)length);
	BIO_free(out);
	if (key != NULL)
		*key = made;
	else
		EVP_PKEY_free(made);
	return pem;
}

char *cloud_key_file(TALLOC_CTX *mem, const char *pem, const char *universe)
{
	cJSON *file = cJSON_CreateObject();
	char *text, *copy;

	cJSON_AddStringToObject(file, "type", "service_account");
	cJSON_AddStringToObject(file, "project_id", "demo-project");
	cJSON_AddStringToObject(file, "private_key_id", "key-1");
	cJSON_AddStringToObject(file, "private_key", pem);
	cJSON_AddStringToObject(
		file, "client_email", "robot@demo-project.iam.gserviceaccount.example");
	if (universe != NULL)
		cJSON_AddStringToObject(file, "universe_domain", universe);
	text = cJSON_PrintUnformatted(file);
	copy = mem_strdup(mem, text);
	cJSON_free(text);
	cJSON_Delete(file);
	return copy;
}
