/* SPDX-License-Identifier: MIT */
#ifndef __ASM_GENERIC_CHECKSUM_H
#define __ASM_GENERIC_CHECKSUM_H

/*
 * The Internet check sum (RFC 1071): 16-bit words added in ones' complement arithmetic, where a
 * carry out of the top comes back in at the bottom. Two properties make it quick: the words may be
 * added in wider pieces and folded at the end, and in either byte order.
 *
 * __wsum is a sum of 32 bits not yet folded; __sum16 is the folded complement, as it stands in a
 * header. A machine with a better one defines a macro of the function's name; for csum_partial() it
 * defines arch_csum_partial.
 */

#include <linux/bitops.h>
#include <linux/types.h>

__wsum __generic_csum_partial(const void *buff, int len, __wsum sum);

/**
 * csum_partial - add a block to a sum
 * @buff: the block, at any address
 * @len: its length; one that is odd counts as followed by a zero
 * @sum: what to add to
 *
 * A block at an odd offset of the packet is to be added with csum_block_add().
 */
__wsum csum_partial(const void *buff, int len, __wsum sum);

/** csum_fold - the 16 bits for a header: the complement of the folded sum */
#ifndef csum_fold
static inline __sum16 csum_fold(__wsum csum)
{
	u32 sum = (__force u32)csum;

	/* both halves plus the carry land in the upper half */
	sum += ror32(sum, 16);
	return (__force __sum16)(~sum >> 16);
}
#define csum_fold csum_fold
#endif

#ifndef ip_fast_csum
/**
 * ip_fast_csum - the check sum of an IPv4 header of @ihl words; 0 over one that has the right sum
 */
static inline __sum16 ip_fast_csum(const void *iph, unsigned int ihl)
{
	return csum_fold(csum_partial(iph, ihl * 4, 0));
}
#endif

#ifndef csum_tcpudp_nofold
/** csum_tcpudp_nofold - add the IPv4 pseudo header; addresses in network order */
__wsum csum_tcpudp_nofold(__be32 saddr, __be32 daddr, __u32 len, __u8 proto, __wsum sum);
#endif

#ifndef csum_tcpudp_magic
/** csum_tcpudp_magic - the check sum of a TCP or UDP packet whose bytes' sum is @sum */
static inline __sum16 csum_tcpudp_magic(__be32 saddr, __be32 daddr, __u32 len, __u8 proto,
					__wsum sum)
{
	return csum_fold(csum_tcpudp_nofold(saddr, daddr, len, proto, sum));
}
#endif

/** ip_compute_csum - the check sum of a block */
__sum16 ip_compute_csum(const void *buff, int len);

#ifndef csum_partial_copy_nocheck
/** csum_partial_copy_nocheck - copy a block and give its sum */
__wsum csum_partial_copy_nocheck(const void *src, void *dst, int len);
#endif

#endif /* __ASM_GENERIC_CHECKSUM_H */
