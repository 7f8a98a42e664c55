/*
 * The forms in which compilers, builders and package managers tell errors. What only looks like an
 * error, and what only passes one on, is asked for first.
 */
#include "reason/culprit_signs.h"

/* "[ERROR] ", "npm ERR! ", "3.456 ": tools put their own before what others told them. */
#define QUOTED                                                                                     \
	"^(?:\\s|\\[ERROR\\]|\\[error\\]|npm (?:ERR!|error)|gyp ERR!|stderr:"                      \
	"|remote:|\\d+\\.\\d+ |[|>])*"
/* A file with a place in it: "src/a.c:12:3", "/src/A.java:[3,5]", "a.ts(3,5)". */
#define PLACE                                                                                      \
	"[\\w./\\\\@~+\\-]+\\.\\w{1,12}(?::\\d+(?:[:.]\\d+)?|:\\[\\d+,\\d+\\]"                     \
	"|\\(\\d+(?:,\\d+)?\\))"

/* The same with a column. */
#define PLACED "[\\w./\\\\@~+\\-]+\\.\\w{1,12}:\\d+:\\d+"

/* Lines that are headings: what follows is told by them. */
static const struct culprit_sign headings[] = {
	{ "failed with message", "failed with message:$", CULPRIT_SAID, CULPRIT_PLACE },
	{ "npm", "^npm (?:ERR!|error) code E(?!LIFECYCLE)", CULPRIT_SAID, CULPRIT_TOOL },
	{ "What went wrong", "^\\* What went wrong:", CULPRIT_SAID, CULPRIT_TOOL },
	{ "aused by:", "^\\s*Caused by:$", CULPRIT_SAID, CULPRIT_TOOL },
	{ "onflict is caused by", "^The conflict is caused by:", CULPRIT_SAID, CULPRIT_TOOL },
	{ "rror during build", "^error during build:", CULPRIT_SAID, CULPRIT_TOOL },
	{ "rake aborted", "^rake aborted!", CULPRIT_SAID, CULPRIT_TOOL },
	{ "uite failed to run", "Test suite failed to run", CULPRIT_TOOL, CULPRIT_TOOL },
	{ "Compilation error in", "^== Compilation error in", CULPRIT_TOOL, CULPRIT_TOOL },
	{ "CMake Error", "^[\\s>]*CMake Error", CULPRIT_PLACE, CULPRIT_PLACE },
	{ "Undefined symbols", "Undefined symbols for architecture", CULPRIT_PLACE, CULPRIT_PLACE },
	{ "ERROR in ", "^ERROR in \\S*$", CULPRIT_SAID, CULPRIT_TOOL },
	{ NULL, "^\\s*" PLACED "$", CULPRIT_SAID, CULPRIT_TOOL },
	{ "rror:", "^(?!npm ).*\\b[eE]rror:$", CULPRIT_SAID, CULPRIT_SAID },
	{ "Sphinx error", "^Sphinx error:$", CULPRIT_PASSED_ON, CULPRIT_TOOL },
	{ "requires the following", "requires the following .*:$", CULPRIT_SAID, CULPRIT_SAID },
	{ "ailed to compile", "^Failed to compile\\.?$", CULPRIT_PASSED_ON, CULPRIT_SAID },
};

/* No errors, whatever words they hold; a warning that something was refused may tell why, though. */
static const struct culprit_sign none[] = {
	{ "ccess", "(?i)^\\W*warn(?:ing)?\\b.*\\baccess ?denied", CULPRIT_HINT, CULPRIT_NONE },
	{ "efused", "(?i)^\\W*warn(?:ing)?\\b.*\\brefused", CULPRIT_HINT, CULPRIT_NONE },
	{ "ailed: ", "(?i)^\\W*warn(?:ing)?\\b.*\\bfailed: \\S", CULPRIT_HINT, CULPRIT_NONE },
	{ NULL,
		"^\\s*(?:\\d+ passed|\\x{2713}|\\x{2714}|\\x{221a}|ok \\d|PASS\\b"
		"|--- PASS|test .* \\.\\.\\. ok$)",
		CULPRIT_NONE, CULPRIT_NONE },
	{ "0 ", "(?i)\\b0 (?:error|failure|failed)", CULPRIT_NONE, CULPRIT_NONE },
	{ NULL, "^\\s*[+$] |^\\s*(?:#|//) |^\\s*(?:if|for|echo|export) ", CULPRIT_NONE,
		CULPRIT_NONE },
	{ NULL, QUOTED "$", CULPRIT_NONE, CULPRIT_NONE },
	{ NULL,
		"(?i)^\\s*(?:npm |\\x{26a0}\\S* |error )?\\[?warn(?:ing)?\\b|: warning(?:: "
		"| [A-Z]+\\d+)",
		CULPRIT_NONE, CULPRIT_NONE },
	{ "[",
		QUOTED "(?:To see the full stack trace|Re-run Maven|For more information about the"
		       " errors|\\[Help \\d|After correcting the problems|  mvn <|-> \\[Help"
		       "|Please refer to|See dump files|stack trace is suppressed)",
		CULPRIT_NONE, CULPRIT_NONE },
	{ "npm",
		"^npm (?:ERR!|error) (?:A complete log|errno |syscall |path |command "
		"|cwd |node v|npm +v|\\S+ (?:info|http|verb|silly|WARN|notice) "
		"|(?:enoent|syscall|eacces|network)? *$|enoent This is related|This is probably"
		" not|    /|Exit status|Failed at the|Fix the upstream|this command with"
		"|to accept an|For a full report|See /|Please include|If you need help"
		"|Linux |System |argv |notarget This is most|404 Note|404  ?$|    at "
		"|If you are behind a proxy|\\'proxy\\' config|Usage:|Options:|aliases: "
		"|Run \"npm help|\\[-)",
		CULPRIT_NONE, CULPRIT_NONE },
	{ "gyp",
		"gyp ERR! (?:build error|configure error|System|cwd|command|node -v"
		"|node-gyp -v|not ok|stack +at )",
		CULPRIT_NONE, CULPRIT_NONE },
	{ "Try", "^\\* Try:", CULPRIT_NONE, CULPRIT_NONE },
	{ "npm notice", "^npm notice", CULPRIT_NONE, CULPRIT_NONE },
	{ "eprecat", "(?i)^\\W*(?:\\S{1,40}: )?(?:\\[?deprecat|\\S*deprecationwarning)",
		CULPRIT_NONE, CULPRIT_NONE },
	{ "> ",
		"^> (?:Task|Run with|Check|Get more|Configure|Transform|IDLE|Evaluating"
		"|Starting|Building|Executing) (?!.*FAILED)",
		CULPRIT_NONE, CULPRIT_NONE },
	{ "note:", QUOTED "note: ", CULPRIT_NONE, CULPRIT_NONE },
	{ "    at ", "^\\s+at \\S", CULPRIT_NONE, CULPRIT_NONE },
};

/* Somebody passes on that another failed. */
static const struct culprit_sign passed_on[] = {
	{ "xit",
		"(?i)\\b(?:exit(?:ed)?(?: with)?(?: non-zero)? (?:code|status)|exit(?:ed)? with"
		"|returned a non-zero code|returned non-zero exit status)[:=]? *'?-?[1-9]",
		CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "returned",
		"\\bld returned \\d|returned a non-zero code|returned non-zero exit status"
		"|returned an error code",
		CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "make",
		"make(?:\\[\\d+\\])?(?:\\.exe)?: \\*\\*\\* .*\\] Error \\d|make(?:\\[\\d+\\])?:"
		" \\*\\*\\* Waiting|make: .* not remade because",
		CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "LIFECYCLE", "\\bELIFECYCLE\\b", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "ERR_PNPM_RECURSIVE", "ERR_PNPM_RECURSIVE", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "npm",
		"^npm (?:ERR!|error) (?:code \\d+$|\\S+@\\S+ [\\w:.\\-]+: |command failed"
		"|Lifecycle script|Error: command failed|error in workspace|workspace "
		"|location )",
		CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "BUILD FAIL", "\\bBUILD FAIL(?:URE|ED)\\b", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "ailed",
		"^FAILURE: Build failed|^\\s*Execution failed for task|> Compilation failed;"
		" see|^Build failed|^\\[ERROR\\] Failed to execute goal .*(?:Compilation "
		"failure\\W*$"
		"|Look above|There are test failures)|^ninja: build stopped|^Job failed"
		"|^Error: Build failed|^Finished: |^ERROR: Job failed: (?:exit|command)"
		"|^ERROR: Failed (?:building wheel|to build) |^\\s*error: legacy-install-failure"
		"|^Failed to build |^Build step '|^The following build commands failed",
		CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "FAILED",
		"^> Task \\S+ FAILED|^Build FAILED\\.|^FAILED: |^FAILED$|^ *FAILED \\("
		"|YN0000",
		CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "[ERROR]",
		"^\\[ERROR\\] +(?:Tests run:|Failures:|Errors:|There are test failures"
		"|-> )",
		CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "COMPILATION ERROR", QUOTED "COMPILATION ERROR", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "could not read ", QUOTED "The build could not read \\d", CULPRIT_PASSED_ON,
		CULPRIT_NONE },
	{ "ome problems were encountered", QUOTED "Some problems were encountered",
		CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "The project ", QUOTED "\\s*The project \\S+ \\(.*\\) has \\d+ error", CULPRIT_PASSED_ON,
		CULPRIT_NONE },
	{ "rror",
		"^\\s*(?:\\d+|one|two|three|four) errors?(?: found)?\\.?$|^\\[error\\] (?:\\([\\w/"
		" ]+\\) (?:Compilation failed|\\w+ failed)|Total time|\\w+ errors? found)"
		"|^\\[?INFO\\]? \\d+ errors? *$|\\b\\d+ problems? \\(\\d+ errors?"
		"|^Found \\d+ errors?|errors? generated\\.$|^\\s*\\d+ Error\\(s\\)"
		"|^script compilation errors?:$",
		CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "rror",
		"^error \\S+: Command failed\\.?$|^\\s*error: (?:could not compile"
		"|aborting due to|build "
		"failed|subprocess-exited-with-error|metadata-generation-failed"
		"|linker command failed|legacy-install)|all warnings being treated as errors"
		"|^\\s*error: command .* failed with|^make.*Error \\d+ \\(ignored\\)",
		CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "ERROR",
		"^ERROR: (?:Could not build wheels for|pip's dependency resolver"
		"|Command errored out|Failed to build installable|Encountered errors? while"
		"|Service '|failed to solve: (?:process|executor failed))|^ERROR: failed to"
		" build: failed to solve: process",
		CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "failed to solve",
		"failed to solve: (?:process|executor failed running|rpc error: .*exit code)",
		CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "onfiguring incomplete", "onfiguring incomplete, errors", CULPRIT_PASSED_ON,
		CULPRIT_NONE },
	{ "ompilation", "^compilation terminated\\.|^Compilation failed", CULPRIT_PASSED_ON,
		CULPRIT_NONE },
	{ "did not ", "did not run successfully|did not complete successfully: exit code",
		CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "non-zero exit ", "returning a non-zero exit (?:code|status)", CULPRIT_PASSED_ON,
		CULPRIT_NONE },
	{ "Build failed", "^-+> Build failed|^x Build failed in ", CULPRIT_PASSED_ON,
		CULPRIT_NONE },
	{ "Failed to build app", "! +ERROR: Failed to build app", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "non-zero exit value", "finished with non-zero exit value", CULPRIT_PASSED_ON,
		CULPRIT_NONE },
	{ "errored after", "^Build '.*' errored after [^:]*$", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "error: building ", "^error: building \\S+ failed with: ", CULPRIT_PASSED_ON,
		CULPRIT_NONE },
	{ "ould not compile dependency", "[Cc]ould not compile dependency :", CULPRIT_PASSED_ON,
		CULPRIT_NONE },
	{ "cabal: Failed to build", "cabal: Failed to build ", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "Execution halted", "^Execution halted", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "! ", "^! (?: ==> Fatal error occurred|Emergency stop)", CULPRIT_PASSED_ON,
		CULPRIT_NONE },
	{ "FAILED **", "^\\*\\* \\w+ FAILED \\*\\*", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "all hosts have already failed", "^FATAL: all hosts have", CULPRIT_PASSED_ON,
		CULPRIT_NONE },
	{ "solve with frontend", "^failed to solve with frontend", CULPRIT_PASSED_ON,
		CULPRIT_NONE },
	{ "executor failed running", "^executor failed running", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "building at STEP", "^Error: building at STEP ", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "Build error occurred", "^> Build error occurred", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "above for more", "[Ss]ee above for more", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "Push rejected", "Push rejected", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "The command", "^The command [\\\"']", CULPRIT_PASSED_ON, CULPRIT_NONE },
	{ "canceled", "^The operation was canceled", CULPRIT_PASSED_ON, CULPRIT_NONE },
};

/* The place, or the thing, that is wrong. */
static const struct culprit_sign places[] = {
	{ "rror",
		PLACE ":? *(?:- |: )?(?:fatal |internal compiler |syntax |semantic "
		      ")?[eE]rror(?:\\[\\w+\\])?"
		      "(?: [A-Z]+\\d+)?:? ",
		CULPRIT_PLACE, CULPRIT_NONE },
	{ "rror", PLACE "(?:: |: fatal |: compile )[eE]rror", CULPRIT_PLACE, CULPRIT_NONE },
	{ "error", "\\berror (?:[A-Z]{2,}\\d{2,}|\\w+\\d{3,})\\s*: ", CULPRIT_PLACE, CULPRIT_NONE },
	{ "error[", "^\\W*error\\[[A-Z]\\d+\\]: ", CULPRIT_PLACE, CULPRIT_NONE },
	{ "rror", "^\\s+\\d+:\\d+\\s+[eE]rror\\s+\\S", CULPRIT_PLACE, CULPRIT_NONE },
	{ "rror: ", "^(?:Type|Syntax) error: ", CULPRIT_PLACE, CULPRIT_NONE },
	{ ".java:[", PLACE " ", CULPRIT_PLACE, CULPRIT_NONE },
	{ "rror", "^\\[error\\] " PLACE ":", CULPRIT_PLACE, CULPRIT_NONE },
	{ "e: ", "^e: .*\\.kts?(?::\\d+|: \\(\\d+)", CULPRIT_PLACE, CULPRIT_NONE },
	{ ".go:", "^(?:\\s|vet: |# )*[\\w./\\\\@\\-]+\\.go:\\d+(?::\\d+)?: ", CULPRIT_PLACE,
		CULPRIT_NONE },
	{ ": ", "^" PLACE ": +(?:error +)?[A-Z][A-Z0-9]{0,8}\\d{2,5}\\b(?!.*\\bwarning\\b)",
		CULPRIT_PLACE, CULPRIT_NONE },
	{ "undefined reference to", "undefined reference to [`']", CULPRIT_PLACE, CULPRIT_NONE },
	{ "ld",
		"\\b(?:ld|lld|ld\\.gold|ld\\.lld)(?:\\.\\w+)?: (?:error: )?(?:cannot find"
		"|undefined symbol|library not found|framework not found|.*: (?:undefined reference"
		"|multiple definition|file format not recognized|relocation ))|multiple definition"
		" of",
		CULPRIT_PLACE, CULPRIT_NONE },
	{ "Module not found", "Module not found: ", CULPRIT_PLACE, CULPRIT_NONE },
	{ "Cannot find module", "Cannot find module '", CULPRIT_PLACE, CULPRIT_NONE },
	{ "ailed to resolve import", "[Ff]ailed to resolve import ", CULPRIT_PLACE, CULPRIT_NONE },
	{ "No rule to make target", "\\*\\*\\* No rule to make target ", CULPRIT_PLACE,
		CULPRIT_NONE },
	{ "missing separator", "\\*\\*\\* missing separator", CULPRIT_PLACE, CULPRIT_NONE },
	{ "ERESOLVE", "\\bERESOLVE (?:could not|unable to) resolve", CULPRIT_PLACE, CULPRIT_NONE },
	{ "npm",
		"^npm (?:ERR!|error) (?:[45]\\d\\d +\\S|notarget No matching|[Mm]issing script:"
		" |`?npm ci`? can only|.*\\b(?:ENO[A-Z]+|EACCES|EPERM|ECONN[A-Z]+"
		"|ETIMEDOUT|EINTEGRITY|E[A-Z]*NOTFOUND|EBUSY|EPIPE)\\b|The `npm ci` command"
		"|\\w* *EBADENGINE Unsupported|Invalid package|cipm )",
		CULPRIT_PLACE, CULPRIT_NONE },
	{ "ERR_PNPM_", "\\bERR_PNPM_\\w+", CULPRIT_PLACE, CULPRIT_NONE },
	{ "YN00", "YN00(?:01|02\\d|09|16|18|35|41|7[0-9]|8[0-9]):", CULPRIT_PLACE, CULPRIT_NONE },
	{ "ould not find a version", "Could not find a version that satisfies", CULPRIT_PLACE,
		CULPRIT_NONE },
	{ "ERROR: Cannot install", "^ERROR: Cannot install ", CULPRIT_PLACE, CULPRIT_NONE },
	{ "version solving failed", "version solving failed", CULPRIT_PLACE, CULPRIT_NONE },
	{ "No solution found", "No solution found when resolving", CULPRIT_PLACE, CULPRIT_NONE },
	{ " requires ", "^\\s+- .* requires .* -> (?:your|found|it |could|no )", CULPRIT_PLACE,
		CULPRIT_NONE },
	{ "E: ",
		"^E: (?:Unable to locate package|Package .* has no installation candidate"
		"|Version .* was not found|The repository |Failed to fetch|Unable to fetch"
		"|Could not get lock|Unmet dependencies)",
		CULPRIT_PLACE, CULPRIT_NONE },
	{ "> ",
		"^\\s+> (?!Task )(?:[A-Z]\\w+ |javax?\\.|\\w+(?:\\.\\w+)+Exception"
		"|PKIX|SDK)",
		CULPRIT_PLACE, CULPRIT_NONE },
	{ "Failed to execute goal",
		"Failed to execute goal .*(?:[Cc]ould not|[Cc]annot|[Uu]nable|[Nn]o "
		"|not |[Ff]ailed to|violations?|Unsupported|invalid|Rule \\d)",
		CULPRIT_PLACE, CULPRIT_NONE },
	{ "on-resolvable", "Non-resolvable (?:parent|import) POM", CULPRIT_PLACE, CULPRIT_NONE },
	{ "Could not ", "^\\[(?:ERROR|FATAL)\\] .*Could not (?:find|transfer|resolve) ",
		CULPRIT_PLACE, CULPRIT_NONE },
	{ "pace left on device", "[Nn]o space left on device", CULPRIT_PLACE, CULPRIT_NONE },
	{ "eap",
		"JavaScript heap out of memory|Java heap space|OutOfMemoryError"
		"|GC overhead limit",
		CULPRIT_PLACE, CULPRIT_NONE },
	{ "illed", "Killed signal terminated program|^Killed$|: line \\d+: +\\d+ Killed",
		CULPRIT_PLACE, CULPRIT_NONE },
	{ "failed to ",
		"failed to solve: .*(?:not found|failed to|no such|no match|denied"
		"|unauthorized|parse error|unknown instruction|toomanyrequests|invalid"
		"|timeout|i/o)",
		CULPRIT_PLACE, CULPRIT_NONE },
	{ "ERROR: ", "^#\\d+ ERROR: ", CULPRIT_PLACE, CULPRIT_NONE },
	{ "rror response from daemon", "[Ee]rror response from daemon: ", CULPRIT_PLACE,
		CULPRIT_NONE },
	{ "ocker daemon", "Cannot connect to the Docker daemon", CULPRIT_PLACE, CULPRIT_NONE },
	{ "anifest",
		"no match(?:ing manifest| for platform in manifest)|manifest (?:for \\S+"
		"|unknown)[: ].*not found|manifest unknown",
		CULPRIT_PLACE, CULPRIT_NONE },
	{ "failed: ", "^(?:COPY|ADD) failed: ", CULPRIT_PLACE, CULPRIT_NONE },
	{ "prepare context", "unable to prepare context: ", CULPRIT_PLACE, CULPRIT_NONE },
	{ "unmet peer", "\\x{2715} (?:missing|unmet) peer", CULPRIT_PLACE, CULPRIT_NONE },
	{ "class file major version", "Unsupported class file major version", CULPRIT_PLACE,
		CULPRIT_NONE },
};

/* In the form in which a tool tells that it gives up. */
static const struct culprit_sign tools[] = {
	{ "failed to solve", "failed to solve: ", CULPRIT_TOOL, CULPRIT_NONE },
	{ "> ", "^> (?:[A-Z]\\w+ (?!\\d)|\\S+Exception|javax?\\.)", CULPRIT_TOOL, CULPRIT_NONE },
	{ "[ERROR]", "^\\[ERROR\\] +\\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "[FATAL]", "^\\[FATAL\\] +\\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "[error]", "^\\[error\\] +\\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "configure: error", "configure: error: ", CULPRIT_TOOL, CULPRIT_NONE },
	{ "make", "^make(?:\\[\\d+\\])?: \\*\\*\\* ", CULPRIT_TOOL, CULPRIT_NONE },
	{ "go: ",
		"^go: (?!downloading|finding|found|extracting|upgraded|downgraded"
		"|added|creating|to add|removed|warning)\\S",
		CULPRIT_TOOL, CULPRIT_NONE },
	{ "go.sum", "missing go\\.sum entry", CULPRIT_TOOL, CULPRIT_NONE },
	{ "package",
		"^\\S*:? ?(?:cannot find package|package \\S+ is not in |no required module"
		" provides package)|^import cycle not allowed",
		CULPRIT_TOOL, CULPRIT_NONE },
	{ "e: ", "^e: \\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "error ", "^error (?!Command failed)\\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "npm", "^npm (?:ERR!|error) .*\\bERR! \\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "gyp", "^gyp ERR! (?:stack Error|find Python +\\*\\*|find VS)", CULPRIT_TOOL,
		CULPRIT_NONE },
	{ "ERROR in ", "^ERROR in ", CULPRIT_TOOL, CULPRIT_NONE },
	{ "ould not be resolved", "^Your requirements could not be resolved", CULPRIT_TOOL,
		CULPRIT_NONE },
	{ "undler", "Bundler (?:could not|cannot)|An error occurred while installing", CULPRIT_TOOL,
		CULPRIT_NONE },
	{ "panicked at", "^thread '.*' panicked at", CULPRIT_TOOL, CULPRIT_NONE },
	{ "panic: ", "^panic: ", CULPRIT_TOOL, CULPRIT_NONE },
	{ "PHP ", "^PHP (?:Fatal|Parse) error", CULPRIT_TOOL, CULPRIT_NONE },
	{ "E: ", "^E: (?!Sub-process)\\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "atal: ", "^\\s*(?:fatal|FATAL|Fatal): \\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "ERROR: ", "^ERROR: \\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "rror: ",
		"^\\W*(?:[\\w.$:]*(?:Error|Exception)|error(?!: failed to run custom build)"
		"|Uncaught \\w+|[Ff]atal error|[A-Z]\\w+Error \\[\\w+\\]): +\\S",
		CULPRIT_TOOL, CULPRIT_NONE },
	{ "xception",
		"^\\s*(?:Exception in thread|Caused by: |[\\w.$]+Exception(?:: "
		"|$))",
		CULPRIT_TOOL, CULPRIT_NONE },
	{ "Assertion ", "\\bAssertion [`'(].*failed", CULPRIT_TOOL, CULPRIT_NONE },
	{ "rror: ", "\\b[A-Z]\\w*Error: \\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "xception: ", "\\b(?:[A-Z]\\w*)?Exception: \\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "! ", "^! [A-Z]\\S", CULPRIT_TOOL, CULPRIT_NONE },
	/* Heroku */
	{ "! ", "^ *! {2,}(?!Push |ERROR: Failed to build )\\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "is not recognized", "'.* is not recognized as ", CULPRIT_TOOL, CULPRIT_NONE },
	{ "rror: ", "^[\\w.\\-+]+: (?:fatal )?error: \\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "rror from server", "^Error from server", CULPRIT_TOOL, CULPRIT_NONE },
	{ "An error occurred", "^An error occurred \\(", CULPRIT_TOOL, CULPRIT_NONE },
	{ "curl: (", "^curl: \\(\\d+\\) ", CULPRIT_TOOL, CULPRIT_NONE },
	{ "onnection refused", "^\\S+: .*Connection refused", CULPRIT_TOOL, CULPRIT_NONE },
	{ "onnection timed out", "^\\S+: .*Connection timed out", CULPRIT_TOOL, CULPRIT_NONE },
	{ "service not known", "^\\S+: .*Name or service not known", CULPRIT_TOOL, CULPRIT_NONE },
	{ "Host key verification failed", "Host key verification failed", CULPRIT_TOOL,
		CULPRIT_NONE },
	{ "ommand not found", ": [Cc]ommand not found", CULPRIT_TOOL, CULPRIT_NONE },
	{ "not found",
		"^(?:/bin/)?(?:ba|da|z|a)?sh: (?:line )?\\d*:? ?.*: not found$|^\\S+\\.sh: "
		"(?:line )?\\d+: .*: not found",
		CULPRIT_TOOL, CULPRIT_NONE },
	/* "sh: 12: export: what went wrong" */
	{ "sh: ", "^(?:/\\S*/)?(?:ba|da|z|a|k)?sh: (?:line )?\\d+: \\S", CULPRIT_TOOL,
		CULPRIT_NONE },
	{ "ermission denied", "[Pp]ermission denied", CULPRIT_TOOL, CULPRIT_NONE },
	{ "o such file or directory", ": No such file or directory", CULPRIT_TOOL, CULPRIT_NONE },
	{ "egmentation fault", "[Ss]egmentation fault", CULPRIT_TOOL, CULPRIT_NONE },
	{ " locate ", "^Can't locate \\S+ in @INC", CULPRIT_TOOL, CULPRIT_NONE },
	{ "** (", "^\\*\\* \\(", CULPRIT_TOOL, CULPRIT_NONE },
	{ "<<< ", "<<< (?:FAILURE|ERROR)!", CULPRIT_TOOL, CULPRIT_NONE },
	{ "✘", "^\\s*✘ +\\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "✖", "^\\s*✖ +\\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "❌", "^\\s*❌ +\\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "⨯", "^\\s*⨯ +\\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "✗", "^\\s*✗ +\\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "×", "^\\s*× +\\S", CULPRIT_TOOL, CULPRIT_NONE },
	{ "enied", "^(?:denied|unauthorized): ", CULPRIT_TOOL, CULPRIT_NONE },
};

/* Errors in words. */
static const struct culprit_sign said[] = {
	{ "custom build command", "failed to run custom build command", CULPRIT_SAID,
		CULPRIT_NONE },
	{ "npm", "^npm (?:ERR!|error) \\S", CULPRIT_SAID, CULPRIT_NONE },
	{ "rror", "^\\W*(?:\\S{1,40}: )?(?:[eE]rror|ERROR)(?:[:!]|\\s-\\s) ?\\S", CULPRIT_SAID,
		CULPRIT_NONE },
	{ "rror", "^\\s*(?:\\[(?:ERROR|error|Error)\\]|(?:ERROR|Error) )", CULPRIT_SAID,
		CULPRIT_NONE },
	{ "ailed to ", "^\\W*(?:\\S{1,40}: )?[Ff]ailed to ", CULPRIT_SAID, CULPRIT_NONE },
	{ "annot ", "^\\W*(?:\\S{1,40}: )?[Cc]annot ", CULPRIT_SAID, CULPRIT_NONE },
	{ "ould not ", "^\\W*(?:\\S{1,40}: )?[Cc]ould not ", CULPRIT_SAID, CULPRIT_NONE },
	{ "nable to ", "^\\W*(?:\\S{1,40}: )?[Uu]nable to ", CULPRIT_SAID, CULPRIT_NONE },
	{ "symbol:", QUOTED "symbol: ", CULPRIT_SAID, CULPRIT_NONE },
	{ "imed out", "\\btimed out\\b", CULPRIT_SAID, CULPRIT_NONE },
};

/* Words of failures. Names of files and of options hold them, too: they stand alone here. */
#define WORDS(literal, regex)                                                                      \
	{                                                                                          \
		literal, "(?<![\\w./\\-])(?:" regex ")(?!\\.?[\\w/\\-])", CULPRIT_HINT,            \
			CULPRIT_NONE                                                               \
	}

static const struct culprit_sign hints[] = {
	WORDS("ailed", "(?i)failed"),
	WORDS("AILED", "FAILED"),
	WORDS("ailure", "[Ff]ailure"),
	WORDS("rror", "[Ee]rrors?"),
	WORDS("RROR", "ERROR"),
	WORDS("enied", "[Dd]enied"),
	WORDS("efused", "[Rr]efused"),
	WORDS("ejected", "[Rr]ejected"),
	WORDS("orbidden", "[Ff]orbidden"),
	WORDS("nauthorized", "[Uu]nauthorized"),
	WORDS("ot found", "[Nn]ot found"),
	WORDS("oes not ", "[Dd]oes not (?:exist|match|support|contain|have)"),
	WORDS("o such ", "[Nn]o such"),
	WORDS("issing", "[Mm]issing"),
	WORDS("nvalid", "[Ii]nvalid"),
	WORDS("ndefined", "[Uu]ndefined"),
	WORDS("nsupported", "[Uu]nsupported"),
	WORDS("ot supported", "[Nn]ot supported"),
	WORDS("as not ", "[Ww]as not (?:compiled|found|built|declared|installed)"),
	WORDS("annot ", "[Cc]annot"),
	WORDS("an't ", "[Cc]an't"),
	WORDS("an not ", "[Cc]an not"),
	WORDS("ould not ", "[Cc]ould not"),
	WORDS("nable to ", "[Uu]nable to"),
	WORDS("illed", "[Kk]illed"),
	WORDS("borted", "[Aa]borted"),
	WORDS("xceeded", "[Ee]xceeded"),
	WORDS("xpired", "[Ee]xpired"),
	WORDS("imed out", "[Tt]imed out"),
	WORDS("nexpected ", "[Uu]nexpected"),
	WORDS("onflict", "[Cc]onflicts?"),
	WORDS("CONFLICT", "CONFLICT"),
	WORDS("iolation", "[Vv]iolations?"),
	WORDS("xpected", "[Ee]xpected"),
	WORDS("o not have", "[Dd]o not have"),
	WORDS("equired ", "[Rr]equired"),
	WORDS("ot valid", "[Nn]ot valid"),
	WORDS("ot active", "[Nn]ot (?:active|running|available|ready|reachable)"),
	WORDS("nreachable", "[Uu]nreachable"),
	WORDS("navailable", "[Uu]navailable"),
	WORDS("oo many", "[Tt]oo many"),
	WORDS("ut of date", "[Oo]ut of date"),
	WORDS("rong ", "[Ww]rong"),
	WORDS("ncompatible", "[Ii]ncompatible"),
	WORDS("ismatch", "[Mm]ismatch"),
	WORDS("llegal", "[Ii]llegal"),
	WORDS("nknown", "[Uu]nknown"),
	WORDS("ot permitted", "[Nn]ot permitted"),
	WORDS("ot allowed", "[Nn]ot (?:allowed|authorized|authorised)"),
	WORDS("nexpected", "[Uu]nexpectedly"),
	/* "prog: what it was about: what went wrong", as programs on Unix say it */
	{ ": ",
		"^(?!.{0,40}: "
		"(?:INFO|DEBUG):|info|note|hint|debug|notice|remote)[a-z][\\w.+\\-]{1,24}: "
		"[^:]{1,160}: \\S",
		CULPRIT_HINT, CULPRIT_NONE },
};

#define TABLE(rows)                                                                                \
	{                                                                                          \
		rows, sizeof(rows) / sizeof(rows[0])                                               \
	}

static const struct culprit_table tables[] = {
	TABLE(headings),
	TABLE(none),
	TABLE(passed_on),
	TABLE(places),
	TABLE(tools),
	TABLE(said),
	TABLE(hints),
};

const struct culprit_table *culprit_tables(size_t *count)
{
	*count = sizeof(tables) / sizeof(tables[0]);
	return tables;
}
