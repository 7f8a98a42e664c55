/* What commands do for the pages of a build: --ci of triage and run, and publish. */
#ifndef CMD_CI_H
#define CMD_CI_H

#include "cmd/options.h"
#include "cmd/output.h"
#include "cmd/setup.h"
#include "publish/publish.h"

struct ci_options {
	bool wanted; /* --ci */
	bool silent; /* --no-comment */
	bool dry; /* --dry-run */
	bool offline;
	const char *key, *repository, *pull; /* as typed; NULL: not given */
};

/* Options that say where the comment goes, for tables; "ci" is not among them. */
extern const struct option_spec ci_specs[];
/* Take the option NAME if it is one of these: 1: taken. 0: it is none. */
int ci_option(struct ci_options *options, const char *name, const char *value);

/* The build, and what has been written about it. */
struct ci;

/*
 * Look what CI this is. Label, commit and branch that SETTINGS do not have are then those of the
 * build. Where there is no CI a warning says so, and only the comment is left, if the options say
 * where it goes. ERR_USAGE. *OUT is owned by MEM.
 */
int ci_begin(TALLOC_CTX *mem, const struct ci_options *options, struct settings *settings,
	struct ci **out, struct err *err);
/* The build; its kind is BUILD_OTHER where there is no CI. */
const struct build *ci_build(const struct ci *ci);

/* The comment as it would be, owned by CI. Fails as render does. */
int ci_comment(struct ci *ci, const struct diagnosis *diagnosis,
	const struct render_options *render, char **out, struct err *err);

/* What the summary in the log of the job stands in, so that it can be folded or stands open. */
void ci_log_begin(const struct ci *ci, FILE *log);
void ci_log_end(const struct ci *ci, FILE *log);

/* What is told of one run. */
struct ci_report {
	const struct diagnosis *diagnosis;
	const struct render_options *render;
	const struct output *outputs; /* reports that were written */
	size_t output_count;
	bool annotated; /* the log has annotations already */
	FILE *log; /* of the job: commands of its runner go here */
};
/*
 * Tell the build's pages: summary, annotations, outputs, and the comment. What does not work is one
 * warning each, and never an error: a build does not fail for a page about it.
 */
void ci_tell(struct ci *ci, const struct ci_report *report);

#endif
