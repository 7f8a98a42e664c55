load common
load forge

# triaged OPTION...: the silent sample in CI; its run as the store has it is in $row.
triaged() {
	# shellcheck disable=SC2086  # a list of files
	run --separate-stderr "$FIVEWHYS" triage --ci --no-comment --db runs.db "$@" $silent
	[ "$status" = 0 ] || return 1
	row=$(sqlite3 runs.db 'SELECT label, commit_id, branch FROM runs ORDER BY id DESC LIMIT 1')
}

event() {
	printf '%s' "$1" >event.json
	export GITHUB_EVENT_PATH=$PWD/event.json
}

@test "GitHub Actions: a pull request of a fork is its head, not the merge" {
	on_github 70 2
	export GITHUB_SHA=ffffffffffffffffffffffffffffffffffffffff GITHUB_HEAD_REF=main
	event '{"pull_request":{"number":12,"head":{"sha":"0123456789012345678901234567890123456789","ref":"main",
		"repo":{"full_name":"eve/hello","owner":{"login":"eve"}}}}}'
	triaged
	[ "$row" = 'CI #70.2|0123456789012345678901234567890123456789|eve:main' ]
}

@test "options and variables of ours win over those of the build" {
	on_github
	export GITHUB_SHA=ffffffffffffffffffffffffffffffffffffffff FIVEWHYS_BRANCH=mine
	triaged --label theirs --commit abcdef1
	[ "$row" = 'theirs|abcdef1|mine' ]
}

@test "an event that is no JSON, or is not there, is no fault of the build" {
	on_github
	export GITHUB_SHA=ffffffffffffffffffffffffffffffffffffffff
	event '{"pull_request":{"number":"x","head":[]}'
	triaged
	[ "$row" = 'CI #70|ffffffffffffffffffffffffffffffffffffffff|' ]
	export GITHUB_EVENT_PATH=$PWD/missing.json
	triaged
	[[ $stderr == *'the event of this build is not known'* ]]
}

@test "a hostile name of a branch is text in every place" {
	on_github
	export GITHUB_STEP_SUMMARY=$PWD/summary.md GITHUB_OUTPUT=$PWD/output GITHUB_WORKFLOW=$'x\n::error::evil --> <b>@all</b>'
	event '{"pull_request":{"number":12,"head":{"sha":"0123456789012345678901234567890123456789",
		"ref":"a\n::set-output name=x::y\u001b[31m`<img src=x>](https://evil.example.com)@octo/team","repo":null}}}'
	# shellcheck disable=SC2086
	run "$FIVEWHYS" triage --ci --dry-run --db runs.db $silent
	expect 0
	lacks $'\033|^::set|^::error::evil' <<<"$output"
	run "$FIVEWHYS" triage --ci --no-comment --db runs.db $silent
	lacks $'\033|^::set|^::error::evil|<b>|<img' <summary.md
	lacks '^x<<|evil' <output
	"$FIVEWHYS" publish --dry-run --db runs.db >comment
	lacks '[^`]<b>|[^`>]@all|^::' <comment
	[ "$(grep -c -e '-->' comment)" = 1 ]
}

@test "the summary is added to what is there, without the front matter" {
	on_github
	export GITHUB_STEP_SUMMARY=$PWD/summary.md
	echo '# before' >summary.md
	triaged
	run cat summary.md
	expect 0 '# before' '# 1 of 3 tests failed' '## Why' '## Scan'
	lacks '^---$' <summary.md
	lacks 'too long for its place' <summary.md
}

@test "what a command before left without an end of line stays a line of its own" {
	on_github
	export GITHUB_STEP_SUMMARY=$PWD/summary.md GITHUB_OUTPUT=$PWD/output
	printf 'before' >summary.md
	printf 'before=1' >output
	triaged
	[ "$(sed -n 1p summary.md)" = before ]
	[ "$(sed -n 1p output)" = before=1 ]
	sed -n 2p output | grep -q '^verdict<<'
}

@test "a summary that is too long loses whole sections, and says which" {
	on_github
	export GITHUB_STEP_SUMMARY=$PWD/summary.md
	head -c 916000 /dev/zero | tr '\0' x >summary.md
	triaged
	[ "$(stat -c %s summary.md)" -le $((900 * 1024)) ]
	tail -c +916001 summary.md >added
	run cat added
	expect 0 '# 1 of 3 tests failed' '## Summary' 'Left out: ' 'Timeline'
	lacks '^## Timeline' <added
	head -c 921000 /dev/zero | tr '\0' x >summary.md
	triaged
	[ "$(stat -c %s summary.md)" = 921000 ]
	[[ $stderr == *'no summary: it is full already'* ]]
}

# read_outputs: "name=value" of each output on standard input, as the runner reads them
read_outputs() {
	awk '!end && /<</ { at = index($0, "<<"); name = substr($0, 1, at - 1); end = substr($0, at + 2); value = ""; next }
		end && $0 == end { print name "=" value; end = ""; next }
		end { value = value $0 }'
}

@test "outputs of the job are the first incident, between lines that no value holds" {
	on_github
	export GITHUB_OUTPUT=$PWD/output
	echo 'before=1' >output
	triaged -o report.md
	read_outputs <output >read
	fingerprint=$(sqlite3 runs.db 'SELECT fingerprint FROM incidents')
	diff read - <<-EOF
		verdict=LIKELY
		root_cause=database.db-manager-not-initialised
		incidents=1
		fingerprint=$fingerprint
		report=report.md
	EOF
	[ -s report.md ]
	rm output
	"$FIVEWHYS" triage --ci --no-comment --db runs.db "$samples/nothing-failed/results.xml" >/dev/null
	[ "$(sed -n '1,2p' output | tail -n 1)" = '' ]
	grep -qx 0 output
}

@test "annotations are errors of the log, ten at most" {
	on_github
	triaged
	[ "$(grep -c '^::error file=tests/e2e/test_agent_pipeline.py,line=' <<<"$output")" = 1 ]
	{
		echo '<testsuite name="s">'
		for n in $(seq 25); do
			echo "<testcase classname=\"t\" name=\"n$n\"><failure message=\"Odd%3A error kind$(printf "%b" "\\x$(printf %x $((96 + n)))") :: 100%\"/></testcase>"
		done
		echo '</testsuite>'
	} >results.xml
	run "$FIVEWHYS" triage --ci --no-comment --db runs.db results.xml
	expect 0
	grep '^::' <<<"$output" >commands
	[ "$(grep -c '^::error ' commands)" = 10 ]
	lacks '^::(error|warning|notice) .*(title=[^:]*%[^0-9A-F]|%$)|^::[^ewn]' <commands
}

@test "annotations that -o or --format makes are not made twice" {
	on_github
	triaged -o github:-
	[ "$(grep -c '^::error ' <<<"$output")" = 1 ]
	triaged --format github
	[ "$(grep -c '^::error ' <<<"$output$stderr")" = 1 ]
	triaged -o github:annotations.txt
	[ "$(grep -c '^::error ' <<<"$output")" = 1 ]
}

@test "JSON on standard output stays JSON: commands of the runner go to standard error" {
	on_github
	triaged -f json
	jq -e '.incidents | length == 1' <<<"$output" >/dev/null
	[[ $stderr == *'::error file='* ]]
}

@test "GitLab: the summary stands in a section of the log" {
	on_gitlab
	export CI_COMMIT_SHA=ffffffffffffffffffffffffffffffffffffffff CI_MERGE_REQUEST_SOURCE_BRANCH_NAME=topic
	export CI_MERGE_REQUEST_SOURCE_PROJECT_PATH=eve/hello CI_JOB_URL=https://gitlab.example.com/octo/hello/-/jobs/700
	triaged -o report.md
	[ "$row" = 'e2e #7|ffffffffffffffffffffffffffffffffffffffff|eve/hello:topic' ]
	[[ $output == $'\033[0Ksection_start:1767312000:fivewhys\r\033[0Kfivewhys\n1 of 3 tests failed'* ]]
	[[ $output == *$'\033[0Ksection_end:1767312000:fivewhys\r\033[0K' ]]
	lacks '^::' <<<"$output"
}

@test "Buildkite: the summary stands open in the log" {
	export CI=true BUILDKITE=true BUILDKITE_PIPELINE_SLUG=e2e BUILDKITE_BUILD_NUMBER=7 BUILDKITE_COMMIT=HEAD BUILDKITE_BRANCH=topic
	triaged
	[ "$row" = 'e2e #7||topic' ]
	[ "$(head -n 1 <<<"$output")" = '+++ fivewhys' ]
}

@test "Azure Pipelines: the Markdown report becomes the summary of the build" {
	export TF_BUILD=True BUILD_DEFINITIONNAME=e2e BUILD_BUILDNUMBER=20260102.1 BUILD_BUILDID=9 BUILD_SOURCEBRANCH=refs/heads/topic
	export BUILD_SOURCEVERSION=ffffffffffffffffffffffffffffffffffffffff AGENT_TEMPDIRECTORY=$PWD
	triaged -o report.html -o 'a report.md'
	[ "$row" = 'e2e #20260102.1|ffffffffffffffffffffffffffffffffffffffff|topic' ]
	grep -qxF "##vso[task.uploadsummary]$(realpath .)/a report.md" <<<"$output"
	triaged
	grep -qxF "##vso[task.uploadsummary]$(realpath .)/fivewhys.md" <<<"$output"
	grep -q '^## Why' fivewhys.md
}

@test "Jenkins: label, commit and branch, and the summary in the log" {
	export JENKINS_URL=https://ci.example.com/ JOB_NAME=hello/PR-12 BUILD_NUMBER=7 GIT_COMMIT=ffffffffffffffffffffffffffffffffffffffff
	export CHANGE_ID=12 CHANGE_BRANCH=topic GIT_BRANCH=origin/PR-12
	triaged -o report.md
	[ "$row" = 'hello/PR-12 #7|ffffffffffffffffffffffffffffffffffffffff|topic' ]
	[[ $output == '1 of 3 tests failed'* ]]
}

@test "with --ci a build ends as it did: nothing read, nothing there, a full history are warnings" {
	on_github
	echo >empty.log
	run "$FIVEWHYS" triage --ci --no-comment --no-store empty.log
	expect 0 'nothing was told to the build: nothing to analyse'
	run "$FIVEWHYS" triage --ci --no-comment --no-store missing.log
	expect 0 'nothing was told to the build'
	# shellcheck disable=SC2086
	run "$FIVEWHYS" triage --ci --no-comment --no-store missing.log $silent
	expect 0 '1 of 3 tests failed'
	GITHUB_STEP_SUMMARY=/nowhere/summary.md GITHUB_OUTPUT=/dev/full run "$FIVEWHYS" triage --ci --no-comment --no-store $silent
	expect 0 'no summary: /nowhere/summary.md' 'no outputs: /dev/full'
}

@test "only --fail-on and --strict change how a build ends, and only what is typed wrongly is an error" {
	on_github
	# shellcheck disable=SC2086
	run "$FIVEWHYS" triage --ci --no-comment --no-store --fail-on incident $silent
	expect 1
	run "$FIVEWHYS" triage --ci --no-comment --no-store --fail-on incident missing.log
	expect 3 'missing.log: '
	run "$FIVEWHYS" triage --ci --no-comment --no-store --strict missing.log $silent
	expect 5
	run "$FIVEWHYS" triage --ci --comment $silent
	expect 2
	run "$FIVEWHYS" triage --pull 3 $silent
	expect 2 '--pull are about --ci'
}

@test "what a canary forbids no page of the build is told" {
	on_github
	export GITHUB_STEP_SUMMARY=$PWD/summary.md GITHUB_OUTPUT=$PWD/output
	# shellcheck disable=SC2086
	run "$FIVEWHYS" triage --ci --dry-run --db runs.db --canary 'DatabaseManager not initialized' $silent
	expect 1 'canary'
	lacks '^::error|^to ' <<<"$output"
	[ ! -e summary.md ]
	[ ! -e output ]
	# the address of the build is in the comment alone
	run "$FIVEWHYS" triage --ci --dry-run --db runs.db --canary 'octo/hello/actions' $silent
	expect 1 'the comment'
}

@test "without any CI --ci says so, and triages" {
	triaged
	[ "$row" = '||' ]
	[[ $stderr == *'no CI is known by its variables'* ]]
}

@test "run --ci leaves output and status alone, and tells the build on standard error" {
	on_github
	export GITHUB_STEP_SUMMARY=$PWD/summary.md
	run --separate-stderr "$FIVEWHYS" run --ci --no-comment --db runs.db -- sh -c 'cat "$1"; exit 3' sh \
		"$samples/silent-agent-pipeline/transcript.txt"
	[ "$status" = 3 ]
	diff <(printf '%s\n' "$output") "$samples/silent-agent-pipeline/transcript.txt"
	[[ $stderr == *'::error file='* ]]
	grep -q '^## Why' summary.md
}
