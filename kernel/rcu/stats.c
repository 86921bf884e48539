// SPDX-License-Identifier: MIT
/*
 * A look inside, for the monitor's command `rcu` and for tests that got stuck. What is printed is
 * read without locks and may be a moment old.
 */

#include "tree.h"

#include <linux/jiffies.h>
#include <linux/kthread.h>
#include <linux/printk.h>
#include <linux/string.h>

const char * const gp_state_names[RCU_GP_NR_STATES] = {
	[RCU_GP_IDLE]		= "RCU_GP_IDLE",
	[RCU_GP_WAIT_GPS]	= "RCU_GP_WAIT_GPS",
	[RCU_GP_DONE_GPS]	= "RCU_GP_DONE_GPS",
	[RCU_GP_ONOFF]		= "RCU_GP_ONOFF",
	[RCU_GP_INIT]		= "RCU_GP_INIT",
	[RCU_GP_WAIT_FQS]	= "RCU_GP_WAIT_FQS",
	[RCU_GP_DOING_FQS]	= "RCU_GP_DOING_FQS",
	[RCU_GP_CLEANUP]	= "RCU_GP_CLEANUP",
	[RCU_GP_CLEANED]	= "RCU_GP_CLEANED",
};

static const char * const cb_mode_names[] = {
	[RCU_CB_NONE] = "-", [RCU_CB_LAZY] = "lazy", [RCU_CB_ASKED] = "asked",
};

/* "5" between periods 5 and 6, "5+" in number 6; small negative ones come before the overflow. */
static void print_seq(const char *name, unsigned long s)
{
	pr_info("%-10s %ld%s\n", name, (long)s >> RCU_SEQ_CTR_SHIFT, rcu_seq_state(s) ? "+" : "");
}

/* The states of the grace-period thread, as in a stall's report. */
void show_rcu_gp_kthreads(void)
{
	unsigned long now = jiffies;

	pr_info("rcu_preempt: %s for %lu jiffies, flags 0x%x, last asked %lu ago, last end %lu ago\n",
		gp_state_names[READ_ONCE(rcu_state.gp_state)],
		now - READ_ONCE(rcu_state.gp_activity), data_race(rcu_state.gp_flags),
		now - READ_ONCE(rcu_state.gp_req_activity), now - data_race(rcu_state.gp_end));
}

static int blocked_tasks(struct rcu_node *rnp)
{
	struct list_head *p;
	unsigned long flags;
	int n = 0;

	raw_spin_lock_irqsave(&rnp->lock, flags);
	list_for_each(p, &rnp->blkd_tasks)
		n++;
	raw_spin_unlock_irqrestore(&rnp->lock, flags);
	return n;
}

/* One line per node, indented by level: who is up, who has yet to report, who is blocked. */
static void show_node(struct rcu_node *rnp)
{
	pr_info("%*s%d-%d: gp %ld%s needed %ld qs %lx/%lx up %lx exp %lx blocked %d%s%s boosts %lu\n",
		2 * rnp->level, "", rnp->grplo, rnp->grphi,
		(long)READ_ONCE(rnp->gp_seq) >> RCU_SEQ_CTR_SHIFT,
		rcu_seq_state(READ_ONCE(rnp->gp_seq)) ? "+" : "",
		(long)READ_ONCE(rnp->gp_seq_needed) >> RCU_SEQ_CTR_SHIFT, READ_ONCE(rnp->qsmask),
		data_race(rnp->qsmaskinit), READ_ONCE(rnp->qsmaskinitnext), READ_ONCE(rnp->expmask),
		blocked_tasks(rnp), READ_ONCE(rnp->gp_tasks) ? ",gp" : "",
		READ_ONCE(rnp->exp_tasks) ? ",exp" : "", data_race(rnp->n_boosts));
}

static void show_tree(void)
{
	struct rcu_node *rnp;

	rcu_for_each_node_breadth_first(rnp)
		show_node(rnp);
}

static void show_cpu(int cpu)
{
	struct rcu_data *rdp = per_cpu_ptr(&rcu_data, cpu);
	int state = atomic_read(&per_cpu_ptr(&context_tracking, cpu)->state);

	pr_info("%3d %-4s gp %ld%s owes %d%d %s%s cbs %ld = %ld+%ld+%ld+%ld %-5s invoked %lu qs %lu kicks %lu\n",
		cpu, data_race(rdp->mynode->qsmaskinitnext) & rdp->grpmask ? "up" : "down",
		(long)READ_ONCE(rdp->gp_seq) >> RCU_SEQ_CTR_SHIFT,
		rcu_seq_state(READ_ONCE(rdp->gp_seq)) ? "+" : "", READ_ONCE(rdp->core_needs_qs),
		READ_ONCE(rdp->exp_needed),
		(state & CT_STATE_MASK) == CONTEXT_IDLE ? "idle" :
		(state & CT_STATE_MASK) == CONTEXT_USER ? "user" : "kernel",
		state & CT_RCU_WATCHING ? "" : ",eqs", rcu_segcblist_n_cbs(&rdp->cblist),
		rcu_segcblist_get_seglen(&rdp->cblist, RCU_DONE_TAIL),
		rcu_segcblist_get_seglen(&rdp->cblist, RCU_WAIT_TAIL),
		rcu_segcblist_get_seglen(&rdp->cblist, RCU_NEXT_READY_TAIL),
		rcu_segcblist_get_seglen(&rdp->cblist, RCU_NEXT_TAIL),
		cb_mode_names[READ_ONCE(rdp->cb_mode)], data_race(rdp->n_cbs_invoked),
		data_race(rdp->n_qs), data_race(rdp->n_kicks));
}

static void show_cpus_state(void)
{
	int cpu;

	pr_info("cpu, owes normal/expedited, callbacks done+wait+next ready+next\n");
	for_each_possible_cpu(cpu)
		show_cpu(cpu);
}

/**
 * rcu_show - the monitor's command
 * @what: "" the state of all; "trace" the records; "trace on", "trace off"
 *
 * Context: may sleep.
 */
void rcu_show(const char *what)
{
	if (!strcmp(what, "trace")) {
		rcu_trace_show();
	} else if (!strcmp(what, "trace on") || !strcmp(what, "trace off")) {
		if (rcu_trace_enable(!strcmp(what, "trace on")))
			pr_info("no memory\n");
	} else {
		print_seq("normal", READ_ONCE(rcu_state.gp_seq));
		print_seq("expedited", READ_ONCE(rcu_state.expedited_sequence));
		print_seq("polled", READ_ONCE(rcu_state.gp_seq_polled));
		print_seq("barrier", READ_ONCE(rcu_state.barrier_seq));
		pr_info("looks at CPUs: %lu\n", data_race(rcu_state.n_fqs_gp));
		show_rcu_gp_kthreads();
		show_tree();
		show_cpus_state();
	}
}
