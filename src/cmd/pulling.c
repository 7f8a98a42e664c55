/* A slice: its pages one by one, each kept in one transaction with how far reading then is. */
#include "cmd/pulling.h"

#include <inttypes.h>
#include <string.h>

#define TOKEN_AGE (23 * 3600 * WHEN_SECOND) /* a token is good for 24 hours */
#define EMPTY_MAX 1000 /* pages in a row without an entry */
#define RESTARTS_MAX 3 /* in a row without a new entry between them */

/* Reading one slice. */
struct reading {
	struct pulling *pulling;
	struct slice *slice;
	bool kept;
	struct cloud_list_request request;
	TALLOC_CTX *mem; /* of REQUEST */
	unsigned restarts, empty;
};

static void show(struct pulling *pulling, const char *more)
{
	const struct slice *slice = pulling->slice;
	char reached[WHEN_TEXT], *text;

	if (pulling->progress == NULL || slice == NULL)
		return;
	text = mem_printf(NULL, "%" PRIu64 " entries, up to %s, %" PRIu64 " requests%s",
		slice->entries,
		when_format(slice->reached != TIME_NONE ? slice->reached : slice->lower, reached),
		cloud_list_requests(pulling->list), more);
	progress_text(pulling->progress, text);
	talloc_free(text);
}

static void waiting(void *context, int64_t duration, const char *why)
{
	char pause[WHEN_TEXT], *more;

	more = mem_printf(NULL, ", waiting %s (%s)",
		when_format_duration(duration / WHEN_SECOND * WHEN_SECOND, pause), why);
	show(context, more);
	talloc_free(more);
}

int64_t pulling_now(const struct pulling *pulling)
{
	return pulling->clock->now(pulling->clock->context);
}

/* Where credentials name the project, some only do so when they give a token. */
static int find_resource(struct pulling *pulling, struct err *err)
{
	struct cloud_identity identity;
	char *resource;

	cloud_identify(pulling->cloud, &identity);
	if (identity.project == NULL && cloud_authorise(pulling->cloud, err) < 0)
		return -1;
	cloud_identify(pulling->cloud, &identity);
	if (identity.project == NULL)
		return err_set(err, ERR_USAGE, "which project? see --project");
	if (identity.shares_quota && identity.quota_project == NULL)
		log_warn("without --quota-project requests count for all users of gcloud");
	if (cloud_list_resource(pulling, identity.project, &resource, err) < 0)
		return -1;
	pulling->resource = resource;
	return 0;
}

int pulling_new(TALLOC_CTX *mem, const struct pulling_options *options, struct store *store,
	struct pulling **out, struct err *err)
{
	struct pulling *pulling = mem_new(mem, struct pulling);
	struct cloud_list_options list = { options->per_minute, waiting, pulling };
	char *filter = NULL;

	if (options->offline)
		return err_set(err, ERR_USAGE, "--offline refuses any network, and this needs it");
	if (options->filter != NULL && cloud_lql_check(pulling, options->filter, &filter, err) < 0)
		return -1;
	if (setup_cloud(pulling, options->settings, &pulling->cloud, err) < 0 ||
		find_resource(pulling, err) < 0)
		return -1;
	pulling->source.redaction = options->redaction;
	pulling->clock = cloud_clock(pulling->cloud);
	pulling->list = cloud_list_new(pulling, pulling->cloud, &list);
	pulling->pages =
		source_pages_new(pulling, pulling->resource, &pulling->source, options->alone);
	pulling->store = store;
	pulling->filter = filter;
	pulling->service = options->service;
	pulling->progress = options->progress;
	*out = pulling;
	return 0;
}

char *pulling_question(TALLOC_CTX *mem, const struct pulling *pulling)
{
	return mem_printf(mem, "%s\n%s", pulling->service != NULL ? pulling->service : "",
		pulling->filter != NULL ? pulling->filter : "");
}

struct slice pulling_slice(const struct pulling *pulling, int64_t from, int64_t to)
{
	return (struct slice){ .from = from,
		.to = to,
		.received = TIME_NONE,
		.lower = from,
		.page_size = CLOUD_LIST_SIZE,
		.token_time = TIME_NONE,
		.reached = TIME_NONE,
		.began = pulling_now(pulling) };
}

size_t pulling_room(const struct pulling *pulling, int64_t from, int64_t to)
{
	/* the longest bounds there are: after a restart they have nanoseconds */
	const struct cloud_question question = { from / WHEN_SECOND * WHEN_SECOND + 1,
		to / WHEN_SECOND * WHEN_SECOND + 1, TIME_NONE, pulling->service, pulling->filter,
		"" };
	struct err err = { 0 };
	size_t length = CLOUD_LQL_MAX;
	char *filter;

	if (cloud_lql_question(NULL, &question, &filter, &err) == 0) {
		length = strlen(filter);
		talloc_free(filter);
	}
	return CLOUD_LQL_MAX - length;
}

/* The request as SLICE now has it, but for the token. */
static int prepare(struct reading *reading, struct err *err)
{
	const struct pulling *pulling = reading->pulling;
	const struct slice *slice = reading->slice;
	const struct cloud_question question = { slice->lower, slice->to, slice->received,
		pulling->service, pulling->filter, pulling->more };
	char *filter;

	talloc_free(reading->mem);
	reading->mem = talloc_new(NULL);
	if (cloud_lql_question(reading->mem, &question, &filter, err) < 0)
		return -1;
	reading->request =
		(struct cloud_list_request){ pulling->resource, filter, NULL, slice->page_size };
	return 0;
}

/* A token is good for the very same question, and for a day. */
static bool is_good(const struct reading *reading)
{
	const struct slice *slice = reading->slice;
	int64_t age = when_difference(pulling_now(reading->pulling), slice->token_time);
	char digest[DIGEST_TEXT];

	cloud_list_digest(&reading->request, digest);
	return slice->token != NULL && strcmp(digest, slice->question) == 0 && age < TOKEN_AGE;
}

/* Go on without a token, from the last entry that was kept; the others of its time come again. */
static int restart(struct reading *reading, const char *why, struct err *err)
{
	struct slice *slice = reading->slice;

	if (++reading->restarts > RESTARTS_MAX)
		return err_set(err, ERR_NET, "%s, %u times in a row", why, RESTARTS_MAX);
	log_info("%s: %s; beginning anew from the last entry", reading->pulling->resource, why);
	slice->token = NULL;
	slice->token_time = TIME_NONE;
	if (slice->reached != TIME_NONE)
		slice->lower = slice->reached;
	return prepare(reading, err);
}

static void set_token(struct reading *reading, const char *token)
{
	struct slice *slice = reading->slice;

	talloc_free((char *)slice->token);
	slice->token = mem_strdup(reading->pulling, token);
	slice->token_time = token != NULL ? pulling_now(reading->pulling) : TIME_NONE;
	slice->done = token == NULL;
	cloud_list_digest(&reading->request, slice->question);
}

static int take_entries(struct reading *reading, struct err *err)
{
	struct pulling *pulling = reading->pulling;
	struct slice *slice = reading->slice;
	struct entry entry;

	while (source_pages_next(pulling->pages, &entry)) {
		if (pulling->take(pulling->context, &entry, err) < 0)
			return -1;
		slice->entries++;
		/* what nobody asked for says nothing of how far reading is */
		if (entry.time >= slice->lower && entry.time < slice->to)
			slice->reached = entry.time > slice->reached ? entry.time : slice->reached;
	}
	return 0;
}

static int keep_page(struct reading *reading, const char *token, uint64_t before, struct err *err)
{
	struct pulling *pulling = reading->pulling;
	const struct source_info *info = source_pages_info(pulling->pages);
	uint64_t entries = reading->slice->entries;

	if (pulling->store != NULL && store_page_begin(pulling->store, info, err) < 0)
		return -1;
	if (take_entries(reading, err) < 0)
		return -1;
	reading->slice->requests += cloud_list_requests(pulling->list) - before;
	set_token(reading, token);
	if (reading->slice->entries > entries)
		reading->restarts = reading->empty = 0;
	else
		reading->empty++;
	if (pulling->store == NULL)
		return 0;
	return store_page_end(pulling->store, info, reading->kept ? reading->slice : NULL, err);
}

static int read_page(struct reading *reading, struct err *err)
{
	TALLOC_CTX *page = talloc_new(NULL);
	struct pulling *pulling = reading->pulling;
	uint64_t before = cloud_list_requests(pulling->list);
	char *token = NULL;
	int result;

	reading->request.token = reading->slice->token;
	result = cloud_list_page(
		pulling->list, &reading->request, pulling->pages, page, &token, err);
	if (result == CLOUD_LIST_PAGE) {
		result = keep_page(reading, token, before, err);
		show(pulling, "");
	} else if (result == CLOUD_LIST_STALE) {
		result = restart(reading, "the page token was refused", err);
	} else if (result == CLOUD_LIST_LARGE && reading->slice->page_size > 1) {
		reading->slice->page_size = (reading->slice->page_size + 3) / 4;
		reading->restarts = 0;
		result = restart(reading, "a page was too long", err);
	} else if (result == CLOUD_LIST_LARGE) {
		result = -1;
	}
	talloc_free(page);
	return result;
}

int pulling_read(struct pulling *pulling, struct slice *slice, bool kept, struct err *err)
{
	struct reading reading = { .pulling = pulling, .slice = slice, .kept = kept };
	char lower[WHEN_TEXT], to[WHEN_TEXT];
	int result = prepare(&reading, err);

	pulling->slice = slice;
	if (result == 0 && slice->token != NULL && !is_good(&reading))
		result =
			restart(&reading, "the page token is too old, or of another question", err);
	while (result == 0 && !slice->done && reading.empty < EMPTY_MAX)
		result = read_page(&reading, err);
	if (result == 0 && !slice->done)
		result = err_set(err, ERR_NET,
			"%d pages in a row without an entry: ask for less time, or with a filter "
			"that has more matches",
			EMPTY_MAX);
	talloc_free(reading.mem);
	if (result == 0 || err->code == ERR_STORE)
		return result;
	return err_wrap(err, "%s from %s to %s", pulling->resource,
		when_format(slice->reached != TIME_NONE ? slice->reached : slice->lower, lower),
		when_format(slice->to, to));
}
