// SPDX-License-Identifier: MIT
/*
 * Fuzz target: Zstandard frames. The check sum of a mutation is wrong nearly always; a refusal for
 * that reason alone counts as accepted, so that the count says how many reached the end.
 */
#include "fuzz.h"

#include <linux/zstd_decode.h>

#include "zstd_vectors.h"

#define MAX_RING	(4u << 20)

static void add_seed(struct fuzz_seed *seed, const u8 *data, size_t size)
{
	seed->data = malloc(size);
	FUZZ_CHECK(seed->data);
	memcpy(seed->data, data, size);
	seed->size = size;
}

static int make_seeds(struct fuzz_seed *seeds)
{
	int n = 0;

	add_seed(&seeds[n++], zstd_empty, sizeof(zstd_empty));
	add_seed(&seeds[n++], zstd_raw, sizeof(zstd_raw));
	add_seed(&seeds[n++], zstd_text, sizeof(zstd_text));
	add_seed(&seeds[n++], zstd_many, sizeof(zstd_many));
	add_seed(&seeds[n++], zstd_four, sizeof(zstd_four));
	add_seed(&seeds[n++], zstd_run, sizeof(zstd_run));
	add_seed(&seeds[n++], zstd_far, sizeof(zstd_far));
	add_seed(&seeds[n++], zstd_stream, sizeof(zstd_stream));
	return n;
}

static int count(void *arg, const u8 *data, size_t len)
{
	size_t *total = arg;

	FUZZ_CHECK(len && len <= ZSTD_BLOCK_MAX);
	*total += len + (data[0] & 0) + (data[len - 1] & 0);
	return *total > 4 << 20;
}

static bool run(const u8 *data, size_t size)
{
	static struct zstd_decoder d;
	size_t total = 0;
	int ret;

	ret = zstd_decode_begin(&d, data, size, count, &total);
	FUZZ_CHECK(!ret == !d.why);
	if (ret)
		return false;
	FUZZ_CHECK(d.ring_size <= ZSTD_WINDOW_MAX + ZSTD_BLOCK_MAX);
	if (d.ring_size > MAX_RING)
		return false;
	d.ring = calloc(1, d.ring_size);
	FUZZ_CHECK(d.ring);
	ret = zstd_decode_frame(&d);
	free(d.ring);
	FUZZ_CHECK(d.in <= d.end);
	FUZZ_CHECK(!ret == !d.why);
	FUZZ_CHECK(ret || total == d.total);
	return !ret || !strcmp(d.why, "a wrong check sum");
}

const struct fuzz_target zstd_target = {
	.name = "zstd",
	.make_seeds = make_seeds,
	.run = run,
};
