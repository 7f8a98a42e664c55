/* HTTP by libcurl. What may be asked is decided in url.c, what it costs and who asks above. */
#include "cloud/http.h"

#include <curl/curl.h>
#include <openssl/crypto.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>

#include "cloud/secret.h"
#include "cloud/url.h"

#define CONNECT_TIMEOUT_MS 10000L
#define TIMEOUT_MS 60000L
#define STALL_SECONDS 20L /* without a byte */
/* Google compresses for agents that say "gzip" twice: here, and in Accept-Encoding. */
#define AGENT "fivewhys/" PACKAGE_VERSION " (gzip)"

struct http {
	CURL *curl;
	char message[CURL_ERROR_SIZE];
};

/* What libcurl hands over piece by piece. */
struct answer {
	TALLOC_CTX *mem;
	struct http_response *response;
	size_t room, limit;
	bool too_long;
};

static unsigned handles; /* that are in use: libcurl's own state is that of the process */

static int http_free(struct http *http)
{
	curl_easy_cleanup(http->curl);
	if (--handles == 0)
		curl_global_cleanup();
	return 0;
}

struct http *http_new(TALLOC_CTX *mem)
{
	struct http *http = mem_new(mem, struct http);

	if (handles++ == 0 && curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK)
		mem_check(NULL);
	http->curl = mem_check(curl_easy_init());
	talloc_set_destructor(http, http_free);
	return http;
}

static size_t take_body(char *bytes, size_t size, size_t count, void *context)
{
	struct answer *answer = context;
	struct http_response *response = answer->response;

	(void)size; /* 1 */
	if (count > answer->limit - response->length) {
		answer->too_long = true;
		return 0;
	}
	if (response->length + count >= answer->room) {
		answer->room = 2 * (response->length + count) + 4096;
		response->body =
			secret_grow(answer->mem, response->body, response->length, answer->room);
	}
	memcpy(response->body + response->length, bytes, count);
	response->length += count;
	return count;
}

/* The value of the header LINE if its name is NAME, without blanks around it; else NULL. */
static char *value_of(TALLOC_CTX *mem, const char *line, size_t length, const char *name)
{
	size_t at = strlen(name);

	if (length <= at || strncasecmp(line, name, at) != 0 || line[at] != ':')
		return NULL;
	for (at++; at < length && (line[at] == ' ' || line[at] == '\t');)
		at++;
	while (length > at && (unsigned char)line[length - 1] <= ' ')
		length--;
	return mem_strndup(mem, line + at, length - at);
}

static void take_date(struct http_response *response, char *value)
{
	time_t seconds = curl_getdate(value, NULL);

	if (seconds >= 0 && seconds < INT64_MAX / WHEN_SECOND)
		response->date = (int64_t)seconds * WHEN_SECOND;
}

static void take_flavour(struct http_response *response, char *value)
{
	response->flavour = value;
}

static void take_link(struct http_response *response, char *value)
{
	response->link = value;
}

static void take_next_page(struct http_response *response, char *value)
{
	response->next_page = value;
}

/* libcurl tells "0", which is "at once", as it tells that there is no such header. */
static void take_retry_after(struct http_response *response, char *value)
{
	if (value[0] != '\0' && value[strspn(value, "0")] == '\0')
		response->retry_after = 0;
}

static void take_rate_left(struct http_response *response, char *value)
{
	if (value[0] >= '0' && value[0] <= '9')
		response->rate_left = strtoll(value, NULL, 10);
}

static void take_rate_reset(struct http_response *response, char *value)
{
	long long seconds = strtoll(value, NULL, 10);

	if (seconds > 0 && seconds < INT64_MAX / WHEN_SECOND)
		response->rate_reset = seconds * WHEN_SECOND;
}

static const struct {
	const char *name;
	void (*take)(struct http_response *response, char *value); /* VALUE may be kept */
} known_headers[] = {
	{ "Date", take_date },
	{ "Link", take_link },
	{ "Metadata-Flavor", take_flavour },
	{ "RateLimit-Remaining", take_rate_left },
	{ "RateLimit-Reset", take_rate_reset },
	{ "Retry-After", take_retry_after },
	{ "X-Next-Page", take_next_page },
	{ "X-RateLimit-Remaining", take_rate_left },
	{ "X-RateLimit-Reset", take_rate_reset },
};

static size_t take_header(char *line, size_t size, size_t length, void *context)
{
	struct answer *answer = context;

	(void)size; /* 1 */
	for (size_t i = 0; i < sizeof(known_headers) / sizeof(known_headers[0]); i++) {
		char *value = value_of(answer->mem, line, length, known_headers[i].name);

		if (value != NULL)
			known_headers[i].take(answer->response, value);
	}
	return length;
}

/* A header with a line break in its value would be two. */
static bool is_header(const char *header)
{
	for (const char *c = header; *c != '\0'; c++)
		if ((unsigned char)*c < ' ' || *c == 0x7f)
			return false;
	return strchr(header, ':') != NULL;
}

static int make_headers(
	const struct http_request *request, struct curl_slist **out, struct err *err)
{
	/* libcurl waits for "100 Continue" before a long body; nobody sends one */
	struct curl_slist *list = mem_check(curl_slist_append(NULL, "Expect:"));

	for (const char *const *header = request->headers; header != NULL && *header != NULL;
		header++) {
		if (!is_header(*header)) {
			curl_slist_free_all(list);
			return err_set(
				err, ERR_NET, "a header with characters that are not allowed");
		}
		list = mem_check(curl_slist_append(list, *header));
	}
	*out = list;
	return 0;
}

/* Who verifies by own roots says so as to all that uses OpenSSL; to verify nothing, nobody can. */
static const char *own_roots(void)
{
	const char *path = getenv("SSL_CERT_FILE");

	return path != NULL && path[0] != '\0' ? path : NULL;
}

static void set_security(CURL *curl, const struct url *url)
{
#if LIBCURL_VERSION_NUM >= 0x075500
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS_STR, url->is_plain ? "http" : "https");
#else
	curl_easy_setopt(curl, CURLOPT_PROTOCOLS,
		url->is_plain ? (long)CURLPROTO_HTTP : (long)CURLPROTO_HTTPS);
#endif
	curl_easy_setopt(curl, CURLOPT_FOLLOWLOCATION, 0L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYPEER, 1L);
	curl_easy_setopt(curl, CURLOPT_SSL_VERIFYHOST, 2L);
	if (own_roots() != NULL)
		curl_easy_setopt(curl, CURLOPT_CAINFO, own_roots());
	curl_easy_setopt(curl, CURLOPT_SSLVERSION, (long)CURL_SSLVERSION_TLSv1_2);
	curl_easy_setopt(curl, CURLOPT_NETRC, (long)CURL_NETRC_IGNORED);
	curl_easy_setopt(curl, CURLOPT_HEADEROPT, (long)CURLHEADER_SEPARATE);
	curl_easy_setopt(curl, CURLOPT_SUPPRESS_CONNECT_HEADERS, 1L);
	if (url->is_plain)
		curl_easy_setopt(curl, CURLOPT_NOPROXY, "*");
}

static void set_request(CURL *curl, const struct http_request *request, struct curl_slist *headers)
{
	int64_t timeout = request->timeout / 1000000;

	curl_easy_setopt(curl, CURLOPT_URL, request->url);
	curl_easy_setopt(curl, CURLOPT_HTTPHEADER, headers);
	if (strcmp(request->method, "GET") != 0 && strcmp(request->method, "DELETE") != 0) {
		curl_easy_setopt(
			curl, CURLOPT_POSTFIELDSIZE_LARGE, (curl_off_t)request->body_length);
		curl_easy_setopt(curl, CURLOPT_POSTFIELDS, request->body);
	}
	if (strcmp(request->method, "GET") != 0)
		curl_easy_setopt(curl, CURLOPT_CUSTOMREQUEST, request->method);
	curl_easy_setopt(curl, CURLOPT_USERAGENT, AGENT);
	curl_easy_setopt(curl, CURLOPT_ACCEPT_ENCODING, "gzip");
	curl_easy_setopt(curl, CURLOPT_HTTP_VERSION, (long)CURL_HTTP_VERSION_2TLS);
	curl_easy_setopt(curl, CURLOPT_CONNECTTIMEOUT_MS, CONNECT_TIMEOUT_MS);
	curl_easy_setopt(curl, CURLOPT_TIMEOUT_MS, timeout > 0 ? (long)timeout : TIMEOUT_MS);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_LIMIT, 1L);
	curl_easy_setopt(curl, CURLOPT_LOW_SPEED_TIME, STALL_SECONDS);
}

static const struct {
	CURLcode code;
	enum http_fault fault;
} faults[] = {
	{ CURLE_COULDNT_RESOLVE_HOST, HTTP_FAULT_DNS },
	{ CURLE_COULDNT_RESOLVE_PROXY, HTTP_FAULT_PROXY },
	{ CURLE_COULDNT_CONNECT, HTTP_FAULT_REFUSED },
	{ CURLE_PEER_FAILED_VERIFICATION, HTTP_FAULT_TLS },
	{ CURLE_SSL_CACERT_BADFILE, HTTP_FAULT_TLS },
	{ CURLE_SSL_CONNECT_ERROR, HTTP_FAULT_RESET },
	{ CURLE_GOT_NOTHING, HTTP_FAULT_RESET },
	{ CURLE_SEND_ERROR, HTTP_FAULT_RESET },
	{ CURLE_RECV_ERROR, HTTP_FAULT_RESET },
	{ CURLE_HTTP2, HTTP_FAULT_RESET },
	{ CURLE_HTTP2_STREAM, HTTP_FAULT_RESET },
	{ CURLE_PARTIAL_FILE, HTTP_FAULT_HALF },
	{ CURLE_BAD_CONTENT_ENCODING, HTTP_FAULT_HALF },
	{ CURLE_OPERATION_TIMEDOUT, HTTP_FAULT_STALL },
	{ CURLE_URL_MALFORMAT, HTTP_FAULT_REQUEST },
};

static const struct {
	const char *name, *text;
	bool passes;
} fault_names[] = {
	[HTTP_FAULT_NONE] = { "none", "", false },
	[HTTP_FAULT_REQUEST] = { "request", "the request is not allowed", false },
	[HTTP_FAULT_DNS] = { "dns", "the name of the host is not known", true },
	[HTTP_FAULT_REFUSED] = { "refused", "no connection", true },
	[HTTP_FAULT_PROXY] = { "proxy", "the proxy refuses or cannot be reached", true },
	[HTTP_FAULT_TLS] = { "tls", "the certificate is not to be trusted", false },
	[HTTP_FAULT_RESET] = { "reset", "the connection was broken off", true },
	[HTTP_FAULT_HALF] = { "half", "the answer was broken off", true },
	[HTTP_FAULT_STALL] = { "stall", "no answer in time", true },
	[HTTP_FAULT_LIMIT] = { "limit", "the answer is too long", false },
	[HTTP_FAULT_OTHER] = { "other", "the request failed", true },
};

bool http_fault_passes(enum http_fault fault)
{
	return fault_names[fault].passes;
}

const char *http_fault_name(enum http_fault fault)
{
	return fault_names[fault].name;
}

static enum http_fault fault_of(CURL *curl, CURLcode code, const struct answer *answer)
{
	long connect = 0;

	if (answer->too_long)
		return HTTP_FAULT_LIMIT;
	curl_easy_getinfo(curl, CURLINFO_HTTP_CONNECTCODE, &connect);
	if (connect >= 300)
		return HTTP_FAULT_PROXY;
	/* the head was there: what broke off is the body */
	if ((code == CURLE_RECV_ERROR || code == CURLE_HTTP2_STREAM) &&
		answer->response->length > 0)
		return HTTP_FAULT_HALF;
	for (size_t i = 0; i < sizeof(faults) / sizeof(faults[0]); i++)
		if (faults[i].code == code)
			return faults[i].fault;
	return HTTP_FAULT_OTHER;
}

/* libcurl's own words may quote the URL; those about certificates quote the certificate. */
static int tell(const struct http *http, const struct url *url, CURLcode code,
	const struct answer *answer, struct err *err)
{
	enum http_fault fault = answer->response->fault;
	const char *more = fault == HTTP_FAULT_TLS && http->message[0] != '\0'
				   ? http->message
				   : curl_easy_strerror(code);

	if (fault == HTTP_FAULT_LIMIT)
		return err_set(err, ERR_LIMIT, "%s: the answer is longer than %zu bytes",
			url->origin, answer->limit);
	return err_set(err, ERR_NET, "%s: %s (%s)", url->origin, fault_names[fault].text, more);
}

static void take_rest(CURL *curl, const struct answer *answer)
{
	struct http_response *response = answer->response;
	curl_off_t seconds = 0;
	const char *type = NULL, *redirect = NULL;

	curl_easy_getinfo(curl, CURLINFO_RESPONSE_CODE, &response->status);
	curl_easy_getinfo(curl, CURLINFO_REDIRECT_URL, &redirect);
	response->redirect = mem_strdup(answer->mem, redirect != NULL ? redirect : "");
	curl_easy_getinfo(curl, CURLINFO_RETRY_AFTER, &seconds);
	if (seconds > 0 && seconds < INT64_MAX / WHEN_SECOND)
		response->retry_after = (int64_t)seconds * WHEN_SECOND;
	curl_easy_getinfo(curl, CURLINFO_CONTENT_TYPE, &type);
	response->content_type = mem_strdup(answer->mem, type != NULL ? type : "");
}

static int perform(struct http *http, const struct url *url, const struct http_request *request,
	struct curl_slist *headers, struct answer *answer, struct err *err)
{
	CURL *curl = http->curl;
	CURLcode code;

	curl_easy_reset(curl); /* options go, connections stay */
	set_security(curl, url);
	set_request(curl, request, headers);
	curl_easy_setopt(curl, CURLOPT_ERRORBUFFER, http->message);
	curl_easy_setopt(curl, CURLOPT_WRITEFUNCTION, take_body);
	curl_easy_setopt(curl, CURLOPT_WRITEDATA, answer);
	curl_easy_setopt(curl, CURLOPT_HEADERFUNCTION, take_header);
	curl_easy_setopt(curl, CURLOPT_HEADERDATA, answer);
	http->message[0] = '\0';
	code = curl_easy_perform(curl);
	take_rest(curl, answer);
	if (code == CURLE_OK)
		return 0;
	answer->response->fault = fault_of(curl, code, answer);
	return tell(http, url, code, answer, err);
}

/* libcurl copies headers into its list; what it frees there was a token. */
static void free_headers(struct curl_slist *headers)
{
	for (struct curl_slist *item = headers; item != NULL; item = item->next)
		OPENSSL_cleanse(item->data, strlen(item->data));
	curl_slist_free_all(headers);
}

int http_exchange(struct http *http, TALLOC_CTX *mem, const struct http_request *request,
	struct http_response *out, struct err *err)
{
	struct answer answer = { .mem = mem, .response = out, .limit = request->limit };
	struct curl_slist *headers;
	struct url url;
	int result;

	*out = (struct http_response){ .fault = HTTP_FAULT_REQUEST,
		.retry_after = TIME_NONE,
		.date = TIME_NONE,
		.content_type = "",
		.flavour = "",
		.link = "",
		.next_page = "",
		.redirect = "",
		.rate_left = -1,
		.rate_reset = TIME_NONE };
	answer.room = 4096;
	out->body = secret_room(mem, answer.room);
	if (url_parse(mem, request->url, request->is_metadata, &url, err) < 0 ||
		make_headers(request, &headers, err) < 0)
		return -1;
	out->fault = HTTP_FAULT_NONE;
	result = perform(http, &url, request, headers, &answer, err);
	free_headers(headers);
	log_info("%s %s: %ld, %zu bytes%s%s", request->method, url.origin, out->status, out->length,
		result < 0 ? ", " : "", result < 0 ? http_fault_name(out->fault) : "");
	return result;
}
