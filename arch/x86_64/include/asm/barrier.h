/* SPDX-License-Identifier: MIT */
/*
 * Barriers on a machine with total store order. The processor itself only lets
 * a later load overtake an earlier store (to another address), so of the smp_*
 * family just the full barrier costs an instruction; the others hold back the
 * compiler. The mandatory forms (mb, rmb, wmb) order device and write-combined
 * accesses too and use the fences.
 */
#ifndef _ASM_X86_BARRIER_H
#define _ASM_X86_BARRIER_H

#include <linux/compiler.h>

#define __mb()		asm volatile("mfence" ::: "memory")
#define __rmb()		asm volatile("lfence" ::: "memory")
#define __wmb()		asm volatile("sfence" ::: "memory")
#define __dma_rmb()	barrier()
#define __dma_wmb()	barrier()

/*
 * A locked read-modify-write below the stack pointer is a full barrier and
 * cheaper than mfence. There is no red zone in the kernel.
 */
#define __smp_mb()	asm volatile("lock addl $0, -4(%%rsp)" ::: "memory", "cc")
#define __smp_rmb()	barrier()
#define __smp_wmb()	barrier()
#define __smp_store_mb(var, value)	do { (void)arch_xchg(&(var), (value)); } while (0)

#define __smp_store_release(p, v)				\
do {								\
	compiletime_assert_atomic_type(*(p));			\
	barrier();						\
	WRITE_ONCE(*(p), (v));					\
} while (0)

#define __smp_load_acquire(p)					\
({								\
	typeof(*(p)) ___p1 = READ_ONCE(*(p));			\
	compiletime_assert_atomic_type(*(p));			\
	barrier();						\
	___p1;							\
})

/* Locked instructions are full barriers already. */
/* Taking a lock is a LOCKed instruction here, a full barrier by itself. */
#define smp_mb__after_unlock_lock()	barrier()
#define __smp_mb__before_atomic()	do { } while (0)
#define __smp_mb__after_atomic()	do { } while (0)

/**
 * array_index_mask_nospec - all ones if an index is in range, else zero
 * @index: index to check
 * @size: number of elements
 *
 * Computed from the borrow of a subtraction, so no branch can be mispredicted.
 */
static __always_inline unsigned long array_index_mask_nospec(unsigned long index,
							     unsigned long size)
{
	unsigned long mask;

	asm volatile("cmp %1, %2; sbb %0, %0"
		     : "=r" (mask) : "g" (size), "r" (index) : "cc");
	return mask;
}
#define array_index_mask_nospec array_index_mask_nospec

#define barrier_nospec()	asm volatile("lfence" ::: "memory")

#include <asm-generic/barrier.h>

#endif /* _ASM_X86_BARRIER_H */
