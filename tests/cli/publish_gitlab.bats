load common
load forge

setup_file() {
	make_histories
}

@test "a red job makes a note, the job that is run again changes it, a green one resolves it" {
	start_forge --gitlab
	on_gitlab 70 700
	tell "$red"
	expect 0 'the comment was made'
	[ "$(writes)" = 'POST /api/v4/projects/17/merge_requests/12/notes' ]
	[ "$(comments '.[0].body' | head -n 1)" = '<!-- fivewhys:v1 key=octo/hello/e2e run=70.700 -->' ]
	tell "$red"
	expect 0 'says this already'
	on_gitlab 70 701
	tell "$red"
	expect 0 'brought up to date'
	on_gitlab 71 710
	tell "$green"
	expect 0 'brought up to date'
	[ "$(comments '.[0].body' | head -n 1)" = '<!-- fivewhys:v1 key=octo/hello/e2e run=71.710 resolved -->' ]
	[ "$(writes | tail -n 2 | uniq)" = 'PUT /api/v4/projects/17/merge_requests/12/notes/1001' ]
	no_token_leaks
}

@test "notes of the system and of others are left alone, on all pages; later ones of ours are removed" {
	start_forge --gitlab
	on_gitlab
	marker='<!-- fivewhys:v1 key=octo/hello/e2e run=60.1 -->'
	ask comments "[{\"author\":\"bo\",\"body\":\"hello\",\"times\":120},{\"author\":\"ci-user\",\"body\":\"$marker\",\"system\":true},
		{\"author\":\"eve\",\"body\":\"$marker\"},{\"author\":\"ci-user\",\"body\":\"$marker\",\"times\":2}]" >/dev/null
	tell "$red"
	expect 0 'brought up to date'
	[ "$(writes | tr '\n' ' ')" = 'PUT /api/v4/projects/17/merge_requests/12/notes/1123 DELETE /api/v4/projects/17/merge_requests/12/notes/1124 ' ]
}

@test "pages that only a number announces are read, and a job says the last word about itself" {
	start_forge --gitlab --no-link
	on_gitlab
	ask orders '[{"method":"GET","path":"/notes","status":200,"headers":{"X-Next-Page":"2"},
		"body":"[{\"id\":1,\"body\":\"hello\"}]"}]' >/dev/null
	ask comments '[{"author":"bo","body":"hello","times":100},
		{"author":"ci-user","body":"<!-- fivewhys:v1 key=octo/hello/e2e run=60.1 -->"}]' >/dev/null
	tell "$red"
	expect 0 'brought up to date'
	tell "$green"
	expect 0 'brought up to date'
}

@test "a branch whose merge request is open comments there, by the path of the project" {
	start_forge --gitlab --project octo/hello
	on_gitlab
	unset CI_MERGE_REQUEST_IID CI_MERGE_REQUEST_PROJECT_ID CI_MERGE_REQUEST_PROJECT_PATH
	export CI_OPEN_MERGE_REQUESTS='octo/hello!12,octo/hello!13'
	tell "$red"
	expect 0 'the comment was made'
	[ "$(comments length)" = 1 ]
}

@test "no line of a note is a quick action" {
	start_forge --gitlab
	on_gitlab
	printf '%s\n' '=== FAILURES ===' '____ test_a ____' 'E   RuntimeError: boom' '/close' '/assign @all' \
		'FAILED tests/test_a.py::test_a - RuntimeError: /close' '=== 1 failed in 1.0s ===' >run.log
	"$FIVEWHYS" triage -q --db mine.db run.log >/dev/null
	tell mine.db
	expect 0 'the comment was made'
	comments '.[].body' | lacks '^[[:blank:]]*/'
}

@test "refusals say what to do; CI_JOB_TOKEN is no token for this" {
	start_forge --gitlab
	on_gitlab
	export GITLAB_TOKEN=wrong-token-0123456789
	tell "$red"
	expect 0 'no comment: GitLab: status 401: 401 Unauthorized; the token is not good'
	export GITLAB_TOKEN=read-token-0123456789
	tell "$red"
	expect 0 'no comment: GitLab: status 403: 403 Forbidden' 'scope "api"'
	unset GITLAB_TOKEN
	export CI_JOB_TOKEN=job-token-0123456789
	tell "$red"
	expect 0 'no comment: there is no token: GITLAB_TOKEN is not set (CI_JOB_TOKEN may not write comments'
	[ "$(comments length)" = 0 ]
	no_token_leaks
}

@test "too many requests, and a service that is away for a moment" {
	start_forge --gitlab
	on_gitlab
	ask orders '[{"path":"/user","status":429,"headers":{"Retry-After":"20"},"body":"Retry later"},
		{"path":"/notes","method":"GET","status":502},{"path":"/notes","method":"POST","status":500,"done":true}]' >/dev/null
	tell "$red"
	expect 0 'the comment was made'
	[ "$(comments length)" = 1 ]
}

@test "of two jobs at the same time the later takes its note back" {
	start_forge --gitlab
	on_gitlab
	ask orders '[{"method":"POST","path":"/notes","comment":{"author":"ci-user",
		"body":"<!-- fivewhys:v1 key=octo/hello/e2e run=70.700 -->\nfirst"}}]' >/dev/null
	tell "$red"
	expect 0 'another job of this build'
	[ "$(comments '[.[].id] | tostring')" = '[1001]' ]
}
