// SPDX-License-Identifier: MIT
/*
 * Fuzz target: DEFLATE in its three wrappings. The first byte of an input says which; the rest is
 * the stream. Check sums would stop most mutations at the end only, so nothing is repaired.
 */
#include "fuzz.h"

#include <linux/inflate.h>

#include "inflate_vectors.h"

enum { GZIP, ZLIB, RAW };

static void add_seed(struct fuzz_seed *seed, u8 kind, const u8 *data, size_t size)
{
	seed->data = malloc(size + 1);
	FUZZ_CHECK(seed->data);
	seed->data[0] = kind;
	memcpy(seed->data + 1, data, size);
	seed->size = size + 1;
}

static int make_seeds(struct fuzz_seed *seeds)
{
	int n = 0;

	add_seed(&seeds[n++], GZIP, gz_stored, sizeof(gz_stored));
	add_seed(&seeds[n++], GZIP, gz_every_field, sizeof(gz_every_field));
	add_seed(&seeds[n++], ZLIB, zlib_text, sizeof(zlib_text));
	/* without the ten bytes of header */
	add_seed(&seeds[n++], RAW, gz_fixed + 10, sizeof(gz_fixed) - 10);
	add_seed(&seeds[n++], RAW, gz_dynamic + 10, sizeof(gz_dynamic) - 10);
	add_seed(&seeds[n++], RAW, gz_far + 10, sizeof(gz_far) - 10);
	return n;
}

static int count(void *arg, const u8 *data, size_t len)
{
	size_t *total = arg;

	FUZZ_CHECK(len && len <= INFLATE_WINDOW);
	*total += len + (data[0] & 0) + (data[len - 1] & 0);
	return *total > 4 << 20;
}

static bool run(const u8 *data, size_t size)
{
	static struct inflate_state s;
	size_t total = 0;
	int ret;

	if (!size)
		return false;
	inflate_begin(&s, data + 1, size - 1, count, &total);
	switch (data[0] % 3) {
	case GZIP:
		ret = inflate_gzip(&s);
		break;
	case ZLIB:
		ret = inflate_zlib(&s);
		break;
	default:
		ret = inflate_raw(&s);
	}
	FUZZ_CHECK(s.in <= s.end);
	FUZZ_CHECK(!ret == !s.why);
	FUZZ_CHECK(ret || total == s.total);
	return !ret;
}

const struct fuzz_target inflate_target = {
	.name = "inflate",
	.make_seeds = make_seeds,
	.run = run,
};
