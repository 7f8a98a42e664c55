/* entries:list, page after page. */
#ifndef CLOUD_LIST_H
#define CLOUD_LIST_H

#include "source/source.h"

#define CLOUD_LIST_SIZE 1000 /* entries a page; the service refuses more */
#define CLOUD_LIST_RATE 50 /* requests a minute; a project has 60, and people need some of them */

struct cloud;

struct cloud_list_options {
	unsigned per_minute; /* 0: CLOUD_LIST_RATE */
	/* Called before the client waits for so many nanoseconds; NULL: nobody wants to know. */
	void (*waiting)(void *context, int64_t duration, const char *why);
	void *context;
};

/* What is asked for, apart from the page. */
struct cloud_list_request {
	const char *resource; /* "projects/P" */
	const char *filter; /* from cloud_lql_question */
	const char *token; /* NULL: the first page */
	unsigned size; /* entries a page */
};

struct cloud_list;
/* CLOUD must outlive it. Owned by MEM. */
struct cloud_list *cloud_list_new(
	TALLOC_CTX *mem, struct cloud *cloud, const struct cloud_list_options *options);

enum cloud_list_answer {
	CLOUD_LIST_STALE, /* the service does not take the token any more: begin anew */
	CLOUD_LIST_LARGE, /* the page is longer than can be taken: begin anew, with a smaller one */
	CLOUD_LIST_PAGE,
};

/*
 * The page was added to PAGES (its body belongs to MEM), and *TOKEN is that of the next one, or
 * NULL; or one of the other answers. What fails for a moment is asked again, with pauses, and
 * within the quota: -1 and ERR_NET where that does not help, or the service refuses.
 */
int cloud_list_page(struct cloud_list *list, const struct cloud_list_request *request,
	struct pages *pages, TALLOC_CTX *mem, char **token, struct err *err);
/* Requests that were made so far, also those that failed. */
uint64_t cloud_list_requests(const struct cloud_list *list);

/* A token is good only for the request that it came with: what is the same of all its pages. */
void cloud_list_digest(const struct cloud_list_request *request, char out[DIGEST_TEXT]);
/* "projects/P", owned by MEM; ERR_USAGE where PROJECT cannot be one. */
int cloud_list_resource(TALLOC_CTX *mem, const char *project, char **out, struct err *err);

#endif
