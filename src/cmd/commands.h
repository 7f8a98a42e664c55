/* All commands, for the table of cmd.c; each is defined in the file named like it. */
#ifndef CMD_COMMANDS_H
#define CMD_COMMANDS_H

#include "cmd/cmd.h"
#include "cmd/options.h"

/* Options that every command takes: -h, --help, --version, -q, -v, ... */
extern const struct option_spec cmd_common_options[];
/*
 * What to do with a common option. 1: done. 0: SPEC is none of them. -1: ERR tells.
 * 2: help or version was printed, the command has nothing left to do.
 */
int cmd_common(const struct command *command, const struct option_spec *const *tables,
	const struct option_spec *spec, const char *value, struct err *err);
/* Flush stdout: a full disk or a closed pipe is an error, ERR_IO. 0 or -1. */
int cmd_flush(struct err *err);

/* The commands in the order of the overview; NULL behind the last. */
const struct command *cmd_command(size_t i);

extern const struct command triage_command;
extern const struct command pull_command;
extern const struct command run_command;
extern const struct command rules_command;
extern const struct command doctor_command;
extern const struct command completion_command;
extern const struct command config_command;
extern const struct command diff_command;
extern const struct command export_command;
extern const struct command list_command;
extern const struct command progress_command;
extern const struct command prune_command;
extern const struct command publish_command;
extern const struct command search_command;
extern const struct command serve_command;
extern const struct command show_command;
extern const struct command stats_command;
extern const struct command judge_confirm_command;
extern const struct command judge_reject_command;
extern const struct command judge_note_command;
extern const struct command judge_resolve_command;
extern const struct command judge_tolerate_command;

#endif
