load common

@test "without a command, usage goes to stderr and the status is 2" {
	run --separate-stderr "$FIVEWHYS"
	[ "$status" = 2 ] && [ -z "$output" ] && [[ $stderr == usage:* ]]
}

@test "--help prints examples on stdout" {
	run --separate-stderr "$FIVEWHYS" triage --help
	[ "$status" = 0 ] && [ -z "$stderr" ] && [[ $output == *"fivewhys triage results.xml cloud-log.json"* ]]
}

@test "--version names the digest of the rule set" {
	run "$FIVEWHYS" --version
	[ "$status" = 0 ] && [[ ${lines[1]} =~ ^rules\ [0-9a-f]{64}\ \([0-9]+\ causes\)$ ]]
}

@test "a mistyped command, option or id is answered with what may have been meant" {
	run "$FIVEWHYS" traige x
	[ "$status" = 2 ]
	[[ $output == *"did you mean triage?"* ]]
	run "$FIVEWHYS" triage --fromat json x
	[ "$status" = 2 ]
	[[ $output == *"did you mean --format?"* ]]
	run "$FIVEWHYS" rules show agent.no-agent-event
	[ "$status" = 2 ] && [[ $output == *"did you mean agent.no-agent-events?"* ]]
}

@test "a missing file is status 3 and is named" {
	run "$FIVEWHYS" triage --no-store nowhere.log
	[ "$status" = 3 ] && [[ $output == *nowhere.log* ]]
}

@test "a missing file beside a readable one is status 3, and the readable one is analysed" {
	run --separate-stderr "$FIVEWHYS" triage --no-store -f json nowhere.log $silent
	[ "$status" = 3 ]
	[[ $stderr == *nowhere.log* ]]
	[ "$(jq -r '.run.tests.failed, .scan.complete' <<<"$output" | paste -sd' ')" = "1 false" ]
}

@test "an empty file is nothing to analyse: status 4, with --allow-empty 0" {
	: >empty
	run "$FIVEWHYS" triage --no-store empty
	[ "$status" = 4 ]
	[[ $output == *"nothing to analyse"* ]]
	run "$FIVEWHYS" triage --no-store --allow-empty empty
	[ "$status" = 0 ]
}

@test "a full disk is an error, on stdout and in a file" {
	[ -e /dev/full ] || skip "no /dev/full here"
	run bash -c '"$FIVEWHYS" triage --no-store '"$silent"' >/dev/full'
	[ "$status" = 3 ]
	[[ $output == *"standard output"* ]]
	ln -s /dev/full full.md
	run "$FIVEWHYS" triage --no-store -o full.md $silent
	[ "$status" = 3 ] && [[ $output == *"full.md: No space left on device"* ]]
}

@test "an unwritable report leaves the old one alone" {
	mkdir d
	echo old >d/report.md
	ln -s d/report.md link.md
	run bash -c 'ulimit -f 1; "$FIVEWHYS" triage --no-store -o d/report.html -o d/report.md '"$silent"
	[ "$status" != 0 ]
	[ "$(cat d/report.md)" = old ]
	[ "$(find d -type f | wc -l)" = 1 ]
}

@test "--fail-on decides on status 1, and only it" {
	run "$FIVEWHYS" triage --no-store $silent
	[ "$status" = 0 ]
	run "$FIVEWHYS" triage --no-store --fail-on unknown $silent
	[ "$status" = 0 ]
	run "$FIVEWHYS" triage --no-store --fail-on unknown,incident $silent
	[ "$status" = 1 ]
	run "$FIVEWHYS" triage --no-store --fail-on nonsense $silent
	[ "$status" = 2 ]
}

@test "settings: a flag beats the environment, which beats the project's file" {
	printf 'format: html\nlabel: from-file\n' >.fivewhys.yaml
	FIVEWHYS_FORMAT=md run "$FIVEWHYS" config --show-origin
	[[ $output == *"FIVEWHYS_FORMAT"*"format: md"* ]]
	[[ $output == *".fivewhys.yaml:2"*"label: from-file"* ]]
	FIVEWHYS_FORMAT=md run --separate-stderr "$FIVEWHYS" triage --no-store -f json $silent
	[ "$(jq -r .run.label <<<"$output")" = from-file ]
}

@test "capabilities are shown with their weights and the place where they stand" {
	printf 'capabilities:\n  - {name: chat, tests: ["*"]}\n  - {name: agents, weight: 2.5, layers: [agent]}\n' >.fivewhys.yaml
	run "$FIVEWHYS" config
	[[ ${lines[-1]} == "capabilities: chat (1), agents (2.5)" ]]
	run "$FIVEWHYS" config --show-origin
	[[ ${lines[-1]} == *".fivewhys.yaml:2"*"capabilities: chat (1), agents (2.5)" ]]
}

@test "a fault in a settings file is told with file and line" {
	printf 'label: x\ncolour: never\n' >.fivewhys.yaml
	run "$FIVEWHYS" config
	[ "$status" = 2 ] && [[ $output == *".fivewhys.yaml:2: unknown setting \"colour\""* ]]
}

@test "progress: a line a phase in CI, nothing with -q, --no-progress or elsewhere" {
	CI=true run --separate-stderr "$FIVEWHYS" triage --no-store $silent
	[ "$stderr" = $'fivewhys: reading\nfivewhys: reasoning' ]
	for flag in -q --no-progress; do
		CI=true run --separate-stderr "$FIVEWHYS" triage --no-store $flag $silent
		[ -z "$stderr" ]
	done
	run --separate-stderr "$FIVEWHYS" triage --no-store $silent
	[ -z "$stderr" ]
}

@test "a limit on the size of files is an error like a full disk, and the history stays usable" {
	run bash -c 'ulimit -f 8; "$FIVEWHYS" triage '"$silent"
	[ "$status" = 3 ]
	run "$FIVEWHYS" triage $silent
	[ "$status" = 0 ]
}
