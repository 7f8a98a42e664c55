/* Requests by libmicrohttpd, a thread for each connection; the handler sees one at a time. */
#include "standin/http.h"

#include <arpa/inet.h>
#include <microhttpd.h>
#include <poll.h>
#include <pthread.h>
#include <stdatomic.h>
#include <string.h>
#include <sys/socket.h>

#include "standin/http_body.h"

#define PATIENCE 200 /* hundredths of a second that answers under way are given at the end */
#define BODY_LIMIT ((size_t)64 << 20)

struct http {
	struct MHD_Daemon *daemon;
	http_handler *handler;
	void *context;
	pthread_mutex_t lock;
	atomic_bool is_ending;
	atomic_uint under_way; /* requests whose answers are not sent yet */
};

void http_add(TALLOC_CTX *mem, struct http_pairs *pairs, const char *name, const char *value)
{
	pairs->pairs = mem_grow(mem, pairs->pairs, pairs->count, sizeof(*pairs->pairs));
	pairs->pairs[pairs->count++] = (struct http_pair){ name, value };
}

const char *http_header(const struct http_request *request, const char *name)
{
	for (size_t i = 0; i < request->headers.count; i++)
		if (strcasecmp(request->headers.pairs[i].name, name) == 0)
			return request->headers.pairs[i].value;
	return NULL;
}

const char *http_argument(const struct http_request *request, const char *name)
{
	for (size_t i = 0; i < request->arguments.count; i++)
		if (strcmp(request->arguments.pairs[i].name, name) == 0)
			return request->arguments.pairs[i].value;
	return NULL;
}

void http_answer(struct http_reply *reply, int status, const char *type, const char *text)
{
	reply->status = status;
	reply->type = type;
	reply->body = text;
	reply->length = strlen(text);
}

static enum MHD_Result keep_pair(
	void *context, enum MHD_ValueKind kind, const char *name, const char *value)
{
	struct http_request *request = context;

	http_add(request, kind == MHD_HEADER_KIND ? &request->headers : &request->arguments,
		mem_strdup(request, name), mem_strdup(request, value));
	return MHD_YES;
}

static struct http_request *request_new(
	struct MHD_Connection *connection, const char *path, const char *method)
{
	struct http_request *request = mem_new(NULL, struct http_request);

	request->method = mem_strdup(request, method);
	request->path = mem_strdup(request, path);
	request->body = mem_strdup(request, "");
	MHD_get_connection_values(connection, MHD_HEADER_KIND, keep_pair, request);
	MHD_get_connection_values(connection, MHD_GET_ARGUMENT_KIND, keep_pair, request);
	return request;
}

static void add_body(struct http_request *request, const char *bytes, size_t length)
{
	size_t room = talloc_get_size(request->body), needed = request->length + length + 1;

	if (needed > BODY_LIMIT) {
		request->is_too_long = true;
		return;
	}
	if (needed > room)
		request->body = mem_check(talloc_realloc_size(request, request->body, needed * 2));
	memcpy(request->body + request->length, bytes, length);
	request->length += length;
	request->body[request->length] = '\0';
}

/* Dissolving the association of a connected socket makes Linux send RST. */
static void reset(struct MHD_Connection *connection)
{
	const union MHD_ConnectionInfo *info =
		MHD_get_connection_info(connection, MHD_CONNECTION_INFO_CONNECTION_FD);
	struct sockaddr nowhere = { .sa_family = AF_UNSPEC };

	if (info != NULL && connect(info->connect_fd, &nowhere, sizeof(nowhere)) < 0)
		shutdown(info->connect_fd, SHUT_RDWR);
}

static enum MHD_Result send_reply(struct http *http, struct MHD_Connection *connection,
	struct http_request *request, struct http_reply *reply)
{
	struct MHD_Response *response;
	enum MHD_Result result;

	if (reply->harm == HTTP_RESET) {
		reset(connection);
		return MHD_NO;
	}
	response = http_body_new(request, reply, &http->is_ending);
	if (response == NULL)
		return MHD_NO;
	MHD_add_response_header(response, "Content-Type", reply->type);
	for (size_t i = 0; i < reply->headers.count; i++)
		MHD_add_response_header(
			response, reply->headers.pairs[i].name, reply->headers.pairs[i].value);
	result = MHD_queue_response(connection, (unsigned)reply->status, response);
	MHD_destroy_response(response);
	return result;
}

static enum MHD_Result on_request(void *context, struct MHD_Connection *connection,
	const char *path, const char *method, const char *version, const char *upload,
	size_t *upload_length, void **kept)
{
	struct http *http = context;
	struct http_request *request = *kept;
	struct http_reply reply = { .status = 500, .type = "text/plain", .body = "" };

	(void)version;
	if (request == NULL) {
		*kept = request_new(connection, path, method);
		http->under_way++;
		return MHD_YES;
	}
	if (*upload_length > 0) {
		add_body(request, upload, *upload_length);
		*upload_length = 0;
		return MHD_YES;
	}
	pthread_mutex_lock(&http->lock);
	http->handler(http->context, request, &reply);
	pthread_mutex_unlock(&http->lock);
	return send_reply(http, connection, request, &reply);
}

static void on_end(void *context, struct MHD_Connection *connection, void **kept,
	enum MHD_RequestTerminationCode code)
{
	struct http *http = context;

	(void)connection;
	(void)code;
	if (*kept != NULL)
		http->under_way--;
	talloc_free(*kept);
	*kept = NULL;
}

static int http_close(struct http *http)
{
	http->is_ending = true;
	for (int i = 0; i < PATIENCE && http->under_way > 0; i++)
		poll(NULL, 0, 10);
	if (http->daemon != NULL)
		MHD_stop_daemon(http->daemon);
	pthread_mutex_destroy(&http->lock);
	return 0;
}

int http_open(TALLOC_CTX *mem, uint16_t port, http_handler *handler, void *context,
	struct http **out, struct err *err)
{
	struct http *http = mem_new(mem, struct http);
	struct sockaddr_in address = { .sin_family = AF_INET,
		.sin_port = htons(port),
		.sin_addr.s_addr = htonl(INADDR_LOOPBACK) };

	http->handler = handler;
	http->context = context;
	pthread_mutex_init(&http->lock, NULL);
	talloc_set_destructor(http, http_close);
	http->daemon = MHD_start_daemon(
		MHD_USE_THREAD_PER_CONNECTION | MHD_USE_INTERNAL_POLLING_THREAD | MHD_USE_POLL,
		port, NULL, NULL, on_request, http, MHD_OPTION_SOCK_ADDR,
		(struct sockaddr *)&address, MHD_OPTION_NOTIFY_COMPLETED, on_end, http,
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)256 << 10, MHD_OPTION_END);
	if (http->daemon == NULL) {
		talloc_free(http);
		return err_io(err, "cannot listen on 127.0.0.1");
	}
	*out = http;
	return 0;
}

uint16_t http_port(const struct http *http)
{
	return MHD_get_daemon_info(http->daemon, MHD_DAEMON_INFO_BIND_PORT)->port;
}
