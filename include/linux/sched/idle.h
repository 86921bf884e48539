/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_SCHED_IDLE_H
#define _LINUX_SCHED_IDLE_H

/*
 * An idle CPU that polls its TIF_NEED_RESCHED says so with TIF_POLLING_NRFLAG; setting the first
 * flag then is enough to wake it and no interrupt is sent.
 *
 *	idle CPU				waker
 *	--------				-----
 *	clear POLLING				fetch_or(NEED_RESCHED)
 *	smp_mb__after_atomic()			POLLING was set?   no -> send an IPI
 *	NEED_RESCHED set? -> leave
 *	halt
 */

#include <linux/sched.h>

enum cpu_idle_type {
	__CPU_NOT_IDLE = 0,
	CPU_IDLE,
	CPU_NEWLY_IDLE,
	CPU_MAX_IDLE_TYPES
};

#ifdef TIF_POLLING_NRFLAG

/**
 * __current_set_polling - this CPU's idle task looks at TIF_NEED_RESCHED itself: no interrupt is
 * needed
 */
static __always_inline void __current_set_polling(void)
{
	set_thread_flag(TIF_POLLING_NRFLAG);
}

/** __current_clr_polling - it doesn't look any more */
static __always_inline void __current_clr_polling(void)
{
	clear_thread_flag(TIF_POLLING_NRFLAG);
}

/**
 * current_set_polling_and_test - begin to look
 *
 * Return: whether there is something to run already.
 */
static __always_inline bool __must_check current_set_polling_and_test(void)
{
	__current_set_polling();
	smp_mb__after_atomic();		/* pairs with the waker's fetch_or, see above */
	return unlikely(tif_need_resched());
}

/** current_clr_polling_and_test - stop to look. Return: whether there is something to run */
static __always_inline bool __must_check current_clr_polling_and_test(void)
{
	__current_clr_polling();
	smp_mb__after_atomic();		/* pairs with the waker's fetch_or, see above */
	return unlikely(tif_need_resched());
}

#else

static inline void __current_set_polling(void)
{
}

static inline void __current_clr_polling(void)
{
}

static inline bool __must_check current_set_polling_and_test(void)
{
	return unlikely(tif_need_resched());
}

static inline bool __must_check current_clr_polling_and_test(void)
{
	return unlikely(tif_need_resched());
}

#endif

/** current_clr_polling - stop to look; what came meanwhile is in the preempt count */
static __always_inline void current_clr_polling(void)
{
	__current_clr_polling();
	smp_mb();			/* see above; then the folded bit follows the flag */
	preempt_fold_need_resched();
}

/* Implemented by the arch; arch_cpu_idle() is entered and left with interrupts off. */
void arch_cpu_idle(void);
void arch_cpu_idle_prepare(void);
void arch_cpu_idle_enter(void);
void arch_cpu_idle_exit(void);
void __noreturn arch_cpu_idle_dead(void);

#endif /* _LINUX_SCHED_IDLE_H */
