// SPDX-License-Identifier: MIT
/*
 * Stalls: a grace period that takes too long, and who is to blame.
 *
 * A reader that never ends, a loop with preemption off, or the grace-period thread being starved:
 * the machine goes on until its memory is full of what callbacks would have freed. So after
 * rcu_cpu_stall_timeout seconds two kinds of observer look:
 *
 *	tick	on each busy CPU: "self-detected" if this CPU itself owes the report
 *	thread	in its look at the CPUs: "detected stalls on CPUs/tasks", for CPUs without a tick
 *		and preempted readers
 *
 * Whoever moves jiffies_stall on by cmpxchg first reports: CPUs and tasks that hold up the period,
 * one line and a backtrace each. Then nobody does for three times as long. Registered notifiers
 * hear of it before the first line.
 *
 * The clock runs in jiffies, so after a long stop of the whole machine (a debugger) it would cry
 * wolf: rcu_cpu_stall_reset() stops it until the thread has looked at the CPUs three times.
 */

#include "tree.h"

#include <linux/nmi.h>
#include <linux/notifier.h>
#include <linux/panic.h>
#include <linux/rcu_notifier.h>
#include <linux/report.h>
#include <linux/sched/debug.h>
#include <linux/sched/task.h>

static int rcu_cpu_stall_timeout = CONFIG_RCU_CPU_STALL_TIMEOUT;	/* seconds */
static int rcu_exp_cpu_stall_timeout = CONFIG_RCU_EXP_CPU_STALL_TIMEOUT;	/* ms */
static int rcu_cpu_stall_suppress;
static int panic_on_rcu_stall;

#undef MODULE_PARAM_PREFIX
#define MODULE_PARAM_PREFIX	"rcupdate."
module_param(rcu_cpu_stall_timeout, int, 0644);
module_param(rcu_exp_cpu_stall_timeout, int, 0644);
module_param(rcu_cpu_stall_suppress, int, 0644);
core_param(panic_on_rcu_stall, panic_on_rcu_stall, int, 0644);

static ATOMIC_NOTIFIER_HEAD(stall_chain);

static unsigned long stall_jiffies(void)
{
	return clamp(READ_ONCE(rcu_cpu_stall_timeout), 1, 300) * HZ;
}

unsigned long rcu_exp_stall_jiffies(void)
{
	return msecs_to_jiffies(clamp(READ_ONCE(rcu_exp_cpu_stall_timeout), 1, 300000)) + 1;
}

void rcu_stall_set_timeouts(int normal_s, int exp_ms)
{
	WRITE_ONCE(rcu_cpu_stall_timeout, normal_s);
	WRITE_ONCE(rcu_exp_cpu_stall_timeout, exp_ms);
}

/* The clock runs out in so many jiffies, but not before so many looks. */
static void wind_up(unsigned long delay, int looks)
{
	WRITE_ONCE(rcu_state.nr_fqs_jiffies_stall, looks);
	WRITE_ONCE(rcu_state.jiffies_stall, jiffies + delay);
}

/* A grace period begins. Root's lock held, here and at its end. */
void rcu_stall_gp_begins(void)
{
	wind_up(stall_jiffies(), 0);
}

void rcu_stall_gp_ends(void)
{
	wind_up(ULONG_MAX / 2, 0);
}

/** rcu_cpu_stall_reset - time has passed that no CPU could use: don't count it. Interrupts off. */
void rcu_cpu_stall_reset(void)
{
	wind_up(ULONG_MAX / 2, 3);
}

/* The thread has looked at the CPUs: one of the looks that a stopped clock waits for. */
void rcu_stall_fqs(void)
{
	int n = READ_ONCE(rcu_state.nr_fqs_jiffies_stall);

	if (n == 1)
		wind_up(stall_jiffies(), 0);
	else if (n)
		WRITE_ONCE(rcu_state.nr_fqs_jiffies_stall, n - 1);
}

/** rcu_gp_might_be_stalled - has this period lasted an eighth of what is a stall, and 2 s? */
bool rcu_gp_might_be_stalled(void)
{
	guard(raw_spinlock_irqsave)(&rcu_get_root()->lock);
	return rcu_gp_in_progress() &&
	       time_after(jiffies, rcu_state.gp_start + max(stall_jiffies() / 8, 2UL * HZ));
}

/* Hear of stalls: <linux/rcu_notifier.h>. */
int rcu_stall_chain_notifier_register(struct notifier_block *n)
{
	return atomic_notifier_chain_register(&stall_chain, n);
}

int rcu_stall_chain_notifier_unregister(struct notifier_block *n)
{
	return atomic_notifier_chain_unregister(&stall_chain, n);
}

#define MAX_SHOWN	16

/*
 * The preempted readers of a leaf that hold up the period. Printing takes long, so they are taken
 * out from under the lock by reference first.
 */
static int show_blocked(struct rcu_node *rnp, enum rcu_gp_kind kind)
{
	struct task_struct *held[MAX_SHOWN], *t;
	struct list_head *p;
	int n = 0, i;

	scoped_guard(raw_spinlock_irqsave, &rnp->lock) {
		p = rnp->wait[kind].tasks;
		for (; p && p != &rnp->blkd_tasks && n < MAX_SHOWN; p = p->next)
			held[n++] = get_task_struct(list_entry(p, typeof(*t), rcu_node_entry));
	}
	for (i = 0; i < n; i++) {
		t = held[i];
		pr_err("\tP%d:%s: reader depth %d, state %x, cpu %d\n", task_pid_nr(t), t->comm,
		       data_race(t->rcu_read_lock_nesting), READ_ONCE(t->__state), task_cpu(t));
		show_stack(t, NULL, KERN_ERR);
		put_task_struct(t);
	}
	return n;
}

/* Has the thread itself not run for long? That is the cause where it is about as long. */
static void show_starved_thread(void)
{
	unsigned long idle = jiffies - READ_ONCE(rcu_state.gp_activity);

	if (idle < 2 * HZ || !rcu_gp_in_progress())
		return;
	pr_err("rcu: rcu_preempt kthread starved for %lu jiffies!\n", idle);
	show_rcu_gp_kthreads();
	sched_show_task(rcu_state.gp_kthread);
}

static void backtrace_cpu(int cpu)
{
	if (cpu == raw_smp_processor_id())
		dump_stack();
	else if (!cpu_online(cpu) || !trigger_single_cpu_backtrace(cpu))
		dump_cpu_task(cpu);
}

/* All that a period waits for: first a line each, then stacks. Return: how many. */
static int show_culprits(enum rcu_gp_kind kind)
{
	struct rcu_node *rnp;
	int cpu, n = 0;

	rcu_for_each_leaf_node(rnp) {
		rcu_for_each_leaf_cpu(rnp, cpu, READ_ONCE(rnp->wait[kind].mask)) {
			rcu_show_cpu(NULL, KERN_ERR, cpu);
			n++;
		}
	}
	rcu_for_each_leaf_node(rnp) {
		rcu_for_each_leaf_cpu(rnp, cpu, READ_ONCE(rnp->wait[kind].mask))
			backtrace_cpu(cpu);
		n += show_blocked(rnp, kind);
	}
	return n;
}

/* @headline: what follows "rcu_preempt". @since: when the period began. */
static void report_stall(enum rcu_gp_kind kind, const char *headline, unsigned long since)
{
	unsigned long age = jiffies - since, *seq;
	enum report_verdict verdict;

	seq = kind == RCU_EXP ? &rcu_state.expedited_sequence : &rcu_state.gp_seq;
	atomic_notifier_call_chain(&stall_chain, kind == RCU_EXP ? RCU_STALL_NOTIFY_EXP :
				   RCU_STALL_NOTIFY_NORM, (void *)age);
	rcu_trace(STALL, READ_ONCE(*seq), age);
	verdict = report_begin(REPORT_RCU, kind == RCU_EXP ? "expedited stall" : "stall");
	pr_err("rcu: INFO: rcu_preempt %s\n", headline);
	if (!show_culprits(kind))
		pr_err("\tnobody: all have reported by now\n");
	pr_err("\t(detected by %d, t=%lu jiffies, g=%ld, looks=%lu, ncpus=%u, root: 0x%lx/%c)\n",
	       raw_smp_processor_id(), age, (long)READ_ONCE(*seq), READ_ONCE(rcu_state.n_fqs),
	       num_online_cpus(), READ_ONCE(rcu_get_root()->wait[kind].mask),
	       ".T"[!!READ_ONCE(rcu_get_root()->wait[kind].tasks)]);
	show_starved_thread();
	if (panic_on_rcu_stall && verdict == REPORT_REAL)
		panic("RCU Stall\n");
}

/* Has this CPU yet to report for the normal period? */
static bool is_to_blame(struct rcu_data *rdp)
{
	return READ_ONCE(rdp->mynode->wait[RCU_NORM].mask) & rdp->grpmask;
}

/* Is the normal period overdue? @self: this CPU's data, from its tick; NULL from the thread. */
void rcu_check_gp_stall(struct rcu_data *self)
{
	unsigned long when = READ_ONCE(rcu_state.jiffies_stall);
	unsigned long gps = READ_ONCE(rcu_state.gp_seq);

	if (rcu_cpu_stall_suppress || !rcu_seq_state(gps) || time_before(jiffies, when))
		return;
	/* A CPU that has reported isn't to blame, and the thread sees the others better. */
	if (self && !is_to_blame(self) && time_before(jiffies, when + HZ))
		return;
	/*
	 * The clock is wound up when a period begins: one that began after @gps was read has moved
	 * it, and this exchange fails. It also picks one observer out of many.
	 */
	if (cmpxchg(&rcu_state.jiffies_stall, when, jiffies + 3 * stall_jiffies()) != when ||
	    READ_ONCE(rcu_state.gp_seq) != gps)
		return;
	report_stall(RCU_NORM, self && is_to_blame(self) ? "self-detected stall on CPU" :
		     "detected stalls on CPUs/tasks:", READ_ONCE(rcu_state.gp_start));
}

/* An expedited grace period is overdue that began at @since. */
void rcu_exp_stall(unsigned long since)
{
	if (!rcu_cpu_stall_suppress)
		report_stall(RCU_EXP, "detected expedited stalls on CPUs/tasks:", since);
}
