/*
 * Stage 1 by itself, on the lines of a file as they are: stage1 RULES FILE. Prints how many of them
 * some rule's term hit, which is what rg -c -f prints for the same patterns.
 */
#include <stdlib.h>
#include <string.h>

#include "match/match.h"

static int fail(const struct err *err)
{
	fprintf(stderr, "stage1: %s\n", err->text);
	return 3;
}

static uint64_t scan(struct matcher *matcher, FILE *file)
{
	struct source_info info = { .name = "lines", .format = "text" };
	struct entry entry = { .time = TIME_NONE, .source = &info };
	uint64_t lines_hit = 0;
	char *line = NULL;
	size_t room = 0;
	ssize_t length;

	while ((length = getline(&line, &room, file)) > 0) {
		if (line[length - 1] == '\n')
			line[--length] = '\0';
		entry.text = line;
		entry.text_len = (size_t)length;
		entry.line = ++entry.order;
		lines_hit += matcher_scan(matcher, &entry) > 0;
	}
	free(line);
	return lines_hit;
}

int main(int argc, char **argv)
{
	const char *paths[] = { argc == 3 ? argv[1] : NULL, NULL };
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct rule_problems problems;
	struct matcher *matcher;
	struct rules *rules;
	struct err err = { 0 };
	FILE *file;

	if (argc != 3) {
		fprintf(stderr, "usage: stage1 RULES FILE\n");
		return 2;
	}
	if (rules_load(mem, paths, &rules, &problems, &err) < 0 ||
		matcher_new(mem, rules, &matcher, &err) < 0)
		return fail(&err);
	file = fopen(argv[2], "r");
	if (file == NULL) {
		err_fill_errno(&err, errno, "%s", argv[2]);
		return fail(&err);
	}
	printf("%llu\n", (unsigned long long)scan(matcher, file));
	fclose(file);
	talloc_free(mem);
	return 0;
}
