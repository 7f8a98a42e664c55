/* A small world for tests of matching: rules from text, entries by hand, findings out. */
#ifndef MATCH_WORLD_H
#define MATCH_WORLD_H

#include "match/match.h"
#include "unit/test.h"

#define WORLD_SOURCES 4

struct world {
	TALLOC_CTX *mem;
	struct rules *rules;
	struct matcher *matcher;
	struct source_info sources[WORLD_SOURCES]; /* "a.log", "b.log", ... */
	struct source_info *source_list[WORLD_SOURCES];
	struct run run;
	uint64_t order;
	struct findings findings;
};

/* One cause "test.one" with SIGNATURE as the value of its "when", and MORE keys, or NULL. */
void world_one(struct world *world, const char *signature, const char *more);
/* Whole rule files: TEXT is YAML. */
void world_rules(struct world *world, const char *text);
/* One line in source 0 at SECONDS (a fraction is allowed; negative: untimed). The hits. */
size_t world_line(struct world *world, double seconds, const char *text);
/* The same at NANOSECONDS and of a source. */
size_t world_at(struct world *world, unsigned source, int64_t time, const char *text);
/* An entry made by hand; order, line and source are filled in where they are 0. */
size_t world_entry(struct world *world, struct entry *entry);
/* Ends the reading: how often the causes fired in all (inconclusive ones do not count). */
uint64_t world_fired(struct world *world);
/* A value of the first finding's first occurrence; "" where there is none. */
const char *world_value(const struct world *world, const char *name);
void world_end(struct world *world);

#endif
