/* What test runners leave behind. */
#include <inttypes.h>
#include <stdio.h>

#include "corpus.h"

#define FAILING 3 /* of a transcript */
#define SUITE 40 /* tests of a file */

static const char *const pages[FAILING] = { "health", "api/orders", "api/orders/latest" };

/* As the service of corpus_log answers them. */
static void write_failure(uint64_t number, const char *page)
{
	printf("________________________________ test_orders_%" PRIu64
	       " ________________________________\n"
	       "tests/e2e/test_orders.py:%" PRIu64 ": in test_orders_%" PRIu64 "\n"
	       "    assert response.status_code == 200\n"
	       "E   AssertionError: GET /%s failed: 503\n"
	       "E   assert 503 == 200\n"
	       "E    +  where 503 = <Response [503 Service Unavailable]>.status_code\n"
	       "------------------------------ Captured log call -------------------------------\n"
	       "INFO     httpx:_client.py:1026 HTTP Request: GET https://orders.example.com/%s "
	       "\"HTTP/1.1 503 Service Unavailable\"\n",
		number, 10 + number, number, page, page);
}

static bool is_failing(uint64_t number, uint64_t tests)
{
	return number + FAILING >= tests;
}

void corpus_transcript(uint64_t tests)
{
	uint64_t failing = tests < FAILING ? tests : FAILING;

	printf("============================= test session starts ==============================\n"
	       "platform linux -- Python 3.11.9, pytest-8.2.0, pluggy-1.5.0\n"
	       "rootdir: /srv/e2e\n"
	       "collected %" PRIu64 " items\n\n",
		tests);
	for (uint64_t i = 0; i < tests; i++)
		printf("tests/e2e/test_orders.py::test_orders_%" PRIu64 " %s [%3" PRIu64 "%%]\n", i,
			is_failing(i, tests) ? "FAILED" : "PASSED", (i + 1) * 100 / tests);
	printf("\n=================================== FAILURES "
	       "===================================\n");
	for (uint64_t i = tests - failing; i < tests; i++)
		write_failure(i, pages[i + failing - tests]);
	printf("=========================== short test summary info "
	       "============================\n");
	for (uint64_t i = tests - failing; i < tests; i++)
		printf("FAILED tests/e2e/test_orders.py::test_orders_%" PRIu64
		       " - AssertionError: GET /%s failed: 503\n",
			i, pages[i + failing - tests]);
	printf("================== %" PRIu64 " failed, %" PRIu64
	       " passed in 98.94s ===================\n",
		failing, tests - failing);
}

static void write_case(uint64_t number)
{
	unsigned kind = (unsigned)(number % 30);

	printf("    <testcase classname=\"tests.e2e.test_%" PRIu64 "\" name=\"test_%" PRIu64
	       "\" time=\"0.%03" PRIu64 "\"",
		number / SUITE, number, number * 7 % 1000);
	if (kind == 0)
		printf(">\n      <failure message=\"AssertionError: assert 503 == 200\">"
		       "tests/e2e/test_%" PRIu64 ".py:%" PRIu64 ": in test_%" PRIu64 "\n"
		       "    assert response.status_code == 200\n"
		       "E   AssertionError: assert 503 == 200\n"
		       "</failure>\n      <system-out>HTTP Request: GET "
		       "https://orders.example.com/api/orders/%" PRIu64
		       " \"HTTP/1.1 503 Service Unavailable\"</system-out>\n    </testcase>\n",
			number / SUITE, 10 + number % 90, number, number);
	else if (kind == 1)
		printf(">\n      <skipped message=\"needs a card reader\"/>\n    </testcase>\n");
	else
		printf("/>\n");
}

/* How many of TESTS have a number that leaves REST when divided by 30. */
static uint64_t with_rest(uint64_t tests, uint64_t rest)
{
	return (tests + 29 - rest) / 30;
}

void corpus_junit(uint64_t tests)
{
	printf("<?xml version=\"1.0\" encoding=\"utf-8\"?>\n<testsuites>\n"
	       "  <testsuite name=\"pytest\" errors=\"0\" failures=\"%" PRIu64
	       "\" skipped=\"%" PRIu64 "\" tests=\"%" PRIu64
	       "\" time=\"411.2\" timestamp=\"2030-01-05T12:00:00\">\n",
		with_rest(tests, 0), with_rest(tests, 1), tests);
	for (uint64_t i = 0; i < tests; i++)
		write_case(i);
	printf("  </testsuite>\n</testsuites>\n");
}
