/* SPDX-License-Identifier: MIT */
/* preempt_count() of the running task. See thread_info.h for the word's two halves. */
#ifndef _ASM_PREEMPT_H
#define _ASM_PREEMPT_H

#include <linux/compiler.h>
#include <asm/current.h>
#include <asm/thread_info.h>

#define PREEMPT_NEED_RESCHED	(1ULL << 32)
#define PREEMPT_ENABLED		(PREEMPT_NEED_RESCHED)

/* thread_info is the first member of task_struct. */
#define __current_ti()		((struct thread_info *)get_current())

/** preempt_count - what keeps the task from being preempted; 0: nothing */
static __always_inline int preempt_count(void)
{
	return READ_ONCE(__current_ti()->preempt.count);
}

/** preempt_count_set - set the count; need-resched stays as it is */
static __always_inline void preempt_count_set(u64 pc)
{
	/* The need-resched half stays as it is. */
	WRITE_ONCE(__current_ti()->preempt.count, (u32)pc);
}

#define init_task_preempt_count(p) \
	do { task_thread_info(p)->preempt_count = FORK_PREEMPT_COUNT; } while (0)

#define init_idle_preempt_count(p, cpu) \
	do { task_thread_info(p)->preempt_count = PREEMPT_DISABLED; } while (0)

/** set_preempt_need_resched - fold the wish for a reschedule in: the half is 0 then */
static __always_inline void set_preempt_need_resched(void)
{
	__current_ti()->preempt.need_resched = 0;
}

/** clear_preempt_need_resched - no reschedule is wanted */
static __always_inline void clear_preempt_need_resched(void)
{
	__current_ti()->preempt.need_resched = 1;
}

/** test_preempt_need_resched - is one wanted? */
static __always_inline bool test_preempt_need_resched(void)
{
	return !__current_ti()->preempt.need_resched;
}

/** __preempt_count_add - add to the count */
static __always_inline void __preempt_count_add(int val)
{
	u32 pc = READ_ONCE(__current_ti()->preempt.count);

	WRITE_ONCE(__current_ti()->preempt.count, pc + val);
}

/** __preempt_count_sub - take off the count, and don't look whether to reschedule */
static __always_inline void __preempt_count_sub(int val)
{
	u32 pc = READ_ONCE(__current_ti()->preempt.count);

	WRITE_ONCE(__current_ti()->preempt.count, pc - val);
}

/**
 * __preempt_count_dec_and_test - give back one level; true if the task may and should be preempted
 * now
 *
 * An interrupt between our load and our store can ask for a reschedule, which the loaded word does
 * not show; but then it saw a count above zero and left the work to us. So when the decision is
 * "no" because of the loaded half only, look at the word again.
 */
static __always_inline bool __preempt_count_dec_and_test(void)
{
	struct thread_info *ti = __current_ti();
	u64 pc = READ_ONCE(ti->preempt_count);

	WRITE_ONCE(ti->preempt.count, (u32)--pc);
	return !pc || !READ_ONCE(ti->preempt_count);
}

/** should_resched - is the count @preempt_offset, and a reschedule wanted? */
static __always_inline bool should_resched(int preempt_offset)
{
	return READ_ONCE(__current_ti()->preempt_count) == (u64)preempt_offset;
}

void preempt_schedule(void);
void preempt_schedule_notrace(void);

#define __preempt_schedule()		preempt_schedule()
#define __preempt_schedule_notrace()	preempt_schedule_notrace()

#endif /* _ASM_PREEMPT_H */
