/* Lines that are no errors, whatever words they hold, and lines that only pass one on. */
#include "reason/culprit_signs.h"

/* A warning that something was refused may tell why. */
const struct culprit_sign culprit_refusals[] = {
	{ "ccess", "(?i)^\\W*warn(?:ing)?\\b.*\\baccess ?denied" },
	{ "efused", "(?i)^\\W*warn(?:ing)?\\b.*\\brefused" },
	{ "ailed: ", "(?i)^\\W*warn(?:ing)?\\b.*\\bfailed: \\S" },
	{ NULL, NULL },
};

const struct culprit_sign culprit_none[] = {
	{ NULL, "^\\s*(?:\\d+ passed|\\x{2713}|\\x{2714}|\\x{221a}|ok \\d|PASS\\b|--- PASS"
		"|test .* \\.\\.\\. ok$)" },
	{ "0 ", "(?i)\\b0 (?:error|failure|failed)" },
	{ NULL, "^\\s*[+$] |^\\s*(?:#|//) |^\\s*(?:if|for|echo|export) " },
	{ NULL, CULPRIT_QUOTED "$" },
	{ NULL, "(?i)^\\s*(?:npm |\\x{26a0}\\S* |error )?\\[?warn(?:ing)?\\b|: warning(?:: "
		"| [A-Z]+\\d+)" },
	{ "[ERROR]",
		CULPRIT_QUOTED "(?:To see the full stack trace|Re-run Maven"
			       "|For more information about the errors|\\[Help \\d"
			       "|After correcting the problems|  mvn <|-> \\[Help|Please refer to"
			       "|See dump files|stack trace is suppressed)" },
	{ "npm", "^npm (?:ERR!|error) (?:A complete log|errno |syscall |path |command |cwd "
		 "|node v|npm +v|\\S+ (?:info|http|verb|silly|WARN|notice) |(?:enoent|syscall"
		 "|eacces|network)? *$|enoent This is related|This is probably not|    /"
		 "|Exit status|Failed at the|Fix the upstream|this command with|to accept an"
		 "|For a full report|See /|Please include|If you need help|Linux |System "
		 "|argv |notarget This is most|404 Note|404  ?$|    at "
		 "|If you are behind a proxy|\\'proxy\\' config|Usage:|Options:|aliases: "
		 "|Run \"npm help|\\[-)" },
	{ "gyp", "gyp ERR! (?:build error|configure error|System|cwd|command|node -v"
		 "|node-gyp -v|not ok|stack +at )" },
	{ "Try", "^\\* Try:" },
	{ "Tests run: ", "Tests run: \\d+, Failures: 0, Errors: 0" },
	/* a file as BuildKit quotes it, which marks the line with ">>>" */
	{ " | ", "^\\s*\\d+ \\| (?:>>> |    )" },
	{ "ost recent call ", "most recent call (?:first|last)\\)?:?$" },
	{ "npm notice", "^npm notice" },
	{ "eprecat", "(?i)^\\W*(?:\\S{1,40}: )?(?:\\[?deprecat|\\S*deprecationwarning)" },
	{ "> ", "^> (?:Task|Run with|Check|Get more|Configure|Transform|IDLE|Evaluating"
		"|Starting|Building|Executing) (?!.*FAILED)" },
	{ "--- std", "^\\s*--- std(?:err|out)$" },
	{ "note:", CULPRIT_QUOTED "note: " },
	{ "    at ", "^\\s+at \\S" },
	{ NULL, NULL },
};

/* Somebody says that another failed, and not what. */
const struct culprit_sign culprit_passed_on[] = {
	{ "xit", "(?i)\\b(?:exit(?:ed)?(?: with)?(?: non-zero)? (?:code|status)"
		 "|exit(?:ed)? with|returned a non-zero code"
		 "|returned non-zero exit status)[:=]? *'?-?[1-9]" },
	{ "] Error ", "\\*\\*\\* \\[.*\\] Error \\d" },
	{ "tatus", "(?i)\\b(?:exit|return(?:ed|ing)?|gave(?: error)?|exited with)(?: error)? "
		   "(?:exit )?status:? [1-9]"
		   "|^error: Bad exit status from" },
	{ "eturn", "\\breturn(?:ed|ing)? (?:(?:exit|error) )?(?:code|value):? -?[1-9]" },
	{ "Tests run: ", "Tests run: \\d+, Failures: " },
	{ "ERROR: Exception(", "^ERROR: Exception\\(" },
	{ "ERROR: Command failed", "^ERROR: Command failed: *$" },
	{ "opr build error", "^Copr build error: " },
	{ "uild failure", "^(?:E: )?Build failure \\(" },
	{ "uild errors", "^\\w* ?build errors:$" },
	{ "returned", "\\bld returned \\d|returned a non-zero code|returned non-zero exit status"
		      "|returned an error code" },
	{ "make", "make(?:\\[\\d+\\])?(?:\\.exe)?: \\*\\*\\* .*\\] Error \\d"
		  "|make(?:\\[\\d+\\])?: \\*\\*\\* Waiting|make: .* not remade because" },
	{ "LIFECYCLE", "\\bELIFECYCLE\\b" },
	{ "ERR_PNPM_RECURSIVE", "ERR_PNPM_RECURSIVE" },
	{ "npm", "^npm (?:ERR!|error) (?:code \\d+$|\\S+@\\S+ [\\w:.\\-]+: |command failed"
		 "|Lifecycle script|Error: command failed|error in workspace|workspace "
		 "|location )" },
	{ "BUILD FAIL", "\\bBUILD FAIL(?:URE|ED)\\b" },
	{ "ailed", "^FAILURE: Build failed|^\\s*Execution failed for task"
		   "|> Compilation failed; see|^Build failed"
		   "|^\\[ERROR\\] Failed to execute goal .*(?:Compilation failure\\W*$"
		   "|Look above|There are test failures)|^ninja: build stopped|^Job failed"
		   "|^Error: Build failed|^Finished: |^ERROR: Job failed: (?:exit|command)"
		   "|^ERROR: Failed (?:building wheel|to build) "
		   "|^\\s*error: legacy-install-failure|^Failed to build |^Build step '"
		   "|^The following build commands failed" },
	{ "FAILED",
		"^> Task \\S+ FAILED|^Build FAILED\\.|^FAILED: |^FAILED$|^ *FAILED \\(|YN0000" },
	{ "[ERROR]", "^\\[ERROR\\] +(?:Tests run:|Failures:|Errors:|There are test failures|-> )" },
	{ "COMPILATION ERROR", CULPRIT_QUOTED "COMPILATION ERROR" },
	{ "could not read ", CULPRIT_QUOTED "The build could not read \\d" },
	{ "ome problems were encountered", CULPRIT_QUOTED "Some problems were encountered" },
	{ "The project ", CULPRIT_QUOTED "\\s*The project \\S+ \\(.*\\) has \\d+ error" },
	{ "rror", "^\\s*(?:\\d+|one|two|three|four) errors?(?: found)?\\.?$"
		  "|^\\[error\\] (?:\\([\\w/ ]+\\) (?:Compilation failed|\\w+ failed)"
		  "|Total time|\\w+ errors? found)|^\\[?INFO\\]? \\d+ errors? *$"
		  "|\\b\\d+ problems? \\(\\d+ errors?|^Found \\d+ errors?|errors? generated\\.$"
		  "|^\\s*\\d+ Error\\(s\\)|^script compilation errors?:$" },
	{ "rror", "^error \\S+: Command failed\\.?$|^\\s*error: (?:could not compile"
		  "|aborting due to|build failed|subprocess-exited-with-error"
		  "|metadata-generation-failed|linker command failed|legacy-install)"
		  "|all warnings being treated as errors|^\\s*error: command .* failed with"
		  "|^make.*Error \\d+ \\(ignored\\)" },
	{ "ERROR", "^ERROR: (?:Could not build wheels for|pip's dependency resolver"
		   "|Command errored out|Failed to build installable|Encountered errors? while"
		   "|Service '|failed to solve: (?:process|executor failed))"
		   "|^ERROR: failed to build: failed to solve: process" },
	{ "failed to solve",
		"failed to solve: (?:process|executor failed running|rpc error: .*exit code)" },
	{ "onfiguring incomplete", "onfiguring incomplete, errors" },
	{ "ompilation", "^compilation terminated\\.|^Compilation failed" },
	{ "did not ", "did not run successfully|did not complete successfully: exit code" },
	{ "non-zero exit ", "returning a non-zero exit (?:code|status)" },
	{ "Build failed", "^-+> Build failed|^x Build failed in " },
	{ "Failed to build app", "! +ERROR: Failed to build app" },
	{ "non-zero exit value", "finished with non-zero exit value" },
	{ "errored after", "^Build '.*' errored after [^:]*$" },
	{ "error: building ", "^error: building \\S+ failed with: " },
	{ "ould not compile dependency", "[Cc]ould not compile dependency :" },
	{ "cabal: Failed to build", "cabal: Failed to build " },
	{ "Execution halted", "^Execution halted" },
	{ "! ", "^! (?: ==> Fatal error occurred|Emergency stop)" },
	{ "FAILED **", "^\\*\\* \\w+ FAILED \\*\\*" },
	{ "all hosts have already failed", "^FATAL: all hosts have" },
	{ "solve with frontend", "^failed to solve with frontend" },
	{ "executor failed running", "^executor failed running" },
	{ "building at STEP", "^Error: building at STEP " },
	{ "Build error occurred", "^> Build error occurred" },
	{ "above for more", "[Ss]ee above for more" },
	{ "Push rejected", "Push rejected" },
	{ "The command", "^The command [\\\"']" },
	{ "canceled", "^The operation was canceled" },
	{ NULL, NULL },
};
