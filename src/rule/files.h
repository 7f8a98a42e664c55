/* The files of a set of rules, read and parsed in their order. */
#ifndef RULE_FILES_H
#define RULE_FILES_H

#include "rule/tree.h"

struct rule_file {
	const char *path, *folder;
	char *text;
	size_t length;
	struct tree *documents;
	size_t count;
	struct rule_list problems; /* of its YAML */
	struct err err; /* it could not be read */
	TALLOC_CTX *texts; /* owns the texts of the scalars */
};

struct rule_files;

/* Owned by MEM; freeing it waits for what is being parsed. */
struct rule_files *rule_files_new(TALLOC_CTX *mem);
/* One more; PATH and FOLDER must outlive the set. One that is there already is not added again. */
void rule_files_add(struct rule_files *files, const char *path, const char *folder);
/* The same for what was found to be unreadable. */
void rule_files_fail(struct rule_files *files, const char *path, const struct err *err);
/*
 * The next file in the order in which they were added, or NULL; good until the next call. No file
 * may be added after the first call. TEXTS may be taken by another owner.
 */
struct rule_file *rule_files_next(struct rule_files *files);

#endif
