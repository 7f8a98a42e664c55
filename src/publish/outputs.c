/* Values for later steps of a job. */
#include "publish/outputs.h"

#include <string.h>

static char *value_of(TALLOC_CTX *mem, const char *name, const char *value)
{
	char digest[DIGEST_TEXT];
	char *text = mem_strdup(mem, value != NULL ? value : "");

	utf8_tidy(text, strlen(text), ' ');
	digest_of(text, strlen(text), digest);
	while (strstr(text, digest) != NULL) /* nobody can write a text that holds its digest */
		digest_of(digest, strlen(digest), digest);
	return mem_printf(mem, "%s<<%s\n%s\n%s\n", name, digest, text, digest);
}

char *outputs_github(TALLOC_CTX *mem, const struct diagnosis *diagnosis, const char *report)
{
	const struct incident *first =
		diagnosis->incident_count > 0 ? diagnosis->incidents[0] : NULL;
	const char *verdict = first != NULL			 ? verdict_name(first->verdict)
			      : diagnosis->undiagnosed_count > 0 ? verdict_name(VERDICT_UNDIAGNOSED)
								 : NULL;
	const struct {
		const char *name, *value;
	} values[] = {
		{ "verdict", verdict },
		{ "root_cause", first != NULL && first->root != NULL ? first->root->id : NULL },
		{ "incidents", mem_printf(mem, "%zu",
				       diagnosis->incident_count + diagnosis->undiagnosed_count) },
		{ "fingerprint", first != NULL ? first->fingerprint : NULL },
		{ "report", report },
	};
	char *text = mem_strdup(mem, "");

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		text = mem_printf(
			mem, "%s%s", text, value_of(mem, values[i].name, values[i].value));
	return text;
}
