/* Files of an impersonated service account: other credentials inside, and whom they stand for. */
#include <string.h>

#include "cloud/document.h"
#include "cloud/impersonation.h"

struct impersonated {
	struct impersonation impersonation;
	struct credentials *source;
};

static int fetch(struct credentials *credentials, const struct session *session, const char *scope,
	TALLOC_CTX *mem, struct token *out, struct err *err)
{
	struct impersonated *details = credentials->details;
	TALLOC_CTX *scratch = talloc_new(NULL);
	struct token source;
	int result;

	result = details->source->fetch(
		details->source, session, SCOPE_PLATFORM, scratch, &source, err);
	if (result < 0)
		err_prefix(err, "%s", details->source->kind);
	else
		result = impersonation_fetch(
			&details->impersonation, session, &source, scope, mem, out, err);
	talloc_free(scratch);
	return result;
}

static int delegates_free(cJSON **delegates)
{
	cJSON_Delete(*delegates);
	return 0;
}

/* A copy that lives as long as MEM, as the file does not. */
static const cJSON *keep_delegates(TALLOC_CTX *mem, const cJSON *delegates)
{
	cJSON **kept;

	if (delegates == NULL)
		return NULL;
	kept = mem_new(mem, cJSON *);
	*kept = mem_check(cJSON_Duplicate(delegates, true));
	talloc_set_destructor(kept, delegates_free);
	return *kept;
}

int impersonated_parse(struct credentials *credentials, const cJSON *object, struct err *err)
{
	struct impersonated *details = mem_new(credentials, struct impersonated);
	const cJSON *inner = document_object(object, "source_credentials");
	const char *type = document_text(inner, "type");

	if (inner == NULL)
		return err_set(err, ERR_FORMAT, "source_credentials is missing");
	if (type != NULL && strcmp(type, "impersonated_service_account") == 0)
		return err_set(err, ERR_FORMAT,
			"source_credentials are impersonated themselves; use delegates");
	if (impersonation_parse(credentials, object, NULL, &details->impersonation, err) < 0)
		return -1;
	if (credentials_parse_object(details, credentials->origin, inner, &details->source, err) <
		0)
		return err_wrap(err, "source_credentials");
	details->impersonation.delegates =
		keep_delegates(details, document_array(object, "delegates"));
	credentials->details = details;
	credentials->fetch = fetch;
	return 0;
}
