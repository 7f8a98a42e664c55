/* Places in errors from foreign bytes: whatever is found is a line of a file below the checkout. */
#include <stdlib.h>
#include <string.h>

#include "render/alert_place.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *text = mem_strndup(mem, (const char *)bytes, length);
	struct alert_spot spot = alert_place_in(mem, text, strlen(text));

	if (spot.path != NULL) {
		expect(spot.line > 0 && !spot.source);
		expect(spot.path[0] != '/' && spot.path[0] != '\0');
		expect(strchr(spot.path, '\\') == NULL && strchr(spot.path, ':') == NULL);
		expect(strncmp(spot.path, "../", 3) != 0 && strstr(spot.path, "/../") == NULL);
	}
	talloc_free(mem);
	return 0;
}
