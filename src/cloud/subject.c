/* Subject tokens. */
#include "cloud/subject.h"

#include <string.h>

#include "cloud/document.h"
#include "cloud/secret.h"
#include "cloud/token.h"
#include "cloud/url.h"

struct subject {
	const char *file, *url; /* one of them */
	const char **headers; /* of the URL, NULL-terminated; they may hold secrets */
	const char *field; /* of the JSON that the token is in; NULL: it is all there is */
};

static const struct {
	const char *member, *text;
} refused[] = {
	{ "environment_id", "tokens of AWS are not supported" },
	{ "executable", "tokens from a program are not supported; FIVEWHYS_TOKEN_COMMAND may do" },
	{ "certificate", "certificates are not supported" },
};

static int take_headers(struct subject *subject, const cJSON *headers, struct err *err)
{
	const cJSON *header;
	size_t count = 0;

	subject->headers =
		mem_array(subject, const char *, (size_t)cJSON_GetArraySize(headers) + 1);
	cJSON_ArrayForEach(header, headers)
	{
		if (!cJSON_IsString(header))
			return err_set(err, ERR_FORMAT, "headers: not texts");
		subject->headers[count++] = secret_printf(
			subject->headers, "%s: %s", header->string, header->valuestring);
	}
	return 0;
}

static int take_format(struct subject *subject, const cJSON *format, struct err *err)
{
	const char *type = document_text(format, "type");

	if (type == NULL || strcmp(type, "text") == 0)
		return 0;
	if (strcmp(type, "json") != 0)
		return err_set(err, ERR_FORMAT, "format: neither text nor json");
	subject->field = mem_strdup(subject, document_text(format, "subject_token_field_name"));
	if (subject->field == NULL)
		return err_set(err, ERR_FORMAT, "format: subject_token_field_name is missing");
	return 0;
}

static int parse(struct subject *subject, const cJSON *source, struct err *err)
{
	for (size_t i = 0; i < sizeof(refused) / sizeof(refused[0]); i++)
		if (cJSON_HasObjectItem(source, refused[i].member))
			return err_set(err, ERR_FORMAT, "%s", refused[i].text);
	subject->file = mem_strdup(subject, document_text(source, "file"));
	subject->url = mem_strdup(subject, document_text(source, "url"));
	if ((subject->file == NULL) == (subject->url == NULL))
		return err_set(err, ERR_FORMAT, "one of file and url must be there");
	if (subject->url != NULL && url_check(subject->url, "url", err) < 0)
		return -1;
	if (take_format(subject, document_object(source, "format"), err) < 0)
		return -1;
	return take_headers(subject, document_object(source, "headers"), err);
}

int subject_parse(TALLOC_CTX *mem, const cJSON *source, struct subject **out, struct err *err)
{
	struct subject *subject = mem_new(mem, struct subject);

	if (parse(subject, source, err) < 0) {
		talloc_free(subject);
		return err_wrap(err, "credential_source");
	}
	*out = subject;
	return 0;
}

static int read_url(TALLOC_CTX *mem, const struct subject *subject, const struct session *session,
	char **text, size_t *length, struct err *err)
{
	struct http_response response;
	struct url url;

	if (url_parse(mem, subject->url, false, &url, err) < 0 ||
		session_exchange(session, mem,
			&(struct http_request){ .method = "GET",
				.url = subject->url,
				.headers = subject->headers,
				.limit = DOCUMENT_MAX },
			&response, err) < 0)
		return -1;
	if (response.status != 200)
		return err_set(err, ERR_NET, "%s: status %ld%s", url.origin, response.status,
			response.status == 401 || response.status == 403
				? "; in GitHub Actions: the job needs \"permissions: id-token: "
				  "write\", "
				  "and its credentials end with it"
				: "");
	*text = response.body;
	*length = response.length;
	return 0;
}

/* The token in what was read: its field, or all but blanks around it. */
static int take(TALLOC_CTX *mem, const struct subject *subject, const char *text, size_t length,
	char **out, struct err *err)
{
	static const char blanks[] = " \t\r\n";
	const char *token = text;

	if (subject->field != NULL) {
		token = document_text(document_parse(mem, text, length), subject->field);
		if (token == NULL)
			return err_set(
				err, ERR_FORMAT, "no field \"%.40s\" in the JSON", subject->field);
		length = strlen(token);
	}
	while (length > 0 && strchr(blanks, token[length - 1]) != NULL)
		length--;
	while (length > 0 && strchr(blanks, *token) != NULL) {
		token++;
		length--;
	}
	if (length == 0 || length > TOKEN_MAX)
		return err_set(err, ERR_FORMAT, "there is no token in it");
	*out = secret_strndup(mem, token, length);
	return 0;
}

int subject_fetch(const struct subject *subject, const struct session *session, TALLOC_CTX *mem,
	char **out, struct err *err)
{
	size_t length = 0;
	char *text = NULL;
	int result;

	if (subject->file != NULL)
		result = secret_read(mem, subject->file, DOCUMENT_MAX, &text, &length, err);
	else
		result = read_url(mem, subject, session, &text, &length, err);
	if (result == 0 && take(mem, subject, text, length, out, err) < 0)
		result = err_wrap(
			err, "%s", subject->file != NULL ? subject->file : "credential_source.url");
	return result < 0 ? err_wrap(err, "the token of the workload") : 0;
}
