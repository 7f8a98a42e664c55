/* The chain of an alert in a few plain lines. */
#include <stdlib.h>
#include <string.h>

#include "render/alert.h"
#include "render/clean.h"
#include "render/title.h"

#define WHYS_MAX 12 /* of a chain; of a longer one the middle is left out */
#define QUOTE_BYTES 300

char *alert_why(TALLOC_CTX *mem, const struct why *why)
{
	const char *told = why->statement != NULL ? why->statement : why->cause->id;
	const char *label = why->n == 0 ? "Symptom" : mem_printf(mem, "Why %u", why->n);

	return mem_printf(
		mem, "%s (%s): %s", label, title_basis(why->basis), clean_line(mem, told));
}

char *alert_quote(TALLOC_CTX *mem, const struct evidence *evidence)
{
	const struct entry *entry = evidence->entry;
	char *line = clean_line(mem, mem_strndup(mem, entry->text, entry->text_len));
	size_t length = utf8_cut(line, strlen(line), QUOTE_BYTES);

	if (line[length] == '\0')
		return line;
	return mem_printf(mem, "%.*s\xe2\x80\xa6", (int)length, line);
}

static void put(TALLOC_CTX *mem, FILE *out, const char *label, const char *text)
{
	if (text != NULL && text[0] != '\0')
		fprintf(out, "%s: %s\n", label, clean_line(mem, text));
}

static void put_why(TALLOC_CTX *mem, FILE *out, const struct why *why)
{
	const struct evidence *evidence;

	fprintf(out, "%s\n", alert_why(mem, why));
	if (why->evidence_count == 0)
		return;
	evidence = why->evidence[0];
	fprintf(out, "  E%u, %s, %s: %s\n", evidence->number,
		clean_line(mem, title_source(evidence->entry)),
		clean_line(mem, title_place(mem, evidence->entry)), alert_quote(mem, evidence));
}

static void put_incident(TALLOC_CTX *mem, FILE *out, const struct incident *incident)
{
	size_t count = incident->why_count, head = WHYS_MAX / 2;
	size_t left_out = count > WHYS_MAX ? count - WHYS_MAX : 0;

	put(mem, out, verdict_name(incident->verdict), incident->verdict_reason);
	for (size_t i = 0; i < count; i++) {
		if (left_out > 0 && i == head) {
			fprintf(out, "... %zu whys are left out here ...\n", left_out);
			i += left_out;
		}
		put_why(mem, out, incident->whys[i]);
	}
	for (size_t i = 0; i < incident->looked_for_count; i++)
		put(mem, out, "Looked for below it and not found", incident->looked_for[i]);
	for (size_t i = 0; i < incident->action_count; i++)
		if (strcmp(incident->actions[i].kind, "fix") == 0)
			put(mem, out, "Fix", incident->actions[i].text);
}

static void put_unknown(
	TALLOC_CTX *mem, FILE *out, const struct run *run, const struct undiagnosed *unknown)
{
	put(mem, out, "First error", unknown->first_error);
	if (unknown->first_error == NULL || unknown->newest_error == NULL ||
		strcmp(unknown->first_error, unknown->newest_error) != 0)
		put(mem, out, "Newest error", unknown->newest_error);
	if (unknown->nearest != NULL)
		put(mem, out, "Nearest rule",
			mem_printf(mem, "%s: %s", unknown->nearest->id,
				unknown->missed_because != NULL ? unknown->missed_because : ""));
	if (run->kept)
		fprintf(out, "Draft a rule: fivewhys rules suggest %lld\n", (long long)run->id);
}

char *alert_chain(TALLOC_CTX *mem, const struct diagnosis *diagnosis, const struct alert *alert)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	char *text = NULL, *copy;
	size_t length = 0;
	FILE *out = mem_check(open_memstream(&text, &length));

	if (alert->incident != NULL)
		put_incident(scratch, out, alert->incident);
	else
		put_unknown(scratch, out, diagnosis->run, alert->unknown);
	if (fclose(out) != 0)
		mem_check(NULL);
	copy = mem_strndup(mem, text, length);
	free(text);
	talloc_free(scratch);
	return copy;
}
