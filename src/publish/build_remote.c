/* Addresses of repositories, in the ways that git and people write them. */
#include <string.h>

#include "publish/build.h"
#include "publish/reading.h"

struct parts {
	const char *host;
	char *path; /* without slashes at the ends */
};

static bool is_host(const char *host, size_t length)
{
	return length > 0 && length <= 253 &&
	       strspn(host, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-.:") >=
		       length;
}

/* "https://user@host/path", "ssh://git@host:22/path", "git@host:path" */
static bool split(TALLOC_CTX *mem, const char *remote, struct parts *out)
{
	const char *scheme = strstr(remote, "://");
	const char *host = scheme != NULL ? scheme + 3 : remote;
	const char *at = strchr(host, '@');
	const char *end;
	size_t length;

	if (at != NULL && at < host + strcspn(host, "/"))
		host = at + 1;
	end = strpbrk(host, scheme != NULL ? "/" : ":");
	if (end == NULL || !is_host(host, (size_t)(end - host)))
		return false;
	out->host = mem_strndup(mem, host, (size_t)(end - host));
	if (scheme != NULL && strncmp(remote, "ssh", 3) == 0) /* its port says nothing of the web */
		out->host = mem_strndup(mem, host, strcspn(host, ":/"));
	end += strspn(end, "/:");
	length = strcspn(end, "?#");
	while (length > 0 && end[length - 1] == '/')
		length--;
	out->path = mem_strndup(mem, end, length);
	return length > 0;
}

/* The number behind MARK in PATH, which then ends before MARK; 0: it is not there. */
static uint64_t cut_number(TALLOC_CTX *mem, char *path, const char *mark)
{
	char *found = strstr(path, mark), *number;

	if (found == NULL)
		return 0;
	number = found + strlen(mark);
	*found = '\0';
	return reading_number(mem_strndup(mem, number, strcspn(number, "/")));
}

static void cut_ending(char *path)
{
	size_t length = strlen(path);

	if (length > 4 && strcmp(path + length - 4, ".git") == 0)
		path[length - 4] = '\0';
}

static const struct {
	const char *mark;
	enum build_forge forge;
} marks[] = {
	{ "/-/merge_requests/", BUILD_FORGE_GITLAB },
	{ "/merge_requests/", BUILD_FORGE_GITLAB },
	{ "/pull/", BUILD_FORGE_GITHUB },
};

static const struct {
	const char *host;
	enum build_forge forge;
} hosts[] = {
	{ "github.com", BUILD_FORGE_GITHUB },
	{ "gitlab.com", BUILD_FORGE_GITLAB },
};

bool build_remote(TALLOC_CTX *mem, struct build *build, const char *remote)
{
	enum build_forge forge = BUILD_FORGE_NONE;
	struct parts parts;
	uint64_t pull = 0;

	if (strlen(remote) > 2000 || !split(mem, remote, &parts))
		return false;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]) && pull == 0; i++) {
		pull = cut_number(mem, parts.path, marks[i].mark);
		forge = pull > 0 ? marks[i].forge : forge;
	}
	for (size_t i = 0; i < sizeof(hosts) / sizeof(hosts[0]); i++)
		if (strcasecmp(hosts[i].host, parts.host) == 0)
			forge = hosts[i].forge;
	cut_ending(parts.path);
	if (strchr(parts.path, '/') == NULL)
		return false;
	build->forge = forge;
	build->host = parts.host;
	build->repository = reading_clean(mem, parts.path);
	build->pull = pull;
	return true;
}
