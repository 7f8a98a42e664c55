/* The table of secrets that are known by what they begin with, or by the key before them. */
#include "source/redact_rules.h"

#include <string.h>

#include "source/redact_assign.h"
#include "source/redact_key.h"
#include "source/redact_place.h"

#define BODY "(?:[A-Za-z0-9+/=\\s]|\\\\{1,3}[nrt])"

/* Publicly documented prefixes: of letters and digits, and of what base64 has besides. */
#define PLAIN_PREFIXES                                                                             \
	"ghp_|gho_|ghu_|ghs_|ghr_|github_pat_|npm_|hf_|shpat_|shpca_|shppa_|shpss_|lin_api_|ntn_|" \
	"atatt3|atbb|sntrys_|sntryu_|nrak-|nrjs-|nrii-|sbp_|pmak-|rubygems_|dop_v1_|doo_v1_|"      \
	"dor_v1_|gsk_|r8_|bkua_|ccipat_|ccipra_|age-secret-key-1|xkeysib-|api_org_|xai-|pplx-|"    \
	"nvapi-|ops_ey|pypi-|pul-|pnu_|rdme_|clojars_|cfpat-|lsv2_|pcsk_|sgp_|squ_|sqp_|sqa_|"     \
	"nfp_|tfp_|ddp_|ezak|eztk|dt0c01.|dt0s01.|akcp|cmvmdgtuo"
#define PLAIN_PREFIX                                                                               \
	"(?:(?:gh[pousr]|github_pat|npm|hf|shp(?:at|ca|pa|ss)|lin_api|ntn|sntry[su]|sbp|"          \
	"rubygems|do[opr]_v1|gsk|r8|bkua|api_org|CCIP(?:AT|RA)|pnu|rdme|clojars|lsv2|pcsk|sgp|"    \
	"sq[upa]|nfp|tfp|ddp)_|(?:NR(?:AK|JS|II)|PMAK|xkeysib|xai|pplx|nvapi|pypi|pul|CFPAT)-|"    \
	"dt0[cs]01\\.|ATATT3|ATBB|AGE-SECRET-KEY-1|ops_ey|(?-i:EZ[AT]K|AKCp|cmVmdGtuO))"           \
	"[\\w.+/=-]{16,512}"
#define MIXED_PREFIXES                                                                             \
	"glpat-|gldt-|glrt-|glcbt-|glptt-|glft-|glimt-|glagent-|gloas-|glsoat-|glffct-|"           \
	"gr1348941|hvs.|hvb.|hvr.|sq0atp-|sq0csp-|dp.pt.|dp.st.|gocspx-|ya29.|1//0|1%2f%2f0|"      \
	"tskey-|dckr_pat_|dckr_oat_|pscale_tkn_|pscale_oauth_|figd_|glsa_|glc_|fo1_|fm1a_|fm1r_|"  \
	"fm2_|sha256~"
#define MIXED_PREFIX                                                                               \
	"(?:(?:gl(?:pat|dt|rt|cbt|ptt|ft|imt|agent|oas|soat|ffct)|sq0(?:atp|csp)|gocspx|tskey)-|"  \
	"(?:dckr_[po]at|pscale_(?:tkn|oauth)|figd|gls?[ac]|fo1|fm1[ar]|fm2)_|hv[sbr]\\.|ya29\\.|"  \
	"dp\\.[ps]t\\.|1(?://|%2F%2F)0|GR1348941|sha256~)[\\w.+/=-]{16,512}"

/* A command, the words between it and the option that has a password, and the password. */
#define WORDS "(?:\\s+[^\\s|;&]{1,200}){0,8}?\\s+"
#define WORD "[\"']?([^\\s\"']{3,512})"

static const struct redact_rule rules[] = {
	{ "private-key", "begin |end ", NULL, true, NULL, false, redact_key_pem },
	{ "private-key", "mii",
		"MII[A-Za-z0-9+/]{2}[AQgw]IB(?:ADANBgkqhkiG9w0|AAKCA|OwIBAAJ)" BODY "{16,}+", true,
		NULL, false, NULL },
	{ "private-key", "ls0tls1crudjti",
		"LS0tLS1CRUdJTi(?!BDRVJUSUZJQ0FUR|BQVUJMSUMg)[A-Za-z0-9+/=]{20,}", true, NULL, true,
		NULL },
	{ "private-key", "begin+|begin%20",
		"BEGIN(?:(?:\\+|%20)[A-Z0-9]{2,12}){0,3}(?:\\+|%20)PRIVATE(?:\\+|%20)KEY(?:(?:\\+|%"
		"20)"
		"BLOCK)?-{1,5}((?:[A-Za-z0-9+/=]|%(?:0A|0D|20|2B|2F|3D)){16,}+)",
		true, NULL, false, NULL },
	{ "private-key", "private-lines:", "(?i)Private-Lines:\\s\\d{1,3}(" BODY "{16,}+)", true,
		NULL, false, NULL },
	{ "password", "://", "://[^\\s/:@\"'<>]{0,128}:(?!\\d{1,5}[;,])([^\\s/\"'<>]{1,512})@",
		false, redact_value_password, false, NULL },
	{ "token", "://", "://([^\\s/:@\"'<>]{20,512})@", false, redact_value_userinfo, false,
		NULL },
	{ "password", "%3a%2f%2f",
		"(?i)%3A%2F%2F(?:(?!%3A|%2F|%40)[^\\s:/@\"'<>&]){0,128}%3A"
		"((?:(?!%2F|%40)[^\\s/@\"'<>&]){1,512})%40",
		false, redact_value_password, false, NULL },
	{ "token", "eyj", "eyJ[\\w+/-]{8,}(?:\\.[\\w-]{4,}(?:\\.[\\w-]*){0,3}|={0,2}(?<=.{24}))",
		true, NULL, false, NULL },
	{ "token", PLAIN_PREFIXES, "(?i)" PLAIN_PREFIX, true, redact_value_dense, false, NULL },
	{ "token", MIXED_PREFIXES, "(?i)" MIXED_PREFIX, true, redact_value_token, false, NULL },
	{ "token", "xoxa-|xoxb-|xoxc-|xoxd-|xoxe-|xoxe.|xoxo-|xoxp-|xoxr-|xoxs-|xapp-",
		"(?:xox[a-z](?:\\.xox[a-z])?|xapp)-[\\w%-]{10,512}", true, redact_value_token,
		false, NULL },
	{ "token", "hooks.slack.com",
		"(?i)hooks\\.slack\\.com(?:/|%2F)(?:services|workflows|triggers)(?:/|%2F)"
		"((?:[\\w/-]|%2F){10,512})",
		true, redact_value_token, false, NULL },
	{ "token", "/api/webhooks/|%2fapi%2fwebhooks%2f",
		"(?i)(?:/|%2F)api(?:/|%2F)webhooks(?:/|%2F)\\d{6,32}(?:/|%2F)([\\w-]{30,512})",
		false, redact_value_token, false, NULL },
	{ "token", "fwogzxivyxdz|iqojb3jpz2lu", "(?:FwoGZXIvYXdz|IQoJb3JpZ2lu)[\\w+/=%-]{40,}",
		true, NULL, true, NULL },
	{ "key", "akia|asia", "A[KS]IA[A-Z0-9]{16}[^A-Za-z0-9]{1,8}([A-Za-z0-9/+]{40})(?![\\w/+=])",
		true, redact_value_token, false, NULL },
	{ "key", "akia|asia", "A[KS]IA[A-Z0-9]{16}(?![A-Za-z0-9])", true, NULL, false, NULL },
	{ "token", ":aa|%3aaa", "(?<=\\d{8})(?::|%3[aA])(AA[\\w-]{32,35})(?![\\w-])", false,
		redact_value_token, false, NULL },
	{ "token", "apa91b", "APA91b[\\w-]{100,512}", true, redact_value_token, false, NULL },
	{ "token", "eaa", "EAA[A-Za-z][\\w-]{56,512}", true, redact_value_dense, false, NULL },
	{ "key", "oy2", "oy2[a-z0-9]{43}(?!\\w)", true, redact_value_token, false, NULL },
	{ "token", "cio", "cio[A-Za-z0-9]{32}(?!\\w)", true, redact_value_dense, false, NULL },
	{ "token", "dapi", "dapi[0-9a-f]{32}(?![a-z0-9])", true, redact_value_token, false, NULL },
	{ "token", ".atlasv1.|0q~|1q~|2q~|3q~|4q~|5q~|6q~|7q~|8q~|9q~", NULL, false, NULL, false,
		redact_place_infix },
	{ "key", "-us1|-us2|nral", NULL, false, NULL, false, redact_place_suffix },
	{ "key", "aiza", "AIza[\\w-]{30,512}", true, redact_value_token, false, NULL },
	{ "key", "sk_live_|sk_test_|rk_live_|rk_test_|pk_live_",
		"[rsp]k_(?:live|test)_[A-Za-z0-9]{8,512}", true, redact_value_token, false, NULL },
	{ "key", "whsec_", "whsec_[A-Za-z0-9+/=]{16,512}", true, redact_value_token, false, NULL },
	{ "key", "sk-", "sk-[\\w-]{20,512}", true, redact_value_dense, false, NULL },
	{ "key", "sk0|sk1|sk2|sk3|sk4|sk5|sk6|sk7|sk8|sk9|ska|skb|skc|skd|ske|skf",
		"SK[0-9a-f]{32}(?!\\w)", true, redact_value_token, false, NULL },
	{ "key", "sg.", "SG\\.[\\w-]{16,512}\\.[\\w-]{16,512}", true, redact_value_token, false,
		NULL },
	{ "key", "key-", "key-[0-9a-f]{32}(?!\\w)", true, redact_value_token, false, NULL },
	{ "token", "sig=|sig%3d", "(?i)sig(?:=|%3D)([A-Za-z0-9%+/=_-]{32,512})", true,
		redact_value_random, true, NULL },
	{ "token", "\"auth\"|auth\\\"",
		"\"?auth\\\\{0,3}\"\\s{0,4}:\\s{0,4}\\\\{0,3}\"([A-Za-z0-9+/=_-]{12,512})", false,
		redact_value_credential, true, NULL },
	{ "token", "_auth",
		"_auth\\s{0,4}[:=]\\s{0,4}\\\\{0,3}[\"']?([A-Za-z0-9+/"
		"_-]{8,512}+={0,2})(?![\\w.(])",
		false, redact_value_credential, true, NULL },
	{ "cookie", "cookie",
		"(?i)cookies?2?(?:\\\\{0,7}[\"']\\s{0,8}[:=,]|\\s{0,8}(?:[:=](?!=)|%3A))\\s{0,8}\\["
		"?"
		"\\\\{0,7}[\"']?([^\"'\\\\\\r\\n]{4,512})",
		false, redact_value_pairs, true, NULL },
	{ "token", "_pat=|_pat:|_pat =",
		"(?i)_pat\\s{0,2}[:=]\\s{0,2}[\"']?([A-Za-z0-9]{12,512}+)(?![\\w.(])", false,
		redact_value_random, true, NULL },
	{ "token", "bearer |bearer, |basic |bearer%20|basic%20|bearer+|basic+",
		"(?i)(?:bearer,?|basic)(?:\\s{1,8}|%20|\\+)([\\w.~+/"
		"%-]{8,512}+={0,3}+)(?:(?!\\w)|(?<=[\\w.~+/%-]{512}))",
		true, redact_value_credential, true, NULL },
	{ "password", "@tcp(|@unix(", NULL, false, NULL, false, redact_place_login },
	{ "email", "%40|\\u0040", NULL, false, NULL, false, redact_place_email },
	{ "password", "login |machine ",
		"(?i)(?:login|machine)\\s+\\S{1,80}\\s+(?:login\\s+\\S{1,80}\\s+|account\\s+\\S{1,"
		"80}\\s+)?"
		"password\\s+([^\\s\"'<>=:][^\\s\"'<>]{0,511})",
		true, redact_value_bare_password, true, NULL },
	{ "password", "identified by|password '",
		"(?:(?i)identified\\s+by|PASSWORD|password(?= '[^' "
		"]{6,64}';))\\s+'([^'\\r\\n]{3,512})'",
		true, redact_value_password, false, NULL },
	{ "password", "-u |--user |--proxy-user ",
		"--?(?:u|user|proxy-user)\\s+[\"']?[\\w.@+-]{1,64}:(?!//)([^\\s\"']{3,512})", true,
		redact_value_bare_password, false, NULL },
	{ "password", "\"-u\"|'-u'|\"--user\"|'--user'",
		"[\"']--?u(?:ser)?[\"'],\\s?[\"'][\\w.@+-]{1,64}:([^\\r\\n\"']{3,512})", false,
		redact_value_password, false, NULL },
	{ "password", "login ",
		"(?<=docker |podman |nerdctl |skopeo |buildah |registry |auth |\\boc |\\baz |\\bcf "
		")"
		"login" WORDS "-p\\s+" WORD,
		true, redact_value_argument, false, NULL },
	{ "password", "sshpass ", "sshpass\\s+-p\\s*" WORD, true, redact_value_argument, false,
		NULL },
	{ "password", "mysql|mariadb", "(?:mysql|mariadb)[\\w-]{0,12}" WORDS "-p" WORD, true,
		redact_value_argument, false, NULL },
	{ "password", "mongo", "mongo[a-z]{0,8}" WORDS "-p\\s+" WORD, true, redact_value_argument,
		false, NULL },
	{ "password", "redis-cli ", "redis-cli" WORDS "(?:-a|--pass)\\s+" WORD, true,
		redact_value_argument, false, NULL },
	{ "password", "sqlcmd ", "sqlcmd" WORDS "-P\\s*" WORD, true, redact_value_argument, false,
		NULL },
	{ "password", "ldapsearch |ldapmodify |ldapadd ", "ldap[a-z]+" WORDS "-w\\s*" WORD, true,
		redact_value_argument, false, NULL },
	{ "password", "pass:", "(?<=-pass |-passin |-passout )pass:" WORD, true,
		redact_value_argument, false, NULL },
	{ "password", "jdbc:oracle:|sqlplus ",
		"(?:jdbc:oracle:\\w{3,8}:|sqlplus(?:\\s+-\\w+){0,3}\\s+)[\"']?[\\w$#]{1,64}/"
		"([^\\s\"']{3,512})@",
		true, redact_value_argument, false, NULL },
	{ "password", "echo ",
		"echo\\s+(?:-\\w\\s+)?" WORD "[\"']?\\s*\\|[^|\\n]{0,200}?"
		"(?:--password-stdin|--with-token|sudo\\s+-S|chpasswd)",
		true, redact_value_argument, false, NULL },
	{ "password", REDACT_ASSIGN_PASSWORDS, NULL, false, NULL, false, redact_assign_password },
	{ "token", REDACT_ASSIGN_CLIENTS, NULL, false, NULL, false, redact_assign_password },
	{ "password", "pass", NULL, false, NULL, false, redact_assign_pass },
	{ "token", "authorization|x-auth", NULL, false, NULL, false, redact_assign_authorization },
	{ "token", REDACT_ASSIGN_TOKENS, NULL, false, NULL, false, redact_assign_token },
};

const struct redact_rule *redact_rules(size_t *count)
{
	*count = sizeof(rules) / sizeof(rules[0]);
	return rules;
}

size_t redact_rules_word(const char *text, size_t length, size_t at)
{
	size_t begin = at;

	while (at < length && (unsigned char)text[at] > 0x20 &&
		strchr("\"'`,;&)}]<>\\", text[at]) == NULL)
		at++;
	return at - begin;
}

static bool is_word(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       c == '_';
}

static bool is_hex(char c)
{
	return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F');
}

/* "[31m": a colour whose escape character was taken away, as in XML, which cannot hold it. */
static bool ends_colour(const char *text, size_t at)
{
	size_t begin = at - 1;

	if (text[at - 1] != 'm')
		return false;
	while (begin > 0 && at - begin < 16 &&
		((text[begin - 1] >= '0' && text[begin - 1] <= '9') || text[begin - 1] == ';'))
		begin--;
	return begin > 0 && text[begin - 1] == '[';
}

bool redact_rules_inside_word(const char *text, size_t at)
{
	const char *before = text + at;

	if (at == 0 || !is_word(before[-1]))
		return false;
	if (at >= 2 && before[-2] == '\\' && strchr("nrtbf", before[-1]) != NULL)
		return false;
	if (ends_colour(text, at))
		return false;
	if (at >= 3 && before[-3] == '%' && is_hex(before[-2]) && is_hex(before[-1]))
		return false;
	return !(at >= 6 && before[-6] == '\\' && before[-5] == 'u' && is_hex(before[-4]) &&
		 is_hex(before[-3]) && is_hex(before[-2]) && is_hex(before[-1]));
}
