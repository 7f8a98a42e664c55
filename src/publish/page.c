/* The header "Link", as GitHub and GitLab write it: <URL>; rel="next", <URL>; rel="last". */
#include "publish/page.h"

#include <string.h>
#include <strings.h>

/* Whether one of the LENGTH bytes of parameters at TEXT says that this is the next page. */
static bool is_next(const char *text, size_t length)
{
	static const char *const forms[] = { "rel=\"next\"", "rel=next" };

	for (size_t i = 0; i < length; i++)
		for (size_t j = 0; j < sizeof(forms) / sizeof(forms[0]); j++) {
			size_t size = strlen(forms[j]);

			if (size <= length - i && strncasecmp(text + i, forms[j], size) == 0)
				return true;
		}
	return false;
}

const char *page_next(TALLOC_CTX *mem, const char *link, const char *base)
{
	size_t length = strlen(base);
	const char *begin, *end;

	for (begin = strchr(link, '<'); begin != NULL; begin = strchr(end, '<')) {
		begin++;
		end = strchr(begin, '>');
		if (end == NULL)
			return NULL;
		if (!is_next(end, strcspn(end, "<")))
			continue;
		if (strncmp(begin, base, length) != 0 || begin[length] != '/')
			return NULL;
		return mem_strndup(mem, begin + length, (size_t)(end - begin) - length);
	}
	return NULL;
}
