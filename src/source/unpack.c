/* Archives and compressed files: each member is a stream of bytes of its own. */
#include "source/unpack.h"

#include <archive.h>
#include <archive_entry.h>
#include <string.h>

#define BLOCK (64U << 10)

struct unpack {
	struct archive *archive;
	struct bytes *packed;
	struct err *err; /* where a failed read of PACKED tells, while libarchive is called */
	struct bytes member;
	bool ended;
	char block[BLOCK];
};

bool unpack_wanted(const char *head, size_t length)
{
	static const struct {
		const char *magic;
		size_t length, at;
	} kinds[] = {
		{ "\x1f\x8b\x08", 3, 0 }, /* gzip */
		{ "\x28\xb5\x2f\xfd", 4, 0 }, /* zstd */
		{ "\xfd"
		  "7zXZ\0",
			6, 0 },
		{ "BZh", 3, 0 }, /* bzip2; a digit and the first block's mark follow */
		{ "PK\3\4", 4, 0 }, /* zip */
		{ "PK\5\6", 4, 0 }, /* zip without members */
		{ "ustar", 5, 257 }, /* tar */
	};

	for (size_t i = 0; i < sizeof(kinds) / sizeof(kinds[0]); i++)
		if (length >= kinds[i].at + kinds[i].length &&
			memcmp(head + kinds[i].at, kinds[i].magic, kinds[i].length) == 0)
			return kinds[i].magic[0] != 'B' ||
			       (length > 4 && memcmp(head + 4, "1AY&SY", 6) == 0);
	return false;
}

static int unpack_free(struct unpack *unpack)
{
	archive_read_free(unpack->archive);
	return 0;
}

static la_ssize_t feed(struct archive *archive, void *closure, const void **block)
{
	struct unpack *unpack = closure;
	ssize_t got = bytes_read(unpack->packed, unpack->block, BLOCK, unpack->err);

	if (got < 0)
		archive_set_error(archive, EIO, "%s", unpack->err->text);
	*block = unpack->block;
	return got;
}

static int fail(struct unpack *unpack, struct err *err)
{
	const char *text = archive_error_string(unpack->archive);

	unpack->ended = true;
	return err_set(err, ERR_FORMAT, "cannot be unpacked: %s", text != NULL ? text : "damaged");
}

static ssize_t member_read(struct bytes *bytes, char *out, size_t size, struct err *err)
{
	struct unpack *unpack = bytes->state;
	la_ssize_t got;

	unpack->err = err;
	got = archive_read_data(unpack->archive, out, size);
	return got < 0 ? fail(unpack, err) : (ssize_t)got;
}

int unpack_open(TALLOC_CTX *mem, struct bytes *packed, struct unpack **out, struct err *err)
{
	struct unpack *unpack = mem_new(mem, struct unpack);

	unpack->archive = mem_check(archive_read_new());
	talloc_set_destructor(unpack, unpack_free);
	unpack->packed = packed;
	unpack->err = err;
	/* one by one: "all" would also run programs that it finds in $PATH */
	archive_read_support_filter_gzip(unpack->archive);
	archive_read_support_filter_bzip2(unpack->archive);
	archive_read_support_filter_xz(unpack->archive);
	archive_read_support_filter_zstd(unpack->archive);
	archive_read_support_format_tar(unpack->archive);
	archive_read_support_format_zip(unpack->archive);
	archive_read_support_format_raw(unpack->archive);
	archive_read_support_format_empty(unpack->archive);
	if (archive_read_open(unpack->archive, unpack, NULL, feed, NULL) != ARCHIVE_OK) {
		fail(unpack, err);
		talloc_free(unpack);
		return -1;
	}
	*out = unpack;
	return 0;
}

int unpack_next(struct unpack *unpack, const char **name, struct bytes **member, struct err *err)
{
	struct archive_entry *entry;
	bool raw;
	int result;

	unpack->err = err;
	do {
		if (unpack->ended)
			return 0;
		result = archive_read_next_header(unpack->archive, &entry);
		unpack->ended = result == ARCHIVE_EOF;
		if (result < ARCHIVE_WARN)
			return fail(unpack, err);
	} while (unpack->ended || archive_entry_filetype(entry) != AE_IFREG);
	raw = archive_format(unpack->archive) == ARCHIVE_FORMAT_RAW;
	*name = raw ? NULL : archive_entry_pathname(entry);
	memset(&unpack->member, 0, sizeof(unpack->member));
	unpack->member.read = member_read;
	unpack->member.state = unpack;
	unpack->member.date = raw ? unpack->packed->date : archive_entry_mtime(entry) * WHEN_SECOND;
	*member = &unpack->member;
	return 1;
}
