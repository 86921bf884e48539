// SPDX-License-Identifier: MIT
/*
 * xxHash, from its specification.
 *
 * Four lanes take a word each of every stripe; each step multiplies, rotates and multiplies again
 * by odd constants. At the end the lanes are merged, the length is added, what is left of the input
 * is mixed in by smaller words, and an avalanche spreads each bit over all.
 */

#include <linux/xxhash.h>

#include <linux/bitops.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/string.h>
#include <linux/unaligned.h>

#define P32_1	2654435761u
#define P32_2	2246822519u
#define P32_3	3266489917u
#define P32_4	668265263u
#define P32_5	374761393u

#define P64_1	11400714785074694791ull
#define P64_2	14029467366897019727ull
#define P64_3	1609587929392839161ull
#define P64_4	9650029242287828579ull
#define P64_5	2870177450012600261ull

#define STRIPE	32	/* bytes of four lanes of 64 bits */

/* ---- 32 bits ---- */

static u32 round32(u32 lane, u32 word)
{
	return rol32(lane + word * P32_2, 13) * P32_1;
}

/**
 * xxh32() - the hash of 32 bits
 * @input: data
 * @length: their length
 * @seed: any number; each gives another function
 */
uint32_t xxh32(const void *input, size_t length, uint32_t seed)
{
	const u8 *p = input, *end = p + length;
	u32 hash = seed + P32_5;

	if (length >= 16) {
		u32 a = seed + P32_1 + P32_2, b = seed + P32_2, c = seed, d = seed - P32_1;

		for (; end - p >= 16; p += 16) {
			a = round32(a, get_unaligned_le32(p));
			b = round32(b, get_unaligned_le32(p + 4));
			c = round32(c, get_unaligned_le32(p + 8));
			d = round32(d, get_unaligned_le32(p + 12));
		}
		hash = rol32(a, 1) + rol32(b, 7) + rol32(c, 12) + rol32(d, 18);
	}
	hash += length;
	for (; end - p >= 4; p += 4)
		hash = rol32(hash + get_unaligned_le32(p) * P32_3, 17) * P32_4;
	for (; p < end; p++)
		hash = rol32(hash + *p * P32_5, 11) * P32_1;
	hash = (hash ^ hash >> 15) * P32_2;
	hash = (hash ^ hash >> 13) * P32_3;
	return hash ^ hash >> 16;
}
EXPORT_SYMBOL(xxh32);

/* ---- 64 bits ---- */

static u64 round64(u64 lane, u64 word)
{
	return rol64(lane + word * P64_2, 31) * P64_1;
}

static void take_stripe(u64 lane[4], const u8 *p)
{
	int i;

	for (i = 0; i < 4; i++)
		lane[i] = round64(lane[i], get_unaligned_le64(p + 8 * i));
}

static u64 merge_lanes(const u64 lane[4])
{
	u64 hash = rol64(lane[0], 1) + rol64(lane[1], 7) + rol64(lane[2], 12) + rol64(lane[3], 18);
	int i;

	for (i = 0; i < 4; i++)
		hash = (hash ^ round64(0, lane[i])) * P64_1 + P64_4;
	return hash;
}

/* Mixes in the last bytes, fewer than a stripe, and spreads. */
static u64 finish64(u64 hash, const u8 *p, size_t len)
{
	for (; len >= 8; len -= 8, p += 8)
		hash = rol64(hash ^ round64(0, get_unaligned_le64(p)), 27) * P64_1 + P64_4;
	if (len >= 4) {
		hash = rol64(hash ^ get_unaligned_le32(p) * P64_1, 23) * P64_2 + P64_3;
		len -= 4;
		p += 4;
	}
	for (; len; len--, p++)
		hash = rol64(hash ^ *p * P64_5, 11) * P64_1;
	hash = (hash ^ hash >> 33) * P64_2;
	hash = (hash ^ hash >> 29) * P64_3;
	return hash ^ hash >> 32;
}

/** xxh64_reset() - begin a hash of pieces */
void xxh64_reset(struct xxh64_state *state, uint64_t seed)
{
	memset(state, 0, sizeof(*state));
	state->lane[0] = seed + P64_1 + P64_2;
	state->lane[1] = seed + P64_2;
	state->lane[2] = seed;
	state->lane[3] = seed - P64_1;
}
EXPORT_SYMBOL(xxh64_reset);

/**
 * xxh64_update() - hash a piece
 *
 * Return: 0; -EINVAL if @input is NULL.
 */
int xxh64_update(struct xxh64_state *state, const void *input, size_t length)
{
	size_t held = state->total_len % STRIPE, part;
	const u8 *p = input;

	if (!input)
		return -EINVAL;
	state->total_len += length;
	if (held) {
		part = min(length, STRIPE - held);
		memcpy(state->held + held, p, part);
		p += part;
		length -= part;
		if (held + part < STRIPE)
			return 0;
		take_stripe(state->lane, state->held);
	}
	for (; length >= STRIPE; length -= STRIPE, p += STRIPE)
		take_stripe(state->lane, p);
	memcpy(state->held, p, length);
	return 0;
}
EXPORT_SYMBOL(xxh64_update);

/** xxh64_digest() - the hash of all pieces so far; more may follow */
uint64_t xxh64_digest(const struct xxh64_state *state)
{
	/* lane 2 is the seed till the first stripe comes */
	u64 hash = state->total_len >= STRIPE ? merge_lanes(state->lane) : state->lane[2] + P64_5;

	return finish64(hash + state->total_len, state->held, state->total_len % STRIPE);
}
EXPORT_SYMBOL(xxh64_digest);

/** xxh64_copy_state() - let @dst go on from what @src has hashed so far */
void xxh64_copy_state(struct xxh64_state *dst, const struct xxh64_state *src)
{
	*dst = *src;
}
EXPORT_SYMBOL(xxh64_copy_state);

/** xxh64() - the hash of 64 bits of one block; see xxh32() */
uint64_t xxh64(const void *input, size_t length, uint64_t seed)
{
	struct xxh64_state state;

	xxh64_reset(&state, seed);
	if (length)
		xxh64_update(&state, input, length);
	return xxh64_digest(&state);
}
EXPORT_SYMBOL(xxh64);
