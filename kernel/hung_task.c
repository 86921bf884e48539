// SPDX-License-Identifier: MIT
/*
 * Watching that tasks which wait for something that must come (state D) don't wait for ever.
 *
 * A lost wake-up or a deadlock of sleeping locks leaves no CPU busy, so the lockup watchdogs see
 * nothing. The thread khungtaskd looks at every task each hung_task_timeout_secs:
 *
 *	switches since the last look	it has run: note the count and the time
 *	none, and in state D		it has waited for at least the time since the note
 *
 * so a wait is reported between one and two timeouts after its begin, once. Waits that may last
 * are in other states: interruptible, idle (TASK_NOLOAD), frozen or killable. A task that has never
 * been switched out, as a kthread that nobody has woken yet, isn't waiting for anybody's lock.
 *
 * Boot parameters: hung_task_timeout_secs= (120; 0 turns it off), hung_task_panic=,
 * hung_task_warnings= (10 reports in all; -1 for no limit).
 */

#include "hung_task.h"

#include <linux/debug_locks.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/kthread.h>
#include <linux/moduleparam.h>
#include <linux/nmi.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/report.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/sched/sysctl.h>
#include <linux/sysctl.h>
#include <linux/utsname.h>

unsigned long sysctl_hung_task_timeout_secs = 120;
unsigned int sysctl_hung_task_panic;
int sysctl_hung_task_warnings = 10;
core_param(hung_task_timeout_secs, sysctl_hung_task_timeout_secs, ulong, 0644);
core_param(hung_task_panic, sysctl_hung_task_panic, uint, 0644);
core_param(hung_task_warnings, sysctl_hung_task_warnings, int, 0644);

static struct task_struct *watcher;
static bool look_postponed;	/* set by anyone, taken by the watcher */

static bool waits_for_something_due(struct task_struct *t)
{
	unsigned int state = READ_ONCE(t->__state);

	return state & TASK_UNINTERRUPTIBLE &&
		!(state & (TASK_WAKEKILL | TASK_NOLOAD | TASK_FROZEN));
}

static void report_hung_task(struct task_struct *t, unsigned long for_jiffies)
{
	enum report_verdict verdict = report_begin(REPORT_LOCKUP, "hung task");

	if (sysctl_hung_task_warnings > 0)
		sysctl_hung_task_warnings--;
	pr_err("INFO: task %s:%d blocked for more than %lu seconds.\n", t->comm, t->pid,
	       for_jiffies / HZ);
	pr_err("      %s %s %s\n", print_tainted(), init_utsname()->release,
	       init_utsname()->version);
	sched_show_task(t);
	debug_show_held_locks(t);
	touch_nmi_watchdog();
	if (verdict == REPORT_REAL && sysctl_hung_task_panic)
		panic("hung_task: blocked tasks");
}

/* last_switch_* are the watcher's own. */
static void look_at(struct task_struct *t, unsigned long timeout)
{
	unsigned long switches = READ_ONCE(t->nvcsw) + READ_ONCE(t->nivcsw);

	if (!switches)
		return;
	if (switches != t->last_switch_count) {
		t->last_switch_count = switches;
		t->last_switch_time = jiffies;
		return;
	}
	if (time_is_after_jiffies(t->last_switch_time + timeout))
		return;
	/* The next report of this wait is due when it has lasted for as long again. */
	t->last_switch_time = jiffies;
	if (sysctl_hung_task_warnings)
		report_hung_task(t, timeout);
}

/**
 * check_hung_tasks() - look at every task once
 * @timeout: how long a wait may last, in jiffies
 *
 * Context: One caller at a time; doesn't sleep.
 */
void check_hung_tasks(unsigned long timeout)
{
	struct task_struct *g, *t;

	/* Tasks may be in state D because they wait for the machine to stop. */
	if (test_taint(TAINT_DIE))
		return;
	rcu_read_lock();
	for_each_process_thread(g, t) {
		if (waits_for_something_due(t))
			look_at(t, timeout);
	}
	rcu_read_unlock();
}

/**
 * reset_hung_task_detector() - leave out the next look
 *
 * For who has stopped all tasks for a while.
 *
 * Context: Any.
 */
void reset_hung_task_detector(void)
{
	WRITE_ONCE(look_postponed, true);
}
EXPORT_SYMBOL_GPL(reset_hung_task_detector);

static int watch_for_hung_tasks(void *unused)
{
	while (!kthread_should_stop()) {
		unsigned long timeout = READ_ONCE(sysctl_hung_task_timeout_secs) * HZ;

		/* Something left: woken early, for the time was changed. */
		if (schedule_timeout_interruptible(timeout ?: MAX_SCHEDULE_TIMEOUT))
			continue;
		if (timeout && !xchg(&look_postponed, false))
			check_hung_tasks(timeout);
	}
	return 0;
}

/**
 * proc_hung_task_timeout - the handler of kernel.hung_task_timeout_secs: a new time counts from now
 */
int proc_hung_task_timeout(const struct ctl_table *table, int write, void *buffer, size_t *lenp,
			   loff_t *ppos)
{
	int err = proc_doulongvec_minmax(table, write, buffer, lenp, ppos);

	if (!err && write)
		wake_up_process(watcher);
	return err;
}

static int __init hung_task_init(void)
{
	watcher = kthread_run(watch_for_hung_tasks, NULL, "khungtaskd");
	return PTR_ERR_OR_ZERO(watcher);
}
subsys_initcall(hung_task_init);
