/* SPDX-License-Identifier: MIT */
/*
 * Memory barriers.
 *
 * dmb orders memory accesses among each other; dsb also waits for them (and for cache and TLB
 * maintenance); isb makes later instructions see what changed in the CPU's context. Other CPUs are
 * in our inner shareable domain (ish); devices that do DMA in the outer one (osh); the unsuffixed
 * mb() family orders against any device (sy).
 */
#ifndef _ASM_BARRIER_H
#define _ASM_BARRIER_H

#ifndef __ASSEMBLY__

#include <linux/compiler.h>
#include <linux/types.h>

#define sev()		asm volatile("sev" : : : "memory")
#define wfe()		asm volatile("wfe" : : : "memory")
#define wfi()		asm volatile("wfi" : : : "memory")
#define nop()		asm volatile("nop")
#define isb()		asm volatile("isb" : : : "memory")
#define dmb(opt)	asm volatile("dmb " #opt : : : "memory")
#define dsb(opt)	asm volatile("dsb " #opt : : : "memory")
#define csdb()		asm volatile("hint #20" : : : "memory")

#define __mb()		dsb(sy)
#define __rmb()		dsb(ld)
#define __wmb()		dsb(st)

#define __dma_mb()	dmb(osh)
#define __dma_rmb()	dmb(oshld)
#define __dma_wmb()	dmb(oshst)

#define io_stop_wc()	asm volatile("hint #6" : : : "memory")

#define __smp_mb()	dmb(ish)
#define __smp_rmb()	dmb(ishld)
#define __smp_wmb()	dmb(ishst)

/*
 * A store and a load with one-way ordering have instructions of their own. The union lets const and
 * aggregate types of 1, 2, 4 and 8 bytes pass through a plain integer.
 */
#define __smp_store_release(p, v)						\
do {										\
	typeof(p) __srp = (p);							\
	union { __unqual_scalar_typeof(*p) __val; u8 __c1; u16 __c2; u32 __c4; u64 __c8; } __sru; \
	__sru.__c8 = 0;								\
	__sru.__val = (__force __unqual_scalar_typeof(*p))(v);			\
	compiletime_assert_atomic_type(*p);					\
	switch (sizeof(*p)) {							\
	case 1:									\
		asm volatile("stlrb %w1, %0" : "=Q" (*__srp) : "rZ" (__sru.__c1) : "memory");	\
		break;								\
	case 2:									\
		asm volatile("stlrh %w1, %0" : "=Q" (*__srp) : "rZ" (__sru.__c2) : "memory");	\
		break;								\
	case 4:									\
		asm volatile("stlr %w1, %0" : "=Q" (*__srp) : "rZ" (__sru.__c4) : "memory");	\
		break;								\
	case 8:									\
		asm volatile("stlr %x1, %0" : "=Q" (*__srp) : "rZ" (__sru.__c8) : "memory");	\
		break;								\
	}									\
} while (0)

#define __smp_load_acquire(p)							\
({										\
	typeof(p) __lap = (p);							\
	union { __unqual_scalar_typeof(*p) __val; u8 __c1; u16 __c2; u32 __c4; u64 __c8; } __lau; \
	compiletime_assert_atomic_type(*p);					\
	switch (sizeof(*p)) {							\
	case 1:									\
		asm volatile("ldarb %w0, %1" : "=r" (__lau.__c1) : "Q" (*__lap) : "memory");	\
		break;								\
	case 2:									\
		asm volatile("ldarh %w0, %1" : "=r" (__lau.__c2) : "Q" (*__lap) : "memory");	\
		break;								\
	case 4:									\
		asm volatile("ldar %w0, %1" : "=r" (__lau.__c4) : "Q" (*__lap) : "memory");	\
		break;								\
	case 8:									\
		asm volatile("ldar %x0, %1" : "=r" (__lau.__c8) : "Q" (*__lap) : "memory");	\
		break;								\
	}									\
	(typeof(*p))__lau.__val;						\
})

/*
 * Wait for a variable to change without burning power: a load-exclusive arms the monitor, a store
 * by another CPU clears it, and clearing it is the event that ends wfe. The timer's event stream
 * ends it too, should the store be missed.
 */
#define smp_cond_load_relaxed(ptr, cond_expr)					\
({										\
	typeof(ptr) __clp = (ptr);						\
	__unqual_scalar_typeof(*ptr) VAL;					\
	for (;;) {								\
		VAL = READ_ONCE(*__clp);					\
		if (cond_expr)							\
			break;							\
		__cmpwait_relaxed(__clp, VAL);					\
	}									\
	(typeof(*ptr))VAL;							\
})

#define smp_cond_load_acquire(ptr, cond_expr)					\
({										\
	typeof(ptr) __cap = (ptr);						\
	__unqual_scalar_typeof(*ptr) VAL;					\
	for (;;) {								\
		VAL = smp_load_acquire(__cap);					\
		if (cond_expr)							\
			break;							\
		__cmpwait_relaxed(__cap, VAL);					\
	}									\
	(typeof(*ptr))VAL;							\
})

#include <asm-generic/barrier.h>

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_BARRIER_H */
