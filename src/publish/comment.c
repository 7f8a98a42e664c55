/* One comment, whoever else comments, however many jobs want the same at the same time. */
#include <string.h>

#include "publish/body.h"
#include "publish/forge.h"

#define TURNS_MAX 4 /* where the comment that was to be changed is gone again and again */

/* When to look again whether a comment was made whose making was not answered. */
static const struct retry_policy unsure_policy = {
	.tries = 5,
	.first = WHEN_SECOND,
	.longest = 20 * WHEN_SECOND,
	.jitter = 50,
	.patience = 60 * WHEN_SECOND,
};

struct ours {
	uint64_t id;
	const char *body;
	struct marker marker;
};

struct work {
	TALLOC_CTX *mem;
	const struct publish_options *options;
	struct forge *forge;
	const char *body;
	struct marker marker;
	struct ours *ours; /* by id */
	size_t count;
};

static const char *const words[PUBLISH_RESULT_COUNT] = {
	[PUBLISH_CREATED] = "the comment was made",
	[PUBLISH_UPDATED] = "the comment was brought up to date",
	[PUBLISH_UNCHANGED] = "the comment says this already",
	[PUBLISH_NEEDLESS] = "nothing failed, and no comment says otherwise",
	[PUBLISH_UNPROVEN] =
		"no comment: nothing failed, but no test passed either, or not all was read",
	[PUBLISH_STALE] = "no comment: a newer build has had its say",
	[PUBLISH_YIELDED] = "no comment: another job of this build has had its say",
};

const char *publish_words(enum publish_result result)
{
	return words[result];
}

int publish_place(
	TALLOC_CTX *mem, const struct publish_options *options, const char **out, struct err *err)
{
	struct forge *forge;

	if (forge_new(mem, options, &forge, err) < 0)
		return -1;
	*out = forge_place(forge);
	return 0;
}

/* Leave of COMMENTS those with our marker. */
static void keep_marked(struct work *work, struct forge_comments *comments)
{
	size_t count = 0;

	for (size_t i = 0; i < comments->count; i++) {
		struct marker marker;

		if (marker_read(work->mem, comments->items[i].body, &marker) &&
			strcmp(marker.key, work->marker.key) == 0)
			comments->items[count++] = comments->items[i];
	}
	comments->count = count;
}

/* Our marker in a comment of somebody else is a copy, and none of our business. */
static void take_own(struct work *work, const struct forge_comments *comments, const char *author)
{
	for (size_t i = 0; i < comments->count; i++) {
		const struct forge_comment *comment = &comments->items[i];
		struct ours ours = { .id = comment->id, .body = comment->body };

		if (comment->author == NULL || strcmp(comment->author, author) != 0)
			continue;
		marker_read(work->mem, comment->body, &ours.marker);
		work->ours = mem_grow(work->mem, work->ours, work->count, sizeof(*work->ours));
		work->ours[work->count++] = ours;
	}
}

/* Who we are is asked only where a comment may be ours. */
static int look(struct work *work, struct err *err)
{
	struct forge_comments comments;
	const char *author;

	work->count = 0;
	if (forge_list(work->forge, work->mem, &comments, err) < 0)
		return -1;
	keep_marked(work, &comments);
	if (comments.count == 0)
		return 0;
	if (forge_author(work->forge, &comments, &author, err) < 0)
		return -1;
	take_own(work, &comments, author);
	return 0;
}

static size_t text_length(const char *text)
{
	size_t length = strlen(text);

	while (length > 0 && strchr(" \r\n", text[length - 1]) != NULL)
		length--;
	return length;
}

/* Services may end lines as forms do, and let blanks at the end go. */
static bool is_same(const char *left, const char *right)
{
	size_t left_length = text_length(left), right_length = text_length(right), i = 0, j = 0;

	while (i < left_length && j < right_length) {
		i += left[i] == '\r' && left[i + 1] == '\n';
		j += right[j] == '\r' && right[j + 1] == '\n';
		if (left[i++] != right[j++])
			return false;
	}
	return i == left_length && j == right_length;
}

/* All of ours but the oldest. */
static int remove_later(struct work *work, struct err *err)
{
	for (size_t i = 1; i < work->count; i++)
		if (forge_delete(work->forge, work->ours[i].id, err) < 0)
			return err_wrap(err, "one that is too many cannot be removed");
	return 0;
}

/* 1: *ID is that of the new comment. */
static int find_made(struct work *work, uint64_t *id, struct err *err)
{
	if (look(work, err) < 0)
		return -1;
	for (size_t i = 0; i < work->count; i++)
		if (is_same(work->ours[i].body, work->body)) {
			*id = work->ours[i].id;
			return 1;
		}
	return 0;
}

/* Asking twice would make two: where no answer came it is looked for first. */
static int make(struct work *work, uint64_t *id, struct err *err)
{
	enum forge_made made;
	struct retry retry;
	struct err told;
	int found;

	retry_begin(&retry, &unsure_policy, work->options->seed);
	for (;;) {
		if (forge_create(work->forge, work->body, id, &made, err) < 0)
			return -1;
		if (made == FORGE_MADE)
			return 0;
		told = *err;
		if (!retry_wait(&retry, work->options->clock, TIME_NONE)) {
			*err = told;
			return -1;
		}
		found = find_made(work, id, err);
		if (found != 0)
			return found < 0 ? -1 : 0;
	}
}

/* What to do with what is there: 1: *OUT is what became of it. 0: look again. */
typedef int step(struct work *work, enum publish_result *out, struct err *err);

static int done(enum publish_result result, enum publish_result *out)
{
	*out = result;
	return 1;
}

/* Two jobs may have found nothing at the same time: the older comment is the one. */
static int make_first(struct work *work, enum publish_result *out, struct err *err)
{
	uint64_t id = 0;

	if (make(work, &id, err) < 0)
		return -1;
	if (look(work, err) < 0) {
		log_info("whether another job commented, too, is not known: %s", err->text);
		return done(PUBLISH_CREATED, out);
	}
	if (work->count == 0 || work->ours[0].id >= id)
		return done(PUBLISH_CREATED, out);
	if (forge_delete(work->forge, id, err) < 0)
		return -1;
	if (work->marker.run > 0 && marker_compare(&work->ours[0].marker, &work->marker) < 0)
		return look(work, err);
	return done(PUBLISH_YIELDED, out);
}

static const struct marker *newest_of(const struct work *work)
{
	const struct marker *newest = &work->ours[0].marker;

	for (size_t i = 1; i < work->count; i++)
		if (marker_compare(&work->ours[i].marker, newest) > 0)
			newest = &work->ours[i].marker;
	return newest;
}

/* How the newest of ours stands to this build; builds without a number are always the newest. */
static int compare_newest(const struct work *work)
{
	return work->marker.run == 0 ? -1 : marker_compare(newest_of(work), &work->marker);
}

static bool is_resolved(const struct work *work)
{
	for (size_t i = 0; i < work->count; i++)
		if (!work->ours[i].marker.resolved)
			return false;
	return true;
}

static const char *behind_marker(const char *body)
{
	return body + strcspn(body, "\r\n");
}

/* Whether the oldest of ours says all this already: which job of the build said it does not matter. */
static bool is_up_to_date(const struct work *work)
{
	const struct ours *oldest = &work->ours[0];

	return marker_compare(&oldest->marker, &work->marker) == 0 &&
	       oldest->marker.resolved == work->marker.resolved &&
	       is_same(behind_marker(oldest->body), behind_marker(work->body));
}

static int bring_up_to_date(struct work *work, enum publish_result *out, struct err *err)
{
	int there = 1;

	if (!is_up_to_date(work)) {
		there = forge_update(work->forge, work->ours[0].id, work->body, err);
		*out = PUBLISH_UPDATED;
	} else {
		*out = PUBLISH_UNCHANGED;
	}
	if (there < 0)
		return -1;
	if (there == 0)
		return look(work, err);
	return remove_later(work, err) < 0 ? -1 : 1;
}

/* A job that is green says nothing of what another one of its build saw; of its own it does. */
static int turn_green(struct work *work, enum publish_result *out, struct err *err)
{
	if (work->count == 0)
		return done(PUBLISH_NEEDLESS, out);
	if (is_resolved(work))
		return remove_later(work, err) < 0 ? -1 : done(PUBLISH_UNCHANGED, out);
	if (compare_newest(work) == 0 && !marker_is_same_job(newest_of(work), &work->marker))
		return done(PUBLISH_YIELDED, out);
	return bring_up_to_date(work, out, err);
}

static int settle(struct work *work, enum publish_result *out, struct err *err)
{
	if (work->count > 0 && compare_newest(work) > 0)
		return done(PUBLISH_STALE, out);
	if (work->marker.resolved)
		return turn_green(work, out, err);
	return work->count == 0 ? make_first(work, out, err) : bring_up_to_date(work, out, err);
}

static int keep(struct work *work, enum publish_result *out, struct err *err)
{
	int result = 0;

	if (look(work, err) < 0)
		return -1;
	for (unsigned turn = 0; turn < TURNS_MAX && result == 0; turn++)
		result = settle(work, out, err);
	if (result == 0 && work->count > 0)
		return err_set(err, ERR_NET,
			"the comment is there, but this token may not change it (status 404)");
	if (result == 0)
		return err_set(err, ERR_NET, "somebody removes the comment as often as it is made");
	return result < 0 ? -1 : 0;
}

int publish_comment(TALLOC_CTX *mem, const struct diagnosis *diagnosis,
	const struct publish_options *options, const struct render_options *render,
	enum publish_result *out, struct err *err)
{
	struct work work = { .mem = mem_check(talloc_new(mem)), .options = options };
	char *body;
	int result = -1;

	if (forge_new(work.mem, options, &work.forge, err) == 0 &&
		publish_body(work.mem, diagnosis, options, render, &body, err) == 0) {
		work.body = body;
		work.marker = body_marker(work.mem, diagnosis, options);
		result = 0;
		if (body_news(diagnosis) == BODY_UNPROVEN)
			*out = PUBLISH_UNPROVEN;
		else
			result = keep(&work, out, err);
	}
	talloc_free(work.mem);
	return result;
}
