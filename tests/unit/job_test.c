/* Logs of CI jobs: what comes off a line, which step it is of, and which steps failed. */
#include "source/job/job.h"

#include <string.h>

#include "unit/source_test.h"
#include "unit/test.h"

#define STAMP "2026-01-31T08:00:00.1234567Z "

/* 2026-01-31T08:00:00Z, and what GitHub adds to it. */
#define EIGHT (INT64_C(1769846400) * WHEN_SECOND)
#define FRACTION INT64_C(123456700)

static const struct {
	const char *line, *rest;
	int64_t time;
	enum job_kind kind;
	const char *name;
	bool service, columns, continues;
} prefixes[] = {
	{ STAMP "make all", "make all", EIGHT + FRACTION, JOB_TEXT, "", false, false, false },
	{ "2026-01-31T08:00:00.1234567Z", "", EIGHT + FRACTION, JOB_TEXT, "", false, false, false },
	{ "\xef\xbb\xbf" STAMP "x", "x", EIGHT + FRACTION, JOB_TEXT, "", false, false, false },
	{ "build\tRun npm ci\t" STAMP "npm error", "npm error", EIGHT + FRACTION, JOB_TEXT,
		"build / Run npm ci", true, true, false },
	{ "build\tRun npm ci\t\xef\xbb\xbf" STAMP "x", "x", EIGHT + FRACTION, JOB_TEXT,
		"build / Run npm ci", true, true, false },
	{ "2026-01-31T08:00:00.123456Z 00O $ make", "$ make", EIGHT + 123456000, JOB_TEXT, "", true,
		false, false },
	{ "2026-01-31T08:00:00.123456Z 01E+ more", " more", EIGHT + 123456000, JOB_TEXT, "", true,
		false, true },
	{ "2026-01-31T08:00:00.123456Z 00O", "", EIGHT + 123456000, JOB_TEXT, "", true, false,
		false },
	{ "section_start:1769846400:step_script[collapsed=true]\r\x1b[0KRunning", "Running", EIGHT,
		JOB_FOLD, "step_script", true, false, false },
	{ "section_end:1769846400:get_sources\r\x1b[0Ksection_start:1769846400:step_script\r"
	  "\x1b[0Kx",
		"x", EIGHT, JOB_FOLD, "step_script", true, false, false },
	{ "section_end:1769846400:step_script\r\x1b[0K", "", EIGHT, JOB_FOLD_END, "step_script",
		true, false, false },
	{ "2026-01-31T08:00:00.123456Z 00O section_start:1769846400:build\r\x1b[0Kx", "x", EIGHT,
		JOB_FOLD, "build", true, false, false },
	{ "travis_fold:start:install\r\x1b[0K$ npm ci", "$ npm ci", TIME_NONE, JOB_FOLD, "install",
		true, false, false },
	{ "travis_time:start:1a2b\r\x1b[0K$ npm ci", "$ npm ci", TIME_NONE, JOB_TEXT, "", true,
		false, false },
	{ "\x1b_bk;t=1769846400123\amake", "make", EIGHT + 123000000, JOB_TEXT, "", true, false,
		false },
	{ "[2026-01-31T08:00:00.123Z] + make", "+ make", EIGHT + 123000000, JOB_TEXT, "", false,
		false, false },
	{ "08:00:00  + make", "+ make", TIME_NONE, JOB_TEXT, "", false, false, false },
	{ "[  130s] + make", "+ make", TIME_NONE, JOB_TEXT, "", false, false, false },
	{ "[  130.125000] eth0: up", "[  130.125000] eth0: up", TIME_NONE, JOB_TEXT, "", false,
		false, false },
	{ "[08:00:00.123] > vite build", "> vite build", TIME_NONE, JOB_TEXT, "", false, false,
		false },
	/* what only looks so is left alone */
	{ "2026-01-31 a day", "2026-01-31 a day", TIME_NONE, JOB_TEXT, "", false, false, false },
	{ "2026-01-31T08:00:00 no zone", "2026-01-31T08:00:00 no zone", TIME_NONE, JOB_TEXT, "",
		false, false, false },
	{ "section_start:soon:x", "section_start:soon:x", TIME_NONE, JOB_TEXT, "", false, false,
		false },
	{ "section_start:", "section_start:", TIME_NONE, JOB_TEXT, "", false, false, false },
	{ "a\tb\tc", "a\tb\tc", TIME_NONE, JOB_TEXT, "", false, false, false },
	{ "[08:00] > vite build", "[08:00] > vite build", TIME_NONE, JOB_TEXT, "", false, false,
		false },
	{ "[x]", "[x]", TIME_NONE, JOB_TEXT, "", false, false, false },
	{ "08:00", "08:00", TIME_NONE, JOB_TEXT, "", false, false, false },
	{ "", "", TIME_NONE, JOB_TEXT, "", false, false, false },
};

static void what_a_service_puts_before_a_line_comes_off(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		const char *line = prefixes[i].line;
		struct job_prefix prefix;
		size_t taken = job_prefix(line, strlen(line), &prefix);

		assert_string_equal(line + taken, prefixes[i].rest);
		if (prefix.time != prefixes[i].time || prefix.kind != prefixes[i].kind)
			fail_msg("%s: another time or kind", line);
		assert_string_equal(prefix.name, prefixes[i].name);
		assert_int_equal(prefix.service, prefixes[i].service);
		assert_int_equal(prefix.columns, prefixes[i].columns);
		assert_int_equal(prefix.continues, prefixes[i].continues);
	}
}

static void a_line_that_is_cut_anywhere_is_no_fault(void **state)
{
	(void)state;
	for (size_t i = 0; i < sizeof(prefixes) / sizeof(prefixes[0]); i++) {
		size_t length = strlen(prefixes[i].line);

		/* in a block of its own, so that what reads on is found */
		for (size_t cut = 0; cut <= length; cut++) {
			char *line = mem_strndup(NULL, prefixes[i].line, cut);
			struct job_prefix prefix;

			assert_true(job_prefix(line, cut, &prefix) <= cut);
			talloc_free(line);
		}
	}
}

static void what_a_runner_marks_is_told_by_kind(void **state)
{
	static const struct {
		const char *line, *rest;
		enum job_kind kind;
	} marks[] = {
		{ "##[group]Run make", "Run make", JOB_GROUP },
		{ "::group::Tests", "Tests", JOB_GROUP },
		{ "##[endgroup]", "", JOB_GROUP_END },
		{ "##[error]No space", "No space", JOB_ERROR },
		{ "##[warning]Node 16", "Node 16", JOB_WARNING },
		{ "##[section]Starting: Build", "Starting: Build", JOB_SECTION },
		{ "[command]/usr/bin/git version", "/usr/bin/git version", JOB_COMMAND },
		{ "::error file=a.c,line=3::no such name", "no such name", JOB_ERROR },
		{ "::warning::old", "old", JOB_WARNING },
		{ "#12 3.456 npm ci", "npm ci", JOB_TEXT },
		{ "#12 DONE 3.4s", "#12 DONE 3.4s", JOB_TEXT },
		{ "Step #1 - \"build\": gcc", "gcc", JOB_TEXT },
		{ "Step #1: gcc", "gcc", JOB_TEXT },
		{ "::errors", "::errors", JOB_TEXT },
		{ "#", "#", JOB_TEXT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(marks) / sizeof(marks[0]); i++) {
		const char *text = marks[i].line;
		size_t length = strlen(text);

		assert_int_equal(job_marks(&text, &length), marks[i].kind);
		assert_string_equal(text, marks[i].rest);
		assert_int_equal(length, strlen(marks[i].rest));
	}
}

static void names_of_containers_and_packages_come_off_and_no_other_words(void **state)
{
	static const struct {
		const char *line, *rest;
	} lines[] = {
		{ "web-1  | src/x.ts(3,5): error", "src/x.ts(3,5): error" },
		{ "db_2 | ready", "ready" },
		{ "@shop/cart: src/x.ts(3,5): error", "src/x.ts(3,5): error" },
		{ "@shop/cart:build: src/x.ts(3,5): error", "src/x.ts(3,5): error" },
		{ "web:lint: 3:5 error", "3:5 error" },
		{ "Filename | Stmts | Miss", "Filename | Stmts | Miss" },
		{ "error: build: no", "error: build: no" },
		{ "src/x.c:3: no", "src/x.c:3: no" },
		{ "web-1", "web-1" },
		{ "1 | 2", "1 | 2" },
		{ "@", "@" },
		{ "@shop", "@shop" },
		{ "@shop/", "@shop/" },
		{ "@shop/cart:", "@shop/cart:" },
		{ "", "" },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++) {
		const char *line = lines[i].line;

		assert_string_equal(line + job_names(line, strlen(line)), lines[i].rest);
	}
}

static void logs_of_containers_are_no_job(void **state)
{
	static const char log[] = "web-1  | listening\nweb-1  | GET / 200\ndb-1  | ready\n";

	(void)state;
	assert_int_equal(job_recognise(log, sizeof(log) - 1), 0);
}

static void only_words_of_failure_are_verdicts(void **state)
{
	static const struct {
		const char *line;
		enum job_verdict verdict;
	} lines[] = {
		{ "Process completed with exit code 1.", JOB_FAILED },
		{ "Process completed with exit code 0.", JOB_NO_VERDICT },
		{ "ERROR: Job failed: exit code 1", JOB_FAILED },
		{ "ERROR: Job failed (system failure): no such host", JOB_FAILED },
		{ "The command \"make\" exited with 2.", JOB_FAILED },
		{ "The command \"make\" exited with 0.", JOB_NO_VERDICT },
		{ "Finished: FAILURE", JOB_FAILED },
		{ "Finished: SUCCESS", JOB_NO_VERDICT },
		{ "Exited with code exit status 137", JOB_FAILED },
		{ "make[1]: *** [Makefile:3: all] Error 2", JOB_TOOL_FAILED },
		{ "make: [Makefile:3: lint] Error 1 (ignored)", JOB_NO_VERDICT },
		{ "  ELIFECYCLE  Command failed with exit code 1.", JOB_TOOL_FAILED },
		{ "[INFO] BUILD FAILURE", JOB_TOOL_FAILED },
		{ "BUILD SUCCESSFUL in 3s", JOB_NO_VERDICT },
		{ "a.c:3:1: fatal error: x.h: No such file or directory", JOB_DIAGNOSED },
		{ "0 errors, 3 warnings", JOB_NO_VERDICT },
		{ "#7 ERROR: process \"/bin/sh -c make\" did not complete successfully: exit code: "
		  "2",
			JOB_TOOL_FAILED },
		{ "executor failed running [/bin/sh -c make]: exit code: 2", JOB_TOOL_FAILED },
		{ "target app: failed to solve: process \"make\"", JOB_TOOL_FAILED },
		{ "Command exited with code 1", JOB_FAILED },
		{ "Command exited with code 0", JOB_NO_VERDICT },
		{ "remote:  !     Push rejected, failed to compile Go app", JOB_FAILED },
		{ "a.c:3:1: error: no such name", JOB_DIAGNOSED },
		{ "worker.1: error: no such name", JOB_NO_VERDICT },
		{ "** BUILD FAILED **", JOB_TOOL_FAILED },
		{ "RPM build errors:", JOB_TOOL_FAILED },
		{ "error: Bad exit status from /var/tmp/rpm-tmp.x (%build)", JOB_TOOL_FAILED },
		{ "error: tests exited with '133'", JOB_TOOL_FAILED },
		{ "error: tests exited with '0'", JOB_NO_VERDICT },
		{ "compiling error.c with -Werror", JOB_NO_VERDICT },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(lines) / sizeof(lines[0]); i++)
		if (job_verdict(lines[i].line, strlen(lines[i].line), JOB_TEXT) != lines[i].verdict)
			fail_msg("%s", lines[i].line);
	assert_int_equal(job_verdict("Bash exited with code '1'.", 26, JOB_ERROR), JOB_FAILED);
	assert_int_equal(job_verdict("Bash exited with code '1'.", 26, JOB_TEXT), JOB_NO_VERDICT);
}

static const char github[] =
	"\xef\xbb\xbf" STAMP "##[group]Run actions/checkout@v4\n" STAMP "##[endgroup]\n" STAMP
	"error: an older branch is there, fetching again\n"
	"2026-01-31T08:00:01.0000000Z ##[group]Run make\n"
	"2026-01-31T08:00:01.0000000Z echo error: as it was written\n"
	"2026-01-31T08:00:01.0000000Z ##[endgroup]\n"
	"2026-01-31T08:00:02.0000000Z a.c:3:1: error: no such name\n"
	"2026-01-31T08:00:03.0000000Z make: *** [all] Error 1\n"
	"2026-01-31T08:00:03.0000000Z ##[error]Process completed with exit code 2.\n"
	"2026-01-31T08:00:04.0000000Z Post job cleanup.\n";

static void lines_keep_their_numbers_and_get_the_times_of_the_service(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = test_entries(mem, github, sizeof(github) - 1, NULL, &info);

	(void)state;
	assert_string_equal(info->format, "job-log");
	assert_string_equal(entries[0]->text, "Run actions/checkout@v4");
	assert_int_equal(entries[0]->line, 1);
	assert_string_equal(entries[4]->text, "a.c:3:1: error: no such name");
	assert_int_equal(entries[4]->line, 7);
	assert_int_equal(entries[4]->time, EIGHT + 2 * WHEN_SECOND);
	assert_int_equal(entries[6]->severity, SEVERITY_ERROR);
	assert_int_equal(info->bytes, sizeof(github) - 1);
	talloc_free(mem);
}

static void the_step_that_failed_is_told_and_no_other(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = test_entries(mem, github, sizeof(github) - 1, NULL, &info);

	(void)state;
	assert_int_equal(info->test_count, 1);
	assert_true(info->tests[0]->step);
	assert_string_equal(info->tests[0]->name, "Run make");
	assert_int_equal(info->tests[0]->outcome, OUTCOME_FAILED);
	assert_string_equal(info->tests[0]->message, "Process completed with exit code 2.");
	assert_int_equal(info->tests[0]->duration, 2 * WHEN_SECOND);
	assert_int_equal(info->counted.failed, 0); /* it is no test */
	assert_ptr_equal(entries[4]->test, info->tests[0]);
	assert_ptr_not_equal(entries[1]->test, info->tests[0]);
	talloc_free(mem);
}

static void what_a_step_will_run_is_said_by_nobody(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = test_entries(mem, github, sizeof(github) - 1, NULL, &info);

	(void)state;
	assert_string_equal(entries[3]->text, "echo error: as it was written");
	assert_true(entries[3]->quoted);
	assert_false(entries[4]->quoted);
	talloc_free(mem);
}

#define P "2026-01-31T08:00:01.0000000Z "

static void a_block_of_quotes_is_over_with_the_first_line_that_is_none(void **state)
{
	static const struct {
		const char *log, *texts[4];
	} logs[] = {
		{ P " > [2/3] RUN make:\n" P "0.123 cc x.c\n" P "------\n" P "9.99 dollars\n",
			{ " > [2/3] RUN make:", "cc x.c", "------", "9.99 dollars" } },
		{ P " > [2/3] RUN make:\n" P "0.123 cc x.c\n" P "the log is cut\n" P
		    "9.99 dollars\n",
			{ " > [2/3] RUN make:", "cc x.c", "the log is cut", "9.99 dollars" } },
		{ P "remote: -----> Go app\n" P "remote: x.go:3:5: no\n" P "done\n" P
		    "remote: error: GH006\n",
			{ "-----> Go app", "x.go:3:5: no", "done", "remote: error: GH006" } },
		{ P "       last 2 log lines:\n" P "       > cc x.c\n" P "error: no\n" P
		    "       > quoted\n",
			{ "       last 2 log lines:", "cc x.c", "error: no", "       > quoted" } },
	};

	(void)state;
	for (size_t i = 0; i < sizeof(logs) / sizeof(logs[0]); i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		char *log = mem_printf(
			mem, "%s##[group]Run make\n%s##[endgroup]\n%s", P, P, logs[i].log);
		struct source_info *info;
		struct entry **entries = test_entries(mem, log, strlen(log), NULL, &info);
		size_t first = 1;

		while (strcmp(entries[first]->text, logs[i].texts[0]) != 0)
			first++;
		for (size_t k = 0; k < 4; k++)
			assert_string_equal(entries[first + k]->text, logs[i].texts[k]);
		talloc_free(mem);
	}
}

static void a_transcript_in_a_step_is_read_as_if_it_stood_alone(void **state)
{
	static const char log[] =
		P "##[group]Run pytest -v\n" P "##[endgroup]\n" P
		  "============================= test session starts "
		  "==============================\n" P
		  "t.py::test_a PASSED                          [ 50%]\n" P
		  "t.py::test_b FAILED                          [100%]\n" P
		  "=================================== FAILURES "
		  "===================================\n" P
		  "____________________________________ test_b "
		  "____________________________________\n" P "E       assert 1 == 2\n" P
		  "=========================== short test summary info "
		  "============================\n" P "FAILED t.py::test_b - assert 1 == 2\n" P
		  "========================= 1 failed, 1 passed in 0.05s "
		  "==========================\n" P "##[error]Process completed with exit code 1.\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = test_entries(mem, log, sizeof(log) - 1, NULL, &info);

	(void)state;
	assert_string_equal(info->format, "job-log");
	assert_int_equal(info->test_count, 2); /* the step is explained by its tests */
	assert_string_equal(info->tests[1]->name, "t.py::test_b");
	assert_int_equal(info->tests[1]->outcome, OUTCOME_FAILED);
	assert_string_equal(info->tests[1]->message, "assert 1 == 2");
	assert_int_equal(info->stated.failed, 1);
	for (size_t i = 0; entries[i] != NULL; i++)
		assert_int_equal(entries[i]->time, EIGHT + WHEN_SECOND);
	talloc_free(mem);
}

static const char make_failed[] =
	P "##[group]Run make\n" P "##[endgroup]\n" P "a.c:3:1: error: no such name\n" P
	  "##[error]Process completed with exit code 2.\n";

static struct source_info *read_log(TALLOC_CTX *mem, const char *first, const char *then)
{
	char *log = mem_printf(mem, "%s%s", first, then);
	struct source_info *info;

	test_entries(mem, log, strlen(log), NULL, &info);
	return info;
}

static void a_step_that_had_nothing_left_to_work_on_is_told_with_the_one_that_failed(void **state)
{
	static const char *const later[] = {
		P "##[group]Run cat report.xml\n" P "##[endgroup]\n" P
		  "cat: report.xml: No such file or directory\n" P
		  "##[error]Process completed with exit code 1.\n",
		P "##[group]Run actions/upload-artifact@v4\n" P "##[endgroup]\n" P
		  "##[error]No files were found with the provided path: dist/. No artifacts will "
		  "be uploaded.\n",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(later) / sizeof(later[0]); i++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		struct source_info *info = read_log(mem, make_failed, later[i]);

		assert_int_equal(info->test_count, 1);
		assert_string_equal(info->tests[0]->name, "Run make");
		assert_non_null(strstr(info->tests[0]->message, "exit code 2.; behind it Run "));
		assert_non_null(strstr(info->tests[0]->message,
			i == 0 ? "report.xml: No such" : "No files were found"));
		talloc_free(mem);
	}
}

static void failures_that_have_nothing_to_do_with_each_other_stay_apart(void **state)
{
	static const char lint[] =
		P "##[group]Run lint\n" P "##[endgroup]\n" P "b.c:9:1: error: too long\n" P
		  "##[error]Process completed with exit code 1.\n";
	static const char missing[] = P "##[group]Run cat list\n" P "##[endgroup]\n" P
					"cat: list: No such file or directory\n" P
					"##[error]Process completed with exit code 1.\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info = read_log(mem, make_failed, lint);

	(void)state;
	assert_int_equal(info->test_count, 2);
	assert_string_equal(info->tests[1]->name, "Run lint");
	/* nothing failed before it */
	info = read_log(mem, missing, make_failed);
	assert_int_equal(info->test_count, 2);
	assert_string_equal(info->tests[0]->message, "Process completed with exit code 1.");
	talloc_free(mem);
}

static void jobs_behind_each_other_fail_each_for_itself(void **state)
{
	static const char jobs[] =
		"Running with gitlab-runner 16.1.0\n"
		"section_start:1769846400:step_script\r\x1b[0KExecuting \"step_script\" stage\n"
		"$ make\na.c:3:1: error: no such name\nmake: *** [all] Error 1\n"
		"section_end:1769846403:step_script\r\x1b[0K\n"
		"Running with gitlab-runner 16.1.0\n"
		"section_start:1769846400:step_script\r\x1b[0KExecuting \"step_script\" stage\n"
		"$ npm test\nnpm ERR! code ELIFECYCLE\n"
		"section_end:1769846403:step_script\r\x1b[0K\n"
		"ERROR: Job failed: exit code 1\n"
		"Running with gitlab-runner 16.1.0\n"
		"section_start:1769846400:step_script\r\x1b[0KExecuting \"step_script\" stage\n"
		"$ deploy\nmake: *** [all] Error 1\n"
		"section_end:1769846403:step_script\r\x1b[0K\nJob succeeded\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info = read_log(mem, jobs, "");

	(void)state;
	assert_int_equal(info->test_count, 2);
	assert_string_equal(info->tests[0]->name, "make");
	assert_string_equal(info->tests[1]->name, "npm test");
	assert_string_equal(info->tests[1]->message, "ERROR: Job failed: exit code 1");
	talloc_free(mem);
}

static void steps_that_gh_does_not_know_are_told_by_their_groups(void **state)
{
#define COLUMNS "build\tUNKNOWN STEP\t" P
#define OTHER "lint\tUNKNOWN STEP\t" P
	static const char log[] = COLUMNS
		"##[group]Run make\n" COLUMNS "##[endgroup]\n" COLUMNS "make: *** [all] "
		"Error 1\n" COLUMNS "##[error]Process completed with exit code 2.\n" OTHER
		"##[group]Run make\n" OTHER "##[endgroup]\n" OTHER
		"b.c:9:1: error: too long\n" OTHER "##[error]Process completed with exit code 1.\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info = read_log(mem, log, "");

	(void)state;
	assert_int_equal(info->test_count, 2);
	assert_string_equal(info->tests[0]->name, "Run make");
	assert_string_equal(info->tests[1]->name, "Run make");
	talloc_free(mem);
}

static void a_transcript_far_behind_other_output_is_found(void **state)
{
	static const char line[] = P "Collecting a package that is not there yet\n";
	static const char session[] =
		P "===================== test session starts =====================\n" P
		  "t.py::test_b FAILED                          [100%]\n" P
		  "================== 1 failed in 0.05s ==========================\n" P
		  "##[error]Process completed with exit code 1.\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	char *log = mem_strdup(mem, P "##[group]Run pip install x && pytest\n" P "##[endgroup]\n");
	struct source_info *info;

	(void)state;
	for (int i = 0; i < 8000; i++)
		log = talloc_strdup_append_buffer(log, line);
	log = talloc_strdup_append_buffer(log, session);
	test_entries(mem, log, strlen(log), NULL, &info);
	assert_int_equal(info->test_count, 1);
	assert_string_equal(info->tests[0]->name, "t.py::test_b");
	assert_int_equal(info->tests[0]->line, 8004);
	talloc_free(mem);
}

static void a_verdict_of_gitlab_is_that_of_the_script_and_not_of_the_cleaning_up(void **state)
{
	static const char log[] =
		"Running with gitlab-runner 16.1.0\n"
		"section_start:1769846400:step_script\r\x1b[0KExecuting \"step_script\" stage\n"
		"\x1b[32;1m$ npm ci\x1b[0;m\nadded 3 packages\n"
		"\x1b[32;1m$ npm run build\x1b[0;m\nsrc/a.ts(1,2): error TS2304: no name\n"
		"section_end:1769846403:step_script\r\x1b[0K"
		"section_start:1769846403:cleanup_file_variables\r\x1b[0KCleaning up\n"
		"section_end:1769846404:cleanup_file_variables\r\x1b[0K"
		"\x1b[31;1mERROR: Job failed: exit code 2\x1b[0;m\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = test_entries(mem, log, sizeof(log) - 1, NULL, &info);
	size_t last = 0;

	(void)state;
	assert_int_equal(info->test_count, 1);
	assert_string_equal(info->tests[0]->name, "npm run build");
	while (entries[last + 1] != NULL)
		last++;
	assert_string_equal(entries[last]->text, "ERROR: Job failed: exit code 2");
	assert_ptr_equal(entries[last]->test, info->tests[0]);
	talloc_free(mem);
}

static void parts_of_one_line_are_put_together(void **state)
{
	static const char log[] =
		"2026-01-31T08:00:00.000000Z 00O Running with gitlab-runner 17.0.0\n"
		"2026-01-31T08:00:00.000000Z 00O $ make\n"
		"2026-01-31T08:00:01.000000Z 01E a.c:3:1: err\n"
		"2026-01-31T08:00:02.000000Z 01E+or: no such name\n"
		"2026-01-31T08:00:03.000000Z 00O ERROR: Job failed: exit code 2\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = test_entries(mem, log, sizeof(log) - 1, NULL, &info);

	(void)state;
	assert_string_equal(entries[2]->text, "a.c:3:1: error: no such name");
	assert_int_equal(entries[2]->line, 3);
	assert_int_equal(entries[3]->line, 5);
	talloc_free(mem);
}

static void a_tool_that_failed_in_a_step_after_which_the_job_went_on_is_no_failure(void **state)
{
	static const char log[] = P "##[group]Run make lint || true\n" P "##[endgroup]\n" P
				    "make: *** [lint] Error 1\n" P "##[group]Run make\n" P
				    "##[endgroup]\n" P "all done\n" P "Post job cleanup.\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;

	(void)state;
	test_entries(mem, log, sizeof(log) - 1, NULL, &info);
	assert_int_equal(info->test_count, 0);
	assert_false(info->transcript);
	talloc_free(mem);
}

static void a_log_that_was_cut_is_judged_by_what_its_last_step_says(void **state)
{
	static const char log[] =
		P "##[group]Run make\n" P "##[endgroup]\n" P "make: *** [all] Error 1\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;

	(void)state;
	test_entries(mem, log, sizeof(log) - 1, NULL, &info);
	assert_int_equal(info->test_count, 1);
	assert_string_equal(info->tests[0]->message, "make: *** [all] Error 1");
	talloc_free(mem);
}

static void a_heading_that_is_none_ends_with_the_first_failure(void **state)
{
	static const char log[] = "##[group]Run docker build .\n#7 [2/3] RUN make\n"
				  "#7 ERROR: process \"/bin/sh -c make\" did not complete "
				  "successfully: exit code: 2\n"
				  "##[error]Process completed with exit code 1.\n##[endgroup]\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;

	(void)state;
	test_entries(mem, log, sizeof(log) - 1, NULL, &info);
	assert_int_equal(info->test_count, 1);
	assert_string_equal(info->tests[0]->name, "Run docker build .");
	talloc_free(mem);
}

static void the_stage_before_the_skipped_ones_failed(void **state)
{
	static const char log[] =
		"[Pipeline] { (Build)\n[Pipeline] sh\nmake: *** [all] Error 1\n[Pipeline] }\n"
		"[Pipeline] { (Test)\nStage \"Test\" skipped due to earlier failure(s)\n"
		"[Pipeline] { (Deploy)\nStage \"Deploy\" skipped due to earlier failure(s)\n"
		"ERROR: script returned exit code 2\nFinished: FAILURE\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;

	(void)state;
	test_entries(mem, log, sizeof(log) - 1, NULL, &info);
	assert_int_equal(info->test_count, 1);
	assert_string_equal(info->tests[0]->name, "Build");
	talloc_free(mem);
}

static void what_a_builder_quotes_loses_its_clock_and_its_arrow(void **state)
{
	static const char log[] =
		"#7 ERROR: process \"/bin/sh -c make\" did not complete successfully: exit code: "
		"2\n"
		"------\n > [2/3] RUN make:\n3.125 cc -c a.c\n3.250\n------\n3.5 is a number\n"
		"error: builder for '/nix/store/0-a.drv' failed with exit code 1;\n"
		"       last 2 log lines:\n       > a.c is gone\n       >\n       For full logs, "
		"run\n"
		"> a prompt\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = test_entries(mem, log, sizeof(log) - 1, NULL, &info);

	(void)state;
	assert_string_equal(entries[3]->text, "cc -c a.c");
	assert_string_equal(entries[5]->text, "3.5 is a number");
	assert_string_equal(entries[8]->text, "a.c is gone");
	assert_string_equal(entries[10]->text, "> a prompt");
	talloc_free(mem);
}

static void every_beginning_of_a_log_is_read_to_its_end(void **state)
{
	(void)state;
	for (size_t length = 0; length < sizeof(github); length++) {
		TALLOC_CTX *mem = talloc_new(NULL);
		struct source_info *info;

		test_entries(mem, github, length, NULL, &info);
		assert_int_equal(info->bytes, length);
		talloc_free(mem);
	}
}

static void the_log_of_a_service_that_a_builder_started_stays_one(void **state)
{
	static const char log[] = "2025-03-04 05:06:07,089 INFO shop: begins\n"
				  "2025-03-04 05:06:08,089 INFO shop: listens\n"
				  "2025-03-04 05:06:09,089 ERROR shop: ends\n"
				  "npm ERR! code ELIFECYCLE\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = test_entries(mem, log, sizeof(log) - 1, NULL, &info);

	(void)state;
	assert_string_equal(info->format, "plain-log");
	assert_null(entries[0]->test);
	talloc_free(mem);
}

static void hostile_lines_become_clean_text(void **state)
{
	static const char log[] =
		STAMP "##[group]Run \x1b]0;x\a\xff\x1b[2Jmake\n" STAMP "##[endgroup]\n" STAMP
		      "\0\r##[error]\x1b[31m::stop-commands::x\n" STAMP
		      "##[error]Process completed with exit code 1.\n";
	TALLOC_CTX *mem = talloc_new(NULL);
	struct source_info *info;
	struct entry **entries = test_entries(mem, log, sizeof(log) - 1, NULL, &info);

	(void)state;
	assert_string_equal(info->tests[0]->name, "Run \xef\xbf\xbdmake");
	assert_string_equal(entries[1]->text, "::stop-commands::x");
	talloc_free(mem);
}

static void steps_without_end_have_a_limit(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *log = mem_strdup(mem, "");
	struct source_info *info;
	struct entry **entries;

	(void)state;
	for (int i = 0; i < 17000; i++)
		log = talloc_strdup_append_buffer(log, P "##[group]Run x\n");
	entries = test_entries(mem, log, strlen(log), NULL, &info);
	assert_ptr_equal(entries[16990]->test, entries[16999]->test);
	assert_ptr_not_equal(entries[1]->test, entries[2]->test);
	assert_int_equal(info->note_count, 1);
	assert_string_equal(info->notes[0], "there are more than 16384 steps");
	talloc_free(mem);
}

static void a_step_that_gh_names_at_length_is_one_step(void **state)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *name = mem_printf(mem, "%0200d\xff", 7);
	char *log = mem_printf(mem, "build\t%s\t" P "one\nbuild\t%s\t" P "two\n", name, name);
	struct source_info *info;
	struct entry **entries = test_entries(mem, log, strlen(log), NULL, &info);

	(void)state;
	assert_ptr_equal(entries[0]->test, entries[1]->test);
	talloc_free(mem);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_service_puts_before_a_line_comes_off),
		cmocka_unit_test(a_line_that_is_cut_anywhere_is_no_fault),
		cmocka_unit_test(what_a_runner_marks_is_told_by_kind),
		cmocka_unit_test(names_of_containers_and_packages_come_off_and_no_other_words),
		cmocka_unit_test(logs_of_containers_are_no_job),
		cmocka_unit_test(a_block_of_quotes_is_over_with_the_first_line_that_is_none),
		cmocka_unit_test(
			a_step_that_had_nothing_left_to_work_on_is_told_with_the_one_that_failed),
		cmocka_unit_test(failures_that_have_nothing_to_do_with_each_other_stay_apart),
		cmocka_unit_test(jobs_behind_each_other_fail_each_for_itself),
		cmocka_unit_test(steps_that_gh_does_not_know_are_told_by_their_groups),
		cmocka_unit_test(only_words_of_failure_are_verdicts),
		cmocka_unit_test(lines_keep_their_numbers_and_get_the_times_of_the_service),
		cmocka_unit_test(the_step_that_failed_is_told_and_no_other),
		cmocka_unit_test(what_a_step_will_run_is_said_by_nobody),
		cmocka_unit_test(a_transcript_in_a_step_is_read_as_if_it_stood_alone),
		cmocka_unit_test(a_transcript_far_behind_other_output_is_found),
		cmocka_unit_test(
			a_verdict_of_gitlab_is_that_of_the_script_and_not_of_the_cleaning_up),
		cmocka_unit_test(parts_of_one_line_are_put_together),
		cmocka_unit_test(
			a_tool_that_failed_in_a_step_after_which_the_job_went_on_is_no_failure),
		cmocka_unit_test(a_log_that_was_cut_is_judged_by_what_its_last_step_says),
		cmocka_unit_test(a_heading_that_is_none_ends_with_the_first_failure),
		cmocka_unit_test(the_stage_before_the_skipped_ones_failed),
		cmocka_unit_test(what_a_builder_quotes_loses_its_clock_and_its_arrow),
		cmocka_unit_test(every_beginning_of_a_log_is_read_to_its_end),
		cmocka_unit_test(the_log_of_a_service_that_a_builder_started_stays_one),
		cmocka_unit_test(hostile_lines_become_clean_text),
		cmocka_unit_test(steps_without_end_have_a_limit),
		cmocka_unit_test(a_step_that_gh_names_at_length_is_one_step),
	};

	return cmocka_run_group_tests(tests, NULL, NULL);
}
