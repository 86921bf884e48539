// SPDX-License-Identifier: MIT
/*
 * Workers: how many threads of a crew run works, and where.
 *
 * A bound crew wants exactly one worker awake on its CPU as long as works wait. With none the CPU
 * idles; two would only take turns. So it counts those awake, with the scheduler's help: it calls
 * wq_worker_sleeping() as a worker is about to sleep inside a work, and if that was the last one
 * awake another is woken to go on.
 *
 *	awake	worker A			worker B
 *	  1	work 1: mutex_lock()
 *	  0	  wq_worker_sleeping(): wakes B
 *	  1	  .				starts its shift: work 2
 *	  2	  wq_worker_running()		.
 *	  1	.				work 2 ends; two awake: B's shift is over
 *
 * Not all workers count. worker->off has the reasons, and worker_count_out() and worker_count_in()
 * keep this true under crew->lock:
 *
 *	crew->awake == number of workers that have off == 0 and are not asleep
 *
 * An unbound crew, and one whose CPU is down, counts nobody (all are OFF_ADRIFT): each work that
 * waits gets a worker as long as there is one. How many that are is limited by the lanes.
 *
 * A crew keeps a spare: who starts a shift as the last idle one calls the recruiter
 * (workqueue_recruit.c), so that somebody is there when it sleeps.
 *
 * CPUs come and go. As one goes down its workers are set adrift. When it is back they are sent
 * home, and each counts again from its next work on: what it runs until then was begun elsewhere.
 */
#include "workqueue_internal.h"

#include <linux/bug.h>
#include <linux/cpu.h>
#include <linux/cpumask.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/printk.h>
#include <linux/sched/prio.h>
#include <linux/slab.h>
#include <linux/smp.h>

/* A worker may be idle for so long before it is dismissed, if there are enough others. */
#define IDLE_TIMEOUT	(300 * HZ)

/* A work that has computed for more than 10 ms doesn't keep the next one waiting. */
#define LONG_WORK	(HZ / 100 + 1)

static DEFINE_PER_CPU(struct worker_crew [2], cpu_crews);
static struct worker_crew unbound_crews[2];

/* By number; crews of CPUs that are not possible are NULL. */
struct worker_crew *wq_crews[1 + NR_CREWS] __ro_after_init;

static DEFINE_MUTEX(wq_roster_mutex);

/* ---- who is awake: crew->lock held ---- */

static void worker_count_out(struct worker *worker, unsigned int reason)
{
	lockdep_assert_held(&worker->crew->lock);
	if (!worker->off)
		atomic_dec(&worker->crew->awake);
	WRITE_ONCE(worker->off, worker->off | reason);
}

static void worker_count_in(struct worker *worker, unsigned int reasons)
{
	unsigned int before = worker->off;

	lockdep_assert_held(&worker->crew->lock);
	WRITE_ONCE(worker->off, before & ~reasons);
	if (before && !worker->off)
		atomic_inc(&worker->crew->awake);
}

/**
 * crew_wake_worker - wake an idle worker, if the crew needs one
 * @crew: locked
 *
 * The woken one stays idle until it has the lock. Who comes meanwhile and wakes it again loses
 * nothing: it starts the first work, sees that more wait, and wakes the next.
 */
void crew_wake_worker(struct worker_crew *crew)
{
	struct worker *worker;

	lockdep_assert_held(&crew->lock);
	if (!crew_needs_worker(crew))
		return;
	worker = list_first_entry_or_null(&crew->idle, struct worker, node);
	if (worker)
		wake_up_process(worker->task);
}

/**
 * crew_find_worker - who runs a work?
 * @crew: locked
 * @work: the work
 *
 * A work's function may free it, and its memory be a new work while the old one's function has not
 * returned. It is another work if it has another function; if it has the same, it is taken for the
 * old one and waits for nothing worse than that one's end.
 *
 * Return: the worker or NULL.
 */
struct worker *crew_find_worker(struct worker_crew *crew, struct work_struct *work)
{
	struct worker *worker;

	hash_for_each_possible(crew->busy, worker, busy_node, (unsigned long)work)
		if (worker->work == work && worker->func == work->func)
			return worker;
	return NULL;
}

/* ---- what the scheduler tells ---- */

/**
 * wq_worker_sleeping - a worker is about to sleep
 * @task: current, with PF_WQ_WORKER
 *
 * Context: schedule(), before the run queue is locked.
 */
void wq_worker_sleeping(struct task_struct *task)
{
	struct worker *worker = kthread_data(task);
	struct worker_crew *crew;

	if (READ_ONCE(worker->off) || worker->asleep)
		return;
	crew = worker->crew;
	/* Before the count changes, so that a tick between here and there leaves us alone. */
	WRITE_ONCE(worker->asleep, true);
	raw_spin_lock_irq(&crew->lock);
	/* It may have been set adrift while it waited for the lock. */
	if (!worker->off) {
		atomic_dec(&crew->awake);
		crew_wake_worker(crew);
	}
	raw_spin_unlock_irq(&crew->lock);
}

/**
 * wq_worker_running - a worker is back from sleep
 * @task: current, with PF_WQ_WORKER
 *
 * Only this CPU sets its workers adrift, in a thread. With preemption off that happens before we
 * look, and we don't count, or after we have counted, and the count is thrown away with the rest.
 *
 * Context: schedule(), after the switch.
 */
void wq_worker_running(struct task_struct *task)
{
	struct worker *worker = kthread_data(task);

	if (!worker->asleep)
		return;
	preempt_disable();
	if (!READ_ONCE(worker->off))
		atomic_inc(&worker->crew->awake);
	preempt_enable();
	WRITE_ONCE(worker->asleep, false);
}

/**
 * wq_worker_tick - a tick hit a worker
 * @task: current, with PF_WQ_WORKER
 *
 * A work that computes for long would keep all others of its CPU waiting: from some time on it is
 * not counted, and they start beside it.
 *
 * Context: hard irq.
 */
void wq_worker_tick(struct task_struct *task)
{
	struct worker *worker = kthread_data(task);
	struct worker_crew *crew;

	if (READ_ONCE(worker->off) || READ_ONCE(worker->asleep) || !READ_ONCE(worker->work) ||
	    time_before(jiffies, worker->since + LONG_WORK))
		return;
	crew = worker->crew;
	raw_spin_lock(&crew->lock);
	worker_count_out(worker, OFF_LONG_WORK);
	crew_wake_worker(crew);
	raw_spin_unlock(&crew->lock);
}

/* ---- idle workers: crew->lock held ---- */

/* Two may always idle, and one more for each four that are busy. */
static bool crew_is_idling(struct worker_crew *crew)
{
	int busy = crew->nr_workers - crew->nr_idle;

	return crew->nr_idle > 2 + busy / 4;
}

static void worker_enter_idle(struct worker *worker)
{
	struct worker_crew *crew = worker->crew;

	worker->idle_since = jiffies;
	list_add(&worker->node, &crew->idle);
	crew->nr_idle++;
	if (crew_is_idling(crew) && !timer_pending(&crew->idle_timer))
		mod_timer(&crew->idle_timer, jiffies + IDLE_TIMEOUT);
}

static void worker_leave_idle(struct worker *worker)
{
	list_del_init(&worker->node);
	worker->crew->nr_idle--;
}

/*
 * The one that has idled longest is last in the list. It is never the one that crew_wake_worker()
 * has just woken, which is the first: there are at least three.
 */
static void dismiss_idle_workers(struct timer_list *t)
{
	struct worker_crew *crew = from_timer(crew, t, idle_timer);
	unsigned long due;

	raw_spin_lock_irq(&crew->lock);
	while (crew_is_idling(crew)) {
		struct worker *worker = list_last_entry(&crew->idle, struct worker, node);

		due = worker->idle_since + IDLE_TIMEOUT;
		if (time_before(jiffies, due)) {
			mod_timer(&crew->idle_timer, due);
			break;
		}
		worker_leave_idle(worker);
		crew->nr_workers--;
		worker->dismissed = true;
		wake_up_process(worker->task);
	}
	raw_spin_unlock_irq(&crew->lock);
}

/* ---- running works ---- */

/* A function that returns with a lock held would take everything after it down. */
static void check_context_after(struct worker *worker, int preempt_before)
{
	if (likely(preempt_count() == preempt_before && !irqs_disabled()))
		return;
	pr_err("BUG: work function %ps returned in atomic context\n", worker->func);
	pr_err("  %s/%d: preempt_count 0x%x, was 0x%x; interrupts %s\n", current->comm,
	       task_pid_nr(current), preempt_count(), preempt_before,
	       irqs_disabled() ? "off" : "on");
	dump_stack();
	preempt_count_set(preempt_before);
	local_irq_enable();
}

/* Call the function, with no lock held. The work may be gone when it returns, its map too. */
static void call_work_func(struct worker *worker, struct work_struct *work)
{
	int preempt_before = preempt_count();
#ifdef CONFIG_LOCKDEP
	struct lockdep_map work_map = work->lockdep_map;
	struct lockdep_map *wq_map = worker->lane->wq->lockdep_map;

	lock_map_acquire(wq_map);
	lock_map_acquire(&work_map);
	worker->func(work);
	lock_map_release(&work_map);
	lock_map_release(wq_map);
#else
	worker->func(work);
#endif
	check_context_after(worker, preempt_before);
}

static void worker_begin_work(struct worker *worker, struct lane *lane, struct work_struct *work)
{
	struct worker_crew *crew = worker->crew;

	worker->func = work->func;
	worker->lane = lane;
	worker->generation = work_generation(atomic_long_read(&work->data));
	worker->since = jiffies;
	WRITE_ONCE(worker->work, work);
	hash_add(crew->busy, &worker->busy_node, (unsigned long)work);
	if (unlikely(!list_empty(&crew->flushers)))
		flushers_follow_work(worker, work);
	if (READ_ONCE(lane->wq->flags) & WQ_CPU_INTENSIVE)
		worker_count_out(worker, OFF_LONG_WORK);
	/* If we are not counted, the next work needs another worker right now. */
	crew_wake_worker(crew);
}

/* Return: the lane through which the same work is to run once more; NULL. */
static struct lane *worker_end_work(struct worker *worker)
{
	struct lane *again = worker->again;

	worker_count_in(worker, OFF_LONG_WORK);
	hash_del(&worker->busy_node);
	INIT_LIST_HEAD(&worker->node);
	flushers_release(&worker->flushers);
	lane_finish_work(worker->lane, worker->generation);
	WRITE_ONCE(worker->work, NULL);
	WRITE_ONCE(worker->func, NULL);
	worker->lane = NULL;
	worker->again = NULL;
	worker->desc[0] = '\0';
	return again;
}

/**
 * worker_run_work - run a work, and run it again if it is handed to us meanwhile
 * @worker: the current thread's. Its crew is locked, and unlocked meanwhile
 * @lane: where the work comes from
 * @work: out of its lane; not touched any more once its function has begun
 */
void worker_run_work(struct worker *worker, struct lane *lane, struct work_struct *work)
	__releases(&crew->lock) __acquires(&crew->lock)
{
	struct worker_crew *crew = worker->crew;

	do {
		worker_begin_work(worker, lane, work);
		/* From here on it may be queued again, and is found to run here. */
		work_release(work, lane->tag);
		raw_spin_unlock_irq(&crew->lock);

		call_work_func(worker, work);
		/* Works that queue themselves must not keep stop_machine() off this CPU. */
		cond_resched();

		raw_spin_lock_irq(&crew->lock);
		lane = worker_end_work(worker);
	} while (lane);
}

/* Before each work: the CPU may have come back while the last one ran. */
static void worker_on_duty(struct worker *worker)
{
	if (worker->off)
		worker_count_in(worker, OFF_DUTY | (worker->crew->bound ? OFF_ADRIFT : 0));
}

/* Run works until there are none, or somebody else does. crew->lock is dropped meanwhile. */
static void worker_shift(struct worker *worker)
{
	struct worker_crew *crew = worker->crew;
	struct work_struct *work;
	struct lane *lane;

	worker_leave_idle(worker);
	if (!crew->nr_idle)
		recruiter_call();
	do {
		worker_on_duty(worker);
		lane = list_first_entry(&crew->ready, struct lane, ready_node);
		work = lane_start_work(lane);
		if (likely(work))
			worker_run_work(worker, lane, work);
	} while (!list_empty(&crew->ready) && atomic_read(&crew->awake) <= 1);
	worker_count_out(worker, OFF_DUTY);
	worker_enter_idle(worker);
}

static int worker_thread(void *arg)
{
	struct worker *worker = arg;
	struct worker_crew *crew = worker->crew;

	current->flags |= PF_WQ_WORKER;
	raw_spin_lock_irq(&crew->lock);
	while (!worker->dismissed) {
		while (crew_needs_worker(crew))
			worker_shift(worker);
		/* Under the lock: who queues from now on finds a sleeper to wake. */
		__set_current_state(TASK_IDLE);
		raw_spin_unlock_irq(&crew->lock);
		schedule();
		raw_spin_lock_irq(&crew->lock);
	}
	raw_spin_unlock_irq(&crew->lock);

	current->flags &= ~PF_WQ_WORKER;
	worker_leave_crew(worker);
	kfree(worker);
	return 0;
}

/* ---- who belongs to a crew ---- */

/* Where a worker of the crew may run; wq_roster_mutex held. */
static void worker_go_home(struct worker *worker, struct worker_crew *crew)
{
	kthread_set_per_cpu(worker->task, crew->cpu);
	WARN_ON_ONCE(set_cpus_allowed_ptr(worker->task, cpumask_of(crew->cpu)) < 0);
}

static void worker_go_anywhere(struct worker *worker)
{
	kthread_set_per_cpu(worker->task, -1);
	WARN_ON_ONCE(set_cpus_allowed_ptr(worker->task, cpu_possible_mask) < 0);
}

/**
 * worker_join_crew - make a worker the crew's, and send it where the crew's workers run
 * @worker: its thread has not started, or is the current one; it does not count
 * @crew: the crew
 *
 * Context: may sleep.
 */
void worker_join_crew(struct worker *worker, struct worker_crew *crew)
{
	mutex_lock(&wq_roster_mutex);
	if (crew->bound)
		worker_go_home(worker, crew);
	else
		worker_go_anywhere(worker);
	WRITE_ONCE(worker->off, worker->off | OFF_ADRIFT);
	worker->crew = crew;
	list_add_tail(&worker->roster_node, &crew->roster);
	mutex_unlock(&wq_roster_mutex);
}

/**
 * worker_leave_crew - the contrary
 * @worker: the current thread's; it does not count
 *
 * Context: may sleep.
 */
void worker_leave_crew(struct worker *worker)
{
	mutex_lock(&wq_roster_mutex);
	kthread_set_per_cpu(worker->task, -1);
	list_del(&worker->roster_node);
	worker->crew = NULL;
	mutex_unlock(&wq_roster_mutex);
}

/** alloc_worker - memory for a worker, off duty and of no crew; NULL without memory. May sleep */
struct worker *alloc_worker(void)
{
	struct worker *worker = kzalloc(sizeof(*worker), GFP_KERNEL);

	if (!worker)
		return NULL;
	INIT_LIST_HEAD(&worker->node);
	INIT_LIST_HEAD(&worker->flushers);
	INIT_LIST_HEAD(&worker->roster_node);
	worker->off = OFF_DUTY;
	return worker;
}

static struct task_struct *make_worker_thread(struct worker *worker, struct worker_crew *crew)
{
	const char *suffix = crew->nice < 0 ? "H" : "";

	if (crew->cpu < 0)
		return kthread_create(worker_thread, worker, "kworker/u%d:%d%s",
				      (int)(crew - unbound_crews), worker->id, suffix);
	return kthread_create(worker_thread, worker, "kworker/%d:%d%s", crew->cpu, worker->id,
			      suffix);
}

/**
 * crew_hire - make one more worker
 * @crew: not locked
 *
 * Context: may sleep.
 * Return: false if there is no memory.
 */
bool crew_hire(struct worker_crew *crew)
{
	struct worker *worker = alloc_worker();

	if (!worker)
		return false;
	raw_spin_lock_irq(&crew->lock);
	worker->id = crew->next_id++;
	raw_spin_unlock_irq(&crew->lock);
	worker->task = make_worker_thread(worker, crew);
	if (IS_ERR(worker->task)) {
		kfree(worker);
		return false;
	}
	set_user_nice(worker->task, crew->nice);
	worker->task->flags |= PF_NO_SETAFFINITY;
	worker_join_crew(worker, crew);

	raw_spin_lock_irq(&crew->lock);
	crew->nr_workers++;
	worker_enter_idle(worker);
	wake_up_process(worker->task);
	raw_spin_unlock_irq(&crew->lock);
	return true;
}

/* ---- CPUs come and go ---- */

/* Where they run first, so that none is counted while it is elsewhere. */
static void crew_bind(struct worker_crew *crew)
{
	struct worker *worker;

	list_for_each_entry(worker, &crew->roster, roster_node)
		worker_go_home(worker, crew);
	raw_spin_lock_irq(&crew->lock);
	crew->bound = true;
	raw_spin_unlock_irq(&crew->lock);
}

static void crew_set_adrift(struct worker_crew *crew)
{
	struct worker *worker;

	raw_spin_lock_irq(&crew->lock);
	crew->bound = false;
	list_for_each_entry(worker, &crew->roster, roster_node)
		WRITE_ONCE(worker->off, worker->off | OFF_ADRIFT);
	atomic_set(&crew->awake, 0);
	crew_wake_worker(crew);
	raw_spin_unlock_irq(&crew->lock);

	list_for_each_entry(worker, &crew->roster, roster_node)
		worker_go_anywhere(worker);
}

/**
 * workqueue_prepare_cpu - a CPU will come up: its crews get a first worker each
 * @cpu: the CPU
 *
 * Context: may sleep.
 * Return: 0 or -ENOMEM.
 */
int workqueue_prepare_cpu(unsigned int cpu)
{
	int i;

	for (i = 0; i < 2; i++) {
		struct worker_crew *crew = cpu_crew(cpu, i);

		if (!crew->nr_workers && !crew_hire(crew))
			return -ENOMEM;
	}
	return 0;
}

/**
 * workqueue_online_cpu - the CPU is up
 * @cpu: the CPU
 *
 * Context: its hot-plug thread.
 * Return: 0.
 */
int workqueue_online_cpu(unsigned int cpu)
{
	mutex_lock(&wq_roster_mutex);
	crew_bind(cpu_crew(cpu, false));
	crew_bind(cpu_crew(cpu, true));
	mutex_unlock(&wq_roster_mutex);
	return 0;
}

/**
 * workqueue_offline_cpu - the CPU goes down
 * @cpu: the CPU
 *
 * Context: its hot-plug thread, on that CPU (see wq_worker_running()).
 * Return: 0; -EINVAL on another CPU.
 */
int workqueue_offline_cpu(unsigned int cpu)
{
	if (WARN_ON(cpu != smp_processor_id()))
		return -EINVAL;
	mutex_lock(&wq_roster_mutex);
	crew_set_adrift(cpu_crew(cpu, false));
	crew_set_adrift(cpu_crew(cpu, true));
	mutex_unlock(&wq_roster_mutex);
	return 0;
}

/* ---- start ---- */

static void __init init_crew(struct worker_crew *crew, int cpu, bool highpri)
{
	raw_spin_lock_init(&crew->lock);
	crew->cpu = cpu < NR_CPUS ? cpu : -1;
	crew->nr = 1 + 2 * cpu + highpri;
	crew->nice = highpri ? MIN_NICE : 0;
	INIT_LIST_HEAD(&crew->ready);
	INIT_LIST_HEAD(&crew->idle);
	INIT_LIST_HEAD(&crew->flushers);
	INIT_LIST_HEAD(&crew->roster);
	hash_init(crew->busy);
	timer_setup(&crew->idle_timer, dismiss_idle_workers, TIMER_DEFERRABLE);
	wq_crews[crew->nr] = crew;
}

/** crews_init_early - make all crews, without workers. Context: boot, no threads yet */
void __init crews_init_early(void)
{
	int cpu, i;

	BUILD_BUG_ON(NR_CREWS > WORK_CREW_MAX);
	for (i = 0; i < 2; i++) {
		for_each_possible_cpu(cpu)
			init_crew(&per_cpu(cpu_crews, cpu)[i], cpu, i);
		init_crew(&unbound_crews[i], NR_CPUS, i);
	}
}

/** crews_start - make the first workers. Context: boot, threads work; other CPUs don't yet */
void __init crews_start(void)
{
	struct worker_crew *crew;
	int nr;

	for_each_crew(crew, nr) {
		if (crew->cpu >= 0 && !cpu_online(crew->cpu))
			continue;
		crew->bound = crew->cpu >= 0;
		BUG_ON(!crew_hire(crew));
	}
}

/** show_crew - what a crew is at, by printk, if it is at anything */
void show_crew(struct worker_crew *crew)
{
	struct worker *worker;
	unsigned long flags;
	int bucket;

	raw_spin_lock_irqsave(&crew->lock, flags);
	if (crew->nr_workers != crew->nr_idle || !list_empty(&crew->ready)) {
		pr_info("crew %d: cpu=%d nice=%d bound=%d workers=%d idle=%d awake=%d\n",
			crew->nr, crew->cpu, crew->nice, crew->bound, crew->nr_workers,
			crew->nr_idle, atomic_read(&crew->awake));
		hash_for_each(crew->busy, bucket, worker, busy_node)
			pr_info("  %s: %ps since %u ms\n", worker->task->comm, worker->func,
				jiffies_to_msecs(jiffies - worker->since));
	}
	raw_spin_unlock_irqrestore(&crew->lock, flags);
}
