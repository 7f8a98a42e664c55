/* Where credentials are looked for. */
#include "cloud/credentials.h"

#include <stdlib.h>
#include <string.h>

typedef int find(TALLOC_CTX *mem, struct credentials **out, struct err *err);

/* In this order; the first that has something decides, also where that is broken. */
static find *const places[] = {
	explicit_find,
};

const char *credentials_variable(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

struct credentials *credentials_new(TALLOC_CTX *mem, const char *kind, const char *origin)
{
	struct credentials *credentials = mem_new(mem, struct credentials);

	credentials->kind = kind;
	credentials->origin = mem_strdup(credentials, origin);
	credentials->universe = UNIVERSE_DEFAULT;
	return credentials;
}

int credentials_find(TALLOC_CTX *mem, struct credentials **out, struct err *err)
{
	for (size_t i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		int found = places[i](mem, out, err);

		if (found != 0)
			return found < 0 ? -1 : 0;
	}
	return err_set(err, ERR_NOT_FOUND,
		"no credentials; run \"gcloud auth application-default login\", or set "
		"GOOGLE_APPLICATION_CREDENTIALS to a file, or FIVEWHYS_ACCESS_TOKEN to a token");
}
