/* SPDX-License-Identifier: MIT */
#ifndef _CHECKSUM_H
#define _CHECKSUM_H

/*
 * Sums of packets: calculating with them. The sum itself is <asm/checksum.h>'s.
 */

#include <linux/errno.h>
#include <linux/types.h>
#include <linux/uaccess.h>
#include <asm/byteorder.h>
#include <asm/checksum.h>

#define CSUM_MANGLED_0	((__force __sum16)0xffff)

#ifndef csum_and_copy_from_user
/**
 * csum_and_copy_from_user - copy a block from user memory and give its sum; 0 on a fault, never
 * else
 */
__wsum csum_and_copy_from_user(const void __user *src, void *dst, int len);
#endif

#ifndef csum_and_copy_to_user
/**
 * csum_and_copy_to_user - copy a block to user memory and give its sum; 0 on a fault, never else
 */
__wsum csum_and_copy_to_user(const void *src, void __user *dst, int len);
#endif

/** csum_add - the sum of two sums */
static __always_inline __wsum csum_add(__wsum csum, __wsum addend)
{
	u32 sum = (__force u32)csum + (__force u32)addend;

	return (__force __wsum)(sum + (sum < (__force u32)addend));
}

/** csum_sub - take a block's sum out of another */
static __always_inline __wsum csum_sub(__wsum csum, __wsum addend)
{
	return csum_add(csum, ~addend);
}

/** csum16_add - add 16 bits to a folded sum */
static __always_inline __sum16 csum16_add(__sum16 csum, __be16 addend)
{
	u16 sum = (__force u16)csum + (__force u16)addend;

	return (__force __sum16)(u16)(sum + (sum < (__force u16)addend));
}

/** csum16_sub - take 16 bits out of a folded sum */
static __always_inline __sum16 csum16_sub(__sum16 csum, __be16 addend)
{
	return csum16_add(csum, ~addend);
}

/**
 * csum_shift - what a block's sum counts at @offset of a packet: at an odd one, bytes change places
 */
static __always_inline __wsum csum_shift(__wsum sum, int offset)
{
	return offset & 1 ? (__force __wsum)ror32((__force u32)sum, 8) : sum;
}

/** csum_block_add - the sum of two blocks, the second of which begins at @offset */
static __always_inline __wsum csum_block_add(__wsum csum, __wsum csum2, int offset)
{
	return csum_add(csum, csum_shift(csum2, offset));
}

/** csum_block_add_ext - csum_block_add(); the length isn't needed */
static __always_inline __wsum csum_block_add_ext(__wsum csum, __wsum csum2, int offset, int len)
{
	(void)len;
	return csum_block_add(csum, csum2, offset);
}

/** csum_block_sub - take the sum of a block that begins at @offset out of another */
static __always_inline __wsum csum_block_sub(__wsum csum, __wsum csum2, int offset)
{
	return csum_block_add(csum, ~csum2, offset);
}

/** csum_unfold - a check sum as a sum that one can add to */
static __always_inline __wsum csum_unfold(__sum16 n)
{
	return (__force __wsum)n;
}

/** csum_partial_ext - csum_partial() under the name that tables of such functions want */
static __always_inline __wsum csum_partial_ext(const void *buff, int len, __wsum sum)
{
	return csum_partial(buff, len, sum);
}

/** csum_replace_by_diff - bring a header's sum up to date: its words changed by @diff */
static __always_inline void csum_replace_by_diff(__sum16 *sum, __wsum diff)
{
	*sum = csum_fold(csum_add(diff, ~csum_unfold(*sum)));
}

/** csum_replace4 - correct a check sum for a field that changed */
static __always_inline void csum_replace4(__sum16 *sum, __be32 from, __be32 to)
{
	__wsum tmp = csum_sub(~csum_unfold(*sum), (__force __wsum)from);

	*sum = csum_fold(csum_add(tmp, (__force __wsum)to));
}

/** csum_replace2 - the same for a field of two bytes */
static __always_inline void csum_replace2(__sum16 *sum, __be16 old, __be16 new)
{
	*sum = ~csum16_add(csum16_sub(~*sum, old), new);
}

/** csum_replace - bring a sum up to date: @old has become @new in the block */
static inline void csum_replace(__wsum *csum, __wsum old, __wsum new)
{
	*csum = csum_add(csum_sub(*csum, old), new);
}

/** csum_from32to16 - fold a sum of 32 bits to 16, without taking its complement */
static inline unsigned short csum_from32to16(unsigned int sum)
{
	sum += (sum >> 16) | (sum << 16);
	return sum >> 16;
}

/**
 * remcsum_adjust - fill in a check sum that the sender left to the receiver
 * @ptr: where the packet begins that @csum is the sum of
 * @csum: that sum
 * @start: offset of the first byte that the missing check sum covers
 * @offset: of the field that it belongs into
 *
 * Return: what the field's change adds to @csum, for remcsum_unadjust() too.
 */
static __always_inline __wsum remcsum_adjust(void *ptr, __wsum csum, int start, int offset)
{
	__sum16 *field = ptr + offset;
	__wsum before = csum_unfold(*field);

	/* without what lies before @start the sum is that of the part */
	csum = csum_sub(csum, csum_partial(ptr, start, 0));
	*field = csum_fold(csum);
	return csum_sub(csum_unfold(*field), before);
}

/** remcsum_unadjust - put back what was in the field before remcsum_adjust() returned @delta */
static __always_inline void remcsum_unadjust(__sum16 *psum, __wsum delta)
{
	*psum = csum_fold(csum_sub(delta, (__force __wsum)*psum));
}

/** wsum_negate - -@val */
static __always_inline __wsum wsum_negate(__wsum val)
{
	return (__force __wsum)-((__force u32)val);
}

#endif /* _CHECKSUM_H */
