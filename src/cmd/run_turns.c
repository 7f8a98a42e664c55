/* The turns of "run"; see run_turns.h. */
#include "cmd/run_turns.h"

#include <stdlib.h>
#include <string.h>

#define EARLIER_MAX 20 /* turns of the history that a new one is compared with */

struct run_turns {
	struct diagnosis **items;
	size_t count;
	unsigned given; /* by --iteration, for the next turn; 0: none */
	unsigned latest; /* iteration */
};

static void add(struct run_turns *turns, struct diagnosis *diagnosis)
{
	turns->items = mem_grow(turns, turns->items, turns->count, sizeof(struct diagnosis *));
	turns->items[turns->count++] = diagnosis;
}

/* Is RUN a turn of the loop LABEL? A loop without a label is one, too. */
static bool is_turn(const struct run *run, const char *label)
{
	if (run->iteration == 0 || (run->label == NULL) != (label == NULL))
		return false;
	return label == NULL || strcmp(run->label, label) == 0;
}

static int read_turns(
	struct run_turns *turns, struct store *store, const char *label, struct err *err)
{
	const struct store_filter filter = { .since = TIME_NONE, .label = label };
	struct diagnosis *diagnosis;
	struct run **runs;
	size_t count, kept = 0;

	if (store_runs(turns, store, &filter, &runs, &count, err) < 0)
		return -1;
	for (size_t i = 0; i < count; i++)
		if (is_turn(runs[i], label))
			runs[kept++] = runs[i];
	for (size_t i = kept > EARLIER_MAX ? kept - EARLIER_MAX : 0; i < kept; i++) {
		if (store_run_diagnosis(turns, store, runs[i]->id, &diagnosis, err) < 0)
			return -1;
		add(turns, diagnosis);
		turns->latest = runs[i]->iteration;
	}
	return 0;
}

int run_turns_load(
	TALLOC_CTX *mem, const struct triage *triage, struct run_turns **out, struct err *err)
{
	struct run_turns *turns = mem_new(mem, struct run_turns);
	struct err missing = { 0 };
	struct store *store;
	int result = 0;

	turns->given = triage->analysis.iteration;
	*out = turns;
	if (triage->analysis.db == NULL)
		return 0;
	if (store_open_reading(turns, triage->analysis.db, &store, &missing) == 0) {
		result = read_turns(turns, store, triage->analysis.label, err);
		talloc_free(store);
	} else if (missing.code != ERR_NOT_FOUND) {
		*err = missing;
		result = -1;
	}
	return result;
}

unsigned run_turns_next(const struct run_turns *turns)
{
	return turns->given > 0 ? turns->given : turns->latest + 1;
}

/* A command may fail where no test of its transcript does. */
static void put_status(FILE *out, const struct run_turn *turn, enum loop_status status)
{
	if (status != LOOP_GREEN || !turn->failed)
		fputs(loop_status_name(status), out);
	else
		fprintf(out, "no test failed, but the command did (status %d)", turn->end.status);
}

static void print_line(const struct run_turns *turns, const struct run_turn *turn)
{
	const struct diagnosis *now = turns->items[turns->count - 1];
	const struct counts *counts = &now->run->counts;
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct comparison comparison;
	struct loop loop;
	const char *changes;

	loop_judge(turns->items, turns->count, &loop);
	fprintf(stderr, "fivewhys: iteration %u: ", now->run->iteration);
	put_status(stderr, turn, loop.status);
	fprintf(stderr, ", %llu passed", (unsigned long long)counts->passed);
	if (counts->failed + counts->errors > 0)
		fprintf(stderr, ", %llu failed",
			(unsigned long long)(counts->failed + counts->errors));
	if (turns->count > 1) {
		compare_runs(mem, turns->items[turns->count - 2], now, &comparison);
		changes = render_changes(mem, &comparison, &loop);
		fprintf(stderr, "%s%s", changes[0] != '\0' ? "; " : "", changes);
	}
	fputc('\n', stderr);
	talloc_free(mem);
}

void run_turns_add(struct run_turns *turns, const struct run_turn *turn)
{
	turns->latest = run_turns_next(turns);
	turns->given = 0;
	if (turn->analysis == NULL)
		return;
	add(turns, turn->analysis->diagnosis);
	if (!log_is_quiet())
		print_line(turns, turn);
}
