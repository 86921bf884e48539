/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_BARRIER_H
#define _ASM_GENERIC_BARRIER_H

/*
 * Memory barriers, filled in round what the machine's <asm/barrier.h> defines.
 *
 * The machine gives __smp_mb() and friends where it has something cheaper than the
 * full barrier, then includes this file. The smp_*() names add KCSAN's view. Every
 * kernel is SMP here, so smp_*() and the mandatory forms differ only in their domain:
 * mb(), rmb(), wmb() order device accesses too, dma_*() those a coherent device sees.
 */

#ifndef __ASSEMBLY__

#include <linux/compiler.h>
#include <linux/kcsan-checks.h>

#include <asm/rwonce.h>

#ifndef mb
#define mb()			barrier()
#endif
#ifndef rmb
#define rmb()			mb()
#endif
#ifndef wmb
#define wmb()			mb()
#endif
#ifndef dma_mb
#define dma_mb()		mb()
#endif
#ifndef dma_rmb
#define dma_rmb()		rmb()
#endif
#ifndef dma_wmb
#define dma_wmb()		wmb()
#endif
/* Stores to persistent memory before ones to it after. */
#ifndef pmem_wmb
#define pmem_wmb()		wmb()
#endif
#ifndef io_stop_wc
#define io_stop_wc()		do { } while (0)
#endif

#ifndef __smp_mb
#define __smp_mb()		mb()
#endif
#ifndef __smp_rmb
#define __smp_rmb()		rmb()
#endif
#ifndef __smp_wmb
#define __smp_wmb()		wmb()
#endif

#ifndef smp_mb
#define smp_mb()		do { kcsan_mb(); __smp_mb(); } while (0)
#endif
#ifndef smp_rmb
#define smp_rmb()		do { kcsan_rmb(); __smp_rmb(); } while (0)
#endif
#ifndef smp_wmb
#define smp_wmb()		do { kcsan_wmb(); __smp_wmb(); } while (0)
#endif

/* Store, then a full barrier. */
#ifndef __smp_store_mb
#define __smp_store_mb(var, value)	do { WRITE_ONCE(var, value); __smp_mb(); } while (0)
#endif
#ifndef smp_store_mb
#define smp_store_mb(var, value)	do { kcsan_mb(); __smp_store_mb(var, value); } while (0)
#endif

/* Round an atomic operation that returns nothing. */
#ifndef __smp_mb__before_atomic
#define __smp_mb__before_atomic()	__smp_mb()
#endif
#ifndef __smp_mb__after_atomic
#define __smp_mb__after_atomic()	__smp_mb()
#endif
#ifndef smp_mb__before_atomic
#define smp_mb__before_atomic()		do { kcsan_mb(); __smp_mb__before_atomic(); } while (0)
#endif
#ifndef smp_mb__after_atomic
#define smp_mb__after_atomic()		do { kcsan_mb(); __smp_mb__after_atomic(); } while (0)
#endif

/* After taking a spin lock: make it a full barrier against what came before. */
#ifndef smp_mb__after_spinlock
#define smp_mb__after_spinlock()	smp_mb()
#endif

/* After an unlock and a lock, of two locks or by two CPUs: make the pair a full barrier. */
#ifndef smp_mb__after_unlock_lock
#define smp_mb__after_unlock_lock()	smp_mb()
#endif

#ifndef __smp_store_release
#define __smp_store_release(p, v)				\
do {								\
	compiletime_assert_atomic_type(*(p));			\
	__smp_mb();						\
	WRITE_ONCE(*(p), (v));					\
} while (0)
#endif

#ifndef __smp_load_acquire
#define __smp_load_acquire(p)					\
({								\
	__unqual_scalar_typeof(*(p)) ___p1 = READ_ONCE(*(p));	\
	compiletime_assert_atomic_type(*(p));			\
	__smp_mb();						\
	(typeof(*(p)))___p1;					\
})
#endif

#ifndef smp_store_release
#define smp_store_release(p, v)		do { kcsan_release(); __smp_store_release(p, v); } while (0)
#endif
#ifndef smp_load_acquire
#define smp_load_acquire(p)		__smp_load_acquire(p)
#endif

/* Between this guest and its host, even if the guest had one CPU only: the SMP forms. */
#define virt_mb()			smp_mb()
#define virt_rmb()			smp_rmb()
#define virt_wmb()			smp_wmb()
#define virt_store_mb(var, value)	smp_store_mb(var, value)
#define virt_mb__before_atomic()	smp_mb__before_atomic()
#define virt_mb__after_atomic()		smp_mb__after_atomic()
#define virt_store_release(p, v)	smp_store_release(p, v)
#define virt_load_acquire(p)		smp_load_acquire(p)

/* A branch on a load orders later stores; this adds later loads. */
#ifndef smp_acquire__after_ctrl_dep
#define smp_acquire__after_ctrl_dep()	smp_rmb()
#endif

/*
 * Spin until @cond_expr holds, where VAL names the value of *@ptr just read. The machine
 * overrides this with a wait-for-event loop if it has one. @cond_expr is evaluated again
 * for each value, and the last value is the result.
 */
#ifndef smp_cond_load_relaxed
#define smp_cond_load_relaxed(ptr, cond_expr)			\
({								\
	typeof(ptr) __PTR = (ptr);				\
	__unqual_scalar_typeof(*(ptr)) VAL;			\
	for (;;) {						\
		VAL = READ_ONCE(*__PTR);			\
		if (cond_expr)					\
			break;					\
		cpu_relax();					\
	}							\
	(typeof(*(ptr)))VAL;					\
})
#endif

#ifndef smp_cond_load_acquire
#define smp_cond_load_acquire(ptr, cond_expr)			\
({								\
	__unqual_scalar_typeof(*(ptr)) _val;			\
	_val = smp_cond_load_relaxed(ptr, cond_expr);		\
	smp_acquire__after_ctrl_dep();				\
	(typeof(*(ptr)))_val;					\
})
#endif

#endif /* __ASSEMBLY__ */
#endif /* _ASM_GENERIC_BARRIER_H */
