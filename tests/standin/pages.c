/* Tokens are digests; what they mean stays here. */
#include "standin/pages.h"

#include <string.h>
#include <uthash.h>

struct page {
	char token[DIGEST_TEXT];
	char query[DIGEST_TEXT];
	struct logs_entry last;
	int64_t issued;
	UT_hash_handle hh;
};

struct pages {
	struct page *pages;
};

static int pages_free(struct pages *pages)
{
	HASH_CLEAR(hh, pages->pages);
	return 0;
}

struct pages *pages_new(TALLOC_CTX *mem)
{
	struct pages *pages = mem_new(mem, struct pages);

	talloc_set_destructor(pages, pages_free);
	return pages;
}

static void name_token(struct page *page)
{
	struct digest *digest = digest_new(NULL);

	digest_add(digest, page->query, sizeof(page->query));
	digest_add(digest, &page->last.time, sizeof(page->last.time));
	digest_add(digest, page->last.insert_id, page->last.insert_length);
	digest_add(digest, page->last.log_name, page->last.project_length);
	digest_add(digest, &page->issued, sizeof(page->issued));
	digest_end(digest, page->token);
	talloc_free(digest);
}

const char *pages_issue(
	struct pages *pages, const char *query, const struct logs_entry *last, int64_t now)
{
	struct page *page = mem_new(pages, struct page), *before;

	page->last = *last;
	page->issued = now;
	digest_of(query, strlen(query), page->query);
	name_token(page);
	HASH_FIND_STR(pages->pages, page->token, before);
	if (before != NULL) {
		talloc_free(page);
		return before->token;
	}
	HASH_ADD_STR(pages->pages, token, page);
	return page->token;
}

enum pages_finding pages_find(struct pages *pages, const char *token, const char *query,
	int64_t now, struct logs_entry *last)
{
	char digest[DIGEST_TEXT];
	struct page *page;

	HASH_FIND_STR(pages->pages, token, page);
	if (page == NULL)
		return PAGES_UNKNOWN;
	digest_of(query, strlen(query), digest);
	if (strcmp(digest, page->query) != 0)
		return PAGES_OTHER;
	if (now - page->issued >= PAGES_LIFETIME)
		return PAGES_EXPIRED;
	*last = page->last;
	return PAGES_GOOD;
}
