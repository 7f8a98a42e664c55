/* Any bytes as a file of credentials, as an answer with a token, and as a refusal. */
#include <stdlib.h>
#include <string.h>

#include "cloud/api.h"
#include "cloud/document.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static int64_t no_time(void *context)
{
	(void)context;
	return 0;
}

static const struct cloud_clock still = { no_time, NULL, NULL };

/* What is shown or sent: one line of valid UTF-8. */
static void check_line(const char *text)
{
	size_t length = text != NULL ? strlen(text) : 0;

	for (size_t i = 0, step; i < length; i += step) {
		step = utf8_sequence(text + i, length - i);
		if (step == 0 || (unsigned char)text[i] < 0x20 || text[i] == 0x7f)
			abort();
	}
}

static void read_file(TALLOC_CTX *mem, const char *text, size_t length)
{
	struct credentials *credentials;
	struct err err = { 0 };

	if (credentials_parse(mem, "file", text, length, &credentials, &err) < 0) {
		if (err.code == ERR_NONE || strncmp(err.text, "file: ", 6) != 0)
			abort();
		check_line(err.text);
	} else if (credentials->fetch == NULL || !credentials_is_domain(credentials->universe)) {
		abort();
	}
}

static void read_token(TALLOC_CTX *mem, const char *text, size_t length)
{
	const struct session session = { .clock = &still };
	struct token token;
	struct err err;

	if (token_read(mem, &session, document_parse(mem, text, length), &token, &err) < 0)
		return;
	check_line(token.text);
	if (strchr(token.text, ' ') != NULL)
		abort();
	if (token.expiry != TIME_NONE && (token.expiry < 0 || token.expiry > 86400 * WHEN_SECOND))
		abort();
}

static void read_refusal(TALLOC_CTX *mem, char *text, size_t length)
{
	struct cloud *cloud = mem_new(mem, struct cloud);
	struct http_response response = { .status = 403, .body = text, .length = length };
	struct api_fault fault;
	struct err err;

	response.retry_after = TIME_NONE;
	cloud->endpoint = "https://logging.example.com/";
	api_fault_parse(mem, cloud, &response, &fault);
	check_line(fault.status);
	check_line(fault.reason);
	check_line(fault.message);
	if (fault.retry_after < 0 && fault.retry_after != TIME_NONE)
		abort();
	api_refused(cloud, &response, &err);
	check_line(err.text);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *text = mem_strndup(mem, (const char *)bytes, length);

	read_file(mem, text, length);
	read_token(mem, text, length);
	read_refusal(mem, text, length);
	talloc_free(mem);
	return 0;
}
