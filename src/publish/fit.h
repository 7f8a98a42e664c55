/* Part of publish.h: pages that must not be longer than their place allows. */
#ifndef PUBLISH_FIT_H
#define PUBLISH_FIT_H

#include "base/base.h"

/* What a limit counts. */
enum fit_unit {
	FIT_BYTES,
	FIT_CHARACTERS, /* of Unicode */
};

/*
 * TEXT, Markdown of ours, or as many of its sections as LIMIT units hold (at least 1024); a section
 * begins with a line that begins with HEADING ("## ") outside of code. They are left out whole,
 * those of ORDER first (titles, the least important first, NULL-terminated), then others from the
 * last on; what stands before the first stays. A line at the end names what is missing. Where that
 * is not enough the text is cut at the end of a line. Owned by MEM.
 */
char *fit_sections(TALLOC_CTX *mem, const char *text, size_t limit, enum fit_unit unit,
	const char *heading, const char *const *order);

/* What a page is limited to, and what of it goes first. */
char *fit_report(TALLOC_CTX *mem, const char *text, size_t limit); /* report.md, no front matter */
char *fit_comment(TALLOC_CTX *mem, const char *text); /* FIT_COMMENT_MAX characters of comment.md */
#define FIT_COMMENT_MAX 60000 /* GitHub refuses more than 65536 */
#define FIT_SUMMARY_MAX ((size_t)900 << 10) /* GitHub takes no summary of more than 1024 KiB */

#endif
