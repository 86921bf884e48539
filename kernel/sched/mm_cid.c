// SPDX-License-Identifier: MIT
/*
 * Concurrency ids, <linux/mm_cid.h>: who holds which.
 *
 * An address space has a bitmap of the ids that are held, mm_cid_map; a thread that runs holds one,
 * in its task->mm_cid. That is all the state. What is wanted of it:
 *
 *	I1  no two threads that run hold the same id
 *	I2  an id is below the number of CPUs, and was below the number of threads when it was taken
 *	I3  what a thread wrote while it held an id is seen by the next holder
 *
 * A process of one thread needs none of it: that is SOLE, and its switches cost a look. It can't
 * find itself with a second thread, for the only one who could make that is itself.
 *
 * For the others the CPU moves the ids when it switches, and nobody else ever does:
 *
 *	prev and next are threads of one	next takes prev's over. The bitmap isn't touched:
 *	address space				among the threads of a busy program ids cost two
 *						stores
 *	prev holds one				its bit is cleared
 *	next wants one				it sets the lowest clear bit
 *
 * I1: a bit is set by an atomic test-and-set, and only its holder clears it or hands it on.
 * I2: next sets a bit that was the lowest clear one at one look. All below it were held then, each
 *     by a thread that ran on another CPU (or had just lost it; the CPU was nobody else's yet):
 *     fewer than there are CPUs, and than there are threads. Ids that a program of many threads has
 *     left it with are given up as threads end: a takeover wants it to be below mm_users.
 * I3: clearing is a release, test-and-set an acquire.
 *
 *	CPU 0, thread A		CPU 1, thread B
 *	slot[0]++ (user mode)
 *	look: next isn't of mm
 *	clear bit 0 (release)
 *				lowest clear bit: 0
 *	(A wakes)		test and set bit 0 (acquire)	A's slot[0] is seen
 *	lowest clear bit: 0?
 *	test and set: was set	slot[0]++ (user mode)
 *	lowest clear bit: 1
 *
 * The loser of the last race looks again. It can't starve: at most as many CPUs as there are take
 * part, and one of them gets its bit each time.
 *
 * The alternative is to leave an id with the CPU while a kernel thread or the idle task runs, so
 * that the bitmap's cache line stays at home when a thread sleeps often. Then ids are held by
 * nobody, I2 needs somebody to take them back from other CPUs, and that is a protocol of its own. A
 * switch between address spaces writes the CPU into mm_cpumask, a line as shared as this one, so it
 * wasn't worth it.
 */

#include <linux/mm_cid.h>

#include <linux/atomic.h>
#include <linux/bitops.h>
#include <linux/bug.h>
#include <linux/find.h>
#include <linux/irqflags.h>
#include <linux/mm_types.h>
#include <linux/preempt.h>
#include <linux/rseq.h>
#include <linux/rseq_break.h>

#ifdef CONFIG_DEBUG_RSEQ

/* I1, by a second record of who holds what. */
static void note_holder(struct mm_struct *mm, int cid, struct task_struct *from,
			struct task_struct *to)
{
	struct task_struct *old = xchg(&mm->mm_cid_owner[cid], to);

	WARN_ONCE(old != from, "mm_cid %d is held by %p, not %p\n", cid, old, from);
}

#else

static __always_inline void note_holder(struct mm_struct *mm, int cid, struct task_struct *from,
					struct task_struct *to)
{
	(void)mm;
	(void)cid;
	(void)from;
	(void)to;
}

#endif

static int take_lowest(struct mm_struct *mm)
{
	unsigned int cid;

	if (rseq_broken(RSEQ_BREAK_MM_CID))
		return 0;
	do {
		cid = find_first_zero_bit(mm->mm_cid_map, nr_cpu_ids);
		/* Not found: bits were cleared behind the look and set before it. */
	} while (cid >= nr_cpu_ids || test_and_set_bit_lock(cid, mm->mm_cid_map));
	return cid;
}

/* @t holds @cid now. Most get again what they had. */
static void hold(struct task_struct *t, int cid)
{
	WRITE_ONCE(t->mm_cid, cid);
	if (cid != t->mm_cid_told)
		rseq_new_mm_cid(t);
}

/* Interrupts off. */
static void take(struct task_struct *t)
{
	int cid = take_lowest(t->mm);

	note_holder(t->mm, cid, NULL, t);
	hold(t, cid);
}

static void give_back(struct task_struct *t, int next_state)
{
	int cid = t->mm_cid;

	note_holder(t->mm, cid, t, NULL);
	WRITE_ONCE(t->mm_cid, next_state);
	clear_bit_unlock(cid, t->mm->mm_cid_map);
}

static bool can_take_over(struct task_struct *prev, struct task_struct *next)
{
	return prev->mm_cid >= 0 && next->mm_cid == MM_CID_WANTED && prev->mm == next->mm &&
	       prev->mm_cid < atomic_read(&next->mm->mm_users);
}

/**
 * __mm_cid_switch - the slow half of mm_cid_switch(): one of the two has siblings
 * @prev: loses the CPU
 * @next: gets it
 *
 * Context: the CPU's switch; run-queue lock held, interrupts off.
 */
void __mm_cid_switch(struct task_struct *prev, struct task_struct *next)
{
	if (can_take_over(prev, next)) {
		note_holder(prev->mm, prev->mm_cid, prev, next);
		hold(next, prev->mm_cid);
		WRITE_ONCE(prev->mm_cid, MM_CID_WANTED);
		return;
	}
	if (prev->mm_cid >= 0)
		give_back(prev, MM_CID_WANTED);
	if (next->mm_cid == MM_CID_WANTED)
		take(next);
}

/**
 * mm_cid_join - current takes part from here on
 *
 * Context: task context; current has an address space.
 */
void mm_cid_join(void)
{
	local_irq_disable();
	if (current->mm_cid == MM_CID_NONE) {
		if (atomic_read(&current->mm->mm_users) == 1)
			WRITE_ONCE(current->mm_cid, MM_CID_SOLE);
		else
			take(current);
	}
	local_irq_enable();
}

/**
 * mm_cid_leave - current takes part no more
 *
 * Context: task context, before it leaves its address space.
 */
void mm_cid_leave(void)
{
	preempt_disable();
	if (current->mm_cid >= 0)
		give_back(current, MM_CID_NONE);
	else
		WRITE_ONCE(current->mm_cid, MM_CID_NONE);
	preempt_enable();
}

/**
 * mm_cid_fork - a thread takes no part at first, a process as its parent does
 * @t: the new task, a copy of current, which nobody has seen
 * @shares_mm: it is a thread, or anything else in current's address space
 */
void mm_cid_fork(struct task_struct *t, bool shares_mm)
{
	if (!shares_mm) {
		t->mm_cid = current->mm_cid == MM_CID_NONE ? MM_CID_NONE : MM_CID_SOLE;
		return;
	}
	t->mm_cid = MM_CID_NONE;
	local_irq_disable();
	if (current->mm_cid == MM_CID_SOLE)
		take(current);
	local_irq_enable();
}
