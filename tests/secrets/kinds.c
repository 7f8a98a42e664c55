/* Kinds of secrets, made at run time: no literal here looks like one to a scanner. */
#include "secrets/plant.h"

#include <string.h>

/*
 * In a template "%A36" are 36 letters and digits; other alphabets are below. "%%" is a percent
 * sign. What a template says besides is no secret.
 */
const struct plant_kind plant_kinds[] = {
	{ "jwt",
		"ey"
		"J%A30.ey"
		"J%A60.%B43",
		true },
	{ "google-api-key",
		"AI"
		"za%B35",
		true },
	{ "google-access-token",
		"ya"
		"29.a0%B120",
		true },
	{ "google-refresh-token",
		"1/"
		"/0%B60",
		true },
	{ "google-client-secret",
		"GOC"
		"SPX-%B28",
		true },
	{ "aws-key-id",
		"AK"
		"IA%U16",
		true },
	{ "aws-temporary-id",
		"AS"
		"IA%U16",
		true },
	{ "aws-secret-key", "aws_secret_access_key = %S40", false },
	{ "aws-secret-key-env", "AWS_SECRET_ACCESS_KEY=%S40", false },
	{ "aws-session-token", "aws_session_token=%S200", false },
	{ "github",
		"gh"
		"p_%A36",
		true },
	{ "github-oauth",
		"gh"
		"o_%A36",
		true },
	{ "github-server",
		"gh"
		"s_%A36",
		true },
	{ "github-fine",
		"github"
		"_pat_%A22_%A59",
		true },
	{ "gitlab",
		"gl"
		"pat-%B20",
		true },
	{ "gitlab-deploy",
		"gl"
		"dt-%B20",
		true },
	{ "gitlab-runner",
		"gl"
		"rt-%B20",
		true },
	{ "gitlab-job",
		"gl"
		"cbt-64_%B20",
		true },
	{ "slack-bot",
		"xo"
		"xb-%D12-%D12-%A24",
		true },
	{ "slack-user",
		"xo"
		"xp-%D12-%D12-%D12-%X32",
		true },
	{ "slack-app",
		"xa"
		"pp-1-A%U10-%D13-%X64",
		true },
	{ "slack-hook",
		"https://hooks.slack.com/ser"
		"vices/T%U10/B%U10/%A24",
		true },
	{ "npm",
		"np"
		"m_%A36",
		true },
	{ "pypi",
		"py"
		"pi-AgEIcHlwaS5vcmc%B120",
		true },
	{ "stripe",
		"sk_"
		"live_%A24",
		true },
	{ "stripe-restricted",
		"rk_"
		"live_%A24",
		true },
	{ "twilio",
		"S"
		"K%X32",
		true },
	{ "twilio-token", "TWILIO_AUTH_TOKEN=%X32", false },
	{ "sendgrid",
		"S"
		"G.%B22.%B43",
		true },
	{ "azure-storage",
		"DefaultEndpointsProtocol=https;AccountName=acme;AccountKey=%S86==;"
		"EndpointSuffix=core.windows.net",
		false },
	{ "azure-sas",
		"https://acme.blob.core.windows.net/c/b?sv=2022-11-02&sp=r&sig=%A20%%2B%A21%%3D",
		false },
	{ "hugging-face",
		"h"
		"f_%a34",
		true },
	{ "openai",
		"s"
		"k-%A48",
		true },
	{ "openai-project",
		"s"
		"k-proj-%A20_%A60",
		true },
	{ "anthropic",
		"s"
		"k-ant-api03-%A40_%A50AA",
		true },
	{ "docker",
		"dckr"
		"_pat_%A27",
		true },
	{ "vault",
		"hv"
		"s.%B90",
		true },
	{ "bearer", "Authorization: Bearer %B40", false },
	{ "basic", "Authorization: Basic %A30==", false },
	{ "auth-token", "authorization: token %A40", false },
	{ "cookie", "Cookie: theme=dark; session=%A32", false },
	{ "set-cookie", "Set-Cookie: sid=%B40; Path=/; HttpOnly", false },
	{ "api-key-header", "X-Api-Key: %A32", false },
	{ "private-token", "PRIVATE-TOKEN: %A20", false },
	{ "url-password", "postgres://app:%P14@db.example.com:5432/app", false },
	{ "redis-password", "redis://:%P16@192.0.2.7:6379/0", false },
	{ "url-token", "https://x-access-token:%A30@git.example.com/a/b.git", false },
	{ "password", "password=%P12", false },
	{ "passwd", "passwd: %P12", false },
	{ "json-password", "{\"user\": \"app\", \"password\": \"%P12\"}", false },
	{ "json-secret", "{\"client_id\": \"x\", \"client_secret\": \"%A24\"}", false },
	{ "python-secret", "{'secret': '%A20', 'n': 1}", false },
	{ "export", "export DEPLOY_TOKEN=%A24", false },
	{ "flag", "deploy --user app --password %P14 --verbose", false },
	{ "flag-equals", "deploy --api-key=%A24 --verbose", false },
	{ "connection-string", "Server=db.example.com;User Id=app;Password=%P14;Encrypt=true;",
		false },
	{ "pgpassword", "PGPASSWORD=%P14 psql -h db.example.com", false },
	{ "netrc", "machine git.example.com login app password %P14", false },
	{ "yaml", "db:\\n  password: %P14", false },
	{ "xml", "<user>app</user><password>%P12</password>", false },
	/* the second half: written after the rules, which had not seen them */
	{ "header-list", "{\"Authorization\": [\"Bearer %A40\"], \"n\": 1}", false },
	{ "header-tuple", "[('Authorization', 'Bearer %A40'), ('X', 'y')]", false },
	{ "api-key-tuple", "[('x-api-key', '%A32'), ('X', 'y')]", false },
	{ "kubernetes-env", "{\"name\": \"DB_PASSWORD\", \"value\": \"%P14\"}", false },
	{ "xml-setting", "<add key=\"ApiKey\" value=\"%A32\" />", false },
	{ "entities", "{&quot;password&quot;: &quot;%A14&quot;}", false },
	{ "escaped-twice", "{\\\"a\\\":\\\"{\\\\\\\"token\\\\\\\":\\\\\\\"%A32\\\\\\\"}\\\"}",
		false },
	{ "query-token", "GET /v1/me?access_token=%A40&x=1 failed", false },
	{ "query-key", "GET https://api.example.com/x?api_key=%A32 500", false },
	{ "form-encoded", "body=user%%3Dapp%%26password%%3D%A16%%26x%%3D1", false },
	{ "form", "grant_type=refresh_token&refresh_token=%B60&client_id=x", false },
	{ "id-token", "id_token: '%B90'", false },
	{ "curl-user", "curl -sS -u app:%P14 https://api.example.com/", false },
	{ "npmrc", "//registry.example.com/:_authToken=%A36", false },
	{ "docker-config", "{\"auths\":{\"r.example.com\":{\"auth\":\"%A40==\"}}}", false },
	{ "sql-password", "ALTER ROLE app WITH PASSWORD '%P14';", false },
	{ "sql-identified", "CREATE USER 'app'@'h' IDENTIFIED BY '%P14';", false },
	{ "django", "SECRET_KEY = 'django-insecure-%P40'", false },
	{ "rails", "secret_key_base: %X128", false },
	{ "go-struct", "Config{User:app Password:%P12 Host:db}", false },
	{ "java-map", "{user=app, password=%A12, host=db}", false },
	{ "logfmt", "level=error user=app passwd=%A12 msg=\"no\"", false },
	{ "mysql-dsn", "app:%A14@tcp(db.example.com:3306)/app", false },
	{ "amqp", "amqps://app:%P20@mq.example.com/vhost", false },
	{ "mongodb", "mongodb+srv://app:%A16@c0.example.com/?retryWrites=true", false },
	{ "url-encoded-url", "db=postgres%%3A%%2F%%2Fapp%%3A%A16%%40db.example.com%%2Fapp", false },
	{ "digest", "Authorization: Digest username=\"a\", nonce=\"%X32\", response=\"%X32\"",
		false },
	{ "aws-signed",
		"Authorization: AWS4-HMAC-SHA256 Credential="
		"AK"
		"IA%U16/20260131/x/s3/aws4_request, Signature=%X64",
		false },
	{ "presigned", "https://b.s3.example.com/k?X-Amz-Security-Token=%A80&X-Amz-Signature=%X64",
		false },
	{ "goog-signed", "https://storage.example.com/b/o?X-Goog-Signature=%X128", false },
	{ "subscription-key", "Ocp-Apim-Subscription-Key: %X32", false },
	{ "csrf", "X-CSRF-Token: %A40", false },
	{ "jsession", "JSESSIONID=%U32; Path=/", false },
	{ "session-json", "{\"session_id\": \"%A32\"}", false },
	{ "cookie-json", "{\"cookie\": \"sid=%A32; a=b\"}", false },
	{ "sas-connection",
		"Endpoint=sb://x.example.com/;SharedAccessKeyName=Root;SharedAccessKey=%S43=",
		false },
	{ "telegram", "https://api.example.com/bot%D10:AA%B33/getMe", false },
	{ "discord-hook", "https://discord.com/api/webhooks/%D18/%B68", false },
	{ "python-bytes", "{'token': b'%A32'}", false },
	{ "yaml-quoted", "password: \"%P16\"", false },
	{ "ruby-hash", "{:password=>\"%P12\", :x=>1}", false },
	{ "said", "the temporary password is: %P12", false },
	{ "flag-short", "mysqladmin --user=app --password=%P12 ping", false },
	{ "env-lower", "db_pass=%A12", false },
	{ "smtp", "SMTP_PASS=%P14", false },
	{ "pass-quoted", "{\"user\":\"a\",\"pass\":\"%A12\"}", false },
	{ "client-key",
		"client_key_data: LS0tLS1CRUdJTi"
		"BQUklWQVRF%S60",
		false },
	{ "credential", "credential=%A40", false },
	{ "encryption-key", "ENCRYPTION_KEY=%S43=", false },
	{ "webhook-secret",
		"whs"
		"ec_%A32",
		true },
	{ "grafana",
		"gl"
		"sa_%A32_%X8",
		true },
	{ "databricks",
		"da"
		"pi%X32",
		true },
	{ "digital-ocean",
		"do"
		"p_v1_%X64",
		true },
	{ "shopify",
		"sh"
		"pat_%X32",
		true },
	{ "mailgun",
		"ke"
		"y-%X32",
		true },
	{ "gitlab-trigger",
		"gl"
		"ptt-%X40",
		true },
	{ "terraform",
		"%A14.atl"
		"asv1.%A60",
		true },
	{ "azure-ad",
		"%A2x"
		"8Q"
		"~%A34",
		true },
	{ "age",
		"AGE-SEC"
		"RET-KEY-1%U58",
		true },
	{ "email", "%a10@mail.example.com", true },
	{ NULL, NULL, false },
};

static const struct {
	char letter;
	const char *alphabet;
} alphabets[] = {
	{ 'A', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789" },
	{ 'B', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_" },
	{ 'S', "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/" },
	{ 'U', "ABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789" },
	{ 'a', "abcdefghijklmnopqrstuvwxyz0123456789" },
	{ 'X', "0123456789abcdef" },
	{ 'D', "0123456789" },
	{ 'P', "ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnpqrstuvwxyz23456789!#*+.~^" },
};

static const char *alphabet_of(char letter)
{
	for (size_t i = 0; i < sizeof(alphabets) / sizeof(alphabets[0]); i++)
		if (alphabets[i].letter == letter)
			return alphabets[i].alphabet;
	return NULL;
}

/* SplitMix64, by Sebastiano Vigna: public domain. */
static uint64_t next(uint64_t *state)
{
	uint64_t z = (*state += UINT64_C(0x9e3779b97f4a7c15));

	z = (z ^ (z >> 30)) * UINT64_C(0xbf58476d1ce4e5b9);
	z = (z ^ (z >> 27)) * UINT64_C(0x94d049bb133111eb);
	return z ^ (z >> 31);
}

/* What has a letter of each kind in it, and letters at its ends, as generators see to. */
static void fill(uint64_t *state, char letter, char *out, size_t length)
{
	const char *alphabet = alphabet_of(letter);
	size_t size = strlen(alphabet);

	for (size_t i = 0; i < length; i++)
		out[i] = alphabet[next(state) % size];
	if (letter == 'D' || length < 6)
		return;
	out[0] = letter == 'U' ? 'Q' : letter == 'X' ? 'c' : 'q';
	out[length / 2] = '7';
	out[length - 1] = letter == 'U' ? 'Z' : letter == 'X' ? 'd' : 'z';
	if (letter != 'a' && letter != 'X')
		out[1] = 'R';
}

void plant_make(
	TALLOC_CTX *mem, const struct plant_kind *kind, uint64_t *state, struct planted *out)
{
	const char *template = kind->template;
	char *text = mem_strdup(mem, "");

	out->part_count = 0;
	for (size_t plain; *template != '\0';) {
		plain = strcspn(template, "%");
		text = mem_printf(mem, "%s%.*s", text, (int)plain, template);
		template += plain;
		if (template[0] == '%' && template[1] == '%') {
			text = mem_printf(mem, "%s%%", text);
			template += 2;
		} else if (template[0] == '%') {
			char *end, part[256] = { 0 };
			size_t length = strtoul(template + 2, &end, 10);

			fill(state, template[1], part, length);
			if (template[1] != 'D')
				out->parts[out->part_count++] = mem_strdup(mem, part);
			text = mem_printf(mem, "%s%s", text, part);
			template = end;
		}
	}
	out->text = text;
}
