/* Running a command; see child.h. Signals become bytes in a pipe, so that one loop sees all. */
#include "cmd/child.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "cmd/channel.h"

#define CHANNELS 2 /* standard output and error */
#define DRAIN_MAX 64 /* blocks: more than any pipe holds */

struct child {
	pid_t pid;
	struct channel *channels[CHANNELS];
	size_t channel_count; /* 1: both go to the same terminal, and share it */
	int ends[CHANNELS]; /* what the child gets; -1: closed */
	int told; /* where the child says why it cannot be started */
	bool interrupted;
};

static int signal_pipe[2] = { -1, -1 };

static void on_signal(int number)
{
	unsigned char byte = (unsigned char)number;
	int kept = errno;

	(void)!write(signal_pipe[1], &byte, 1);
	errno = kept;
}

/* What is done with each signal while the command runs, and was before. */
static const struct {
	int number;
	void (*handler)(int number);
} handlers[] = {
	{ SIGCHLD, on_signal },
	{ SIGTERM, on_signal },
	{ SIGHUP, on_signal },
	{ SIGWINCH, on_signal },
	{ SIGINT, on_signal },
	{ SIGQUIT, on_signal },
	{ SIGPIPE, SIG_IGN },
};
#define HANDLER_COUNT (sizeof(handlers) / sizeof(handlers[0]))

static int catch_signals(struct sigaction *before, struct err *err)
{
	if (pipe2(signal_pipe, O_CLOEXEC | O_NONBLOCK) < 0)
		return err_io(err, "cannot make a pipe for signals");
	for (size_t i = 0; i < HANDLER_COUNT; i++) {
		struct sigaction action = { .sa_handler = handlers[i].handler,
			.sa_flags = SA_RESTART };

		sigemptyset(&action.sa_mask);
		sigaction(handlers[i].number, &action, &before[i]);
	}
	return 0;
}

static void restore_signals(const struct sigaction *before)
{
	for (size_t i = 0; i < HANDLER_COUNT; i++)
		sigaction(handlers[i].number, &before[i], NULL);
	close(signal_pipe[0]);
	close(signal_pipe[1]);
}

static bool same_terminal(int one, int other)
{
	struct stat first, second;

	return isatty(one) && isatty(other) && fstat(one, &first) == 0 &&
	       fstat(other, &second) == 0 && first.st_rdev == second.st_rdev;
}

static void close_ends(struct child *child)
{
	for (size_t i = 0; i < CHANNELS; i++)
		if (child->ends[i] >= 0)
			close(child->ends[i]);
}

static int open_channels(TALLOC_CTX *mem, struct child *child, FILE *capture, struct err *err)
{
	static const int files[CHANNELS] = { STDOUT_FILENO, STDERR_FILENO };

	child->channel_count = same_terminal(files[0], files[1]) ? 1 : CHANNELS;
	for (size_t i = 0; i < child->channel_count; i++)
		if (channel_open(mem, files[i], capture, &child->channels[i], &child->ends[i],
			    err) < 0) {
			close_ends(child);
			return -1;
		}
	return 0;
}

/* In the child: never returns. */
static void become(const struct child *child, char *const *argv, const struct sigaction *before)
{
	int error = child->channel_count == 1 ? child->ends[0] : child->ends[1];
	int number;

	for (size_t i = 0; i < HANDLER_COUNT; i++)
		sigaction(handlers[i].number, &before[i], NULL);
	if (dup2(child->ends[0], STDOUT_FILENO) >= 0 && dup2(error, STDERR_FILENO) >= 0)
		execvp(argv[0], argv);
	number = errno;
	(void)!write(child->told, &number, sizeof(number));
	_exit(127);
}

/* 0: it runs. -1: ERR tells why not. */
static int start(struct child *child, char *const *argv, const struct sigaction *before,
	struct child_end *out, struct err *err)
{
	int ends[2], number;
	ssize_t got;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return err_io(err, "cannot make a pipe for the command");
	child->told = ends[1];
	child->pid = fork();
	if (child->pid == 0)
		become(child, argv, before);
	close(ends[1]);
	close_ends(child);
	if (child->pid < 0) {
		close(ends[0]);
		return err_io(err, "cannot start the command");
	}
	do
		got = read(ends[0], &number, sizeof(number));
	while (got < 0 && errno == EINTR);
	close(ends[0]);
	if (got != (ssize_t)sizeof(number))
		return 0;
	while (waitpid(child->pid, NULL, 0) < 0 && errno == EINTR)
		;
	out->status = number == ENOENT ? 127 : 126;
	err_fill_errno(err, number, "%s", argv[0]);
	return -1;
}

/* True: the command has ended, and *STATUS says how. */
static bool take_signals(struct child *child, int *status)
{
	unsigned char number;

	while (read(signal_pipe[0], &number, 1) == 1) {
		if (number == SIGTERM || number == SIGHUP)
			kill(child->pid, number);
		if (number != SIGCHLD && number != SIGWINCH)
			child->interrupted = true;
		for (size_t i = 0; number == SIGWINCH && i < child->channel_count; i++)
			channel_resize(child->channels[i]);
	}
	return waitpid(child->pid, status, WNOHANG) == child->pid;
}

/* What the command wrote before it ended; not what those it left behind go on to write. */
static void drain(struct child *child)
{
	for (size_t i = 0; i < child->channel_count; i++) {
		for (unsigned n = 0; n < DRAIN_MAX && channel_pass(child->channels[i]) > 0; n++)
			;
		channel_end(child->channels[i]);
	}
}

static void stream(struct child *child, int *status)
{
	struct pollfd files[CHANNELS + 1] = { { .fd = signal_pipe[0], .events = POLLIN } };

	do {
		for (size_t i = 0; i < child->channel_count; i++)
			files[i + 1] = (struct pollfd){ .fd = channel_file(child->channels[i]),
				.events = POLLIN };
		poll(files, 1 + child->channel_count, -1);
		for (size_t i = 0; i < child->channel_count; i++)
			if (files[i + 1].revents > 0)
				channel_pass(child->channels[i]);
	} while (!take_signals(child, status));
	drain(child);
}

int child_run(char *const *argv, FILE *capture, struct child_end *out, struct err *err)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct child child = { .ends = { -1, -1 } };
	struct sigaction before[HANDLER_COUNT];
	int status = 0, result = -1;

	*out = (struct child_end){ .status = 126 };
	fflush(stdout);
	fflush(stderr);
	if (catch_signals(before, err) == 0) {
		if (open_channels(mem, &child, capture, err) == 0)
			result = start(&child, argv, before, out, err);
		if (result == 0)
			stream(&child, &status);
		restore_signals(before);
	}
	if (result == 0) {
		out->interrupted = child.interrupted;
		out->signal = WIFSIGNALED(status) ? WTERMSIG(status) : 0;
		out->status = out->signal != 0 ? 128 + out->signal : WEXITSTATUS(status);
	}
	talloc_free(mem);
	return result;
}
