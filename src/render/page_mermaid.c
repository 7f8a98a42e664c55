/* A chain as Mermaid's flowchart: https://mermaid.js.org/syntax/flowchart.html */
#include <string.h>

#include "render/page.h"

/* Ids of causes have no other characters; what comes from elsewhere must not speak Mermaid. */
static char *label(TALLOC_CTX *mem, const char *text)
{
	char *copy = mem_strdup(mem, text);

	for (char *c = copy; *c != '\0'; c++)
		if (strchr("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-_",
			    *c) == NULL)
			*c = ' ';
	return copy;
}

char *page_mermaid(TALLOC_CTX *mem, const struct incident *incident)
{
	char *text = mem_strdup(mem, "flowchart BT");

	if (incident->why_count < 2)
		return NULL;
	for (size_t i = 0; i < incident->why_count; i++) {
		const struct why *why = incident->whys[i];
		const char *arrow = why->evidence_count > 0 ? "-->" : "-.->";

		text = mem_printf(mem, "%s\n    w%zu[\"%s<br>%s\"]", text, i,
			label(mem, why->cause->id), basis_name(why->basis));
		if (i > 0)
			text = mem_printf(mem, "%s\n    w%zu %s w%zu", text, i, arrow, i - 1);
	}
	return text;
}
