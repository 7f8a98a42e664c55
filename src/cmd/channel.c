/* One way out of a child; see channel.h. */
#include "cmd/channel.h"

#include <fcntl.h>
#include <poll.h>
#include <stdlib.h>
#include <string.h>
#include <sys/ioctl.h>
#include <termios.h>
#include <unistd.h>

#define BLOCK (64U << 10)
#define LINE_MAX_BYTES (1U << 20) /* a longer line is captured in pieces */

struct channel {
	int from, to;
	bool terminal;
	FILE *capture;
	char *line; /* what was read since the last end of a line */
	size_t length;
};

static int channel_close(struct channel *channel)
{
	if (channel->from >= 0)
		close(channel->from);
	channel->from = -1;
	return 0;
}

/* Bytes go through a pseudo-terminal as they are: the one behind it makes CR LF of LF. */
static void set_raw_output(int slave)
{
	struct termios settings;

	if (tcgetattr(slave, &settings) < 0)
		return;
	settings.c_oflag &= ~(tcflag_t)OPOST;
	tcsetattr(slave, TCSANOW, &settings);
}

static int open_terminal(struct channel *channel, int *child_end)
{
	const char *name;

	channel->from = posix_openpt(O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (channel->from < 0 || grantpt(channel->from) < 0 || unlockpt(channel->from) < 0)
		return -1;
	name = ptsname(channel->from);
	*child_end = name == NULL ? -1 : open(name, O_RDWR | O_NOCTTY | O_CLOEXEC);
	if (*child_end < 0)
		return -1;
	set_raw_output(*child_end);
	channel_resize(channel);
	return 0;
}

static int open_pipe(struct channel *channel, int *child_end)
{
	int ends[2];

	if (pipe2(ends, O_CLOEXEC) < 0)
		return -1;
	channel->from = ends[0];
	*child_end = ends[1];
	return 0;
}

int channel_open(TALLOC_CTX *mem, int to, FILE *capture, struct channel **out, int *child_end,
	struct err *err)
{
	struct channel *channel = mem_new(mem, struct channel);
	int result;

	channel->from = -1;
	channel->to = to;
	channel->terminal = isatty(to);
	channel->capture = capture;
	channel->line = mem_array(channel, char, LINE_MAX_BYTES);
	talloc_set_destructor(channel, channel_close);
	result = channel->terminal ? open_terminal(channel, child_end)
				   : open_pipe(channel, child_end);
	if (result < 0) {
		err_fill_errno(err, errno, "cannot make a %s for the command",
			channel->terminal ? "pseudo-terminal" : "pipe");
		talloc_free(channel);
		return -1;
	}
	*out = channel;
	return 0;
}

int channel_file(const struct channel *channel)
{
	return channel->from;
}

void channel_resize(const struct channel *channel)
{
	struct winsize size;

	if (channel->terminal && ioctl(channel->to, TIOCGWINSZ, &size) == 0)
		ioctl(channel->from, TIOCSWINSZ, &size);
}

/* A terminal or a pipe may be set not to block by whoever shares it with us: then wait. */
static int write_all(int file, const char *bytes, size_t length)
{
	while (length > 0) {
		ssize_t written = write(file, bytes, length);

		if (written < 0 && errno == EAGAIN) {
			struct pollfd ready = { .fd = file, .events = POLLOUT };

			poll(&ready, 1, -1);
			continue;
		}
		if (written < 0 && errno != EINTR)
			return -1;
		if (written > 0) {
			bytes += written;
			length -= (size_t)written;
		}
	}
	return 0;
}

static void capture(struct channel *channel, const char *bytes, size_t length)
{
	while (length > 0) {
		const char *end = memchr(bytes, '\n', length);
		size_t room = LINE_MAX_BYTES - channel->length;
		size_t part = end != NULL ? (size_t)(end - bytes) + 1 : length;

		if (part > room)
			part = room;
		memcpy(channel->line + channel->length, bytes, part);
		channel->length += part;
		bytes += part;
		length -= part;
		if (bytes[-1] == '\n' || channel->length == LINE_MAX_BYTES)
			channel_end(channel);
	}
}

void channel_end(struct channel *channel)
{
	fwrite(channel->line, 1, channel->length, channel->capture);
	channel->length = 0;
}

int channel_pass(struct channel *channel)
{
	struct pollfd ready = { .fd = channel->from, .events = POLLIN };
	char block[BLOCK];
	ssize_t got;

	if (channel->from < 0)
		return -1;
	if (poll(&ready, 1, 0) <= 0)
		return 0;
	got = read(channel->from, block, sizeof(block));
	if (got < 0 && (errno == EINTR || errno == EAGAIN))
		return 1;
	/* a pseudo-terminal that nobody holds any more ends with EIO */
	if (got <= 0 || write_all(channel->to, block, (size_t)got) < 0) {
		channel_close(channel);
		return -1;
	}
	capture(channel, block, (size_t)got);
	return 1;
}
