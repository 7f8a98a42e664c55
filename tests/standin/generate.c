/* What services write: containers, functions, load balancers, audit logs. */
#include "standin/generate.h"

#include <string.h>

enum payload {
	PAYLOAD_TEXT,
	PAYLOAD_JSON,
	PAYLOAD_PROTO,
	PAYLOAD_REQUEST, /* httpRequest, and no payload */
};

static const struct {
	const char *log, *type, *labels;
	enum payload payload;
} services[] = {
	{ "stdout", "k8s_container",
		"\"cluster_name\":\"main\",\"container_name\":\"checkout\","
		"\"namespace_name\":\"shop\",\"pod_name\":\"checkout-5d9c7b-x2x9k\"",
		PAYLOAD_JSON },
	{ "stderr", "k8s_container",
		"\"cluster_name\":\"main\",\"container_name\":\"payments\","
		"\"namespace_name\":\"shop\",\"pod_name\":\"payments-7c6f8d-q4w8z\"",
		PAYLOAD_TEXT },
	{ "run.googleapis.com%2Frequests", "cloud_run_revision",
		"\"location\":\"europe-west1\",\"revision_name\":\"front-00042-abc\","
		"\"service_name\":\"front\"",
		PAYLOAD_REQUEST },
	{ "run.googleapis.com%2Fstderr", "cloud_run_revision",
		"\"location\":\"europe-west1\",\"revision_name\":\"search-00007-xyz\","
		"\"service_name\":\"search\"",
		PAYLOAD_TEXT },
	{ "cloudfunctions.googleapis.com%2Fcloud-functions", "cloud_function",
		"\"function_name\":\"resize\",\"region\":\"europe-west1\"", PAYLOAD_JSON },
	{ "cloudaudit.googleapis.com%2Factivity", "gce_instance",
		"\"instance_id\":\"1234567890123456789\",\"zone\":\"europe-west1-b\"",
		PAYLOAD_PROTO },
};

/* "#" is a number: the first of the event, then the second. */
static const struct {
	const char *name; /* NULL: the entry has none, which means DEFAULT */
	const char *text;
} events[] = {
	{ "INFO", "order # accepted, # items" },
	{ "INFO", "GET /api/cart/# took # ms" },
	{ "INFO", "cache refreshed: # keys in # ms" },
	{ "DEBUG", "pool: # idle connections of #" },
	{ NULL, "worker # said #" },
	{ "NOTICE", "Benutzer # hat die Sprache gewechselt: \xe6\x97\xa5\xe6\x9c\xac\xe8\xaa\x9e "
		    "\xe2\x9c\x93 \xf0\x9f\x98\x80 (#)" },
	{ "WARNING", "retrying call to inventory, attempt # of #" },
	{ "WARNING", "slow query on table \\\"orders\\\": # rows, # ms" },
	{ "ERROR", "connection to db-#.example.com refused (errno #)" },
	{ "ERROR", "java.lang.IllegalStateException: cart # is closed\\n\\tat "
		   "com.example.Cart.add(Cart.java:#)" },
	{ "CRITICAL", "out of memory: killed process #, # kB" },
};

struct maker {
	const struct generate_plan *plan;
	uint64_t state;
	size_t index;
	int64_t time, received;
	const char *severity, *text; /* of the event */
	unsigned first, second; /* its numbers */
};

uint64_t generate_number(uint64_t *state)
{
	uint64_t z = *state += UINT64_C(0x9e3779b97f4a7c15);

	z = (z ^ z >> 30) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ z >> 27) * UINT64_C(0x94d049bb133111eb);
	return z ^ z >> 31;
}

static unsigned below(struct maker *maker, unsigned limit)
{
	return (unsigned)(generate_number(&maker->state) % limit);
}

/* Nine of ten events are harmless, as in life. */
static void choose_event(struct maker *maker)
{
	size_t count = sizeof(events) / sizeof(events[0]);
	size_t which =
		below(maker, 10) > 0 ? below(maker, 6) : 6 + below(maker, (unsigned)count - 6);

	maker->severity = events[which].name;
	maker->text = events[which].text;
	maker->first = below(maker, 9000) + 1;
	maker->second = below(maker, 500) + 1;
}

/* Every 16th entry has the time of the one before it; times have 9, 6, 3 or 0 digits. */
static void choose_times(struct maker *maker)
{
	static const int64_t units[] = { 1, 1, 1, 1000, 1000, 1000000, WHEN_SECOND };
	int64_t unit = units[below(maker, 7)];
	size_t step = maker->index - (maker->index % 16 == 15);

	maker->time = maker->plan->start + (int64_t)step * maker->plan->step;
	if (maker->index % 16 < 14) /* pairs stay pairs, whatever unit each would have */
		maker->time -= maker->time % unit;
	maker->received = maker->time + (50 + below(maker, 700)) * INT64_C(1000000);
	if (below(maker, 100) == 0)
		maker->received += (1 + below(maker, 240)) * WHEN_SECOND;
}

static char *message(struct maker *maker, TALLOC_CTX *mem)
{
	const char *first = strchr(maker->text, '#'), *second = strchr(first + 1, '#');

	return mem_printf(mem, "%.*s%u%.*s%u%s", (int)(first - maker->text), maker->text,
		maker->first, (int)(second - first - 1), first + 1, maker->second, second + 1);
}

static char *payload_text(struct maker *maker, TALLOC_CTX *mem)
{
	return mem_printf(mem, "\"textPayload\":\"%s\"", message(maker, mem));
}

static char *payload_json(struct maker *maker, TALLOC_CTX *mem)
{
	return mem_printf(mem,
		"\"jsonPayload\":{\"message\":\"%s\",\"cart\":{\"id\":\"c-%u\",\"items\":%u,"
		"\"tags\":[\"web\",\"v%u\"]},\"elapsed\":%u.5,\"first-try\":%s,\"coupon\":null}",
		message(maker, mem), maker->first, maker->second, maker->second % 5, maker->second,
		maker->first % 3 ? "true" : "false");
}

static char *payload_proto(struct maker *maker, TALLOC_CTX *mem)
{
	if (maker->plan->without_proto)
		return payload_text(maker, mem);
	return mem_printf(mem,
		"\"protoPayload\":{\"@type\":\"type.googleapis.com/google.cloud.audit.AuditLog\","
		"\"serviceName\":\"compute.googleapis.com\","
		"\"methodName\":\"v1.compute.instances.%s\",\"resourceName\":"
		"\"projects/%s/zones/europe-west1-b/instances/vm-%u\",\"authenticationInfo\":"
		"{\"principalEmail\":\"deployer@%s.example.com\"},\"requestMetadata\":"
		"{\"callerIp\":\"203.0.113.%u\"},\"status\":%s}",
		maker->first % 2 ? "insert" : "delete", maker->plan->project, maker->first,
		maker->plan->project, maker->second % 255,
		maker->second % 7 ? "{}" : "{\"code\":7,\"message\":\"PERMISSION_DENIED\"}");
}

static char *payload_request(struct maker *maker, TALLOC_CTX *mem)
{
	static const unsigned statuses[] = { 200, 200, 200, 204, 302, 404, 500, 503 };

	return mem_printf(mem,
		"\"httpRequest\":{\"requestMethod\":\"%s\",\"requestUrl\":"
		"\"https://shop.example.com/api/cart/%u\",\"requestSize\":\"%u\",\"status\":%u,"
		"\"responseSize\":\"%u\",\"userAgent\":\"Mozilla/5.0\",\"remoteIp\":\"192.0.2.%u\","
		"\"latency\":\"0.%03us\",\"protocol\":\"HTTP/1.1\"}",
		maker->first % 4 ? "GET" : "POST", maker->first, maker->second + 300,
		statuses[maker->second % 8], maker->first * 3, maker->second % 255, maker->second);
}

static char *entry_text(struct maker *maker, TALLOC_CTX *mem)
{
	static char *(*const payloads[])(struct maker *, TALLOC_CTX *) = {
		[PAYLOAD_TEXT] = payload_text,
		[PAYLOAD_JSON] = payload_json,
		[PAYLOAD_PROTO] = payload_proto,
		[PAYLOAD_REQUEST] = payload_request,
	};
	size_t service = below(maker, sizeof(services) / sizeof(services[0]));
	const char *project = maker->plan->project;
	char time[WHEN_TEXT], received[WHEN_TEXT], severity[40] = "";
	uint64_t id = generate_number(&maker->state), trace = generate_number(&maker->state);

	if (maker->severity != NULL)
		snprintf(severity, sizeof(severity), "\"severity\":\"%s\",", maker->severity);
	return mem_printf(mem,
		"{%s,\"insertId\":\"%016llx\",\"resource\":{\"type\":\"%s\",\"labels\":"
		"{\"project_id\":\"%s\",%s}},\"timestamp\":\"%s\",%s\"labels\":"
		"{\"k8s-pod/app\":\"app-%zu\",\"release\":\"r%u\"},"
		"\"logName\":\"projects/%s/logs/%s\","
		"\"trace\":\"projects/%s/traces/%016llx%016llx\",\"spanId\":\"%016llx\","
		"\"receiveTimestamp\":\"%s\"}",
		payloads[services[service].payload](maker, mem), (unsigned long long)id,
		services[service].type, project, services[service].labels,
		when_format(maker->time, time), severity, service, maker->first % 9, project,
		services[service].log, project, (unsigned long long)trace,
		(unsigned long long)(trace * 31), (unsigned long long)(trace ^ id),
		when_format(maker->received, received));
}

int generate_entries(struct logs *logs, const struct generate_plan *plan, struct err *err)
{
	struct maker maker = { .plan = plan, .state = plan->seed };
	int result = 0;

	for (; result == 0 && maker.index < plan->count; maker.index++) {
		TALLOC_CTX *work = talloc_new(NULL);
		char *text;

		choose_event(&maker);
		choose_times(&maker);
		text = mem_strdup(logs, entry_text(&maker, work));
		talloc_free(work);
		result = logs_add(logs, text, plan->arrives ? maker.received : INT64_MIN, err);
	}
	return result;
}
