// SPDX-License-Identifier: MIT
/*
 * Fuzz target: cpio archives. The first byte of an input says into which pieces the rest is cut, as
 * a decompressor would; the answer must be the same as for the whole in one piece.
 */
#include "fuzz.h"

#include <linux/cpio.h>

#define ENTRY(type, ino, nlink, size, names, name)				\
	"070701" ino type "00000000" "00000000" nlink "5f000000" size		\
	"00000000" "00000001" "00000005" "00000001" names "00000000" name

static const char archive[] =
	ENTRY("000041ed", "00000001", "00000002", "00000000", "00000004", "dir\0\0\0")
	ENTRY("000081a4", "00000002", "00000002", "00000005", "00000002", "f\0hello\0\0\0")
	ENTRY("000081a4", "00000002", "00000002", "00000000", "00000002", "g\0")
	ENTRY("0000a1ff", "00000003", "00000001", "00000003", "00000002", "l\0dir\0")
	ENTRY("00002180", "00000004", "00000001", "00000000", "00000004", "con\0\0\0")
	ENTRY("00000000", "00000000", "00000001", "00000000", "0000000b", "TRAILER!!!\0\0\0\0");

static int make_seeds(struct fuzz_seed *seeds)
{
	u8 cut;

	for (cut = 0; cut < 3; cut++) {
		seeds[cut].size = 1 + 2 * sizeof(archive);
		seeds[cut].data = malloc(seeds[cut].size);
		FUZZ_CHECK(seeds[cut].data);
		seeds[cut].data[0] = cut * 40 + 1;
		memcpy(seeds[cut].data + 1, archive, sizeof(archive));
		memcpy(seeds[cut].data + 1 + sizeof(archive), archive, sizeof(archive));
	}
	return 3;
}

/* What was told, as one number. */
struct told {
	u32 sum, calls;
	bool open;
};

static void tell(struct told *t, const void *data, size_t len)
{
	const u8 *p = data;

	while (len--)
		t->sum = t->sum * 31 + *p++;
}

static int begin(void *arg, const struct cpio_entry *e)
{
	struct told *t = arg;

	FUZZ_CHECK(!t->open);
	FUZZ_CHECK(e->name[0] && strlen(e->name) < CPIO_NAME_MAX);
	FUZZ_CHECK(!e->target || strlen(e->target) < CPIO_NAME_MAX);
	t->calls++;
	tell(t, e->name, strlen(e->name));
	if (e->target)
		tell(t, e->target, strlen(e->target));
	tell(t, &e->mode, sizeof(e->mode));
	t->open = !(e->ino & 1);
	return e->ino & 1;
}

static void data(void *arg, const struct cpio_entry *e, const void *p, size_t len)
{
	FUZZ_CHECK(((struct told *)arg)->open);
	tell(arg, p, len);
}

static void end(void *arg, const struct cpio_entry *e)
{
	struct told *t = arg;

	FUZZ_CHECK(t->open);
	t->open = false;
}

static const struct cpio_ops ops = { .begin = begin, .data = data, .end = end };

static struct told parse(struct cpio *c, const u8 *p, size_t size, size_t piece)
{
	struct told t = { 0 };
	size_t at = 0, n, used;

	cpio_init(c, &ops, &t);
	while (at < size && !c->why) {
		n = size - at < piece ? size - at : piece;
		used = cpio_feed(c, p + at, n);
		FUZZ_CHECK(used <= n);
		FUZZ_CHECK(used || c->why);
		at += used;
	}
	return t;
}

static bool run(const u8 *bytes, size_t size)
{
	static struct cpio whole, cut;
	struct told a, b;

	if (!size)
		return false;
	a = parse(&whole, bytes + 1, size - 1, size);
	b = parse(&cut, bytes + 1, size - 1, bytes[0] ? bytes[0] : 1);
	FUZZ_CHECK(!whole.why == !cut.why);
	FUZZ_CHECK(a.calls == b.calls);
	FUZZ_CHECK(a.sum == b.sum);
	return cpio_complete(&whole);
}

const struct fuzz_target cpio_target = {
	.name = "cpio",
	.make_seeds = make_seeds,
	.run = run,
};
