/* Settings and where they come from. */
#include <limits.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>
#include <yaml.h>

#include "cmd/capabilities.h"
#include "cmd/options.h"
#include "cmd/patterns.h"
#include "cmd/setup.h"

#define FILE_MAX (1U << 20)

static const struct {
	const char *name, *variable;
	bool list;
	const char *built_in;
	bool is_personal; /* a checkout, which may be anybody's, has no say in it */
} table[] = {
	{ "rules", "FIVEWHYS_RULES", true, NULL, false },
	{ "add-rules", "FIVEWHYS_ADD_RULES", true, NULL, false },
	{ "db", "FIVEWHYS_DB", false, NULL, false },
	{ "tz", "FIVEWHYS_TZ", false, NULL, false },
	{ "format", "FIVEWHYS_FORMAT", false, NULL, false },
	{ "color", "FIVEWHYS_COLOR", false, "auto", false },
	{ "label", "FIVEWHYS_LABEL", false, NULL, false },
	{ "commit", "FIVEWHYS_COMMIT", false, NULL, false },
	{ "branch", "FIVEWHYS_BRANCH", false, NULL, false },
	{ "environment", "FIVEWHYS_ENVIRONMENT", false, NULL, false },
	{ "project", "FIVEWHYS_PROJECT", false, NULL, false },
	{ "endpoint", "FIVEWHYS_ENDPOINT", false, NULL, true },
	{ "redact", "FIVEWHYS_REDACT", true, "email", false },
	{ "quota-project", "FIVEWHYS_QUOTA_PROJECT", false, NULL, false },
};

#define SETTING_COUNT (sizeof(table) / sizeof(table[0]))

struct setting {
	const char **values; /* NULL-terminated */
	size_t count;
	const char *origin;
};

struct settings {
	struct setting items[SETTING_COUNT];
	bool in_project; /* the file that is being read belongs to a checkout */
	struct redaction *redaction; /* what files say of it, which adds up */
	struct capabilities capabilities; /* of the project; no setting, as it is no text */
};

static size_t index_of(const char *name)
{
	size_t i = 0;

	while (i < SETTING_COUNT && strcmp(table[i].name, name) != 0)
		i++;
	return i;
}

static void add_value(struct settings *settings, size_t index, const char *value)
{
	struct setting *setting = &settings->items[index];

	if (!table[index].list)
		setting->count = 0;
	setting->values =
		mem_grow(settings, setting->values, setting->count + 1, sizeof(*setting->values));
	setting->values[setting->count++] = mem_strdup(settings, value);
	setting->values[setting->count] = NULL;
}

/* Values from a stronger origin replace all those of a weaker one. */
static void begin_origin(struct settings *settings, size_t index, const char *origin)
{
	settings->items[index].count = 0;
	settings->items[index].origin = origin;
}

const char *settings_name(size_t index)
{
	return index < SETTING_COUNT ? table[index].name : NULL;
}

void settings_set(struct settings *settings, const char *name, const char *value)
{
	size_t index = index_of(name);
	const char *origin = settings->items[index].origin;

	if (origin == NULL || strcmp(origin, "flag") != 0)
		begin_origin(settings, index, "flag");
	add_value(settings, index, value);
}

bool settings_option(struct settings *settings, const char *name, const char *value)
{
	if (index_of(name) == SETTING_COUNT)
		return false;
	settings_set(settings, name, value);
	return true;
}

const char *settings_get(const struct settings *settings, const char *name)
{
	const struct setting *setting = &settings->items[index_of(name)];

	return setting->count > 0 ? setting->values[0] : NULL;
}

const char *const *settings_list(const struct settings *settings, const char *name)
{
	static const char *const none[] = { NULL };
	const struct setting *setting = &settings->items[index_of(name)];

	return setting->count > 0 ? setting->values : none;
}

const char *settings_origin(const struct settings *settings, const char *name)
{
	return settings->items[index_of(name)].origin;
}

const struct capability *settings_capabilities(const struct settings *settings, size_t *count)
{
	*count = settings->capabilities.count;
	return settings->capabilities.items;
}

const char *settings_capabilities_origin(const struct settings *settings)
{
	return settings->capabilities.origin;
}

int settings_redaction(
	const struct settings *settings, const struct redaction **out, struct err *err)
{
	const char *origin = settings_origin(settings, "redact");

	*out = settings->redaction;
	if (redaction_kinds(settings->redaction, settings_list(settings, "redact"), err) < 0)
		return strcmp(origin, "flag") == 0 ? -1 : err_wrap(err, "%s", origin);
	return 0;
}

/* One "name: value" or "name: [value, ...]" of a file. */
static int take_pair(struct settings *settings, yaml_document_t *document, const char *path,
	const yaml_node_pair_t *pair, struct err *err)
{
	const yaml_node_t *key = yaml_document_get_node(document, pair->key);
	const yaml_node_t *value = yaml_document_get_node(document, pair->value);
	unsigned line = (unsigned)key->start_mark.line + 1;
	const char *name = key->type == YAML_SCALAR_NODE ? (char *)key->data.scalar.value : "";
	size_t index = index_of(name);

	if (strcmp(name, "capabilities") == 0)
		return capabilities_read(
			settings, document, value, path, &settings->capabilities, err);
	if (strcmp(name, "redact-patterns") == 0)
		return patterns_read(settings->redaction, document, value, path, err);
	if (index == SETTING_COUNT)
		return err_set(err, ERR_USAGE, "%s:%u: unknown setting \"%s\"", path, line, name);
	if (settings->in_project && table[index].is_personal)
		return err_set(err, ERR_USAGE,
			"%s:%u: %s decides where tokens go, and cannot be set in a checkout; set "
			"%s",
			path, line, name, table[index].variable);
	begin_origin(settings, index, mem_printf(settings, "%s:%u", path, line));
	if (value->type == YAML_SCALAR_NODE) {
		add_value(settings, index, (char *)value->data.scalar.value);
		return 0;
	}
	if (value->type != YAML_SEQUENCE_NODE || !table[index].list)
		return err_set(err, ERR_USAGE, "%s:%u: %s wants one value", path, line, name);
	for (yaml_node_item_t *item = value->data.sequence.items.start;
		item < value->data.sequence.items.top; item++) {
		const yaml_node_t *node = yaml_document_get_node(document, *item);

		if (node->type != YAML_SCALAR_NODE)
			return err_set(err, ERR_USAGE, "%s:%u: %s wants a list of texts", path,
				(unsigned)node->start_mark.line + 1, name);
		add_value(settings, index, (char *)node->data.scalar.value);
	}
	return 0;
}

static int take_document(
	struct settings *settings, yaml_document_t *document, const char *path, struct err *err)
{
	const yaml_node_t *root = yaml_document_get_root_node(document);
	int result = 0;

	if (root == NULL)
		return 0;
	if (root->type != YAML_MAPPING_NODE)
		return err_set(err, ERR_USAGE, "%s:1: settings are \"name: value\" lines", path);
	for (yaml_node_pair_t *pair = root->data.mapping.pairs.start;
		result == 0 && pair < root->data.mapping.pairs.top; pair++)
		result = take_pair(settings, document, path, pair, err);
	return result;
}

static int take_file(struct settings *settings, const char *path, struct err *err)
{
	yaml_document_t document;
	yaml_parser_t parser;
	size_t length;
	char *text;
	int result;

	if (access(path, F_OK) < 0)
		return 0;
	if (path_read(settings, path, FILE_MAX, &text, &length, err) < 0)
		return -1;
	if (yaml_parser_initialize(&parser) == 0)
		mem_check(NULL);
	yaml_parser_set_input_string(&parser, (unsigned char *)text, length);
	if (yaml_parser_load(&parser, &document)) {
		result = take_document(settings, &document, path, err);
		yaml_document_delete(&document);
	} else {
		result = err_set(err, ERR_USAGE, "%s:%u: %s", path,
			(unsigned)parser.problem_mark.line + 1, parser.problem);
	}
	yaml_parser_delete(&parser);
	return result;
}

/* The nearest .fivewhys.yaml, from this folder up; not beyond the top of a checkout. */
static int take_project(struct settings *settings, struct err *err)
{
	char folder[PATH_MAX];

	if (getcwd(folder, sizeof(folder)) == NULL)
		return 0;
	for (;;) {
		char *path = path_join(settings, folder, ".fivewhys.yaml");
		char *top = path_join(settings, folder, ".git");
		char *slash = strrchr(folder, '/');

		if (access(path, F_OK) == 0) {
			settings->in_project = true;
			return take_file(settings, path, err);
		}
		if (access(top, F_OK) == 0 || slash == NULL || slash == folder)
			return 0;
		*slash = '\0';
	}
}

static void take_variable(struct settings *settings, size_t index)
{
	const char *value = getenv(table[index].variable);

	if (value == NULL || value[0] == '\0')
		return;
	begin_origin(settings, index, table[index].variable);
	if (!table[index].list) {
		add_value(settings, index, value);
		return;
	}
	while (*value != '\0') {
		size_t length = strcspn(value, ":");

		if (length > 0)
			add_value(settings, index, mem_strndup(settings, value, length));
		value += length + (value[length] == ':');
	}
}

int settings_load(TALLOC_CTX *mem, struct settings **out, struct err *err)
{
	struct settings *settings = mem_new(mem, struct settings);

	settings->redaction = redaction_new(settings);
	for (size_t i = 0; i < SETTING_COUNT; i++)
		if (table[i].built_in != NULL) {
			begin_origin(settings, i, "built in");
			add_value(settings, i, table[i].built_in);
		}
	if (take_file(settings, path_config(settings, "config.yaml"), err) < 0 ||
		take_project(settings, err) < 0) {
		talloc_free(settings);
		return -1;
	}
	for (size_t i = 0; i < SETTING_COUNT; i++)
		take_variable(settings, i);
	*out = settings;
	return 0;
}
