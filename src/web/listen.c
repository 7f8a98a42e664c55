/* Numeric addresses only: what a name stands for today is no business of a server. */
#include "web/listen.h"

#include <fcntl.h>
#include <netdb.h>
#include <stdlib.h>
#include <string.h>
#include <sys/socket.h>
#include <unistd.h>

static int bad(const char *text, struct err *err)
{
	return err_set(err, ERR_USAGE,
		"--listen is an address and a port, such as 127.0.0.1:8080, not \"%.100s\"", text);
}

/* "127.0.0.1:80", "[::1]:80", "localhost:80", "80". */
static int split(const char *text, char *address, size_t size, const char **port, struct err *err)
{
	const char *colon = strrchr(text, ':');
	size_t length = colon != NULL ? (size_t)(colon - text) : 0;

	*port = colon != NULL ? colon + 1 : text;
	if (length > 1 && text[0] == '[' && text[length - 1] == ']') {
		text++;
		length -= 2;
	}
	if (length >= size || (*port)[0] == '\0' || strlen(*port) > 5 ||
		(*port)[strspn(*port, "0123456789")] != '\0' || atoi(*port) > 65535)
		return bad(text, err);
	snprintf(address, size, "%.*s", (int)length, text);
	if (length == 0 || strcmp(address, "localhost") == 0)
		snprintf(address, size, "127.0.0.1");
	return 0;
}

static int open_socket(const struct addrinfo *where)
{
	int on = 1, fd = socket(where->ai_family, SOCK_STREAM, 0);

	if (fd < 0)
		return -1;
	if (fcntl(fd, F_SETFD, FD_CLOEXEC) == 0 && fcntl(fd, F_SETFL, O_NONBLOCK) == 0 &&
		setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &on, sizeof(on)) == 0 &&
		bind(fd, where->ai_addr, where->ai_addrlen) == 0 && listen(fd, SOMAXCONN) == 0)
		return fd;
	on = errno;
	close(fd);
	errno = on;
	return -1;
}

static int describe(TALLOC_CTX *mem, int fd, char **url, struct err *err)
{
	struct sockaddr_storage own;
	socklen_t length = sizeof(own);
	char host[64], port[8];
	bool six;

	if (getsockname(fd, (struct sockaddr *)&own, &length) != 0 ||
		getnameinfo((struct sockaddr *)&own, length, host, sizeof(host), port, sizeof(port),
			NI_NUMERICHOST | NI_NUMERICSERV) != 0)
		return err_set(err, ERR_NET, "the socket has no address");
	six = strchr(host, ':') != NULL;
	*url = mem_printf(mem, "http://%s%s%s:%s/", six ? "[" : "", host, six ? "]" : "", port);
	return 0;
}

int listen_open(TALLOC_CTX *mem, const char *text, struct guard *guard, char **url, struct err *err)
{
	const struct addrinfo hints = { .ai_flags = AI_NUMERICHOST | AI_NUMERICSERV | AI_PASSIVE,
		.ai_socktype = SOCK_STREAM };
	struct addrinfo *where;
	const char *port;
	int fd;

	if (split(text, guard->address, sizeof(guard->address), &port, err) < 0)
		return -1;
	if (getaddrinfo(guard->address, port, &hints, &where) != 0)
		return bad(text, err);
	if (guard->token[0] == '\0' && !guard_is_loopback(guard->address)) {
		freeaddrinfo(where);
		return err_set(err, ERR_USAGE,
			"others can reach %s: set FIVEWHYS_WEB_TOKEN to a secret that readers must "
			"know, or listen on 127.0.0.1",
			guard->address);
	}
	guard->any = strcmp(guard->address, "0.0.0.0") == 0 || strcmp(guard->address, "::") == 0;
	fd = open_socket(where);
	freeaddrinfo(where);
	if (fd < 0) {
		err_fill_errno(err, errno, "cannot listen on %.100s", text);
		err->code = ERR_NET;
		return -1;
	}
	if (describe(mem, fd, url, err) == 0)
		return fd;
	close(fd);
	return -1;
}
