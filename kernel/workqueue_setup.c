// SPDX-License-Identifier: MIT
/*
 * Workqueues: the queues themselves. Making and destroying them, the ones that are always there,
 * and what can be asked about them.
 */
#include "workqueue_internal.h"

#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/rcupdate.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/sprintf.h>
#include <linux/string.h>

struct workqueue_struct *system_wq __ro_after_init;
EXPORT_SYMBOL(system_wq);
struct workqueue_struct *system_highpri_wq __ro_after_init;
EXPORT_SYMBOL_GPL(system_highpri_wq);
struct workqueue_struct *system_long_wq __ro_after_init;
EXPORT_SYMBOL_GPL(system_long_wq);
struct workqueue_struct *system_unbound_wq __ro_after_init;
EXPORT_SYMBOL_GPL(system_unbound_wq);
struct workqueue_struct *system_freezable_wq __ro_after_init;
EXPORT_SYMBOL_GPL(system_freezable_wq);
struct workqueue_struct *system_power_efficient_wq __ro_after_init;
EXPORT_SYMBOL_GPL(system_power_efficient_wq);
struct workqueue_struct *system_freezable_power_efficient_wq __ro_after_init;
EXPORT_SYMBOL_GPL(system_freezable_power_efficient_wq);

static DEFINE_MUTEX(wq_pool_mutex);
static LIST_HEAD(workqueues);
static struct kmem_cache *pwq_cache __ro_after_init;

/* ---- making and destroying queues ---- */

static struct pool_workqueue *alloc_pwq(struct workqueue_struct *wq, struct worker_pool *pool)
{
	struct pool_workqueue *pwq = kmem_cache_zalloc(pwq_cache, GFP_KERNEL);

	if (!pwq)
		return NULL;
	BUG_ON((unsigned long)pwq & ~WORK_STRUCT_PWQ_MASK);
	pwq->pool = pool;
	pwq->wq = wq;
	pwq->flush_color = -1;
	pwq->max_active = wq->max_active;
	INIT_LIST_HEAD(&pwq->inactive_works);
	INIT_LIST_HEAD(&pwq->mayday_node);
	list_add(&pwq->pwqs_node, &wq->pwqs);
	return pwq;
}

static void free_pwqs(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq, *n;

	list_for_each_entry_safe(pwq, n, &wq->pwqs, pwqs_node)
		kfree_rcu(pwq, rcu);
	free_percpu(wq->cpu_pwq);
}

static int alloc_and_link_pwqs(struct workqueue_struct *wq)
{
	bool highpri = wq->flags & WQ_HIGHPRI;
	struct pool_workqueue *pwq;
	int cpu;

	if (wq->flags & WQ_UNBOUND) {
		wq->unbound_pwq = alloc_pwq(wq, unbound_worker_pool(highpri));
		return wq->unbound_pwq ? 0 : -ENOMEM;
	}
	wq->cpu_pwq = alloc_percpu(struct pool_workqueue *);
	if (!wq->cpu_pwq)
		return -ENOMEM;
	for_each_possible_cpu(cpu) {
		pwq = alloc_pwq(wq, cpu_worker_pool(cpu, highpri));
		if (!pwq)
			return -ENOMEM;
		*per_cpu_ptr(wq->cpu_pwq, cpu) = pwq;
	}
	return 0;
}

static void free_wq(struct workqueue_struct *wq)
{
	free_pwqs(wq);
#ifdef CONFIG_LOCKDEP
	lockdep_unregister_key(&wq->key);
#endif
	kfree(wq);
}

/**
 * alloc_workqueue - make a queue
 * @fmt: its name, printf-like, of the arguments after @max_active
 * @flags: WQ_*
 * @max_active: how many of its works may be active, per CPU or (WQ_UNBOUND) in all; 0: many
 *
 * Context: may sleep.
 * Return: the queue; NULL without memory, or for WQ_BH, which there is none of.
 */
struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)
{
	struct workqueue_struct *wq;
	va_list args;

	if (WARN_ON_ONCE(flags & WQ_BH))
		return NULL;
	wq = kzalloc(sizeof(*wq), GFP_KERNEL);
	if (!wq)
		return NULL;
	va_start(args, max_active);
	vsnprintf(wq->name, sizeof(wq->name), fmt, args);
	va_end(args);

	max_active = max_active ?: WQ_DFL_ACTIVE;
	wq->flags = flags;
	wq->max_active = clamp_t(int, max_active, 1, WQ_MAX_ACTIVE);
	mutex_init(&wq->mutex);
	INIT_LIST_HEAD(&wq->list);
	INIT_LIST_HEAD(&wq->pwqs);
	INIT_LIST_HEAD(&wq->maydays);
	init_completion(&wq->flush_done);
#ifdef CONFIG_LOCKDEP
	lockdep_register_key(&wq->key);
	lockdep_init_map(&wq->lockdep_map, wq->name, &wq->key, 0);
#endif
	if (alloc_and_link_pwqs(wq))
		goto err_free;
	/* Those made before there are threads get theirs in workqueue_init(). */
	if (wq_online && flags & WQ_MEM_RECLAIM && init_rescuer(wq))
		goto err_free;

	mutex_lock(&wq_pool_mutex);
	list_add_tail(&wq->list, &workqueues);
	mutex_unlock(&wq_pool_mutex);
	return wq;

err_free:
	free_wq(wq);
	return NULL;
}
EXPORT_SYMBOL_GPL(alloc_workqueue);

/**
 * destroy_workqueue - drain a queue and free it
 * @wq: nobody but its own works queues on it any more
 *
 * Context: may sleep.
 */
void destroy_workqueue(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;

	mutex_lock(&wq->mutex);
	wq->flags |= __WQ_DESTROYING;
	mutex_unlock(&wq->mutex);
	drain_workqueue(wq);
	list_for_each_entry(pwq, &wq->pwqs, pwqs_node)
		pwq_wait_until_unused(pwq);

	mutex_lock(&wq_pool_mutex);
	list_del_init(&wq->list);
	mutex_unlock(&wq_pool_mutex);

	/* It may still have a call to answer, which finds nothing to do. */
	if (wq->rescuer) {
		kthread_stop(wq->rescuer->task);
		kfree(wq->rescuer);
	}
	free_wq(wq);
}
EXPORT_SYMBOL_GPL(destroy_workqueue);

/**
 * workqueue_set_max_active - change a queue's limit; works that wait may become active
 * @wq: not an ordered one
 * @max_active: works that run at a time, per CPU; 1 to WQ_MAX_ACTIVE
 *
 * Context: may sleep.
 */
void workqueue_set_max_active(struct workqueue_struct *wq, int max_active)
{
	struct pool_workqueue *pwq;

	if (WARN_ON(wq->flags & __WQ_ORDERED))
		return;
	max_active = clamp_t(int, max_active, 1, WQ_MAX_ACTIVE);
	mutex_lock(&wq->mutex);
	wq->max_active = max_active;
	list_for_each_entry(pwq, &wq->pwqs, pwqs_node) {
		raw_spin_lock_irq(&pwq->pool->lock);
		pwq->max_active = max_active;
		while (!list_empty(&pwq->inactive_works) && pwq->nr_active < max_active)
			pwq_activate_first_inactive(pwq);
		kick_pool(pwq->pool);
		raw_spin_unlock_irq(&pwq->pool->lock);
	}
	mutex_unlock(&wq->mutex);
}
EXPORT_SYMBOL_GPL(workqueue_set_max_active);

/* ---- on each, on one ---- */

/**
 * schedule_on_each_cpu - run a function in a work on each online CPU, and wait
 * @func: the function; may sleep
 *
 * Context: may sleep; takes cpus_read_lock().
 * Return: 0 or -ENOMEM.
 */
int schedule_on_each_cpu(work_func_t func)
{
	struct work_struct __percpu *works = alloc_percpu(struct work_struct);
	int cpu;

	if (!works)
		return -ENOMEM;
	cpus_read_lock();
	for_each_online_cpu(cpu) {
		struct work_struct *work = per_cpu_ptr(works, cpu);

		INIT_WORK(work, func);
		schedule_work_on(cpu, work);
	}
	for_each_online_cpu(cpu)
		flush_work(per_cpu_ptr(works, cpu));
	cpus_read_unlock();
	free_percpu(works);
	return 0;
}

struct work_for_cpu {
	struct work_struct work;
	long (*fn)(void *arg);
	void *arg;
	long ret;
};

static void work_for_cpu_fn(struct work_struct *work)
{
	struct work_for_cpu *wfc = container_of(work, struct work_for_cpu, work);

	wfc->ret = wfc->fn(wfc->arg);
}

/**
 * work_on_cpu - call a function in a work on a CPU
 * @cpu: the CPU
 * @fn: the function; may sleep
 * @arg: for @fn
 *
 * Context: may sleep.
 * Return: what it returned.
 */
long work_on_cpu(int cpu, long (*fn)(void *), void *arg)
{
	struct work_for_cpu wfc = { .fn = fn, .arg = arg };

	INIT_WORK_ONSTACK(&wfc.work, work_for_cpu_fn);
	schedule_work_on(cpu, &wfc.work);
	flush_work(&wfc.work);
	destroy_work_on_stack(&wfc.work);
	return wfc.ret;
}
EXPORT_SYMBOL_GPL(work_on_cpu);

/* ---- who am I, how are they ---- */

/** current_work - the work that this worker runs, or NULL */
struct work_struct *current_work(void)
{
	struct worker *worker = current_wq_worker();

	return worker ? worker->current_work : NULL;
}
EXPORT_SYMBOL(current_work);

/** current_is_workqueue_rescuer - is memory so short that this work runs in a rescuer? */
bool current_is_workqueue_rescuer(void)
{
	struct worker *worker = current_wq_worker();

	return worker && worker->rescue_wq;
}

/**
 * workqueue_congested - do works wait for a queue's limit? A guess
 * @cpu: on this CPU; WORK_CPU_UNBOUND: here
 * @wq: the queue
 */
bool workqueue_congested(int cpu, struct workqueue_struct *wq)
{
	bool ret;

	preempt_disable();
	if (cpu == WORK_CPU_UNBOUND)
		cpu = smp_processor_id();
	ret = !list_empty(&wq_pwq(wq, cpu)->inactive_works);
	preempt_enable();
	return ret;
}
EXPORT_SYMBOL_GPL(workqueue_congested);

/**
 * work_busy - what a work was doing a moment ago
 * @work: the work
 *
 * Context: any but NMI.
 * Return: WORK_BUSY_PENDING, WORK_BUSY_RUNNING, both, 0.
 */
unsigned int work_busy(struct work_struct *work)
{
	unsigned int ret = work_pending(work) ? WORK_BUSY_PENDING : 0;
	struct worker_pool *pool;
	unsigned long flags;

	rcu_read_lock();
	pool = get_work_pool(work);
	rcu_read_unlock();
	if (!pool)
		return ret;
	raw_spin_lock_irqsave(&pool->lock, flags);
	if (find_worker_executing_work(pool, work))
		ret |= WORK_BUSY_RUNNING;
	raw_spin_unlock_irqrestore(&pool->lock, flags);
	return ret;
}
EXPORT_SYMBOL_GPL(work_busy);

/**
 * set_worker_desc - say what the running work is about, for task dumps; until it ends
 * @fmt: printf format
 *
 * Context: in a work; elsewhere nothing happens.
 */
void set_worker_desc(const char *fmt, ...)
{
	struct worker *worker = current_wq_worker();
	va_list args;

	if (!worker)
		return;
	va_start(args, fmt);
	vsnprintf(worker->desc, sizeof(worker->desc), fmt, args);
	va_end(args);
}
EXPORT_SYMBOL_GPL(set_worker_desc);

/**
 * print_worker_info - a line about a worker, for task dumps; tells nothing of other tasks
 * @log_lvl: KERN_*
 * @task: any
 */
void print_worker_info(const char *log_lvl, struct task_struct *task)
{
	struct worker *worker;
	work_func_t fn;

	if (!(task->flags & PF_WQ_WORKER))
		return;
	/* Unlocked: the worker may finish its work meanwhile, then there is nothing to tell. */
	worker = kthread_probe_data(task);
	fn = worker ? READ_ONCE(worker->current_func) : NULL;
	if (fn)
		printk("%sWorkqueue: %ps %s\n", log_lvl, fn, worker->desc);
}

/**
 * wq_worker_comm - a worker's name for people
 * @buf: where to
 * @size: its bytes
 * @task: the worker
 */
void wq_worker_comm(char *buf, size_t size, struct task_struct *task)
{
	strscpy(buf, task->comm, size);
}

static void show_pwq(struct pool_workqueue *pwq)
{
	struct work_struct *work;
	unsigned long flags;

	raw_spin_lock_irqsave(&pwq->pool->lock, flags);
	if (pwq->nr_active || !list_empty(&pwq->inactive_works)) {
		pr_info("  pool %d: active=%d/%d\n", pwq->pool->id, pwq->nr_active,
			pwq->max_active);
		list_for_each_entry(work, &pwq->pool->worklist, entry)
			if (get_work_pwq(work) == pwq)
				pr_info("    pending: %ps\n", work->func);
		list_for_each_entry(work, &pwq->inactive_works, entry)
			pr_info("    inactive: %ps\n", work->func);
	}
	raw_spin_unlock_irqrestore(&pwq->pool->lock, flags);
}

/**
 * show_one_workqueue - what waits in a queue, by printk
 * @wq: the queue
 */
void show_one_workqueue(struct workqueue_struct *wq)
{
	struct pool_workqueue *pwq;

	pr_info("workqueue %s: flags=0x%x\n", wq->name, wq->flags);
	list_for_each_entry(pwq, &wq->pwqs, pwqs_node)
		show_pwq(pwq);
}

/** show_all_workqueues - all queues and pools that are busy. Context: may sleep. */
void show_all_workqueues(void)
{
	struct workqueue_struct *wq;
	int cpu, i;

	mutex_lock(&wq_pool_mutex);
	list_for_each_entry(wq, &workqueues, list)
		if (!wq_is_empty(wq))
			show_one_workqueue(wq);
	mutex_unlock(&wq_pool_mutex);
	for (i = 0; i < 2; i++) {
		for_each_possible_cpu(cpu)
			show_pool(cpu_worker_pool(cpu, i));
		show_pool(unbound_worker_pool(i));
	}
}

/* ---- start ---- */

/**
 * workqueue_init_early - queues can be made and works queued; nothing runs yet
 *
 * Context: boot, after the slab allocator.
 */
void __init workqueue_init_early(void)
{
	pwq_cache = kmem_cache_create("pool_workqueue", sizeof(struct pool_workqueue),
				      1 << WORK_STRUCT_PWQ_SHIFT, SLAB_PANIC, NULL);
	wq_pools_init_early();

	system_wq = alloc_workqueue("events", 0, 0);
	system_highpri_wq = alloc_workqueue("events_highpri", WQ_HIGHPRI, 0);
	system_long_wq = alloc_workqueue("events_long", 0, 0);
	system_unbound_wq = alloc_workqueue("events_unbound", WQ_UNBOUND, WQ_MAX_ACTIVE);
	system_freezable_wq = alloc_workqueue("events_freezable", WQ_FREEZABLE, 0);
	system_power_efficient_wq = alloc_workqueue("events_power_efficient",
						    WQ_POWER_EFFICIENT, 0);
	system_freezable_power_efficient_wq =
		alloc_workqueue("events_freezable_pwr_efficient",
				WQ_FREEZABLE | WQ_POWER_EFFICIENT, 0);
	BUG_ON(!system_wq || !system_highpri_wq || !system_long_wq || !system_unbound_wq ||
	       !system_freezable_wq || !system_power_efficient_wq ||
	       !system_freezable_power_efficient_wq);
}

/**
 * workqueue_init - threads can be made: run what has been queued
 *
 * Context: boot, first thread; other CPUs are not up.
 */
void __init workqueue_init(void)
{
	struct workqueue_struct *wq;

	mutex_lock(&wq_pool_mutex);
	list_for_each_entry(wq, &workqueues, list)
		if (wq->flags & WQ_MEM_RECLAIM)
			WARN(init_rescuer(wq), "workqueue: no rescuer for %s\n", wq->name);
	mutex_unlock(&wq_pool_mutex);
	wq_pools_start();
}

/** workqueue_init_topology - unbound works run anywhere: there is no topology to learn */
void __init workqueue_init_topology(void)
{
}
