/* Whether logs may be read: the cheapest listing there is. */
#include <string.h>

#include "cloud/api.h"

#define ANSWER_MAX ((size_t)4 << 20) /* bytes: one entry, of 256 KiB at most, and its escapes */
#define WINDOW (3600 * WHEN_SECOND) /* without a bound in time a listing may take minutes */

/* The names of projects are letters, digits and "-", older ones have "." and ":". */
static bool is_project(const char *project)
{
	static const char allowed[] = "abcdefghijklmnopqrstuvwxyz0123456789-.:";

	return project[0] != '\0' && project[strspn(project, allowed)] == '\0';
}

static int ask(struct cloud *cloud, TALLOC_CTX *scratch, const char *project,
	struct cloud_probe *out, struct err *err)
{
	const struct cloud_clock *clock = cloud->session.clock;
	struct http_response response;
	char from[WHEN_TEXT];
	const char *body;

	when_format(clock->now(clock->context) - WINDOW, from);
	body = mem_printf(scratch,
		"{\"resourceNames\":[\"projects/%s\"],\"filter\":\"timestamp>=\\\"%s\\\"\","
		"\"orderBy\":\"timestamp desc\",\"pageSize\":1}",
		project, from);
	if (api_post(cloud, scratch,
		    &(struct api_request){ "v2/entries:list", body, strlen(body), ANSWER_MAX },
		    &response, err) < 0)
		return -1;
	out->date = response.date;
	out->now = clock->now(clock->context);
	return response.status == 200 ? 0 : api_refused(cloud, &response, err);
}

int cloud_probe(struct cloud *cloud, struct cloud_probe *out, struct err *err)
{
	TALLOC_CTX *scratch = talloc_new(NULL);
	struct cloud_identity identity;
	int result;

	*out = (struct cloud_probe){ .date = TIME_NONE, .now = TIME_NONE };
	cloud_identify(cloud, &identity);
	if (identity.project == NULL)
		result = err_set(err, ERR_USAGE, "no project is named");
	else if (!is_project(identity.project))
		result = err_set(
			err, ERR_USAGE, "\"%.60s\" is not the id of a project", identity.project);
	else
		result = ask(cloud, scratch, identity.project, out, err);
	talloc_free(scratch);
	return result;
}
