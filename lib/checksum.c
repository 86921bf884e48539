// SPDX-License-Identifier: MIT
/* The Internet check sum, portable. See <asm-generic/checksum.h> for what it is. */

#include <net/checksum.h>
#include <net/ip6_checksum.h>

#include <linux/export.h>
#include <linux/instrumented.h>
#include <linux/string.h>
#include <linux/unaligned.h>

/* Adds with the carry brought round. */
static inline u64 add_carry(u64 sum, u64 word)
{
	sum += word;
	return sum + (sum < word);
}

static inline u32 fold64(u64 sum)
{
	/* halves that change places: the carry of their sum lands in the upper one */
	sum += sum << 32 | sum >> 32;
	return sum >> 32;
}

/**
 * __generic_csum_partial() - csum_partial() in C
 *
 * Words of eight bytes; the rest is padded with zeroes to one more. Two sums, so that the additions
 * of a pair don't wait for each other.
 */
__wsum __generic_csum_partial(const void *buff, int len, __wsum wsum)
{
	u64 sum = (__force u32)wsum, other = 0;
	const u8 *p = buff;

	for (; len >= 16; len -= 16, p += 16) {
		sum = add_carry(sum, get_unaligned((const u64 *)p));
		other = add_carry(other, get_unaligned((const u64 *)(p + 8)));
	}
	sum = add_carry(sum, other);
	if (len >= 8) {
		sum = add_carry(sum, get_unaligned((const u64 *)p));
		p += 8;
		len -= 8;
	}
	if (len > 0) {
		u64 rest = 0;

		memcpy(&rest, p, len);
		sum = add_carry(sum, rest);
	}
	return (__force __wsum)fold64(sum);
}
EXPORT_SYMBOL(__generic_csum_partial);

#ifndef arch_csum_partial
#define arch_csum_partial __generic_csum_partial
#endif

__wsum csum_partial(const void *buff, int len, __wsum sum)
{
	instrument_read(buff, len);	/* the machine's version is assembly */
	return arch_csum_partial(buff, len, sum);
}
EXPORT_SYMBOL(csum_partial);

__sum16 ip_compute_csum(const void *buff, int len)
{
	return csum_fold(csum_partial(buff, len, 0));
}
EXPORT_SYMBOL(ip_compute_csum);

#ifndef csum_tcpudp_nofold
__wsum csum_tcpudp_nofold(__be32 saddr, __be32 daddr, __u32 len, __u8 proto, __wsum sum)
{
	u64 total = (__force u32)sum;

	total += (__force u32)saddr;
	total += (__force u32)daddr;
	/* a zero byte, the protocol, and the length: the last two words of the pseudo header */
	total += (__force u32)cpu_to_be32(proto);
	total += (__force u32)cpu_to_be32(len);
	return (__force __wsum)fold64(total);
}
EXPORT_SYMBOL(csum_tcpudp_nofold);
#endif

__sum16 csum_ipv6_magic(const struct in6_addr *saddr, const struct in6_addr *daddr, __u32 len,
			__u8 proto, __wsum sum)
{
	u64 total = (__force u32)sum;
	int i;

	for (i = 0; i < 4; i++) {
		total += (__force u32)saddr->s6_addr32[i];
		total += (__force u32)daddr->s6_addr32[i];
	}
	/* the length takes four bytes here, and so does the protocol, behind three of zero */
	total += (__force u32)cpu_to_be32(len);
	total += (__force u32)cpu_to_be32(proto);
	return csum_fold((__force __wsum)fold64(total));
}
EXPORT_SYMBOL(csum_ipv6_magic);

/*
 * Copying and adding are two passes here: each goes by the machine's best means, which one loop for
 * both could not (the copy moves 32 bytes and more at a time), and the second finds the
 * bytes in the first-level cache: they are a packet's.
 */
#ifndef csum_partial_copy_nocheck
__wsum csum_partial_copy_nocheck(const void *src, void *dst, int len)
{
	memcpy(dst, src, len);
	return csum_partial(dst, len, 0);
}
EXPORT_SYMBOL(csum_partial_copy_nocheck);
#endif

/*
 * Copies from and to a user start from all ones, the other zero of this arithmetic: no sum that
 * starts there comes to 0, which therefore can say "fault".
 */
#define USER_SUM	((__force __wsum)~0u)

#ifndef csum_and_copy_from_user
__wsum csum_and_copy_from_user(const void __user *src, void *dst, int len)
{
	if (copy_from_user(dst, src, len))
		return 0;
	return csum_partial(dst, len, USER_SUM);
}
EXPORT_SYMBOL(csum_and_copy_from_user);
#endif

#ifndef csum_and_copy_to_user
__wsum csum_and_copy_to_user(const void *src, void __user *dst, int len)
{
	__wsum sum = csum_partial(src, len, USER_SUM);

	return copy_to_user(dst, src, len) ? 0 : sum;
}
EXPORT_SYMBOL(csum_and_copy_to_user);
#endif
