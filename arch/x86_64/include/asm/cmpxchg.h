/* SPDX-License-Identifier: MIT */
/*
 * Exchange and compare-and-exchange for operands of 1, 2, 4 and 8 bytes, and
 * of 16 with cmpxchg16b. All but the _local forms are full barriers.
 */
#ifndef _ASM_X86_CMPXCHG_H
#define _ASM_X86_CMPXCHG_H

#include <linux/compiler.h>
#include <linux/types.h>

extern void __bad_xchg_size(void);
extern void __bad_cmpxchg_size(void);

/* The instruction's suffix follows from the operand; registers by %b, %w, %k, %q. */
#define __x86_xchg(ptr, v, size)						\
({										\
	typeof(*(ptr)) __xret = (v);						\
										\
	switch (size) {								\
	case 1:									\
		asm volatile("xchgb %b0, %1"					\
			     : "+q" (__xret), "+m" (*(ptr)) : : "memory");	\
		break;								\
	case 2:									\
		asm volatile("xchgw %w0, %1"					\
			     : "+r" (__xret), "+m" (*(ptr)) : : "memory");	\
		break;								\
	case 4:									\
		asm volatile("xchgl %k0, %1"					\
			     : "+r" (__xret), "+m" (*(ptr)) : : "memory");	\
		break;								\
	case 8:									\
		asm volatile("xchgq %q0, %1"					\
			     : "+r" (__xret), "+m" (*(ptr)) : : "memory");	\
		break;								\
	default:								\
		__bad_xchg_size();						\
	}									\
	__xret;									\
})

#define arch_xchg(ptr, v)	__x86_xchg((ptr), (v), sizeof(*(ptr)))

/* xadd: add to memory, return what was there. */
#define __x86_xadd(ptr, inc, lock)						\
({										\
	typeof(*(ptr)) __xret = (inc);						\
										\
	switch (sizeof(*(ptr))) {						\
	case 1:									\
		asm volatile(lock "xaddb %b0, %1"				\
			     : "+q" (__xret), "+m" (*(ptr)) : : "memory", "cc");	\
		break;								\
	case 2:									\
		asm volatile(lock "xaddw %w0, %1"				\
			     : "+r" (__xret), "+m" (*(ptr)) : : "memory", "cc");	\
		break;								\
	case 4:									\
		asm volatile(lock "xaddl %k0, %1"				\
			     : "+r" (__xret), "+m" (*(ptr)) : : "memory", "cc");	\
		break;								\
	case 8:									\
		asm volatile(lock "xaddq %q0, %1"				\
			     : "+r" (__xret), "+m" (*(ptr)) : : "memory", "cc");	\
		break;								\
	default:								\
		__bad_xchg_size();						\
	}									\
	__xret;									\
})
#define xadd(ptr, inc)		__x86_xadd((ptr), (inc), "lock; ")

#define __x86_cmpxchg_one(ptr, ret, new, insn, mod, rc)				\
	asm volatile(insn " %" mod "2, %1"					\
		     : "=a" (ret), "+m" (*(ptr))				\
		     : rc (new), "0" (ret)					\
		     : "memory", "cc")

#define __x86_cmpxchg(ptr, old, new, size, lock)				\
({										\
	typeof(*(ptr)) __cret = (old);						\
	typeof(*(ptr)) __cnew = (new);						\
										\
	switch (size) {								\
	case 1:									\
		__x86_cmpxchg_one(ptr, __cret, __cnew, lock "cmpxchgb", "b", "q");	\
		break;								\
	case 2:									\
		__x86_cmpxchg_one(ptr, __cret, __cnew, lock "cmpxchgw", "w", "r");	\
		break;								\
	case 4:									\
		__x86_cmpxchg_one(ptr, __cret, __cnew, lock "cmpxchgl", "k", "r");	\
		break;								\
	case 8:									\
		__x86_cmpxchg_one(ptr, __cret, __cnew, lock "cmpxchgq", "q", "r");	\
		break;								\
	default:								\
		__bad_cmpxchg_size();						\
	}									\
	__cret;									\
})

#define __x86_try_cmpxchg_one(ptr, ok, seen, new, insn, mod, rc)		\
	asm volatile(insn " %" mod "[_new], %[_ptr]"				\
		     : "=@ccz" (ok), [_ptr] "+m" (*(ptr)), "+a" (seen)		\
		     : [_new] rc (new)						\
		     : "memory")

#define __x86_try_cmpxchg(ptr, pold, new, size, lock)				\
({										\
	bool __tok;								\
	typeof(*(ptr)) *__told = (typeof(*(ptr)) *)(pold);			\
	typeof(*(ptr)) __tseen = *__told;					\
	typeof(*(ptr)) __tnew = (new);						\
										\
	switch (size) {								\
	case 1:									\
		__x86_try_cmpxchg_one(ptr, __tok, __tseen, __tnew,		\
				      lock "cmpxchgb", "b", "q");		\
		break;								\
	case 2:									\
		__x86_try_cmpxchg_one(ptr, __tok, __tseen, __tnew,		\
				      lock "cmpxchgw", "w", "r");		\
		break;								\
	case 4:									\
		__x86_try_cmpxchg_one(ptr, __tok, __tseen, __tnew,		\
				      lock "cmpxchgl", "k", "r");		\
		break;								\
	case 8:									\
		__x86_try_cmpxchg_one(ptr, __tok, __tseen, __tnew,		\
				      lock "cmpxchgq", "q", "r");		\
		break;								\
	default:								\
		__bad_cmpxchg_size();						\
	}									\
	if (unlikely(!__tok))							\
		*__told = __tseen;						\
	likely(__tok);								\
})

#define arch_cmpxchg(ptr, old, new)						\
	__x86_cmpxchg((ptr), (old), (new), sizeof(*(ptr)), "lock; ")
#define arch_cmpxchg_local(ptr, old, new)					\
	__x86_cmpxchg((ptr), (old), (new), sizeof(*(ptr)), "")
#define arch_sync_cmpxchg(ptr, old, new)	arch_cmpxchg(ptr, old, new)
#define arch_try_cmpxchg(ptr, pold, new)					\
	__x86_try_cmpxchg((ptr), (pold), (new), sizeof(*(ptr)), "lock; ")
#define arch_try_cmpxchg_local(ptr, pold, new)					\
	__x86_try_cmpxchg((ptr), (pold), (new), sizeof(*(ptr)), "")


#define arch_cmpxchg64(ptr, o, n)		arch_cmpxchg((ptr), (o), (n))
#define arch_cmpxchg64_local(ptr, o, n)		arch_cmpxchg_local((ptr), (o), (n))
#define arch_try_cmpxchg64(ptr, po, n)		arch_try_cmpxchg((ptr), (po), (n))
#define arch_try_cmpxchg64_local(ptr, po, n)	arch_try_cmpxchg_local((ptr), (po), (n))

/* 16 bytes, 16-byte aligned. */
union __u128_halves {
	u128 full;
	struct {
		u64 low, high;
	};
};

#define __x86_cmpxchg128(_ptr, _old, _new, _lock)				\
({										\
	union __u128_halves __o = { .full = (_old) };				\
	union __u128_halves __n = { .full = (_new) };				\
										\
	asm volatile(_lock "cmpxchg16b %[ptr]"					\
		     : [ptr] "+m" (*(_ptr)), "+a" (__o.low), "+d" (__o.high)	\
		     : "b" (__n.low), "c" (__n.high)				\
		     : "memory", "cc");						\
	__o.full;								\
})

/** arch_cmpxchg128 - compare and exchange 16 aligned bytes, atomically. Return: what was there */
static __always_inline u128 arch_cmpxchg128(volatile u128 *ptr, u128 old, u128 new)
{
	return __x86_cmpxchg128(ptr, old, new, "lock; ");
}
#define arch_cmpxchg128 arch_cmpxchg128

/** arch_cmpxchg128_local - the same against this CPU only */
static __always_inline u128 arch_cmpxchg128_local(volatile u128 *ptr, u128 old, u128 new)
{
	return __x86_cmpxchg128(ptr, old, new, "");
}
#define arch_cmpxchg128_local arch_cmpxchg128_local

/** arch_try_cmpxchg128 - the same. Return: done? If not, *@oldp is what was there */
static __always_inline bool arch_try_cmpxchg128(volatile u128 *ptr, u128 *oldp, u128 new)
{
	u128 old = *oldp;

	*oldp = __x86_cmpxchg128(ptr, old, new, "lock; ");
	return *oldp == old;
}
#define arch_try_cmpxchg128 arch_try_cmpxchg128

#define system_has_cmpxchg128()	boot_cpu_has(X86_FEATURE_CX16)

#endif /* _ASM_X86_CMPXCHG_H */
