/* Comments: listing, making, changing, removing them. */
#include <stdlib.h>
#include <string.h>

#include "standin/forge.h"
#include "standin/reply.h"

#define BODY_MAX 65536 /* characters; here bytes */

uint64_t forge_add(
	struct forge_standin *forge, const char *author, const char *body, bool is_system)
{
	forge->notes = mem_grow(forge, forge->notes, forge->note_count, sizeof(*forge->notes));
	forge->notes[forge->note_count++] = (struct forge_note){ .id = ++forge->last_id,
		.author = mem_strdup(forge, author),
		.body = mem_strdup(forge, body),
		.is_system = is_system };
	return forge->last_id;
}

struct forge_note *forge_find(struct forge_standin *forge, uint64_t id)
{
	for (size_t i = 0; i < forge->note_count; i++)
		if (forge->notes[i].id == id)
			return &forge->notes[i];
	return NULL;
}

bool forge_remove(struct forge_standin *forge, uint64_t id)
{
	struct forge_note *note = forge_find(forge, id);

	if (note == NULL)
		return false;
	memmove(note, note + 1,
		(size_t)(forge->notes + forge->note_count - (note + 1)) * sizeof(*note));
	forge->note_count--;
	return true;
}

void forge_refuse(
	struct http_request *request, struct http_reply *reply, int status, const char *message)
{
	cJSON *body = cJSON_CreateObject();

	cJSON_AddStringToObject(body, "message", message);
	reply_object(request, reply, status, body);
}

static cJSON *object_of(const struct forge_standin *forge, const struct forge_note *note)
{
	cJSON *object = cJSON_CreateObject(), *author = NULL;

	cJSON_AddNumberToObject(object, "id", (double)note->id);
	if (note->author != NULL)
		author = cJSON_AddObjectToObject(object, forge->is_gitlab ? "author" : "user");
	else
		cJSON_AddNullToObject(object, forge->is_gitlab ? "author" : "user");
	if (author != NULL)
		cJSON_AddStringToObject(
			author, forge->is_gitlab ? "username" : "login", note->author);
	cJSON_AddStringToObject(object, "body", note->body);
	if (forge->is_gitlab)
		cJSON_AddBoolToObject(object, "system", note->is_system);
	return object;
}

static size_t number(const struct http_request *request, const char *name, size_t otherwise)
{
	const char *text = http_argument(request, name);

	return text != NULL && atol(text) > 0 ? (size_t)atol(text) : otherwise;
}

static void add_links(const struct forge_standin *forge, struct http_request *request,
	struct http_reply *reply, size_t page, size_t size)
{
	if (!forge->has_link)
		return;
	http_add(request, &reply->headers, "Link",
		reply_text(request,
			"<http://%s%s?per_page=%zu&page=%zu>; rel=\"next\", <x>; rel=\"last\"",
			http_header(request, "Host"), request->path, size, page + 1));
}

static void list(
	const struct forge_standin *forge, struct http_request *request, struct http_reply *reply)
{
	size_t size = number(request, "per_page", forge->is_gitlab ? 20 : 30);
	size_t page = number(request, "page", 1), first;
	bool is_descending =
		forge->is_gitlab && (http_argument(request, "sort") == NULL ||
					    strcmp(http_argument(request, "sort"), "asc") != 0);
	cJSON *array = cJSON_CreateArray();

	size = size > 100 ? 100 : size;
	first = (page - 1) * size;
	for (size_t i = first; i < forge->note_count && i < first + size; i++)
		cJSON_AddItemToArray(array,
			object_of(forge,
				&forge->notes[is_descending ? forge->note_count - 1 - i : i]));
	if (first + size < forge->note_count)
		add_links(forge, request, reply, page, size);
	reply_object(request, reply, 200, array);
}

/* The "body" of a request; NULL: refused. */
static const char *text_of(struct http_request *request, struct http_reply *reply)
{
	cJSON *json = cJSON_ParseWithLength(request->body, request->length);
	const char *text = mem_strdup(
		request, cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(json, "body")));

	cJSON_Delete(json);
	if (text != NULL && text[0] != '\0' && strlen(text) <= BODY_MAX)
		return text;
	forge_refuse(request, reply, 422, "Validation Failed");
	return NULL;
}

static void create(struct forge_standin *forge, const struct forge_account *account,
	struct http_request *request, struct http_reply *reply)
{
	const char *text = text_of(request, reply);

	if (text == NULL)
		return;
	reply_object(request, reply, 201,
		object_of(forge, forge_find(forge, forge_add(forge, account->login, text, false))));
}

static void change(struct forge_standin *forge, uint64_t id, struct http_request *request,
	struct http_reply *reply)
{
	struct forge_note *note = forge_find(forge, id);
	const char *text;

	if (note == NULL) {
		forge_refuse(request, reply, 404, "Not Found");
	} else if (strcmp(request->method, "DELETE") == 0) {
		forge_remove(forge, id);
		http_answer(reply, 204, "application/json", "");
	} else if ((text = text_of(request, reply)) != NULL) {
		note->body = mem_strdup(forge, text);
		reply_object(request, reply, 200, object_of(forge, note));
	}
}

/* What follows PREFIX in PATH, or NULL. */
static const char *behind(const char *path, const char *prefix)
{
	return strncmp(path, prefix, strlen(prefix)) == 0 ? path + strlen(prefix) : NULL;
}

bool forge_notes(struct forge_standin *forge, const struct forge_account *account,
	struct http_request *request, struct http_reply *reply)
{
	const char *all = reply_text(request,
		forge->is_gitlab ? "%s/projects/%s/merge_requests/%s/notes"
				 : "%s/repos/%s/issues/%s/comments",
		forge->base, forge->project, forge->pull);
	const char *one = forge->is_gitlab ? reply_text(request, "%s/", all)
					   : reply_text(request, "%s/repos/%s/issues/comments/",
						     forge->base, forge->project);
	const char *id = behind(request->path, one);
	bool is_writing = strcmp(request->method, "GET") != 0;

	if (strcmp(request->path, all) != 0 && id == NULL)
		return false;
	if (is_writing && account->is_read_only)
		forge_refuse(request, reply, 403,
			forge->is_gitlab ? "403 Forbidden"
					 : "Resource not accessible by integration");
	else if (id != NULL && strcmp(request->method, forge->is_gitlab ? "PATCH" : "PUT") != 0)
		change(forge, strtoull(id, NULL, 10), request, reply);
	else if (id != NULL)
		forge_refuse(request, reply, 405, "Method Not Allowed");
	else if (is_writing)
		create(forge, account, request, reply);
	else
		list(forge, request, reply);
	return true;
}
