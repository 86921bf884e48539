/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_STRINGHASH_H
#define _LINUX_STRINGHASH_H

/*
 * Hashes of names, for tables such as the dentry cache. Not for keys that an attacker chooses: use
 * siphash for those. The salt (a pointer, say the parent directory) keeps equal names apart.
 *
 * init_name_hash(), partial_name_hash(), end_name_hash() work a character at a time, for file
 * systems with their own idea of equal names; full_name_hash() takes the whole and is faster. The
 * two don't give the same value.
 *
 * A "hashlen" is a u64 of both: the hash in the lower half, the length in the upper.
 */

#include <linux/compiler.h>
#include <linux/hash.h>
#include <linux/types.h>

#define init_name_hash(salt)	((unsigned long)(salt))

/** partial_name_hash - take one more character into a hash */
static inline unsigned long partial_name_hash(unsigned long c, unsigned long prevhash)
{
	return (prevhash + (c << 4) + (c >> 4)) * 11;
}

/** end_name_hash - the 32 bits of a finished hash */
static inline unsigned int end_name_hash(unsigned long hash)
{
	return hash_long(hash, 32);
}

unsigned int __pure full_name_hash(const void *salt, const char *name, unsigned int len);
u64 __pure hashlen_string(const void *salt, const char *name);

#define hashlen_hash(hashlen)		((u32)(hashlen))
#define hashlen_len(hashlen)		((u32)((hashlen) >> 32))
#define hashlen_create(hash, len)	((u64)(len) << 32 | (u32)(hash))

#endif /* _LINUX_STRINGHASH_H */
