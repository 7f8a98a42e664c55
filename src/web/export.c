/* All pages as files, in an order that leaves no link without its page when it is interrupted. */
#include <string.h>

#include "web/site.h"

#define BATCH 500 /* rows that are read at a time */

struct export
{
	const struct web_site *site;
	web_put *put;
	void *context;
	const char *next; /* where the list goes on whose part was put last; NULL: it ends */
	char next_text[64];
};

/* The page for TARGET as the file PATH. */
static int put_page(struct export *export, const char *target, unsigned number, const char *path,
	struct err *err)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct view view = {
		.mem = mem, .site = export->site, .is_static = true, .number = number
	};
	struct web_answer answer = { 0 };
	int result = target_parse(mem, target, &view.target, err);

	if (result == 0)
		result = site_page(&view, &answer, err);
	if (result == 0)
		result = export->put(export->context, path, answer.body, answer.length, err);
	export->next = NULL;
	if (result == 0 && view.next != NULL) {
		snprintf(export->next_text, sizeof(export->next_text), "%s", view.next);
		export->next = export->next_text;
	}
	talloc_free(mem);
	return result;
}

/* A page whose file is named like it: "FOLDER/NAME" is FOLDER/NAME.html. */
static int put_named(struct export *export, const char *name, struct err *err)
{
	char target[VIEW_NAME + 32], path[VIEW_NAME + 32];

	snprintf(target, sizeof(target), "/%s", name);
	snprintf(path, sizeof(path), "%s.html", name);
	return put_page(export, target, 1, path, err);
}

/* NAME.html, NAME-2.html, ... */
static int put_list(struct export *export, const char *name, struct err *err)
{
	char target[128], path[64];

	if (put_named(export, name, err) < 0)
		return -1;
	for (unsigned number = 2; export->next != NULL; number++) {
		snprintf(target, sizeof(target), "/%s?before=%s", name, export->next);
		snprintf(path, sizeof(path), "%s-%u.html", name, number);
		if (put_page(export, target, number, path, err) < 0)
			return -1;
	}
	return 0;
}

static int put_incidents(struct export *export, struct err *err)
{
	struct store_incident_filter filter = { .since = TIME_NONE, .limit = BATCH };
	struct store_incident *items;
	size_t count = BATCH;
	int result = 0;

	while (result == 0 && count == BATCH) {
		TALLOC_CTX *mem = talloc_new(NULL);

		result = store_incidents(
			mem, export->site->options.store, &filter, &items, &count, err);
		for (size_t i = 0; result == 0 && i < count; i++) {
			char name[48];

			snprintf(name, sizeof(name), "incidents/%lld", (long long)items[i].id);
			result = put_named(export, name, err);
			filter.before_run = items[i].history.last_run;
			filter.before_id = items[i].id;
		}
		talloc_free(mem);
	}
	return result;
}

/* A run, and what changed since the one before it. */
static int put_run(struct export *export, int64_t id, int64_t before, struct err *err)
{
	char name[64];

	snprintf(name, sizeof(name), "runs/%lld", (long long)id);
	if (put_named(export, name, err) < 0)
		return -1;
	if (before == 0)
		return 0;
	snprintf(name, sizeof(name), "compare/%lld-%lld", (long long)before, (long long)id);
	return put_named(export, name, err);
}

static int put_runs(struct export *export, struct err *err)
{
	const struct store_filter filter = { .since = TIME_NONE };
	TALLOC_CTX *mem = talloc_new(NULL);
	struct run **runs;
	size_t count;
	int result = store_runs(mem, export->site->options.store, &filter, &runs, &count, err);

	for (size_t i = 0; result == 0 && i < count; i++)
		result = put_run(export, runs[i]->id, i > 0 ? runs[i - 1]->id : 0, err);
	talloc_free(mem);
	return result;
}

static int put_rules(struct export *export, struct err *err)
{
	const struct rules *rules = export->site->options.rules;
	char name[VIEW_NAME + 16];

	for (size_t i = 0; i < rules_cause_count(rules); i++) {
		const char *id = rules_cause(rules, i)->id;

		if (strlen(id) > VIEW_NAME)
			continue;
		snprintf(name, sizeof(name), "rules/%s", id);
		if (put_named(export, name, err) < 0)
			return -1;
	}
	return 0;
}

int web_export(const struct web_site *site, web_put *put, void *context, struct err *err)
{
	struct export export = { .site = site, .put = put, .context = context };

	if (put(context, "style.css", site->css, strlen(site->css), err) < 0 ||
		put(context, "icon.svg", site->icon, strlen(site->icon), err) < 0 ||
		put_rules(&export, err) < 0 || put_runs(&export, err) < 0 ||
		put_incidents(&export, err) < 0)
		return -1;
	if (put_list(&export, "incidents", err) < 0 || put_list(&export, "runs", err) < 0 ||
		put_named(&export, "causes", err) < 0 || put_named(&export, "rules", err) < 0 ||
		put_named(&export, "progress", err) < 0 || put_named(&export, "stats", err) < 0)
		return -1;
	return put_page(&export, "/", 1, "index.html", err);
}
