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
#include <linux/uaccess.h>
#include <linux/xarray.h>

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

/* Workers can be made, and have been. */
bool wq_online __read_mostly;

static DEFINE_MUTEX(wq_list_mutex);
static LIST_HEAD(workqueues);

/* Queues by their number. */
static DEFINE_XARRAY_ALLOC(wq_numbers);

/** wq_by_nr - the queue that a waiting work's word names. Context: that work's crew is locked */
struct workqueue_struct *wq_by_nr(u32 nr)
{
	return xa_load(&wq_numbers, nr);
}

/* ---- making and destroying queues ---- */

static void wq_add_lane(struct workqueue_struct *wq, struct lane *lane, struct worker_crew *crew)
{
	lane->wq = wq;
	lane->crew = crew;
	lane->tag = (unsigned long)wq->nr << WORK_QUEUE_SHIFT |
		    (unsigned long)crew->nr << WORK_CREW_SHIFT | WORK_WAITING | WORK_PENDING;
	lane->limit = wq->max_active;
	INIT_LIST_HEAD(&lane->waiting);
	INIT_LIST_HEAD(&lane->ready_node);
	INIT_LIST_HEAD(&lane->distress_node);
	list_add_tail(&lane->wq_node, &wq->lanes);
}

static int wq_add_lanes(struct workqueue_struct *wq)
{
	bool highpri = wq->flags & WQ_HIGHPRI;
	int cpu;

	if (wq->flags & WQ_UNBOUND) {
		wq_add_lane(wq, &wq->unbound_lane, unbound_crew(highpri));
		return 0;
	}
	wq->cpu_lanes = alloc_percpu(struct lane);
	if (!wq->cpu_lanes)
		return -ENOMEM;
	for_each_possible_cpu(cpu)
		wq_add_lane(wq, per_cpu_ptr(wq->cpu_lanes, cpu), cpu_crew(cpu, highpri));
	return 0;
}

static void wq_init_lockdep(struct workqueue_struct *wq, struct lockdep_map *map)
{
#ifdef CONFIG_LOCKDEP
	wq->lockdep_map = map;
	if (map)
		return;
	lockdep_register_key(&wq->key);
	lockdep_init_map(&wq->own_map, wq->name, &wq->key, 0);
	wq->lockdep_map = &wq->own_map;
#endif
}

/* No lane has a work, no rescuer is left. */
static void wq_free(struct workqueue_struct *wq)
{
	xa_erase(&wq_numbers, wq->nr);
	free_percpu(wq->cpu_lanes);
#ifdef CONFIG_LOCKDEP
	if (wq->lockdep_map == &wq->own_map)
		lockdep_unregister_key(&wq->key);
#endif
	kfree(wq);
}

/* A queue with a name and a number, but without lanes. */
static struct workqueue_struct *wq_new(unsigned int flags, int max_active,
				       struct lockdep_map *map, const char *fmt, va_list args)
{
	struct workqueue_struct *wq = kzalloc(sizeof(*wq), GFP_KERNEL);

	if (!wq)
		return NULL;
	if (xa_alloc(&wq_numbers, &wq->nr, wq, XA_LIMIT(0, WORK_QUEUE_MAX), GFP_KERNEL)) {
		kfree(wq);
		return NULL;
	}
	vsnprintf(wq->name, sizeof(wq->name), fmt, args);
	wq->flags = flags;
	wq->max_active = clamp_t(int, max_active ?: WQ_DFL_ACTIVE, 1, WQ_MAX_ACTIVE);
	mutex_init(&wq->mutex);
	INIT_LIST_HEAD(&wq->list);
	INIT_LIST_HEAD(&wq->lanes);
	INIT_LIST_HEAD(&wq->distressed);
	wq_init_lockdep(wq, map);
	return wq;
}

__printf(1, 0)
static struct workqueue_struct *wq_make(const char *fmt, unsigned int flags, int max_active,
					struct lockdep_map *map, va_list args)
{
	struct workqueue_struct *wq;

	if (WARN_ON_ONCE(flags & WQ_BH))
		return NULL;
	wq = wq_new(flags, max_active, map, fmt, args);
	if (!wq)
		return NULL;
	if (wq_add_lanes(wq))
		goto err_free;
	/* Queues made before there are threads get theirs in workqueue_init(). */
	if (wq_online && flags & WQ_MEM_RECLAIM && wq_add_rescuer(wq))
		goto err_free;

	mutex_lock(&wq_list_mutex);
	list_add_tail(&wq->list, &workqueues);
	mutex_unlock(&wq_list_mutex);
	return wq;

err_free:
	wq_free(wq);
	return NULL;
}

/**
 * alloc_workqueue - make a queue
 * @fmt: its name, printf-like, of the arguments after @max_active
 * @flags: WQ_*
 * @max_active: how many of its works may run at once, per CPU or (WQ_UNBOUND) in all, up to
 *	WQ_MAX_ACTIVE; 0: WQ_DFL_ACTIVE
 *
 * Context: may sleep.
 * Return: the queue; NULL without memory, or for WQ_BH, which there is none of.
 */
struct workqueue_struct *alloc_workqueue(const char *fmt, unsigned int flags, int max_active, ...)
{
	struct workqueue_struct *wq;
	va_list args;

	va_start(args, max_active);
	wq = wq_make(fmt, flags, max_active, NULL, args);
	va_end(args);
	return wq;
}
EXPORT_SYMBOL_GPL(alloc_workqueue);

#ifdef CONFIG_LOCKDEP
/**
 * alloc_workqueue_lockdep_map - alloc_workqueue() for one of many alike, which share a lock class
 * @fmt: as alloc_workqueue()
 * @flags: as alloc_workqueue()
 * @max_active: as alloc_workqueue()
 * @lockdep_map: the class; outlives the queue
 *
 * Context: may sleep.
 * Return: as alloc_workqueue().
 */
struct workqueue_struct *alloc_workqueue_lockdep_map(const char *fmt, unsigned int flags,
						     int max_active,
						     struct lockdep_map *lockdep_map, ...)
{
	struct workqueue_struct *wq;
	va_list args;

	va_start(args, lockdep_map);
	wq = wq_make(fmt, flags, max_active, lockdep_map, args);
	va_end(args);
	return wq;
}
EXPORT_SYMBOL_GPL(alloc_workqueue_lockdep_map);
#endif

/**
 * destroy_workqueue - drain a queue and free it
 * @wq: nobody but its own works queues on it any more
 *
 * Context: may sleep.
 */
void destroy_workqueue(struct workqueue_struct *wq)
{
	mutex_lock(&wq->mutex);
	WRITE_ONCE(wq->flags, wq->flags | __WQ_DESTROYING);
	mutex_unlock(&wq->mutex);
	/* It ends with a look into each lane under its crew's lock: the workers have let go. */
	drain_workqueue(wq);

	mutex_lock(&wq_list_mutex);
	list_del_init(&wq->list);
	mutex_unlock(&wq_list_mutex);
	wq_remove_rescuer(wq);
	wq_free(wq);
}
EXPORT_SYMBOL_GPL(destroy_workqueue);

/**
 * workqueue_set_max_active - change the limit; works that wait may be started
 * @wq: not an ordered queue
 * @max_active: how many of its works may run at once, per CPU or (WQ_UNBOUND) in all
 *
 * Context: may sleep.
 */
void workqueue_set_max_active(struct workqueue_struct *wq, int max_active)
{
	struct lane *lane;

	if (WARN_ON(wq->flags & __WQ_ORDERED))
		return;
	mutex_lock(&wq->mutex);
	wq->max_active = clamp_t(int, max_active, 1, WQ_MAX_ACTIVE);
	list_for_each_entry(lane, &wq->lanes, wq_node) {
		raw_spin_lock_irq(&lane->crew->lock);
		lane->limit = wq->max_active;
		lane_settle(lane);
		crew_wake_worker(lane->crew);
		raw_spin_unlock_irq(&lane->crew->lock);
	}
	mutex_unlock(&wq->mutex);
}
EXPORT_SYMBOL_GPL(workqueue_set_max_active);

/**
 * workqueue_set_min_active - say how many works of an unbound queue may wait for one another
 * @wq: with WQ_UNBOUND, not ordered
 * @min_active: 0 to its max_active
 *
 * Where max_active is shared out among NUMA nodes this keeps each share large enough. There is one
 * node here and one lane, whose share is max_active: nothing has to be kept.
 *
 * Context: any.
 */
void workqueue_set_min_active(struct workqueue_struct *wq, int min_active)
{
	WARN_ON((wq->flags & (WQ_UNBOUND | __WQ_ORDERED)) != WQ_UNBOUND);
}

/* ---- on each, on one ---- */

/**
 * schedule_on_each_cpu - run a function in a work on each online CPU, and wait
 * @func: the function
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
	for_each_possible_cpu(cpu)
		INIT_WORK(per_cpu_ptr(works, cpu), func);
	cpus_read_lock();
	for_each_online_cpu(cpu)
		schedule_work_on(cpu, per_cpu_ptr(works, cpu));
	for_each_online_cpu(cpu)
		flush_work(per_cpu_ptr(works, cpu));
	cpus_read_unlock();
	free_percpu(works);
	return 0;
}

/* A call that is made in a work, with its answer. */
struct call_work {
	struct work_struct work;
	long (*fn)(void *arg);
	void *arg;
	long answer;
};

static void make_call(struct work_struct *work)
{
	struct call_work *call = container_of(work, struct call_work, work);

	call->answer = call->fn(call->arg);
}

/**
 * work_on_cpu_key - call a function in a work on a CPU, and wait
 * @cpu: online and staying so
 * @fn: the function
 * @arg: its argument
 * @key: lock class of the wait
 *
 * Context: may sleep; no lock held that @fn takes.
 * Return: what @fn returned.
 */
long work_on_cpu_key(int cpu, long (*fn)(void *), void *arg, struct lock_class_key *key)
{
	struct call_work call = { .fn = fn, .arg = arg };

	__INIT_WORK_KEY(&call.work, make_call, key);
	schedule_work_on(cpu, &call.work);
	flush_work(&call.work);
	destroy_work_on_stack(&call.work);
	return call.answer;
}
EXPORT_SYMBOL_GPL(work_on_cpu_key);

/**
 * work_on_cpu_safe_key - work_on_cpu_key() for a CPU that may go
 * @cpu: 0 to nr_cpu_ids - 1; kept meanwhile, if it is up
 * @fn: the function
 * @arg: its argument
 * @key: lock class of the wait
 *
 * Context: may sleep; takes cpus_read_lock(). No lock held that @fn takes.
 * Return: what @fn returned; -ENODEV if the CPU is down.
 */
long work_on_cpu_safe_key(int cpu, long (*fn)(void *), void *arg, struct lock_class_key *key)
{
	long answer = -ENODEV;

	cpus_read_lock();
	if (cpu_online(cpu))
		answer = work_on_cpu_key(cpu, fn, arg, key);
	cpus_read_unlock();
	return answer;
}
EXPORT_SYMBOL_GPL(work_on_cpu_safe_key);

/**
 * execute_in_process_context - call a function now if it may sleep here, else in a work
 * @fn: gets &@ew->work
 * @ew: memory for the work, until it has run
 *
 * Context: any but NMI.
 * Return: 0 if it was called; 1 if it is to be.
 */
int execute_in_process_context(work_func_t fn, struct execute_work *ew)
{
	if (!in_interrupt()) {
		fn(&ew->work);
		return 0;
	}
	INIT_WORK(&ew->work, fn);
	schedule_work(&ew->work);
	return 1;
}
EXPORT_SYMBOL_GPL(execute_in_process_context);

/* ---- who am I, how are they ---- */

/** current_work - the work that this worker runs, or NULL */
struct work_struct *current_work(void)
{
	struct worker *worker = current_wq_worker();

	return worker ? worker->work : NULL;
}
EXPORT_SYMBOL(current_work);

/** current_is_workqueue_rescuer - is memory so short that this work runs in a rescuer? */
bool current_is_workqueue_rescuer(void)
{
	struct worker *worker = current_wq_worker();

	return worker && worker->rescues;
}

/**
 * workqueue_congested - would a work have to wait for others of its queue to end?
 * @cpu: whose lane, or WORK_CPU_UNBOUND for this CPU's
 * @wq: the queue
 *
 * Context: any.
 * Return: a guess; nothing is locked.
 */
bool workqueue_congested(int cpu, struct workqueue_struct *wq)
{
	struct lane *lane = wq_lane(wq, cpu == WORK_CPU_UNBOUND ? raw_smp_processor_id() : cpu);

	return !list_empty_careful(&lane->waiting) &&
	       data_race(lane->running) >= data_race(lane->limit);
}
EXPORT_SYMBOL_GPL(workqueue_congested);

/**
 * work_busy - what a work is at
 * @work: the work
 *
 * Context: any but NMI.
 * Return: WORK_BUSY_PENDING, WORK_BUSY_RUNNING, both or 0, as of a moment ago.
 */
unsigned int work_busy(struct work_struct *work)
{
	struct worker_crew *crew = work_crew(atomic_long_read(&work->data));
	unsigned int busy = work_pending(work) ? WORK_BUSY_PENDING : 0;
	unsigned long flags;

	if (!crew)
		return busy;
	raw_spin_lock_irqsave(&crew->lock, flags);
	if (crew_find_worker(crew, work))
		busy |= WORK_BUSY_RUNNING;
	raw_spin_unlock_irqrestore(&crew->lock, flags);
	return busy;
}
EXPORT_SYMBOL_GPL(work_busy);

/**
 * set_worker_desc - say what this work is about, for task dumps; until it ends
 * @fmt: printf-like
 *
 * Context: a work; elsewhere it does nothing.
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

/* The name of the queue whose work a worker runs, unlocked: both may go at any moment. */
static void probe_queue_name(struct worker *worker, char name[WQ_NAME_LEN])
{
	struct workqueue_struct *wq;
	struct lane *lane;

	if (get_kernel_nofault(lane, &worker->lane) || !lane ||
	    get_kernel_nofault(wq, &lane->wq) ||
	    copy_from_kernel_nofault(name, wq->name, WQ_NAME_LEN))
		name[0] = '\0';
	name[WQ_NAME_LEN - 1] = '\0';
}

/**
 * print_worker_info - a line about what a worker runs, for task dumps: queue, function, and what
 * the work said of itself
 * @log_lvl: KERN_*
 * @task: any that exists; nothing is printed for other tasks
 *
 * Context: any. Nothing is locked: of a work that ends meanwhile the line may be a mixture.
 */
void print_worker_info(const char *log_lvl, struct task_struct *task)
{
	char desc[WORKER_DESC_LEN], name[WQ_NAME_LEN];
	struct worker *worker;
	work_func_t fn;

	if (!(task->flags & PF_WQ_WORKER))
		return;
	worker = kthread_probe_data(task);
	if (!worker || get_kernel_nofault(fn, &worker->func) || !fn ||
	    copy_from_kernel_nofault(desc, worker->desc, sizeof(desc)))
		return;
	desc[sizeof(desc) - 1] = '\0';
	probe_queue_name(worker, name);
	printk("%sWorkqueue: %s %ps%s%s%s\n", log_lvl, name, fn, *desc ? " (" : "", desc,
	       *desc ? ")" : "");
}

static void show_lane(struct lane *lane)
{
	struct work_struct *work;
	unsigned long flags;

	raw_spin_lock_irqsave(&lane->crew->lock, flags);
	if (lane->running || !list_empty(&lane->waiting)) {
		pr_info("  crew %d: running=%d/%d\n", lane->crew->nr, lane->running, lane->limit);
		list_for_each_entry(work, &lane->waiting, entry)
			pr_info("    waits: %ps\n", work->func);
	}
	raw_spin_unlock_irqrestore(&lane->crew->lock, flags);
}

/** show_one_workqueue - what runs and waits in a queue, by printk */
void show_one_workqueue(struct workqueue_struct *wq)
{
	struct lane *lane;

	pr_info("workqueue %s: flags=0x%x\n", wq->name, wq->flags);
	list_for_each_entry(lane, &wq->lanes, wq_node)
		show_lane(lane);
}

/** show_all_workqueues - all queues and crews that are busy. Context: may sleep */
void show_all_workqueues(void)
{
	struct workqueue_struct *wq;
	struct worker_crew *crew;
	int nr;

	mutex_lock(&wq_list_mutex);
	list_for_each_entry(wq, &workqueues, list)
		if (!wq_is_empty(wq))
			show_one_workqueue(wq);
	mutex_unlock(&wq_list_mutex);
	for_each_crew(crew, nr)
		show_crew(crew);
}

/* ---- start ---- */

/* The queues that are always there. */
static const struct {
	struct workqueue_struct **wq;
	const char *name;
	unsigned int flags;
	int max_active;
} system_queues[] __initconst = {
	{ &system_wq, "events" },
	{ &system_highpri_wq, "events_highpri", .flags = WQ_HIGHPRI },
	{ &system_long_wq, "events_long" },
	{ &system_unbound_wq, "events_unbound", .flags = WQ_UNBOUND,
	  .max_active = WQ_MAX_ACTIVE },
	{ &system_freezable_wq, "events_freezable", .flags = WQ_FREEZABLE },
	{ &system_power_efficient_wq, "events_power_efficient", .flags = WQ_POWER_EFFICIENT },
	{ &system_freezable_power_efficient_wq, "events_freezable_pwr_efficient",
	  .flags = WQ_FREEZABLE | WQ_POWER_EFFICIENT },
};

/**
 * workqueue_init_early - queues can be made and works queued; nothing runs yet
 *
 * Context: boot, after the slab allocator and xarrays.
 */
void __init workqueue_init_early(void)
{
	unsigned int i;

	crews_init_early();
	for (i = 0; i < ARRAY_SIZE(system_queues); i++) {
		*system_queues[i].wq = alloc_workqueue("%s", system_queues[i].flags,
						       system_queues[i].max_active,
						       system_queues[i].name);
		BUG_ON(!*system_queues[i].wq);
	}
}

/**
 * workqueue_init - threads can be made: run what has been queued
 *
 * Context: boot, first thread; other CPUs are not up.
 */
void __init workqueue_init(void)
{
	struct workqueue_struct *wq;

	recruiter_start();
	mutex_lock(&wq_list_mutex);
	list_for_each_entry(wq, &workqueues, list)
		if (wq->flags & WQ_MEM_RECLAIM)
			WARN(wq_add_rescuer(wq), "workqueue %s has no rescuer\n", wq->name);
	mutex_unlock(&wq_list_mutex);
	crews_start();
	wq_online = true;
}

/** workqueue_init_topology - nothing to learn: unbound works run anywhere */
void __init workqueue_init_topology(void)
{
}
