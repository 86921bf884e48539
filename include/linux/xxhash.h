/* SPDX-License-Identifier: MIT */
#ifndef XXHASH_H
#define XXHASH_H

/*
 * xxHash: quick and well mixed, and no match for an attacker who may choose the input. The results
 * are the same on all machines. (doc: github.com/Cyan4973/xxHash, xxhash_spec.md)
 */

#include <linux/types.h>

uint32_t xxh32(const void *input, size_t length, uint32_t seed);
uint64_t xxh64(const void *input, size_t length, uint64_t seed);

/** xxhash - the variant that suits the machine's word */
static inline unsigned long xxhash(const void *input, size_t length, uint64_t seed)
{
	return xxh64(input, length, seed);
}

/** struct xxh64_state - a hash of bytes that come in pieces; private */
struct xxh64_state {
	u64 total_len;
	u64 lane[4];
	u8 held[32];	/* total_len % 32 bytes that don't make a stripe yet */
};

void xxh64_reset(struct xxh64_state *state, uint64_t seed);
int xxh64_update(struct xxh64_state *state, const void *input, size_t length);
uint64_t xxh64_digest(const struct xxh64_state *state);
void xxh64_copy_state(struct xxh64_state *dst, const struct xxh64_state *src);

#endif /* XXHASH_H */
