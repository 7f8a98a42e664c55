/* Documents in the language of CRE: recognised, not read yet. */
#include "rule/loader.h"

bool rule_cre_is(const struct tree *document)
{
	return rule_tree_get(document, "rules") != NULL &&
	       rule_tree_get(document, "causes") == NULL;
}

void rule_cre_read(struct loader *loader, const struct tree *document)
{
	rule_warning(loader->problems, document->place, "CRE rules are not read yet");
}
