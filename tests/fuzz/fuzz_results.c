/* Any bytes behind the beginning of each dialect of results in JSON. */
#include "source/source.h"

#include <string.h>

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

/* The first byte chooses; with '0' the input stands alone. */
static const char *const begins[] = {
	"",
	"{\"numTotalTests\":1,\"numFailedTests\":1,\"testResults\":[",
	"{\"stats\":{\"passes\":1},\"tests\":[",
	"{\"config\":{\"forbidOnly\":false},\"suites\":[",
	"{\"version\":\"3\",\"summary_line\":\"\",\"examples\":[",
	"{\"Action\":\"run\",\"Package\":\"a\",\"Test\":\"T/s\"}\n",
	"{\"protocolVersion\":\"0.1.1\",\"type\":\"start\"}\n",
};

#define BEGINS (sizeof(begins) / sizeof(begins[0]))

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	const char *begin = begins[length > 0 ? (bytes[0] - '0') % BEGINS : 0];
	size_t rest = length > 0 ? 1 : 0;
	char *text = mem_array(mem, char, strlen(begin) + length + 1);
	struct source *source;
	struct err err = { 0 };
	struct entry entry;

	memcpy(text, begin, strlen(begin));
	memcpy(text + strlen(begin), bytes + rest, length - rest);
	if (source_open_text(mem, "fuzz.json", text, strlen(begin) + length - rest, NULL, &source,
		    &err) == 0)
		while (source_next(source, &entry, &err) > 0)
			if (strlen(entry.text) != entry.text_len)
				__builtin_trap();
	talloc_free(mem);
	return 0;
}
