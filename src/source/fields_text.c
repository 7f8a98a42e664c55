/* Messages: of application objects, with errors and stacks, and of audit logs. */
#include "source/fields_text.h"

#include <string.h>

int fields_text_members(const struct names *names, struct json object, struct members *members)
{
	struct json key, value;
	size_t at = 0;
	int result;

	memset(members, 0, sizeof(*members));
	if (json_kind(object) != '{')
		return 0;
	while ((result = json_member(object, &at, &key, &value)) > 0) {
		unsigned rank;
		enum name name = names_find(names, key.text, key.length, &rank);
		bool better = members->rank[name] == 0 || rank < members->rank[name];

		if (name == NAME_NONE || !json_has(value) || !better)
			continue;
		members->value[name] = value;
		members->rank[name] = rank;
	}
	return result;
}

/* A further line, unless what it says has been said. */
static void add_line(struct draft *draft, struct json value)
{
	size_t begin = draft->length, size;

	if (begin > 0)
		draft_add(draft, "\n", 1);
	json_decode(value, draft);
	size = draft->length - begin - (begin > 0);
	/* program and traceback end in newlines often */
	while (size > 0 && draft->text[draft->length - 1] == '\n') {
		draft->length--;
		size--;
	}
	if (size == 0 ||
		(begin > 0 && memmem(draft->text, begin, draft->text + begin + 1, size) != NULL))
		draft->length = begin;
}

/* A list of frames or lines. */
static int add_list(struct draft *draft, struct json list)
{
	struct json value;
	size_t at = 0;
	int result;

	while ((result = json_element(list, &at, &value)) > 0)
		if (json_kind(value) == '"')
			add_line(draft, value);
	return result;
}

/* A stack may be a string, a list of lines, or an object that holds one of them. */
static int add_stack(const struct names *names, struct json value, struct draft *draft)
{
	struct members inner;
	char kind = json_kind(value);

	if (kind == '"')
		add_line(draft, value);
	if (kind == '[')
		return add_list(draft, value);
	if (kind != '{')
		return 0;
	if (fields_text_members(names, value, &inner) < 0)
		return -1;
	value = inner.value[NAME_STACK];
	if (json_kind(value) == '[')
		return add_list(draft, value);
	if (json_kind(value) == '"')
		add_line(draft, value);
	else if (json_kind(inner.value[NAME_MESSAGE]) == '"')
		add_line(draft, inner.value[NAME_MESSAGE]);
	return 0;
}

/* An error that is an object is often what a formatter found missing: only its stack counts. */
static int add_error(const struct names *names, struct json value, struct draft *draft)
{
	struct members inner;

	if (json_kind(value) == '"')
		add_line(draft, value);
	if (json_kind(value) != '{')
		return 0;
	if (fields_text_members(names, value, &inner) < 0)
		return -1;
	if (json_kind(inner.value[NAME_STACK]) == '"')
		add_line(draft, inner.value[NAME_STACK]);
	return 0;
}

int fields_text_of_payload(const struct names *names, struct json payload,
	const struct members *members, struct draft *draft)
{
	struct json message = members->value[NAME_MESSAGE];
	size_t begin = draft->length;

	if (json_kind(message) != '"' && json_has(members->value[NAME_TEXT_PAYLOAD]))
		message = members->value[NAME_TEXT_PAYLOAD];
	if (json_kind(message) == '{' || json_kind(message) == '[')
		json_compact(message, draft);
	else if (json_has(message))
		json_decode(message, draft);
	if (add_error(names, members->value[NAME_ERROR], draft) < 0 ||
		add_stack(names, members->value[NAME_STACK], draft) < 0)
		return -1;
	if (draft->length == begin)
		json_compact(payload, draft);
	return 0;
}

int fields_text_of_proto(const struct names *names, struct json payload, struct draft *draft)
{
	struct members members, status;
	size_t begin;

	if (fields_text_members(names, payload, &members) < 0 ||
		fields_text_members(names, members.value[NAME_STATUS], &status) < 0)
		return -1;
	begin = draft->length;
	if (json_kind(members.value[NAME_METHOD_NAME]) == '"')
		json_decode(members.value[NAME_METHOD_NAME], draft);
	if (json_kind(status.value[NAME_MESSAGE]) == '"') {
		if (draft->length > begin)
			draft_add(draft, ": ", 2);
		json_decode(status.value[NAME_MESSAGE], draft);
	}
	if (draft->length == begin)
		json_compact(payload, draft);
	return 0;
}
