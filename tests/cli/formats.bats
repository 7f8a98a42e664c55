load common

# Formats of other systems, as those who read them would: by paths of jq, and by our own reader.

websocket() {
	"$FIVEWHYS" triage --no-store "$@" "$samples"/websocket-403-secret/{results.xml,entries.json}
}

@test "SARIF: one result an incident, with its rule, its place and its fingerprint" {
	websocket -o why.sarif -o why.json
	[ "$(jq -r '.version, (.runs | length)' why.sarif)" = $'2.1.0\n1' ]
	jq '.runs[0].results[0]' why.sarif >result
	[ "$(jq -r .ruleId result)" = config.jwt-secret-mismatch ]
	[ "$(jq -r '.runs[0] | .tool.driver.rules[.results[0].ruleIndex].id' why.sarif)" = config.jwt-secret-mismatch ]
	[ "$(jq -r .level result)" = error ]
	[ "$(jq -r '.locations[0].physicalLocation | .artifactLocation.uri, .artifactLocation.uriBaseId, .region.startLine' result)" = \
		$'tests/e2e/test_chat.py\nSRCROOT\n41' ]
	[ "$(jq -r '.partialFingerprints["fivewhysIncident/v1"]' result)" = "$(jq -r '.incidents[0].fingerprint' why.json)" ]
	[ "$(jq -r '.partialFingerprints.primaryLocationLineHash' result)" = "$(jq -r '.incidents[0].fingerprint' why.json)" ]
	[ "$(jq -r '.properties | .verdict, .state, .layer' result)" = $'LIKELY\nnew\nconfig' ]
	[[ "$(jq -r .message.text result)" == 'tests.e2e.test_chat.TestChat.test_socket_greets failed: '*'(LIKELY, asserted by rule).' ]]
	[ "$(jq -r '.runs[0].tool.driver.rules[0].help.markdown' why.sarif | head -c 8)" = '**Fix:**' ]
}

@test "SARIF: the chain is a flow from the root to the symptom, each why with its evidence" {
	websocket -o why.sarif -o why.json
	jq '.runs[0].results[0].codeFlows[0].threadFlows[0].locations' why.sarif >flow
	[ "$(jq -c '[.[].properties.cause]' flow)" = "$(jq -c '[.incidents[0].whys[].cause] | reverse' why.json)" ]
	[ "$(jq -c '[.[] | select(.executionOrder) | .executionOrder]' flow)" = '[1,2,3,4,5]' ]
	[ "$(jq -r '.[-1] | .properties.basis, .importance' flow)" = $'observed\nessential' ]
	[ "$(jq '[.[] | select(.properties.basis == "observed") | .location.physicalLocation.region.startLine // empty] | length' flow)" = 4 ]
	[ "$(jq '[.[].location.message.text | select(contains("Evidence E") or endswith("No evidence in this run."))] | length' flow)" = "$(jq length flow)" ]
	# what rests on evidence quotes it, and the line is that of the input
	line=$(jq -r '.[-1].location.physicalLocation.region.startLine' flow)
	file=$(jq -r '.[-1].location.physicalLocation.artifactLocation.uri' flow)
	sed -n "${line}p" "$samples/websocket-403-secret/$file" | grep -q 'HTTP 403'
}

@test "no format has an absolute path, nor the time of today" {
	mkdir "deep er"
	cp "$samples"/websocket-403-secret/{results.xml,entries.json} "deep er"
	for format in sarif junit codequality github; do
		"$FIVEWHYS" triage --no-store -f "$format" "$PWD/deep er/results.xml" "$PWD/deep er/entries.json" >page
		lacks "$PWD|deep.er|$(date +%Y-%m-%d)" <page
	done
}

@test "SARIF: an incomplete scan is told in notifications" {
	head -c 1500 "$samples/websocket-403-secret/entries.json" >entries.json
	"$FIVEWHYS" triage --no-store -f sarif "$samples/websocket-403-secret/results.xml" entries.json >why.sarif
	[ "$(jq -r '.runs[0].properties.complete' why.sarif)" = false ]
	[ "$(jq -r '[.runs[0].invocations[0].toolExecutionNotifications[] | select(.descriptor.id == "scan.incomplete")] | length > 0' why.sarif)" = true ]
	[ "$(jq -r '.runs[0] | .tool.driver.notifications[.invocations[0].toolExecutionNotifications[0].descriptor.index].id' why.sarif)" = \
		"$(jq -r '.runs[0].invocations[0].toolExecutionNotifications[0].descriptor.id' why.sarif)" ]
}

@test "SARIF: the repository is known in pipelines, and told with the commit" {
	GITHUB_SERVER_URL=https://github.com GITHUB_REPOSITORY=example/shop websocket -f sarif --commit 0a1b2c --label nightly >why.sarif
	[ "$(jq -r '.runs[0].versionControlProvenance[0] | .repositoryUri, .revisionId' why.sarif)" = $'https://github.com/example/shop\n0a1b2c' ]
	[ "$(jq -r '.runs[0].automationDetails.id' why.sarif)" = fivewhys/nightly/ ]
	CI_PROJECT_URL=https://gitlab.example.com/shop websocket -f sarif >why.sarif
	[ "$(jq '.runs[0].versionControlProvenance' why.sarif)" = null ]
	CI_PROJECT_URL='javascript:x' websocket -f sarif --commit 0a1b2c >why.sarif
	[ "$(jq '.runs[0].versionControlProvenance' why.sarif)" = null ]
}

@test "JUnit: all tests, the cause of each failure, and the way to the report" {
	websocket -o out.junit.xml -o why.json -o why.html
	sed '/^<!-- fivewhys/d' out.junit.xml >other.xml # our own reports are no input
	[ "$("$FIVEWHYS" triage --no-store -f json other.xml | jq -c .run.tests)" = "$(jq -c .run.tests why.json)" ]
	grep -q '<failure message="cause: config.jwt-secret-mismatch: .*" type="config.jwt-secret-mismatch">' out.junit.xml
	grep -q '<property name="cause" value="config.jwt-secret-mismatch"/>' out.junit.xml
	grep -q '<property name="report" value="why.html"/>' out.junit.xml
	grep -q '<testcase name="test_history_over_http" classname="tests.e2e.test_chat.TestChat" time="0.402"/>' out.junit.xml
}

@test "JUnit: what was skipped stays skipped, and unnamed tests are counted" {
	"$FIVEWHYS" triage --no-store -f junit "$samples/nothing-failed/results.xml" >out.xml
	grep -q '<skipped>' out.xml
	"$FIVEWHYS" triage --no-store -f junit "$samples/crash-loop-503/transcript.txt" >out.xml
	grep -q '<testsuite name="tests that the transcript does not name" tests="1" failures="0" errors="0" skipped="0">' out.xml
	grep -q '<testsuites name="fivewhys" tests="3" failures="2" errors="0">' out.xml
}

@test "Code Quality: one issue an incident, also for what no rule explains" {
	websocket -f codequality >issues
	[ "$(jq -r '.[0] | .check_name, .severity, .location.path, .location.lines.begin' issues)" = \
		$'config.jwt-secret-mismatch\nblocker\ntests/e2e/test_chat.py\n41' ]
	"$FIVEWHYS" triage --no-store -f codequality "$samples"/unknown-failure/{transcript.txt,service.log} >issues
	[ "$(jq -r '.[0] | .check_name, .severity' issues)" = $'fivewhys.undiagnosed\nmajor' ]
	[ "$("$FIVEWHYS" triage --no-store -f codequality "$samples/nothing-failed/results.xml")" = '[]' ]
}

@test "GitHub: an annotation at the line of the test" {
	websocket -f github >page
	[ "$(wc -l <page)" = 1 ]
	grep -q '^::error file=tests/e2e/test_chat.py,line=41,title=config.jwt-secret-mismatch%3A [^:]*::tests.e2e' page
	[ -z "$("$FIVEWHYS" triage --no-store -f github "$samples/nothing-failed/results.xml")" ]
}

@test "the format is that of the ending, or the one that is named" {
	websocket -o a.sarif.json -o b.XML -o gl-code-quality-report.json -o junit:c.odd -o github:- -o json:d.md >page
	[ "$(jq -r .version a.sarif.json)" = 2.1.0 ]
	head -n 1 b.XML | grep -q '<?xml'
	cmp b.XML c.odd
	[ "$(jq -r 'type' gl-code-quality-report.json)" = array ]
	[ "$(jq -r .schema_version d.md)" = 1 ]
	grep -q '^::error' page
	run websocket -o why.odd
	expect 2 '-o why.odd: no format has this ending' 'sarif'
	run websocket -o sarif:
	expect 2 '-o sarif: wants the name of a file'
	run websocket -f pdf
	expect 2 '--format is text, md, html, json, sarif, junit, codequality or github, not "pdf"'
}

@test "the history gives them, too, and run writes them" {
	"$FIVEWHYS" triage -o a.sarif "$samples"/websocket-403-secret/{results.xml,entries.json}
	"$FIVEWHYS" show 1 -f sarif >b.sarif
	cmp <(jq '.runs[0].results' a.sarif) <(jq '.runs[0].results' b.sarif)
	for format in junit codequality github; do
		[ -n "$("$FIVEWHYS" show 1 -f $format)" ]
	done
	run "$FIVEWHYS" run --no-store -q -o r.sarif -o r.xml -- cat "$samples/crash-loop-503/transcript.txt"
	[ "$(jq -r '.runs[0].results[0].locations[0].physicalLocation.region.startLine' r.sarif)" = 12 ]
	grep -q '<testcase name="test_health_is_good"' r.xml
}
