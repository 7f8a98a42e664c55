/*
 * A scanner over a stream: it follows nesting and grammar, keeps the objects that are still open
 * and may be entries in a window of a little more than SOURCE_ENTRY_MAX, and gives out those that
 * are settled. After an error it goes on where the next entry seems to begin.
 */
#include "source/cut.h"

#include <string.h>

#include "source/ledger.h"
#include "source/nest.h"
#include "source/slide.h"

#define KEY_MAX 64 /* bytes of a key that is looked at */
#define SCALAR_MAX 1024 /* bytes of a number */

enum expect {
	EXPECT_VALUE,
	EXPECT_FIRST_VALUE, /* or the end of an array */
	EXPECT_KEY,
	EXPECT_FIRST_KEY, /* or the end of an object */
	EXPECT_COLON,
	EXPECT_COMMA, /* or the end */
};

struct cut {
	struct source *source;
	const struct names *names;
	struct slide *slide;
	enum expect expect;
	struct nest *nest;
	size_t ready_at; /* how many of the ready ones were given out */
	uint64_t token; /* where the string begins that is being read */
	bool in_string;
	size_t deep; /* levels below those of FRAMES */
	bool searching; /* after an error, for the next entry */
	bool at_line, behind_object; /* while searching: an entry may begin here; a "}" was seen */
	bool broken; /* an error was told: closing brackets without opening ones are no news */
	bool ended;
};

struct cut *cut_new(TALLOC_CTX *mem, struct source *source, const struct names *names)
{
	struct cut *cut = mem_new(mem, struct cut);

	cut->source = source;
	cut->names = names;
	cut->slide = slide_new(cut, source->reader);
	cut->nest = mem_new(cut, struct nest);
	return cut;
}

static unsigned long long line_at(struct cut *cut, uint64_t offset)
{
	return (unsigned long long)slide_line(cut->slide, offset);
}

/* What must stay in the window. */
static uint64_t needed(const struct cut *cut)
{
	const struct frame *outermost = nest_outermost(cut->nest);
	uint64_t offset = slide_at(cut->slide);

	if (cut->in_string && offset - cut->token < KEY_MAX)
		offset = cut->token;
	if (cut->nest->ready_count > 0 && cut->nest->ready[0].begin < offset)
		offset = cut->nest->ready[0].begin;
	return outermost != NULL && outermost->begin < offset ? outermost->begin : offset;
}

/* An object that is too long to be an entry is passed over, and what is in it looked at. */
static void give_up_long(struct cut *cut)
{
	const struct frame *frame;

	while ((frame = nest_outermost(cut->nest)) != NULL &&
		slide_at(cut->slide) - frame->begin > SOURCE_ENTRY_MAX) {
		if (nest_is_promising(frame)) {
			cut->source->info->skipped++;
			ledger_cut(cut->source->info,
				"the entry in line %llu is longer than 1 MiB and was left out",
				line_at(cut, frame->begin));
		}
		nest_give_up_outermost(cut->nest);
	}
}

/* More bytes: 1, 0 at the end, -1. */
static int more(struct cut *cut, struct err *err)
{
	give_up_long(cut);
	return slide_more(cut->slide, needed(cut), err);
}

/* Whether only blanks stand between here and the beginning of the line. */
static bool begins_line(const struct cut *cut)
{
	size_t at = cut->slide->at;

	while (at > 0 && strchr(" \t\r", cut->slide->bytes[at - 1]) != NULL &&
		cut->slide->bytes[at - 1] != '\0')
		at--;
	return at > 0 && cut->slide->bytes[at - 1] == '\n';
}

/* What is wrong is told; what was open is given up, and the next entry is looked for. */
static int fail(struct cut *cut, const char *what)
{
	struct source_info *info = cut->source->info;

	info->skipped++;
	ledger_note(
		info, "line %llu is not valid JSON: %s", line_at(cut, slide_at(cut->slide)), what);
	nest_break(cut->nest);
	cut->deep = 0;
	cut->in_string = false;
	cut->expect = EXPECT_VALUE;
	cut->searching = cut->broken = true;
	cut->at_line = begins_line(cut);
	cut->behind_object = false;
	return 0;
}

/* Goes on to an object that begins a line, or follows another object and a comma. */
static int search(struct cut *cut, struct err *err)
{
	size_t left;
	const char *text = slide_text(cut->slide, &left);

	for (size_t i = 0; i < left; i++) {
		char c = text[i];

		if (c == '{' && cut->at_line) {
			cut->slide->at += i;
			cut->searching = false;
			return 0;
		}
		if (c == '\n' || (c == ',' && cut->behind_object))
			cut->at_line = true;
		else if (c != ' ' && c != '\t' && c != '\r')
			cut->at_line = false;
		if (c != ' ' && c != '\t' && c != '\r' && c != '\n')
			cut->behind_object = c == '}';
	}
	cut->slide->at += left;
	return more(cut, err) < 0 ? -1 : 0;
}

static void value_ended(struct cut *cut)
{
	nest_value(cut->nest, slide_at(cut->slide));
	cut->expect = cut->nest->depth == 0 ? EXPECT_VALUE : EXPECT_COMMA;
}

/* A whole key, between its quotes. */
static void take_key(struct cut *cut, const char *key, size_t length)
{
	unsigned rank = 0;
	enum name name = NAME_NONE;

	if (length < KEY_MAX)
		name = names_find(cut->names, key, length, &rank);
	nest_key(cut->nest, name, rank);
	cut->expect = EXPECT_COLON;
}

/* The string ends here, behind its quote. */
static void string_ended(struct cut *cut)
{
	size_t length = (size_t)(slide_at(cut->slide) - cut->token) - 2;

	cut->in_string = false;
	if (cut->deep > 0)
		return;
	if (cut->expect != EXPECT_KEY && cut->expect != EXPECT_FIRST_KEY) {
		value_ended(cut);
		return;
	}
	/* no name that matters is as long as KEY_MAX, and of such a key the beginning may be gone */
	take_key(cut,
		length < KEY_MAX ? cut->slide->bytes + (cut->token + 1 - cut->slide->base) : "",
		length);
}

/* On in the string, as far as there are bytes. */
static int string(struct cut *cut, struct err *err)
{
	size_t left;
	const char *text = slide_text(cut->slide, &left);
	size_t plain = json_plain(text, left, 0);
	int result;

	cut->slide->at += plain;
	if (plain < left && text[plain] == '"') {
		cut->slide->at++;
		string_ended(cut);
		return 0;
	}
	if (plain < left && text[plain] == '\n')
		return fail(cut, "a string has no end");
	if (left - plain >= 2) {
		cut->slide->at += 2; /* a backslash and what it escapes */
		return 0;
	}
	result = more(cut, err);
	if (result == 0)
		cut->slide->at = cut->slide->end;
	return result < 0 ? -1 : 0;
}

/* Over a number, true, false, null. */
static int scalar(struct cut *cut, struct err *err)
{
	static const char *const words[] = { "true", "false", "null", "NaN", "Infinity",
		"-Infinity" };
	size_t left = cut->slide->end - cut->slide->at, size = 0;
	const char *text;
	int result = 1;

	while (left < SCALAR_MAX && (result = more(cut, err)) > 0)
		left = cut->slide->end - cut->slide->at;
	if (result < 0)
		return -1;
	/* only now: reading on may have moved it */
	text = slide_text(cut->slide, &left);
	while (size < left && size < SCALAR_MAX && text[size] != '\0' &&
		strchr(" \t\r\n,]}:[{\"", text[size]) == NULL)
		size++;
	cut->slide->at += size;
	value_ended(cut);
	if (size > 0 && size < SCALAR_MAX && memchr("-0123456789", text[0], 11) != NULL)
		while (size > 0 && strchr("-+.0123456789eE", text[size - 1]) != NULL)
			size--;
	if (size == 0 && cut->slide->bytes + cut->slide->at > text)
		return 0;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (strlen(words[i]) == size && memcmp(text, words[i], size) == 0)
			return 0;
	return fail(cut, "a value was expected");
}

static void open_container(struct cut *cut, char kind)
{
	if (cut->nest->depth < SOURCE_NESTING_MAX) {
		nest_open(cut->nest, kind, slide_at(cut->slide));
		cut->expect = kind == '{' ? EXPECT_FIRST_KEY : EXPECT_FIRST_VALUE;
		return;
	}
	cut->deep++;
	ledger_note(cut->source->info,
		"line %llu: nested more than %d levels deep, not looked into",
		line_at(cut, slide_at(cut->slide)), SOURCE_NESTING_MAX);
}

/* Below the levels that are followed only brackets count. */
static void deep(struct cut *cut, char c)
{
	cut->slide->at++;
	if (c == '"') {
		cut->token = slide_at(cut->slide) - 1;
		cut->in_string = true;
	} else if (c == '{' || c == '[') {
		cut->deep++;
	} else if ((c == '}' || c == ']') && --cut->deep == 0) {
		value_ended(cut);
	}
}

/* What is no JSON, but plain enough to go on as if it were. */
static void let_pass(struct cut *cut, const char *what)
{
	cut->nest->loose = true;
	ledger_note(cut->source->info, "line %llu is not valid JSON: %s",
		line_at(cut, slide_at(cut->slide)), what);
}

static bool wants_value(const struct cut *cut)
{
	return cut->expect == EXPECT_VALUE || cut->expect == EXPECT_FIRST_VALUE;
}

/* A closing bracket. */
static int closing(struct cut *cut, char c)
{
	const struct frame *frame = &cut->nest->frames[cut->nest->depth - 1];

	if (frame->kind != (c == '}' ? '{' : '['))
		return fail(cut, "a bracket closes what was not opened");
	if (cut->expect == EXPECT_COLON ||
		(frame->key != NAME_NONE && wants_value(cut) && frame->kind == '{'))
		return fail(cut, "a value was expected");
	if (cut->expect == EXPECT_VALUE || cut->expect == EXPECT_KEY)
		let_pass(cut, "a comma too many");
	cut->slide->at++;
	nest_close(cut->nest, slide_at(cut->slide));
	value_ended(cut);
	return 0;
}

/* Between the values of the stream: what is no value is passed over, a line at a time. */
static int outside(struct cut *cut, char c, struct err *err)
{
	size_t left;
	const char *text, *newline;

	if (strchr(",]}", c) != NULL && c != '\0') {
		cut->slide->at++;
		if (!cut->broken && c != ',')
			return fail(cut, "a bracket closes what was not opened");
		return 0;
	}
	if (!cut->broken) {
		cut->source->info->skipped++;
		ledger_note(cut->source->info, "line %llu is not JSON and was passed over",
			line_at(cut, slide_at(cut->slide)));
	}
	text = slide_text(cut->slide, &left);
	newline = memchr(text, '\n', left);
	cut->slide->at += newline != NULL ? (size_t)(newline - text) : left;
	cut->broken = newline == NULL;
	return newline == NULL && more(cut, err) < 0 ? -1 : 0;
}

static int comma(struct cut *cut)
{
	if (cut->expect != EXPECT_COMMA)
		return fail(cut, "a comma too many");
	cut->slide->at++;
	cut->expect =
		cut->nest->frames[cut->nest->depth - 1].kind == '{' ? EXPECT_KEY : EXPECT_VALUE;
	return 0;
}

/* One token, whose first character is C. */
static int token(struct cut *cut, char c, struct err *err)
{
	if (cut->deep > 0) {
		deep(cut, c);
		return 0;
	}
	if ((c == '{' || c == '[') && wants_value(cut)) {
		open_container(cut, c);
		cut->slide->at++;
		return 0;
	}
	if (cut->nest->depth == 0)
		return outside(cut, c, err);
	if (c == '"' && cut->expect != EXPECT_COLON && cut->expect != EXPECT_COMMA) {
		cut->token = slide_at(cut->slide);
		cut->in_string = true;
		cut->slide->at++;
		return 0;
	}
	if (c == '}' || c == ']')
		return closing(cut, c);
	if (c == ',')
		return comma(cut);
	if (c == ':' && cut->expect == EXPECT_COLON) {
		cut->slide->at++;
		cut->expect = EXPECT_VALUE;
		nest_colon(cut->nest, slide_at(cut->slide));
		return 0;
	}
	if (c == '{' && cut->expect == EXPECT_COMMA &&
		cut->nest->frames[cut->nest->depth - 1].kind == '[') {
		let_pass(cut, "a comma is missing");
		cut->expect = EXPECT_VALUE;
		return 0;
	}
	if (!wants_value(cut))
		return fail(cut,
			cut->expect == EXPECT_COMMA ? "a comma is missing" : "a name was expected");
	return scalar(cut, err);
}

/*
 * Members and elements that are strings, numbers and the like, and what stands between them: nearly
 * all tokens are these, and here they take few steps. Stops before the first token that is another,
 * or that is not there as a whole.
 */
static void members(struct cut *cut)
{
	struct slide *slide = cut->slide;
	const char *bytes = slide->bytes;
	const size_t end = slide->end;
	const bool in_object = cut->nest->frames[cut->nest->depth - 1].kind == '{';
	size_t at = slide->at, next;

	for (; at < end; at = next) {
		char c = bytes[at];

		next = at + 1;
		if (c == ' ' || c == '\n')
			continue;
		if (c == ':' && cut->expect == EXPECT_COLON) {
			cut->expect = EXPECT_VALUE;
			nest_colon(cut->nest, slide->base + next);
		} else if (c == ',' && cut->expect == EXPECT_COMMA) {
			cut->expect = in_object ? EXPECT_KEY : EXPECT_VALUE;
		} else if (c == '"' &&
			   (cut->expect == EXPECT_KEY || cut->expect == EXPECT_FIRST_KEY)) {
			size_t close = next + json_plain(bytes, end, next);

			if (close >= end || bytes[close] != '"')
				break;
			take_key(cut, bytes + next, close - next);
			next = close + 1;
			if (next < end && bytes[next] == ':') {
				next++;
				cut->expect = EXPECT_VALUE;
				nest_colon(cut->nest, slide->base + next);
			}
		} else if (wants_value(cut)) {
			next = json_simple(bytes, end, at);
			if (next == 0)
				break;
			nest_value(cut->nest, slide->base + next);
			cut->expect = EXPECT_COMMA;
		} else {
			break;
		}
	}
	slide->at = at;
}

/* The input is over: what is open now was cut off. */
static void end(struct cut *cut)
{
	bool in_entry = false;

	cut->ended = true;
	for (size_t i = 0; i < cut->nest->depth; i++)
		in_entry |=
			nest_is_promising(&cut->nest->frames[i]) && !cut->nest->frames[i].wrapper;
	if (in_entry) {
		cut->source->info->skipped++;
		ledger_cut(cut->source->info, "the input ends inside an entry, which was left out");
	} else if (cut->nest->depth > 0) {
		ledger_cut(cut->source->info, "the input ends before its last closing bracket");
	}
	if (!in_entry)
		nest_settle(cut->nest);
}

static int step(struct cut *cut, struct err *err)
{
	size_t left;
	const char *text = slide_text(cut->slide, &left);
	int result;

	if (left == 0) {
		result = more(cut, err);
		if (result == 0)
			end(cut);
		return result;
	}
	if (cut->searching)
		return search(cut, err);
	if (cut->in_string)
		return string(cut, err);
	if (cut->nest->depth > 0 && cut->deep == 0) {
		members(cut);
		text = slide_text(cut->slide, &left);
	}
	for (size_t i = 0; i < left; i++)
		if (text[i] != ' ' && text[i] != '\n' && text[i] != '\r' && text[i] != '\t') {
			cut->slide->at += i;
			return token(cut, text[i], err);
		}
	cut->slide->at += left;
	return 0;
}

int cut_next(struct cut *cut, struct cut_entry *out, struct err *err)
{
	struct nest *nest = cut->nest;
	const struct slide *slide = cut->slide;
	struct candidate candidate;

	if (cut->ready_at == nest->ready_count) {
		nest_used(nest);
		cut->ready_at = 0;
	}
	while (nest->ready_count == 0 && !cut->ended)
		if (step(cut, err) < 0)
			return -1;
	if (nest->ready_count == 0)
		return 0;
	candidate = nest->ready[cut->ready_at++];
	out->object.text = slide->bytes + (candidate.begin - slide->base);
	out->object.length = (size_t)(candidate.end - candidate.begin);
	out->line = slide_line(cut->slide, candidate.begin);
	out->loose = candidate.loose;
	out->tape = (struct tape){ nest->items + candidate.first, candidate.count, slide->bytes,
		slide->base };
	return 1;
}
