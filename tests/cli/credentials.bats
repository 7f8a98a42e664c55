# Every kind of credentials against the stand-in of the services that give out tokens.
load common
load standin

credentials_setup() {
	unset FIVEWHYS_ACCESS_TOKEN FIVEWHYS_TOKEN_COMMAND CLOUDSDK_AUTH_ACCESS_TOKEN GOOGLE_OAUTH_ACCESS_TOKEN
	unset GOOGLE_APPLICATION_CREDENTIALS CLOUDSDK_CONFIG GCE_METADATA_HOST GCE_METADATA_IP
	unset GOOGLE_CLOUD_PROJECT GCLOUD_PROJECT CLOUDSDK_CORE_PROJECT GOOGLE_CLOUD_QUOTA_PROJECT
	unset CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING GOOGLE_CLOUD_UNIVERSE_DOMAIN FIVEWHYS_PROJECT
	unset CLOUDSDK_AUTH_SERVICE_ACCOUNT_USE_SELF_SIGNED_JWT https_proxy HTTPS_PROXY all_proxy ALL_PROXY
	export NO_GCE_CHECK=true
	start_standin --entries 5 --credentials "$PWD/keys" "$@"
	export FIVEWHYS_ENDPOINT=$standin_url
}

# A clock that stands still for both: pauses take no time.
still='--now 2026-01-01T00:00:00Z --clock halt'

teardown() {
	stop_standin
}

# doctor FILE [OPTION]...: with the credentials in keys/FILE.json
doctor() {
	file=$1
	shift
	GOOGLE_APPLICATION_CREDENTIALS=$PWD/keys/$file.json "$FIVEWHYS" doctor --project demo-project "$@"
}

paths() {
	control requests | jq -r '.[] | "\(.method) \(.path)"'
}

@test "every type of file gets a token that may read logs" {
	credentials_setup
	for file in service_account authorized_user external_account external_account_direct \
		external_account_file external_account_text workforce impersonated; do
		run doctor "$file"
		expect 0 "the logs of demo-project can be read"
	done
}

@test "a service account's statement is for its token endpoint, the scope is that of reading logs" {
	credentials_setup
	doctor service_account
	form=$(control requests | jq -r '.[] | select(.path == "/token") | .body')
	[[ $form == grant_type=urn%3Aietf%3Aparams%3Aoauth%3Agrant-type%3Ajwt-bearer\&assertion=* ]]
	claims=$(cut -d. -f2 <<<"${form#*assertion=}" | tr _- /+)
	while [ $((${#claims} % 4)) != 0 ]; do claims+==; done
	claims=$(base64 -d <<<"$claims")
	jq -e '.exp - .iat == 3600 and .scope == "https://www.googleapis.com/auth/logging.read" and (has("sub") | not)
		and .iss == "reader@demo-project.example.com" and .aud == "'"$standin_url"'/token"' <<<"$claims"
}

@test "a statement can be the token itself, without a token endpoint" {
	credentials_setup
	CLOUDSDK_AUTH_SERVICE_ACCOUNT_USE_SELF_SIGNED_JWT=true run doctor service_account
	[ "$status" = 0 ]
	[ "$(paths)" = "POST /v2/entries:list" ]
}

@test "credentials of another universe sign themselves, and go to it only where it is named" {
	credentials_setup
	jq '.universe_domain = "universe.example"' keys/service_account.json >keys/other.json
	run doctor other
	expect 2 "set GOOGLE_CLOUD_UNIVERSE_DOMAIN"
	[ -z "$(paths)" ]
	GOOGLE_CLOUD_UNIVERSE_DOMAIN=universe.example run doctor other
	expect 0
	[ "$(paths)" = "POST /v2/entries:list" ]
}

@test "workload identity: the issuer, the exchange, the impersonation, in this order" {
	credentials_setup
	doctor external_account
	[ "$(paths | head -n 4 | paste -sd,)" = "GET /idtoken/job,POST /v1/token,POST \
/v1/projects/-/serviceAccounts/reader@demo-project.example.com:generateAccessToken,POST /v2/entries:list" ]
	exchange=$(control requests | jq -r '.[] | select(.path == "/v1/token") | .body')
	[[ $exchange == *scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Fcloud-platform* ]]
	control requests | jq -e '.[2].body | fromjson == {"scope": ["https://www.googleapis.com/auth/logging.read"],
		"lifetime": "3600s"}'
}

@test "without impersonation the exchange asks for the scope of reading logs" {
	credentials_setup
	doctor external_account_direct
	control requests | jq -r '.[] | select(.path == "/v1/token") | .body' |
		grep -F 'scope=https%3A%2F%2Fwww.googleapis.com%2Fauth%2Flogging.read'
}

@test "delegates of an impersonated account are named" {
	credentials_setup
	doctor impersonated
	control requests | jq -e '.[1].body | fromjson | .delegates ==
		["projects/-/serviceAccounts/delegate@demo-project.example.com"]'
}

@test "the project that pays is that of the variable, then that of the file" {
	credentials_setup
	doctor authorized_user
	GOOGLE_CLOUD_QUOTA_PROJECT=other-project doctor authorized_user
	doctor service_account
	control requests | jq -e '[.[] | select(.path == "/v2/entries:list") | .headers."x-goog-user-project"] ==
		["demo-project", "other-project", null]'
}

@test "the file of gcloud is found in CLOUDSDK_CONFIG, else in HOME" {
	credentials_setup
	mkdir -p gcloud .config/gcloud
	cp keys/authorized_user.json gcloud/application_default_credentials.json
	cp keys/service_account.json .config/gcloud/application_default_credentials.json
	CLOUDSDK_CONFIG=$PWD/gcloud run "$FIVEWHYS" doctor --project demo-project
	expect 0 "login of a user (gcloud: $PWD/gcloud/application"
	run "$FIVEWHYS" doctor --project demo-project
	expect 0 "service account key (gcloud: $HOME/.config/gcloud/application"
}

@test "a token of the environment or of a command goes to the endpoint as it is" {
	credentials_setup
	token=$(control tokens '{"scope":"https://www.googleapis.com/auth/logging.read"}')
	FIVEWHYS_ACCESS_TOKEN=$token run "$FIVEWHYS" doctor --project demo-project
	[ "$status" = 0 ]
	FIVEWHYS_TOKEN_COMMAND="printf '%s\n' $token" run "$FIVEWHYS" doctor --project demo-project
	[ "$status" = 0 ]
	CLOUDSDK_AUTH_ACCESS_TOKEN=$token run "$FIVEWHYS" doctor --project demo-project
	expect 0
	[ "$(paths | sort -u)" = "POST /v2/entries:list" ]
}

@test "the metadata server gives token, project and account, and is asked as it wants to be" {
	credentials_setup
	GCE_METADATA_HOST=127.0.0.1:$standin_port run "$FIVEWHYS" doctor
	[ "$status" = 0 ]
	[[ $output == *"metadata server (GCE_METADATA_HOST) of reader@demo-project.example.com: a token"* ]]
	[[ $output == *"the logs of demo-project can be read"* ]]
	control requests | jq -e '[.[] | select(.path | startswith("/computeMetadata")) |
		.headers."metadata-flavor"] | unique == ["Google"]'
	control requests | jq -e '.[] | select(.path | endswith("/token")) | .arguments.scopes ==
		"https://www.googleapis.com/auth/logging.read"'
}

@test "a metadata server is looked for with its header before it is asked for a token" {
	credentials_setup
	unset NO_GCE_CHECK
	GCE_METADATA_IP=127.0.0.1:$standin_port run "$FIVEWHYS" doctor --project demo-project
	expect 0 "metadata server (GCE_METADATA_IP)" "the logs of demo-project can be read"
	control requests | jq -e '.[0] | .path == "/" and .headers."metadata-flavor" == "Google"'
	GCE_METADATA_IP=127.0.0.1:1 run "$FIVEWHYS" doctor --project demo-project
	expect 3 "problem  credentials  metadata server: "
	GCE_METADATA_IP=127.0.0.1:1 NO_GCE_CHECK=true run "$FIVEWHYS" doctor --project demo-project
	expect 3 "problem  credentials  there are no credentials"
}

@test "what answers without the header of a metadata server is none, and gets no further question" {
	credentials_setup
	mkdir -p empty
	unset NO_GCE_CHECK
	# a server of something else: the stand-in's own controls
	GCE_METADATA_HOST=127.0.0.1:$standin_port/standin/counters? run "$FIVEWHYS" doctor --project demo-project
	expect 3 "is not a metadata server"
}

@test "a metadata server is never asked through a proxy" {
	credentials_setup
	http_proxy=http://127.0.0.1:1 ALL_PROXY=http://127.0.0.1:1 GCE_METADATA_HOST=127.0.0.1:$standin_port \
		run "$FIVEWHYS" doctor
	expect 0 "through the proxy of ALL_PROXY"
}

@test "a machine of another universe is refused before its token is used" {
	credentials_setup
	control settings '{"universe":"universe.example"}' >/dev/null
	GCE_METADATA_HOST=127.0.0.1:$standin_port run "$FIVEWHYS" doctor
	expect 2 "universe.example"
	paths | lacks entries:list
}

@test "a scope that a machine lacks is explained" {
	credentials_setup
	control settings '{"vm-scopes":"https://www.googleapis.com/auth/logging.write"}' >/dev/null
	GCE_METADATA_HOST=127.0.0.1:$standin_port run "$FIVEWHYS" doctor
	expect 3 "set-service-account --scopes=logging-read"
}

@test "a login that has ended is told, with what to do" {
	credentials_setup
	jq '.refresh_token = "not-a-secret-and-wrong"' keys/authorized_user.json >keys/old.json
	run doctor old
	expect 3 "invalid_grant: Token has been expired or revoked."
	[[ $output == *"gcloud auth application-default login"* ]]
	control settings '{"rapt":"invalid_rapt"}' >/dev/null
	run doctor authorized_user
	expect 3 "(invalid_rapt)" "gcloud auth application-default login"
}

@test "a key that is not the account's is told, with what to do" {
	credentials_setup
	"$standin_program" --credentials "$PWD/others" --until-eof </dev/null >/dev/null 2>&1
	jq --slurpfile other others/service_account.json '.private_key = $other[0].private_key' \
		keys/service_account.json >keys/wrong.json
	run doctor wrong
	expect 3 "invalid_grant: Invalid JWT Signature." "make a new one"
}

@test "a clock that is wrong is told when a statement is refused for it" {
	credentials_setup
	FIVEWHYS_TEST_CLOCK=2020-01-01T00:00:00Z run doctor service_account
	expect 3 "the clock of this machine is wrong"
}

@test "refusals on the way of a workload are told, with what to do" {
	credentials_setup
	jq '.audience = "//iam.example.com/nowhere"' keys/external_account_direct.json >keys/a.json
	run doctor a
	expect 3 "invalid_target" "look at the audience"
	jq '.credential_source.headers.Authorization = "Bearer not-a-secret-of-an-old-job"' \
		keys/external_account.json >keys/b.json
	run doctor b
	expect 3 "status 401" "id-token: write"
	control settings '{"advance":600}' >/dev/null
	run doctor external_account_file
	expect 3 "invalid_grant: ID Token in assertion is expired."
	rm keys/subject.txt
	run doctor external_account_text
	expect 3 "the token of the workload: $PWD/keys/subject.txt: No such file"
	jq '.service_account_impersonation_url |= sub("reader@"; "nobody@")' keys/external_account.json >keys/c.json
	run doctor c
	expect 3 "impersonation" "status 40"
}

@test "refusals of the API are told, with what to do" {
	credentials_setup
	control settings '{"forbidden":1}' >/dev/null
	run doctor service_account
	expect 3 "403 PERMISSION_DENIED" "roles/logging.viewer"
	control settings '{"forbidden":0,"disabled":"demo-project"}' >/dev/null
	run doctor service_account
	expect 3 "gcloud services enable logging.googleapis.com"
	control settings '{"disabled":"","denied":"other-project"}' >/dev/null
	GOOGLE_CLOUD_QUOTA_PROJECT=other-project run doctor service_account
	expect 3 "roles/serviceusage.serviceUsageConsumer"
}

@test "a token that is refused once is fetched anew, and asked with once more; then it is an error" {
	credentials_setup
	control faults '{"kind":"401"}' >/dev/null
	run doctor service_account
	[ "$status" = 0 ]
	[ "$(paths | paste -sd,)" = "POST /token,POST /v2/entries:list,POST /token,POST /v2/entries:list" ]
	control faults '{"kind":"401","times":9}' >/dev/null
	run doctor service_account
	expect 3 "status 401" "the token was refused"
	[ "$(paths | wc -l)" = 8 ]
}

@test "a token of the environment that is refused is not asked with twice" {
	credentials_setup
	FIVEWHYS_ACCESS_TOKEN=not-a-secret-and-wrong run "$FIVEWHYS" doctor --project demo-project
	expect 3 "status 401"
	[ "$(paths | wc -l)" = 1 ]
}

@test "what fails for a moment is asked for three times" {
	# shellcheck disable=SC2086  # a list of options
	credentials_setup $still
	export FIVEWHYS_TEST_CLOCK=2026-01-01T00:00:00Z FIVEWHYS_TEST_TIMEOUT=1s
	for kind in 500 502 503 504 429 reset half; do
		control faults '{"kind":"'$kind'","on":"token","times":2}' >/dev/null
		run doctor authorized_user
		[[ $output == *"the logs of demo-project can be read"* ]]
	done
	control faults '{"kind":"503","on":"token","times":3}' >/dev/null
	curl -sS --noproxy '*' -X DELETE "$standin_url/standin/requests"
	run doctor authorized_user
	[[ $output == *"problem  credentials"*"status 503"* ]]
	[ "$(paths | wc -l)" = 3 ]
}

@test "what will not pass is asked for once" {
	# shellcheck disable=SC2086
	credentials_setup $still
	export FIVEWHYS_TEST_CLOCK=2026-01-01T00:00:00Z
	control faults '{"kind":"403","on":"token","times":9}' >/dev/null
	run doctor authorized_user
	[[ $output == *"problem  credentials"*"status 403"* ]]
	[ "$(paths | wc -l)" = 1 ]
	curl -sS --noproxy '*' -X DELETE "$standin_url/standin/faults"
	control faults '{"kind":"html","on":"token","times":9}' >/dev/null
	run doctor authorized_user
	[[ $output == *"problem  credentials"*"is not JSON"* ]]
	[ "$(paths | wc -l)" = 2 ]
}

@test "expires_in may be a text" {
	credentials_setup
	control settings '{"expiry-text":1}' >/dev/null
	run doctor authorized_user
	expect 0 "good until 20"
}

# refused PATTERN: the file in keys/x.json is an error that says so, and nothing was sent
refused() {
	run doctor x
	expect 3 "$1"
	[ -z "$(paths)" ]
}

@test "no address in a file leads away from TLS" {
	credentials_setup
	jq '.token_uri = "http://example.com/token"' keys/authorized_user.json >keys/x.json
	refused "token_uri: http://example.com: http is allowed to this machine only"
	jq '.token_url = "http://192.0.2.1/"' keys/external_account.json >keys/x.json
	refused "token_url: http://192.0.2.1"
	jq '.credential_source.url = "file:///etc/passwd"' keys/external_account.json >keys/x.json
	refused "credential_source: url: "
	jq '.service_account_impersonation_url = "http://example.com/a:b"' keys/external_account.json >keys/x.json
	refused "service_account_impersonation_url: http://example.com"
}

# Everything secret that is in the files, in the environment and in answers.
secrets() {
	jq -r '.. | strings' keys/*.json | grep -E 'BEGIN|not-a-secret|^eyJ' | tr -d '\n' |
		sed 's/-----[A-Z ]*-----/\n/g' | fold -w 40
	grep -h . keys/subject.txt | fold -w 40
	echo standin-refresh-token-not-a-secret
	echo standin-request-token-not-a-secret
	echo ya29.standin-not-a-secret
	echo eyJhbGciOi
}

@test "no secret is ever printed, whatever goes wrong" {
	# shellcheck disable=SC2086
	credentials_setup $still
	export FIVEWHYS_TEST_CLOCK=2026-01-01T00:00:00Z FIVEWHYS_TEST_TIMEOUT=1s
	secrets | grep -E '.{12}' | sort -u >secrets
	[ "$(wc -l <secrets)" -gt 20 ]
	for file in service_account authorized_user external_account external_account_file external_account_text \
		workforce impersonated; do
		doctor "$file" -v || true # the clocks disagree, which is a problem
		for kind in 400 401 403 404 503 html half reset gzip; do
			control faults '{"kind":"'$kind'","on":"token","times":3}' >/dev/null
			doctor "$file" -v --json || true
			curl -sS --noproxy '*' -X DELETE "$standin_url/standin/faults"
		done
		# each text of the file broken, one at a time
		jq -c 'paths(strings) as $p | setpath($p; getpath($p) + "x")' "keys/$file.json" |
			while read -r broken; do
				echo "$broken" >keys/broken.json
				doctor broken -v || true
			done
		for length in 50 200 400 1000; do
			head -c $length "keys/$file.json" >keys/broken.json
			doctor broken -v || true
		done
	done >output 2>&1
	[ "$(grep -c 'the logs of demo-project can be read' output)" -gt 7 ]
	[ "$(grep -c problem output)" -gt 100 ]
	lacks "$(paste -sd'|' <(sed 's/[].[*^$()+?{|\\]/\\&/g' secrets))" <output
	# nor is any of it in the store
	"$FIVEWHYS" triage $silent >/dev/null
	cat state/fivewhys/* | lacks 'not-a-secret'
}
