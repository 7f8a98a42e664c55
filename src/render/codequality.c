/*
 * GitLab Code Quality (docs.gitlab.com, "Code Quality report format"): a list of issues, each with
 * a path and a line. The line is not optional there: a file as a whole is its line 1.
 */
#include "render/codequality.h"

#include "render/alert.h"
#include "render/json.h"

static const char *severity_of(const struct cause *cause)
{
	static const char *const names[] = {
		[RATING_LOW] = "minor",
		[RATING_MEDIUM] = "major",
		[RATING_HIGH] = "critical",
		[RATING_CRITICAL] = "blocker",
	};

	return cause == NULL ? "major" : names[cause->severity];
}

static void add_issue(cJSON *row, const struct alert *alert)
{
	const struct alert_spot *spot = &alert->spot;
	cJSON *location;

	object_text(row, "description", alert->message);
	object_text(row, "check_name", alert->rule);
	object_text(row, "fingerprint", alert->fingerprint);
	object_text(row, "severity", severity_of(alert->cause));
	location = object_child(row, "location");
	object_text(location, "path", spot->path != NULL ? spot->path : ".");
	object_number(
		object_child(location, "lines"), "begin", spot->line > 0 ? (double)spot->line : 1);
}

int codequality_put(const struct page *page, FILE *out, struct err *err)
{
	const struct alerts *alerts = alerts_of(page->mem, page->diagnosis);
	cJSON *list = mem_check(cJSON_CreateArray());

	(void)err;
	for (size_t i = 0; i < alerts->count; i++)
		add_issue(object_row(list), &alerts->items[i]);
	json_write(out, list);
	cJSON_Delete(list);
	return 0;
}
