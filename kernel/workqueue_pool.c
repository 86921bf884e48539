// SPDX-License-Identifier: MIT
/*
 * Workers: how many threads run works, and which.
 *
 * The goal of a bound pool is that its CPU always has exactly one worker running as long as works
 * wait: with fewer the CPU idles, with more they just take turns. The scheduler helps: when a
 * worker in a work is about to sleep it calls wq_worker_sleeping(), and if it was the last one
 * running another is woken.
 *
 *	worker A: work 1		worker B: idle
 *	  mutex_lock() -> schedule()
 *	    wq_worker_sleeping:
 *	      nr_running 1 -> 0
 *	      wake B ----------------->	nr_running 0 -> 1
 *					  work 2
 *	  woken: nr_running 2		  ends; 2 running: B takes nothing new
 *
 * Whoever starts on works makes sure that an idle worker is left behind; if there is none he makes
 * one first (POOL_MANAGER_ACTIVE), so that the last one is free to sleep.
 *
 * Unbound pools have no such count: each work that waits gets a worker.
 *
 * Making a worker takes memory, and a work may be what frees memory. A queue with WQ_MEM_RECLAIM
 * therefore has a rescuer: if a pool has been unable to make a worker for a while its mayday timer
 * tells the rescuers of all works that wait there, and they run theirs.
 *
 * Hot-plug: as a CPU goes down its pool becomes like an unbound one, its workers run anywhere;
 * when it is back they are bound again and counted from their next work on (WORKER_REBOUND).
 */
#include "workqueue_internal.h"

#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched/prio.h>
#include <linux/slab.h>
#include <linux/smp.h>
#include <linux/string.h>

#define MAYDAY_INITIAL_TIMEOUT	(HZ / 100 >= 2 ? HZ / 100 : 2)	/* call for help after 10 ms */
#define MAYDAY_INTERVAL		(HZ / 10)			/* and then every 100 ms */
#define CREATE_COOLDOWN		HZ				/* between attempts */
#define IDLE_WORKER_TIMEOUT	(300 * HZ)
#define MAX_IDLE_WORKERS_RATIO	4				/* a quarter of the busy may idle */
#define CPU_HOG_JIFFIES		(HZ / 100 >= 1 ? HZ / 100 + 1 : 2)

enum { POOL_NORMAL, POOL_HIGHPRI, NR_STD_POOLS };

static const int std_nice[NR_STD_POOLS] = { 0, MIN_NICE };

static DEFINE_PER_CPU(struct worker_pool [NR_STD_POOLS], cpu_pools);
static struct worker_pool unbound_pools[NR_STD_POOLS];

static DEFINE_MUTEX(wq_attach_mutex);
DEFINE_RAW_SPINLOCK(wq_mayday_lock);
static DECLARE_WAIT_QUEUE_HEAD(wq_manager_wait);

/* Threads can be made. */
bool wq_online __read_mostly;

static int worker_thread(void *arg);
static int rescuer_thread(void *arg);

#define for_each_cpu_pool(pool, cpu)						\
	for ((pool) = per_cpu(cpu_pools, cpu);					\
	     (pool) < per_cpu(cpu_pools, cpu) + NR_STD_POOLS; (pool)++)

/* ---- pools by name ---- */

/** cpu_worker_pool - a CPU's pool of workers */
struct worker_pool *cpu_worker_pool(int cpu, bool highpri)
{
	return &per_cpu(cpu_pools, cpu)[highpri];
}

/** unbound_worker_pool - the pool of workers that run anywhere */
struct worker_pool *unbound_worker_pool(bool highpri)
{
	return &unbound_pools[highpri];
}

/* The number in a work's data. CPU pools count from 0, unbound ones follow the last CPU's. */
struct worker_pool *worker_pool_by_id(int id)
{
	int cpu = id / NR_STD_POOLS;

	if (cpu < NR_CPUS)
		return cpu_possible(cpu) ? &per_cpu(cpu_pools, cpu)[id % NR_STD_POOLS] : NULL;
	return cpu == NR_CPUS ? &unbound_pools[id % NR_STD_POOLS] : NULL;
}

/* ---- counting: pool->lock held ---- */

static bool need_more_worker(struct worker_pool *pool)
{
	return !list_empty(&pool->worklist) && !atomic_read(&pool->nr_running);
}

static bool may_start_working(struct worker_pool *pool)
{
	return pool->nr_idle;
}

/* Asked by a worker that is counted itself. */
static bool keep_working(struct worker_pool *pool)
{
	return !list_empty(&pool->worklist) && atomic_read(&pool->nr_running) <= 1;
}

static bool need_to_create_worker(struct worker_pool *pool)
{
	return need_more_worker(pool) && !may_start_working(pool);
}

static bool too_many_workers(struct worker_pool *pool)
{
	bool managing = pool->flags & POOL_MANAGER_ACTIVE;
	int nr_idle = pool->nr_idle + managing;	/* the manager counts as idle */
	int nr_busy = pool->nr_workers - nr_idle;

	return nr_idle > 2 && (nr_idle - 2) * MAX_IDLE_WORKERS_RATIO >= nr_busy;
}

static void worker_set_flags(struct worker *worker, unsigned int flags)
{
	lockdep_assert_held(&worker->pool->lock);
	if (flags & WORKER_NOT_RUNNING && !(worker->flags & WORKER_NOT_RUNNING))
		atomic_dec(&worker->pool->nr_running);
	worker->flags |= flags;
}

static void worker_clr_flags(struct worker *worker, unsigned int flags)
{
	unsigned int old = worker->flags;

	lockdep_assert_held(&worker->pool->lock);
	worker->flags &= ~flags;
	if (old & WORKER_NOT_RUNNING && !(worker->flags & WORKER_NOT_RUNNING))
		atomic_inc(&worker->pool->nr_running);
}

static void worker_enter_idle(struct worker *worker)
{
	struct worker_pool *pool = worker->pool;

	if (WARN_ON_ONCE(worker->flags & WORKER_IDLE) || WARN_ON_ONCE(worker->current_work))
		return;
	worker->flags |= WORKER_IDLE;
	pool->nr_idle++;
	worker->last_active = jiffies;
	list_add(&worker->entry, &pool->idle_list);
	if (too_many_workers(pool) && !timer_pending(&pool->idle_timer))
		mod_timer(&pool->idle_timer, jiffies + IDLE_WORKER_TIMEOUT);
}

static void worker_leave_idle(struct worker *worker)
{
	if (WARN_ON_ONCE(!(worker->flags & WORKER_IDLE)))
		return;
	worker_clr_flags(worker, WORKER_IDLE);
	worker->pool->nr_idle--;
	list_del_init(&worker->entry);
}

/**
 * kick_pool - wake an idle worker if one is needed
 * @pool: locked
 */
void kick_pool(struct worker_pool *pool)
{
	struct worker *worker;

	lockdep_assert_held(&pool->lock);
	if (!need_more_worker(pool) || list_empty(&pool->idle_list))
		return;
	worker = list_first_entry(&pool->idle_list, struct worker, entry);
	wake_up_process(worker->task);
}

/**
 * find_worker_executing_work - who runs a work?
 * @pool: locked
 * @work: the work
 *
 * A work may have been freed and its memory be another one's now: the function must be the same.
 *
 * Return: the worker, or NULL.
 */
struct worker *find_worker_executing_work(struct worker_pool *pool, struct work_struct *work)
{
	struct worker *worker;

	hash_for_each_possible(pool->busy_hash, worker, hentry, (unsigned long)work)
		if (worker->current_work == work && worker->current_func == work->func)
			return worker;
	return NULL;
}

/* ---- what the scheduler tells ---- */

/**
 * wq_worker_sleeping - a worker is about to sleep
 * @task: current
 *
 * Context: schedule(), before the run queue is locked.
 */
void wq_worker_sleeping(struct task_struct *task)
{
	struct worker *worker = kthread_data(task);
	struct worker_pool *pool;

	/* A rescuer between pools, or one that is not counted. */
	if (worker->flags & WORKER_NOT_RUNNING || READ_ONCE(worker->sleeping))
		return;
	pool = worker->pool;
	WRITE_ONCE(worker->sleeping, 1);
	raw_spin_lock_irq(&pool->lock);
	/* Hot-unplug may have taken it out of the count just now. */
	if (worker->flags & WORKER_NOT_RUNNING) {
		raw_spin_unlock_irq(&pool->lock);
		return;
	}
	atomic_dec(&pool->nr_running);
	kick_pool(pool);
	raw_spin_unlock_irq(&pool->lock);
}

/**
 * wq_worker_running - it is back
 * @task: current
 *
 * Context: schedule(), after the switch.
 */
void wq_worker_running(struct task_struct *task)
{
	struct worker *worker = kthread_data(task);

	if (!READ_ONCE(worker->sleeping))
		return;
	/*
	 * Hot-unplug clears the count on this very CPU: with preemption off it comes before the
	 * look at the flags or after the increment.
	 */
	preempt_disable();
	if (!(worker->flags & WORKER_NOT_RUNNING))
		atomic_inc(&worker->pool->nr_running);
	preempt_enable();
	WRITE_ONCE(worker->sleeping, 0);
}

/**
 * wq_worker_tick - a tick hit a worker
 * @task: current
 *
 * A work that computes for long would keep all others of its CPU waiting: after a while it is
 * not counted any more, and they start.
 * Context: hard irq.
 */
void wq_worker_tick(struct task_struct *task)
{
	struct worker *worker = kthread_data(task);
	struct worker_pool *pool = worker->pool;

	if (!worker->current_work || worker->flags & WORKER_NOT_RUNNING ||
	    READ_ONCE(worker->sleeping) ||
	    time_before(jiffies, worker->current_start + CPU_HOG_JIFFIES))
		return;
	raw_spin_lock(&pool->lock);
	worker_set_flags(worker, WORKER_CPU_INTENSIVE);
	kick_pool(pool);
	raw_spin_unlock(&pool->lock);
}

/* ---- making and ending workers ---- */

static void set_pf_worker(bool val)
{
	if (val)
		current->flags |= PF_WQ_WORKER;
	else
		current->flags &= ~PF_WQ_WORKER;
}

/* Make it the pool's, and put it where the pool's workers run. Its thread is not running. */
static void worker_attach_to_pool(struct worker *worker, struct worker_pool *pool)
{
	mutex_lock(&wq_attach_mutex);
	if (pool->flags & POOL_DISASSOCIATED) {
		worker->flags |= WORKER_UNBOUND;
		set_cpus_allowed_ptr(worker->task, cpu_possible_mask);
	} else {
		worker->flags &= ~WORKER_UNBOUND;
		set_cpus_allowed_ptr(worker->task, cpumask_of(pool->cpu));
		kthread_set_per_cpu(worker->task, pool->cpu);
	}
	list_add_tail(&worker->node, &pool->workers);
	worker->pool = pool;
	mutex_unlock(&wq_attach_mutex);
}

static void worker_detach_from_pool(struct worker *worker)
{
	mutex_lock(&wq_attach_mutex);
	kthread_set_per_cpu(worker->task, -1);
	list_del(&worker->node);
	worker->pool = NULL;
	worker->flags &= ~(WORKER_UNBOUND | WORKER_REBOUND);
	mutex_unlock(&wq_attach_mutex);
}

static struct worker *alloc_worker(void)
{
	struct worker *worker = kzalloc(sizeof(*worker), GFP_KERNEL);

	if (!worker)
		return NULL;
	INIT_LIST_HEAD(&worker->entry);
	INIT_LIST_HEAD(&worker->scheduled);
	INIT_LIST_HEAD(&worker->node);
	worker->flags = WORKER_PREP;
	return worker;
}

/**
 * create_worker - make one more worker
 * @pool: not locked
 *
 * Context: may sleep.
 * Return: false if there is no memory.
 */
static bool create_worker(struct worker_pool *pool)
{
	struct worker *worker = alloc_worker();

	if (!worker)
		return false;
	raw_spin_lock_irq(&pool->lock);
	worker->id = pool->next_id++;
	raw_spin_unlock_irq(&pool->lock);

	if (pool->cpu >= 0)
		worker->task = kthread_create(worker_thread, worker, "kworker/%d:%d%s", pool->cpu,
					      worker->id, pool->nice < 0 ? "H" : "");
	else
		worker->task = kthread_create(worker_thread, worker, "kworker/u%d:%d%s",
					      (int)(pool - unbound_pools), worker->id,
					      pool->nice < 0 ? "H" : "");
	if (IS_ERR(worker->task)) {
		kfree(worker);
		return false;
	}
	set_user_nice(worker->task, pool->nice);
	worker->task->flags |= PF_NO_SETAFFINITY;
	worker_attach_to_pool(worker, pool);

	raw_spin_lock_irq(&pool->lock);
	pool->nr_workers++;
	worker_enter_idle(worker);
	wake_up_process(worker->task);
	raw_spin_unlock_irq(&pool->lock);
	return true;
}

static bool too_idle(struct worker *worker)
{
	return !time_before(jiffies, worker->last_active + IDLE_WORKER_TIMEOUT);
}

static void idle_worker_timeout(struct timer_list *t)
{
	struct worker_pool *pool = from_timer(pool, t, idle_timer);

	queue_work(system_unbound_wq, &pool->idle_cull_work);
}

/* The longest idle stand at the end of the list. They end as soon as they wake. */
static void idle_cull_fn(struct work_struct *work)
{
	struct worker_pool *pool = container_of(work, struct worker_pool, idle_cull_work);
	struct worker *worker;

	raw_spin_lock_irq(&pool->lock);
	while (too_many_workers(pool)) {
		worker = list_last_entry(&pool->idle_list, struct worker, entry);
		if (!too_idle(worker)) {
			mod_timer(&pool->idle_timer, worker->last_active + IDLE_WORKER_TIMEOUT);
			break;
		}
		pool->nr_workers--;
		pool->nr_idle--;
		list_del_init(&worker->entry);
		worker->flags |= WORKER_DIE;
		wake_up_process(worker->task);
	}
	raw_spin_unlock_irq(&pool->lock);
}

/* ---- calling for help ---- */

static void send_mayday(struct work_struct *work)
{
	struct pool_workqueue *pwq = get_work_pwq(work);
	struct workqueue_struct *wq = pwq->wq;

	lockdep_assert_held(&wq_mayday_lock);
	if (!wq->rescuer || !list_empty(&pwq->mayday_node))
		return;
	list_add_tail(&pwq->mayday_node, &wq->maydays);
	wake_up_process(wq->rescuer->task);
}

static void pool_mayday_timeout(struct timer_list *t)
{
	struct worker_pool *pool = from_timer(pool, t, mayday_timer);
	struct work_struct *work;

	raw_spin_lock_irq(&pool->lock);
	raw_spin_lock(&wq_mayday_lock);
	if (need_to_create_worker(pool))
		list_for_each_entry(work, &pool->worklist, entry)
			send_mayday(work);
	raw_spin_unlock(&wq_mayday_lock);
	raw_spin_unlock_irq(&pool->lock);
	mod_timer(&pool->mayday_timer, jiffies + MAYDAY_INTERVAL);
}

/* Make a worker, trying until it works or is not needed. pool->lock is dropped meanwhile. */
static void maybe_create_worker(struct worker_pool *pool)
{
	for (;;) {
		raw_spin_unlock_irq(&pool->lock);
		mod_timer(&pool->mayday_timer, jiffies + MAYDAY_INITIAL_TIMEOUT);
		for (;;) {
			if (create_worker(pool) || !need_to_create_worker(pool))
				break;
			schedule_timeout_interruptible(CREATE_COOLDOWN);
			if (!need_to_create_worker(pool))
				break;
		}
		timer_delete_sync(&pool->mayday_timer);
		raw_spin_lock_irq(&pool->lock);
		/* The new one may have been taken already. */
		if (!need_to_create_worker(pool))
			return;
	}
}

/* Be the manager, if nobody is. Return: true if the lock was dropped. */
static bool manage_workers(struct worker_pool *pool)
{
	if (pool->flags & POOL_MANAGER_ACTIVE)
		return false;
	pool->flags |= POOL_MANAGER_ACTIVE;
	maybe_create_worker(pool);
	pool->flags &= ~POOL_MANAGER_ACTIVE;
	wake_up(&wq_manager_wait);
	return true;
}

/* ---- running works ---- */

static void complain_about_leak(struct worker *worker, int preempt_before)
{
	if (likely(preempt_count() == preempt_before && !irqs_disabled()))
		return;
	pr_err("BUG: workqueue leaked atomic context: %s/0x%08x/%d\n     last function: %ps\n",
	       current->comm, preempt_count(), task_pid_nr(current), worker->current_func);
	dump_stack();
	preempt_count_set(preempt_before);
	local_irq_enable();
}

/* The function, with no lock held. The work may be gone when it returns. */
static void call_work_fn(struct worker *worker, struct work_struct *work,
			 struct pool_workqueue *pwq)
{
	int preempt_before = preempt_count();
#ifdef CONFIG_LOCKDEP
	struct lockdep_map lockdep_map = work->lockdep_map;

	lock_map_acquire(&pwq->wq->lockdep_map);
	lock_map_acquire(&lockdep_map);
	worker->current_func(work);
	lock_map_release(&lockdep_map);
	lock_map_release(&pwq->wq->lockdep_map);
#else
	worker->current_func(work);
#endif
	complain_about_leak(worker, preempt_before);
}

/* pool->lock is held, dropped meanwhile, and held again. */
static void process_one_work(struct worker *worker, struct work_struct *work)
	__releases(&pool->lock) __acquires(&pool->lock)
{
	struct pool_workqueue *pwq = get_work_pwq(work);
	struct worker_pool *pool = worker->pool;
	unsigned long work_data = atomic_long_read(&work->data);

	hash_add(pool->busy_hash, &worker->hentry, (unsigned long)work);
	worker->current_work = work;
	worker->current_func = work->func;
	worker->current_pwq = pwq;
	worker->current_start = jiffies;
	list_del_init(&work->entry);
	if (pwq->wq->flags & WQ_CPU_INTENSIVE)
		worker_set_flags(worker, WORKER_CPU_INTENSIVE);

	/* If this worker does not count, the next work needs another one right now. */
	kick_pool(pool);
	/* From here on it may be queued again; that finds us in the hash. */
	set_work_pool_and_clear_pending(work, pool->id, 0);
	raw_spin_unlock_irq(&pool->lock);

	call_work_fn(worker, work, pwq);
	/* Works that queue themselves must not keep stop_machine() from this CPU for ever. */
	cond_resched();

	raw_spin_lock_irq(&pool->lock);
	worker_clr_flags(worker, WORKER_CPU_INTENSIVE);
	hash_del(&worker->hentry);
	worker->current_work = NULL;
	worker->current_func = NULL;
	worker->current_pwq = NULL;
	worker->desc[0] = '\0';
	INIT_LIST_HEAD(&worker->entry);
	pwq_put_work(pwq, work_data);
}

static void process_scheduled_works(struct worker *worker)
{
	struct work_struct *work;

	while ((work = list_first_entry_or_null(&worker->scheduled, struct work_struct, entry)))
		process_one_work(worker, work);
}

/*
 * Give a work, and those linked to it, to a worker. One that runs already (and was queued again)
 * goes to the worker that runs it: a work never runs twice at once.
 */
static bool assign_work(struct work_struct *work, struct worker *worker, struct work_struct **nextp)
{
	struct worker *collision = find_worker_executing_work(worker->pool, work);

	if (unlikely(collision && collision != worker)) {
		move_linked_works(work, &collision->scheduled, nextp);
		return false;
	}
	move_linked_works(work, &worker->scheduled, nextp);
	return true;
}

static void worker_run_works(struct worker *worker)
{
	struct worker_pool *pool = worker->pool;
	struct work_struct *work;

	worker_clr_flags(worker, WORKER_PREP | WORKER_REBOUND);
	do {
		work = list_first_entry(&pool->worklist, struct work_struct, entry);
		if (assign_work(work, worker, NULL))
			process_scheduled_works(worker);
	} while (keep_working(pool));
	worker_set_flags(worker, WORKER_PREP);
}

static int worker_exit(struct worker *worker)
{
	set_pf_worker(false);
	worker_detach_from_pool(worker);
	kfree(worker);
	return 0;
}

static int worker_thread(void *arg)
{
	struct worker *worker = arg;
	struct worker_pool *pool = worker->pool;

	set_pf_worker(true);
	for (;;) {
		raw_spin_lock_irq(&pool->lock);
		if (unlikely(worker->flags & WORKER_DIE)) {
			raw_spin_unlock_irq(&pool->lock);
			return worker_exit(worker);
		}
		worker_leave_idle(worker);
		while (need_more_worker(pool)) {
			/* The last idle one makes another before it works. */
			if (!may_start_working(pool) && manage_workers(pool))
				continue;
			worker_run_works(worker);
			break;
		}
		worker_enter_idle(worker);
		__set_current_state(TASK_IDLE);
		raw_spin_unlock_irq(&pool->lock);
		schedule();
	}
}

/* ---- rescuers ---- */

/* Take the works of one queue out of a pool's list. */
static bool rescuer_slurp(struct worker *rescuer, struct pool_workqueue *pwq)
{
	struct work_struct *work, *n;
	bool any = false;

	list_for_each_entry_safe(work, n, &pwq->pool->worklist, entry)
		if (get_work_pwq(work) == pwq && assign_work(work, rescuer, &n))
			any = true;
	return any;
}

static void rescue_pwq(struct worker *rescuer, struct pool_workqueue *pwq)
{
	struct worker_pool *pool = pwq->pool;

	worker_attach_to_pool(rescuer, pool);
	raw_spin_lock_irq(&pool->lock);
	while (rescuer_slurp(rescuer, pwq)) {
		process_scheduled_works(rescuer);
		/* Works that became active now would wait for the next mayday otherwise. */
		if (!need_to_create_worker(pool))
			break;
	}
	kick_pool(pool);
	raw_spin_unlock_irq(&pool->lock);
	worker_detach_from_pool(rescuer);
}

static int rescuer_thread(void *arg)
{
	struct worker *rescuer = arg;
	struct workqueue_struct *wq = rescuer->rescue_wq;
	struct pool_workqueue *pwq;
	bool should_stop;

	set_user_nice(current, MIN_NICE);
	/* WORKER_PREP stays set: a rescuer is never counted as running. */
	set_pf_worker(true);
	for (;;) {
		set_current_state(TASK_IDLE);
		/* What was asked for before the end is done first. */
		should_stop = kthread_should_stop();

		raw_spin_lock_irq(&wq_mayday_lock);
		while ((pwq = list_first_entry_or_null(&wq->maydays, struct pool_workqueue,
						       mayday_node))) {
			__set_current_state(TASK_RUNNING);
			list_del_init(&pwq->mayday_node);
			raw_spin_unlock_irq(&wq_mayday_lock);
			rescue_pwq(rescuer, pwq);
			raw_spin_lock_irq(&wq_mayday_lock);
		}
		raw_spin_unlock_irq(&wq_mayday_lock);

		if (should_stop) {
			__set_current_state(TASK_RUNNING);
			set_pf_worker(false);
			return 0;
		}
		schedule();
	}
}

/**
 * init_rescuer - give a queue its rescuer
 * @wq: with WQ_MEM_RECLAIM
 *
 * Return: 0, -ENOMEM, or what kthread_create() returned.
 */
int init_rescuer(struct workqueue_struct *wq)
{
	struct worker *rescuer = alloc_worker();
	struct task_struct *task;

	if (!rescuer)
		return -ENOMEM;
	rescuer->rescue_wq = wq;
	task = kthread_create(rescuer_thread, rescuer, "kworker/R-%s", wq->name);
	if (IS_ERR(task)) {
		kfree(rescuer);
		return PTR_ERR(task);
	}
	rescuer->task = task;
	wq->rescuer = rescuer;
	task->flags |= PF_NO_SETAFFINITY;
	wake_up_process(task);
	return 0;
}

/* ---- hot-plug ---- */

/**
 * workqueue_prepare_cpu - a CPU will come up: its pools get a first worker each
 * @cpu: the CPU
 *
 * Context: hot-plug callback, may sleep.
 * Return: 0, -ENOMEM.
 */
int workqueue_prepare_cpu(unsigned int cpu)
{
	struct worker_pool *pool;

	for_each_cpu_pool(pool, cpu)
		if (!pool->nr_workers && !create_worker(pool))
			return -ENOMEM;
	return 0;
}

static void rebind_workers(struct worker_pool *pool)
{
	struct worker *worker;

	/* First where they run, so that none is counted while it is elsewhere. */
	list_for_each_entry(worker, &pool->workers, node) {
		kthread_set_per_cpu(worker->task, pool->cpu);
		WARN_ON_ONCE(set_cpus_allowed_ptr(worker->task, cpumask_of(pool->cpu)) < 0);
	}
	raw_spin_lock_irq(&pool->lock);
	pool->flags &= ~POOL_DISASSOCIATED;
	list_for_each_entry(worker, &pool->workers, node) {
		unsigned int flags = worker->flags;

		/*
		 * In exchange, in one store: it stays uncounted until it looks for its next work,
		 * and never was counted while it slept.
		 */
		flags |= WORKER_REBOUND;
		flags &= ~WORKER_UNBOUND;
		WRITE_ONCE(worker->flags, flags);
	}
	raw_spin_unlock_irq(&pool->lock);
}

static void unbind_workers(struct worker_pool *pool)
{
	struct worker *worker;

	raw_spin_lock_irq(&pool->lock);
	list_for_each_entry(worker, &pool->workers, node)
		worker->flags |= WORKER_UNBOUND;
	pool->flags |= POOL_DISASSOCIATED;
	/* From here on as an unbound pool: each work gets a worker. */
	atomic_set(&pool->nr_running, 0);
	kick_pool(pool);
	raw_spin_unlock_irq(&pool->lock);

	list_for_each_entry(worker, &pool->workers, node) {
		kthread_set_per_cpu(worker->task, -1);
		WARN_ON_ONCE(set_cpus_allowed_ptr(worker->task, cpu_possible_mask) < 0);
	}
}

/**
 * workqueue_online_cpu - a CPU is up: its workers come back to it
 * @cpu: the CPU
 *
 * Context: its cpuhp thread.
 * Return: 0.
 */
int workqueue_online_cpu(unsigned int cpu)
{
	struct worker_pool *pool;

	mutex_lock(&wq_attach_mutex);
	for_each_cpu_pool(pool, cpu)
		rebind_workers(pool);
	mutex_unlock(&wq_attach_mutex);
	return 0;
}

/**
 * workqueue_offline_cpu - a CPU goes down: its workers may run anywhere meanwhile
 * @cpu: this one
 *
 * Context: its cpuhp thread, on that CPU.
 * Return: 0; -1 on another CPU, with a warning.
 */
int workqueue_offline_cpu(unsigned int cpu)
{
	struct worker_pool *pool;

	if (WARN_ON(cpu != smp_processor_id()))
		return -1;
	mutex_lock(&wq_attach_mutex);
	for_each_cpu_pool(pool, cpu)
		unbind_workers(pool);
	mutex_unlock(&wq_attach_mutex);
	return 0;
}

/* ---- start ---- */

static void __init init_worker_pool(struct worker_pool *pool, int cpu, int index)
{
	raw_spin_lock_init(&pool->lock);
	pool->cpu = cpu;
	pool->id = (cpu >= 0 ? cpu : NR_CPUS) * NR_STD_POOLS + index;
	pool->nice = std_nice[index];
	pool->flags = POOL_DISASSOCIATED;
	INIT_LIST_HEAD(&pool->worklist);
	INIT_LIST_HEAD(&pool->idle_list);
	INIT_LIST_HEAD(&pool->workers);
	hash_init(pool->busy_hash);
	timer_setup(&pool->idle_timer, idle_worker_timeout, TIMER_DEFERRABLE);
	INIT_WORK(&pool->idle_cull_work, idle_cull_fn);
	timer_setup(&pool->mayday_timer, pool_mayday_timeout, 0);
}

/** wq_pools_init_early - make all pools. Context: boot, no threads yet. */
void __init wq_pools_init_early(void)
{
	int cpu, i;

	for (i = 0; i < NR_STD_POOLS; i++) {
		for_each_possible_cpu(cpu)
			init_worker_pool(&per_cpu(cpu_pools, cpu)[i], cpu, i);
		init_worker_pool(&unbound_pools[i], -1, i);
	}
}

/** wq_pools_start - make the first workers. Context: boot, threads work; other CPUs don't yet. */
void __init wq_pools_start(void)
{
	struct worker_pool *pool;
	int cpu, i;

	for_each_online_cpu(cpu) {
		for_each_cpu_pool(pool, cpu) {
			pool->flags &= ~POOL_DISASSOCIATED;
			BUG_ON(!create_worker(pool));
		}
	}
	for (i = 0; i < NR_STD_POOLS; i++)
		BUG_ON(!create_worker(&unbound_pools[i]));
	wq_online = true;
}

/** show_pool - what a pool is at, by printk */
void show_pool(struct worker_pool *pool)
{
	struct worker *worker;
	unsigned long flags;
	int bkt;

	raw_spin_lock_irqsave(&pool->lock, flags);
	if (pool->nr_workers != pool->nr_idle || !list_empty(&pool->worklist)) {
		pr_info("pool %d: cpu=%d nice=%d flags=0x%x workers=%d idle=%d running=%d\n",
			pool->id, pool->cpu, pool->nice, pool->flags, pool->nr_workers,
			pool->nr_idle, atomic_read(&pool->nr_running));
		hash_for_each(pool->busy_hash, bkt, worker, hentry)
			pr_info("  %s: %ps since %u ms\n", worker->task->comm,
				worker->current_func,
				jiffies_to_msecs(jiffies - worker->current_start));
	}
	raw_spin_unlock_irqrestore(&pool->lock, flags);
}
