/*
 * Reading and parsing rule files. To parse YAML is half of a load, and no file depends on another:
 * a second thread parses those that come next while the first makes rules of those that came. What
 * is in a file is handed out as a whole and in order, so nobody can tell who parsed it.
 */
#include "rule/files.h"

#include <pthread.h>
#include <string.h>

#define AHEAD                                                                                      \
	8 /* files that are parsed before the first of them is used, so that memory is bounded */

enum stage {
	WAITING,
	BEGUN,
	DONE
};

struct item {
	struct rule_file file;
	TALLOC_CTX *mem; /* all of the file, for the thread that parses it alone; NULL: gone */
	enum stage stage;
};

struct rule_files {
	struct item *items;
	size_t count;
	size_t used; /* files that were handed out */
	bool started; /* there is a second thread */
	pthread_t thread;

	pthread_mutex_t mutex; /* over STAGE and all that follows, once there is a second thread */
	pthread_cond_t changed;
	size_t limit; /* the files before it may be parsed */
	bool stopped; /* nobody wants more */
};

static void parse(struct item *item)
{
	struct rule_file *file = &item->file;

	item->mem = file->problems.mem = mem_check(talloc_new(NULL));
	file->texts = mem_check(talloc_new(item->mem));
	if (path_read(item->mem, file->path, RULE_TREE_LIMIT, &file->text, &file->length,
		    &file->err) < 0)
		return;
	file->count = rule_tree_parse(item->mem, file->texts, file->path, file->text, file->length,
		&file->documents, &file->problems);
}

/* The first file that nobody has begun, now begun, or NULL. */
static struct item *begin_next(struct rule_files *files)
{
	for (size_t i = files->used; i < files->count && i < files->limit; i++)
		if (files->items[i].stage == WAITING) {
			files->items[i].stage = BEGUN;
			return &files->items[i];
		}
	return NULL;
}

/* Parse ITEM, the mutex being held before and after, but not meanwhile. */
static void parse_unlocked(struct rule_files *files, struct item *item)
{
	pthread_mutex_unlock(&files->mutex);
	parse(item);
	pthread_mutex_lock(&files->mutex);
	item->stage = DONE;
	pthread_cond_broadcast(&files->changed);
}

static void *parse_ahead(void *context)
{
	struct rule_files *files = context;
	struct item *item;

	pthread_mutex_lock(&files->mutex);
	while (!files->stopped && files->used < files->count) {
		item = begin_next(files);
		if (item != NULL)
			parse_unlocked(files, item);
		else
			pthread_cond_wait(&files->changed, &files->mutex);
	}
	pthread_mutex_unlock(&files->mutex);
	return NULL;
}

static int files_free(struct rule_files *files)
{
	pthread_mutex_lock(&files->mutex);
	files->stopped = true;
	pthread_cond_broadcast(&files->changed);
	pthread_mutex_unlock(&files->mutex);
	if (files->started)
		pthread_join(files->thread, NULL);
	for (size_t i = 0; i < files->count; i++)
		talloc_free(files->items[i].mem);
	pthread_cond_destroy(&files->changed);
	pthread_mutex_destroy(&files->mutex);
	return 0;
}

struct rule_files *rule_files_new(TALLOC_CTX *mem)
{
	struct rule_files *files = mem_new(mem, struct rule_files);

	pthread_mutex_init(&files->mutex, NULL);
	pthread_cond_init(&files->changed, NULL);
	talloc_set_destructor(files, files_free);
	return files;
}

static struct item *add(struct rule_files *files, const char *path)
{
	struct item *item;

	files->items = mem_grow(files, files->items, files->count, sizeof(*files->items));
	item = &files->items[files->count++];
	*item = (struct item){ .file.path = path };
	return item;
}

static bool is_known(const struct rule_files *files, const char *path)
{
	for (size_t i = 0; i < files->count; i++)
		if (strcmp(files->items[i].file.path, path) == 0)
			return true;
	return false;
}

void rule_files_add(struct rule_files *files, const char *path, const char *folder)
{
	if (!is_known(files, path))
		add(files, path)->file.folder = folder;
}

void rule_files_fail(struct rule_files *files, const char *path, const struct err *err)
{
	struct item *item = add(files, path);

	item->file.err = *err;
	item->stage = DONE;
}

/* Until the next file is there; meanwhile another one, as long as there is one to be parsed. */
static void wait_for_next(struct rule_files *files)
{
	struct item *item;

	while (files->items[files->used].stage != DONE) {
		item = begin_next(files);
		if (item != NULL)
			parse_unlocked(files, item);
		else
			pthread_cond_wait(&files->changed, &files->mutex);
	}
}

struct rule_file *rule_files_next(struct rule_files *files)
{
	struct item *item;

	if (files->used > 0) {
		item = &files->items[files->used - 1];
		talloc_free(item->mem);
		item->mem = NULL;
	}
	if (files->used == files->count)
		return NULL;
	pthread_mutex_lock(&files->mutex);
	files->limit = files->used + AHEAD;
	pthread_cond_broadcast(&files->changed);
	if (!files->started && files->count - files->used > 1)
		files->started = pthread_create(&files->thread, NULL, parse_ahead, files) == 0;
	wait_for_next(files);
	item = &files->items[files->used++];
	pthread_mutex_unlock(&files->mutex);
	return &item->file;
}
