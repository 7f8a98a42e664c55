/* A source: recognised by its content, then read by its format. */
#include "source/source.h"

#include <string.h>

#include "source/formats.h"
#include "source/ledger.h"
#include "source/open.h"
#include "source/reader.h"
#include "source/text.h"

struct source_info *source_info_new(TALLOC_CTX *mem, const char *name, const char *path)
{
	struct source_info *info = mem_new(mem, struct source_info);

	info->name = mem_strdup(info, name);
	info->path = mem_strdup(info, path);
	info->first = TIME_NONE;
	info->last = TIME_NONE;
	return info;
}

int source_open_bytes(TALLOC_CTX *mem, struct bytes *bytes, struct source_info *info,
	const struct source_options *options, struct redactor *redactor, struct source **out,
	struct err *err)
{
	struct source *source = mem_new(mem, struct source);
	const char *sample;
	size_t length;

	source->info = info;
	source->options = options;
	source->redactor = options->no_redaction ? NULL : redactor;
	source->text = text_new(source);
	source->reader = reader_new(source, bytes, info);
	sample = reader_sample(source->reader, &length);
	source->format = formats_recognise(sample, length);
	info->format = source->format->name;
	if (source->format->open != NULL && source->format->open(source, err) < 0) {
		err_prefix(err, "%s", info->name);
		talloc_free(source);
		return -1;
	}
	*out = source;
	return 0;
}

int source_open_text(TALLOC_CTX *mem, const char *name, const char *text, size_t length,
	const struct source_options *options, struct source **out, struct err *err)
{
	TALLOC_CTX *parts = talloc_new(mem);
	struct source_info *info = source_info_new(mem, name, name);
	struct bytes *bytes = bytes_of_text(parts, text, length);
	struct source_options *copy = mem_new(parts, struct source_options);

	if (options != NULL)
		*copy = *options;
	if (source_open_bytes(
		    mem, bytes, info, copy, redactor_new(parts, copy->redaction), out, err) < 0) {
		talloc_free(parts);
		return -1;
	}
	talloc_reparent(mem, *out, parts);
	return 0;
}

void source_count(struct source_info *info, const struct entry *entry)
{
	info->entries++;
	if (entry->time == TIME_NONE) {
		info->untimed++;
		return;
	}
	if (info->first == TIME_NONE || entry->time < info->first)
		info->first = entry->time;
	if (info->last == TIME_NONE || entry->time > info->last)
		info->last = entry->time;
}

/* The end, good (RESULT 0) or bad: the digest is that of the whole input all the same. */
static int finish(struct source *source, int result, struct err *err)
{
	struct source_info *info = source->info;
	struct err late = { 0 };
	uint64_t dropped = text_dropped(source->text);

	source->ended = true;
	if (reader_finish(source->reader, &late) < 0 && result == 0) {
		*err = late;
		result = -1;
	}
	if (dropped > 0)
		ledger_note(info, "%llu NUL bytes were left out", (unsigned long long)dropped);
	if (info->bytes == 0)
		ledger_note(info, "the input is empty");
	if (result < 0) {
		info->truncated = true;
		ledger_note(info, "%s", err->text);
		return err_wrap(err, "%s", info->name);
	}
	return 0;
}

int source_next(struct source *source, struct entry *out, struct err *err)
{
	int result;

	if (source->ended)
		return 0;
	memset(out, 0, sizeof(*out));
	out->time = TIME_NONE;
	out->source = source->info;
	result = source->format->next(source, out, err);
	if (result <= 0)
		return finish(source, result, err);
	if (out->text == NULL)
		out->text = "";
	if (out->test != NULL)
		transcript_place(out);
	source_count(source->info, out);
	return 1;
}

struct source_info *source_info(struct source *source)
{
	return source->info;
}
