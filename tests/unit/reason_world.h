/* A small world to reason about, built by hand: causes, edges, sources, tests, findings. */
#ifndef REASON_WORLD_H
#define REASON_WORLD_H

#include "reason/reason.h"

#define AT(seconds) (INT64_C(1700000000) * WHEN_SECOND + (int64_t)(seconds)*WHEN_SECOND)

struct world {
	struct run run;
	struct findings findings;
	struct reasoner *reasoner;
	struct reason_options options;
	uint64_t order;
	struct err err;
};

struct world *world_new(void);
struct cause *world_cause(struct world *world, const char *id, enum cause_kind kind);
struct edge *world_edge(struct world *world, struct cause *effect, struct cause *cause);
void world_same(struct edge *edge, const char *key);
struct source_info *world_transcript(struct world *world, const char *name);
struct source_info *world_log(struct world *world, const char *name);
struct test *world_test(
	struct world *world, struct source_info *source, const char *name, enum outcome outcome);
/* An entry that the reasoner sees go by; HITS of it. */
struct entry *world_entry(struct world *world, struct source_info *source, struct test *test,
	int64_t time, const char *text, size_t hits);
struct finding *world_finding(struct world *world, struct cause *cause);
/* One more firing of FINDING, shown by ENTRY. */
struct occurrence *world_fire(struct finding *finding, struct entry *entry);
/* Sorts the findings and concludes. */
struct diagnosis *world_conclude(struct world *world);

#endif
