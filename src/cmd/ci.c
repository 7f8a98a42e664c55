/* The build's own pages. Nothing here changes how a build ends. */
#include "cmd/ci.h"

#include <limits.h>
#include <stdlib.h>
#include <string.h>

#include "cmd/clock.h"
#include "cmd/output.h"

#define EVENT_MAX ((size_t)32 << 20) /* GitHub's payloads have 25 MB at most */
#define OUTPUTS_MAX ((size_t)1 << 20) /* bytes of outputs that GitHub takes */

const struct option_spec ci_specs[] = {
	{ "no-comment", 0, NULL, "write no comment on the pull or merge request" },
	{ "dry-run", 0, NULL, "print the comment instead of sending it" },
	{ "key", 0, "NAME", "a comment of its own, for one of several jobs" },
	{ "repository", 0, "NAME", "of the request: owner/name, or an address (of the build)" },
	{ "pull", 0, "N", "number of the pull or merge request (of the build)" },
	{ 0 },
};

struct ci {
	const struct ci_options *options;
	struct build build;
	bool found; /* there is a CI */
};

int ci_option(struct ci_options *options, const char *name, const char *value)
{
	const struct {
		const char *name, **text;
		bool *flag;
	} all[] = {
		{ "ci", NULL, &options->wanted },
		{ "no-comment", NULL, &options->silent },
		{ "dry-run", NULL, &options->dry },
		{ "key", &options->key, NULL },
		{ "repository", &options->repository, NULL },
		{ "pull", &options->pull, NULL },
	};

	for (size_t i = 0; i < sizeof(all) / sizeof(all[0]); i++)
		if (strcmp(all[i].name, name) == 0) {
			if (all[i].flag != NULL)
				*all[i].flag = true;
			else
				*all[i].text = value;
			return 1;
		}
	return 0;
}

static const char *lookup(void *context, const char *name)
{
	(void)context;
	return getenv(name);
}

/* What the variable NAME holds; NULL where it is empty, too. */
static const char *variable(const char *name)
{
	const char *value = getenv(name);

	return value != NULL && value[0] != '\0' ? value : NULL;
}

static void take_event(struct ci *ci)
{
	const char *path = variable("GITHUB_EVENT_PATH");
	struct err err;
	size_t length;
	char *text;

	if (ci->build.kind != BUILD_GITHUB || path == NULL)
		return;
	if (path_read(ci, path, EVENT_MAX, &text, &length, &err) < 0) {
		log_warn("the event of this build is not known: %s", err.text);
		return;
	}
	build_event(ci, &ci->build, text, length);
	talloc_free(text);
}

static int take_pull(struct ci *ci, struct err *err)
{
	const char *text = ci->options->pull;
	unsigned long long number;
	char *end;

	if (text == NULL)
		return 0;
	number = strtoull(text, &end, 10);
	if (text[0] < '0' || text[0] > '9' || *end != '\0' || number == 0 || number > INT32_MAX)
		return err_set(err, ERR_USAGE, "--pull is a number, not \"%s\"", text);
	ci->build.pull = number;
	return 0;
}

/* An address says where the request is; a name only what it is called. */
static int take_repository(struct ci *ci, struct err *err)
{
	const char *text = ci->options->repository;
	struct build *build = &ci->build;
	uint64_t pull = build->pull;

	if (text == NULL)
		return 0;
	if (strchr(text, ':') != NULL && !build_remote(ci, build, text))
		return err_set(err, ERR_USAGE, "--repository: no address of one: \"%s\"", text);
	if (strchr(text, ':') == NULL)
		build->repository = text;
	if (build->pull == 0)
		build->pull = pull;
	if (build->scope == NULL)
		build->scope = build->repository;
	if (build->forge == BUILD_FORGE_NONE && strchr(text, ':') == NULL)
		build->forge =
			variable("GITHUB_API_URL") == NULL && variable("CI_API_V4_URL") != NULL
				? BUILD_FORGE_GITLAB
				: BUILD_FORGE_GITHUB;
	return 0;
}

static void fill_settings(const struct build *build, struct settings *settings)
{
	const struct {
		const char *name, *value;
	} values[] = {
		{ "label", build->label },
		{ "commit", build->commit },
		{ "branch", build->branch },
	};

	for (size_t i = 0; i < sizeof(values) / sizeof(values[0]); i++)
		if (values[i].value != NULL && settings_get(settings, values[i].name) == NULL)
			settings_set(settings, values[i].name, values[i].value);
}

int ci_begin(TALLOC_CTX *mem, const struct ci_options *options, struct settings *settings,
	struct ci **out, struct err *err)
{
	struct ci *ci = mem_new(mem, struct ci);

	ci->options = options;
	ci->found = build_detect(ci, lookup, NULL, &ci->build);
	if (!ci->found && options->repository == NULL)
		log_warn("no CI is known by its variables: there is no build to tell");
	take_event(ci);
	if (take_repository(ci, err) < 0 || take_pull(ci, err) < 0)
		return -1;
	if (settings != NULL)
		fill_settings(&ci->build, settings);
	*out = ci;
	return 0;
}

const struct build *ci_build(const struct ci *ci)
{
	return &ci->build;
}

int ci_comment(struct ci *ci, const struct diagnosis *diagnosis,
	const struct render_options *render, char **out, struct err *err)
{
	const struct publish_options options = { .build = &ci->build, .key = ci->options->key };

	return publish_body(ci, diagnosis, &options, render, out, err);
}

/* Source: "Custom collapsible sections" of GitLab; times are those of this machine, as it wants. */
void ci_log_begin(const struct ci *ci, FILE *log)
{
	long long now = (long long)(clock_now() / WHEN_SECOND);

	if (ci->build.kind == BUILD_GITLAB)
		fprintf(log, "\033[0Ksection_start:%lld:fivewhys\r\033[0Kfivewhys\n", now);
	else if (ci->build.kind == BUILD_BUILDKITE)
		fputs("+++ fivewhys\n", log);
}

void ci_log_end(const struct ci *ci, FILE *log)
{
	long long now = (long long)(clock_now() / WHEN_SECOND);

	if (ci->build.kind == BUILD_GITLAB)
		fprintf(log, "\033[0Ksection_end:%lld:fivewhys\r\033[0K\n", now);
}

static char *summary(struct ci *ci, const struct ci_report *report, size_t room, struct err *err)
{
	size_t length;
	char *text;

	if (render(ci, report->diagnosis, RENDER_MARKDOWN, report->render, &text, &length, err) < 0)
		return NULL;
	return fit_report(ci, text, room);
}

/* What other commands of the same step wrote counts, too. */
static void tell_summary(struct ci *ci, const struct ci_report *report)
{
	const char *path = variable("GITHUB_STEP_SUMMARY");
	size_t size = path != NULL ? output_size(path) : 0;
	struct err err = { 0 };
	const char *text;
	int written = 0;

	if (path == NULL)
		return;
	if (size + 4096 < FIT_SUMMARY_MAX) {
		text = summary(ci, report, FIT_SUMMARY_MAX - size, &err);
		written = text == NULL
				  ? -1
				  : output_append(path, text, strlen(text), FIT_SUMMARY_MAX, &err);
	}
	if (written < 0)
		log_warn("no summary: %s", err.text);
	else if (written == 0)
		log_warn("no summary: it is full already");
}

/* The path of the first report of FORMAT (RENDER_FORMAT_COUNT: of any) that is a file; or NULL. */
static const char *report_path(const struct ci_report *report, enum render_format format)
{
	for (size_t i = 0; i < report->output_count; i++)
		if ((format == RENDER_FORMAT_COUNT || report->outputs[i].format == format) &&
			strcmp(report->outputs[i].path, "-") != 0)
			return report->outputs[i].path;
	return NULL;
}

/* Where -o or --format made them, they are not made twice. */
static void tell_annotations(struct ci *ci, const struct ci_report *report)
{
	bool done = report->annotated;
	const char *text;
	size_t length;

	for (size_t i = 0; i < report->output_count; i++)
		done = done || (report->outputs[i].format == RENDER_GITHUB &&
				       strcmp(report->outputs[i].path, "-") == 0);
	if (done)
		return;
	text = render_github(ci, report->diagnosis, RENDER_GITHUB_MAX, &length);
	fwrite(text, 1, length, report->log);
}

static void tell_outputs(struct ci *ci, const struct ci_report *report)
{
	const char *path = variable("GITHUB_OUTPUT");
	struct err err = { 0 };
	const char *text;
	int written;

	if (path == NULL)
		return;
	text = outputs_github(ci, report->diagnosis, report_path(report, RENDER_FORMAT_COUNT));
	written = output_append(path, text, strlen(text), OUTPUTS_MAX, &err);
	if (written < 0)
		log_warn("no outputs: %s", err.text);
	else if (written == 0)
		log_warn("no outputs: there is no room for more");
}

/* The whole of it, as a runner reads it; "%" would begin an escape. */
static void upload(FILE *log, const char *path)
{
	fputs("##vso[task.uploadsummary]", log);
	for (; *path != '\0'; path++)
		if (*path == '%')
			fputs("%AZP25", log);
		else
			fputc((unsigned char)*path < ' ' ? ' ' : *path, log);
	fputc('\n', log);
}

/* The Markdown report that -o wrote, else one of ours; both by absolute path, as the task wants. */
static void tell_azure(struct ci *ci, const struct ci_report *report)
{
	const char *folder = variable("AGENT_TEMPDIRECTORY"), *text;
	const char *path = report_path(report, RENDER_MARKDOWN);
	struct err err = { 0 };
	char whole[PATH_MAX];

	if (path == NULL && folder == NULL)
		return;
	if (path == NULL) {
		path = path_join(ci, folder, "fivewhys.md");
		text = summary(ci, report, FIT_SUMMARY_MAX, &err);
		if (text == NULL || output_write(path, text, strlen(text), &err) < 0) {
			log_warn("no summary: %s", err.text);
			return;
		}
	}
	if (realpath(path, whole) != NULL)
		upload(report->log, whole);
}

static void print_comment(const struct ci_report *report, const char *place, const char *text)
{
	fprintf(report->log, "to %s, over the comment that is there, or as a new one:\n\n", place);
	fputs(text, report->log);
}

/* The comment as it would be, and where it would go; reads nothing from there either. */
static int rehearse(struct ci *ci, const struct ci_report *report,
	const struct publish_options *options, struct err *err)
{
	const char *place;
	char *text;

	if (publish_body(ci, report->diagnosis, options, report->render, &text, err) < 0)
		return -1;
	if (publish_place(ci, options, &place, err) < 0) {
		print_comment(report, "nowhere", text);
		return -1;
	}
	print_comment(report, place, text);
	return 0;
}

static int send(struct ci *ci, const struct ci_report *report,
	const struct publish_options *options, struct err *err)
{
	enum publish_result result;

	if (publish_comment(ci, report->diagnosis, options, report->render, &result, err) < 0)
		return -1;
	log_info("%s", publish_words(result));
	return 0;
}

/* A push, a tag, a schedule: such a build has nobody to comment to, and nothing is wrong with that. */
static bool is_pull(const struct ci *ci)
{
	return ci->build.pull > 0 || !ci->found || ci->options->repository != NULL;
}

static void tell_comment(struct ci *ci, const struct ci_report *report)
{
	struct cloud_options client = { 0 };
	struct publish_options options = {
		.build = &ci->build, .key = ci->options->key, .lookup = lookup
	};
	struct err err = { 0 };
	int result = clock_apply(ci, &client, &err);

	options.clock = client.clock;
	options.seed = client.seed != 0 ? client.seed : (uint64_t)clock_now();
	options.timeout = client.timeout;
	if (result == 0 && ci->options->dry)
		result = rehearse(ci, report, &options, &err);
	else if (result == 0 && ci->options->offline)
		result = err_set(&err, ERR_USAGE, "--offline refuses any network");
	else if (result == 0)
		result = send(ci, report, &options, &err);
	if (result < 0)
		log_warn("no comment: %s", err.text);
}

void ci_tell(struct ci *ci, const struct ci_report *report)
{
	if (ci->build.kind == BUILD_GITHUB && !ci->options->dry) {
		tell_annotations(ci, report);
		tell_summary(ci, report);
		tell_outputs(ci, report);
	}
	if (ci->build.kind == BUILD_AZURE && !ci->options->dry)
		tell_azure(ci, report);
	fflush(report->log);
	if (ci->options->silent)
		return;
	if (is_pull(ci) || ci->options->dry)
		tell_comment(ci, report);
	else
		log_info("no comment: this build belongs to no pull or merge request");
}
