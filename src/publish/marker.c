/* Hidden in a comment of HTML, which GitHub and GitLab keep and do not show. */
#include "publish/marker.h"

#include <string.h>

#include "publish/reading.h"

#define BEGIN "<!-- fivewhys:v1 "
#define END " -->"
#define MARKER_MAX 4000 /* bytes */

/* "--" would end a comment of HTML in some readers, and so would "->". */
static const char kept[] = "._/";

static char *escape(TALLOC_CTX *mem, const char *text)
{
	char *out = reading_escape(mem, text, "-._/"), *dash = strstr(out, "--");

	return dash == NULL ? out : reading_escape(mem, text, kept);
}

char *marker_key(TALLOC_CTX *mem, const char *scope, const char *name)
{
	char *key = escape(mem, scope);

	return name == NULL ? key : mem_printf(mem, "%s/%s", key, escape(mem, name));
}

char *marker_write(TALLOC_CTX *mem, const struct marker *marker)
{
	char run[64] = "";

	if (marker->run > 0)
		snprintf(run, sizeof(run), " run=%llu.%llu", (unsigned long long)marker->run,
			(unsigned long long)marker->attempt);
	return mem_printf(mem, BEGIN "key=%s%s%s%s%s" END, marker->key, run,
		marker->job != NULL ? " job=" : "", marker->job != NULL ? marker->job : "",
		marker->resolved ? " resolved" : "");
}

static void take_run(TALLOC_CTX *mem, struct marker *marker, const char *text)
{
	size_t length = strcspn(text, ".");

	marker->run = reading_number(mem_strndup(mem, text, length));
	marker->attempt = text[length] == '.' ? reading_number(text + length + 1) : 0;
}

static bool is_digest(const char *text)
{
	return text[0] != '\0' && text[strspn(text, "0123456789abcdef")] == '\0';
}

static void take_word(TALLOC_CTX *mem, struct marker *marker, const char *word)
{
	if (strncmp(word, "key=", 4) == 0)
		marker->key = mem_strdup(mem, word + 4);
	else if (strncmp(word, "run=", 4) == 0)
		take_run(mem, marker, word + 4);
	else if (strncmp(word, "job=", 4) == 0 && is_digest(word + 4))
		marker->job = mem_strdup(mem, word + 4);
	else if (strcmp(word, "resolved") == 0)
		marker->resolved = true;
}

bool marker_read(TALLOC_CTX *mem, const char *body, struct marker *out)
{
	size_t begin = strlen(BEGIN), length;
	char *words, *word, *rest;
	const char *end;

	*out = (struct marker){ 0 };
	if (strncmp(body, BEGIN, begin) != 0)
		return false;
	body += begin;
	length = strnlen(body, MARKER_MAX);
	end = memmem(body, length, END, strlen(END));
	if (end == NULL)
		return false;
	words = mem_strndup(mem, body, (size_t)(end - body));
	for (word = strtok_r(words, " ", &rest); word != NULL; word = strtok_r(NULL, " ", &rest))
		take_word(mem, out, word);
	return out->key != NULL && out->key[0] != '\0';
}

int marker_compare(const struct marker *left, const struct marker *right)
{
	if (left->run != right->run)
		return left->run < right->run ? -1 : 1;
	if (left->attempt != right->attempt)
		return left->attempt < right->attempt ? -1 : 1;
	return 0;
}

bool marker_is_same_job(const struct marker *left, const struct marker *right)
{
	if (marker_compare(left, right) != 0)
		return false;
	if (left->job == NULL || right->job == NULL)
		return left->job == right->job;
	return strcmp(left->job, right->job) == 0;
}
