/* A client: its settings, its credentials, and the token in force. */
#include "cloud/cloud.h"

#include <string.h>
#include <time.h>

#include "cloud/api.h"
#include "cloud/secret.h"
#include "cloud/url.h"

/*
 * A token is fetched anew so long before its end. Metadata servers keep theirs until about four
 * minutes before it, and would only give out the same one earlier.
 */
#define REFRESH_BEFORE (225 * WHEN_SECOND)

static int64_t system_now(void *context)
{
	struct timespec time;

	(void)context;
	clock_gettime(CLOCK_REALTIME, &time);
	return time.tv_sec * WHEN_SECOND + time.tv_nsec;
}

static void system_sleep(int64_t duration, void *context)
{
	struct timespec left = { duration / WHEN_SECOND, duration % WHEN_SECOND };

	(void)context;
	while (nanosleep(&left, &left) < 0 && errno == EINTR)
		;
}

static const struct cloud_clock system_clock = { system_now, system_sleep, NULL };

/* The first of the variables that is set. */
static const char *first_of(const char *const *names)
{
	const char *value = NULL;

	for (; value == NULL && *names != NULL; names++)
		value = credentials_variable(*names);
	return value;
}

/* That of the environment: a file of credentials does not choose where tokens go. */
static int choose_universe(struct cloud *cloud, struct err *err)
{
	const char *variable = credentials_variable("GOOGLE_CLOUD_UNIVERSE_DOMAIN");

	cloud->universe = mem_strdup(cloud, variable != NULL ? variable : UNIVERSE_DEFAULT);
	if (!credentials_is_domain(cloud->universe))
		return err_set(
			err, ERR_USAGE, "GOOGLE_CLOUD_UNIVERSE_DOMAIN is not the name of a domain");
	return 0;
}

/* Credentials that do not say where they are good are taken at their owner's word. */
static int check_universe(const struct cloud *cloud, struct err *err)
{
	const char *theirs = cloud->credentials->universe;

	if (theirs == NULL || strcmp(theirs, cloud->universe) == 0)
		return 0;
	return err_set(err, ERR_USAGE,
		"%s: the credentials are for the universe %.100s, and requests go to %s; set "
		"GOOGLE_CLOUD_UNIVERSE_DOMAIN to the one that is meant",
		cloud->credentials->origin, theirs, cloud->universe);
}

static int choose_endpoint(struct cloud *cloud, const char *wanted, struct err *err)
{
	static const char name[] = "CLOUDSDK_API_ENDPOINT_OVERRIDES_LOGGING";
	const char *variable = credentials_variable(name);
	const char *base = wanted != NULL ? wanted : variable;
	size_t length = base != NULL ? strlen(base) : 0;

	if (base == NULL) {
		cloud->endpoint = mem_printf(cloud, "https://logging.%s/", cloud->universe);
		return 0;
	}
	while (length > 0 && base[length - 1] == '/')
		length--;
	cloud->endpoint = mem_printf(cloud, "%.*s/", (int)length, base);
	if (strchr(base, '?') != NULL)
		return err_set(err, ERR_USAGE, "endpoint: a base of URLs has no query");
	if (url_check(cloud->endpoint, wanted != NULL ? "endpoint" : name, err) == 0)
		return 0;
	err->code = ERR_USAGE;
	return -1;
}

static void choose_projects(struct cloud *cloud, const struct cloud_options *options)
{
	static const char *const names[] = { "GOOGLE_CLOUD_PROJECT", "GCLOUD_PROJECT",
		"CLOUDSDK_CORE_PROJECT", NULL };
	static const char *const quota_names[] = { "GOOGLE_CLOUD_QUOTA_PROJECT", NULL };

	cloud->project =
		mem_strdup(cloud, options->project != NULL ? options->project : first_of(names));
	cloud->quota_project = mem_strdup(cloud,
		options->quota_project != NULL ? options->quota_project : first_of(quota_names));
}

int cloud_new(
	TALLOC_CTX *mem, const struct cloud_options *options, struct cloud **out, struct err *err)
{
	struct cloud *cloud = mem_new(mem, struct cloud);

	cloud->own_clock = options->clock != NULL ? *options->clock : system_clock;
	cloud->session = (struct session){
		.http = http_new(cloud), .clock = &cloud->own_clock, .seed = options->seed
	};
	cloud->timeout = options->timeout;
	if (options->seed == 0)
		cloud->session.seed = (uint64_t)cloud->own_clock.now(cloud->own_clock.context);
	choose_projects(cloud, options);
	if (choose_universe(cloud, err) < 0 || choose_endpoint(cloud, options->endpoint, err) < 0 ||
		credentials_find(cloud, &cloud->credentials, err) < 0 ||
		check_universe(cloud, err) < 0) {
		talloc_free(cloud);
		return -1;
	}
	*out = cloud;
	return 0;
}

void cloud_identify(const struct cloud *cloud, struct cloud_identity *out)
{
	const struct credentials *credentials = cloud->credentials;

	*out = (struct cloud_identity){
		.kind = credentials->kind,
		.origin = credentials->origin,
		.account = credentials->account,
		.project = cloud->project != NULL ? cloud->project : credentials->project,
		.quota_project = cloud->quota_project != NULL ? cloud->quota_project
							      : credentials->quota_project,
		.universe = cloud->universe,
		.endpoint = cloud->endpoint,
		.shares_quota = credentials->shares_quota,
		.expiry = cloud->token.text != NULL ? cloud->token.expiry : TIME_NONE,
	};
}

const struct cloud_clock *cloud_clock(const struct cloud *cloud)
{
	return &cloud->own_clock;
}

int cloud_authorise(struct cloud *cloud, struct err *err)
{
	int64_t now = cloud->own_clock.now(cloud->own_clock.context);
	struct token token;

	if (cloud->token.text != NULL &&
		(cloud->token.expiry == TIME_NONE || now < cloud->token.expiry - REFRESH_BEFORE))
		return 0;
	if (cloud->credentials->fetch(
		    cloud->credentials, &cloud->session, SCOPE_LOGGING, cloud, &token, err) < 0)
		return err_wrap(err, "%s", cloud->credentials->kind);
	if (check_universe(cloud, err) < 0) { /* a metadata server has told it only now */
		talloc_free((char *)token.text);
		return -1;
	}
	talloc_free((char *)cloud->token.text);
	cloud->token = token;
	return 0;
}
