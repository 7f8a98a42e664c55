/*
 * plant SEED: sources full of secrets, in the current folder; "forbidden" and "label" beside it.
 * plant look FILE: each line of FILE redacted by itself; what is not as before is printed.
 */
#include "secrets/plant.h"

#include <string.h>

#include "source/source.h"

static int look(const char *path)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char line[4096];
	FILE *in = fopen(path, "r");
	unsigned lines = 0, touched = 0;

	if (in == NULL) {
		perror(path);
		return 1;
	}
	while (fgets(line, sizeof(line), in) != NULL) {
		size_t length = strcspn(line, "\n");
		struct redactor *redactor = redactor_new(mem, NULL);
		uint64_t count = 0;
		const char *out;

		lines++;
		line[length] = '\0';
		out = redactor_apply(redactor, line, length, &length, &count);
		if (count > 0)
			printf("%u: %s\n", lines, out);
		touched += count > 0;
		talloc_free(redactor);
	}
	fclose(in);
	talloc_free(mem);
	printf("%u lines, %u touched\n", lines, touched);
	return touched > 0;
}

int main(int argc, char **argv)
{
	if (argc == 3 && strcmp(argv[1], "look") == 0)
		return look(argv[2]);
	if (argc != 2)
		return 2;
	plant_sources(strtoull(argv[1], NULL, 10));
	return 0;
}
