/*
 * What pages of a large history cost: pages FILE ROUNDS, for a history that history.c made. Printed
 * for each kind of page, with tabs between them: its name, and as measure.c does, the wall and CPU
 * time in seconds, here at the 99th percentile, and the resident size in KiB.
 */
#include "corpus.h"

#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "web/web.h"

struct price {
	double wall, cpu; /* seconds */
};

static struct dice dice;
static uint64_t runs;

static const char *home(TALLOC_CTX *mem)
{
	return mem_strdup(mem, "/");
}

static const char *list(TALLOC_CTX *mem)
{
	unsigned run = 1 + dice_roll(&dice, (unsigned)runs);

	return mem_printf(mem, "/incidents?before=%u:%u", run, 100 * run);
}

static const char *list_of_cause(TALLOC_CTX *mem)
{
	return mem_printf(mem, "/incidents?cause=deploy.cause-%u", 1 + dice_roll(&dice, 200));
}

static const char *list_of_layer(TALLOC_CTX *mem)
{
	return mem_printf(mem, "/incidents?layer=layer-%u&before=%u:1", dice_roll(&dice, 11),
		1 + dice_roll(&dice, (unsigned)runs));
}

static const char *list_of_state(TALLOC_CTX *mem)
{
	static const char *const states[] = { "new", "fixed", "regressed", "not+reached" };

	return mem_printf(mem, "/incidents?state=%s&service=service-%u",
		states[dice_roll(&dice, 4)], dice_roll(&dice, 21));
}

static const char *incident(TALLOC_CTX *mem)
{
	return mem_printf(mem, "/incidents/%u", 1 + dice_roll(&dice, 100 * (unsigned)runs));
}

static const char *rare_word(TALLOC_CTX *mem)
{
	return mem_printf(mem, "/search?q=id%04x", dice_roll(&dice, 0x10000));
}

static const char *two_words(TALLOC_CTX *mem)
{
	static const char *const words[] = { "pool", "token", "agent", "module", "header" };

	return mem_printf(mem, "/search?q=connection+%s", words[dice_roll(&dice, 5)]);
}

static const char *search_layer(TALLOC_CTX *mem)
{
	return mem_printf(mem, "/search?q=connection+pool&layer=layer-%u", dice_roll(&dice, 10));
}

static const char *search_on(TALLOC_CTX *mem)
{
	return mem_printf(mem, "/search?q=connection+pool&before=%u",
		1 + dice_roll(&dice, 1000 * (unsigned)runs));
}

static const char *causes(TALLOC_CTX *mem)
{
	return mem_strdup(mem, "/causes");
}

static const char *run(TALLOC_CTX *mem)
{
	return mem_printf(mem, "/runs/%u", 1 + dice_roll(&dice, (unsigned)runs));
}

static const struct {
	const char *name;
	const char *(*target)(TALLOC_CTX *mem);
} kinds[] = {
	{ "home", home },
	{ "list", list },
	{ "list of a cause", list_of_cause },
	{ "list of a layer", list_of_layer },
	{ "list of a state", list_of_state },
	{ "incident", incident },
	{ "search, a rare word", rare_word },
	{ "search, two common words", two_words },
	{ "search in a layer", search_layer },
	{ "search, a later page", search_on },
	{ "causes", causes },
	{ "run", run },
};

static double now(clockid_t clock)
{
	struct timespec time;

	clock_gettime(clock, &time);
	return (double)time.tv_sec + (double)time.tv_nsec * 1e-9;
}

static int compare(const void *left, const void *right)
{
	double a = *(const double *)left, b = *(const double *)right;

	return a < b ? -1 : a > b;
}

static void die(const char *text)
{
	fprintf(stderr, "pages: %s\n", text);
	exit(1);
}

static struct price ask(const struct web_site *site, const char *target)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct price price = { now(CLOCK_MONOTONIC), now(CLOCK_PROCESS_CPUTIME_ID) };
	struct web_answer answer;

	web_answer(mem, site, target, &answer);
	price.wall = now(CLOCK_MONOTONIC) - price.wall;
	price.cpu = now(CLOCK_PROCESS_CPUTIME_ID) - price.cpu;
	if (answer.status != 200)
		die(target);
	talloc_free(mem);
	return price;
}

static void measure(const struct web_site *site, size_t kind, size_t rounds)
{
	double *walls = mem_array(NULL, double, rounds), *cpus = mem_array(walls, double, rounds);
	struct rusage usage;

	for (size_t i = 0; i < rounds; i++) {
		struct price price = ask(site, kinds[kind].target(walls));

		walls[i] = price.wall;
		cpus[i] = price.cpu;
	}
	qsort(walls, rounds, sizeof(*walls), compare);
	qsort(cpus, rounds, sizeof(*cpus), compare);
	getrusage(RUSAGE_SELF, &usage);
	printf("%s\t%.6f\t%.6f\t%ld\n", kinds[kind].name, walls[rounds * 99 / 100],
		cpus[rounds * 99 / 100], usage.ru_maxrss);
	talloc_free(walls);
}

int main(int argc, char **argv)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	size_t rounds = argc == 3 ? strtoul(argv[2], NULL, 10) : 0, count;
	const char **folders = mem_array(mem, const char *, 2);
	const char *none[] = { NULL };
	struct web_options options = { .folders = folders };
	struct rule_problems problems = { 0 };
	struct web_site *site;
	struct rules *rules;
	struct run **newest;
	struct err err = { 0 };

	if (rounds < 1) {
		fprintf(stderr, "usage: pages FILE ROUNDS\n");
		return 2;
	}
	folders[0] = path_data(mem, "templates");
	if (rules_load(mem, none, &rules, &problems, &err) < 0 ||
		store_open_reading(mem, argv[1], &options.store, &err) < 0 ||
		store_runs_newest(mem, options.store, 0, 1, &newest, &count, &err) < 0)
		die(err.text);
	options.rules = rules;
	if (web_site_new(mem, &options, &site, &err) < 0)
		die(err.text);
	runs = (uint64_t)newest[0]->id;
	dice = dice_of(2);
	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		measure(site, i, rounds);
	talloc_free(mem);
	return 0;
}
