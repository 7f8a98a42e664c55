/* Rule files: loading, the lint, and the literals of every regex. */
#include "rule/rule.h"

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length);

static void use(TALLOC_CTX *mem, const struct rules *rules, struct rule_problems *problems)
{
	rules_lint(mem, rules, problems);
	for (size_t i = 0; i < rules_term_count(rules); i++) {
		const struct term *term = rules_term(rules, i);
		const char **literals;
		bool folded;

		rule_literals(mem, term->text, term->nocase, &literals, &folded);
	}
}

int LLVMFuzzerTestOneInput(const uint8_t *bytes, size_t length)
{
	TALLOC_CTX *mem = talloc_new(NULL);
	struct rule_problems problems;
	struct rules *rules;
	struct err err = { 0 };

	if (rules_load_text(
		    mem, "fuzz.yaml", (const char *)bytes, length, &rules, &problems, &err) == 0)
		use(mem, rules, &problems);
	talloc_free(mem);
	return 0;
}
