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

@test "with the rules of CRE the set has no fault, and a chain of ours ends in one of them" {
	need data/cre/cross.json
	cre=$DATA/data/cre
	run "$FIVEWHYS" rules check --add-rules "$cre"
	echo "$output"
	[ "$status" = 0 ]
	[[ ${lines[-1]} == *" 0 errors, 0 warnings, 0 failed examples" ]]
	{
		sed -n 1p "$cre/cre-2025-0051/test.log"
		echo '2023/07/15 16:44:54 [error] checkout: POST https://example.com/api/data: 502 Bad Gateway'
	} >both.log
	"$FIVEWHYS" triage --no-store --add-rules "$cre" -o report.json -o report.md both.log
	[ "$(jq -r '.incidents[0].whys[] | select(.basis == "observed") | .cause' report.json | paste -sd' ')" = \
		"http.gateway-error CRE-2025-0051" ]
	[ "$(jq -r '.incidents[0].root_cause' report.json)" = CRE-2025-0051 ]
	[ "$(jq '[.incidents[0].whys[:2][] | select(.evidence | length > 0)] | length' report.json)" = 2 ]
	[ "$(jq '.incidents[0] | [.impact, .references[0], (.actions[] | select(.kind == "fix") | .text)] | map(length > 0) | all' report.json)" = true ]
	grep -q '502 Bad Gateway errors being returned' report.md && grep -q 'Check the health and status' report.md
}

@test "with all rules loaded the log's own CRE rule leads in at least nine of ten logs" {
	need data/cre/cross.json
	cre=$DATA/data/cre
	logs=0 led=0
	for folder in "$cre"/cre-[0-9]*; do
		id=$(basename "$folder" | tr '[:lower:]' '[:upper:]')
		logs=$((logs + 1))
		[ "$(json '.incidents[0].root_cause' --add-rules "$cre" "$folder/test.log")" != "$id" ] || led=$((led + 1))
	done
	echo "$led of $logs"
	[ "$logs" -gt 100 ] && [ $((led * 10)) -ge $((logs * 9)) ]
}
