/*
 * Version 4: questions to live sources (pulls), and the stretches of time of each that were read or
 * are being read (slices). A slice is written in the transaction of each page, so what it says was
 * read is there. Page tokens are no secrets: they are of no use without credentials.
 */
#include "store/schema.h"

static const char *const texts[] = {
	/* FILTER is the service and what a person filtered by, without bounds. */
	"CREATE TABLE pulls ("
	" id INTEGER PRIMARY KEY,"
	" resource TEXT NOT NULL,"
	" filter TEXT NOT NULL,"
	" source_id INTEGER NOT NULL REFERENCES sources(id),"
	" UNIQUE(resource, filter)"
	") STRICT",
	/* See struct slice: START and STOP are what was asked for, LOWER where the question begins. */
	"CREATE TABLE slices ("
	" id INTEGER PRIMARY KEY,"
	" pull_id INTEGER NOT NULL REFERENCES pulls(id),"
	" start INTEGER NOT NULL,"
	" stop INTEGER NOT NULL,"
	" received INTEGER,"
	" lower INTEGER NOT NULL,"
	" page_size INTEGER NOT NULL CHECK(page_size BETWEEN 1 AND 1000),"
	" question TEXT NOT NULL,"
	" token TEXT,"
	" token_time INTEGER,"
	" reached INTEGER,"
	" began INTEGER NOT NULL,"
	" entries INTEGER NOT NULL CHECK(entries >= 0),"
	" requests INTEGER NOT NULL CHECK(requests >= 0),"
	" done INTEGER NOT NULL CHECK(done IN (0, 1)),"
	" CHECK(start <= lower AND lower <= stop),"
	" CHECK((token IS NULL) = (token_time IS NULL)),"
	" CHECK(done = 0 OR token IS NULL)"
	") STRICT",
	"CREATE INDEX slices_by_pull ON slices(pull_id)",
};

int tables_pulls(struct store *store, struct err *err)
{
	return tables_make(store, texts, sizeof(texts) / sizeof(texts[0]), err);
}
