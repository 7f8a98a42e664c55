load common

# A folder of results often holds the reports of the run before.
@test "reports of fivewhys in a folder are no evidence, in whatever format" {
	mkdir results
	cp "$samples"/crash-loop-503/transcript.txt "$samples"/crash-loop-503/cloud-log.ndjson results/
	"$FIVEWHYS" triage --no-store -q -f json results >before.json
	"$FIVEWHYS" triage --no-store -q -o results/a.md -o results/b.html -o results/c.json -o results/d.sarif \
		-o results/e.junit.xml results >/dev/null
	"$FIVEWHYS" triage --no-store -q -f json results >after.json
	[ "$(jq -c '[.scan.sources[] | select(.format == "fivewhys-report") | [.name, .entries]]' after.json)" = \
		'[["a.md",0],["b.html",0],["c.json",0],["d.sarif",0],["e.junit.xml",0]]' ]
	for part in .incidents .run.tests .undiagnosed .scan.complete; do
		[ "$(jq -c "$part" after.json)" = "$(jq -c "$part" before.json)" ]
	done
	run "$FIVEWHYS" triage --no-store results/a.md
	[ "$status" = 4 ]
}

# The roots of a report, one a line; nothing where it claims none.
roots() {
	json '.incidents[].root_cause // empty' "$@"
}

@test "what a failing test printed is no root beside its own plain assertion" {
	cat >run.txt <<-'END'
	=================================== FAILURES ===================================
	__________________________________ test_total __________________________________

	    def test_total():
	>       assert total() == 3
	E       assert 4 == 3

	t.py:9: AssertionError
	----------------------------- Captured stderr call -----------------------------
	ERROR auth: JWT secret not configured
	ERROR cache: connect to 127.0.0.1:6379: Connection refused
	=========================== short test summary info ============================
	FAILED t.py::test_total - assert 4 == 3
	============================== 1 failed in 0.12s ===============================
	END
	[ -z "$(roots run.txt)" ]
	[ "$(json '.run.tests.failed, (.incidents | length) + (.undiagnosed | length)' run.txt | paste -sd' ')" = "1 1" ]
}

@test "source code that a traceback quotes proves nothing" {
	cat >run.txt <<-'END'
	=================================== FAILURES ===================================
	_________________________________ test_secret __________________________________

	    def secret(name):
	        if name not in os.environ:
	            raise ValueError("JWT secret not configured")
	>       return check(os.environ[name])
	E       AssertionError: two signs too short

	t.py:9: AssertionError
	=========================== short test summary info ============================
	FAILED t.py::test_secret - AssertionError: two signs too short
	============================== 1 failed in 0.12s ===============================
	END
	[ -z "$(roots run.txt)" ]
}

@test "a passing run is no incident, whatever it printed" {
	cat >run.txt <<-'END'
	============================= test session starts ==============================
	collected 3 items

	t.py ..ERROR auth: JWT verification failed - signature mismatch
	ConnectionRefusedError: [Errno 111] Connection refused
	.                                                                  [100%]

	============================== 3 passed in 1.02s ===============================
	END
	[ "$(json '(.incidents | length) + (.undiagnosed | length)' run.txt)" = 0 ]
	[ "$(json '.run.tests.passed' run.txt)" = 3 ]
}

@test "a status alone says what was refused, and not why" {
	cat >run.txt <<-'END'
	=================================== FAILURES ===================================
	_________________________________ test_socket __________________________________
	E   websockets.exceptions.InvalidStatus: server rejected WebSocket connection: HTTP 403
	=========================== short test summary info ============================
	FAILED t.py::test_socket - websockets.exceptions.InvalidStatus: server rejected WebSocket connection: HTTP 403
	============================== 1 failed in 0.52s ===============================
	END
	[ -z "$(roots run.txt)" ]
	[ "$(json '.incidents[0].whys[0].kind' run.txt)" = symptom ]
	[ "$(json '[.incidents[].whys[] | select(.basis != "hypothesis") | select(.evidence | length == 0)] | length' run.txt)" = 0 ]
}

@test "errors of a text that nobody says the end of are shown with their places; no failure is claimed" {
	printf '%s\n' 'unpacking the sources' 'mill: error: the frobnicator is worn' 'cleaning up' >build.txt
	run "$FIVEWHYS" triage --no-store build.txt
	[ "$status" = 0 ]
	[ "${lines[0]}" = "No failure that a rule knows, and 1 error that none explains" ]
	[ "${lines[1]}" = "error build.txt, line 2: mill: error: the frobnicator is worn" ]
	"$FIVEWHYS" triage --no-store -q -f md build.txt | grep -qF 'the frobnicator is worn | 1 | `build.txt`, line 2 |'
	# beside tests that tell what failed it is no more than a line of some text
	printf '%s\n' '<testsuite><testcase classname="a" name="b"/></testsuite>' >results.xml
	[ "$(json '.unexplained | length' build.txt results.xml)" = 0 ]
}
