/* Entries made ahead: a ring of batches between the thread that makes them and the one that takes. */
#include "source/relay.h"

#include <pthread.h>
#include <string.h>

#include "source/reader.h"

#define BATCHES 4
#define ENTRIES 128 /* in a batch */
#define ROOM (256U << 10) /* bytes of the strings of a batch, unless one entry has more */

struct made {
	struct entry entry;
	uint64_t bytes; /* of the input, read when it was made */
};

/* Entries with all their strings; RESULT tells what follows them: 1 more, 0 the end, -1 ERROR. */
struct batch {
	struct made made[ENTRIES];
	size_t count;
	char *text;
	size_t used, room;
	int result;
	struct err error;
};

struct relay {
	struct source *source;
	relay_next *next;
	struct batch batches[BATCHES];
	pthread_t thread;
	bool joined; /* of the taking thread alone, as is AT */
	size_t at; /* in the batch that is taken */

	pthread_mutex_t mutex; /* over all that follows */
	pthread_cond_t changed;
	unsigned full; /* batches that are whole and not yet given back */
	unsigned first; /* the one that is taken next */
	bool stopped; /* nobody wants more */
};

/* The strings of an entry but its text and its JSON, which have lengths. */
static const size_t strings[] = { offsetof(struct entry, insert_id), offsetof(struct entry, log),
	offsetof(struct entry, service), offsetof(struct entry, revision),
	offsetof(struct entry, instance), offsetof(struct entry, trace),
	offsetof(struct entry, span), offsetof(struct entry, pod), offsetof(struct entry, thread),
	offsetof(struct entry, method), offsetof(struct entry, path) };
#define STRINGS (sizeof(strings) / sizeof(strings[0]))

static const char **string_of(struct entry *entry, size_t number)
{
	return (const char **)(void *)((char *)entry + strings[number]);
}

static const char *copy(struct batch *batch, const char *text, size_t length)
{
	char *begin = batch->text + batch->used;

	memcpy(begin, text, length);
	begin[length] = '\0';
	batch->used += length + 1;
	return begin;
}

/* Room for ENTRY's strings, LENGTHS of those that have none of their own set; false: not here. */
static bool make_room(
	TALLOC_CTX *mem, struct batch *batch, struct entry *entry, size_t lengths[STRINGS])
{
	size_t wanted = entry->text_len + entry->json_len + 2;

	for (size_t i = 0; i < STRINGS; i++) {
		const char *string = *string_of(entry, i);

		lengths[i] = string == NULL ? 0 : strlen(string);
		wanted += lengths[i] + 1;
	}
	if (wanted <= batch->room - batch->used)
		return true;
	if (batch->count > 0)
		return false;
	batch->room = wanted > ROOM ? wanted : ROOM;
	talloc_free(batch->text);
	batch->text = mem_check(talloc_size(mem, batch->room));
	return true;
}

static bool add(struct relay *relay, struct batch *batch, struct entry *entry)
{
	struct made *made = &batch->made[batch->count];
	size_t lengths[STRINGS];

	if (batch->count == ENTRIES || !make_room(relay, batch, entry, lengths))
		return false;
	made->entry = *entry;
	made->bytes = reader_bytes(relay->source->reader);
	made->entry.text = copy(batch, entry->text, entry->text_len);
	if (entry->json != NULL)
		made->entry.json = copy(batch, entry->json, entry->json_len);
	for (size_t i = 0; i < STRINGS; i++)
		if (*string_of(entry, i) != NULL)
			*string_of(&made->entry, i) = copy(batch, *string_of(entry, i), lengths[i]);
	batch->count++;
	return true;
}

/* The next batch that may be filled, empty, or NULL: the other thread wants no more. */
static struct batch *wait_for_room(struct relay *relay)
{
	struct batch *batch = NULL;

	pthread_mutex_lock(&relay->mutex);
	while (relay->full == BATCHES && !relay->stopped)
		pthread_cond_wait(&relay->changed, &relay->mutex);
	if (!relay->stopped)
		batch = &relay->batches[(relay->first + relay->full) % BATCHES];
	pthread_mutex_unlock(&relay->mutex);
	if (batch != NULL)
		batch->count = batch->used = 0;
	return batch;
}

static void hand_over(struct relay *relay)
{
	pthread_mutex_lock(&relay->mutex);
	relay->full++;
	pthread_cond_signal(&relay->changed);
	pthread_mutex_unlock(&relay->mutex);
}

static int make(struct relay *relay, struct entry *entry, struct err *error)
{
	memset(entry, 0, sizeof(*entry));
	entry->time = TIME_NONE;
	entry->source = relay->source->info;
	return relay->next(relay->source, entry, error);
}

/* Fills batch after batch. An entry that a batch has no room for is the first of the next. */
static void *make_all(void *context)
{
	struct relay *relay = context;
	struct err error = { 0 };
	struct batch *batch;
	struct entry entry;
	int result = make(relay, &entry, &error);

	while ((batch = wait_for_room(relay)) != NULL) {
		while (result > 0 && add(relay, batch, &entry))
			result = make(relay, &entry, &error);
		batch->result = result;
		batch->error = error;
		hand_over(relay);
		if (result <= 0)
			break;
	}
	return NULL;
}

static void join(struct relay *relay)
{
	if (!relay->joined)
		pthread_join(relay->thread, NULL);
	relay->joined = true;
}

static int relay_free(struct relay *relay)
{
	pthread_mutex_lock(&relay->mutex);
	relay->stopped = true;
	pthread_cond_signal(&relay->changed);
	pthread_mutex_unlock(&relay->mutex);
	join(relay);
	pthread_cond_destroy(&relay->changed);
	pthread_mutex_destroy(&relay->mutex);
	return 0;
}

struct relay *relay_new(TALLOC_CTX *mem, struct source *source, relay_next *next)
{
	struct relay *relay = mem_new(mem, struct relay);

	relay->source = source;
	relay->next = next;
	reader_apart(source->reader, true);
	pthread_mutex_init(&relay->mutex, NULL);
	pthread_cond_init(&relay->changed, NULL);
	if (pthread_create(&relay->thread, NULL, make_all, relay) != 0) {
		reader_apart(source->reader, false);
		talloc_free(relay);
		return NULL;
	}
	talloc_set_destructor(relay, relay_free);
	return relay;
}

/* The batch that is taken, when it is whole. */
static struct batch *wait_for_batch(struct relay *relay)
{
	struct batch *batch;

	pthread_mutex_lock(&relay->mutex);
	while (relay->full == 0)
		pthread_cond_wait(&relay->changed, &relay->mutex);
	batch = &relay->batches[relay->first];
	pthread_mutex_unlock(&relay->mutex);
	return batch;
}

static void give_back(struct relay *relay)
{
	pthread_mutex_lock(&relay->mutex);
	relay->first = (relay->first + 1) % BATCHES;
	relay->full--;
	pthread_cond_signal(&relay->changed);
	pthread_mutex_unlock(&relay->mutex);
	relay->at = 0;
}

int relay_take(struct relay *relay, struct entry *out, struct err *err)
{
	const struct batch *batch = wait_for_batch(relay);

	while (relay->at == batch->count) {
		if (batch->result <= 0) {
			join(relay);
			*err = batch->error;
			return batch->result;
		}
		give_back(relay);
		batch = wait_for_batch(relay);
	}
	*out = batch->made[relay->at].entry;
	relay->source->info->bytes = batch->made[relay->at++].bytes;
	return 1;
}
