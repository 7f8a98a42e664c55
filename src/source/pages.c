/* Pages of log entries as entries:list of the Cloud Logging API answers: all one source. */
#include <string.h>

#include "source/fields.h"
#include "source/format.h"
#include "source/ledger.h"
#include "source/open.h"
#include "source/reader.h"
#include "source/text.h"

struct pages {
	struct source source; /* what the parser of entries works with */
	struct source_options options;
	struct fields *fields;
	struct digest *digest; /* of the entries, in the order read */
	struct json entries; /* of the page at hand */
	size_t at;
	bool alone;
	char made_id[DIGEST_TEXT];
};

/* Named like the other formats of Cloud Logging: matching asks for that. */
static const struct format format = { .name = "gcloud-api" };

struct pages *source_pages_new(
	TALLOC_CTX *mem, const char *name, const struct source_options *options, bool alone)
{
	struct pages *pages = mem_new(mem, struct pages);
	struct source *source = &pages->source;

	if (options != NULL)
		pages->options = *options;
	source->format = &format;
	source->info = source_info_new(pages, name, name);
	source->info->format = format.name;
	source->options = &pages->options;
	source->redactor =
		pages->options.no_redaction ? NULL : redactor_new(pages, pages->options.redaction);
	source->text = text_new(pages);
	source->reader = reader_new(pages, bytes_of_text(pages, "", 0), source->info);
	pages->fields = fields_new(pages, source);
	pages->digest = digest_new(pages);
	pages->alone = alone;
	return pages;
}

struct source_info *source_pages_info(struct pages *pages)
{
	return pages->source.info;
}

struct redactor *source_pages_redactor(struct pages *pages)
{
	return pages->source.redactor;
}

/* A string; NULL where it is empty or none. */
static char *text_of(TALLOC_CTX *mem, struct json value)
{
	struct draft draft = { .mem = mem };

	if (json_kind(value) != '"' || !json_has(value))
		return NULL;
	json_decode(value, &draft);
	return mem_strndup(mem, draft.text, draft.length);
}

static int take_members(struct json body, struct json *entries, struct json *token)
{
	struct json key, value;
	size_t at = 0;
	int got;

	while ((got = json_member(body, &at, &key, &value)) > 0) {
		if (key.length == 7 && memcmp(key.text, "entries", 7) == 0)
			*entries = value;
		if (key.length == 13 && memcmp(key.text, "nextPageToken", 13) == 0)
			*token = value;
	}
	return got;
}

int source_pages_add(struct pages *pages, const char *body, size_t length, TALLOC_CTX *mem,
	char **token, struct err *err)
{
	struct json whole, entries = { NULL, 0 }, next = { NULL, 0 };
	size_t end = length;

	while (end > 0 && strchr(" \t\r\n", body[end - 1]) != NULL && body[end - 1] != '\0')
		end--;
	if (!json_value(body, end, &whole) || json_kind(whole) != '{')
		return err_set(err, ERR_FORMAT, "the answer is no JSON object, or half of one");
	if (whole.text + whole.length != body + end || take_members(whole, &entries, &next) < 0)
		return err_set(err, ERR_FORMAT, "the answer is not JSON");
	if (json_has(entries) && json_kind(entries) != '[')
		return err_set(err, ERR_FORMAT, "the answer holds \"entries\" that are no list");
	pages->entries = json_kind(entries) == '[' ? entries : (struct json){ "[]", 2 };
	pages->at = 0;
	pages->source.info->bytes += length;
	*token = text_of(mem, next);
	return 0;
}

/* The API gives every entry an insertId; one without is known by what it says. */
static const char *made_id(struct pages *pages, struct json object)
{
	digest_of(object.text, object.length, pages->made_id);
	return pages->made_id;
}

/* 1: the next object of the page that can be read. 0: there is no more. */
static int read_one(struct pages *pages, struct entry *out)
{
	struct source_info *info = pages->source.info;
	struct json object;
	int got;

	while ((got = json_element(pages->entries, &pages->at, &object)) > 0) {
		memset(out, 0, sizeof(*out));
		out->time = TIME_NONE;
		out->source = info;
		out->line = info->entries + info->skipped + 1;
		if (object.length <= SOURCE_ENTRY_MAX && json_kind(object) == '{' &&
			fields_read(pages->fields, object, NULL, out) == 0) {
			digest_add(pages->digest, object.text, object.length);
			if (out->insert_id == NULL)
				out->insert_id = made_id(pages, object);
			return 1;
		}
		info->skipped++;
		ledger_cut(info,
			"an entry that is not valid JSON, or longer than 1 MiB, was left out");
	}
	if (got < 0) {
		ledger_cut(info, "the list of entries of a page is broken");
		pages->entries = (struct json){ "[]", 2 };
		pages->at = 0;
	}
	return 0;
}

bool source_pages_next(struct pages *pages, struct entry *out)
{
	if (pages->alone && pages->source.redactor != NULL)
		redactor_forget(pages->source.redactor);
	if (read_one(pages, out) == 0)
		return false;
	if (out->text == NULL)
		out->text = "";
	source_count(pages->source.info, out);
	return true;
}

void source_pages_end(struct pages *pages)
{
	uint64_t dropped = text_dropped(pages->source.text);

	if (dropped > 0)
		ledger_note(pages->source.info, "%llu NUL bytes were left out",
			(unsigned long long)dropped);
	digest_end(pages->digest, pages->source.info->sha256);
}
