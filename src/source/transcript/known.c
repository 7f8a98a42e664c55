/* Which tests a console has told of. */
#include "source/transcript/known.h"

#include <string.h>

struct title {
	struct known *first, *last;
	unsigned titled; /* of these, how many had no other name when they were made */
	UT_hash_handle hh;
	char text[];
};

struct known_tests {
	struct known *by_id;
	struct title *by_title;
};

#define ALIKE_MAX 1000 /* tests with one title that are looked through, so that none can stall us */

static int close_tests(struct known_tests *tests)
{
	HASH_CLEAR(hh, tests->by_id);
	HASH_CLEAR(hh, tests->by_title);
	return 0;
}

struct known_tests *known_new(TALLOC_CTX *mem)
{
	struct known_tests *tests = mem_new(mem, struct known_tests);

	talloc_set_destructor(tests, close_tests);
	return tests;
}

static struct title *find_title(struct known_tests *tests, const char *text, size_t length)
{
	struct title *title;

	HASH_FIND(hh, tests->by_title, text, (unsigned)length, title);
	return title;
}

static struct title *get_title(struct known_tests *tests, const char *text, size_t length)
{
	struct title *title = find_title(tests, text, length);

	if (title != NULL)
		return title;
	title = mem_check(talloc_zero_size(tests, sizeof(*title) + length + 1));
	memcpy(title->text, text, length);
	HASH_ADD(hh, tests->by_title, text[0], (unsigned)length, title);
	return title;
}

static void name_it(struct known_tests *tests, struct known *known, const char *id, size_t length)
{
	known->id = mem_strndup(known, id, length);
	known->titled = false;
	HASH_ADD_KEYPTR(hh, tests->by_id, known->id, (unsigned)length, known);
}

static void append(struct title *title, struct known *known)
{
	if (title->first == NULL)
		title->first = known;
	else
		title->last->alike = known;
	title->last = known;
}

/* "app\tests\test_x.py" and "tests/test_x.py" are one file, seen from two folders. */
static bool is_tail(const char *longer, size_t length, const char *tail, size_t wanted)
{
	if (length < wanted)
		return false;
	if (length > wanted && longer[length - wanted - 1] != '/' &&
		longer[length - wanted - 1] != '\\')
		return false;
	for (size_t i = 0; i < wanted; i++) {
		char a = longer[length - wanted + i], b = tail[i];

		if ((a == '\\' ? '/' : a) != (b == '\\' ? '/' : b))
			return false;
	}
	return true;
}

/* The last part of a path: what files whose collection failed are found by. */
static const char *base_of(const char *id, size_t *length)
{
	size_t begin = *length;

	while (begin > 0 && id[begin - 1] != '/' && id[begin - 1] != '\\')
		begin--;
	*length -= begin;
	return id + begin;
}

static bool is_file(const char *id, size_t length)
{
	return memmem(id, length, "::", 2) == NULL;
}

static struct known *same_file(struct title *title, const char *id, size_t length)
{
	struct known *known = title->first;

	for (unsigned i = 0; known != NULL && i < ALIKE_MAX; i++, known = known->alike) {
		size_t other = known->id != NULL ? strlen(known->id) : 0;

		if (other > 0 && is_file(known->id, other) &&
			(is_tail(known->id, other, id, length) ||
				is_tail(id, length, known->id, other)))
			return known;
	}
	return NULL;
}

/* A test of which only the title was known takes the node id that is told now. */
static struct known *adopt(struct known_tests *tests, struct title *title, struct source *source,
	const char *id, size_t length)
{
	struct known *known = title->first;

	for (unsigned i = 0; known != NULL && i < ALIKE_MAX; i++, known = known->alike)
		if (known->titled) {
			known->test->name = source_clean(known->test, source, id, length);
			name_it(tests, known, id, length);
			frames_note(known->frames, known->test);
			return known;
		}
	return NULL;
}

struct known *known_by_id(
	struct known_tests *tests, struct source *source, const char *id, size_t length)
{
	struct known *known, *old = NULL;
	struct title *title;
	char *text;

	HASH_FIND(hh, tests->by_id, id, (unsigned)length, known);
	if (known != NULL)
		return known;
	if (is_file(id, length)) {
		size_t base = length;
		const char *name = base_of(id, &base);

		title = get_title(tests, name, base);
		old = same_file(title, id, length);
	} else {
		text = nodeid_title(NULL, id, length);
		title = get_title(tests, text, strlen(text));
		talloc_free(text);
		old = adopt(tests, title, source, id, length);
	}
	if (old != NULL)
		return old;
	known = mem_new(tests, struct known);
	name_it(tests, known, id, length);
	known->test = source_test(source, id, length);
	append(title, known);
	return known;
}

static unsigned told(
	const struct known *known, enum channel channel, enum outcome outcome, unsigned session)
{
	return known->session == session ? known->told[channel][outcome] : 0;
}

/* The first of the title that is still to be shown; PROMISED: its progress line said so. */
static struct known *first_open(struct title *title, const struct known_block *block, bool promised)
{
	struct known *known = title->first;

	for (unsigned i = 0; known != NULL && i < ALIKE_MAX; i++, known = known->alike) {
		unsigned progress = told(known, CHANNEL_PROGRESS, block->outcome, block->session);
		unsigned shown = told(known, CHANNEL_BLOCK, block->outcome, block->session) +
				 told(known, CHANNEL_TEARDOWN, block->outcome, block->session);

		if (promised ? progress > shown
			     : told(known, block->channel, block->outcome, block->session) == 0)
			return known;
	}
	return NULL;
}

/* Only the title is known: several files may have such a test, the summary will tell. */
static struct known *add_titled(struct known_tests *tests, struct source *source,
	struct title *title, const struct known_block *block)
{
	struct known *known = mem_new(tests, struct known);
	char *name = title->first == NULL ? mem_strndup(known, block->title, block->length)
					  : mem_printf(known, "%.*s (%u)", (int)block->length,
						    block->title, title->titled + 1);

	known->test = source_test(source, name, strlen(name));
	known->titled = true;
	title->titled++;
	append(title, known);
	return known;
}

struct known *known_by_title(
	struct known_tests *tests, struct source *source, const struct known_block *block)
{
	struct title *title = get_title(tests, block->title, block->length);
	struct known *known = first_open(title, block, true);

	if (known == NULL)
		known = first_open(title, block, false);
	if (known == NULL && title->titled > 0 && title->titled < ALIKE_MAX)
		return add_titled(tests, source, title, block);
	if (known == NULL)
		known = title->first;
	return known != NULL ? known : add_titled(tests, source, title, block);
}

static void reset(struct known *known, unsigned session)
{
	memset(known->told, 0, sizeof(known->told));
	memset(known->counted, 0, sizeof(known->counted));
	known->session = session;
}

void known_tell(struct known *known, struct source *source, enum channel channel,
	enum outcome outcome, unsigned session)
{
	unsigned sum;

	if (outcome == OUTCOME_NONE || outcome >= OUTCOME_COUNT)
		return;
	if (known->session != session)
		reset(known, session);
	sum = ++known->told[channel][outcome];
	if (channel == CHANNEL_BLOCK)
		sum += known->told[CHANNEL_TEARDOWN][outcome];
	else if (channel == CHANNEL_TEARDOWN)
		sum += known->told[CHANNEL_BLOCK][outcome];
	if (sum > known->counted[outcome]) {
		known->counted[outcome]++;
		source_outcome(source, known->test, outcome);
	}
}

void known_expect(struct known *known)
{
	if (known->test->outcome == OUTCOME_NONE)
		known->test->outcome = OUTCOME_PASSED;
}
