/* What is on this machine: store, rules, templates. */
#include <string.h>
#include <unistd.h>

#include "cmd/cmd.h"
#include "cmd/doctor.h"
#include "store/store.h"
#include "template/template.h"

#define TEMPLATE_MAX (1U << 20) /* bytes */

static void tell_store(struct doctor *doctor, const char *path, const struct store_health *health)
{
	const char *state = !health->exists ? "will be made"
			    : health->version == health->newest
				    ? "whole"
				    : "whole, and will be brought up to date";

	if (health->damage != NULL)
		doctor_add(doctor, "store", DOCTOR_PROBLEM,
			mem_printf(doctor, "%s is damaged: %s", path, health->damage),
			"keep a copy, and begin a new one with --db", STATUS_SOURCE);
	else if (!health->is_writable)
		doctor_add(doctor, "store", DOCTOR_PROBLEM,
			mem_printf(doctor, "%s cannot be written", path),
			"change its mode, name another with --db, or triage with --no-store",
			STATUS_SOURCE);
	else
		doctor_add(doctor, "store", DOCTOR_OK,
			mem_printf(doctor, "%s: %s, schema %lld", path, state,
				(long long)(health->exists ? health->version : health->newest)),
			NULL, 0);
}

void doctor_store(struct doctor *doctor)
{
	const char *path = settings_get(doctor->request.settings, "db");
	struct store_health health;
	struct err err;

	if (path == NULL)
		path = path_state(doctor, "history.db");
	if (store_check(doctor, path, &health, &err) < 0)
		doctor_add(doctor, "store", DOCTOR_PROBLEM, mem_strdup(doctor, err.text),
			"name another with --db", STATUS_SOURCE);
	else
		tell_store(doctor, path, &health);
}

void doctor_rules(struct doctor *doctor)
{
	struct rule_problems problems = { 0 };
	struct rules *rules = NULL;
	struct err err;

	if (rules_load(doctor, setup_rule_paths(doctor, doctor->request.settings), &rules,
		    &problems, &err) < 0)
		doctor_add(doctor, "rules", DOCTOR_PROBLEM, mem_strdup(doctor, err.text),
			"\"fivewhys rules check\" tells all faults", STATUS_USAGE);
	else if (rules_cause_count(rules) == 0)
		doctor_add(doctor, "rules", DOCTOR_PROBLEM,
			mem_strdup(doctor, "there are no rules"),
			"look at the settings \"rules\" and at FIVEWHYS_DATADIR", STATUS_USAGE);
	else
		doctor_add(doctor, "rules", DOCTOR_OK,
			mem_printf(doctor, "%zu causes, set %.12s", rules_cause_count(rules),
				rules_sha256(rules)),
			NULL, 0);
}

/* How many templates of FOLDER can be parsed; -1: ERR tells which cannot. */
static int parse_folder(TALLOC_CTX *scratch, const char *folder, struct err *err)
{
	struct template *template;
	size_t length;
	char **paths, *text;
	int count = 0;

	if (path_list(scratch, folder, ".mustache", false, &paths, err) < 0)
		return -1;
	for (; paths[count] != NULL; count++)
		if (path_read(scratch, paths[count], TEMPLATE_MAX, &text, &length, err) < 0 ||
			template_parse(scratch, paths[count], text, length, &template, err) < 0)
			return -1;
	return count;
}

void doctor_templates(struct doctor *doctor)
{
	TALLOC_CTX *scratch = talloc_new(doctor);
	const char **folders = setup_template_folders(scratch);
	int count = 0, got = 0;
	struct err err;

	for (; *folders != NULL && got >= 0; folders++) {
		/* that of the user need not be there */
		got = folders[1] != NULL && access(*folders, F_OK) < 0
			      ? 0
			      : parse_folder(scratch, *folders, &err);
		count += got;
	}
	if (got < 0)
		doctor_add(doctor, "templates", DOCTOR_PROBLEM, mem_strdup(doctor, err.text),
			"mend the template, or take it away; look at FIVEWHYS_DATADIR",
			STATUS_USAGE);
	else if (count == 0)
		doctor_add(doctor, "templates", DOCTOR_PROBLEM,
			mem_strdup(doctor, "there are no templates"), "look at FIVEWHYS_DATADIR",
			STATUS_USAGE);
	else
		doctor_add(doctor, "templates", DOCTOR_OK, mem_printf(doctor, "%d files", count),
			NULL, 0);
	talloc_free(scratch);
}
