#!/usr/bin/env bats
# Triage that reads Cloud Logging itself.
load common.bash
load standin.bash
load live.bash

sample_setup() {
	jq -c '.[]' "$samples/silent-agent-pipeline/cloud-log.json" >sample.ndjson
	live_setup --quota 0 --load sample.ndjson
	control settings '{"now":"2026-03-03T00:00:00Z"}'
	export FIVEWHYS_TEST_CLOCK=2026-03-03T00:00:00Z
	transcript=$samples/silent-agent-pipeline/transcript.txt
	project=example-staging
}

@test 'a project gives the same diagnosis as its export' {
	sample_setup
	"$FIVEWHYS" triage --no-store $silent | tail -n +2 >file.txt
	"$FIVEWHYS" triage --no-store "$transcript" --project $project | tail -n +2 >live.txt
	diff file.txt live.txt
	bodies | jq -r .filter | grep -F 'timestamp>="2026-03-02T09:12:01.210Z" AND timestamp<"2026-03-02T09:16:33.401Z"'
}

@test 'a command that is run has the logs of its tests, or of its own time where these tell none' {
	sample_setup
	run -3 --separate-stderr "$FIVEWHYS" run --no-store -o timed.json --project $project -- sh -c 'cat "$0"; exit 3' "$transcript"
	[ "$output" = "$(cat "$transcript")" ]
	[ "$(jq -r '.incidents[0].root_cause' timed.json)" = database.db-manager-not-initialised ]
	control settings '{"now":"2026-03-02T09:20:00Z"}'
	export FIVEWHYS_TEST_CLOCK=2026-03-02T09:14:30Z
	printf 'tests/test_a.py::test_a FAILED\n= 1 failed in 0.1s =\n' >untimed.txt
	run -1 --separate-stderr "$FIVEWHYS" run --no-store -o untimed.json --project $project -- sh -c 'cat untimed.txt; exit 1'
	[ "$(jq '[.scan.sources[].entries] | add' untimed.json)" = 10 ]
	bodies | jq -r .filter | grep -F 'timestamp>="2026-03-02T09:12:30Z" AND timestamp<"2026-03-02T09:14:30Z"'
}

@test 'triage twice keeps every entry once, and is one run' {
	sample_setup
	"$FIVEWHYS" triage "$transcript" --project $project >one.txt
	"$FIVEWHYS" pull --project $project --from 2026-03-02T00:00:00Z
	"$FIVEWHYS" triage "$transcript" --project $project >two.txt
	[ "$(query 'SELECT count(*) FROM runs')" = 1 ]
	[ "$(query 'SELECT count(*) FROM entries WHERE insert_id IS NOT NULL')" = 8 ]
	same
}

@test 'without a project no socket is opened' {
	sample_setup
	FIVEWHYS_PROJECT=$project "$FIVEWHYS" triage --no-store $silent
	"$FIVEWHYS" triage --no-store --offline $silent
	[ "$(control counters | jq .requests)" = 0 ]
	if command -v strace; then
		# LeakSanitizer does not work under strace
		ASAN_OPTIONS=detect_leaks=0 strace -f -e trace=socket,connect -o trace "$FIVEWHYS" triage --no-store $silent
		lacks 'socket|connect' <trace
	fi
}

@test 'offline a project is refused' {
	sample_setup
	run -2 "$FIVEWHYS" triage --no-store "$transcript" --project $project --offline
	[[ $output == *'--offline refuses any network'* ]]
	[ "$(control counters | jq .requests)" = 0 ]
}

@test 'inputs that do not tell the time want one' {
	sample_setup
	printf 'tests/test_a.py::test_a FAILED\n= 1 failed in 0.1s =\n' >untimed.txt
	run -2 "$FIVEWHYS" triage --no-store untimed.txt --project $project
	[[ $output == *'--from and --to'* ]]
	run -0 "$FIVEWHYS" triage --no-store untimed.txt --project $project --from 2026-03-02T09:00:00Z --to 2026-03-02T10:00:00Z
}

@test 'a project and a time are enough' {
	sample_setup
	run -0 "$FIVEWHYS" triage --no-store --project $project --from 2026-03-02T09:00:00Z --to 2026-03-02T10:00:00Z
	run -2 "$FIVEWHYS" triage --no-store --project $project
	run -2 "$FIVEWHYS" triage --no-store $silent --service api
}

@test 'what could not be read is a gap, and nothing is called absent' {
	sample_setup
	control faults '[{"kind":"403"}]'
	run -3 --separate-stderr "$FIVEWHYS" triage --no-store -f json "$transcript" --project $project
	jq -e '.scan.complete == false and (.scan.gaps[0] | contains("The caller does not have permission"))' <<<"$output"
	jq -e '[.incidents[].verdict] == ["INCONCLUSIVE"]' <<<"$output"
}

# wide N: a day of noise, one request each 100 s, some of which are never answered
wide_setup() {
	cat >rules.yaml <<-'END'
		version: 1
		causes:
		  - id: queue.job-abandoned
		    title: A job was taken and never finished
		    kind: symptom
		    layer: queue
		    severity: high
		    why: Nobody finished the job.
		    group_by: [trace]
		    when:
		      absent: {after: took job from the queue, none_of: [finished the job], within: 10m}
	END
	awk 'BEGIN { for (i = 0; i < 8640; i++) {
		t = strftime("%Y-%m-%dT%H:%M:%SZ", 1767225600 + i * 10, 1)
		text = "nothing of interest here"
		trace = "none"; severity = "INFO"
		if (i % 4000 == 1000) { text = "took job from the queue"; trace = "t" i; severity = "WARNING" }
		if (i == 1030) { text = "finished the job"; trace = "t1000" }
		printf "{\"insertId\":\"i%05d\",\"logName\":\"projects/demo-project/logs/l\",\"severity\":\"%s\",\"timestamp\":\"%s\",\"trace\":\"%s\",\"textPayload\":\"%s\"}\n", i, severity, t, trace, text } }' >wide.ndjson
	live_setup --quota 0 --load wide.ndjson
	bounds='--from 2026-01-01T00:00:00Z --to 2026-01-02T00:00:00Z'
}

@test 'of a wide time the service looks for what rules need, and the answer is the same' {
	wide_setup
	"$FIVEWHYS" triage --no-store -f json -r rules.yaml --project demo-project $bounds >pushed.json
	"$FIVEWHYS" triage --no-store -f json -r rules.yaml --project demo-project $bounds --no-pushdown >plain.json
	for filter in '[.incidents[] | {root_cause, verdict, whys: [.whys[] | {cause, basis, count}]}]'; do
		diff <(jq "$filter" pushed.json) <(jq "$filter" plain.json)
	done
	jq -e '.incidents | length >= 1' plain.json
	jq -e '(.scan.sources[0].entries < 600) and (.scan.sources[0].notes[0] | contains("were read whole"))' pushed.json
	jq -e '.scan.sources[0].entries == 8637' plain.json
}

@test 'what is never answered is only asserted where everything was read' {
	wide_setup
	sed 's/within: 10m/within: scope/' rules.yaml >scope.yaml
	"$FIVEWHYS" triage --no-store -f json -r scope.yaml --project demo-project $bounds >pushed.json
	"$FIVEWHYS" triage --no-store -f json -r scope.yaml --project demo-project $bounds --no-pushdown >plain.json
	jq -e '[.incidents[].verdict] | length > 0 and all(. == "UNDIAGNOSED")' plain.json
	jq -e '[.incidents[].verdict] | all(. == "INCONCLUSIVE")' pushed.json
	"$FIVEWHYS" triage --no-store -r scope.yaml --project demo-project $bounds | grep -F 'entries, complete as far as the rules look'
}

@test 'where everything has to be read that is told' {
	wide_setup
	sed 's/took job from the queue/{regex: "^\\\\S+ job"}/' rules.yaml >all.yaml
	"$FIVEWHYS" triage --no-store -f json -r all.yaml --project demo-project $bounds >all.json
	jq -e '.scan.sources[0].entries == 8637 and (.scan.sources[0].notes[0] | contains("everything was read, as rule queue.job-abandoned"))' all.json
}

@test 'a pushdown that fails is a gap' {
	wide_setup
	control faults '[{"kind":"403"}]'
	run -3 --separate-stderr "$FIVEWHYS" triage --no-store -f json -r rules.yaml --project demo-project $bounds
}
