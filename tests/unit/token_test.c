/* Services of tokens that do not behave. */
#include "cloud/credentials.h"

#include <stdlib.h>
#include <string.h>

#include "unit/loopback.h"
#include "unit/test.h"

#define NOW (1767225600 * WHEN_SECOND)
#define JSON "HTTP/1.1 200 OK\r\n\r\n"

static int64_t slept;

static int64_t tell_now(void *context)
{
	(void)context;
	return NOW;
}

static void note_sleep(int64_t duration, void *context)
{
	(void)context;
	slept += duration;
}

static const struct cloud_clock clock_of_test = { tell_now, note_sleep, NULL };

struct world {
	struct session session;
	struct credentials *credentials;
	struct loopback server;
	struct token token;
	struct err err;
};

/* A login of TYPE whose tokens come from a server with these replies. */
static struct world *begin(const char *type, const struct loopback_reply *replies, size_t count)
{
	struct world *world = mem_new(NULL, struct world);
	char *text;

	loopback_start(world, replies, count, &world->server);
	world->session = (struct session){ http_new(world), &clock_of_test, 1 };
	text = mem_printf(world,
		"{\"type\":\"%s\",\"client_id\":\"client\",\"client_secret\":\"fake-secret-of-"
		"client\","
		"\"refresh_token\":\"fake-refresh/token-1\",\"token_uri\":\"%s/"
		"t\",\"token_url\":\"%s/t\"}",
		type, world->server.url, world->server.url);
	assert_int_equal(
		credentials_parse(world, "f", text, strlen(text), &world->credentials, &world->err),
		0);
	slept = 0;
	return world;
}

static int fetch(struct world *world)
{
	return world->credentials->fetch(world->credentials, &world->session, SCOPE_LOGGING, world,
		&world->token, &world->err);
}

static int fetch_once(struct world *world)
{
	int result = fetch(world);

	loopback_stop(&world->server);
	return result;
}

static void what_a_service_echoes_of_its_request_is_hidden(void **state)
{
	static const struct loopback_reply reply = { .kind = LOOPBACK_ECHO };
	static const char *const types[] = { "authorized_user",
		"external_account_authorized_user" };

	(void)state;
	for (size_t i = 0; i < 2; i++) {
		struct world *world = begin(types[i], &reply, 1);

		assert_int_equal(fetch_once(world), -1);
		assert_non_null(strstr(world->err.text, "status 400 echo: POST /t"));
		assert_null(strstr(world->err.text, "fake"));
		assert_null(strstr(world->err.text, "Y2xpZW50OmZha2U")); /* client:fake in base64 */
		talloc_free(world);
	}
}

static void a_token_that_is_none_is_refused(void **state)
{
	static const char *const texts[] = {
		JSON "",
		JSON "[]",
		JSON "{}",
		JSON "{\"access_token\":7}",
		JSON "{\"access_token\":\"\"}",
		JSON "{\"access_token\":\"a b\"}",
		JSON "{\"access_token\":\"a\\r\\nX: y\"}",
		JSON "{\"access_token\":\"a\",\"token_type\":\"MAC\"}",
		JSON "{\"access_token\":\"a\"",
	};

	(void)state;
	for (size_t i = 0; i < sizeof(texts) / sizeof(texts[0]); i++) {
		const struct loopback_reply reply = { .text = texts[i] };
		struct world *world = begin("authorized_user", &reply, 1);

		assert_int_equal(fetch_once(world), -1);
		assert_int_equal(world->err.code, ERR_FORMAT);
		talloc_free(world);
	}
}

static int64_t expiry_for(const char *text)
{
	const struct loopback_reply reply = { .text = text };
	struct world *world = begin("authorized_user", &reply, 1);
	int64_t expiry;

	assert_int_equal(fetch_once(world), 0);
	expiry = world->token.expiry;
	talloc_free(world);
	return expiry;
}

static void the_end_of_a_token_is_counted_from_its_answer_and_is_bounded(void **state)
{
	(void)state;
	assert_int_equal(expiry_for(JSON "{\"access_token\":\"a\",\"expires_in\":3599}"),
		NOW + 3599 * WHEN_SECOND);
	assert_int_equal(expiry_for(JSON "{\"access_token\":\"a\",\"expires_in\":\"60\"}"),
		NOW + 60 * WHEN_SECOND);
	assert_int_equal(expiry_for(JSON "{\"access_token\":\"a\",\"expires_in\":-5}"), NOW);
	assert_int_equal(expiry_for(JSON "{\"access_token\":\"a\",\"expires_in\":1e15}"),
		NOW + 86400 * WHEN_SECOND);
	assert_int_equal(expiry_for(JSON "{\"access_token\":\"a\"}"), TIME_NONE);
}

static void the_words_for_a_fault_that_passes_are_heeded(void **state)
{
	static const struct loopback_reply replies[] = {
		{ .text = "HTTP/1.1 400 Bad\r\n\r\n{\"error\":\"internal_failure\"}" },
		{ .text = "HTTP/1.1 400 Bad\r\n\r\n{\"error\":\"x\",\"error_description\":"
			  "\"temporarily_unavailable\"}" },
		{ .text = JSON "{\"access_token\":\"a\"}" },
	};
	struct world *world = begin("authorized_user", replies, 3);

	(void)state;
	assert_int_equal(fetch_once(world), 0);
	assert_in_range(slept, 27 * WHEN_SECOND / 10, 33 * WHEN_SECOND / 10);
	talloc_free(world);
}

static void three_tries_are_made_and_no_more(void **state)
{
	static const struct loopback_reply replies[] = {
		{ .text = "HTTP/1.1 503 Busy\r\n\r\n" },
		{ .text = "HTTP/1.1 500 Bad\r\n\r\n<html>" },
		{ .text = "HTTP/1.1 400 Bad\r\n\r\n{\"error\":\"server_error\"}" },
		{ .text = JSON "{\"access_token\":\"a\"}" },
	};
	struct world *world = begin("authorized_user", replies, 4);

	(void)state;
	assert_int_equal(fetch(world), -1);
	assert_non_null(strstr(world->err.text, "status 400 server_error"));
	assert_int_equal(fetch_once(world), 0);
	talloc_free(world);
}

static void a_pause_that_is_asked_for_is_made_unless_it_is_too_long(void **state)
{
	static const struct loopback_reply replies[] = {
		{ .text = "HTTP/1.1 429 Busy\r\nRetry-After: 20\r\n\r\n" },
		{ .text = "HTTP/1.1 429 Busy\r\nRetry-After: 31\r\n\r\n" },
	};
	struct world *world = begin("authorized_user", replies, 2);

	(void)state;
	assert_int_equal(fetch_once(world), -1);
	assert_int_equal(slept, 20 * WHEN_SECOND);
	talloc_free(world);
}

static void a_federated_login_goes_on_with_the_refresh_token_it_was_given(void **state)
{
	static const struct loopback_reply replies[] = {
		{ .text = JSON "{\"access_token\":\"a\",\"refresh_token\":\"number-2\"}",
			.wanted = "refresh_token=fake-refresh%2Ftoken-1" },
		{ .text = JSON "{\"access_token\":\"b\"}", .wanted = "refresh_token=number-2" },
		{ .text = JSON "{\"access_token\":\"c\"}", .wanted = "refresh_token=number-2" },
	};
	struct world *world = begin("external_account_authorized_user", replies, 3);

	(void)state;
	for (int i = 0; i < 3; i++)
		assert_int_equal(fetch(world), 0);
	assert_true(loopback_stop(&world->server));
	talloc_free(world);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(what_a_service_echoes_of_its_request_is_hidden),
		cmocka_unit_test(a_token_that_is_none_is_refused),
		cmocka_unit_test(the_end_of_a_token_is_counted_from_its_answer_and_is_bounded),
		cmocka_unit_test(the_words_for_a_fault_that_passes_are_heeded),
		cmocka_unit_test(three_tries_are_made_and_no_more),
		cmocka_unit_test(a_pause_that_is_asked_for_is_made_unless_it_is_too_long),
		cmocka_unit_test(a_federated_login_goes_on_with_the_refresh_token_it_was_given),
	};

	return cmocka_run_group_tests_name("token", tests, NULL, NULL);
}
