/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_LOCAL_H
#define _ASM_GENERIC_LOCAL_H

/*
 * Counters that one CPU alone writes, from any of its contexts, interrupts and NMI among them;
 * every CPU may read them.
 *
 *	static DEFINE_PER_CPU(local_t, packets) = LOCAL_INIT(0);
 *
 *	local_inc(this_cpu_ptr(&packets));		preemption is off
 *	sum += local_read(per_cpu_ptr(&packets, cpu));
 *
 * Nothing here orders anything: who reads a counter of another CPU to learn what is in a buffer
 * needs smp_rmb(), and the writer smp_wmb() before it counts. this_cpu_add() and its like do the
 * same without the pointer, and are to be preferred.
 *
 * A machine whose instructions on memory can't be interrupted half-way defines local_t and the
 * operations in #ifndef itself; else they are the atomic ones.
 */

#include <linux/atomic.h>
#include <linux/types.h>

#define LOCAL_INIT(i)		{ ATOMIC_LONG_INIT(i) }

#define local_read(l)		atomic_long_read(&(l)->a)
#define local_set(l, i)		atomic_long_set(&(l)->a, (i))

#ifndef local_add
/* A struct, so that it isn't taken for the long in it. */
typedef struct {
	atomic_long_t a;
} local_t;

#define local_add(i, l)		atomic_long_add((i), &(l)->a)
#define local_sub(i, l)		atomic_long_sub((i), &(l)->a)
#define local_inc(l)		atomic_long_inc(&(l)->a)
#define local_dec(l)		atomic_long_dec(&(l)->a)
#define local_add_return(i, l)	atomic_long_add_return_relaxed((i), &(l)->a)
#define local_xchg(l, n)	atomic_long_xchg_relaxed(&(l)->a, (n))
#define local_cmpxchg(l, o, n)	atomic_long_cmpxchg_relaxed(&(l)->a, (o), (n))
#define local_try_cmpxchg(l, po, n) \
	atomic_long_try_cmpxchg_relaxed(&(l)->a, (po), (n))
#endif

#define local_sub_return(i, l)	local_add_return(-(i), (l))
#define local_inc_return(l)	local_add_return(1, (l))
#define local_dec_return(l)	local_add_return(-1, (l))

#define local_sub_and_test(i, l)	(local_sub_return((i), (l)) == 0)
#define local_dec_and_test(l)		(local_dec_return(l) == 0)
#define local_inc_and_test(l)		(local_inc_return(l) == 0)
#define local_add_negative(i, l)	(local_add_return((i), (l)) < 0)

/* Add @i unless it is @u. Was it added? */
static inline bool local_add_unless(local_t *l, long i, long u)
{
	long old = local_read(l);

	do {
		if (old == u)
			return false;
	} while (!local_try_cmpxchg(l, &old, old + i));
	return true;
}

#define local_inc_not_zero(l)	local_add_unless((l), 1, 0)

/* For who knows that no interrupt of this CPU writes it: a load and a store. */
#define __local_add(i, l)	local_set((l), local_read(l) + (i))
#define __local_sub(i, l)	local_set((l), local_read(l) - (i))
#define __local_inc(l)		__local_add(1, (l))
#define __local_dec(l)		__local_sub(1, (l))

#endif /* _ASM_GENERIC_LOCAL_H */
