# The stand-in of Cloud Logging is what tests of the client rest on: here it is tested itself.
load common.bash
load standin.bash

teardown() {
	stop_standin
}

# ask FILTER [MEMBERS]: the listing of FILTER, MEMBERS (',"pageSize":1') added to the request
ask() {
	listing "{\"resourceNames\":[\"projects/demo-project\"],\"filter\":$(jq -Rs . <<<"$1")${2:-}}" "${3:-}"
}

# all FILTER [MEMBERS]: the entries of all pages, one a line
all() {
	local token='' page
	while :; do
		page=$(ask "$1" "${2:-}${token:+,\"pageToken\":\"$token\"}")
		jq -c '.entries[]?' <<<"$page"
		token=$(jq -r '.nextPageToken // empty' <<<"$page")
		[ -n "$token" ] || break
	done
}

# status BODY [curl option]...: the status that entries.list answers with
status() {
	curl -sS --noproxy '*' -o answer -w '%{http_code}' "${@:2}" -d "$1" "$standin_url/v2/entries:list"
}

any='{"resourceNames":["projects/demo-project"]}'

@test "it ends when its input does, and when its time is over" {
	[ -x "$TOP_BUILDDIR/tests/standin/standin" ] || skip 'libmicrohttpd is missing'
	run -0 timeout 30 "$TOP_BUILDDIR/tests/standin/standin" --until-eof </dev/null
	[[ $output =~ ^port\ [0-9]+$ ]]
	run -0 timeout 30 "$TOP_BUILDDIR/tests/standin/standin" --lifetime 0
	run -0 timeout 30 "$TOP_BUILDDIR/tests/standin/standin" --idle 0
}

@test "the same number makes the same entries, of every kind" {
	start_standin --open --entries 400 --seed 3 --step 250000123
	control entries >first
	stop_standin
	start_standin --open --entries 400 --seed 3 --step 250000123
	control entries | cmp - first
	[ "$(wc -l <first)" = 400 ]
	stop_standin
	start_standin --open --entries 400 --seed 4 --step 250000123
	[ "$(control entries | sha256sum)" != "$(sha256sum <first)" ]
	for kind in textPayload jsonPayload protoPayload httpRequest; do
		jq -e --arg kind $kind -s 'any(has($kind))' first >/dev/null
	done
	jq -es 'any(has("severity") | not) and any(.textPayload // "" | test("日本語"))' first >/dev/null
	# 0, 3, 6 and 9 digits; times that are equal
	[ "$(jq -r .timestamp first | sed 's/.*:..//' | awk '{ print length }' | sort -un | tr '\n' ' ')" = '1 5 8 11 ' ]
	[ "$(jq -r .timestamp first | uniq -d | wc -l)" -gt 5 ]
}

@test "all pages together are all entries, by time and insertId, whatever their size" {
	start_standin --open --entries 230 --quota 0
	control entries | jq -cS . >kept
	for size in 1000 100 7; do
		all '' ",\"pageSize\":$size" | jq -cS . | cmp - kept
	done
	[ "$(ask '' | jq '.entries | length')" = 50 ]
	# entries of one time come by insertId even then
	jq -cSs 'group_by(.timestamp | rtrimstr("Z")) | reverse | .[][]' kept >downwards
	for size in 1000 7 1; do
		all '' ",\"orderBy\":\"timestamp desc\",\"pageSize\":$size" | jq -cS . | cmp - downwards
	done
	[ "$(ask 'severity=EMERGENCY' '' '?prettyPrint=false')" = '{}' ]
}

@test "a filter is evaluated" {
	start_standin --open --entries 500
	all 'severity>=ERROR AND (resource.type="k8s_container" OR httpRequest.status>=500)' | jq -cS . >got
	control entries | jq -cS 'select((.severity == "ERROR" or .severity == "CRITICAL") and
		(.resource.type == "k8s_container" or .httpRequest.status >= 500))' | cmp - got
	[ -s got ]
}

@test "a page may be empty, or short, and still not be the last" {
	start_standin --open --entries 300 --scan 20 --quota 0
	[ "$(ask 'severity=EMERGENCY' | jq -c '[.entries, (.nextPageToken | length > 0)]')" = '[null,true]' ]
	control settings '{"scan":0,"page-limit":3}'
	[ "$(ask '' | jq -c '[(.entries | length), (.nextPageToken | length > 0)]')" = '[3,true]' ]
	control settings '{"scan":20}'
	control entries | jq -cS 'select(.severity == "CRITICAL")' >kept
	all 'severity=CRITICAL' | jq -cS . | cmp - kept
}

@test "entries with one time, insertId and project are listed once" {
	cat >entries <<-'END'
	{"logName":"projects/demo-project/logs/a","insertId":"2","timestamp":"2026-01-01T00:00:00Z","textPayload":"one"}
	{"logName":"projects/demo-project/logs/a","insertId":"1","timestamp":"2026-01-01T00:00:00.000Z"}
	{"logName":"projects/demo-project/logs/a","insertId":"2","timestamp":"2026-01-01T00:00:00Z","textPayload":"one"}
	{"logName":"projects/other/logs/a","insertId":"2","timestamp":"2026-01-01T00:00:00Z"}
	END
	start_standin --open --load entries
	[ "$(all '' | jq -r .insertId | tr '\n' ' ')" = '1 2 ' ]
	[ "$(all '' ',"pageSize":1' | jq -r .insertId | tr '\n' ' ')" = '1 2 ' ]
	[ "$(listing '{"resourceNames":["projects/demo-project","projects/other/locations/global/buckets/_Default/views/_AllLogs"]}' |
		jq -r '.entries[].insertId' | tr '\n' ' ')" = '1 2 2 ' ]
}

@test "entries come late, between one poll and the next" {
	start_standin --open --clock halt --now 2026-01-01T12:00:00Z
	late='{"logName":"projects/demo-project/logs/a","insertId":"x","timestamp":"2026-01-01T11:00:00Z","receiveTimestamp":"2026-01-01T12:05:00Z"}'
	curl -sS --noproxy '*' -d "$late" "$standin_url/standin/entries?arrives=1"
	control entries '{"logName":"projects/demo-project/logs/a","textPayload":"now"}'
	[ "$(all '' | jq -c '[.textPayload, .timestamp, .receiveTimestamp]')" = '["now","2026-01-01T12:00:00Z","2026-01-01T12:00:00Z"]' ]
	control settings '{"advance":300}'
	[ "$(all '' | jq -r .insertId | head -n 1)" = x ]
	[ "$(all 'receiveTimestamp>="2026-01-01T12:01:00Z"' | jq -r .insertId)" = x ]
}

@test "what the service refuses is refused in its words" {
	start_standin --open --entries 100
	[ "$(ask '' ',"pageSize":1001' | jq -r .error.status)" = INVALID_ARGUMENT ]
	[ "$(ask '' ',"pageSize":-1' | jq -r .error.code)" = 400 ]
	[ "$(ask '' ',"orderBy":"severity"' | jq -r .error.code)" = 400 ]
	[ "$(ask 'thud=1' | jq -r .error.status)" = INVALID_ARGUMENT ]
	[ "$(ask "$(head -c 19999 /dev/zero | tr '\0' x)" | jq -r .error)" = null ]
	[ "$(ask "$(head -c 20000 /dev/zero | tr '\0' x)" | jq -r .error.code)" = 400 ] # and a newline
	[ "$(listing '{}' | jq -r .error.code)" = 400 ]
	[ "$(listing '{"resourceNames":["p"]}' | jq -r .error.code)" = 400 ]
	[ "$(listing "{\"resourceNames\":$(jq -nc '[range(101) | "projects/demo-project"]')}" | jq -r .error.code)" = 400 ]
	listing '{"nonsense":1}' | jq -r .error.message | grep -F 'Unknown name "nonsense"'
	listing "$any" '?nonsense=1' | jq -r .error.message | grep -F 'Cannot bind query parameter'
	[ "$(listing '{"resourceNames":["projects/none"]}' | jq -r '.error | [.code, .details[0].reason] | @tsv')" = $'403\tIAM_PERMISSION_DENIED' ]
	run -0 curl -sS --noproxy '*' -w '%{http_code} %{content_type}' "$standin_url/v2/nowhere" -d '{}'
	[[ $output == '<!DOCTYPE html>'*'404 text/html; charset=UTF-8' ]]
}

@test "a page token belongs to its arguments, for 24 hours" {
	start_standin --open --entries 100 --clock halt --now 2026-02-01T00:00:00Z
	token=$(ask '' | jq -r .nextPageToken)
	[ "$(ask 'severity=ERROR' ",\"pageToken\":\"$token\"" | jq -r .error.message)" = \
		"page_token doesn't match arguments from the request" ]
	[ "$(ask '' ",\"pageSize\":51,\"pageToken\":\"$token\"" | jq -r .error.status)" = INVALID_ARGUMENT ]
	[ "$(ask '' ",\"pageToken\":\"nonsense\"" | jq -r .error.code)" = 400 ]
	control settings '{"advance":86399}'
	[ "$(ask '' ",\"pageToken\":\"$token\"" | jq '.entries | length')" = 50 ]
	control settings '{"advance":1}'
	[ "$(ask '' ",\"pageToken\":\"$token\"" | jq -r .error.code)" = 400 ]
}

@test "enumerations are numbers and blanks are left out where that is asked for" {
	start_standin --open --entries 200 --clock halt
	ask '' ',"pageSize":200' '?$alt=json;enum-encoding=int' | jq -c '.entries[].severity' | sort -u >numbers
	[ "$(tr '\n' ' ' <numbers)" = '100 200 300 400 500 600 null ' ]
	[ "$(ask '' ',"pageSize":3' '?prettyPrint=false' | wc -l)" = 0 ]
	ask '' ',"pageSize":3' | jq --indent 2 . | cmp - <(ask '' ',"pageSize":3')
}

@test "it compresses for agents that say gzip twice" {
	start_standin --open --entries 100 --clock halt
	for agent in 'test (gzip)' test; do
		status "$any" -A "$agent" -H 'Accept-Encoding: gzip' -D "head-$agent" >/dev/null
	done
	grep -i '^Content-Encoding: gzip' 'head-test (gzip)'
	lacks '^[Cc]ontent-[Ee]ncoding' <head-test
	status "$any" -A 'test (gzip)' --compressed >/dev/null
	cmp answer <(listing "$any")
}

@test "a project reads 60 times a minute, and is told no more than the service tells" {
	start_standin --open --entries 1 --clock halt --now 2026-01-01T00:00:10Z
	for _ in $(seq 60); do
		[ "$(status "$any")" = 200 ]
	done
	[ "$(status "$any" -D head)" = 429 ]
	lacks '^[Rr]etry-[Aa]fter' <head
	jq -e '.error | .status == "RESOURCE_EXHAUSTED" and (.message | test("^Quota exceeded for quota metric .Read requests. and limit .Read requests per minute. of service .logging.googleapis.com. for consumer .project_number:[0-9]+.\\.$"))
		and .details[0].reason == "RATE_LIMIT_EXCEEDED" and .details[0].metadata.quota_limit_value == "60"
		and .details[1].links[0].url' answer
	[ "$(status "$any" -H 'x-goog-user-project: other')" = 200 ]
	control settings '{"advance":50}'
	[ "$(status "$any")" = 200 ]
}

@test "what is ordered goes wrong, once it is due" {
	start_standin --open --entries 100
	control faults '[{"kind":"503","after":1,"times":2},{"kind":"429","retry_after":7}]'
	[ "$(status "$any" -D head)" = 429 ]
	grep -i '^Retry-After: 7' head
	jq -e '[.error.details[]."@type" | sub(".*[.]"; "")] == ["ErrorInfo", "Help", "RetryInfo"] and .error.details[2].retryDelay == "7s"' answer
	[ "$(status "$any")" = 503 ]
	[ "$(status "$any")" = 503 ]
	[ "$(status "$any")" = 200 ]
	for kind in 500 502 504 400 401 403 404; do
		control faults "{\"kind\":\"$kind\"}"
		[ "$(status "$any")" = "$kind" ]
	done
	control faults '{"kind":"html"}'
	[ "$(status "$any")" = 200 ]
	grep -q '^<!DOCTYPE html>' answer
	[ "$(control counters | jq -c '.faults | [."503", ."429", .html]')" = '[2,1,1]' ]
	run -22 control faults '{"kind":"nonsense"}'
}

@test "answers are lost on their way" {
	start_standin --open --entries 100 --clock halt
	broken() {
		control faults "{\"kind\":\"$1\",\"seconds\":0.1}"
		run "-$2" status "$any" "${@:3}"
	}
	broken reset 56
	broken half 18
	broken half-chunked 18
	broken stall 18
	broken gzip 61 -A gzip --compressed
	control faults '{"kind":"slow","seconds":0.1}'
	[ "$(status "$any")" = 200 ]
	cmp answer <(listing "$any")
}

@test "a mix of faults is the same for the same number" {
	start_standin --open --entries 10 --quota 0
	for turn in one other; do
		control faults '{"mix":{"seed":5,"percent":60,"count":30}}'
		for _ in $(seq 40); do
			status "$any" || true
			echo
		done >"$turn" 2>/dev/null
	done
	cmp one other
	[ "$(grep -c 200 one)" -lt 40 ]
	[ "$(tail -n 10 one | sort -u)" = 200 ]
}
