/* By which lines CI services and build tools say that something failed. */
#include <string.h>

#include "source/job/job.h"
#include "source/transcript/transcript.h"

enum saying_place {
	BEGINS, /* the line begins so */
	HOLDS, /* it holds the words anywhere */
	IS, /* they are the whole line */
};

struct saying {
	const char *words;
	enum saying_place place;
	const char *then; /* must follow somewhere behind the words; NULL: nothing more */
	bool code; /* and then an exit code that is not zero */
	enum job_verdict verdict;
};

static const struct saying sayings[] = {
	/* GitHub, Azure, GitLab, Jenkins, Travis, CircleCI, Buildkite, Cloud Build */
	{ "Process completed with exit code ", BEGINS, NULL, true, JOB_FAILED },
	{ "Error: Process completed with exit code ", BEGINS, NULL, true, JOB_FAILED },
	{ "ERROR: Job failed", BEGINS, NULL, false, JOB_FAILED },
	{ "ERROR: script returned exit code ", BEGINS, NULL, true, JOB_FAILED },
	{ "Finished: FAILURE", IS, NULL, false, JOB_FAILED },
	{ "Build step '", BEGINS, "' marked build as failure", false, JOB_FAILED },
	{ "The command \"", BEGINS, "\" exited with ", true, JOB_FAILED },
	{ "The command \"", BEGINS, "\" failed and exited with ", true, JOB_FAILED },
	{ "Done. Your build exited with ", BEGINS, NULL, true, JOB_FAILED },
	{ "Exited with code exit status ", BEGINS, NULL, true, JOB_FAILED },
	{ "Exited with code ", BEGINS, NULL, true, JOB_FAILED },
	{ "Error: The command exited with status ", BEGINS, NULL, true, JOB_FAILED },
	{ "\xf0\x9f\x9a\xa8 Error: The command exited with status ", BEGINS, NULL, true,
		JOB_FAILED },
	{ "ERROR: build step ", BEGINS, " failed: ", false, JOB_FAILED },
	{ "[Container] ", BEGINS, "Command did not exit successfully ", false, JOB_FAILED },
	/* AppVeyor, TeamCity, Heroku, Netlify, Vercel, Cloudflare, Render */
	{ "Command exited with code ", BEGINS, NULL, true, JOB_FAILED },
	{ "Process exited with code ", BEGINS, NULL, true, JOB_FAILED },
	{ "Push rejected, failed to compile ", HOLDS, NULL, false, JOB_FAILED },
	{ "Build script returned non-zero exit code: ", HOLDS, NULL, true, JOB_FAILED },
	{ "Failed during stage '", HOLDS, "returned non-zero exit code: ", true, JOB_FAILED },
	{ "Error: Command \"", BEGINS, "\" exited with ", true, JOB_FAILED },
	{ "Failed: build command exited with code: ", HOLDS, NULL, true, JOB_FAILED },
	{ "==> Build failed", BEGINS, NULL, false, JOB_FAILED },
	/* builders of packages of systems */
	{ "Copr build error: ", BEGINS, NULL, false, JOB_FAILED },
	{ "RPM build errors:", IS, NULL, false, JOB_TOOL_FAILED },
	{ "error: Bad exit status from ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "E: Sub-process ", BEGINS, "returned an error code", false, JOB_TOOL_FAILED },
	{ "dpkg-buildpackage: error: ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "==> ERROR: A failure occurred in ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	/* make and its like */
	{ "error: builder for '", BEGINS, "failed with exit code ", true, JOB_TOOL_FAILED },
	{ "make", BEGINS, "] Error ", true, JOB_TOOL_FAILED },
	{ "make", BEGINS, ": *** ", false, JOB_TOOL_FAILED },
	{ "ninja: build stopped: ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "ninja: error: ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "-- Configuring incomplete, errors occurred!", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "configure: error: ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "collect2: error: ld returned ", BEGINS, NULL, true, JOB_TOOL_FAILED },
	{ "scons: building terminated because of errors", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "ERROR: Build did NOT complete successfully", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "FAILED: Build did NOT complete successfully", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "FATAL ERROR: Build failed", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "error: building ", BEGINS, " failed with: ", false, JOB_TOOL_FAILED },
	{ "Execution halted", IS, NULL, false, JOB_TOOL_FAILED },
	/* documents */
	{ "Sphinx error:", IS, NULL, false, JOB_TOOL_FAILED },
	{ "Extension error", BEGINS, ":", false, JOB_TOOL_FAILED },
	{ "!  ==> Fatal error occurred", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "! Emergency stop.", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "Latexmk: Errors, so I did not complete", BEGINS, NULL, false, JOB_TOOL_FAILED },
	/* telephones */
	{ "** BUILD FAILED **", IS, NULL, false, JOB_TOOL_FAILED },
	{ "** ARCHIVE FAILED **", IS, NULL, false, JOB_TOOL_FAILED },
	{ "** TEST FAILED **", IS, NULL, false, JOB_TOOL_FAILED },
	{ "The following build commands failed:", IS, NULL, false, JOB_TOOL_FAILED },
	{ "Gradle task ", BEGINS, " failed with exit code ", true, JOB_TOOL_FAILED },
	{ "Aborting batchmode due to failure", BEGINS, NULL, false, JOB_TOOL_FAILED },
	/* machines */
	{ "fatal: [", BEGINS, "]: FAILED! => ", false, JOB_TOOL_FAILED },
	{ "fatal: [", BEGINS, "]: UNREACHABLE! => ", false, JOB_TOOL_FAILED },
	{ "FATAL: all hosts have already failed", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "==> Builds finished but no artifacts were created", BEGINS, NULL, false,
		JOB_TOOL_FAILED },
	{ "Build '", BEGINS, "' errored", false, JOB_TOOL_FAILED },
	{ "Error: INSTALLATION FAILED: ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "Error: UPGRADE FAILED: ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	/* packages */
	{ "RPM build errors:", IS, NULL, false, JOB_TOOL_FAILED },
	{ "error: Bad exit status from ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "dpkg-buildpackage: error: ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	/* JVM, .NET */
	{ "BUILD FAILURE", IS, NULL, false, JOB_TOOL_FAILED },
	{ "[INFO] BUILD FAILURE", IS, NULL, false, JOB_TOOL_FAILED },
	{ "[ERROR] BUILD FAILURE", IS, NULL, false, JOB_TOOL_FAILED },
	{ "[ERROR] Failed to execute goal ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "FAILURE: Build failed with an exception.", IS, NULL, false, JOB_TOOL_FAILED },
	{ "FAILURE: Build completed with ", BEGINS, " failures", false, JOB_TOOL_FAILED },
	{ "BUILD FAILED", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "Build FAILED.", IS, NULL, false, JOB_TOOL_FAILED },
	{ "[error] Total time: ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	/* JavaScript */
	{ "npm ERR! code ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "npm error code ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "ELIFECYCLE", BEGINS, "ommand failed", false, JOB_TOOL_FAILED },
	{ "ERR_PNPM_", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "error Command failed with exit code ", BEGINS, NULL, true, JOB_TOOL_FAILED },
	{ "Failed to compile.", IS, NULL, false, JOB_TOOL_FAILED },
	{ "> Build failed because of ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "error during build:", IS, NULL, false, JOB_TOOL_FAILED },
	{ "lerna ERR! ", BEGINS, " exited ", false, JOB_TOOL_FAILED },
	/* images */
	{ "ERROR: failed to solve", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "ERROR: failed to build: ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "failed to solve: ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ ": failed to solve: ", HOLDS, NULL, false, JOB_TOOL_FAILED },
	{ "ERROR: process \"", BEGINS, "\" did not complete successfully: exit code: ", true,
		JOB_TOOL_FAILED },
	{ "failed to solve with frontend ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "executor failed running [", BEGINS, "]: exit code: ", true, JOB_TOOL_FAILED },
	{ "Error: building at STEP ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "error building image: ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "The command '/bin/sh -c ", BEGINS, "returned a non-zero code: ", true, JOB_TOOL_FAILED },
	/* Rust, Python, PHP, Ruby, Go, Haskell, Elixir */
	{ "error: could not compile ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "error: aborting due to ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "ERROR: No matching distribution found for ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "ERROR: Could not install packages", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "ERROR: Could not build wheels for ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "ERROR: Failed to build installable wheels", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "ERROR: ResolutionImpossible", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "error: subprocess-exited-with-error", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "error: metadata-generation-failed", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "Your requirements could not be resolved", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "rake aborted!", IS, NULL, false, JOB_TOOL_FAILED },
	{ "FAIL\t", BEGINS, "[build failed]", false, JOB_TOOL_FAILED },
	{ "FAIL\t", BEGINS, "[setup failed]", false, JOB_TOOL_FAILED },
	{ "cabal: Failed to build ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "cabal: Error: some packages failed to install", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "error: tests exited with '", BEGINS, NULL, true, JOB_TOOL_FAILED },
	{ "error: the following command exited with error code ", BEGINS, NULL, true,
		JOB_TOOL_FAILED },
	{ "Error: cabal: Failed to build ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "Process exited with code: ExitFailure ", HOLDS, NULL, true, JOB_TOOL_FAILED },
	{ "could not compile dependency :", BEGINS, NULL, false, JOB_TOOL_FAILED },
	{ "** (Mix) ", BEGINS, NULL, false, JOB_TOOL_FAILED },
	/* tools that end with an error, where nobody says how it ended */
	{ "Error response from daemon: ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "docker: Error response from daemon: ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "Cannot connect to the Docker daemon", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "ERROR: Cannot connect to the Docker daemon", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "docker: Cannot connect to the Docker daemon", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "no matching manifest for ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "ERROR: no matching manifest for ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "unable to prepare context: ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "[FATAL] Non-resolvable parent POM", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "* What went wrong:", IS, NULL, false, JOB_DIAGNOSED },
	{ "npm ERR! ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "npm error ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "ERROR: Could not find a version that satisfies ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "ERROR: Could not open requirements file", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "error: externally-managed-environment", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "E: Unable to locate package ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "Error: Cannot find module '", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "error: failed to run custom build command", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "missing go.sum entry", HOLDS, NULL, false, JOB_DIAGNOSED },
	{ "Activating bundler (", BEGINS, ") failed:", false, JOB_DIAGNOSED },
	{ "Bundler could not find compatible versions", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "An error occurred while installing ", BEGINS, "Bundler cannot continue", false,
		JOB_DIAGNOSED },
	{ "\xe2\x94\x82 Error: ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "Error: setup: ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "Error in build() method", HOLDS, NULL, false, JOB_DIAGNOSED },
	{ "error: failed to push some refs to ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "fatal: Authentication failed for ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "fatal: could not read Username for ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "fatal: couldn't find remote ref ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "fatal: repository '", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "fatal: unable to access '", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "denied: requested access to the resource ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "ERROR: Cannot install ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "ERROR: Failed building wheel for ", BEGINS, NULL, false, JOB_DIAGNOSED },
	{ "undefined reference to `", HOLDS, NULL, false, JOB_DIAGNOSED },
	{ "ld: symbol(s) not found for ", BEGINS, NULL, false, JOB_DIAGNOSED },
	/* pytest, where its summary was cut off */
	{ "E   ", BEGINS, "Error: ", false, JOB_DIAGNOSED },
	{ "FAILED ", BEGINS, "::", false, JOB_DIAGNOSED },
};

/* Compilers, where nobody says how it ended. */
static const struct saying diagnoses[] = {
	{ ": fatal error: ", HOLDS, NULL, false, JOB_DIAGNOSED },
	{ "error[E0", BEGINS, "]: ", false, JOB_DIAGNOSED },
	{ ": error TS", HOLDS, ": ", false, JOB_DIAGNOSED },
	{ ": error CS", HOLDS, ": ", false, JOB_DIAGNOSED },
	{ ": error FS", HOLDS, ": ", false, JOB_DIAGNOSED },
	{ ": error BC", HOLDS, ": ", false, JOB_DIAGNOSED },
	{ ": error C2", HOLDS, ": ", false, JOB_DIAGNOSED },
	{ ": error LNK", HOLDS, ": ", false, JOB_DIAGNOSED },
	{ ": error MSB", HOLDS, ": ", false, JOB_DIAGNOSED },
	{ ": error NU", HOLDS, ": ", false, JOB_DIAGNOSED },
	{ ": error NETSDK", HOLDS, ": ", false, JOB_DIAGNOSED },
};

/* A code that is not zero stands here, bare or in quotes. */
static bool is_code(const char *text, size_t length)
{
	size_t at = length > 0 && (text[0] == '\'' || text[0] == '"');

	at += at < length && text[at] == '-';
	while (at < length && text[at] == '0')
		at++;
	return at < length && text[at] >= '1' && text[at] <= '9';
}

static bool says(const struct saying *saying, const char *text, size_t length)
{
	size_t size;
	const char *found = text;

	/* most lines are told by their first byte to begin otherwise */
	if (saying->place != HOLDS && saying->words[0] != text[0])
		return false;
	size = strlen(saying->words);
	if (saying->place == IS)
		return length == size && memcmp(text, saying->words, size) == 0;
	if (saying->place == HOLDS)
		found = memmem(text, length, saying->words, size);
	else if (!line_begins(text, length, saying->words))
		return false;
	if (found == NULL)
		return false;
	length -= (size_t)(found + size - text);
	text = found + size;
	if (saying->then != NULL) {
		size = strlen(saying->then);
		found = memmem(text, length, saying->then, size);
		if (found == NULL)
			return false;
		length -= (size_t)(found + size - text);
		text = found + size;
	}
	return !saying->code || is_code(text, length);
}

/* "src/a.c:12:3: error: ": a compiler's, where a program would only say "worker: error: ". */
static bool is_placed(const char *text, size_t length)
{
	static const char words[] = ": error: ";
	const char *found = memmem(text, length, words, sizeof(words) - 1);
	const char *at = found;

	while (at != NULL && at > text && at[-1] >= '0' && at[-1] <= '9')
		at--;
	return at != NULL && at < found && at > text + 3 && at[-1] == ':' &&
	       memchr(text, '.', (size_t)(at - text)) != NULL;
}

/* make was told to go on: "make: [Makefile:3: lint] Error 1 (ignored)". */
static bool is_ignored(const char *text, size_t length)
{
	static const char words[] = "(ignored)";

	return length >= sizeof(words) - 1 &&
	       memcmp(text + length - (sizeof(words) - 1), words, sizeof(words) - 1) == 0;
}

/* An action that ran a program: "The process '/usr/bin/git' failed with exit code 128". */
static bool is_process(const char *text, size_t length)
{
	static const struct saying forms[] = {
		{ "failed with exit code ", HOLDS, NULL, true, JOB_FAILED },
		{ " exited with code ", HOLDS, NULL, true, JOB_FAILED },
	};

	return says(&forms[0], text, length) || says(&forms[1], text, length);
}

/* "#12 ERROR: ": a step of BuildKit names itself. */
static void skip_step(const char **text, size_t *length)
{
	size_t at = 1;

	if (*length < 4 || (*text)[0] != '#')
		return;
	while (at < *length && (*text)[at] >= '0' && (*text)[at] <= '9')
		at++;
	if (at == 1 || !line_begins(*text + at, *length - at, " ERROR: "))
		return;
	*text += at + 1;
	*length -= at + 1;
}

enum job_verdict job_verdict(const char *text, size_t length, enum job_kind kind)
{
	line_trim(&text, &length);
	skip_step(&text, &length);
	if (length < 9 || length > 4096 || is_ignored(text, length))
		return JOB_NO_VERDICT;
	if (kind == JOB_ERROR && is_process(text, length))
		return JOB_FAILED;
	for (size_t i = 0; i < sizeof(sayings) / sizeof(sayings[0]); i++)
		if (says(&sayings[i], text, length))
			return sayings[i].verdict;
	if (memmem(text, length, "error", 5) == NULL)
		return JOB_NO_VERDICT;
	for (size_t i = 0; i < sizeof(diagnoses) / sizeof(diagnoses[0]); i++)
		if (says(&diagnoses[i], text, length))
			return diagnoses[i].verdict;
	return is_placed(text, length) ? JOB_DIAGNOSED : JOB_NO_VERDICT;
}
