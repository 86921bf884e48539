// SPDX-License-Identifier: MIT
/*
 * Bringing CPUs up and taking them down.
 *
 * linux/cpuhotplug.h shows the ladder of states, cpuhp_steps.c keeps what is called at each rung.
 * st->state is the highest rung whose start-up has run. Who climbs:
 *
 *	the caller of cpu_up()/cpu_down()	the new or dying CPU
 *	---------------------------------	--------------------
 *	PREPARE rungs, climb()
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
 * come and go; read: cpus_read_lock()), cpuhp_state_mutex of cpuhp_steps.c. In this order.
 */

#include <linux/bug.h>
#include <linux/completion.h>
#include <linux/cpu.h>
#include <linux/init.h>
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

#include "cpuhp.h"
#include "smpboot.h"

/* How far the dying CPU's last steps have come; written there, polled by the controller. */
enum ap_life {
	AP_ALIVE,
	AP_DEAD,
};

DEFINE_PER_CPU(struct cpuhp_cpu_state, cpuhp_state) = { .state = CPUHP_OFFLINE, };

static DEFINE_MUTEX(cpu_add_remove_lock);
static DECLARE_RWSEM(cpu_hotplug_lock);
static int cpu_hotplug_disabled;		/* guarded by cpu_add_remove_lock */
static struct cpumask frozen_cpus;		/* the same */

/* ---- the reader's lock ---- */

/**
 * cpus_read_lock - no CPU comes up or goes down until cpus_read_unlock()
 *
 * Context: may sleep. Readers don't keep each other out.
 */
void cpus_read_lock(void)
{
	down_read(&cpu_hotplug_lock);
}
EXPORT_SYMBOL(cpus_read_lock);

/**
 * cpus_read_trylock - cpus_read_lock() without waiting
 *
 * Return: whether it is held.
 */
int cpus_read_trylock(void)
{
	return down_read_trylock(&cpu_hotplug_lock);
}
EXPORT_SYMBOL(cpus_read_trylock);

/**
 * cpus_read_unlock - undo that
 */
void cpus_read_unlock(void)
{
	up_read(&cpu_hotplug_lock);
}
EXPORT_SYMBOL(cpus_read_unlock);

/**
 * cpus_write_lock - keep everybody out of cpus_read_lock(): CPUs come and go now
 *
 * Context: may sleep.
 */
void cpus_write_lock(void)
{
	down_write(&cpu_hotplug_lock);
}

/** cpus_write_unlock - undo cpus_write_lock() */
void cpus_write_unlock(void)
{
	up_write(&cpu_hotplug_lock);
}

/** lockdep_assert_cpus_held - complain unless CPUs are kept from coming and going */
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

/**
 * cpu_hotplug_enable - undo one cpu_hotplug_disable()
 *
 * Context: may sleep; takes cpu_add_remove_lock.
 */
void cpu_hotplug_enable(void)
{
	mutex_lock(&cpu_add_remove_lock);
	if (!WARN_ONCE(!cpu_hotplug_disabled, "Unbalanced cpu hotplug enable\n"))
		cpu_hotplug_disabled--;
	mutex_unlock(&cpu_add_remove_lock);
}
EXPORT_SYMBOL(cpu_hotplug_enable);

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
	return smp_load_acquire(&st->should_run);	/* pairs with cpuhp_kick_thread() */
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

/* Wake the CPU's hot-plug thread to what *@st asks, and wait. Return: its result. */
int cpuhp_kick_thread(struct cpuhp_cpu_state *st)
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
	return cpuhp_kick_thread(st);
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

/**
 * cpuhp_threads_init - make each CPU's hot-plug thread
 *
 * Context: boot, when threads can run; may sleep.
 */
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
	tick_assert_timekeeping_handover();
	idle_task_exit();
	rcutree_report_cpu_dead();
	st->state = CPUHP_AP_IDLE_DEAD;
	INIT_CSD(csd, idle_death_done, st);
	smp_call_function_single_async(cpumask_first(cpu_online_mask), csd);
}

/**
 * cpuhp_ap_report_dead - the machine's very last C statement on a dying CPU
 *
 * Context: interrupts off. Afterwards its stack and per-CPU data may be taken away.
 */
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

/**
 * arch_cpuhp_cleanup_dead_cpu - what a machine does about a CPU that is dead; nothing by default
 */
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
 * Return: 0; -EINVAL if there is no such CPU; -EBUSY for the last CPU or while hot-plug is
 * disabled; -EOPNOTSUPP if the machine can't do without @cpu; what a callback returned.
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

/**
 * remove_cpu - take a CPU down
 * @cpu: its number
 *
 * Context: may sleep; takes cpu_add_remove_lock and cpus_write_lock(). May be called on @cpu.
 * Return: 0 if it is offline now; else as cpu_down().
 */
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

/**
 * thaw_secondary_cpus - undo freeze_secondary_cpus(): the CPUs that it took down come up
 *
 * Context: may sleep.
 */
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

/**
 * boot_cpu_hotplug_init - the boot CPU is on the top rung without having climbed
 *
 * Context: boot, after the per-CPU areas are in place.
 */
void __init boot_cpu_hotplug_init(void)
{
	this_cpu_write(cpuhp_state.state, CPUHP_ONLINE);
	idle_thread_set_boot_cpu();
}
