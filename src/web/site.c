/* From the target of a request to a page. */
#include "web/site.h"

#include <string.h>

#include "web/route.h"

#define HTML "text/html; charset=utf-8"
#define JSON "application/json"

int web_site_new(
	TALLOC_CTX *mem, const struct web_options *options, struct web_site **out, struct err *err)
{
	struct web_site *site = mem_new(mem, struct web_site);
	const struct render_options rendering = { .folders = options->folders };

	site->options = *options;
	if (sheet_plain(site, "web.css", &rendering, &site->css, err) < 0 ||
		sheet_plain(site, "web-icon.svg", &rendering, &site->icon, err) < 0) {
		talloc_free(site);
		return -1;
	}
	*out = site;
	return 0;
}

/* How far the data go, and whether that is too long ago. */
static int add_until(struct view *view, cJSON *tree, struct err *err)
{
	const struct web_options *options = &view->site->options;
	struct run **runs;
	int64_t until;
	size_t count;

	if (store_runs_newest(view->mem, options->store, 0, 1, &runs, &count, err) < 0)
		return -1;
	if (count == 0)
		return 0;
	until = runs[0]->last != TIME_NONE ? runs[0]->last : runs[0]->recorded;
	object_time(tree, "until", until);
	view_day(tree, "until_words", until);
	object_flag(tree, "is_stale",
		options->now != NULL && options->stale > 0 && until != TIME_NONE &&
			when_difference(options->now(), until) > options->stale);
	return 0;
}

/* What every page has around it. */
static int add_frame(struct view *view, const char *part, cJSON *tree, struct err *err)
{
	size_t depth = 0;

	for (const char *c = view->target.path; *c != '\0'; c++)
		depth += *c == '/';
	object_text(tree, "base", !view->is_static ? "/" : depth > 1 ? "../" : "");
	object_text(tree, "index", view->is_static ? "index.html" : "");
	object_text(tree, "ending", view->is_static ? ".html" : "");
	object_flag(tree, "live", !view->is_static);
	object_text(tree, "program", PACKAGE_NAME);
	object_text(tree, "program_version", PACKAGE_VERSION);
	object_text(tree, "page_title", view->title);
	if (part != NULL)
		object_flag(tree, mem_printf(view->mem, "at_%s", part), true);
	return add_until(view, tree, err);
}

static int put_html(struct view *view, const struct route *route, cJSON *tree,
	struct web_answer *answer, struct err *err)
{
	const struct render_options options = view_render_options(view);

	if (add_frame(view, route->part, tree, err) < 0) {
		cJSON_Delete(tree);
		return -1;
	}
	answer->type = HTML;
	return sheet_render(view->mem, tree, route->sheet, RENDER_HTML, &options, &answer->body,
		&answer->length, err);
}

int site_page(struct view *view, struct web_answer *answer, struct err *err)
{
	const struct render_options options = view_render_options(view);
	const char *format = target_get(&view->target, "format");
	const struct route *route = route_find(view->target.path, view);
	cJSON *tree;

	if (route == NULL)
		return err_set(err, ERR_NOT_FOUND, "no page has this address");
	view->json = format != NULL && strcmp(format, "json") == 0;
	if (format != NULL && !view->json && strcmp(format, "html") != 0)
		return err_set(err, ERR_FORMAT, "format is html or json");
	answer->status = 200;
	answer->type = JSON;
	if (view->json && route->json != NULL)
		return route->json(view, &answer->body, &answer->length, err);
	tree = object_new();
	if (view->json)
		object_number(tree, "schema_version", 1);
	if (route->fill(view, tree, err) < 0) {
		cJSON_Delete(tree);
		return -1;
	}
	if (!view->json)
		return put_html(view, route, tree, answer, err);
	return sheet_render(view->mem, tree, route->sheet, RENDER_JSON, &options, &answer->body,
		&answer->length, err);
}

/* Where not even the template of messages can be had, the words alone are sent. */
static void put_message(
	struct view *view, const char *sheet, unsigned status, cJSON *tree, struct web_answer *out)
{
	const struct route route = { .sheet = sheet };
	struct err err = { 0 };

	*out = (struct web_answer){ .status = status };
	if (view->target.path == NULL)
		view->target.path = "/";
	if (put_html(view, &route, tree, out, &err) == 0)
		return;
	log_warn("%s", err.text);
	out->type = "text/plain; charset=utf-8";
	out->body = mem_printf(view->mem, "%s\n", view->title);
	out->length = strlen(out->body);
}

void web_message(TALLOC_CTX *mem, const struct web_site *site, unsigned status, const char *title,
	const char *text, struct web_answer *out)
{
	struct view view = { .mem = mem, .site = site, .title = title };
	cJSON *tree = object_new();

	object_text(tree, "message", text);
	put_message(&view, "web-message", status, tree, out);
}

void web_login(TALLOC_CTX *mem, const struct web_site *site, bool wrong, struct web_answer *out)
{
	struct view view = { .mem = mem, .site = site, .title = "Token" };
	cJSON *tree = object_new();

	object_flag(tree, "wrong", wrong);
	put_message(&view, "web-login", 401, tree, out);
}

/* What is wrong with the machine is told to whoever runs it, not to whoever asks. */
static void put_failure(TALLOC_CTX *mem, const struct web_site *site, const struct err *failure,
	struct web_answer *out)
{
	const char *text = failure->text;

	if (failure->code == ERR_NOT_FOUND)
		web_message(mem, site, 404, "There is no such page",
			"What it was about may be in another history, or the address is mistyped.",
			out);
	else if (failure->code == ERR_FORMAT)
		web_message(mem, site, 400, "This address cannot be read", text, out);
	else if (failure->code == ERR_LIMIT)
		web_message(mem, site, 414, "This address is too long", text, out);
	else {
		log_warn("a page could not be made: %s", text);
		web_message(mem, site, 500, "This page could not be made",
			"The program that serves it has said why, where it was started.", out);
	}
}

/* What all readers share is made once. */
static bool put_shared(const struct web_site *site, const char *path, struct web_answer *out)
{
	bool icon = strcmp(path, "/icon.svg") == 0;

	if (!icon && strcmp(path, "/style.css") != 0)
		return false;
	*out = (struct web_answer){ .status = 200,
		.type = icon ? "image/svg+xml" : "text/css; charset=utf-8",
		.body = icon ? site->icon : site->css,
		.lasting = true };
	out->length = strlen(out->body);
	return true;
}

void web_answer(
	TALLOC_CTX *mem, const struct web_site *site, const char *target, struct web_answer *out)
{
	struct view view = { .mem = mem, .site = site };
	struct err err = { 0 };

	*out = (struct web_answer){ 0 };
	if (target_parse(mem, target, &view.target, &err) == 0 &&
		(put_shared(site, view.target.path, out) || site_page(&view, out, &err) == 0))
		return;
	put_failure(mem, site, &err, out);
}
