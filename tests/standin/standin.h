/*
 * A stand-in of Cloud Logging for tests: what a client sees of entries.list and of the endpoints
 * that give out tokens, with all that can go wrong. See README.md for how tests use it.
 *
 * One struct standin holds everything; it is only touched by one request at a time (http.h).
 */
#ifndef STANDIN_STANDIN_H
#define STANDIN_STANDIN_H

#include <stdatomic.h>

#include <cjson/cJSON.h>

#include "standin/clock.h"
#include "standin/faults.h"
#include "standin/http.h"
#include "standin/jwt.h"
#include "standin/logs.h"
#include "standin/pages.h"
#include "standin/tokens.h"

struct standin_settings {
	bool is_open; /* entries.list wants no token */
	uint64_t scan; /* entries that one page may look through; 0: all */
	uint64_t page_limit; /* entries that a page never exceeds; 0: as many as asked for */
	bool is_forbidden; /* nobody may read anything */
	const char *disabled; /* the project where the service is switched off */
	const char *denied; /* the project that may not be named as x-goog-user-project */
	uint64_t token_seconds; /* how long tokens live */
	bool expiry_is_text; /* "expires_in":"3599" */
	const char *rapt; /* users have to sign in again, for this reason */
	const char *vm_scopes; /* what the machine was started with; NULL: whatever is asked for */
	const char *universe; /* the machine's; NULL: it does not know */
};

struct standin {
	struct standin_settings settings;
	struct clock clock;
	struct logs *logs;
	struct pages *pages;
	struct faults *faults;
	struct quota *quota;
	struct record *record;
	struct tokens *tokens;
	struct jwt_key *key, *issuer; /* of the service account, of CI; NULL without credentials */
	const struct tokens_token *machine_token; /* that the metadata server gives out */
	const char *project; /* exists without entries, too */
	struct http *http;
	_Atomic int64_t last_request; /* by the real clock, in seconds; for --idle */
	atomic_bool is_stopping;
};

/* One with nothing in it, and everything set as usual. */
struct standin *standin_new(TALLOC_CTX *mem);
/* Serve one request: find who answers it, record it, let what was ordered go wrong. */
void standin_serve(void *standin, struct http_request *request, struct http_reply *reply);

/* Set what an option or a test names. ERR_USAGE. */
int settings_set(struct standin *standin, const char *name, const char *text, struct err *err);

/* Each answers requests of its own path. */
typedef void standin_handler(
	struct standin *standin, struct http_request *request, struct http_reply *reply);
standin_handler list_entries; /* POST /v2/entries:list */
standin_handler control_counters, control_entries, control_faults, control_forget, control_listed,
	control_no_faults, control_requests, control_settings, control_stop,
	control_tokens; /* /standin/ */
standin_handler oauth_token, oauth_workforce; /* /token, /v1/oauth/token */
standin_handler federate_identity, federate_exchange, federate_impersonate;
standin_handler metadata_token, metadata_text; /* / and /computeMetadata/ */

/* What CI's issuer says to AUDIENCE about a job; owned by MEM. */
char *federate_subject(TALLOC_CTX *mem, const struct standin *standin, const char *audience);

#endif
