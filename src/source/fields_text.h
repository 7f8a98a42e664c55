/* The message of a log entry in JSON. */
#ifndef SOURCE_FIELDS_TEXT_H
#define SOURCE_FIELDS_TEXT_H

#include "source/json.h"
#include "source/names.h"

/* The members of one object, by meaning; of several with one meaning the preferred one. */
struct members {
	struct json value[NAME_COUNT];
	unsigned rank[NAME_COUNT];
};

/* Take OBJECT apart: 0, or -1 where it is broken. What is no object has no members. */
int fields_text_members(const struct names *names, struct json object, struct members *members);
/*
 * Add the message of an application's object: its message field, then errors and stacks as
 * further lines, unless they are in the text already. Where it has none, the object itself.
 */
int fields_text_of_payload(const struct names *names, struct json payload,
	const struct members *members, struct draft *draft);
/* Add the message of an audit log's protoPayload: method and status. */
int fields_text_of_proto(const struct names *names, struct json payload, struct draft *draft);

#endif
