/* fivewhys rules explain: why a rule fired on some inputs, or did not, by the path of triage. */
#include "cmd/analysis.h"
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/rules.h"

static int prepare(struct rules_request *request, struct analysis_options *options, struct err *err)
{
	const char *tz = settings_get(request->settings, "tz");

	options->inputs = (const char *const *)request->arguments + 1;
	if (tz != NULL && when_parse_offset(tz, &options->source.offset) < 0)
		return err_set(
			err, ERR_USAGE, "--tz is an offset such as -07:00 or UTC, not \"%s\"", tz);
	options->source.offset_given = tz != NULL;
	return 0;
}

static int print(struct rules_request *request, const struct analysis *analysis, struct err *err)
{
	const struct explanation *explanation = analysis->explanation;
	char *text = request->json ? render_explanation_json(request, explanation, analysis->run)
				   : render_explanation(request, explanation, analysis->run, 0);

	if (output_write("-", text, talloc_get_size(text) - 1, err) < 0)
		return -1;
	return analysis->refused > 0 ? STATUS_SOURCE : STATUS_ANALYSED;
}

int rules_explain(struct rules_request *request, struct err *err)
{
	struct analysis_options options = { .inputs = NULL };
	struct analysis *analysis;
	struct rules *rules;

	if (request->arguments[0] == NULL || request->arguments[1] == NULL)
		return err_set(err, ERR_USAGE, "rules explain wants an id, and files");
	if (prepare(request, &options, err) < 0 ||
		setup_rules(request, request->settings, &rules, err) < 0)
		return -1;
	options.explain = rules_wanted(request, rules, request->arguments[0], err);
	if (options.explain == NULL || analysis_run(request, rules, &options, &analysis, err) < 0)
		return -1;
	return print(request, analysis, err);
}
