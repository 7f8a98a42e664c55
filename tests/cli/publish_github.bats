load common
load forge

setup_file() {
	make_histories
}

@test "a red build makes one comment: what failed, why, what to do, and where it ran" {
	start_forge
	on_github
	tell "$red"
	expect 0 'the comment was made'
	[ "$(writes)" = 'POST /repos/octo/hello/issues/12/comments' ]
	comments '.[0].body' >body
	[ "$(head -n 1 body)" = '<!-- fivewhys:v1 key=octo/hello/CI run=70.1 -->' ]
	run cat body
	expect 0 '1 of 3 tests failed' '**LIKELY**' 'test_pipeline_execution` failed' \
		'It goes back to `database.db-manager-not-initialised`' 'In the history it is new' \
		'(https://github.com/octo/hello/actions/runs/70/attempts/1)' '### Why' 'E1, E2' 'no evidence in this run' \
		'### What to do' '**fix**' '│ '
	[ "$(wc -c <body)" -lt 4000 ]
}

@test "the next red build changes the comment, and makes no other" {
	start_forge
	on_github 70
	tell "$red"
	on_github 71
	tell "$red"
	expect 0 'brought up to date'
	[ "$(writes | tail -n +2)" = 'PATCH /repos/octo/hello/issues/comments/1001' ]
	[ "$(comments 'length')" = 1 ]
	comments '.[0].body' | grep -q 'run=71.1 -->'
}

@test "what is said already is not sent again" {
	start_forge
	on_github
	tell "$red"
	tell "$red"
	expect 0 'says this already'
	[ "$(writes | wc -l)" = 1 ]
}

@test "lines that the service ends as forms do are no change" {
	start_forge
	on_github
	tell "$red"
	body=$(comments '.[0].body' | sed 's/$/\r/' | jq -Rs .)
	stop_forges
	forges= start_forge
	on_github
	ask comments "[{\"author\":\"ci-user\",\"body\":$body}]" >/dev/null
	tell "$red"
	expect 0 'says this already'
	[ -z "$(writes)" ]
}

@test "of several comments of ours the oldest is kept, and the later ones are removed" {
	start_forge
	on_github
	marker='<!-- fivewhys:v1 key=octo/hello/CI run=60.1 -->'
	ask comments "[{\"author\":\"ci-user\",\"body\":\"$marker\\none\"},{\"author\":\"ci-user\",\"body\":\"$marker\\ntwo\"},
		{\"author\":\"ci-user\",\"body\":\"$marker\\nthree\"}]" >/dev/null
	tell "$red"
	expect 0 'brought up to date'
	[ "$(comments '[.[].id] | tostring')" = '[1001]' ]
	comments '.[0].body' | grep -q 'run=70.1 -->'
}

@test "a later comment of ours that may not be removed is told as that, and the oldest is up to date" {
	start_forge
	on_github
	marker='<!-- fivewhys:v1 key=octo/hello/CI run=60.1 -->'
	ask comments "[{\"author\":\"ci-user\",\"body\":\"$marker\",\"times\":2}]" >/dev/null
	ask orders '[{"method":"DELETE","status":403}]' >/dev/null
	tell "$red"
	expect 0 'one that is too many cannot be removed: GitHub: status 403'
	comments '.[0].body' | grep -q 'run=70.1 -->'
}

@test "our marker in the comment of somebody else, and comments of ours about something else, are left alone" {
	start_forge
	on_github
	marker='<!-- fivewhys:v1 key=octo/hello/CI run=60.1 -->'
	ask comments "[{\"author\":\"eve\",\"body\":\"$marker\\nfake\"},{\"author\":null,\"body\":\"$marker\\nghost\"},
		{\"author\":\"ci-user\",\"body\":\"<!-- fivewhys:v1 key=octo/hello/nightly run=1.1 -->\\nother\"},
		{\"author\":\"ci-user\",\"body\":\"I said:\\n$marker\"}]" >/dev/null
	tell "$red"
	expect 0 'the comment was made'
	[ "$(comments '[.[].id] | tostring')" = '[1001,1002,1003,1004,1005]' ]
	[ "$(comments '.[0].body' | tail -n 1)" = fake ]
	[ "$(writes)" = 'POST /repos/octo/hello/issues/12/comments' ]
}

@test "our comment is found behind three pages of others" {
	start_forge
	on_github
	ask comments '[{"author":"bo","body":"hello","times":250},
		{"author":"ci-user","body":"<!-- fivewhys:v1 key=octo/hello/CI run=60.1 -->"}]' >/dev/null
	tell "$red"
	expect 0 'brought up to date'
	[ "$(writes)" = 'PATCH /repos/octo/hello/issues/comments/1251' ]
}

@test "pages that are not linked are read all the same" {
	start_forge --no-link
	on_github
	ask comments '[{"author":"bo","body":"hello","times":200},
		{"author":"ci-user","body":"<!-- fivewhys:v1 key=octo/hello/CI run=60.1 -->"}]' >/dev/null
	tell "$red"
	[ "$(writes)" = 'PATCH /repos/octo/hello/issues/comments/1201' ]
}

@test "pages that are linked by something else than a number are followed" {
	start_forge
	on_github
	ask orders "[{\"path\":\"/comments\",\"status\":200,\"body\":\"[]\",\"headers\":
		{\"Link\":\"<$forge_url/repos/octo/hello/issues/12/comments?after=xyz>; rel=\\\"next\\\"\"}}]" >/dev/null
	ask comments '[{"author":"ci-user","body":"<!-- fivewhys:v1 key=octo/hello/CI run=60.1 -->"}]' >/dev/null
	tell "$red"
	expect 0 'brought up to date'
	[ "$(writes)" = 'PATCH /repos/octo/hello/issues/comments/1001' ]
	[ "$(ask requests | jq -r '.[1].arguments.after')" = xyz ]
}

@test "a green build without a comment says nothing" {
	start_forge
	on_github
	tell "$green"
	expect 0 'nothing failed'
	[ -z "$(writes)" ]
}

@test "a green build marks the comment as resolved, once" {
	start_forge
	on_github 70
	tell "$red"
	on_github 71
	tell "$green"
	expect 0 'brought up to date'
	comments '.[0].body' >body
	[ "$(head -n 1 body)" = '<!-- fivewhys:v1 key=octo/hello/CI run=71.1 resolved -->' ]
	grep -q '^## Resolved: Nothing failed' body
	on_github 72
	tell "$green"
	expect 0 'says this already'
	[ "$(writes | wc -l)" = 2 ]
}

@test "a green job does not resolve what another job of its build saw" {
	start_forge
	on_github
	export GITHUB_JOB=e2e RUNNER_NAME=one
	tell "$red"
	RUNNER_NAME=two tell "$green"
	expect 0 'another job of this build'
	[ "$(writes | wc -l)" = 1 ]
	on_github 70 2
	tell "$green"
	expect 0 'brought up to date'
}

@test "the last word of one job counts: what it saw fail and then pass is resolved" {
	start_forge
	for GITHUB_JOB in '' e2e; do
		export GITHUB_JOB
		on_github "7${#GITHUB_JOB}"
		tell "$red"
		tell "$green"
		expect 0 'brought up to date'
		comments '.[0].body' | head -n 1 | grep -q ' resolved -->$'
	done
}

@test "two jobs of a build that say the same say it once" {
	start_forge
	on_github
	export GITHUB_JOB=one
	tell "$red"
	export GITHUB_JOB=two
	tell "$red"
	expect 0 'says this already'
	[ "$(writes | wc -l)" = 1 ]
}

@test "a build that is overtaken by a newer one does not overwrite its comment" {
	start_forge
	on_github 71
	tell "$red"
	on_github 70 9
	tell "$red"
	expect 0 'a newer build has had its say'
	tell "$green"
	expect 0 'a newer build has had its say'
	[ "$(writes | wc -l)" = 1 ]
}

@test "of two jobs that comment at the same time the one that is later takes its comment back" {
	start_forge
	on_github
	ask orders '[{"method":"POST","path":"/comments","comment":{"author":"ci-user",
		"body":"<!-- fivewhys:v1 key=octo/hello/CI run=70.1 -->\nfirst"}}]' >/dev/null
	tell "$red"
	expect 0 'another job of this build'
	[ "$(comments '[.[].id] | tostring')" = '[1001]' ]
	[ "$(comments '.[0].body' | tail -n 1)" = first ]
}

@test "the later of two that comment at the same time corrects the older build, and leaves one comment" {
	start_forge
	on_github
	ask orders '[{"method":"POST","path":"/comments","comment":{"author":"ci-user",
		"body":"<!-- fivewhys:v1 key=octo/hello/CI run=69.1 -->\nfirst"}}]' >/dev/null
	tell "$red"
	expect 0 'brought up to date'
	[ "$(comments '[.[].id] | tostring')" = '[1001]' ]
	comments '.[0].body' | grep -q 'run=70.1 -->'
}

@test "two jobs with keys of their own have a comment each" {
	start_forge
	on_github
	tell "$red" --key 'python 3.12'
	tell "$red" --key node
	[ "$(comments 'length')" = 2 ]
	comments '.[0].body' | grep -q 'key=octo/hello/CI/python%203.12 '
}

@test "a comment that somebody removed meanwhile is made anew" {
	start_forge
	on_github 70
	tell "$red"
	on_github 71
	ask orders '[{"method":"PATCH","removed":1001}]' >/dev/null
	tell "$red"
	expect 0 'the comment was made'
	[ "$(comments '[.[].id] | tostring')" = '[1002]' ]
}

@test "the token of a job of GitHub Actions knows its comments by github-actions[bot]" {
	for option in '' --no-viewer; do
		# shellcheck disable=SC2086  # an option, or none
		start_forge $option
		on_github 70
		export GITHUB_TOKEN=job-token-0123456789
		tell "$red"
		expect 0 'the comment was made'
		on_github 71
		export GITHUB_TOKEN=job-token-0123456789
		tell "$red"
		expect 0 'brought up to date'
		[ "$(comments '.[].author')" = 'github-actions[bot]' ]
	done
}

@test "a job of GitHub Actions asks nobody for its name where no other app has commented" {
	start_forge
	on_github
	export GITHUB_TOKEN=job-token-0123456789
	tell "$green"
	[ "$(ask requests | jq -r '[.[] | "\(.method) \(.path)"] | tostring')" = '["GET /repos/octo/hello/issues/12/comments"]' ]
	tell "$red"
	ask forget '' >/dev/null
	tell "$red"
	expect 0 'says this already'
	[ "$(ask requests | jq -r '[.[].method] | unique | tostring')" = '["GET"]' ]
}

@test "a service that knows no GET /user has comments of a job all the same" {
	start_forge --no-viewer
	on_github 70
	export GITHUB_TOKEN=job-token-0123456789
	tell "$red"
	ask orders '[{"path":"/user","status":404,"times":9}]' >/dev/null
	on_github 71
	export GITHUB_TOKEN=job-token-0123456789
	tell "$red"
	expect 0 'brought up to date'
	[ "$(comments length)" = 1 ]
}

@test "our marker in the comment of another app is left alone" {
	start_forge
	on_github
	export GITHUB_TOKEN=job-token-0123456789
	ask comments '[{"author":"other-app[bot]","body":"<!-- fivewhys:v1 key=octo/hello/CI run=60.1 -->\nfake"}]' >/dev/null
	tell "$red"
	expect 0 'the comment was made'
	[ "$(writes)" = 'POST /repos/octo/hello/issues/12/comments' ]
}

@test "the token of an app knows its comments by what GraphQL calls it" {
	start_forge --base /api/v3
	on_github 70
	export GITHUB_API_URL=$forge_url/api/v3/ GITHUB_TOKEN=app-token-0123456789
	tell "$red"
	tell "$red"
	expect 0 'says this already'
	[ "$(comments '.[].author')" = 'demo-app[bot]' ]
	[ "$(writes)" = 'POST /api/v3/repos/octo/hello/issues/12/comments' ]
}

@test "refusals are one warning that says what to do, and fail no build: 401, 403, 404, 422" {
	start_forge
	on_github
	export GITHUB_TOKEN=wrong-token-0123456789
	tell "$red"
	expect 0 'no comment: GitHub: status 401: Bad credentials; the token is not good'
	no_token_leaks
	export GITHUB_TOKEN=fork-token-0123456789
	tell "$red"
	expect 0 'no comment: GitHub: status 403: Resource not accessible by integration' 'pull-requests: write'
	export GITHUB_TOKEN=user-token-0123456789
	tell "$red" --pull 99
	expect 0 'no comment: GitHub: status 404' 'no such pull request'
	ask orders '[{"method":"POST","status":422,"body":"{\"message\":\"Validation Failed user-token-0123456789\"}"}]' >/dev/null
	tell "$red"
	expect 0 'no comment: GitHub: status 422: Validation Failed' 'does not take this text'
	no_token_leaks
	[ "$(grep -c 'no comment' <<<"$output")" = 1 ]
	[ "$(comments 'length')" = 0 ]
}

@test "too many requests: it waits as it is told, and goes on" {
	start_forge
	on_github
	ask orders '[{"method":"GET","path":"/comments","status":403,"headers":{"x-ratelimit-remaining":"0","x-ratelimit-reset":"1767312020"},
		"body":"{\"message\":\"API rate limit exceeded\"}"},
		{"method":"POST","status":429,"headers":{"Retry-After":"30"},"body":"{\"message\":\"secondary rate limit\"}"},
		{"method":"POST","status":403,"body":"{\"message\":\"You have exceeded a secondary rate limit\"}"}]' >/dev/null
	tell "$red"
	expect 0 'the comment was made'
	[ "$(comments 'length')" = 1 ]
}

@test "too many requests: two minutes are waited at most, all pauses together; a pause of nothing is none" {
	start_forge
	on_github
	ask orders '[{"method":"GET","path":"/comments","status":429,"headers":{"Retry-After":"50"},"times":9}]' >/dev/null
	tell "$red"
	expect 0 'no comment: GitHub: status 429: too many requests'
	[ "$(ask requests | jq length)" = 3 ]
	ask forget '' >/dev/null
	ask orders '[{"method":"GET","path":"/comments","status":429,"headers":{"Retry-After":"0"},"times":3}]' >/dev/null
	tell "$red"
	expect 0 'the comment was made'
}

@test "a pause of an hour is not waited for" {
	start_forge
	on_github
	ask orders '[{"path":"/comments","status":403,"headers":{"x-ratelimit-remaining":"0","x-ratelimit-reset":"1767315600"},
		"body":"{\"message\":\"API rate limit exceeded\"}"}]' >/dev/null
	tell "$red"
	expect 0 'no comment: GitHub: status 403: too many requests; it asks for a pause of 1h'
	[ -z "$(writes)" ]
}

@test "what may pass is asked again: 502, 503, a broken connection" {
	start_forge
	on_github
	ask orders '[{"method":"GET","path":"/user","status":502},{"method":"GET","path":"/comments","status":503},
		{"method":"GET","path":"/comments","harm":"reset"}]' >/dev/null
	tell "$red"
	expect 0 'the comment was made'
}

@test "a comment that was made although the answer was 502, or none, is not made twice" {
	start_forge
	on_github
	ask orders '[{"method":"POST","path":"/comments","status":502,"done":true}]' >/dev/null
	tell "$red"
	expect 0 'the comment was made'
	[ "$(comments 'length')" = 1 ]
	on_github 71
	ask orders '[{"method":"PATCH","harm":"reset"}]' >/dev/null
	tell "$red"
	expect 0 'brought up to date'
	[ "$(comments 'length')" = 1 ]
}

@test "a comment that was not made, as the answer 503 says, is made at the second try" {
	start_forge
	on_github
	ask orders '[{"method":"POST","path":"/comments","status":503}]' >/dev/null
	tell "$red"
	expect 0 'the comment was made'
	[ "$(comments 'length')" = 1 ]
}

@test "a service that stays broken is given up, in one warning" {
	start_forge
	on_github
	ask orders '[{"status":500,"times":1000}]' >/dev/null
	tell "$red"
	expect 0 'no comment: GitHub: status 500'
}

@test "a redirection to another host is not followed, and the token does not get there" {
	start_forge
	other=$forge_url
	start_forge
	on_github
	ask orders "[{\"path\":\"/comments\",\"status\":307,\"headers\":{\"Location\":\"$other/user\"}}]" >/dev/null
	tell "$red"
	expect 0 'no comment: GitHub: status 307' 'GITHUB_API_URL'
	forge_url=$other
	[ "$(ask requests | jq length)" = 0 ]
}

@test "a redirection within the host is followed, as for a repository that was renamed" {
	start_forge
	on_github
	ask orders "[{\"path\":\"/repos/old/hello\",\"times\":9,\"status\":301,
		\"headers\":{\"Location\":\"$forge_url/repos/octo/hello/issues/12/comments\"}}]" >/dev/null
	tell "$red" --repository old/hello
	expect 0 'the comment was made'
	[ "$(comments 'length')" = 1 ]
}

@test "an answer that does not come in time is given up" {
	start_forge
	on_github
	export FIVEWHYS_TEST_TIMEOUT=300ms
	ask orders '[{"path":"/comments","harm":"stall","seconds":5,"times":9}]' >/dev/null
	tell "$red"
	expect 0 'no comment: http://127.0.0.1' 'no answer in time'
}

@test "a list of comments that is cut is asked for again" {
	start_forge
	on_github
	ask orders '[{"method":"GET","path":"/comments","status":200,"body":"[{\"id\":1,\"body"}]' >/dev/null
	tell "$red"
	expect 0 'the comment was made'
}

@test "a comment that is there, but not for this token, is not taken for one that somebody removes" {
	start_forge
	on_github 70
	tell "$red"
	on_github 71
	ask orders '[{"method":"PATCH","status":404,"times":9}]' >/dev/null
	tell "$red"
	expect 0 'no comment: the comment is there, but this token may not change it'
}

@test "a slow answer is waited for" {
	start_forge
	on_github
	ask orders '[{"path":"/comments","harm":"slow","seconds":0.5}]' >/dev/null
	tell "$red"
	expect 0 'the comment was made'
}

@test "answers that are no JSON, or not what they should be, are warnings" {
	start_forge
	on_github
	ask orders '[{"path":"/user","status":200,"body":"<html>"},{"path":"/graphql","status":200,"body":"[]"},
		{"path":"/comments","status":200,"body":"{\"id\":1}"}]' >/dev/null
	tell "$red"
	expect 0 'no comment: GitHub: the answer is no list of comments'
}

@test "without a token, or without a pull request, there is one warning, and no request" {
	start_forge
	on_github
	unset GITHUB_TOKEN
	tell "$red"
	expect 0 'no comment: there is no token: GITHUB_TOKEN is not set'
	on_github
	export GITHUB_REF=refs/heads/main
	tell "$red"
	expect 0 'no comment: this build belongs to no pull or merge request'
	[ "$(grep -c 'no comment' <<<"$output")" = 1 ]
	[ "$(ask requests | jq length)" = 0 ]
}

@test "a build of a push has nobody to comment to, and that is no warning" {
	start_forge
	on_github
	export GITHUB_REF=refs/heads/main
	run bash -c '"$FIVEWHYS" publish --db "$red" 2>&1 >stdout'
	[ "$status" = 0 ]
	[ -z "$output" ]
	[ "$(ask requests | jq length)" = 0 ]
}

@test "-o writes reports, too, and the outputs of the job name them" {
	on_github
	export GITHUB_OUTPUT=$PWD/output
	tell "$red" --no-comment -o report.md -o why.sarif
	expect 0
	grep -q '^## Why' report.md
	jq -e '.version == "2.1.0"' why.sarif
	grep -qx report.md output
	tell "$red" --no-comment -o no/such/folder/report.md
	expect 0 'nothing was published'
	tell "$red" -o report.odt
	expect 2 'report.odt'
}

@test "--offline and --dry-run send nothing; a dry run shows the comment" {
	start_forge
	on_github
	tell "$red" --offline
	expect 0 'no comment: --offline refuses any network'
	tell "$red" --dry-run
	expect 0
	[ "$(ask requests | jq length)" = 0 ]
	grep -q "^to $forge_url/repos/octo/hello/issues/12/comments," stdout
	grep -q '^<!-- fivewhys:v1 key=octo/hello/CI run=70.1 -->$' stdout
}

@test "the token is sent to its own place, and shown nowhere" {
	start_forge
	on_github
	tell "$red"
	no_token_leaks
	[ "$(ask requests | jq -r '[.[].headers.authorization] | unique | tostring')" = '["Bearer user-token-0123456789"]' ]
}

@test "a token with characters that no token has is not sent" {
	start_forge
	on_github
	GITHUB_TOKEN=$(printf 'user-token-0123456789\nX-Evil: 1')
	export GITHUB_TOKEN
	tell "$red"
	expect 0 'no comment: the token has characters that no token has'
	GITHUB_TOKEN=$(printf 'user-token-0123456789\r\n.')
	GITHUB_TOKEN=${GITHUB_TOKEN%.}
	tell "$red"
	expect 0 'the comment was made'
}

@test "a pull request on a host whose API nobody names is asked nowhere" {
	start_forge
	export JENKINS_URL=https://ci.example.com/ CHANGE_ID=12 CHANGE_URL=https://git.example.com/octo/hello/pull/12
	export GITHUB_TOKEN=user-token-0123456789
	tell "$red"
	expect 0 'no comment: the request is on git.example.com, and GITHUB_API_URL does not say where its API is'
	export GITHUB_API_URL=$forge_url
	tell "$red"
	expect 0 'the comment was made'
	comments '.[0].body' | grep -q 'key=octo/hello -->'
	on_github
	unset GITHUB_API_URL
	GITHUB_SERVER_URL=https://git.example.com tell "$red"
	expect 0 'no comment: the request is on git.example.com, and GITHUB_API_URL does not say where its API is'
	unset GITHUB_ACTIONS
	on_gitlab
	unset CI_API_V4_URL
	CI_SERVER_URL=https://git.example.com tell "$red"
	expect 0 'no comment: the request is on git.example.com, and CI_API_V4_URL does not say where its API is'
}

@test "outside of any CI, --repository and --pull say where the comment goes" {
	start_forge
	export GITHUB_API_URL=$forge_url GITHUB_TOKEN=user-token-0123456789
	tell "$red"
	expect 0 'no CI is known' 'no comment: this build belongs to no pull or merge request'
	tell "$red" --repository octo/hello --pull 12
	expect 0 'the comment was made'
	tell "$red" --repository 'octo/hello/../../user' --pull 12
	expect 0 'is no repository of GitHub'
	tell "$red" --repository octo/hello --pull x
	expect 2 '--pull is a number'
}

@test "the newest run is not published for a build of another commit" {
	start_forge
	on_github
	cp "$red" mine.db
	"$FIVEWHYS" triage --db mine.db --commit 1111111111111111111111111111111111111111 -q $silent >/dev/null
	export GITHUB_SHA=2222222222222222222222222222222222222222
	tell mine.db
	expect 0 'nothing was published: the newest run (2) is of commit 111111111111'
	tell mine.db 2
	expect 0 'the comment was made'
	tell no-such.db
	expect 0 'nothing was published'
}

@test "who may ask no more is not taken for an app" {
	start_forge
	on_github
	export GITHUB_TOKEN=job-token-0123456789
	ask comments '[{"author":"github-actions[bot]","body":"<!-- fivewhys:v1 key=octo/hello/CI run=60.1 -->"}]' >/dev/null
	ask orders '[{"path":"/user","status":403,"headers":{"x-ratelimit-remaining":"0","x-ratelimit-reset":"1767315600"},
		"body":"{\"message\":\"API rate limit exceeded\"}"}]' >/dev/null
	tell "$red"
	expect 0 'no comment: GitHub: status 403: too many requests'
	[[ $output != *'pull-requests: write'* ]] || return 1
	[ "$(ask requests | jq length)" = 2 ]
}

@test "a hostile log pings nobody, links nothing, and is no HTML" {
	start_forge
	on_github
	printf '%s\n' '============================= test session starts =============================' \
		'tests/test_a.py::test_a FAILED' '=================================== FAILURES ===================================' \
		'____ test_a ____' '    def test_a():' '>       boom()' \
		'E   RuntimeError: @octo/team fixes #12 GH-1 octo/hello#3 https://evil.example.com <img src=x onerror=1> !7 ~bug [a](http://b.example.com) --> ```' \
		'tests/test_a.py:3: RuntimeError' \
		'FAILED tests/test_a.py::test_a - RuntimeError: @octo/team fixes #12 GH-1 octo/hello#3 https://evil.example.com <img src=x onerror=1> !7 ~bug' \
		'=== 1 failed in 1.0s ===' >run.log
	"$FIVEWHYS" triage -q --db mine.db run.log >/dev/null
	tell mine.db
	expect 0 'the comment was made'
	# outside of code
	comments '.[].body' | tail -n +2 | sed '/^```/,/^```/d; s/`[^`]*`//g; s/\\[<>]//g' >plain
	grep -q 'UNDIAGNOSED' plain
	lacks '@|#[0-9]|GH-[0-9]|https?://[^g]|<img|!7|~bug|^/' <plain
}
