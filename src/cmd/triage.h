/* What triage shares with commands that triage what they ran: options, and the pages at the end. */
#ifndef CMD_TRIAGE_H
#define CMD_TRIAGE_H

#include "cmd/analysis.h"
#include "cmd/canary.h"
#include "cmd/ci.h"
#include "cmd/commands.h"
#include "cmd/output.h"
#include "cmd/setup.h"

struct triage {
	struct settings *settings;
	struct analysis_options analysis;
	struct live_options live;
	struct render_options render;
	struct ci_options ci_options;
	struct ci *ci; /* NULL: not asked for */
	enum render_format
		format; /* of the page that is not for a file; RENDER_FORMAT_COUNT: none */
	struct output *outputs;
	size_t output_count;
	struct canary canary;
	bool no_store, allow_empty, strict, no_progress, done;
	unsigned fail_on;
};

extern const struct option_spec triage_options[];

/* TRIAGE is cleared; load the settings. ERR_USAGE. */
int triage_begin(struct triage *triage, struct err *err);
/* Take one of triage_options, or a setting. ERR_USAGE. */
int triage_option(
	struct triage *triage, const struct option_spec *spec, const char *value, struct err *err);
/* What settings say of the analysis and of the page; *RULES are those in force, owned by TRIAGE. */
int triage_prepare(struct triage *triage, struct rules **rules, struct err *err);
/*
 * Let what is kept of ANALYSIS stay, unless a canary is in it or would be in a page: ERR_CANARY.
 * Before anything is written.
 */
int triage_settle(struct triage *triage, const struct analysis *analysis, struct err *err);
/* Tell the build, where --ci is given; LOG is that of its job. */
void triage_tell(struct triage *triage, const struct diagnosis *diagnosis, FILE *log);
/* The reports that -o names. */
int triage_write(struct triage *triage, const struct diagnosis *diagnosis, struct err *err);

#endif
