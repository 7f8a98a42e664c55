/* fivewhys completion: what may follow on a command line, from the tables that make the help, too. */
#include <string.h>

#include "cmd/output.h"
#include "cmd/request.h"

#define SCRIPT_MAX ((size_t)1 << 20)

static const struct option_spec *const completion_tables[] = { cmd_common_options, NULL };

static const struct {
	const char *shell, *file;
} scripts[] = {
	{ "bash", "completion/fivewhys.bash" },
	{ "zsh", "completion/_fivewhys" },
	{ "fish", "completion/fivewhys.fish" },
};

/* A line that is to be completed. */
struct line {
	TALLOC_CTX *mem;
	const struct command *command;
	char **words; /* behind the command; the last one is completed */
	size_t count;
	const char *current; /* what the last word begins with */
};

static bool begins(const char *text, const char *prefix)
{
	return strncmp(text, prefix, strlen(prefix)) == 0;
}

/* One that fits, with what it is, for shells that show it; BEFORE is a part of the word already. */
static void offer(const struct line *line, const char *before, const char *word, const char *what)
{
	const char *whole = mem_printf(line->mem, "%s%s", before, word);

	if (!begins(whole, line->current))
		return;
	fputs(whole, stdout);
	if (what != NULL)
		printf("\t%s", what);
	putchar('\n');
}

/* A shell completes names of files better than we do. */
static void offer_files(void)
{
	puts(":files");
}

/* Arguments of which HELP tells all values: "text (default), md, json". */
static bool is_closed(const char *argument)
{
	static const char *const names[] = { "FORMAT", "LIST", "STATE", "WHEN" };

	for (size_t i = 0; i < sizeof(names) / sizeof(names[0]); i++)
		if (strcmp(names[i], argument) == 0)
			return true;
	return false;
}

/* The values in the list of HELP, which begins it or stands behind ": ". */
static void offer_values(const struct line *line, const char *before, const char *help)
{
	const char *colon = strstr(help, ": ");
	char *values = mem_strdup(line->mem, colon != NULL ? colon + 2 : help), *rest, *value;

	for (value = strtok_r(values, ",", &rest); value != NULL;
		value = strtok_r(NULL, ",", &rest)) {
		char *remark = strstr(value, " (");

		if (remark != NULL)
			*remark = '\0';
		value += strspn(value, " \"");
		value[strcspn(value, "\"")] = '\0';
		offer(line, before, value, NULL);
	}
}

/* Values of SPEC; BEFORE is what stands before them in the same word. */
static void complete_value(
	const struct line *line, const char *before, const struct option_spec *spec)
{
	const char *comma = strrchr(line->current, ',');

	if (strstr(spec->argument, "FILE") != NULL || strcmp(spec->argument, "PATH") == 0)
		offer_files();
	if (!is_closed(spec->argument))
		return;
	if (strcmp(spec->argument, "LIST") == 0 && comma != NULL)
		before = mem_strndup(line->mem, line->current, (size_t)(comma + 1 - line->current));
	offer_values(line, before, spec->help);
}

/* The option of COMMAND that WORD is, "--name" or "-n", without a value; NULL: none. */
static const struct option_spec *option_of(const struct command *command, const char *word)
{
	const struct option_spec *const *table = command->tables;

	for (; word[0] == '-' && *table != NULL; table++)
		for (const struct option_spec *spec = *table; spec->name != NULL; spec++)
			if ((word[1] == '-' && strcmp(word + 2, spec->name) == 0) ||
				(spec->letter != 0 && word[1] == spec->letter && word[2] == '\0'))
				return spec;
	return NULL;
}

static void complete_option(const struct line *line)
{
	for (const struct option_spec *const *table = line->command->tables; *table != NULL;
		table++)
		for (const struct option_spec *spec = *table; spec->name != NULL; spec++)
			if (spec->help != NULL)
				offer(line, "--", spec->name, spec->help);
}

/* "check|test|list [OPTION]...": the first argument is one of these. */
static void complete_subcommand(const struct line *line)
{
	const char *usage = line->command->usage;
	char *words = mem_strndup(line->mem, usage, strcspn(usage, " ")), *rest, *word;

	for (word = strtok_r(words, "|", &rest); word != NULL; word = strtok_r(NULL, "|", &rest))
		offer(line, "", word, NULL);
}

static void complete_argument(const struct line *line)
{
	static const char *const files[] = { "FILE", "PATH", "DIR", "COMMAND" };
	const char *usage = line->command->usage;
	bool has_subcommands = memchr(usage, '|', strcspn(usage, " ")) != NULL;

	if (has_subcommands && line->count == 1) {
		complete_subcommand(line);
		return;
	}
	for (size_t i = 0; i < sizeof(files) / sizeof(files[0]); i++)
		if (strstr(usage, files[i]) != NULL) {
			offer_files();
			return;
		}
}

static bool is_behind_options(const struct line *line)
{
	for (size_t i = 0; i + 1 < line->count; i++)
		if (strcmp(line->words[i], "--") == 0)
			return true;
	return false;
}

/* Bash hands over "--format=md" as three words: "=" is one of its own there. */
static const struct option_spec *option_before(struct line *line)
{
	size_t last = line->count - 1;

	if (strcmp(line->current, "=") == 0)
		line->current = "";
	else if (last > 0 && strcmp(line->words[last - 1], "=") == 0)
		last--;
	return last > 0 ? option_of(line->command, line->words[last - 1]) : NULL;
}

static void complete_word(struct line *line)
{
	const struct option_spec *spec = option_before(line);
	size_t name = strcspn(line->current, "=");

	if (is_behind_options(line)) {
		complete_argument(line);
	} else if (spec != NULL && spec->argument != NULL) {
		complete_value(line, "", spec);
	} else if (line->current[0] == '-' && line->current[name] == '=') {
		spec = option_of(line->command, mem_strndup(line->mem, line->current, name));
		if (spec != NULL && spec->argument != NULL)
			complete_value(line, mem_strndup(line->mem, line->current, name + 1), spec);
	} else if (line->current[0] == '-') {
		complete_option(line);
	} else {
		complete_argument(line);
	}
}

static void complete_command(const struct line *line)
{
	for (size_t i = 0; cmd_command(i) != NULL; i++)
		offer(line, "", cmd_command(i)->name, cmd_command(i)->summary);
	offer(line, "", "--help", NULL);
	offer(line, "", "--version", NULL);
}

/* WORDS are those behind "fivewhys"; the last is the one where the cursor stands. */
static int complete(TALLOC_CTX *mem, size_t count, char **words)
{
	struct line line = { .mem = mem, .words = words + 1, .count = count - 1 };

	if (count == 0)
		return STATUS_ANALYSED;
	line.current = words[count - 1];
	if (count == 1) {
		complete_command(&line);
		return STATUS_ANALYSED;
	}
	for (size_t i = 0; cmd_command(i) != NULL; i++)
		if (strcmp(cmd_command(i)->name, words[0]) == 0)
			line.command = cmd_command(i);
	if (line.command != NULL)
		complete_word(&line);
	return STATUS_ANALYSED;
}

static int print_script(TALLOC_CTX *mem, const char *shell, struct err *err)
{
	size_t length;
	char *text;

	for (size_t i = 0; shell != NULL && i < sizeof(scripts) / sizeof(scripts[0]); i++)
		if (strcmp(scripts[i].shell, shell) == 0) {
			if (path_read(mem, path_data(mem, scripts[i].file), SCRIPT_MAX, &text,
				    &length, err) < 0)
				return -1;
			return output_write("-", text, length, err) < 0 ? -1 : STATUS_ANALYSED;
		}
	return err_set(err, ERR_USAGE, "completion is for bash, zsh and fish");
}

static int run_completion(int argc, char **argv, struct err *err)
{
	struct request *request = mem_new(NULL, struct request);
	int status = -1;

	*request = (struct request){ .command = &completion_command, .tables = completion_tables };
	if (argc > 2 && strcmp(argv[1], "words") == 0 && strcmp(argv[2], "--") == 0)
		status = complete(request, (size_t)argc - 3, argv + 3);
	else if (request_parse(request, argc, argv, NULL, NULL, err) == 0)
		status = request->done ? STATUS_ANALYSED
				       : print_script(request, request->arguments[0], err);
	talloc_free(request);
	return status;
}

const struct command completion_command = {
	.name = "completion",
	.usage = "bash|zsh|fish",
	.summary = "Print what makes a shell complete the commands and options",
	.help = "  eval \"$(fivewhys completion bash)\"\n"
		"  fivewhys completion fish > ~/.config/fish/completions/fivewhys.fish\n\n"
		"Where fivewhys is installed in the usual folders, shells find it by themselves.\n",
	.tables = completion_tables,
	.run = run_completion,
};
