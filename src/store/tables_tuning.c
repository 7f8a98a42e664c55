/*
 * Version 2: what rules are improved by. Errors that no term hit, so that a rule can be drafted from
 * those of a failure less those of passing runs; and what matching each rule cost. The views are what
 * numbers of more than one place are counted by.
 */
#include "store/schema.h"

static const char *const texts[] = {
	/* By masked text and test; the entry is the first one. The first ones where there are many. */
	"CREATE TABLE error_patterns ("
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" n INTEGER NOT NULL,"
	" pattern TEXT NOT NULL,"
	" test_id INTEGER REFERENCES tests(id),"
	" count INTEGER NOT NULL CHECK(count >= 1),"
	" entry_id INTEGER NOT NULL REFERENCES entries(id),"
	" PRIMARY KEY(run_id, n)"
	") STRICT, WITHOUT ROWID",
	"CREATE INDEX error_patterns_by_pattern ON error_patterns(pattern)",
	"CREATE INDEX error_patterns_by_entry ON error_patterns(entry_id)",
	/* Texts that the rule's regexes were run on, and their bytes: no time, so it can be compared. */
	"CREATE TABLE rule_costs ("
	" run_id INTEGER NOT NULL REFERENCES runs(id),"
	" cause_id INTEGER NOT NULL REFERENCES causes(id),"
	" tries INTEGER NOT NULL CHECK(tries >= 1),"
	" bytes INTEGER NOT NULL CHECK(bytes >= 0),"
	" limited INTEGER NOT NULL CHECK(limited >= 0),"
	" PRIMARY KEY(run_id, cause_id)"
	") STRICT, WITHOUT ROWID",
	/* Some test passed, and none failed. */
	"CREATE VIEW passing_runs AS"
	" SELECT id AS run_id FROM runs WHERE passed > 0 AND failed + errors = 0",
	/* Each failing test of a run, and how far it is understood; each has one state. */
	"CREATE VIEW failures AS SELECT r.run_id AS run_id, r.test_id AS test_id,"
	" CASE WHEN count(c.root_id) > 0 THEN 'explained'"
	"  WHEN count(c.n) > 0 THEN 'symptom' ELSE 'undiagnosed' END AS state"
	" FROM results r"
	" LEFT JOIN chain_tests t ON t.run_id = r.run_id AND t.test_id = r.test_id"
	" LEFT JOIN chains c ON c.run_id = t.run_id AND c.n = t.chain"
	" WHERE r.outcome IN ('failed', 'error') GROUP BY r.run_id, r.test_id",
	/* Runs in which something failed, and all of it is explained. */
	"CREATE VIEW explained_runs AS SELECT run_id FROM failures"
	" GROUP BY run_id HAVING min(state = 'explained') = 1",
	/* Chains in which a cause took no place, though it fired: it contributes, or is a rival. */
	"CREATE VIEW beaten AS SELECT x.run_id AS run_id, x.chain AS chain, f.cause_id AS cause_id"
	" FROM contributing x JOIN findings f ON f.run_id = x.run_id AND f.n = x.finding"
	" UNION SELECT run_id, chain, cause_id FROM alternatives",
};

int tables_tuning(struct store *store, struct err *err)
{
	return tables_make(store, texts, sizeof(texts) / sizeof(texts[0]), err);
}
