// SPDX-License-Identifier: MIT
/*
 * Tasks RCU: what the three flavours share.
 *
 *	flavour	  who is a reader			ends when			cost
 *	Tasks	  every task, all the time		it switches voluntarily,	a walk over
 *							or reports (cond_resched_	all tasks
 *							tasks_rcu_qs())
 *	Rude	  code with preemption off, even	the CPU switches		a switch on
 *		  where RCU doesn't watch						every CPU
 *	Trace	  rcu_read_lock_trace()			rcu_read_unlock_trace()		an interrupt
 *										on every CPU
 *
 * They are for those who patch code: a trampoline may be freed when no task can be preempted in
 * it any more. So there are few callbacks and grace periods may be slow.
 *
 * A flavour has a thread. It waits for callbacks, runs grace periods and invokes what they end:
 *
 *	WAIT_CBS ---> PRE_WAIT_GP --> SCAN_TASKLIST --> POST_SCAN --> HOLDOUTS --> POST_GP --+
 *	   ^          (pregp_func)   (pertask_func)   (postscan_func) (..., until            |
 *	   |                                                           none is left)         |
 *	   +---------------------------------- INVOKE_CBS <----------------------------------+
 *
 * Callbacks go into one queue, CPU 0's. If its lock is found busy too often within one tick, each
 * CPU gets its own; when hardly any are left, it is one queue again. Lengths and limits are
 * changed in an order that never hides a queue from the thread: enqueuers read the shift inside an
 * RCU reader, and the thread looks at all queues until a grace period of RCU after the change.
 *
 * Callbacks in no hurry wait for lazy_timer, so that they share a grace period.
 *
 * Lock order: tasks_gp_mutex, cbs_gbl_lock, rcu_tasks_percpu.lock.
 */

#include "tasks.h"

#include <linux/kthread.h>
#include <linux/log2.h>
#include <linux/moduleparam.h>
#include <linux/rcupdate_wait.h>
#include <linux/report.h>
#include <linux/sched/signal.h>
#include <linux/seq_file.h>

#define for_each_queue(rtpcp, cpu, rtp, lim)						\
	for_each_possible_cpu(cpu)							\
		if ((cpu) < (lim) && ((rtpcp) = per_cpu_ptr((rtp)->rtpcpu, (cpu)), true))

/* As all of RCU's that are no matter of the tree. */
#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX	"rcupdate."

int rcu_task_stall_timeout = 10 * 60 * HZ;
module_param(rcu_task_stall_timeout, int, 0644);
/* Busy locks within a tick before each CPU gets a queue; callbacks left when it is one again. */
int rcu_task_contend_lim = 100;
module_param(rcu_task_contend_lim, int, 0444);
static int rcu_task_collapse_lim = 10;
module_param(rcu_task_collapse_lim, int, 0444);
/* So many callbacks in a queue end its laziness. */
static int rcu_task_lazy_lim = 32;
module_param(rcu_task_lazy_lim, int, 0444);

static void set_gp_state(struct rcu_tasks *rtp, int state)
{
	WRITE_ONCE(rtp->gp_state, state);
	WRITE_ONCE(rtp->gp_jiffies, jiffies);
}

const char *rcu_tasks_state_name(struct rcu_tasks *rtp)
{
#define X(name)	[RTGS_##name] = #name,
	static const char *const names[] = { RCU_TASKS_STATES(X) };
#undef X

	return names[READ_ONCE(rtp->gp_state)];
}

static void show_flavour(struct seq_file *m, struct rcu_tasks *rtp)
{
	unsigned long seq = READ_ONCE(rtp->tasks_gp_seq);
	struct rcu_tasks_percpu *rtpcp;
	long n = 0, noted = 0;
	int cpu;

	for_each_queue(rtpcp, cpu, rtp, nr_cpu_ids) {
		guard(raw_spinlock_irqsave)(&rtpcp->lock);
		n += rcu_segcblist_n_cbs(&rtpcp->cblist);
		noted += list_count_nodes(&rtpcp->rtp_blkd_tasks);
	}
	seq_or_printk(m, KERN_INFO, "%s: %s since %u ms, grace period %lu%s, %ld callbacks, "
		"%d queues, %lu IPIs, %ld readers noted, thread %s\n", rtp->kname,
		rcu_tasks_state_name(rtp), jiffies_to_msecs(jiffies - READ_ONCE(rtp->gp_jiffies)),
		rcu_seq_ctr(seq), rcu_seq_state(seq) ? " runs" : "", n,
		READ_ONCE(rtp->percpu_enqueue_lim), READ_ONCE(rtp->n_ipis), noted,
		READ_ONCE(rtp->kthread_ptr) ? "up" : "not yet");
}

/* The first line of a report on a grace period that lasts too long, once. */
void rcu_tasks_stall_begin(const char *kname, bool *firstreport)
{
	if (!*firstreport)
		return;
	report_begin(REPORT_RCU, "tasks stall");
	pr_err("INFO: %s detected stalls on tasks:\n", kname);
	*firstreport = false;
}

static void wake_thread(struct irq_work *work)
{
	struct rcu_tasks_percpu *rtpcp = container_of(work, struct rcu_tasks_percpu, rtp_irq_work);
	struct task_struct *thread = READ_ONCE(rtpcp->rtpp->kthread_ptr);

	rcuwait_wake_up(&rtpcp->rtpp->cbs_wait);
	/* Or it is in the middle of a grace period, and a holdout has gone. */
	if (thread)
		wake_up_process(thread);
}

static void lazy_timer_fires(struct timer_list *timer)
{
	struct rcu_tasks_percpu *rtpcp = timer_container_of(rtpcp, timer, lazy_timer);
	bool wake = false;

	scoped_guard(raw_spinlock_irqsave, &rtpcp->lock) {
		wake = !rcu_segcblist_empty(&rtpcp->cblist);
		if (wake && !rtpcp->urgent_gp)
			rtpcp->urgent_gp = 1;
	}
	if (wake)
		irq_work_queue(&rtpcp->rtp_irq_work);
}

/* A queue's lock, with interrupts off. True: so often busy that there should be more. */
static bool lock_queue(struct rcu_tasks *rtp, struct rcu_tasks_percpu *rtpcp)
{
	if (raw_spin_trylock(&rtpcp->lock))
		return false;
	raw_spin_lock(&rtpcp->lock);
	if (rtpcp->rtp_jiffies != jiffies) {
		rtpcp->rtp_jiffies = jiffies;
		rtpcp->rtp_n_lock_retries = 0;
	}
	return ++rtpcp->rtp_n_lock_retries > rcu_task_contend_lim &&
	       READ_ONCE(rtp->percpu_enqueue_lim) != nr_cpu_ids;
}

static void use_all_queues(struct rcu_tasks *rtp)
{
	guard(raw_spinlock_irqsave)(&rtp->cbs_gbl_lock);
	/* All are looked at before one is used: pairs with rcu_tasks_call()'s look at the shift. */
	WRITE_ONCE(rtp->percpu_dequeue_lim, nr_cpu_ids);
	WRITE_ONCE(rtp->percpu_enqueue_lim, nr_cpu_ids);
	smp_store_release(&rtp->percpu_enqueue_shift, 0);
}

/*
 * Under the queue's lock: is this callback one to wake the thread for? One that somebody sleeps for
 * is urgent, and needs at most this period and the next; others may wait for the timer.
 */
static bool wants_wakeup(struct rcu_tasks *rtp, struct rcu_tasks_percpu *rtpcp, rcu_callback_t func)
{
	bool first = rcu_segcblist_empty(&rtpcp->cblist);

	if (func == wakeme_after_rcu || !rtp->lazy_jiffies) {
		rtpcp->urgent_gp = 3;
		return true;
	}
	if (rcu_segcblist_n_cbs(&rtpcp->cblist) >= rcu_task_lazy_lim && !rtpcp->urgent_gp) {
		rtpcp->urgent_gp = 1;
		return true;
	}
	/* Without a thread yet there may be no timers either; it will look by itself. */
	if (first && READ_ONCE(rtp->kthread_ptr) && !timer_pending(&rtpcp->lazy_timer))
		mod_timer(&rtpcp->lazy_timer, jiffies + rtp->lazy_jiffies);
	return false;
}

/* Call a function after a grace period. Any context but NMI, with or without locks. */
void rcu_tasks_call(struct rcu_head *rhp, rcu_callback_t func, struct rcu_tasks *rtp)
{
	struct rcu_tasks_percpu *rtpcp;
	bool busy = false, wake = false;

	rhp->func = func;
	/* An RCU reader, by its interrupts, from the shift to the end of the enqueue. */
	scoped_guard(irqsave) {
		rtpcp = per_cpu_ptr(rtp->rtpcpu,	/* by the address after use_all_queues() */
				    smp_processor_id() >> READ_ONCE(rtp->percpu_enqueue_shift));
		busy = lock_queue(rtp, rtpcp);
		wake = wants_wakeup(rtp, rtpcp, func);
		rcu_segcblist_enqueue(&rtpcp->cblist, rhp);
		raw_spin_unlock(&rtpcp->lock);
	}
	if (unlikely(busy))
		use_all_queues(rtp);
	if (wake && READ_ONCE(rtp->kthread_ptr))
		irq_work_queue(&rtpcp->rtp_irq_work);
}

static void invoke_queue(struct rcu_tasks_percpu *rtpcp)
{
	struct rcu_cblist ready;
	long len;

	scoped_guard(raw_spinlock_irqsave, &rtpcp->lock)
		rcu_segcblist_take(&rtpcp->cblist, rcu_seq_current(&rtpcp->rtpp->tasks_gp_seq),
				   &ready);
	len = rcu_cblist_invoke(&ready);
	/* Only now: the barrier takes a length of zero for "none left". */
	scoped_guard(raw_spinlock_irqsave, &rtpcp->lock)
		rcu_segcblist_add_len(&rtpcp->cblist, -len);
}

static void invoke_queue_work(struct work_struct *work)
{
	invoke_queue(container_of(work, struct rcu_tasks_percpu, rtp_work));
}

/* The first queue's by the thread itself, the others', if there are any, side by side. */
static void invoke_callbacks(struct rcu_tasks *rtp)
{
	int cpu, lim = READ_ONCE(rtp->percpu_dequeue_lim);
	struct rcu_tasks_percpu *rtpcp;

	for_each_queue(rtpcp, cpu, rtp, lim) {
		if (cpu && !rcu_segcblist_empty(&rtpcp->cblist))
			queue_work(system_unbound_wq, &rtpcp->rtp_work);
	}
	invoke_queue(per_cpu_ptr(rtp->rtpcpu, 0));
	for_each_queue(rtpcp, cpu, rtp, lim) {
		if (cpu)
			flush_work(&rtpcp->rtp_work);
	}
}

/* With hardly a callback left, go back to one queue; and later stop looking at the others. */
static void shrink_queues(struct rcu_tasks *rtp, long n, long n_beyond_first)
{
	guard(raw_spinlock_irqsave)(&rtp->cbs_gbl_lock);
	if (rtp->percpu_dequeue_lim == 1)
		return;
	if (rtp->percpu_enqueue_lim > 1) {
		if (n <= rcu_task_collapse_lim) {
			WRITE_ONCE(rtp->percpu_enqueue_shift, order_base_2(nr_cpu_ids));
			WRITE_ONCE(rtp->percpu_enqueue_lim, 1);
			rtp->percpu_dequeue_gpseq = get_state_synchronize_rcu();
		}
	} else if (!n_beyond_first && poll_state_synchronize_rcu(rtp->percpu_dequeue_gpseq)) {
		WRITE_ONCE(rtp->percpu_dequeue_lim, 1);
	}
}

enum { NEED_INVOKE = 1, NEED_GP = 2 };

/* What is there to do with a queue? Gives new callbacks the number that they wait for. */
static int look_at_queue(struct rcu_tasks *rtp, struct rcu_tasks_percpu *rtpcp, long *n)
{
	struct rcu_segcblist *cbl = &rtpcp->cblist;
	int need = 0;

	guard(raw_spinlock_irqsave)(&rtpcp->lock);
	*n = rcu_segcblist_n_cbs(cbl);
	rcu_segcblist_advance(cbl, rcu_seq_current(&rtp->tasks_gp_seq));
	/* What was done before the enqueue comes before rcu_seq_snap()'s barrier, by the lock. */
	rcu_segcblist_accelerate(cbl, rcu_seq_snap(&rtp->tasks_gp_seq));
	if (rcu_segcblist_ready_cbs(cbl))
		need |= NEED_INVOKE;
	if (rtpcp->urgent_gp && rcu_segcblist_pend_cbs(cbl)) {
		if (rtp->lazy_jiffies)
			rtpcp->urgent_gp--;
		need |= NEED_INVOKE | NEED_GP;
	} else if (rcu_segcblist_empty(cbl)) {
		rtpcp->urgent_gp = 0;
	} else if (rtp->lazy_jiffies && !timer_pending(&rtpcp->lazy_timer)) {
		mod_timer(&rtpcp->lazy_timer, jiffies + rtp->lazy_jiffies);
	}
	return need;
}

static int look_at_queues(struct rcu_tasks *rtp)
{
	struct rcu_tasks_percpu *rtpcp;
	long n, all = 0, beyond_first = 0;
	int cpu, need = 0;

	for_each_queue(rtpcp, cpu, rtp, READ_ONCE(rtp->percpu_dequeue_lim)) {
		if (!rcu_segcblist_n_cbs(&rtpcp->cblist))
			continue;
		need |= look_at_queue(rtp, rtpcp, &n);
		all += n;
		beyond_first += cpu ? n : 0;
	}
	shrink_queues(rtp, all, beyond_first);
	return need;
}

/* Under tasks_gp_mutex. */
static void one_gp(struct rcu_tasks *rtp)
{
	set_gp_state(rtp, RTGS_WAIT_GP);
	WRITE_ONCE(rtp->gp_start, jiffies);
	rcu_seq_start(&rtp->tasks_gp_seq);
	rtp->gp_func(rtp);
	rcu_seq_end(&rtp->tasks_gp_seq);
}

static int __noreturn rcu_tasks_kthread(void *arg)
{
	struct rcu_tasks *rtp = arg;
	int need;

	/* From here on callers leave grace periods to us: pairs with rcu_tasks_synchronize(). */
	smp_store_release(&rtp->kthread_ptr, current);
	for (;;) {
		set_gp_state(rtp, RTGS_WAIT_CBS);
		rcuwait_wait_event(&rtp->cbs_wait, (need = look_at_queues(rtp)), TASK_IDLE);

		scoped_guard(mutex, &rtp->tasks_gp_mutex) {
			if (need & NEED_GP)
				one_gp(rtp);
			set_gp_state(rtp, RTGS_INVOKE_CBS);
			invoke_callbacks(rtp);
		}
		if (rtp->gp_sleep)
			schedule_timeout_idle(rtp->gp_sleep);
	}
}

/* At the time limit, and then after twice as long each time. */
static bool time_for_report(unsigned int *reports, unsigned long since)
{
	int limit = READ_ONCE(rcu_task_stall_timeout);

	if (limit <= 0 || jiffies - since < (unsigned long)limit << min(*reports, 20u))
		return false;
	++*reports;
	return true;
}

/*
 * A grace period by the flavour's steps. Looks for holdouts that are done, first at once, then at
 * growing intervals or when woken.
 */
void rcu_tasks_wait_gp(struct rcu_tasks *rtp)
{
	unsigned long since = jiffies;
	unsigned int reports = 0;
	int pause = rtp->init_fract;
	struct task_struct *g, *t;
	LIST_HEAD(holdouts);

	set_gp_state(rtp, RTGS_PRE_WAIT_GP);
	rtp->pregp_func(&holdouts);
	if (rtp->pertask_func) {
		set_gp_state(rtp, RTGS_SCAN_TASKLIST);
		scoped_guard(rcu)
			for_each_process_thread(g, t)
				rtp->pertask_func(t, &holdouts);
	}
	if (rtp->postscan_func) {
		set_gp_state(rtp, RTGS_POST_SCAN_TASKLIST);
		rtp->postscan_func(&holdouts);
	}
	for (;;) {
		bool first_report = true;

		set_gp_state(rtp, RTGS_SCAN_HOLDOUTS);
		rtp->holdouts_func(&holdouts, time_for_report(&reports, since), &first_report);
		if (list_empty(&holdouts))
			break;
		set_gp_state(rtp, RTGS_WAIT_SCAN_HOLDOUTS);
		schedule_timeout_idle(pause);
		pause = min(2 * pause, HZ / 10);
	}
	set_gp_state(rtp, RTGS_POST_GP);
	rtp->postgp_func(rtp);
}

/* Wait for a grace period. Before there is a thread the caller runs it himself. */
void rcu_tasks_synchronize(struct rcu_tasks *rtp)
{
	/* One task, that is here and not in anybody's trampoline. */
	if (rcu_scheduler_active == RCU_SCHEDULER_INACTIVE)
		return;
	might_sleep();
	if (smp_load_acquire(&rtp->kthread_ptr)) {	/* pairs with rcu_tasks_kthread() */
		wait_rcu_gp_state(rtp->wait_state ?: TASK_UNINTERRUPTIBLE, rtp->call_func);
		return;
	}
	scoped_guard(mutex, &rtp->tasks_gp_mutex)
		one_gp(rtp);
}

static void barrier_one(struct rcu_tasks *rtp)
{
	if (atomic_dec_and_test(&rtp->barrier_q_count))
		complete(&rtp->barrier_q_completion);
}

static void barrier_callback(struct rcu_head *rhp)
{
	barrier_one(container_of(rhp, struct rcu_tasks_percpu, barrier_q_head)->rtpp);
}

/* Wait until every callback queued by now has been called. Those in no hurry are hurried. */
void rcu_tasks_barrier(struct rcu_tasks *rtp)
{
	unsigned long snap = rcu_seq_snap(&rtp->barrier_q_seq);
	struct rcu_tasks_percpu *rtpcp;
	bool queued = false;
	int cpu;
	guard(mutex)(&rtp->barrier_q_mutex);

	/* Another barrier may have begun and ended while we waited for the mutex. */
	if (rcu_seq_done(&rtp->barrier_q_seq, snap)) {
		smp_mb();	/* its callbacks before our caller; pairs with rcu_seq_end() */
		return;
	}
	rcu_seq_start(&rtp->barrier_q_seq);
	reinit_completion(&rtp->barrier_q_completion);
	atomic_set(&rtp->barrier_q_count, 1);
	for_each_queue(rtpcp, cpu, rtp, READ_ONCE(rtp->percpu_dequeue_lim)) {
		scoped_guard(raw_spinlock_irqsave, &rtpcp->lock) {
			rtpcp->barrier_q_head.func = barrier_callback;
			queued = rcu_segcblist_entrain(&rtpcp->cblist, &rtpcp->barrier_q_head);
			if (queued) {
				atomic_inc(&rtp->barrier_q_count);
				rtpcp->urgent_gp = 3;
			}
		}
		if (queued)
			irq_work_queue(&rtpcp->rtp_irq_work);
	}
	barrier_one(rtp);
	wait_for_completion(&rtp->barrier_q_completion);
	rcu_seq_end(&rtp->barrier_q_seq);
}

static struct rcu_tasks *const flavours[] = { &rcu_tasks, &rcu_tasks_rude, &rcu_tasks_trace };

/* The queues of a flavour; one for all CPUs. */
static void __init init_flavour(struct rcu_tasks *rtp)
{
	struct rcu_tasks_percpu *rtpcp;
	int cpu;

	rtp->percpu_enqueue_shift = order_base_2(nr_cpu_ids);
	init_completion(&rtp->barrier_q_completion);
	for_each_queue(rtpcp, cpu, rtp, nr_cpu_ids) {
		raw_spin_lock_init(&rtpcp->lock);
		rcu_segcblist_init(&rtpcp->cblist);
		timer_setup(&rtpcp->lazy_timer, lazy_timer_fires, 0);
		INIT_WORK(&rtpcp->rtp_work, invoke_queue_work);
		init_irq_work(&rtpcp->rtp_irq_work, wake_thread);
		INIT_LIST_HEAD(&rtpcp->rtp_blkd_tasks);
		INIT_LIST_HEAD(&rtpcp->rtp_exit_list);
		rtpcp->cpu = cpu;
		rtpcp->rtpp = rtp;
	}
}

/** rcu_tasks_init - make the flavours usable, before the first context switch; no threads yet */
void __init rcu_tasks_init(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(flavours); i++)
		init_flavour(flavours[i]);
}

static int __init rcu_tasks_spawn_threads(void)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(flavours); i++)
		WARN_ON(IS_ERR(kthread_run(rcu_tasks_kthread, flavours[i], "%s_kthread",
					   flavours[i]->kname)));
	return 0;
}
core_initcall(rcu_tasks_spawn_threads);

/* A line on each flavour. @m: seq_or_printk() says how. */
void rcu_tasks_show(struct seq_file *m)
{
	int i;

	for (i = 0; i < ARRAY_SIZE(flavours); i++)
		show_flavour(m, flavours[i]);
}
