// SPDX-License-Identifier: MIT
/*
 * Threads that every CPU has: the idle thread, and those that subsystems register.
 *
 * A registered thread runs smpboot_thread_fn(), a small state machine: it sets itself up when its
 * CPU comes up, does its work when there is some, parks while the CPU is down, cleans up at the
 * end. Threads are made once, when their CPU first comes up, and only parked later.
 */

#include <linux/cpu.h>
#include <linux/kthread.h>
#include <linux/list.h>
#include <linux/mutex.h>
#include <linux/percpu.h>
#include <linux/sched.h>
#include <linux/sched/task.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/smpboot.h>

#include "smpboot.h"

/* ---- idle threads ---- */

static DEFINE_PER_CPU(struct task_struct *, idle_threads);

/**
 * idle_thread_get - the idle thread of a CPU, for bringing it up
 * @cpu: the CPU
 *
 * Return: the task, set up anew as idle, or ERR_PTR(-ENOMEM).
 */
struct task_struct *idle_thread_get(unsigned int cpu)
{
	struct task_struct *tsk = per_cpu(idle_threads, cpu);

	return tsk ? tsk : ERR_PTR(-ENOMEM);
}

/** idle_thread_set_boot_cpu - the boot task is the boot CPU's idle task */
void __init idle_thread_set_boot_cpu(void)
{
	per_cpu(idle_threads, smp_processor_id()) = current;
}

/**
 * idle_threads_init - make the idle task of every other possible CPU
 *
 * Context: boot; may sleep.
 */
void __init idle_threads_init(void)
{
	unsigned int cpu, boot_cpu = smp_processor_id();

	for_each_possible_cpu(cpu) {
		struct task_struct *tsk;

		if (cpu == boot_cpu || per_cpu(idle_threads, cpu))
			continue;
		tsk = fork_idle(cpu);
		if (IS_ERR(tsk))
			pr_err("SMP: fork_idle() failed for CPU %u\n", cpu);
		else
			per_cpu(idle_threads, cpu) = tsk;
	}
}

/* ---- registered threads ---- */

static LIST_HEAD(hotplug_threads);		/* guarded by smpboot_threads_lock */
static DEFINE_MUTEX(smpboot_threads_lock);

struct smpboot_thread_data {
	unsigned int cpu;
	unsigned int status;
	struct smp_hotplug_thread *ht;
};

enum {
	HP_THREAD_NONE = 0,
	HP_THREAD_ACTIVE,
	HP_THREAD_PARKED,
};

static void thread_stop(struct smpboot_thread_data *td)
{
	struct smp_hotplug_thread *ht = td->ht;

	__set_current_state(TASK_RUNNING);
	preempt_enable();
	if (ht->cleanup && td->status != HP_THREAD_NONE)
		ht->cleanup(td->cpu, cpu_online(td->cpu));
	kfree(td);
}

static void thread_park(struct smpboot_thread_data *td)
{
	struct smp_hotplug_thread *ht = td->ht;

	__set_current_state(TASK_RUNNING);
	preempt_enable();
	if (ht->park && td->status == HP_THREAD_ACTIVE) {
		BUG_ON(td->cpu != smp_processor_id());
		ht->park(td->cpu);
		td->status = HP_THREAD_PARKED;
	}
	kthread_parkme();
	/* We may be on another CPU's behalf here no more: unparking bound us again. */
}

/* True if the state changed, and everything has to be tested again. */
static bool thread_start(struct smpboot_thread_data *td)
{
	struct smp_hotplug_thread *ht = td->ht;

	switch (td->status) {
	case HP_THREAD_NONE:
		__set_current_state(TASK_RUNNING);
		preempt_enable();
		if (ht->setup)
			ht->setup(td->cpu);
		td->status = HP_THREAD_ACTIVE;
		return true;
	case HP_THREAD_PARKED:
		__set_current_state(TASK_RUNNING);
		preempt_enable();
		if (ht->unpark)
			ht->unpark(td->cpu);
		td->status = HP_THREAD_ACTIVE;
		return true;
	}
	return false;
}

/*
 * The sleep pattern with preemption off throughout, so that thread_should_run() may look at
 * per-CPU data.
 */
static int smpboot_thread_fn(void *data)
{
	struct smpboot_thread_data *td = data;
	struct smp_hotplug_thread *ht = td->ht;

	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);
		preempt_disable();
		if (kthread_should_stop()) {
			thread_stop(td);
			return 0;
		}
		if (kthread_should_park()) {
			thread_park(td);
			continue;
		}
		BUG_ON(td->cpu != smp_processor_id());
		if (thread_start(td))
			continue;
		if (!ht->thread_should_run(td->cpu)) {
			preempt_enable_no_resched();
			schedule();
		} else {
			__set_current_state(TASK_RUNNING);
			preempt_enable();
			ht->thread_fn(td->cpu);
		}
	}
}

/* Made parked: it first runs when the CPU is up. */
static int create_thread(struct smp_hotplug_thread *ht, unsigned int cpu)
{
	struct task_struct *tsk = *per_cpu_ptr(ht->store, cpu);
	struct smpboot_thread_data *td;

	if (tsk)
		return 0;
	td = kzalloc(sizeof(*td), GFP_KERNEL);
	if (!td)
		return -ENOMEM;
	td->cpu = cpu;
	td->ht = ht;
	tsk = kthread_create_on_cpu(smpboot_thread_fn, td, cpu, ht->thread_comm);
	if (IS_ERR(tsk)) {
		kfree(td);
		return PTR_ERR(tsk);
	}
	kthread_set_per_cpu(tsk, cpu);
	/*
	 * Started with the park flag set, it parks at once; kthread_park() waits for that, so that
	 * the thread is out of its creation sleep when somebody unparks it.
	 */
	kthread_park(tsk);
	get_task_struct(tsk);
	*per_cpu_ptr(ht->store, cpu) = tsk;
	if (ht->create)
		ht->create(cpu);
	return 0;
}

/** smpboot_create_threads - a CPU will come up: its threads are made, parked. Return: 0, -ENOMEM */
int smpboot_create_threads(unsigned int cpu)
{
	struct smp_hotplug_thread *ht;
	int ret = 0;

	mutex_lock(&smpboot_threads_lock);
	list_for_each_entry(ht, &hotplug_threads, list) {
		ret = create_thread(ht, cpu);
		if (ret)
			break;
	}
	mutex_unlock(&smpboot_threads_lock);
	return ret;
}

static void unpark_thread(struct smp_hotplug_thread *ht, unsigned int cpu)
{
	struct task_struct *tsk = *per_cpu_ptr(ht->store, cpu);

	if (!ht->selfparking)
		kthread_unpark(tsk);
}

/** smpboot_unpark_threads - a CPU is up: its threads run. Return: 0 */
int smpboot_unpark_threads(unsigned int cpu)
{
	struct smp_hotplug_thread *ht;

	mutex_lock(&smpboot_threads_lock);
	list_for_each_entry(ht, &hotplug_threads, list)
		unpark_thread(ht, cpu);
	mutex_unlock(&smpboot_threads_lock);
	return 0;
}

static void park_thread(struct smp_hotplug_thread *ht, unsigned int cpu)
{
	struct task_struct *tsk = *per_cpu_ptr(ht->store, cpu);

	if (tsk && !ht->selfparking)
		kthread_park(tsk);
}

/* In reverse order of registration. */
int smpboot_park_threads(unsigned int cpu)
{
	struct smp_hotplug_thread *ht;

	mutex_lock(&smpboot_threads_lock);
	list_for_each_entry_reverse(ht, &hotplug_threads, list)
		park_thread(ht, cpu);
	mutex_unlock(&smpboot_threads_lock);
	return 0;
}

static void destroy_threads(struct smp_hotplug_thread *ht)
{
	unsigned int cpu;

	for_each_possible_cpu(cpu) {
		struct task_struct *tsk = *per_cpu_ptr(ht->store, cpu);

		if (tsk) {
			kthread_stop_put(tsk);
			*per_cpu_ptr(ht->store, cpu) = NULL;
		}
	}
}

/**
 * smpboot_register_percpu_thread - make a thread for each CPU, now and for those that come up
 * @ht: the description; stays registered
 *
 * Context: may sleep; takes cpus_read_lock().
 * Return: 0 or -ENOMEM.
 */
int smpboot_register_percpu_thread(struct smp_hotplug_thread *ht)
{
	unsigned int cpu;
	int ret = 0;

	cpus_read_lock();
	mutex_lock(&smpboot_threads_lock);
	for_each_online_cpu(cpu) {
		ret = create_thread(ht, cpu);
		if (ret) {
			destroy_threads(ht);
			goto out;
		}
		unpark_thread(ht, cpu);
	}
	list_add(&ht->list, &hotplug_threads);
out:
	mutex_unlock(&smpboot_threads_lock);
	cpus_read_unlock();
	return ret;
}
EXPORT_SYMBOL(smpboot_register_percpu_thread);

/**
 * smpboot_unregister_percpu_thread - stop the threads, and make no more
 * @ht: the description
 *
 * Context: may sleep; takes cpus_read_lock().
 */
void smpboot_unregister_percpu_thread(struct smp_hotplug_thread *ht)
{
	cpus_read_lock();
	mutex_lock(&smpboot_threads_lock);
	list_del(&ht->list);
	destroy_threads(ht);
	mutex_unlock(&smpboot_threads_lock);
	cpus_read_unlock();
}
EXPORT_SYMBOL(smpboot_unregister_percpu_thread);
