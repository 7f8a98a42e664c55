/* Rules by the thousand, and the same signatures as a list of patterns. */
#include <inttypes.h>
#include <stdio.h>

#include "corpus.h"

#define MATCHING_EVERY 50
#define MATCHING_BELOW 300 /* six at most, so that more rules are not more findings */
#define SHARDS 1000 /* that the log names */

static const char *const things[] = { "kafka", "zookeeper", "rabbitmq", "etcd", "kubelet", "nginx",
	"haproxy", "memcached", "cassandra", "elastic", "consul", "vault", "prometheus", "envoy",
	"coredns", "cilium", "flannel", "ceph", "minio", "spark", "hadoop", "clickhouse", "mariadb",
	"mongod", "influxd", "grafana", "loki", "tempo", "argocd", "istiod", "traefik", "squid",
	"postfix", "dovecot", "slapd", "named", "chronyd", "auditd", "dockerd", "systemd" };
static const char *const troubles[] = { "leader election lost", "segment checksum mismatch",
	"quorum not reached", "lease expired early", "certificate chain broken",
	"snapshot restore aborted", "replica fell behind", "write ahead log corrupt",
	"volume attach refused", "image pull backoff", "eviction threshold crossed",
	"handshake downgraded", "watch channel overflowed", "clock skew detected",
	"inode table exhausted", "raft term regressed", "tombstone limit exceeded",
	"shard relocation stuck", "admission webhook denied", "route table flapping",
	"heartbeat skipped twice", "bloom filter rebuilt", "page cache thrashing",
	"descriptor limit raised", "journal replay halted", "token bucket drained",
	"mount point vanished", "gossip ring partitioned", "compaction queue stalled",
	"schema agreement missing", "ballot number stale", "consumer group rebalancing",
	"hinted handoff dropped", "index merge throttled", "keyspace drop pending",
	"ledger fenced off", "mirror out of sync", "numa node offline", "oplog window short",
	"zone transfer rejected" };
static const char *const places[] = { "at boot", "on failover", "in recovery", "while draining",
	"under load", "after upgrade", "before commit", "during resize" };
#define THINGS (sizeof(things) / sizeof(things[0]))
#define TROUBLES (sizeof(troubles) / sizeof(troubles[0]))
#define FOREIGN (THINGS * TROUBLES * sizeof(places) / sizeof(places[0]))
#define SCATTER 7919 /* a prime that does not divide FOREIGN: each combination comes once */

/* Words as the log has them, and ends that never follow. */
static const char *const heard[] = { "Cache of orders refreshed", "Connection pool of catalog",
	"Session of basket resumed", "Published to topic session.events",
	"Stage checkout of the agent run", "Validated the configuration section",
	"Feature flags of profile loaded", "connections lent out on", "completed after",
	"keys in use", "events at offset", "resumed after", "the configuration section search",
	"settings, profile", "flags of billing loaded, revision", "of the agent run completed" };
static const char *const unheard[] = { "lost \\d+ rows", "refused the lease", "is read-only",
	"ran out of (?:space|handles)", "was fenced" };
static const char *const unheard_examples[] = { "lost 7 rows", "refused the lease", "is read-only",
	"ran out of space", "was fenced" };
#define HEARD (sizeof(heard) / sizeof(heard[0]))
#define UNHEARD (sizeof(unheard) / sizeof(unheard[0]))

struct signature {
	struct text pattern; /* the same for PCRE2 and ripgrep; it matches itself if LITERAL */
	struct text example; /* matches */
	bool literal;
};

static void make_matching(struct signature *signature, uint64_t number)
{
	signature->literal = true;
	text_add(&signature->pattern, "connections lent out on shard-%03u",
		(unsigned)(number * 37 % SHARDS));
}

static void make_foreign(struct signature *signature, uint64_t number)
{
	uint64_t which = number * SCATTER % FOREIGN;
	const char *thing = things[which % THINGS], *trouble = troubles[which / THINGS % TROUBLES];
	const char *place = places[which / THINGS / TROUBLES];
	struct text *pattern = &signature->pattern, *example = &signature->example;

	if (number % 3 == 0) {
		signature->literal = true;
		text_add(pattern, "%s: %s %s", thing, trouble, place);
	} else if (number % 3 == 1) {
		text_add(pattern, "%s\\[\\d+\\]: .*%s %s", thing, trouble, place);
		text_add(example, "%s[17]: worker 3: %s %s", thing, trouble, place);
	} else {
		text_add(pattern, "(?:ERROR|FATAL) +%s.{0,40}%s %s", thing, trouble, place);
		text_add(example, "FATAL %s: %s %s", thing, trouble, place);
	}
}

static void make_near(struct signature *signature, uint64_t number)
{
	uint64_t half = number / 2;
	size_t end = half / SHARDS % UNHEARD;
	unsigned shard = (unsigned)(half % SHARDS);

	if (number % 2 == 0) {
		text_add(&signature->pattern, "on shard-%03u.*%s", shard, unheard[end]);
		text_add(&signature->example, "on shard-%03u: %s", shard, unheard_examples[end]);
	} else {
		signature->literal = true;
		text_add(&signature->pattern, "%s %s #%" PRIu64, heard[half % HEARD],
			heard[half / HEARD % HEARD], half / HEARD / HEARD);
	}
}

static void make(struct signature *signature, char family, uint64_t number)
{
	signature->pattern.length = signature->example.length = 0;
	signature->literal = false;
	if (number % MATCHING_EVERY == 9 && number < MATCHING_BELOW)
		make_matching(signature, number);
	else if (family == 'n')
		make_near(signature, number);
	else
		make_foreign(signature, number);
	if (signature->literal)
		text_add(&signature->example, "%s", signature->pattern.bytes);
}

void corpus_patterns(char family, uint64_t count)
{
	struct signature signature;

	for (uint64_t i = 0; i < count; i++) {
		make(&signature, family, i);
		puts(signature.pattern.bytes);
	}
}

static void write_rule(char family, uint64_t number, const struct signature *signature)
{
	printf("  - id: bench.%c%05" PRIu64 "\n"
	       "    title: Signature %" PRIu64 " was seen\n"
	       "    kind: cause\n"
	       "    severity: medium\n"
	       "    when:\n"
	       "      match: {%s: '%s'}\n"
	       "    why: \"The log has signature %" PRIu64 ".\"\n",
		family, number, number, signature->literal ? "literal" : "regex",
		signature->pattern.bytes, number);
	if (number > 0)
		printf("    because:\n"
		       "      - {cause: bench.%c%05" PRIu64 ", within: 5m, same: [service]}\n",
			family, number / 2);
	printf("    fix: \"Look at what signature %" PRIu64 " says.\"\n"
	       "    examples:\n"
	       "      match:\n"
	       "        - log: \"2030-01-05T12:00:00Z ERROR app: %s\"\n"
	       "      clean:\n"
	       "        - log: \"2030-01-05T12:00:00Z INFO app: all is well\"\n",
		number, signature->example.bytes);
}

void corpus_rules(char family, uint64_t count)
{
	struct signature signature;

	puts("version: 1\ncauses:");
	for (uint64_t i = 0; i < count; i++) {
		make(&signature, family, i);
		write_rule(family, i, &signature);
	}
}
