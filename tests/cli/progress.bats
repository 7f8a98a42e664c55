load common

# The turns of the sample up to COUNT, in one history, and what is said of them.
turns() {
	story=$samples/three-iterations
	cp "$story/.fivewhys.yaml" .
	for turn in $(seq "$1"); do
		"$FIVEWHYS" triage -q --db h.db --label chat --iteration "$turn" \
			"$story/$turn/transcript.txt" "$story/$turn/cloud-log.ndjson" >/dev/null
	done
}

progress() {
	"$FIVEWHYS" progress --db h.db "$@"
}

# A turn of tests told as "name OUTCOME" lines on standard input.
turn() {
	sed 's/^/tests\/test_a.py::/' >turn.txt
	"$FIVEWHYS" triage -q --db h.db --iteration "$1" turn.txt >/dev/null
}

@test "three iterations: the progress report is the expected one after each turn" {
	turns 2
	diff -u "$samples/three-iterations/progress-2.md" <(progress -f md)
	turns 3
	diff -u "$samples/three-iterations/progress.md" <(progress -f md)
}

@test "what is said of a loop is computed from its runs" {
	turns 2
	[ "$(progress -f json | jq -c '.loop.status, [.impact.restored, .impact.blocked, .impact.unknown], [.issues[].cause], (.services[] | [.name, .health, .since_run])')" = '"converging"
[40,30,30]
["agent.supervisor-none"]
["chat-api","healthy",2]' ]
	[ "$(progress -f json 1..1 | jq -c '.loop.status, [.impact.restored, .impact.blocked, .impact.unknown]')" = '"first turn"
[0,70,30]' ]
	turns 3
	[ "$(progress -f json | jq -c '[.fixed[] | [.cause, .evidence.source, (.passes | length), .services[0].health]]')" = '[["database.db-manager-not-initialised","cloud-log.ndjson",3,"healthy"],["agent.supervisor-none","cloud-log.ndjson",1,"healthy"]]' ]
}

@test "without capabilities every test counts alike, and one that did not run is unknown" {
	printf 'one FAILED\ntwo PASSED\nthree FAILED\n' | turn 1
	printf 'one PASSED\ntwo PASSED\n' | turn 2
	run progress
	[[ ${lines[1]} == "impact: 67 % restored, 0 % blocked, 33 % unknown" ]]
	[[ ${lines[2]} == *"all tests: 67 % restored"*"(2 of 3 pass)" ]]
}

@test "shares of capabilities are those of their tests, by weight, and of their layers" {
	cat >.fivewhys.yaml <<-EOF
		capabilities:
		  - {name: one, weight: 3, tests: ['*::one', '*::other']}
		  - {name: agents, layers: [agent]}
		  - {name: nothing, weight: 0.5, tests: ['none']}
	EOF
	printf 'one PASSED\nother FAILED\n' | turn 1
	[ "$(progress -f json | jq -c '.impact.capabilities[] | [.name, .weight, .tests, .restored, .blocked, .unknown]')" = '["one",3,2,50,50,0]
["agents",1,0,0,0,100]
["nothing",0.5,0,0,0,100]' ]
	[ "$(progress -f json | jq -c '.impact | [.restored, .blocked, .unknown, .outside]')" = '[33,33,34,0]' ]
	"$FIVEWHYS" triage -q --db h.db --label agents "$samples/silent-agent-pipeline/transcript.txt" >/dev/null
	[ "$(progress -f json | jq -c '.impact.capabilities[1] | [.name, .tests, .failed]')" = '["agents",1,1]' ]
}

@test "a fault in the capabilities is told with file and line" {
	while IFS='|' read -r text says; do
		printf 'tz: UTC\ncapabilities:\n  %s\n' "$text" >.fivewhys.yaml
		run progress
		[ "$status" = 2 ]
		[[ $output == *".fivewhys.yaml:3: $says"* ]] || { echo "$text: $output"; return 1; }
	done <<-'EOF'
		one|capabilities wants a list
		- one|a capability has name, weight, tests and layers
		- {name: a}|a capability wants tests or layers
		- {tests: [a]}|a capability has no name
		- {name: a, tests: a}|tests and layers of a capability are lists
		- {name: a, tests: [[a]]}|tests and layers of a capability are lists of texts
		- {name: a, tests: [a], weight: 0}|the weight of a capability is a number above 0
		- {name: a, tests: [a], weight: nan}|the weight of a capability is a number above 0
		- {name: a, tests: [a], weight: 1x}|the weight of a capability is a number above 0
		- {name: a, tests: [a], colour: red}|a capability has name, weight, tests and layers
	EOF
}

@test "the loop is that of the newest label, a label, or a range" {
	turns 2
	printf 'one FAILED\n' | turn 1
	[ "$(progress -f json | jq -c '[.turns[].id]')" = '[3]' ]
	[ "$(progress -f json --label chat | jq -c '[.turns[].id]')" = '[1,2]' ]
	[ "$(progress -f json 2.. | jq -c '[.turns[].id]')" = '[2,3]' ]
	[ "$(progress -f json 1..2 | jq -c '[.turns[].id]')" = '[1,2]' ]
	[ "$(progress -f json --label chat 2..last | jq -c '[.turns[].id]')" = '[2]' ]
	for bad in "2" "..2" "3..1" "1..9" "--label none" "1..2 3..4" "--label chat 3..3" "-f html"; do
		run progress $bad
		[ "$status" -ge 2 ]
		[[ ${lines[-1]} == "fivewhys: error: "* ]]
	done
	run "$FIVEWHYS" progress --db none.db
	[ "$status" = 3 ]
}

@test "stuck, oscillating and worse loops are called that" {
	printf 'one FAILED\ntwo PASSED\n' | turn 1
	printf 'one PASSED\ntwo FAILED\n' | turn 2
	printf 'one FAILED\ntwo FAILED\n' | turn 3
	run progress
	[[ ${lines[0]} == *": oscillating, tests/test_a.py::one was fixed and is back" ]]
	for iteration in 1 2 3; do
		"$FIVEWHYS" triage -q --db h.db --label s --iteration $iteration "$samples/silent-agent-pipeline/transcript.txt" >/dev/null
	done
	run progress
	[[ ${lines[0]} == *": stuck, agent.no-agent-events is on top for 3 turns, and no fewer tests fail" ]]
}

@test "labels are quoted for the shell in the commands that go on" {
	printf 'one FAILED\n' >one.txt
	label="it's; \$(touch x) \`y\`"
	"$FIVEWHYS" triage -q --db h.db --label "$label" one.txt >/dev/null
	command=$(progress -f json | jq -r '.commands[-1]')
	bash -c "${command/fivewhys/\"\$FIVEWHYS\"} --db h.db" | grep -q '^run 1 to run 1'
	[ ! -e x ]
	progress -f md | grep -qF "    $command"
}
