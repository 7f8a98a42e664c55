/*
 * A stand-in of GitHub and GitLab for tests: comments on one pull or merge request, and all that can
 * go wrong with them. See README.md for how tests use it. Sources: the REST API documentation of both.
 */
#ifndef STANDIN_FORGE_H
#define STANDIN_FORGE_H

#include <stdatomic.h>

#include <cjson/cJSON.h>

#include "standin/http.h"
#include "standin/record.h"

struct forge_note {
	uint64_t id;
	const char *author, *body;
	bool is_system; /* what GitLab writes itself */
};

/* Something that goes wrong, or happens first. */
struct forge_order {
	const char *method, *path; /* PATH: a part of it; NULL: any */
	size_t after, times; /* requests that pass before, and that it happens to */
	int status; /* of the answer; 0: the usual one */
	const char *body; /* of that answer */
	struct http_pairs headers;
	bool is_done; /* the request has its effect all the same */
	enum http_harm harm;
	double seconds;
	const char *author, *text; /* a comment that somebody makes just before; NULL: nobody */
	uint64_t removed; /* a comment that somebody removes just before; 0: none */
};

struct forge_standin {
	bool is_gitlab, has_viewer, has_link;
	const char *base; /* "/api/v3", "/api/v4", "" */
	const char *project; /* "octo/hello", or "17" */
	const char *pull;
	struct forge_note *notes; /* by id */
	size_t note_count;
	uint64_t last_id;
	struct forge_order *orders;
	size_t order_count;
	struct record *record;
	_Atomic int64_t last_request; /* by the real clock, in seconds */
	atomic_bool is_stopping;
};

/* Serve one request. */
void forge_serve(void *forge, struct http_request *request, struct http_reply *reply);

/* Who asks, by the token: "user-token" is "ci-user", "app-token" an app, "read-token" may only read. */
struct forge_account {
	const char *token, *login;
	bool is_app, is_read_only;
};
const struct forge_account *forge_account(
	const struct forge_standin *forge, const struct http_request *request);

/* A new comment; its id. */
uint64_t forge_add(
	struct forge_standin *forge, const char *author, const char *body, bool is_system);
bool forge_remove(struct forge_standin *forge, uint64_t id);
struct forge_note *forge_find(struct forge_standin *forge, uint64_t id);
/* Answer what is asked of comments. False: it is not about them. */
bool forge_notes(struct forge_standin *forge, const struct forge_account *account,
	struct http_request *request, struct http_reply *reply);
/* {"message":...} */
void forge_refuse(
	struct http_request *request, struct http_reply *reply, int status, const char *message);

/* /standin/: comments, orders, requests, stop. False: it is none of these. */
bool forge_control(
	struct forge_standin *forge, struct http_request *request, struct http_reply *reply);
/* The order that is due for REQUEST, or NULL. What somebody does before it is done. */
const struct forge_order *forge_due(
	struct forge_standin *forge, const struct http_request *request);

#endif
