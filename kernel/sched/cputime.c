// SPDX-License-Identifier: MIT
/*
 * Where CPU time goes: the tick samples what each CPU does and charges one tick to it.
 *
 * Cheap, and right on average. The run time of a task as a whole (se.sum_exec_runtime) is measured
 * exactly at each switch; task_cputime_adjusted() divides that in the sampled proportion.
 */

#include <linux/hardirq.h>
#include <linux/math64.h>
#include <linux/sched/cputime.h>
#include <linux/sched/signal.h>

#include "sched.h"

DEFINE_PER_CPU(struct kernel_cpustat, kernel_cpustat);

static void account_to(enum cpu_usage_stat index, u64 ns)
{
	__this_cpu_add(kernel_cpustat.cpustat[index], ns);
}

/**
 * account_user_time - a task has run its program
 * @p: the task
 * @cputime: ns
 *
 * Context: the tick, interrupts off.
 */
void account_user_time(struct task_struct *p, u64 cputime)
{
	p->utime += cputime;
	account_to(task_nice(p) > 0 ? CPUTIME_NICE : CPUTIME_USER, cputime);
}

/**
 * account_system_time - charge time in the kernel
 * @p: the task it is charged to
 * @hardirq_offset: hardirq count of the tick itself, which is no reason to call it irq time
 * @cputime: nanoseconds
 */
void account_system_time(struct task_struct *p, int hardirq_offset, u64 cputime)
{
	enum cpu_usage_stat index = CPUTIME_SYSTEM;

	if (hardirq_count() - hardirq_offset)
		index = CPUTIME_IRQ;
	else if (in_serving_softirq())
		index = CPUTIME_SOFTIRQ;
	p->stime += cputime;
	account_to(index, cputime);
}

/**
 * account_idle_time - this CPU has done nothing; it counts as waiting for I/O if a task of its does
 * @cputime: ns
 *
 * Context: interrupts off.
 */
void account_idle_time(u64 cputime)
{
	account_to(atomic_read(&this_rq()->nr_iowait) > 0 ? CPUTIME_IOWAIT : CPUTIME_IDLE, cputime);
}

/**
 * account_process_tick - charge one tick
 * @p: the current task
 * @user_tick: did the tick hit user mode?
 */
void account_process_tick(struct task_struct *p, int user_tick)
{
	if (user_tick)
		account_user_time(p, TICK_NSEC);
	else if (p != this_rq()->idle || irq_count() != HARDIRQ_OFFSET)
		account_system_time(p, HARDIRQ_OFFSET, TICK_NSEC);
	else
		account_idle_time(TICK_NSEC);
}

/**
 * account_idle_ticks - the tick was off, the CPU idle
 * @ticks: for so many
 *
 * Context: interrupts off.
 */
void account_idle_ticks(unsigned long ticks)
{
	account_idle_time(ticks * TICK_NSEC);
}

/* Scale the sampled parts so that they add up to the measured time. */
static void adjust_cputime(u64 utime, u64 stime, u64 total, u64 *ut, u64 *st)
{
	if (!(utime + stime)) {
		*ut = 0;
		*st = total;
		return;
	}
	*st = mul_u64_u64_div_u64(stime, total, utime + stime);
	*ut = total - *st;
}

/**
 * task_cputime_adjusted - user and system time of a task as programs are told: the ticks' shares of
 * the exact sum
 * @p: the task
 * @ut: user, ns
 * @st: system, ns
 */
void task_cputime_adjusted(struct task_struct *p, u64 *ut, u64 *st)
{
	adjust_cputime(p->utime, p->stime, task_sched_runtime(p), ut, st);
}

/**
 * thread_group_cputime - what all threads of a process have used, the dead ones too
 * @tsk: one of them
 * @times: filled, ns
 *
 * Context: any but NMI; siglock may be held. A thread that dies meanwhile is counted once: it moves
 * its times to the process and leaves the list inside stats_lock.
 */
void thread_group_cputime(struct task_struct *tsk, struct task_cputime *times)
{
	struct signal_struct *sig = tsk->signal;
	struct task_struct *t;
	unsigned int seq;

	rcu_read_lock();
	do {
		seq = read_seqbegin(&sig->stats_lock);
		times->utime = sig->utime;
		times->stime = sig->stime;
		times->sum_exec_runtime = sig->sum_sched_runtime;
		__for_each_thread(sig, t) {
			times->utime += READ_ONCE(t->utime);
			times->stime += READ_ONCE(t->stime);
			times->sum_exec_runtime += task_sched_runtime(t);
		}
	} while (read_seqretry(&sig->stats_lock, seq));
	rcu_read_unlock();
}

/**
 * thread_group_cputime_adjusted - thread_group_cputime() as programs are told
 * @p: a thread
 * @ut: user, ns
 * @st: system, ns
 */
void thread_group_cputime_adjusted(struct task_struct *p, u64 *ut, u64 *st)
{
	struct task_cputime times;

	thread_group_cputime(p, &times);
	adjust_cputime(times.utime, times.stime, times.sum_exec_runtime, ut, st);
}
