/* A server on this machine for one test. */
#include "unit/loopback.h"

#include <arpa/inet.h>
#include <ctype.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <sys/wait.h>
#include <unistd.h>

#define SECONDS 30 /* after which it ends in any case */

/* A whole request, with its body, as a string. */
static bool read_request(int connection, char *text, size_t size)
{
	size_t length = 0;

	for (;;) {
		ssize_t got = read(connection, text + length, size - 1 - length);
		const char *end, *field;

		if (got <= 0)
			return false;
		length += (size_t)got;
		text[length] = '\0';
		end = strstr(text, "\r\n\r\n");
		field = strcasestr(text, "\r\ncontent-length:");
		if (end != NULL &&
			length >= (size_t)(end + 4 - text) +
					  (field != NULL ? strtoul(field + 17, NULL, 10) : 0))
			return true;
	}
}

static void send_all(int connection, const char *text, size_t length)
{
	while (length > 0) {
		ssize_t sent = write(connection, text, length);

		if (sent <= 0)
			return;
		text += sent;
		length -= (size_t)sent;
	}
}

static void echo(int connection, const char *request)
{
	char body[16384], head[200];
	size_t length = 0;

	length += (size_t)sprintf(body, "{\"error\":\"echo\",\"error_description\":\"");
	for (; *request != '\0' && length < sizeof(body) - 8; request++)
		if (*request == '"' || *request == '\\' || iscntrl((unsigned char)*request))
			length += (size_t)sprintf(body + length, "\\u%04x", (unsigned)*request);
		else
			body[length++] = *request;
	length += (size_t)sprintf(body + length, "\"}");
	send_all(connection, head,
		(size_t)sprintf(
			head, "HTTP/1.1 400 Bad Request\r\nContent-Length: %zu\r\n\r\n", length));
	send_all(connection, body, length);
}

static void serve(int listener, const struct loopback_reply *replies, size_t count)
{
	static char request[65536];
	int connection = -1;

	signal(SIGPIPE, SIG_IGN);
	alarm(SECONDS);
	for (size_t i = 0; i < count; i++) {
		const struct loopback_reply *reply = &replies[i];

		if (connection < 0)
			connection = accept(listener, NULL, NULL);
		if (!read_request(connection, request, sizeof(request)) ||
			(reply->wanted != NULL && strstr(request, reply->wanted) == NULL))
			_exit(1);
		if (reply->kind == LOOPBACK_SAY)
			send_all(connection, reply->text,
				reply->length > 0 ? reply->length : strlen(reply->text));
		else if (reply->kind == LOOPBACK_ECHO)
			echo(connection, request);
		else if (reply->kind == LOOPBACK_STALL && read(connection, request, 1) > 0)
			_exit(1);
		if (!reply->stays) {
			close(connection);
			connection = -1;
		}
	}
	_exit(0);
}

void loopback_start(
	TALLOC_CTX *mem, const struct loopback_reply *replies, size_t count, struct loopback *out)
{
	struct sockaddr_in address = { .sin_family = AF_INET };
	int listener = socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
	socklen_t size = sizeof(address);

	address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
	if (bind(listener, (struct sockaddr *)&address, size) < 0 || listen(listener, 8) < 0 ||
		getsockname(listener, (struct sockaddr *)&address, &size) < 0)
		abort();
	fflush(NULL);
	out->url = mem_printf(mem, "http://127.0.0.1:%d", ntohs(address.sin_port));
	out->process = fork();
	if (out->process == 0)
		serve(listener, replies, count);
	close(listener);
}

bool loopback_stop(const struct loopback *loopback)
{
	int status = 0;

	return waitpid(loopback->process, &status, 0) == loopback->process && WIFEXITED(status) &&
	       WEXITSTATUS(status) == 0;
}
