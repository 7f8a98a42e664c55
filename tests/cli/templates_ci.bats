load common
load forge

more_setup() {
	ci=$TOP_SRCDIR/templates/ci
	# what a runner finds by its name
	mkdir bin
	ln -s "$FIVEWHYS" bin/fivewhys
	PATH=$PWD/bin:$PATH
}

# inputs_of FILE: "name=default" of each input of an action, a line each
inputs_of() {
	awk '/^inputs:/ { inside = 1; next } /^[a-z]/ { inside = 0 }
		inside && /^  [a-z-]+:$/ { name = $1; sub(":", "", name) }
		inside && /^    (default|required):/ { value = $0; sub(/^    [a-z]+: */, "", value); gsub(/"/, "", value)
			print name "=" ($1 == "required:" ? "" : value) }' "$1"
}

# step_of FILE NAME: what is under "- name: NAME"
step_of() {
	awk -v name="$2" '/^    - name: / { inside = substr($0, 13) == name } inside' "$1"
}

# env_of FILE: "VARIABLE=inputs.x", or "VARIABLE=steps.x.outputs.y", of its step with a script
env_of() {
	sed -n 's/^        \([A-Z_]*\): \${{ \([a-z._-]*\) }}$/\1=\2/p' "$1"
}

# script_of FILE INDENT: the text behind "|" that stands INDENT columns in
script_of() {
	awk -v indent="$2" '/^ *(run:|-) \|$/ { inside = 1; next }
		inside && $0 != "" && match($0, /[^ ]/) <= indent { inside = 0 }
		inside { print substr($0, indent + 1) }' "$1"
}

# value_of EXPRESSION: what the runner makes of it; inputs are in "given", the outputs of a step in a file.
value_of() {
	local name=${1##*.} default
	case $1 in
	inputs.*)
		default=$(inputs_of "$ci/action.yml" | sed -n "s/^$name=//p")
		[ "$default" = '${{ github.token }}' ] && default=user-token-0123456789
		printf '%s' "${given[$name]-$default}" ;;
	steps.program.outputs.*) sed -n "s/^$name=//p" output.program ;;
	*) return 1 ;;
	esac
}

# step NAME ID: run its script as the runner does
step() {
	step_of "$ci/action.yml" "$1" >step.yml
	script_of step.yml 8 >script.sh
	[ -s script.sh ] || return 1
	environment=()
	while IFS='=' read -r variable expression; do
		environment+=("$variable=$(value_of "$expression")")
	done < <(env_of step.yml)
	[ "${#environment[@]}" = "$(grep -c '^        [A-Z_]*: ' step.yml)" ] || return 1
	: >"output.$2"
	: >summary.md
	run env "${environment[@]}" GITHUB_STEP_SUMMARY="$PWD/summary.md" GITHUB_OUTPUT="$PWD/output.$2" RUNNER_TEMP="$PWD/temp" \
		GITHUB_ACTION_PATH="${action_path:-$PWD/.github/actions/fivewhys}" bash --noprofile --norc -eo pipefail script.sh
}

# composite NAME=VALUE...: run action.yml with these inputs; $status and $output are of its last script.
composite() {
	declare -A given=()
	for input in "$@"; do
		given[${input%%=*}]=${input#*=}
	done
	step 'Find the program' program
	[ "$status" = 0 ] || return 1
	built=
	if [ -n "$(value_of steps.program.outputs.source)" ]; then
		step 'Build the program' build
		[ "$status" = 0 ] || return 1
		built=$output
	fi
	step 'Say why' triage
	mv output.triage output
}

# A tree whose bootstrap "builds" the program of these tests, and tells what it was asked for.
make_tree() {
	mkdir -p tree/src tree/templates/ci
	cp -r "$TOP_SRCDIR/rules" "$TOP_SRCDIR/templates" tree
	touch tree/configure.ac tree/Makefile.am
	printf '%s\n' '#!/bin/sh' 'echo "bootstrap[$*]"' '[ "$*" = --packages ] && exit' 'mkdir -p "$FIVEWHYS_BUILD"' \
		"ln -s '$FIVEWHYS' \"\$FIVEWHYS_BUILD/fivewhys\"" >tree/bootstrap
	chmod +x tree/bootstrap
	rm bin/fivewhys
}

@test "the action: summary, outputs, annotations, reports and comment" {
	start_forge
	on_github
	unset GITHUB_TOKEN
	cp -r "$samples/silent-agent-pipeline" 'my logs'
	composite files=$'my logs/transcript.txt\n**/*.json\nmissing/*.log\n' history=history.db
	expect 0 '1 of 3 tests failed' '::error file=tests/e2e/test_agent_pipeline.py,line='
	grep -q '^## Why' summary.md
	grep -qx 'LIKELY' output
	grep -qx 'fivewhys-report/report.md' output
	[ -s fivewhys-report/report.html ]
	[ "$(comments '.[].body' | head -n 1)" = '<!-- fivewhys:v1 key=octo/hello/CI run=70.1 -->' ]
	for name in $(sed -n 's/.*steps\.triage\.outputs\.\([a-z_]*\) .*/\1/p' "$ci/action.yml"); do
		grep -q "^$name<<" output || return 1
	done
}

@test "the action: inputs are data, whatever they hold" {
	start_forge
	on_github
	mkdir -- '-o x'
	cp $silent './-o x/'
	composite files='-o x/*' comment=false key='$(touch pwned); `touch pwned`' report='a"; touch pwned; "' rules=''
	expect 0 '1 of 3 tests failed'
	[ ! -e pwned ]
	[ -s 'a"; touch pwned; "/report.md' ]
	composite files=$'transcript.txt;touch pwned\n$(touch pwned)\n`touch pwned`' comment=false
	[ ! -e pwned ]
	[ "$(ask requests | jq length)" = 0 ]
}

@test "the action: no files are a warning, a broken input fails nothing, and fail-on fails" {
	on_github
	composite files=$'missing/**/*.xml\n' comment=false
	expect 0 '::warning title=fivewhys::there are no files'
	[ ! -s output ]
	composite files='missing.xml' comment=false
	expect 0 'nothing was told to the build'
	cp $silent .
	composite files='*.txt' comment=false fail-on=incident
	expect 1 '1 of 3 tests failed'
	grep -q '^verdict<<' output
}

@test "the action: a program that is not found is built from the tree that it is in, and taken from the cache then" {
	on_github
	make_tree
	cp $silent .
	action_path=$PWD/tree/templates/ci
	composite files='*.txt' comment=false
	expect 0 '1 of 3 tests failed'
	[ "$built" = 'bootstrap[]' ]
	key=$(value_of steps.program.outputs.key)
	[[ $key =~ ^[0-9a-f]{40}$ ]] || return 1
	composite files='*.txt' comment=false
	expect 0 '1 of 3 tests failed'
	[ "$built" = 'bootstrap[--packages]' ]
	[ "$(value_of steps.program.outputs.key)" = "$key" ]
	echo change >tree/src/main.c
	composite files='*.txt' comment=false
	[ "$(value_of steps.program.outputs.key)" != "$key" ]
}

@test "the action: a copy of it builds from a checkout that is named, and never where the program is found" {
	on_github
	make_tree
	cp $silent .
	mv tree 'my $(tree)'
	composite files='*.txt' comment=false source='my $(tree)'
	expect 0 '1 of 3 tests failed'
	[ "$built" = 'bootstrap[]' ]
	ln -s "$FIVEWHYS" bin/fivewhys
	composite files='*.txt' comment=false source='my $(tree)'
	expect 0 '1 of 3 tests failed'
	[ -z "$built" ]
}

@test "the action: without the program, or where it cannot be built, it says what to do, and only fail-on fails" {
	on_github
	cp $silent .
	composite files='*.txt' program=no-such-program
	expect 0 '::warning title=fivewhys::the program is not here: install it before this step'
	composite files='*.txt' program=no-such-program fail-on=incident
	expect 1 '::error title=fivewhys::the program is not here'
	make_tree
	printf '#!/bin/sh\nexit 1\n' >tree/bootstrap
	composite files='*.txt' source=tree
	expect 0 '::warning title=fivewhys::the program is not here'
	[ "$built" = '::warning title=fivewhys::it could not be built; the log says why' ]
}

@test "the action: faults of its inputs fail no build either, unless fail-on asks" {
	on_github
	cp $silent .
	echo 'causes: [' >bad.yaml
	composite files='*.txt' comment=false rules=bad.yaml
	expect 0 'bad.yaml' '::warning title=fivewhys::it ended with status'
	composite files='*.txt' comment=false rules=bad.yaml fail-on=new
	[ "$status" != 0 ]
	composite files='*.txt' comment=false fail-on=nonsense
	[ "$status" != 0 ]
}

@test "actions of others are pinned by a commit, with the version beside it" {
	grep -h '^ *\(- \)\?uses:' "$ci"/*.yml >uses
	[ "$(wc -l <uses)" -ge 3 ]
	[ -z "$(grep -vE 'uses: (\./[a-z./]+$|[a-z-]+/[a-z-]+@[0-9a-f]{40} # v[0-9]+\.[0-9]+\.[0-9]+$)' uses)" ]
}

@test "no script holds an expression of the workflow, and no job has more rights than it says" {
	for file in "$ci"/*.yml; do
		script_of "$file" 8 | lacks '\$\{\{' || return 1
		script_of "$file" 6 | lacks '\$\{\{' || return 1
	done
	grep -qx 'permissions: {}' "$ci/workflow.yml"
	[ "$(grep -cE ': write( |$)' "$ci/workflow.yml")" = 1 ]
}

@test "what is to be copied is YAML" {
	python3 -c 'import yaml' 2>/dev/null || skip 'the YAML of python is missing'
	for file in "$ci"/*.yml; do
		python3 -c 'import sys, yaml; yaml.safe_load(open(sys.argv[1]))' "$file" || return 1
	done
	python3 - "$ci/action.yml" <<-'EOF'
		import sys, yaml
		action = yaml.safe_load(open(sys.argv[1]))
		assert all("description" in item for item in action["inputs"].values())
		steps = action["runs"]["steps"]
		assert all("shell" in step for step in steps if "run" in step)
		used = {value[11:-3] for step in steps for value in step.get("env", {}).values() if "inputs." in value}
		assert used == set(action["inputs"]) - {"upload"}, used
	EOF
}

@test "GitLab: the script of the template, in a plain shell, writes the reports and the note" {
	start_forge --gitlab
	on_gitlab
	script_of "$ci/fivewhys.gitlab-ci.yml" 6 >script.sh
	[ -s script.sh ]
	cp $silent .
	FIVEWHYS_INPUTS='transcript.txt *.json missing/*.log' FIVEWHYS_OPTIONS='--label *' run sh script.sh
	expect 0 'section_start:' '1 of 3 tests failed' 'section_end:'
	[ -s fivewhys-report/report.html ]
	[ "$(comments length)" = 1 ]
	[ "$(sqlite3 .fivewhys/history.db 'SELECT label FROM runs')" = '*' ]
}

@test "Jenkins: the shell part of the snippet runs" {
	export JENKINS_URL=https://ci.example.com/ JOB_NAME=hello BUILD_NUMBER=7 WORKSPACE=$PWD
	awk "/sh '''/ { inside = 1; next } /'''/ { inside = 0 } inside" "$ci/Jenkinsfile" >script.sh
	[ -s script.sh ]
	cp "$samples/silent-agent-pipeline/transcript.txt" results.xml
	run sh -xe script.sh
	expect 0 '1 of 3 tests failed'
	[ -s fivewhys-report/report.md ]
	[ "$(sqlite3 .fivewhys/history.db 'SELECT label FROM runs')" = 'hello #7' ]
}
