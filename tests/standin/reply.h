/* Answers as the services write them: JSON, errors in the form of AIP-193, pages of front ends. */
#ifndef STANDIN_REPLY_H
#define STANDIN_REPLY_H

#include <cjson/cJSON.h>

#include "standin/http.h"

/* The JSON TEXT without blanks is the answer; it is printed with them where REQUEST wants that. */
void reply_json(struct http_request *request, struct http_reply *reply, int status,
	const char *text, size_t length);
/* The same of OBJECT, which is freed. */
void reply_object(
	struct http_request *request, struct http_reply *reply, int status, cJSON *object);
/* {"error":{...}} with the canonical code of STATUS; DETAILS (may be NULL) is an array, freed. */
void reply_error(struct http_request *request, struct http_reply *reply, int status,
	const char *message, cJSON *details);
/* The front end's page for STATUS. */
void reply_html(struct http_request *request, struct http_reply *reply, int status);
/* An array of DETAIL. */
cJSON *reply_details(cJSON *detail);
/* A google.rpc.ErrorInfo to which members of "metadata" are added by name and value. */
cJSON *reply_error_info(const char *reason, const char *domain, const char *const *metadata);
/* Printed as by printf, a text that REQUEST owns. */
const char *reply_text(struct http_request *request, const char *format, ...) PRINTF_LIKE(2, 3);

#endif
