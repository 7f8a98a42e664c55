/* Remembering error lines in bounded memory. */
#include "reason/errors.h"

#include <string.h>
#include <uthash.h>

#include "reason/mask.h"

#define PATTERNS_MAX 4096 /* kept; what is new after that is passed over */
#define FORMS_MAX 256 /* of these, that are known by their form alone */
#define TESTS_MAX 65536
#define TEXT_MAX 16384 /* bytes kept of one error's text */
#define TEXT_SCARCE 256 /* the same once BYTES_MAX are kept */
#define BYTES_MAX (32U << 20)

struct of_test {
	const struct test *test;
	struct test_errors errors;
	UT_hash_handle hh;
};

struct known {
	char *key; /* the test's address and the pattern: for the hash alone */
	size_t index;
	UT_hash_handle hh;
};

struct kept {
	struct error_pattern pattern;
	bool form;
};

struct errors {
	struct of_test *tests;
	struct known *known;
	struct kept *patterns;
	size_t pattern_count, form_count;
	size_t bytes; /* of all texts kept */
	uint64_t passed_over;
};

static int errors_free(struct errors *errors)
{
	HASH_CLEAR(hh, errors->tests);
	HASH_CLEAR(hh, errors->known);
	return 0;
}

struct errors *errors_new(TALLOC_CTX *mem)
{
	struct errors *errors = mem_new(mem, struct errors);

	talloc_set_destructor(errors, errors_free);
	return errors;
}

static bool has(const char *text, size_t length, const char *word)
{
	return memmem(text, length, word, strlen(word)) != NULL;
}

/* A traceback quotes the code that raised: it names errors, but tells none. */
static bool is_code(const char *line, size_t length)
{
	static const char *const words[] = { "raise ", "except ", "throw ", "catch " };
	size_t blanks = 0;

	while (blanks < length && (line[blanks] == ' ' || line[blanks] == '>'))
		blanks++;
	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (length - blanks > strlen(words[i]) &&
			memcmp(line + blanks, words[i], strlen(words[i])) == 0)
			return true;
	return false;
}

/* Does one of the words by which errors are told begin here? */
static bool begins_word(const char *text, size_t length)
{
	static const char *const words[] = { "Error:", "Exception", "Error(",
		"FAILED:", "panic:", "fatal:", "FATAL", "Traceback (" };

	for (size_t i = 0; i < sizeof(words) / sizeof(words[0]); i++)
		if (words[i][0] == text[0] && length > 1 && words[i][1] == text[1] &&
			strlen(words[i]) <= length && memcmp(words[i], text, strlen(words[i])) == 0)
			return true;
	return false;
}

/* Every entry is looked at, so it is one pass, and bytes that begin no word cost little. */
static bool has_word(const char *text, size_t length)
{
	static const bool begins[256] = {
		['E'] = true, ['F'] = true, ['p'] = true, ['f'] = true, ['T'] = true
	};

	for (size_t i = 0; i < length; i++)
		if (begins[(unsigned char)text[i]] && begins_word(text + i, length - i))
			return true;
	return false;
}

/* What pytest, Python, Java, Go and shells write before or after the name of an error. */
static bool names_an_error(const char *line, size_t length)
{
	if (length > 4 && memcmp(line, "E   ", 4) == 0)
		return true;
	if (is_code(line, length))
		return false;
	if (has_word(line, length))
		return true;
	/* "httpcore.ReadTimeout", "TimeoutError": the name alone ends the line */
	return length > 5 && memcmp(line + length - 5, "Error", 5) == 0;
}

static size_t indentation(const char *line, size_t length)
{
	size_t blanks = 0;

	while (blanks < length && line[blanks] == ' ')
		blanks++;
	return blanks;
}

/* MARGIN: the blanks before the text as a whole, as where a tool quotes another. */
static bool is_frame(const char *line, size_t length, size_t margin)
{
	return has(line, length, "Traceback (") || indentation(line, length) > margin + 1;
}

const char *errors_line(const char *text, size_t length, size_t *line_length)
{
	const char *best = NULL, *end = text + length;
	size_t margin = indentation(text, length);

	*line_length = 0;
	for (const char *line = text, *next; line < end; line = next + 1) {
		next = memchr(line, '\n', (size_t)(end - line));
		if (next == NULL)
			next = end;
		if (best == NULL || (names_an_error(line, (size_t)(next - line)) &&
					    !is_frame(line, (size_t)(next - line), margin))) {
			best = line;
			*line_length = (size_t)(next - line);
		}
	}
	return best == NULL ? text : best;
}

bool errors_is(const struct entry *entry)
{
	return entry->severity >= SEVERITY_ERROR || names_an_error(entry->text, entry->text_len);
}

static struct entry *keep(struct errors *errors, TALLOC_CTX *mem, const struct entry *entry)
{
	struct entry cut = *entry;
	size_t limit = errors->bytes < BYTES_MAX ? TEXT_MAX : TEXT_SCARCE;

	cut.text_len = utf8_cut(entry->text, entry->text_len, limit);
	errors->bytes += cut.text_len;
	return entry_copy(mem, &cut);
}

static void remember_for_test(struct errors *errors, const struct entry *entry)
{
	struct of_test *found;

	HASH_FIND_PTR(errors->tests, &entry->test, found);
	if (found == NULL) {
		if (HASH_COUNT(errors->tests) >= TESTS_MAX) {
			errors->passed_over++;
			return;
		}
		found = mem_new(errors, struct of_test);
		found->test = entry->test;
		found->errors.first = keep(errors, found, entry);
		HASH_ADD_PTR(errors->tests, test, found);
	} else if (found->errors.newest != found->errors.first) {
		errors->bytes -= found->errors.newest->text_len;
		talloc_free((struct entry *)found->errors.newest);
	}
	found->errors.newest =
		found->errors.count == 0 ? found->errors.first : keep(errors, found, entry);
	found->errors.count++;
}

static bool has_room(const struct errors *errors, bool form)
{
	return errors->pattern_count < PATTERNS_MAX && (!form || errors->form_count < FORMS_MAX);
}

static void remember_pattern(struct errors *errors, const struct entry *entry, bool form)
{
	struct kept *kept;
	struct known *known;
	size_t length;
	const char *line = errors_line(entry->text, entry->text_len, &length);
	char *masked = mask_text(errors, line, length);
	char *key = mem_printf(masked, "%p %s", (const void *)entry->test, masked);

	HASH_FIND_STR(errors->known, key, known);
	if (known != NULL)
		errors->patterns[known->index].pattern.count++;
	else if (!has_room(errors, form))
		errors->passed_over++;
	if (known != NULL || !has_room(errors, form)) {
		talloc_free(masked);
		return;
	}
	errors->patterns = mem_grow(
		errors, errors->patterns, errors->pattern_count, sizeof(*errors->patterns));
	kept = &errors->patterns[errors->pattern_count];
	*kept = (struct kept){ { masked, entry->test, keep(errors, errors, entry), 1 }, form };
	errors->form_count += form;
	known = mem_new(errors, struct known);
	known->key = key;
	known->index = errors->pattern_count++;
	HASH_ADD_KEYPTR(hh, errors->known, known->key, strlen(known->key), known);
}

void errors_observe(struct errors *errors, const struct entry *entry, size_t hits)
{
	if (!errors_is(entry))
		return;
	if (entry->test != NULL)
		remember_for_test(errors, entry);
	if (hits == 0)
		remember_pattern(errors, entry, false);
}

void errors_observe_form(struct errors *errors, const struct entry *entry)
{
	remember_pattern(errors, entry, true);
}

const struct test_errors *errors_of(const struct errors *errors, const struct test *test)
{
	struct of_test *found;

	HASH_FIND_PTR(errors->tests, &test, found);
	return found == NULL ? NULL : &found->errors;
}

size_t errors_pattern_count(const struct errors *errors)
{
	return errors->pattern_count;
}

const struct error_pattern *errors_pattern(const struct errors *errors, size_t index)
{
	return &errors->patterns[index].pattern;
}

bool errors_pattern_is_form(const struct errors *errors, size_t index)
{
	return errors->patterns[index].form;
}

uint64_t errors_passed_over(const struct errors *errors)
{
	return errors->passed_over;
}
