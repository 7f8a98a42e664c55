load common

# One run of the shipped incident, under a label.
keep() {
	"$FIVEWHYS" triage -q --db h.db --label "$1" $silent >/dev/null
}

@test "an incident is new, then persists, and is listed with its id" {
	keep one
	run "$FIVEWHYS" list --db h.db
	[[ ${lines[0]} == "#1 database.db-manager-not-initialised: new" ]]
	keep two
	run "$FIVEWHYS" list --db h.db
	[[ ${lines[0]} == "#1 database.db-manager-not-initialised: persisting (since run 1)" ]]
	[[ $output == *"runs 1 to 2 (2 times)"* ]]
}

@test "the report of an incident is the same from the history as from its run" {
	for sample in silent-agent-pipeline build-failure crash-loop-503 websocket-403-secret; do
		for format in md html text; do
			rm -f h.db
			"$FIVEWHYS" triage -q --db h.db -f $format "$samples/$sample" >told
			"$FIVEWHYS" show 1 --db h.db -f $format >read
			diff told read
		done
	done
}

@test "an incident that the newest run does not reach is told so, and not fixed" {
	keep one
	"$FIVEWHYS" triage -q --db h.db "$samples/nothing-failed" >/dev/null
	run "$FIVEWHYS" list --db h.db --open
	[[ ${lines[0]} == *": not reached" ]]
	run "$FIVEWHYS" list --db h.db --state fixed
	[ "$output" = "no incident" ]
}

@test "a list is filtered, paged, and has the same rows in all formats" {
	for sample in silent-agent-pipeline crash-loop-503 websocket-403-secret; do
		"$FIVEWHYS" triage -q --db h.db "$samples/$sample" >/dev/null
	done
	[ "$("$FIVEWHYS" list --db h.db -f json | jq -c '[.incidents[].id], .next')" = '[3,2,1]
null' ]
	next=$("$FIVEWHYS" list --db h.db -n 2 -f json | jq -r .next)
	[ "$("$FIVEWHYS" list --db h.db --before "$next" -f json | jq -c '[.incidents[].id]')" = '[1]' ]
	[ "$("$FIVEWHYS" list --db h.db --service agent-api -f json | jq -c '[.incidents[].id]')" = '[1]' ]
	[ "$("$FIVEWHYS" list --db h.db --layer config -f json | jq -c '[.incidents[].cause]')" = '["config.jwt-secret-mismatch"]' ]
	[ "$("$FIVEWHYS" list --db h.db -f md | grep -c '^| [0-9]')" = 3 ]
}

@test "show gives the chain of the last run back with its evidence" {
	"$FIVEWHYS" triage -q --db h.db -o report.json $silent
	"$FIVEWHYS" show 1 --db h.db -f json >shown.json
	for part in '.incidents[0].whys | map([.n, .cause, .statement, .basis, .count, .first])' \
		'.incidents[0].whys | map(.evidence | map([.id, .text, .sha256, .line, .place]))' \
		'.incidents[0] | [.verdict, .root_cause, .tests, .actions, .alternatives]' \
		'.run.tests, .tool.rules_sha256'; do
		[ "$(jq -c "$part" report.json)" = "$(jq -c "$part" shown.json)" ]
	done
	run "$FIVEWHYS" show f1: --db h.db
	[ "$status" -ne 0 ]
	print=$(jq -r '.incidents[0].fingerprint[:14]' shown.json)
	"$FIVEWHYS" show "$print" --db h.db -f md | grep -q "database.db-manager-not-initialised"
}

@test "the next runs say when a fix is done, and which of them proved it" {
	keep one
	action() {
		"$FIVEWHYS" show 1 --db h.db -f json | jq -c '.incidents[0].actions[] | [.kind, .state, .judged_by, .runs_proven, .runs_wanted, .done_run]'
	}
	[ "$(action)" = '["fix","open","runs",0,3,null]
["prevent","open","a person",0,0,null]' ]
	for run in 1 2 3; do
		"$FIVEWHYS" triage -q --db h.db --iteration $run - >/dev/null \
			<<<"tests/e2e/test_agent_pipeline.py::TestAgentPipeline::test_pipeline_execution PASSED"
		[ $run = 3 ] || "$FIVEWHYS" show 1 --db h.db -f md | grep -q "(open, $run of 3 runs)"
	done
	[ "$(action | head -n 1)" = '["fix","done","runs",3,3,4]' ]
	"$FIVEWHYS" show 1 --db h.db -f md | grep -q '^- \[x\] \*\*fix.*(done in run 4)'
	"$FIVEWHYS" show 1 --db h.db | grep -q 'done in run 4'
}

@test "the newest word about an incident is shown with its author" {
	keep one
	"$FIVEWHYS" confirm 1 --db h.db --author ana -m "the deploy log says the same"
	"$FIVEWHYS" reject '#1' --db h.db --author bo
	"$FIVEWHYS" note 1 --db h.db --author cy -m "see the wiki"
	run "$FIVEWHYS" show 1 --db h.db
	[[ $output == *"said: rejected by bo on "* ]]
	[ "$("$FIVEWHYS" show 1 --db h.db -f json | jq -c '[.incidents[0].judgements[].author]')" = '["cy","bo","ana"]' ]
	"$FIVEWHYS" triage --db h.db --label one -f md $silent | grep -q "confirmed by ana on .*: the deploy log says the same"
}

@test "what was resolved and is seen again is a regression" {
	keep one
	"$FIVEWHYS" resolve 1 --db h.db --author ana
	run "$FIVEWHYS" list --db h.db
	[[ ${lines[0]} == *": fixed in run 1" ]]
	run "$FIVEWHYS" triage --db h.db --label two --fail-on regression $silent
	[ "$status" = 1 ]
	[[ $output == *"regressed (fixed in run 1, back since run 2)"* ]]
}

@test "what is tolerated is told and fails no run, and needs an owner and an end" {
	keep one
	run "$FIVEWHYS" tolerate 1 --db h.db --owner "the data team"
	[ "$status" = 2 ]
	run "$FIVEWHYS" tolerate 1 --db h.db --until 14d
	[ "$status" = 2 ]
	run "$FIVEWHYS" triage --db h.db --label one --fail-on incident $silent
	[ "$status" = 1 ]
	"$FIVEWHYS" tolerate 1 --db h.db --author bo --owner "the data team" --until 14d
	run "$FIVEWHYS" triage --db h.db --label one --fail-on incident $silent
	[ "$status" = 0 ]
	"$FIVEWHYS" show 1 --db h.db -f md | grep -q "tolerated by bo on .*the data team answers for it"
}

@test "bad words, ids and filters are refused with what was wrong" {
	run "$FIVEWHYS" list --db none.db
	[ "$status" = 3 ]
	[[ $output == *"none.db"* ]]
	keep one
	for bad in "show 99" "show" "confirm 99" "note 1" "list --state gone" "list --limit 0" \
		"list --before 1" "list --since yesterday" "list extra" "show 1 --format yaml"; do
		run "$FIVEWHYS" $bad --db h.db
		[ "$status" -ge 2 ]
		[[ ${lines[-1]} == "fivewhys: error: "* ]]
	done
}

@test "a word with a secret in it is kept without the secret" {
	keep one
	"$FIVEWHYS" note 1 --db h.db -m "password=hunter2-not-a-real-one"
	run "$FIVEWHYS" show 1 --db h.db -f json
	[[ $output != *hunter2* ]]
	run grep -c hunter2 h.db
	[ "$output" = 0 ]
}

@test "diff tells causes that moved deeper, and tests that were fixed or broken" {
	"$FIVEWHYS" triage -q --db h.db --label alone "$samples/silent-agent-pipeline/transcript.txt" >/dev/null
	keep both
	run "$FIVEWHYS" diff alone both --db h.db
	[[ ${lines[0]} == "run 1 (alone) to run 2 (both)" ]]
	[[ $output == *"moved deeper: database.db-manager-not-initialised (#2)"* ]]
	printf 'tests/test_a.py::test_a PASSED\ntests/test_a.py::test_b FAILED\n' >one.txt
	printf 'tests/test_a.py::test_a FAILED\ntests/test_a.py::test_b PASSED\n' >two.txt
	"$FIVEWHYS" triage -q --db h.db --label one one.txt >/dev/null
	"$FIVEWHYS" triage -q --db h.db --label two two.txt >/dev/null
	[ "$("$FIVEWHYS" diff one last --db h.db -f json | jq -c '[.tests.fixed, .tests.broken], [.changed[].change]')" = '[1,1]
["broken","fixed"]' ]
	run "$FIVEWHYS" diff one nothing --db h.db
	[ "$status" = 3 ]
	[[ $output == *"nothing"* ]]
}

@test "search finds incidents by their evidence, and takes any text as words" {
	keep one
	run "$FIVEWHYS" search --db h.db database manager initialis
	[[ ${lines[0]} == "#1 database.db-manager-not-initialised: new, run 1" ]]
	[ "$("$FIVEWHYS" search --db h.db -f json agent_started | jq -c '[.matches[].incident.id]')" = '[1]' ]
	run "$FIVEWHYS" search --db h.db -- '" OR NOT ( *'
	[ "$status" = 0 ]
	[ "$output" = "no incident" ]
	run "$FIVEWHYS" search --db h.db
	[ "$status" = 2 ]
}

@test "a search is filtered as a list is, and goes on where a page ends" {
	for sample in silent-agent-pipeline crash-loop-503 websocket-403-secret; do
		"$FIVEWHYS" triage -q --db h.db "$samples/$sample" >/dev/null
	done
	found() {
		"$FIVEWHYS" search --db h.db -f json "$@" | jq -c '[.matches[].incident.id], .next'
	}
	[ "$(found e)" = '[3,2,1]
null' ]
	[ "$(found --layer config e)" = '[3]
null' ]
	[ "$(found --state new --service agent-api e | head -n 1)" = '[]' ]
	next=$("$FIVEWHYS" search --db h.db -n 2 e | sed -n 's/^more: --before //p')
	[ "$(found --before "$next" e)" = '[1]
null' ]
	run "$FIVEWHYS" search --db h.db --before 0 e
	[ "$status" = 2 ]
}

@test "diff is of a layer, a service, a cause, a state or a test where one asks" {
	"$FIVEWHYS" triage -q --db h.db --label before "$samples/silent-agent-pipeline" >/dev/null
	"$FIVEWHYS" triage -q --db h.db --label after "$samples/crash-loop-503" >/dev/null
	causes() {
		"$FIVEWHYS" diff before after --db h.db -f json "$@" | jq -c '[.causes[].cause]'
	}
	both=$(causes)
	[ "$(jq length <<<"$both")" = 2 ]
	[ "$(causes --layer database)" = '["database.db-manager-not-initialised"]' ]
	[ "$(causes --service agent-api)" = '["database.db-manager-not-initialised"]' ]
	[ "$(causes --state new)" = "$both" ]
	[ "$(causes --state fixed)" = '[]' ]
	[ "$(causes --test nothing)" = '[]' ]
	run "$FIVEWHYS" diff before after --db h.db --since 1d
	[ "$status" = 2 ]
}

@test "prune lets old entries go, and an incident keeps its evidence" {
	keep one
	"$FIVEWHYS" triage -q --db h.db "$samples/nothing-failed" >/dev/null
	"$FIVEWHYS" show 1 --db h.db -f json >before.json
	run "$FIVEWHYS" prune --older 2020-01-01 --db h.db
	[ "$output" = "0 entries pruned; evidence, incidents and runs were kept" ]
	run "$FIVEWHYS" prune --older 2026-11-01 --db h.db
	[[ $output =~ ^[1-9][0-9]*\ entries\ pruned ]]
	"$FIVEWHYS" show 1 --db h.db -f json | cmp - before.json
	run "$FIVEWHYS" prune --older 2026-11-01 --db h.db
	[[ $output == "0 entries"* ]]
	keep one
	"$FIVEWHYS" show 1 --db h.db -f json | cmp - before.json
	run "$FIVEWHYS" prune --db h.db
	[ "$status" = 2 ]
}
