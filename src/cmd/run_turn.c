/* One turn of "run"; see run_turn.h. */
#include "cmd/run_turn.h"

#include <limits.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "cmd/clock.h"

#define TRANSCRIPT "transcript.txt" /* its name in reports */

/* What must not stay when a signal ends us: set before handlers are. Nothing is allocated there. */
static char private_folder[PATH_MAX], private_file[PATH_MAX];

static const int endings[] = { SIGINT, SIGTERM, SIGHUP };

static void on_ending(int number)
{
	unlink(private_file);
	rmdir(private_folder);
	signal(number, SIG_DFL);
	raise(number);
}

/* One that was ignored (nohup, a job in the background) stays so. */
static void clean_up_at_endings(void)
{
	for (size_t i = 0; i < sizeof(endings) / sizeof(endings[0]); i++)
		if (signal(endings[i], on_ending) == SIG_IGN)
			signal(endings[i], SIG_IGN);
}

static int remove_folder(char *folder)
{
	(void)folder;
	unlink(private_file);
	rmdir(private_folder);
	return 0;
}

static int make_folder(struct run_plan *plan, struct err *err)
{
	const char *place = getenv("TMPDIR");
	char *folder;

	if (place == NULL || place[0] != '/')
		place = "/tmp";
	folder = path_join(plan->triage, place, "fivewhys-XXXXXX");
	if (strlen(folder) + sizeof("/" TRANSCRIPT) > PATH_MAX)
		return err_set(err, ERR_IO, "%s: this path is too long", folder);
	if (mkdtemp(folder) == NULL)
		return err_io(err, "%s", folder);
	snprintf(private_folder, sizeof(private_folder), "%s", folder);
	snprintf(private_file, sizeof(private_file), "%s/" TRANSCRIPT, folder);
	talloc_set_destructor(folder, remove_folder);
	clean_up_at_endings();
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
		turn->withheld = err.code == ERR_CANARY;
		if (err.code != ERR_EMPTY || turn->failed)
			log_warn("%s", err.text);
		return;
	}
	if (triage_settle(triage, turn->analysis, &err) < 0) {
		log_warn("%s", err.text);
		talloc_free(turn->analysis);
		turn->analysis = NULL;
		turn->withheld = true;
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
	plan->triage->live.began = clock_now();
	result = child_run(plan->command, transcript, &out->end, err);
	plan->triage->live.ended = clock_now();
	if (fclose(transcript) != 0)
		log_warn("%s: %s", path, "the transcript is not whole");
	if (result < 0)
		return -1;
	out->failed = out->end.status != 0;
	analyse(plan, path, iteration, out);
	return 0;
}
