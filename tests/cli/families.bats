load common

# Families of failures in other words, formats and company than those of the samples: what the
# files prove is claimed, and nothing beyond it.

roots() {
	json '.incidents[].root_cause // empty' "$@" | sort -u | paste -sd' '
}

# failures TITLE LINE...: a console in which each title failed with its line
failures() {
	echo '=================================== FAILURES ==================================='
	for pair in "$@"; do
		printf '____________________ %s ____________________\n' "${pair%%|*}"
		printf 'E       %s\n\ntests/test_desk.py:9: Error\n' "${pair#*|}"
	done
	echo '=========================== short test summary info ============================'
	for pair in "$@"; do
		echo "FAILED tests/test_desk.py::${pair%%|*} - ${pair#*|}"
	done
	echo "============================== $# failed in 0.12s ==============================="
}

# entry SECONDS SEVERITY TEXT [LOG]: one Cloud Logging entry
entry() {
	jq -cn --arg t "2031-01-02T03:04:$1Z" --arg s "$2" --arg m "$3" --arg l "${4-stderr}" '{
		insertId: ($t + $m), timestamp: $t, textPayload: $m,
		logName: ("projects/demo/logs/run.googleapis.com%2F" + $l),
		resource: {type: "cloud_run_revision", labels: {service_name: "desk", revision_name: "desk-00007-abc"}}
	} + if $s == "" then {} else {severity: $s} end'
}

@test "one caller of what is not there may be wrong itself; three say that the interface changed" {
	missing="AttributeError: 'Desk' object has no attribute 'reserve'"
	failures "test_a|$missing" >one.txt
	failures "test_a|$missing" "test_b|$missing" "test_c|$missing" >three.txt
	[ "$(roots one.txt)" = interface.attribute-gone ]
	[ "$(roots three.txt)" = interface.interface-drift ]
}

@test "what a test wanted to see is not what it got" {
	failures "test_in|AssertionError: assert 'no such table: desks' in 'all is well'" \
		"test_equal|assert [] == ['JWT verification failed']" \
		"test_regex|AssertionError: Regex pattern did not match." >wanted.txt
	sed -i "s/^E .*Regex pattern.*/&\nE        Regex: \"fixture 'desk' not found\"\nE        Input: 'closed'/" wanted.txt
	[ -z "$(roots wanted.txt)" ]
	failures "test_got|assert 'OAuth client ID not configured' == ''" >got.txt
	[ "$(roots got.txt)" = config.oauth-credentials-missing ]
}

@test "the parameters of a test's name are no evidence" {
	cat >run.txt <<-'END'
	tests/test_desk.py::test_parse[JWT verification failed] FAILED           [ 50%]
	tests/test_desk.py::test_parse[no such table: desks] FAILED              [100%]
	=================================== FAILURES ===================================
	_____________________ test_parse[JWT verification failed] ______________________
	E       assert 1 == 2
	______________________ test_parse[no such table: desks] ________________________
	E       assert 1 == 2
	=========================== short test summary info ============================
	FAILED tests/test_desk.py::test_parse[JWT verification failed] - assert 1 == 2
	FAILED tests/test_desk.py::test_parse[no such table: desks] - assert 1 == 2
	============================== 2 failed in 0.02s ===============================
	END
	[ -z "$(roots run.txt)" ]
	[ "$(json '.undiagnosed | length' run.txt)" = 2 ]
}

@test "values of local variables prove nothing" {
	cat >run.txt <<-'END'
	=================================== FAILURES ===================================
	__________________________________ test_desk ___________________________________
	self = <Mock name='send'>, args = ('DatabaseManager not initialized',)
	>       assert total == 3
	E       assert 4 == 3
	label      = 'no such table: desks'
	=========================== short test summary info ============================
	FAILED tests/test_desk.py::test_desk - assert 4 == 3
	============================== 1 failed in 0.02s ===============================
	END
	[ -z "$(roots run.txt)" ]
}

@test "--tb=line and --tb=no tell what failed, too" {
	cat >line.txt <<-'END'
	tests/test_desk.py F.                                                    [100%]
	=================================== FAILURES ===================================
	/srv/desk/tests/test_desk.py:3: TypeError: create_connection() got an unexpected keyword argument 'timeout'
	=========================== short test summary info ============================
	FAILED tests/test_desk.py::test_socket - TypeError: create_connection() got an unexp...
	========================= 1 failed, 1 passed in 0.01s ==========================
	END
	[ "$(roots line.txt)" = dependency.library-version-drift ]
	[ "$(json '.incidents[0].tests[0]' line.txt)" = tests/test_desk.py::test_socket ]
	failures "test_a|TypeError: seat() takes 1 positional argument but 2 were given" | sed '/^FAILED\|^=\+ [0-9]/!d' >no.txt
	[ "$(roots no.txt)" = interface.signature-changed ]
}

@test "a name that an installed library lacks was not moved in our tree" {
	cat >run.txt <<-'END'
	==================================== ERRORS ====================================
	_____________________ ERROR collecting tests/test_desk.py ______________________
	E   ImportError: cannot import name 'Page' from 'paper' (/usr/lib/python3/dist-packages/paper/__init__.py)
	=========================== short test summary info ============================
	ERROR tests/test_desk.py
	=============================== 1 error in 0.03s ===============================
	END
	[ "$(roots run.txt)" = dependency.library-name-gone ]
	sed 's|/usr/lib/python3/dist-packages|/srv/desk|' run.txt >ours.txt
	[ "$(roots ours.txt)" = dependency.module-moved-or-removed ]
}

@test "a limit, a missing fixture and a syntax error do not say why" {
	failures 'test_slow|Failed: Timeout >1.0s' >slow.txt
	[ "$(roots slow.txt)" = timeout.hang-killed ]
	printf '%s\n' '==================================== ERRORS ====================================' \
		'____________________ ERROR at setup of test_desk ____________________' \
		"E       fixture 'mocker' not found" \
		'=============================== 1 error in 0.03s ===============================' >fixture.txt
	[ "$(roots fixture.txt)" = harness.fixture-not-found ]
	printf '%s\n' '==================================== ERRORS ====================================' \
		'_____________________ ERROR collecting tests/test_desk.py ______________________' \
		'E     File "/srv/desk/tests/test_desk.py", line 2' 'E       print "a"' \
		"E   SyntaxError: Missing parentheses in call to 'print'" \
		'=============================== 1 error in 0.03s ===============================' >syntax.txt
	[ "$(roots syntax.txt)" = harness.syntax-error ]
}

@test "a log that goes on after a warning tells of no incident" {
	{
		entry 01 WARNING 'Redis reconnection failed, retrying (1/5)'
		entry 02 INFO 'Redis reconnected'
		entry 03 WARNING 'SERVICE_SECRET not configured - optional here'
		entry 04 WARNING 'Token validation failed: Not enough segments'
		entry 05 INFO 'Self check: simulating "Database connection failed"'
	} >warned.ndjson
	[ "$(json '[.incidents, .undiagnosed] | map(length) | add' warned.ndjson)" = 0 ]
	entry 06 ERROR 'SERVICE_SECRET not configured' >>warned.ndjson
	[ "$(roots warned.ndjson)" = config.service-secret-missing ]
}

@test "a crash is told from its first entry to its last in any order and wrapping of the export" {
	{
		entry 01 '' "ModuleNotFoundError: No module named 'desk.services.prices'"
		entry 02 WARNING 'Container called exit(3).' 'varlog%2Fsystem'
		entry 03 ERROR 'The request failed because either the HTTP response was malformed or connection to the instance had an error.' requests
	} >log.ndjson
	jq -s 'reverse' log.ndjson >newest.json
	jq -s '{entries: .}' log.ndjson >wrapped.json
	for file in log.ndjson newest.json wrapped.json; do
		[ "$(roots "$file")" = dependency.module-missing-in-image ]
	done
	head -n 2 log.ndjson | tail -n 1 >alone.ndjson
	[ -z "$(roots alone.ndjson)" ]
	[ "$(json '.incidents[0].whys[0].cause' alone.ndjson)" = deploy.container-exit ]
}

@test "what a test ended with is quoted beside what its chain begins with" {
	cat >run.txt <<-'END'
	==================================== ERRORS ====================================
	_______________________ ERROR at teardown of test_desk _________________________
	E       RuntimeError: the lid is stuck
	=========================== short test summary info ============================
	ERROR tests/test_desk.py::test_desk - RuntimeError: the lid is stuck
	========================= 1 passed, 1 error in 0.03s ===========================
	END
	[ "$(json '.incidents[0].whys[0].cause' run.txt)" = harness.teardown-error ]
	json '.incidents[0].whys[0].evidence[].text' run.txt | grep -q 'the lid is stuck'
}

@test "errors that no rule knows are not called nothing" {
	entry 01 CRITICAL 'Ledger closed: checksum differs' >log.ndjson
	[ "$(json '.incidents | length' log.ndjson)" = 0 ]
	run "$FIVEWHYS" triage --no-store log.ndjson
	[ "${lines[0]}" = "No failure that a rule knows, and 1 error that none explains" ]
	entry 01 INFO 'Ledger opened' >log.ndjson
	run "$FIVEWHYS" triage --no-store log.ndjson
	# no test, no step of a job: nobody said that anything went well
	[ "${lines[0]}" = "No sign of a failure" ]
}

@test "a log of days before the run is no cause, whatever the zone of the transcript" {
	failures 'test_socket|websockets.exceptions.InvalidStatus: server rejected WebSocket connection: HTTP 503' >run.txt
	sed -i '1i Time: 2031-01-09 03:04:00' run.txt
	{
		entry 01 '' "ModuleNotFoundError: No module named 'desk.services.prices'"
		entry 02 WARNING 'Container called exit(3).' 'varlog%2Fsystem'
	} >log.ndjson
	[ -z "$(roots run.txt log.ndjson)" ]
	sed -i '1s/.*/Time: 2031-01-01 20:04:00/' run.txt
	[ "$(roots run.txt log.ndjson)" = dependency.module-missing-in-image ]
}

@test "a teardown that nothing awaits is told as such, not as any coroutine" {
	cat >run.txt <<-'END'
	==================================== ERRORS ====================================
	________________ ERROR at teardown of TestDesk.test_seat _______________________
	E   pytest.PytestUnraisableExceptionWarning: Exception ignored in: <coroutine object TestDesk.teardown_method at 0x7f00>
	E   RuntimeWarning: coroutine 'TestDesk.teardown_method' was never awaited
	=========================== short test summary info ============================
	ERROR tests/test_desk.py::TestDesk::test_seat - pytest.PytestUnraisableExceptionWarning: Exce...
	========================= 1 passed, 1 error in 0.03s ===========================
	END
	[ "$(roots run.txt)" = harness.async-teardown-in-sync-class ]
}
