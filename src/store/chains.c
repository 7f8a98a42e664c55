/* Keeping chains: each incident's chain of whys, with the evidence that each why must have. */
#include "store/saving.h"

/* The values that rows of a chain begin with. */
static void set_key(struct sql_value *values, const struct saving *saving, size_t chain, size_t n)
{
	values[0] = sql_integer(saving->run_id);
	values[1] = sql_count(chain);
	values[2] = sql_count(n);
}

static int add_why_evidence(
	struct saving *saving, size_t chain, const struct why *why, struct err *err)
{
	for (size_t i = 0; i < why->evidence_count; i++) {
		struct sql_value values[5];

		set_key(values, saving, chain, why->n);
		values[3] = sql_count(i + 1);
		values[4] = sql_integer(why->evidence[i]->number);
		if (sql_run(saving->store, WHY_EVIDENCE_ADD, values, err) < 0)
			return -1;
	}
	return 0;
}

static void set_link(struct sql_value *values, const struct link *link)
{
	bool linked = link->weight > 0;

	values[0] = linked ? sql_real(link->score) : sql_null();
	values[1] = linked ? sql_time(link->gap) : sql_null();
	values[2] = sql_text(link->keys_agreed);
	values[3] = sql_text(link->keys_missing);
	values[4] = sql_integer(!linked || link->order_supported);
	values[5] = linked ? sql_real(link->weight) : sql_null();
	values[6] = linked ? sql_real(link->key_factor) : sql_null();
	values[7] = linked ? sql_real(link->time_factor) : sql_null();
	values[8] = linked ? sql_real(link->specificity_factor) : sql_null();
}

/* What a search finds: the evidence, and what the chain says in its own words. */
static int add_document(
	struct saving *saving, const char *text, size_t length, const char *sha256, struct err *err)
{
	const struct sql_value values[] = { sql_integer(saving->incident_id), sql_text(sha256),
		sql_bytes(text, length) };

	struct sql_value words[] = { sql_null(), sql_bytes(text, length) };
	int added = sql_add(saving->store, DOCUMENT_ADD, values, &words[0].integer, err);

	words[0].kind = SQL_INTEGER;
	return added > 0 ? sql_run(saving->store, DOCUMENT_WORDS_ADD, words, err) : added;
}

static int add_documents(struct saving *saving, const struct why *why, struct err *err)
{
	char *words = mem_printf(NULL, "%s %s %s", why->cause->id,
		why->cause->title != NULL ? why->cause->title : "", why->statement);
	char sha256[DIGEST_TEXT];
	int result;

	digest_of(words, strlen(words), sha256);
	result = add_document(saving, words, strlen(words), sha256, err);
	talloc_free(words);
	for (size_t i = 0; i < why->evidence_count && result == 0; i++)
		result = add_document(saving, why->evidence[i]->entry->text,
			why->evidence[i]->entry->text_len, why->evidence[i]->sha256, err);
	return result;
}

static int add_why(struct saving *saving, size_t chain, const struct why *why, struct err *err)
{
	struct sql_value values[21];

	for (size_t i = 0; i < why->evidence_count; i++)
		if (findings_quote(saving, why->evidence[i], err) < 0)
			return -1;
	set_key(values, saving, chain, why->n);
	if (saving_cause(saving, why->cause, &values[3], err) < 0)
		return -1;
	values[4] = sql_text(why->statement);
	values[5] = sql_text(basis_name(why->basis));
	values[6] = why->evidence_count > 0 ? sql_integer(why->evidence[0]->number) : sql_null();
	values[7] = findings_number(saving, why->finding);
	values[8] = sql_count(why->count);
	values[9] = sql_time(why->first);
	values[10] = sql_time(why->last);
	values[11] = sql_time(why->moment);
	set_link(&values[12], &why->link);
	if (sql_run(saving->store, WHY_ADD, values, err) < 0)
		return -1;
	if (!saving->store->is_private && add_documents(saving, why, err) < 0)
		return -1;
	return add_why_evidence(saving, chain, why, err);
}

static int add_whys(
	struct saving *saving, size_t chain, const struct incident *incident, struct err *err)
{
	for (size_t i = 0; i < incident->why_count; i++)
		if (add_why(saving, chain, incident->whys[i], err) < 0)
			return err_wrap(err, "why %u (%s)", incident->whys[i]->n,
				incident->whys[i]->cause->id);
	return 0;
}

static int add_tests(
	struct saving *saving, size_t chain, const struct incident *incident, struct err *err)
{
	for (size_t i = 0; i < incident->test_count; i++) {
		struct sql_value values[4];

		set_key(values, saving, chain, i + 1);
		if (saving_test(saving, incident->tests[i]->name, &values[3], err) < 0 ||
			sql_run(saving->store, CHAIN_TEST_ADD, values, err) < 0)
			return -1;
	}
	return 0;
}

static int add_notes(struct saving *saving, size_t chain, const char *kind,
	const char *const *texts, size_t count, struct err *err)
{
	for (size_t i = 0; i < count; i++) {
		const struct sql_value values[] = { sql_integer(saving->run_id), sql_count(chain),
			sql_text(kind), sql_count(i + 1), sql_text(texts[i]) };

		if (sql_run(saving->store, CHAIN_NOTE_ADD, values, err) < 0)
			return -1;
	}
	return 0;
}

static int add_alternatives(
	struct saving *saving, size_t chain, const struct incident *incident, struct err *err)
{
	for (size_t i = 0; i < incident->alternative_count; i++) {
		const struct alternative *alternative = &incident->alternatives[i];
		struct sql_value values[6];

		set_key(values, saving, chain, i + 1);
		if (saving_cause(saving, alternative->cause, &values[3], err) < 0)
			return -1;
		values[4] = sql_text(alternative->verdict);
		values[5] = sql_text(alternative->because);
		if (sql_run(saving->store, ALTERNATIVE_ADD, values, err) < 0)
			return -1;
	}
	return 0;
}

static int add_contributing(
	struct saving *saving, size_t chain, const struct incident *incident, struct err *err)
{
	for (size_t i = 0; i < incident->contributing_count; i++) {
		struct sql_value values[4];

		set_key(values, saving, chain, i + 1);
		values[3] = findings_number(saving, incident->contributing[i]);
		if (sql_run(saving->store, CONTRIBUTING_ADD, values, err) < 0)
			return -1;
	}
	return 0;
}

static int add_actions(
	struct saving *saving, size_t chain, const struct incident *incident, struct err *err)
{
	for (size_t i = 0; i < incident->action_count; i++) {
		const struct action *action = &incident->actions[i];
		struct sql_value values[7];

		set_key(values, saving, chain, i + 1);
		values[3] = sql_text(action->kind);
		values[4] = sql_text(action->text);
		values[5] = sql_text(action->done_when);
		values[6] = sql_text(action->state);
		if (sql_run(saving->store, ACTION_ADD, values, err) < 0)
			return -1;
	}
	return 0;
}

static int add_chain(struct saving *saving, size_t n, struct incident *incident, struct err *err)
{
	const struct sql_value fingerprint = sql_text(incident->fingerprint);
	struct sql_value root;
	int64_t row = 0;

	if (saving_cause(saving, incident->root, &root, err) < 0 ||
		sql_get(saving->store, INCIDENT_ID, &fingerprint, &row, err) < 0)
		return -1;
	saving->incident_id = row;
	return sql_run(saving->store, CHAIN_ADD,
		(const struct sql_value[]){ sql_integer(saving->run_id), sql_count(n),
			sql_integer(row), sql_text(verdict_name(incident->verdict)),
			sql_text(incident->verdict_reason),
			sql_text(incident_state_name(STATE_NEW)), root,
			sql_integer(incident->evidence_ends_at), sql_text(incident->join),
			sql_real(incident->confidence) },
		err);
}

static int add_incident(struct saving *saving, size_t n, struct incident *incident, struct err *err)
{
	if (add_chain(saving, n, incident, err) < 0 || add_whys(saving, n, incident, err) < 0 ||
		add_tests(saving, n, incident, err) < 0 ||
		add_notes(saving, n, "looked for", incident->looked_for, incident->looked_for_count,
			err) < 0 ||
		add_notes(saving, n, "question", incident->questions, incident->question_count,
			err) < 0)
		return -1;
	if (add_alternatives(saving, n, incident, err) < 0 ||
		add_contributing(saving, n, incident, err) < 0)
		return -1;
	return add_actions(saving, n, incident, err);
}

int chains_save(struct saving *saving, struct diagnosis *diagnosis, struct err *err)
{
	for (size_t i = 0; i < diagnosis->incident_count; i++)
		if (add_incident(saving, i + 1, diagnosis->incidents[i], err) < 0)
			return err_wrap(err, "incident %s", diagnosis->incidents[i]->fingerprint);
	return 0;
}
