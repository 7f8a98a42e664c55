/* What commands need before they begin: settings and rules. */
#ifndef CMD_SETUP_H
#define CMD_SETUP_H

#include "cloud/cloud.h"
#include "render/render.h"
#include "rule/rule.h"

/*
 * Settings, by precedence: a flag, then FIVEWHYS_NAME, then .fivewhys.yaml of the project (this
 * folder or the nearest above it), then $XDG_CONFIG_HOME/fivewhys/config.yaml, then built in.
 */
struct settings;

/* ERR_USAGE, with file and line, for a fault in a file. Owned by MEM. */
int settings_load(TALLOC_CTX *mem, struct settings **out, struct err *err);
/* A flag wins over all else; the lists ("rules", "add-rules") grow with each call. */
void settings_set(struct settings *settings, const char *name, const char *value);
/* NULL: nothing set it. Of a list the first value. */
const char *settings_get(const struct settings *settings, const char *name);
/* All values, NULL-terminated, never NULL. */
const char *const *settings_list(const struct settings *settings, const char *name);
/* "flag", "FIVEWHYS_TZ", a file's path with line, "built in"; NULL: nothing set it. */
const char *settings_origin(const struct settings *settings, const char *name);
/* The names of all settings, in order; NULL behind the last. */
const char *settings_name(size_t index);
/* Is NAME an option that names a setting? Then it is set, to VALUE. */
bool settings_option(struct settings *settings, const char *name, const char *value);

/* What "capabilities" of the nearest file says; owned by SETTINGS. */
const struct capability *settings_capabilities(const struct settings *settings, size_t *count);
/* Where they stand, "path:line"; NULL: nowhere. */
const char *settings_capabilities_origin(const struct settings *settings);

/* What "redact" and "redact-patterns" say, owned by SETTINGS. ERR_USAGE for an unknown kind. */
struct redaction;
int settings_redaction(
	const struct settings *settings, const struct redaction **out, struct err *err);

/*
 * The rules in force: --rules alone, or those of the user and then those shipped; --add-rules
 * before either. Faults are printed on stderr, each with its place. ERR_RULE if there are any.
 */
int setup_rules(
	TALLOC_CTX *mem, const struct settings *settings, struct rules **out, struct err *err);
/* The zone of times that bear none, from the setting "tz", if it is set. ERR_USAGE. */
int setup_offset(const struct settings *settings, struct source_options *options, struct err *err);
/* The client that the settings "project", "endpoint" and "quota-project" ask for; see cloud_new. */
int setup_cloud(
	TALLOC_CTX *mem, const struct settings *settings, struct cloud **out, struct err *err);
/* The paths that setup_rules loads, NULL-terminated, owned by MEM. */
const char **setup_rule_paths(TALLOC_CTX *mem, const struct settings *settings);
/* Faults of rules on OUT, a line each: "file:line:column: text". */
void setup_print_problems(const struct rule_problems *problems, FILE *out);
/* "fivewhys 0.1.0" and the digest of the rule set in force. */
int setup_print_version(struct err *err);
/* Folders where templates are looked for, NULL-terminated, owned by MEM. */
const char **setup_template_folders(TALLOC_CTX *mem);

#endif
