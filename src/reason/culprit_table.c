/*
 * The order in which forms are tried. What only looks like an error, and what only passes one on,
 * is asked for first.
 */
#include "reason/culprit_signs.h"

/* Of a heading it is told by the second rank what follows. */
static const struct culprit_sign headings_of_places[] = {
	{ "failed with message", "failed with message:$" },
	{ NULL, NULL },
};

static const struct culprit_sign headings_with_place[] = {
	{ "rror: [", CULPRIT_FILE ": error: \\[[^\\]]+\\]$" },
	{ "CMake Error", "^[\\s>]*CMake Error(?! at \\S+:\\d)" },
	{ "Undefined symbols", "Undefined symbols for architecture" },
	{ NULL, NULL },
};

/* Of these the place; what follows tells the error, or only passes one on. */
static const struct culprit_sign headings_at_place[] = {
	{ "CMake Error at", "^[\\s>]*CMake Error at " },
	{ NULL, NULL },
};

/* They say nothing themselves. */
static const struct culprit_sign headings_bare[] = {
	{ "What went wrong", "^\\* What went wrong:" },
	{ "Tests in error", "^Tests in error: *$" },
	{ "Failed tests", "^Failed tests: *$" },
	{ NULL, NULL },
};

static const struct culprit_sign headings_bare_of_places[] = {
	{ "Failed build dependencies", "Failed build dependencies: *$" },
	{ NULL, NULL },
};

static const struct culprit_sign headings_of_tools[] = {
	{ "npm", "^npm (?:ERR!|error) code E(?!LIFECYCLE)" },
	{ "aused by:", "^\\s*Caused by:$" },
	{ "onflict is caused by", "^The conflict is caused by:" },
	{ "rror during build", "^error during build:" },
	{ "rake aborted", "^rake aborted!" },
	{ "ERROR in ", "^ERROR in \\S*$" },
	{ NULL, "^\\s*" CULPRIT_COLUMN "$" },
	{ NULL, NULL },
};

static const struct culprit_sign headings_with_tool[] = {
	{ "uite failed to run", "Test suite failed to run" },
	{ "terminate called after ", "^terminate called after throwing" },
	{ "Compilation error in", "^== Compilation error in" },
	{ NULL, NULL },
};

static const struct culprit_sign headings_of_words[] = {
	{ "rror:", "^(?!npm ).*\\b[eE]rror:$" },
	{ "requires the following", "requires the following .*:$" },
	{ NULL, NULL },
};

static const struct culprit_sign headings_passed_on[] = {
	{ "Sphinx error", "^Sphinx error:$" },
	{ NULL, NULL },
};

static const struct culprit_sign headings_compile[] = {
	{ "ailed to compile", "^Failed to compile\\.?$" },
	{ NULL, NULL },
};

static const struct culprit_table tables[] = {
	{ headings_of_places, CULPRIT_SAID, CULPRIT_PLACE },
	{ headings_with_place, CULPRIT_PLACE, CULPRIT_PLACE },
	{ headings_at_place, CULPRIT_WHERE, CULPRIT_PLACE },
	{ headings_bare, CULPRIT_NONE, CULPRIT_TOOL },
	{ headings_bare_of_places, CULPRIT_NONE, CULPRIT_PLACE },
	{ headings_of_tools, CULPRIT_SAID, CULPRIT_TOOL },
	{ headings_with_tool, CULPRIT_TOOL, CULPRIT_TOOL },
	{ headings_of_words, CULPRIT_SAID, CULPRIT_SAID },
	{ headings_passed_on, CULPRIT_PASSED_ON, CULPRIT_TOOL },
	{ headings_compile, CULPRIT_PASSED_ON, CULPRIT_SAID },
	{ culprit_where, CULPRIT_WHERE, CULPRIT_NONE },
	{ culprit_refusals, CULPRIT_HINT, CULPRIT_NONE },
	{ culprit_none, CULPRIT_NONE, CULPRIT_NONE },
	{ culprit_passed_on, CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ culprit_of_compilers, CULPRIT_PLACE, CULPRIT_NONE },
	{ culprit_of_packages, CULPRIT_PLACE, CULPRIT_NONE },
	{ culprit_of_machines, CULPRIT_PLACE, CULPRIT_NONE },
	{ culprit_tools, CULPRIT_TOOL, CULPRIT_NONE },
	{ culprit_said, CULPRIT_SAID, CULPRIT_NONE },
	{ culprit_words, CULPRIT_HINT, CULPRIT_NONE },
};

const struct culprit_table *culprit_tables(size_t *count)
{
	*count = sizeof(tables) / sizeof(tables[0]);
	return tables;
}
