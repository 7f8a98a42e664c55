/* What became of incidents, and how services are, over the turns of a loop; see loop.h. */
#include <stdlib.h>
#include <string.h>

#include "reason/compare.h"
#include "reason/loop.h"

static bool has(const struct diagnosis *turn, const struct incident *incident)
{
	for (size_t i = 0; i < turn->incident_count; i++)
		if (strcmp(turn->incidents[i]->fingerprint, incident->fingerprint) == 0)
			return true;
	return false;
}

/* What NOW says of PAST. True: that is the last word. */
static bool tell(struct loop_past *past, const struct diagnosis *now)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct comparison comparison;
	bool told = false;

	compare_runs(mem, past->then, now, &comparison);
	for (size_t i = 0; i < comparison.cause_count; i++) {
		const struct cause_change *change = &comparison.causes[i];

		if (change->before != past->incident)
			continue;
		told = change->change != CHANGE_NOT_REACHED && change->change != CHANGE_OTHER;
		past->fate = change->change == CHANGE_VANISHED ? LOOP_FIXED
			     : told			       ? LOOP_REPLACED
							       : LOOP_NOT_REACHED;
		past->now = told ? now : NULL;
		past->other = told ? change->after : change->other;
	}
	talloc_free(mem);
	return told;
}

static struct loop_past fate_of(
	struct diagnosis *const *turns, size_t count, size_t at, const struct incident *incident)
{
	struct loop_past past = {
		.fate = LOOP_NOT_REACHED, .then = turns[at], .incident = incident
	};

	for (size_t i = at + 1; i < count; i++)
		if (tell(&past, turns[i]))
			break;
	return past;
}

struct loop_past *loop_past(
	TALLOC_CTX *mem, struct diagnosis *const *turns, size_t count, size_t *out)
{
	struct loop_past *items = mem_array(mem, struct loop_past, 1);

	*out = 0;
	for (size_t i = 0; i + 1 < count; i++)
		for (size_t j = 0; j < turns[i]->incident_count; j++) {
			const struct incident *incident = turns[i]->incidents[j];
			bool seen_later = false;

			for (size_t k = i + 1; k < count; k++)
				seen_later = seen_later || has(turns[k], incident);
			if (seen_later)
				continue;
			items = mem_grow(mem, items, *out, sizeof(*items));
			items[(*out)++] = fate_of(turns, count, i, incident);
		}
	return items;
}

const char *loop_health_name(enum loop_health health)
{
	static const char *const names[LOOP_HEALTH_COUNT] = { "healthy", "no errors", "errors",
		"failing", "not seen" };

	return names[health];
}

enum loop_health loop_health_of(const struct service *service)
{
	bool answered = service->http_status > 0;

	if (service->http_status >= 500)
		return LOOP_FAILING;
	if (service->errors > 0 && (!answered || service->http_time == TIME_NONE ||
					   service->last_error > service->http_time))
		return LOOP_ERRORS;
	return answered ? LOOP_HEALTHY : LOOP_QUIET;
}

static const struct service *service_in(const struct run *run, const char *name)
{
	for (size_t i = 0; i < run->service_count; i++)
		if (strcmp(run->services[i].name, name) == 0)
			return &run->services[i];
	return NULL;
}

static enum loop_health health_in(const struct run *run, const char *name)
{
	const struct service *service = service_in(run, name);

	return service != NULL ? loop_health_of(service) : LOOP_NOT_SEEN;
}

static struct loop_service service_of(
	struct diagnosis *const *turns, size_t count, const char *name)
{
	size_t at = count - 1, told = count - 1;
	struct loop_service out = { .health = health_in(turns[at]->run, name) };

	while (at > 0 && health_in(turns[at - 1]->run, name) == out.health)
		at--;
	while (told > 0 && service_in(turns[told]->run, name) == NULL)
		told--;
	out.since = turns[at]->run;
	out.told = turns[told]->run;
	out.service = service_in(out.told, name);
	return out;
}

static int by_name(const void *a, const void *b)
{
	const struct loop_service *left = a, *right = b;

	return strcmp(left->service->name, right->service->name);
}

struct loop_service *loop_services(
	TALLOC_CTX *mem, struct diagnosis *const *turns, size_t count, size_t *out)
{
	struct loop_service *items = mem_array(mem, struct loop_service, 1);

	*out = 0;
	for (size_t i = 0; i < count; i++)
		for (size_t j = 0; j < turns[i]->run->service_count; j++) {
			const char *name = turns[i]->run->services[j].name;
			size_t known = 0;

			while (known < *out && strcmp(items[known].service->name, name) != 0)
				known++;
			if (known < *out)
				continue;
			items = mem_grow(mem, items, *out, sizeof(*items));
			items[(*out)++] = service_of(turns, count, name);
		}
	qsort(items, *out, sizeof(*items), by_name);
	return items;
}
