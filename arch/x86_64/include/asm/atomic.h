/* SPDX-License-Identifier: MIT */
/*
 * Atomic counters for <linux/atomic.h>, of 32 and 64 bits: the same operations, written once and
 * made for both widths at the end.
 *
 * A locked instruction is a full barrier, so only the fully ordered names exist here; the generic
 * layer uses them for the _relaxed, _acquire and _release ones too. Where the caller wants just a
 * flag (became zero, became negative) the instruction's own flags answer.
 */
#ifndef _ASM_X86_ATOMIC_H
#define _ASM_X86_ATOMIC_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/barrier.h>
#include <asm/cmpxchg.h>

#define ATOMIC_INIT(i)	{ (i) }

/*
 * One locked instruction on the counter: @insn has its width letter; nobody asks for the old value.
 */
#define ATOMIC_VOID_OP(atomic, T, op, insn)						\
static __always_inline void arch_##atomic##_##op(T i, atomic##_t *v)			\
{											\
	asm volatile("lock " insn " %1, %0" : "+m" (v->counter) : "er" (i) : "memory", "cc");	\
}

/* The same for a step of one. */
#define ATOMIC_STEP(atomic, op, insn)							\
static __always_inline void arch_##atomic##_##op(atomic##_t *v)				\
{											\
	asm volatile("lock " insn " %0" : "+m" (v->counter) : : "memory", "cc");	\
}											\
static __always_inline bool arch_##atomic##_##op##_and_test(atomic##_t *v)		\
{											\
	bool zero;									\
											\
	asm volatile("lock " insn " %0"							\
		     : "+m" (v->counter), "=@ccz" (zero) : : "memory");			\
	return zero;									\
}

/* A change by @i whose flag @cc is the answer. */
#define ATOMIC_FLAG_OP(atomic, T, name, insn, cc)					\
static __always_inline bool arch_##atomic##_##name(T i, atomic##_t *v)			\
{											\
	bool flag;									\
											\
	asm volatile("lock " insn " %2, %0"						\
		     : "+m" (v->counter), "=@cc" cc (flag) : "er" (i) : "memory");	\
	return flag;									\
}

/* No instruction gives the old value of these: a loop does. */
#define ATOMIC_FETCH_LOOP(atomic, T, op, c_op)						\
static __always_inline T arch_##atomic##_fetch_##op(T i, atomic##_t *v)			\
{											\
	T old = arch_##atomic##_read(v);						\
											\
	while (!arch_##atomic##_try_cmpxchg(v, &old, old c_op i))			\
		;									\
	return old;									\
}

#define ATOMIC_OPS(atomic, T, w)							\
static __always_inline T arch_##atomic##_read(const atomic##_t *v)			\
{											\
	return __READ_ONCE((v)->counter);						\
}											\
static __always_inline void arch_##atomic##_set(atomic##_t *v, T i)			\
{											\
	__WRITE_ONCE(v->counter, i);							\
}											\
static __always_inline T arch_##atomic##_fetch_add(T i, atomic##_t *v)			\
{											\
	return xadd(&v->counter, i);							\
}											\
static __always_inline T arch_##atomic##_fetch_sub(T i, atomic##_t *v)			\
{											\
	return xadd(&v->counter, -i);							\
}											\
static __always_inline T arch_##atomic##_add_return(T i, atomic##_t *v)			\
{											\
	return i + xadd(&v->counter, i);						\
}											\
static __always_inline T arch_##atomic##_sub_return(T i, atomic##_t *v)			\
{											\
	return arch_##atomic##_add_return(-i, v);					\
}											\
static __always_inline T arch_##atomic##_xchg(atomic##_t *v, T new)			\
{											\
	return arch_xchg(&v->counter, new);						\
}											\
static __always_inline T arch_##atomic##_cmpxchg(atomic##_t *v, T old, T new)		\
{											\
	return arch_cmpxchg(&v->counter, old, new);					\
}											\
static __always_inline bool arch_##atomic##_try_cmpxchg(atomic##_t *v, T *old, T new)	\
{											\
	return arch_try_cmpxchg(&v->counter, old, new);					\
}											\
ATOMIC_VOID_OP(atomic, T, add, "add" w)							\
ATOMIC_VOID_OP(atomic, T, sub, "sub" w)							\
ATOMIC_VOID_OP(atomic, T, and, "and" w)							\
ATOMIC_VOID_OP(atomic, T, or, "or" w)							\
ATOMIC_VOID_OP(atomic, T, xor, "xor" w)							\
ATOMIC_STEP(atomic, inc, "inc" w)							\
ATOMIC_STEP(atomic, dec, "dec" w)							\
ATOMIC_FLAG_OP(atomic, T, sub_and_test, "sub" w, "z")					\
ATOMIC_FLAG_OP(atomic, T, add_negative, "add" w, "s")					\
ATOMIC_FETCH_LOOP(atomic, T, and, &)							\
ATOMIC_FETCH_LOOP(atomic, T, or, |)							\
ATOMIC_FETCH_LOOP(atomic, T, xor, ^)

ATOMIC_OPS(atomic, int, "l")
ATOMIC_OPS(atomic64, s64, "q")

#undef ATOMIC_OPS
#undef ATOMIC_FETCH_LOOP
#undef ATOMIC_FLAG_OP
#undef ATOMIC_STEP
#undef ATOMIC_VOID_OP

/* What is here, for the generic layer to see. */
#define arch_atomic_inc			arch_atomic_inc
#define arch_atomic_dec			arch_atomic_dec
#define arch_atomic_inc_and_test	arch_atomic_inc_and_test
#define arch_atomic_dec_and_test	arch_atomic_dec_and_test
#define arch_atomic_sub_and_test	arch_atomic_sub_and_test
#define arch_atomic_add_negative	arch_atomic_add_negative
#define arch_atomic_add_return		arch_atomic_add_return
#define arch_atomic_sub_return		arch_atomic_sub_return
#define arch_atomic_fetch_add		arch_atomic_fetch_add
#define arch_atomic_fetch_sub		arch_atomic_fetch_sub
#define arch_atomic_fetch_and		arch_atomic_fetch_and
#define arch_atomic_fetch_or		arch_atomic_fetch_or
#define arch_atomic_fetch_xor		arch_atomic_fetch_xor
#define arch_atomic_xchg		arch_atomic_xchg
#define arch_atomic_cmpxchg		arch_atomic_cmpxchg
#define arch_atomic_try_cmpxchg		arch_atomic_try_cmpxchg

#define arch_atomic64_inc		arch_atomic64_inc
#define arch_atomic64_dec		arch_atomic64_dec
#define arch_atomic64_inc_and_test	arch_atomic64_inc_and_test
#define arch_atomic64_dec_and_test	arch_atomic64_dec_and_test
#define arch_atomic64_sub_and_test	arch_atomic64_sub_and_test
#define arch_atomic64_add_negative	arch_atomic64_add_negative
#define arch_atomic64_add_return	arch_atomic64_add_return
#define arch_atomic64_sub_return	arch_atomic64_sub_return
#define arch_atomic64_fetch_add		arch_atomic64_fetch_add
#define arch_atomic64_fetch_sub		arch_atomic64_fetch_sub
#define arch_atomic64_fetch_and		arch_atomic64_fetch_and
#define arch_atomic64_fetch_or		arch_atomic64_fetch_or
#define arch_atomic64_fetch_xor		arch_atomic64_fetch_xor
#define arch_atomic64_xchg		arch_atomic64_xchg
#define arch_atomic64_cmpxchg		arch_atomic64_cmpxchg
#define arch_atomic64_try_cmpxchg	arch_atomic64_try_cmpxchg

#endif /* _ASM_X86_ATOMIC_H */
