/* Patterns of the user's own secrets; see patterns.h. */
#include "cmd/patterns.h"

#include <string.h>

static int fault(const char *path, const yaml_node_t *node, struct err *err)
{
	return err_set(err, ERR_USAGE,
		"%s:%u: redact-patterns wants a list of mappings with name and regex", path,
		(unsigned)node->start_mark.line + 1);
}

static int wrap(const char *path, const yaml_node_t *node, struct err *err)
{
	return err_wrap(err, "%s:%u:%u", path, (unsigned)node->start_mark.line + 1,
		(unsigned)node->start_mark.column + 1);
}

static const yaml_node_t *value_of(
	yaml_document_t *document, const yaml_node_t *mapping, const char *name)
{
	for (yaml_node_pair_t *pair = mapping->data.mapping.pairs.start;
		pair < mapping->data.mapping.pairs.top; pair++) {
		const yaml_node_t *key = yaml_document_get_node(document, pair->key);
		const yaml_node_t *value = yaml_document_get_node(document, pair->value);

		if (key->type == YAML_SCALAR_NODE && value->type == YAML_SCALAR_NODE &&
			strcmp((char *)key->data.scalar.value, name) == 0)
			return value;
	}
	return NULL;
}

static int read_one(struct redaction *redaction, yaml_document_t *document, const yaml_node_t *node,
	const char *path, struct err *err)
{
	const yaml_node_t *name, *regex;

	if (node->type != YAML_MAPPING_NODE ||
		node->data.mapping.pairs.top - node->data.mapping.pairs.start != 2)
		return fault(path, node, err);
	name = value_of(document, node, "name");
	regex = value_of(document, node, "regex");
	if (name == NULL || regex == NULL)
		return fault(path, node, err);
	if (redaction_pattern(redaction, (char *)name->data.scalar.value,
		    (char *)regex->data.scalar.value, err) < 0)
		return wrap(path, strncmp(err->text, "regex", 5) == 0 ? regex : name, err);
	return 0;
}

int patterns_read(struct redaction *redaction, yaml_document_t *document, const yaml_node_t *node,
	const char *path, struct err *err)
{
	if (node->type != YAML_SEQUENCE_NODE)
		return fault(path, node, err);
	for (yaml_node_item_t *item = node->data.sequence.items.start;
		item < node->data.sequence.items.top; item++)
		if (read_one(redaction, document, yaml_document_get_node(document, *item), path,
			    err) < 0)
			return -1;
	return 0;
}
