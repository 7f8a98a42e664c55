/*
 * The server: one thread, which answers when a request is whole. Pages take milliseconds; readers
 * that are slow wait in the poll, not in our way, and those that say nothing are hung up on.
 */
#include <microhttpd.h>
#include <signal.h>
#include <string.h>
#include <sys/resource.h>
#include <unistd.h>

#include "web/guard.h"
#include "web/listen.h"
#include "web/target.h"

#define CONNECTIONS_MAX 512
#define CONNECTION_MEMORY 16384 /* bytes of a request's head */
#define FILES_SPARE 64 /* file descriptors that are not connections */
#define SILENCE_MAX 20 /* seconds */
#define BODY_MAX 1024 /* bytes of a form */

struct server {
	const struct web_site *site;
	struct guard guard;
};

/* A request from its first line on. */
struct exchange {
	char *target; /* as it was sent */
	char body[BODY_MAX + 1];
	size_t length;
	bool begun, too_long;
};

static volatile sig_atomic_t stopped;

static void stop(int number)
{
	(void)number;
	stopped = 1;
}

static void *begin_exchange(void *context, const char *target, struct MHD_Connection *connection)
{
	struct exchange *exchange = mem_new(NULL, struct exchange);

	(void)context;
	(void)connection;
	exchange->target = mem_strdup(exchange, target);
	return exchange;
}

static void end_exchange(void *context, struct MHD_Connection *connection, void **exchange,
	enum MHD_RequestTerminationCode code)
{
	(void)context;
	(void)connection;
	(void)code;
	talloc_free(*exchange);
	*exchange = NULL;
}

/* Paths are decoded by target.c, once. */
static size_t keep_escapes(void *context, struct MHD_Connection *connection, char *text)
{
	(void)context;
	(void)connection;
	return strlen(text);
}

static void add(struct MHD_Response *response, const char *name, const char *value)
{
	if (MHD_add_response_header(response, name, value) != MHD_YES)
		mem_check(NULL);
}

static enum MHD_Result send_answer(struct MHD_Connection *connection,
	const struct web_answer *answer, const char *name, const char *value)
{
	static const char *const headers[][2] = {
		{ "Content-Security-Policy",
			"default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; "
			"base-uri 'none'; frame-ancestors 'none'" },
		{ "X-Content-Type-Options", "nosniff" },
		{ "Referrer-Policy", "no-referrer" },
		{ "Cross-Origin-Resource-Policy", "same-origin" },
	};
	struct MHD_Response *response = mem_check(MHD_create_response_from_buffer(
		answer->length, answer->body, MHD_RESPMEM_MUST_COPY));
	enum MHD_Result result;

	for (size_t i = 0; i < sizeof(headers) / sizeof(headers[0]); i++)
		add(response, headers[i][0], headers[i][1]);
	if (answer->type != NULL)
		add(response, "Content-Type", answer->type);
	add(response, "Cache-Control", answer->lasting ? "max-age=300" : "no-store");
	if (name != NULL)
		add(response, name, value);
	if (answer->status == 303)
		add(response, "Location", "/");
	result = MHD_queue_response(connection, answer->status, response);
	MHD_destroy_response(response);
	return result;
}

static const char *header(struct MHD_Connection *connection, const char *name)
{
	return MHD_lookup_connection_value(connection, MHD_HEADER_KIND, name);
}

static bool is_allowed(const struct server *server, struct MHD_Connection *connection)
{
	const char *bearer = header(connection, "Authorization");

	if (server->guard.token[0] == '\0')
		return true;
	if (bearer != NULL && strncmp(bearer, "Bearer ", 7) == 0)
		return guard_token(&server->guard, bearer + 7);
	return guard_cookie(&server->guard,
		MHD_lookup_connection_value(connection, MHD_COOKIE_KIND, GUARD_COOKIE));
}

/* The form was sent: who knows the token gets a cookie, and goes to the first page. */
static enum MHD_Result log_in(
	const struct server *server, struct MHD_Connection *connection, struct exchange *exchange)
{
	struct web_answer answer = { .status = 303 };
	struct target form = { 0 };
	struct err err = { 0 };

	if (exchange->too_long || target_parse_fields(exchange, exchange->body, &form, &err) < 0 ||
		!guard_token(&server->guard, target_get(&form, "token"))) {
		web_login(exchange, server->site, true, &answer);
		return send_answer(connection, &answer, NULL, NULL);
	}
	return send_answer(connection, &answer, "Set-Cookie",
		mem_printf(exchange, "%s=%s; Path=/; HttpOnly; SameSite=Lax", GUARD_COOKIE,
			server->guard.cookie));
}

static bool is_shared(const char *target)
{
	return strcmp(target, "/style.css") == 0 || strcmp(target, "/icon.svg") == 0;
}

static enum MHD_Result answer(const struct server *server, struct MHD_Connection *connection,
	const char *method, struct exchange *exchange)
{
	bool login = server->guard.token[0] != '\0' && strcmp(exchange->target, "/login") == 0;
	struct web_answer answer;

	if (!guard_host(&server->guard, header(connection, "Host"))) {
		web_message(exchange, server->site, 421, "This is not the server you asked for",
			"It answers to the address that it listens on, and to no other name; "
			"--name gives it one.",
			&answer);
		return send_answer(connection, &answer, NULL, NULL);
	}
	if (login && strcmp(method, "POST") == 0)
		return log_in(server, connection, exchange);
	if (strcmp(method, "GET") != 0 && strcmp(method, "HEAD") != 0) {
		web_message(exchange, server->site, 405, "This server only shows pages",
			"Nothing can be changed here.", &answer);
		return send_answer(
			connection, &answer, "Allow", login ? "GET, HEAD, POST" : "GET, HEAD");
	}
	if (!is_shared(exchange->target) && (login || !is_allowed(server, connection))) {
		web_login(exchange, server->site, false, &answer);
		return send_answer(connection, &answer, "WWW-Authenticate", "Bearer");
	}
	web_answer(exchange, server->site, exchange->target, &answer);
	return send_answer(connection, &answer, NULL, NULL);
}

/* Called at the end of a request's head, then for each piece of its body, then at its end. */
static enum MHD_Result take(void *context, struct MHD_Connection *connection, const char *url,
	const char *method, const char *version, const char *data, size_t *size, void **state)
{
	struct exchange *exchange = *state;
	size_t length = *size;

	(void)url;
	(void)version;
	if (!exchange->begun) {
		exchange->begun = true;
		return MHD_YES;
	}
	if (length == 0)
		return answer(context, connection, method, exchange);
	*size = 0;
	if (exchange->too_long || length > BODY_MAX - exchange->length) {
		exchange->too_long = true;
		return MHD_YES;
	}
	memcpy(exchange->body + exchange->length, data, length);
	exchange->length += length;
	return MHD_YES;
}

/* As many connections as there may be files, and no more than memory is meant for. */
static unsigned connection_limit(void)
{
	struct rlimit limit;

	if (getrlimit(RLIMIT_NOFILE, &limit) != 0)
		return CONNECTIONS_MAX / 4;
	if (limit.rlim_cur < limit.rlim_max && limit.rlim_cur < CONNECTIONS_MAX + FILES_SPARE) {
		limit.rlim_cur = limit.rlim_max < CONNECTIONS_MAX + FILES_SPARE
					 ? limit.rlim_max
					 : CONNECTIONS_MAX + FILES_SPARE;
		(void)setrlimit(RLIMIT_NOFILE, &limit);
	}
	if (limit.rlim_cur >= CONNECTIONS_MAX + FILES_SPARE)
		return CONNECTIONS_MAX;
	return limit.rlim_cur > 2 * FILES_SPARE ? (unsigned)limit.rlim_cur - FILES_SPARE
						: FILES_SPARE / 2;
}

/* The daemon owns FD from then on. */
static struct MHD_Daemon *start(struct server *server, int fd, struct err *err)
{
	unsigned flags = MHD_is_feature_supported(MHD_FEATURE_EPOLL) == MHD_YES ? MHD_USE_EPOLL : 0;
	struct MHD_Daemon *daemon = MHD_start_daemon(flags, 0, NULL, NULL, take, server,
		MHD_OPTION_LISTEN_SOCKET, fd, MHD_OPTION_CONNECTION_LIMIT, connection_limit(),
		MHD_OPTION_CONNECTION_MEMORY_LIMIT, (size_t)CONNECTION_MEMORY,
		MHD_OPTION_CONNECTION_TIMEOUT, (unsigned)SILENCE_MAX, MHD_OPTION_STRICT_FOR_CLIENT,
		1, MHD_OPTION_URI_LOG_CALLBACK, begin_exchange, NULL, MHD_OPTION_NOTIFY_COMPLETED,
		end_exchange, NULL, MHD_OPTION_UNESCAPE_CALLBACK, keep_escapes, NULL,
		MHD_OPTION_END);

	if (daemon == NULL) {
		close(fd);
		err_fill(err, ERR_NET, "the server does not start");
	}
	return daemon;
}

static void watch_signals(void)
{
	struct sigaction action = { .sa_handler = stop };

	sigemptyset(&action.sa_mask);
	sigaction(SIGINT, &action, NULL);
	sigaction(SIGTERM, &action, NULL);
	action.sa_handler = SIG_IGN;
	sigaction(SIGPIPE, &action, NULL);
}

int web_serve(const struct web_site *site, const struct web_listen *listen, struct err *err)
{
	struct server *server = mem_new(NULL, struct server);
	struct MHD_Daemon *daemon = NULL;
	char *url;
	int fd;

	server->site = site;
	server->guard.name = listen->name;
	if (listen->token != NULL)
		guard_set_token(&server->guard, listen->token);
	fd = listen_open(server, listen->address, &server->guard, &url, err);
	if (fd >= 0)
		daemon = start(server, fd, err);
	if (daemon == NULL) {
		talloc_free(server);
		return -1;
	}
	watch_signals();
	listen->ready(url);
	while (!stopped && MHD_run_wait(daemon, 500) == MHD_YES)
		;
	MHD_stop_daemon(daemon);
	talloc_free(server);
	return stopped ? 0 : err_set(err, ERR_NET, "the server cannot go on");
}
