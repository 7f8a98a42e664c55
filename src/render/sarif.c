/* The log as a whole: the tool, what was read, what was not, and the results. */
#include "render/sarif.h"

#include <string.h>

#include "render/clean.h"
#include "render/json.h"

#define SCHEMA "https://json.schemastore.org/sarif-2.1.0.json"

/* Kinds of notifications: how the scan went, and what was left out here. */
enum notice {
	NOTICE_DROPPED,
	NOTICE_INCOMPLETE,
	NOTICE_LIMIT,
	NOTICE_NOTE
};
static const struct {
	const char *id, *level, *text, *help;
} notices[] = {
	[NOTICE_DROPPED] = { "results.dropped", "warning", "Results that this file leaves out",
		"There is an end to what readers show. The report in JSON has them all." },
	[NOTICE_INCOMPLETE] = { "scan.incomplete", "warning", "Inputs that were not read whole",
		"What is missing may hold another cause: nothing is said to be absent from it." },
	[NOTICE_LIMIT] = { "scan.limit", "warning", "Limits that were hit",
		"Something was cut or passed over, so that no input can hold the scan up." },
	[NOTICE_NOTE] = { "scan.note", "note", "What is to be known of an input",
		"What was skipped, cut or assumed while an input was read." },
};

const char *sarif_level(enum alert_level level)
{
	static const char *const names[ALERT_LEVEL_COUNT] = { "note", "warning", "error" };

	return names[level];
}

void sarif_message(TALLOC_CTX *mem, cJSON *object, const char *key, const char *text)
{
	bool link = strstr(text, "](") != NULL;
	char *escaped = mem_array(mem, char, 2 * strlen(text) + 1);
	size_t used = 0;

	for (; *text != '\0'; text++) {
		if (link && (*text == '[' || *text == ']' || *text == '\\'))
			escaped[used++] = '\\';
		escaped[used++] = *text;
	}
	escaped[used] = '\0';
	object_text(object_child(object, key), "text", escaped);
}

char *sarif_uri(TALLOC_CTX *mem, const char *path)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/";
	char *out = mem_array(mem, char, 3 * strlen(path) + 1);
	size_t used = 0;

	for (; *path == '/'; path++)
		; /* a member of an archive may be named so; it is no path of this machine */
	for (; *path != '\0'; path++)
		if (strchr(plain, *path) != NULL)
			out[used++] = *path;
		else
			used += (size_t)sprintf(
				out + used, "%%%02X", (unsigned)(unsigned char)*path);
	out[used] = '\0';
	return out;
}

static void add_driver(const struct page *page, cJSON *run, const struct sarif_rules *rules)
{
	cJSON *driver = object_child(object_child(run, "tool"), "driver"), *list;

	object_text(driver, "name", PACKAGE_NAME);
	object_text(driver, "version", PACKAGE_VERSION);
	object_text(driver, "semanticVersion", PACKAGE_VERSION);
	sarif_message(page->mem, driver, "shortDescription",
		"Says from logs and test transcripts, with evidence, why tests failed.");
	sarif_rules_put(page->mem, driver, rules);
	list = object_list(driver, "notifications");
	for (size_t i = 0; i < sizeof(notices) / sizeof(notices[0]); i++) {
		cJSON *row = object_row(list);

		object_text(row, "id", notices[i].id);
		sarif_message(page->mem, row, "shortDescription", notices[i].text);
		sarif_message(page->mem, row, "fullDescription", notices[i].help);
		sarif_message(page->mem, row, "help", notices[i].help);
	}
	object_text(object_child(driver, "properties"), "rulesSha256",
		page->diagnosis->rules_sha256 != NULL ? page->diagnosis->rules_sha256 : "");
}

static void add_notice(const struct page *page, cJSON *list, enum notice notice, const char *text)
{
	cJSON *row = object_row(list), *descriptor;

	descriptor = object_child(row, "descriptor");
	object_text(descriptor, "id", notices[notice].id);
	object_number(descriptor, "index", notice);
	object_text(row, "level", notices[notice].level);
	sarif_message(page->mem, row, "message", clean_line(page->mem, text));
}

static void add_invocation(const struct page *page, cJSON *run, size_t dropped)
{
	const struct run *read = page->diagnosis->run;
	cJSON *row = object_row(object_list(run, "invocations")), *list;

	object_flag(row, "executionSuccessful", true);
	list = object_list(row, "toolExecutionNotifications");
	if (dropped > 0)
		add_notice(page, list, NOTICE_DROPPED,
			mem_printf(page->mem, "%s left out: a file has %d at most.",
				page_plural(page->mem, dropped, "result"), SARIF_RESULTS_MAX));
	if (!read->complete && read->gap_count == 0)
		add_notice(page, list, NOTICE_INCOMPLETE, "Not everything could be read.");
	for (size_t i = 0; i < read->gap_count; i++)
		add_notice(page, list, NOTICE_INCOMPLETE, read->gaps[i]);
	for (size_t i = 0; i < read->limit_count; i++)
		add_notice(page, list, NOTICE_LIMIT, read->limits[i]);
	for (size_t i = 0; i < read->source_count; i++)
		for (size_t j = 0; j < read->sources[i]->note_count; j++)
			add_notice(page, list, NOTICE_NOTE,
				mem_printf(page->mem, "%s: %s", read->sources[i]->name,
					read->sources[i]->notes[j]));
}

/* Names only: where they are on a machine is no business of a file that travels. */
static void add_bases(const struct page *page, cJSON *run)
{
	cJSON *bases = object_child(run, "originalUriBaseIds");

	sarif_message(page->mem, object_child(bases, "SRCROOT"), "description",
		"The root of the tests that were run.");
	sarif_message(page->mem, object_child(bases, "INPUTS"), "description",
		"Where the logs and transcripts were read from.");
}

static void add_artifacts(const struct page *page, cJSON *run)
{
	const struct run *read = page->diagnosis->run;
	cJSON *list = object_list(run, "artifacts");

	for (size_t i = 0; i < read->source_count; i++) {
		const struct source_info *source = read->sources[i];
		cJSON *row = object_row(list), *location = object_child(row, "location");

		object_text(location, "uri", sarif_uri(page->mem, source->name));
		object_text(location, "uriBaseId", "INPUTS");
		if (source->sha256[0] != '\0')
			object_text(object_child(row, "hashes"), "sha-256", source->sha256);
		if (source->format != NULL)
			object_text(object_child(row, "properties"), "format", source->format);
	}
}

static void add_given(cJSON *object, const char *key, const char *text)
{
	if (text != NULL)
		object_text(object, key, text);
}

/* What was tested; of a commit alone the standard wants to know of which repository. */
static void add_tested(const struct page *page, cJSON *run)
{
	const struct run *read = page->diagnosis->run;
	const char *repository = page->options->repository;
	cJSON *row;

	if (repository != NULL && read->commit != NULL) {
		row = object_row(object_list(run, "versionControlProvenance"));
		object_text(row, "repositoryUri", repository);
		object_text(row, "revisionId", read->commit);
		add_given(row, "branch", read->branch);
	}
	row = object_child(run, "properties");
	object_number(row, "run", (double)read->id);
	add_given(row, "label", read->label);
	add_given(row, "commit", read->commit);
	add_given(row, "branch", read->branch);
	add_given(row, "environment", read->environment);
	add_given(row, "inputSha256", read->sha256[0] != '\0' ? read->sha256 : NULL);
	object_flag(row, "complete", read->complete);
}

static void add_run(const struct page *page, cJSON *run)
{
	const struct alerts *alerts = alerts_of(page->mem, page->diagnosis);
	size_t count = alerts->count < SARIF_RESULTS_MAX ? alerts->count : SARIF_RESULTS_MAX;
	const struct sarif_rules *rules = sarif_rules_of(page->mem, alerts, count);
	const char *label = page->diagnosis->run->label;
	cJSON *list;

	add_driver(page, run, rules);
	/* the part before the last slash is the category of GitHub: runs of one label follow */
	object_text(object_child(run, "automationDetails"), "id",
		label == NULL ? PACKAGE_NAME "/"
			      : mem_printf(page->mem, PACKAGE_NAME "/%s/", label));
	add_invocation(page, run, alerts->count - count);
	add_bases(page, run);
	add_artifacts(page, run);
	add_tested(page, run);
	list = object_list(run, "results");
	for (size_t i = 0; i < count; i++) {
		const struct alert *alert = &alerts->items[i];

		sarif_result_put(
			page, object_row(list), alert, sarif_rules_index(rules, alert->rule));
	}
}

int sarif_put(const struct page *page, FILE *out, struct err *err)
{
	cJSON *log = object_new();

	(void)err;
	object_text(log, "$schema", SCHEMA);
	object_text(log, "version", "2.1.0");
	add_run(page, object_row(object_list(log, "runs")));
	json_write(out, log);
	cJSON_Delete(log);
	return 0;
}
