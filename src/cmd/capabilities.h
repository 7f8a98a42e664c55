/* What a project says of its capabilities, in its settings. */
#ifndef CMD_CAPABILITIES_H
#define CMD_CAPABILITIES_H

#include <yaml.h>

#include "reason/reason.h"

struct capabilities {
	struct capability *items;
	size_t count;
	const char *origin; /* "path:line"; NULL: nothing set them */
};

/*
 * Read the list that NODE of DOCUMENT is: mappings of name, weight (1), tests and layers. It replaces
 * what OUT had; all is owned by MEM. ERR_USAGE, with PATH and line.
 */
int capabilities_read(TALLOC_CTX *mem, yaml_document_t *document, const yaml_node_t *node,
	const char *path, struct capabilities *out, struct err *err);

#endif
