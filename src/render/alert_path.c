/* Paths of what was tested: of the files of tests, and as tools told them on the machine of the job. */
#include "render/alert_path.h"

#include <string.h>

#define PATH_BYTES 1024
#define ENDING_BYTES 6

/* Absolute ones are of another machine, and ".." leads out of what was tested. */
static bool is_below(const char *path)
{
	size_t length;

	if (path[0] == '/' || path[0] == '\0' || strchr(path, ':') != NULL)
		return false;
	for (; *path != '\0'; path += length + (path[length] == '/')) {
		length = strcspn(path, "/");
		if (length == 0 || (length == 2 && memcmp(path, "..", 2) == 0))
			return false;
	}
	return true;
}

static bool has_controls(const char *path)
{
	size_t length = strlen(path), size;
	uint32_t code;

	for (size_t i = 0; i < length; i += size) {
		size = utf8_decode(path + i, length - i, &code);
		if (code == UTF8_NONE || utf8_is_control(code))
			return true;
	}
	return false;
}

/* "x.py" and "x.spec" have an ending; "com.example.Shop" is the name of a class. */
static bool has_ending(const char *path)
{
	const char *dot = strrchr(path_base(path), '.');
	size_t length = 0;

	if (dot == NULL || dot == path_base(path))
		return false;
	while ((dot[1 + length] >= 'a' && dot[1 + length] <= 'z') ||
		(length > 0 && dot[1 + length] >= '0' && dot[1 + length] <= '9'))
		length++;
	return length > 0 && length <= ENDING_BYTES && dot[1 + length] == '\0';
}

static bool is_letter(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

static bool is_one_of(const char *text, size_t length, const char *const *names, size_t count)
{
	for (size_t i = 0; i < count; i++)
		if (strlen(names[i]) == length && memcmp(names[i], text, length) == 0)
			return true;
	return false;
}

/* Files of builds whose names have no ending. */
static bool has_known_name(const char *path)
{
	static const char *const names[] = { "Dockerfile", "Gemfile", "Jenkinsfile", "Makefile",
		"Podfile", "Rakefile", "Vagrantfile" };
	const char *base = path_base(path);

	return is_one_of(base, strlen(base), names, sizeof(names) / sizeof(names[0]));
}

static char *with_slashes(TALLOC_CTX *mem, const char *text, size_t length)
{
	char *path = mem_strndup(mem, text, length);

	for (char *at = path; *at != '\0'; at++)
		if (*at == '\\')
			*at = '/';
	return path;
}

static bool is_fit(const char *path)
{
	return is_below(path) && (has_ending(path) || has_known_name(path)) && !has_controls(path);
}

static const char *tidy(TALLOC_CTX *mem, const char *text, size_t length)
{
	const char *path;

	if (length == 0 || length > PATH_BYTES)
		return NULL;
	path = with_slashes(mem, text, length);
	while (strncmp(path, "./", 2) == 0)
		path += 2;
	return is_fit(path) ? path : NULL;
}

const char *alert_path_named(TALLOC_CTX *mem, const char *name)
{
	const char *end = strstr(name, "::");
	size_t length;

	if (end != NULL)
		return tidy(mem, name, (size_t)(end - name));
	/* a file of pytest that could not be collected is its own test */
	length = strcspn(name, " \t");
	if (name[length] != '\0' || length < 4 || strcmp(name + length - 3, ".py") != 0)
		return NULL;
	return tidy(mem, name, length);
}

const char *alert_path_of(TALLOC_CTX *mem, const struct test *test)
{
	const char *path = NULL;

	if (test->file != NULL)
		path = tidy(mem, test->file, strlen(test->file));
	if (path == NULL && !test->nameless && !test->step) /* else its name is that of an input */
		path = alert_path_named(mem, test->name);
	return path;
}

/* Of others, or generated, though it lies in the checkout. */
static bool is_installed(const char *path)
{
	static const char *const folders[] = { ".cargo", ".next", ".nox", ".rustup", ".tox",
		".venv", "dist-packages", "node_modules", "site-packages", "venv" };
	size_t length;

	for (; *path != '\0'; path += length + (path[length] == '/')) {
		length = strcspn(path, "/");
		if (is_one_of(path, length, folders, sizeof(folders) / sizeof(folders[0])))
			return true;
	}
	return false;
}

/* Where services check out what they test, by their documentation; "*" is any one name. */
static const char *const checkouts[] = {
	"/home/runner/work/*/*/", /* GitHub */
	"/Users/runner/work/*/*/", /* GitHub, Azure */
	"/__w/*/*/", /* GitHub, Azure, in a container */
	"/github/workspace/",
	"?:/a/*/*/", /* GitHub, Azure */
	"/home/vsts/work/*/s/", /* Azure */
	"/builds/*/*/", /* GitLab */
	"/var/lib/jenkins/workspace/*/",
	"/var/jenkins_home/workspace/*/",
	"/home/jenkins/workspace/*/",
	"/home/jenkins/agent/workspace/*/",
	"/home/travis/build/*/*/",
	"/Users/travis/build/*/*/",
	"/home/circleci/project/",
	"/root/project/", /* CircleCI */
	"/var/lib/buildkite-agent/builds/*/*/*/",
	"/workspace/", /* Cloud Build */
	"/codebuild/output/*/src/*/",
	"/opt/atlassian/pipelines/agent/build/",
	"?:/projects/*/", /* AppVeyor */
	"/drone/src/",
	"/vercel/path0/",
	"/opt/build/repo/", /* Netlify */
	"/opt/render/project/src/",
};

/* What follows FORM at the beginning of PATH; NULL where it does not begin so. */
static const char *behind(const char *path, const char *form)
{
	for (; *form != '\0'; form++) {
		if (*path == '\0')
			return NULL;
		if (*form == '*') {
			size_t length = strcspn(path, "/");

			if (length == 0)
				return NULL;
			path += length;
		} else if (*form == '?' ? !is_letter(*path++) : *form != *path++) {
			return NULL;
		}
	}
	return path;
}

const char *alert_path_told(TALLOC_CTX *mem, const char *text, size_t length)
{
	static const char scheme[] = "file://";
	const char *path, *rest = NULL;

	if (length == 0 || length > PATH_BYTES)
		return NULL;
	path = with_slashes(mem, text, length);
	if (strncmp(path, scheme, sizeof(scheme) - 1) == 0)
		path += sizeof(scheme) - 1;
	for (size_t i = 0; i < sizeof(checkouts) / sizeof(checkouts[0]) && rest == NULL; i++)
		rest = behind(path, checkouts[i]);
	for (path = rest != NULL ? rest : path; strncmp(path, "./", 2) == 0;)
		path += 2;
	return is_fit(path) && !is_installed(path) ? path : NULL;
}
