# What all command-line tests share: a private home, and the program.
bats_require_minimum_version 1.5.0

setup() {
	cd "$BATS_TEST_TMPDIR" || return 1
	export HOME=$BATS_TEST_TMPDIR XDG_STATE_HOME=$BATS_TEST_TMPDIR/state
	export XDG_CONFIG_HOME=$BATS_TEST_TMPDIR/config TZ=UTC
	unset GITHUB_SERVER_URL GITHUB_REPOSITORY CI_PROJECT_URL
	unset CI FIVEWHYS_RULES FIVEWHYS_DB FIVEWHYS_TZ FIVEWHYS_FORMAT NO_COLOR
	samples=$TOP_SRCDIR/samples
	silent="$samples/silent-agent-pipeline/transcript.txt $samples/silent-agent-pipeline/cloud-log.json"
}

# json FILTER FILE...: one value of the JSON report
json() {
	filter=$1
	shift
	"$FIVEWHYS" triage --no-store -f json "$@" | jq -r "$filter"
}

# expect STATUS PART...: what was "run" ended with STATUS, and its output has each PART, in this
# order. ("A && B" before the last line of a test would not fail it.)
expect() {
	if [ "$status" != "$1" ]; then
		printf 'status %s, not %s:\n%s\n' "$status" "$1" "$output"
		return 1
	fi
	shift
	rest=$output
	for part in "$@"; do
		if [[ $rest != *"$part"* ]]; then
			printf 'no "%s" in:\n%s\n' "$part" "$output"
			return 1
		fi
		rest=${rest#*"$part"}
	done
}

# lacks PATTERN: standard input holds no line that matches. (A "!" would not fail a test.)
lacks() {
	if found=$(grep -aE "$1"); then
		echo "found: $found" | head -n 5
		return 1
	fi
}
