/* Runs a fuzz target over each file of its corpus, as TAP. */
#include "base/base.h"

#include <stdlib.h>
#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* Without arguments: the corpus named like the program, "fuzz_json" -> corpus/json. */
static int list_corpus(TALLOC_CTX *mem, const char *program, char ***files, struct err *err)
{
	const char *top = getenv("TOP_SRCDIR");
	const char *name = strstr(path_base(program), "fuzz_");

	if (name == NULL)
		return err_set(err, ERR_USAGE, "%s is not named fuzz_*", program);
	return path_list(mem,
		mem_printf(mem, "%s/tests/fuzz/corpus/%s", top != NULL ? top : ".", name + 5), NULL,
		false, files, err);
}

int main(int argc, char **argv)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct err err = { 0 };
	char **files = argv + 1;
	size_t count = 0;

	if (argc < 2 && list_corpus(mem, argv[0], &files, &err) < 0) {
		printf("Bail out! %s\n", err.text);
		return 99;
	}
	for (; files[count] != NULL; count++) {
		size_t length;
		char *text;

		if (path_read(mem, files[count], SIZE_MAX / 2, &text, &length, &err) < 0) {
			printf("not ok %zu - %s\n", count + 1, err.text);
			continue;
		}
		LLVMFuzzerTestOneInput((const uint8_t *)text, length);
		printf("ok %zu - %s\n", count + 1, path_base(files[count]));
	}
	printf("1..%zu\n", count);
	talloc_free(mem);
	return 0;
}
