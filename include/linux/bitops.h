/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BITOPS_H
#define _LINUX_BITOPS_H

/*
 * Operations on single bits and words of bits.
 *
 * A bit number may be larger than a word: bit @nr of @addr is bit nr % BITS_PER_LONG of word
 * nr / BITS_PER_LONG. Three families:
 *  - set_bit(), clear_bit(), change_bit(): atomic, no ordering;
 *    test_and_set_bit() and its like: atomic, fully ordered; the _lock and _unlock forms acquire
 *    and release.
 *  - __set_bit() and its like: plain memory accesses; the caller excludes others.
 *  - test_bit(): one read; test_bit_acquire() orders what follows after it.
 * All may be called from any context.
 */

#include <asm/types.h>
#include <linux/bits.h>
#include <linux/typecheck.h>
#include <linux/types.h>
#include <uapi/linux/kernel.h>

#define BITS_PER_TYPE(type)	(sizeof(type) * BITS_PER_BYTE)
#ifndef BITS_TO_LONGS
#define BITS_TO_LONGS(nr)	__KERNEL_DIV_ROUND_UP(nr, BITS_PER_TYPE(long))
#endif
#define BITS_TO_U64(nr)		__KERNEL_DIV_ROUND_UP(nr, BITS_PER_TYPE(u64))
#define BITS_TO_U32(nr)		__KERNEL_DIV_ROUND_UP(nr, BITS_PER_TYPE(u32))
#define BITS_TO_BYTES(nr)	__KERNEL_DIV_ROUND_UP(nr, BITS_PER_TYPE(char))

#define BYTES_TO_BITS(nb)	((nb) * BITS_PER_BYTE)

/* The first @n bytes of a word in memory, fewer than it has; both machines are little endian. */
#define aligned_byte_mask(n)	((1UL << 8 * (n)) - 1)

unsigned int __sw_hweight8(unsigned int w);
unsigned int __sw_hweight16(unsigned int w);
unsigned int __sw_hweight32(unsigned int w);
unsigned long __sw_hweight64(u64 w);

/* The non-atomic family's names with one underscore less than the functions behind them. */
#define __set_bit(nr, addr)		___set_bit(nr, addr)
#define __clear_bit(nr, addr)		___clear_bit(nr, addr)
#define __change_bit(nr, addr)		___change_bit(nr, addr)
#define __test_and_set_bit(nr, addr)	___test_and_set_bit(nr, addr)
#define __test_and_clear_bit(nr, addr)	___test_and_clear_bit(nr, addr)
#define __test_and_change_bit(nr, addr)	___test_and_change_bit(nr, addr)
#define test_bit(nr, addr)		_test_bit(nr, addr)
#define test_bit_acquire(nr, addr)	_test_bit_acquire(nr, addr)

/* The arch's own operations over the generic ones. */
#include <asm/bitops.h>

/** get_bitmask_order - bits needed to write @count; 0 for 0 */
static __always_inline int get_bitmask_order(unsigned int count)
{
	return fls(count);
}

/** hweight_long - how many bits of a word are set */
static __always_inline unsigned long hweight_long(unsigned long w)
{
	return sizeof(w) == 4 ? hweight32(w) : hweight64((u64)w);
}

/** rol64 - rotate a 64-bit value left */
static inline __u64 rol64(__u64 word, unsigned int shift)
{
	return (word << (shift & 63)) | (word >> ((-shift) & 63));
}

/** ror64 - rotate a 64-bit value right */
static inline __u64 ror64(__u64 word, unsigned int shift)
{
	return (word >> (shift & 63)) | (word << ((-shift) & 63));
}

/** rol32 - rotate a 32-bit value left */
static inline __u32 rol32(__u32 word, unsigned int shift)
{
	return (word << (shift & 31)) | (word >> ((-shift) & 31));
}

/** ror32 - rotate a 32-bit value right */
static inline __u32 ror32(__u32 word, unsigned int shift)
{
	return (word >> (shift & 31)) | (word << ((-shift) & 31));
}

/** rol16 - rotate a 16-bit value left */
static inline __u16 rol16(__u16 word, unsigned int shift)
{
	return (__u16)((word << (shift & 15)) | (word >> ((-shift) & 15)));
}

/** ror16 - rotate a 16-bit value right */
static inline __u16 ror16(__u16 word, unsigned int shift)
{
	return (__u16)((word >> (shift & 15)) | (word << ((-shift) & 15)));
}

/** rol8 - rotate an 8-bit value left */
static inline __u8 rol8(__u8 word, unsigned int shift)
{
	return (__u8)((word << (shift & 7)) | (word >> ((-shift) & 7)));
}

/** ror8 - rotate an 8-bit value right */
static inline __u8 ror8(__u8 word, unsigned int shift)
{
	return (__u8)((word >> (shift & 7)) | (word << ((-shift) & 7)));
}

/**
 * sign_extend32 - make bit @index of a value its sign
 * @value: value whose bits above @index don't matter
 * @index: number of the sign bit, 0 to 31
 */
static __always_inline __s32 sign_extend32(__u32 value, int index)
{
	__u8 shift = 31 - index;

	return (__s32)(value << shift) >> shift;
}

/** sign_extend64 - make bit @index (0 to 63) of a 64-bit value its sign */
static __always_inline __s64 sign_extend64(__u64 value, int index)
{
	__u8 shift = 63 - index;

	return (__s64)(value << shift) >> shift;
}

/** fls_long - number of the highest set bit counted from 1; 0 for 0 */
static inline unsigned int fls_long(unsigned long l)
{
	return sizeof(l) == 4 ? fls(l) : fls64(l);
}

/** get_count_order - order of the smallest power of two >= @count; -1 for 0 */
static inline int get_count_order(unsigned int count)
{
	if (count == 0)
		return -1;
	return fls(--count);
}

/** get_count_order_long - get_count_order() of a long */
static inline int get_count_order_long(unsigned long l)
{
	if (l == 0UL)
		return -1;
	return (int)fls_long(--l);
}

/** __ffs64 - number of the lowest set bit counted from 0; undefined for 0 */
static inline unsigned int __ffs64(u64 word)
{
	return __ffs((unsigned long)word);
}

/** fns - number of the n-th set bit (n from 0) of a word, or BITS_PER_LONG */
static inline unsigned long fns(unsigned long word, unsigned int n)
{
	while (word && n--)
		word &= word - 1;

	return word ? __ffs(word) : BITS_PER_LONG;
}

/** assign_bit - set (@value true) or clear a bit atomically */
#define assign_bit(nr, addr, value)						\
	((value) ? set_bit((nr), (addr)) : clear_bit((nr), (addr)))

/** __assign_bit - set or clear a bit non-atomically */
#define __assign_bit(nr, addr, value)						\
	((value) ? __set_bit((nr), (addr)) : __clear_bit((nr), (addr)))

/** __ptr_set_bit - set bit @nr of a pointer variable */
#define __ptr_set_bit(nr, addr) ({						\
	typecheck_pointer(*(addr));						\
	__set_bit(nr, (unsigned long *)(addr));					\
})

/** __ptr_clear_bit - clear bit @nr of a pointer variable */
#define __ptr_clear_bit(nr, addr) ({						\
	typecheck_pointer(*(addr));						\
	__clear_bit(nr, (unsigned long *)(addr));				\
})

/** __ptr_test_bit - test bit @nr of a pointer variable */
#define __ptr_test_bit(nr, addr) ({						\
	typecheck_pointer(*(addr));						\
	test_bit(nr, (unsigned long *)(addr));					\
})

/** set_mask_bits - atomically replace the bits of @mask in *@ptr by @bits; the old value */
#define set_mask_bits(ptr, mask, bits) ({					\
	const typeof(*(ptr)) mask__ = (mask), bits__ = (bits);			\
	typeof(*(ptr)) old__, new__;						\
										\
	old__ = READ_ONCE(*(ptr));						\
	do {									\
		new__ = (old__ & ~mask__) | bits__;				\
	} while (!try_cmpxchg(ptr, &old__, new__));				\
	old__;									\
})

/** bit_clear_unless - atomically clear @clear in *@ptr unless a bit of @test is set; done? */
#define bit_clear_unless(ptr, clear, test) ({					\
	const typeof(*(ptr)) clear__ = (clear), test__ = (test);		\
	typeof(*(ptr)) old__, new__;						\
										\
	old__ = READ_ONCE(*(ptr));						\
	do {									\
		if (old__ & test__)						\
			break;							\
		new__ = old__ & ~clear__;					\
	} while (!try_cmpxchg(ptr, &old__, new__));				\
	!(old__ & test__);							\
})

#endif
