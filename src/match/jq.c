/* Terms of jq: the entry as one JSON value, looked at by a small program. */
#include "match/jq.h"

#include <jq.h>
#include <limits.h>
#include <string.h>

/* libjq parses by recursion, deeper than entries need. */
static bool is_json(const char *text, size_t length)
{
	size_t at = 0;

	while (at < length && strchr(" \t\r\n", text[at]) != NULL && text[at] != '\0')
		at++;
	/* texts, numbers and words are JSON too, but no entries */
	return at < length && (text[at] == '{' || text[at] == '[') &&
	       utf8_json_depth(text, length) <= JQ_DEPTH;
}

/* Every value but the first follows one of these. */
static uint64_t values_in(const char *text, size_t length)
{
	uint64_t count = 1;

	for (size_t i = 0; i < length; i++)
		count += text[i] == ',' || text[i] == '[' || text[i] == '{';
	return count;
}

uint64_t jq_steps(const struct jq_growth *growth, const char *text, size_t length)
{
	uint64_t values, steps = 1;

	if (growth->walks <= 1 && growth->commas == 0)
		return 0;
	values = values_in(text, length);
	for (unsigned i = 0; i < growth->walks; i++)
		if (__builtin_mul_overflow(steps, values, &steps))
			return UINT64_MAX;
	steps = steps > length ? steps : length;
	return growth->commas < 64 && steps <= UINT64_MAX >> growth->commas
		       ? steps << growth->commas
		       : UINT64_MAX;
}

/* An output that is neither null nor false, before anything fails. */
bool jq_match(struct jq_state *program, const char *text, size_t length)
{
	bool found = false;
	jv value;

	if (length > INT_MAX || !is_json(text, length))
		return false;
	value = jv_parse_sized(text, (int)length);
	if (!jv_is_valid(value)) {
		jv_free(value);
		return false;
	}
	jq_start(program, value, 0);
	while (!found && jv_is_valid(value = jq_next(program))) {
		jv_kind kind = jv_get_kind(value);

		found = kind != JV_KIND_NULL && kind != JV_KIND_FALSE;
		jv_free(value);
	}
	if (!found)
		jv_free(value);
	/* what is left of the run is given up */
	jq_start(program, jv_null(), 0);
	return found;
}
