/* SPDX-License-Identifier: MIT */
/*
 * Between cpu.c, which moves CPUs along the ladder of hot-plug states, and cpuhp_steps.c, which
 * keeps the ladder: what is called at which rung.
 */
#ifndef _KERNEL_CPUHP_H
#define _KERNEL_CPUHP_H

#include <linux/completion.h>
#include <linux/cpuhotplug.h>
#include <linux/percpu.h>
#include <linux/types.h>

struct hlist_node;
struct task_struct;

/*
 * One per CPU. The controller writes target, bringup, single and the cb_* fields, then wakes the
 * thread; should_run (release and acquire) passes them over. The thread answers with result and
 * a completion.
 */
struct cpuhp_cpu_state {
	enum cpuhp_state state;
	enum cpuhp_state target;
	struct task_struct *thread;
	bool should_run;
	bool bringup;
	bool single;			/* run just cb_state's callback, for cpuhp_setup_state() */
	enum cpuhp_state cb_state;
	struct hlist_node *cb_node;
	int result;
	int life;			/* enum ap_life */
	struct completion done_up;
	struct completion done_down;
};

DECLARE_PER_CPU(struct cpuhp_cpu_state, cpuhp_state);

bool cpuhp_is_ap_state(enum cpuhp_state state);
bool cpuhp_is_atomic_state(enum cpuhp_state state);
int cpuhp_invoke_callback(unsigned int cpu, enum cpuhp_state state, bool bringup,
			  struct hlist_node *node);
int cpuhp_kick_thread(struct cpuhp_cpu_state *st);

#endif /* _KERNEL_CPUHP_H */
