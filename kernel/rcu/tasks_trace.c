// SPDX-License-Identifier: MIT
/*
 * Tasks Trace RCU: explicit readers that cost nothing but a count in their task.
 *
 * A grace period has to find the readers. Most come to it: a reader that is switched out goes
 * onto its CPU's list of noted readers (rcu_tasks_trace_qs(), called by the scheduler), and stays
 * there until it ends. The others are running, so an interrupt on every CPU finds them as its
 * "current", and notes them likewise. What is on the lists then is all that there is to wait for:
 *
 *	a reader that began before, and
 *	  was switched out since	is on the list of the CPU where it was first switched out
 *	  wasn't			runs where it began, and the interrupt meets it there
 *	a reader that began after	its CPU's interrupt, or the switch that brought it to a CPU
 *					whose interrupt was past, sees all that the updater did
 *
 * A noted reader knows it: trc_reader_special is not 0. Its outermost unlock first stores the
 * count 0 and then looks there:
 *
 *	unlock				interrupt, on the same CPU
 *	a  count = 0
 *	b  special?
 *					before a: count is 1: notes; b sees it
 *					after a: count is 0: the reader is over, nothing to note
 *
 * and takes itself off the list under its lock. If a grace period waits for it (need_qs), it wakes
 * that. Neither side needs a barrier: all of it happens on the reader's CPU, and the interrupt
 * and the lock order it against the grace period.
 *
 * trc_reader_special.b.blocked says "on the list of trc_blkd_cpu", need_qs "in the list of
 * holdouts". Both are written under that CPU's rcu_tasks_percpu.lock.
 */

#include "tasks.h"

#include <linux/cpu.h>
#include <linux/sched/debug.h>
#include <linux/sched/task.h>

#ifdef CONFIG_DEBUG_LOCK_ALLOC
static struct lock_class_key rcu_trace_lock_key;
struct lockdep_map rcu_trace_lock_map =
	STATIC_LOCKDEP_MAP_INIT("rcu_read_lock_trace", &rcu_trace_lock_key);
#endif

/* Note @t, current, a reader that isn't noted yet. Scheduler, or the grace period's interrupt. */
void rcu_tasks_trace_qs_blkd(struct task_struct *t)
{
	struct rcu_tasks_percpu *rtpcp;
	guard(irqsave)();

	rtpcp = this_cpu_ptr(rcu_tasks_trace.rtpcpu);
	scoped_guard(raw_spinlock, &rtpcp->lock) {
		WRITE_ONCE(t->trc_blkd_cpu, smp_processor_id());
		list_add(&t->trc_blkd_node, &rtpcp->rtp_blkd_tasks);
		WRITE_ONCE(t->trc_reader_special.b.blocked, true);
	}
}

/*
 * @t, current, a noted reader, has ended. An interrupt's reader may come here first; then there is
 * nothing left for us.
 */
void rcu_read_unlock_trace_special(struct task_struct *t)
{
	struct rcu_tasks_percpu *rtpcp;
	bool awaited = false;
	guard(irqsave)();

	if (!READ_ONCE(t->trc_reader_special.b.blocked))
		return;
	rtpcp = per_cpu_ptr(rcu_tasks_trace.rtpcpu, t->trc_blkd_cpu);
	scoped_guard(raw_spinlock, &rtpcp->lock) {
		list_del_init(&t->trc_blkd_node);
		WRITE_ONCE(t->trc_reader_special.b.blocked, false);
		awaited = t->trc_reader_special.b.need_qs;
		/* What the reader did before the mark: trace_holdouts()'s acquire's partner. */
		smp_store_release(&t->trc_reader_special.b.need_qs, false);
	}
	if (awaited)
		irq_work_queue(&rtpcp->rtp_irq_work);
}

/* A task that dies as a reader has lost an unlock: end it. */
void exit_tasks_rcu_finish_trace(struct task_struct *t)
{
	if (WARN_ON_ONCE(READ_ONCE(t->trc_reader_nesting)))
		WRITE_ONCE(t->trc_reader_nesting, 0);
	if (READ_ONCE(t->trc_reader_special.s))
		rcu_read_unlock_trace_special(t);
}

static void note_current(void *unused)
{
	/* Between ended readers and later ones; pairs with rcu_seq_start() and _end(). */
	smp_mb();
	rcu_tasks_trace_qs(current);
}

/*
 * All that are noted on a CPU become holdouts. One may be a holdout already: collected on another
 * CPU, its reader ended, need_qs cleared, and a new one noted here, later than the grace period.
 */
static void collect_noted(struct rcu_tasks_percpu *rtpcp, struct list_head *hop)
{
	struct task_struct *t;

	guard(raw_spinlock_irq)(&rtpcp->lock);
	list_for_each_entry(t, &rtpcp->rtp_blkd_tasks, trc_blkd_node) {
		if (!list_empty(&t->trc_holdout_list))
			continue;
		WARN_ON_ONCE(t->trc_reader_special.b.need_qs);
		WRITE_ONCE(t->trc_reader_special.b.need_qs, true);
		get_task_struct(t);
		list_add(&t->trc_holdout_list, hop);
	}
}

static void trace_pregp(struct list_head *hop)
{
	int cpu;

	scoped_guard(cpus_read_lock) {
		WRITE_ONCE(rcu_tasks_trace.n_ipis, rcu_tasks_trace.n_ipis + num_online_cpus());
		on_each_cpu(note_current, NULL, true);
	}
	for_each_possible_cpu(cpu)
		collect_noted(per_cpu_ptr(rcu_tasks_trace.rtpcpu, cpu), hop);
}

static void trace_holdouts(struct list_head *hop, bool needreport, bool *firstreport)
{
	struct task_struct *t, *n;

	list_for_each_entry_safe(t, n, hop, trc_holdout_list) {
		if (!smp_load_acquire(&t->trc_reader_special.b.need_qs)) {
			list_del_init(&t->trc_holdout_list);
			put_task_struct(t);
		} else if (needreport) {
			rcu_tasks_stall_begin("rcu_tasks_trace", firstreport);
			pr_alert("%px: nesting: %d noted on CPU %d\n", t,
				 READ_ONCE(t->trc_reader_nesting), READ_ONCE(t->trc_blkd_cpu));
			sched_show_task(t);
		}
	}
}

/* Users rely on it: what waits for us needn't wait for RCU as well. */
static void trace_postgp(struct rcu_tasks *rtp)
{
	synchronize_rcu();
}

DEFINE_RCU_TASKS(rcu_tasks_trace, rcu_tasks_wait_gp, call_rcu_tasks_trace, "RCU Tasks Trace",
	.pregp_func = trace_pregp,
	.holdouts_func = trace_holdouts,
	.postgp_func = trace_postgp,
	.gp_sleep = 1,
	.init_fract = HZ / 10)

RCU_TASKS_DOORS(tasks_trace)

/**
 * synchronize_rcu_tasks_trace - wait until all rcu_read_lock_trace() readers of now are done
 * Context: May sleep; not a reader.
 */
void synchronize_rcu_tasks_trace(void)
{
	RCU_LOCKDEP_WARN(lock_is_held(&rcu_trace_lock_map),
			 "Illegal synchronize_rcu_tasks_trace() in its own reader");
	rcu_tasks_synchronize(&rcu_tasks_trace);
}
