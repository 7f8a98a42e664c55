load common

# What test runners print for people, in the shapes that they have: read from a file whose name says
# nothing, in the middle of a build log, told by the report with the line of the file.

# around: a build log around the standard input
around() {
	printf '+ ./configure\nchecking for cc... cc\n'
	cat
	printf 'make: *** [check] Error 1\n'
}

# told FORMAT TESTS FILE: the file is of FORMAT, and its tests are TESTS
told() {
	run json '"\(.scan.sources[0].format): \(.run.tests | "\(.passed) \(.failed) \(.errors) \(.skipped)")"' "$3"
	expect 0 "$1: $2"
}

# cites FILE LINE TEXT: the evidence of a failure is that line
cites() {
	"$FIVEWHYS" triage --no-store -f md "$1" >report.md
	grep -A 3 -F "\`$1\`, line $2:" report.md | grep -F "$3"
}

@test "go test" {
	around >out <<'END'
=== RUN   TestSum
=== RUN   TestSum/two_items
    sum_test.go:19: sum = 3, want 5
--- FAIL: TestSum (0.00s)
    --- FAIL: TestSum/two_items (0.00s)
FAIL
FAIL	example.com/desk/sum	0.031s
FAIL
END
	told go-test "0 2 0 0" out
	cites out 5 "sum = 3, want 5"
}

@test "TAP" {
	around >out <<'END'
TAP version 14
1..3
ok 1 - opens
not ok 2 - closes
  ---
  message: 'closed too soon'
  ...
END
	told tap "1 1 1 0" out
	cites out 8 "closed too soon"
}

@test "Jest" {
	around >out <<'END'
FAIL test/desk.test.js
  ● desk › closes

    expect(received).toBe(expected) // Object.is equality

    Expected: 5
    Received: 3

      at Object.toBe (test/desk.test.js:2:13)

Test Suites: 1 failed, 1 total
Tests:       1 failed, 2 passed, 3 total
END
	told jest "2 1 0 0" out
	cites out 6 "expect(received).toBe(expected)"
}

@test "Vitest" {
	around >out <<'END'

 RUN  v2.1.9 /src

 FAIL  vt/desk.test.ts > desk > closes
AssertionError: expected 3 to be 5

 ❯ vt/desk.test.ts:3:98

 Test Files  1 failed (1)
      Tests  1 failed | 1 skipped (2)
   Duration  642ms
END
	told vitest "0 1 0 1" out
	cites out 7 "AssertionError: expected 3 to be 5"
}

@test "Mocha" {
	around >out <<'END'
  desk
    ✔ opens
    1) closes

  1 passing (5ms)
  1 failing

  1) desk
       closes:
     Error: closed too soon
      at Context.<anonymous> (mo/desk.js:2:99)

END
	told mocha "1 1 0 0" out
	cites out 12 "Error: closed too soon"
}

@test "cargo test" {
	around >out <<'END'
running 2 tests
test desk::opens ... ok
test desk::closes ... FAILED

failures:

---- desk::closes stdout ----
thread 'desk::closes' panicked at src/desk.rs:4:5:
closed too soon

test result: FAILED. 1 passed; 1 failed; 0 ignored; 0 measured; 0 filtered out; finished in 0.00s
END
	told cargo-test "1 1 0 0" out
	cites out 11 "closed too soon"
}

@test "CTest" {
	around >out <<'END'
    Start 1: opens
1/2 Test #1: opens ............................   Passed    0.00 sec
    Start 2: closes
2/2 Test #2: closes ...........................***Failed    0.01 sec
desk.c:12: closed too soon

50% tests passed, 1 tests failed out of 2
END
	told ctest "1 1 0 0" out
	cites out 7 "desk.c:12: closed too soon"
}

@test "GoogleTest" {
	around >out <<'END'
[==========] Running 1 test from 1 test suite.
[ RUN      ] Desk.Closes
desk.cc:3: Failure
Value of: closed
[  FAILED  ] Desk.Closes (0 ms)
[  PASSED  ] 0 tests.
[  FAILED  ] 1 test, listed below:
END
	told googletest "0 1 0 0" out
	cites out 5 "desk.cc:3: Failure"
}

@test "unittest" {
	rule=$(printf '=%.0s' {1..70})
	around >out <<END
$rule
FAIL: test_closes (shop.Desk.test_closes)
${rule//=/-}
Traceback (most recent call last):
  File "/src/shop.py", line 7, in test_closes
AssertionError: 3 != 5

${rule//=/-}
Ran 2 tests in 0.001s

FAILED (failures=1)
END
	told unittest "1 1 0 0" out
	cites out 8 "AssertionError: 3 != 5"
}

@test "RSpec" {
	around >out <<'END'
Failures:

  1) Desk closes
     Failure/Error: expect(3).to eq 5

       expected: 5
            got: 3
     # ./spec/desk_spec.rb:3:in `block'

2 examples, 1 failure
END
	told rspec "1 1 0 0" out
	cites out 8 "expected: 5"
}

@test "a service that says FAIL and ok is a log" {
	printf 'ok 1\nFAIL to open\n1..5 workers\n--- FAIL: none\nok 2\n' >out
	run json '"\(.scan.sources[0].format) \(.run.tests.total)"' out
	expect 0 "text 0"
}
