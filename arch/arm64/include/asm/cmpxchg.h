/* SPDX-License-Identifier: MIT */
/*
 * Exchange and compare-and-exchange of 1, 2, 4 and 8 bytes, and compare-and-exchange of 16.
 *
 * The portable form is a load-exclusive/store-exclusive loop; CPUs with LSE get the single
 * instruction patched in. In both, acquire and release sit in the instructions themselves. A fully
 * ordered exchange is release and acquire in one with LSE, but with exclusives a later access could
 * still pass the store: hence the dmb at its end, reached only when the store happened.
 */
#ifndef _ASM_CMPXCHG_H
#define _ASM_CMPXCHG_H

#include <linux/build_bug.h>
#include <linux/compiler.h>
#include <linux/types.h>

#include <asm/alternative.h>
#include <asm/barrier.h>

#define __LSE_PREAMBLE	".arch_extension lse\n\t"

/*
 * sz: suffix for the size; w: register prefix; order: name, a/l: suffix letters of load and store,
 * lse: suffix, mb.
 */
#define __XCHG_CASE(w, sz, bits, name, a, l, lse, mb)					\
static __always_inline u##bits __xchg_case_##name##bits(u##bits x, volatile void *ptr)	\
{											\
	u##bits ret;									\
	unsigned long tmp;								\
											\
	asm volatile(__LSE_PREAMBLE ALTERNATIVE(					\
	"1:	ld" #a "xr" #sz "	%" #w "0, %2\n"					\
	"	st" #l "xr" #sz "	%w1, %" #w "3, %2\n"				\
	"	cbnz	%w1, 1b\n"							\
	"	" mb "\n",								\
	"	swp" #lse #sz "	%" #w "3, %" #w "0, %2\n",				\
	ARM64_HAS_LSE_ATOMICS)								\
	: "=&r" (ret), "=&r" (tmp), "+Q" (*(volatile u##bits *)ptr)			\
	: "r" (x)									\
	: "memory");									\
	return ret;									\
}

#define __XCHG_CASES(w, sz, bits)				\
	__XCHG_CASE(w, sz, bits, relaxed_, , , , "")		\
	__XCHG_CASE(w, sz, bits, acquire_, a, , a, "")		\
	__XCHG_CASE(w, sz, bits, release_, , l, l, "")		\
	__XCHG_CASE(w, sz, bits, full_, , l, al, "dmb ish")

__XCHG_CASES(w, b, 8)
__XCHG_CASES(w, h, 16)
__XCHG_CASES(w, , 32)
__XCHG_CASES(x, , 64)

#undef __XCHG_CASES
#undef __XCHG_CASE

#define __CMPXCHG_CASE(w, sz, bits, name, a, l, lse, mb)				\
static __always_inline u##bits __cmpxchg_case_##name##bits(volatile void *ptr, u##bits old, \
							   u##bits new) \
{											\
	u##bits ret;									\
	unsigned long tmp;								\
											\
	/* %w1 compares: the loaded value is zero-extended, and so are u8 and u16 here. */ \
	asm volatile(__LSE_PREAMBLE ALTERNATIVE(					\
	"1:	ld" #a "xr" #sz "	%" #w "0, %2\n"					\
	"	eor	%" #w "1, %" #w "0, %" #w "3\n"					\
	"	cbnz	%" #w "1, 2f\n"							\
	"	st" #l "xr" #sz "	%w1, %" #w "4, %2\n"				\
	"	cbnz	%w1, 1b\n"							\
	"	" mb "\n"								\
	"2:\n",										\
	"	mov	%" #w "0, %" #w "3\n"						\
	"	cas" #lse #sz "	%" #w "0, %" #w "4, %2\n",				\
	ARM64_HAS_LSE_ATOMICS)								\
	: "=&r" (ret), "=&r" (tmp), "+Q" (*(volatile u##bits *)ptr)			\
	: "r" ((bits) < 32 ? (u32)old : old), "r" (new)					\
	: "memory");									\
	return ret;									\
}

#define __CMPXCHG_CASES(w, sz, bits)				\
	__CMPXCHG_CASE(w, sz, bits, relaxed_, , , , "")		\
	__CMPXCHG_CASE(w, sz, bits, acquire_, a, , a, "")	\
	__CMPXCHG_CASE(w, sz, bits, release_, , l, l, "")	\
	__CMPXCHG_CASE(w, sz, bits, full_, , l, al, "dmb ish")

__CMPXCHG_CASES(w, b, 8)
__CMPXCHG_CASES(w, h, 16)
__CMPXCHG_CASES(w, , 32)
__CMPXCHG_CASES(x, , 64)

#undef __CMPXCHG_CASES
#undef __CMPXCHG_CASE

#define __XCHG_GEN(name)								\
static __always_inline unsigned long __xchg_##name(unsigned long x, volatile void *ptr, int size) \
{											\
	switch (size) {									\
	case 1:										\
		return __xchg_case_##name##_8(x, ptr);					\
	case 2:										\
		return __xchg_case_##name##_16(x, ptr);					\
	case 4:										\
		return __xchg_case_##name##_32(x, ptr);					\
	case 8:										\
		return __xchg_case_##name##_64(x, ptr);					\
	default:									\
		BUILD_BUG();								\
	}										\
	__builtin_unreachable();							\
}											\
											\
static __always_inline unsigned long __cmpxchg_##name(volatile void *ptr, unsigned long old, \
						      unsigned long new, int size)	\
{											\
	switch (size) {									\
	case 1:										\
		return __cmpxchg_case_##name##_8(ptr, old, new);			\
	case 2:										\
		return __cmpxchg_case_##name##_16(ptr, old, new);			\
	case 4:										\
		return __cmpxchg_case_##name##_32(ptr, old, new);			\
	case 8:										\
		return __cmpxchg_case_##name##_64(ptr, old, new);			\
	default:									\
		BUILD_BUG();								\
	}										\
	__builtin_unreachable();							\
}

__XCHG_GEN(relaxed)
__XCHG_GEN(acquire)
__XCHG_GEN(release)
__XCHG_GEN(full)

#undef __XCHG_GEN

#define __xchg_wrapper(name, ptr, x) ({						\
	__typeof__(*(ptr)) __xw_ret;						\
	__xw_ret = (__typeof__(*(ptr)))						\
		__xchg_##name((unsigned long)(x), (ptr), sizeof(*(ptr)));	\
	__xw_ret;								\
})

#define arch_xchg_relaxed(ptr, x)	__xchg_wrapper(relaxed, ptr, x)
#define arch_xchg_acquire(ptr, x)	__xchg_wrapper(acquire, ptr, x)
#define arch_xchg_release(ptr, x)	__xchg_wrapper(release, ptr, x)
#define arch_xchg(ptr, x)		__xchg_wrapper(full, ptr, x)

#define __cmpxchg_wrapper(name, ptr, o, n) ({					\
	__typeof__(*(ptr)) __cw_ret;						\
	__cw_ret = (__typeof__(*(ptr)))						\
		__cmpxchg_##name((ptr), (unsigned long)(o),			\
				 (unsigned long)(n), sizeof(*(ptr)));		\
	__cw_ret;								\
})

#define arch_cmpxchg_relaxed(ptr, o, n)	__cmpxchg_wrapper(relaxed, ptr, o, n)
#define arch_cmpxchg_acquire(ptr, o, n)	__cmpxchg_wrapper(acquire, ptr, o, n)
#define arch_cmpxchg_release(ptr, o, n)	__cmpxchg_wrapper(release, ptr, o, n)
#define arch_cmpxchg(ptr, o, n)		__cmpxchg_wrapper(full, ptr, o, n)
#define arch_cmpxchg_local		arch_cmpxchg_relaxed

#define arch_cmpxchg64_relaxed		arch_cmpxchg_relaxed
#define arch_cmpxchg64_acquire		arch_cmpxchg_acquire
#define arch_cmpxchg64_release		arch_cmpxchg_release
#define arch_cmpxchg64			arch_cmpxchg
#define arch_cmpxchg64_local		arch_cmpxchg_local

/*
 * Sixteen bytes at once, aligned to sixteen. A mismatch still writes back, since only that proves
 * the pair was whole.
 */
#define system_has_cmpxchg128()		1

static __always_inline u128 arch_cmpxchg128(volatile u128 *ptr, u128 old, u128 new)
{
	u64 lo, hi, old_lo = (u64)old, old_hi = (u64)(old >> 64);
	u64 new_lo = (u64)new, new_hi = (u64)(new >> 64);
	unsigned long st_lo, st_hi;
	unsigned int fail;

	asm volatile(
	"1:	ldxp	%[lo], %[hi], %[mem]\n"
	"	cmp	%[lo], %[old_lo]\n"
	"	ccmp	%[hi], %[old_hi], #0, eq\n"
	"	csel	%[st_lo], %[new_lo], %[lo], eq\n"
	"	csel	%[st_hi], %[new_hi], %[hi], eq\n"
	"	stlxp	%w[fail], %[st_lo], %[st_hi], %[mem]\n"
	"	cbnz	%w[fail], 1b\n"
	"	dmb	ish\n"
	: [lo] "=&r" (lo), [hi] "=&r" (hi), [st_lo] "=&r" (st_lo), [st_hi] "=&r" (st_hi),
	  [fail] "=&r" (fail), [mem] "+Q" (*ptr)
	: [old_lo] "r" (old_lo), [old_hi] "r" (old_hi), [new_lo] "r" (new_lo), [new_hi] "r" (new_hi)
	: "cc", "memory");
	return ((u128)hi << 64) | lo;
}
#define arch_cmpxchg128 arch_cmpxchg128
#define arch_cmpxchg128_local arch_cmpxchg128

/*
 * Sleep until *ptr may have changed from val. The event register is made set, then emptied, so that
 * the second wfe waits for an event after the load armed the monitor.
 */
#define __CMPWAIT_CASE(w, sz, bits)							\
static __always_inline void __cmpwait_case_##bits(volatile void *ptr, unsigned long val)	\
{											\
	unsigned long tmp;								\
											\
	asm volatile(									\
	"	sevl\n"									\
	"	wfe\n"									\
	"	ldxr" #sz "	%" #w "0, %1\n"						\
	"	eor	%" #w "0, %" #w "0, %" #w "2\n"					\
	"	cbnz	%" #w "0, 1f\n"							\
	"	wfe\n"									\
	"1:"										\
	: "=&r" (tmp), "+Q" (*(volatile u##bits *)ptr)					\
	: "r" ((unsigned long)(u##bits)val));						\
}

__CMPWAIT_CASE(w, b, 8)
__CMPWAIT_CASE(w, h, 16)
__CMPWAIT_CASE(w, , 32)
__CMPWAIT_CASE(x, , 64)

#undef __CMPWAIT_CASE

/** __cmpwait - sleep until the word at @ptr may be another than @val; may end early */
static __always_inline void __cmpwait(volatile void *ptr, unsigned long val, int size)
{
	switch (size) {
	case 1:
		return __cmpwait_case_8(ptr, val);
	case 2:
		return __cmpwait_case_16(ptr, val);
	case 4:
		return __cmpwait_case_32(ptr, val);
	case 8:
		return __cmpwait_case_64(ptr, val);
	default:
		BUILD_BUG();
	}
	__builtin_unreachable();
}

#define __cmpwait_relaxed(ptr, val) \
	__cmpwait((volatile void *)(ptr), (unsigned long)(val), sizeof(*(ptr)))

#endif /* _ASM_CMPXCHG_H */
