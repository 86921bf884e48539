/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_FAULT_INJECT_H
#define _LINUX_FAULT_INJECT_H

/*
 * Fault injection for allocations, so that tests reach the paths that run when memory is short.
 *
 * A test arms failslab or fail_page_alloc for its own task: after `space` more eligible
 * allocations, each interval-th one fails, `times` of them in all (-1: no end). Interrupt context
 * and other tasks are never hit, nor is anything with __GFP_NOFAIL.
 */

#include <linux/gfp_types.h>
#include <linux/types.h>

struct kmem_cache;
struct task_struct;

struct fault_attr {
	struct task_struct *task;	/* whom to hit; NULL: disarmed */
	unsigned int interval;		/* every n-th eligible one, 0 and 1: every one */
	int space;			/* let so many pass first */
	int times;			/* failures left, -1: no end */
	unsigned int min_order;		/* fail_page_alloc: spare smaller blocks */
	unsigned int count;		/* eligible allocations seen since armed */
	unsigned int injected;		/* failures dealt out since armed */
};

#ifdef CONFIG_FAULT_INJECTION
extern struct fault_attr failslab;
extern struct fault_attr fail_page_alloc;

void fault_attr_arm(struct fault_attr *attr, int space, int times, unsigned int interval);
unsigned int fault_attr_disarm(struct fault_attr *attr);
bool should_fail(struct fault_attr *attr);
bool should_failslab(struct kmem_cache *s, gfp_t gfpflags);
bool should_fail_alloc_page(gfp_t gfp_mask, unsigned int order);
#else
static inline bool should_failslab(struct kmem_cache *s, gfp_t gfpflags)
{
	(void)s;
	(void)gfpflags;
	return false;
}

static inline bool should_fail_alloc_page(gfp_t gfp_mask, unsigned int order)
{
	(void)gfp_mask;
	(void)order;
	return false;
}
#endif

#endif /* _LINUX_FAULT_INJECT_H */
