/* fivewhys triage: from logs and transcripts to a report. */
#include <stdlib.h>
#include <string.h>

#include "cmd/moment.h"
#include "cmd/triage.h"

const struct option_spec triage_options[] = {
	{ "output", 'o', "[FORMAT:]FILE", "write a report; without FORMAT by the ending of FILE" },
	{ "format", 'f', "FORMAT",
		"of standard output: text (default), md, html, json, sarif, junit, codequality, "
		"github" },
	{ "rules", 'r', "PATH", "rules (file or folder, repeatable) instead of those shipped" },
	{ "add-rules", 'a', "PATH", "rules besides those shipped; they win over equal ids" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ "no-store", 0, NULL, "keep nothing of this run" },
	{ "tz", 0, "OFFSET", "zone of times that bear none: -07:00, UTC" },
	{ "label", 0, "TEXT", "name of this run in reports and history" },
	{ "commit", 0, "ID", "commit that was tested" },
	{ "branch", 0, "NAME", "branch that was tested" },
	{ "environment", 0, "NAME", "environment that was tested" },
	{ "iteration", 0, "N", "which turn of a loop of fixing this is, from 1" },
	{ "mermaid", 0, NULL, "draw the chain in the Markdown report" },
	{ "color", 0, "WHEN", "auto (default), always, never" },
	{ "no-progress", 0, NULL, "show no progress (there is none but on a terminal and in CI)" },
	{ "project", 'p', "ID", "read the Cloud Logging of this project, too" },
	{ "padding", 0, "DURATION", "around the tests, for what is read there (2m)" },
	{ "from", 0, "TIME", "read from here instead (2026-01-31T08:00:00Z)" },
	{ "to", 0, "TIME", "up to here, not included" },
	{ "service", 0, "NAME", "only of this service, container, job or function" },
	{ "filter", 0, "LQL", "only what this filter of the Logging query language means" },
	{ "rate", 0, "N", "requests a minute (default 50; a project has 60)" },
	{ "endpoint", 0, "URL", "where Cloud Logging is (default: of the universe)" },
	{ "quota-project", 0, "ID", "project that pays for requests" },
	{ "pushdown", 0, NULL, "let the service look for what rules need (default: over 1h)" },
	{ "no-pushdown", 0, NULL, "read everything" },
	{ "offline", 0, NULL, "refuse any network; without --project none is used" },
	{ "redact", 0, "LIST", "besides secrets: email, ip, service-account, none (email)" },
	{ "timing", 0, NULL, "print the phases and their times on stderr" },
	{ "ci", 0, NULL, "tell the build: summary, annotations, outputs, one comment" },
	{ 0 },
};

/* What the exit status means; a command that is run has its own. */
static const struct option_spec status_options[] = {
	{ "fail-on", 0, "LIST", "exit 1 for any of: incident, unknown, new, regression" },
	{ "allow-empty", 0, NULL, "exit 0 where there is nothing to analyse" },
	{ "strict", 0, NULL, "exit 5 where not everything could be read" },
	{ 0 },
};

static const struct option_spec *const triage_tables[] = { triage_options, ci_specs, canary_options,
	status_options, cmd_common_options, NULL };

enum fail_on {
	FAIL_ON_INCIDENT = 1,
	FAIL_ON_UNKNOWN = 2,
	FAIL_ON_NEW = 4,
	FAIL_ON_REGRESSION = 8,
};

static const struct {
	const char *name;
	unsigned flag;
} fail_on_names[] = {
	{ "incident", FAIL_ON_INCIDENT },
	{ "unknown", FAIL_ON_UNKNOWN },
	{ "new", FAIL_ON_NEW },
	{ "regression", FAIL_ON_REGRESSION },
};

static int parse_fail_on(struct triage *triage, const char *list, struct err *err)
{
	while (*list != '\0') {
		size_t length = strcspn(list, ","), i = 0;
		const size_t count = sizeof(fail_on_names) / sizeof(fail_on_names[0]);

		while (i < count && (strlen(fail_on_names[i].name) != length ||
					    strncmp(fail_on_names[i].name, list, length) != 0))
			i++;
		if (i == count)
			return err_set(err, ERR_USAGE,
				"--fail-on takes incident, unknown, new and regression, not "
				"\"%.*s\"",
				(int)length, list);
		triage->fail_on |= fail_on_names[i].flag;
		list += length + (list[length] == ',');
	}
	return 0;
}

static int parse_iteration(struct triage *triage, const char *text, struct err *err)
{
	char *end;
	unsigned long number = strtoul(text, &end, 10);

	if (text[0] < '0' || text[0] > '9' || *end != '\0' || number < 1 || number > 1000000)
		return err_set(err, ERR_USAGE,
			"--iteration is a number from 1 to 1000000, not \"%s\"", text);
	triage->analysis.iteration = (unsigned)number;
	return 0;
}

static int add_output(struct triage *triage, const char *path, struct err *err)
{
	struct output output;

	if (output_parse(path, &output, err) < 0)
		return -1;
	triage->outputs =
		mem_grow(triage, triage->outputs, triage->output_count, sizeof(*triage->outputs));
	triage->outputs[triage->output_count++] = output;
	return 0;
}

int triage_begin(struct triage *triage, struct err *err)
{
	triage->live = live_defaults();
	triage->analysis.live = &triage->live;
	if (settings_load(triage, &triage->settings, err) < 0)
		return -1;
	triage->analysis.settings = triage->settings;
	return canary_environment(triage, &triage->canary, err);
}

int triage_option(
	struct triage *triage, const struct option_spec *spec, const char *value, struct err *err)
{
	const struct {
		const char *name;
		bool *flag;
	} flags[] = {
		{ "no-store", &triage->no_store },
		{ "allow-empty", &triage->allow_empty },
		{ "strict", &triage->strict },
		{ "mermaid", &triage->render.mermaid },
		{ "no-progress", &triage->no_progress },
		{ "timing", &triage->analysis.timing },
	};

	int canary = canary_option(triage, &triage->canary, spec->name, value, err);
	int live = canary != 0 ? canary : live_option(&triage->live, spec->name, value, err);

	if (strcmp(spec->name, "project") == 0)
		settings_set(triage->settings, spec->name, value);
	if (live != 0)
		return live < 0 ? -1 : 0;
	if (ci_option(&triage->ci_options, spec->name, value) != 0)
		return 0;
	if (strcmp(spec->name, "output") == 0)
		return add_output(triage, value, err);
	if (strcmp(spec->name, "iteration") == 0)
		return parse_iteration(triage, value, err);
	if (strcmp(spec->name, "fail-on") == 0)
		return parse_fail_on(triage, value, err);
	if (settings_option(triage->settings, spec->name, value))
		return 0;
	for (size_t i = 0; i < sizeof(flags) / sizeof(flags[0]); i++)
		if (strcmp(flags[i].name, spec->name) == 0)
			*flags[i].flag = true;
	return 0;
}

static int check_live(const struct live_options *live, struct err *err)
{
	if (live->project == NULL && (live->service != NULL || live->filter != NULL ||
					     live->from != TIME_NONE || live->to != TIME_NONE))
		return err_set(err, ERR_USAGE,
			"--service, --filter, --from and --to are about what is read of a "
			"--project");
	return 0;
}

/* A project and a stretch of time are enough to read; without them files say what is meant. */
static int check_inputs(const struct triage *triage, struct err *err)
{
	const struct live_options *live = &triage->live;
	bool bounds = live->from != TIME_NONE && live->to != TIME_NONE;

	if (triage->analysis.inputs[0] != NULL || (live->project != NULL && bounds))
		return 0;
	return err_set(
		err, ERR_USAGE, "triage wants files, folders or \"-\"; see fivewhys triage --help");
}

static int parse(struct triage *triage, int argc, char **argv, struct err *err)
{
	struct options *options = options_new(triage, triage_tables, argc, argv);
	const struct option_spec *spec;
	const char *value;
	int got, common;

	while ((got = options_next(options, &spec, &value, err)) > 0) {
		common = cmd_common(&triage_command, triage_tables, spec, value, err);
		if (common < 0)
			return -1;
		triage->done |= common == 2;
		if (common == 0 && triage_option(triage, spec, value, err) < 0)
			return -1;
	}
	triage->analysis.inputs = (const char *const *)options_arguments(options);
	if (got < 0 || triage->done)
		return got;
	return check_inputs(triage, err);
}

static int apply_settings(struct triage *triage, struct err *err)
{
	const struct settings *settings = triage->settings;
	struct analysis_options *analysis = &triage->analysis;
	const char *db = settings_get(settings, "db");

	if (setup_offset(settings, &analysis->source, err) < 0 ||
		settings_redaction(settings, &analysis->source.redaction, err) < 0)
		return -1;
	analysis->label = settings_get(settings, "label");
	analysis->commit = settings_get(settings, "commit");
	analysis->branch = settings_get(settings, "branch");
	analysis->environment = settings_get(settings, "environment");
	if (!triage->no_store)
		analysis->db = db != NULL ? db : path_state(triage, "history.db");
	analysis->hold = triage->canary.count > 0;
	if (analysis->db != NULL && canary_check_file(&triage->canary, analysis->db, err) < 0)
		return -1;
	if (!triage->no_progress && !log_is_quiet())
		analysis->progress = progress_kind_of(stderr);
	triage->render.folders = setup_template_folders(triage);
	triage->render.report = output_report(triage, triage->outputs, triage->output_count);
	triage->render.repository = output_repository(triage);
	return 0;
}

/* Standard output has a page unless files were asked for and no format was. */
static int take_format(struct triage *triage, struct err *err)
{
	const char *name = settings_get(triage->settings, "format");

	triage->format = RENDER_FORMAT_COUNT;
	if (name == NULL && triage->output_count > 0 && triage->ci == NULL)
		return 0;
	triage->format = name == NULL ? RENDER_TEXT : render_format_named(name);
	if (triage->format == RENDER_FORMAT_COUNT)
		return err_set(err, ERR_USAGE, "--format is " RENDER_FORMATS ", not \"%s\"", name);
	return 0;
}

static int write_page(struct triage *triage, const struct diagnosis *diagnosis,
	enum render_format format, const char *path, struct err *err)
{
	size_t length;
	char *text;

	if (render(triage, diagnosis, format, &triage->render, &text, &length, err) < 0)
		return -1;
	return output_write(path, text, length, err);
}

static int check_page(struct triage *triage, const struct diagnosis *diagnosis,
	enum render_format format, const char *name, struct err *err)
{
	size_t length;
	char *text;

	if (render(triage, diagnosis, format, &triage->render, &text, &length, err) < 0)
		return -1;
	return canary_check(&triage->canary, name, text, length, err);
}

/* What the build would be told, whether or not a file of ours has it, too. */
static int check_build(struct triage *triage, const struct diagnosis *diagnosis, struct err *err)
{
	char *text;

	if (triage->ci == NULL)
		return 0;
	if (check_page(triage, diagnosis, RENDER_MARKDOWN, "the summary of the build", err) < 0 ||
		check_page(triage, diagnosis, RENDER_GITHUB, "the annotations", err) < 0 ||
		ci_comment(triage->ci, diagnosis, &triage->render, &text, err) < 0)
		return -1;
	return canary_check(&triage->canary, "the comment", text, strlen(text), err);
}

int triage_settle(struct triage *triage, const struct analysis *analysis, struct err *err)
{
	const struct diagnosis *diagnosis = analysis->diagnosis;

	if (triage->canary.count == 0)
		return 0;
	for (size_t i = 0; i < triage->output_count; i++)
		if (check_page(triage, diagnosis, triage->outputs[i].format,
			    triage->outputs[i].path, err) < 0)
			return -1;
	if (triage->format != RENDER_FORMAT_COUNT &&
		check_page(triage, diagnosis, triage->format, "the page", err) < 0)
		return -1;
	if (check_build(triage, diagnosis, err) < 0 ||
		canary_check_store(&triage->canary, analysis->store, err) < 0)
		return -1;
	return store_release(analysis->store, err);
}

int triage_write(struct triage *triage, const struct diagnosis *diagnosis, struct err *err)
{
	for (size_t i = 0; i < triage->output_count; i++) {
		const struct output *output = &triage->outputs[i];

		if (write_page(triage, diagnosis, output->format, output->path, err) < 0)
			return -1;
	}
	return 0;
}

void triage_tell(struct triage *triage, const struct diagnosis *diagnosis, FILE *log)
{
	const struct ci_report report = { .diagnosis = diagnosis,
		.render = &triage->render,
		.outputs = triage->outputs,
		.output_count = triage->output_count,
		.annotated = triage->format == RENDER_GITHUB,
		.log = log };

	if (triage->ci != NULL)
		ci_tell(triage->ci, &report);
}

/* The summary in the log of a job stands in a section of its own; other formats are for programs. */
static int write_log(struct triage *triage, const struct diagnosis *diagnosis, struct err *err)
{
	bool text = triage->format == RENDER_TEXT;

	if (triage->ci != NULL && text)
		ci_log_begin(triage->ci, stdout);
	if (write_page(triage, diagnosis, triage->format, "-", err) < 0)
		return -1;
	if (triage->ci != NULL && text)
		ci_log_end(triage->ci, stdout);
	triage_tell(triage, diagnosis, text ? stdout : stderr);
	return 0;
}

static int write_pages(struct triage *triage, const struct diagnosis *diagnosis, struct err *err)
{
	const char *mode = settings_get(triage->settings, "color");

	if (triage_write(triage, diagnosis, err) < 0)
		return -1;
	if (triage->format == RENDER_FORMAT_COUNT)
		return 0;
	if (output_colour(stdout, mode, &triage->render.colour, err) < 0)
		return -1;
	return write_log(triage, diagnosis, err);
}

/* Somebody answers for it, and the time for which it is accepted is not over: the newest word. */
static bool is_tolerated(const struct incident *incident)
{
	for (size_t i = 0; i < incident->judgement_count; i++) {
		const struct judgement *judgement = &incident->judgements[i];

		if (strcmp(judgement->kind, "note") != 0)
			return strcmp(judgement->kind, "tolerate") == 0 &&
			       judgement->until > moment_now();
	}
	return false;
}

/* What of the diagnosis --fail-on can name. */
static unsigned what_failed(const struct diagnosis *diagnosis)
{
	unsigned found = diagnosis->undiagnosed_count > 0 ? FAIL_ON_INCIDENT | FAIL_ON_UNKNOWN : 0;

	for (size_t i = 0; i < diagnosis->incident_count; i++) {
		const struct incident *incident = diagnosis->incidents[i];

		if (is_tolerated(incident))
			continue;
		found |= FAIL_ON_INCIDENT;
		if (incident->verdict == VERDICT_UNDIAGNOSED)
			found |= FAIL_ON_UNKNOWN;
		if (incident->history.state == STATE_NEW)
			found |= FAIL_ON_NEW;
		if (incident->history.state == STATE_REGRESSED)
			found |= FAIL_ON_REGRESSION;
	}
	return found;
}

/* A build ends as its tests did: with --ci only what was asked for changes that. */
static int status_of(const struct triage *triage, const struct analysis *analysis)
{
	if (analysis->refused > 0 && triage->ci == NULL)
		return STATUS_SOURCE;
	if (triage->strict && !analysis->run->complete)
		return STATUS_INCOMPLETE;
	if ((triage->fail_on & what_failed(analysis->diagnosis)) != 0)
		return STATUS_FAILED;
	return STATUS_ANALYSED;
}

static int begin_ci(struct triage *triage, struct err *err)
{
	struct ci_options *options = &triage->ci_options;

	if (!options->wanted && (options->silent || options->dry || options->key != NULL ||
					options->repository != NULL || options->pull != NULL))
		return err_set(err, ERR_USAGE,
			"--no-comment, --dry-run, --key, --repository and --pull are about --ci");
	options->offline = triage->live.offline;
	return options->wanted ? ci_begin(triage, options, triage->settings, &triage->ci, err) : 0;
}

int triage_prepare(struct triage *triage, struct rules **rules, struct err *err)
{
	if (check_live(&triage->live, err) < 0 || begin_ci(triage, err) < 0 ||
		apply_settings(triage, err) < 0 || take_format(triage, err) < 0)
		return -1;
	return setup_rules(triage, triage->settings, rules, err);
}

static int analyse(struct triage *triage, struct err *err)
{
	struct analysis *analysis;
	struct rules *rules;

	if (triage_prepare(triage, &rules, err) < 0)
		return -1;
	if (analysis_run(triage, rules, &triage->analysis, &analysis, err) < 0) {
		if (err->code == ERR_EMPTY && triage->allow_empty)
			return STATUS_ANALYSED;
		return -1;
	}
	if (triage_settle(triage, analysis, err) < 0 ||
		write_pages(triage, analysis->diagnosis, err) < 0)
		return -1;
	return status_of(triage, analysis);
}

/*
 * What only went wrong here, and not in the command line or the rules, is told, and no more; but
 * who asked by --fail-on is not to take a diagnosis that failed for a green build.
 */
static int forgive(const struct triage *triage, int status, const struct err *err)
{
	if (status >= 0 || triage->ci == NULL || triage->fail_on != 0 || err->code == ERR_USAGE ||
		err->code == ERR_RULE || err->code == ERR_CANARY)
		return status;
	log_warn("nothing was told to the build: %s", err->text);
	return STATUS_ANALYSED;
}

static int run_triage(int argc, char **argv, struct err *err)
{
	struct triage *triage = mem_new(NULL, struct triage);
	int status = -1;

	if (triage_begin(triage, err) == 0 && parse(triage, argc, argv, err) == 0)
		status =
			triage->done ? STATUS_ANALYSED : forgive(triage, analyse(triage, err), err);
	talloc_free(triage);
	return status;
}

const struct command triage_command = {
	.name = "triage",
	.usage = "[OPTION]... FILE...",
	.summary = "Say why the tests failed, from transcripts and logs",
	.help = "  fivewhys triage results.xml cloud-log.json\n"
		"  fivewhys triage results.xml --project my-project --service api\n"
		"  fivewhys triage -o report.md -o report.html run.log export.json\n"
		"  fivewhys triage -o why.sarif -o github:- run.log export.json\n"
		"  fivewhys triage --ci results.xml server.log      in a job of a CI\n"
		"  gcloud logging read ... --format=json | fivewhys triage results.xml -\n"
		"  fivewhys triage --no-store --format json ci-artifacts/\n\n"
		"Files are recognised by their content: Cloud Logging exports in any JSON shape or "
		"as\n"
		"a table, plain logs, test output, JUnit XML and other result files; compressed "
		"and\n"
		"archived ones are read as they are.\n\n"
		"Endings of reports: .md .html .json .txt, .sarif or .sarif.json, .junit or .xml,\n"
		".codequality.json or code-quality-report.json; for all others, and for github,\n"
		"-o FORMAT:FILE.\n",
	.tables = triage_tables,
	.run = run_triage,
};
