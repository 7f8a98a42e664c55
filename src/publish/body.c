/* The comment: comment.md over the tree of the report, and little of it. */
#include "publish/body.h"

#include <string.h>

#define INCIDENTS_MAX 3 /* that are told whole */
#define OTHERS_MAX 20 /* that are named */
#define UNKNOWN_MAX 3
#define EVIDENCE_MAX 3 /* quotes of one why */

enum body_news body_news(const struct diagnosis *diagnosis)
{
	if (diagnosis->failed || diagnosis->incident_count + diagnosis->undiagnosed_count > 0)
		return BODY_RED;
	return diagnosis->run->counts.passed > 0 && diagnosis->run->complete ? BODY_GREEN
									     : BODY_UNPROVEN;
}

struct marker body_marker(
	TALLOC_CTX *mem, const struct diagnosis *diagnosis, const struct publish_options *options)
{
	const struct build *build = options->build;
	const char *scope = build->scope != NULL ? build->scope : build->repository;

	return (struct marker){ .key = marker_key(mem, scope != NULL ? scope : "-", options->key),
		.run = build->run,
		.attempt = build->attempt,
		.job = build->job,
		.resolved = body_news(diagnosis) == BODY_GREEN };
}

static cJSON *list_of(const cJSON *object, const char *name)
{
	return cJSON_GetObjectItemCaseSensitive(object, name);
}

static bool is_true(const cJSON *object, const char *name)
{
	return cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(object, name));
}

/* The first COUNT items of LIST stay, the rest goes to OTHERS. */
static void move_rest(cJSON *list, size_t count, cJSON *others)
{
	while (object_count(list) > count)
		cJSON_AddItemToArray(others, cJSON_DetachItemFromArray(list, (int)count));
}

static void cut_list(cJSON *object, const char *name, const char *left_out, size_t count)
{
	cJSON *list = list_of(object, name);
	size_t all = object_count(list);

	while (object_count(list) > count)
		cJSON_DeleteItemFromArray(list, (int)count);
	object_number(object, left_out, all > count ? (double)(all - count) : 0);
}

/* What stands behind the deepest why that has any: the line that decided. */
static void add_deciding(cJSON *root, const cJSON *incident)
{
	const cJSON *why;

	cJSON_ArrayForEach(why, list_of(incident, "whys"))
	{
		cJSON *quotes = list_of(root, "deciding");
		const cJSON *evidence;
		int count = 0;

		if (!is_true(why, "ends_here"))
			continue;
		cJSON_ArrayForEach(evidence, list_of(why, "evidence"))
		{
			if (count++ < EVIDENCE_MAX)
				cJSON_AddItemToArray(quotes, cJSON_Duplicate(evidence, true));
		}
	}
}

static void add_quotes(cJSON *root)
{
	const cJSON *incident;

	object_list(root, "deciding");
	cJSON_ArrayForEach(incident, list_of(root, "incidents"))
	{
		add_deciding(root, incident);
	}
	object_flag(root, "has_deciding", object_count(list_of(root, "deciding")) > 0);
}

static void add_actions(cJSON *root)
{
	const cJSON *incident;
	bool any = false;

	cJSON_ArrayForEach(incident, list_of(root, "incidents"))
	{
		any = any || is_true(incident, "has_actions");
	}
	object_flag(root, "has_actions", any);
}

static void add_incidents(cJSON *root)
{
	cJSON *others = object_list(root, "others");
	cJSON *unknown = list_of(root, "undiagnosed");
	size_t before = object_count(unknown);
	const cJSON *left = list_of(root, "undiagnosed_left_out");
	double more = cJSON_IsNumber(left) ? left->valuedouble : 0;

	move_rest(list_of(root, "incidents"), INCIDENTS_MAX, others);
	cut_list(root, "others", "others_left_out", OTHERS_MAX);
	while (object_count(unknown) > UNKNOWN_MAX)
		cJSON_DeleteItemFromArray(unknown, UNKNOWN_MAX);
	object_number(root, "unknown_left_out", more + (double)(before - object_count(unknown)));
	object_flag(root, "has_others", object_count(others) > 0);
}

static void add_build(cJSON *root, const struct diagnosis *diagnosis, const struct build *build)
{
	const char *label = build->label != NULL ? build->label : build->name;
	const char *commit =
		diagnosis->run->commit != NULL ? diagnosis->run->commit : build->commit;

	object_text(root, "build", label != NULL ? label : "the build");
	object_text(root, "url", build->url);
	if (commit != NULL)
		object_format(root, "commit", "%.12s", commit);
	object_flag(root, "kept", diagnosis->run->kept);
}

int publish_body(TALLOC_CTX *mem, const struct diagnosis *diagnosis,
	const struct publish_options *options, const struct render_options *render, char **out,
	struct err *err)
{
	cJSON *root = render_tree(diagnosis, RENDER_MARKDOWN, render);
	const struct marker marker = body_marker(mem, diagnosis, options);
	size_t length;
	char *text;

	object_text(root, "marker", marker_write(mem, &marker));
	object_flag(root, "green", marker.resolved);
	add_build(root, diagnosis, options->build);
	add_incidents(root);
	add_quotes(root);
	add_actions(root);
	if (sheet_render(mem, root, "comment", RENDER_MARKDOWN, render, &text, &length, err) < 0)
		return -1;
	*out = fit_comment(mem, text);
	return 0;
}
