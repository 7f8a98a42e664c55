/* Stage 1: which terms hit an entry. */
#include "match/look.h"

#include <string.h>

#include "match/condition.h"
#include "match/watch.h"

/* A text of the entry, and whose terms look at it. */
struct look {
	const struct entry *entry;
	struct document *document;
	const char *text;
	size_t length;
	bool own, cre;
};

/* A literal that the prefilter found needs no second look. */
static bool is_found(struct matcher *matcher, const struct candidate *candidate,
	const struct look *look, struct hit *hit, struct span *groups)
{
	struct pattern *pattern = &matcher->patterns[candidate->term];
	const struct entry *entry = look->entry;

	if (pattern_is_plain(pattern) && candidate->at < PATTERN_UNSET) {
		hit->whole.start = (uint32_t)candidate->at;
		hit->whole.end = (uint32_t)(candidate->at + strlen(pattern->term->text));
		return true;
	}
	if (pattern->program != NULL && !pattern->term->cre && entry->json != NULL)
		return pattern_match(
			pattern, matcher->tools, entry->json, entry->json_len, &hit->whole, groups);
	return pattern_match(
		pattern, matcher->tools, look->text, look->length, &hit->whole, groups);
}

/* What matched is told as parts of the entry's text, and these looked at something else. */
static void lose_place(const struct pattern *pattern, struct hit *hit, struct span *groups)
{
	if (!pattern->term->cre && pattern->program == NULL)
		return;
	hit->whole = (struct span){ 0, 0 };
	for (size_t i = 0; i < pattern->name_count; i++)
		groups[i] = (struct span){ PATTERN_UNSET, PATTERN_UNSET };
}

/* The first condition that does not hold. Regexes in conditions count as their term's own. */
static const struct condition *unmet_of(struct pattern *pattern, struct document *document)
{
	const struct condition *unmet;

	document->work = (struct field_work){ 0, 0, false };
	document->spent = pattern_is_used_up(pattern);
	document->passed_over = false;
	unmet = condition_early(pattern->term, document);
	pattern->steps += document->work.steps;
	pattern->bytes += document->work.bytes;
	pattern->limited += document->work.limited;
	pattern->passed_over += document->passed_over;
	return unmet;
}

/* Who asks why a rule is silent hears of each condition that kept it so. */
static bool is_excluded(
	const struct matcher *matcher, struct pattern *pattern, struct document *document)
{
	const struct condition *unmet = unmet_of(pattern, document);

	if (unmet != NULL && matcher->watch != NULL)
		watch_excluded(matcher->watch, pattern->term, unmet, document);
	return unmet != NULL;
}

static bool try_term(
	struct matcher *matcher, const struct candidate *candidate, const struct look *look)
{
	struct pattern *pattern = &matcher->patterns[candidate->term];
	struct span groups[PATTERN_GROUPS];
	struct hit hit = { .term = pattern->term,
		.pattern = pattern,
		.stream = matcher->current,
		.late = matcher->current->late,
		.clock = matcher->current->clock,
		.groups = groups };

	if (!(pattern->term->cre ? look->cre : look->own) ||
		!is_found(matcher, candidate, look, &hit, groups) ||
		is_excluded(matcher, pattern, look->document))
		return false;
	lose_place(pattern, &hit, groups);
	hits_add(matcher->hits, look->entry, &hit);
	matcher->told += matcher->tells[candidate->term];
	return true;
}

static size_t look_at(struct matcher *matcher, const struct look *look)
{
	size_t count, hits = 0;
	const struct candidate *candidates =
		prefilter_scan(matcher->prefilter, look->text, look->length, &count);

	for (size_t i = 0; i < count; i++)
		hits += try_term(matcher, &candidates[i], look);
	return hits;
}

/* The text that CRE's terms are for: the line as read, with what was folded into it at its end. */
static const char *line_of(struct matcher *matcher, const struct entry *entry, size_t *length)
{
	const char *raw = entry->raw != NULL ? entry->raw : entry->text;
	size_t raw_length = entry->raw != NULL ? entry->raw_len : entry->text_len;

	*length = raw_length;
	if (entry->raw == NULL || memchr(raw, '\n', raw_length) == NULL)
		return raw;
	if (talloc_get_size(matcher->line) < raw_length)
		matcher->line =
			mem_check(talloc_realloc(matcher, matcher->line, char, 2 * raw_length));
	*length = 0;
	for (size_t i = 0, part; i < raw_length; i += part + 1) {
		const char *end = memchr(raw + i, '\n', raw_length - i);

		part = end == NULL ? raw_length - i : (size_t)(end - raw) - i;
		memcpy(matcher->line + *length, raw + i, part);
		*length += part;
	}
	return matcher->line;
}

size_t look_at_entry(struct matcher *matcher, const struct entry *entry)
{
	struct document document = condition_document(entry);
	struct look look = { entry, &document, entry->text, entry->text_len, true, false };
	size_t hits, length = 0;
	const char *line = matcher->has_cre ? line_of(matcher, entry, &length) : NULL;

	look.cre = line != NULL && length == look.length && memcmp(line, look.text, length) == 0;
	hits = look_at(matcher, &look);
	if (line != NULL && !look.cre) {
		look = (struct look){ entry, &document, line, length, false, true };
		hits += look_at(matcher, &look);
	}
	condition_document_end(&document);
	return hits;
}
