/* SPDX-License-Identifier: MIT */
#ifndef _ASM_LOCAL_H
#define _ASM_LOCAL_H

/*
 * Counters of one CPU (<asm-generic/local.h>): an instruction is never interrupted half-way, so
 * that none here has a LOCK prefix. XCHG locks memory unasked; CMPXCHG takes its place.
 */

#include <linux/atomic.h>
#include <linux/types.h>

typedef struct {
	atomic_long_t a;
} local_t;

static __always_inline void local_add(long i, local_t *l)
{
	asm volatile("addq %1, %0" : "+m" (l->a.counter) : "er" (i) : "cc");
}
#define local_add local_add

static __always_inline void local_sub(long i, local_t *l)
{
	asm volatile("subq %1, %0" : "+m" (l->a.counter) : "er" (i) : "cc");
}

static __always_inline void local_inc(local_t *l)
{
	asm volatile("incq %0" : "+m" (l->a.counter) : : "cc");
}

static __always_inline void local_dec(local_t *l)
{
	asm volatile("decq %0" : "+m" (l->a.counter) : : "cc");
}

static __always_inline long local_add_return(long i, local_t *l)
{
	long before = i;

	asm volatile("xaddq %0, %1" : "+r" (before), "+m" (l->a.counter) : : "cc");
	return before + i;
}

static __always_inline bool local_try_cmpxchg(local_t *l, long *old, long new)
{
	bool same;

	asm volatile("cmpxchgq %3, %1"
		     : "=@ccz" (same), "+m" (l->a.counter), "+a" (*old) : "r" (new));
	return same;
}

static __always_inline long local_cmpxchg(local_t *l, long old, long new)
{
	local_try_cmpxchg(l, &old, new);
	return old;
}

static __always_inline long local_xchg(local_t *l, long new)
{
	long old = atomic_long_read(&l->a);

	while (!local_try_cmpxchg(l, &old, new))
		;
	return old;
}

#include <asm-generic/local.h>

#endif /* _ASM_LOCAL_H */
