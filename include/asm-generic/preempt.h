/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_PREEMPT_H
#define _ASM_GENERIC_PREEMPT_H

/*
 * A plain preempt count in thread_info, for a machine that has no better place. Need-resched is
 * not folded into it, so the last preempt_enable() tests the flag as well.
 */

#include <linux/thread_info.h>

#define PREEMPT_ENABLED	(0)

static __always_inline int preempt_count(void)
{
	return READ_ONCE(current_thread_info()->preempt_count);
}

/** preempt_count_ptr() - where the count of the current task is */
static __always_inline volatile int *preempt_count_ptr(void)
{
	return &current_thread_info()->preempt_count;
}

static __always_inline void preempt_count_set(int pc)
{
	*preempt_count_ptr() = pc;
}

#define init_task_preempt_count(p) \
	do { task_thread_info(p)->preempt_count = FORK_PREEMPT_COUNT; } while (0)

#define init_idle_preempt_count(p, cpu) \
	do { task_thread_info(p)->preempt_count = PREEMPT_DISABLED; } while (0)

static __always_inline void set_preempt_need_resched(void)
{
}

static __always_inline void clear_preempt_need_resched(void)
{
}

static __always_inline bool test_preempt_need_resched(void)
{
	return false;
}

static __always_inline void __preempt_count_add(int val)
{
	*preempt_count_ptr() += val;
}

static __always_inline void __preempt_count_sub(int val)
{
	*preempt_count_ptr() -= val;
}

static __always_inline bool __preempt_count_dec_and_test(void)
{
	return !--*preempt_count_ptr() && tif_need_resched();
}

static __always_inline bool should_resched(int preempt_offset)
{
	return unlikely(preempt_count() == preempt_offset && tif_need_resched());
}

#define __preempt_schedule()		preempt_schedule()
#define __preempt_schedule_notrace()	preempt_schedule_notrace()

#endif /* _ASM_GENERIC_PREEMPT_H */
