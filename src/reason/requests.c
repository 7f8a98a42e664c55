/* Remembering requests in bounded memory. */
#include "reason/requests.h"

#include <ctype.h>
#include <string.h>
#include <uthash.h>

#include "reason/status.h"

#define TIMED_MAX 16384 /* requests kept with their times, of logs and of transcripts each */
#define OWNERS_MAX 65536
#define TALLIES_MAX 16384
#define LINE_MAX_SEEN 4096 /* bytes of a line that are looked at */
#define PATH_MAX_SEEN 200

struct owner {
	const void *who; /* a test, or the source of lines of no test */
	struct facts facts;
	UT_hash_handle hh;
};

struct tally {
	char *key; /* "503" or "503 /health" */
	uint64_t count;
	UT_hash_handle hh;
};

struct timed {
	struct request *items;
	size_t count;
};

struct requests {
	struct owner *owners;
	struct tally *tallies;
	struct timed log, transcript;
	uint64_t passed_over;
};

static int requests_free(struct requests *requests)
{
	HASH_CLEAR(hh, requests->owners);
	HASH_CLEAR(hh, requests->tallies);
	return 0;
}

struct requests *requests_new(TALLOC_CTX *mem)
{
	struct requests *requests = mem_new(mem, struct requests);

	talloc_set_destructor(requests, requests_free);
	return requests;
}

static void add_timed(struct requests *requests, struct timed *timed, const struct entry *entry,
	int status, const char *path)
{
	if (entry->time == TIME_NONE)
		return;
	if (timed->count >= TIMED_MAX) {
		requests->passed_over++;
		return;
	}
	timed->items = mem_grow(requests, timed->items, timed->count, sizeof(*timed->items));
	timed->items[timed->count++] =
		(struct request){ entry->time, status, mem_strdup(requests, path), entry->source };
}

static void add_tally(struct requests *requests, const char *key)
{
	struct tally *tally;

	HASH_FIND_STR(requests->tallies, key, tally);
	if (tally == NULL) {
		if (HASH_COUNT(requests->tallies) >= TALLIES_MAX) {
			requests->passed_over++;
			return;
		}
		tally = mem_new(requests, struct tally);
		tally->key = mem_strdup(tally, key);
		HASH_ADD_KEYPTR(hh, requests->tallies, tally->key, strlen(tally->key), tally);
	}
	tally->count++;
}

static void tally_key(char *key, size_t size, int status, const char *path)
{
	snprintf(key, size, "%d%s%.*s", status, path == NULL ? "" : " ", PATH_MAX_SEEN,
		path == NULL ? "" : path);
}

static void observe_log(struct requests *requests, const struct entry *entry)
{
	char key[PATH_MAX_SEEN + 16];

	if (entry->http_status == 0)
		return;
	add_timed(requests, &requests->log, entry, entry->http_status, entry->path);
	if (entry->http_status < 400)
		return;
	tally_key(key, sizeof(key), entry->http_status, NULL);
	add_tally(requests, key);
	if (entry->path == NULL)
		return;
	tally_key(key, sizeof(key), entry->http_status, entry->path);
	add_tally(requests, key);
}

static struct facts *facts_for(struct requests *requests, const struct entry *entry)
{
	const void *who =
		entry->test != NULL ? (const void *)entry->test : (const void *)entry->source;
	struct owner *owner;

	HASH_FIND_PTR(requests->owners, &who, owner);
	if (owner != NULL)
		return &owner->facts;
	if (HASH_COUNT(requests->owners) >= OWNERS_MAX) {
		requests->passed_over++;
		return NULL;
	}
	owner = mem_new(requests, struct owner);
	owner->who = who;
	HASH_ADD_PTR(requests->owners, who, owner);
	return &owner->facts;
}

static void add_string(struct requests *requests, const char *texts[FACTS_MAX], size_t *count,
	const char *text, size_t length)
{
	for (size_t i = 0; i < *count; i++)
		if (strlen(texts[i]) == length && memcmp(texts[i], text, length) == 0)
			return;
	if (*count < FACTS_MAX)
		texts[(*count)++] = mem_strndup(requests, text, length);
}

static void add_status(struct facts *facts, int status)
{
	for (size_t i = 0; i < facts->status_count; i++)
		if (facts->statuses[i] == status)
			return;
	if (facts->status_count < FACTS_MAX)
		facts->statuses[facts->status_count++] = status;
}

static bool is_word(char c)
{
	return isalnum((unsigned char)c) || c == '_';
}

static bool is_url(char c)
{
	return is_word(c) || strchr("/.-~%+:@", c) != NULL;
}

/* The path of the first URL, or the first word that begins with a slash; NULL: none. */
static const char *find_path(const char *line, size_t length, size_t *path_length)
{
	const char *url = memmem(line, length, "://", 3), *end = line + length, *at = url;

	if (at != NULL)
		for (at += 3; at < end && *at != '/' && is_url(*at); at++)
			;
	for (size_t i = 0; at == NULL && i + 1 < length; i++)
		if (line[i] == '/' && is_word(line[i + 1]) &&
			(i == 0 || strchr(" '\"", line[i - 1])))
			at = line + i;
	if (at == NULL || at >= end || *at != '/')
		return NULL;
	*path_length = 0;
	while (at + *path_length < end && *path_length < PATH_MAX_SEEN && is_url(at[*path_length]))
		(*path_length)++;
	while (*path_length > 1 && strchr(":.", at[*path_length - 1]) != NULL)
		(*path_length)--;
	return at;
}

/* What clients print when they talk to something; words of imports and fixtures are not here. */
static bool speaks_of_network(const char *line, size_t length)
{
	static const char *const words[] = { "://", "HTTP ", "HTTP/", "status_code", "status code",
		"/api/", "ConnectionRefused", "ConnectError", "ConnectionError", "ReadTimeout",
		"ConnectTimeout", "timed out", "getaddrinfo", "Connect call failed", ".recv(",
		"websockets.", "httpx.", "aiohttp.", "urllib3", "requests.exceptions", "WebSocket ",
		"Sent ", "<Response [", "health check failed", "Service Unavailable", "Bad Gateway",
		"Gateway Timeout", "Internal Server Error", "Too Many Requests" };

	if (memmem(line, length, "://docs.", 8) != NULL)
		return false;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (memmem(line, length, words[i], strlen(words[i])) != NULL)
			return true;
	return false;
}

static bool is_id(char c)
{
	return isxdigit((unsigned char)c) || c == '-';
}

/* Trace ids have 32 hexadecimal digits, request ids mostly are UUIDs of 36 characters. */
static void find_ids(
	struct requests *requests, struct facts *facts, const char *line, size_t length)
{
	for (size_t at = 0, word; at < length; at += word + 1) {
		word = 0;
		while (at + word < length && is_id(line[at + word]))
			word++;
		if ((word == 32 && memchr(line + at, '-', word) == NULL) ||
			(word == 36 && line[at + 8] == '-' && line[at + 23] == '-'))
			add_string(requests, facts->ids, &facts->id_count, line + at, word);
	}
}

static bool speaks_of_ids(const char *line, size_t length)
{
	static const char *const words[] = { "trace", "Trace", "request_id", "request id",
		"request-id", "Request-Id", "correlation" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (memmem(line, length, words[i], strlen(words[i])) != NULL)
			return true;
	return false;
}

static void observe_comparison(struct facts *facts, const char *line, size_t length)
{
	int status = status_compared(line, length);

	facts->compared |= status > 0;
	if (status >= 400)
		add_status(facts, status);
}

static void observe_line(
	struct requests *requests, const struct entry *entry, const char *line, size_t length)
{
	struct facts *facts = facts_for(requests, entry);
	size_t at = 0, path_length = 0;
	const char *path;
	char *copy;
	int status;

	if (facts == NULL)
		return;
	if (speaks_of_ids(line, length))
		find_ids(requests, facts, line, length);
	observe_comparison(facts, line, length);
	if (!speaks_of_network(line, length))
		return;
	facts->network = true;
	find_ids(requests, facts, line, length);
	path = find_path(line, length, &path_length);
	if (path != NULL)
		add_string(requests, facts->paths, &facts->path_count, path, path_length);
	copy = path == NULL ? NULL : mem_strndup(NULL, path, path_length);
	while ((status = status_next(line, length, &at)) > 0) {
		if (status >= 400)
			add_status(facts, status);
		add_timed(requests, &requests->transcript, entry, status, copy);
	}
	talloc_free(copy);
}

static void observe_transcript(struct requests *requests, const struct entry *entry)
{
	const char *end = entry->text + entry->text_len;

	for (const char *line = entry->text, *next; line < end; line = next + 1) {
		size_t length;

		next = memchr(line, '\n', (size_t)(end - line));
		if (next == NULL)
			next = end;
		length = (size_t)(next - line);
		observe_line(
			requests, entry, line, length < LINE_MAX_SEEN ? length : LINE_MAX_SEEN);
	}
}

void requests_observe(struct requests *requests, const struct entry *entry)
{
	if (entry->test != NULL && entry->test->step)
		return; /* what builds asks no service of ours */
	if (entry->test != NULL || (entry->source != NULL && entry->source->transcript))
		observe_transcript(requests, entry);
	else
		observe_log(requests, entry);
}

const struct facts *requests_facts(
	const struct requests *requests, const struct test *test, const struct source_info *source)
{
	const void *who = test != NULL ? (const void *)test : (const void *)source;
	struct owner *owner;

	HASH_FIND_PTR(requests->owners, &who, owner);
	return owner == NULL ? NULL : &owner->facts;
}

uint64_t requests_tally(const struct requests *requests, int status, const char *path)
{
	char key[PATH_MAX_SEEN + 16];
	struct tally *tally;

	tally_key(key, sizeof(key), status, path);
	HASH_FIND_STR(requests->tallies, key, tally);
	return tally == NULL ? 0 : tally->count;
}

const struct request *requests_timed(const struct requests *requests, bool log, size_t *count)
{
	const struct timed *timed = log ? &requests->log : &requests->transcript;

	*count = timed->count;
	return timed->items;
}

uint64_t requests_passed_over(const struct requests *requests)
{
	return requests->passed_over;
}
