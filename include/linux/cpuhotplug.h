/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_CPUHOTPLUG_H
#define _LINUX_CPUHOTPLUG_H

/*
 * The ladder that a CPU climbs when it comes up and descends when it goes down. Each rung has an
 * optional start-up and an optional tear-down callback.
 *
 *	OFFLINE
 *	  |   PREPARE section: on the CPU that asked, may sleep and fail. Allocate here.
 *	BRINGUP_CPU: the new CPU starts to execute
 *	  |   STARTING section: on the new CPU, interrupts off, must not sleep, must not fail.
 *	AP_ONLINE / TEARDOWN_CPU
 *	  |   ONLINE section: on the new CPU, in its cpuhp thread, may sleep and fail.
 *	ONLINE
 *
 * A failure undoes the rungs climbed so far, in reverse. Going down runs the tear-downs in
 * reverse; there the STARTING section runs in stop_machine() and cannot fail.
 *
 * Drivers use CPUHP_BP_PREPARE_DYN and CPUHP_AP_ONLINE_DYN, which give out a free rung.
 */

#include <linux/types.h>

enum cpuhp_state {
	CPUHP_INVALID = -1,

	/* PREPARE: on the controlling CPU */
	CPUHP_OFFLINE = 0,
	CPUHP_CREATE_THREADS,
	CPUHP_PERF_PREPARE,
	CPUHP_SLAB_PREPARE,
	CPUHP_PAGE_ALLOC,
	CPUHP_MM_WRITEBACK_DEAD,
	CPUHP_MM_VMSTAT_DEAD,
	CPUHP_SLUB_DEAD,
	CPUHP_SOFTIRQ_DEAD,
	CPUHP_CPU_IDLE_DEAD,
	CPUHP_IRQ_POLL_DEAD,
	CPUHP_BLOCK_SOFTIRQ_DEAD,
	CPUHP_PERCPU_CNT_DEAD,
	CPUHP_RADIX_DEAD,
	CPUHP_PAGE_ALLOC_DEAD,
	CPUHP_RANDOM_PREPARE,
	CPUHP_WORKQUEUE_PREP,
	CPUHP_POWER_NUMA_PREPARE,
	CPUHP_HRTIMERS_PREPARE,
	CPUHP_X2APIC_PREPARE,
	CPUHP_SMPCFD_PREPARE,
	CPUHP_RELAY_PREPARE,
	CPUHP_RCUTREE_PREP,
	CPUHP_TIMERS_PREPARE,
	CPUHP_TMIGR_PREPARE,
	CPUHP_BP_PREPARE_DYN,
	CPUHP_BP_PREPARE_DYN_END = CPUHP_BP_PREPARE_DYN + 20,
	CPUHP_BP_KICK_AP,
	CPUHP_BRINGUP_CPU,

	/* STARTING: on the new CPU, interrupts off */
	CPUHP_AP_IDLE_DEAD,
	CPUHP_AP_OFFLINE,
	CPUHP_AP_SCHED_STARTING,
	CPUHP_AP_RCUTREE_DYING,
	CPUHP_AP_CPU_PM_STARTING,
	CPUHP_AP_IRQ_GIC_STARTING,
	CPUHP_AP_ARM_ARCH_TIMER_STARTING,
	CPUHP_AP_ARM64_DEBUG_MONITORS_STARTING,
	CPUHP_AP_PERF_ARM_HW_BREAKPOINT_STARTING,
	CPUHP_AP_X86_APIC_STARTING,
	CPUHP_AP_X86_TIMER_STARTING,
	CPUHP_AP_X86_HPET_STARTING,
	CPUHP_AP_HRTIMERS_DYING,
	CPUHP_AP_TICK_DYING,
	CPUHP_AP_SMPCFD_DYING,
	CPUHP_AP_ONLINE,
	CPUHP_TEARDOWN_CPU,

	/* ONLINE: on the new CPU, in its cpuhp thread */
	CPUHP_AP_ONLINE_IDLE,
	CPUHP_AP_SCHED_WAIT_EMPTY,
	CPUHP_AP_SMPBOOT_THREADS,
	CPUHP_AP_IRQ_AFFINITY_ONLINE,
	CPUHP_AP_X86_HPET_ONLINE,
	CPUHP_AP_PERF_ONLINE,
	CPUHP_AP_WATCHDOG_ONLINE,
	CPUHP_AP_WORKQUEUE_ONLINE,
	CPUHP_AP_RANDOM_ONLINE,
	CPUHP_AP_RCUTREE_ONLINE,
	CPUHP_AP_ONLINE_DYN,
	CPUHP_AP_ONLINE_DYN_END = CPUHP_AP_ONLINE_DYN + 40,
	CPUHP_AP_MM_DEMOTION_ONLINE,
	CPUHP_AP_BASE_CACHEINFO_ONLINE,
	CPUHP_AP_ACTIVE,
	CPUHP_ONLINE,
};

struct hlist_node;

int __cpuhp_setup_state(enum cpuhp_state state, const char *name, bool invoke,
			int (*startup)(unsigned int cpu), int (*teardown)(unsigned int cpu),
			bool multi_instance);
int __cpuhp_setup_state_cpuslocked(enum cpuhp_state state, const char *name, bool invoke,
				   int (*startup)(unsigned int cpu),
				   int (*teardown)(unsigned int cpu), bool multi_instance);

/**
 * cpuhp_setup_state - install callbacks on a rung and run the start-up for CPUs already above it
 * @state: the rung; one of the two _DYN values takes a free one
 * @name: for messages; must live for ever
 * @startup: called when a CPU climbs past, or NULL
 * @teardown: called when it descends, or NULL
 *
 * Context: may sleep; takes cpus_read_lock().
 * Return: 0, or the rung taken if @state is dynamic; -EBUSY if the rung is taken, -ENOSPC if no
 * dynamic one is free, or what a callback returned, after undoing the others.
 */
static inline int cpuhp_setup_state(enum cpuhp_state state, const char *name,
				    int (*startup)(unsigned int cpu),
				    int (*teardown)(unsigned int cpu))
{
	return __cpuhp_setup_state(state, name, true, startup, teardown, false);
}

/** cpuhp_setup_state_cpuslocked - cpuhp_setup_state() with cpus_read_lock() held */
static inline int cpuhp_setup_state_cpuslocked(enum cpuhp_state state, const char *name,
					       int (*startup)(unsigned int cpu),
					       int (*teardown)(unsigned int cpu))
{
	return __cpuhp_setup_state_cpuslocked(state, name, true, startup, teardown, false);
}

/** cpuhp_setup_state_nocalls - cpuhp_setup_state() without a call for the CPUs that are up */
static inline int cpuhp_setup_state_nocalls(enum cpuhp_state state, const char *name,
					    int (*startup)(unsigned int cpu),
					    int (*teardown)(unsigned int cpu))
{
	return __cpuhp_setup_state(state, name, false, startup, teardown, false);
}

/** cpuhp_setup_state_nocalls_cpuslocked - cpuhp_setup_state_nocalls() with cpus_read_lock() held */
static inline int cpuhp_setup_state_nocalls_cpuslocked(enum cpuhp_state state, const char *name,
						       int (*startup)(unsigned int cpu),
						       int (*teardown)(unsigned int cpu))
{
	return __cpuhp_setup_state_cpuslocked(state, name, false, startup, teardown, false);
}

/**
 * cpuhp_setup_state_multi - set up a rung whose callbacks run once per registered instance
 * @state: the rung
 * @name: for reports
 * @startup: gets a node in the driver's object; or NULL
 * @teardown: likewise
 *
 * Context: may sleep.
 * Return: as __cpuhp_setup_state().
 */
static inline int cpuhp_setup_state_multi(enum cpuhp_state state, const char *name,
					  int (*startup)(unsigned int cpu,
							 struct hlist_node *node),
					  int (*teardown)(unsigned int cpu,
							  struct hlist_node *node))
{
	return __cpuhp_setup_state(state, name, false, (void *)startup, (void *)teardown, true);
}

int __cpuhp_state_add_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke);
int __cpuhp_state_add_instance_cpuslocked(enum cpuhp_state state, struct hlist_node *node,
					  bool invoke);
int __cpuhp_state_remove_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke);

/** cpuhp_state_add_instance - __cpuhp_state_add_instance(), and call its start-up */
static inline int cpuhp_state_add_instance(enum cpuhp_state state, struct hlist_node *node)
{
	return __cpuhp_state_add_instance(state, node, true);
}

/** cpuhp_state_add_instance_nocalls - __cpuhp_state_add_instance() without a call */
static inline int cpuhp_state_add_instance_nocalls(enum cpuhp_state state,
						   struct hlist_node *node)
{
	return __cpuhp_state_add_instance(state, node, false);
}

/** cpuhp_state_add_instance_nocalls_cpuslocked - the same with cpus_read_lock() held */
static inline int cpuhp_state_add_instance_nocalls_cpuslocked(enum cpuhp_state state,
							      struct hlist_node *node)
{
	return __cpuhp_state_add_instance_cpuslocked(state, node, false);
}

/** cpuhp_state_remove_instance - __cpuhp_state_remove_instance(), and call its tear-down */
static inline int cpuhp_state_remove_instance(enum cpuhp_state state, struct hlist_node *node)
{
	return __cpuhp_state_remove_instance(state, node, true);
}

/** cpuhp_state_remove_instance_nocalls - __cpuhp_state_remove_instance() without a call */
static inline int cpuhp_state_remove_instance_nocalls(enum cpuhp_state state,
						      struct hlist_node *node)
{
	return __cpuhp_state_remove_instance(state, node, false);
}

void __cpuhp_remove_state(enum cpuhp_state state, bool invoke);
void __cpuhp_remove_state_cpuslocked(enum cpuhp_state state, bool invoke);

/**
 * cpuhp_remove_state - take the callbacks off a rung, running the tear-down for CPUs above it
 * @state: the rung
 *
 * Context: may sleep; takes cpus_read_lock().
 */
static inline void cpuhp_remove_state(enum cpuhp_state state)
{
	__cpuhp_remove_state(state, true);
}

/** cpuhp_remove_state_nocalls - clear a rung without a call of its tear-down */
static inline void cpuhp_remove_state_nocalls(enum cpuhp_state state)
{
	__cpuhp_remove_state(state, false);
}

/** cpuhp_remove_state_nocalls_cpuslocked - the same with cpus_read_lock() held by the caller */
static inline void cpuhp_remove_state_nocalls_cpuslocked(enum cpuhp_state state)
{
	__cpuhp_remove_state_cpuslocked(state, false);
}

/** cpuhp_remove_multi_state - clear a rung that has no instances any more */
static inline void cpuhp_remove_multi_state(enum cpuhp_state state)
{
	__cpuhp_remove_state(state, false);
}

void cpuhp_online_idle(enum cpuhp_state state);

#endif /* _LINUX_CPUHOTPLUG_H */
