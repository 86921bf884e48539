/* SPDX-License-Identifier: MIT */
/*
 * The preemption count lives in the per-CPU area, and its top bit holds the
 * inverse of "a reschedule is wanted". So "count is zero and somebody should
 * be scheduled" is a single compare with zero: dropping the last reference is
 * one decrement and one branch.
 */
#ifndef _ASM_X86_PREEMPT_H
#define _ASM_X86_PREEMPT_H

#include <asm/current.h>
#include <asm/percpu.h>

#define PREEMPT_NEED_RESCHED	0x80000000
/* Preemptible, nothing wanted. */
#define PREEMPT_ENABLED		(0 + PREEMPT_NEED_RESCHED)

/** preempt_count - what keeps the task from being preempted; 0: nothing */
static __always_inline int preempt_count(void)
{
	return raw_cpu_read_4(pcpu_hot.preempt_count) & ~PREEMPT_NEED_RESCHED;
}

/** preempt_count_set - set the count; need-resched stays as it is */
static __always_inline void preempt_count_set(int pc)
{
	int old = raw_cpu_read_4(pcpu_hot.preempt_count);
	int new;

	do {
		new = (old & PREEMPT_NEED_RESCHED) | (pc & ~PREEMPT_NEED_RESCHED);
	} while (!raw_cpu_try_cmpxchg_4(pcpu_hot.preempt_count, &old, new));
}

/* A new task enters through schedule(), which holds two levels. */
#define init_task_preempt_count(p)	do { (void)(p); } while (0)

#define init_idle_preempt_count(p, cpu)						\
do {										\
	per_cpu(pcpu_hot.preempt_count, (cpu)) = PREEMPT_DISABLED;		\
} while (0)

/** set_preempt_need_resched - fold the wish for a reschedule in: the bit is 0 then */
static __always_inline void set_preempt_need_resched(void)
{
	raw_cpu_and_4(pcpu_hot.preempt_count, ~PREEMPT_NEED_RESCHED);
}

/** clear_preempt_need_resched - no reschedule is wanted */
static __always_inline void clear_preempt_need_resched(void)
{
	raw_cpu_or_4(pcpu_hot.preempt_count, PREEMPT_NEED_RESCHED);
}

/** test_preempt_need_resched - is one wanted? */
static __always_inline bool test_preempt_need_resched(void)
{
	return !(raw_cpu_read_4(pcpu_hot.preempt_count) & PREEMPT_NEED_RESCHED);
}

/** __preempt_count_add - add to the count */
static __always_inline void __preempt_count_add(int val)
{
	raw_cpu_add_4(pcpu_hot.preempt_count, val);
}

/** __preempt_count_sub - take off the count, and don't look whether to reschedule */
static __always_inline void __preempt_count_sub(int val)
{
	raw_cpu_add_4(pcpu_hot.preempt_count, -val);
}

/**
 * __preempt_count_dec_and_test - give back one level; true if the task may and should be preempted
 * now
 */
static __always_inline bool __preempt_count_dec_and_test(void)
{
	bool zero;

	asm volatile("decl " __percpu_arg([v])
		     : [v] "+m" (pcpu_hot.preempt_count), "=@ccz" (zero) : : "memory");
	return zero;
}

/** should_resched - is the count @preempt_offset, and a reschedule wanted? */
static __always_inline bool should_resched(int preempt_offset)
{
	return unlikely(raw_cpu_read_4(pcpu_hot.preempt_count) == preempt_offset);
}

/* The thunks keep every register: a caller loses none to preempt_enable(). */
void preempt_schedule_thunk(void);
void preempt_schedule_notrace_thunk(void);
void preempt_schedule(void);
void preempt_schedule_notrace(void);

#define __preempt_schedule()							\
	asm volatile("call preempt_schedule_thunk" : ASM_CALL_CONSTRAINT : : "memory")
#define __preempt_schedule_notrace()						\
	asm volatile("call preempt_schedule_notrace_thunk" : ASM_CALL_CONSTRAINT : : "memory")

#include <asm/asm.h>

#endif /* _ASM_X86_PREEMPT_H */
