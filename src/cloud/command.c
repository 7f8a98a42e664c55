/* Commands are words: no shell stands between what was written and what is run. */
#include "cloud/command.h"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <spawn.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMMAND_SECONDS 60 /* gcloud may take ten, and more where it asks its own servers */
#define COMMAND_WORDS 64

/* One word of the command at *AT: quotes keep blanks, and nothing else is special. */
static char *next_word(TALLOC_CTX *mem, const char **at)
{
	const char *c = *at + strspn(*at, " \t");
	char *word = mem_array(mem, char, strlen(c) + 1);
	size_t length = 0;
	char quote = '\0';

	if (*c == '\0')
		return NULL;
	for (; *c != '\0' && (quote != '\0' || (*c != ' ' && *c != '\t')); c++) {
		if (quote == '\0' && (*c == '"' || *c == '\''))
			quote = *c;
		else if (*c == quote)
			quote = '\0';
		else
			word[length++] = *c;
	}
	if (quote != '\0')
		return NULL;
	*at = c;
	return word;
}

char **command_split(TALLOC_CTX *mem, const char *command)
{
	char **words = mem_array(mem, char *, COMMAND_WORDS + 1);
	size_t count = 0;

	for (; count < COMMAND_WORDS; count++) {
		words[count] = next_word(words, &command);
		if (words[count] == NULL)
			break;
	}
	return count > 0 && command[strspn(command, " \t")] == '\0' ? words : NULL;
}

/* In a process group of its own, so that all of it can be ended; nobody can be asked anything. */
static int start(char *const *words, int output, pid_t *out, struct err *err)
{
	posix_spawn_file_actions_t actions;
	posix_spawnattr_t attributes;
	int number;

	if (posix_spawn_file_actions_init(&actions) != 0 || posix_spawnattr_init(&attributes) != 0)
		mem_check(NULL);
	posix_spawn_file_actions_addopen(&actions, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
	posix_spawn_file_actions_adddup2(&actions, output, STDOUT_FILENO);
	posix_spawnattr_setflags(&attributes, POSIX_SPAWN_SETPGROUP);
	posix_spawnattr_setpgroup(&attributes, 0);
	number = posix_spawnp(out, words[0], &actions, &attributes, words, environ);
	posix_spawnattr_destroy(&attributes);
	posix_spawn_file_actions_destroy(&actions);
	if (number == 0)
		return 0;
	err_fill_errno(err, number, "%s", words[0]);
	return -1;
}

static int64_t monotonic(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return time.tv_sec * WHEN_SECOND + time.tv_nsec;
}

static int too_late(struct err *err)
{
	return err_set(err, ERR_NET, "no token within %d seconds", COMMAND_SECONDS);
}

/* All that comes from PIPE, until its end, SIZE bytes or the time is up. */
static int collect(int pipe, char *buffer, size_t size, int64_t deadline, struct err *err)
{
	size_t length = 0;

	for (;;) {
		struct pollfd item = { .fd = pipe, .events = POLLIN };
		int64_t left = (deadline - monotonic()) / 1000000;
		int ready = left > 0 ? poll(&item, 1, (int)left) : 0;
		ssize_t got;

		if (ready < 0 && errno == EINTR)
			continue;
		if (ready <= 0)
			return too_late(err);
		got = read(pipe, buffer + length, size - 1 - length);
		if (got < 0)
			return err_io(err, "the command");
		if (got == 0)
			return 0;
		length += (size_t)got;
		if (length + 1 == size)
			return err_set(err, ERR_LIMIT, "it prints more than a token");
	}
}

/* It may have closed its output and go on. */
static int wait_for(pid_t process, int64_t deadline, int *status, struct err *err)
{
	const struct timespec moment = { 0, 5000000 };
	pid_t ended;

	while ((ended = waitpid(process, status, WNOHANG)) == 0) {
		if (monotonic() >= deadline)
			return too_late(err);
		nanosleep(&moment, NULL);
	}
	return ended < 0 ? err_io(err, "the command") : 0;
}

static int finish(pid_t process, int result, int64_t deadline, struct err *err)
{
	int status;

	if (result == 0)
		result = wait_for(process, deadline, &status, err);
	if (result < 0) {
		kill(-process, SIGKILL);
		waitpid(process, &status, 0);
		return -1;
	}
	if (WIFEXITED(status) && WEXITSTATUS(status) == 0)
		return 0;
	return err_set(err, ERR_NET, "it failed with status %d",
		WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status));
}

int command_run(char *const *words, char *buffer, size_t size, struct err *err)
{
	int64_t deadline = monotonic() + COMMAND_SECONDS * WHEN_SECOND;
	int ends[2], result;
	pid_t process;

	if (pipe2(ends, O_CLOEXEC) < 0)
		return err_io(err, "the command");
	result = start(words, ends[1], &process, err);
	close(ends[1]);
	if (result == 0) {
		result = collect(ends[0], buffer, size, deadline, err);
		result = finish(process, result, deadline, err);
	}
	close(ends[0]);
	return result;
}
