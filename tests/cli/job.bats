load common

# Logs of jobs that failed without a failing test. Each is written here in the shape of its service;
# what is asked of each: the verdict, the step, and that the line of the root cause is cited, also where
# no rule knows the cause: those of builds are left out here.
rules_of_jobs() {
	mkdir -p rules
	cp "$TOP_SRCDIR"/rules/*.yaml rules/
	export FIVEWHYS_RULES=$PWD/rules
}

# github STEP: the log of a job whose step ran STEP; its output is standard input
github() {
	{
		echo "Current runner version: '2.311.0'"
		printf '##[group]Run actions/checkout@v4\nwith:\n##[endgroup]\n'
		printf '[command]/usr/bin/git version\n##[group]Run %s\n%s\n' "$1" "$1"
		printf 'shell: /usr/bin/bash -e {0}\n##[endgroup]\n'
		cat
		printf '##[error]Process completed with exit code 1.\nPost job cleanup.\n'
	} | sed 's/^/2026-01-31T08:00:00.1234567Z /' >job.log
}

# gitlab COMMAND: the same as GitLab prints it, with a first command that goes well
gitlab() {
	{
		printf '\e[0KRunning with gitlab-runner 16.1.0 (0a1b2c3d)\e[0;m\n'
		printf 'section_start:1769846400:step_script\r\e[0K\e[36;1mExecuting "step_script" stage\e[0;m\n'
		printf '\e[32;1m$ echo ready\e[0;m\nready\n\e[32;1m$ %s\e[0;m\n' "$1"
		cat
		printf 'section_end:1769846460:step_script\r\e[0K'
		printf 'section_start:1769846460:cleanup_file_variables\r\e[0KCleaning up\n'
		printf 'section_end:1769846461:cleanup_file_variables\r\e[0K'
		printf '\e[31;1mERROR: Job failed: exit code 1\e[0;m\n'
	} >job.log
}

# undiagnosed STEP LINE: no rule explains STEP, and LINE is its first error, cited where it stands
undiagnosed() {
	[ "$(json '.undiagnosed[0] | .test, .first_error' job.log)" = "$1"$'\n'"$2" ] &&
		cited "$2"
}

# cited LINE: it is evidence, of what is diagnosed or not, under its own number in the file
cited() {
	place=$(json '[.incidents[].whys[].evidence[], .undiagnosed[].evidence[]]
		| map(select(.text == $ENV.LINE))[0].line // empty' job.log)
	[ -n "$place" ] && sed -n "${place}p" job.log | grep -qF -- "$1"
}

check_undiagnosed() {
	rules_of_jobs
	export LINE=$2
	undiagnosed "$1" "$2" || {
		"$FIVEWHYS" triage --no-store job.log
		return 1
	}
}

@test "gcc under make on GitHub: the first error of the compiler" {
	github "make -j4" <<-'END'
	cc -Wall -Werror -c errors.c -o errors.o
	cc -Wall -Werror -c cart.c -o cart.o
	cart.c: In function 'total':
	cart.c:14:9: error: 'prices' undeclared (first use in this function)
	   14 |  return prices[i];
	cart.c:20:1: error: control reaches end of non-void function [-Werror=return-type]
	cc1: all warnings being treated as errors
	make: *** [Makefile:7: cart.o] Error 1
	END
	check_undiagnosed "Run make -j4" "cart.c:14:9: error: 'prices' undeclared (first use in this function)"
}

@test "Maven on GitLab: what the compiler plug-in tells, and not that it failed" {
	gitlab "mvn -B package" <<-'END'
	[INFO] Scanning for projects...
	[INFO] 0 errors so far
	[ERROR] COMPILATION ERROR :
	[ERROR] /builds/shop/src/main/java/Cart.java:[31,17] incompatible types: String cannot be converted to int
	[INFO] 1 error
	[INFO] BUILD FAILURE
	[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.11.0:compile (default-compile) on project shop: Compilation failure
	[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
	[ERROR] [Help 1] http://cwiki.apache.org/confluence/display/MAVEN/MojoFailureException
	END
	check_undiagnosed "mvn -B package" "[ERROR] /builds/shop/src/main/java/Cart.java:[31,17] incompatible types: String cannot be converted to int"
}

@test "Gradle on GitHub: the deepest of the causes that it tells" {
	github "./gradlew build" <<-'END'
	> Task :compileJava FAILED

	FAILURE: Build failed with an exception.

	* What went wrong:
	Execution failed for task ':compileJava'.
	> Could not resolve all files for configuration ':compileClasspath'.
	   > Could not find com.example:prices:7.1.
	     Required by:
	         project :

	* Try:
	> Run with --info option to get more log output.

	BUILD FAILED in 3s
	END
	check_undiagnosed "Run ./gradlew build" "   > Could not find com.example:prices:7.1."
}

@test "pnpm on GitLab: its own code, not the retries before it" {
	gitlab "pnpm install" <<-'END'
	Progress: resolved 31, reused 0, downloaded 7, added 0
	 WARN  GET https://registry.example.com/cart/-/cart-9.9.9.tgz error (ERR_PNPM_FETCH_404). Will retry in 10 seconds. 2 retries left.
	 ERR_PNPM_FETCH_404  GET https://registry.example.com/cart/-/cart-9.9.9.tgz: Not Found - 404
	END
	check_undiagnosed "pnpm install" " ERR_PNPM_FETCH_404  GET https://registry.example.com/cart/-/cart-9.9.9.tgz: Not Found - 404"
}

@test "BuildKit on GitHub: the line below its number and its clock" {
	github "docker build ." <<-'END'
	#8 [4/5] RUN cargo build
	#8 0.412    Compiling cart v0.1.0 (/src)
	#8 1.733 error[E0432]: unresolved import `prices::Total`
	#8 1.734  --> src/main.rs:2:5
	#8 1.801 error: could not compile `cart` (bin "cart") due to 1 previous error
	#8 ERROR: process "/bin/sh -c cargo build" did not complete successfully: exit code: 101
	------
	ERROR: failed to solve: process "/bin/sh -c cargo build" did not complete successfully: exit code: 101
	END
	check_undiagnosed "Run docker build ." 'error[E0432]: unresolved import `prices::Total`'
}

@test "tsc in a pipeline of Jenkins: the step that was last before the clean-up" {
	cat >job.log <<-'END'
	Started by user admin
	[Pipeline] Start of Pipeline
	[Pipeline] { (Install)
	[Pipeline] sh
	[2026-01-31T08:00:00.123Z] + npm ci
	[2026-01-31T08:00:09.123Z] added 31 packages, found 0 errors
	[Pipeline] { (Build)
	[Pipeline] sh
	[2026-01-31T08:00:10.123Z] + npm run build
	[2026-01-31T08:00:11.123Z] src/cart.ts(4,11): error TS2551: Property 'totl' does not exist on type 'Cart'.
	[2026-01-31T08:00:11.123Z] npm ERR! code ELIFECYCLE
	[2026-01-31T08:00:11.123Z] npm ERR! errno 2
	[Pipeline] { (Declarative: Post Actions)
	[Pipeline] sh
	[2026-01-31T08:00:12.123Z] + rm -rf node_modules
	[Pipeline] End of Pipeline
	ERROR: script returned exit code 2
	Finished: FAILURE
	END
	check_undiagnosed "Build" "src/cart.ts(4,11): error TS2551: Property 'totl' does not exist on type 'Cart'."
	[ "$(json '.undiagnosed[0].evidence[0].time' job.log)" = "2026-01-31T08:00:11.123Z" ]
}

@test "a linker on Travis, and plain output without any service" {
	printf 'travis_fold:start:script\r\e[0Ktravis_time:start:0a\r\e[0K$ make\n' >job.log
	tee plain.log >>job.log <<-'END'
	cc -o cart cart.o
	/usr/bin/ld: cart.o: in function `main':
	cart.c:(.text+0x5): undefined reference to `prices_total'
	collect2: error: ld returned 1 exit status
	make: *** [Makefile:3: cart] Error 1
	END
	echo 'The command "make" exited with 2.' >>job.log
	check_undiagnosed "make" "cart.c:(.text+0x5): undefined reference to \`prices_total'"
	mv plain.log job.log
	check_undiagnosed "job.log" "cart.c:(.text+0x5): undefined reference to \`prices_total'"
}

@test "a rule that knows the cause explains the step, and the decisive line is cited all the same" {
	github "pip install -r requirements.txt" <<-'END'
	Collecting cart==9.9
	ERROR: Could not find a version that satisfies the requirement cart==9.9 (from versions: 1.0, 1.1)
	ERROR: No matching distribution found for cart==9.9
	END
	[ "$(json '.incidents[0] | .whys[0].cause, .root_cause, .verdict' job.log | paste -sd' ')" = \
		"ci.step-failed pip.no-distribution CONFIRMED" ]
	export LINE="ERROR: Could not find a version that satisfies the requirement cart==9.9 (from versions: 1.0, 1.1)"
	cited "$LINE"
}

@test "what a step that went well lived with is no cause of the one that failed" {
	github "npm run build" <<-'END'
	vite v5.0.0 building for production...
	error during build:
	Could not load /src/total.svg (imported by src/cart.ts)
	END
	sed -i '4a2026-01-31T08:00:00.1234567Z cart.c:1:1: error: of another step' job.log
	check_undiagnosed "Run npm run build" "Could not load /src/total.svg (imported by src/cart.ts)"
	export LINE="cart.c:1:1: error: of another step"
	! cited "$LINE"
}

@test "a job that went well has no failure, whatever its steps printed" {
	github true </dev/null
	sed -i -e '/##\[error\]/d' -e '$aCleaning up orphan processes' \
		-e '10a2026-01-31T08:00:00.1234567Z make: *** [lint] Error 1' job.log
	run -0 "$FIVEWHYS" triage --no-store job.log
	[[ "$output" != *UNDIAGNOSED* && "$output" != *"step of a job failed"* ]]
}

@test "tests in a job are tests: the step that ran them is no failure of its own" {
	github "pytest -v" <<-'END'
	============================= test session starts ==============================
	t.py::test_total FAILED                                                  [100%]

	=================================== FAILURES ===================================
	__________________________________ test_total __________________________________

	>       assert total() == 3
	E       assert 4 == 3

	t.py:9: AssertionError
	=========================== short test summary info ============================
	FAILED t.py::test_total - assert 4 == 3
	============================== 1 failed in 0.12s ===============================
	END
	[ "$(json '.run.tests.failed, .undiagnosed[].test' job.log | paste -sd' ')" = "1 t.py::test_total" ]
}

@test "gh run view, the files of an archive, and the whole log tell one failure" {
	github make <<-'END'
	cart.c:14:9: error: 'prices' undeclared
	make: *** [Makefile:7: cart.o] Error 1
	END
	rules_of_jobs
	sed 's/^/build\tRun make\t/' job.log >view.log
	[ "$(json '.undiagnosed[].test' view.log)" = "build / Run make" ]
	mkdir -p logs/build
	cp job.log logs/0_build.txt
	sed -n '6,$p' job.log >"logs/build/3_Run make.txt"
	tar -cf logs.tar logs
	[ "$(json '.undiagnosed[].test' logs.tar)" = "Run make" ]
}

@test "a long log is not kept in memory, and its error is cited all the same" {
	{
		seq -f 'line %.0f of a build that says much and tells little, over and over again' 250000
		echo "cart.c:14:9: error: 'prices' undeclared"
	} | github make
	LINE="cart.c:14:9: error: 'prices' undeclared" check_undiagnosed "Run make" "cart.c:14:9: error: 'prices' undeclared"
}

@test "what failed says so in the words of its tool alone: it did, and its line is cited" {
	rules_of_jobs
	while IFS='|' read -r before line; do
		printf 'starting\n%s\n%s\n' "$before" "$line" >job.log
		LINE=$before cited "$before" || {
			echo "not cited: $before"
			"$FIVEWHYS" triage --no-store job.log
			return 1
		}
	done <<-'END'
	exec: the cart was not found|executor failed running [/bin/sh -c ./cart]: exit code: 1
	the cart is missing|Command exited with code 1
	the cart is missing|Error: building at STEP "RUN ./cart": while running runtime: exit status 1
	the control sequence is undefined|!  ==> Fatal error occurred, no output PDF file produced!
	The cart extension was not compiled.|Execution halted
	the cart was refused|==> Builds finished but no artifacts were created.
	the cart was refused|** BUILD FAILED **
	the cart was refused|cabal: Failed to build cart-0.1.0.0.
	END
}

@test "gh run view as it is quoted: the job, and what pytest says of itself" {
	rules_of_jobs
	sed 's/^/CI \/ test | 2026-01-31T08:00:00Z /' >job.log <<-'END'
	E   ModuleNotFoundError: No module named 'cart'
	##[error]Process completed with exit code 2.
	END
	[ "$(json '.incidents[0] | .root_cause, .tests[0]' job.log | paste -sd'|')" = "dependency.module-not-found|CI / test" ]
}

@test "a service that says such words with its times is no build" {
	sed 's/^/2026-01-31T08:00:00Z INFO /' >app.log <<-'END'
	Command exited with code 1
	the worker starts again
	request done
	END
	run "$FIVEWHYS" triage --no-store app.log
	expect 0 "No sign of a failure"
}

@test "a heading whose end was lost is over with what comes later; the clean-up is no cause" {
	cat >job.log <<-'END'
	2026-01-31T08:00:00.1000000Z ##[group]Run cmake -S shelf
	2026-01-31T08:00:00.1000001Z shell: /usr/bin/bash -e {0}
	2026-01-31T08:00:02.1000000Z -- looking at the shelf
	2026-01-31T08:00:02.2000000Z cart: the shelf is empty
	2026-01-31T08:00:02.3000000Z ##[error]Process completed with exit code 1.
	2026-01-31T08:00:02.4000000Z Post job cleanup.
	2026-01-31T08:00:02.5000000Z fatal: No url found for submodule path 'shelf' in .gitmodules
	2026-01-31T08:00:02.6000000Z ##[warning]The process '/usr/bin/git' failed with exit code 128
	END
	[ "$(json '.incidents | length' job.log)" = 0 ]
	[ "$(json '.undiagnosed[0].test' job.log)" = "Run cmake -S shelf" ]
	export LINE="cart: the shelf is empty"
	cited "$LINE"
}

@test "what a runner of GitLab does behind the script is not of its last command" {
	gitlab "run-system-tests" <<-'END'
	the browser is missing, install it with:
	  cart init
	END
	sed -i 's/^section_end:1769846460:step_script.*$/&\nUploading the results\nERROR: No files to upload/' job.log
	[ "$(json '.incidents | length' job.log)" = 0 ]
	[ "$(json '.undiagnosed[0].test' job.log)" = "run-system-tests" ]
	export LINE="the browser is missing, install it with:"
	cited "$LINE"
	export LINE="ERROR: No files to upload"
	! cited "$LINE"
}
