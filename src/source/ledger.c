/* Notes of a source: what was cut, assumed, left out. */
#include "source/ledger.h"

#include <stdarg.h>
#include <string.h>

#include "source/format.h"

#define NOTES 32

/* Takes NOTE, which belongs to INFO. */
static void keep(struct source_info *info, char *note)
{
	for (size_t i = 0; i < info->note_count; i++)
		if (strcmp(info->notes[i], note) == 0) {
			talloc_free(note);
			return;
		}
	if (info->note_count == NOTES) {
		talloc_free(note);
		info->notes[NOTES - 1] = "there are more notes than these";
		return;
	}
	info->notes = mem_grow(info, info->notes, info->note_count, sizeof(*info->notes));
	info->notes[info->note_count++] = note;
}

__attribute__((format(printf, 2, 0))) static void note(
	struct source_info *info, const char *format, va_list arguments)
{
	keep(info, mem_check(talloc_vasprintf(info, format, arguments)));
}

void ledger_note(struct source_info *info, const char *format, ...)
{
	va_list arguments;

	va_start(arguments, format);
	note(info, format, arguments);
	va_end(arguments);
}

void ledger_cut(struct source_info *info, const char *format, ...)
{
	va_list arguments;

	info->truncated = true;
	va_start(arguments, format);
	note(info, format, arguments);
	va_end(arguments);
}

void source_info_note(struct source_info *info, const char *text)
{
	ledger_note(info, "%s", text);
}

void source_note(struct source *source, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = mem_check(talloc_vasprintf(NULL, format, arguments));
	va_end(arguments);
	keep(source->info, source_scrub_name(source->info, source, text));
	talloc_free(text);
}
