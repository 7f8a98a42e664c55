/*
 * Logs of CI jobs as they are downloaded, and consoles of builds: what a service puts before and
 * between the lines is taken off and kept as structure, and what remains is read as if it stood
 * alone.
 */
#ifndef SOURCE_JOB_JOB_H
#define SOURCE_JOB_JOB_H

#include "source/draft.h"
#include "source/format.h"

extern const struct format job_format;
/* recognise: see struct format. */
int job_recognise(const char *sample, size_t length);
/* Is the clean line one by which a service begins the log of each job? */
bool job_is_first_line(const char *text, size_t length);

#define JOB_NAME 160 /* bytes of a step's name, with its NUL */

enum job_kind {
	JOB_TEXT,
	JOB_GROUP, /* a group opens: GitHub, "##[group]" */
	JOB_GROUP_END,
	JOB_SECTION, /* a step begins or ends: Azure, "##[section]" */
	JOB_FOLD, /* a section begins: GitLab, Travis */
	JOB_FOLD_END,
	JOB_ERROR, /* the service itself marks it: "##[error]" */
	JOB_WARNING,
	JOB_COMMAND, /* what an action runs: "[command]" */
};

/* prefix: what stands before a line, before escape sequences are taken out of it. */
struct job_prefix {
	int64_t time; /* TIME_NONE: none */
	enum job_kind kind; /* JOB_TEXT, JOB_FOLD or JOB_FOLD_END */
	char name[JOB_NAME]; /* of the fold; with COLUMNS of the job and the step */
	bool columns; /* "job TAB step TAB", as gh prints them */
	size_t job_length; /* bytes of NAME that name the job, where there are columns */
	bool step_known; /* the rest names the step */
	bool continues; /* it is the rest of the line before it */
	bool service; /* only a CI service writes such a prefix */
};
/* The bytes at the beginning of TEXT that belong to the service; OUT says what they tell. */
size_t job_prefix(const char *text, size_t length, struct job_prefix *out);

/* marks: what is told inside the text, which is clean; *TEXT and *LENGTH become what remains. */
enum job_kind job_marks(const char **text, size_t *length);

/* names: bytes of the clean TEXT that name the container or the package whose output follows. */
size_t job_names(const char *text, size_t length);

/* line: one line, undressed. */
struct job_line {
	struct draft text; /* clean; owned by its MEM */
	struct job_prefix prefix;
	enum job_kind kind;
	uint64_t number; /* in the file, of its first byte */
	bool used;
};
/* 1: OUT is the next line, with its continuations. 0: the end. -1: ERR tells. */
struct job_lines;
struct job_lines *job_lines_new(TALLOC_CTX *mem, struct source *source);
int job_lines_next(struct job_lines *lines, struct job_line **out, struct err *err);

/* verdict: does a line say that a step, a job or a build failed? */
enum job_verdict {
	JOB_NO_VERDICT,
	JOB_DIAGNOSED, /* a compiler tells an error: a build that goes on to fail, mostly */
	JOB_TOOL_FAILED, /* the tool that ran says so; the step may live with it */
	JOB_FAILED, /* the service says so */
};
enum job_verdict job_verdict(const char *text, size_t length, enum job_kind kind);

/* outcome: which steps failed. */
struct job_said {
	enum job_verdict verdict;
	bool marked; /* the service marks the line as an error */
	const char *text;
	size_t length;
	int64_t time;
};
struct job_outcomes;
struct job_outcomes *job_outcomes_new(TALLOC_CTX *mem, struct source *source);
/* What a line says of the step TEST. */
void job_outcomes_see(
	struct job_outcomes *outcomes, struct test *test, const struct job_said *said);
/* The service says that the job went well. */
void job_outcomes_succeed(struct job_outcomes *outcomes);
/* The job is over; LAST is its last step, or the one whose outcome the others followed. */
void job_outcomes_end_job(struct job_outcomes *outcomes, const struct test *last);
/* Steps that failed, unless tests in them did, become tests of the source. */
void job_outcomes_finish(struct job_outcomes *outcomes);

/* steps: which step a line belongs to. */
struct job_steps;
struct job_steps *job_steps_new(TALLOC_CTX *mem, struct source *source);
/* True: a step begins with LINE. */
bool job_steps_see(struct job_steps *steps, const struct job_line *line);
/* The step of the line seen last; owned by the source_info. Never NULL. */
struct test *job_steps_now(const struct job_steps *steps);
/* Is that line a part of the script, shown before it runs? */
bool job_steps_quoted(const struct job_steps *steps);
/* At the end, see job_outcomes_finish. */
void job_steps_finish(struct job_steps *steps);

/* window: lines of one step, as a reader for the parser of what it shows. */
struct job_window;
struct job_window *job_window_new(TALLOC_CTX *mem, struct source *source);
/* 1: there are lines to be read. 0: the input is over. -1: ERR tells. */
int job_window_open(struct job_window *window, struct err *err);
/* The lines of the window, and where ON those that follow in the same step. Owned by WINDOW. */
struct reader *job_window_reader(struct job_window *window);
void job_window_go_on(struct job_window *window, bool on);
/* What the service told of the line that ENTRY began in: time, step, severity. */
void job_window_dress(const struct job_window *window, struct entry *entry);
void job_window_finish(struct job_window *window);

#endif
