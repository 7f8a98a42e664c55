/* Where files are, and what is in a folder. */
#include "base/base.h"

#include <dirent.h>
#include <fcntl.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

char *path_join(TALLOC_CTX *mem, const char *folder, const char *name)
{
	size_t length = strlen(folder);
	const char *slash = length > 0 && folder[length - 1] != '/' ? "/" : "";

	return mem_printf(mem, "%s%s%s", folder, slash, name);
}

static char *xdg(TALLOC_CTX *mem, const char *variable, const char *fallback, const char *name)
{
	const char *base = getenv(variable);
	const char *home = getenv("HOME");

	if (base != NULL && base[0] == '/') /* the specification says to ignore relative ones */
		return mem_printf(mem, "%s/fivewhys/%s", base, name);
	return mem_printf(mem, "%s/%s/fivewhys/%s", home != NULL ? home : "", fallback, name);
}

char *path_state(TALLOC_CTX *mem, const char *name)
{
	return xdg(mem, "XDG_STATE_HOME", ".local/state", name);
}

char *path_config(TALLOC_CTX *mem, const char *name)
{
	return xdg(mem, "XDG_CONFIG_HOME", ".config", name);
}

char *path_data(TALLOC_CTX *mem, const char *name)
{
	const char *folder = getenv("FIVEWHYS_DATADIR");

	return path_join(mem, folder != NULL && folder[0] != '\0' ? folder : PKGDATADIR, name);
}

const char *path_base(const char *path)
{
	const char *slash = strrchr(path, '/');

	return slash != NULL && slash[1] != '\0' ? slash + 1 : path;
}

int path_make(const char *folder, struct err *err)
{
	char *path = mem_strdup(NULL, folder);
	int result = 0;

	for (char *slash = path + 1; result == 0; slash++) {
		char kept = *slash;

		if (kept != '/' && kept != '\0')
			continue;
		*slash = '\0';
		if (mkdir(path, 0700) < 0 && errno != EEXIST)
			result = err_io(err, "cannot make the folder %s", path);
		*slash = kept;
		if (kept == '\0')
			break;
	}
	talloc_free(path);
	return result;
}

struct listing {
	char **paths;
	size_t count;
	const char *suffix;
	bool recurse;
	unsigned depth;
};

static bool ends_in(const char *name, const char *suffix)
{
	size_t length = strlen(name), wanted = suffix == NULL ? 0 : strlen(suffix);

	return length >= wanted &&
	       strcmp(name + length - wanted, suffix == NULL ? "" : suffix) == 0;
}

static int list(TALLOC_CTX *mem, struct listing *listing, const char *folder, struct err *err);

static int list_one(TALLOC_CTX *mem, struct listing *listing, char *path, struct err *err)
{
	struct stat status;

	if (stat(path, &status) < 0)
		return err_io(err, "%s", path);
	if (S_ISDIR(status.st_mode))
		return listing->recurse ? list(mem, listing, path, err) : 0;
	if (!S_ISREG(status.st_mode) || !ends_in(path, listing->suffix))
		return 0;
	listing->paths = mem_grow(mem, listing->paths, listing->count + 1, sizeof(char *));
	listing->paths[listing->count++] = path;
	listing->paths[listing->count] = NULL;
	return 0;
}

static int list(TALLOC_CTX *mem, struct listing *listing, const char *folder, struct err *err)
{
	const struct dirent *item;
	int result = 0;
	DIR *stream;

	if (listing->depth >= 32)
		return err_set(err, ERR_LIMIT, "%s: more than 32 folders deep", folder);
	stream = opendir(folder);
	if (stream == NULL)
		return err_io(err, "%s", folder);
	listing->depth++;
	while (result == 0 && (item = readdir(stream)) != NULL)
		if (item->d_name[0] != '.')
			result = list_one(mem, listing, path_join(mem, folder, item->d_name), err);
	listing->depth--;
	closedir(stream);
	return result;
}

static int compare_paths(const void *left, const void *right)
{
	return strcmp(*(char *const *)left, *(char *const *)right);
}

int path_list(TALLOC_CTX *mem, const char *folder, const char *suffix, bool recurse, char ***out,
	struct err *err)
{
	struct listing listing = { .suffix = suffix, .recurse = recurse };

	listing.paths = mem_array(mem, char *, 8);
	if (list(mem, &listing, folder, err) < 0)
		return -1;
	qsort(listing.paths, listing.count, sizeof(char *), compare_paths);
	*out = listing.paths;
	return 0;
}

int path_read(TALLOC_CTX *mem, const char *path, size_t limit, char **out, size_t *length,
	struct err *err)
{
	FILE *file = fopen(path, "re");
	char *text = NULL;
	size_t used = 0, got = 0;

	if (file == NULL)
		return err_io(err, "%s", path);
	do {
		used += got;
		text = mem_check(talloc_realloc(mem, text, char, used + 65536 + 1));
		got = fread(text + used, 1, 65536, file);
	} while (got > 0 && used + got <= limit);
	if (ferror(file)) {
		fclose(file);
		talloc_free(text);
		return err_io(err, "%s", path);
	}
	fclose(file);
	if (got > 0) {
		talloc_free(text);
		return err_set(err, ERR_LIMIT, "%s: longer than %zu bytes", path, limit);
	}
	text[used] = '\0';
	*out = text;
	*length = used;
	return 0;
}
