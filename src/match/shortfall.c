/* Clauses left out one after another: the one without which it fires is the one that failed. */
#include "match/shortfall.h"

static bool fires(TALLOC_CTX *mem, const struct signature *signature, const struct scope *scope,
	struct firing *out)
{
	struct firings firings = { NULL, 0 };

	evaluate_signature(mem, signature, scope, &firings);
	if (firings.count > 0)
		*out = firings.items[0];
	return firings.count > 0;
}

static bool would_fire(const struct signature *signature, const struct scope *scope)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	struct firing firing;
	bool result = fires(scratch, signature, scope, &firing);

	talloc_free(scratch);
	return result;
}

/* The narrowest window in which it fires: doubled until it does, then halved to the unit. */
static void narrow(TALLOC_CTX *mem, const struct signature *signature, const struct scope *scope,
	struct shortfall *out)
{
	struct signature loose = *signature;
	int64_t low = signature->within.amount > 0 ? signature->within.amount : 0, high = low;

	do {
		low = high;
		high = evaluate_add(high, high > 0 ? high : 1);
		loose.within.amount = high;
		out->measured = would_fire(&loose, scope);
	} while (!out->measured && high < INT64_MAX);
	if (!out->measured)
		return;
	while (high - low > 1) {
		loose.within.amount = low + (high - low) / 2;
		if (would_fire(&loose, scope))
			high = loose.within.amount;
		else
			low = loose.within.amount;
	}
	loose.within.amount = high;
	fires(mem, &loose, scope, &out->frame);
}

static size_t most(const struct signature *signature, const struct scope *scope)
{
	struct signature loose = *signature;
	unsigned low = 0, high = signature->at_least;

	while (high - low > 1) {
		loose.at_least = low + (high - low) / 2;
		if (would_fire(&loose, scope))
			low = loose.at_least;
		else
			high = loose.at_least;
	}
	return low;
}

static bool is_measured(const struct signature *signature)
{
	return signature->within.unit == WINDOW_TIME || signature->within.unit == WINDOW_LINES;
}

void shortfall_find(TALLOC_CTX *mem, const struct signature *signature, const struct scope *scope,
	struct shortfall *out)
{
	struct signature loose = *signature, bounded;
	struct scope telling = *scope;

	*out = (struct shortfall){ .kind = SHORTFALL_NONE };
	telling.told = &out->forbidden;
	if (fires(mem, signature, &telling, &out->frame))
		return;
	loose.not_count = 0;
	out->kind = SHORTFALL_NOT;
	if (signature->not_count > 0 && fires(mem, &loose, scope, &out->frame))
		return;
	bounded = loose;
	loose.within = (struct window){ WINDOW_SCOPE, 0 };
	out->kind = SHORTFALL_WINDOW;
	if (is_measured(signature) && fires(mem, &loose, scope, &out->frame)) {
		narrow(mem, &bounded, scope, out);
		return;
	}
	out->kind = SHORTFALL_COUNT;
	if (signature->kind == SIGN_COUNT) {
		out->have = most(&bounded, scope);
		return;
	}
	loose.kind = SIGN_ALL;
	out->kind = SHORTFALL_ORDER;
	if (signature->kind == SIGN_SEQ && fires(mem, &loose, scope, &out->frame))
		return;
	out->kind = SHORTFALL_MISSING;
}

size_t shortfall_steps(const struct signature *signature, const struct scope *scope)
{
	struct signature some = *signature;

	some.not_count = 0;
	for (some.use_count = 1; some.use_count <= signature->use_count; some.use_count++)
		if (!would_fire(&some, scope))
			break;
	return some.use_count - 1;
}
