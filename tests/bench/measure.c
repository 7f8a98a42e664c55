/*
 * What commands cost, side by side: measure ROUNDS <LIST. Each line of LIST is a name, a command that
 * prepares, which is not measured and may be empty, and a command, with tabs between them. They run
 * in turn, so that what disturbs the machine disturbs all of them; once more than ROUNDS, as the
 * first round only warms up. Printed for each are its name, the least wall time and the least CPU
 * time (user and system, in seconds), and the greatest resident size (in KiB), with tabs between
 * them. A command that fails ends it all: what it costs to fail is not what was asked.
 */
#include <errno.h>
#include <fcntl.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#define COMMANDS_MAX 32
#define LINE_BYTES 4096

#ifdef __APPLE__
#define PEAK_UNIT 1024 /* bytes there, KiB elsewhere */
#else
#define PEAK_UNIT 1
#endif

struct cost {
	double wall, cpu; /* seconds */
	long peak; /* KiB */
};

struct command {
	char line[LINE_BYTES]; /* what the others point into */
	const char *name, *prepare, *run;
	struct cost best;
};

static double now(void)
{
	struct timespec time;

	clock_gettime(CLOCK_MONOTONIC, &time);
	return (double)time.tv_sec + (double)time.tv_nsec / 1e9;
}

static double seconds_of(struct timeval time)
{
	return (double)time.tv_sec + (double)time.tv_usec / 1e6;
}

/* What commands print is not looked at, and must not cost them a terminal. */
static void redirect(void)
{
	int null = open("/dev/null", O_RDWR);

	if (null < 0 || dup2(null, STDIN_FILENO) < 0 || dup2(null, STDOUT_FILENO) < 0)
		_exit(126);
	close(null);
}

/* The status as wait4 has it. The shell of "exec COMMAND" becomes COMMAND. */
static int run_shell(const char *text, struct cost *cost)
{
	struct rusage usage;
	double start = now();
	pid_t child = fork();
	int status;

	if (child == 0) {
		redirect();
		execl("/bin/sh", "sh", "-c", text, (char *)NULL);
		_exit(127);
	}
	if (child < 0 || wait4(child, &status, 0, &usage) < 0) {
		fprintf(stderr, "measure: %s\n", strerror(errno));
		exit(3);
	}
	*cost = (struct cost){ .wall = now() - start,
		.cpu = seconds_of(usage.ru_utime) + seconds_of(usage.ru_stime),
		.peak = usage.ru_maxrss / PEAK_UNIT };
	return status;
}

static struct cost must_run(const char *name, const char *text)
{
	struct cost cost;
	int status = run_shell(text, &cost);

	if (status == 0)
		return cost;
	if (WIFEXITED(status))
		fprintf(stderr, "measure: %s: exit status %d\n", name, WEXITSTATUS(status));
	else
		fprintf(stderr, "measure: %s: signal %d\n", name, WTERMSIG(status));
	exit(1);
}

static void run_command(struct command *command, unsigned long round)
{
	struct cost cost, *best = &command->best;

	if (command->prepare[0] != '\0')
		must_run(command->name, command->prepare);
	cost = must_run(command->name, command->run);
	if (round <= 1) {
		*best = cost; /* forgets the round that warmed up */
		return;
	}
	if (cost.wall < best->wall)
		best->wall = cost.wall;
	if (cost.cpu < best->cpu)
		best->cpu = cost.cpu;
	if (cost.peak > best->peak)
		best->peak = cost.peak;
}

static bool read_command(struct command *command)
{
	char *prepare, *run = NULL;

	if (fgets(command->line, sizeof(command->line), stdin) == NULL)
		return false;
	prepare = strchr(command->line, '\t');
	if (prepare != NULL)
		run = strchr(prepare + 1, '\t');
	if (run == NULL || strchr(run, '\n') == NULL) {
		fprintf(stderr, "measure: not three fields in a line: %s\n", command->line);
		exit(2);
	}
	*prepare++ = *run++ = '\0';
	run[strcspn(run, "\n")] = '\0';
	command->name = command->line;
	command->prepare = prepare;
	command->run = run;
	return true;
}

int main(int argc, char **argv)
{
	static struct command commands[COMMANDS_MAX];
	unsigned long rounds = argc == 2 ? strtoul(argv[1], NULL, 10) : 0;
	size_t count = 0;

	if (rounds == 0) {
		fprintf(stderr, "usage: measure ROUNDS <LIST\n");
		return 2;
	}
	while (count < COMMANDS_MAX && read_command(&commands[count]))
		count++;
	if (getchar() != EOF) {
		fprintf(stderr, "measure: more than %d commands\n", COMMANDS_MAX);
		return 2;
	}
	for (unsigned long round = 0; round <= rounds; round++)
		for (size_t i = 0; i < count; i++)
			run_command(&commands[i], round);
	for (size_t i = 0; i < count; i++)
		printf("%s\t%.6f\t%.6f\t%ld\n", commands[i].name, commands[i].best.wall,
			commands[i].best.cpu, commands[i].best.peak);
	return 0;
}
