// SPDX-License-Identifier: MIT
/*
 * A look inside: /proc/rcu and the monitor's command `rcu`, reports of stalls, tests that got
 * stuck. What is shown is read without locks and may be a moment old. Steps: /proc/trace/rcu.
 */

#include "tree.h"
#include "tasks.h"

#include <linux/list.h>
#include <linux/printk.h>
#include <linux/proc_fs.h>
#include <linux/seq_file.h>

#define X(name)	[name] = #name,
static const char * const gp_state_names[] = { RCU_GP_STATES(X) };
#undef X
static const char * const cb_mode_names[] = {
	[RCU_CB_NONE] = "-", [RCU_CB_LAZY] = "lazy", [RCU_CB_ASKED] = "asked",
};
static const char * const event_text[] = { RCU_TRACE_EVENTS(RCU_TRACE_TEXT) };

/* "5" between periods 5 and 6, "5+" in number 6; small negative ones come before the overflow. */
#define SEQ_FMT		"%ld%s"
#define SEQ_ARGS(s)	(long)(s) >> RCU_SEQ_CTR_SHIFT, rcu_seq_state(s) ? "+" : ""

static void show_thread(struct seq_file *m)
{
	unsigned long now = jiffies;

	seq_or_printk(m, KERN_INFO,
		"rcu_preempt: %s for %lu jiffies, flags 0x%x, asked %lu ago, last end %lu ago\n",
		gp_state_names[READ_ONCE(rcu_state.gp_state)],
		now - READ_ONCE(rcu_state.gp_activity), atomic_read(&rcu_state.gp_flags),
		now - READ_ONCE(rcu_state.gp_req_activity), now - READ_ONCE(rcu_state.gp_end));
}

/* The state of the grace-period thread, on the console. */
void show_rcu_gp_kthreads(void)
{
	show_thread(NULL);
}

/* One line per node, indented by level: who is up, who has yet to report, who is blocked. */
static void show_node(struct seq_file *m, struct rcu_node *rnp)
{
	struct rcu_wait *norm = &rnp->wait[RCU_NORM], *exp = &rnp->wait[RCU_EXP];
	size_t blocked = 0;

	scoped_guard(raw_spinlock_irqsave, &rnp->lock)
		blocked = list_count_nodes(&rnp->blkd_tasks);
	seq_or_printk(m, KERN_INFO, "%*s%d-%d: gp " SEQ_FMT " needed %ld up %lx waits %lx%s "
		"exp %lx%s blocked %zu boosts %lu\n", 2 * rnp->level, "", rnp->grplo, rnp->grphi,
		SEQ_ARGS(READ_ONCE(rnp->gp_seq)),
		(long)READ_ONCE(rnp->gp_seq_needed) >> RCU_SEQ_CTR_SHIFT,
		READ_ONCE(rnp->qsmaskinitnext), READ_ONCE(norm->mask),
		READ_ONCE(norm->tasks) ? ",tasks" : "", READ_ONCE(exp->mask),
		READ_ONCE(exp->tasks) ? ",tasks" : "", blocked, READ_ONCE(rnp->n_boosts));
}

/* One line per CPU: where it is, what it knows, what it owes, its callbacks by segment. */
void rcu_show_cpu(struct seq_file *m, const char *level, int cpu)
{
	struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);
	int state = atomic_read(&per_cpu_ptr(&context_tracking, cpu)->state);
	long seg[RCU_CBLIST_NSEGS];
	int i;

	for (i = 0; i < RCU_CBLIST_NSEGS; i++)
		seg[i] = rcu_segcblist_get_seglen(&rdp->cblist, i);
	seq_or_printk(m, level, "%3d %-4s %s%s, gp " SEQ_FMT " (%lu ticks this GP) owes %d%d, "
	       "cbs %ld = %ld+%ld+%ld+%ld %s, invoked %lu, qs %lu, kicks %lu\n", cpu,
	       READ_ONCE(rdp->mynode->qsmaskinitnext) & rdp->grpmask ? "up" : "down",
	       (state & CT_STATE_MASK) == CONTEXT_IDLE ? "idle" :
	       (state & CT_STATE_MASK) == CONTEXT_USER ? "user" : "kernel",
	       state & CT_RCU_WATCHING ? "" : ",eqs", SEQ_ARGS(READ_ONCE(rdp->gp_seq)),
	       READ_ONCE(rdp->ticks_this_gp), READ_ONCE(rdp->needs_qs[RCU_NORM]),
	       READ_ONCE(rdp->needs_qs[RCU_EXP]), rcu_segcblist_n_cbs(&rdp->cblist), seg[0], seg[1],
	       seg[2], seg[3], cb_mode_names[READ_ONCE(rdp->cb_mode)],
	       READ_ONCE(rdp->n_cbs_invoked), READ_ONCE(rdp->n_qs), READ_ONCE(rdp->n_kicks));
}

static void show_all(struct seq_file *m)
{
	struct rcu_node *rnp;
	int cpu;

	seq_or_printk(m, KERN_INFO, "normal " SEQ_FMT ", expedited " SEQ_FMT ", polled " SEQ_FMT
		", barrier " SEQ_FMT "; looks at CPUs: %lu\n",
		SEQ_ARGS(READ_ONCE(rcu_state.gp_seq)),
		SEQ_ARGS(READ_ONCE(rcu_state.expedited_sequence)),
		SEQ_ARGS(READ_ONCE(rcu_state.gp_seq_polled)),
		SEQ_ARGS(READ_ONCE(rcu_state.barrier_seq)), READ_ONCE(rcu_state.n_fqs_gp));
	show_thread(m);
	rcu_for_each_node_breadth_first(rnp)
		show_node(m, rnp);
	seq_or_printk(m, KERN_INFO,
		      "cpu, owes normal/expedited, callbacks done+wait+next ready+next\n");
	for_each_possible_cpu(cpu)
		rcu_show_cpu(m, KERN_INFO, cpu);
	rcu_tasks_show(m);
}

static void show_step(char *text, size_t size, int event, unsigned long gp_seq,
		      unsigned long detail)
{
	if (event == RCU_TRACE_CB_INVOKE)
		snprintf(text, size, "%-28s %ps", event_text[event], (void *)detail);
	else
		snprintf(text, size, "%-28s gp " SEQ_FMT "  %ld", event_text[event],
			 SEQ_ARGS(gp_seq), (long)detail);
}

DEFINE_EVENT_RING(rcu_ring, RCU_TRACE_NR, show_step);

/**
 * rcu_show - the monitor's command
 * @what: "" the state of all; "trace" the records; "trace on", "trace off"
 * Context: may sleep.
 */
void rcu_show(const char *what)
{
	if (!event_ring_command(&rcu_ring, what))
		show_all(NULL);
}

static int state_show(struct seq_file *m, void *unused)
{
	show_all(m);
	return 0;
}

static int __init rcu_proc_init(void)
{
	proc_create_single("rcu", 0400, NULL, state_show);
	event_ring_proc_create("rcu", &rcu_ring);
	return 0;
}
fs_initcall(rcu_proc_init);
