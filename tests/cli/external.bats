load common

# These need the external test data, a folder "shared" beside the checkout.
setup_file() {
	export DATA=$TOP_SRCDIR/../shared
}

need() {
	[ -e "$DATA/$1" ] || skip "the external test data are not here"
	command -v python3 >/dev/null || skip "python3 is not installed"
}

@test "labelled incidents: at least 30 of 35 right in all columns, no false claim in any" {
	need tools/judge.py
	run python3 "$DATA/tools/judge.py" -- "$FIVEWHYS"
	echo "$output"
	[[ ${lines[-1]} =~ ([0-9]+)\ cases.*claims\ ([0-9]+),.*all\ four\ ([0-9]+) ]]
	[ "${BASH_REMATCH[2]}" = "${BASH_REMATCH[1]}" ]
	[ $((BASH_REMATCH[3] * 35)) -ge $((BASH_REMATCH[1] * 30)) ]
}

@test "result files of many frameworks: all counts right" {
	need data/test-reports/expected.json
	bad=0
	while IFS=$'\t' read -r file want; do
		got=$(json '.run.tests | [.passed, .failed, .errors, .skipped] | @csv' "$DATA/data/test-reports/$file")
		[ "$got" = "$want" ] || { echo "$file: $got, not $want"; bad=1; }
	done < <(jq -r '.[] | [.file, ([.passed, .failed, .errors, .skipped] | @csv)] | join("\t")' \
		"$DATA/data/test-reports/expected.json")
	[ "$bad" = 0 ]
}
