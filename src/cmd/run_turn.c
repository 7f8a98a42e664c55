/* One turn of "run"; see run_turn.h. */
#include "cmd/run_turn.h"

#include <stdlib.h>
#include <unistd.h>

#define TRANSCRIPT "transcript.txt" /* its name in reports */

static int remove_folder(char *folder)
{
	char *path = path_join(NULL, folder, TRANSCRIPT);

	unlink(path);
	rmdir(folder);
	talloc_free(path);
	return 0;
}

static int make_folder(struct run_plan *plan, struct err *err)
{
	const char *place = getenv("TMPDIR");
	char *folder;

	if (place == NULL || place[0] != '/')
		place = "/tmp";
	folder = path_join(plan->triage, place, "fivewhys-XXXXXX");
	if (mkdtemp(folder) == NULL)
		return err_io(err, "%s", folder);
	talloc_set_destructor(folder, remove_folder);
	plan->folder = folder;
	return 0;
}

static int open_transcript(struct run_plan *plan, const char **path, FILE **out, struct err *err)
{
	if (plan->keep == NULL && plan->folder == NULL && make_folder(plan, err) < 0)
		return -1;
	*path = plan->keep != NULL ? plan->keep : path_join(plan->triage, plan->folder, TRANSCRIPT);
	*out = fopen(*path, "we");
	return *out != NULL ? 0 : err_io(err, "%s", *path);
}

/* The transcript first, so that its tests are those of the run. */
static const char *const *inputs_of(const struct run_plan *plan, const char *transcript)
{
	const char **inputs = mem_array(plan->triage, const char *, plan->log_count + 2);

	inputs[0] = transcript;
	for (size_t i = 0; i < plan->log_count; i++)
		inputs[i + 1] = plan->logs[i];
	return inputs;
}

static void analyse(
	struct run_plan *plan, const char *transcript, unsigned iteration, struct run_turn *turn)
{
	struct triage *triage = plan->triage;
	struct err err = { 0 };

	triage->analysis.inputs = inputs_of(plan, transcript);
	triage->analysis.iteration = iteration;
	if (analysis_run(triage, plan->rules, &triage->analysis, &turn->analysis, &err) < 0) {
		turn->analysis = NULL;
		if (err.code != ERR_EMPTY || turn->failed)
			log_warn("%s", err.text);
		return;
	}
	turn->failed = turn->failed || loop_failing(turn->analysis->run) > 0;
	if (triage_write(triage, turn->analysis->diagnosis, &err) < 0)
		log_warn("%s", err.text);
}

int run_turn(struct run_plan *plan, unsigned iteration, struct run_turn *out, struct err *err)
{
	const char *path;
	FILE *transcript;
	int result;

	*out = (struct run_turn){ .end = { .status = 126 } };
	if (open_transcript(plan, &path, &transcript, err) < 0)
		return -1;
	result = child_run(plan->command, transcript, &out->end, err);
	if (fclose(transcript) != 0)
		log_warn("%s: %s", path, "the transcript is not whole");
	if (result < 0)
		return -1;
	out->failed = out->end.status != 0;
	analyse(plan, path, iteration, out);
	return 0;
}
