/* Layers from words. */
#include "reason/suggest.h"

#include <string.h>
#include <strings.h>

/* In the order in which they are looked for: what is more certain comes first. */
static const struct {
	const char *word, *layer;
} words[] = {
	{ "websocket", "websocket" },
	{ "sql", "database" },
	{ "database", "database" },
	{ "postgres", "database" },
	{ "mongo", "database" },
	{ "redis", "database" },
	{ "deadlock", "database" },
	{ "no module named", "dependency" },
	{ "ImportError", "dependency" },
	{ "cannot find module", "dependency" },
	{ "out of memory", "resource" },
	{ "OutOfMemory", "resource" },
	{ "no space left", "resource" },
	{ "too many open files", "resource" },
	{ "quota", "resource" },
	{ "unauthorized", "auth" },
	{ "forbidden", "auth" },
	{ "permission", "auth" },
	{ "credential", "auth" },
	{ "token", "auth" },
	{ "certificate", "network" },
	{ "connection", "network" },
	{ "resolve host", "network" },
	{ "unreachable", "network" },
	{ "timeout", "timeout" },
	{ "timed out", "timeout" },
	{ "deadline", "timeout" },
	{ "environment variable", "config" },
	{ "config", "config" },
	{ "image pull", "deploy" },
	{ "rollout", "deploy" },
	{ "container", "deploy" },
	{ "agent", "agent" },
	{ "http", "http" },
	{ "fixture", "harness" },
};

static bool has(const char *line, size_t length, const char *word)
{
	size_t wanted = strlen(word);

	for (size_t i = 0; i + wanted <= length; i++)
		if (strncasecmp(line + i, word, wanted) == 0)
			return true;
	return false;
}

const char *suggest_layer(const char *line, size_t length)
{
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (has(line, length, words[i].word))
			return words[i].layer;
	return "app";
}
