// SPDX-License-Identifier: MIT
/*
 * Task work: a lock-free stack of callbacks per task, pushed by anyone, taken as a whole by the
 * task itself.
 *
 * When the task exits it leaves the marker work_exited in place of the list: from then on nobody
 * can push, and task_work_add() says so.
 */

#include <linux/atomic.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/spinlock.h>
#include <linux/task_work.h>

static struct callback_head work_exited;	/* its address is all that matters */

static void notify_task(struct task_struct *task, enum task_work_notify_mode mode)
{
	switch (mode) {
	case TWA_NONE:
		break;
	case TWA_RESUME:
		if (!test_and_set_tsk_thread_flag(task, TIF_NOTIFY_RESUME))
			kick_process(task);
		break;
	case TWA_SIGNAL:
		if (!test_and_set_tsk_thread_flag(task, TIF_NOTIFY_SIGNAL) &&
		    !wake_up_state(task, TASK_INTERRUPTIBLE))
			kick_process(task);
		break;
	case TWA_SIGNAL_NO_IPI:
		if (!test_and_set_tsk_thread_flag(task, TIF_NOTIFY_SIGNAL))
			wake_up_state(task, TASK_INTERRUPTIBLE);
		break;
	case TWA_NMI_CURRENT:
		set_tsk_thread_flag(task, TIF_NOTIFY_RESUME);
		break;
	}
}

/**
 * task_work_add - give a task something to do
 * @task: the task, referenced
 * @work: the callback; its function runs in @task
 * @mode: how to make the task look
 *
 * Context: any; from NMI only for current with TWA_NMI_CURRENT.
 * Return: 0, or -ESRCH if the task is past looking; -EINVAL for TWA_NMI_CURRENT on another task.
 */
int task_work_add(struct task_struct *task, struct callback_head *work,
		  enum task_work_notify_mode mode)
{
	struct callback_head *head;

	if (mode == TWA_NMI_CURRENT && WARN_ON_ONCE(task != current))
		return -EINVAL;
	head = READ_ONCE(task->task_works);
	do {
		if (unlikely(head == &work_exited))
			return -ESRCH;
		work->next = head;
	} while (!try_cmpxchg(&task->task_works, &head, work));

	notify_task(task, mode);
	return 0;
}

/**
 * task_work_cancel_match - take back the first callback that matches
 * @task: the task
 * @match: says which
 * @data: for @match
 *
 * pi_lock keeps the task's own task_work_run() from freeing an entry while we look at it. New
 * entries are pushed before the head only, so a cmpxchg of the link suffices.
 *
 * Return: the callback, not run and off the list, or NULL.
 */
struct callback_head *task_work_cancel_match(struct task_struct *task,
					     bool (*match)(struct callback_head *, void *data),
					     void *data)
{
	struct callback_head **pprev = &task->task_works;
	struct callback_head *work;
	unsigned long flags;

	if (likely(!task_work_pending(task)))
		return NULL;
	raw_spin_lock_irqsave(&task->pi_lock, flags);
	work = READ_ONCE(*pprev);
	while (work && work != &work_exited) {
		if (!match(work, data)) {
			pprev = &work->next;
			work = READ_ONCE(*pprev);
		} else if (try_cmpxchg(pprev, &work, work->next)) {
			break;
		}
	}
	raw_spin_unlock_irqrestore(&task->pi_lock, flags);
	return work == &work_exited ? NULL : work;
}

static bool match_func(struct callback_head *cb, void *data)
{
	return cb->func == data;
}

/**
 * task_work_cancel_func - take back the first callback that has a function
 * @task: the task
 * @func: the function
 *
 * Return: the callback, not run and off the list, or NULL.
 */
struct callback_head *task_work_cancel_func(struct task_struct *task, task_work_func_t func)
{
	return task_work_cancel_match(task, match_func, func);
}

static bool match_cb(struct callback_head *cb, void *data)
{
	return cb == data;
}

/**
 * task_work_cancel - take back a callback
 * @task: the task
 * @cb: the callback
 *
 * Return: true if it won't run; false if it runs, has run or wasn't there.
 */
bool task_work_cancel(struct task_struct *task, struct callback_head *cb)
{
	return task_work_cancel_match(task, match_cb, cb) == cb;
}

/* The whole list, or the marker if the task exits and the list is empty. */
static struct callback_head *take_all(struct task_struct *task)
{
	struct callback_head *work = READ_ONCE(task->task_works);
	struct callback_head *left;

	do {
		left = NULL;
		if (!work) {
			if (!(task->flags & PF_EXITING))
				return NULL;
			left = &work_exited;
		}
	} while (!try_cmpxchg(&task->task_works, &work, left));
	return work;
}

/**
 * task_work_run - run what was queued for the current task, newest first
 *
 * A callback may queue more; that runs too.
 */
void task_work_run(void)
{
	struct task_struct *task = current;
	struct callback_head *work, *next;

	while ((work = take_all(task))) {
		/* A canceller that looks at these entries holds pi_lock: wait for it to leave. */
		raw_spin_lock_irq(&task->pi_lock);
		raw_spin_unlock_irq(&task->pi_lock);
		do {
			next = work->next;
			work->func(work);
			work = next;
			cond_resched();
		} while (work);
	}
}
