/* The scan ledger: what was read, skipped, cut and redacted. */
#include <inttypes.h>

#include "render/page.h"

/* "1,311,297 bytes" would depend on taste; "1.3 MB" is read faster, and the JSON has the figure. */
static const char *amount(TALLOC_CTX *mem, uint64_t bytes)
{
	static const char *const units[] = { "kB", "MB", "GB", "TB" };
	uint64_t tenths = bytes / 100;
	size_t unit = 0;

	if (bytes < 1000)
		return page_plural(mem, bytes, "byte");
	for (; tenths >= 10000 && unit + 1 < sizeof(units) / sizeof(units[0]); unit++)
		tenths /= 1000;
	return mem_printf(mem, "%" PRIu64 ".%" PRIu64 " %s", tenths / 10, tenths % 10, units[unit]);
}

static void add_source(const struct page *page, cJSON *row, const struct source_info *source)
{
	page_code(page, row, "source", source->name);
	object_text(row, "format", source->format);
	object_number(row, "entries", (double)source->entries);
	object_text(row, "bytes", amount(page->mem, source->bytes));
	object_number(row, "duplicates", (double)source->duplicates);
	object_number(row, "untimed", (double)source->untimed);
	object_number(row, "skipped", (double)source->skipped);
	object_number(row, "redactions", (double)source->redactions);
	object_flag(row, "truncated", source->truncated);
	object_time(row, "first", source->first);
	object_time(row, "last", source->last);
	object_format(row, "digest", "%.12s", source->sha256);
	object_texts(row, "notes", source->notes, source->note_count);
	page_has(row, "notes");
}

/* What the service looked through for us is complete for the rules, and not as a log. */
static const char *completeness(const struct run *run)
{
	if (!run->complete)
		return "INCOMPLETE";
	return run->unread_count > 0 ? "complete as far as the rules look" : "complete";
}

/* "3 redactions (2 password, 1 token)" */
static char *redactions(TALLOC_CTX *mem, const struct run *run)
{
	char *text = (char *)(uintptr_t)page_plural(mem, run->redactions, "redaction");

	for (size_t i = 0; i < run->redacted_count; i++)
		text = mem_printf(mem, "%s%s%" PRIu64 " %s", text, i == 0 ? " (" : ", ",
			run->redacted[i].count, run->redacted[i].kind);
	return run->redacted_count > 0 ? mem_printf(mem, "%s)", text) : text;
}

static void add_words(const struct page *page, cJSON *scan, const struct run *run)
{
	object_text(scan, "source_words", page_plural(page->mem, run->source_count, "source"));
	object_text(scan, "entry_words",
		run->entries == 1 ? "1 entry"
				  : mem_printf(page->mem, "%" PRIu64 " entries", run->entries));
	object_text(scan, "redaction_words", redactions(page->mem, run));
	object_text(scan, "completeness", completeness(run));
	object_text(scan, "bytes", amount(page->mem, run->bytes));
}

void page_scan(const struct page *page, cJSON *root)
{
	const struct run *run = page->diagnosis->run;
	cJSON *scan = object_child(root, "scan");
	cJSON *list = object_list(scan, "sources");
	bool noted = false;

	object_flag(scan, "complete", run->complete);
	add_words(page, scan, run);
	for (size_t i = 0; i < run->source_count; i++) {
		add_source(page, object_row(list), run->sources[i]);
		noted = noted || run->sources[i]->note_count > 0;
	}
	object_flag(scan, "has_notes", noted);
	object_texts(scan, "gaps", run->gaps, run->gap_count);
	page_has(scan, "gaps");
	object_texts(scan, "limits", run->limits, run->limit_count);
	page_has(scan, "limits");
}
