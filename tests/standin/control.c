/* /standin/: what tests order and ask. Bad orders are answered with 400 and a line of text. */
#include <stdlib.h>
#include <string.h>

#include "standin/identity.h"
#include "standin/record.h"
#include "standin/reply.h"
#include "standin/standin.h"

static void done(struct http_reply *reply)
{
	http_answer(reply, 200, "application/json", "{}\n");
}

static void bad(struct http_request *request, struct http_reply *reply, const char *what)
{
	http_answer(reply, 400, "text/plain", reply_text(request, "%s\n", what));
}

void control_counters(
	struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	reply_object(request, reply, 200, record_counters(standin->record));
}

void control_requests(
	struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	reply_object(request, reply, 200,
		record_requests(standin->record, http_argument(request, "path")));
}

void control_forget(struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	(void)request;
	record_clear(standin->record);
	done(reply);
}

/* All entries in NDJSON, in their order, copies and those that are still to come too. */
void control_listed(struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	const struct logs *logs = standin->logs;
	size_t length = 1;
	char *text, *out;

	logs_sort(standin->logs);
	for (size_t i = 0; i < logs->count; i++)
		length += logs->entries[i].length + 1;
	text = out = mem_array(request, char, length);
	for (size_t i = 0; i < logs->count; i++) {
		out = mempcpy(out, logs->entries[i].text, logs->entries[i].length);
		*out++ = '\n';
	}
	http_answer(reply, 200, "application/x-ndjson", text);
}

void control_entries(
	struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	bool arrives = http_argument(request, "arrives") != NULL;
	struct err err;

	if (logs_take_lines(
		    standin->logs, request->body, clock_now(&standin->clock), arrives, &err) < 0)
		bad(request, reply, err.text);
	else
		done(reply);
}

/* {"mix":{"seed":N,"percent":N,"count":N}} */
static void order_mix(struct standin *standin, const cJSON *mix)
{
	faults_mix(standin->faults,
		(uint64_t)cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(mix, "seed")),
		(unsigned)cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(mix, "percent")),
		(size_t)cJSON_GetNumberValue(cJSON_GetObjectItemCaseSensitive(mix, "count")));
}

/* One fault, a list of them, or a mix. */
void control_faults(struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	cJSON *orders = cJSON_ParseWithLength(request->body, request->length);
	const cJSON *mix = cJSON_GetObjectItemCaseSensitive(orders, "mix"), *order;
	struct err err = { 0 };
	int result = 0;

	if (orders == NULL)
		result = err_set(&err, ERR_FORMAT, "not JSON");
	else if (mix != NULL)
		order_mix(standin, mix);
	else if (cJSON_IsArray(orders))
		cJSON_ArrayForEach(order, orders) result =
			result < 0 ? result : faults_order_json(standin->faults, order, &err);
	else
		result = faults_order_json(standin->faults, orders, &err);
	cJSON_Delete(orders);
	if (result < 0)
		bad(request, reply, err.text);
	else
		done(reply);
}

void control_no_faults(
	struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	(void)request;
	faults_clear(standin->faults);
	done(reply);
}

/* Each setting by its name, as an option has it behind "--". */
void control_settings(
	struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	cJSON *settings = cJSON_ParseWithLength(request->body, request->length);
	const cJSON *item;
	struct err err = { 0 };
	int result = 0;

	if (!cJSON_IsObject(settings))
		result = err_set(&err, ERR_FORMAT, "not a JSON object");
	cJSON_ArrayForEach(item, settings)
	{
		char *number = mem_printf(request, "%.0f", cJSON_GetNumberValue(item));
		const char *text = cJSON_GetStringValue(item);

		if (result == 0)
			result = settings_set(
				standin, item->string, text != NULL ? text : number, &err);
	}
	cJSON_Delete(settings);
	if (result < 0)
		bad(request, reply, err.text);
	else
		done(reply);
}

void control_stop(struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	(void)request;
	standin->is_stopping = true;
	done(reply);
}

/* A token without the way to it: {"scope":"...","seconds":N}, both optional. */
void control_tokens(struct standin *standin, struct http_request *request, struct http_reply *reply)
{
	cJSON *order = cJSON_ParseWithLength(request->body, request->length);
	const char *scope = cJSON_GetStringValue(cJSON_GetObjectItemCaseSensitive(order, "scope"));
	const cJSON *seconds = cJSON_GetObjectItemCaseSensitive(order, "seconds");
	int64_t lifetime = cJSON_IsNumber(seconds) ? (int64_t)seconds->valuedouble : 3600;
	const struct tokens_token *token = tokens_issue(standin->tokens, TOKENS_SERVICE_ACCOUNT,
		scope == NULL ? SCOPE("logging.read") : scope,
		clock_now(&standin->clock) + lifetime * WHEN_SECOND);

	cJSON_Delete(order);
	http_answer(reply, 200, "text/plain", reply_text(request, "%s\n", token->text));
}
