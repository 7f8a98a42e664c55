/* Which moment is told of each why. */
#ifndef REASON_MOMENT_H
#define REASON_MOMENT_H

#include "reason/graph.h"

/*
 * A symptom may occur often, and its causes with it. What is told of is the first of its occurrences
 * before which all causes of the chain are seen, and of each cause the last time before its effect:
 * in a crash loop that is one turn of the loop. Sets "moment" of all whys of INCIDENT.
 */
void moments_choose(const struct graph *graph, struct incident *incident);

#endif
