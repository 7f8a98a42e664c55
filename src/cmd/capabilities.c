/* Capabilities from the settings of a project. */
#include "cmd/capabilities.h"

#include <math.h>
#include <stdlib.h>
#include <string.h>

#define WEIGHT_MAX 1e6

/* Where reading is: what is read, and into what. */
struct reader {
	TALLOC_CTX *mem;
	yaml_document_t *document;
	const char *path;
};

static int fault(
	const struct reader *reader, const yaml_node_t *node, const char *text, struct err *err)
{
	return err_set(err, ERR_USAGE, "%s:%u: %s", reader->path,
		(unsigned)node->start_mark.line + 1, text);
}

static int read_name(const struct reader *reader, const yaml_node_t *node,
	struct capability *capability, struct err *err)
{
	if (node->type != YAML_SCALAR_NODE || node->data.scalar.value[0] == '\0')
		return fault(reader, node, "the name of a capability is a text", err);
	capability->name = mem_strdup(reader->mem, (char *)node->data.scalar.value);
	return 0;
}

static int read_weight(const struct reader *reader, const yaml_node_t *node,
	struct capability *capability, struct err *err)
{
	const char *text = node->type == YAML_SCALAR_NODE ? (char *)node->data.scalar.value : "";
	char *end;

	capability->weight = strtod(text, &end);
	if (end == text || *end != '\0' || !isfinite(capability->weight) ||
		capability->weight <= 0 || capability->weight > WEIGHT_MAX)
		return fault(reader, node, "the weight of a capability is a number above 0", err);
	return 0;
}

static int read_texts(
	const struct reader *reader, const yaml_node_t *node, const char ***out, struct err *err)
{
	size_t count = 0;

	*out = mem_array(reader->mem, const char *, 1);
	if (node->type != YAML_SEQUENCE_NODE)
		return fault(reader, node, "tests and layers of a capability are lists", err);
	for (yaml_node_item_t *item = node->data.sequence.items.start;
		item < node->data.sequence.items.top; item++) {
		const yaml_node_t *text = yaml_document_get_node(reader->document, *item);

		if (text->type != YAML_SCALAR_NODE)
			return fault(reader, text,
				"tests and layers of a capability are lists of texts", err);
		*out = mem_grow(reader->mem, *out, count + 1, sizeof(**out));
		(*out)[count++] = mem_strdup(reader->mem, (char *)text->data.scalar.value);
		(*out)[count] = NULL;
	}
	return 0;
}

static int read_tests(const struct reader *reader, const yaml_node_t *node,
	struct capability *capability, struct err *err)
{
	return read_texts(reader, node, &capability->tests, err);
}

static int read_layers(const struct reader *reader, const yaml_node_t *node,
	struct capability *capability, struct err *err)
{
	return read_texts(reader, node, &capability->layers, err);
}

static const struct {
	const char *name;
	int (*read)(const struct reader *reader, const yaml_node_t *node,
		struct capability *capability, struct err *err);
} keys[] = {
	{ "name", read_name },
	{ "weight", read_weight },
	{ "tests", read_tests },
	{ "layers", read_layers },
};

static int read_pair(const struct reader *reader, const yaml_node_pair_t *pair,
	struct capability *capability, struct err *err)
{
	const yaml_node_t *key = yaml_document_get_node(reader->document, pair->key);
	const yaml_node_t *value = yaml_document_get_node(reader->document, pair->value);
	const char *name = key->type == YAML_SCALAR_NODE ? (char *)key->data.scalar.value : "";

	for (size_t i = 0; i < sizeof(keys) / sizeof(keys[0]); i++)
		if (strcmp(keys[i].name, name) == 0)
			return keys[i].read(reader, value, capability, err);
	return fault(reader, key, "a capability has name, weight, tests and layers", err);
}

static int read_one(const struct reader *reader, const yaml_node_t *node,
	struct capability *capability, struct err *err)
{
	*capability = (struct capability){ .weight = 1 };
	if (node->type != YAML_MAPPING_NODE)
		return fault(reader, node, "a capability has name, weight, tests and layers", err);
	for (yaml_node_pair_t *pair = node->data.mapping.pairs.start;
		pair < node->data.mapping.pairs.top; pair++)
		if (read_pair(reader, pair, capability, err) < 0)
			return -1;
	if (capability->name == NULL)
		return fault(reader, node, "a capability has no name", err);
	if (capability->tests == NULL && capability->layers == NULL)
		return fault(reader, node, "a capability wants tests or layers", err);
	return 0;
}

int capabilities_read(TALLOC_CTX *mem, yaml_document_t *document, const yaml_node_t *node,
	const char *path, struct capabilities *out, struct err *err)
{
	const struct reader reader = { mem, document, path };

	out->count = 0;
	out->origin = mem_printf(mem, "%s:%u", path, (unsigned)node->start_mark.line + 1);
	if (node->type != YAML_SEQUENCE_NODE)
		return fault(&reader, node, "capabilities wants a list", err);
	for (yaml_node_item_t *item = node->data.sequence.items.start;
		item < node->data.sequence.items.top; item++) {
		out->items = mem_grow(mem, out->items, out->count, sizeof(*out->items));
		if (read_one(&reader, yaml_document_get_node(document, *item),
			    &out->items[out->count], err) < 0)
			return -1;
		out->count++;
	}
	return 0;
}
