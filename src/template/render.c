/*
 * Tokens and data to text, without recursion: two stacks, of templates and of sections. What a
 * template can make of its data is bounded, however it nests lists and partials.
 */
#include <stdlib.h>
#include <string.h>

#include "template/token.h"

#define STEPS_MAX (4U << 20) /* tokens rendered */
#define WHOLE_MAX 9007199254740992.0 /* up to here a double is a whole number exactly */
#define OUTPUT_MAX (256U << 20) /* bytes, before escapes */

/* A template that is being rendered: the page itself, or a partial. */
struct call {
	const struct template *template;
	size_t at; /* of the token that comes next */
	const char *indent; /* before each of its lines */
};

/* A section that was entered; the first stands for the data as a whole. */
struct section {
	const cJSON *value;
	const cJSON *next; /* of a list: what comes after VALUE */
};

struct rendering {
	const struct template_options *options;
	FILE *out;
	TALLOC_CTX *mem;
	struct call calls[TEMPLATE_NESTING_MAX + 1];
	size_t call_count;
	struct section *sections;
	size_t section_count;
	size_t steps, bytes;
	struct err *err;
};

static const cJSON *member(const cJSON *object, const char *name, size_t length)
{
	const cJSON *child;

	if (!cJSON_IsObject(object))
		return NULL;
	cJSON_ArrayForEach(child, object) if (strncmp(child->string, name, length) == 0 &&
					      child->string[length] == '\0') return child;
	return NULL;
}

/* The first part of a dotted name is looked up from the innermost section outwards. */
static const cJSON *look_up(const struct rendering *rendering, const char *name)
{
	const cJSON *value = NULL;
	size_t length = strcspn(name, ".");

	if (strcmp(name, ".") == 0)
		return rendering->sections[rendering->section_count - 1].value;
	for (size_t i = rendering->section_count; i > 0 && value == NULL; i--)
		value = member(rendering->sections[i - 1].value, name, length);
	while (value != NULL && name[length] == '.') {
		name += length + 1;
		length = strcspn(name, ".");
		value = member(value, name, length);
	}
	return value;
}

static bool is_false(const cJSON *value)
{
	return value == NULL || cJSON_IsNull(value) || cJSON_IsFalse(value) ||
	       (cJSON_IsArray(value) && value->child == NULL) ||
	       (cJSON_IsString(value) && value->valuestring[0] == '\0') ||
	       (cJSON_IsNumber(value) && value->valuedouble == 0);
}

static void put(struct rendering *rendering, const char *text, size_t length)
{
	rendering->bytes += length;
	if (length > 0)
		fwrite(text, 1, length, rendering->out);
}

/* Numbers as JSON has them; whole ones never with an exponent. */
static const char *number_text(double number, char buffer[64])
{
	cJSON item = { .type = cJSON_Number, .valuedouble = number };

	if (number > -WHOLE_MAX && number < WHOLE_MAX && number == (double)(long long)number) {
		snprintf(buffer, 64, "%lld", (long long)number);
		return buffer;
	}
	cJSON_SetNumberHelper(&item, number);
	return cJSON_PrintPreallocated(&item, buffer, 64, 0) ? buffer : "";
}

static void put_value(struct rendering *rendering, const cJSON *value, bool escape)
{
	char buffer[64];
	const char *text = "";

	if (cJSON_IsString(value))
		text = value->valuestring;
	else if (cJSON_IsNumber(value))
		text = number_text(value->valuedouble, buffer);
	else if (cJSON_IsBool(value))
		text = cJSON_IsTrue(value) ? "true" : "false";
	if (!escape || rendering->options->escape == NULL) {
		put(rendering, text, strlen(text));
		return;
	}
	rendering->bytes += strlen(text);
	rendering->options->escape(rendering->out, text, strlen(text));
}

static void enter(struct rendering *rendering, const cJSON *value)
{
	struct section *section;

	rendering->sections = mem_grow(rendering->mem, rendering->sections,
		rendering->section_count, sizeof(struct section));
	section = &rendering->sections[rendering->section_count++];
	section->value = cJSON_IsArray(value) ? value->child : value;
	section->next = cJSON_IsArray(value) ? value->child->next : NULL;
}

static int put_text(struct rendering *rendering, struct call *call, const struct token *token)
{
	(void)call;
	put(rendering, token->text, token->length);
	return 0;
}

static int put_name(struct rendering *rendering, struct call *call, const struct token *token)
{
	(void)call;
	put_value(rendering, look_up(rendering, token->name), token->kind == TOKEN_ESCAPED);
	return 0;
}

static int begin_section(struct rendering *rendering, struct call *call, const struct token *token)
{
	const cJSON *value = look_up(rendering, token->name);
	const struct token *end = &call->template->tokens[token->pair];

	if (is_false(value) == (token->kind == TOKEN_INVERTED)) {
		if (token->kind == TOKEN_SECTION)
			enter(rendering, value);
		return 0;
	}
	call->at = token->pair + 1;
	if (end->line_start)
		put(rendering, call->indent, strlen(call->indent));
	return 0;
}

/* Again with the next element of a list, or on behind the section. */
static int end_section(struct rendering *rendering, struct call *call, const struct token *token)
{
	struct section *section = &rendering->sections[rendering->section_count - 1];

	if (call->template->tokens[token->pair].kind == TOKEN_SECTION) {
		if (section->next != NULL) {
			section->value = section->next;
			section->next = section->next->next;
			call->at = token->pair + 1;
			return 0;
		}
		rendering->section_count--;
	}
	if (token->line_start)
		put(rendering, call->indent, strlen(call->indent));
	return 0;
}

static const char *join(TALLOC_CTX *mem, const char *outer, const char *inner)
{
	if (inner == NULL)
		return "";
	return outer[0] == '\0' ? inner : mem_printf(mem, "%s%s", outer, inner);
}

static int begin_partial(struct rendering *rendering, struct call *call, const struct token *token)
{
	const struct template *partial = NULL;
	struct call *inner;

	if (rendering->options->partial != NULL)
		partial = rendering->options->partial(rendering->options->context, token->name);
	if (partial == NULL)
		return 0;
	if (rendering->call_count > TEMPLATE_NESTING_MAX)
		return err_set(rendering->err, ERR_LIMIT, "partial \"%s\": more than %d deep",
			token->name, TEMPLATE_NESTING_MAX);
	inner = &rendering->calls[rendering->call_count++];
	*inner = (struct call){ .template = partial };
	inner->indent = join(rendering->mem, call->indent, token->indent);
	return 0;
}

static int (*const steps[])(
	struct rendering *rendering, struct call *call, const struct token *token) = {
	[TOKEN_TEXT] = put_text,
	[TOKEN_ESCAPED] = put_name,
	[TOKEN_RAW] = put_name,
	[TOKEN_SECTION] = begin_section,
	[TOKEN_INVERTED] = begin_section,
	[TOKEN_END] = end_section,
	[TOKEN_PARTIAL] = begin_partial,
};

static int step(struct rendering *rendering, struct call *call, const struct token *token)
{
	if (token->line_start && token->kind != TOKEN_END)
		put(rendering, call->indent, strlen(call->indent));
	return steps[token->kind](rendering, call, token);
}

static int run(struct rendering *rendering)
{
	while (rendering->call_count > 0) {
		struct call *call = &rendering->calls[rendering->call_count - 1];

		if (call->at == call->template->count) {
			rendering->call_count--;
			continue;
		}
		if (rendering->steps++ >= STEPS_MAX || rendering->bytes > OUTPUT_MAX)
			return err_set(rendering->err, ERR_LIMIT, "the template makes too much");
		if (step(rendering, call, &call->template->tokens[call->at++]) < 0)
			return -1;
	}
	return ferror(rendering->out) ? err_io(rendering->err, "write") : 0;
}

int template_render(const struct template *template, const cJSON *data,
	const struct template_options *options, FILE *out, struct err *err)
{
	struct rendering rendering = { .options = options, .out = out, .err = err };
	int result;

	rendering.mem = talloc_new(NULL);
	rendering.calls[rendering.call_count++] =
		(struct call){ .template = template, .indent = "" };
	rendering.sections = mem_grow(rendering.mem, NULL, 0, sizeof(struct section));
	rendering.sections[rendering.section_count++].value = data;
	result = run(&rendering);
	talloc_free(rendering.mem);
	return result;
}

int template_expand(TALLOC_CTX *mem, const struct template *template, const cJSON *data,
	const struct template_options *options, char **out, struct err *err)
{
	char *text = NULL;
	size_t length = 0;
	FILE *stream = mem_check(open_memstream(&text, &length));
	int result = template_render(template, data, options, stream, err);

	if (fclose(stream) != 0 && result == 0)
		result = err_io(err, "write");
	if (result == 0)
		*out = mem_strndup(mem, text, length);
	free(text);
	return result;
}
