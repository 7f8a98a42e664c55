/* The names that are put before the output of several programs which run at once. */
#include <string.h>

#include "source/job/job.h"
#include "source/transcript/transcript.h"

#define NAME_BYTES 80 /* of a container or a package */

static bool is_of_name(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '.' || c == '_' || c == '-';
}

static size_t name(const char *text, size_t length)
{
	size_t count = 0;

	while (count < length && count < NAME_BYTES && is_of_name(text[count]))
		count++;
	return count;
}

/* "web-1  | ": a container of docker compose, by its number. */
static size_t container(const char *text, size_t length)
{
	size_t at = name(text, length), number = at;

	while (number > 0 && text[number - 1] >= '0' && text[number - 1] <= '9')
		number--;
	if (number == at || number < 2 || (text[number - 1] != '-' && text[number - 1] != '_'))
		return 0;
	while (at < length && text[at] == ' ')
		at++;
	if (at == length || text[at] != '|' || text[at - 1] != ' ')
		return 0;
	at++;
	return at + (at < length && text[at] == ' ');
}

/* "@shop/cart: ", "web:build: ": a script of a package, as Lerna, Nx and Turborepo tell them. */
static size_t package(const char *text, size_t length)
{
	static const char *const tasks[] = { "build: ", "check: ", "check-types: ", "compile: ",
		"e2e: ", "lint: ", "test: ", "type-check: ", "typecheck: " };
	bool scoped = length > 0 && text[0] == '@';
	size_t at = scoped + name(text + scoped, length - scoped);

	if (scoped && at < length && text[at] == '/')
		at += 1 + name(text + at + 1, length - at - 1);
	else if (scoped || at == 0)
		return 0;
	if (at == length || text[at++] != ':')
		return 0;
	for (size_t i = 0; i < sizeof(tasks) / sizeof(tasks[0]); i++)
		if (line_begins(text + at, length - at, tasks[i]))
			return at + strlen(tasks[i]);
	return scoped && at < length && text[at] == ' ' ? at + 1 : 0;
}

size_t job_names(const char *text, size_t length)
{
	size_t taken = container(text, length);

	return taken > 0 ? taken : package(text, length);
}
