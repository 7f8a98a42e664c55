/* Requests for tokens: forms (or JSON with the same fields), and who asks. */
#ifndef STANDIN_FORM_H
#define STANDIN_FORM_H

#include "standin/http.h"

/*
 * The fields of the body: application/x-www-form-urlencoded, or a JSON object, whose names in camel
 * case become those of forms. NULL where it is neither. Owned by REQUEST.
 */
struct http_pairs *form_read(struct http_request *request);
/* The value of NAME, or "". */
const char *form_value(const struct http_pairs *form, const char *name);
/* Behind "Bearer " of the Authorization header, or NULL. */
const char *form_bearer(const struct http_request *request);
/* Whether the request has client_id ID and SECRET, by HTTP Basic. *IS_THERE: it has some. */
bool form_basic(struct http_request *request, const char *id, const char *secret, bool *is_there);
/* {"error":ERROR,"error_description":TEXT,"error_subtype":SUBTYPE (may be NULL)}: RFC 6749 5.2. */
void form_refuse(struct http_request *request, struct http_reply *reply, int status,
	const char *error, const char *text, const char *subtype);

#endif
