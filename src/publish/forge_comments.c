/* Comments of both services: listing, making, changing and removing them. */
#include <stdlib.h>
#include <string.h>

#include "publish/forge.h"
#include "publish/rest.h"

#define PAGES_MAX 100 /* of comments on one request */

const char *forge_login(const cJSON *person, const char *name)
{
	return cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(person, name));
}

static void add_comment(
	const struct forge *forge, TALLOC_CTX *mem, const cJSON *item, struct forge_comments *out)
{
	const cJSON *id = cJSON_GetObjectItemCaseSensitive(item, "id");
	const cJSON *author = cJSON_GetObjectItemCaseSensitive(item, forge->kind->author);
	const char *body = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(item, "body"));
	const char *login = forge_login(author, forge->kind->login);

	if (!cJSON_IsNumber(id) || id->valuedouble < 1 || id->valuedouble > 9e15 || body == NULL ||
		cJSON_IsTrue(cJSON_GetObjectItemCaseSensitive(item, "system")))
		return;
	out->items = mem_grow(mem, out->items, out->count, sizeof(*out->items));
	out->items[out->count++] = (struct forge_comment){ .id = (uint64_t)id->valuedouble,
		.author = mem_strdup(mem, login),
		.body = mem_strdup(mem, body) };
}

static int by_id(const void *left, const void *right)
{
	const struct forge_comment *a = left, *b = right;

	return a->id < b->id ? -1 : a->id > b->id;
}

static const char *first_page(const struct forge *forge, TALLOC_CTX *mem)
{
	return mem_printf(
		mem, "%s?per_page=%d%s", forge->comments, FORGE_PER_PAGE, forge->kind->order);
}

/* Whether PATH names its page by a number. */
static bool is_counted(const char *path)
{
	const char *found = path;

	while ((found = strstr(found, "page=")) != NULL) {
		if (found > path && (found[-1] == '?' || found[-1] == '&'))
			return true;
		found++;
	}
	return false;
}

/* Pages are counted, so that our order holds for all of them, unless the service links them otherwise. */
static const char *next_page(
	const struct forge *forge, TALLOC_CTX *mem, const struct rest_answer *answer, unsigned page)
{
	if (answer->next != NULL && !is_counted(answer->next))
		return mem_strdup(mem, answer->next);
	if (!answer->has_more && cJSON_GetArraySize(answer->json) < FORGE_PER_PAGE)
		return NULL;
	return mem_printf(mem, "%s&page=%u", first_page(forge, mem), page + 1);
}

/* *PATH is that of the page, and then of the next one; NULL: this was the last. */
static int list_page(struct forge *forge, TALLOC_CTX *mem, unsigned page, const char **path,
	struct forge_comments *out, struct err *err)
{
	TALLOC_CTX *scratch = mem_check(talloc_new(NULL));
	struct rest_answer answer;
	const cJSON *item;
	int result = rest_call(forge->rest, scratch, "GET", *path, NULL, &answer, err);

	if (result < 0)
		result = forge_refused(forge, &answer, err);
	else if (!cJSON_IsArray(answer.json))
		result = err_set(
			err, ERR_NET, "%s: the answer is no list of comments", forge->kind->name);
	if (result == 0) {
		cJSON_ArrayForEach(item, answer.json)
		{
			add_comment(forge, mem, item, out);
		}
		*path = next_page(forge, mem, &answer, page);
	}
	talloc_free(scratch);
	return result;
}

int forge_list(struct forge *forge, TALLOC_CTX *mem, struct forge_comments *out, struct err *err)
{
	const char *path = first_page(forge, mem);

	*out = (struct forge_comments){ 0 };
	for (unsigned page = 1; path != NULL; page++) {
		if (page > PAGES_MAX)
			return err_set(err, ERR_NET, "%s: there are more than %d pages of comments",
				forge->kind->name, PAGES_MAX);
		if (list_page(forge, mem, page, &path, out, err) < 0)
			return -1;
	}
	if (out->count > 0)
		qsort(out->items, out->count, sizeof(*out->items), by_id);
	return 0;
}

static char *body_of(TALLOC_CTX *mem, const char *text)
{
	cJSON *object = mem_check(cJSON_CreateObject());
	char *printed, *copy;

	mem_check(cJSON_AddStringToObject(object, "body", text));
	printed = mem_check(cJSON_PrintUnformatted(object));
	copy = mem_strdup(mem, printed);
	cJSON_free(printed);
	cJSON_Delete(object);
	return copy;
}

/* The comment that was just made is ours: whoever wrote it, we are. */
static void learn_author(struct forge *forge, const cJSON *comment)
{
	const char *login = forge_login(
		cJSON_GetObjectItemCaseSensitive(comment, forge->kind->author), forge->kind->login);

	if (forge->author == NULL)
		forge->author = mem_strdup(forge, login);
}

int forge_create(
	struct forge *forge, const char *body, uint64_t *id, enum forge_made *made, struct err *err)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	struct rest_answer answer;
	const cJSON *item;
	int result;

	result = rest_call(
		forge->rest, mem, "POST", forge->comments, body_of(mem, body), &answer, err);
	item = cJSON_GetObjectItemCaseSensitive(answer.json, "id");
	*made = FORGE_MADE;
	if (result == 0 && cJSON_IsNumber(item) && item->valuedouble > 0) {
		*id = (uint64_t)item->valuedouble;
		learn_author(forge, answer.json);
	} else if (result == 0 || answer.passing) {
		*made = FORGE_UNSURE;
		result = 0;
	} else {
		result = forge_refused(forge, &answer, err);
	}
	talloc_free(mem);
	return result;
}

static int change(
	struct forge *forge, const char *method, uint64_t id, const char *body, struct err *err)
{
	TALLOC_CTX *mem = mem_check(talloc_new(NULL));
	const char *path = mem_printf(mem, "%s%llu", forge->comment, (unsigned long long)id);
	struct rest_answer answer;
	int result = rest_call(forge->rest, mem, method, path,
		body != NULL ? body_of(mem, body) : NULL, &answer, err);

	if (result == 0)
		result = 1;
	else if (answer.status == 404 || answer.status == 410)
		result = 0;
	else
		result = forge_refused(forge, &answer, err);
	talloc_free(mem);
	return result;
}

int forge_update(struct forge *forge, uint64_t id, const char *body, struct err *err)
{
	return change(forge, forge->kind->update, id, body, err);
}

int forge_delete(struct forge *forge, uint64_t id, struct err *err)
{
	return change(forge, "DELETE", id, NULL, err);
}
