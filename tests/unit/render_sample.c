/* Diagnoses built by hand: small, complete, and the same every time. */
#include "unit/render_sample.h"

#include <string.h>

#define BEGIN INT64_C(1757986985967000000) /* 2025-09-16T01:43:05.967Z */
#define HASH "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855"

static struct diagnosis *diagnosis_new(TALLOC_CTX *mem)
{
	struct diagnosis *diagnosis = mem_new(mem, struct diagnosis);

	diagnosis->run = mem_new(diagnosis, struct run);
	diagnosis->run->id = 1;
	diagnosis->run->complete = true;
	diagnosis->run->first = diagnosis->run->last = TIME_NONE;
	strcpy(diagnosis->run->sha256, HASH);
	diagnosis->rules_sha256 = HASH;
	return diagnosis;
}

static struct source_info *add_source(
	struct diagnosis *diagnosis, const char *name, const char *format, uint64_t entries)
{
	struct run *run = diagnosis->run;
	struct source_info *source = mem_new(diagnosis, struct source_info);

	run->sources =
		mem_grow(diagnosis, run->sources, run->source_count, sizeof(struct source_info *));
	run->sources[run->source_count++] = source;
	source->name = name;
	source->path = "/never/in/a/report";
	source->format = format;
	source->entries = entries;
	source->bytes = 130 * entries;
	source->first = source->last = TIME_NONE;
	strcpy(source->sha256, HASH);
	run->entries += entries;
	run->bytes += source->bytes;
	return source;
}

static struct test *add_test(struct diagnosis *diagnosis, const char *name, enum outcome outcome)
{
	struct run *run = diagnosis->run;
	struct test *test = mem_new(diagnosis, struct test);
	uint64_t *const counts[OUTCOME_COUNT] = { NULL, &run->counts.passed, &run->counts.skipped,
		&run->counts.failed, &run->counts.errors };

	run->tests = mem_grow(diagnosis, run->tests, run->test_count, sizeof(struct test *));
	run->tests[run->test_count++] = test;
	test->name = name;
	test->outcome = outcome;
	test->start = TIME_NONE;
	test->duration = -1;
	++*counts[outcome];
	if (outcome >= OUTCOME_FAILED)
		diagnosis->failed = true;
	return test;
}

static struct evidence *add_evidence(struct diagnosis *diagnosis, struct source_info *source,
	int64_t time, uint64_t line, const char *text)
{
	struct evidence *evidence = mem_new(diagnosis, struct evidence);
	struct entry *entry = mem_new(diagnosis, struct entry);

	diagnosis->evidence = mem_grow(diagnosis, diagnosis->evidence, diagnosis->evidence_count,
		sizeof(struct evidence *));
	diagnosis->evidence[diagnosis->evidence_count++] = evidence;
	entry->time = time;
	entry->text = text;
	entry->text_len = strlen(text);
	entry->severity = SEVERITY_ERROR;
	entry->source = source;
	entry->line = line;
	evidence->number = (unsigned)diagnosis->evidence_count;
	evidence->entry = entry;
	evidence->role = "the line that fired";
	digest_of(text, strlen(text), evidence->sha256);
	return evidence;
}

static struct cause *cause_new(
	TALLOC_CTX *mem, const char *id, const char *title, enum cause_kind kind)
{
	struct cause *cause = mem_new(mem, struct cause);

	cause->id = id;
	cause->title = title;
	cause->kind = kind;
	cause->layer = "deploy";
	cause->severity = RATING_CRITICAL;
	return cause;
}

static struct incident *add_incident(struct diagnosis *diagnosis, enum verdict verdict)
{
	struct incident *incident = mem_new(diagnosis, struct incident);

	diagnosis->incidents = mem_grow(diagnosis, diagnosis->incidents, diagnosis->incident_count,
		sizeof(struct incident *));
	diagnosis->incidents[diagnosis->incident_count++] = incident;
	snprintf(incident->fingerprint, sizeof(incident->fingerprint), "f1:%s", HASH);
	incident->verdict = verdict;
	diagnosis->failed = true;
	return incident;
}

static struct why *add_why(
	struct incident *incident, struct cause *cause, enum basis basis, const char *statement)
{
	struct why *why = mem_new(incident, struct why);

	incident->whys =
		mem_grow(incident, incident->whys, incident->why_count, sizeof(struct why *));
	why->n = (unsigned)incident->why_count;
	incident->whys[incident->why_count++] = why;
	why->cause = cause;
	why->basis = basis;
	why->statement = statement;
	why->first = why->last = why->moment = TIME_NONE;
	return why;
}

static void prove(struct why *why, struct evidence *evidence, uint64_t count)
{
	why->evidence =
		mem_grow(why, why->evidence, why->evidence_count, sizeof(struct evidence *));
	why->evidence[why->evidence_count++] = evidence;
	if (why->first == TIME_NONE)
		why->first = why->moment = evidence->entry->time;
	why->last = evidence->entry->time;
	why->count = count;
}

static void link_why(struct why *why, double weight, int64_t gap, const char *agreed)
{
	why->link = (struct link){ .weight = weight,
		.score = weight * 0.75,
		.key_factor = 1,
		.time_factor = 0.75,
		.specificity_factor = 1,
		.keys_agreed = agreed,
		.keys_missing = "",
		.gap = gap,
		.order_supported = true };
}

static void add_action(
	struct incident *incident, const char *kind, const char *text, const char *done_when)
{
	incident->actions = mem_grow(
		incident, incident->actions, incident->action_count, sizeof(struct action));
	incident->actions[incident->action_count++] = (struct action){ .kind = kind,
		.text = text,
		.done_when = done_when,
		.state = "open",
		.wanted = done_when != NULL ? 3 : 0 };
}

static void add_alternative(
	struct incident *incident, struct cause *cause, const char *verdict, const char *because)
{
	incident->alternatives = mem_grow(incident, incident->alternatives,
		incident->alternative_count, sizeof(struct alternative));
	incident->alternatives[incident->alternative_count++] =
		(struct alternative){ cause, verdict, because };
}

static const char **texts(TALLOC_CTX *mem, const char *text, size_t *count)
{
	const char **list = mem_array(mem, const char *, 1);

	list[0] = text;
	*count = 1;
	return list;
}

static void add_test_of(struct incident *incident, struct test *test)
{
	incident->tests =
		mem_grow(incident, incident->tests, incident->test_count, sizeof(struct test *));
	incident->tests[incident->test_count++] = test;
}

static void add_chain(struct diagnosis *diagnosis, struct incident *incident,
	struct source_info *transcript, struct source_info *cloud)
{
	struct evidence *evidence;
	struct why *why;

	why = add_why(incident,
		cause_new(incident, "http.unavailable", "Requests are refused", KIND_SYMPTOM),
		BASIS_OBSERVED, "The service answered 503 to `GET /api/health`");
	prove(why, add_evidence(diagnosis, transcript, BEGIN, 41, "E  assert 503 == 200"), 11);
	prove(why,
		add_evidence(diagnosis, transcript, BEGIN + 2 * WHEN_SECOND, 77,
			"E  assert 503 == 200\nE   +  where 503 = <Response [503]>.status"),
		11);
	why = add_why(incident,
		cause_new(incident, "process.exited", "The container exits", KIND_CAUSE),
		BASIS_OBSERVED, "Revision api-00042 left with exit status 3 while it started");
	evidence = add_evidence(
		diagnosis, cloud, BEGIN - 12400000000, 812, "Container called exit(3).");
	((struct entry *)(uintptr_t)evidence->entry)->insert_id = "64aa01";
	((struct entry *)(uintptr_t)evidence->entry)->service = "api";
	prove(why, evidence, 4);
	link_why(why, 0.9, 12400000000, "service");
	why = add_why(incident,
		cause_new(incident, "deploy.module-missing", "A module is not in the image",
			KIND_ROOT),
		BASIS_ASSERTED, "The image was built without the package \"widgets\"");
	link_why(why, 0.8, TIME_NONE, "");
	incident->root = why->cause;
	why = add_why(incident,
		cause_new(incident, "process.no-smoke-test", "Images are not started before use",
			KIND_ROOT),
		BASIS_HYPOTHESIS, "No step of the build starts the image");
	link_why(why, 0.5, TIME_NONE, "");
	incident->evidence_ends_at = 1;
}

static void add_details(struct diagnosis *diagnosis, struct incident *incident)
{
	struct finding *finding = mem_new(incident, struct finding);
	const struct finding **contributing = mem_array(incident, const struct finding *, 1);

	add_alternative(incident,
		cause_new(incident, "database.refused", "The database refuses", KIND_CAUSE),
		"ruled out", "`connection refused` was expected within 10m: 0 of 1000 entries");
	finding->cause = cause_new(
		incident, "monitoring.no-probe", "No probe watches the service", KIND_ROOT);
	((struct cause *)(uintptr_t)finding->cause)->leaf = "monitoring-gap";
	finding->count = 1;
	finding->first = finding->last = TIME_NONE;
	contributing[0] = finding;
	incident->contributing = contributing;
	incident->contributing_count = 1;
	add_action(incident, "fix", "Add `widgets` to the image.",
		"deploy.module-missing is absent in 3 consecutive runs");
	add_action(incident, "prevent", "Start the image once before it is deployed.", NULL);
	incident->looked_for = texts(incident,
		"deploy.module-missing: \"No module named\" in the log of the service",
		&incident->looked_for_count);
	incident->questions = texts(incident,
		"Which module is missing? A line with \"No module named\" would decide",
		&incident->question_count);
	incident->verdict_reason = "the root is asserted by a rule, not observed";
	incident->join = "by the service \"api\" and the time";
	incident->confidence = 0.405;
	diagnosis->unexplained = mem_array(diagnosis, struct unexplained, 1);
	diagnosis->unexplained_count = 1;
	diagnosis->unexplained[0] = (struct unexplained){ "cache <n> is cold", 7,
		add_evidence(diagnosis, diagnosis->run->sources[1], BEGIN - 60 * WHEN_SECOND, 9,
			"cache 3 is cold") };
}

struct diagnosis *sample_full(TALLOC_CTX *mem)
{
	struct diagnosis *diagnosis = diagnosis_new(mem);
	struct source_info *transcript = add_source(diagnosis, "tests.txt", "pytest-console", 120);
	struct source_info *cloud = add_source(diagnosis, "cloud.json", "gcloud-json", 1000);
	struct incident *incident = add_incident(diagnosis, VERDICT_LIKELY);
	struct test *test =
		add_test(diagnosis, "tests/e2e/test_api.py::test_health", OUTCOME_FAILED);

	test->file_line = 58;
	test->message = "assert 503 == 200";
	test->start = BEGIN - 90 * WHEN_SECOND;
	test->duration = 90 * WHEN_SECOND;
	add_test_of(incident, test);
	add_test_of(
		incident, add_test(diagnosis, "tests/e2e/test_api.py::test_list", OUTCOME_FAILED));
	add_test(diagnosis, "tests/e2e/test_api.py::test_offline", OUTCOME_PASSED);
	add_chain(diagnosis, incident, transcript, cloud);
	add_details(diagnosis, incident);
	incident->history = (struct history){ .state = STATE_REGRESSED,
		.first_run = 1,
		.last_run = 7,
		.since_run = 6,
		.fixed_run = 3,
		.reached_run = 7,
		.occurrences = 4 };
	cloud->notes = texts(cloud, "2 records were no JSON", &cloud->note_count);
	cloud->skipped = 2;
	cloud->redactions = diagnosis->run->redactions = 3;
	run_add_redacted(diagnosis->run, "token", 2);
	run_add_redacted(diagnosis->run, "password", 1);
	diagnosis->run->label = "nightly";
	diagnosis->run->first = BEGIN - 100 * WHEN_SECOND;
	diagnosis->run->last = BEGIN + 3 * WHEN_SECOND + 1;
	diagnosis->offset_found = true;
	diagnosis->offset = 25200;
	diagnosis->offset_note = "11 requests of the transcript are in the log 7h later";
	return diagnosis;
}

struct diagnosis *sample_several(TALLOC_CTX *mem)
{
	static const char *const names[] = { "t.py::one", "t.py::two", "t.py::three", "t.py::four",
		"t.py::five", "t.py::six", "t.py::seven", "t.py::eight", "t.py::nine" };
	struct diagnosis *diagnosis = diagnosis_new(mem);
	struct source_info *source = add_source(diagnosis, "run.log", "plain-log", 64);
	struct incident *incident;

	for (size_t i = 0; i < 7; i++) {
		incident = add_incident(diagnosis, VERDICT_POSSIBLE);
		add_test_of(incident, add_test(diagnosis, names[i], OUTCOME_ERROR));
		prove(add_why(incident,
			      cause_new(incident, mem_printf(incident, "socket.refused-%zu", i),
				      "The socket was refused", KIND_SYMPTOM),
			      BASIS_OBSERVED, "The socket was refused with 403"),
			add_evidence(diagnosis, source, TIME_NONE, i + 1, "403"), 1);
		incident->verdict_reason = "nothing below the symptom was observed";
	}
	diagnosis->undiagnosed = mem_array(diagnosis, struct undiagnosed *, 2);
	for (size_t i = 0; i < 2; i++) {
		diagnosis->undiagnosed[i] = mem_new(diagnosis, struct undiagnosed);
		diagnosis->undiagnosed[i]->test = add_test(diagnosis, names[7 + i], OUTCOME_FAILED);
		diagnosis->undiagnosed[i]->first_error = "KeyError: 'id'";
		diagnosis->undiagnosed[i]->newest_error = "KeyError: 'id'";
		diagnosis->undiagnosed[i]->pattern = "KeyError: 'id'";
	}
	diagnosis->undiagnosed_count = 2;
	diagnosis->run->complete = false;
	diagnosis->run->gaps =
		texts(diagnosis, "run.log: ended inside a line", &diagnosis->run->gap_count);
	return diagnosis;
}

struct diagnosis *sample_unknown(TALLOC_CTX *mem)
{
	struct diagnosis *diagnosis = diagnosis_new(mem);
	struct source_info *source = add_source(diagnosis, "run.log", "pytest-console", 64);
	struct undiagnosed *item = mem_new(diagnosis, struct undiagnosed);

	diagnosis->run->kept = true;
	item->test = add_test(diagnosis, "t.py::test_order", OUTCOME_FAILED);
	add_test(diagnosis, "t.py::test_other", OUTCOME_SKIPPED);
	item->first_error = "ValueError: order 1007 has no lines";
	item->newest_error = "assert None is not None";
	item->pattern = "ValueError: order <n> has no lines";
	item->nearest = cause_new(item, "data.empty", "Data are missing", KIND_CAUSE);
	item->missed_because = "\"no rows\" was not seen";
	item->evidence = mem_array(item, struct evidence *, 1);
	item->evidence[item->evidence_count++] = add_evidence(
		diagnosis, source, TIME_NONE, 17, "E  ValueError: order 1007 has no lines");
	diagnosis->undiagnosed = mem_array(diagnosis, struct undiagnosed *, 1);
	diagnosis->undiagnosed[diagnosis->undiagnosed_count++] = item;
	return diagnosis;
}

struct diagnosis *sample_green(TALLOC_CTX *mem)
{
	struct diagnosis *diagnosis = diagnosis_new(mem);

	add_source(diagnosis, "run.log", "pytest-console", 64);
	add_test(diagnosis, "t.py::test_one", OUTCOME_PASSED);
	add_test(diagnosis, "t.py::test_two", OUTCOME_PASSED);
	return diagnosis;
}

static void add_hostile_unknown(
	struct diagnosis *diagnosis, struct source_info *source, const char *text)
{
	struct undiagnosed *item = mem_new(diagnosis, struct undiagnosed);

	item->test = diagnosis->run->tests[0];
	item->first_error = item->newest_error = item->pattern = item->missed_because = text;
	item->nearest = cause_new(item, "data.empty", text, KIND_CAUSE);
	item->evidence = mem_array(item, struct evidence *, 1);
	item->evidence[item->evidence_count++] =
		add_evidence(diagnosis, source, TIME_NONE, 17, text);
	diagnosis->undiagnosed = mem_array(diagnosis, struct undiagnosed *, 1);
	diagnosis->undiagnosed[diagnosis->undiagnosed_count++] = item;
}

struct diagnosis *sample_hostile(TALLOC_CTX *mem, const char *text)
{
	struct diagnosis *diagnosis = diagnosis_new(mem);
	struct source_info *source = add_source(diagnosis, text, text, 64);
	struct incident *incident = add_incident(diagnosis, VERDICT_CONFIRMED);
	struct cause *cause = cause_new(incident, "some.cause", text, KIND_ROOT);
	struct evidence *evidence = add_evidence(diagnosis, source, BEGIN, 17, text);
	struct entry *entry = (struct entry *)(uintptr_t)evidence->entry;
	struct why *why;

	entry->insert_id = entry->service = evidence->role = text;
	cause->layer = text;
	incident->root = cause;
	incident->verdict_reason = incident->join = text;
	add_test_of(incident, add_test(diagnosis, text, OUTCOME_FAILED));
	why = add_why(incident, cause, BASIS_OBSERVED, text);
	prove(why, evidence, 2);
	why = add_why(incident, cause, BASIS_OBSERVED, text);
	prove(why, evidence, 2);
	link_why(why, 1, 0, text);
	add_alternative(incident, cause, text, text);
	add_action(incident, "fix", text, text);
	incident->looked_for = texts(incident, text, &incident->looked_for_count);
	incident->questions = texts(incident, text, &incident->question_count);
	add_hostile_unknown(diagnosis, source, text);
	diagnosis->unexplained = mem_array(diagnosis, struct unexplained, 1);
	diagnosis->unexplained[diagnosis->unexplained_count++] =
		(struct unexplained){ text, 7, evidence };
	diagnosis->run->label = diagnosis->run->commit = diagnosis->run->branch = text;
	diagnosis->run->count_notes = diagnosis->run->gaps = diagnosis->run->limits =
		texts(diagnosis, text, &diagnosis->run->gap_count);
	diagnosis->run->count_note_count = diagnosis->run->limit_count = 1;
	source->notes = texts(source, text, &source->note_count);
	diagnosis->offset_found = true;
	diagnosis->offset_note = text;
	return diagnosis;
}
