/* What the logs say of each service while they go by: how much, how many errors, the last status. */
#ifndef REASON_SERVICES_H
#define REASON_SERVICES_H

#include "model/model.h"

struct services;

struct services *services_new(TALLOC_CTX *mem);
void services_observe(struct services *services, const struct entry *entry);
/* Give RUN what was seen, by name; RUN owns it. */
void services_tell(const struct services *services, struct run *run);
/* Entries whose service was not counted, as there were too many different ones. */
uint64_t services_passed_over(const struct services *services);

#endif
