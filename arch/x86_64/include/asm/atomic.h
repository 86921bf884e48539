/* SPDX-License-Identifier: MIT */
/*
 * Atomic counters of 32 bits for <linux/atomic.h>. A locked instruction is a full barrier,
 * so only the fully ordered names exist here; the generic layer uses them for
 * the _relaxed, _acquire and _release ones too. Where the caller wants just a
 * flag (became zero, became negative) the instruction's own flags answer.
 */
#ifndef _ASM_X86_ATOMIC_H
#define _ASM_X86_ATOMIC_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/cmpxchg.h>
#include <asm/barrier.h>
static __always_inline int arch_atomic_read(const atomic_t *v)
{
	return __READ_ONCE((v)->counter);
}

static __always_inline void arch_atomic_set(atomic_t *v, int i)
{
	__WRITE_ONCE(v->counter, i);
}

static __always_inline void arch_atomic_add(int i, atomic_t *v)
{
	asm volatile("lock addl %1, %0" : "+m" (v->counter) : "er" (i) : "memory", "cc");
}

static __always_inline void arch_atomic_sub(int i, atomic_t *v)
{
	asm volatile("lock subl %1, %0" : "+m" (v->counter) : "er" (i) : "memory", "cc");
}

static __always_inline void arch_atomic_inc(atomic_t *v)
{
	asm volatile("lock incl %0" : "+m" (v->counter) : : "memory", "cc");
}
#define arch_atomic_inc arch_atomic_inc

static __always_inline void arch_atomic_dec(atomic_t *v)
{
	asm volatile("lock decl %0" : "+m" (v->counter) : : "memory", "cc");
}
#define arch_atomic_dec arch_atomic_dec

static __always_inline bool arch_atomic_inc_and_test(atomic_t *v)
{
	bool zero;

	asm volatile("lock incl %0" : "+m" (v->counter), "=@ccz" (zero) : : "memory");
	return zero;
}
#define arch_atomic_inc_and_test arch_atomic_inc_and_test

static __always_inline bool arch_atomic_dec_and_test(atomic_t *v)
{
	bool zero;

	asm volatile("lock decl %0" : "+m" (v->counter), "=@ccz" (zero) : : "memory");
	return zero;
}
#define arch_atomic_dec_and_test arch_atomic_dec_and_test

static __always_inline bool arch_atomic_sub_and_test(int i, atomic_t *v)
{
	bool zero;

	asm volatile("lock subl %2, %0"
		     : "+m" (v->counter), "=@ccz" (zero) : "er" (i) : "memory");
	return zero;
}
#define arch_atomic_sub_and_test arch_atomic_sub_and_test

static __always_inline bool arch_atomic_add_negative(int i, atomic_t *v)
{
	bool negative;

	asm volatile("lock addl %2, %0"
		     : "+m" (v->counter), "=@ccs" (negative) : "er" (i) : "memory");
	return negative;
}
#define arch_atomic_add_negative arch_atomic_add_negative

static __always_inline int arch_atomic_add_return(int i, atomic_t *v)
{
	return i + xadd(&v->counter, i);
}
#define arch_atomic_add_return arch_atomic_add_return

static __always_inline int arch_atomic_sub_return(int i, atomic_t *v)
{
	return arch_atomic_add_return(-i, v);
}
#define arch_atomic_sub_return arch_atomic_sub_return

static __always_inline int arch_atomic_fetch_add(int i, atomic_t *v)
{
	return xadd(&v->counter, i);
}
#define arch_atomic_fetch_add arch_atomic_fetch_add

static __always_inline int arch_atomic_fetch_sub(int i, atomic_t *v)
{
	return xadd(&v->counter, -i);
}
#define arch_atomic_fetch_sub arch_atomic_fetch_sub

static __always_inline int arch_atomic_cmpxchg(atomic_t *v, int old, int new)
{
	return arch_cmpxchg(&v->counter, old, new);
}
#define arch_atomic_cmpxchg arch_atomic_cmpxchg

static __always_inline bool arch_atomic_try_cmpxchg(atomic_t *v, int *old, int new)
{
	return arch_try_cmpxchg(&v->counter, old, new);
}
#define arch_atomic_try_cmpxchg arch_atomic_try_cmpxchg

static __always_inline int arch_atomic_xchg(atomic_t *v, int new)
{
	return arch_xchg(&v->counter, new);
}
#define arch_atomic_xchg arch_atomic_xchg

static __always_inline void arch_atomic_and(int i, atomic_t *v)
{
	asm volatile("lock andl %1, %0" : "+m" (v->counter) : "er" (i) : "memory", "cc");
}

static __always_inline int arch_atomic_fetch_and(int i, atomic_t *v)
{
	int old = arch_atomic_read(v);

	while (!arch_atomic_try_cmpxchg(v, &old, old & i))
		;
	return old;
}
#define arch_atomic_fetch_and arch_atomic_fetch_and

static __always_inline void arch_atomic_or(int i, atomic_t *v)
{
	asm volatile("lock orl %1, %0" : "+m" (v->counter) : "er" (i) : "memory", "cc");
}

static __always_inline int arch_atomic_fetch_or(int i, atomic_t *v)
{
	int old = arch_atomic_read(v);

	while (!arch_atomic_try_cmpxchg(v, &old, old | i))
		;
	return old;
}
#define arch_atomic_fetch_or arch_atomic_fetch_or

static __always_inline void arch_atomic_xor(int i, atomic_t *v)
{
	asm volatile("lock xorl %1, %0" : "+m" (v->counter) : "er" (i) : "memory", "cc");
}

static __always_inline int arch_atomic_fetch_xor(int i, atomic_t *v)
{
	int old = arch_atomic_read(v);

	while (!arch_atomic_try_cmpxchg(v, &old, old ^ i))
		;
	return old;
}
#define arch_atomic_fetch_xor arch_atomic_fetch_xor

#include <asm/atomic64_64.h>

#endif /* _ASM_X86_ATOMIC_H */
