load common
load standin

doctor_setup() {
	unset FIVEWHYS_TOKEN_COMMAND CLOUDSDK_AUTH_ACCESS_TOKEN GOOGLE_OAUTH_ACCESS_TOKEN CLOUDSDK_CONFIG
	unset GOOGLE_APPLICATION_CREDENTIALS GCE_METADATA_HOST GCE_METADATA_IP FIVEWHYS_ACCESS_TOKEN
	unset GOOGLE_CLOUD_PROJECT GCLOUD_PROJECT CLOUDSDK_CORE_PROJECT GOOGLE_CLOUD_QUOTA_PROJECT
	unset CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING GOOGLE_CLOUD_UNIVERSE_DOMAIN FIVEWHYS_PROJECT
	unset FIVEWHYS_ENDPOINT https_proxy HTTPS_PROXY all_proxy ALL_PROXY
	export NO_GCE_CHECK=true
}

teardown() {
	stop_standin
	[ -z "${tls_pid:-}" ] || kill "$tls_pid"
}

@test "doctor --offline looks at this machine, and changes nothing" {
	doctor_setup
	export FIVEWHYS_ACCESS_TOKEN=not-a-secret
	run "$FIVEWHYS" doctor --offline --endpoint http://127.0.0.1:1
	[ "$status" = 0 ]
	[[ $output == *"ok       store        $XDG_STATE_HOME/fivewhys/history.db: will be made"* ]]
	[[ $output =~ ok\ +rules\ +[0-9]+\ causes ]]
	[[ $output =~ ok\ +templates\ +[0-9]+\ files ]]
	[[ $output == *"skipped  project"*"(--offline)"* ]]
	[ ! -e "$XDG_STATE_HOME" ]
}

@test "doctor --offline opens no socket" {
	doctor_setup
	command -v strace >/dev/null || skip "strace is not installed"
	unset NO_GCE_CHECK
	ASAN_OPTIONS=detect_leaks=0 strace -f -e trace=network -o trace "$FIVEWHYS" doctor --offline >/dev/null
	[ -s trace ]
	lacks 'AF_INET' <trace
}

@test "doctor without credentials warns; where a project is wanted, that is a problem: status 3" {
	doctor_setup
	run "$FIVEWHYS" doctor
	expect 0 "warning  credentials  there are no credentials: run"
	run "$FIVEWHYS" doctor --project demo-project
	expect 3 "problem  credentials  there are no credentials: run"
}

@test "doctor tells a store that is whole from one that is none, damaged, or cannot be made" {
	doctor_setup
	"$FIVEWHYS" triage --db h.db $silent >/dev/null
	run "$FIVEWHYS" doctor --offline --db h.db
	expect 0 "ok       store        h.db: whole, schema "
	size=$(stat -c %s h.db)
	dd if=/dev/urandom of=h.db bs=4096 seek=2 count=$((size / 4096 - 3)) conv=notrunc 2>/dev/null
	run "$FIVEWHYS" doctor --offline --db h.db
	expect 3 "problem  store" damaged
	echo "this is no database, and long enough to be seen as none of them" >none.db
	run "$FIVEWHYS" doctor --offline --db none.db
	expect 3 "problem  store        none.db: not a database"
	run "$FIVEWHYS" doctor --offline --db none.db/h.db
	expect 3 "problem  store"
	[ "$(id -u)" != 0 ] || return 0 # who may do everything is refused nothing
	mkdir -m 500 locked
	run "$FIVEWHYS" doctor --offline --db locked/h.db
	expect 3 "problem  store        locked/h.db cannot be written"
}

@test "doctor names a fault of a rule or of a template: status 2" {
	doctor_setup
	echo 'causes: [' >broken.yaml
	run "$FIVEWHYS" doctor --offline --rules broken.yaml
	expect 2 "problem  rules        broken.yaml:"
	mkdir -p "$XDG_CONFIG_HOME/fivewhys/templates"
	echo '{{#open}}' >"$XDG_CONFIG_HOME/fivewhys/templates/report.md.mustache"
	run "$FIVEWHYS" doctor --offline
	expect 2 "problem  templates" report.md.mustache
	FIVEWHYS_DATADIR=$PWD/empty run "$FIVEWHYS" doctor --offline
	[ "$status" = 2 ]
}

@test "doctor --json has a finding for each line" {
	doctor_setup
	run --separate-stderr "$FIVEWHYS" doctor --offline --json
	[ "$status" = 0 ]
	jq -e '.schema_version == 1 and ([.checks[].name] | index("store", "rules", "templates") != null)
		and all(.checks[]; (.level | IN("ok", "warning", "problem", "skipped")) and has("advice"))' <<<"$output"
}

@test "doctor compares the clocks" {
	doctor_setup
	start_standin --entries 1 --open
	export FIVEWHYS_ACCESS_TOKEN=not-a-secret FIVEWHYS_ENDPOINT=$standin_url FIVEWHYS_PROJECT=demo-project
	run "$FIVEWHYS" doctor
	expect 0 "ok       clock        agrees"
	FIVEWHYS_TEST_CLOCK=2020-01-01T00:00:00Z run "$FIVEWHYS" doctor
	expect 3 "problem  clock        is " " behind that of the service; set it"
}

@test "doctor warns of a login whose requests count for all users of gcloud" {
	doctor_setup
	start_standin --entries 1 --credentials "$PWD/keys"
	export FIVEWHYS_ENDPOINT=$standin_url
	jq 'del(.quota_project_id)' keys/authorized_user.json >user.json
	GOOGLE_APPLICATION_CREDENTIALS=user.json run "$FIVEWHYS" doctor --project demo-project
	expect 0 "warning  quota" "set-quota-project"
	GOOGLE_APPLICATION_CREDENTIALS=user.json run "$FIVEWHYS" doctor --project demo-project --quota-project pays
	[[ $output == *"ok       quota        requests count for the project pays"* ]]
}

@test "doctor finds project and endpoint in settings, and refuses an endpoint without TLS" {
	doctor_setup
	start_standin --entries 1 --open
	mkdir -p "$XDG_CONFIG_HOME/fivewhys"
	echo "endpoint: $standin_url" >"$XDG_CONFIG_HOME/fivewhys/config.yaml"
	echo 'project: demo-project' >.fivewhys.yaml
	FIVEWHYS_ACCESS_TOKEN=not-a-secret run "$FIVEWHYS" doctor
	expect 0 "the logs of demo-project can be read"
	rm .fivewhys.yaml "$XDG_CONFIG_HOME/fivewhys/config.yaml"
	CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING=$standin_url GOOGLE_CLOUD_PROJECT=demo-project \
		FIVEWHYS_ACCESS_TOKEN=not-a-secret run "$FIVEWHYS" doctor
	expect 0 "the logs of demo-project can be read"
	FIVEWHYS_ACCESS_TOKEN=not-a-secret run "$FIVEWHYS" doctor --endpoint http://logging.example.com/
	expect 2 "http is allowed to this machine only"
	FIVEWHYS_ACCESS_TOKEN=not-a-secret run "$FIVEWHYS" doctor --endpoint "$standin_url" --project 'a"b'
	expect 2 "is not the id of a project"
}

@test "a checkout cannot say where tokens go" {
	doctor_setup
	start_standin --entries 1 --open
	printf 'project: demo-project\nendpoint: %s\n' "$standin_url" >.fivewhys.yaml
	FIVEWHYS_ACCESS_TOKEN=not-a-secret run "$FIVEWHYS" doctor
	expect 2 ".fivewhys.yaml:2: endpoint decides where tokens go" "set FIVEWHYS_ENDPOINT"
	[ "$(control counters | jq .requests)" = 0 ]
}

# A server with a certificate that only SSL_CERT_FILE vouches for; it ends with the test.
start_tls() {
	openssl req -x509 -newkey rsa:2048 -nodes -keyout tls.key -out tls.pem -days 2 -subj /CN=localhost \
		-addext subjectAltName=DNS:localhost 2>/dev/null
	openssl s_server -accept 127.0.0.1:0 -cert tls.pem -key tls.key -www >tls.log 2>&1 3>&- &
	tls_pid=$!
	for _ in $(seq 200); do
		tls_port=$(sed -n 's/^ACCEPT .*:\([0-9]*\)$/\1/p' tls.log)
		[ -z "$tls_port" ] || return 0
		sleep 0.05
	done
	return 1
}

@test "a certificate that nobody known has signed is refused" {
	doctor_setup
	command -v openssl >/dev/null || skip "openssl is not installed"
	start_tls
	export FIVEWHYS_ACCESS_TOKEN=not-a-secret FIVEWHYS_ENDPOINT=https://localhost:$tls_port
	run "$FIVEWHYS" doctor --project demo-project
	expect 3 "the certificate is not to be trusted (SSL certificate problem"
	# it answers no POST, which is not waited for: what counts is that it is asked
	export SSL_CERT_FILE=$PWD/tls.pem FIVEWHYS_TEST_TIMEOUT=1s
	run "$FIVEWHYS" doctor --project demo-project
	lacks certificate <<<"$output"
	expect 3 "problem  project"
	# the certificate is of localhost, not of its address
	run "$FIVEWHYS" doctor --project demo-project --endpoint "https://127.0.0.1:$tls_port"
	expect 3 "the certificate is not to be trusted"
}
