// SPDX-License-Identifier: MIT
/* Hashes of whole names, eight bytes at a time. See <linux/stringhash.h>. */

#include <linux/stringhash.h>

#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/string.h>
#include <linux/unaligned.h>

/*
 * Two words of state that feed each other: a byte's change reaches both within two rounds, and the
 * multiplication at the end brings it to the upper bits, which are those that are used.
 */
struct mix {
	u64 a, b;
};

static __always_inline void mix_in(struct mix *m, u64 word)
{
	m->a ^= word;
	m->b ^= m->a;
	m->a = rol64(m->a, 7) + m->b;
	m->b = rol64(m->b, 20) * 9;
}

static unsigned int mix_end(const struct mix *m, unsigned int len)
{
	return hash_64(m->a * GOLDEN_RATIO_64 + rol64(m->b, 32) + len, 32);
}

/** full_name_hash() - hash of @len bytes at @name */
unsigned int full_name_hash(const void *salt, const char *name, unsigned int len)
{
	struct mix m = { .b = (unsigned long)salt };
	unsigned int left = len;
	u64 tail = 0;

	for (; left >= sizeof(u64); left -= sizeof(u64), name += sizeof(u64))
		mix_in(&m, get_unaligned_le64(name));
	while (left)
		tail = tail << 8 | (u8)name[--left];
	mix_in(&m, tail);
	return mix_end(&m, len);
}
EXPORT_SYMBOL(full_name_hash);

/** hashlen_string() - hash and length of a string */
u64 hashlen_string(const void *salt, const char *name)
{
	unsigned int len = strlen(name);

	return hashlen_create(full_name_hash(salt, name, len), len);
}
EXPORT_SYMBOL(hashlen_string);
