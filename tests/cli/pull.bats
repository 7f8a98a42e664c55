#!/usr/bin/env bats
# Reading Cloud Logging: what is asked, what is kept, and how often.
load common.bash
load standin.bash
load live.bash

day='--from 2026-01-01T00:00:00Z --to 2026-01-02T00:00:00Z'

@test 'every entry is kept once' {
	live_setup --entries 2500 --quota 0
	run -0 pull $day
	[[ $output == 'projects/demo-project: 2500 entries read up to 2026-01-01T23:59:30Z, 2500 of them new, 3 requests' ]]
	same
}

@test 'pages that are short or empty are not the end' {
	live_setup --entries 600 --page-limit 7 --scan 3 --quota 0
	run -0 pull $day --filter 'severity>=ERROR'
	same '.severity == "ERROR" or .severity == "CRITICAL" or .severity == "ALERT" or .severity == "EMERGENCY"'
	[ "$(control counters | jq .requests)" -ge 200 ]
}

@test 'the same again adds nothing and asks for what came late only' {
	live_setup --entries 2500 --quota 0
	pull $day
	stored >before
	control requests | jq length
	run -0 pull $day
	[[ $output == *': 0 entries read up to '*', 0 of them new, 1 requests' ]]
	bodies | tail -n 1 | jq -r .filter | grep -F 'receiveTimestamp>='
	stored | diff before -
}

@test 'all pages of a pull are asked with the same words' {
	live_setup --entries 3000 --quota 0
	pull --since 24h
	[ "$(bodies | jq -c 'del(.pageToken)' | sort -u | wc -l)" = 1 ]
	bodies | head -n 1 | jq -e '.orderBy == "timestamp asc" and .pageSize == 1000 and .resourceNames == ["projects/demo-project"]
		and .filter == "timestamp>=\"2026-01-01T00:00:00Z\" AND timestamp<\"2026-01-01T23:59:30Z\""'
}

@test 'answers are asked for compressed, with the token and the quota project' {
	live_setup --entries 10
	pull $day --quota-project payer-project
	control requests | jq -e '.[0].headers | with_entries(.key |= ascii_downcase) | (.["accept-encoding"] | contains("gzip"))
		and (.["user-agent"] | contains("gzip")) and .["x-goog-user-project"] == "payer-project"
		and .authorization == "Bearer not-a-real-token-0001"'
}

@test 'what came late is found by when it was received' {
	live_setup --entries 100 --quota 0
	pull $day
	control settings '{"now":"2026-01-02T01:00:00Z"}'
	control entries '{"insertId":"late-1","logName":"projects/demo-project/logs/l","timestamp":"2026-01-01T03:00:00Z","receiveTimestamp":"2026-01-02T00:30:00Z","textPayload":"late"}'
	FIVEWHYS_TEST_CLOCK=2026-01-02T01:00:00Z pull --resume
	[ "$(query "SELECT count(*) FROM entries WHERE insert_id = 'late-1'")" = 1 ]
	same
}

@test 'the next pull goes on where the last one ended, with an overlap' {
	live_setup --entries 100 --quota 0
	pull --since 24h
	FIVEWHYS_TEST_CLOCK=2026-01-02T01:00:00Z pull --since 24h
	bodies | jq -r .filter | sed -n 2p | grep -F 'timestamp>="2026-01-01T23:49:30Z" AND timestamp<"2026-01-02T00:59:30Z"'
}

@test 'a filter and a service stay inside the bounds' {
	live_setup --entries 2000 --quota 0
	pull $day --filter 'severity=ERROR OR severity=INFO -- all of them' --service frontend
	bodies | head -n 1 | jq -r .filter | tr '\n' ' ' | grep -F 'AND (severity=ERROR OR severity=INFO  )'
	same '(.severity == "ERROR" or .severity == "INFO") and ([.resource.labels[]?] | index("frontend")) != null'
}

@test 'a filter that would leave its bounds is refused, and nothing is asked' {
	live_setup --entries 10
	for filter in 'severity=ERROR) OR (severity=INFO' '(a' 'text:"a' "text:'a'" '-- nothing'; do
		run -2 pull $day --filter "$filter"
		[[ $output == *'the filter'* ]]
	done
	[ "$(control counters | jq .requests)" = 0 ]
}

@test 'wrong times and options are usage errors' {
	live_setup --entries 10
	run -2 pull
	[[ $output == *'since when?'* ]]
	run -2 pull --from yesterday
	run -2 pull --since soon
	run -2 pull --since 1h --from 2026-01-01T00:00:00Z
	run -2 pull --from 2026-01-01T10:00:00Z --to 2026-01-01T09:00:00Z
	run -2 pull --since 1h --rate 0
	run -2 pull --since 1h some-file
	run -2 "$FIVEWHYS" pull --project 'no/project' --since 1h
	run -4 pull --resume
	[ "$(control counters | jq .requests)" = 0 ]
}

@test 'offline nothing is asked' {
	live_setup --entries 10
	run -2 pull $day --offline
	[[ $output == *'--offline refuses any network'* ]]
	[ "$(control counters | jq .requests)" = 0 ]
}

@test 'a pull that broke off goes on with its token' {
	live_setup --entries 5000 --quota 0
	control faults '[{"kind":"403","after":2}]'
	run -3 pull $day
	[[ $output == *'2000 entries were read and kept; the same command goes on from there'* ]]
	run -0 pull $day
	[[ $output == *': 3000 entries read up to '*', 3000 of them new, '* ]]
	[ "$(bodies | jq -r '.pageToken // empty' | sort | uniq -d | wc -l)" = 1 ]
	same
}

@test 'a resumed pull is what an undisturbed one is' {
	live_setup --entries 3000 --quota 0
	pull $day
	stored >whole
	rm -r "$XDG_STATE_HOME"
	control faults '[{"kind":"404","after":1}]'
	run -3 pull $day
	pull --resume
	stored | diff whole -
	same
}

@test 'a token of yesterday is not used any more' {
	live_setup --entries 5000 --quota 0
	control faults '[{"kind":"403","after":2}]'
	run -3 pull $day
	control settings '{"advance":84000}'
	FIVEWHYS_TEST_CLOCK=2026-01-02T23:20:00Z run -0 pull $day
	bodies | sed -n 4p | jq -e '.pageToken == null'
	same
}

@test 'a token that is refused costs the page, not the pull' {
	live_setup --entries 5000 --quota 0
	control faults '[{"kind":"token","after":3}]'
	run -0 pull $day
	last=$(control entries | jq -r .timestamp | sed -n 3000p)
	bodies | sed -n 5p | jq -r 'select(.pageToken == null) | .filter' | grep -F "timestamp>=\"$last\""
	same
}

@test 'a page that is refused without a token is an error in the words of the service' {
	live_setup --entries 10
	control faults '[{"kind":"400"}]'
	run -3 pull $day
	[[ $output == *'status 400 INVALID_ARGUMENT: Request contains an invalid argument.'* ]]
}

@test 'who may not read is told what to do' {
	live_setup --entries 10
	control faults '[{"kind":"403"}]'
	run -3 pull $day
	[[ $output == *'The caller does not have permission; grant roles/logging.viewer'* ]]
}

@test 'no secret gets into the output, the store or its pages' {
	live_setup --entries 200 --quota 0
	control entries '{"insertId":"s1","logName":"projects/demo-project/logs/l","timestamp":"2026-01-01T03:00:00Z","textPayload":"password=Sw0rdf1shNotReal"}'
	control faults '[{"kind":"401","after":0},{"kind":"503","after":0}]'
	pull -v $day >out 2>&1 || true
	pull -v $day >>out 2>&1
	cat out "$XDG_STATE_HOME"/fivewhys/* >all
	grep -aq 'password=' all
	lacks 'not-a-real-token|Sw0rdf1sh' <all
}

@test 'a quota that is used up is waited for, and the page asked again' {
	live_setup --entries 3000 --quota 0
	control faults '[{"kind":"429","after":1,"times":3}]'
	run -0 pull -v $day
	[[ $output == *'Quota exceeded for quota metric'*'asking again in'* ]]
	same
	[ "$(bodies | jq -r .pageToken | sort | uniq -c | sort -n | tail -n 1 | awk '{ print $1 }')" = 4 ]
}

@test 'what the service asks for is waited, if it is no joke' {
	live_setup --entries 10
	control faults '[{"kind":"503","retry_after":120}]'
	run -0 pull -v $day
	[[ $output == *'asking again in 2m'* ]]
	control faults '[{"kind":"503","retry_after":86400}]'
	run -3 pull $day
	[[ $output == *'the service asks for a pause of 24h'* ]]
}

@test 'many requests keep to the rate' {
	live_setup --entries 300 --page-limit 1 --quota 0
	run -0 pull -v $day
	same
	# 300 requests at 50 a minute, 8 of them saved up: the client waited for most of them
	control counters | jq -e '.requests == 300'
}

@test 'pages without an end are ended' {
	live_setup --entries 3000 --scan 1 --quota 0
	run -3 pull $day --filter 'textPayload:"no entry says this"'
	[[ $output == *'1000 pages in a row without an entry'* ]]
}

@test 'a page that is too long to take is asked for in parts' {
	live_setup --quota 0
	text=$(head -c 1000000 /dev/zero | tr '\0' x)
	for i in $(seq 10 45); do
		printf '{"insertId":"i%s","logName":"projects/demo-project/logs/l","timestamp":"2026-01-01T00:%s:00Z","textPayload":"%s"}\n' \
			"$i" "$i" "$text" >long.ndjson
		control entries @long.ndjson
	done
	run -0 pull -v $day
	[[ $output == *'a page was too long'* ]]
	same
	bodies | jq -s -e 'map(.pageSize) | unique == [16, 63, 250, 1000]'
}

@test 'on a terminal it says how far it is, and what it waits for' {
	command -v script || skip 'script is missing'
	live_setup --entries 3000 --quota 0
	control faults '[{"kind":"429","after":1}]'
	TERM=xterm script -qec "'$FIVEWHYS' pull --project demo-project $day" typescript >/dev/null
	grep -aE 'pulling: 1000 entries, up to 2026-01-01T00:0[0-9:.]+Z, 1 requests' typescript
	grep -aE 'pulling: 1000 entries, .* 2 requests, waiting [0-9]+s \(quota\)' typescript
}

@test 'a full disk is an error, and what was kept before stays' {
	live_setup --entries 3000 --quota 0
	(ulimit -f 600 && run -3 pull $day) || true
	run -0 pull $day
	same
}
