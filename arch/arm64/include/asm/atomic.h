/* SPDX-License-Identifier: MIT */
/*
 * Atomic arithmetic: a load-exclusive/store-exclusive loop, or one LSE instruction where every CPU
 * has them.
 *
 * LSE can add, set bits, clear bits and flip bits; sub is made of add, and of clear. Both variants
 * leave the old value in %0 and, for the *_return forms, compute the new one from it afterwards, in
 * C, which the compiler drops when nobody looks.
 */
#ifndef _ASM_ATOMIC_H
#define _ASM_ATOMIC_H

#include <linux/compiler.h>
#include <linux/types.h>

#include <asm/alternative.h>
#include <asm/barrier.h>
#include <asm/cmpxchg.h>

#define arch_atomic_read(v)		READ_ONCE((v)->counter)
#define arch_atomic_set(v, i)		WRITE_ONCE((v)->counter, (i))
#define arch_atomic64_read(v)		READ_ONCE((v)->counter)
#define arch_atomic64_set(v, i)		WRITE_ONCE((v)->counter, (i))

/*
 * The loop of the shape without a result stands out of line, behind a branch that LSE replaces: as
 * long as the one instruction, so that no padding is left in the path.
 */

/*
 * The three shapes, for both widths (w: register prefix, T: C type, A: atomic or atomic64).
 * insn: what the loop computes; lse: the LSE operation; arg: what LSE gets as operand, an
 * expression of i.
 */
#define __ATOMIC_VOID(A, T, w, op, insn, lse, arg)					\
static __always_inline void arch_##A##_##op(T i, A##_t *v)				\
{											\
	T old, new;									\
	unsigned int fail;								\
											\
	asm volatile(__LSE_PREAMBLE ALTERNATIVE(					\
	"	b	90f\n",								\
	"	st" #lse "	%" #w "5, %3\n",						\
	ARM64_HAS_LSE_ATOMICS)								\
	"91:\n"										\
	"	.subsection 1\n"							\
	"90:	ldxr	%" #w "0, %3\n"							\
	"	" #insn "	%" #w "1, %" #w "0, %" #w "4\n"				\
	"	stxr	%w2, %" #w "1, %3\n"						\
	"	cbnz	%w2, 90b\n"							\
	"	b	91b\n"								\
	"	.previous\n"								\
	: "=&r" (old), "=&r" (new), "=&r" (fail), "+Q" (v->counter)			\
	: "r" (i), "r" (arg));								\
}

#define __ATOMIC_FETCH(A, T, w, op, insn, lse, arg, order, a, l, al, mb)		\
static __always_inline T arch_##A##_fetch_##op##order(T i, A##_t *v)			\
{											\
	T old, new;									\
	unsigned int fail;								\
											\
	asm volatile(__LSE_PREAMBLE ALTERNATIVE(					\
	"1:	ld" #a "xr	%" #w "0, %3\n"						\
	"	" #insn "	%" #w "1, %" #w "0, %" #w "4\n"				\
	"	st" #l "xr	%w2, %" #w "1, %3\n"					\
	"	cbnz	%w2, 1b\n"							\
	"	" mb "\n",								\
	"	ld" #lse #al "	%" #w "5, %" #w "0, %3\n",				\
	ARM64_HAS_LSE_ATOMICS)								\
	: "=&r" (old), "=&r" (new), "=&r" (fail), "+Q" (v->counter)			\
	: "r" (i), "r" (arg)								\
	: "memory");									\
	return old;									\
}

#define __ATOMIC_FETCHES(A, T, w, op, insn, lse, arg)					\
	__ATOMIC_FETCH(A, T, w, op, insn, lse, arg, _relaxed, , , , "")		\
	__ATOMIC_FETCH(A, T, w, op, insn, lse, arg, _acquire, a, , a, "")		\
	__ATOMIC_FETCH(A, T, w, op, insn, lse, arg, _release, , l, l, "")		\
	__ATOMIC_FETCH(A, T, w, op, insn, lse, arg, , , l, al, "dmb ish")

#define __ATOMIC_RETURN(A, T, op, c_op, order)						\
static __always_inline T arch_##A##_##op##_return##order(T i, A##_t *v)			\
{											\
	return (T)(arch_##A##_fetch_##op##order(i, v) c_op i);				\
}

#define __ATOMIC_RETURNS(A, T, op, c_op)						\
	__ATOMIC_RETURN(A, T, op, c_op, _relaxed)					\
	__ATOMIC_RETURN(A, T, op, c_op, _acquire)					\
	__ATOMIC_RETURN(A, T, op, c_op, _release)					\
	__ATOMIC_RETURN(A, T, op, c_op, )

#define __ATOMIC_ALL(A, T, w)								\
	__ATOMIC_VOID(A, T, w, add, add, add, i)					\
	__ATOMIC_VOID(A, T, w, sub, sub, add, -i)					\
	__ATOMIC_VOID(A, T, w, and, and, clr, ~i)					\
	__ATOMIC_VOID(A, T, w, andnot, bic, clr, i)					\
	__ATOMIC_VOID(A, T, w, or, orr, set, i)						\
	__ATOMIC_VOID(A, T, w, xor, eor, eor, i)					\
	__ATOMIC_FETCHES(A, T, w, add, add, add, i)					\
	__ATOMIC_FETCHES(A, T, w, sub, sub, add, -i)					\
	__ATOMIC_FETCHES(A, T, w, and, and, clr, ~i)					\
	__ATOMIC_FETCHES(A, T, w, andnot, bic, clr, i)					\
	__ATOMIC_FETCHES(A, T, w, or, orr, set, i)					\
	__ATOMIC_FETCHES(A, T, w, xor, eor, eor, i)					\
	__ATOMIC_RETURNS(A, T, add, +)							\
	__ATOMIC_RETURNS(A, T, sub, -)

__ATOMIC_ALL(atomic, int, w)
__ATOMIC_ALL(atomic64, s64, x)

#undef __ATOMIC_ALL
#undef __ATOMIC_RETURNS
#undef __ATOMIC_RETURN
#undef __ATOMIC_FETCHES
#undef __ATOMIC_FETCH
#undef __ATOMIC_VOID

/* Presence, by name: the generic layer asks for each. */
#define arch_atomic_add_return_relaxed arch_atomic_add_return_relaxed
#define arch_atomic_add_return_acquire arch_atomic_add_return_acquire
#define arch_atomic_add_return_release arch_atomic_add_return_release
#define arch_atomic_add_return arch_atomic_add_return
#define arch_atomic_sub_return_relaxed arch_atomic_sub_return_relaxed
#define arch_atomic_sub_return_acquire arch_atomic_sub_return_acquire
#define arch_atomic_sub_return_release arch_atomic_sub_return_release
#define arch_atomic_sub_return arch_atomic_sub_return
#define arch_atomic_fetch_add_relaxed arch_atomic_fetch_add_relaxed
#define arch_atomic_fetch_add_acquire arch_atomic_fetch_add_acquire
#define arch_atomic_fetch_add_release arch_atomic_fetch_add_release
#define arch_atomic_fetch_add arch_atomic_fetch_add
#define arch_atomic_fetch_sub_relaxed arch_atomic_fetch_sub_relaxed
#define arch_atomic_fetch_sub_acquire arch_atomic_fetch_sub_acquire
#define arch_atomic_fetch_sub_release arch_atomic_fetch_sub_release
#define arch_atomic_fetch_sub arch_atomic_fetch_sub
#define arch_atomic_fetch_and_relaxed arch_atomic_fetch_and_relaxed
#define arch_atomic_fetch_and_acquire arch_atomic_fetch_and_acquire
#define arch_atomic_fetch_and_release arch_atomic_fetch_and_release
#define arch_atomic_fetch_and arch_atomic_fetch_and
#define arch_atomic_fetch_andnot_relaxed arch_atomic_fetch_andnot_relaxed
#define arch_atomic_fetch_andnot_acquire arch_atomic_fetch_andnot_acquire
#define arch_atomic_fetch_andnot_release arch_atomic_fetch_andnot_release
#define arch_atomic_fetch_andnot arch_atomic_fetch_andnot
#define arch_atomic_fetch_or_relaxed arch_atomic_fetch_or_relaxed
#define arch_atomic_fetch_or_acquire arch_atomic_fetch_or_acquire
#define arch_atomic_fetch_or_release arch_atomic_fetch_or_release
#define arch_atomic_fetch_or arch_atomic_fetch_or
#define arch_atomic_fetch_xor_relaxed arch_atomic_fetch_xor_relaxed
#define arch_atomic_fetch_xor_acquire arch_atomic_fetch_xor_acquire
#define arch_atomic_fetch_xor_release arch_atomic_fetch_xor_release
#define arch_atomic_fetch_xor arch_atomic_fetch_xor
#define arch_atomic_andnot arch_atomic_andnot
#define arch_atomic64_add_return_relaxed arch_atomic64_add_return_relaxed
#define arch_atomic64_add_return_acquire arch_atomic64_add_return_acquire
#define arch_atomic64_add_return_release arch_atomic64_add_return_release
#define arch_atomic64_add_return arch_atomic64_add_return
#define arch_atomic64_sub_return_relaxed arch_atomic64_sub_return_relaxed
#define arch_atomic64_sub_return_acquire arch_atomic64_sub_return_acquire
#define arch_atomic64_sub_return_release arch_atomic64_sub_return_release
#define arch_atomic64_sub_return arch_atomic64_sub_return
#define arch_atomic64_fetch_add_relaxed arch_atomic64_fetch_add_relaxed
#define arch_atomic64_fetch_add_acquire arch_atomic64_fetch_add_acquire
#define arch_atomic64_fetch_add_release arch_atomic64_fetch_add_release
#define arch_atomic64_fetch_add arch_atomic64_fetch_add
#define arch_atomic64_fetch_sub_relaxed arch_atomic64_fetch_sub_relaxed
#define arch_atomic64_fetch_sub_acquire arch_atomic64_fetch_sub_acquire
#define arch_atomic64_fetch_sub_release arch_atomic64_fetch_sub_release
#define arch_atomic64_fetch_sub arch_atomic64_fetch_sub
#define arch_atomic64_fetch_and_relaxed arch_atomic64_fetch_and_relaxed
#define arch_atomic64_fetch_and_acquire arch_atomic64_fetch_and_acquire
#define arch_atomic64_fetch_and_release arch_atomic64_fetch_and_release
#define arch_atomic64_fetch_and arch_atomic64_fetch_and
#define arch_atomic64_fetch_andnot_relaxed arch_atomic64_fetch_andnot_relaxed
#define arch_atomic64_fetch_andnot_acquire arch_atomic64_fetch_andnot_acquire
#define arch_atomic64_fetch_andnot_release arch_atomic64_fetch_andnot_release
#define arch_atomic64_fetch_andnot arch_atomic64_fetch_andnot
#define arch_atomic64_fetch_or_relaxed arch_atomic64_fetch_or_relaxed
#define arch_atomic64_fetch_or_acquire arch_atomic64_fetch_or_acquire
#define arch_atomic64_fetch_or_release arch_atomic64_fetch_or_release
#define arch_atomic64_fetch_or arch_atomic64_fetch_or
#define arch_atomic64_fetch_xor_relaxed arch_atomic64_fetch_xor_relaxed
#define arch_atomic64_fetch_xor_acquire arch_atomic64_fetch_xor_acquire
#define arch_atomic64_fetch_xor_release arch_atomic64_fetch_xor_release
#define arch_atomic64_fetch_xor arch_atomic64_fetch_xor
#define arch_atomic64_andnot arch_atomic64_andnot

#endif /* _ASM_ATOMIC_H */
