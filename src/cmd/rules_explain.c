/* fivewhys rules explain: why a rule fired on some inputs, or did not, by the path of triage. */
#include "cmd/analysis.h"
#include "cmd/cmd.h"
#include "cmd/output.h"
#include "cmd/rules.h"

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
	struct analysis_options options = { 0 };
	struct analysis *analysis;
	struct rules *rules;

	if (request->common.arguments[0] == NULL || request->common.arguments[1] == NULL)
		return err_set(err, ERR_USAGE, "rules explain wants an id, and files");
	if (setup_offset(request->common.settings, &options.source, err) < 0 ||
		setup_rules(request, request->common.settings, &rules, err) < 0)
		return -1;
	options.inputs = (const char *const *)request->common.arguments + 1;
	options.explain = rules_wanted(request, rules, request->common.arguments[0], err);
	if (options.explain == NULL || analysis_run(request, rules, &options, &analysis, err) < 0)
		return -1;
	return print(request, analysis, err);
}
