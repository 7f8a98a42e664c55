/* Filling in the texts of rules. */
#include "reason/statement.h"

#include <string.h>

#include "template/template.h"

static void bind(cJSON *data, const char *name, const char *value)
{
	if (value != NULL && !cJSON_HasObjectItem(data, name))
		mem_check(cJSON_AddStringToObject(data, name, value));
}

static void bind_all(cJSON *data, const struct binding *bindings, size_t count)
{
	for (size_t i = 0; i < count; i++)
		bind(data, bindings[i].name, bindings[i].value);
}

static void bind_keys(cJSON *data, const struct spot *spot)
{
	static const char *const keys[] = { "service", "trace", "span", "revision", "instance",
		"test", "run", "pod", "thread", "log", "source" };

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		bind(data, keys[i], finding_value(spot->finding, spot->occurrence, keys[i]));
}

static void bind_figures(cJSON *data, const struct why *why)
{
	char text[WHEN_TEXT];

	if (why->finding == NULL)
		return;
	bind(data, "first", when_format(why->first, text));
	bind(data, "last", when_format(why->last, text));
	snprintf(text, sizeof(text), "%llu", (unsigned long long)why->count);
	bind(data, "count", text);
	if (why->link.edge != NULL && why->link.gap != TIME_NONE)
		bind(data, "gap", when_format_duration(why->link.gap, text));
}

static cJSON *bindings(const struct spot *spot, const struct why *why, const struct unit *unit)
{
	cJSON *data = mem_check(cJSON_CreateObject());

	if (spot->finding != NULL) {
		bind_all(data, spot->occurrence->bindings, spot->occurrence->binding_count);
		bind_all(data, spot->finding->keys, spot->finding->key_count);
		bind_keys(data, spot);
	}
	bind_figures(data, why);
	if (unit->test != NULL)
		bind(data, "test", unit->test->name);
	return data;
}

/* A name that nothing binds would leave a hole in the sentence. */
struct check {
	const cJSON *data;
	bool hole;
};

static void look_up(void *context, const char *name, unsigned line, unsigned column)
{
	struct check *check = context;

	(void)line;
	(void)column;
	check->hole |= !cJSON_HasObjectItem(check->data, name);
}

const char *statement_of(TALLOC_CTX *mem, const struct cause *cause, const struct spot *spot,
	const struct why *why, const struct unit *unit)
{
	struct check check = { bindings(spot, why, unit), false };
	const char *text = cause->why != NULL ? cause->why : cause->title;
	struct template *template = NULL;
	struct err err = { 0 };

	if (cause->cre) {
		cJSON_Delete((cJSON *)check.data);
		return text;
	}
	/* only what was observed has captures; what was not is told by its title */
	if (why->finding == NULL && text != cause->title &&
		template_parse(mem, cause->id, text, strlen(text), &template, &err) == 0) {
		template_names(template, look_up, &check);
		talloc_free(template);
	}
	cJSON_Delete((cJSON *)check.data);
	return statement_fill(mem, check.hole ? cause->title : text, spot, why, unit);
}

const char *statement_fill(TALLOC_CTX *mem, const char *text, const struct spot *spot,
	const struct why *why, const struct unit *unit)
{
	const struct template_options options = { .escape = NULL };
	struct template *template = NULL;
	struct err err = { 0 };
	char *out = NULL;
	cJSON *data;

	if (text == NULL || strstr(text, "{{") == NULL)
		return text;
	if (template_parse(mem, "text", text, strlen(text), &template, &err) < 0)
		return text;
	data = bindings(spot, why, unit);
	if (template_expand(mem, template, data, &options, &out, &err) < 0)
		out = mem_strdup(mem, text);
	cJSON_Delete(data);
	talloc_free(template);
	return out;
}
