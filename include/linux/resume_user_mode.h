/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RESUME_USER_MODE_H
#define _LINUX_RESUME_USER_MODE_H

/* TIF_NOTIFY_RESUME: something wants to be done by the task itself before user mode. */

#include <linux/sched.h>
#include <linux/task_work.h>

/** set_notify_resume - have a task do what waits for it before it goes back to user mode */
static inline void set_notify_resume(struct task_struct *task)
{
	if (!test_and_set_tsk_thread_flag(task, TIF_NOTIFY_RESUME))
		kick_process(task);
}

/** resume_user_mode_work - do it. Context: current on its way to user mode; may sleep */
static inline void resume_user_mode_work(void)
{
	clear_thread_flag(TIF_NOTIFY_RESUME);
	/* Work that is queued from here on raises the flag again; partner: task_work_add(). */
	smp_mb__after_atomic();
	if (unlikely(task_work_pending(current)))
		task_work_run();
}

#endif /* _LINUX_RESUME_USER_MODE_H */
