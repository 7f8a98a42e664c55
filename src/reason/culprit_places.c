/* Errors with the place, or the thing, that is wrong. */
#include "reason/culprit_signs.h"

/* Compilers, linkers and bundlers: what is written wrongly. */
const struct culprit_sign culprit_of_compilers[] = {
	{ "rror", CULPRIT_FILE ":? *(?:- |: )?(?:[Ff]atal |internal compiler |syntax "
			       "|semantic )?[eE]rror(?:\\[\\w+\\])?(?: [A-Z]+\\d+)?:? " },
	{ "rror", CULPRIT_FILE "(?:: |: fatal |: compile )[eE]rror" },
	{ "error", "\\berror (?:[A-Z]{2,}\\d{2,}|\\w+\\d{3,})\\s*: " },
	{ "error[", "^\\W*error\\[[A-Z]\\d+\\]: " },
	{ "rror", "^\\s+\\d+:\\d+\\s+[eE]rror\\s+\\S" },
	{ "rror: ", "^(?:Type|Syntax) error: " },
	{ ".java:[", CULPRIT_FILE " " },
	{ "rror", "^\\[error\\] " CULPRIT_FILE ":" },
	{ "] ", "^\\[[\\w:.\\-]{1,40}\\] (?:\\[ERROR\\] )?" CULPRIT_FILE ":" },
	{ ".hs:", "^\\s*\\S+\\.l?hs:\\d+:\\d+:(?! [Ww]arning)" },
	{ "e: ", "^e: .*\\.kts?(?::\\d+|: \\(\\d+)" },
	{ ".go:", "^(?:\\s|vet: |# )*[\\w./\\\\@\\-]+\\.go:\\d+(?::\\d+)?: " },
	{ ": ", "^" CULPRIT_FILE
		": +(?:error +)?[A-Z][A-Z0-9]{0,8}\\d{2,5}\\b(?!.*\\bwarning\\b)" },
	{ " SC", "\\^-*\\^? SC\\d{4}\\b" },
	{ "undefined reference to", "undefined reference to [`']" },
	{ "ld", "\\b(?:ld|lld|ld\\.gold|ld\\.lld)(?:\\.\\w+)?: (?:error: )?(?:cannot find"
		"|undefined symbol|library not found|framework not found"
		"|.*: (?:undefined reference|multiple definition|file format not recognized"
		"|relocation ))|multiple definition of" },
	{ "Module not found", "Module not found: " },
	{ "Cannot find module", "Cannot find module '" },
	{ "ailed to resolve import", "[Ff]ailed to resolve import " },
	{ "No rule to make target", "\\*\\*\\* No rule to make target " },
	{ "missing separator", "\\*\\*\\* missing separator" },
	{ "class file major version", "Unsupported class file major version" },
	{ NULL, NULL },
};

/* Package managers: what is not to be had, or does not fit. */
const struct culprit_sign culprit_of_packages[] = {
	{ "ERESOLVE", "\\bERESOLVE (?:could not|unable to) resolve" },
	{ "npm", "^npm (?:ERR!|error) (?:[45]\\d\\d +\\S|notarget No matching"
		 "|[Mm]issing script: |`?npm ci`? can only|.*\\b(?:ENO[A-Z]+|EACCES|EPERM"
		 "|ECONN[A-Z]+|ETIMEDOUT|EINTEGRITY|E[A-Z]*NOTFOUND|EBUSY|EPIPE)\\b"
		 "|The `npm ci` command|\\w* *EBADENGINE Unsupported|Invalid package|cipm )" },
	{ "ERR_PNPM_", "\\bERR_PNPM_\\w+" },
	{ "YN00", "YN00(?:01|02\\d|09|16|18|35|41|7[0-9]|8[0-9]):" },
	{ "ould not find a version", "Could not find a version that satisfies" },
	{ "ERROR: Cannot install", "^ERROR: Cannot install " },
	{ "version solving failed", "version solving failed" },
	{ "No solution found", "No solution found when resolving" },
	{ " requires ", "^\\s+- .* requires .* -> (?:your|found|it |could|no )" },
	{ "E: ", "^E: (?:Unable to locate package|Package .* has no installation candidate"
		 "|Version .* was not found|The repository |Failed to fetch|Unable to fetch"
		 "|Could not get lock|Unmet dependencies)" },
	{ "> ", "^\\s+> (?!Task )(?:[A-Z]\\w+ |javax?\\.|\\w+(?:\\.\\w+)+Exception|PKIX|SDK)" },
	{ "Failed to execute goal",
		"Failed to execute goal .*(?:[Cc]ould not|[Cc]annot|[Uu]nable|[Nn]o |not "
		"|[Ff]ailed to|violations?|Unsupported|invalid|Rule \\d)" },
	{ "nothing provides ", "\\bnothing provides \\S" },
	{ " is needed by ", "\\S is needed by \\S" },
	{ "on-resolvable", "Non-resolvable (?:parent|import) POM" },
	{ "Could not ", "^\\[(?:ERROR|FATAL)\\] .*Could not (?:find|transfer|resolve) " },
	{ "unmet peer", "\\x{2715} (?:missing|unmet) peer" },
	{ NULL, NULL },
};

/* Machines and builders of images: what is used up, or refused. */
const struct culprit_sign culprit_of_machines[] = {
	{ "pace left on device", "[Nn]o space left on device" },
	{ "eap", "JavaScript heap out of memory|Java heap space|OutOfMemoryError"
		 "|GC overhead limit" },
	{ "emporarily unavailable", "sh: (?:\\d+: )?Resource temporarily unavailable" },
	{ "annot fork", "\\bCannot fork\\b" },
	{ "illed", "Killed signal terminated program|^Killed$|: line \\d+: +\\d+ Killed" },
	{ "failed to ", "failed to solve: .*(?:not found|failed to|no such|no match|denied"
			"|unauthorized|parse error|unknown instruction|toomanyrequests|invalid"
			"|timeout|i/o)" },
	{ "ERROR: ", "^#\\d+ ERROR: " },
	{ "rror response from daemon", "[Ee]rror response from daemon: " },
	{ "ocker daemon", "Cannot connect to the Docker daemon" },
	{ "anifest", "no match(?:ing manifest| for platform in manifest)|manifest (?:for \\S+"
		     "|unknown)[: ].*not found|manifest unknown" },
	{ "failed: ", "^(?:COPY|ADD) failed: " },
	{ "prepare context", "unable to prepare context: " },
	{ NULL, NULL },
};

/* Where an error is that stands beside it: rustc tells it behind, ESLint and its like before. */
const struct culprit_sign culprit_where[] = {
	{ "--> ", "^\\s*--> \\S+:\\d+:\\d+$" },
	{ "─ ", "^\\s*└─ \\S+:\\d+(?::\\d+)?" },
	{ ".js", "^" CULPRIT_PATH "$" },
	{ ".ts", "^" CULPRIT_PATH "$" },
	{ ".mjs", "^" CULPRIT_PATH "$" },
	{ ".cjs", "^" CULPRIT_PATH "$" },
	{ ".vue", "^" CULPRIT_PATH "$" },
	{ ".css", "^" CULPRIT_PATH "$" },
	{ ".scss", "^" CULPRIT_PATH "$" },
	{ NULL, NULL },
};
