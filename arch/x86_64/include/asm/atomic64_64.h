/* SPDX-License-Identifier: MIT */
/*
 * Atomic counters of 64 bits for <linux/atomic.h>. A locked instruction is a full barrier,
 * so only the fully ordered names exist here; the generic layer uses them for
 * the _relaxed, _acquire and _release ones too. Where the caller wants just a
 * flag (became zero, became negative) the instruction's own flags answer.
 */
#ifndef _ASM_X86_ATOMIC64_64_H
#define _ASM_X86_ATOMIC64_64_H

#include <linux/compiler.h>
#include <linux/types.h>
#include <asm/cmpxchg.h>

#define ATOMIC64_INIT(i)	{ (i) }
static __always_inline s64 arch_atomic64_read(const atomic64_t *v)
{
	return __READ_ONCE((v)->counter);
}

static __always_inline void arch_atomic64_set(atomic64_t *v, s64 i)
{
	__WRITE_ONCE(v->counter, i);
}

static __always_inline void arch_atomic64_add(s64 i, atomic64_t *v)
{
	asm volatile("lock addq %1, %0" : "+m" (v->counter) : "er" (i) : "memory", "cc");
}

static __always_inline void arch_atomic64_sub(s64 i, atomic64_t *v)
{
	asm volatile("lock subq %1, %0" : "+m" (v->counter) : "er" (i) : "memory", "cc");
}

static __always_inline void arch_atomic64_inc(atomic64_t *v)
{
	asm volatile("lock incq %0" : "+m" (v->counter) : : "memory", "cc");
}
#define arch_atomic64_inc arch_atomic64_inc

static __always_inline void arch_atomic64_dec(atomic64_t *v)
{
	asm volatile("lock decq %0" : "+m" (v->counter) : : "memory", "cc");
}
#define arch_atomic64_dec arch_atomic64_dec

static __always_inline bool arch_atomic64_inc_and_test(atomic64_t *v)
{
	bool zero;

	asm volatile("lock incq %0" : "+m" (v->counter), "=@ccz" (zero) : : "memory");
	return zero;
}
#define arch_atomic64_inc_and_test arch_atomic64_inc_and_test

static __always_inline bool arch_atomic64_dec_and_test(atomic64_t *v)
{
	bool zero;

	asm volatile("lock decq %0" : "+m" (v->counter), "=@ccz" (zero) : : "memory");
	return zero;
}
#define arch_atomic64_dec_and_test arch_atomic64_dec_and_test

static __always_inline bool arch_atomic64_sub_and_test(s64 i, atomic64_t *v)
{
	bool zero;

	asm volatile("lock subq %2, %0"
		     : "+m" (v->counter), "=@ccz" (zero) : "er" (i) : "memory");
	return zero;
}
#define arch_atomic64_sub_and_test arch_atomic64_sub_and_test

static __always_inline bool arch_atomic64_add_negative(s64 i, atomic64_t *v)
{
	bool negative;

	asm volatile("lock addq %2, %0"
		     : "+m" (v->counter), "=@ccs" (negative) : "er" (i) : "memory");
	return negative;
}
#define arch_atomic64_add_negative arch_atomic64_add_negative

static __always_inline s64 arch_atomic64_add_return(s64 i, atomic64_t *v)
{
	return i + xadd(&v->counter, i);
}
#define arch_atomic64_add_return arch_atomic64_add_return

static __always_inline s64 arch_atomic64_sub_return(s64 i, atomic64_t *v)
{
	return arch_atomic64_add_return(-i, v);
}
#define arch_atomic64_sub_return arch_atomic64_sub_return

static __always_inline s64 arch_atomic64_fetch_add(s64 i, atomic64_t *v)
{
	return xadd(&v->counter, i);
}
#define arch_atomic64_fetch_add arch_atomic64_fetch_add

static __always_inline s64 arch_atomic64_fetch_sub(s64 i, atomic64_t *v)
{
	return xadd(&v->counter, -i);
}
#define arch_atomic64_fetch_sub arch_atomic64_fetch_sub

static __always_inline s64 arch_atomic64_cmpxchg(atomic64_t *v, s64 old, s64 new)
{
	return arch_cmpxchg(&v->counter, old, new);
}
#define arch_atomic64_cmpxchg arch_atomic64_cmpxchg

static __always_inline bool arch_atomic64_try_cmpxchg(atomic64_t *v, s64 *old, s64 new)
{
	return arch_try_cmpxchg(&v->counter, old, new);
}
#define arch_atomic64_try_cmpxchg arch_atomic64_try_cmpxchg

static __always_inline s64 arch_atomic64_xchg(atomic64_t *v, s64 new)
{
	return arch_xchg(&v->counter, new);
}
#define arch_atomic64_xchg arch_atomic64_xchg

static __always_inline void arch_atomic64_and(s64 i, atomic64_t *v)
{
	asm volatile("lock andq %1, %0" : "+m" (v->counter) : "er" (i) : "memory", "cc");
}

static __always_inline s64 arch_atomic64_fetch_and(s64 i, atomic64_t *v)
{
	s64 old = arch_atomic64_read(v);

	while (!arch_atomic64_try_cmpxchg(v, &old, old & i))
		;
	return old;
}
#define arch_atomic64_fetch_and arch_atomic64_fetch_and

static __always_inline void arch_atomic64_or(s64 i, atomic64_t *v)
{
	asm volatile("lock orq %1, %0" : "+m" (v->counter) : "er" (i) : "memory", "cc");
}

static __always_inline s64 arch_atomic64_fetch_or(s64 i, atomic64_t *v)
{
	s64 old = arch_atomic64_read(v);

	while (!arch_atomic64_try_cmpxchg(v, &old, old | i))
		;
	return old;
}
#define arch_atomic64_fetch_or arch_atomic64_fetch_or

static __always_inline void arch_atomic64_xor(s64 i, atomic64_t *v)
{
	asm volatile("lock xorq %1, %0" : "+m" (v->counter) : "er" (i) : "memory", "cc");
}

static __always_inline s64 arch_atomic64_fetch_xor(s64 i, atomic64_t *v)
{
	s64 old = arch_atomic64_read(v);

	while (!arch_atomic64_try_cmpxchg(v, &old, old ^ i))
		;
	return old;
}
#define arch_atomic64_fetch_xor arch_atomic64_fetch_xor

#endif /* _ASM_X86_ATOMIC64_64_H */
