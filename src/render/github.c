/*
 * Workflow commands of GitHub Actions, one annotation each: "::error file=F,line=N,title=T::TEXT".
 * Escapes are those of the runner (docs.github.com, "Workflow commands"): "%", CR and LF
 * everywhere, ":" and "," in properties too. A runner shows ten annotations of a kind a step.
 */
#include "render/github.h"

#include <stdlib.h>
#include <string.h>

#include "render/alert.h"
#include "render/clean.h"

#define TEXT_BYTES 4000 /* of one annotation */

struct writer {
	TALLOC_CTX *mem;
	FILE *out;
	const struct diagnosis *diagnosis;
	unsigned limit;
	size_t wanted[ALERT_LEVEL_COUNT], shown[ALERT_LEVEL_COUNT];
};

static const char *const kinds[ALERT_LEVEL_COUNT] = { "notice", "warning", "error" };

static void put_escaped(FILE *out, const char *text, const char *special)
{
	size_t length = strlen(text), size;

	for (size_t i = 0; i < length; i += size) {
		uint32_t code;

		size = clean_decode(text + i, length - i, &code);
		if (strchr(special, text[i]) != NULL)
			fprintf(out, "%%%02X", (unsigned)(unsigned char)text[i]);
		else
			clean_put(out, text + i, size, code);
		if (i > 0 && clean_is_command(text + i - 1, length - i + 1))
			fputc(' ', out);
	}
}

static void put_property(FILE *out, const char *name, const char *value, const char **mark)
{
	fprintf(out, "%s%s=", *mark, name);
	put_escaped(out, value, "%\r\n:,");
	*mark = ",";
}

/* What stands below the message: the last one of a kind tells how many more there are. */
static char *details(struct writer *writer, const struct alert *alert, enum alert_level level)
{
	char *chain = alert_chain(writer->mem, writer->diagnosis, alert);
	size_t length = strlen(chain), kept = utf8_cut(chain, length, TEXT_BYTES);
	size_t more = writer->wanted[level] - writer->shown[level];

	chain = mem_printf(
		writer->mem, "%.*s%s", (int)kept, chain, kept < length ? "\xe2\x80\xa6\n" : "");
	if (writer->shown[level] == writer->limit && more > 0)
		chain = mem_printf(writer->mem, "%s%s not shown.\n", chain,
			mem_printf(writer->mem, "%s %s",
				page_plural(writer->mem, more,
					level == ALERT_ERROR ? "more error" : "more alert"),
				more == 1 ? "is" : "are"));
	length = strlen(chain);
	if (length > 0 && chain[length - 1] == '\n')
		chain[length - 1] = '\0';
	return chain;
}

static void put_alert(struct writer *writer, const struct alert *alert)
{
	const struct alert_spot *spot = &alert->spot;
	const char *mark = " ";
	char *text;

	if (writer->shown[alert->level] == writer->limit)
		return;
	writer->shown[alert->level]++;
	fprintf(writer->out, "::%s", kinds[alert->level]);
	if (spot->path != NULL && !spot->source) {
		put_property(writer->out, "file", spot->path, &mark);
		if (spot->line > 0)
			put_property(writer->out, "line",
				mem_printf(writer->mem, "%llu", (unsigned long long)spot->line),
				&mark);
	}
	put_property(writer->out, "title",
		mem_printf(writer->mem, "%s: %s", alert->rule, alert->title), &mark);
	text = mem_printf(
		writer->mem, "%s\n%s", alert->message, details(writer, alert, alert->level));
	fputs("::", writer->out);
	put_escaped(writer->out, text, "%\r\n");
	fputc('\n', writer->out);
}

/* What was not read is told in one line of its own, unless ten others are worth more. */
static void put_scan(struct writer *writer)
{
	const struct run *run = writer->diagnosis->run;
	char *text;

	if (run->complete || writer->shown[ALERT_NOTE] == writer->limit)
		return;
	text = mem_strdup(writer->mem, "Not everything could be read; what is said may change.");
	for (size_t i = 0; i < run->gap_count && strlen(text) < TEXT_BYTES; i++)
		text = mem_printf(
			writer->mem, "%s\n%s", text, clean_line(writer->mem, run->gaps[i]));
	fputs("::notice title=fivewhys%3A the scan is incomplete::", writer->out);
	put_escaped(writer->out, text, "%\r\n");
	fputc('\n', writer->out);
}

char *render_github(
	TALLOC_CTX *mem, const struct diagnosis *diagnosis, unsigned limit, size_t *length)
{
	struct writer writer = { .diagnosis = diagnosis, .limit = limit };
	const struct alerts *alerts;
	char *text = NULL, *copy;

	writer.mem = mem_check(talloc_new(NULL));
	writer.out = mem_check(open_memstream(&text, length));
	alerts = alerts_of(writer.mem, diagnosis);
	for (size_t i = 0; i < alerts->count; i++)
		writer.wanted[alerts->items[i].level]++;
	for (size_t i = 0; i < alerts->count; i++)
		put_alert(&writer, &alerts->items[i]);
	put_scan(&writer);
	if (fclose(writer.out) != 0)
		mem_check(NULL);
	copy = mem_strndup(mem, text, *length);
	free(text);
	talloc_free(writer.mem);
	return copy;
}

int github_put(const struct page *page, FILE *out, struct err *err)
{
	size_t length;
	char *text = render_github(page->mem, page->diagnosis, RENDER_GITHUB_MAX, &length);

	(void)err;
	fwrite(text, 1, length, out);
	return 0;
}
