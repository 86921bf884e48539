// SPDX-License-Identifier: MIT
/*
 * Fault injection: making allocations of one task fail on purpose.
 *
 * The checks are in the allocation paths of every build with CONFIG_FAULT_INJECTION; disarmed they
 * cost one load and a branch. Only the armed task looks at the counters, so they need no lock.
 */

#include <linux/fault-inject.h>
#include <linux/gfp.h>
#include <linux/minmax.h>
#include <linux/preempt.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "slab.h"

struct fault_attr failslab;
struct fault_attr fail_page_alloc;

/**
 * fault_attr_arm() - let allocations of the calling task fail
 * @attr: failslab or fail_page_alloc
 * @space: let so many pass first
 * @times: then fail so many, -1: no end
 * @interval: of those that come then, fail each n-th (0 and 1: every one)
 */
void fault_attr_arm(struct fault_attr *attr, int space, int times, unsigned int interval)
{
	attr->space = space;
	attr->times = times;
	attr->interval = max(interval, 1U);
	attr->count = 0;
	attr->injected = 0;
	WRITE_ONCE(attr->task, current);
}

/**
 * fault_attr_disarm() - let no more allocations fail
 * @attr: which kind
 *
 * Return: how many failures were dealt out.
 */
unsigned int fault_attr_disarm(struct fault_attr *attr)
{
	WRITE_ONCE(attr->task, NULL);
	return attr->injected;
}

/**
 * should_fail() - is it this one's turn?
 * @attr: what is armed
 */
bool should_fail(struct fault_attr *attr)
{
	if (READ_ONCE(attr->task) != current || !in_task())
		return false;
	attr->count++;
	if (attr->space > 0) {
		attr->space--;
		return false;
	}
	if (!attr->times || (attr->count - 1) % attr->interval)
		return false;
	if (attr->times > 0)
		attr->times--;
	attr->injected++;
	return true;
}

/**
 * should_failslab() - is this slab allocation to fail?
 * @s: the cache; the cache of caches is spared: its users have nowhere to go
 * @gfpflags: how; __GFP_NOFAIL never fails
 *
 * Context: any.
 */
bool should_failslab(struct kmem_cache *s, gfp_t gfpflags)
{
	if (likely(!READ_ONCE(failslab.task)))
		return false;
	/* The cache of caches is spared: its users have nowhere to go. */
	if (s == kmem_cache || (gfpflags & __GFP_NOFAIL))
		return false;
	return should_fail(&failslab);
}

/**
 * should_fail_alloc_page() - is this page allocation to fail?
 * @gfp_mask: how; __GFP_NOFAIL never fails
 * @order: small ones may be exempt
 *
 * Context: any.
 */
bool should_fail_alloc_page(gfp_t gfp_mask, unsigned int order)
{
	if (likely(!READ_ONCE(fail_page_alloc.task)))
		return false;
	if ((gfp_mask & __GFP_NOFAIL) || order < fail_page_alloc.min_order)
		return false;
	return should_fail(&fail_page_alloc);
}
