/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_OOM_H
#define _LINUX_OOM_H

/*
 * Out of memory: what happens when reclaim found nothing and the allocation may not fail lightly.
 * First the notifiers are asked to give memory back; then a process is killed; when there is none
 * that can be, the machine panics with a report of where its memory is.
 */

#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/types.h>

#include <uapi/linux/oom.h>

struct notifier_block;

struct oom_control {
	gfp_t gfp_mask;
	int order;
	unsigned long totalpages;
};

extern struct mutex oom_lock;
extern int sysctl_panic_on_oom;
extern int sysctl_oom_kill_allocating_task;

/** tsk_is_oom_victim - is it chosen to die? Then it may take the last pages */
static inline bool tsk_is_oom_victim(const struct task_struct *tsk)
{
	return tsk->signal && tsk->signal->oom_mm;
}

struct task_struct *find_lock_task_mm(struct task_struct *p);
long oom_badness(struct task_struct *p, unsigned long totalpages);

bool out_of_memory(struct oom_control *oc);

/* The callback adds the number of pages that it freed to the unsigned long behind its data. */
int register_oom_notifier(struct notifier_block *nb);
int unregister_oom_notifier(struct notifier_block *nb);

#endif /* _LINUX_OOM_H */
