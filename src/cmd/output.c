/* Pages to files and to standard output. */
#include "cmd/output.h"

#include <fcntl.h>
#include <stdarg.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

static int write_all(int file, const char *text, size_t length)
{
	while (length > 0) {
		ssize_t written = write(file, text, length);

		if (written < 0 && errno == EINTR)
			continue;
		if (written < 0)
			return -1;
		text += written;
		length -= (size_t)written;
	}
	return 0;
}

/* Devices and pipes cannot be replaced by a rename: they are written to. */
static bool is_special(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && !S_ISREG(status.st_mode);
}

static int write_special(const char *path, const char *text, size_t length, struct err *err)
{
	int file = open(path, O_WRONLY | O_CLOEXEC);
	int result;

	if (file < 0)
		return err_io(err, "%s", path);
	result = write_all(file, text, length);
	if (result < 0)
		err_fill_errno(err, errno, "%s", path);
	if (close(file) < 0 && result == 0)
		result = err_io(err, "%s", path);
	return result;
}

static int write_beside(
	const char *path, char *beside, const char *text, size_t length, struct err *err)
{
	int file = mkstemp(beside);
	mode_t mask = umask(0);
	bool good;

	umask(mask);
	if (file < 0)
		return err_io(err, "%s", path);
	good = write_all(file, text, length) == 0 && fchmod(file, 0666 & ~mask) == 0;
	if (!good)
		err_fill_errno(err, errno, "%s", path);
	if (close(file) < 0 && good)
		good = err_io(err, "%s", path) == 0;
	if (good && rename(beside, path) < 0)
		good = err_io(err, "%s", path) == 0;
	if (!good)
		unlink(beside);
	return good ? 0 : -1;
}

int output_write(const char *path, const char *text, size_t length, struct err *err)
{
	char *beside;
	int result;

	if (strcmp(path, "-") == 0) {
		if (fwrite(text, 1, length, stdout) != length || fflush(stdout) != 0)
			return err_io(err, "standard output");
		return 0;
	}
	if (is_special(path))
		return write_special(path, text, length, err);
	beside = mem_printf(NULL, "%s.XXXXXX", path);
	result = write_beside(path, beside, text, length, err);
	talloc_free(beside);
	return result;
}

/* The format that stands before a colon; RENDER_FORMAT_COUNT: none does. */
static enum render_format prefix_of(const char *text)
{
	const char *colon = strchr(text, ':');
	enum render_format format = 0;
	size_t length = colon == NULL ? 0 : (size_t)(colon - text);

	for (; colon != NULL && format < RENDER_FORMAT_COUNT; format++) {
		const char *name = render_format_name(format);

		if (strlen(name) == length && strncmp(name, text, length) == 0)
			return format;
	}
	return RENDER_FORMAT_COUNT;
}

int output_parse(const char *text, struct output *out, struct err *err)
{
	enum render_format format = prefix_of(text);

	if (format < RENDER_FORMAT_COUNT)
		text += strlen(render_format_name(format)) + 1;
	else
		format = render_format_of(text);
	if (format == RENDER_FORMAT_COUNT)
		return err_set(err, ERR_USAGE,
			"-o %s: no format has this ending; say which it is, as in -o md:%s, "
			"of " RENDER_FORMATS,
			text, text);
	if (text[0] == '\0')
		return err_set(err, ERR_USAGE, "-o %s: wants the name of a file",
			render_format_name(format));
	*out = (struct output){ format, text };
	return 0;
}

const char *output_report(TALLOC_CTX *mem, const struct output *outputs, size_t count)
{
	for (size_t i = 0; i < count; i++) {
		const struct output *output = &outputs[i];

		if ((output->format != RENDER_HTML && output->format != RENDER_MARKDOWN) ||
			strcmp(output->path, "-") == 0)
			continue;
		/* an absolute path means nothing where the report is read */
		return mem_strdup(
			mem, output->path[0] == '/' ? path_base(output->path) : output->path);
	}
	return NULL;
}

/* Only an address that a page may link: the environment may hold anything. */
static bool is_address(const char *url)
{
	static const char plain[] = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ"
				    "0123456789-._~/:";

	return (strncmp(url, "https://", 8) == 0 || strncmp(url, "http://", 7) == 0) &&
	       strspn(url, plain) == strlen(url);
}

const char *output_repository(TALLOC_CTX *mem)
{
	const char *server = getenv("GITHUB_SERVER_URL"), *name = getenv("GITHUB_REPOSITORY");
	const char *url = getenv("CI_PROJECT_URL");

	if (server != NULL && name != NULL)
		url = mem_printf(mem, "%s/%s", server, name);
	return url != NULL && is_address(url) ? url : NULL;
}

size_t output_size(const char *path)
{
	struct stat status;

	return stat(path, &status) == 0 && status.st_size > 0 ? (size_t)status.st_size : 0;
}

/* Whether the last line of PATH has no end: what is added would become a part of it. */
static bool is_open_ended(const char *path)
{
	int file = open(path, O_RDONLY | O_NONBLOCK | O_CLOEXEC | O_NOCTTY);
	char last = '\n';

	if (file < 0)
		return false;
	if (lseek(file, -1, SEEK_END) >= 0 && read(file, &last, 1) != 1)
		last = '\n';
	close(file);
	return last != '\n';
}

int output_append(const char *path, const char *text, size_t length, size_t limit, struct err *err)
{
	bool open_ended = is_open_ended(path);
	size_t size = output_size(path) + open_ended;
	int file, result = 1;

	if (length > limit || size > limit - length)
		return 0;
	file = open(path, O_WRONLY | O_APPEND | O_CREAT | O_CLOEXEC | O_NOCTTY, 0666);
	if (file < 0)
		return err_io(err, "%s", path);
	if ((open_ended && write_all(file, "\n", 1) < 0) || write_all(file, text, length) < 0) {
		result = err_io(err, "%s", path);
		close(file);
	} else if (close(file) < 0) {
		result = err_io(err, "%s", path);
	}
	return result;
}

void output_print(FILE *out, const char *format, ...)
{
	va_list arguments;
	char *text;

	va_start(arguments, format);
	text = mem_check(talloc_vasprintf(NULL, format, arguments));
	va_end(arguments);
	for (size_t i = 0; text[i] != '\0';) {
		size_t length = strcspn(text + i, "\n");

		utf8_tidy(text + i, length, ' ');
		i += length + (text[i + length] == '\n');
	}
	fputs(text, out);
	talloc_free(text);
}

int output_colour(FILE *file, const char *mode, bool *out, struct err *err)
{
	const char *off = getenv("NO_COLOR"), *terminal = getenv("TERM");

	*out = strcmp(mode, "always") == 0;
	if (*out || strcmp(mode, "never") == 0)
		return 0;
	if (strcmp(mode, "auto") != 0)
		return err_set(
			err, ERR_USAGE, "--color is auto, always or never, not \"%s\"", mode);
	*out = isatty(fileno(file)) && (off == NULL || off[0] == '\0') &&
	       (terminal == NULL || strcmp(terminal, "dumb") != 0);
	return 0;
}
