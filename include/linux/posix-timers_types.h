/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_POSIX_TIMERS_TYPES_H
#define _LINUX_POSIX_TIMERS_TYPES_H

#include <linux/mutex_types.h>
#include <linux/timerqueue_types.h>
#include <linux/types.h>

/* The CPU clocks of a task or a process. PROF = user and system, VIRT = user, SCHED = measured. */
enum {
	CPUCLOCK_PROF,
	CPUCLOCK_VIRT,
	CPUCLOCK_SCHED,
	CPUCLOCK_MAX,
};

/**
 * struct posix_cputimer_base - the timers of one CPU clock
 * @nextevt: no timer is due before this, ns; U64_MAX without timers. Also itimers' and RLIMIT_CPU's
 * @tqhead: the timers by expiry
 *
 * Under siglock; @nextevt is also read without it, by the tick.
 */
struct posix_cputimer_base {
	u64 nextevt;
	struct timerqueue_head tqhead;
};

/**
 * struct posix_cputimers - the CPU timers of a task or a process
 * @bases: per clock
 * @timers_active: a process': some timer is armed, so the tick has to look
 * @expiry_active: a process': one thread is at it, the others needn't
 */
struct posix_cputimers {
	struct posix_cputimer_base bases[CPUCLOCK_MAX];
	unsigned int timers_active;
	unsigned int expiry_active;
};

/**
 * struct posix_cputimers_work - expiry is done by the task itself, on its way to user mode
 * @work: the task work
 * @scheduled: it is queued
 */
struct posix_cputimers_work {
	struct callback_head work;
	unsigned int scheduled;
};

#endif /* _LINUX_POSIX_TIMERS_TYPES_H */
