/* The inputs of an analysis: what is named on the command line, unfolded to single sources. */
#include "source/inputs.h"

#include <dirent.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>

#include "source/open.h"
#include "source/unpack.h"

#define LAYERS 4 /* archives in archives */

struct pending {
	struct pending *next;
	char *path;
	bool given; /* by the caller, not found in a folder */
};

/* An archive that is being read; each layer owns what it reads from. */
struct layer {
	struct layer *below;
	struct unpack *unpack;
	char *path;
};

struct folder {
	dev_t device;
	ino_t inode;
};

struct inputs {
	struct source_options options;
	struct redactor *redactor;
	struct pending *pending;
	struct layer *layer;
	unsigned layers;
	struct folder *folders; /* that were read: links may lead there again */
	size_t folder_count;
	struct source_info **sources;
	size_t source_count;
	TALLOC_CTX *current; /* owns the source given out last */
};

static void push(struct inputs *inputs, const char *path, bool given)
{
	struct pending *pending = mem_new(inputs, struct pending);

	pending->path = mem_strdup(pending, path);
	pending->given = given;
	pending->next = inputs->pending;
	inputs->pending = pending;
}

/* The source first: a thread may be busy with it, its info and the redactor. */
static int inputs_free(struct inputs *inputs)
{
	talloc_free(inputs->current);
	inputs->current = NULL;
	return 0;
}

int inputs_new(TALLOC_CTX *mem, const char *const *paths, const struct source_options *options,
	struct inputs **out, struct err *err)
{
	struct inputs *inputs = mem_new(mem, struct inputs);
	size_t count = 0;

	(void)err;
	if (options != NULL)
		inputs->options = *options;
	inputs->redactor = redactor_new(inputs, inputs->options.redaction);
	while (paths[count] != NULL)
		count++;
	while (count > 0)
		push(inputs, paths[--count], true);
	talloc_set_destructor(inputs, inputs_free);
	*out = inputs;
	return 0;
}

/* Whether the folder was read before; it counts as read from now on. */
static bool was_read(struct inputs *inputs, const struct stat *status)
{
	for (size_t i = 0; i < inputs->folder_count; i++)
		if (inputs->folders[i].device == status->st_dev &&
			inputs->folders[i].inode == status->st_ino)
			return true;
	inputs->folders =
		mem_grow(inputs, inputs->folders, inputs->folder_count, sizeof(*inputs->folders));
	inputs->folders[inputs->folder_count].device = status->st_dev;
	inputs->folders[inputs->folder_count++].inode = status->st_ino;
	return false;
}

static int from_last(const void *left, const void *right)
{
	return strcmp(*(char *const *)right, *(char *const *)left);
}

/* What is in the folder becomes pending, the first by name on top. */
static int unfold(struct inputs *inputs, const char *path, struct err *err)
{
	DIR *stream = opendir(path);
	TALLOC_CTX *mem;
	char **names = NULL;
	size_t count = 0, hidden = 0;
	const struct dirent *item;

	if (stream == NULL)
		return err_io(err, "%s", path);
	mem = talloc_new(NULL);
	while ((item = readdir(stream)) != NULL) {
		hidden += item->d_name[0] == '.' && strcmp(item->d_name, ".") != 0 &&
			  strcmp(item->d_name, "..") != 0;
		if (item->d_name[0] == '.')
			continue;
		names = mem_grow(mem, names, count, sizeof(*names));
		names[count++] = path_join(mem, path, item->d_name);
	}
	closedir(stream);
	if (hidden > 0)
		log_warn("%s: %zu hidden names were passed over", path, hidden);
	if (count > 0)
		qsort(names, count, sizeof(*names), from_last);
	for (size_t i = 0; i < count; i++)
		push(inputs, names[i], false);
	talloc_free(mem);
	return 0;
}

/* 1: it is a file, or whatever else can be read. 0: a folder, now unfolded. */
static int look_at(struct inputs *inputs, const struct pending *pending, struct err *err)
{
	struct stat status;

	if (strcmp(pending->path, "-") == 0 && pending->given)
		return 1;
	if (stat(pending->path, &status) < 0)
		return err_io(err, "%s", pending->path);
	if (S_ISDIR(status.st_mode))
		return was_read(inputs, &status) ? 0 : unfold(inputs, pending->path, err);
	/* a pipe may be meant where it is named; found in a folder it would hang us */
	if (!S_ISREG(status.st_mode) && !pending->given)
		return err_set(err, ERR_IO, "%s: not a regular file", pending->path);
	return 1;
}

static int open_source(struct inputs *inputs, TALLOC_CTX *mem, struct bytes *bytes,
	const char *path, struct source **out, struct err *err)
{
	const char *shown = strcmp(path, "-") == 0 ? "stdin" : path, *scrubbed;
	uint64_t redactions = 0;
	size_t length;
	struct source_info *info;
	char *name;

	name = inputs_name(inputs, inputs->sources, inputs->source_count, shown);
	scrubbed = redactor_apply_name(inputs->redactor, name, strlen(name), &length, &redactions);
	info = source_info_new(inputs, scrubbed, path);
	info->redactions = redactions;
	redactor_break(inputs->redactor);
	talloc_free(name);
	if (source_open_bytes(mem, bytes, info, &inputs->options, inputs->redactor, out, err) < 0)
		return -1;
	inputs->sources =
		mem_grow(inputs, inputs->sources, inputs->source_count, sizeof(*inputs->sources));
	inputs->sources[inputs->source_count++] = info;
	return 1;
}

/* 1: *OUT reads BYTES, which MEM owns. 0: they are an archive, now on top of the layers. */
static int open_bytes(struct inputs *inputs, TALLOC_CTX *mem, struct bytes *bytes, const char *path,
	struct source **out, struct err *err)
{
	struct layer *layer;
	const char *head;
	size_t length;

	if (bytes_head(bytes, &head, &length, err) < 0)
		return -1;
	if (!unpack_wanted(head, length))
		return open_source(inputs, mem, bytes, path, out, err);
	if (inputs->layers == LAYERS)
		return err_set(
			err, ERR_LIMIT, "%s: more than %d archives in each other", path, LAYERS);
	layer = mem_new(inputs, struct layer);
	layer->path = mem_strdup(layer, path);
	if (unpack_open(layer, bytes, &layer->unpack, err) < 0) {
		talloc_free(layer);
		return err_wrap(err, "%s", path);
	}
	talloc_reparent(inputs, layer, mem);
	inputs->current = NULL;
	layer->below = inputs->layer;
	inputs->layer = layer;
	inputs->layers++;
	return 0;
}

static void pop_layer(struct inputs *inputs)
{
	struct layer *layer = inputs->layer;

	inputs->layer = layer->below;
	inputs->layers--;
	talloc_free(layer);
}

/* 1: a member is open. 0: none was, but there may be more to do. */
static int next_member(struct inputs *inputs, struct source **out, struct err *err)
{
	struct layer *layer = inputs->layer;
	struct bytes *member;
	const char *name;
	char *path;
	int result;

	result = unpack_next(layer->unpack, &name, &member, err);
	if (result < 0)
		err_prefix(err, "%s", layer->path);
	if (result <= 0) {
		pop_layer(inputs);
		return result;
	}
	path = name == NULL ? mem_strdup(inputs->current, layer->path)
			    : path_join(inputs->current, layer->path, name);
	return open_bytes(inputs, inputs->current, member, path, out, err);
}

static int next_pending(struct inputs *inputs, struct source **out, struct err *err)
{
	struct pending *pending = inputs->pending;
	struct bytes *bytes;
	int result;

	inputs->pending = pending->next;
	talloc_reparent(inputs, inputs->current, pending);
	result = look_at(inputs, pending, err);
	if (result <= 0)
		return result;
	if (bytes_open(inputs->current, pending->path, &bytes, err) < 0)
		return -1;
	return open_bytes(inputs, inputs->current, bytes, pending->path, out, err);
}

struct redactor *inputs_redactor(struct inputs *inputs)
{
	return inputs->redactor;
}

/* Names of files and of members may hold secrets. */
static void scrub_fault(struct inputs *inputs, struct err *err)
{
	uint64_t redactions = 0;
	size_t length;
	const char *text = redactor_apply_name(
		inputs->redactor, err->text, strlen(err->text), &length, &redactions);

	if (redactions > 0) {
		length = utf8_cut(text, length, sizeof(err->text) - 1);
		memcpy(err->text, text, length);
		err->text[length] = '\0';
	}
}

int inputs_next(struct inputs *inputs, struct source **out, struct err *err)
{
	int result = 0;

	while (result == 0) {
		if (inputs->layer == NULL && inputs->pending == NULL)
			return 0;
		talloc_free(inputs->current);
		inputs->current = talloc_new(inputs);
		if (inputs->layer != NULL)
			result = next_member(inputs, out, err);
		else
			result = next_pending(inputs, out, err);
	}
	if (result < 0)
		scrub_fault(inputs, err);
	return result;
}
