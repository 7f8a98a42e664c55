/* Inside the room: the comments of GitHub and GitLab, each by its own API. */
#ifndef PUBLISH_FORGE_H
#define PUBLISH_FORGE_H

#include <cjson/cJSON.h>

#include "publish/publish.h"

#define FORGE_PER_PAGE 100 /* comments; neither service gives more */

struct forge;
struct rest_answer;

/* One comment, of anybody. */
struct forge_comment {
	uint64_t id; /* the greater, the newer */
	const char *author; /* NULL: nobody any more */
	const char *body;
};

struct forge_comments {
	struct forge_comment *items;
	size_t count;
};

/*
 * Who is asked, with which token; opens no socket. ERR_USAGE where something is missing or is not
 * what it should be: what it is, and what to do, in words. *OUT is owned by MEM.
 */
int forge_new(TALLOC_CTX *mem, const struct publish_options *options, struct forge **out,
	struct err *err);
/* Where comments are listed and made, without the token. */
const char *forge_place(const struct forge *forge);
/*
 * The name under which we write, as comments have it: as the service tells it, or as it came with a
 * comment that was made. COMMENTS are those that may be ours: for a job of GitHub Actions, whose
 * token may not ask, they can leave no doubt. Owned by FORGE. ERR_NET.
 */
int forge_author(struct forge *forge, const struct forge_comments *comments, const char **out,
	struct err *err);
/* All comments, by id; owned by MEM. */
int forge_list(struct forge *forge, TALLOC_CTX *mem, struct forge_comments *out, struct err *err);

enum forge_made {
	FORGE_MADE,
	FORGE_UNSURE, /* no answer came, or a bad one: it may have been made all the same */
};
/* Make one; -1: it was refused. */
int forge_create(struct forge *forge, const char *body, uint64_t *id, enum forge_made *made,
	struct err *err);
/* 1: done. 0: there is none with this id any more. */
int forge_update(struct forge *forge, uint64_t id, const char *body, struct err *err);
int forge_delete(struct forge *forge, uint64_t id, struct err *err);

/* ANSWER is a refusal: ERR, which tells it, also tells what a person can do about it. -1. */
int forge_refused(const struct forge *forge, const struct rest_answer *answer, struct err *err);
/* The text NAME of the object PERSON; NULL: there is none. */
const char *forge_login(const cJSON *person, const char *name);

/* What a person can do about a status. */
struct forge_advice {
	long status; /* 0: the end of a list */
	const char *text;
};

/* What the services have of their own. */
struct forge_kind {
	const char *name; /* "GitHub" */
	const char *tokens[4]; /* variables, the first that is set; NULL-terminated */
	const char *hint; /* for who has no token; " (...)" */
	const char *hinted; /* only where this variable is set; NULL: always */
	const char *api; /* the variable with the base of the API */
	const char *host, *base; /* and what it is, where nothing is set, for this host */
	const char *header; /* of the token: "Authorization: Bearer %s" */
	const char *more[3]; /* headers */
	int64_t silence; /* nanoseconds after too many requests, as its documentation wants them */
	const char *order; /* of comments, the oldest first: "&sort=asc" */
	const char *update; /* method */
	const char *author, *login; /* members of a comment: "user", "login" */
	const char *graphql; /* the path that tells apps their names; NULL: there is none */
	const char *job; /* the name behind the token of a job of its own CI; NULL: there is none */
	const struct forge_advice *advices;
	/* Set the paths of the comments and of one of them ("%llu"). ERR_USAGE. */
	int (*find)(struct forge *forge, const struct publish_options *options, struct err *err);
};
extern const struct forge_kind forge_github, forge_gitlab;

struct forge {
	const struct forge_kind *kind;
	struct rest *rest;
	const char *comments, *comment; /* paths behind the base; that of one before its id */
	const char *place; /* where COMMENTS are, as an address */
	const char *author; /* NULL: not known yet */
	bool is_job; /* the token may be that of a job of its own CI */
};

#endif
