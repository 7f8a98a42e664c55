/* URLs by libcurl's own parser, so that what was checked is what is asked. */
#include "cloud/url.h"

#include <arpa/inet.h>
#include <curl/curl.h>
#include <string.h>

/* A part as talloc's string; NULL where there is none. */
static char *part_of(TALLOC_CTX *mem, CURLU *handle, CURLUPart part)
{
	char *text = NULL, *copy;

	if (curl_url_get(handle, part, &text, 0) != CURLUE_OK)
		return NULL;
	copy = mem_strdup(mem, text);
	curl_free(text);
	return copy;
}

static bool is_loopback(const char *host)
{
	struct in_addr address;

	if (strcmp(host, "localhost") == 0 || strcmp(host, "[::1]") == 0)
		return true;
	return inet_pton(AF_INET, host, &address) == 1 && ntohl(address.s_addr) >> 24 == 127;
}

static int check(TALLOC_CTX *mem, CURLU *handle, bool plain, struct url *out, struct err *err)
{
	const char *scheme = part_of(mem, handle, CURLUPART_SCHEME);
	const char *port = part_of(mem, handle, CURLUPART_PORT);

	out->host = part_of(mem, handle, CURLUPART_HOST);
	if (scheme == NULL || out->host == NULL || out->host[0] == '\0')
		return err_set(err, ERR_FORMAT, "a URL without a host");
	out->origin = mem_printf(mem, "%s://%s%s%s", scheme, out->host, port != NULL ? ":" : "",
		port != NULL ? port : "");
	out->is_loopback = is_loopback(out->host);
	out->is_plain = strcmp(scheme, "http") == 0;
	if (!out->is_plain && strcmp(scheme, "https") != 0)
		return err_set(err, ERR_FORMAT, "%s: the URL is not https", out->origin);
	if (out->is_plain && !out->is_loopback && !plain)
		return err_set(err, ERR_FORMAT,
			"%s: http is allowed to this machine only; use https", out->origin);
	if (part_of(mem, handle, CURLUPART_USER) != NULL ||
		part_of(mem, handle, CURLUPART_PASSWORD) != NULL)
		return err_set(err, ERR_FORMAT, "%s: the URL holds a user name", out->origin);
	if (part_of(mem, handle, CURLUPART_FRAGMENT) != NULL)
		return err_set(err, ERR_FORMAT, "%s: the URL holds a fragment", out->origin);
	return 0;
}

int url_parse(TALLOC_CTX *mem, const char *url, bool plain, struct url *out, struct err *err)
{
	CURLU *handle = mem_check(curl_url());
	struct url parts = { 0 };
	int result;

	if (curl_url_set(handle, CURLUPART_URL, url, CURLU_NON_SUPPORT_SCHEME) != CURLUE_OK)
		result = err_set(err, ERR_FORMAT, "not a URL");
	else
		result = check(mem, handle, plain, &parts, err);
	curl_url_cleanup(handle);
	if (result == 0)
		*out = parts;
	return result;
}

int url_check(const char *url, const char *name, struct err *err)
{
	TALLOC_CTX *scratch = talloc_new(NULL);
	struct url parts;
	int result = url_parse(scratch, url, false, &parts, err);

	talloc_free(scratch);
	return result < 0 ? err_wrap(err, "%s", name) : 0;
}
