/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_MM_CID_H
#define _LINUX_MM_CID_H

/*
 * Concurrency ids: small numbers that tell apart the threads of an address space that run now.
 *
 * A thread that takes part holds an id from when it gets a CPU until it loses it; so data with one
 * slot an id needs no more slots than threads, nor than CPUs. Only its own CPU changes task->mm_cid,
 * at a switch or with preemption off. kernel/sched/mm_cid.c tells how, and of the races.
 *
 *	NONE	mm_cid_join()	-> an id	current begins to take part: it has an area for rseq
 *	an id	mm_cid_leave()	-> NONE		before it leaves the address space, at the latest
 *	an id	switched away	-> WANTED
 *	WANTED	switched to	-> an id
 */

#include <linux/sched.h>

#define MM_CID_NONE	(-1)		/* takes no part */
#define MM_CID_WANTED	(-2)		/* will have one when it runs */

void mm_cid_join(void);
void mm_cid_leave(void);
void __mm_cid_switch(struct task_struct *prev, struct task_struct *next);

/* A new task, not yet running; it takes no part if @shares_mm, else as its parent does. */
static inline void mm_cid_fork(struct task_struct *t, bool shares_mm)
{
	t->mm_cid = shares_mm || t->mm_cid == MM_CID_NONE ? MM_CID_NONE : MM_CID_WANTED;
}

/* The CPU goes from @prev to @next. Run-queue lock held, interrupts off. */
static __always_inline void mm_cid_switch(struct task_struct *prev, struct task_struct *next)
{
	if (prev->mm_cid != MM_CID_NONE || next->mm_cid != MM_CID_NONE)
		__mm_cid_switch(prev, next);
}

#endif /* _LINUX_MM_CID_H */
