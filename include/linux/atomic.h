/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ATOMIC_H
#define _LINUX_ATOMIC_H

/*
 * Atomic operations: atomic_t (int), atomic64_t (s64), atomic_long_t (long).
 *
 * Ordering, in one paragraph:
 *  - an operation that returns nothing (atomic_inc, atomic_or, atomic_set) or only reads
 *    (atomic_read) orders nothing: put smp_mb__before_atomic() or smp_mb__after_atomic()
 *    round a void one if it has to;
 *  - an operation that returns a value is fully ordered: as if between two smp_mb();
 *  - with _acquire, _release or _relaxed at the end of its name it is what it says;
 *  - one that is conditional (cmpxchg, add_unless) orders only when it succeeds.
 *
 * Three layers make one name: see tools/build/gen_atomics.py, which writes the headers below.
 * Code that must not be instrumented (noinstr) uses raw_atomic_*().
 */

#include <linux/compiler.h>
#include <linux/types.h>

#include <asm/barrier.h>
#include <asm/cmpxchg.h>
#include <asm/atomic.h>

#ifndef ATOMIC_INIT
#define ATOMIC_INIT(i)		{ (i) }
#endif
#ifndef ATOMIC64_INIT
#define ATOMIC64_INIT(i)	ATOMIC_INIT(i)
#endif

/* What turns a relaxed operation into an ordered one, unless the machine knows better. */
#ifndef __atomic_acquire_fence
#define __atomic_acquire_fence		smp_mb__after_atomic
#endif
#ifndef __atomic_release_fence
#define __atomic_release_fence		smp_mb__before_atomic
#endif
#ifndef __atomic_pre_full_fence
#define __atomic_pre_full_fence		smp_mb__before_atomic
#endif
#ifndef __atomic_post_full_fence
#define __atomic_post_full_fence	smp_mb__after_atomic
#endif

/* Wait until @c, an expression of VAL (the newest value), holds; give that value. */
#define atomic_cond_read_acquire(v, c)		smp_cond_load_acquire(&(v)->counter, (c))
#define atomic_cond_read_relaxed(v, c)		smp_cond_load_relaxed(&(v)->counter, (c))
#define atomic64_cond_read_acquire(v, c)	smp_cond_load_acquire(&(v)->counter, (c))
#define atomic64_cond_read_relaxed(v, c)	smp_cond_load_relaxed(&(v)->counter, (c))

#include <generated/atomic-arch-fallback.h>
#include <generated/atomic-long.h>
#include <generated/atomic-instrumented.h>

#endif /* _LINUX_ATOMIC_H */
