load common

# What test runners write for programs: each format is told by its content, wherever it comes from.

go_stream() {
	jq -cn '{Action: "run", Package: "example.com/shop", Test: "TestAdd"},
		{Action: "output", Package: "example.com/shop", Test: "TestAdd", Output: "    shop_test.go:9: got 4, want 3\n"},
		{Action: "fail", Package: "example.com/shop", Test: "TestAdd", Elapsed: 0.1},
		{Action: "fail", Package: "example.com/shop", Elapsed: 0.2}'
}

jest_report() {
	jq -n '{numFailedTests: 1, numPassedTests: 0, numPendingTests: 0, numTodoTests: 0, numTotalTests: 1, success: false,
		testResults: [{name: "src/shop.test.js", status: "failed", message: "", assertionResults:
			[{ancestorTitles: ["shop"], title: "adds", status: "failed", failureMessages: ["Error: got 4, want 3\n    at shop.test.js:9:3"]}]}]}'
}

mocha_report() {
	jq -n '{stats: {passes: 0, pending: 0, failures: 1, tests: 1}, tests: [], pending: [],
		failures: [{title: "adds", fullTitle: "shop adds", err: {message: "got 4, want 3"}}], passes: []}'
}

playwright_report() {
	jq -n '{config: {forbidOnly: false}, suites: [{title: "shop.spec.js", specs: [{title: "adds", tests: [{status: "unexpected",
		expectedStatus: "passed", projectName: "", results: [{status: "failed", errors: [{message: "Error: got 4, want 3"}]}]}]}]}],
		errors: [], stats: {expected: 0, unexpected: 1, flaky: 0, skipped: 0}}'
}

rspec_report() {
	jq -cn '{version: "3.13.0", examples: [{full_description: "shop adds", status: "failed",
		exception: {class: "ArgumentError", message: "got 4, want 3", backtrace: []}}],
		summary: {example_count: 1, failure_count: 1, pending_count: 0, errors_outside_of_examples_count: 0},
		summary_line: "1 example, 1 failure"}'
}

dart_stream() {
	jq -cn '{protocolVersion: "0.1.1", type: "start"}, {suite: {id: 0, path: "test/shop_test.dart"}, type: "suite"},
		{test: {id: 1, name: "adds", suiteID: 0}, type: "testStart", time: 1},
		{testID: 1, error: "got 4, want 3", stackTrace: "", isFailure: true, type: "error", time: 2},
		{testID: 1, result: "failure", skipped: false, hidden: false, type: "testDone", time: 3},
		{success: false, type: "done", time: 4}'
}

# told FORMAT: the report on standard input is of one failure, which is told with its message
told() {
	run jq -r '"\(.scan.sources[0].format) \(.run.tests.total) \(.run.tests.failed) \(.undiagnosed[0].first_error)"'
	expect 0 "$1 1 1 " 'got 4, want 3'
}

@test "a failed test is found in what each runner writes, as a file, from a pipe and in an archive" {
	for format in go-test:go_stream jest:jest_report mocha:mocha_report playwright:playwright_report rspec:rspec_report dart:dart_stream; do
		"${format#*:}" >results
		told "${format%%:*}-json" < <(json . results)
		told "${format%%:*}-json" < <(json . - <results)
		tar -czf results.tgz results
		told "${format%%:*}-json" < <(json . results.tgz)
	done
}

@test "the report cites the line of the file that tells what failed" {
	jest_report >jest.json
	line=$(grep -n 'got 4' jest.json | cut -d: -f1)
	run "$FIVEWHYS" triage --no-store -f md jest.json
	expect 0 "\`jest.json\`, line $line:" 'Error: got 4, want 3'
}

@test "results and a log go together, and neither is taken for the other" {
	go_stream >results
	jq -cn '{insertId: "a", timestamp: "2031-01-02T03:04:05Z", logName: "projects/demo/logs/x",
		textPayload: "{\"Action\":\"fail\",\"Package\":\"example.com/shop\"}"}' >log
	[ "$(json '[.scan.sources[].format] | sort | join(" ")' results log)" = 'gcloud-json go-test-json' ]
}

@test "what is cut off is told and is no outcome" {
	playwright_report | head -n 20 >cut
	[ "$(json '"\(.run.tests.total) \(.scan.sources[0].truncated)"' cut)" = '0 true' ]
	go_stream | head -n 2 >cut
	[ "$(json '"\(.run.tests.total) \(.scan.sources[0].truncated)"' cut)" = '0 true' ]
}

@test "the runners that are installed here write what we read" {
	command -v go >/dev/null || skip 'go is not installed'
	mkdir shop
	printf 'module example.com/shop\n\ngo 1.18\n' >shop/go.mod
	printf 'package shop\n\nimport "testing"\n\nfunc TestAdd(t *testing.T) {\n\tt.Errorf("got %%d, want 3", 4)\n}\n' >shop/shop_test.go
	(cd shop && GOFLAGS=-mod=mod GOTOOLCHAIN=local GOCACHE=$PWD/cache go test -json ./...) >results || true
	told go-test-json < <(json . results)
}

@test "a test that failed for its subtest alone is told with it, and has no reason of its own" {
	for message in 'put: dial tcp 192.0.2.7:5432: connect: connection refused' 'something odd'; do
		printf '%s\n' '=== RUN   TestStore' '=== RUN   TestStore/put' "    store_test.go:41: $message" \
			'--- FAIL: TestStore (0.02s)' '    --- FAIL: TestStore/put (0.01s)' FAIL \
			$'FAIL\texample.com/shop/store\t0.031s' FAIL >go.txt
		"$FIVEWHYS" triage --no-store -f json go.txt >go.json
		[ "$(jq -c '[.run.tests.failed, (.incidents + .undiagnosed | length)]' go.json)" = '[2,1]' ]
		jq -c '.incidents[].tests, [.undiagnosed[].test]' go.json >>told
	done
	[ "$(cat told)" = '["example.com/shop/store.TestStore/put","example.com/shop/store.TestStore"]
[]
["example.com/shop/store.TestStore/put"]' ]
}
