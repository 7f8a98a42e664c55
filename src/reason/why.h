/* Whys: the rungs of a chain, with statement, figures and evidence. */
#ifndef REASON_WHY_H
#define REASON_WHY_H

#include "reason/incident.h"
#include "reason/statement.h"

/* Fill in the whys of GROUP's incident. */
void why_fill(const struct graph *graph, struct incident_group *group, struct evidence_book *book);

#endif
