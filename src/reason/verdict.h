/* Verdicts: fixed criteria, one word for each chain. */
#ifndef REASON_VERDICT_H
#define REASON_VERDICT_H

#include "reason/draft.h"

/* Sets the draft's verdict and the sentence that says which criterion decided. */
void verdict_judge(struct draft *draft, const struct run *run);

#endif
