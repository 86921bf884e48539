// SPDX-License-Identifier: MIT
/*
 * Cpio archives, format "newc". Each entry is
 *
 *	header	110 bytes: "070701" (or "070702"), then thirteen numbers of eight hex digits
 *	name	with its NUL
 *	zeros	to the next multiple of four, counted from the start of the archive
 *	data	a file's bytes, a symlink's text
 *	zeros	as above
 *
 * and an entry called TRAILER!!! ends the archive. Behind it there may be zeros, and another
 * archive.
 *
 * The bytes come in pieces, so this is a machine with one state for each part; each step takes what
 * there is and goes on with the next part when its own is whole:
 *
 *	BETWEEN -> HEADER -> NAME -> TARGET or DATA or SKIP -> HEADER ...
 *	   ^____________________|  TRAILER!!!
 *
 * Padding needs no state: a part that begins behind a padded one first eats the bytes up to the
 * boundary. What breaks the archive (no magic, a number that is none) stops the parser for good,
 * with the reason in ->why: where the next entry would begin can't be known. What is wrong with one
 * entry only (a name that is empty, too long or without an end) skips that entry.
 */

#include <linux/cpio.h>

#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/string.h>

#define CPIO_IFMT	0170000
#define CPIO_IFREG	0100000
#define CPIO_IFLNK	0120000

/**
 * cpio_init - begin
 * @c: parser
 * @ops: called with @arg
 * @arg: the caller's
 */
void cpio_init(struct cpio *c, const struct cpio_ops *ops, void *arg)
{
	memset(c, 0, sizeof(*c));
	c->ops = ops;
	c->arg = arg;
	c->state = CPIO_BETWEEN;
}

static bool hex_field(const char *s, u32 *value)
{
	u32 v = 0;
	int i;

	for (i = 0; i < 8; i++) {
		char ch = s[i], lower = ch | 0x20;

		if (ch >= '0' && ch <= '9')
			v = v << 4 | (u32)(ch - '0');
		else if (lower >= 'a' && lower <= 'f')
			v = v << 4 | (u32)(lower - 'a' + 10);
		else
			return false;
	}
	*value = v;
	return true;
}

static bool parse_header(struct cpio *c)
{
	struct cpio_entry *e = &c->entry;
	u32 check, *fields[] = {
		&e->ino, &e->mode, &e->uid, &e->gid, &e->nlink, &e->mtime, &e->size,
		&e->dev_major, &e->dev_minor, &e->rdev_major, &e->rdev_minor,
		&c->name_size, &check,
	};
	unsigned int i;

	if (memcmp(c->header, "070701", 6) && memcmp(c->header, "070702", 6)) {
		c->why = memcmp(c->header, "070707", 6) ? "no cpio magic" :
			 "the old portable format; use newc";
		return false;
	}
	for (i = 0; i < sizeof(fields) / sizeof(fields[0]); i++) {
		if (!hex_field(c->header + 6 + 8 * i, fields[i])) {
			c->why = "a header's number isn't hexadecimal";
			return false;
		}
	}
	return true;
}

/* Eat zeros' place up to the next multiple of four. Return: how many bytes. */
static size_t eat_padding(struct cpio *c, size_t len)
{
	size_t n = min_t(size_t, len, (4 - c->pos % 4) % 4);

	c->pos += n;
	return n;
}

/* Collect into @to until @size bytes are there. Return: bytes taken. */
static size_t collect(struct cpio *c, char *to, u32 size, const char *data, size_t len)
{
	size_t n = min_t(size_t, len, size - c->filled);

	memcpy(to + c->filled, data, n);
	c->filled += n;
	c->pos += n;
	return n;
}

static void expect(struct cpio *c, int state, u32 left)
{
	c->state = state;
	c->filled = 0;
	c->left = left;
}

/* The name is whole. */
static void name_done(struct cpio *c)
{
	struct cpio_entry *e = &c->entry;

	e->name = c->name;
	e->target = NULL;
	if (c->name[c->name_size - 1] || !c->name[0]) {
		expect(c, CPIO_SKIP, e->size);
		return;
	}
	if (!strcmp(c->name, "TRAILER!!!")) {
		expect(c, CPIO_BETWEEN, 0);
		return;
	}
	c->entries++;
	if ((e->mode & CPIO_IFMT) == CPIO_IFLNK) {
		if (!e->size || e->size >= CPIO_NAME_MAX)
			expect(c, CPIO_SKIP, e->size);
		else
			expect(c, CPIO_TARGET, e->size);
		return;
	}
	c->wanted = !c->ops->begin(c->arg, e);
	expect(c, c->wanted && (e->mode & CPIO_IFMT) == CPIO_IFREG ? CPIO_DATA : CPIO_SKIP,
	       e->size);
	/* Only files have data to pass on; of others it is skipped. */
	if (c->wanted && c->state == CPIO_SKIP) {
		c->ops->end(c->arg, e);
		c->wanted = false;
	}
}

static void target_done(struct cpio *c)
{
	c->target[c->entry.size] = 0;
	c->entry.target = c->target;
	if (!c->ops->begin(c->arg, &c->entry))
		c->ops->end(c->arg, &c->entry);
	expect(c, CPIO_HEADER, 0);
}

/* Bytes of data that are passed on, or not. Return: bytes taken. */
static size_t take_data(struct cpio *c, const char *data, size_t len)
{
	size_t n = min_t(size_t, len, c->left);

	if (c->state == CPIO_DATA && n)
		c->ops->data(c->arg, &c->entry, data, n);
	c->left -= n;
	c->pos += n;
	if (!c->left) {
		if (c->state == CPIO_DATA)
			c->ops->end(c->arg, &c->entry);
		expect(c, CPIO_HEADER, 0);
	}
	return n;
}

/* One step. Return: bytes taken; 0: no byte was needed for it, or the archive is broken. */
static size_t step(struct cpio *c, const char *data, size_t len)
{
	size_t n;

	switch (c->state) {
	case CPIO_BETWEEN:
		for (n = 0; n < len && !data[n]; n++)
			;
		if (n < len && data[n] == '0') {
			c->pos = 0;
			expect(c, CPIO_HEADER, 0);
		} else if (!n) {
			c->why = "no cpio magic";
		}
		return n;
	case CPIO_HEADER:
		n = c->filled ? 0 : eat_padding(c, len);
		n += collect(c, c->header, CPIO_HEADER_LEN, data + n, len - n);
		if (c->filled == CPIO_HEADER_LEN && parse_header(c)) {
			if (c->name_size && c->name_size <= CPIO_NAME_MAX)
				expect(c, CPIO_NAME, 0);
			else
				c->why = "a name of no or too many bytes";
		}
		return n;
	case CPIO_NAME:
		n = collect(c, c->name, c->name_size, data, len);
		if (c->filled == c->name_size)
			name_done(c);
		return n;
	case CPIO_TARGET:
		n = c->filled ? 0 : eat_padding(c, len);
		n += collect(c, c->target, c->entry.size, data + n, len - n);
		if (c->filled == c->entry.size)
			target_done(c);
		return n;
	case CPIO_DATA:
	case CPIO_SKIP:
	default:
		n = c->left == c->entry.size ? eat_padding(c, len) : 0;
		/* Nothing to come is no reason to wait for a byte, padding is. */
		if (c->pos % 4 && c->left == c->entry.size && c->left)
			return n;
		return n + take_data(c, data + n, len - n);
	}
}

/**
 * cpio_feed - the next bytes
 * @c: parser
 * @data: some bytes of one or more archives
 * @len: how many
 *
 * Return: how many were used: all; or those up to the end of an archive, behind which the caller
 * may find something else than cpio; or fewer, and ->why says what is wrong.
 */
size_t cpio_feed(struct cpio *c, const void *data, size_t len)
{
	const char *p = data;
	size_t used = 0;

	while (used < len && !c->why) {
		used += step(c, p + used, len - used);
		/* An archive ended, or only zeros were here: what follows may not be cpio. */
		if (c->state == CPIO_BETWEEN)
			break;
	}
	return used;
}

/** cpio_complete - was that all, or did it end in the middle of an entry? */
bool cpio_complete(const struct cpio *c)
{
	return !c->why && c->state == CPIO_BETWEEN;
}
