/* Rules drafted from lines of any bytes: they must load, and match the line that they are made of. */
#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>
#include <string.h>

#include "reason/reason.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* What sources yield: valid UTF-8 without NUL, one line of it. */
static char *line_of(TALLOC_CTX *mem, const uint8_t *bytes, size_t length)
{
	char *line = mem_array(mem, char, length + 1);
	size_t used = 0, size;

	for (size_t i = 0; i<length; i += size> 0 ? size : 1) {
		size = utf8_sequence((const char *)bytes + i, length - i);
		if (size == 0 || bytes[i] == '\0' || bytes[i] == '\n')
			continue;
		memcpy(line + used, bytes + i, size);
		used += size;
	}
	return line;
}

static void must_match(const struct rules *rules, const char *line)
{
	const struct term *term = rules_cause(rules, 0)->when->uses[0].term;
	struct pcre2_real_code_8 *code = rules_regex(rules, term);
	pcre2_match_data *data;

	if (code == NULL) {
		if (strstr(line, term->text) == NULL)
			abort();
		return;
	}
	data = pcre2_match_data_create(1, NULL);
	if (pcre2_match(code, (PCRE2_SPTR)line, strlen(line), 0, 0, data, NULL) < 0)
		abort();
	pcre2_match_data_free(data);
}

static void draft(TALLOC_CTX *mem, const struct suggestion *suggestion)
{
	const char *const comments[] = { suggestion->gist, NULL };
	const struct rule_draft rule = { comments, "app.x", suggestion->gist, "app", "why", "fix",
		"prevent", "detect", KIND_CAUSE, RATING_HIGH, suggestion->text, suggestion->regex,
		suggestion->line, "clean" };
	struct rule_problems problems = { 0 };
	struct err err = { 0 };
	struct rules *rules;
	char *text = NULL;
	size_t size;
	FILE *out = open_memstream(&text, &size);

	rule_write(out, &rule);
	fclose(out);
	if (rules_load_text(mem, "draft.yaml", text, size, &rules, &problems, &err) < 0)
		abort();
	free(text);
	if (strcmp(rules_cause(rules, 0)->examples[0].log, suggestion->line) != 0)
		abort();
	must_match(rules, suggestion->line);
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct entry entry = { .text = line_of(mem, bytes, length < 600 ? length : 600),
		.time = TIME_NONE };
	struct error_pattern error = { "x", NULL, &entry, 1 };
	const struct undiagnosed failure = { .test = NULL };
	struct suggestion *suggestions;

	entry.text_len = strlen(entry.text);
	if (suggest_rank(mem, &failure, &error, 1, &suggestions) > 0)
		draft(mem, &suggestions[0]);
	talloc_free(mem);
	return 0;
}
