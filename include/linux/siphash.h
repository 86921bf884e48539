/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SIPHASH_H
#define _LINUX_SIPHASH_H

/*
 * SipHash-2-4 and HalfSipHash-1-3 (which on 64-bit machines is SipHash-1-3): keyed hashes for
 * tables whose keys an adversary may choose. siphash() is a secure pseudo-random function under a
 * secret key; hsiphash() is weaker and must not leave the machine.
 */

#include <linux/types.h>

#define SIPHASH_ALIGNMENT	__alignof__(u64)
typedef struct {
	u64 key[2];
} siphash_key_t;

#define siphash_aligned_key_t	siphash_key_t __aligned(16)

static inline bool siphash_key_is_zero(const siphash_key_t *key)
{
	return !(key->key[0] | key->key[1]);
}

u64 __siphash_aligned(const void *data, size_t len, const siphash_key_t *key);
u64 __siphash_unaligned(const void *data, size_t len, const siphash_key_t *key);

u64 siphash_1u64(const u64 a, const siphash_key_t *key);
u64 siphash_2u64(const u64 a, const u64 b, const siphash_key_t *key);
u64 siphash_3u64(const u64 a, const u64 b, const u64 c, const siphash_key_t *key);
u64 siphash_4u64(const u64 a, const u64 b, const u64 c, const u64 d, const siphash_key_t *key);
u64 siphash_1u32(const u32 a, const siphash_key_t *key);
u64 siphash_3u32(const u32 a, const u32 b, const u32 c, const siphash_key_t *key);

static inline u64 siphash_2u32(const u32 a, const u32 b, const siphash_key_t *key)
{
	return siphash_1u64((u64)b << 32 | a, key);
}

static inline u64 siphash_4u32(const u32 a, const u32 b, const u32 c, const u32 d,
			       const siphash_key_t *key)
{
	return siphash_2u64((u64)b << 32 | a, (u64)d << 32 | c, key);
}

/** siphash - SipHash-2-4 of @len bytes under a key */
static inline u64 siphash(const void *data, size_t len, const siphash_key_t *key)
{
	return __siphash_unaligned(data, len, key);
}

#define HSIPHASH_ALIGNMENT	__alignof__(unsigned long)
typedef struct {
	unsigned long key[2];
} hsiphash_key_t;

u32 __hsiphash_aligned(const void *data, size_t len, const hsiphash_key_t *key);
u32 __hsiphash_unaligned(const void *data, size_t len, const hsiphash_key_t *key);

u32 hsiphash_1u32(const u32 a, const hsiphash_key_t *key);
u32 hsiphash_2u32(const u32 a, const u32 b, const hsiphash_key_t *key);
u32 hsiphash_3u32(const u32 a, const u32 b, const u32 c, const hsiphash_key_t *key);
u32 hsiphash_4u32(const u32 a, const u32 b, const u32 c, const u32 d, const hsiphash_key_t *key);

/** hsiphash - fast keyed hash of @len bytes, for tables only */
static inline u32 hsiphash(const void *data, size_t len, const hsiphash_key_t *key)
{
	return __hsiphash_unaligned(data, len, key);
}

#endif
