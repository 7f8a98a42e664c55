/* After the manual of the Logging query language: strings, comments, precedence. */
#include "cloud/lql.h"

#include <string.h>

/* What names a service in the labels of the resources of Cloud Run, Kubernetes, App Engine, ... */
static const char *const service_labels[] = { "service_name", "container_name", "job_name",
	"configuration_name", "function_name", "module_id" };

/* The length of what stands at TEXT, if it can be part of a string; 0 where it cannot. */
static size_t sayable(const char *text, size_t length)
{
	unsigned char c = (unsigned char)text[0];
	size_t size = utf8_sequence(text, length);

	if (c < 0x20 || c == 0x7f)
		return 0;
	/* U+0080 to U+009F are control characters, too */
	if (size == 2 && c == 0xc2 && (unsigned char)text[1] < 0xa0)
		return 0;
	return size;
}

char *cloud_lql_quote(TALLOC_CTX *mem, const char *text, size_t length)
{
	char *out = mem_array(mem, char, 2 * length + 3), *end = out;

	*end++ = '"';
	for (size_t at = 0, size; at < length; at += size) {
		size = sayable(text + at, length - at);
		if (size == 0) {
			talloc_free(out);
			return NULL;
		}
		if (text[at] == '"' || text[at] == '\\')
			*end++ = '\\';
		memcpy(end, text + at, size);
		end += size;
	}
	*end++ = '"';
	*end = '\0';
	return out;
}

/* A filter as it is looked through. */
struct check {
	const char *text;
	size_t length, at, depth;
	size_t opened; /* where the string or parenthesis at hand began */
	char *out, *end;
};

static int fail(const struct check *check, size_t at, const char *what, struct err *err)
{
	(void)check;
	return err_set(err, ERR_USAGE, "the filter, at character %zu: %s", at + 1, what);
}

/* From an opening quote to the closing one. */
static int take_string(struct check *check, struct err *err)
{
	size_t begin = check->at;

	for (check->at++; check->at < check->length; check->at++) {
		if (check->text[check->at] == '\\' && check->at + 1 < check->length)
			check->at++;
		else if (check->text[check->at] == '"')
			break;
	}
	if (check->at >= check->length)
		return fail(check, begin, "a string that does not end", err);
	check->at++;
	memcpy(check->end, check->text + begin, check->at - begin);
	check->end += check->at - begin;
	return 0;
}

/* What stands outside of strings. */
static int take_other(struct check *check, struct err *err)
{
	char c = check->text[check->at];

	if (c == '\'')
		return fail(check, check->at,
			"strings stand in double quotes, and this is a single one", err);
	if (c == '-' && check->at + 1 < check->length && check->text[check->at + 1] == '-') {
		check->at += strcspn(check->text + check->at, "\n");
		return 0;
	}
	if (c == '(' && check->depth++ == 0)
		check->opened = check->at;
	if (c == ')' && check->depth-- == 0)
		return fail(check, check->at, "a parenthesis that nothing opened", err);
	*check->end++ = c;
	check->at++;
	return 0;
}

static int check_bytes(const struct check *check, struct err *err)
{
	for (size_t at = 0, size; at < check->length; at += size) {
		size = strchr("\t\r\n", check->text[at]) != NULL
			       ? 1
			       : sayable(check->text + at, check->length - at);
		if (size == 0)
			return fail(check, at, "a control character, or invalid UTF-8", err);
	}
	return 0;
}

int cloud_lql_check(TALLOC_CTX *mem, const char *filter, char **out, struct err *err)
{
	struct check check = { .text = filter, .length = strlen(filter) };
	int result;

	check.out = check.end = mem_array(mem, char, check.length + 1);
	result = check_bytes(&check, err);
	while (result == 0 && check.at < check.length)
		result = filter[check.at] == '"' ? take_string(&check, err)
						 : take_other(&check, err);
	if (result == 0 && check.depth > 0)
		result = fail(&check, check.opened, "a parenthesis that nothing closes", err);
	if (result == 0 && strspn(check.out, " \t\r\n") == strlen(check.out))
		result = err_set(err, ERR_USAGE, "the filter is empty");
	if (result < 0) {
		talloc_free(check.out);
		return -1;
	}
	*out = check.out;
	return 0;
}

static int add_service(char **text, const char *service, struct err *err)
{
	char *quoted = cloud_lql_quote(*text, service, strlen(service));

	if (quoted == NULL || service[0] == '\0')
		return err_set(err, ERR_USAGE,
			"the name of the service is empty, or holds control characters");
	for (size_t i = 0; i < sizeof(service_labels) / sizeof(service_labels[0]); i++)
		*text = mem_check(talloc_asprintf_append_buffer(*text, "%sresource.labels.%s=%s",
			i == 0 ? " AND (" : " OR ", service_labels[i], quoted));
	*text = mem_check(talloc_strdup_append_buffer(*text, ")"));
	return 0;
}

int cloud_lql_question(
	TALLOC_CTX *mem, const struct cloud_question *question, char **out, struct err *err)
{
	char from[WHEN_TEXT], to[WHEN_TEXT], received[WHEN_TEXT];
	char *text = mem_printf(mem, "timestamp>=\"%s\" AND timestamp<\"%s\"",
		when_format(question->from, from), when_format(question->to, to));

	if (question->service != NULL && add_service(&text, question->service, err) < 0) {
		talloc_free(text);
		return -1;
	}
	if (question->received != TIME_NONE)
		text = mem_check(
			talloc_asprintf_append_buffer(text, " AND receiveTimestamp>=\"%s\"",
				when_format(question->received, received)));
	if (question->more != NULL)
		text = mem_check(talloc_asprintf_append_buffer(text, " AND (%s)", question->more));
	/* the newline ends a comment, if there is one after all */
	if (question->filter != NULL)
		text = mem_check(
			talloc_asprintf_append_buffer(text, " AND (%s\n)", question->filter));
	if (strlen(text) > CLOUD_LQL_MAX) {
		err_fill(err, ERR_USAGE,
			"the filter has %zu characters with its bounds, and %d is the most there "
			"can be",
			strlen(text), CLOUD_LQL_MAX);
		talloc_free(text);
		return -1;
	}
	*out = text;
	return 0;
}
