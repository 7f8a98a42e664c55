load common

# Logs of builds and CI jobs, one or more for each file in rules/build: what broke the build is the
# root, with the line that says so, and not what only passed the failure on.

# root CAUSE TEXT: of what comes on standard input CAUSE is the first root, and a line with TEXT
# stands behind it.
root() {
	cat >job.log
	json '.incidents[0] | .root_cause as $root | [.whys[] | select(.cause == $root)][0]
		| $root + "\t" + ([.evidence[].text] | join(" "))' job.log >found.txt
	cut -f1 found.txt >cause.txt
	[ "$(cat cause.txt)" = "$1" ] || { echo "root: $(cat cause.txt), not $1"; return 1; }
	grep -qF -- "$2" found.txt || { echo "no \"$2\" in: $(cat found.txt)"; return 1; }
}

# rootless: what comes on standard input has no root
rootless() {
	cat >job.log
	found=$(json '.incidents[].root_cause // empty' job.log)
	[ -z "$found" ] || { echo "root: $found"; return 1; }
}

@test "Maven: an artifact that no repository has" {
	root maven.artifact-not-found shop:shelf:jar:9.9 <<-'END'
	[INFO] Building cart 1.0
	[WARNING] Could not find artifact shop:shelf:jar:sources:9.9 in central (https://repo.example.com/maven2)
	[INFO] BUILD FAILURE
	[ERROR] Failed to execute goal on project cart: Could not resolve dependencies for project shop:cart:jar:1.0: Could not find artifact shop:shelf:jar:9.9 in central (https://repo.example.com/maven2) -> [Help 1]
	[ERROR] To see the full stack trace of the errors, re-run Maven with the -e switch.
	Error: Process completed with exit code 1.
	END
}

@test "Java: the compiler error, not the goal that failed" {
	root java.symbol-missing "[12,9] cannot find symbol" <<-'END'
	[INFO] --- maven-compiler-plugin:3.11.0:compile (default-compile) @ cart ---
	[ERROR] COMPILATION ERROR :
	[ERROR] /srv/cart/src/main/java/shop/Cart.java:[12,9] cannot find symbol
	[ERROR]   symbol:   class Shelf
	[ERROR]   location: class shop.Cart
	[INFO] BUILD FAILURE
	[ERROR] Failed to execute goal org.apache.maven.plugins:maven-compiler-plugin:3.11.0:compile (default-compile) on project cart: Compilation failure -> [Help 1]
	END
}

@test "Gradle: the module that is not there, below the configuration that does not resolve" {
	root gradle.module-not-found "Could not find shop:shelf:9.9." <<-'END'
	FAILURE: Build failed with an exception.

	* What went wrong:
	Execution failed for task ':app:mergeDebugResources'.
	> Could not resolve all files for configuration ':app:debugRuntimeClasspath'.
	   > Could not find shop:shelf:9.9.
	     Searched in the following locations:
	       - https://repo.example.com/shop/shelf/9.9/shelf-9.9.pom

	BUILD FAILED in 3s
	END
}

@test "npm: the lock file, not the exit code" {
	root npm.lock-out-of-sync "in sync" <<-'END'
	npm warn ERESOLVE overriding peer dependency
	npm error code EUSAGE
	npm error
	npm error `npm ci` can only install packages when your package.json and package-lock.json or npm-shrinkwrap.json are in sync. Please update your lock file with `npm install` before continuing.
	npm error Missing: shelf@2.0.0 from lock file
	Error: Process completed with exit code 1.
	END
}

@test "npm: who wants which peer" {
	root npm.peer-conflict 'peer shelf@"^1.0.0" from cart@3.0.0' <<-'END'
	npm ERR! code ERESOLVE
	npm ERR! ERESOLVE unable to resolve dependency tree
	npm ERR!
	npm ERR! Found: shelf@2.0.0
	npm ERR! Could not resolve dependency:
	npm ERR! peer shelf@"^1.0.0" from cart@3.0.0
	END
}

@test "TypeScript: the error in the source, not the script that failed" {
	root typescript.type-error "TS2322" <<-'END'
	> cart@1.0.0 build
	> tsc -p .
	src/cart.ts(12,5): error TS2322: Type 'string' is not assignable to type 'number'.
	npm ERR! code ELIFECYCLE
	npm ERR! errno 2
	npm ERR! cart@1.0.0 build: `tsc -p .`
	npm ERR! Exit status 2
	npm ERR! Failed at the cart@1.0.0 build script.
	END
}

@test "pip: the header below the wheel that was not built" {
	root c.header-missing "Python.h" <<-'END'
	Building wheels for collected packages: shopmetrics
	  error: subprocess-exited-with-error
	      gcc -pthread -fPIC -c shopmetrics.c -o shopmetrics.o
	      shopmetrics.c:3:10: fatal error: Python.h: No such file or directory
	      compilation terminated.
	      error: command '/usr/bin/gcc' failed with exit code 1
	  ERROR: Failed building wheel for shopmetrics
	ERROR: Could not build wheels for shopmetrics, which is required to install pyproject.toml-based projects
	END
}

@test "pip: a version that does not exist" {
	root pip.no-distribution "shopmetrics==9.9" <<-'END'
	Collecting shopmetrics==9.9
	ERROR: Could not find a version that satisfies the requirement shopmetrics==9.9 (from versions: 1.0, 1.1)
	ERROR: No matching distribution found for shopmetrics==9.9
	Error: Process completed with exit code 1.
	END
}

@test "containers: what is not in the build context" {
	root docker.copy-source-missing '"/dist": not found' <<-'END'
	#7 [4/5] COPY dist /srv/dist
	#7 ERROR: failed to calculate checksum of ref a1b2::c3d4: "/dist": not found
	------
	 > [4/5] COPY dist /srv/dist:
	------
	ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref a1b2::c3d4: "/dist": not found
	END
}

@test "make and the compiler: the first error, not Error 2" {
	root c.compile-error "'shelf' undeclared" <<-'END'
	gcc -Wall -c -o cart.o cart.c
	cart.c:7:9: warning: unused variable 'total' [-Wunused-variable]
	cart.c:12:7: error: 'shelf' undeclared (first use in this function)
	make[1]: *** [Makefile:12: cart.o] Error 1
	make: *** [Makefile:3: all] Error 2
	END
}

@test "the linker: the symbol, not the status of ld" {
	root linker.undefined "shelf_open" <<-'END'
	gcc -o cart cart.o
	/usr/bin/ld: cart.o: in function `main':
	cart.c:(.text+0x12): undefined reference to `shelf_open'
	collect2: error: ld returned 1 exit status
	make: *** [Makefile:3: cart] Error 1
	END
}

@test "a command that is not installed" {
	root shell.command-not-found "cartc: not found" <<-'END'
	checking for shelf... not found
	/bin/sh: 1: cartc: not found
	make: *** [Makefile:3: cart] Error 127
	END
}

@test "CMake: the package, not that configuring is incomplete" {
	root cmake.package-not-found '"Shelf"' <<-'END'
	-- Looking for pthread.h - found
	CMake Error at CMakeLists.txt:12 (find_package):
	  By not providing "FindShelf.cmake" in CMAKE_MODULE_PATH this project has
	  asked CMake to find a package configuration file provided by "Shelf", but
	  Could not find a package configuration file provided by "Shelf" with any of
	-- Configuring incomplete, errors occurred!
	Error: Process completed with exit code 1.
	END
}

@test "Rust: the error with its place, not that the crate could not be compiled" {
	root rust.compile-error "E0432" <<-'END'
	   Compiling cart v0.1.0 (/srv/cart)
	error[E0432]: unresolved import `shelf::Shelf`
	 --> src/main.rs:1:5
	For more information about this error, try `rustc --explain E0432`.
	error: could not compile `cart` (bin "cart") due to 1 previous error
	END
}

@test "Go: go.sum, below the package whose tests cannot be built" {
	root go.sum-missing "missing go.sum entry" <<-'END'
	cart.go:4:2: missing go.sum entry for module providing package example.com/shelf (imported by example.com/cart); to add:
		go get example.com/cart
	FAIL	example.com/cart [setup failed]
	Error: Process completed with exit code 1.
	END
}

@test "git: the account, not exit code 128" {
	root git.no-credentials "could not read Username" <<-'END'
	Cloning into 'shelf'...
	fatal: could not read Username for 'https://git.example.com': terminal prompts disabled
	Error: The process '/usr/bin/git' failed with exit code 128
	END
}

@test "the CI service: a right that the token lacks" {
	root pipeline.no-right "Resource not accessible" <<-'END'
	Cache not found for input keys: cart-0123
	RequestError [HttpError]: Resource not accessible by integration
	Error: Process completed with exit code 1.
	END
}

@test "the machine: a Java process without memory, below the daemon that is gone" {
	root machine.jvm-out-of-memory "Java heap space" <<-'END'
	java.lang.OutOfMemoryError: Java heap space
	Gradle build daemon disappeared unexpectedly (it may have been killed or may have crashed)
	FAILURE: Build failed with an exception.
	END
}

@test "packages of the system and of other languages" {
	root package.not-found libcart-dev <<-'END'
	Reading package lists...
	E: Unable to locate package libcart-dev
	Error: Process completed with exit code 100.
	END
	root package.composer-unmet "ext-cart" <<-'END'
	Your requirements could not be resolved to an installable set of packages.
	  Problem 1
	    - Root composer.json requires PHP extension ext-cart * but it is missing from your system. Install or enable PHP's cart extension.
	Error: Process completed with exit code 2.
	END
}

@test "linters: the place that they name" {
	root lint.mypy "cart.py:12" <<-'END'
	src/cart.py:12: error: Incompatible return value type (got "str", expected "int")  [return-value]
	Found 1 error in 1 file (checked 12 source files)
	Error: Process completed with exit code 1.
	END
}

@test "tests: what was expected and what came" {
	root check.expectation-unmet "Received: 4" <<-'END'
	FAIL src/cart.test.js
	  cart
	    expect(received).toBe(expected) // Object.is equality

	    Expected: 3
	    Received: 4

	Tests:       1 failed, 11 passed, 12 total
	npm ERR! code ELIFECYCLE
	END
}

@test "other languages: the place that the compiler names" {
	root language.ocaml-error "Unbound value shelf" <<-'END'
	File "lib/cart.ml", line 12, characters 8-13:
	12 | let x = shelf
	            ^^^^^
	Error: Unbound value shelf
	make: *** [Makefile:3: cart] Error 1
	END
}

@test "what only passes a failure on is no root" {
	rootless <<-'END'
	make[1]: *** [Makefile:12: all-recursive] Error 1
	make: *** [Makefile:3: all] Error 2
	Error: Process completed with exit code 2.
	END
	rootless <<-'END'
	npm ERR! code ELIFECYCLE
	npm ERR! Failed at the cart@1.0.0 build script.
	END
	rootless <<-'END'
	[INFO] BUILD FAILURE
	[ERROR] Failed to execute goal org.example:cart-plugin:1.0:check (default) on project cart: see above -> [Help 1]
	END
	rootless <<-'END'
	gyp ERR! build error
	gyp ERR! stack Error: `make` failed with exit code: 2
	gyp ERR! not ok
	END
}

@test "what a build lives with is no root" {
	rootless <<-'END'
	Cache not found for input keys: cart-0123, cart-
	npm WARN ERESOLVE overriding peer dependency
	npm warn EBADENGINE Unsupported engine { package: 'shelf@2.0.0' }
	[WARNING] Could not transfer metadata shop:shelf/maven-metadata.xml from/to central (https://repo.example.com/maven2): connect timed out
	cart.c:7:9: warning: unused variable 'total' [-Wunused-variable]
	WARNING: Retrying (Retry(total=4)) after connection broken by ReadTimeoutError
	Warning: No files were found with the provided path: dist/. No artifacts will be uploaded.
	[INFO] Tests run: 12, Failures: 0, Errors: 0, Skipped: 0
	[INFO] BUILD SUCCESS
	END
}

@test "a message that a script only quotes is no root" {
	rootless <<-'END'
	+ echo "src/cart.c:12:7: error: 'shelf' undeclared"
	+ grep -q "src/cart.ts(12,5): error TS2304: Cannot find name 'shelf'." build.log
	- run: echo 'e: /srv/cart/Cart.kt: (12, 5): Unresolved reference'
	make: *** [Makefile:3: cart] Error 1
	END
}

@test "what any program may print explains the end of a job, and stands for nothing without one" {
	printf '%s\n' 'Uncaught TypeError: shelf is not a function' >printed
	rootless <printed
	{ cat printed; echo 'Error: Process completed with exit code 1.'; } |
		root machine.exception 'shelf is not a function'
}

@test "a kill is told as a kill, and not as want of memory" {
	root machine.killed "exit code 137" <<-'END'
	cart: building
	Error: Process completed with exit code 137.
	END
}
