/* The page as a whole: what was run, what failed, and the parts that page_*.c fill. */
#include "render/page.h"

#include <string.h>

#include "render/offset.h"
#include "render/title.h"

char *page_plural(TALLOC_CTX *mem, uint64_t count, const char *noun)
{
	return mem_printf(mem, "%llu %s%s", (unsigned long long)count, noun, count == 1 ? "" : "s");
}

void page_code(const struct page *page, cJSON *object, const char *key, const char *text)
{
	if (text != NULL && page->style->code != NULL)
		text = page->style->code(page->mem, text);
	object_text(object, key, text);
}

void page_rich(const struct page *page, cJSON *object, const char *key, const char *text)
{
	object_text(object, key, text);
	if (text != NULL && page->style->rich != NULL)
		object_text(object, mem_printf(page->mem, "%s_rich", key),
			page->style->rich(page->mem, text));
	else
		object_text(object, mem_printf(page->mem, "%s_rich", key), text);
}

char *page_stop(TALLOC_CTX *mem, const char *text)
{
	size_t length = strlen(text);

	while (length > 0 && strchr(" \t\n", text[length - 1]) != NULL)
		length--;
	if (length == 0 || strchr(".!?:", text[length - 1]) != NULL)
		return mem_strndup(mem, text, length);
	return mem_printf(mem, "%.*s.", (int)length, text);
}

void page_sentence(const struct page *page, cJSON *object, const char *key, const char *text)
{
	char *sentence = text == NULL ? NULL : page_stop(page->mem, text);

	if (sentence != NULL && sentence[0] >= 'a' && sentence[0] <= 'z')
		sentence[0] = (char)(sentence[0] - 'a' + 'A');
	object_text(object, key, sentence);
}

void page_has(cJSON *object, const char *key)
{
	char name[64];

	snprintf(name, sizeof(name), "has_%s", key);
	object_flag(object, name, object_count(cJSON_GetObjectItemCaseSensitive(object, key)) > 0);
}

size_t page_limit(cJSON *object, const char *key, size_t count, size_t maximum)
{
	object_number(object, key, count > maximum ? (double)(count - maximum) : 0);
	return count > maximum ? maximum : count;
}

int64_t page_time(const struct diagnosis *diagnosis, const struct source_info *source, int64_t time)
{
	int64_t shift, moved;

	if (time == TIME_NONE || !diagnosis->offset_found || source == NULL ||
		!source->transcript || !source->zone_unknown ||
		__builtin_mul_overflow(diagnosis->offset, WHEN_SECOND, &shift) ||
		__builtin_add_overflow(time, shift, &moved))
		return time;
	return moved;
}

/* Where the last lines of TEXT begin, as many as a page shows of its end. */
static size_t tail_of(const char *text, size_t length)
{
	size_t at = length, begin = length;

	for (unsigned lines = 0; lines < PAGE_QUOTE_TAIL && at > 0; lines++) {
		for (at--; at > 0 && text[at - 1] != '\n';)
			at--;
		if (length - at > PAGE_QUOTE_BYTES / 2)
			break;
		begin = at;
	}
	return begin;
}

/*
 * As much of a text as a page shows: its beginning, and of many lines the last ones, too, where a
 * traceback tells what it is about. CUT tells what is shown; NULL: all of it.
 */
static char *excerpt(TALLOC_CTX *mem, const struct entry *entry, const char **cut)
{
	size_t length = utf8_cut(entry->text, entry->text_len, PAGE_QUOTE_BYTES), at = 0, tail;
	unsigned lines = 0;

	while (at < length && (entry->text[at] != '\n' || ++lines < PAGE_QUOTE_LINES))
		at++;
	*cut = NULL;
	if (at == entry->text_len)
		return mem_strndup(mem, entry->text, at);
	tail = tail_of(entry->text, entry->text_len);
	for (at = 0, lines = 0; lines < PAGE_QUOTE_HEAD && at < tail && at < length; at++)
		lines += entry->text[at] == '\n';
	if (lines < PAGE_QUOTE_HEAD || tail == entry->text_len) {
		*cut = mem_printf(mem, "%zu of %zu bytes are shown", length, entry->text_len);
		return mem_strndup(mem, entry->text, length);
	}
	*cut = mem_printf(mem, "the first %zu and the last %zu of %zu bytes are shown", at,
		entry->text_len - tail, entry->text_len);
	return mem_printf(mem, "%.*s\xe2\x80\xa6\n%.*s", (int)at, entry->text,
		(int)(entry->text_len - tail), entry->text + tail);
}

void page_evidence(
	const struct page *page, cJSON *row, const struct evidence *evidence, int64_t reference)
{
	const struct entry *entry = evidence->entry;
	int64_t time = page_time(page->diagnosis, entry->source, entry->time);
	char buffer[OFFSET_TEXT], *text;
	const char *cut;

	text = excerpt(page->mem, entry, &cut);
	object_format(row, "id", "E%u", evidence->number);
	page_code(page, row, "source", title_source(entry));
	object_text(row, "place", title_place(page->mem, entry));
	object_time(row, "time", time);
	object_text(row, "offset", offset_format(time, reference, buffer));
	object_text(row, "service", entry->service);
	object_text(row, "severity",
		entry->severity == SEVERITY_DEFAULT ? NULL : severity_name(entry->severity));
	object_text(row, "role", evidence->role);
	object_text(row, "sha256", evidence->sha256);
	object_format(row, "digest", "%.12s", evidence->sha256);
	object_text(row, "text", text);
	object_text(row, "quote",
		page->style->quote != NULL ? page->style->quote(page->mem, text) : text);
	object_text(row, "cut", cut);
}

static void add_plain(const struct page *page, cJSON *object, const char *key, const char *text)
{
	if (text != NULL && page->style->plain != NULL)
		text = page->style->plain(page->mem, text);
	object_text(object, key, text);
}

/* Steps of jobs that failed without a test. */
static uint64_t failed_steps(const struct run *run)
{
	uint64_t count = 0;

	for (size_t i = 0; i < run->test_count; i++)
		count += run->tests[i]->step && run->tests[i]->outcome == OUTCOME_FAILED;
	return count;
}

/* What the page is about, in one line. */
static const char *headline(const struct page *page)
{
	const struct diagnosis *diagnosis = page->diagnosis;
	const struct counts *counts = &diagnosis->run->counts;
	uint64_t failed = counts->failed + counts->errors, total = title_total(counts);
	const char *steps = page_plural(page->mem, failed_steps(diagnosis->run), "step");

	if (!diagnosis->failed && total == 0 && diagnosis->unexplained_count > 0)
		return mem_printf(page->mem,
			"No failure that a rule knows, and %s that none explains",
			page_plural(page->mem, diagnosis->unexplained_count, "error"));
	if (!diagnosis->failed && diagnosis->incident_count + diagnosis->undiagnosed_count == 0)
		return total > 0 ? mem_printf(page->mem, "Nothing failed: %s",
					   title_outcomes(page->mem, counts))
				 : "No sign of a failure";
	if (total > 0 && failed > 0)
		return mem_printf(page->mem, "%llu of %s failed%s%s", (unsigned long long)failed,
			page_plural(page->mem, total, "test"), steps[0] == '0' ? "" : ", and ",
			steps[0] == '0' ? "" : steps);
	if (steps[0] != '0')
		return mem_printf(page->mem, "%s of a job failed", steps);
	return mem_printf(page->mem, "%s found",
		page_plural(page->mem, diagnosis->incident_count + diagnosis->undiagnosed_count,
			"incident"));
}

static void add_run(const struct page *page, cJSON *root)
{
	const struct run *run = page->diagnosis->run;
	char buffer[WHEN_TEXT];
	cJSON *object = object_child(root, "run");

	object_number(object, "id", (double)run->id);
	object_text(object, "label", run->label);
	object_text(object, "commit", run->commit);
	object_text(object, "branch", run->branch);
	object_text(object, "environment", run->environment);
	add_plain(page, object, "label_plain", run->label);
	add_plain(page, object, "commit_plain", run->commit);
	object_time(object, "start", run->first);
	object_time(object, "end", run->last);
	object_text(object, "input_sha256", run->sha256);
	object_number(object, "total", (double)title_total(&run->counts));
	object_text(object, "outcomes", title_outcomes(page->mem, &run->counts));
	object_texts(object, "count_notes", run->count_notes, run->count_note_count);
	page_has(object, "count_notes");
	if (page->diagnosis->offset_found)
		object_format(object, "offset", "%s",
			when_format_duration(page->diagnosis->offset * WHEN_SECOND, buffer));
	else
		object_null(object, "offset");
	object_text(object, "offset_note", page->diagnosis->offset_note);
}

int64_t page_reference(const struct incident *incident)
{
	return incident->why_count > 0 ? incident->whys[0]->moment : TIME_NONE;
}

static void add_evidence(const struct page *page, cJSON *root)
{
	const struct diagnosis *diagnosis = page->diagnosis;
	int64_t reference = diagnosis->incident_count == 1 ? page_reference(diagnosis->incidents[0])
							   : TIME_NONE;
	cJSON *list = object_list(root, "evidence");
	size_t count =
		page_limit(root, "evidence_left_out", diagnosis->evidence_count, PAGE_EVIDENCE_MAX);

	for (size_t i = 0; i < count; i++)
		page_evidence(page, object_row(list), diagnosis->evidence[i], reference);
	page_has(root, "evidence");
}

static void add_unexplained(const struct page *page, cJSON *root)
{
	const struct diagnosis *diagnosis = page->diagnosis;
	cJSON *list = object_list(root, "unexplained");

	for (size_t i = 0; i < diagnosis->unexplained_count; i++) {
		const struct unexplained *item = &diagnosis->unexplained[i];
		cJSON *row = object_row(list);

		object_text(row, "pattern", item->pattern);
		object_number(row, "count", (double)item->count);
		object_text(row, "times",
			item->count > 1 ? page_plural(page->mem, item->count, "time") : NULL);
		if (item->evidence != NULL)
			page_evidence(page, row, item->evidence, TIME_NONE);
		else
			object_null(row, "id");
	}
	page_has(root, "unexplained");
	/* no test or step tells whether anything failed: the errors are all there is to say */
	object_flag(root, "only_errors",
		!diagnosis->failed && title_total(&diagnosis->run->counts) == 0 &&
			diagnosis->unexplained_count > 0);
}

/* Is there an incident with this part? "has_x" of each gives "any_x" of the page. */
static void add_any(cJSON *root, const cJSON *incidents, const char *part)
{
	const cJSON *incident;
	char has[64], any[64];
	bool found = false;

	snprintf(has, sizeof(has), "has_%s", part);
	snprintf(any, sizeof(any), "any_%s", part);
	cJSON_ArrayForEach(incident, incidents)
	{
		found = found || cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(incident, has));
	}
	object_flag(root, any, found);
}

/* Incidents are numbered where there is more than one. */
static void add_incidents(const struct page *page, cJSON *root)
{
	const struct diagnosis *diagnosis = page->diagnosis;
	static const char *const parts[] = { "uncaught", "therefore", "alternatives",
		"contributing", "timeline", "links", "actions", "questions" };
	cJSON *list = object_list(root, "incidents");

	object_flag(root, "several", diagnosis->incident_count > 1);
	object_number(root, "incident_count", (double)diagnosis->incident_count);
	for (size_t i = 0; i < diagnosis->incident_count; i++) {
		cJSON *row = object_row(list);

		object_number(row, "number", (double)(i + 1));
		page_incident(page, row, diagnosis->incidents[i]);
	}
	page_has(root, "incidents");
	for (size_t i = 0; i < sizeof(parts) / sizeof(parts[0]); i++)
		add_any(root, list, parts[i]);
}

cJSON *page_of(const struct page *page)
{
	const struct diagnosis *diagnosis = page->diagnosis;
	cJSON *root = object_new();

	object_text(root, "name", PACKAGE_NAME);
	object_text(root, "version", PACKAGE_VERSION);
	object_text(root, "rules_sha256", diagnosis->rules_sha256);
	object_text(root, "headline", headline(page));
	object_flag(root, "found", diagnosis->incident_count + diagnosis->undiagnosed_count > 0);
	object_flag(root, "failed", diagnosis->failed);
	object_text(root, "command", page->options->command);
	if (page->options->command != NULL && page->style->quote != NULL)
		object_text(root, "command_quote",
			page->style->quote(page->mem, page->options->command));
	add_run(page, root);
	add_incidents(page, root);
	page_unknowns(page, root);
	add_evidence(page, root);
	add_unexplained(page, root);
	page_scan(page, root);
	return root;
}
