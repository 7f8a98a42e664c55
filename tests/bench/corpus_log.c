/* Log entries of the shape and the mix that services on Cloud Run write. */
#include <inttypes.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "corpus.h"

#define STARTED INT64_C(1893844800) /* 2030-01-05T12:00:00Z */
#define PACE_MS 40 /* from one entry to the next */

#define CRASHES 4
#define CRASH_ENTRIES 5
#define CRASH_EVERY 300 /* entries: 12 s */

static const char *const services[] = { "orders-backend", "catalog-api", "session-gateway",
	"agent-runner" };
static const char *const words[] = { "orders", "catalog", "session", "basket", "checkout", "search",
	"profile", "billing" };
#define COUNT(list) (sizeof(list) / sizeof((list)[0]))

/* What chance decides about an entry. Drawn one by one: arguments of a call have no order. */
struct draw {
	unsigned kind, message;
	const char *service, *word, *other;
	unsigned host, shard, number, size, nanoseconds;
	bool odd; /* one in sixteen */
	uint64_t span, trace[2];
};

static void add_time(struct text *text, uint64_t number, const char *zone)
{
	uint64_t ms = number * PACE_MS;
	time_t seconds = (time_t)(STARTED + (int64_t)(ms / 1000));
	struct tm when;
	char stamp[32];

	gmtime_r(&seconds, &when);
	strftime(stamp, sizeof(stamp), "%Y-%m-%dT%H:%M:%S", &when);
	text_add(text, "%s.%06u%s", stamp, (unsigned)(ms % 1000 * 1000 + number % 1000), zone);
}

/* What every entry begins with, up to its payload. */
static void begin(struct text *text, uint64_t number, const char *service, const char *log)
{
	struct dice instance = dice_of((uint64_t)service[0] << 8 | (number / 4096 % 3));

	text_add(text, "{\"insertId\":\"%016" PRIx64 "\",\"labels\":{\"instanceId\":\"0069c7a988",
		number * UINT64_C(0x9e3779b97f4a7c15));
	for (int i = 0; i < 8; i++)
		text_add(text, "%016" PRIx64, dice_next(&instance));
	text_add(text,
		"\",\"migration-run\":\"1893840000\",\"vpc-connectivity\":\"enabled\"},\"logName\":"
		"\"projects/example-staging/logs/"
		"run.googleapis.com%%2F%s\",\"receiveTimestamp\":\"",
		log);
	add_time(text, number + 2, "Z");
	text_add(text,
		"\",\"resource\":{\"labels\":{\"configuration_name\":\"%s\",\"location\":"
		"\"europe-west4\",\"project_id\":\"example-staging\",\"revision_name\":"
		"\"%s-00117-wim\",\"service_name\":\"%s\"},\"type\":\"cloud_run_revision\"},"
		"\"timestamp\":\"",
		service, service, service);
	add_time(text, number, "Z");
	text_add(text, "\"");
}

static void add_request(struct text *text, const struct draw *draw, uint64_t number)
{
	begin(text, number, draw->service, "requests");
	text_add(text,
		",\"severity\":\"%s\",\"httpRequest\":{\"latency\":\"0.%09us\",\"protocol\":"
		"\"HTTP/1.1\",\"remoteIp\":\"203.0.113.%u\",\"requestMethod\":\"GET\","
		"\"requestSize\":\"%u\",\"requestUrl\":\"https://%s.example.com/api/%s/%u\","
		"\"responseSize\":\"%u\",\"serverIp\":\"192.0.2.%u\",\"status\":%u,"
		"\"userAgent\":\"python-httpx/0.28.1\"},\"spanId\":\"%016" PRIx64
		"\",\"trace\":\"projects/example-staging/traces/%016" PRIx64 "%016" PRIx64 "\"}",
		draw->odd ? "WARNING" : "INFO", draw->nanoseconds, draw->host, draw->shard,
		draw->service, draw->word, draw->number, draw->size, draw->host,
		draw->odd ? 404 : 200, draw->span, draw->trace[0], draw->trace[1]);
}

static void add_access(struct text *text, const struct draw *draw, uint64_t number)
{
	begin(text, number, draw->service, "stdout");
	text_add(text,
		",\"textPayload\":\"INFO:     203.0.113.%u:0 - \\\"GET /api/%s/%u HTTP/1.1\\\" "
		"200 OK\"}",
		draw->host, draw->word, draw->number);
}

/* What stands around a word, a number and a number of three digits. */
static const struct {
	const char *before, *between, *behind;
} messages[] = {
	{ "Cache of ", " refreshed: ", " keys in use on shard-" },
	{ "Connection pool of ", ": ", " connections lent out on shard-" },
	{ "Session of ", " resumed after ", " ms for worker-" },
	{ "Published to topic ", ".events at offset ", " by worker-" },
	{ "Stage ", " of the agent run completed after ", " ms in slot-" },
	{ "Validated the configuration section ", ", ", " settings, profile-" },
	{ "Request: GET /api/", " | Status: 200 | Duration: ", " ms | Trace: 5c1f-" },
	{ "Feature flags of ", " loaded, revision ", ", cohort-" },
};

static void add_structured(struct text *text, const struct draw *draw, uint64_t number)
{
	begin(text, number, draw->service, "stderr");
	text_add(text,
		",\"severity\":\"%s\",\"jsonPayload\":{\"context\":{\"name\":\"%s\",\"service\":"
		"\"%s\"},\"labels\":{\"function\":\"handle_%s\",\"line\":\"%u\",\"module\":"
		"\"app.services.%s\"},\"logger\":\"app.services.%s\",\"message\":\"",
		draw->odd ? "WARNING" : "INFO", draw->other, draw->service, draw->other, draw->host,
		draw->other, draw->other);
	text_add(text, "%s%s%s%u%s%03u", messages[draw->message].before, draw->word,
		messages[draw->message].between, draw->number, messages[draw->message].behind,
		draw->shard);
	text_add(text, "\",\"timestamp\":\"");
	add_time(text, number, "+00:00");
	text_add(text, "\",\"validation\":{\"severity\":\"INFO\",\"zero_empty\":true}}}");
}

static void add_error(struct text *text, const struct draw *draw, uint64_t number)
{
	begin(text, number, draw->service, "stderr");
	text_add(text,
		",\"severity\":\"ERROR\",\"jsonPayload\":{\"error\":{\"message\":\"Missing field\","
		"\"severity\":\"ERROR\",\"traceback\":\"\",\"type\":\"str\"},\"logger\":"
		"\"app.services.%s\",\"message\":\"Field '%s' is missing in message %u, which is "
		"passed over\",\"service\":\"app\",\"validation\":{\"message_length\":71,"
		"\"severity\":\"ERROR\",\"zero_empty\":true}}}",
		draw->other, draw->word, draw->number);
}

/* Of a hundred entries. Services log more than they are asked, and sometimes in error. */
static const struct {
	unsigned below;
	void (*add)(struct text *text, const struct draw *draw, uint64_t number);
} mix[] = { { 35, add_request }, { 55, add_access }, { 97, add_structured }, { 100, add_error } };

static const char *const crash[CRASH_ENTRIES] = {
	",\"severity\":\"INFO\",\"jsonPayload\":{\"message\":\"Starting gunicorn 21.2.0\"}}",
	",\"severity\":\"ERROR\",\"textPayload\":\"Traceback (most recent call last):\\n  File "
	"\\\"/usr/local/lib/python3.11/site-packages/gunicorn/arbiter.py\\\", line 609, in "
	"spawn_worker\\n    worker.init_process()\\n  File \\\"/app/orders/main.py\\\", line 7, in "
	"<module>\\n    from orders.services.metrics import RequestMeter\\nModuleNotFoundError: "
	"No module named 'orders.services.metrics'\"}",
	",\"severity\":\"ERROR\",\"jsonPayload\":{\"message\":\"Worker failed to boot.\"}}",
	",\"severity\":\"WARNING\",\"textPayload\":\"Container called exit(3).\"}",
	",\"severity\":\"ERROR\",\"httpRequest\":{\"requestMethod\":\"GET\",\"requestUrl\":"
	"\"https://orders.example.com/health\",\"status\":503,\"latency\":\"1.9s\",\"remoteIp\":"
	"\"203.0.113.20\"},\"textPayload\":\"The request failed because either the HTTP response "
	"was malformed or connection to the instance had an error.\"}",
};
static const char *const crash_logs[CRASH_ENTRIES] = { "stderr", "stderr", "stderr",
	"varlog%2Fsystem", "requests" };

/* The step of the crash that entry NUMBER of COUNT is, or -1. */
static int crash_step(uint64_t number, uint64_t count)
{
	uint64_t first = count / 2, step;

	if (number < first || number >= first + CRASHES * CRASH_EVERY)
		return -1;
	step = (number - first) % CRASH_EVERY;
	return step < CRASH_ENTRIES ? (int)step : -1;
}

static struct draw draw_of(uint64_t number)
{
	struct dice dice = dice_of(number << 8);
	struct draw draw;

	draw.kind = dice_roll(&dice, 100);
	draw.message = dice_roll(&dice, COUNT(messages));
	draw.service = services[dice_roll(&dice, COUNT(services))];
	draw.word = words[dice_roll(&dice, COUNT(words))];
	draw.other = words[dice_roll(&dice, COUNT(words))];
	draw.host = dice_roll(&dice, 250);
	draw.shard = dice_roll(&dice, 1000);
	draw.number = dice_roll(&dice, 100000);
	draw.size = dice_roll(&dice, 90000);
	draw.nanoseconds = dice_roll(&dice, 900000000);
	draw.odd = dice_roll(&dice, 16) == 0;
	draw.span = dice_next(&dice);
	draw.trace[0] = dice_next(&dice);
	draw.trace[1] = dice_next(&dice);
	return draw;
}

static void make_entry(struct text *text, uint64_t number)
{
	struct draw draw = draw_of(number);
	size_t i = 0;

	while (draw.kind >= mix[i].below)
		i++;
	mix[i].add(text, &draw, number);
}

static void make(struct text *text, uint64_t number, uint64_t count, bool failed)
{
	int step = failed ? crash_step(number, count) : -1;

	text->length = 0;
	if (step < 0) {
		make_entry(text, number);
		return;
	}
	begin(text, number, "orders-backend", crash_logs[step]);
	text_add(text, "%s", crash[step]);
}

void corpus_log(uint64_t count, bool failed)
{
	struct text text;

	for (uint64_t i = 0; i < count; i++) {
		make(&text, i, count, failed);
		text_add(&text, "\n");
		fwrite(text.bytes, 1, text.length, stdout);
	}
}

static void new_line(int depth)
{
	printf("\n%*s", 2 * depth, "");
}

/* JSON without blanks, indented by two for each level. */
static void indent(const char *json, int depth)
{
	bool quoted = false;

	for (const char *c = json; *c != '\0'; c++) {
		if (*c == '"' && (c == json || c[-1] != '\\'))
			quoted = !quoted;
		if (!quoted && *c == '}')
			new_line(--depth);
		putchar(*c);
		if (quoted)
			continue;
		if (*c == '{')
			new_line(++depth);
		if (*c == ',')
			new_line(depth);
		if (*c == ':')
			putchar(' ');
	}
}

void corpus_array(uint64_t count, bool failed)
{
	struct text text;

	putchar('[');
	for (uint64_t i = count; i-- > 0;) {
		make(&text, i, count, failed);
		new_line(1);
		indent(text.bytes, 1);
		if (i > 0)
			putchar(',');
	}
	puts("\n]");
}
