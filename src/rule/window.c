/* Durations, numbers of lines, and "scope". */
#include "rule/loader.h"

#include <stdlib.h>
#include <string.h>

/* "N lines", with any blanks between. */
static bool read_lines(const char *text, int64_t *amount)
{
	char *end;

	if (text[0] < '0' || text[0] > '9')
		return false;
	errno = 0;
	*amount = strtoll(text, &end, 10);
	if (errno != 0 || *end != ' ')
		return false;
	while (*end == ' ')
		end++;
	return strcmp(end, "lines") == 0 || strcmp(end, "line") == 0;
}

void rule_window_read(struct loader *loader, const struct tree *value, void *field)
{
	struct window *window = field;
	const char *text = value->kind == TREE_SCALAR ? value->text : "";

	if (strcmp(text, "scope") == 0)
		window->unit = WINDOW_SCOPE;
	else if (read_lines(text, &window->amount))
		window->unit = WINDOW_LINES;
	else if (when_parse_duration(text, &window->amount) == 0 && window->amount >= 0)
		window->unit = WINDOW_TIME;
	else
		rule_error(loader->problems, value->place,
			"a duration (\"1m30s\"), \"N lines\" or \"scope\" is wanted");
}

void rule_window_slide(struct loader *loader, const struct tree *value, void *field)
{
	const char *text = value->kind == TREE_SCALAR ? value->text : "";

	if (when_parse_duration(text, field) < 0)
		rule_error(loader->problems, value->place, "a duration (\"1m30s\") is wanted");
}

void rule_window_time(struct loader *loader, const struct tree *value, void *field)
{
	int64_t *duration = field;
	int64_t before = *duration;

	rule_window_slide(loader, value, field);
	if (*duration < 0) {
		rule_error(loader->problems, value->place, "a duration here cannot be negative");
		*duration = before;
	}
}
