/* What is beyond this machine: credentials, and whether they may read logs. */
#include <stdlib.h>
#include <string.h>

#include "cmd/cmd.h"
#include "cmd/doctor.h"

#define SKEW_WARNING (60 * WHEN_SECOND)
#define SKEW_PROBLEM (300 * WHEN_SECOND) /* statements of service accounts are refused */

static const char skipped[] = "not looked at, as nothing beyond this machine is (--offline)";

static void skip(struct doctor *doctor, const char *name, const char *why)
{
	doctor_add(doctor, name, DOCTOR_SKIPPED, mem_strdup(doctor, why), NULL, 0);
}

static void problem(
	struct doctor *doctor, const char *name, const struct err *err, const char *advice)
{
	int status = err->code == ERR_USAGE ? STATUS_USAGE : STATUS_SOURCE;

	doctor_add(doctor, name, DOCTOR_PROBLEM, mem_strdup(doctor, err->text), advice, status);
}

/* The variable that names a proxy for https; its value may hold a password. */
static const char *proxy_variable(void)
{
	static const char *const names[] = { "https_proxy", "HTTPS_PROXY", "all_proxy",
		"ALL_PROXY" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++) {
		const char *value = getenv(names[i]);

		if (value != NULL && value[0] != '\0')
			return names[i];
	}
	return NULL;
}

/* Who has no credentials and wants no project only reads files. */
static void tell_failure(struct doctor *doctor, const struct err *err)
{
	bool wanted = settings_get(doctor->request.settings, "project") != NULL;

	if (err->code == ERR_NOT_FOUND && !wanted)
		doctor_add(doctor, "credentials", DOCTOR_WARNING, mem_strdup(doctor, err->text),
			"files are read without", 0);
	else
		problem(doctor, "credentials", err, NULL);
}

void doctor_endpoint(struct doctor *doctor)
{
	const char *proxy = proxy_variable();
	struct cloud_identity identity;
	struct err err;

	if (setup_cloud(doctor, doctor->request.settings, &doctor->cloud, &err) < 0) {
		tell_failure(doctor, &err);
		return;
	}
	cloud_identify(doctor->cloud, &identity);
	doctor_add(doctor, "endpoint", DOCTOR_OK,
		mem_printf(doctor, "%s%s%s%s", identity.endpoint,
			proxy != NULL ? ", through the proxy of " : "", proxy != NULL ? proxy : "",
			proxy != NULL ? " unless no_proxy has it" : ""),
		NULL, 0);
}

static void tell_credentials(struct doctor *doctor)
{
	struct cloud_identity identity;
	char when[WHEN_TEXT];

	cloud_identify(doctor->cloud, &identity);
	doctor_add(doctor, "credentials", DOCTOR_OK,
		mem_printf(doctor, "%s (%s)%s%s: a token, %s%s", identity.kind, identity.origin,
			identity.account != NULL ? " of " : "",
			identity.account != NULL ? identity.account : "",
			identity.expiry != TIME_NONE ? "good until "
						     : "nobody says how long it is good",
			identity.expiry != TIME_NONE
				? when_format(identity.expiry / WHEN_SECOND * WHEN_SECOND, when)
				: ""),
		NULL, 0);
}

void doctor_credentials(struct doctor *doctor)
{
	struct cloud_identity identity;
	struct err err;

	if (doctor->cloud == NULL)
		return;
	cloud_identify(doctor->cloud, &identity);
	if (doctor->offline) {
		doctor_add(doctor, "credentials", DOCTOR_SKIPPED,
			mem_printf(doctor, "%s (%s): no token was asked for (--offline)",
				identity.kind, identity.origin),
			NULL, 0);
		return;
	}
	if (cloud_authorise(doctor->cloud, &err) < 0) {
		tell_failure(doctor, &err);
		talloc_free(doctor->cloud);
		doctor->cloud = NULL;
		return;
	}
	tell_credentials(doctor);
}

void doctor_quota(struct doctor *doctor)
{
	struct cloud_identity identity;

	if (doctor->cloud == NULL)
		return;
	cloud_identify(doctor->cloud, &identity);
	if (identity.quota_project != NULL)
		doctor_add(doctor, "quota", DOCTOR_OK,
			mem_printf(doctor, "requests count for the project %s",
				identity.quota_project),
			NULL, 0);
	else if (identity.shares_quota)
		doctor_add(doctor, "quota", DOCTOR_WARNING,
			mem_strdup(doctor,
				"requests count for a project that all users of gcloud share"),
			"gcloud auth application-default set-quota-project ID, or "
			"GOOGLE_CLOUD_QUOTA_PROJECT=ID",
			0);
	else
		doctor_add(doctor, "quota", DOCTOR_OK,
			mem_strdup(doctor, "requests count for the project of the credentials"),
			NULL, 0);
}

static void tell_clock(struct doctor *doctor, const struct cloud_probe *probe)
{
	int64_t skew = when_difference(probe->now, probe->date);
	int64_t size = skew < 0 ? -skew : skew;
	enum doctor_level level = size >= SKEW_PROBLEM	 ? DOCTOR_PROBLEM
				  : size >= SKEW_WARNING ? DOCTOR_WARNING
							 : DOCTOR_OK;
	char text[WHEN_TEXT];

	if (probe->date == TIME_NONE)
		return;
	when_format_duration(size / WHEN_SECOND * WHEN_SECOND, text);
	/* the service tells whole seconds, and an answer takes a while */
	if (size < 5 * WHEN_SECOND)
		doctor_add(doctor, "clock", DOCTOR_OK,
			mem_strdup(doctor, "agrees with that of the service"), NULL, 0);
	else
		doctor_add(doctor, "clock", level,
			mem_printf(doctor, "is %s %s that of the service", text,
				skew < 0 ? "behind" : "ahead of"),
			level != DOCTOR_OK ? "set it: tokens and windows of time depend on it"
					   : NULL,
			STATUS_SOURCE);
}

void doctor_project(struct doctor *doctor)
{
	struct cloud_identity identity;
	struct cloud_probe probe;
	struct err err;

	if (doctor->offline) {
		skip(doctor, "project", skipped);
		return;
	}
	if (doctor->cloud == NULL) {
		skip(doctor, "project", "not looked at, as there is no token");
		return;
	}
	cloud_identify(doctor->cloud, &identity);
	if (identity.project == NULL) {
		skip(doctor, "project", "not looked at, as none is named (--project)");
		return;
	}
	if (cloud_probe(doctor->cloud, &probe, &err) < 0)
		problem(doctor, "project", &err, NULL);
	else
		doctor_add(doctor, "project", DOCTOR_OK,
			mem_printf(doctor, "the logs of %s can be read", identity.project), NULL,
			0);
	tell_clock(doctor, &probe);
}
