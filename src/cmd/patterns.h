/* What a project's settings say of secrets of its own: "redact-patterns". */
#ifndef CMD_PATTERNS_H
#define CMD_PATTERNS_H

#include <yaml.h>

#include "source/source.h"

/*
 * Add the patterns that NODE, a list of mappings with name and regex, says to REDACTION. ERR_USAGE,
 * with the place in PATH; those before the fault were added.
 */
int patterns_read(struct redaction *redaction, yaml_document_t *document, const yaml_node_t *node,
	const char *path, struct err *err);

#endif
