/* Comments, events and addresses of strangers: markers, builds, and pages that must fit. */
#include <stdlib.h>
#include <string.h>

#include "publish/fit.h"
#include "publish/marker.h"
#include "publish/page.h"
#include "publish/reading.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void expect(bool holds)
{
	if (!holds)
		abort();
}

static void check_text(const char *text)
{
	size_t length = text != NULL ? strlen(text) : 0;

	expect(length <= 2000);
	for (size_t i = 0, step; i < length; i += step) {
		step = utf8_sequence(text + i, length - i);
		expect(step > 0 && (unsigned char)text[i] >= ' ');
	}
}

/* What was read is written so that it is read the same, and nothing of it ends the comment. */
static void look_at_marker(TALLOC_CTX *mem, const char *text)
{
	struct marker marker, again;
	char *written;

	if (marker_read(mem, text, &marker)) {
		marker.key = marker_key(mem, marker.key, NULL);
		written = marker_write(mem, &marker);
		expect(strstr(written, "-->") == written + strlen(written) - 3);
		expect(marker_read(mem, written, &again));
		expect(strcmp(again.key, marker.key) == 0 && again.resolved == marker.resolved);
		expect(marker.run == 0 || marker_compare(&again, &marker) == 0);
	}
	written = marker_key(mem, text, text);
	expect(strstr(written, "--") == NULL && strpbrk(written, " <>\n") == NULL);
}

static void look_at_build(TALLOC_CTX *mem, const char *text, size_t length)
{
	struct build build = { .kind = BUILD_GITHUB, .repository = "octo/hello" };
	const char *url = reading_url(mem, text);

	build_event(mem, &build, text, length);
	check_text(build.branch);
	check_text(build.commit);
	if (build_remote(mem, &build, text)) {
		check_text(build.repository);
		check_text(build.host);
		expect(strpbrk(build.host, "/@ ") == NULL);
	}
	expect(url == NULL || strpbrk(url, "()<>[] \n\"") == NULL);
}

static size_t characters_of(const char *text)
{
	size_t count = 0;

	for (; *text != '\0'; text++)
		count += ((unsigned char)*text & 0xc0) != 0x80;
	return count;
}

static void look_at_page(TALLOC_CTX *mem, const char *text)
{
	const char *page = text;

	for (int i = 0; i < 6 && strlen(page) < 100000; i++)
		page = mem_printf(mem, "%s\n## Scan\n%s", page, page);
	expect(strlen(fit_report(mem, page, 1024)) <= 1024);
	expect(characters_of(fit_comment(mem, page)) <= FIT_COMMENT_MAX);
}

/* Whatever a header says, the next page is below the API. */
static void look_at_link(TALLOC_CTX *mem, const char *text)
{
	const char *next = page_next(mem, text, "https://api.example.com");

	expect(next == NULL || (next[0] == '/' && strlen(next) < strlen(text)));
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	char *text = mem_strndup(mem, (const char *)bytes, length);

	check_text(reading_clean(mem, text));
	look_at_marker(mem, text);
	look_at_build(mem, text, strlen(text));
	look_at_page(mem, text);
	look_at_link(mem, text);
	talloc_free(mem);
	return 0;
}
