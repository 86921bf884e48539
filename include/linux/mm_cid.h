/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MM_CID_H
#define _LINUX_MM_CID_H

/*
 * Concurrency ids: small numbers that tell apart the threads of an address space that run now.
 *
 * A thread that takes part holds an id from when it gets a CPU until it loses it; so data with one
 * slot an id needs no more slots than threads, nor than CPUs. Only its own CPU changes
 * task->mm_cid, at a switch or with preemption off. kernel/sched/mm_cid.c tells how, and of the
 * races.
 *
 *	NONE	mm_cid_join()	-> SOLE or an id	it takes part: it has an area for rseq
 *	SOLE	clone(CLONE_VM)	-> an id		another thread may come
 *	an id	switched away	-> WANTED
 *	WANTED	switched to	-> an id
 *	any	mm_cid_leave()	-> NONE			before it leaves its memory, at the latest
 */

#include <linux/minmax.h>
#include <linux/sched.h>

#define MM_CID_NONE	(-1)		/* takes no part */
#define MM_CID_WANTED	(-2)		/* will have one when it runs */
#define MM_CID_SOLE	(-3)		/* nobody else uses its memory: it is 0, always */

void mm_cid_join(void);
void mm_cid_leave(void);
void mm_cid_fork(struct task_struct *t, bool shares_mm);
void __mm_cid_switch(struct task_struct *prev, struct task_struct *next);

/**
 * current_mm_cid - the number that current tells its program. Stale as soon as it may be preempted
 */
static __always_inline unsigned int current_mm_cid(void)
{
	return max(READ_ONCE(current->mm_cid), 0);
}

/**
 * mm_cid_switch - the CPU goes from @prev to @next
 *
 * Context: run-queue lock held, interrupts off.
 */
static __always_inline void mm_cid_switch(struct task_struct *prev, struct task_struct *next)
{
	if (prev->mm_cid >= 0 || next->mm_cid == MM_CID_WANTED)
		__mm_cid_switch(prev, next);
}

#endif /* _LINUX_MM_CID_H */
