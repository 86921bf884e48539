// SPDX-License-Identifier: MIT
/*
 * SipHash, after the paper by Aumasson and Bernstein, and the faster hsiphash, which on 64-bit
 * machines is SipHash with one round per word and three at the end.
 *
 * Four words of state begin as the key xor constants (ASCII: "somepseudorandomlygeneratedbytes"),
 * take in the message word by word, the last one holding the left-over bytes and the length, and
 * are stirred before they are folded into the result. The input is read as little-endian.
 */

#include <linux/siphash.h>

#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/unaligned.h>

struct state {
	u64 v0, v1, v2, v3;
};

static __always_inline void rounds(struct state *s, int n)
{
	while (n--)
		SIPHASH_PERMUTATION(s->v0, s->v1, s->v2, s->v3);
}

static __always_inline struct state begin(u64 key0, u64 key1)
{
	return (struct state) {
		.v0 = key0 ^ SIPHASH_CONST_0,
		.v1 = key1 ^ SIPHASH_CONST_1,
		.v2 = key0 ^ SIPHASH_CONST_2,
		.v3 = key1 ^ SIPHASH_CONST_3,
	};
}

static __always_inline void absorb(struct state *s, u64 word, int c)
{
	s->v3 ^= word;
	rounds(s, c);
	s->v0 ^= word;
}

static __always_inline u64 finish(struct state *s, u64 last, int c, int d)
{
	absorb(s, last, c);
	s->v2 ^= 0xff;
	rounds(s, d);
	return s->v0 ^ s->v1 ^ s->v2 ^ s->v3;
}

/* The left-over bytes as a word, the length in its top byte. */
static u64 last_word(const u8 *data, size_t left, size_t len)
{
	u64 word = (u64)len << 56;

	while (left--)
		word |= (u64)data[left] << (8 * left);
	return word;
}

/* SipHash-c-d of bytes. */
static __always_inline u64 hash_bytes(const u8 *data, size_t len, u64 key0, u64 key1, int c, int d)
{
	const u8 *end = data + (len & ~(size_t)7);
	struct state s = begin(key0, key1);

	for (; data != end; data += 8)
		absorb(&s, get_unaligned_le64(data), c);
	return finish(&s, last_word(data, len & 7, len), c, d);
}

/** __siphash_unaligned() - SipHash-2-4 of @len bytes at any alignment */
u64 __siphash_unaligned(const void *data, size_t len, const siphash_key_t *key)
{
	return hash_bytes(data, len, key->key[0], key->key[1], 2, 4);
}
EXPORT_SYMBOL(__siphash_unaligned);

/** __siphash_aligned() - the same; alignment makes no difference on our machines */
u64 __siphash_aligned(const void *data, size_t len, const siphash_key_t *key)
{
	return __siphash_unaligned(data, len, key);
}
EXPORT_SYMBOL(__siphash_aligned);

/** siphash_1u64() - SipHash-2-4 of one 64-bit word (as of its eight bytes) */
u64 siphash_1u64(const u64 a, const siphash_key_t *key)
{
	struct state s = begin(key->key[0], key->key[1]);

	absorb(&s, a, 2);
	return finish(&s, (u64)8 << 56, 2, 4);
}
EXPORT_SYMBOL(siphash_1u64);

/** siphash_2u64() - SipHash-2-4 of two words */
u64 siphash_2u64(const u64 a, const u64 b, const siphash_key_t *key)
{
	struct state s = begin(key->key[0], key->key[1]);

	absorb(&s, a, 2);
	absorb(&s, b, 2);
	return finish(&s, (u64)16 << 56, 2, 4);
}
EXPORT_SYMBOL(siphash_2u64);

/** siphash_3u64() - SipHash-2-4 of three words */
u64 siphash_3u64(const u64 a, const u64 b, const u64 c, const siphash_key_t *key)
{
	struct state s = begin(key->key[0], key->key[1]);

	absorb(&s, a, 2);
	absorb(&s, b, 2);
	absorb(&s, c, 2);
	return finish(&s, (u64)24 << 56, 2, 4);
}
EXPORT_SYMBOL(siphash_3u64);

/** siphash_4u64() - SipHash-2-4 of four words */
u64 siphash_4u64(const u64 a, const u64 b, const u64 c, const u64 d, const siphash_key_t *key)
{
	struct state s = begin(key->key[0], key->key[1]);

	absorb(&s, a, 2);
	absorb(&s, b, 2);
	absorb(&s, c, 2);
	absorb(&s, d, 2);
	return finish(&s, (u64)32 << 56, 2, 4);
}
EXPORT_SYMBOL(siphash_4u64);

/** siphash_1u32() - SipHash-2-4 of one 32-bit word */
u64 siphash_1u32(const u32 a, const siphash_key_t *key)
{
	struct state s = begin(key->key[0], key->key[1]);

	return finish(&s, (u64)4 << 56 | a, 2, 4);
}
EXPORT_SYMBOL(siphash_1u32);

/** siphash_3u32() - SipHash-2-4 of three 32-bit words */
u64 siphash_3u32(const u32 a, const u32 b, const u32 c, const siphash_key_t *key)
{
	struct state s = begin(key->key[0], key->key[1]);

	absorb(&s, (u64)b << 32 | a, 2);
	return finish(&s, (u64)12 << 56 | c, 2, 4);
}
EXPORT_SYMBOL(siphash_3u32);

/** __hsiphash_unaligned() - SipHash-1-3 of @len bytes, folded to 32 bits */
u32 __hsiphash_unaligned(const void *data, size_t len, const hsiphash_key_t *key)
{
	return hash_bytes(data, len, key->key[0], key->key[1], 1, 3);
}
EXPORT_SYMBOL(__hsiphash_unaligned);

/** __hsiphash_aligned() - the same */
u32 __hsiphash_aligned(const void *data, size_t len, const hsiphash_key_t *key)
{
	return __hsiphash_unaligned(data, len, key);
}
EXPORT_SYMBOL(__hsiphash_aligned);

/** hsiphash_1u32() - hsiphash() of one 32-bit word */
u32 hsiphash_1u32(const u32 a, const hsiphash_key_t *key)
{
	struct state s = begin(key->key[0], key->key[1]);

	return finish(&s, (u64)4 << 56 | a, 1, 3);
}
EXPORT_SYMBOL(hsiphash_1u32);

/** hsiphash_2u32() - hsiphash() of two 32-bit words */
u32 hsiphash_2u32(const u32 a, const u32 b, const hsiphash_key_t *key)
{
	struct state s = begin(key->key[0], key->key[1]);

	absorb(&s, (u64)b << 32 | a, 1);
	return finish(&s, (u64)8 << 56, 1, 3);
}
EXPORT_SYMBOL(hsiphash_2u32);

/** hsiphash_3u32() - hsiphash() of three 32-bit words */
u32 hsiphash_3u32(const u32 a, const u32 b, const u32 c, const hsiphash_key_t *key)
{
	struct state s = begin(key->key[0], key->key[1]);

	absorb(&s, (u64)b << 32 | a, 1);
	return finish(&s, (u64)12 << 56 | c, 1, 3);
}
EXPORT_SYMBOL(hsiphash_3u32);

/** hsiphash_4u32() - hsiphash() of four 32-bit words */
u32 hsiphash_4u32(const u32 a, const u32 b, const u32 c, const u32 d, const hsiphash_key_t *key)
{
	struct state s = begin(key->key[0], key->key[1]);

	absorb(&s, (u64)b << 32 | a, 1);
	absorb(&s, (u64)d << 32 | c, 1);
	return finish(&s, (u64)16 << 56, 1, 3);
}
EXPORT_SYMBOL(hsiphash_4u32);
