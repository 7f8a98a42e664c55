/* Inside the room: SQL that statements which write and statements which read have in common. */
#ifndef STORE_STATEMENTS_PARTS_H
#define STORE_STATEMENTS_PARTS_H

/* The service of the deepest why of a chain whose evidence has one: a query of names.id. */
#define SERVICE_OF(run, chain)                                                                     \
	"SELECT e.service_id FROM whys w"                                                          \
	" JOIN evidence v ON v.run_id = w.run_id AND v.number = w.evidence"                        \
	" JOIN entries e ON e.id = v.entry_id"                                                     \
	" WHERE w.run_id = " run " AND w.chain = " chain " AND e.service_id IS NOT NULL"           \
	" ORDER BY w.n DESC LIMIT 1"

#endif
