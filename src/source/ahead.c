/* Reading ahead: a ring of blocks between the thread that reads and the one that uses. */
#include "source/ahead.h"

#include <pthread.h>
#include <string.h>

#define BLOCK (256U << 10)
#define BLOCKS 4 /* a MiB is ahead at most */

struct block {
	char bytes[BLOCK];
	size_t length;
};

struct ahead {
	struct bytes *bytes;
	struct digest *digest;
	struct block *blocks;
	pthread_t thread;
	bool joined; /* of the using thread alone, as is AT */
	size_t at; /* in the block that is used */

	pthread_mutex_t mutex; /* over all that follows */
	pthread_cond_t changed;
	unsigned full; /* blocks that are read and not yet used */
	unsigned first; /* the one that is used next */
	bool stopped; /* nobody wants more */
	bool ended; /* there is no more */
	bool failed; /* ... because of ERROR */
	struct err error;
};

/* The next block that may be filled, or NULL: the other thread wants no more. */
static struct block *wait_for_room(struct ahead *ahead)
{
	struct block *block = NULL;

	pthread_mutex_lock(&ahead->mutex);
	while (ahead->full == BLOCKS && !ahead->stopped)
		pthread_cond_wait(&ahead->changed, &ahead->mutex);
	if (!ahead->stopped)
		block = &ahead->blocks[(ahead->first + ahead->full) % BLOCKS];
	pthread_mutex_unlock(&ahead->mutex);
	return block;
}

static void hand_over(struct ahead *ahead, ssize_t got, const struct err *error)
{
	pthread_mutex_lock(&ahead->mutex);
	ahead->full += got > 0;
	ahead->ended = got <= 0;
	ahead->failed = got < 0;
	ahead->error = *error;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
}

static void *read_on(void *context)
{
	struct ahead *ahead = context;
	struct err error = { 0 };
	struct block *block;
	ssize_t got = 1;

	while (got > 0 && (block = wait_for_room(ahead)) != NULL) {
		got = bytes_read(ahead->bytes, block->bytes, BLOCK, &error);
		block->length = got > 0 ? (size_t)got : 0;
		digest_add(ahead->digest, block->bytes, block->length);
		hand_over(ahead, got, &error);
	}
	return NULL;
}

static void join(struct ahead *ahead)
{
	if (!ahead->joined)
		pthread_join(ahead->thread, NULL);
	ahead->joined = true;
}

static int ahead_free(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->mutex);
	ahead->stopped = true;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
	join(ahead);
	pthread_cond_destroy(&ahead->changed);
	pthread_mutex_destroy(&ahead->mutex);
	return 0;
}

struct ahead *ahead_new(TALLOC_CTX *mem, struct bytes *bytes, struct digest *digest)
{
	struct ahead *ahead = mem_new(mem, struct ahead);

	ahead->bytes = bytes;
	ahead->digest = digest;
	ahead->blocks = mem_array(ahead, struct block, BLOCKS);
	pthread_mutex_init(&ahead->mutex, NULL);
	pthread_cond_init(&ahead->changed, NULL);
	if (pthread_create(&ahead->thread, NULL, read_on, ahead) != 0) {
		talloc_free(ahead);
		return NULL;
	}
	talloc_set_destructor(ahead, ahead_free);
	return ahead;
}

/* Wait until there is a block to use: true, or there is no more: false. */
static bool wait_for_block(struct ahead *ahead)
{
	bool there;

	pthread_mutex_lock(&ahead->mutex);
	while (ahead->full == 0 && !ahead->ended)
		pthread_cond_wait(&ahead->changed, &ahead->mutex);
	there = ahead->full > 0;
	pthread_mutex_unlock(&ahead->mutex);
	return there;
}

static void give_back(struct ahead *ahead)
{
	pthread_mutex_lock(&ahead->mutex);
	ahead->first = (ahead->first + 1) % BLOCKS;
	ahead->full--;
	pthread_cond_signal(&ahead->changed);
	pthread_mutex_unlock(&ahead->mutex);
	ahead->at = 0;
}

ssize_t ahead_read(struct ahead *ahead, char *out, size_t size, struct err *err)
{
	const struct block *block;

	if (!wait_for_block(ahead)) {
		join(ahead);
		*err = ahead->error;
		return ahead->failed ? -1 : 0;
	}
	block = &ahead->blocks[ahead->first];
	if (size > block->length - ahead->at)
		size = block->length - ahead->at;
	memcpy(out, block->bytes + ahead->at, size);
	ahead->at += size;
	if (ahead->at == block->length)
		give_back(ahead);
	return (ssize_t)size;
}
