/* Shapes of sources, and places in them. */
#include "secrets/plant.h"

#include <string.h>
#include <sys/stat.h>

/* Where a text stands in a message; "\1" is the text. Those of JSON are escaped when written. */
static const char *const places[] = { "\1", "refused: \1", "\1 was refused", "(\1)",
	"value \"\1\" refused", "value '\1' refused", "[\1]", "a\n\1\nb", "at=12 \1 end",
	"\t\1\t" };
/* Only for what is known by itself. */
static const char *const alone[] = { "url=https://api.example.com/v1?access=\1&x=1", "x=\1,y=2",
	"{\"k\":\"\1\"}", "{\\\"k\\\":\\\"\1\\\"}", "q%3D\1%26r", "\\n\1\\n", "{'k': '\1'}",
	"<a>\1</a>", "k:\1;", "`\1`", "k=\1." };

struct plan {
	TALLOC_CTX *mem;
	uint64_t state;
	FILE *forbidden;
	unsigned turn;
};

static char *place_in(TALLOC_CTX *mem, const char *place, const char *text)
{
	const char *mark = strchr(place, '\1');

	return mem_printf(mem, "%.*s%s%s", (int)(mark - place), place, text, mark + 1);
}

static void forbid(FILE *out, const char *part)
{
	size_t length = strlen(part);

	if (length < 8)
		return;
	/* a piece at either end is a leak, too */
	fprintf(out, "%.8s\n%s\n", part, part + length - 8);
	if (length >= 24)
		fprintf(out, "%.8s\n", part + length / 2 - 4);
}

/* The next text with a secret of KIND in it. */
static char *message(struct plan *plan, const struct plant_kind *kind)
{
	const size_t any = sizeof(places) / sizeof(places[0]),
		     more = sizeof(alone) / sizeof(alone[0]);
	size_t choice = plan->turn++ % (kind->alone ? any + more : any);
	struct planted planted;

	plant_make(plan->mem, kind, &plan->state, &planted);
	for (size_t i = 0; i < planted.part_count; i++)
		forbid(plan->forbidden, planted.parts[i]);
	/* what ends at a quote cannot stand in one */
	if (!kind->alone && strpbrk(places[choice], "\"'") != NULL)
		choice = 1;
	return place_in(
		plan->mem, choice < any ? places[choice] : alone[choice - any], planted.text);
}

static void put_json(FILE *out, const char *text)
{
	fputc('"', out);
	for (; *text != '\0'; text++)
		if (*text == '"' || *text == '\\')
			fprintf(out, "\\%c", *text);
		else if (*text == '\n' || *text == '\t')
			fprintf(out, "\\%c", *text == '\n' ? 'n' : 't');
		else
			fputc(*text, out);
	fputc('"', out);
}

static void put_xml(FILE *out, const char *text)
{
	static const char special[] = "<>&\"'";
	static const char *const entities[] = { "&lt;", "&gt;", "&amp;", "&quot;", "&#39;" };

	for (; *text != '\0'; text++) {
		const char *found = strchr(special, *text);

		if (found != NULL)
			fputs(entities[found - special], out);
		else
			fputc(*text, out);
	}
}

static void put_line(FILE *out, const char *text)
{
	for (; *text != '\0'; text++)
		fputc(*text == '\n' || *text == '\t' ? ' ' : *text, out);
}

static FILE *begin(const char *name)
{
	FILE *out = fopen(name, "w");

	if (out == NULL) {
		perror(name);
		exit(1);
	}
	return out;
}

/* One entry of Cloud Logging; what holds the secret is the field that FORM names. */
static void put_entry(FILE *out, unsigned n, int form, const char *text)
{
	static const char *const forms[] = { "\"textPayload\":\1",
		"\"jsonPayload\":{\"message\":\1}",
		"\"jsonPayload\":{\"event\":\"login\",\"context\":{\"request\":{\"body\":\1}}}",
		"\"jsonPayload\":{\"message\":\"failed\",\"stack_trace\":\1}",
		"\"jsonPayload\":{\"request\":{\"headers\":[{\"name\":\"x\",\"value\":\1}]}}",
		"\"textPayload\":\"x\",\"labels\":{\"instanceId\":\1}",
		"\"textPayload\":\"x\",\"labels\":{\"note\":\1}",
		"\"textPayload\":\"x\",\"trace\":\1", "\"textPayload\":\"x\",\"spanId\":\1",
		"\"protoPayload\":{\"methodName\":\"m\",\"status\":{\"code\":7,\"message\":\1}}",
		"\"httpRequest\":{\"requestMethod\":\"GET\",\"status\":500,\"requestUrl\":\1}",
		"\"jsonPayload\":{\"message\":\"x\",\"error\":\1}",
		"\"jsonPayload\":{\"message\":{\"text\":\1}}",
		"\"textPayload\":\"x\",\"resource\":{\"type\":\"t\",\"labels\":{\"service_name\":"
		"\1}}",
		"\"textPayload\":\"x\",\"resource\":{\"type\":\"t\",\"labels\":{\"pod_name\":\1}}",
		"\"jsonPayload\":{\"message\":\"x\",\"thread\":\1}" };
	const char *chosen = forms[form % (int)(sizeof(forms) / sizeof(forms[0]))];
	const char *mark = strchr(chosen, '\1');

	fprintf(out,
		"{\"insertId\":\"i%u\",\"timestamp\":\"2026-01-31T08:%02u:%02u.%03uZ\","
		"\"severity\":\"ERROR\",\"logName\":\"projects/p/logs/stderr\",%.*s",
		n, n / 60 % 60, n % 60, n % 1000, (int)(mark - chosen), chosen);
	put_json(out, text);
	fprintf(out, "%s}", mark + 1);
}

static void write_json(struct plan *plan, const char *name, bool array)
{
	FILE *out = begin(name);
	unsigned n = 0;

	fputs(array ? "[\n" : "", out);
	for (int form = 0; form < 16; form++)
		for (const struct plant_kind *kind = plant_kinds; kind->name != NULL; kind++) {
			fputs(n > 0 && array ? ",\n" : "", out);
			put_entry(out, ++n, form, message(plan, kind));
			fputs(array ? "" : "\n", out);
		}
	fputs(array ? "\n]\n" : "", out);
	fclose(out);
}

/* Each kind in eight lines, each behind BEFORE, in which "\1" is minutes and seconds. */
static void write_lines(struct plan *plan, const char *name, const char *before, bool fold)
{
	FILE *out = begin(name);
	unsigned n = 0;

	for (int round = 0; round < 8; round++)
		for (const struct plant_kind *kind = plant_kinds; kind->name != NULL; kind++, n++) {
			char *text = message(plan, kind);

			fputs(place_in(plan->mem, before,
				      mem_printf(plan->mem, "%02u:%02u", n / 60 % 60, n % 60)),
				out);
			if (fold)
				fprintf(out, "failed\n    ");
			put_line(out, text);
			fputc('\n', out);
		}
	fclose(out);
}

static void write_junit(struct plan *plan)
{
	FILE *out = begin("results.xml");

	fputs("<?xml version=\"1.0\"?>\n<testsuite name=\"s\" tests=\"9\">\n", out);
	for (const struct plant_kind *kind = plant_kinds; kind->name != NULL; kind++) {
		fprintf(out, "<testcase classname=\"tests.test_%s\" name=\"test_it[", kind->name);
		put_xml(out, message(plan, kind));
		fputs("]\"><failure message=\"", out);
		put_xml(out, message(plan, kind));
		fputs("\">E   RuntimeError: ", out);
		put_xml(out, message(plan, kind));
		fputs("</failure><system-out>", out);
		put_xml(out, message(plan, kind));
		fputs("</system-out></testcase>\n", out);
	}
	fputs("</testsuite>\n", out);
	fclose(out);
}

static void write_trx(struct plan *plan)
{
	FILE *out = begin("results.trx");

	fputs("<?xml version=\"1.0\"?>\n<TestRun xmlns=\"http://microsoft.com/schemas/VisualStudio/"
	      "TeamTest/2010\"><Results>\n",
		out);
	for (const struct plant_kind *kind = plant_kinds; kind->name != NULL; kind++) {
		fputs("<UnitTestResult testName=\"", out);
		put_xml(out, message(plan, kind));
		fputs("\" outcome=\"Failed\"><Output><StdOut>", out);
		put_xml(out, message(plan, kind));
		fputs("</StdOut><ErrorInfo><Message>", out);
		put_xml(out, message(plan, kind));
		fputs("</Message></ErrorInfo></Output></UnitTestResult>\n", out);
	}
	fputs("</Results></TestRun>\n", out);
	fclose(out);
}

static void write_pytest(struct plan *plan)
{
	FILE *out = begin("pytest.txt");

	fputs("============ test session starts ============\n\n=== FAILURES ===\n", out);
	for (const struct plant_kind *kind = plant_kinds; kind->name != NULL; kind++) {
		fprintf(out, "____ test_%s ____\n\n    def test_it():\n>       call(", kind->name);
		put_line(out, message(plan, kind));
		fputs(")\nE       RuntimeError: ", out);
		put_line(out, message(plan, kind));
		fputs("\n\ntests/test_x.py:3: RuntimeError\n---- Captured log call ----\nERROR    "
		      "app:x.py:1 ",
			out);
		put_line(out, message(plan, kind));
		fputc('\n', out);
	}
	fputs("=== short test summary info ===\n", out);
	for (const struct plant_kind *kind = plant_kinds; kind->name != NULL; kind++) {
		fprintf(out, "FAILED tests/test_x.py::test_%s - RuntimeError: ", kind->name);
		put_line(out, message(plan, kind));
		fprintf(out, "\nFAILED tests/test_y.py::test_it[");
		put_line(out, message(plan, kind));
		fputs("] - ValueError: no\n", out);
	}
	fputs("=== 9 failed in 1.00s ===\n", out);
	fclose(out);
}

static void write_table(struct plan *plan)
{
	FILE *out = begin("table.txt");
	unsigned n = 0;

	fputs("TIMESTAMP                 SEVERITY  TEXT_PAYLOAD\n", out);
	for (const struct plant_kind *kind = plant_kinds; kind->name != NULL; kind++, n++) {
		fprintf(out, "2026-01-31T09:%02u:%02u.000Z  ERROR     ", n / 60 % 60, n % 60);
		put_line(out, message(plan, kind));
		fputc('\n', out);
	}
	fclose(out);
}

/* A key as PEM: whole, escaped, as lines of a log, as entries of their own. */
static void write_keys(struct plan *plan)
{
	static const struct plant_kind line = { "line", "%S64", true },
				       last = { "last", "%S22==", true };
	static const char *const words[] = { "PRIVATE KEY", "RSA PRIVATE KEY", "EC PRIVATE KEY",
		"OPENSSH PRIVATE KEY", "PGP PRIVATE KEY BLOCK" };
	FILE *plain = begin("keys.log"), *json = begin("keys.json");
	unsigned n = 0;

	for (int shape = 0; shape < 15; shape++) {
		const char *word = words[shape % 5];
		char *key = mem_printf(plan->mem, "-----BEGIN %s-----\n", word);
		char *rest;

		for (int i = 0; i < 7; i++) {
			struct planted planted;

			plant_make(plan->mem, i < 6 ? &line : &last, &plan->state, &planted);
			forbid(plan->forbidden, planted.parts[0]);
			key = mem_printf(plan->mem, "%s%s\n", key, planted.text);
		}
		key = mem_printf(plan->mem, "%s-----END %s-----\n", key, word);
		put_entry(json, 10000 + n++, shape, key);
		fputc('\n', json);
		for (rest = key; *rest != '\0'; rest += strcspn(rest, "\n") + 1) {
			char *part = mem_strndup(plan->mem, rest, strcspn(rest, "\n"));

			if (shape >= 5) {
				put_entry(json, 10000 + n++, shape >= 10, part);
				fputc('\n', json);
			}
			fprintf(plain, "%s%s\n",
				shape < 5    ? ""
				: shape < 10 ? "2026-01-31T10:00:00Z INFO "
					     : "2026-01-31T10:00:00Z app-1 | ",
				part);
		}
	}
	fclose(plain);
	fclose(json);
}

/* Beside a cut of the program: a text of 1 MiB, a value of 512 bytes, what is looked at first. */
static void write_long(struct plan *plan)
{
	static const struct plant_kind token = { "t",
		"gh"
		"p_%A36",
		true },
				       value = { "v", "api_key=%A200%A200%A200", false };
	FILE *out = begin("long.log");

	for (int shift = 0; shift < 48; shift += 3) {
		struct planted planted;
		size_t filler = (1U << 20) - 40 - (size_t)shift;

		plant_make(plan->mem, &token, &plan->state, &planted);
		forbid(plan->forbidden, planted.parts[0]);
		fprintf(out, "2026-01-31T11:00:%02dZ ERROR ", shift);
		for (size_t i = 0; i < filler; i++)
			fputc(i % 64 == 63 ? ' ' : 'x', out);
		fprintf(out, " %s\n", planted.text);
		plant_make(plan->mem, &value, &plan->state, &planted);
		for (size_t i = 0; i < planted.part_count; i++)
			forbid(plan->forbidden, planted.parts[i]);
		fprintf(out, "2026-01-31T11:00:%02dZ ERROR %*s%s\n", shift, 480 + shift, "",
			planted.text);
	}
	fclose(out);
}

/* Files whose names hold secrets, and "label", which is for the run's. */
static void write_names(struct plan *plan)
{
	FILE *label = begin("../label");

	mkdir("named", 0700);
	for (const struct plant_kind *kind = plant_kinds; kind->name != NULL; kind++) {
		struct planted planted;
		FILE *out;

		plant_make(plan->mem, kind, &plan->state, &planted);
		for (size_t i = 0; i < planted.part_count; i++)
			forbid(plan->forbidden, planted.parts[i]);
		fprintf(label, "%s\n", planted.text);
		if (!kind->alone || strchr(planted.text, '/') != NULL || strlen(planted.text) > 200)
			continue;
		out = begin(mem_printf(plan->mem, "named/log-%s.log", planted.text));
		fprintf(out, "2026-01-31T12:00:00Z ERROR %s of this file\n", kind->name);
		fclose(out);
	}
	fclose(label);
}

void plant_sources(uint64_t seed)
{
	struct plan plan = { .mem = talloc_new(NULL), .state = seed };

	plan.forbidden = begin("../forbidden");
	write_json(&plan, "array.json", true);
	write_json(&plan, "lines.ndjson", false);
	write_lines(&plan, "plain.log", "2026-01-31T08:\1Z ERROR ", false);
	write_lines(&plan, "folded.log", "2026-01-31 09:\1,000 ERROR ", true);
	write_lines(&plan, "runner.log", "2026-01-31T10:\1.0000000Z ##[error]", false);
	write_lines(&plan, "compose.log", "app-1  | 2026-01-31T11:\1Z level=error msg=", false);
	write_junit(&plan);
	write_trx(&plan);
	write_pytest(&plan);
	write_table(&plan);
	write_keys(&plan);
	write_long(&plan);
	write_names(&plan);
	fclose(plan.forbidden);
	talloc_free(plan.mem);
}
