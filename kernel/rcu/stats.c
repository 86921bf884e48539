// SPDX-License-Identifier: MIT
/*
 * A look inside, for the monitor's command `rcu`, for reports of stalls and for tests that got
 * stuck. What is printed is read without locks and may be a moment old.
 */

#include "tree.h"

#include <linux/list.h>
#include <linux/printk.h>
#include <linux/string.h>

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

/* The states of the grace-period thread. */
void show_rcu_gp_kthreads(void)
{
	unsigned long now = jiffies;

	pr_info("rcu_preempt: %s for %lu jiffies, flags 0x%x, asked %lu ago, last end %lu ago\n",
		gp_state_names[READ_ONCE(rcu_state.gp_state)],
		now - READ_ONCE(rcu_state.gp_activity), atomic_read(&rcu_state.gp_flags),
		now - READ_ONCE(rcu_state.gp_req_activity), now - READ_ONCE(rcu_state.gp_end));
}

/* One line per node, indented by level: who is up, who has yet to report, who is blocked. */
static void show_node(struct rcu_node *rnp)
{
	struct rcu_wait *norm = &rnp->wait[RCU_NORM], *exp = &rnp->wait[RCU_EXP];
	size_t blocked = 0;

	scoped_guard(raw_spinlock_irqsave, &rnp->lock)
		blocked = list_count_nodes(&rnp->blkd_tasks);
	pr_info("%*s%d-%d: gp " SEQ_FMT " needed %ld up %lx waits %lx%s exp %lx%s "
		"blocked %zu boosts %lu\n", 2 * rnp->level, "", rnp->grplo, rnp->grphi,
		SEQ_ARGS(READ_ONCE(rnp->gp_seq)),
		(long)READ_ONCE(rnp->gp_seq_needed) >> RCU_SEQ_CTR_SHIFT,
		READ_ONCE(rnp->qsmaskinitnext), READ_ONCE(norm->mask),
		READ_ONCE(norm->tasks) ? ",tasks" : "", READ_ONCE(exp->mask),
		READ_ONCE(exp->tasks) ? ",tasks" : "", blocked, READ_ONCE(rnp->n_boosts));
}

/* One line per CPU: where it is, what it knows, what it owes, its callbacks by segment. */
void rcu_show_cpu(const char *level, int cpu)
{
	struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);
	int state = atomic_read(&per_cpu_ptr(&context_tracking, cpu)->state);
	long seg[RCU_CBLIST_NSEGS];
	int i;

	for (i = 0; i < RCU_CBLIST_NSEGS; i++)
		seg[i] = rcu_segcblist_get_seglen(&rdp->cblist, i);
	printk("%s%3d %-4s %s%s, gp " SEQ_FMT " (%lu ticks this GP) owes %d%d, "
	       "cbs %ld = %ld+%ld+%ld+%ld %s, invoked %lu, qs %lu, kicks %lu\n", level, cpu,
	       READ_ONCE(rdp->mynode->qsmaskinitnext) & rdp->grpmask ? "up" : "down",
	       (state & CT_STATE_MASK) == CONTEXT_IDLE ? "idle" :
	       (state & CT_STATE_MASK) == CONTEXT_USER ? "user" : "kernel",
	       state & CT_RCU_WATCHING ? "" : ",eqs", SEQ_ARGS(READ_ONCE(rdp->gp_seq)),
	       READ_ONCE(rdp->ticks_this_gp), READ_ONCE(rdp->needs_qs[RCU_NORM]),
	       READ_ONCE(rdp->needs_qs[RCU_EXP]), rcu_segcblist_n_cbs(&rdp->cblist), seg[0], seg[1],
	       seg[2], seg[3], cb_mode_names[READ_ONCE(rdp->cb_mode)],
	       READ_ONCE(rdp->n_cbs_invoked), READ_ONCE(rdp->n_qs), READ_ONCE(rdp->n_kicks));
}

static void show_all(void)
{
	struct rcu_node *rnp;
	int cpu;

	pr_info("normal " SEQ_FMT ", expedited " SEQ_FMT ", polled " SEQ_FMT ", barrier " SEQ_FMT
		"; looks at CPUs: %lu\n", SEQ_ARGS(READ_ONCE(rcu_state.gp_seq)),
		SEQ_ARGS(READ_ONCE(rcu_state.expedited_sequence)),
		SEQ_ARGS(READ_ONCE(rcu_state.gp_seq_polled)),
		SEQ_ARGS(READ_ONCE(rcu_state.barrier_seq)), READ_ONCE(rcu_state.n_fqs_gp));
	show_rcu_gp_kthreads();
	rcu_for_each_node_breadth_first(rnp)
		show_node(rnp);
	pr_info("cpu, owes normal/expedited, callbacks done+wait+next ready+next\n");
	for_each_possible_cpu(cpu)
		rcu_show_cpu(KERN_INFO, cpu);
}

static void show_step(int event, unsigned long gp_seq, unsigned long detail)
{
	if (event == RCU_TRACE_CB_INVOKE)
		pr_cont("%-28s %ps\n", event_text[event], (void *)detail);
	else
		pr_cont("%-28s gp " SEQ_FMT "  %ld\n", event_text[event], SEQ_ARGS(gp_seq),
			(long)detail);
}

DEFINE_EVENT_RING(rcu_ring, RCU_TRACE_NR, show_step);

/**
 * rcu_show - the monitor's command
 * @what: "" the state of all; "trace" the records; "trace on", "trace off"
 * Context: may sleep.
 */
void rcu_show(const char *what)
{
	if (!strcmp(what, "trace"))
		event_ring_show(&rcu_ring);
	else if (!strcmp(what, "trace on") || !strcmp(what, "trace off"))
		pr_info("%s\n", rcu_trace_enable(!strcmp(what, "trace on")) ? "no memory" : what);
	else
		show_all();
}
