# The stand-in gives out tokens, and takes only those that the service would take.
load common.bash
load standin.bash

teardown() {
	stop_standin
}

any='{"resourceNames":["projects/demo-project"]}'
logging=https://www.googleapis.com/auth/logging.read

# with TOKEN [curl option]...: status and reason of a request with it
with() {
	curl -sS --noproxy '*' -o answer -w '%{http_code} ' -H "Authorization: Bearer $1" "${@:2}" -d "$any" \
		"$standin_url/v2/entries:list"
	jq -r '.error.details[0].reason // "-"' answer
}

# post PATH [curl option]...: the answer, and its status in a last line
post() {
	curl -sS --noproxy '*' -X POST -w '\n%{http_code}' "${@:2}" "$standin_url$1"
}

# signed CLAIMS [HEADER]: a JWT with the key of the service account, "NOW" in seconds filled in
signed() {
	local header=${2:-'{"alg":"RS256"}'} body
	jq -r .private_key credentials/service_account.json >key.pem
	body=$(printf '%s' "$header" | base64url).$(printf '%s' "${1//NOW/$(date +%s)}" | base64url)
	printf '%s.%s' "$body" "$(printf '%s' "$body" | openssl dgst -sha256 -sign key.pem | base64url)"
}

base64url() {
	base64 -w0 | tr '+/' '-_' | tr -d '='
}

@test "without a token, with an unknown one and with an old one it is 401" {
	start_standin --entries 1
	[ "$(curl -sS --noproxy '*' -d "$any" "$standin_url/v2/entries:list" | jq -r '.error.status, .error.details[0].reason' | tr '\n' ' ')" = \
		'UNAUTHENTICATED CREDENTIALS_MISSING ' ]
	[ "$(with nonsense)" = '401 ACCESS_TOKEN_TYPE_UNSUPPORTED' ]
	token=$(control tokens '{"seconds":300}')
	[ "$(with "$token")" = '200 -' ]
	control settings '{"advance":300}'
	[ "$(with "$token")" = '401 ACCESS_TOKEN_EXPIRED' ]
	token=$(control tokens '{}')
	control settings '{"revoke":1}'
	[ "$(with "$token")" = '401 ACCESS_TOKEN_EXPIRED' ]
}

@test "what a token is not good for is 403" {
	start_standin --entries 1
	[ "$(with "$(control tokens '{"scope":"https://www.googleapis.com/auth/logging.write"}')")" = '403 ACCESS_TOKEN_SCOPE_INSUFFICIENT' ]
	token=$(control tokens '{}')
	control settings '{"denied":"quota-project"}'
	[ "$(with "$token" -H 'x-goog-user-project: quota-project')" = '403 USER_PROJECT_DENIED' ]
	[ "$(with "$token" -H 'x-goog-user-project: demo-project')" = '200 -' ]
	[ "$(control requests | jq -r '.[-1].headers["x-goog-user-project"]')" = demo-project ]
	control settings '{"disabled":"demo-project"}'
	[ "$(with "$token")" = '403 SERVICE_DISABLED' ]
	control settings '{"disabled":"","forbidden":1}'
	[ "$(with "$token")" = '403 IAM_PERMISSION_DENIED' ]
}

@test "a token that the client signed itself is checked" {
	start_standin --entries 1 --credentials credentials
	email=$(jq -r .client_email credentials/service_account.json)
	who="\"iss\":\"$email\",\"sub\":\"$email\""
	[ "$(with "$(signed "{$who,\"scope\":\"$logging\",\"iat\":NOW,\"exp\":$(($(date +%s) + 3600))}")")" = '200 -' ]
	hour="\"iat\":NOW,\"exp\":$(($(date +%s) + 3600))"
	aud='"aud":"https://logging.googleapis.com/"'
	[ "$(with "$(signed "{$who,$aud,$hour}")")" = '200 -' ]
	[ "$(with "$(signed "{$who,$aud,\"scope\":\"$logging\",$hour}")")" = '401 ACCESS_TOKEN_TYPE_UNSUPPORTED' ]
	[ "$(with "$(signed "{$who,\"aud\":\"https://example.com/\",$hour}")")" = '401 ACCESS_TOKEN_TYPE_UNSUPPORTED' ]
	[ "$(with "$(signed "{$who,$aud,\"iat\":NOW,\"exp\":$(($(date +%s) + 9000))}")")" = '401 ACCESS_TOKEN_TYPE_UNSUPPORTED' ]
	[ "$(with "$(signed "{$who,$aud,\"iat\":$(($(date +%s) - 3700)),\"exp\":$(($(date +%s) - 100))}")")" = '401 ACCESS_TOKEN_EXPIRED' ]
	[ "$(with "$(signed "{$who,\"scope\":\"https://www.googleapis.com/auth/logging.write\",$hour}")")" = '403 ACCESS_TOKEN_SCOPE_INSUFFICIENT' ]
	[ "$(with "$(signed "{$who,$aud,$hour}" '{"alg":"RS256","kid":"another"}')")" = '401 ACCESS_TOKEN_TYPE_UNSUPPORTED' ]
	[ "$(with "$(signed "{$who,$aud,$hour}" '{"alg":"none"}')")" = '401 ACCESS_TOKEN_TYPE_UNSUPPORTED' ]
	good=$(signed "{$who,$aud,$hour}")
	[ "$(with "${good%??????}AAAAAA")" = '401 ACCESS_TOKEN_TYPE_UNSUPPORTED' ]
}

# assertion CLAIMS: status and error of the exchange of a signed assertion
assertion() {
	post /token -d grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer --data-urlencode "assertion=$(signed "$1")" >answer
	echo "$(tail -n 1 answer) $(sed '$d' answer | jq -r '.error // "-"')"
}

@test "the assertion of a service account is checked before it gets a token" {
	start_standin --entries 1 --credentials credentials
	email=$(jq -r .client_email credentials/service_account.json)
	aud='"aud":"https://oauth2.googleapis.com/token"' hour="\"iat\":NOW,\"exp\":$(($(date +%s) + 3600))"
	[ "$(assertion "{\"iss\":\"$email\",$aud,\"scope\":\"$logging\",$hour}")" = '200 -' ]
	[ "$(with "$(sed '$d' answer | jq -r .access_token)")" = '200 -' ]
	[ "$(assertion "{\"iss\":\"$email\",\"aud\":\"$standin_url/token\",\"scope\":\"$logging\",$hour}")" = '200 -' ]
	[ "$(assertion "{\"iss\":\"$email\",\"aud\":\"https://example.com\",\"scope\":\"$logging\",$hour}")" = '400 invalid_grant' ]
	[ "$(assertion "{\"iss\":\"nobody@example.com\",$aud,\"scope\":\"$logging\",$hour}")" = '400 invalid_grant' ]
	[ "$(assertion "{\"iss\":\"$email\",$aud,\"scope\":\"nonsense\",$hour}")" = '400 invalid_scope' ]
	[ "$(assertion "{\"iss\":\"$email\",$aud,\"scope\":\"$logging\",\"iat\":NOW,\"exp\":$(($(date +%s) + 9000))}")" = '400 invalid_grant' ]
	run -0 post /token -d grant_type=urn:ietf:params:oauth:grant-type:jwt-bearer -d assertion=a.b.c
	[[ $output == *'Invalid JWT Signature.'*400 ]]
}

# refresh [FIELD=VALUE]...: the exchange of the user's refresh token, fields replaced
refresh() {
	post /token -d grant_type=refresh_token -d "${1:-client_id=standin-client.example.com}" \
		-d client_id=standin-client.example.com -d client_secret=not-a-secret \
		-d refresh_token=standin-refresh-token-not-a-secret
}

@test "a user's refresh token is taken until he has to sign in again" {
	start_standin --entries 1 --clock halt
	refresh >answer
	[ "$(sed '$d' answer | jq -c '[.expires_in, .token_type]')" = '[3599,"Bearer"]' ]
	[ "$(with "$(sed '$d' answer | jq -r .access_token)")" = '200 -' ]
	control settings '{"expiry-text":1,"token-seconds":60}'
	[ "$(refresh | sed '$d' | jq -c .expires_in)" = '"60"' ]
	refresh refresh_token=other | sed '$d' | jq -e '.error == "invalid_grant"'
	refresh client_secret=other | sed '$d' | jq -e '.error == "invalid_client"'
	[ "$(post /token -d grant_type=nonsense | sed '$d' | jq -r .error)" = unsupported_grant_type ]
	control settings '{"rapt":"invalid_rapt"}'
	refresh | sed '$d' | jq -e '.error == "invalid_grant" and .error_subtype == "invalid_rapt"'
	control settings '{"rapt":""}'
	control faults '{"kind":"503","on":"token"}'
	refresh >answer
	[ "$(tail -n 1 answer)" = 503 ]
	sed '$d' answer | jq -e '.error == "temporarily_unavailable"'
}

@test "a user who names no project is counted for that of the SDK" {
	start_standin --entries 1 --quota 1 --clock halt
	token=$(refresh | sed '$d' | jq -r .access_token)
	[ "$(with "$token")" = '200 -' ]
	[ "$(with "$token")" = '429 RATE_LIMIT_EXCEEDED' ]
	jq -e '.error.details[0].metadata.consumer == "projects/764086051850"' answer
	[ "$(with "$token" -H 'x-goog-user-project: demo-project')" = '200 -' ]
}

@test "the tokens of CI's jobs are exchanged, and act as a service account" {
	start_standin --entries 1 --credentials credentials
	source=$(jq -r .credential_source.url credentials/external_account.json)
	[ "$(curl -sS --noproxy '*' -o answer -w '%{http_code}' "$source")" = 401 ]
	subject=$(curl -sS --noproxy '*' -H 'Authorization: Bearer standin-request-token-not-a-secret' "$source" | jq -r .value)
	exchange() {
		post /v1/token -d "${1:-a=b}" -d grant_type=urn:ietf:params:oauth:grant-type:token-exchange \
			-d requested_token_type=urn:ietf:params:oauth:token-type:access_token \
			-d subject_token_type=urn:ietf:params:oauth:token-type:jwt --data-urlencode "subject_token=$subject" \
			-d scope=https://www.googleapis.com/auth/cloud-platform \
			--data-urlencode "audience=$(jq -r .audience credentials/external_account.json)" "${@:2}" | sed '$d'
	}
	federated=$(exchange | jq -r .access_token)
	[ "$(with "$federated")" = '200 -' ]
	[ "$(exchange audience=//example.com | jq -r .error)" = invalid_target ]
	[ "$(exchange subject_token=a.b.c | jq -r .error)" = invalid_grant ]
	[ "$(exchange a=b -u other:client | jq -r .error)" = invalid_client ]
	[ "$(exchange a=b -u standin-client.example.com:not-a-secret | jq -r .token_type)" = Bearer ]
	jq -n --arg subject "$subject" --arg audience "$(jq -r .audience credentials/external_account.json)" '{
		grantType: "urn:ietf:params:oauth:grant-type:token-exchange", audience: $audience,
		requestedTokenType: "urn:ietf:params:oauth:token-type:access_token", subjectToken: $subject,
		subjectTokenType: "urn:ietf:params:oauth:token-type:jwt",
		scope: "https://www.googleapis.com/auth/cloud-platform"}' >exchange.json
	post /v1/token -H 'Content-Type: application/json' -d @exchange.json | sed '$d' | jq -e '.token_type == "Bearer"'
	target=$(jq -r .service_account_impersonation_url credentials/external_account.json)
	act() {
		curl -sS --noproxy '*' -H "Authorization: Bearer $1" -H 'Content-Type: application/json' -d "$2" "$target"
	}
	acting=$(act "$federated" "{\"scope\":[\"$logging\"],\"lifetime\":\"600s\",\"delegates\":null}")
	[ "$(with "$(jq -r .accessToken <<<"$acting")")" = '200 -' ]
	jq -e '.expireTime | test("^[0-9-]+T[0-9:]+Z$")' <<<"$acting"
	[ "$(act "$federated" "{\"scope\":[\"$logging\"],\"lifetime\":\"9000s\"}" | jq -r .error.status)" = INVALID_ARGUMENT ]
	[ "$(act nonsense '{}' | jq -r .error.code)" = 401 ]
	[ "$(act "$(control tokens '{}')" '{}' | jq -r .error.code)" = 403 ]
	[ "$(act "$federated" "{\"scope\":[\"$logging\"],\"delegates\":[\"nobody\"]}" | jq -r .error.status)" = PERMISSION_DENIED ]
	control settings '{"advance":301}' # the subject's time is over
	[ "$(exchange | jq -r .error)" = invalid_grant ]
}

# metadata PATH [curl option]...: with the header that it wants
metadata() {
	curl -sS --noproxy '*' -D head -H 'Metadata-Flavor: Google' "${@:2}" "$standin_url$1"
}

@test "the metadata server answers those who greet it, and greets them" {
	start_standin --entries 1
	base=/computeMetadata/v1
	[ "$(curl -sS --noproxy '*' -o answer -w '%{http_code}' "$standin_url$base/project/project-id")" = 403 ]
	[ "$(metadata $base/project/project-id)" = demo-project ]
	grep -i '^Metadata-Flavor: Google' head
	[ "$(metadata / -o answer -w '%{http_code}')" = 200 ]
	[ "$(metadata $base/universe/universe-domain -o answer -w '%{http_code}')" = 404 ]
	control settings '{"universe":"example.com"}'
	[ "$(metadata $base/universe/universe-domain)" = example.com ]
	path="$base/instance/service-accounts/default/token?scopes=$logging"
	token=$(metadata "$path" | jq -r .access_token)
	[ "$(with "$token")" = '200 -' ]
	[ "$(metadata "$path" | jq -r .access_token)" = "$token" ] # it is kept until it is almost over
	control settings '{"advance":3400}'
	[ "$(metadata "$path" | jq -r .access_token)" != "$token" ]
	control settings '{"vm-scopes":"https://www.googleapis.com/auth/logging.write"}'
	[ "$(with "$(metadata "$path" | jq -r .access_token)")" = '403 ACCESS_TOKEN_SCOPE_INSUFFICIENT' ]
}
