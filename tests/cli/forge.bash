# What tests of comments share: stand-ins of GitHub and GitLab (tests/standin/README.md), a red run and a green one.

# What common.bash sets up, and no CI; "more_setup" is of the file.
eval "common_$(declare -f setup)"
setup() {
	common_setup
	forget_ci
	forge_url=https://api.example.com
	if [ "$(type -t more_setup)" = function ]; then
		more_setup
	fi
}

teardown() {
	stop_forges
}

# Two histories for all tests of a file: $red and $green.
make_histories() {
	export red=$BATS_FILE_TMPDIR/red.db green=$BATS_FILE_TMPDIR/green.db
	cd "$TOP_SRCDIR/samples/silent-agent-pipeline" || return 1
	"$FIVEWHYS" triage --db "$red" transcript.txt cloud-log.json >/dev/null
	"$FIVEWHYS" triage --db "$green" ../nothing-failed/results.xml >/dev/null
}

# Variables of other CI, and of the machine that runs the tests, say nothing here.
forget_ci() {
	for name in $(env | sed -n 's/^\(\(CI\|GITHUB\|GITLAB\|BUILDKITE\|CIRCLE\|CIRCLECI\|BUILD\|SYSTEM\|TF\|AGENT\|CHANGE\|JENKINS\|GH\|GIT\|FIVEWHYS_G\)\(_[A-Z0-9_]*\)\?\)=.*/\1/p'); do
		unset "$name"
	done
	unset JOB_NAME BRANCH_NAME TAG_NAME http_proxy https_proxy HTTPS_PROXY ALL_PROXY FIVEWHYS_TEST_TIMEOUT
	export FIVEWHYS_TEST_CLOCK=2026-01-02T00:00:00Z
}

# start_forge OPTION...: sets $forge_url; all of them end with stop_forges, and by themselves.
start_forge() {
	[ -x "$TOP_BUILDDIR/tests/standin/forge" ] || skip 'libmicrohttpd is missing, and with it the stand-in'
	rm -f "$BATS_TEST_TMPDIR/forge.port"
	"$TOP_BUILDDIR/tests/standin/forge" --port-file "$BATS_TEST_TMPDIR/forge.port" "$@" >/dev/null 2>&1 3>&- &
	for _ in $(seq 1200); do
		[ -s "$BATS_TEST_TMPDIR/forge.port" ] && break
		sleep 0.02
	done
	forge_url=http://127.0.0.1:$(cat "$BATS_TEST_TMPDIR/forge.port")
	forges="${forges:-} $forge_url"
}

stop_forges() {
	for forge_url in ${forges:-}; do
		ask stop '' >/dev/null
	done
	wait
}

# ask WHAT: what GET /standin/WHAT says. ask WHAT JSON: the same for POST.
ask() {
	if [ $# -gt 1 ]; then
		curl -sS --fail-with-body --noproxy '*' --data-binary "$2" "$forge_url/standin/$1"
	else
		curl -sS --fail-with-body --noproxy '*' "$forge_url/standin/$1"
	fi
}

# on_github [RUN [ATTEMPT]]: a build of a pull request of octo/hello
on_github() {
	export CI=true GITHUB_ACTIONS=true GITHUB_REPOSITORY=octo/hello GITHUB_WORKFLOW=CI GITHUB_RUN_ID=${1:-70}
	export GITHUB_RUN_NUMBER=${1:-70} GITHUB_RUN_ATTEMPT=${2:-1} GITHUB_REF=refs/pull/12/merge
	export GITHUB_API_URL=$forge_url GITHUB_TOKEN=user-token-0123456789
	unset GITHUB_STEP_SUMMARY GITHUB_OUTPUT GITHUB_EVENT_PATH
}

# on_gitlab [PIPELINE [JOB]]: a job of a merge request of the project 17
on_gitlab() {
	export CI=true GITLAB_CI=true CI_JOB_NAME=e2e CI_PIPELINE_ID=${1:-70} CI_PIPELINE_IID=7 CI_JOB_ID=${2:-700}
	export CI_MERGE_REQUEST_PROJECT_ID=17 CI_MERGE_REQUEST_PROJECT_PATH=octo/hello CI_PROJECT_PATH=octo/hello
	export CI_MERGE_REQUEST_IID=12 CI_API_V4_URL=$forge_url/api/v4 GITLAB_TOKEN=user-token-0123456789
}

# tell DB OPTION...: publish its newest run; stdout is left out, $output is what stands on stderr.
tell() {
	run bash -c '"$FIVEWHYS" publish -v --db "$@" 2>&1 >stdout' tell "$@"
}

# comments FILTER: of all comments, by jq.
comments() {
	ask comments | jq -r "$1"
}

# writes: requests that change something, "METHOD PATH" a line
writes() {
	ask requests | jq -r '.[] | select(.method != "GET" and .path != "/graphql" and .path != "/api/graphql") |
		"\(.method) \(.path)"'
}

# The token is sent in its own header, and stands nowhere else: not in output, files, or what is sent.
no_token_leaks() {
	if ask requests | jq -r '.[] | .headers |= del(.authorization, ."private-token") | tostring' |
		grep -e '-token-0123456789'; then
		return 1
	fi
	[[ $output != *-token-0123456789* ]] || return 1
	lacks '-token-0123456789' <stdout
}
