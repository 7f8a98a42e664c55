/* The examples of fivewhys-rules(5) load, and those that are whole files have no fault. */
#include <stdlib.h>

#include "unit/rule_help.h"

#define PAGE_LIMIT (1024 * 1024)

/* What the manual's fragments refer to, and the cause that they belong to. */
static const char frame[] = "causes:\n"
			    "  - id: example.effect\n"
			    "    when: {match: {regex: 'request (?<id>\\d+) failed'}}\n"
			    "  - id: example.cause\n";

static char *read_page(TALLOC_CTX *mem)
{
	const char *top = getenv("TOP_SRCDIR");
	struct err err = { 0 };
	size_t length;
	char *text;

	if (path_read(mem, mem_printf(mem, "%s/doc/fivewhys-rules.5", top != NULL ? top : "."),
		    PAGE_LIMIT, &text, &length, &err) < 0)
		fail_msg("%s", err.text);
	return text;
}

/* The text of a literal display without what mdoc needs: "\e" is a backslash, "\&" is nothing. */
static void put_line(FILE *out, const char *indent, const char *line, size_t length)
{
	fputs(indent, out);
	for (size_t i = 0; i < length; i++) {
		bool escape = line[i] == '\\' && i + 1 < length;

		if (escape && line[i + 1] == 'e')
			fputc('\\', out);
		else if (!escape)
			fputc(line[i], out);
		i += escape;
	}
	fputc('\n', out);
}

/* The display behind AT, which stands at the line after the marker. */
static char *display(TALLOC_CTX *mem, const char *at, const char *before, const char *indent)
{
	char *buffer = NULL, *text;
	size_t size;
	FILE *out = open_memstream(&buffer, &size);

	assert_int_equal(strncmp(at, ".Bd -literal", 12), 0);
	fputs(before, out);
	for (at = strchr(at, '\n') + 1; strncmp(at, ".Ed", 3) != 0; at = strchr(at, '\n') + 1)
		put_line(out, indent, at, strcspn(at, "\n"));
	fclose(out);
	text = mem_strdup(mem, buffer);
	free(buffer);
	return text;
}

/* Load all displays behind MARKER; returns how many there are. */
static size_t load_displays(const char *marker, const char *before, const char *indent, bool lint)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	size_t count = 0;

	for (const char *at = read_page(mem); (at = strstr(at, marker)) != NULL; count++) {
		struct loaded loaded;

		at += strlen(marker);
		loaded = load_text(display(mem, at, before, indent));
		if (loaded.result == 0 && lint)
			rules_lint(loaded.mem, loaded.rules, &loaded.problems);
		print_problems(&loaded);
		assert_int_equal(loaded.result, 0);
		assert_int_equal(loaded.problems.count, 0);
		talloc_free(loaded.mem);
	}
	talloc_free(mem);
	return count;
}

static void every_file_in_the_manual_loads_and_has_no_fault(void **state)
{
	(void)state;
	assert_int_equal(load_displays("\n.\\\" file\n", "", "", true), 1);
}

static void every_cause_in_the_manual_loads(void **state)
{
	(void)state;
	assert_int_equal(load_displays("\n.\\\" cause\n", frame, "    ", false), 5);
}

int main(void)
{
	const struct CMUnitTest tests[] = {
		cmocka_unit_test(every_file_in_the_manual_loads_and_has_no_fault),
		cmocka_unit_test(every_cause_in_the_manual_loads),
	};

	return cmocka_run_group_tests_name("the manual of rules", tests, NULL, NULL);
}
