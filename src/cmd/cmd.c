/* The command line: find the command, run it, make a status of its errors. */
#include "cmd/commands.h"

#include <signal.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/setup.h"
#include "source/source.h"

static const struct command *const commands[] = {
	&triage_command,
	&pull_command,
	&run_command,
	&progress_command,
	&list_command,
	&show_command,
	&search_command,
	&diff_command,
	&serve_command,
	&export_command,
	&publish_command,
	&judge_confirm_command,
	&judge_reject_command,
	&judge_note_command,
	&judge_resolve_command,
	&judge_tolerate_command,
	&stats_command,
	&prune_command,
	&rules_command,
	&doctor_command,
	&config_command,
	&completion_command,
};

#define COMMAND_COUNT (sizeof(commands) / sizeof(commands[0]))

const struct command *cmd_command(size_t i)
{
	return i < COMMAND_COUNT ? commands[i] : NULL;
}

const struct option_spec cmd_common_options[] = {
	{ "quiet", 'q', NULL, "say nothing but results and errors" },
	{ "verbose", 'v', NULL, "say more about what is done" },
	{ "help", 'h', NULL, "show this help" },
	{ "version", 0, NULL, "show version and rule set" },
	{ 0 },
};

static const struct {
	enum err_code code;
	enum status status;
} statuses[] = {
	{ ERR_USAGE, STATUS_USAGE },
	{ ERR_RULE, STATUS_USAGE },
	{ ERR_EMPTY, STATUS_EMPTY },
	{ ERR_INCOMPLETE, STATUS_INCOMPLETE },
	{ ERR_CANARY, STATUS_FAILED },
};

static int status_of(enum err_code code)
{
	for (size_t i = 0; i < sizeof(statuses) / sizeof(statuses[0]); i++)
		if (statuses[i].code == code)
			return statuses[i].status;
	return STATUS_SOURCE;
}

static void print_overview(FILE *out)
{
	fputs("usage: fivewhys COMMAND [OPTION]... [ARGUMENT]...\n\n"
	      "Why a test against a deployed system failed, from its logs, with evidence.\n\n"
	      "  fivewhys triage results.xml cloud-log.json        a summary on the terminal\n"
	      "  fivewhys triage -o report.md run.log export.json  a report\n\n"
	      "Commands:\n",
		out);
	for (size_t i = 0; i < COMMAND_COUNT; i++)
		fprintf(out, "  %-10s %s\n", commands[i]->name, commands[i]->summary);
	fputs("\n\"fivewhys COMMAND --help\" tells more; the manual is fivewhys(1).\n", out);
}

static void print_help(const struct command *command, const struct option_spec *const *tables)
{
	printf("usage: fivewhys %s %s\n\n%s.\n\n%s\nOptions:\n", command->name, command->usage,
		command->summary, command->help);
	options_help(tables, stdout);
}

int cmd_common(const struct command *command, const struct option_spec *const *tables,
	const struct option_spec *spec, const char *value, struct err *err)
{
	(void)value;
	if (strcmp(spec->name, "quiet") == 0) {
		log_level_set(LOG_QUIET);
		return 1;
	}
	if (strcmp(spec->name, "verbose") == 0) {
		log_level_set(LOG_VERBOSE);
		return 1;
	}
	if (strcmp(spec->name, "version") == 0)
		return setup_print_version(err) < 0 ? -1 : 2;
	if (strcmp(spec->name, "help") != 0)
		return 0;
	print_help(command, tables);
	return 2;
}

int cmd_flush(struct err *err)
{
	if (fflush(stdout) != 0 || ferror(stdout))
		return err_io(err, "standard output");
	return 0;
}

static const struct command *find_command(const char *name, struct err *err)
{
	const char *names[COMMAND_COUNT + 1] = { 0 };
	const char *meant;

	for (size_t i = 0; i < COMMAND_COUNT; i++) {
		if (strcmp(commands[i]->name, name) == 0)
			return commands[i];
		names[i] = commands[i]->name;
	}
	meant = options_meant(name, names);
	if (meant != NULL)
		err_fill(err, ERR_USAGE, "unknown command \"%s\" (did you mean %s?)", name, meant);
	else
		err_fill(err, ERR_USAGE, "unknown command \"%s\"; see fivewhys --help", name);
	return NULL;
}

static int dispatch(int argc, char **argv, struct err *err)
{
	const struct command *command;
	int status;

	if (argc < 2) {
		print_overview(stderr);
		return STATUS_USAGE;
	}
	if (strcmp(argv[1], "--help") == 0 || strcmp(argv[1], "-h") == 0 ||
		strcmp(argv[1], "help") == 0) {
		print_overview(stdout);
		return cmd_flush(err);
	}
	if (strcmp(argv[1], "--version") == 0)
		return setup_print_version(err) < 0 ? -1 : cmd_flush(err);
	command = find_command(argv[1], err);
	if (command == NULL)
		return -1;
	status = command->run(argc - 1, argv + 1, err);
	return status >= 0 && cmd_flush(err) < 0 ? -1 : status;
}

static struct redactor *of_messages;

/* Messages name files and quote services: secrets are none of theirs either. */
static const char *scrub(const char *line)
{
	uint64_t count = 0;
	size_t length;

	return redactor_apply_name(of_messages, line, strlen(line), &length, &count);
}

int cmd_main(int argc, char **argv)
{
	struct err err = { 0 };
	int status;

	/* a limit of the size of files is then an error that can be told, as a full disk is */
	signal(SIGXFSZ, SIG_IGN);
	of_messages = redactor_new(NULL, NULL);
	log_filter_set(scrub);
	status = dispatch(argc, argv, &err);
	if (status < 0) {
		fflush(stdout);
		fprintf(stderr, "fivewhys: error: %s\n", scrub(err.text));
		status = status_of(err.code);
	}
	log_filter_set(NULL);
	talloc_free(of_messages);
	return status;
}
