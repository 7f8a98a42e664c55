/* Exchanges with a server on this machine that does not behave. */
#include "cloud/http.h"

#include <archive.h>
#include <archive_entry.h>
#include <stdlib.h>
#include <string.h>

#include "unit/loopback.h"
#include "unit/test.h"

#define OK "HTTP/1.1 200 OK\r\n"

struct world {
	TALLOC_CTX *mem;
	struct http *http;
	struct loopback server;
	struct http_response response;
	struct err err;
};

static int begin(void **state)
{
	struct world *world = mem_new(NULL, struct world);

	world->mem = world;
	world->http = http_new(world);
	*state = world;
	return 0;
}

static int end(void **state)
{
	talloc_free(*state);
	return 0;
}

static int ask(struct world *world, const char *path, const char *body, size_t limit)
{
	return http_exchange(world->http, world->mem,
		&(struct http_request){ .method = body != NULL ? "POST" : "GET",
			.url = mem_printf(world, "%s%s", world->server.url, path),
			.body = body,
			.body_length = body != NULL ? strlen(body) : 0,
			.limit = limit,
			.timeout = WHEN_SECOND },
		&world->response, &world->err);
}

/* One reply to one request. */
static int ask_once(struct world *world, struct loopback_reply reply, size_t limit)
{
	int result;

	loopback_start(world, &reply, 1, &world->server);
	result = ask(world, "/", NULL, limit);
	loopback_stop(&world->server);
	return result;
}

static void an_answer_has_status_body_type_date_and_pause(void **state)
{
	struct world *world = *state;
	const struct loopback_reply reply = { .text = "HTTP/1.1 503 Busy\r\n"
						      "Date: Thu, 01 Jan 2026 00:00:00 GMT\r\n"
						      "Retry-After: 7\r\nContent-Type: text/x\r\n"
						      "Metadata-Flavor:  Google \r\n"
						      "Content-Length: 4\r\n\r\na\0bc" };
	struct loopback_reply whole = reply;

	whole.length = strlen(reply.text) + 3;
	assert_int_equal(ask_once(world, whole, 4), 0);
	assert_int_equal(world->response.status, 503);
	assert_int_equal(world->response.length, 4);
	assert_memory_equal(world->response.body, "a\0bc", 5);
	assert_string_equal(world->response.content_type, "text/x");
	assert_string_equal(world->response.flavour, "Google");
	assert_int_equal(world->response.retry_after, 7 * WHEN_SECOND);
	assert_int_equal(world->response.date, 1767225600 * WHEN_SECOND);
}

static void a_redirection_is_an_answer_and_is_not_followed(void **state)
{
	struct world *world = *state;

	assert_int_equal(
		ask_once(world,
			(struct loopback_reply){
				.text = "HTTP/1.1 302 Found\r\nLocation: "
					"http://127.0.0.1:1/\r\nContent-Length: 0\r\n\r\n" },
			10),
		0);
	assert_int_equal(world->response.status, 302);
	assert_string_equal(world->response.body, "");
}

static void an_answer_tells_of_more_pages_of_limits_and_of_other_places(void **state)
{
	struct world *world = *state;
	const struct loopback_reply reply = { .text = "HTTP/1.1 307 Temporary Redirect\r\n"
						      "link: <http://x/?page=2>; rel=\"next\"\r\n"
						      "X-RateLimit-Remaining: 0\r\n"
						      "x-ratelimit-reset: 1767312000\r\n"
						      "Location: /other\r\n"
						      "Content-Length: 0\r\n\r\n" };

	assert_int_equal(ask_once(world, reply, 100), 0);
	assert_string_equal(world->response.link, "<http://x/?page=2>; rel=\"next\"");
	assert_int_equal(world->response.rate_left, 0);
	assert_int_equal(world->response.rate_reset, 1767312000 * WHEN_SECOND);
	assert_string_equal(
		world->response.redirect, mem_printf(world, "%s/other", world->server.url));
}

static void an_answer_that_tells_nothing_has_nothing(void **state)
{
	struct world *world = *state;
	const struct loopback_reply reply = { .text = OK "X-RateLimit-Remaining: many\r\n"
							 "X-RateLimit-Reset: soon\r\n"
							 "Content-Length: 0\r\n\r\n" };

	assert_int_equal(ask_once(world, reply, 100), 0);
	assert_string_equal(world->response.link, "");
	assert_string_equal(world->response.redirect, "");
	assert_int_equal(world->response.rate_left, -1);
	assert_int_equal(world->response.rate_reset, TIME_NONE);
}

static void each_method_is_sent_as_it_is_and_a_body_where_it_has_one(void **state)
{
	static const struct {
		const char *method, *body, *wanted;
	} rows[] = {
		{ "PATCH", "{\"a\":1}", "PATCH /x HTTP/1.1" },
		{ "PUT", "{\"a\":1}", "\r\n\r\n{\"a\":1}" },
		{ "DELETE", "", "DELETE /x HTTP/1.1" },
		{ "GET", "", "GET /x HTTP/1.1" },
	};
	struct world *world = *state;

	for (size_t i = 0; i < sizeof(rows) / sizeof(rows[0]); i++) {
		const struct loopback_reply reply = { .text = OK "Content-Length: 0\r\n\r\n",
			.wanted = rows[i].wanted };

		loopback_start(world, &reply, 1, &world->server);
		assert_int_equal(
			http_exchange(world->http, world->mem,
				&(struct http_request){ .method = rows[i].method,
					.url = mem_printf(world, "%s/x", world->server.url),
					.body = rows[i].body,
					.body_length = strlen(rows[i].body),
					.limit = 100,
					.timeout = WHEN_SECOND },
				&world->response, &world->err),
			0);
		assert_true(loopback_stop(&world->server));
	}
}

static void a_body_over_the_limit_is_refused_with_and_without_its_length(void **state)
{
	struct world *world = *state;

	assert_int_equal(ask_once(world, (struct loopback_reply){ .text = OK "\r\n12345" }, 4), -1);
	assert_int_equal(world->response.fault, HTTP_FAULT_LIMIT);
	assert_int_equal(world->err.code, ERR_LIMIT);
	assert_int_equal(
		ask_once(world,
			(struct loopback_reply){ .text = OK "Content-Length: 5\r\n\r\n12345" }, 4),
		-1);
	assert_int_equal(world->response.fault, HTTP_FAULT_LIMIT);
	assert_int_equal(ask_once(world, (struct loopback_reply){ .text = OK "\r\n12345" }, 5), 0);
}

/* SIZE zeros, in about a thousandth of it. */
static size_t compress_zeros(TALLOC_CTX *mem, size_t size, char *out, size_t room)
{
	struct archive *archive = archive_write_new();
	struct archive_entry *entry = archive_entry_new();
	char *zeros = mem_array(mem, char, size);
	size_t used = 0;

	archive_write_set_format_raw(archive);
	archive_write_add_filter_gzip(archive);
	archive_write_set_bytes_in_last_block(archive, 1);
	archive_write_open_memory(archive, out, room, &used);
	archive_entry_set_filetype(entry, AE_IFREG);
	archive_write_header(archive, entry);
	archive_write_data(archive, zeros, size);
	archive_write_close(archive);
	archive_entry_free(entry);
	archive_write_free(archive);
	return used;
}

static void the_limit_is_that_of_the_decompressed_body(void **state)
{
	static const char head[] = OK "Content-Encoding: gzip\r\n\r\n";
	struct world *world = *state;
	char *text = mem_array(world, char, 65536);
	size_t length = strlen(head);

	memcpy(text, head, length);
	length += compress_zeros(world, 1 << 20, text + length, 65536 - length);
	assert_true(length < 10000);
	assert_int_equal(
		ask_once(world, (struct loopback_reply){ .text = text, .length = length }, 1 << 19),
		-1);
	assert_int_equal(world->response.fault, HTTP_FAULT_LIMIT);
	assert_int_equal(
		ask_once(world, (struct loopback_reply){ .text = text, .length = length }, 1 << 20),
		0);
	assert_int_equal(world->response.length, 1 << 20);
}

static void every_way_of_no_answer_has_its_name(void **state)
{
	static const struct {
		struct loopback_reply reply;
		enum http_fault fault;
	} cases[] = {
		{ { .kind = LOOPBACK_RESET }, HTTP_FAULT_RESET },
		{ { .kind = LOOPBACK_STALL }, HTTP_FAULT_STALL },
		{ { .text = OK "Content-Length: 5\r\n\r\n123" }, HTTP_FAULT_HALF },
		{ { .text = OK "Transfer-Encoding: chunked\r\n\r\n5\r\n123" }, HTTP_FAULT_HALF },
		{ { .text = OK "Content-Encoding: gzip\r\nContent-Length: 4\r\n\r\nabcd" },
			HTTP_FAULT_HALF },
	};
	struct world *world = *state;

	for (size_t i = 0; i < sizeof(cases) / sizeof(cases[0]); i++) {
		assert_int_equal(ask_once(world, cases[i].reply, 100), -1);
		assert_int_equal(world->response.fault, cases[i].fault);
		assert_int_equal(world->err.code, ERR_NET);
		assert_true(http_fault_passes(world->response.fault));
		assert_non_null(strstr(world->err.text, world->server.url));
	}
	/* nobody listens there any more */
	assert_int_equal(ask(world, "/", NULL, 100), -1);
	assert_int_equal(world->response.fault, HTTP_FAULT_REFUSED);
	assert_string_equal(http_fault_name(world->response.fault), "refused");
}

static void one_connection_serves_several_requests(void **state)
{
	static const struct loopback_reply replies[] = {
		{ .text = OK "Content-Length: 1\r\n\r\n1", .stays = true },
		{ .text = OK "Content-Length: 1\r\n\r\n2" },
	};
	struct world *world = *state;

	loopback_start(world, replies, 2, &world->server);
	assert_int_equal(ask(world, "/", "x", 10), 0);
	assert_int_equal(ask(world, "/", NULL, 10), 0);
	assert_string_equal(world->response.body, "2");
	assert_true(loopback_stop(&world->server));
}

static void a_proxy_is_not_asked_for_this_machine(void **state)
{
	struct world *world = *state;

	setenv("http_proxy", "http://127.0.0.1:1", 1);
	setenv("ALL_PROXY", "http://127.0.0.1:1", 1);
	assert_int_equal(ask_once(world, (struct loopback_reply){ .text = OK "\r\nx" }, 5), 0);
	unsetenv("http_proxy");
	unsetenv("ALL_PROXY");
}

static void a_request_says_gzip_twice_and_its_body_has_a_length(void **state)
{
	static const struct loopback_reply reply = { .kind = LOOPBACK_ECHO };
	struct world *world = *state;

	loopback_start(world, &reply, 1, &world->server);
	assert_int_equal(ask(world, "/a?b=c", "body", 10000), 0);
	loopback_stop(&world->server);
	assert_non_null(strstr(world->response.body, "POST /a?b=c HTTP/1.1"));
	assert_non_null(strstr(world->response.body, "Accept-Encoding: gzip"));
	assert_non_null(
		strstr(world->response.body, "User-Agent: fivewhys/" PACKAGE_VERSION " (gzip)"));
	assert_non_null(strstr(world->response.body, "Content-Length: 4"));
	assert_null(strstr(world->response.body, "Expect"));
}

static void a_header_that_would_be_two_is_not_sent(void **state)
{
	static const char *const headers[] = { "X-A: b\r\nX-C: fake-secret", NULL };
	struct world *world = *state;

	assert_int_equal(
		http_exchange(world->http, world,
			&(struct http_request){
				.method = "GET", .url = "http://127.0.0.1:1/", .headers = headers },
			&world->response, &world->err),
		-1);
	assert_int_equal(world->response.fault, HTTP_FAULT_REQUEST);
	assert_false(http_fault_passes(world->response.fault));
	assert_null(strstr(world->err.text, "fake"));
}

static void what_url_h_forbids_is_not_sent(void **state)
{
	struct world *world = *state;

	assert_int_equal(http_exchange(world->http, world,
				 &(struct http_request){
					 .method = "GET", .url = "http://192.0.2.1/fake-secret" },
				 &world->response, &world->err),
		-1);
	assert_int_equal(world->response.fault, HTTP_FAULT_REQUEST);
	assert_null(strstr(world->err.text, "fake"));
}

#define TEST(name) cmocka_unit_test_setup_teardown(name, begin, end)

int main(void)
{
	const struct CMUnitTest tests[] = {
		TEST(an_answer_has_status_body_type_date_and_pause),
		TEST(a_redirection_is_an_answer_and_is_not_followed),
		TEST(an_answer_tells_of_more_pages_of_limits_and_of_other_places),
		TEST(an_answer_that_tells_nothing_has_nothing),
		TEST(each_method_is_sent_as_it_is_and_a_body_where_it_has_one),
		TEST(a_body_over_the_limit_is_refused_with_and_without_its_length),
		TEST(the_limit_is_that_of_the_decompressed_body),
		TEST(every_way_of_no_answer_has_its_name),
		TEST(one_connection_serves_several_requests),
		TEST(a_proxy_is_not_asked_for_this_machine),
		TEST(a_request_says_gzip_twice_and_its_body_has_a_length),
		TEST(a_header_that_would_be_two_is_not_sent),
		TEST(what_url_h_forbids_is_not_sent),
	};

	return cmocka_run_group_tests_name("http", tests, NULL, NULL);
}
