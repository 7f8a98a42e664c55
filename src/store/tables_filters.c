/*
 * Version 5: lists of incidents by state and by layer come from indexes. The layer of its cause stands
 * in an incident's row, and follows when the rules say another one.
 */
#include "store/schema.h"

static const char *const texts[] = {
	/* of those that the newest run tells of; state and reached_run are given, the rest is the order */
	"CREATE INDEX incidents_by_state ON incidents(state, reached_run, last_run, id)",
	"CREATE INDEX incidents_fixed ON incidents(last_run, id) WHERE state = 'fixed'",
	"CREATE INDEX incidents_by_layer ON incidents(layer, last_run, id)",
	"CREATE TRIGGER incidents_moved AFTER UPDATE OF root_id, symptom_id ON incidents"
	" BEGIN UPDATE incidents SET layer = (SELECT layer FROM causes"
	"  WHERE id = ifnull(new.root_id, new.symptom_id)) WHERE id = new.id; END",
	"CREATE TRIGGER causes_moved AFTER UPDATE OF layer ON causes"
	" WHEN new.layer IS NOT old.layer BEGIN UPDATE incidents SET layer = new.layer"
	" WHERE ifnull(root_id, symptom_id) = new.id; END",
};

/* What tables.c says since, and what older rows lack. */
static const char *const changes[] = {
	"ALTER TABLE incidents ADD COLUMN layer TEXT",
	"UPDATE incidents SET layer ="
	" (SELECT layer FROM causes WHERE id = ifnull(root_id, symptom_id))",
};

int tables_add_filters(struct store *store, struct err *err)
{
	return tables_make(store, texts, sizeof(texts) / sizeof(texts[0]), err);
}

int tables_filters(struct store *store, struct err *err)
{
	if (tables_make(store, changes, sizeof(changes) / sizeof(changes[0]), err) < 0)
		return -1;
	return tables_add_filters(store, err);
}
