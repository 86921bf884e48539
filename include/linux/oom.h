/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_OOM_H
#define _LINUX_OOM_H

/*
 * Out of memory: what happens when reclaim found nothing and the allocation may not fail lightly.
 * First the notifiers are asked to give memory back; then a task would be killed; when there is
 * none that can be, the machine panics with a report of where its memory is.
 */

#include <linux/mutex.h>
#include <linux/types.h>

struct notifier_block;

struct oom_control {
	gfp_t gfp_mask;
	int order;
	unsigned long totalpages;
};

extern struct mutex oom_lock;

bool out_of_memory(struct oom_control *oc);

/* The callback adds the number of pages that it freed to the unsigned long behind its data. */
int register_oom_notifier(struct notifier_block *nb);
int unregister_oom_notifier(struct notifier_block *nb);

#endif /* _LINUX_OOM_H */
