/* Words of failures. Names of files and of options hold them, too: they stand alone here. */
#include "reason/culprit_signs.h"

#define WORDS(literal, regex)                                                                      \
	{                                                                                          \
		literal, "(?<![\\w./\\-])(?:" regex ")(?!\\.?[\\w/\\-])"                           \
	}

const struct culprit_sign culprit_words[] = {
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
	WORDS("equired", "(?:is|are|was) [Rr]equired(?! is)|[Rr]equired (?:\\w+ )?(?:is "
			 ")?(?:not|missing|but)"),
	WORDS("ot met", "[Nn]ot (?:met|satisfied|fulfilled)"),
	WORDS("requires a",
		"requires an? (?:greater|higher|newer|later|older|lower|other|different)"),
	WORDS("BAD", "BAD"),
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
	/* a linter that has no word for it */
	{ ": ", "^\\s*" CULPRIT_COLUMN ": (?!(?i:note|info|warning|remark|debug|hint)\\b)\\S" },
	/* "prog: what it was about: what went wrong", as programs on Unix say it */
	{ ": ", "^(?!.{0,40}: (?:INFO|DEBUG):|info|note|hint|debug|notice"
		"|remote)[a-z][\\w.+\\-]{1,24}: [^:]{1,160}: \\S" },
	{ NULL, NULL },
};
