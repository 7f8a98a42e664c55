load common

# Expected reports are compared byte for byte, but for the digest of the rule set: a new rule
# that says nothing about a sample changes it too.
without_rules_digest() {
	digest=$(sed -n 's/^rules_sha256: "\(.*\)"$/\1/p' "$1")
	[ ${#digest} = 64 ] && sed "s/$digest/RULES/g" "$1"
}

report() {
	cd "$TOP_SRCDIR" || return 1
	name=$1 made=$BATS_TEST_TMPDIR/report.md
	shift
	"$FIVEWHYS" triage --no-store -o "$made" "${@/#/samples/$name/}" || return 1
	diff -u <(without_rules_digest "samples/$name/report.md") <(without_rules_digest "$made")
}

@test "the silent agent pipeline: the report is the expected one" {
	report silent-agent-pipeline transcript.txt cloud-log.json
}

@test "the crash loop behind a 503: the report is the expected one" {
	report crash-loop-503 transcript.txt cloud-log.ndjson
}

@test "the WebSocket refused for its secret: the report is the expected one" {
	report websocket-403-secret results.xml entries.json
}

@test "a failure that no rule explains: the report and the drafted rule are the expected ones" {
	report unknown-failure transcript.txt service.log
	"$FIVEWHYS" triage samples/unknown-failure/passing.txt samples/unknown-failure/passing.log >/dev/null
	"$FIVEWHYS" triage samples/unknown-failure/transcript.txt samples/unknown-failure/service.log >/dev/null
	"$FIVEWHYS" rules suggest | diff -u samples/unknown-failure/draft.yaml -
	"$FIVEWHYS" rules check samples/unknown-failure/draft.yaml rules
}

@test "a job that does not build: the report is the expected one" {
	report build-failure job.log
}

@test "nothing failed: the report is the expected one" {
	report nothing-failed results.xml cloud-log.json
}

@test "roots of the samples are those that their stories tell" {
	cd "$samples" || return 1
	[ "$(json '.incidents[0].root_cause' silent-agent-pipeline/*.txt silent-agent-pipeline/*.json)" = \
		database.db-manager-not-initialised ]
	[ "$(json '.incidents[0].root_cause' crash-loop-503/transcript.txt crash-loop-503/*.ndjson)" = \
		dependency.module-missing-in-image ]
	[ "$(json '.incidents[0].root_cause' websocket-403-secret/*.xml websocket-403-secret/*.json)" = \
		config.jwt-secret-mismatch ]
	[ "$(json '[.incidents[], .undiagnosed[]] | length' nothing-failed/*.xml nothing-failed/*.json)" = 0 ]
}

@test "same input, same bytes: in two zones, in two locales, twice into one history" {
	for format in text md html json sarif junit codequality github; do
		TZ=Asia/Kolkata "$FIVEWHYS" triage -f $format $silent >a
		TZ=America/Los_Angeles LC_ALL=C "$FIVEWHYS" triage -f $format $silent >b
		cmp a b
	done
}

@test "the files of one run in any container give the same incidents" {
	cd "$samples/silent-agent-pipeline" || return 1
	gzip -c cloud-log.json >"$BATS_TEST_TMPDIR/log.gz"
	tar -cf "$BATS_TEST_TMPDIR/all.tar" transcript.txt cloud-log.json
	want=$(json '.incidents[0] | .root_cause, .verdict' transcript.txt cloud-log.json)
	[ "$(json '.incidents[0] | .root_cause, .verdict' transcript.txt "$BATS_TEST_TMPDIR/log.gz")" = "$want" ]
	[ "$(json '.incidents[0] | .root_cause, .verdict' "$BATS_TEST_TMPDIR/all.tar")" = "$want" ]
	[ "$(cat cloud-log.json | json '.incidents[0] | .root_cause, .verdict' transcript.txt -)" = "$want" ]
}

@test "several reports in one run, each in the format of its ending" {
	"$FIVEWHYS" triage --no-store -o r.md -o r.html -o r.json -o r.txt $silent
	[ "$(head -n 1 r.md)" = "---" ]
	grep -qi '<!doctype html>' r.html
	[ "$(jq .schema_version r.json)" = 1 ]
	[ "$(wc -l <r.txt)" -le 20 ]
	[ "$(wc -L <r.txt)" -le 80 ]
}
