// SPDX-License-Identifier: MIT
/*
 * kthread_worker: a thread that runs queued work in order, one piece at a time.
 *
 * Unlike a workqueue the thread is the owner's own, so it may have a real-time policy or be bound.
 * Work is on one of two lists, or none: work_list (to do now) or delayed_work_list (its timer will
 * move it). worker->lock guards the lists and all fields of the works on this worker; a work may
 * be on one worker at a time only.
 *
 * Cancelling counts in work->canceling, which makes every attempt to queue fail, so that a work
 * that requeues itself ends. Flushing queues a marker behind the work and waits for it.
 */

#include <linux/completion.h>
#include <linux/kthread.h>
#include <linux/sched.h>
#include <linux/slab.h>

/**
 * __kthread_init_worker - make an empty worker, with no thread yet
 * @worker: memory for it
 * @name: for lockdep, kept by pointer
 * @key: the class of its lock
 *
 * kthread_init_worker() gives @name and @key; kthread_worker_fn() is for the thread to run.
 */
void __kthread_init_worker(struct kthread_worker *worker, const char *name,
			   struct lock_class_key *key)
{
	memset(worker, 0, sizeof(*worker));
	raw_spin_lock_init(&worker->lock);
	lockdep_set_class_and_name(&worker->lock, key, name);
	INIT_LIST_HEAD(&worker->work_list);
	INIT_LIST_HEAD(&worker->delayed_work_list);
}
EXPORT_SYMBOL(__kthread_init_worker);

/* Takes the next work off the list and makes it the current one. */
static struct kthread_work *next_work(struct kthread_worker *worker)
{
	struct kthread_work *work = NULL;

	raw_spin_lock_irq(&worker->lock);
	if (!list_empty(&worker->work_list)) {
		work = list_first_entry(&worker->work_list, struct kthread_work, node);
		list_del_init(&work->node);
	}
	worker->current_work = work;
	raw_spin_unlock_irq(&worker->lock);
	return work;
}

/**
 * kthread_worker_fn - the thread function of a worker
 * @worker_ptr: the worker
 *
 * For kthread_run(), if kthread_create_worker() is not wanted.
 *
 * Return: 0, on kthread_stop().
 */
int kthread_worker_fn(void *worker_ptr)
{
	struct kthread_worker *worker = worker_ptr;
	struct kthread_work *work;

	WARN_ON(worker->task && worker->task != current);
	worker->task = current;
	for (;;) {
		set_current_state(TASK_INTERRUPTIBLE);	/* pairs with kthread_stop() */
		if (kthread_should_stop()) {
			__set_current_state(TASK_RUNNING);
			raw_spin_lock_irq(&worker->lock);
			worker->task = NULL;
			raw_spin_unlock_irq(&worker->lock);
			return 0;
		}
		work = next_work(worker);
		if (work) {
			__set_current_state(TASK_RUNNING);
			work->func(work);
		} else {
			schedule();
		}
		cond_resched();
	}
}
EXPORT_SYMBOL(kthread_worker_fn);

static struct kthread_worker *create_worker(int cpu, unsigned int flags, const char *name)
{
	struct kthread_worker *worker;
	struct task_struct *task;

	worker = kzalloc(sizeof(*worker), GFP_KERNEL);
	if (!worker)
		return ERR_PTR(-ENOMEM);
	kthread_init_worker(worker);
	task = kthread_create(kthread_worker_fn, worker, "%s", name);
	if (IS_ERR(task)) {
		kfree(worker);
		return ERR_CAST(task);
	}
	if (cpu >= 0)
		kthread_bind(task, cpu);
	worker->flags = flags;
	worker->task = task;
	wake_up_process(task);
	return worker;
}

/**
 * kthread_create_worker - make a worker and start its thread
 * @flags: KTW_*
 * @namefmt: printf format of the thread's name
 *
 * Context: may sleep.
 * Return: the worker, for kthread_destroy_worker(), or ERR_PTR(-ENOMEM).
 */
struct kthread_worker *kthread_create_worker(unsigned int flags, const char namefmt[], ...)
{
	char name[TASK_COMM_LEN];
	va_list args;

	va_start(args, namefmt);
	vsnprintf(name, sizeof(name), namefmt, args);
	va_end(args);
	return create_worker(-1, flags, name);
}
EXPORT_SYMBOL(kthread_create_worker);

/**
 * kthread_create_worker_on_cpu - make a worker whose thread is bound to a CPU
 * @cpu: the CPU
 * @flags: KTW_*
 * @namefmt: the thread's name, with one %u for the CPU
 *
 * Context: may sleep.
 * Return: as kthread_create_worker().
 */
struct kthread_worker *kthread_create_worker_on_cpu(int cpu, unsigned int flags,
						    const char namefmt[])
{
	char name[TASK_COMM_LEN];

	snprintf(name, sizeof(name), namefmt, cpu);
	return create_worker(cpu, flags, name);
}
EXPORT_SYMBOL(kthread_create_worker_on_cpu);

/* ---- queueing; the worker's lock is held in the helpers ---- */

static bool queueing_blocked(struct kthread_worker *worker, struct kthread_work *work)
{
	lockdep_assert_held(&worker->lock);
	return !list_empty(&work->node) || work->canceling;
}

static void insert_work(struct kthread_worker *worker, struct kthread_work *work,
			struct list_head *pos)
{
	lockdep_assert_held(&worker->lock);
	WARN_ON_ONCE(work->worker && work->worker != worker);
	list_add_tail(&work->node, pos);
	work->worker = worker;
	if (!worker->current_work && worker->task)
		wake_up_process(worker->task);
}

/**
 * kthread_queue_work - queue work to be run as soon as those before it are done
 * @worker: the worker
 * @work: the work
 *
 * Context: any but NMI.
 * Return: false if it was queued already or is being cancelled.
 */
bool kthread_queue_work(struct kthread_worker *worker, struct kthread_work *work)
{
	unsigned long flags;
	bool ret = false;

	raw_spin_lock_irqsave(&worker->lock, flags);
	if (!queueing_blocked(worker, work)) {
		insert_work(worker, work, &worker->work_list);
		ret = true;
	}
	raw_spin_unlock_irqrestore(&worker->lock, flags);
	return ret;
}
EXPORT_SYMBOL(kthread_queue_work);

/**
 * kthread_delayed_work_timer_fn - the delay is over: move the work to its worker's queue
 * @t: the timer in the delayed work
 *
 * Context: timer softirq, or wherever the timer runs.
 */
void kthread_delayed_work_timer_fn(struct timer_list *t)
{
	struct kthread_delayed_work *dwork = from_timer(dwork, t, timer);
	struct kthread_work *work = &dwork->work;
	struct kthread_worker *worker = work->worker;
	unsigned long flags;

	if (WARN_ON_ONCE(!worker))
		return;
	raw_spin_lock_irqsave(&worker->lock, flags);
	WARN_ON_ONCE(work->worker != worker);
	WARN_ON_ONCE(list_empty(&work->node));
	list_del_init(&work->node);
	if (!work->canceling)
		insert_work(worker, work, &worker->work_list);
	raw_spin_unlock_irqrestore(&worker->lock, flags);
}
EXPORT_SYMBOL(kthread_delayed_work_timer_fn);

static void insert_delayed(struct kthread_worker *worker, struct kthread_delayed_work *dwork,
			   unsigned long delay)
{
	struct kthread_work *work = &dwork->work;

	if (!delay) {
		insert_work(worker, work, &worker->work_list);
		return;
	}
	list_add(&work->node, &worker->delayed_work_list);
	work->worker = worker;
	dwork->timer.expires = jiffies + delay;
	add_timer(&dwork->timer);
}

/**
 * kthread_queue_delayed_work - queue work after a delay
 * @worker: the worker
 * @dwork: the work
 * @delay: jiffies, 0 for at once
 *
 * Return: false if it was queued or waiting already.
 */
bool kthread_queue_delayed_work(struct kthread_worker *worker,
				struct kthread_delayed_work *dwork, unsigned long delay)
{
	unsigned long flags;
	bool ret = false;

	raw_spin_lock_irqsave(&worker->lock, flags);
	if (!queueing_blocked(worker, &dwork->work)) {
		insert_delayed(worker, dwork, delay);
		ret = true;
	}
	raw_spin_unlock_irqrestore(&worker->lock, flags);
	return ret;
}
EXPORT_SYMBOL(kthread_queue_delayed_work);

/*
 * Stops the timer of a delayed work. Its function may be running and wait for our lock: the lock
 * is dropped for it, and canceling keeps it from queueing meanwhile.
 */
static void stop_timer(struct kthread_work *work, unsigned long *flags)
{
	struct kthread_delayed_work *dwork = container_of(work, struct kthread_delayed_work, work);
	struct kthread_worker *worker = work->worker;

	work->canceling++;
	raw_spin_unlock_irqrestore(&worker->lock, *flags);
	del_timer_sync(&dwork->timer);
	raw_spin_lock_irqsave(&worker->lock, *flags);
	work->canceling--;
}

static bool take_off_list(struct kthread_work *work)
{
	if (list_empty(&work->node))
		return false;
	list_del_init(&work->node);
	return true;
}

/**
 * kthread_mod_delayed_work - queue work, or change when it will run
 * @worker: the worker
 * @dwork: the work
 * @delay: jiffies from now
 *
 * Return: whether it was waiting before.
 */
bool kthread_mod_delayed_work(struct kthread_worker *worker,
			      struct kthread_delayed_work *dwork, unsigned long delay)
{
	struct kthread_work *work = &dwork->work;
	unsigned long flags;
	bool ret = false;

	raw_spin_lock_irqsave(&worker->lock, flags);
	if (work->worker) {
		stop_timer(work, &flags);
		if (work->canceling) {
			raw_spin_unlock_irqrestore(&worker->lock, flags);
			return true;	/* the canceller saw it and takes care */
		}
		ret = take_off_list(work);
	}
	insert_delayed(worker, dwork, delay);
	raw_spin_unlock_irqrestore(&worker->lock, flags);
	return ret;
}
EXPORT_SYMBOL(kthread_mod_delayed_work);

/* ---- flushing ---- */

struct flush_marker {
	struct kthread_work work;
	struct completion done;
};

static void flush_marker_fn(struct kthread_work *work)
{
	complete(&container_of(work, struct flush_marker, work)->done);
}

/**
 * kthread_flush_work - wait until a work's last queueing has run
 * @work: the work
 *
 * Context: may sleep; not from the work itself.
 */
void kthread_flush_work(struct kthread_work *work)
{
	struct flush_marker mark = {
		.work = KTHREAD_WORK_INIT(mark.work, flush_marker_fn),
		.done = COMPLETION_INITIALIZER_ONSTACK(mark.done),
	};
	struct kthread_worker *worker = work->worker;
	bool wait = true;

	if (!worker)
		return;		/* never queued */
	raw_spin_lock_irq(&worker->lock);
	WARN_ON_ONCE(work->worker != worker);
	if (!list_empty(&work->node))
		insert_work(worker, &mark.work, work->node.next);
	else if (worker->current_work == work)
		insert_work(worker, &mark.work, worker->work_list.next);
	else
		wait = false;
	raw_spin_unlock_irq(&worker->lock);
	if (wait)
		wait_for_completion(&mark.done);
}
EXPORT_SYMBOL(kthread_flush_work);

/**
 * kthread_flush_worker - wait until everything queued by now has run
 * @worker: the worker
 */
void kthread_flush_worker(struct kthread_worker *worker)
{
	struct flush_marker mark = {
		.work = KTHREAD_WORK_INIT(mark.work, flush_marker_fn),
		.done = COMPLETION_INITIALIZER_ONSTACK(mark.done),
	};

	kthread_queue_work(worker, &mark.work);
	wait_for_completion(&mark.done);
}
EXPORT_SYMBOL(kthread_flush_worker);

/* ---- cancelling ---- */

static bool cancel_sync(struct kthread_work *work, bool is_delayed)
{
	struct kthread_worker *worker = work->worker;
	unsigned long flags;
	bool ret;

	if (!worker)
		return false;
	raw_spin_lock_irqsave(&worker->lock, flags);
	WARN_ON_ONCE(work->worker != worker);
	if (is_delayed)
		stop_timer(work, &flags);
	ret = take_off_list(work);
	if (worker->current_work == work) {
		/* It runs: let it finish, and not queue itself again. */
		work->canceling++;
		raw_spin_unlock_irqrestore(&worker->lock, flags);
		kthread_flush_work(work);
		raw_spin_lock_irqsave(&worker->lock, flags);
		work->canceling--;
	}
	raw_spin_unlock_irqrestore(&worker->lock, flags);
	return ret;
}

/**
 * kthread_cancel_work_sync - take work off its queue, or wait until it has run
 * @work: the work
 *
 * Return: whether it was waiting.
 */
bool kthread_cancel_work_sync(struct kthread_work *work)
{
	return cancel_sync(work, false);
}
EXPORT_SYMBOL(kthread_cancel_work_sync);

/**
 * kthread_cancel_delayed_work_sync - take delayed work back, or wait until it has run
 * @dwork: the work
 *
 * Context: may sleep.
 * Return: whether it was waiting, for its time or in the queue.
 */
bool kthread_cancel_delayed_work_sync(struct kthread_delayed_work *dwork)
{
	return cancel_sync(&dwork->work, true);
}
EXPORT_SYMBOL(kthread_cancel_delayed_work_sync);

/**
 * kthread_destroy_worker - run what is queued, end the thread, free the worker
 * @worker: the worker; nobody queues to it any more
 */
void kthread_destroy_worker(struct kthread_worker *worker)
{
	struct task_struct *task = worker->task;

	if (WARN_ON(!task))
		return;
	kthread_flush_worker(worker);
	kthread_stop(task);
	WARN_ON(!list_empty(&worker->delayed_work_list));
	WARN_ON(!list_empty(&worker->work_list));
	kfree(worker);
}
EXPORT_SYMBOL(kthread_destroy_worker);
