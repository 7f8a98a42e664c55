/* The history and the rules, as pages. */
#include "cmd/site.h"

int site_open(struct request *request, struct web_options *options, struct web_site **out,
	struct err *err)
{
	struct rules *rules;

	if (request_store(request, false, &options->store, err) < 0 ||
		setup_rules(request, request->settings, &rules, err) < 0)
		return -1;
	options->rules = rules;
	options->capabilities =
		settings_capabilities(request->settings, &options->capability_count);
	options->folders = setup_template_folders(request);
	return web_site_new(request, options, out, err);
}
