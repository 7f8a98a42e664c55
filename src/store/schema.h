/* Inside the room: the tables, and how older databases become of today's shape. */
#ifndef STORE_SCHEMA_H
#define STORE_SCHEMA_H

#include "store/sql.h"

/* user_version of a database that this program writes. */
#define SCHEMA_VERSION 8
/* application_id, "5why": tells our databases from those of others. */
#define SCHEMA_APPLICATION 0x35776879

/*
 * The version of what is there; an empty database has version 0. ERR_STORE where it is newer than
 * SCHEMA_VERSION, or that of another program.
 */
int schema_version(struct store *store, int64_t *version, struct err *err);
/*
 * Bring the database to SCHEMA_VERSION, one transaction a step. ERR_STORE where it is newer, or
 * that of another program.
 */
int schema_migrate(struct store *store, struct err *err);

/* tables.c: from nothing to SCHEMA_VERSION, at once. */
int tables_create(struct store *store, struct err *err);
/* tables_tuning.c: from version 1 to 2. */
int tables_tuning(struct store *store, struct err *err);
/* tables_history.c: from version 2 to 3. */
int tables_history(struct store *store, struct err *err);
/* The tables that version 3 added, for a new database. */
int tables_add_history(struct store *store, struct err *err);
/* tables_pulls.c: from version 3 to 4. */
int tables_pulls(struct store *store, struct err *err);
/* tables_filters.c: from version 4 to 5. */
int tables_filters(struct store *store, struct err *err);
/* The indexes that version 5 added, for a new database. */
int tables_add_filters(struct store *store, struct err *err);
/* tables_places.c: from version 5 to 6. */
int tables_places(struct store *store, struct err *err);
/* tables_redactions.c: from version 6 to 7. */
int tables_redactions(struct store *store, struct err *err);
/* tables_report.c: from version 7 to 8. */
int tables_report(struct store *store, struct err *err);
/* The tables that version 8 added, for a new database. */
int tables_add_report(struct store *store, struct err *err);
/* Run COUNT statements that make tables, without STRICT where SQLite does not know it. */
int tables_make(struct store *store, const char *const *texts, size_t count, struct err *err);

#endif
