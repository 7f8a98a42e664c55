/*
 * From an error to the line of the file that it is about.
 *
 * Tools name it as PATH:LINE, PATH:LINE:COLUMN, PATH:[LINE,COLUMN], PATH(LINE,COLUMN), "PATH", line
 * LINE, PATH: line LINE and PATH on line LINE. Hosts with ports look like the first of them, so the
 * ending of the name must be one of a file that people write.
 */
#include "render/alert_place.h"

#include <string.h>

#include "render/alert_path.h"

#define LINES 200 /* of one text */
#define LOOKED_AT 600 /* bytes of a line: what a tool tells is told early */
#define LINE_MAX 9999999
#define WORDS 3 /* before a place that has no column */

/* One line of a text. */
struct row {
	const char *text;
	size_t length;
};

static const char endings[] = " adb ads asm astro bas bash bat bazel bib bzl c cabal cc cfg cjs cl "
			      "clj cljs cls cmake cmd conf"
			      " cpp cr cs csproj css csv cts cu cuh cxx d dart edn el elm env erl "
			      "ex exs f f90 fs fsproj fsx go"
			      " gql gradle groovy h haml hbs hcl hh hpp hrl hs htm html hxx in inc "
			      "ini ipp j2 java jl js json"
			      " json5 jsonc jsp jsx kt kts less lhs lock lua m m4 mak md mdx mjs "
			      "mk ml mli mm mod mts nim nix"
			      " nsi pas php phtml pl pm po pp props proto ps1 psm1 pug pxd py pyi "
			      "pyx qml r rake rb rego rs rst"
			      " s sass sc scala scss sh sol spec sql sum sv svelte swift t targets "
			      "tcl tex tf tfvars toml tpl"
			      " ts tsx twig txt v vala vb vbproj vcxproj vert vhd vim vue wgsl "
			      "xaml xml xsd xsl yaml yml zig"
			      " zsh ";

/* Does PATH end like a file that people write? What has no ending was judged by its name. */
static bool is_written(const char *path)
{
	const char *dot = strrchr(path_base(path), '.');
	char ending[16];

	if (dot == NULL)
		return true;
	if (snprintf(ending, sizeof(ending), " %s ", dot + 1) >= (int)sizeof(ending))
		return false;
	return strstr(endings, ending) != NULL;
}

static bool is_of_path(char c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
	       (c != '\0' && strchr("_./\\@~+-$[]", c) != NULL) || (unsigned char)c >= 0x80;
}

/* The number at *AT, which goes behind it; 0: there is none, or one that no file has. */
static uint64_t number(const struct row *row, size_t *at)
{
	uint64_t found = 0;

	if (*at >= row->length || row->text[*at] < '1' || row->text[*at] > '9')
		return 0;
	for (; *at < row->length && row->text[*at] >= '0' && row->text[*at] <= '9'; (*at)++)
		if (found <= LINE_MAX)
			found = found * 10 + (uint64_t)(row->text[*at] - '0');
	return found <= LINE_MAX ? found : 0;
}

static bool takes(const struct row *row, size_t *at, const char *words)
{
	size_t length = strlen(words);

	if (length > row->length - *at || memcmp(row->text + *at, words, length) != 0)
		return false;
	*at += length;
	return true;
}

/* The line that is told at AT, right behind a path; SURE: in a form that is no port of a host. */
static uint64_t line_behind(const struct row *row, size_t at, bool *sure)
{
	static const struct {
		const char *words;
		bool sure;
	} forms[] = { { ":[", true }, { "(", true }, { "\", line ", true }, { "\", lines ", true },
		{ ": line ", true }, { " on line ", true }, { ":", false } };
	uint64_t line = 0, column;

	for (size_t i = 0; i < sizeof(forms) / sizeof(forms[0]) && line == 0; i++) {
		size_t end = at;

		if (!takes(row, &end, forms[i].words) || (line = number(row, &end)) == 0)
			continue;
		*sure = forms[i].sure;
		at = end;
	}
	if (line == 0 || *sure)
		return line;
	/* a column, or what ends the place */
	column = at++;
	if (column < row->length && row->text[column] == ':' && number(row, &at) > 0)
		*sure = true;
	return column == row->length || strchr(": (),\t", row->text[column]) != NULL ? line : 0;
}

/* Stands only what tools put before a place in front of it: "[ERROR] ", "CMake Error at "? */
static bool is_led_to(const struct row *row, size_t begin)
{
	size_t at = 0, words = 0;

	while (at < begin) {
		size_t end = at;

		while (end < begin && row->text[end] != ' ' && row->text[end] != '\t')
			end++;
		words += end > at;
		if (end > at && end == begin)
			return false; /* "[Makefile:12: all]" */
		at = end + 1;
	}
	if (words == 0)
		return true;
	while (begin > 0 && (row->text[begin - 1] == ' ' || row->text[begin - 1] == '\t'))
		begin--;
	if (words <= WORDS && strchr(":]!>|", row->text[begin - 1]) != NULL)
		return true;
	return begin >= 3 && memcmp(row->text + begin - 3, " at", 3) == 0;
}

/* The place whose path begins at *AT, which goes behind the path. */
static struct alert_spot place_at(TALLOC_CTX *mem, const struct row *row, size_t *at)
{
	struct alert_spot spot = { 0 };
	size_t begin = *at, end;
	bool sure = false;

	end = begin;
	if (!takes(row, &end, "file://") && end + 2 < row->length && row->text[end + 1] == ':' &&
		(row->text[end + 2] == '\\' || row->text[end + 2] == '/'))
		end += 2; /* a drive */
	while (end < row->length && is_of_path(row->text[end]))
		end++;
	*at = end > begin ? end : begin + 1;
	/* brackets are parts of names, and stand around places */
	while (begin < end && (row->text[begin] == '[' || row->text[begin] == ']'))
		begin++;
	spot.line = line_behind(row, end, &sure);
	if (spot.line > 0 && (sure || is_led_to(row, begin)))
		spot.path = alert_path_told(mem, row->text + begin, end - begin);
	return spot.path != NULL && is_written(spot.path) ? spot : (struct alert_spot){ 0 };
}

static struct alert_spot place_in_row(TALLOC_CTX *mem, const struct row *row)
{
	struct alert_spot spot = { 0 };

	for (size_t at = 0; at < row->length && spot.path == NULL;) {
		bool whole = at == 0 || strchr(" \t(\"'`>|,=", row->text[at - 1]) != NULL;

		if (!is_of_path(row->text[at])) {
			at++;
		} else if (whole) {
			spot = place_at(mem, row, &at);
		} else {
			while (at < row->length && is_of_path(row->text[at]))
				at++;
		}
	}
	return spot;
}

static bool next_row(const char **text, size_t *length, struct row *row)
{
	const char *end = memchr(*text, '\n', *length);
	size_t taken = end == NULL ? *length : (size_t)(end - *text);

	if (*length == 0)
		return false;
	*row = (struct row){ *text, taken < LOOKED_AT ? taken : LOOKED_AT };
	taken += end != NULL;
	*text += taken;
	*length -= taken;
	return true;
}

struct alert_spot alert_place_in(TALLOC_CTX *mem, const char *text, size_t length)
{
	struct alert_spot found = { 0 }, spot;
	struct row row;
	bool last = false; /* the most recent call is told last */

	for (int i = 0; i < LINES && (last || found.path == NULL); i++) {
		size_t at = 0;

		if (!next_row(&text, &length, &row))
			break;
		if (takes(&row, &at, "Traceback (most recent call last)"))
			last = true;
		spot = place_in_row(mem, &row);
		if (spot.path != NULL)
			found = spot;
	}
	return found;
}

/* "  12:5  error": a place in the file that a line above it names; 0: it is none. */
static uint64_t line_of_list(const struct entry *entry)
{
	const struct row row = { entry->text, entry->text_len };
	size_t at = 0;
	uint64_t line;

	while (at < row.length && row.text[at] == ' ')
		at++;
	line = number(&row, &at);
	return line > 0 && takes(&row, &at, ":") && number(&row, &at) > 0 && takes(&row, &at, " ")
		       ? line
		       : 0;
}

/* The nearest of these entries above ENTRY that is the path of a file and nothing else. */
static const char *heading_of(
	TALLOC_CTX *mem, const struct entry *entry, struct evidence *const *evidence, size_t count)
{
	const char *found = NULL;
	uint64_t nearest = 0;

	for (size_t i = 0; i < count; i++) {
		const struct entry *other = evidence[i]->entry;
		const char *path;

		if (other->source != entry->source || other->line >= entry->line ||
			other->line < nearest)
			continue;
		path = alert_path_told(mem, other->text, other->text_len);
		if (path == NULL || !is_written(path))
			continue;
		found = path;
		nearest = other->line;
	}
	return found;
}

struct alert_spot alert_place_of(TALLOC_CTX *mem, struct evidence *const *evidence, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct entry *entry = evidence[i]->entry;
		struct alert_spot spot = alert_place_in(mem, entry->text, entry->text_len);

		if (spot.path == NULL && (spot.line = line_of_list(entry)) > 0)
			spot.path = heading_of(mem, entry, evidence, count);
		if (spot.path != NULL)
			return spot;
	}
	return (struct alert_spot){ 0 };
}
