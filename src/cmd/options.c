/* Options by getopt_long, from tables that also make the help. */
#include "cmd/options.h"

#include <getopt.h>
#include <string.h>

#define FIRST_LONG 256 /* values of long options follow those of all letters */

struct parser {
	struct option *longs;
	const struct option_spec **specs; /* in the order of LONGS */
	size_t count;
	char *letters;
};

static void add(struct parser *parser, const struct option_spec *spec)
{
	struct option *option;

	parser->longs = mem_grow(parser, parser->longs, parser->count + 1, sizeof(*option));
	parser->specs = mem_grow(parser, parser->specs, parser->count, sizeof(*parser->specs));
	option = &parser->longs[parser->count];
	*option = (struct option){ spec->name,
		spec->argument != NULL ? required_argument : no_argument, NULL,
		FIRST_LONG + (int)parser->count };
	option[1] = (struct option){ 0 };
	parser->specs[parser->count++] = spec;
	if (spec->letter != 0)
		parser->letters = mem_check(talloc_asprintf_append(
			parser->letters, "%c%s", spec->letter, spec->argument != NULL ? ":" : ""));
}

struct options *options_new(
	TALLOC_CTX *mem, const struct option_spec *const *tables, int argc, char **argv)
{
	struct options *options = mem_new(mem, struct options);
	struct parser *parser = mem_new(options, struct parser);

	*options = (struct options){ tables, argc, argv, parser };
	parser->letters = mem_strdup(parser, ":");
	for (; *tables != NULL; tables++)
		for (const struct option_spec *spec = *tables; spec->name != NULL; spec++)
			add(parser, spec);
	optind = 0; /* glibc and musl: begin anew, also for another argv */
	opterr = 0;
	return options;
}

static const struct option_spec *found(const struct parser *parser, int value)
{
	if (value >= FIRST_LONG)
		return parser->specs[value - FIRST_LONG];
	for (size_t i = 0; i < parser->count; i++)
		if (parser->specs[i]->letter == value)
			return parser->specs[i];
	return NULL;
}

static int unknown(const struct options *options, const struct parser *parser, struct err *err)
{
	const char *given = options->argv[optind > 0 ? optind - 1 : 0];
	const char **names = mem_array(NULL, const char *, parser->count + 1);
	const char *meant = NULL;

	for (size_t i = 0; i < parser->count; i++)
		names[i] = parser->specs[i]->name;
	if (strncmp(given, "--", 2) == 0)
		meant = options_meant(given + 2, names);
	talloc_free(names);
	if (meant != NULL)
		return err_set(
			err, ERR_USAGE, "unknown option %s (did you mean --%s?)", given, meant);
	if (optopt != 0 && optopt < FIRST_LONG && strncmp(given, "--", 2) != 0)
		return err_set(err, ERR_USAGE, "unknown option -%c", optopt);
	return err_set(err, ERR_USAGE, "unknown option %s", given);
}

int options_next(struct options *options, const struct option_spec **spec, const char **value,
	struct err *err)
{
	const struct parser *parser = options->parser;
	int got = getopt_long(options->argc, options->argv, parser->letters, parser->longs, NULL);

	if (got == -1)
		return 0;
	if (got == ':')
		return err_set(
			err, ERR_USAGE, "option %s wants a value", options->argv[optind - 1]);
	*spec = got == '?' ? NULL : found(parser, got);
	if (*spec == NULL)
		return unknown(options, parser, err);
	*value = optarg;
	return 1;
}

char **options_arguments(const struct options *options)
{
	return options->argv + (optind > 0 ? optind : 1);
}

void options_help(const struct option_spec *const *tables, FILE *out)
{
	for (; *tables != NULL; tables++)
		for (const struct option_spec *spec = *tables; spec->name != NULL; spec++) {
			char left[64];

			if (spec->help == NULL)
				continue;
			snprintf(left, sizeof(left), "%c%c%s --%s%s%s", spec->letter ? '-' : ' ',
				spec->letter ? spec->letter : ' ', spec->letter ? "," : " ",
				spec->name, spec->argument ? "=" : "",
				spec->argument ? spec->argument : "");
			fprintf(out, "  %-26s %s\n", left, spec->help);
		}
}

static const char *next_word(void *context)
{
	const char *const **words = context;

	return **words == NULL ? NULL : *(*words)++;
}

const char *options_meant(const char *word, const char *const *words)
{
	return word_nearest(word, next_word, &words);
}
