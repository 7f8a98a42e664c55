/* fivewhys confirm, reject, note, resolve, tolerate: what people say of an incident. */
#include <pwd.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/moment.h"
#include "cmd/request.h"
#include "source/source.h"

#define TEXT_MAX 4000 /* bytes */

static const struct option_spec judge_options[] = {
	{ "message", 'm', "TEXT", "why, in words" },
	{ "author", 0, "NAME", "who says so ($FIVEWHYS_AUTHOR, else the name of the user)" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ 0 },
};

static const struct option_spec tolerate_options[] = {
	{ "owner", 0, "NAME", "who answers for it (needed)" },
	{ "until", 0, "TIME", "how long: 2025-03-31, 14d (needed)" },
	{ 0 },
};

static const struct option_spec *const judge_tables[] = { judge_options, cmd_common_options, NULL };
static const struct option_spec *const tolerate_tables[] = { tolerate_options, judge_options,
	cmd_common_options, NULL };

static int take(void *context, const struct option_spec *spec, const char *value, struct err *err)
{
	struct judgement *judgement = context;

	if (strcmp(spec->name, "message") == 0)
		judgement->text = value;
	else if (strcmp(spec->name, "author") == 0)
		judgement->author = value;
	else if (strcmp(spec->name, "owner") == 0)
		judgement->owner = value;
	else if (strcmp(spec->name, "until") == 0)
		return moment_after("until", value, judgement->time, &judgement->until, err);
	return 0;
}

static const char *default_author(void)
{
	const char *name = getenv("FIVEWHYS_AUTHOR");
	const struct passwd *user;

	if (name != NULL && name[0] != '\0')
		return name;
	user = getpwuid(geteuid());
	return user != NULL ? user->pw_name : NULL;
}

static int check(const struct judgement *judgement, struct err *err)
{
	if (judgement->author == NULL || judgement->author[0] == '\0')
		return err_set(err, ERR_USAGE, "who says so? Give --author NAME");
	if (judgement->text != NULL && strlen(judgement->text) > TEXT_MAX)
		return err_set(err, ERR_USAGE, "--message takes at most %d bytes", TEXT_MAX);
	if (strcmp(judgement->kind, "note") == 0 && judgement->text == NULL)
		return err_set(err, ERR_USAGE, "a note wants --message TEXT");
	if (strcmp(judgement->kind, "tolerate") != 0)
		return 0;
	if (judgement->owner == NULL || judgement->owner[0] == '\0')
		return err_set(
			err, ERR_USAGE, "to tolerate wants --owner NAME: who answers for it");
	if (judgement->until == TIME_NONE)
		return err_set(err, ERR_USAGE, "to tolerate wants --until TIME: it must end");
	if (judgement->until <= judgement->time)
		return err_set(err, ERR_USAGE, "--until is in the past");
	return 0;
}

/* Secrets are no less secret where people type them. */
static int keep(struct request *request, struct judgement *judgement, struct err *err)
{
	const struct redaction *redaction;
	struct redactor *redactor;
	struct store *store;
	uint64_t count = 0;
	size_t length;
	int64_t id;

	if (settings_redaction(request->settings, &redaction, err) < 0)
		return -1;
	redactor = redactor_new(request, redaction);
	if (judgement->text != NULL)
		judgement->text =
			mem_strdup(request, redactor_apply_name(redactor, judgement->text,
						    strlen(judgement->text), &length, &count));
	if (request_store(request, true, &store, err) < 0 ||
		store_incident_find(store, request->arguments[0], &id, err) < 0 ||
		store_judge(store, id, judgement, err) < 0)
		return -1;
	return STATUS_ANALYSED;
}

static const struct command *const words[] = { &judge_confirm_command, &judge_reject_command,
	&judge_note_command, &judge_resolve_command, &judge_tolerate_command };

/* The word is the name of the command: what it takes and how it is kept are alike for all. */
static int run_judge(int argc, char **argv, struct err *err)
{
	struct request *request = mem_new(NULL, struct request);
	struct judgement judgement = { .kind = argv[0],
		.author = default_author(),
		.time = moment_now(),
		.until = TIME_NONE };
	int status = -1;

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strcmp(words[i]->name, argv[0]) == 0)
			request->command = words[i];
	request->tables =
		request->command == &judge_tolerate_command ? tolerate_tables : judge_tables;
	if (request_parse(request, argc, argv, take, &judgement, err) == 0) {
		if (request->done)
			status = STATUS_ANALYSED;
		else if (request->arguments[0] == NULL || request->arguments[1] != NULL)
			err_fill(err, ERR_USAGE, "%s wants one incident; see fivewhys list",
				judgement.kind);
		else if (check(&judgement, err) == 0)
			status = keep(request, &judgement, err);
	}
	talloc_free(request);
	return status;
}

const struct command judge_confirm_command = {
	.name = "confirm",
	.usage = "[OPTION]... ID",
	.summary = "Say that an incident's cause is right",
	.help = "  fivewhys confirm 12 -m 'seen in the deploy log too'\n",
	.tables = judge_tables,
	.run = run_judge,
};

const struct command judge_reject_command = {
	.name = "reject",
	.usage = "[OPTION]... ID",
	.summary = "Say that an incident's cause is wrong",
	.help = "  fivewhys reject 12 -m 'the proxy was restarted by hand'\n",
	.tables = judge_tables,
	.run = run_judge,
};

const struct command judge_note_command = {
	.name = "note",
	.usage = "[OPTION]... ID",
	.summary = "Add a note to an incident",
	.help = "  fivewhys note 12 -m 'the fix is in review'\n",
	.tables = judge_tables,
	.run = run_judge,
};

const struct command judge_resolve_command = {
	.name = "resolve",
	.usage = "[OPTION]... ID",
	.summary = "Say that an incident is fixed; seen again, it is a regression",
	.help = "  fivewhys resolve 12 -m 'rolled back'\n",
	.tables = judge_tables,
	.run = run_judge,
};

const struct command judge_tolerate_command = {
	.name = "tolerate",
	.usage = "--owner=NAME --until=TIME [OPTION]... ID",
	.summary = "Accept an incident for some time",
	.help = "  fivewhys tolerate 12 --owner 'the data team' --until 14d\n\n"
		"Until then it is told, and does not fail a run under --fail-on.\n",
	.tables = tolerate_tables,
	.run = run_judge,
};
