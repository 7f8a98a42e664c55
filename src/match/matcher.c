/* The matcher: entries in, findings out. */
#include "match/matcher.h"

#include <string.h>
#include <uthash.h>

#include "match/condition.h"
#include "match/look.h"
#include "match/uses.h"
#include "match/watch.h"

struct known_stream {
	const struct source_info *source;
	struct stream stream;
	UT_hash_handle hh;
};

static int forget_streams(struct matcher *matcher)
{
	struct known_stream *item, *next;

	HASH_ITER (hh, matcher->streams, item, next) {
		HASH_DEL(matcher->streams, item);
		talloc_free(item);
	}
	matcher->current = NULL;
	return 0;
}

/* What learning which cause uses a term works with. */
struct owning {
	struct matcher *matcher;
	const struct cause *cause;
};

static void own(void *context, const struct use *use, enum role role)
{
	struct owning *owning = context;
	const struct cause **owner = &owning->matcher->owners[use->term->index];

	if (*owner == NULL)
		*owner = owning->cause;
	if (role == ROLE_POSITIVE || role == ROLE_EXPECTED)
		owning->matcher->tells[use->term->index] = true;
}

static void find_owners(struct matcher *matcher)
{
	for (size_t i = 0; i < rules_cause_count(matcher->rules); i++) {
		struct owning owning = { matcher, rules_cause(matcher->rules, i) };

		if (owning.cause->when != NULL)
			uses_each(owning.cause->when, own, &owning);
	}
}

int matcher_new(TALLOC_CTX *mem, const struct rules *rules, struct matcher **out, struct err *err)
{
	struct matcher *matcher = mem_new(mem, struct matcher);

	matcher->rules = rules;
	matcher->term_count = rules_term_count(rules);
	matcher->patterns = mem_array(matcher, struct pattern, matcher->term_count);
	matcher->owners = mem_array(matcher, const struct cause *, matcher->term_count);
	matcher->tells = mem_array(matcher, bool, matcher->term_count);
	matcher->fired = mem_array(matcher, bool, rules_cause_count(rules));
	matcher->tools = pattern_tools_new(matcher);
	matcher->hits = hits_new(matcher, matcher->term_count);
	talloc_set_destructor(matcher, forget_streams);
	for (size_t i = 0; i < matcher->term_count; i++) {
		const struct term *term = rules_term(rules, i);

		pattern_init(&matcher->patterns[i], rules, term);
		matcher->has_cre = matcher->has_cre || term->cre;
		if (term->kind == TERM_REGEX && matcher->patterns[i].code == NULL) {
			err_fill(err, ERR_RULE, "%s:%u:%u: the regex does not compile",
				term->place.file, term->place.line, term->place.column);
			talloc_free(matcher);
			return -1;
		}
	}
	matcher->prefilter = prefilter_new(matcher, rules);
	find_owners(matcher);
	*out = matcher;
	return 0;
}

void matcher_reset(struct matcher *matcher)
{
	hits_clear(matcher->hits);
	forget_streams(matcher);
}

static struct stream *stream_of(struct matcher *matcher, const struct entry *entry)
{
	struct known_stream *item;

	if (matcher->current != NULL && matcher->current->source == entry->source)
		return matcher->current;
	HASH_FIND_PTR(matcher->streams, &entry->source, item);
	if (item == NULL) {
		item = mem_new(matcher, struct known_stream);
		item->source = entry->source;
		item->stream = (struct stream){ .source = entry->source,
			.first_order = entry->order,
			.clock = TIME_NONE,
			.newest = TIME_NONE };
		HASH_ADD_PTR(matcher->streams, source, item);
	}
	matcher->current = &item->stream;
	return matcher->current;
}

static void see(struct stream *stream, const struct entry *entry)
{
	stream->last_order = entry->order;
	stream->late = entry->time != TIME_NONE && stream->newest != TIME_NONE &&
		       entry->time < stream->newest;
	if (entry->time == TIME_NONE)
		return;
	if (stream->clock != TIME_NONE) {
		stream->rising += entry->time > stream->clock;
		stream->falling += entry->time < stream->clock;
	}
	stream->clock = entry->time;
	if (stream->newest == TIME_NONE || entry->time > stream->newest)
		stream->newest = entry->time;
}

size_t matcher_scan(struct matcher *matcher, const struct entry *entry)
{
	size_t hits;

	see(stream_of(matcher, entry), entry);
	hits_begin(matcher->hits);
	matcher->told = 0;
	if (matcher->watch != NULL)
		watch_begin(matcher->watch);
	hits = look_at_entry(matcher, entry);
	if (matcher->watch != NULL)
		watch_entry(matcher->watch, matcher->hits, entry);
	return hits;
}

void matcher_watch(struct matcher *matcher, const struct cause *cause)
{
	talloc_free(matcher->watch);
	matcher->watch = watch_new(matcher, matcher->rules, cause);
}

size_t matcher_told(const struct matcher *matcher)
{
	return matcher->told;
}

void matcher_forget(struct matcher *matcher)
{
	hits_forget(matcher->hits);
	if (matcher->watch != NULL)
		watch_forget(matcher->watch);
}

void matcher_name(struct matcher *matcher, const struct entry *entry)
{
	hits_name(matcher->hits, entry->id);
}

/* A plain "match" over all entries counts what was not kept, too. */
static bool counts_all(const struct cause *cause, const struct hits *hits, uint64_t *total)
{
	const struct signature *signature = cause->when;
	const struct term *term = signature->kind == SIGN_MATCH ? signature->uses[0].term : NULL;
	size_t count;

	if (term == NULL || signature->not_count > 0 || signature->uses[0].count > 1 ||
		(cause->group_by != NULL && cause->group_by[0] != NULL))
		return false;
	for (size_t i = 0; i < term->where_count; i++)
		if (term->where[i].subject == ON_TEST || term->where[i].subject == ON_OUTCOME)
			return false;
	hits_of(hits, term->index, &count, total);
	return *total > count;
}

struct finding *matcher_judge(TALLOC_CTX *mem, const struct matcher *matcher,
	const struct cause *cause, const struct group *group, const struct run *run)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	struct scope scope = { run, group->events, group->count, INT64_MAX, matcher->patterns,
		NULL };
	struct firings firings = { NULL, 0 };
	struct finding *finding;
	uint64_t total;

	evaluate_signature(scratch, cause->when, &scope, &firings);
	finding = findings_make(mem, cause, group, &firings);
	if (finding != NULL && counts_all(cause, matcher->hits, &total))
		finding->count = total;
	talloc_free(scratch);
	return finding;
}

static void find_cause(TALLOC_CTX *mem, struct matcher *matcher, const struct cause *cause,
	const struct run *run, struct findings *out)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	struct groups groups;

	gather_groups(scratch, cause, matcher->hits, &groups);
	for (size_t i = 0; i < groups.count; i++) {
		struct finding *finding = matcher_judge(mem, matcher, cause, groups.items[i], run);

		if (finding == NULL)
			continue;
		if (finding->verdict == FINDING_FIRED)
			matcher->fired[cause->index] = true;
		out->items = mem_grow(mem, out->items, out->count, sizeof(struct finding *));
		out->items[out->count++] = finding;
	}
	talloc_free(scratch);
}

static void add_limit(struct matcher *matcher, char *text)
{
	matcher->limits =
		mem_grow(matcher, matcher->limits, matcher->limit_count, sizeof(*matcher->limits));
	matcher->limits[matcher->limit_count++] = text;
}

static void tell_limits(struct matcher *matcher)
{
	talloc_free(matcher->limits);
	matcher->limits = NULL;
	matcher->limit_count = 0;
	for (size_t i = 0; i < matcher->term_count; i++) {
		const struct pattern *pattern = &matcher->patterns[i];
		const char *id = matcher->owners[i] != NULL ? matcher->owners[i]->id : "?";
		uint64_t total;
		size_t kept;

		hits_of(matcher->hits, i, &kept, &total);
		if (pattern->fault != NULL)
			add_limit(matcher, mem_printf(matcher, "rule %s: %s", id, pattern->fault));
		if (pattern->limited > 0)
			add_limit(
				matcher, mem_printf(matcher,
						 "rule %s: the match limit was hit on %llu entries",
						 id, (unsigned long long)pattern->limited));
		if (pattern->passed_over > 0)
			add_limit(matcher, mem_printf(matcher,
						   "rule %s: its steps were used up, %llu entries "
						   "were not searched",
						   id, (unsigned long long)pattern->passed_over));
		if (total > kept)
			add_limit(matcher,
				mem_printf(matcher, "rule %s: %llu further hits counted, not kept",
					id, (unsigned long long)(total - kept)));
	}
}

int matcher_findings(TALLOC_CTX *mem, struct matcher *matcher, const struct run *run,
	struct findings *out, struct err *err)
{
	(void)err;
	*out = (struct findings){ NULL, 0 };
	for (size_t i = 0; i < rules_cause_count(matcher->rules); i++) {
		const struct cause *cause = rules_cause(matcher->rules, i);

		matcher->fired[i] = false;
		if (cause->when != NULL && gather_is_possible(cause->when, matcher->hits))
			find_cause(mem, matcher, cause, run, out);
	}
	findings_sort(out);
	tell_limits(matcher);
	return 0;
}

size_t matcher_limits(const struct matcher *matcher, const char *const **out)
{
	*out = matcher->limits;
	return matcher->limit_count;
}

bool matcher_seen(const struct matcher *matcher, const struct term *term, int64_t from, int64_t to)
{
	uint64_t total;
	size_t count;
	const struct hit *hits = hits_of(matcher->hits, term->index, &count, &total);

	for (size_t i = 0; i < count; i++) {
		int64_t time = hits[i].clock;

		if (condition_late(term, hits[i].entry) == NULL &&
			(time == TIME_NONE || ((from == TIME_NONE || time >= from) &&
						      (to == TIME_NONE || time <= to))))
			return true;
	}
	return total > count || pattern_is_blind(&matcher->patterns[term->index]);
}
