/* The numbers of secrets, by which one is known again in a run, and how many were replaced. */
#ifndef SOURCE_REDACT_NUMBERS_H
#define SOURCE_REDACT_NUMBERS_H

#include "base/base.h"

struct redact_numbers;
struct redact_numbers *redact_numbers_new(TALLOC_CTX *mem);
/*
 * The number of VALUE among those of its kind, from 1 in the order of their first use; 0: there are
 * too many to number them. KIND is not copied. Only a digest of VALUE is kept. One more of its kind
 * counts as replaced.
 */
unsigned redact_numbers_of(
	struct redact_numbers *numbers, const char *kind, const char *value, size_t length);
/* One more of KIND was replaced, of a secret that has its number. */
void redact_numbers_count(struct redact_numbers *numbers, const char *kind);
/* Numbers begin from 1 again; what was counted stays. */
void redact_numbers_forget(struct redact_numbers *numbers);
/* The kinds that were replaced, by INDEX from 0 on, and how often; NULL: no more. */
const char *redact_numbers_kind(
	const struct redact_numbers *numbers, size_t index, uint64_t *count);

#endif
