/* Bytes of files, standard input and memory. */
#include "source/bytes.h"

#include <fcntl.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

struct file {
	int descriptor;
	const char *path;
};

struct memory {
	const char *text;
	size_t length;
};

static int file_close(struct file *file)
{
	if (file->descriptor > STDIN_FILENO)
		close(file->descriptor);
	return 0;
}

static ssize_t file_read(struct bytes *bytes, char *out, size_t size, struct err *err)
{
	struct file *file = bytes->state;
	ssize_t got;

	do
		got = read(file->descriptor, out, size);
	while (got < 0 && errno == EINTR);
	return got < 0 ? err_io(err, "%s", file->path) : got;
}

static ssize_t memory_read(struct bytes *bytes, char *out, size_t size, struct err *err)
{
	struct memory *memory = bytes->state;

	(void)err;
	if (size > memory->length)
		size = memory->length;
	memcpy(out, memory->text, size);
	memory->text += size;
	memory->length -= size;
	return (ssize_t)size;
}

int bytes_open(TALLOC_CTX *mem, const char *path, struct bytes **out, struct err *err)
{
	struct bytes *bytes = mem_new(mem, struct bytes);
	struct file *file = mem_new(bytes, struct file);
	struct stat status;

	file->path = mem_strdup(file, path);
	file->descriptor = STDIN_FILENO;
	if (strcmp(path, "-") != 0)
		file->descriptor = open(path, O_RDONLY | O_CLOEXEC | O_NOCTTY);
	if (file->descriptor < 0) {
		talloc_free(bytes);
		return err_io(err, "%s", path);
	}
	talloc_set_destructor(file, file_close);
	bytes->read = file_read;
	bytes->state = file;
	bytes->date = TIME_NONE;
	/* the date of a pipe is that of the clock, which must not show in a report */
	bytes->regular = fstat(file->descriptor, &status) == 0 && S_ISREG(status.st_mode);
	if (bytes->regular) {
		bytes->date = status.st_mtim.tv_sec * WHEN_SECOND;
		bytes->size = (uint64_t)status.st_size;
	}
	*out = bytes;
	return 0;
}

struct bytes *bytes_of_text(TALLOC_CTX *mem, const char *text, size_t length)
{
	struct bytes *bytes = mem_new(mem, struct bytes);
	struct memory *memory = mem_new(bytes, struct memory);

	memory->text = text;
	memory->length = length;
	bytes->read = memory_read;
	bytes->state = memory;
	bytes->date = TIME_NONE;
	return bytes;
}

ssize_t bytes_read(struct bytes *bytes, char *out, size_t size, struct err *err)
{
	size_t left = bytes->head_length - bytes->head_at;

	if (left == 0)
		return bytes->read(bytes, out, size, err);
	if (size > left)
		size = left;
	memcpy(out, bytes->head + bytes->head_at, size);
	bytes->head_at += size;
	return (ssize_t)size;
}

int bytes_head(struct bytes *bytes, const char **head, size_t *length, struct err *err)
{
	ssize_t got = 1;

	while (got > 0 && bytes->head_length < sizeof(bytes->head)) {
		got = bytes->read(bytes, bytes->head + bytes->head_length,
			sizeof(bytes->head) - bytes->head_length, err);
		if (got > 0)
			bytes->head_length += (size_t)got;
	}
	*head = bytes->head;
	*length = bytes->head_length;
	return got < 0 ? -1 : 0;
}
