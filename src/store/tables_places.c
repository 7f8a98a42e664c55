/* Where tests are written and where in there they failed: of version 6. */
#include "store/schema.h"

static const char *const texts[] = {
	"ALTER TABLE results ADD COLUMN file TEXT",
	"ALTER TABLE results ADD COLUMN file_line INTEGER",
};

int tables_places(struct store *store, struct err *err)
{
	return tables_make(store, texts, sizeof(texts) / sizeof(texts[0]), err);
}
