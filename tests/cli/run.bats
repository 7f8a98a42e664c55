load common

# A command "step" whose output is, turn by turn, that of the files given; the last one goes on.
steps() {
	i=0
	for file; do cp "$file" "turn-$((i += 1))"; done
	cat >step <<-EOF
		n=\$((\$(cat n 2>/dev/null || echo 0) + 1))
		echo \$n >n
		[ -e turn-\$n ] || n=$i
		cat turn-\$n
		! grep -q ^FAILED turn-\$n
	EOF
}

passing() {
	printf '%s PASSED\n' tests/e2e/test_health.py::TestHealth::test_service_answers \
		tests/e2e/test_agent_pipeline.py::TestAgentPipeline::test_pipeline_execution >passing.txt
}

@test "the command's output and exit status are its own, and the reason is told on stderr" {
	run --separate-stderr "$FIVEWHYS" run --db h.db --logs "$samples/silent-agent-pipeline/cloud-log.json" \
		-- sh -c 'cat "$0"; exit 7' "$samples/silent-agent-pipeline/transcript.txt"
	[ "$status" = 7 ]
	[ "$output" = "$(cat "$samples/silent-agent-pipeline/transcript.txt")" ]
	[[ $stderr == *database.db-manager-not-initialised* ]]
	run "$FIVEWHYS" list --db h.db
	[[ ${lines[0]} == "#1 database.db-manager-not-initialised: new" ]]
}

@test "a signal ends us as it ended the command" {
	run bash -c '"$FIVEWHYS" run -q --no-store -- sh -c "echo before; kill -TERM \$\$"; echo "status $?"'
	[[ $output == *before* ]]
	[[ ${lines[-1]} == "status 143" ]]
}

@test "a command that cannot be started is one error, and a shell's status" {
	run -127 --separate-stderr "$FIVEWHYS" run --db h.db -- no-such-command-here
	[ "$status" = 127 ]
	[ "${#stderr_lines[@]}" = 1 ]
	: >plain
	run --separate-stderr "$FIVEWHYS" run --db h.db -- ./plain
	[ "$status" = 126 ]
	[ "${#stderr_lines[@]}" = 1 ]
	[ ! -e h.db ]
}

@test "a green run is kept, proves what it fixed, and says nothing but that" {
	passing
	steps "$samples/silent-agent-pipeline/transcript.txt" passing.txt
	run "$FIVEWHYS" run -q --db h.db -- sh step
	[ "$status" = 1 ]
	run --separate-stderr "$FIVEWHYS" run --db h.db -- sh step
	[ "$status" = 0 ]
	[ "$output" = "$(cat passing.txt)" ]
	[ "$stderr" = "fivewhys: iteration 2: green, 2 passed; 1 fixed; vanished: agent.no-agent-events" ]
	run "$FIVEWHYS" list --db h.db
	[[ ${lines[0]} == *": fixed in run 2" ]]
}

@test "until-green repeats the command, numbers its turns and says what each changed" {
	passing
	silent="$samples/silent-agent-pipeline/transcript.txt"
	steps "$silent" "$silent" "$silent" passing.txt
	run --separate-stderr "$FIVEWHYS" run --db h.db --label agents --until-green 9 -- sh step
	[ "$status" = 0 ]
	[[ ${stderr_lines[0]} == "fivewhys: iteration 1: first turn, 2 passed, 1 failed" ]]
	[[ ${stderr_lines[1]} == *"iteration 2: unchanged"*"same cause: agent.no-agent-events" ]]
	[[ ${stderr_lines[2]} == *"iteration 3: stuck"*"stuck on the same cause for 3 turns: agent.no-agent-events" ]]
	[[ ${stderr_lines[3]} == *"iteration 4: green"* ]]
	[ "$(cat n)" = 4 ]
	run --separate-stderr "$FIVEWHYS" run --db h.db --label agents -- sh step
	[[ $stderr == *"iteration 5: green"* ]]
}

@test "until-green gives up after so many turns, with the command's status and the reason" {
	steps "$samples/silent-agent-pipeline/transcript.txt"
	run --separate-stderr "$FIVEWHYS" run --no-store --until-green 2 -- sh step
	[ "$status" = 1 ]
	[ "$(cat n)" = 2 ]
	[[ $stderr == *"iteration 2: unchanged"*agent.no-agent-events* ]]
}

@test "failed tests of a command that ends with 0 are told, and its status stays 0" {
	run --separate-stderr "$FIVEWHYS" run --no-store -- cat "$samples/silent-agent-pipeline/transcript.txt"
	[ "$status" = 0 ]
	[[ $stderr == *agent.no-agent-events* ]]
}

@test "the transcript goes, unless it is to stay" {
	mkdir tmp
	TMPDIR=$PWD/tmp "$FIVEWHYS" run -q --no-store -- sh -c 'ls tmp; echo one; echo two >&2' >out
	[ -z "$(ls tmp)" ]
	grep -q '^fivewhys-' out
	"$FIVEWHYS" run -q --no-store --keep-transcript kept.txt -- sh -c 'echo one; echo two >&2'
	[ "$(sort kept.txt)" = "one
two" ]
}

@test "a signal that ends us while we analyse leaves no transcript behind" {
	mkdir tmp
	mkfifo log
	TMPDIR=$PWD/tmp "$FIVEWHYS" run -q --no-store --logs log -- echo done >out 3>&- &
	pid=$!
	until [ -n "$(ls tmp)" ] && grep -q done out; do sleep 0.02; done
	while kill -TERM $pid 2>/dev/null; do sleep 0.02; done
	run wait $pid
	[ -z "$(ls tmp)" ]
}

@test "reports are written where they are wanted, and standard output stays the command's" {
	run --separate-stderr "$FIVEWHYS" run --no-store -o r.md -o r.json -- \
		cat "$samples/silent-agent-pipeline/transcript.txt"
	[ "$(head -n 1 r.md)" = "---" ]
	[ "$(jq -r '.incidents[0].root_cause // .incidents[0].whys[0].cause' r.json)" = agent.no-agent-events ]
	[ "$output" = "$(cat "$samples/silent-agent-pipeline/transcript.txt")" ]
}

@test "what cannot be is refused before the command is run" {
	for bad in "run" "run --" "run touch x" "run x -- touch x" "run --until-green 0 -- touch x" \
		"run --fail-on new -- touch x" "run --rules none.yaml -- touch x" "run -f pdf -- touch x"; do
		run "$FIVEWHYS" $bad
		[ "$status" -ge 2 ]
		[[ ${lines[-1]} == "fivewhys: error: "* ]]
	done
	[ ! -e x ]
}
