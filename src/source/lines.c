/* Parts of the parser of lines. */
#include "source/lines.h"

#include <string.h>

void lines_swap(struct lines_entry *one, struct lines_entry *other)
{
	struct lines_entry kept = *one;

	*one = *other;
	*other = kept;
}

bool lines_trim(struct draft *text)
{
	size_t length = text->length;

	while (text->length > 0 && text->text[text->length - 1] == '\n')
		text->length--;
	return text->length < length;
}

/* Three digits at TEXT, and then no more: a status, or 0. */
static int status_at(const char *text)
{
	size_t digits = strspn(text, "0123456789");

	if (digits != 3 || text[0] < '1' || text[0] > '5')
		return 0;
	return (text[0] - '0') * 100 + (text[1] - '0') * 10 + (text[2] - '0');
}

void lines_request(TALLOC_CTX *mem, struct entry *out)
{
	const char *version = strstr(out->text, " HTTP/");
	const char *begin, *path, *quote;

	if (version == NULL || (quote = strchr(version, '"')) == NULL || quote - version > 10)
		return;
	for (begin = version; begin > out->text && begin[-1] != '"' && begin[-1] != '\n'; begin--)
		;
	path = memchr(begin, ' ', (size_t)(version - begin) + 1);
	if (begin == out->text || path == version || path - begin > 10)
		return;
	out->http_status = status_at(quote + 1 + strspn(quote + 1, " "));
	if (out->http_status == 0)
		return;
	out->method = mem_strndup(mem, begin, (size_t)(path - begin));
	path++;
	out->path = mem_strndup(mem, path, strcspn(path, " ?#"));
	if (out->severity == SEVERITY_DEFAULT && out->http_status >= 400)
		out->severity = out->http_status >= 500 ? SEVERITY_ERROR : SEVERITY_WARNING;
}
