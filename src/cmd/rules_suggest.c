/* fivewhys rules suggest: a rule file for a failure that no rule explains. */
#include <string.h>
#include <unistd.h>

#include "cmd/analysis.h"
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/rules_draft.h"

#define TRIED_MAX 8 /* suggestions, each with some negative examples */

struct work {
	struct rules_request *request;
	struct store *store;
	struct run *run;
	struct rules *rules; /* in force */
	struct undiagnosed *failure;
	struct suggestion *suggestions;
	size_t suggestion_count;
};

/* What is there as a file is read as triage does it, and kept nowhere. */
static int analyse(struct work *work, struct err *err)
{
	struct rules_request *request = work->request;
	struct analysis_options options = {
		.inputs = (const char *const *)request->common.arguments,
	};
	struct analysis *analysis;

	if (setup_offset(request->common.settings, &options.source, err) < 0 ||
		analysis_run(request, work->rules, &options, &analysis, err) < 0)
		return -1;
	work->store = analysis->store;
	return store_run_find(request, work->store, "last", &work->run, err);
}

static int find_run(struct work *work, struct err *err)
{
	char **arguments = work->request->common.arguments;
	const char *name = arguments[0] != NULL ? arguments[0] : "last";

	if (arguments[0] != NULL && (strcmp(name, "-") == 0 || access(name, F_OK) == 0))
		return analyse(work, err);
	if (arguments[0] != NULL && arguments[1] != NULL)
		return err_set(err, ERR_USAGE,
			"rules suggest wants one run, or files; \"%s\" is no file", name);
	if (request_store(&work->request->common, false, &work->store, err) < 0)
		return -1;
	return store_run_find(work->request, work->store, name, &work->run, err);
}

/* The failure of the test that is called so, or that alone has NAME in it; NULL: none or several. */
static struct undiagnosed *failure_named(
	struct undiagnosed **failures, size_t count, const char *name)
{
	struct undiagnosed *found = NULL;
	size_t parts = 0;

	for (size_t i = 0; i < count; i++) {
		const char *test = failures[i]->test != NULL ? failures[i]->test->name : "";

		if (strcmp(test, name) == 0)
			return failures[i];
		if (strstr(test, name) != NULL && parts++ == 0)
			found = failures[i];
	}
	return parts == 1 ? found : NULL;
}

/* A failing test that has a chain: what it ends in may be known, and yet not why. */
static struct undiagnosed *failing_test(const struct work *work, const char *name)
{
	for (size_t i = 0; i < work->run->test_count; i++) {
		struct test *test = work->run->tests[i];
		struct undiagnosed *item;

		if (strcmp(test->name, name) != 0 ||
			(test->outcome != OUTCOME_FAILED && test->outcome != OUTCOME_ERROR))
			continue;
		item = mem_new(work->request, struct undiagnosed);
		item->test = test;
		return item;
	}
	return NULL;
}

static int find_failure(struct work *work, struct err *err)
{
	const char *name = work->request->test;
	struct undiagnosed **failures;
	size_t count;

	if (store_run_load(work->store, work->run, err) < 0 ||
		store_run_undiagnosed(
			work->request, work->store, work->run, &failures, &count, err) < 0)
		return -1;
	if (name == NULL && count == 0)
		return err_set(err, ERR_EMPTY,
			"nothing to suggest: run %lld has no failure that no rule explains (--test "
			"names one that a rule does)",
			(long long)work->run->id);
	work->failure = name == NULL ? failures[0] : failure_named(failures, count, name);
	if (work->failure == NULL)
		work->failure = failing_test(work, name);
	if (work->failure == NULL)
		return err_set(err, ERR_NOT_FOUND,
			"of %zu unexplained failures none, or not only one, has a test \"%.200s\"",
			count, name);
	return 0;
}

/* An error of the failing test, or of no test, that passing runs and tests do not have. */
static int is_telling(struct work *work, const struct error_pattern *error, struct err *err)
{
	int passes;

	if (error->test != NULL && error->test != work->failure->test)
		return 0;
	passes = store_error_passes(work->store, work->run, work->failure->test, error->text, err);
	return passes < 0 ? -1 : !passes;
}

static bool is_among(const struct error_pattern *errors, size_t count, const char *text)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(errors[i].text, text) == 0)
			return true;
	return false;
}

static int take_errors(struct work *work, const struct error_pattern *from, size_t count,
	struct error_pattern **errors, size_t *kept, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		int telling = is_telling(work, &from[i], err);

		if (telling < 0)
			return -1;
		if (telling == 0 || is_among(*errors, *kept, from[i].text))
			continue;
		*errors = mem_grow(work->request, *errors, *kept, sizeof(**errors));
		(*errors)[(*kept)++] = from[i];
	}
	return 0;
}

static int rank(struct work *work, struct err *err)
{
	struct error_pattern *found, *own, *errors = NULL;
	size_t count, own_count = suggest_own(work->request, work->failure, &own), kept = 0;

	if (store_run_errors(work->request, work->store, work->run, &found, &count, err) < 0 ||
		take_errors(work, found, count, &errors, &kept, err) < 0 ||
		take_errors(work, own, own_count, &errors, &kept, err) < 0)
		return -1;
	work->suggestion_count =
		suggest_rank(work->request, work->failure, errors, kept, &work->suggestions);
	if (work->suggestion_count > 0)
		return 0;
	return err_set(err, ERR_EMPTY,
		"nothing to suggest: the failure has no error that passing runs do not have, too, "
		"and "
		"that says enough");
}

struct looking {
	struct contrast *contrast;
	bool same_run;
};

static int look(void *context, const struct entry *entry, struct err *err)
{
	const struct looking *looking = context;

	(void)err;
	contrast_see(looking->contrast, entry, looking->same_run);
	return 0;
}

/* Lines that must not match: of the nearest passing run; where there is none, of this one. */
static int find_contrast(struct work *work, const struct suggestion *suggestion,
	const char *const **out, struct err *err)
{
	struct looking looking = { contrast_new(work->request, suggestion), true };
	struct run *run = work->run;
	int found = store_run_passing(
		work->request, work->store, work->run, work->failure->test, &run, err);

	if (found < 0 || (found > 0 && store_run_load(work->store, run, err) < 0))
		return -1;
	looking.same_run = found == 0;
	*out = contrast_lines(looking.contrast);
	return store_run_entries(work->store, run, look, &looking, err);
}

/* What came of trying drafts: the best of them, and what is wrong with it. */
struct attempt {
	enum draft_worth worth;
	const char *text, *fault;
};

static int try_draft(struct work *work, const struct drafting *drafting, bool plain,
	struct attempt *best, struct err *err)
{
	const char **paths = setup_rule_paths(work->request, work->request->common.settings);
	struct attempt this = { .text = rules_draft_text(
					work->request, drafting, work->rules, plain) };

	if (rules_draft_try(work->request, this.text, paths, &this.worth, &this.fault, err) < 0)
		return -1;
	if (best->text == NULL || this.worth > best->worth)
		*best = this;
	return 0;
}

/* With each negative example, and if that does not help without words of the log in its texts. */
static int try_suggestion(struct work *work, size_t index, struct attempt *best, struct err *err)
{
	static const char *const none[] = { "TODO: a line that must not match", NULL };
	struct drafting drafting = { work->run, work->failure, &work->suggestions[index],
		work->suggestion_count - index, NULL };
	const char *const *lines;

	if (find_contrast(work, &work->suggestions[index], &lines, err) < 0)
		return -1;
	if (lines[0] == NULL)
		lines = none;
	for (; *lines != NULL; lines++)
		for (int plain = 0; plain < 2; plain++) {
			drafting.clean = *lines;
			if (try_draft(work, &drafting, plain == 1, best, err) < 0)
				return -1;
			if (best->worth == DRAFT_SOUND)
				return 0;
		}
	return 0;
}

static int draft(struct work *work, struct attempt *best, struct err *err)
{
	for (size_t i = 0; i < work->suggestion_count && i < TRIED_MAX; i++) {
		if (try_suggestion(work, i, best, err) < 0)
			return -1;
		if (best->worth == DRAFT_SOUND)
			return 0;
	}
	if (best->worth == DRAFT_FAULTY)
		return err_set(
			err, ERR_EMPTY, "nothing to suggest: no draft held (%s)", best->fault);
	log_warn("the draft does not hold beside the rules in force: %s", best->fault);
	return 0;
}

int rules_suggest(struct rules_request *request, struct err *err)
{
	struct work work = { .request = request };
	const char *output = request->output != NULL ? request->output : "-";
	struct attempt best = { .text = NULL };

	if (setup_rules(request, request->common.settings, &work.rules, err) < 0 ||
		find_run(&work, err) < 0 || find_failure(&work, err) < 0 || rank(&work, err) < 0 ||
		draft(&work, &best, err) < 0)
		return -1;
	return output_write(output, best.text, strlen(best.text), err) < 0 ? -1 : STATUS_ANALYSED;
}
