/* The history in a browser: pages for a server and as files, without a line of script. */
#ifndef WEB_H
#define WEB_H

#include "render/render.h"
#include "rule/rule.h"

/* What pages are made from. All of it must outlive the site. */
struct web_options {
	struct store *store;
	const struct rules *rules;
	const char *const *folders; /* of templates, NULL-terminated */
	const struct capability *capabilities; /* of the project */
	size_t capability_count;
	int64_t stale; /* ns: data that are older get a warning; 0: none does */
	int64_t (*now)(void); /* the clock of the reader; NULL: pages know none */
};
struct web_site;
/* Owned by MEM. Fails with ERR_RULE or ERR_NOT_FOUND for the style sheet's template. */
int web_site_new(
	TALLOC_CTX *mem, const struct web_options *options, struct web_site **out, struct err *err);

/* What is sent back. TYPE is a constant; the rest is owned by whoever asked. */
struct web_answer {
	unsigned status; /* of HTTP */
	const char *type;
	char *body;
	size_t length;
	bool lasting; /* it is the same for every reader, and may be kept for a while */
};
/*
 * The page for TARGET, the path and query of a request as they stand in its first line. What
 * cannot be found or made is a page too, with its own status.
 */
void web_answer(
	TALLOC_CTX *mem, const struct web_site *site, const char *target, struct web_answer *out);
/* A page that says only TITLE and TEXT, in plain words. */
void web_message(TALLOC_CTX *mem, const struct web_site *site, unsigned status, const char *title,
	const char *text, struct web_answer *out);
/* The form that asks for the token; WRONG: it was given, and is another. */
void web_login(TALLOC_CTX *mem, const struct web_site *site, bool wrong, struct web_answer *out);

/* Takes the file PATH, relative, with "/" between folders. -1 ends the export. */
typedef int web_put(
	void *context, const char *path, const char *text, size_t length, struct err *err);
/* All pages as files whose links are relative; the first page comes last. The same bytes each time. */
int web_export(const struct web_site *site, web_put *put, void *context, struct err *err);

struct web_listen {
	const char *address; /* "127.0.0.1:8080", "[::1]:0", "8080": port 0 is any that is free */
	const char *name; /* a name besides its addresses that clients may call it by, or NULL */
	const char *token; /* NULL: none, and then it listens to this machine only */
	void (*ready)(const char *url); /* is told once where it listens */
};
/*
 * Answer requests until SIGINT or SIGTERM. ERR_USAGE for an address that is none, or that others
 * can reach without a token, and where the program was built without a server; ERR_NET where the
 * address cannot be had.
 */
int web_serve(const struct web_site *site, const struct web_listen *listen, struct err *err);

#endif
