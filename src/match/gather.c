/* The hits of a cause, sorted and parted into groups. */
#include "match/gather.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#include "match/condition.h"
#include "match/twins.h"
#include "match/uses.h"

struct known {
	const char *key; /* all values of a group's keys */
	struct group *group;
	UT_hash_handle hh;
};

struct gathering {
	TALLOC_CTX *mem;
	const struct cause *cause;
	const struct hits *hits;
	struct event *events;
	size_t count;
	size_t *terms; /* indices of those that were taken already */
	size_t term_count;
	struct known *known;
	struct groups *out;
};

static bool has_hits(const struct use *use, const struct hits *hits)
{
	size_t count;

	hits_of(hits, use->term->index, &count, NULL);
	return count > 0;
}

bool gather_is_possible(const struct signature *signature, const struct hits *hits)
{
	for (size_t i = 0; i < signature->use_count; i++)
		if (!has_hits(&signature->uses[i], hits))
			return false;
	for (size_t i = 0; i < signature->any_count; i++)
		if (gather_is_possible(signature->any[i], hits))
			return true;
	return signature->any_count == 0;
}

/* Cloud Logging gives entries in the order of the query, which is not that of their writing. */
static bool is_answer(const struct stream *stream)
{
	return stream->source != NULL && stream->source->format != NULL &&
	       strncmp(stream->source->format, "gcloud", 6) == 0;
}

/*
 * CRE's clock: what is older than an entry before it is no part of anything that takes several
 * entries. What stands before the first time of a log is no entry there.
 */
static bool is_dropped(const struct signature *signature, const struct hit *hit)
{
	bool single = signature->kind == SIGN_MATCH && signature->not_count == 0;
	const struct source_info *source = hit->stream->source;

	if (hit->clock == TIME_NONE)
		return hit->stream->newest != TIME_NONE && source != NULL && !source->transcript;
	return hit->late && !single && !is_answer(hit->stream);
}

enum fate gather_fate(
	const struct cause *cause, const struct hit *hit, const struct condition **unmet)
{
	*unmet = condition_late(hit->term, hit->entry);
	if (*unmet != NULL)
		return FATE_UNMET;
	return cause->cre && is_dropped(cause->when, hit) ? FATE_DROPPED : FATE_TAKEN;
}

static void take_term(void *context, const struct use *use, enum role role)
{
	struct gathering *gathering = context;
	const struct condition *unmet;
	const struct hit *items;
	size_t count;

	(void)role;
	for (size_t i = 0; i < gathering->term_count; i++)
		if (gathering->terms[i] == use->term->index)
			return;
	gathering->terms =
		mem_grow(gathering->mem, gathering->terms, gathering->term_count, sizeof(size_t));
	gathering->terms[gathering->term_count++] = use->term->index;
	items = hits_of(gathering->hits, use->term->index, &count, NULL);
	for (size_t i = 0; i < count; i++) {
		if (gather_fate(gathering->cause, &items[i], &unmet) != FATE_TAKEN)
			continue;
		gathering->events = mem_grow(
			gathering->mem, gathering->events, gathering->count, sizeof(struct event));
		gathering->events[gathering->count++] = (struct event){ .hit = &items[i] };
	}
}

static int by_place(const void *left, const void *right)
{
	const struct hit *a = ((const struct event *)left)->hit;
	const struct hit *b = ((const struct event *)right)->hit;
	int order = hits_compare(a, b);

	if (order != 0)
		return order;
	return (a->term->index > b->term->index) - (a->term->index < b->term->index);
}

/* As CRE has them: entries of one time in the order of reading. */
static int by_reading(const void *left, const void *right)
{
	const struct hit *a = ((const struct event *)left)->hit;
	const struct hit *b = ((const struct event *)right)->hit;

	if (a->clock == b->clock && a->stream == b->stream && !is_answer(a->stream) &&
		a->entry->order != b->entry->order)
		return a->entry->order < b->entry->order ? -1 : 1;
	return by_place(left, right);
}

/* A capture of the hit, else a key of its entry. */
static const char *value_of(TALLOC_CTX *mem, const struct hit *hit, const char *name)
{
	const char *capture = evaluate_capture(mem, hit, name);

	return capture != NULL ? capture : entry_key(hit->entry, name);
}

const char *gather_lacks(const struct cause *cause, const struct hit *hit)
{
	const char *const *keys = cause->group_by;

	for (size_t i = 0; keys != NULL && keys[i] != NULL; i++) {
		TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
		bool has = value_of(scratch, hit, keys[i]) != NULL;

		talloc_free(scratch);
		if (!has)
			return keys[i];
	}
	return NULL;
}

static struct group *group_new(struct gathering *gathering, const char **values, size_t count)
{
	struct groups *out = gathering->out;
	struct group *group = mem_new(gathering->mem, struct group);

	group->key_count = count;
	group->keys = mem_array(group, struct binding, count);
	for (size_t i = 0; i < count; i++)
		group->keys[i] = (struct binding){ gathering->cause->group_by[i],
			mem_strdup(group->keys, values[i]) };
	out->items = mem_grow(gathering->mem, out->items, out->count, sizeof(struct group *));
	out->items[out->count++] = group;
	return group;
}

/* The group of these values, found or new. Each value is preceded by its length, so none mixes. */
static struct group *group_of(struct gathering *gathering, const char **values, size_t count)
{
	char *key = mem_strdup(gathering->mem, "");
	struct known *known;

	for (size_t i = 0; i < count; i++)
		key = mem_check(
			talloc_asprintf_append(key, "%zu:%s", strlen(values[i]), values[i]));
	HASH_FIND_STR(gathering->known, key, known);
	if (known != NULL) {
		talloc_free(key);
		return known->group;
	}
	known = mem_new(gathering->mem, struct known);
	known->key = key;
	known->group = group_new(gathering, values, count);
	HASH_ADD_KEYPTR(hh, gathering->known, known->key, strlen(known->key), known);
	return known->group;
}

static void place(struct gathering *gathering, const struct event *event)
{
	const char *const *keys = gathering->cause->group_by;
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	const char **values = NULL, *lacks = gather_lacks(gathering->cause, event->hit);
	struct group *group;
	size_t count = 0;

	if (lacks != NULL && gathering->out->lacking++ == 0)
		gathering->out->lacks = lacks;
	for (; lacks == NULL && keys != NULL && keys[count] != NULL; count++) {
		const char *value = value_of(scratch, event->hit, keys[count]);

		values = mem_grow(scratch, values, count, sizeof(*values));
		values[count] = value;
	}
	if (lacks != NULL) {
		talloc_free(scratch);
		return;
	}
	group = group_of(gathering, values, count);
	group->events = mem_grow(group, group->events, group->count, sizeof(*event));
	group->events[group->count++] = *event;
	talloc_free(scratch);
}

/* Positions and ticks of a group's events; the ticks are those of a scope without a clock's split. */
static void number(struct group *group)
{
	size_t position = 0;
	bool timed = true;

	for (size_t i = 0; i < group->count; i++) {
		if (i > 0 && group->events[i].hit->entry != group->events[i - 1].hit->entry)
			position++;
		group->events[i].position = position;
		timed = timed && group->events[i].hit->clock != TIME_NONE;
	}
	for (size_t i = 0; i < group->count; i++)
		group->events[i].tick =
			timed ? group->events[i].hit->clock : (int64_t)group->events[i].position;
}

void gather_groups(
	TALLOC_CTX *mem, const struct cause *cause, const struct hits *hits, struct groups *out)
{
	struct gathering gathering = { .mem = mem, .cause = cause, .hits = hits, .out = out };

	*out = (struct groups){ .items = NULL };
	uses_each(cause->when, take_term, &gathering);
	if (gathering.count > 1)
		qsort(gathering.events, gathering.count, sizeof(struct event),
			cause->cre ? by_reading : by_place);
	for (size_t i = 0; i < gathering.count; i++)
		place(&gathering, &gathering.events[i]);
	HASH_CLEAR(hh, gathering.known);
	for (size_t i = 0; i < out->count; i++) {
		out->doubled += out->items[i]->count;
		twins_drop(out->items[i]);
		out->doubled -= out->items[i]->count;
		number(out->items[i]);
	}
}
