/* What becomes of a body between the handler and the wire. */
#include "standin/http_body.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>
#include <time.h>

#define TICK 20 /* milliseconds of a pause within a body */

struct body {
	const char *bytes;
	size_t length; /* that are sent */
	size_t whole; /* that are promised */
	enum http_harm harm;
	double seconds;
	const atomic_bool *is_ending;
};

/* The service compresses only for agents that say so twice. */
static bool wants_gzip(const struct http_request *request)
{
	const char *encoding = http_header(request, "Accept-Encoding");
	const char *agent = http_header(request, "User-Agent");

	return encoding != NULL && strstr(encoding, "gzip") != NULL && agent != NULL &&
	       strstr(agent, "gzip") != NULL;
}

static bool compress(struct http_request *request, struct http_reply *reply)
{
	struct archive *archive = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	size_t room = reply->length + reply->length / 100 + 4096, used = 0;
	char *out = mem_array(request, char, room);
	bool is_good;

	archive_entry_set_pathname(entry, "body");
	archive_entry_set_filetype(entry, AE_IFREG);
	is_good = archive_write_set_format_raw(archive) == ARCHIVE_OK &&
		  archive_write_add_filter_gzip(archive) == ARCHIVE_OK &&
		  archive_write_set_options(archive, "gzip:compression-level=1,!timestamp") ==
			  ARCHIVE_OK &&
		  archive_write_set_bytes_in_last_block(archive, 1) == ARCHIVE_OK &&
		  archive_write_open_memory(archive, out, room, &used) == ARCHIVE_OK &&
		  archive_write_header(archive, entry) == ARCHIVE_OK &&
		  archive_write_data(archive, reply->body, reply->length) ==
			  (la_ssize_t)reply->length &&
		  archive_write_close(archive) == ARCHIVE_OK;
	archive_entry_free(entry);
	archive_write_free(archive);
	if (!is_good)
		return false;
	reply->body = out;
	reply->length = used;
	http_add(request, &reply->headers, "Content-Encoding", "gzip");
	http_add(request, &reply->headers, "Vary", "Accept-Encoding");
	return true;
}

/* Damage what is compressed, or claim that what is not were so. */
static void break_gzip(struct http_request *request, struct http_reply *reply)
{
	char *copy = mem_array(request, char, reply->length + 1);
	bool is_compressed = false;

	memcpy(copy, reply->body, reply->length);
	for (size_t i = 0; i < reply->headers.count; i++)
		is_compressed |= strcmp(reply->headers.pairs[i].name, "Content-Encoding") == 0;
	if (!is_compressed)
		http_add(request, &reply->headers, "Content-Encoding", "gzip");
	for (size_t i = reply->length / 2; i < reply->length; i++)
		copy[i] = (char)~copy[i];
	reply->body = copy;
}

static void wait_for(const struct body *body, double seconds)
{
	struct timespec tick = { 0, TICK * 1000000L };

	for (double waited = 0; waited < seconds && !*body->is_ending; waited += TICK / 1e3)
		nanosleep(&tick, NULL);
}

static ssize_t read_body(void *context, uint64_t at, char *out, size_t room)
{
	struct body *body = context;
	size_t left = body->length - (size_t)at, step = left < room ? left : room;

	if (left == 0) {
		if (body->harm == HTTP_STALL)
			wait_for(body, body->seconds);
		return body->harm == HTTP_SLOW ? MHD_CONTENT_READER_END_OF_STREAM
					       : MHD_CONTENT_READER_END_WITH_ERROR;
	}
	if (body->harm == HTTP_SLOW) {
		size_t ticks = (size_t)(body->seconds * 1e3 / TICK) + 1;

		step = step < body->whole / ticks + 1 ? step : body->whole / ticks + 1;
		wait_for(body, TICK / 1e3);
	}
	memcpy(out, body->bytes + at, step);
	return (ssize_t)step;
}

static struct MHD_Response *harmed(
	struct http_request *request, struct http_reply *reply, const atomic_bool *is_ending)
{
	struct body *body = mem_new(request, struct body);
	bool is_chunked = reply->harm == HTTP_HALF_CHUNKED;

	*body = (struct body){ reply->body, reply->length / 2, reply->length, reply->harm,
		reply->seconds, is_ending };
	if (reply->harm == HTTP_SLOW)
		body->length = reply->length;
	if (reply->harm == HTTP_STALL)
		body->length = 0;
	return MHD_create_response_from_callback(
		is_chunked ? MHD_SIZE_UNKNOWN : reply->length, 32768, read_body, body, NULL);
}

struct MHD_Response *http_body_new(
	struct http_request *request, struct http_reply *reply, const atomic_bool *is_ending)
{
	if (wants_gzip(request) && reply->length > 0)
		compress(request, reply);
	if (reply->harm == HTTP_GZIP)
		break_gzip(request, reply);
	if (reply->harm == HTTP_SOUND || reply->harm == HTTP_GZIP)
		return MHD_create_response_from_buffer(
			reply->length, (void *)(uintptr_t)reply->body, MHD_RESPMEM_PERSISTENT);
	return harmed(request, reply, is_ending);
}
