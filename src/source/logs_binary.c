/* What is no text at all. */
#include <string.h>

#include "source/ledger.h"
#include "source/logs.h"

/* Control characters that no text has; NUL bytes are holes in files that two processes wrote. */
static bool is_foreign(unsigned char c)
{
	return (c > 0 && c < 0x07) || (c >= 0x0e && c < 0x1b) || (c > 0x1b && c < 0x20);
}

static int recognise(const char *sample, size_t length)
{
	static const char *const magic[] = { "\177ELF", "\x89PNG", "%PDF-", "SQLite format 3",
		"GIF8", "\xff\xd8\xff", "\xca\xfe\xba\xbe" };
	size_t foreign = 0;

	for (size_t i = 0; i < sizeof(magic) / sizeof(magic[0]); i++)
		if (length > strlen(magic[i]) && memcmp(sample, magic[i], strlen(magic[i])) == 0)
			return 100;
	for (size_t i = 0; i < length; i++)
		foreign += is_foreign((unsigned char)sample[i]);
	return 33 * foreign > length && foreign > 2 ? 95 : 0;
}

static int next(struct source *source, struct entry *out, struct err *err)
{
	(void)out;
	(void)err;
	source->info->skipped++;
	ledger_note(source->info, "binary data, no text: nothing was read from it");
	return 0;
}

const struct format logs_binary = { "binary", recognise, NULL, next };
