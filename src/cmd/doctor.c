/* fivewhys doctor: will it work, and what to do where it will not. */
#include "cmd/doctor.h"

#include <cjson/cJSON.h>
#include <stdlib.h>
#include <string.h>

static const struct option_spec doctor_options[] = {
	{ "project", 'p', "ID", "project whose logs shall be readable" },
	{ "endpoint", 0, "URL", "of the API, instead of logging.googleapis.com" },
	{ "quota-project", 0, "ID", "project that pays for the requests" },
	{ "db", 0, "FILE", "the history ($XDG_STATE_HOME/fivewhys/history.db)" },
	{ "rules", 'r', "PATH", "rules (file or folder, repeatable) instead of those shipped" },
	{ "add-rules", 'a', "PATH", "rules besides those shipped; they win over equal ids" },
	{ "offline", 0, NULL, "look at this machine only" },
	{ "json", 0, NULL, "print JSON" },
	{ 0 },
};

static const struct option_spec *const doctor_tables[] = { doctor_options, cmd_common_options,
	NULL };

static doctor_check *const checks[] = {
	doctor_store,
	doctor_rules,
	doctor_templates,
	doctor_endpoint,
	doctor_credentials,
	doctor_quota,
	doctor_project,
};

static const char *const level_names[] = {
	[DOCTOR_OK] = "ok",
	[DOCTOR_WARNING] = "warning",
	[DOCTOR_PROBLEM] = "problem",
	[DOCTOR_SKIPPED] = "skipped",
};

void doctor_add(struct doctor *doctor, const char *name, enum doctor_level level, char *text,
	const char *advice, int status)
{
	doctor->findings =
		mem_grow(doctor, doctor->findings, doctor->count, sizeof(*doctor->findings));
	utf8_tidy(text, strlen(text), ' '); /* paths and what services say may hold anything */
	doctor->findings[doctor->count++] = (struct doctor_finding){ name, level,
		talloc_steal(doctor, text), advice, level == DOCTOR_PROBLEM ? status : 0 };
}

static void print_text(const struct doctor *doctor)
{
	for (size_t i = 0; i < doctor->count; i++) {
		const struct doctor_finding *finding = &doctor->findings[i];

		printf("%-8s %-12s %s%s%s\n", level_names[finding->level], finding->name,
			finding->text, finding->advice != NULL ? "; " : "",
			finding->advice != NULL ? finding->advice : "");
	}
}

static void print_json(const struct doctor *doctor)
{
	cJSON *tree = mem_check(cJSON_CreateObject());
	cJSON *list;
	char *text;

	cJSON_AddNumberToObject(tree, "schema_version", 1);
	list = mem_check(cJSON_AddArrayToObject(tree, "checks"));
	for (size_t i = 0; i < doctor->count; i++) {
		const struct doctor_finding *finding = &doctor->findings[i];
		cJSON *item = mem_check(cJSON_CreateObject());

		cJSON_AddStringToObject(item, "name", finding->name);
		cJSON_AddStringToObject(item, "level", level_names[finding->level]);
		cJSON_AddStringToObject(item, "text", finding->text);
		if (finding->advice != NULL)
			cJSON_AddStringToObject(item, "advice", finding->advice);
		else
			cJSON_AddNullToObject(item, "advice");
		cJSON_AddItemToArray(list, item);
	}
	text = mem_check(cJSON_Print(tree));
	puts(text);
	cJSON_free(text);
	cJSON_Delete(tree);
}

/* That of the first problem. */
static int status_of(const struct doctor *doctor)
{
	for (size_t i = 0; i < doctor->count; i++)
		if (doctor->findings[i].level == DOCTOR_PROBLEM)
			return doctor->findings[i].status;
	return STATUS_ANALYSED;
}

static int examine(struct doctor *doctor)
{
	for (size_t i = 0; i < sizeof(checks) / sizeof(checks[0]); i++)
		checks[i](doctor);
	if (doctor->json)
		print_json(doctor);
	else
		print_text(doctor);
	return status_of(doctor);
}

static int take(void *context, const struct option_spec *spec, const char *value, struct err *err)
{
	struct doctor *doctor = context;

	(void)value;
	(void)err;
	doctor->json |= strcmp(spec->name, "json") == 0;
	doctor->offline |= strcmp(spec->name, "offline") == 0;
	return 0;
}

static int run_doctor(int argc, char **argv, struct err *err)
{
	struct doctor *doctor = mem_new(NULL, struct doctor);
	struct request *request = &doctor->request;
	int status = -1;

	*request = (struct request){ .command = &doctor_command, .tables = doctor_tables };
	if (request_parse(request, argc, argv, take, doctor, err) == 0) {
		if (request->done)
			status = STATUS_ANALYSED;
		else if (request->arguments[0] != NULL)
			err_fill(err, ERR_USAGE, "doctor takes options only, not \"%s\"",
				request->arguments[0]);
		else
			status = examine(doctor);
	}
	talloc_free(doctor);
	return status;
}

const struct command doctor_command = {
	.name = "doctor",
	.usage = "[OPTION]...",
	.summary = "Say what will work here, and what to do where it will not",
	.help = "  fivewhys doctor --project demo-project    all of it, with one small request\n"
		"  fivewhys doctor --offline                 this machine only\n",
	.tables = doctor_tables,
	.run = run_doctor,
};
