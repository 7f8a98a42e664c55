/* Commands that are run: what goes on, what is captured, how they end. */
#include <fcntl.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/child.h"
#include "unit/test.h"

/* What a command did: its end, and what came out where. */
struct trial {
	struct child_end end;
	struct err err;
	int result;
	char captured[4096], passed[4096], complained[4096];
};

static void read_back(FILE *file, char *out, size_t size)
{
	size_t length;

	rewind(file);
	length = fread(out, 1, size - 1, file);
	out[length] = '\0';
	fclose(file);
}

/* Put FILE in the place of the descriptor NUMBER; returns the one that was there. */
static int replace(int number, FILE *file)
{
	int kept = dup(number);

	assert_true(kept >= 0);
	assert_true(dup2(fileno(file), number) == number);
	return kept;
}

static struct trial run(const char *script)
{
	char *const argv[] = { (char[]){ "sh" }, (char[]){ "-c" }, (char *)script, NULL };
	FILE *capture = tmpfile(), *out = tmpfile(), *error = tmpfile();
	struct trial trial = { .result = 0 };
	int kept_out, kept_error;

	fflush(stdout);
	kept_out = replace(STDOUT_FILENO, out);
	kept_error = replace(STDERR_FILENO, error);
	trial.result = child_run(argv, capture, &trial.end, &trial.err);
	dup2(kept_out, STDOUT_FILENO);
	dup2(kept_error, STDERR_FILENO);
	close(kept_out);
	close(kept_error);
	read_back(capture, trial.captured, sizeof(trial.captured));
	read_back(out, trial.passed, sizeof(trial.passed));
	read_back(error, trial.complained, sizeof(trial.complained));
	return trial;
}

static void output_and_errors_go_where_they_went_and_are_captured(void **state)
{
	struct trial trial = run("echo one; echo two >&2; printf three");

	(void)state;
	assert_int_equal(trial.result, 0);
	assert_int_equal(trial.end.status, 0);
	assert_string_equal(trial.passed, "one\nthree");
	assert_string_equal(trial.complained, "two\n");
	assert_non_null(strstr(trial.captured, "one\n"));
	assert_non_null(strstr(trial.captured, "two\n"));
	assert_non_null(strstr(trial.captured, "three"));
}

static void a_line_that_comes_in_pieces_is_captured_whole(void **state)
{
	struct trial trial = run("printf 'left '; echo middle >&2; sleep 0.05; echo right");

	(void)state;
	assert_non_null(strstr(trial.captured, "left right\n"));
	assert_non_null(strstr(trial.captured, "middle\n"));
}

static void bytes_that_are_no_text_pass_unchanged(void **state)
{
	struct trial trial = run("printf 'a\\r\\n\\377\\033[31mred'");

	(void)state;
	assert_string_equal(trial.passed, "a\r\n\xff\033[31mred");
	assert_string_equal(trial.captured, trial.passed);
}

static void the_status_is_kept(void **state)
{
	struct trial trial = run("exit 7");

	(void)state;
	assert_int_equal(trial.result, 0);
	assert_int_equal(trial.end.status, 7);
	assert_int_equal(trial.end.signal, 0);
}

static void a_signal_that_ends_it_is_told(void **state)
{
	struct trial trial = run("echo before; kill -KILL $$");

	(void)state;
	assert_int_equal(trial.end.signal, SIGKILL);
	assert_int_equal(trial.end.status, 128 + SIGKILL);
	assert_string_equal(trial.passed, "before\n");
}

static void the_command_gets_the_signals_that_we_had_not_ignored(void **state)
{
	/* whoever runs the tests in the background may ignore it */
	void (*before)(int) = signal(SIGINT, SIG_DFL);
	struct trial trial = run("kill -INT $$; echo after");

	(void)state;
	signal(SIGINT, before);
	assert_int_equal(trial.end.signal, SIGINT);
	assert_string_equal(trial.passed, "");
}

static void who_interrupts_us_is_told_of_even_if_the_command_goes_on(void **state)
{
	struct trial trial = run("trap '' INT; kill -INT $PPID; sleep 0.05; exit 3");

	(void)state;
	assert_true(trial.end.interrupted);
	assert_int_equal(trial.end.status, 3);
	assert_int_equal(trial.end.signal, 0);
	assert_false(run("exit 3").end.interrupted);
}

static void what_is_left_in_the_background_is_not_waited_for(void **state)
{
	struct trial trial = run("(read line </dev/null; exec sleep 30) & echo $! >&2; echo done");

	(void)state;
	assert_string_equal(trial.passed, "done\n");
	assert_int_equal(trial.end.status, 0);
	assert_int_equal(kill((pid_t)strtol(trial.complained, NULL, 10), SIGKILL), 0);
}

static void a_command_that_is_not_there_is_told(void **state)
{
	char *const argv[] = { (char[]){ "no-such-command-here" }, NULL };
	struct child_end end;
	struct err err = { 0 };
	FILE *capture = tmpfile();

	(void)state;
	assert_int_equal(child_run(argv, capture, &end, &err), -1);
	assert_int_equal(end.status, 127);
	assert_int_equal(err.code, ERR_NOT_FOUND);
	assert_non_null(strstr(err.text, "no-such-command-here"));
	fclose(capture);
}

static void a_terminal_stays_one_for_the_command(void **state)
{
	char *const argv[] = { (char[]){ "sh" }, (char[]){ "-c" },
		(char[]){ "test -t 1 && test -t 2 && printf 'yes\\n'" }, NULL };
	int master = posix_openpt(O_RDWR | O_NOCTTY), slave, kept_out, kept_error;
	FILE *capture = tmpfile();
	struct child_end end;
	struct err err = { 0 };
	char text[64];

	(void)state;
	assert_true(master >= 0 && grantpt(master) == 0 && unlockpt(master) == 0);
	slave = open(ptsname(master), O_RDWR | O_NOCTTY);
	assert_true(slave >= 0);
	fflush(stdout);
	kept_out = dup(STDOUT_FILENO);
	kept_error = dup(STDERR_FILENO);
	dup2(slave, STDOUT_FILENO);
	dup2(slave, STDERR_FILENO);
	child_run(argv, capture, &end, &err);
	dup2(kept_out, STDOUT_FILENO);
	dup2(kept_error, STDERR_FILENO);
	read_back(capture, text, sizeof(text));
	assert_string_equal(text, "yes\n");
	assert_int_equal(end.status, 0);
	close(kept_out);
	close(kept_error);
	close(slave);
	close(master);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(output_and_errors_go_where_they_went_and_are_captured),
		cmocka_unit_test(a_line_that_comes_in_pieces_is_captured_whole),
		cmocka_unit_test(bytes_that_are_no_text_pass_unchanged),
		cmocka_unit_test(the_status_is_kept),
		cmocka_unit_test(a_signal_that_ends_it_is_told),
		cmocka_unit_test(the_command_gets_the_signals_that_we_had_not_ignored),
		cmocka_unit_test(who_interrupts_us_is_told_of_even_if_the_command_goes_on),
		cmocka_unit_test(what_is_left_in_the_background_is_not_waited_for),
		cmocka_unit_test(a_command_that_is_not_there_is_told),
		cmocka_unit_test(a_terminal_stays_one_for_the_command),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
