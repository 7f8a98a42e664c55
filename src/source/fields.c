/* Entries from JSON: LogEntry in its spellings, and what applications log. */
#include "source/fields.h"

#include <string.h>

#include "source/fields_text.h"
#include "source/ledger.h"
#include "source/reader.h"
#include "source/text.h"

#define STRING_MAX 1024 /* bytes of a name, an id or a path */
#define STRINGS 16

struct string {
	const char **target;
	size_t offset;
};

struct fields {
	struct source *source;
	struct names *names;
	struct stamps *stamps;
	struct draft text;
	struct draft scratch;
	struct draft strings; /* one behind the other, NUL-terminated */
	TALLOC_CTX *scrubbed; /* owns those in which a secret was */
	struct string string[STRINGS];
	size_t string_count;
	struct members entry, payload, resource, labels, http;
};

struct fields *fields_new(TALLOC_CTX *mem, struct source *source)
{
	struct fields *fields = mem_new(mem, struct fields);

	fields->source = source;
	fields->names = names_new(fields);
	fields->stamps = stamps_new(fields, source->options, reader_date(source->reader));
	fields->text.mem = fields->strings.mem = fields->scratch.mem = fields;
	return fields;
}

struct stamps *fields_stamps(struct fields *fields)
{
	return fields->stamps;
}

const struct names *fields_names(const struct fields *fields)
{
	return fields->names;
}

/* Whether all eight bytes of WORD are printable ASCII. */
static bool is_printable(uint64_t word)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;

	return ((word | (word - ones * 0x20) | (word + ones)) & high) == 0;
}

/* Copy a name of eight bytes or more that needs no cleaning and no decoding; false: it does. */
static bool copy_plain(char *out, const char *text, size_t length)
{
	const uint64_t ones = UINT64_C(0x0101010101010101), high = ones << 7;

	if (length < 8)
		return false;
	/* the last eight may overlap those before them */
	for (size_t i = 0;; i = length - i > 16 ? i + 8 : length - 8) {
		uint64_t word, escape;

		memcpy(&word, text + i, 8);
		escape = word ^ (ones * '\\');
		if (!is_printable(word) || ((escape - ones) & ~escape & high) != 0)
			return false;
		memcpy(out + i, &word, 8);
		if (i + 8 == length)
			return true;
	}
}

/* The characters of VALUE, NUL-terminated. */
static void add_name(struct draft *draft, struct json value)
{
	size_t begin = draft->length, length = value.length;
	char *plain = length <= STRING_MAX ? draft_room(draft, length) : NULL;

	if (plain != NULL && value.text[0] == '"' &&
		copy_plain(plain, value.text + 1, length - 2)) {
		draft->length += length - 2;
	} else {
		json_decode(value, draft);
		length = utf8_cut(draft->text + begin, draft->length - begin, STRING_MAX);
		if (length < draft->length - begin)
			length = text_whole_words(draft->text + begin, length);
		utf8_tidy(draft->text + begin, length, '?'); /* names are shown, too */
		draft->length = begin + length;
	}
	draft_add(draft, "", 1);
}

/* *TARGET becomes the string VALUE once all strings are there. */
static void set_string(struct fields *fields, const char **target, struct json value)
{
	char kind = json_kind(value);

	if (!json_has(value) || kind == '{' || kind == '[' || fields->string_count == STRINGS)
		return;
	fields->string[fields->string_count].target = target;
	fields->string[fields->string_count++].offset = fields->strings.length;
	add_name(&fields->strings, value);
}

static void place_strings(struct fields *fields)
{
	for (size_t i = 0; i < fields->string_count; i++)
		*fields->string[i].target = fields->strings.text + fields->string[i].offset;
	fields->string_count = 0;
}

static struct json first_of(struct json one, struct json other)
{
	return json_has(one) ? one : other;
}

static int hex(char c)
{
	static const char digits[] = "0123456789abcdef0123456789ABCDEF";
	const char *digit = c != '\0' ? strchr(digits, c) : NULL;

	return digit == NULL ? -1 : (int)((digit - digits) % 16);
}

/* "projects/p/logs/run.googleapis.com%2Fstderr" is "run.googleapis.com/stderr". */
static const char *short_log_name(const char *name)
{
	const char *logs = strstr(name, "/logs/");
	char *begin = (char *)(uintptr_t)(logs != NULL ? logs + 6 : name);
	char *out = strchr(begin, '%');

	if (out == NULL)
		return begin;
	for (const char *in = out; *in != '\0'; in++) {
		bool escaped = in[0] == '%' && hex(in[1]) >= 0 && hex(in[2]) >= 0;
		int c = escaped ? hex(in[1]) * 16 + hex(in[2]) : (unsigned char)*in;

		/* only what cannot make the name invalid or unreadable */
		if (escaped && (c <= 0x20 || c >= 0x7f))
			escaped = false;
		*out++ = escaped ? (char)c : *in;
		in += escaped ? 2 : 0;
	}
	*out = '\0';
	return begin;
}

/* The path of "https://host/path?query#part". */
static const char *url_path(const char *url)
{
	const char *host = strstr(url, "://");
	char *path = (char *)(uintptr_t)(host == NULL ? url : strchr(host + 3, '/'));

	if (path == NULL)
		return "/";
	path[strcspn(path, "?#")] = '\0';
	return path;
}

static void trim_strings(struct entry *out)
{
	if (out->log != NULL)
		out->log = short_log_name(out->log);
	if (out->trace != NULL)
		out->trace = path_base(out->trace);
	if (out->path != NULL)
		out->path = url_path(out->path);
}

static void set_time(struct fields *fields, const struct members *members, struct entry *out)
{
	struct json value = first_of(members->value[NAME_TIME], members->value[NAME_RECEIVED]);
	struct draft *draft = &fields->scratch;
	struct stamp stamp;

	if (json_kind(value) == '"' && memchr(value.text, '\\', value.length) == NULL) {
		value.text++;
		value.length -= 2;
	}
	if (json_kind(value) == '"') {
		draft_empty(draft);
		json_decode(value, draft);
		value.text = draft->text;
		value.length = draft->length;
	}
	/* the way of the API, by far the most common */
	stamp.has_zone = false;
	if (value.length > 0 &&
		when_parse(value.text, value.length, &stamp.time, &stamp.has_zone) ==
			value.length &&
		stamp.has_zone) {
		out->time = stamp.time;
		return;
	}
	if (!json_has(value) || !stamps_parse(fields->stamps, value.text, value.length, &stamp))
		return;
	out->time = stamp.time;
	fields->source->info->zone_unknown |= !stamp.has_zone;
}

static enum severity severity_of(struct json value)
{
	/* numbers of pino and bunyan, which count by ten */
	static const enum severity tens[] = { SEVERITY_DEFAULT, SEVERITY_DEBUG, SEVERITY_DEBUG,
		SEVERITY_INFO, SEVERITY_WARNING, SEVERITY_ERROR, SEVERITY_CRITICAL };
	enum severity severity;

	if (json_kind(value) == '"' && value.length > 2)
		severity = severity_parse(value.text + 1, value.length - 2);
	else if (value.length == 2 && value.text[1] == '0' && value.text[0] >= '1' &&
		 value.text[0] <= '6')
		severity = tens[value.text[0] - '0'];
	else
		severity = severity_parse(value.text, value.length);
	return severity == SEVERITY_COUNT ? SEVERITY_DEFAULT : severity;
}

static void set_severity(struct fields *fields, struct entry *out)
{
	struct json own = fields->entry.value[NAME_SEVERITY];
	struct json inner = fields->payload.value[NAME_SEVERITY];

	out->severity = json_has(own) ? severity_of(own) : SEVERITY_DEFAULT;
	if (out->severity == SEVERITY_DEFAULT && json_has(inner))
		out->severity = severity_of(inner);
	if (out->severity == SEVERITY_DEFAULT)
		out->severity = source_level(out->text, out->text_len);
	if (out->severity == SEVERITY_DEFAULT && out->http_status >= 400)
		out->severity = out->http_status >= 500 ? SEVERITY_ERROR : SEVERITY_WARNING;
}

static void set_status(struct entry *out, struct json value)
{
	int status = 0;

	if (json_kind(value) == '"' && value.length == 5) {
		value.text++;
		value.length -= 2;
	}
	for (size_t i = 0; i < value.length && value.length == 3; i++)
		if (value.text[i] >= '0' && value.text[i] <= '9')
			status = status * 10 + (value.text[i] - '0');
	out->http_status = status >= 100 ? status : 0;
}

/* "GET /health 503", on a line of its own. */
static void add_request(struct draft *draft, const struct entry *out)
{
	char status[8];

	if (out->path == NULL)
		return;
	if (draft->length > 0)
		draft_add(draft, "\n", 1);
	if (out->method != NULL) {
		draft_add(draft, out->method, strlen(out->method));
		draft_add(draft, " ", 1);
	}
	draft_add(draft, out->path, strlen(out->path));
	if (out->http_status > 0) {
		snprintf(status, sizeof(status), " %d", out->http_status % 1000);
		draft_add(draft, status, strlen(status));
	}
}

/* The payload that is an object, under any of its names. */
static struct json object_payload(const struct members *entry)
{
	struct json payload = entry->value[NAME_JSON_PAYLOAD];

	if (json_kind(payload) != '{' && json_kind(entry->value[NAME_PAYLOAD]) == '{')
		payload = entry->value[NAME_PAYLOAD];
	return payload;
}

static int add_message(struct fields *fields, struct json object, struct json payload)
{
	const struct members *entry = &fields->entry;
	struct draft *draft = &fields->text;
	bool is_entry = json_has(entry->value[NAME_HTTP]) ||
			json_has(entry->value[NAME_LOG_NAME]) ||
			json_has(entry->value[NAME_INSERT_ID]);

	if (json_has(entry->value[NAME_TEXT_PAYLOAD])) {
		json_decode(entry->value[NAME_TEXT_PAYLOAD], draft);
		return 0;
	}
	if (json_has(payload))
		return fields_text_of_payload(fields->names, payload, &fields->payload, draft);
	if (json_has(entry->value[NAME_PROTO_PAYLOAD]))
		return fields_text_of_proto(fields->names, entry->value[NAME_PROTO_PAYLOAD], draft);
	if (json_kind(entry->value[NAME_PAYLOAD]) == '"')
		json_decode(entry->value[NAME_PAYLOAD], draft);
	else if (json_kind(entry->value[NAME_RAW_PAYLOAD]) == '"')
		json_decode(entry->value[NAME_RAW_PAYLOAD], draft);
	else if (!is_entry)
		return fields_text_of_payload(fields->names, object, entry, draft);
	return 0;
}

/* Secrets are no less secret in a name; hardly ever there is one. */
static void scrub_strings(struct fields *fields, struct entry *out)
{
	const char **const strings[] = { &out->insert_id, &out->log, &out->trace, &out->span,
		&out->service, &out->revision, &out->instance, &out->pod, &out->thread,
		&out->method, &out->path };
	struct source *source = fields->source;
	const struct draft *draft = &fields->strings;

	talloc_free(fields->scrubbed);
	fields->scrubbed = NULL;
	if (source->redactor == NULL || draft->length == 0 ||
		!redactor_suspects(source->redactor, draft->text, draft->length))
		return;
	fields->scrubbed = talloc_new(fields);
	for (size_t i = 0; i < sizeof(strings) / sizeof(strings[0]); i++)
		if (*strings[i] != NULL)
			*strings[i] = source_scrub_name(fields->scrubbed, source, *strings[i]);
}

static void set_strings(struct fields *fields, struct entry *out)
{
	const struct json *entry = fields->entry.value, *payload = fields->payload.value;
	const struct json *resource = fields->resource.value, *labels = fields->labels.value;
	struct json inner = first_of(payload[NAME_SERVICE], entry[NAME_SERVICE]);

	set_string(fields, &out->insert_id, entry[NAME_INSERT_ID]);
	set_string(fields, &out->log, entry[NAME_LOG_NAME]);
	set_string(fields, &out->trace, first_of(entry[NAME_TRACE], payload[NAME_TRACE]));
	set_string(fields, &out->span, first_of(entry[NAME_SPAN], payload[NAME_SPAN]));
	set_string(fields, &out->service, first_of(resource[NAME_SERVICE], inner));
	set_string(fields, &out->revision, first_of(resource[NAME_REVISION], entry[NAME_REVISION]));
	set_string(
		fields, &out->instance, first_of(labels[NAME_INSTANCE], resource[NAME_INSTANCE]));
	set_string(fields, &out->pod, first_of(resource[NAME_POD], entry[NAME_POD]));
	set_string(fields, &out->thread, first_of(payload[NAME_THREAD], entry[NAME_THREAD]));
	set_string(fields, &out->method, fields->http.value[NAME_REQUEST_METHOD]);
	set_string(fields, &out->path, fields->http.value[NAME_REQUEST_URL]);
	place_strings(fields);
	/* before they are cut: half of a secret is not known as one */
	scrub_strings(fields, out);
	trim_strings(out);
}

static int members_of(const struct fields *fields, struct json object, const struct tape *tape,
	struct members *members)
{
	if (tape == NULL)
		return fields_text_members(fields->names, object, members);
	tape_members(tape, object, members);
	return 0;
}

/* The objects inside the entry that matter. */
static int take_apart(
	struct fields *fields, struct json object, const struct tape *tape, struct json *payload)
{
	struct members *entry = &fields->entry;
	struct members resource;
	struct json labels;

	if (members_of(fields, object, tape, entry) < 0)
		return -1;
	*payload = object_payload(entry);
	labels = first_of(entry->value[NAME_RESOURCE], entry->value[NAME_KUBERNETES]);
	if (members_of(fields, labels, tape, &resource) < 0)
		return -1;
	labels = first_of(resource.value[NAME_LABELS], labels);
	if (members_of(fields, labels, tape, &fields->resource) < 0 ||
		members_of(fields, *payload, tape, &fields->payload) < 0 ||
		members_of(fields, entry->value[NAME_LABELS], tape, &fields->labels) < 0)
		return -1;
	return members_of(fields, entry->value[NAME_HTTP], tape, &fields->http);
}

int fields_read(
	struct fields *fields, struct json object, const struct tape *tape, struct entry *out)
{
	struct json payload;

	draft_empty(&fields->text);
	draft_empty(&fields->strings);
	if (take_apart(fields, object, tape, &payload) < 0 ||
		add_message(fields, object, payload) < 0)
		return -1;
	set_strings(fields, out);
	set_time(fields, &fields->entry, out);
	if (out->time == TIME_NONE)
		set_time(fields, &fields->payload, out);
	set_status(out, fields->http.value[NAME_STATUS]);
	while (fields->text.length > 0 && fields->text.text[fields->text.length - 1] == '\n')
		fields->text.length--;
	add_request(&fields->text, out);
	if (fields->text.cut)
		ledger_cut(fields->source->info, "a message longer than 1 MiB was cut there");
	source_set_text(fields->source, out, fields->text.text != NULL ? fields->text.text : "",
		fields->text.length);
	set_severity(fields, out);
	out->json = object.text;
	out->json_len = object.length;
	return 0;
}

bool fields_docker(struct fields *fields, struct json object, struct draft *text, int64_t *time)
{
	struct members *members = &fields->entry;
	struct entry entry = { .time = TIME_NONE };

	if (fields_text_members(fields->names, object, members) < 0 ||
		json_kind(members->value[NAME_STREAM]) != '"' ||
		json_kind(members->value[NAME_MESSAGE]) != '"')
		return false;
	set_time(fields, members, &entry);
	*time = entry.time;
	json_decode(members->value[NAME_MESSAGE], text);
	return entry.time != TIME_NONE;
}
