// SPDX-License-Identifier: MIT
/*
 * RCU torture: the scenarios. Each runs with any number of CPUs and any shape of the tree; the
 * runner boots them with 1, 4 and 8 CPUs and with a fan-out of 2.
 */

#include "rcutorture.h"

#include <linux/kernel.h>

/* Ordinary numbers of threads. */
#define THREADS .readers_per_cpu = 2, .writers = 8

const struct rcu_torture_scenario rcu_torture_scenarios[] = {
	{ "normal", &rcu_torture_rcu, WAIT_NORMAL, THREADS },
	{ "callbacks", &rcu_torture_rcu, WAIT_CALLBACK, THREADS },
	{ "expedited", &rcu_torture_rcu, WAIT_EXPEDITED, THREADS },
	{ "polled", &rcu_torture_rcu, WAIT_POLLED, THREADS },
	{ "mixed", &rcu_torture_rcu, WAIT_ALL, THREADS, .stutter = true },
	{ "idle", &rcu_torture_rcu, WAIT_ALL, THREADS, .shuffle = true, .stutter = true },
	{ "preempted", &rcu_torture_rcu, WAIT_ALL, THREADS, .preempt = true },
	{ "interrupts", &rcu_torture_rcu, WAIT_ALL, THREADS, .interrupts = true },
	{ "hotplug", &rcu_torture_rcu, WAIT_ALL, THREADS, .hotplug = true },
	{ "flood", &rcu_torture_rcu, WAIT_CALLBACK | WAIT_NORMAL, THREADS, .flood = 20000 },
	{ "kvfree", &rcu_torture_rcu, .special = rcu_torture_kvfree },
	{ "srcu", &rcu_torture_srcu_static, WAIT_ALL, THREADS, .interrupts = true },
	{ "srcu_dynamic", &rcu_torture_srcu_dynamic, WAIT_ALL, THREADS, .stutter = true },
	{ "srcu_hotplug", &rcu_torture_srcu_static, WAIT_ALL, THREADS, .hotplug = true },
	{ "srcu_flood", &rcu_torture_srcu_dynamic, WAIT_CALLBACK, THREADS, .flood = 5000 },
	{ "srcu_lite", &rcu_torture_srcu_lite, WAIT_ALL, THREADS, .preempt = true },
	{ "srcu_nmisafe", &rcu_torture_srcu_nmisafe, WAIT_ALL, THREADS, .interrupts = true },
	{ "srcu_updown", &rcu_torture_srcu_updown, WAIT_ALL, THREADS },
	{ "tasks", &rcu_torture_tasks, WAIT_NORMAL | WAIT_CALLBACK, THREADS, .preempt = true },
	{ "tasks_rude", &rcu_torture_tasks_rude, WAIT_NORMAL, THREADS },
	{ "tasks_trace", &rcu_torture_tasks_trace, WAIT_NORMAL | WAIT_CALLBACK, THREADS,
	  .interrupts = true },
};

const unsigned int rcu_torture_nr_scenarios = ARRAY_SIZE(rcu_torture_scenarios);
