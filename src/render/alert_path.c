/* From the name of a test to the file that it is written in. */
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

static const char *tidy(TALLOC_CTX *mem, const char *text, size_t length)
{
	char *path;

	if (length == 0 || length > PATH_BYTES)
		return NULL;
	path = mem_strndup(mem, text, length);
	for (char *at = path; *at != '\0'; at++)
		if (*at == '\\')
			*at = '/';
	while (strncmp(path, "./", 2) == 0)
		path += 2;
	return is_below(path) && has_ending(path) && !has_controls(path) ? path : NULL;
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
	if (path == NULL && !test->nameless) /* else its name is that of an input */
		path = alert_path_named(mem, test->name);
	return path;
}
