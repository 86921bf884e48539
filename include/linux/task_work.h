/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TASK_WORK_H
#define _LINUX_TASK_WORK_H

/*
 * Work that a task does for itself, in its own context, on its way back to user mode or as it
 * exits. Anyone may queue some on any task.
 */

#include <linux/list.h>
#include <linux/sched.h>

typedef void (*task_work_func_t)(struct callback_head *);

/** init_task_work - make a callback for task_work_add() */
static inline void init_task_work(struct callback_head *twork, task_work_func_t func)
{
	twork->func = func;
}

enum task_work_notify_mode {
	TWA_NONE = 0,
	TWA_RESUME,
	TWA_SIGNAL,
	TWA_SIGNAL_NO_IPI,
	TWA_NMI_CURRENT,
};

/** task_work_pending - has a task anything to run on its way out? */
static inline bool task_work_pending(struct task_struct *task)
{
	return READ_ONCE(task->task_works);
}

int task_work_add(struct task_struct *task, struct callback_head *twork,
		  enum task_work_notify_mode mode);
struct callback_head *task_work_cancel_match(struct task_struct *task,
					     bool (*match)(struct callback_head *, void *data),
					     void *data);
struct callback_head *task_work_cancel_func(struct task_struct *task, task_work_func_t func);
bool task_work_cancel(struct task_struct *task, struct callback_head *cb);
void task_work_run(void);

/** exit_task_work - current ends: run what there is, and let nothing more come */
static inline void exit_task_work(struct task_struct *task)
{
	(void)task;
	task_work_run();
}

#endif /* _LINUX_TASK_WORK_H */
