/* Services, while the logs go by; see services.h. */
#include "reason/services.h"

#include <stdlib.h>
#include <string.h>
#include <uthash.h>

#define SERVICES_MAX 1000

struct known {
	struct service service;
	UT_hash_handle hh;
};

struct services {
	struct known *known;
	struct known *latest; /* entries of one service follow each other */
	uint64_t passed_over;
};

static int services_free(struct services *services)
{
	HASH_CLEAR(hh, services->known);
	return 0;
}

struct services *services_new(TALLOC_CTX *mem)
{
	struct services *services = mem_new(mem, struct services);

	talloc_set_destructor(services, services_free);
	return services;
}

static struct known *known_of(struct services *services, const char *name)
{
	struct known *known = services->latest;

	if (known != NULL && strcmp(known->service.name, name) == 0)
		return known;
	HASH_FIND_STR(services->known, name, known);
	if (known == NULL && HASH_COUNT(services->known) < SERVICES_MAX) {
		known = mem_new(services, struct known);
		known->service = (struct service){ .name = mem_strdup(known, name),
			.first = TIME_NONE,
			.last = TIME_NONE,
			.last_error = TIME_NONE,
			.http_time = TIME_NONE };
		HASH_ADD_KEYPTR(hh, services->known, known->service.name,
			strlen(known->service.name), known);
	}
	services->latest = known != NULL ? known : services->latest;
	return known;
}

/* The newer one; entries may come in any order. */
static bool is_newer(int64_t time, int64_t than)
{
	return time != TIME_NONE && (than == TIME_NONE || time >= than);
}

static void count(struct service *service, const struct entry *entry)
{
	service->entries++;
	if (entry->severity >= SEVERITY_ERROR) {
		service->errors++;
		if (is_newer(entry->time, service->last_error))
			service->last_error = entry->time;
	}
	if (entry->time != TIME_NONE &&
		(service->first == TIME_NONE || entry->time < service->first))
		service->first = entry->time;
	if (is_newer(entry->time, service->last))
		service->last = entry->time;
	if (entry->http_status > 0 && is_newer(entry->time, service->http_time)) {
		service->http_status = entry->http_status;
		service->http_time = entry->time;
	}
}

void services_observe(struct services *services, const struct entry *entry)
{
	struct known *known;

	if (entry->service == NULL || entry->test != NULL)
		return;
	known = known_of(services, entry->service);
	if (known == NULL)
		services->passed_over++;
	else
		count(&known->service, entry);
}

static int by_name(const void *a, const void *b)
{
	const struct service *left = a, *right = b;

	return strcmp(left->name, right->name);
}

void services_tell(const struct services *services, struct run *run)
{
	run->services = mem_array(run, struct service, HASH_COUNT(services->known) + 1);
	run->service_count = 0;
	for (const struct known *known = services->known; known != NULL; known = known->hh.next) {
		struct service *service = &run->services[run->service_count++];

		*service = known->service;
		service->name = mem_strdup(run->services, service->name);
	}
	qsort(run->services, run->service_count, sizeof(*run->services), by_name);
}

uint64_t services_passed_over(const struct services *services)
{
	return services->passed_over;
}
