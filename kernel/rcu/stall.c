// SPDX-License-Identifier: MIT
/*
 * Stalls: a grace period that takes too long, and who is to blame.
 *
 * A reader that never ends, a loop with preemption off, or the grace-period thread being starved:
 * the machine goes on until its memory is full of what callbacks would have freed. So after
 * rcu_cpu_stall_timeout seconds two kinds of observer look:
 *
 *	tick	on each busy CPU: "self-detected" if this CPU itself owes the report
 *	thread	in its look at the CPUs: "detected stalls on CPUs/tasks", for CPUs without a tick and
 *		preempted readers
 *
 * Whoever moves jiffies_stall on by cmpxchg first reports: CPUs and tasks that hold up the period,
 * one line and a backtrace each. Then nobody does for three times as long. Registered notifiers
 * hear of it before the first line.
 *
 * The clock runs in jiffies, so after a long stop of the whole machine (a debugger) it would cry
 * wolf: rcu_cpu_stall_reset() stops it until the thread has looked at the CPUs three times.
 */

#include "tree.h"

#include <linux/export.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/moduleparam.h>
#include <linux/nmi.h>
#include <linux/notifier.h>
#include <linux/panic.h>
#include <linux/printk.h>
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

/* ---- the clock ---- */

static unsigned long stall_jiffies(void)
{
	return clamp(READ_ONCE(rcu_cpu_stall_timeout), 1, 300) * HZ;
}

unsigned long rcu_exp_stall_jiffies(void)
{
	return msecs_to_jiffies(clamp(READ_ONCE(rcu_exp_cpu_stall_timeout), 1, 300000)) + 1;
}

/* For tests. Takes effect with the next period. */
void rcu_stall_set_timeouts(int normal_s, int exp_ms)
{
	WRITE_ONCE(rcu_cpu_stall_timeout, normal_s);
	WRITE_ONCE(rcu_exp_cpu_stall_timeout, exp_ms);
}

/* A grace period begins. Root's lock held. */
void rcu_stall_gp_begins(void)
{
	WRITE_ONCE(rcu_state.nr_fqs_jiffies_stall, 0);
	WRITE_ONCE(rcu_state.jiffies_stall, jiffies + stall_jiffies());
}

void rcu_stall_gp_ends(void)
{
	WRITE_ONCE(rcu_state.jiffies_stall, jiffies + ULONG_MAX / 2);
}

/**
 * rcu_cpu_stall_reset - time has passed that no CPU could use: don't count it
 *
 * Context: hard interrupts off.
 */
void rcu_cpu_stall_reset(void)
{
	WRITE_ONCE(rcu_state.nr_fqs_jiffies_stall, 3);
	WRITE_ONCE(rcu_state.jiffies_stall, jiffies + ULONG_MAX / 2);
}
EXPORT_SYMBOL_GPL(rcu_cpu_stall_reset);

/* The thread has looked at the CPUs: one of the looks that a stopped clock waits for. */
void rcu_stall_fqs(void)
{
	int n = READ_ONCE(rcu_state.nr_fqs_jiffies_stall);

	if (!n)
		return;
	WRITE_ONCE(rcu_state.nr_fqs_jiffies_stall, n - 1);
	if (n == 1)
		WRITE_ONCE(rcu_state.jiffies_stall, jiffies + stall_jiffies());
}

/* ---- notifiers ---- */

/**
 * rcu_stall_chain_notifier_register - hear of stalls
 * @n: called with RCU_STALL_NOTIFY_NORM or _EXP and the age of the grace period in jiffies
 *
 * Return: 0, -EEXIST.
 */
int rcu_stall_chain_notifier_register(struct notifier_block *n)
{
	return atomic_notifier_chain_register(&stall_chain, n);
}
EXPORT_SYMBOL_GPL(rcu_stall_chain_notifier_register);

/**
 * rcu_stall_chain_notifier_unregister - hear of them no more
 * @n: as registered
 *
 * Return: 0, -ENOENT.
 */
int rcu_stall_chain_notifier_unregister(struct notifier_block *n)
{
	return atomic_notifier_chain_unregister(&stall_chain, n);
}
EXPORT_SYMBOL_GPL(rcu_stall_chain_notifier_unregister);

/* ---- who it is ---- */

/* One line: where is the CPU, what does it know, is it asked. */
static void show_cpu(int cpu)
{
	struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);
	struct context_tracking *ct = per_cpu_ptr(&context_tracking, cpu);
	int state = atomic_read(&ct->state);

	pr_err("\t%d-%s: (%lu ticks this GP) watching=%03x/%ld softirq-context=%d cbs=%ld kicks=%lu%s\n",
	       cpu, cpu_online(cpu) ? "online" : "OFFLINE", data_race(rdp->ticks_this_gp),
	       state & 0xfff, data_race(ct->depth), state & CT_STATE_MASK,
	       rcu_segcblist_n_cbs(&rdp->cblist), data_race(rdp->n_kicks),
	       data_race(rdp->gp_seq) == READ_ONCE(rdp->mynode->gp_seq) ? "" : " hasn't heard of it");
}

static void show_task(struct task_struct *t)
{
	pr_err("\tP%d/%d:%s: reader depth %d, state %x, cpu %d\n", task_pid_nr(t),
	       data_race(t->rcu_read_lock_nesting), t->comm, data_race(t->rcu_read_lock_nesting),
	       READ_ONCE(t->__state), task_cpu(t));
}

#define MAX_SHOWN	16

/*
 * The preempted readers of a leaf that hold up the period. Printing takes long, so they are taken
 * out from under the lock by reference first.
 */
static int show_blocked(struct rcu_node *rnp, struct list_head **first)
{
	struct task_struct *held[MAX_SHOWN], *t;
	struct list_head *p;
	unsigned long flags;
	int n = 0, i;

	raw_spin_lock_irqsave(&rnp->lock, flags);
	for (p = *first; p && p != &rnp->blkd_tasks && n < MAX_SHOWN; p = p->next) {
		t = list_entry(p, struct task_struct, rcu_node_entry);
		get_task_struct(t);
		held[n++] = t;
	}
	raw_spin_unlock_irqrestore(&rnp->lock, flags);
	for (i = 0; i < n; i++) {
		show_task(held[i]);
		show_stack(held[i], NULL, KERN_ERR);
		put_task_struct(held[i]);
	}
	return n;
}

/* How long has the thread itself not run? That is the cause where it is about as long. */
static void show_starved_thread(void)
{
	unsigned long idle = jiffies - READ_ONCE(rcu_state.gp_activity);

	if (idle < 2 * HZ || !rcu_gp_in_progress())
		return;
	pr_err("rcu: rcu_preempt kthread starved for %lu jiffies! g%ld f0x%x %s(%d) ->state=0x%x ->cpu=%d\n",
	       idle, (long)rcu_state.gp_seq, data_race(rcu_state.gp_flags),
	       gp_state_names[READ_ONCE(rcu_state.gp_state)], READ_ONCE(rcu_state.gp_state),
	       READ_ONCE(rcu_state.gp_kthread->__state), task_cpu(rcu_state.gp_kthread));
	show_stack(rcu_state.gp_kthread, NULL, KERN_ERR);
}

static void backtrace_cpu(int cpu)
{
	if (cpu == raw_smp_processor_id())
		dump_stack();
	else if (!cpu_online(cpu) || !trigger_single_cpu_backtrace(cpu))
		dump_cpu_task(cpu);
}

/* CPUs in the masks of all leaves, and tasks. @exp: of the expedited period. Return: how many. */
static int show_culprits(bool exp)
{
	struct rcu_node *rnp;
	int cpu, n = 0;

	rcu_for_each_leaf_node(rnp) {
		unsigned long mask = exp ? READ_ONCE(rnp->expmask) : READ_ONCE(rnp->qsmask);

		rcu_for_each_leaf_cpu(rnp, cpu, mask) {
			show_cpu(cpu);
			n++;
		}
	}
	rcu_for_each_leaf_node(rnp) {
		unsigned long mask = exp ? READ_ONCE(rnp->expmask) : READ_ONCE(rnp->qsmask);

		rcu_for_each_leaf_cpu(rnp, cpu, mask)
			backtrace_cpu(cpu);
		n += show_blocked(rnp, exp ? &rnp->exp_tasks : &rnp->gp_tasks);
	}
	return n;
}

static void after_report(enum report_verdict verdict)
{
	if (panic_on_rcu_stall && verdict == REPORT_REAL)
		panic("RCU Stall\n");
}

static void report_normal(struct rcu_data *self)
{
	unsigned long age = jiffies - READ_ONCE(rcu_state.gp_start);
	enum report_verdict verdict;

	atomic_notifier_call_chain(&stall_chain, RCU_STALL_NOTIFY_NORM, (void *)age);
	rcu_trace(STALL, rcu_state.gp_seq, age);
	verdict = report_begin(REPORT_RCU, "stall");
	pr_err("rcu: INFO: rcu_preempt %s\n",
	       self ? "self-detected stall on CPU" : "detected stalls on CPUs/tasks:");
	if (!show_culprits(false))
		pr_err("\tnobody: all have reported by now\n");
	pr_err("\t(%sdetected by %d, t=%lu jiffies, g=%ld, looks=%lu ncpus=%u)\n", self ? "self-" : "",
	       raw_smp_processor_id(), age, (long)rcu_seq_current(&rcu_state.gp_seq),
	       rcu_state.n_fqs, num_online_cpus());
	show_starved_thread();
	after_report(verdict);
}

/**
 * rcu_check_gp_stall - is the current grace period overdue?
 * @self: this CPU's data if called from its tick, NULL from the thread
 */
void rcu_check_gp_stall(struct rcu_data *self)
{
	unsigned long when = READ_ONCE(rcu_state.jiffies_stall);
	unsigned long gps = READ_ONCE(rcu_state.gp_seq);

	if (rcu_cpu_stall_suppress || !rcu_seq_state(gps) || time_before(jiffies, when))
		return;
	/* A CPU that has reported isn't to blame, and the thread sees the others better. */
	if (self && !(READ_ONCE(self->mynode->qsmask) & self->grpmask) &&
	    time_before(jiffies, when + HZ))
		return;
	/*
	 * The clock is wound up when a period begins: one that began after @gps was read has moved
	 * it, and this exchange fails. It also picks one observer out of many.
	 */
	if (cmpxchg(&rcu_state.jiffies_stall, when, jiffies + 3 * stall_jiffies()) != when ||
	    READ_ONCE(rcu_state.gp_seq) != gps)
		return;
	report_normal(self && (READ_ONCE(self->mynode->qsmask) & self->grpmask) ? self : NULL);
}

/**
 * rcu_exp_stall - an expedited grace period is overdue
 * @since: jiffies at which it began
 */
void rcu_exp_stall(unsigned long since)
{
	unsigned long age = jiffies - since;
	enum report_verdict verdict;

	if (rcu_cpu_stall_suppress)
		return;
	atomic_notifier_call_chain(&stall_chain, RCU_STALL_NOTIFY_EXP, (void *)age);
	rcu_trace(STALL, rcu_state.expedited_sequence, age);
	verdict = report_begin(REPORT_RCU, "expedited stall");
	pr_err("rcu: INFO: rcu_preempt detected expedited stalls on CPUs/tasks:\n");
	show_culprits(true);
	pr_err("\t(t=%lu jiffies, s=%ld, root: 0x%lx/%c)\n", age,
	       (long)rcu_state.expedited_sequence, READ_ONCE(rcu_get_root()->expmask),
	       ".T"[!!READ_ONCE(rcu_get_root()->exp_tasks)]);
	after_report(verdict);
}
