/* Files of credentials: the one that a variable names, and the one that gcloud writes. */
#include <string.h>
#include <unistd.h>

#include "cloud/credentials.h"
#include "cloud/document.h"
#include "cloud/secret.h"

#define VARIABLE "GOOGLE_APPLICATION_CREDENTIALS"
#define GCLOUD_FILE "application_default_credentials.json"

/* ORIGIN says why PATH is read. */
static int take_file(TALLOC_CTX *mem, const char *origin, const char *path,
	struct credentials **out, struct err *err)
{
	TALLOC_CTX *scratch = talloc_new(NULL);
	char *text = NULL;
	size_t length;
	int result = -1;

	if (secret_read(scratch, path, DOCUMENT_MAX, &text, &length, err) < 0)
		err_prefix(err, "%s", origin);
	else
		result = credentials_parse(
			mem, mem_printf(scratch, "%s: %s", origin, path), text, length, out, err);
	talloc_free(scratch);
	return result < 0 ? -1 : 1;
}

/* Some paste the key itself, which must not be quoted as if it were a path. */
static bool is_path(const char *value)
{
	return value[strspn(value, " \t\r\n")] != '{' && strlen(value) < 4096 &&
	       strchr(value, '\n') == NULL;
}

static char *gcloud_file(TALLOC_CTX *mem)
{
	const char *folder = credentials_variable("CLOUDSDK_CONFIG");
	const char *home = credentials_variable("HOME");

	if (folder != NULL)
		return path_join(mem, folder, GCLOUD_FILE);
	if (home != NULL)
		return path_join(mem, home, ".config/gcloud/" GCLOUD_FILE);
	return NULL;
}

int files_find(TALLOC_CTX *mem, struct credentials **out, struct err *err)
{
	const char *named = credentials_variable(VARIABLE);
	char *path;
	int result = 0;

	if (named != NULL && !is_path(named))
		return err_set(err, ERR_USAGE,
			VARIABLE " holds something else than the path of a file: write the JSON to "
				 "a file of mode 0600 and name that");
	if (named != NULL)
		return take_file(mem, VARIABLE, named, out, err);
	path = gcloud_file(mem);
	if (path != NULL && (access(path, F_OK) == 0 || errno == EACCES))
		result = take_file(mem, "gcloud", path, out, err);
	talloc_free(path);
	return result;
}
