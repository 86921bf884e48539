// SPDX-License-Identifier: MIT
/*
 * The ladder of hot-plug states: what is called when a CPU passes a rung.
 *
 * A rung (struct cpuhp_step) has a start-up callback for the way up and a tear-down for the way
 * down. The core's own are in the table below; a subsystem puts its own in with
 * cpuhp_setup_state(), at a fixed rung of linux/cpuhotplug.h or at the next free one of a dynamic
 * section. For a CPU that stands above the new rung already the start-up runs at once. Rungs of the
 * AP part run on the CPU concerned, through its cpuhp thread. A multi step has a list of instances
 * (a driver's devices, say), for each of which the callbacks run.
 *
 * cpuhp_state_mutex guards the table against other writers; each writer also holds cpu_hotplug_lock
 * for reading, which keeps CPUs from moving meanwhile.
 */

#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/hrtimer.h>
#include <linux/irq.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/random.h>
#include <linux/sched/hotplug.h>
#include <linux/smp.h>
#include <linux/smpboot.h>
#include <linux/tick.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "cpuhp.h"
#include "smpboot.h"

struct cpuhp_step {
	const char *name;
	union {
		int (*single)(unsigned int cpu);
		int (*multi)(unsigned int cpu, struct hlist_node *node);
	} startup;
	union {
		int (*single)(unsigned int cpu);
		int (*multi)(unsigned int cpu, struct hlist_node *node);
	} teardown;
	struct hlist_head list;		/* instances of a multi step */
	bool multi_instance;
};

static DEFINE_MUTEX(cpuhp_state_mutex);

/* Guarded by cpuhp_state_mutex; walking CPUs read it under cpu_hotplug_lock held for writing. */
static struct cpuhp_step cpuhp_hp_states[CPUHP_ONLINE + 1] = {
	[CPUHP_OFFLINE] = {
		.name = "offline",
	},
	[CPUHP_CREATE_THREADS] = {
		.name = "threads:prepare",
		.startup.single = smpboot_create_threads,
	},
	[CPUHP_WORKQUEUE_PREP] = {
		.name = "workqueue:prepare",
		.startup.single = workqueue_prepare_cpu,
	},
	[CPUHP_RANDOM_PREPARE] = {
		.name = "random:prepare",
		.startup.single = random_prepare_cpu,
	},
	[CPUHP_HRTIMERS_PREPARE] = {
		.name = "hrtimers:prepare",
		.startup.single = hrtimers_prepare_cpu,
	},
	[CPUHP_SMPCFD_PREPARE] = {
		.name = "smpcfd:prepare",
		.startup.single = smpcfd_prepare_cpu,
		.teardown.single = smpcfd_dead_cpu,
	},
	[CPUHP_TIMERS_PREPARE] = {
		.name = "timers:prepare",
		.startup.single = timers_prepare_cpu,
		.teardown.single = timers_dead_cpu,
	},
	/* STARTING */
	[CPUHP_AP_SCHED_STARTING] = {
		.name = "sched:starting",
		.startup.single = sched_cpu_starting,
		.teardown.single = sched_cpu_dying,
	},
	[CPUHP_AP_HRTIMERS_DYING] = {
		.name = "hrtimers:dying",
		.startup.single = hrtimers_cpu_starting,
		.teardown.single = hrtimers_cpu_dying,
	},
	[CPUHP_AP_TICK_DYING] = {
		.name = "tick:dying",
		.teardown.single = tick_cpu_dying,
	},
	[CPUHP_AP_SMPCFD_DYING] = {
		.name = "smpcfd:dying",
		.teardown.single = smpcfd_dying_cpu,
	},
	[CPUHP_AP_ONLINE] = {
		.name = "ap:online",
	},
	/* ONLINE */
	[CPUHP_AP_SCHED_WAIT_EMPTY] = {
		.name = "sched:waitempty",
		.teardown.single = sched_cpu_wait_empty,
	},
	[CPUHP_AP_SMPBOOT_THREADS] = {
		.name = "smpboot/threads:online",
		.startup.single = smpboot_unpark_threads,
		.teardown.single = smpboot_park_threads,
	},
	[CPUHP_AP_IRQ_AFFINITY_ONLINE] = {
		.name = "irq/affinity:online",
		.startup.single = irq_affinity_online_cpu,
	},
	[CPUHP_AP_WORKQUEUE_ONLINE] = {
		.name = "workqueue:online",
		.startup.single = workqueue_online_cpu,
		.teardown.single = workqueue_offline_cpu,
	},
	[CPUHP_AP_ACTIVE] = {
		.name = "sched:active",
		.startup.single = sched_cpu_activate,
		.teardown.single = sched_cpu_deactivate,
	},
	[CPUHP_ONLINE] = {
		.name = "online",
	},
};

/* ---- one rung ---- */

static struct cpuhp_step *cpuhp_get_step(enum cpuhp_state state)
{
	return cpuhp_hp_states + state;
}

/* Rungs whose callbacks run on the CPU itself. */
bool cpuhp_is_ap_state(enum cpuhp_state state)
{
	return state > CPUHP_BRINGUP_CPU && state != CPUHP_TEARDOWN_CPU;
}

/* Of these, the ones that run with interrupts off. */
bool cpuhp_is_atomic_state(enum cpuhp_state state)
{
	return state >= CPUHP_AP_IDLE_DEAD && state < CPUHP_AP_ONLINE;
}

static bool step_empty(struct cpuhp_step *step, bool bringup)
{
	return bringup ? !step->startup.single : !step->teardown.single;
}

/* All instances of a multi step; on error those done are undone. */
static int invoke_instances(unsigned int cpu, struct cpuhp_step *step, bool bringup)
{
	int (*fn)(unsigned int, struct hlist_node *) =
		bringup ? step->startup.multi : step->teardown.multi;
	int (*undo)(unsigned int, struct hlist_node *) =
		bringup ? step->teardown.multi : step->startup.multi;
	struct hlist_node *node;
	int done = 0, ret = 0;

	hlist_for_each(node, &step->list) {
		ret = fn(cpu, node);
		if (ret)
			break;
		done++;
	}
	if (!ret || !undo)
		return ret;
	hlist_for_each(node, &step->list) {
		if (!done--)
			break;
		undo(cpu, node);
	}
	return ret;
}

/* @node: one instance of a multi step, or NULL for all. */
int cpuhp_invoke_callback(unsigned int cpu, enum cpuhp_state state, bool bringup,
			  struct hlist_node *node)
{
	struct cpuhp_step *step = cpuhp_get_step(state);

	if (step_empty(step, bringup))
		return 0;
	if (!step->multi_instance)
		return bringup ? step->startup.single(cpu) : step->teardown.single(cpu);
	if (node)
		return bringup ? step->startup.multi(cpu, node) : step->teardown.multi(cpu, node);
	return invoke_instances(cpu, step, bringup);
}

/* ---- installing callbacks ---- */

/* A dynamic section gives out its first free rung. */
static int reserve_dynamic(enum cpuhp_state state)
{
	enum cpuhp_state i, end;

	end = state == CPUHP_AP_ONLINE_DYN ? CPUHP_AP_ONLINE_DYN_END : CPUHP_BP_PREPARE_DYN_END;
	for (i = state; i <= end; i++) {
		if (!cpuhp_get_step(i)->name)
			return i;
	}
	WARN(1, "No more dynamic states available for CPU hotplug\n");
	return -ENOSPC;
}

/* Return: the rung, or an error. With cpuhp_state_mutex. */
static int store_callbacks(enum cpuhp_state state, const char *name,
			   int (*startup)(unsigned int), int (*teardown)(unsigned int),
			   bool multi_instance)
{
	struct cpuhp_step *step;

	if (state == CPUHP_AP_ONLINE_DYN || state == CPUHP_BP_PREPARE_DYN) {
		int ret = reserve_dynamic(state);

		if (ret < 0)
			return ret;
		state = ret;
	}
	step = cpuhp_get_step(state);
	if (step->name)
		return -EBUSY;
	step->startup.single = startup;
	step->teardown.single = teardown;
	step->name = name;
	step->multi_instance = multi_instance;
	INIT_HLIST_HEAD(&step->list);
	return state;
}

static void clear_callbacks(enum cpuhp_state state)
{
	struct cpuhp_step *step = cpuhp_get_step(state);

	step->startup.single = NULL;
	step->teardown.single = NULL;
	step->multi_instance = false;
	step->name = NULL;
}

static bool valid_state(enum cpuhp_state state)
{
	return state > CPUHP_OFFLINE && state < CPUHP_ONLINE;
}

/* Call one rung for one CPU that is above it: on that CPU, if it is an AP rung. */
static int issue_call(unsigned int cpu, enum cpuhp_state state, bool bringup,
		      struct hlist_node *node)
{
	struct cpuhp_cpu_state *st = per_cpu_ptr(&cpuhp_state, cpu);

	if (step_empty(cpuhp_get_step(state), bringup))
		return 0;
	/* In early boot there are no threads and one CPU: this one. */
	if (!cpuhp_is_ap_state(state) || !st->thread)
		return cpuhp_invoke_callback(cpu, state, bringup, node);
	st->single = true;
	st->bringup = bringup;
	st->cb_state = state;
	st->cb_node = node;
	return cpuhp_kick_thread(st);
}

/* The tear-down of one rung for all CPUs above it, up to but not including @end. */
static void rollback_calls(unsigned int end, enum cpuhp_state state, struct hlist_node *node)
{
	unsigned int cpu;

	for_each_present_cpu(cpu) {
		if (cpu >= end)
			break;
		if (per_cpu(cpuhp_state, cpu).state >= state)
			issue_call(cpu, state, false, node);
	}
}

static int startup_calls(enum cpuhp_state state, struct hlist_node *node)
{
	unsigned int cpu;

	for_each_present_cpu(cpu) {
		int ret;

		if (per_cpu(cpuhp_state, cpu).state < state)
			continue;
		ret = issue_call(cpu, state, true, node);
		if (ret) {
			rollback_calls(cpu, state, node);
			return ret;
		}
	}
	return 0;
}

/**
 * __cpuhp_setup_state_cpuslocked - set up a rung of the hot-plug ladder; the caller has
 * cpus_read_lock()
 * @state: the rung, between CPUHP_OFFLINE and CPUHP_ONLINE; CPUHP_AP_ONLINE_DYN or
 *         CPUHP_BP_PREPARE_DYN for any free one of that section
 * @name: for reports; kept by pointer
 * @invoke: call @startup now for each CPU that is above the rung
 * @startup: when a CPU climbs past the rung, or NULL
 * @teardown: when it comes down, or NULL
 * @multi_instance: the callbacks also take an instance, from __cpuhp_state_add_instance()
 *
 * Context: may sleep; takes cpuhp_state_mutex.
 * Return: 0, or the rung's number if it was a dynamic one; -EINVAL for a bad state or no name,
 * -EBUSY if the rung is taken, -ENOSPC if no dynamic one is free; what @startup returned, after
 * @teardown was called for those that had succeeded.
 */
int __cpuhp_setup_state_cpuslocked(enum cpuhp_state state, const char *name, bool invoke,
				   int (*startup)(unsigned int cpu),
				   int (*teardown)(unsigned int cpu), bool multi_instance)
{
	bool dynamic = state == CPUHP_AP_ONLINE_DYN || state == CPUHP_BP_PREPARE_DYN;
	int ret, rung;

	if (!valid_state(state) || !name)
		return -EINVAL;
	lockdep_assert_cpus_held();
	mutex_lock(&cpuhp_state_mutex);
	ret = rung = store_callbacks(state, name, startup, teardown, multi_instance);
	if (ret < 0)
		goto out;
	ret = 0;
	if (invoke && startup && !multi_instance) {
		ret = startup_calls(rung, NULL);
		if (ret)
			clear_callbacks(rung);
	}
out:
	mutex_unlock(&cpuhp_state_mutex);
	return !ret && dynamic ? rung : ret;
}
EXPORT_SYMBOL(__cpuhp_setup_state_cpuslocked);

/**
 * __cpuhp_setup_state - set up a rung of the hot-plug ladder
 * @state: the rung
 * @name: for reports; kept by pointer
 * @invoke: call @startup now for each CPU that is above the rung
 * @startup: when a CPU climbs past the rung, or NULL
 * @teardown: when it comes down, or NULL
 * @multi_instance: the callbacks also take an instance
 *
 * Context: may sleep; takes cpus_read_lock().
 * Return: as __cpuhp_setup_state_cpuslocked().
 */
int __cpuhp_setup_state(enum cpuhp_state state, const char *name, bool invoke,
			int (*startup)(unsigned int cpu), int (*teardown)(unsigned int cpu),
			bool multi_instance)
{
	int ret;

	cpus_read_lock();
	ret = __cpuhp_setup_state_cpuslocked(state, name, invoke, startup, teardown,
					     multi_instance);
	cpus_read_unlock();
	return ret;
}
EXPORT_SYMBOL(__cpuhp_setup_state);

/**
 * __cpuhp_remove_state_cpuslocked - clear a rung; the caller has cpus_read_lock()
 * @state: the rung
 * @invoke: call the tear-down now for each CPU above it; not for one with instances
 *
 * Context: may sleep; takes cpuhp_state_mutex. Instances must have been removed before.
 */
void __cpuhp_remove_state_cpuslocked(enum cpuhp_state state, bool invoke)
{
	struct cpuhp_step *step = cpuhp_get_step(state);

	BUG_ON(!valid_state(state));
	lockdep_assert_cpus_held();
	mutex_lock(&cpuhp_state_mutex);
	if (step->multi_instance)
		WARN(!hlist_empty(&step->list),
		     "Error: Removing state %d which has instances left.\n",
		     state);
	else if (invoke)
		rollback_calls(nr_cpu_ids, state, NULL);
	clear_callbacks(state);
	mutex_unlock(&cpuhp_state_mutex);
}
EXPORT_SYMBOL(__cpuhp_remove_state_cpuslocked);

/**
 * __cpuhp_remove_state - clear a rung
 * @state: the rung
 * @invoke: call the tear-down now for each CPU above it
 *
 * Context: may sleep; takes cpus_read_lock().
 */
void __cpuhp_remove_state(enum cpuhp_state state, bool invoke)
{
	cpus_read_lock();
	__cpuhp_remove_state_cpuslocked(state, invoke);
	cpus_read_unlock();
}
EXPORT_SYMBOL(__cpuhp_remove_state);

/**
 * __cpuhp_state_add_instance_cpuslocked - __cpuhp_state_add_instance(); the caller has
 * cpus_read_lock()
 * @state: the rung
 * @node: the instance
 * @invoke: call the start-up for the CPUs above the rung
 *
 * Context: may sleep; takes cpuhp_state_mutex.
 * Return: as __cpuhp_state_add_instance().
 */
int __cpuhp_state_add_instance_cpuslocked(enum cpuhp_state state, struct hlist_node *node,
					  bool invoke)
{
	struct cpuhp_step *step = cpuhp_get_step(state);
	int ret = 0;

	lockdep_assert_cpus_held();
	mutex_lock(&cpuhp_state_mutex);
	if (!step->multi_instance) {
		ret = -EINVAL;
		goto out;
	}
	if (invoke && step->startup.multi)
		ret = startup_calls(state, node);
	if (!ret)
		hlist_add_head(node, &step->list);
out:
	mutex_unlock(&cpuhp_state_mutex);
	return ret;
}
EXPORT_SYMBOL(__cpuhp_state_add_instance_cpuslocked);

/**
 * __cpuhp_state_add_instance - register an instance with a multi step
 * @state: the rung
 * @node: the instance
 * @invoke: call the start-up for the CPUs above the rung
 *
 * Context: may sleep; takes cpus_read_lock().
 * Return: 0, -EINVAL if it is no multi step, or a callback's error after undoing.
 */
int __cpuhp_state_add_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke)
{
	int ret;

	cpus_read_lock();
	ret = __cpuhp_state_add_instance_cpuslocked(state, node, invoke);
	cpus_read_unlock();
	return ret;
}
EXPORT_SYMBOL(__cpuhp_state_add_instance);

/**
 * __cpuhp_state_remove_instance - take an instance off a multi step
 * @state: the rung
 * @node: the instance
 * @invoke: call the tear-down for each CPU above the rung
 *
 * Context: may sleep; takes cpus_read_lock().
 * Return: 0, or -EINVAL if it is no multi step.
 */
int __cpuhp_state_remove_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke)
{
	struct cpuhp_step *step = cpuhp_get_step(state);

	if (!step->multi_instance)
		return -EINVAL;
	cpus_read_lock();
	mutex_lock(&cpuhp_state_mutex);
	if (invoke && step->teardown.multi)
		rollback_calls(nr_cpu_ids, state, node);
	hlist_del(node);
	mutex_unlock(&cpuhp_state_mutex);
	cpus_read_unlock();
	return 0;
}
EXPORT_SYMBOL(__cpuhp_state_remove_instance);
