/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CPIO_H
#define _LINUX_CPIO_H

/*
 * A parser of cpio archives in the "newc" format, as initramfs comes in. The bytes arrive in pieces
 * of any size, from a decompressor; every one of them may be an attacker's.
 */

#include <linux/types.h>

#define CPIO_HEADER_LEN	110
#define CPIO_NAME_MAX	4096	/* with the NUL; longer names and symlink texts are skipped */

/**
 * struct cpio_entry - one object of the archive
 * @mode: type and rights, as st_mode
 * @size: bytes of data
 * @ino, @dev_major, @dev_minor: two names with the same three are one file, if @nlink > 1
 * @rdev_major, @rdev_minor: of devices
 * @mtime: seconds
 * @name: with a NUL, not empty
 * @target: a symlink's text, with a NUL; NULL for others
 */
struct cpio_entry {
	u32 ino, mode, uid, gid, nlink, mtime, size;
	u32 dev_major, dev_minor, rdev_major, rdev_minor;
	const char *name;
	const char *target;
};

/**
 * struct cpio_ops - what is done with what is found
 * @begin: an entry; nonzero: its data aren't wanted
 * @data: some of its data, in order
 * @end: that was all of it; called if @begin returned 0
 */
struct cpio_ops {
	int (*begin)(void *arg, const struct cpio_entry *entry);
	void (*data)(void *arg, const struct cpio_entry *entry, const void *data, size_t len);
	void (*end)(void *arg, const struct cpio_entry *entry);
};

/* The parser's own; cpio_init() makes it. */
struct cpio {
	const struct cpio_ops *ops;
	void *arg;
	const char *why;	/* what is wrong with the archive; NULL: nothing so far */
	struct cpio_entry entry;
	enum { CPIO_BETWEEN, CPIO_HEADER, CPIO_NAME, CPIO_TARGET, CPIO_DATA, CPIO_SKIP } state;
	bool wanted;		/* @begin said 0 */
	u32 pos;		/* in the archive, modulo 4 */
	u32 name_size;
	u32 filled;		/* of what is being collected */
	u32 left;		/* of data to pass on or skip */
	u32 entries;		/* so far, of all archives */
	char header[CPIO_HEADER_LEN];
	char name[CPIO_NAME_MAX];
	char target[CPIO_NAME_MAX];
};

void cpio_init(struct cpio *c, const struct cpio_ops *ops, void *arg);
size_t cpio_feed(struct cpio *c, const void *data, size_t len);
bool cpio_complete(const struct cpio *c);

#endif /* _LINUX_CPIO_H */
