// SPDX-License-Identifier: MIT
/*
 * Bringing CPUs up and taking them down.
 *
 * linux/cpuhotplug.h shows the ladder of states. st->state is the highest rung whose start-up has
 * run. Who climbs:
 *
 *	the caller of cpu_up()/cpu_down()	the new or dying CPU
 *	---------------------------------	--------------------
 *	PREPARE rungs, cpu_up_prepare()
 *	__cpu_up() --------------------------->	arch start-up code
 *						notify_cpu_starting(): STARTING rungs, irqs off
 *	wait done_up  <------------------------	idle loop: cpuhp_online_idle()
 *	kick its cpuhp thread ---------------->	ONLINE rungs
 *	wait done_up  <------------------------	cpuhp thread done
 *
 *	kick its cpuhp thread ---------------->	ONLINE rungs, downwards
 *	wait done_down  <----------------------	cpuhp thread done
 *	stop_machine(take_cpu_down) ---------->	__cpu_disable(), STARTING rungs, downwards
 *	wait done_down	<----------------------	idle loop: cpuhp_report_idle_dead()
 *	wait for the death -------------------	arch_cpu_idle_dead(): cpuhp_ap_report_dead(), off
 *	PREPARE rungs, downwards
 *
 * An error on the way up or down (ONLINE and PREPARE rungs only) turns round and undoes.
 *
 * Locks: cpu_add_remove_lock (one hot-plug operation at a time), cpu_hotplug_lock (write: CPUs
 * come and go; read: cpus_read_lock()), cpuhp_state_mutex (the table of callbacks). In this order.
 */

#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/hrtimer.h>
#include <linux/init.h>
#include <linux/interrupt.h>
#include <linux/irq.h>
#include <linux/kthread.h>
#include <linux/lockdep.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/rcupdate.h>
#include <linux/rwsem.h>
#include <linux/sched/hotplug.h>
#include <linux/sched/task.h>
#include <linux/smp.h>
#include <linux/smpboot.h>
#include <linux/stop_machine.h>
#include <linux/tick.h>
#include <linux/timer.h>
#include <linux/workqueue.h>

#include "smpboot.h"

/* How far the dying CPU's last steps have come; written there, polled by the controller. */
enum ap_life {
	AP_ALIVE,
	AP_DEAD,
};

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

static DEFINE_PER_CPU(struct cpuhp_cpu_state, cpuhp_state) = { .state = CPUHP_OFFLINE, };

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

static DEFINE_MUTEX(cpu_add_remove_lock);
static DECLARE_RWSEM(cpu_hotplug_lock);
static DEFINE_MUTEX(cpuhp_state_mutex);
static int cpu_hotplug_disabled;		/* guarded by cpu_add_remove_lock */
static struct cpumask frozen_cpus;		/* the same */

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

/* ---- the reader's lock ---- */

void cpus_read_lock(void)
{
	down_read(&cpu_hotplug_lock);
}
EXPORT_SYMBOL(cpus_read_lock);

int cpus_read_trylock(void)
{
	return down_read_trylock(&cpu_hotplug_lock);
}
EXPORT_SYMBOL(cpus_read_trylock);

void cpus_read_unlock(void)
{
	up_read(&cpu_hotplug_lock);
}
EXPORT_SYMBOL(cpus_read_unlock);

void cpus_write_lock(void)
{
	down_write(&cpu_hotplug_lock);
}

void cpus_write_unlock(void)
{
	up_write(&cpu_hotplug_lock);
}

void lockdep_assert_cpus_held(void)
{
	/* While booting there is one CPU, and nobody needs to say so. */
	if (system_state < SYSTEM_RUNNING)
		return;
	lockdep_assert_held(&cpu_hotplug_lock);
}

/**
 * cpu_hotplug_disable - no CPU comes or goes until cpu_hotplug_enable(); nests
 */
void cpu_hotplug_disable(void)
{
	mutex_lock(&cpu_add_remove_lock);
	cpu_hotplug_disabled++;
	mutex_unlock(&cpu_add_remove_lock);
}
EXPORT_SYMBOL(cpu_hotplug_disable);

void cpu_hotplug_enable(void)
{
	mutex_lock(&cpu_add_remove_lock);
	if (!WARN_ONCE(!cpu_hotplug_disabled, "Unbalanced cpu hotplug enable\n"))
		cpu_hotplug_disabled--;
	mutex_unlock(&cpu_add_remove_lock);
}
EXPORT_SYMBOL(cpu_hotplug_enable);

/* ---- one rung ---- */

static struct cpuhp_step *cpuhp_get_step(enum cpuhp_state state)
{
	return cpuhp_hp_states + state;
}

/* Rungs whose callbacks run on the CPU itself. */
static bool cpuhp_is_ap_state(enum cpuhp_state state)
{
	return state > CPUHP_BRINGUP_CPU && state != CPUHP_TEARDOWN_CPU;
}

/* Of these, the ones that run with interrupts off. */
static bool cpuhp_is_atomic_state(enum cpuhp_state state)
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
static int cpuhp_invoke_callback(unsigned int cpu, enum cpuhp_state state, bool bringup,
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

/* ---- many rungs; st->state follows ---- */

static int climb(unsigned int cpu, struct cpuhp_cpu_state *st, enum cpuhp_state target)
{
	while (st->state < target) {
		int ret = cpuhp_invoke_callback(cpu, st->state + 1, true, NULL);

		if (ret)
			return ret;
		st->state++;
	}
	return 0;
}

static int descend(unsigned int cpu, struct cpuhp_cpu_state *st, enum cpuhp_state target)
{
	while (st->state > target) {
		int ret = cpuhp_invoke_callback(cpu, st->state, false, NULL);

		if (ret)
			return ret;
		st->state--;
	}
	return 0;
}

/* Up or down to @target; on error back to where it began. There is no second way back. */
static int move_to(unsigned int cpu, struct cpuhp_cpu_state *st, enum cpuhp_state target)
{
	enum cpuhp_state from = st->state;
	int ret;

	if (target > from) {
		ret = climb(cpu, st, target);
		if (ret)
			WARN_ON(descend(cpu, st, from));
	} else {
		ret = descend(cpu, st, target);
		if (ret)
			WARN_ON(climb(cpu, st, from));
	}
	return ret;
}

/* ---- the CPU's hot-plug thread ---- */

static int cpuhp_should_run(unsigned int cpu)
{
	struct cpuhp_cpu_state *st = this_cpu_ptr(&cpuhp_state);

	(void)cpu;
	return smp_load_acquire(&st->should_run);	/* pairs with kick_thread() */
}

static int run_single(unsigned int cpu, struct cpuhp_cpu_state *st)
{
	int ret;

	if (!cpuhp_is_atomic_state(st->cb_state))
		return cpuhp_invoke_callback(cpu, st->cb_state, st->bringup, st->cb_node);
	local_irq_disable();
	ret = cpuhp_invoke_callback(cpu, st->cb_state, st->bringup, st->cb_node);
	local_irq_enable();
	return ret;
}

static void cpuhp_thread_fun(unsigned int cpu)
{
	struct cpuhp_cpu_state *st = this_cpu_ptr(&cpuhp_state);

	st->should_run = false;
	st->result = st->single ? run_single(cpu, st) : move_to(cpu, st, st->target);
	complete(st->bringup ? &st->done_up : &st->done_down);
}

static int kick_thread(struct cpuhp_cpu_state *st)
{
	st->result = 0;
	smp_store_release(&st->should_run, true);	/* pairs with cpuhp_should_run() */
	wake_up_process(st->thread);
	wait_for_completion(st->bringup ? &st->done_up : &st->done_down);
	return st->result;
}

/* Let the CPU's own thread take it to @target, an ONLINE rung. */
static int cpuhp_kick_ap(struct cpuhp_cpu_state *st, enum cpuhp_state target)
{
	if (st->state == target)
		return 0;
	st->single = false;
	st->bringup = st->state < target;
	st->target = target;
	return kick_thread(st);
}

static struct smp_hotplug_thread cpuhp_threads = {
	.store			= &cpuhp_state.thread,
	.thread_should_run	= cpuhp_should_run,
	.thread_fn		= cpuhp_thread_fun,
	.thread_comm		= "cpuhp/%u",
	.selfparking		= true,
};

static void __init cpuhp_init_state(void)
{
	int cpu;

	for_each_possible_cpu(cpu) {
		struct cpuhp_cpu_state *st = per_cpu_ptr(&cpuhp_state, cpu);

		init_completion(&st->done_up);
		init_completion(&st->done_down);
	}
}

void __init cpuhp_threads_init(void)
{
	cpuhp_init_state();
	BUG_ON(smpboot_register_percpu_thread(&cpuhp_threads));
	kthread_unpark(this_cpu_read(cpuhp_state.thread));
}

/* ---- coming up: the new CPU's side ---- */

/**
 * notify_cpu_starting - run the STARTING rungs
 * @cpu: this CPU
 *
 * Called by the arch's start-up code with interrupts off, before it sets the CPU online.
 */
void notify_cpu_starting(unsigned int cpu)
{
	struct cpuhp_cpu_state *st = per_cpu_ptr(&cpuhp_state, cpu);

	rcutree_report_cpu_starting(cpu);
	WARN_ON_ONCE(climb(cpu, st, CPUHP_AP_ONLINE));
}

/**
 * cpuhp_online_idle - the new CPU's idle thread is running
 * @state: what the start-up code claims; the boot CPU says CPUHP_ONLINE and is done already
 */
void cpuhp_online_idle(enum cpuhp_state state)
{
	struct cpuhp_cpu_state *st = this_cpu_ptr(&cpuhp_state);

	if (state != CPUHP_AP_ONLINE_IDLE)
		return;
	stop_machine_unpark(smp_processor_id());
	st->state = CPUHP_AP_ONLINE_IDLE;
	complete(&st->done_up);
}

/* ---- coming up: the controller's side ---- */

/* From the last PREPARE rung to AP_ONLINE_IDLE. */
static int bringup_cpu(unsigned int cpu, struct cpuhp_cpu_state *st)
{
	struct task_struct *idle = idle_thread_get(cpu);
	int ret;

	if (IS_ERR(idle))
		return PTR_ERR(idle);
	st->life = AP_ALIVE;
	/* It starts above the rungs that have no callbacks. */
	st->state = CPUHP_AP_OFFLINE;
	ret = __cpu_up(cpu, idle);
	if (ret) {
		st->state = CPUHP_BRINGUP_CPU - 1;
		return ret;
	}
	wait_for_completion(&st->done_up);
	if (WARN_ON_ONCE(!cpu_online(cpu)))
		return -ECANCELED;
	kthread_unpark(st->thread);
	return 0;
}

static int takedown_cpu(unsigned int cpu, struct cpuhp_cpu_state *st);

static int _cpu_up(unsigned int cpu, enum cpuhp_state target)
{
	struct cpuhp_cpu_state *st = per_cpu_ptr(&cpuhp_state, cpu);
	int ret = 0;

	cpus_write_lock();
	if (!cpu_present(cpu)) {
		ret = -EINVAL;
		goto out;
	}
	if (st->state >= target)
		goto out;
	if (st->state < CPUHP_BRINGUP_CPU) {
		ret = move_to(cpu, st, min(target, CPUHP_BRINGUP_CPU - 1));
		if (ret || target < CPUHP_BRINGUP_CPU)
			goto out;
		ret = bringup_cpu(cpu, st);
		if (ret)
			goto undo_prepare;
	}
	ret = cpuhp_kick_ap(st, max(target, CPUHP_AP_ONLINE_IDLE));
	if (!ret)
		goto out;
	if (takedown_cpu(cpu, st))
		goto out;
undo_prepare:
	descend(cpu, st, CPUHP_OFFLINE);
out:
	cpus_write_unlock();
	return ret;
}

/**
 * cpu_up - bring a CPU up to a state
 * @cpu: the CPU
 * @target: CPUHP_ONLINE, or a rung below, for tests
 *
 * Context: may sleep.
 * Return: as add_cpu().
 */
int cpu_up(unsigned int cpu, enum cpuhp_state target)
{
	int err;

	if (cpu >= nr_cpu_ids || !cpu_possible(cpu)) {
		pr_err("can't online cpu %u because it is not configured as may-hotadd at boot time\n",
		       cpu);
		return -EINVAL;
	}
	mutex_lock(&cpu_add_remove_lock);
	err = cpu_hotplug_disabled ? -EBUSY : _cpu_up(cpu, target);
	mutex_unlock(&cpu_add_remove_lock);
	return err;
}

int add_cpu(unsigned int cpu)
{
	return cpu_up(cpu, CPUHP_ONLINE);
}
EXPORT_SYMBOL(add_cpu);

/**
 * bringup_nonboot_cpus - bring up the other CPUs at boot
 * @max_cpus: how many may be online in all
 */
void __init bringup_nonboot_cpus(unsigned int max_cpus)
{
	unsigned int cpu;

	for_each_present_cpu(cpu) {
		int err;

		if (num_online_cpus() >= max_cpus)
			break;
		if (cpu_online(cpu))
			continue;
		err = cpu_up(cpu, CPUHP_ONLINE);
		if (err)
			pr_err("CPU%u did not come up: %d\n", cpu, err);
	}
}

/* ---- going down ---- */

/* On the dying CPU's stopper, every CPU stopped, interrupts off. An error now means "stay up". */
static int take_cpu_down(void *unused)
{
	struct cpuhp_cpu_state *st = this_cpu_ptr(&cpuhp_state);
	int cpu = smp_processor_id();
	int err;

	(void)unused;
	err = __cpu_disable();
	if (err < 0)
		return err;
	st->state = CPUHP_AP_ONLINE;
	WARN_ON(descend(cpu, st, CPUHP_AP_OFFLINE));
	stop_machine_park(cpu);
	return 0;
}

/* On the CPU that speaks for the dead one. */
static DEFINE_PER_CPU(call_single_data_t, death_csd);

static void idle_death_done(void *arg)
{
	struct cpuhp_cpu_state *st = arg;

	complete(&st->done_down);
}

/**
 * cpuhp_report_idle_dead - the dying CPU is in its idle loop for good
 *
 * Interrupts are off. The completion is signalled by another CPU, since waking somebody is not for
 * a CPU that takes no part any more.
 */
void cpuhp_report_idle_dead(void)
{
	struct cpuhp_cpu_state *st = this_cpu_ptr(&cpuhp_state);
	call_single_data_t *csd = this_cpu_ptr(&death_csd);

	BUG_ON(st->state != CPUHP_AP_OFFLINE);
	idle_task_exit();
	rcutree_report_cpu_dead();
	st->state = CPUHP_AP_IDLE_DEAD;
	INIT_CSD(csd, idle_death_done, st);
	smp_call_function_single_async(cpumask_first(cpu_online_mask), csd);
}

/* The arch's very last C statement on the dying CPU. */
void cpuhp_ap_report_dead(void)
{
	smp_store_release(this_cpu_ptr(&cpuhp_state.life), AP_DEAD);	/* pairs with wait_dead() */
}

static void wait_dead(unsigned int cpu, struct cpuhp_cpu_state *st)
{
	while (smp_load_acquire(&st->life) != AP_DEAD)		/* pairs with the report */
		cpu_relax();
	arch_cpuhp_cleanup_dead_cpu(cpu);
}

void __weak arch_cpuhp_cleanup_dead_cpu(unsigned int cpu)
{
	(void)cpu;
}

/* From AP_ONLINE_IDLE to the last PREPARE rung. */
static int takedown_cpu(unsigned int cpu, struct cpuhp_cpu_state *st)
{
	int err;

	kthread_park(st->thread);
	err = stop_machine_cpuslocked(take_cpu_down, NULL, cpumask_of(cpu));
	if (err) {
		kthread_unpark(st->thread);
		return err;
	}
	BUG_ON(cpu_online(cpu));
	wait_for_completion(&st->done_down);
	wait_dead(cpu, st);

	lockdep_cleanup_dead_cpu(cpu, idle_thread_get(cpu));
	tick_cleanup_dead_cpu(cpu);
	rcutree_migrate_callbacks(cpu);
	st->state = CPUHP_BRINGUP_CPU - 1;
	return 0;
}

static int _cpu_down(unsigned int cpu, enum cpuhp_state target)
{
	struct cpuhp_cpu_state *st = per_cpu_ptr(&cpuhp_state, cpu);
	enum cpuhp_state from = st->state;
	int ret = 0;

	if (num_online_cpus() == 1)
		return -EBUSY;
	if (!cpu_present(cpu))
		return -EINVAL;
	cpus_write_lock();
	if (from <= target)
		goto out;
	if (from > CPUHP_AP_ONLINE_IDLE) {
		ret = cpuhp_kick_ap(st, max(target, CPUHP_AP_ONLINE_IDLE));
		if (ret || target >= CPUHP_AP_ONLINE_IDLE)
			goto out;
	}
	if (st->state == CPUHP_AP_ONLINE_IDLE) {
		ret = takedown_cpu(cpu, st);
		if (ret) {
			WARN_ON(cpuhp_kick_ap(st, from));
			goto out;
		}
	}
	WARN_ON(descend(cpu, st, target));
out:
	cpus_write_unlock();
	return ret;
}

/* Can the machine stop this CPU and start it again? */
bool __weak arch_cpu_is_hotpluggable(int cpu)
{
	(void)cpu;
	return true;
}

/**
 * cpu_down - take a CPU down to a state
 * @cpu: the CPU
 * @target: CPUHP_OFFLINE, or a rung above, for tests
 *
 * Context: may sleep. The caller may run on @cpu: it is moved.
 * Return: 0; -EBUSY for the last CPU or while hot-plug is disabled; -EOPNOTSUPP if the machine
 * can't do without @cpu; what a callback returned.
 */
int cpu_down(unsigned int cpu, enum cpuhp_state target)
{
	int err;

	if (cpu >= nr_cpu_ids || !cpu_possible(cpu))
		return -EINVAL;
	if (!arch_cpu_is_hotpluggable(cpu))
		return num_online_cpus() == 1 ? -EBUSY : -EOPNOTSUPP;
	mutex_lock(&cpu_add_remove_lock);
	err = cpu_hotplug_disabled ? -EBUSY : _cpu_down(cpu, target);
	mutex_unlock(&cpu_add_remove_lock);
	return err;
}

int remove_cpu(unsigned int cpu)
{
	return cpu_down(cpu, CPUHP_OFFLINE);
}
EXPORT_SYMBOL(remove_cpu);

/**
 * smp_shutdown_nonboot_cpus - take all CPUs but one down, for a restart
 * @primary_cpu: the one that stays
 */
void smp_shutdown_nonboot_cpus(unsigned int primary_cpu)
{
	unsigned int cpu;

	mutex_lock(&cpu_add_remove_lock);
	for_each_online_cpu(cpu) {
		int err;

		if (cpu == primary_cpu)
			continue;
		err = _cpu_down(cpu, CPUHP_OFFLINE);
		if (err)
			pr_err("Failed to offline CPU%d - error=%d\n", cpu, err);
	}
	cpu_hotplug_disabled++;
	mutex_unlock(&cpu_add_remove_lock);
}

/**
 * freeze_secondary_cpus - take all CPUs but one down, to come up again later
 * @primary: the one that stays, negative for the first online
 *
 * Return: 0, or an error with all CPUs as they are then; hot-plug is disabled either way until
 * thaw_secondary_cpus().
 */
int freeze_secondary_cpus(int primary)
{
	unsigned int cpu;
	int err = 0;

	mutex_lock(&cpu_add_remove_lock);
	if (primary < 0)
		primary = cpumask_first(cpu_online_mask);
	cpumask_clear(&frozen_cpus);
	for_each_online_cpu(cpu) {
		if (cpu == (unsigned int)primary)
			continue;
		err = _cpu_down(cpu, CPUHP_OFFLINE);
		if (err) {
			pr_err("Error taking CPU%d down: %d\n", cpu, err);
			break;
		}
		cpumask_set_cpu(cpu, &frozen_cpus);
	}
	cpu_hotplug_disabled++;
	mutex_unlock(&cpu_add_remove_lock);
	return err;
}

void thaw_secondary_cpus(void)
{
	unsigned int cpu;

	mutex_lock(&cpu_add_remove_lock);
	if (!WARN_ON(!cpu_hotplug_disabled))
		cpu_hotplug_disabled--;
	for_each_cpu(cpu, &frozen_cpus) {
		int err = _cpu_up(cpu, CPUHP_ONLINE);

		if (err)
			pr_err("Error taking CPU%d up: %d\n", cpu, err);
	}
	cpumask_clear(&frozen_cpus);
	mutex_unlock(&cpu_add_remove_lock);
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
	return kick_thread(st);
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

void __cpuhp_remove_state_cpuslocked(enum cpuhp_state state, bool invoke)
{
	struct cpuhp_step *step = cpuhp_get_step(state);

	BUG_ON(!valid_state(state));
	lockdep_assert_cpus_held();
	mutex_lock(&cpuhp_state_mutex);
	if (step->multi_instance)
		WARN(!hlist_empty(&step->list), "Error: Removing state %d which has instances left.\n",
		     state);
	else if (invoke)
		rollback_calls(nr_cpu_ids, state, NULL);
	clear_callbacks(state);
	mutex_unlock(&cpuhp_state_mutex);
}
EXPORT_SYMBOL(__cpuhp_remove_state_cpuslocked);

void __cpuhp_remove_state(enum cpuhp_state state, bool invoke)
{
	cpus_read_lock();
	__cpuhp_remove_state_cpuslocked(state, invoke);
	cpus_read_unlock();
}
EXPORT_SYMBOL(__cpuhp_remove_state);

/**
 * __cpuhp_state_add_instance - register an instance with a multi step
 * @state: the rung
 * @node: the instance
 * @invoke: call the start-up for the CPUs above the rung
 *
 * Return: 0, -EINVAL if it is no multi step, or a callback's error after undoing.
 */
int __cpuhp_state_add_instance(enum cpuhp_state state, struct hlist_node *node, bool invoke)
{
	struct cpuhp_step *step = cpuhp_get_step(state);
	int ret = 0;

	cpus_read_lock();
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
	cpus_read_unlock();
	return ret;
}
EXPORT_SYMBOL(__cpuhp_state_add_instance);

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

/* ---- boot ---- */

/**
 * boot_cpu_init - the CPU that boots is there, up and usable
 */
void __init boot_cpu_init(void)
{
	int cpu = smp_processor_id();

	set_cpu_online(cpu, true);
	set_cpu_active(cpu, true);
	set_cpu_present(cpu, true);
	set_cpu_possible(cpu, true);
}

/* After the per-CPU areas are in place. */
void __init boot_cpu_hotplug_init(void)
{
	this_cpu_write(cpuhp_state.state, CPUHP_ONLINE);
	idle_thread_set_boot_cpu();
}
