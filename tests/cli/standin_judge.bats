# Google's own clients judge the stand-in: what they get from it must be what it has.
load common.bash
load standin.bash

setup_file() {
	export judge=$TOP_BUILDDIR/tests/standin/packages judge_missing=
	command -v node >/dev/null && command -v npm >/dev/null || {
		judge_missing='node or npm is missing'
		return
	}
	mkdir -p "$judge"
	cp "$TOP_SRCDIR"/tests/standin/judge/*.js* "$judge"
	chmod u+w "$judge"/*
	cmp -s "$judge/package-lock.json" "$judge/installed" && return
	if (cd "$judge" && timeout 300 npm ci --ignore-scripts --no-audit --no-fund --fetch-retries=1) >"$judge/log" 2>&1; then
		cp "$judge/package-lock.json" "$judge/installed"
	else
		judge_missing='npm cannot install its packages'
	fi
}

# The judges talk to this machine only, and with no credentials but those they are given.
setup_judge() {
	[ -z "$judge_missing" ] || skip "$judge_missing"
	start_standin --credentials credentials "$@"
	export NO_PROXY=127.0.0.1 no_proxy=127.0.0.1 NODE_NO_WARNINGS=1 GOOGLE_CLOUD_PROJECT=demo-project
	unset GOOGLE_APPLICATION_CREDENTIALS GOOGLE_CLOUD_QUOTA_PROJECT
	TOKEN=$(control tokens '{"seconds":86400}')
	export TOKEN
}

teardown() {
	stop_standin
}

# list HOW FILTER [PAGE_SIZE]
list() {
	node "$judge/list.js" "$1" "$standin_url" credentials "$2" "${3:-1000}"
}

all='timestamp>="2026-01-01T00:00:00Z"'

@test "the client of the discovery document gets every entry as it is" {
	setup_judge --entries 500 --quota 0
	control entries | jq -cS . >kept
	list discovery "$all" 70 | jq -cS . | cmp - kept
	list discovery "severity>=ERROR AND $all" | jq -cS . >got
	jq -c 'select(.severity == "ERROR" or .severity == "CRITICAL")' kept | cmp - got
}

@test "the typed client reads every entry, to the nanosecond" {
	setup_judge --entries 500 --no-proto --quota 0 --scan 60 --step 250000123
	control entries | jq -cS . >kept
	# what its serializer adds: fields that an entry has not, with their defaults; thousandths of whole seconds
	list pages "$all" 70 | jq -cS 'del(.traceSampled) | if .severity == "DEFAULT" then del(.severity) else . end |
		(.timestamp, .receiveTimestamp) |= sub("[.]000Z$"; "Z") |
		if .httpRequest then .httpRequest |= with_entries(select(.value | . != "" and . != false and . != "0"))
		else . end' | diff - kept
}

@test "the client that people use signs its token, reads all pages, and gets every payload" {
	setup_judge --entries 300 --no-proto --quota 0
	list client "$all" 70 | jq -cS '.payload //= null | .timestamp |= .[:19]' >got
	control entries | jq -cS '{insertId, logName, severity: (.severity // "DEFAULT"), resource, labels, trace,
		spanId, timestamp: .timestamp[:19], payload: (.textPayload // .jsonPayload)}' | cmp - got
	[ "$(control requests | jq -r '.[0].arguments["$alt"]')" = 'json;enum-encoding=int' ]
	control requests | jq -er '.[0].headers.authorization | test("^Bearer ey[^.]+[.][^.]+[.][^.]+$")'
}

@test "errors are to the clients what those of the service are" {
	setup_judge --entries 10
	run -1 list discovery "thud=1"
	[ "$(jq -c '[.error, .code, .canonical]' <<<"$output")" = '["Field not found: '"'thud'"'.",400,"INVALID_ARGUMENT"]' ]
	control faults '[{"kind":"429"},{"kind":"503"}]'
	run -1 list discovery "$all"
	[ "$(jq -c '[.code, .canonical, .reason]' <<<"$output")" = '[429,"RESOURCE_EXHAUSTED","RATE_LIMIT_EXCEEDED"]' ]
	run -1 list pages "$all"
	[ "$(jq -c .code <<<"$output")" = 503 ]
	control settings '{"revoke":1}'
	run -1 list discovery "$all"
	[ "$(jq -c '[.code, .canonical]' <<<"$output")" = '[401,"UNAUTHENTICATED"]' ]
}

@test "the library of credentials gets a token by every type of them" {
	setup_judge --entries 10
	for flow in service_account user impersonated external_account external_account_direct \
		external_account_file external_account_text workforce; do
		run -0 node "$judge/auth.js" $flow "$standin_url" credentials
		[ "$flow $output" = "$flow {\"status\":200,\"entries\":2}" ]
	done
	[ "$(control counters | jq -c '.paths | [."/token", ."/v1/token", ."/v1/oauth/token", ."/idtoken/job"]')" = '[3,4,1,2]' ]
}

@test "the library of credentials finds the metadata server" {
	setup_judge --entries 10
	unset GOOGLE_CLOUD_PROJECT
	run -0 env GCE_METADATA_HOST="127.0.0.1:$standin_port" METADATA_SERVER_DETECTION=assume-present \
		node "$judge/auth.js" metadata "$standin_url" credentials
	[ "$output" = '{"status":200,"entries":2}' ]
}

@test "the library of credentials understands why it gets none" {
	setup_judge --entries 10
	control settings '{"rapt":"invalid_rapt"}'
	run -0 node "$judge/auth.js" user "$standin_url" credentials
	[[ $(jq -r .error <<<"$output") == *invalid_grant* ]]
	jq '.audience = "//iam.googleapis.com/other"' credentials/external_account_direct.json >credentials/other.json
	run -0 node "$judge/auth.js" other "$standin_url" credentials
	[[ $(jq -r .error <<<"$output") == *invalid_target* ]]
}
