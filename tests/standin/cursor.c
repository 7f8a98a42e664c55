/* Upwards, all entries are one group; downwards, those of one time are, the last group first. */
#include "standin/cursor.h"

static size_t behind_time(const struct logs *logs, int64_t time)
{
	return time == INT64_MAX ? logs->count : logs_from(logs, time + 1);
}

static size_t between(size_t value, size_t low, size_t high)
{
	return value < low ? low : value > high ? high : value;
}

/* The first of the group's entries that does not come before or with BEHIND. */
static void skip(struct cursor *cursor, const struct logs_entry *behind)
{
	while (cursor->at < cursor->group_end &&
		logs_order(&cursor->logs->entries[cursor->at], behind) <= 0)
		cursor->at++;
}

struct cursor cursor_new(const struct logs *logs, int64_t first, int64_t last, bool is_descending,
	const struct logs_entry *behind)
{
	struct cursor cursor = { .logs = logs, .is_descending = is_descending };

	cursor.first = logs_from(logs, first);
	cursor.end = between(behind_time(logs, last), cursor.first, logs->count);
	cursor.group_begin = is_descending ? cursor.end : cursor.first;
	cursor.group_end = cursor.end;
	cursor.at = cursor.group_begin;
	if (behind == NULL)
		return cursor;
	cursor.at = between(logs_from(logs, behind->time), cursor.first, cursor.end);
	if (is_descending) {
		cursor.group_begin = cursor.at;
		cursor.group_end =
			between(behind_time(logs, behind->time), cursor.group_begin, cursor.end);
	}
	skip(&cursor, behind);
	return cursor;
}

static bool is_same_time(const struct cursor *cursor, size_t one, size_t other)
{
	return cursor->logs->entries[one].time == cursor->logs->entries[other].time;
}

const struct logs_entry *cursor_next(struct cursor *cursor)
{
	if (cursor->at == cursor->group_end && cursor->is_descending) {
		cursor->group_end = cursor->group_begin;
		while (cursor->group_begin > cursor->first &&
			is_same_time(cursor, cursor->group_begin - 1, cursor->group_end - 1))
			cursor->group_begin--;
		cursor->at = cursor->group_begin;
	}
	return cursor->at < cursor->group_end ? &cursor->logs->entries[cursor->at++] : NULL;
}
