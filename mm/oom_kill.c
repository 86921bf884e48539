// SPDX-License-Identifier: MIT
/*
 * Out of memory.
 *
 * An allocation gets here when reclaim has found nothing several times over and it is of a kind
 * that may not fail: small, and without __GFP_NORETRY or __GFP_RETRY_MAYFAIL. In this order:
 *
 *	1. the notifiers may give memory back that only they know of
 *	2. a user task is killed for its memory (there are none yet)
 *	3. nothing can be killed: the machine can't go on, and says where the memory is
 *
 * oom_lock makes sure that one allocation at a time is here.
 */

#define pr_fmt(fmt) fmt

#include <linux/mm.h>
#include <linux/mutex.h>
#include <linux/notifier.h>
#include <linux/oom.h>
#include <linux/panic.h>
#include <linux/printk.h>
#include <linux/ratelimit.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>

#include "internal.h"

DEFINE_MUTEX(oom_lock);
static BLOCKING_NOTIFIER_HEAD(oom_notify_list);

int register_oom_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_register(&oom_notify_list, nb);
}

int unregister_oom_notifier(struct notifier_block *nb)
{
	return blocking_notifier_chain_unregister(&oom_notify_list, nb);
}

static void dump_header(const struct oom_control *oc)
{
	char text[128];

	gfp_to_text(oc->gfp_mask, text, sizeof(text));
	pr_warn("%s invoked oom-killer: gfp_mask=%#x(%s), order=%d\n", current->comm,
		oc->gfp_mask, text, oc->order);
	dump_stack();
	show_mem();
}

/**
 * out_of_memory() - the last resort
 * @oc: what was asked for
 *
 * Context: Process context, oom_lock held.
 * Return: true if some memory came back. Doesn't return if nothing can be done.
 */
bool out_of_memory(struct oom_control *oc)
{
	unsigned long freed = 0;

	lockdep_assert_held(&oom_lock);
	oc->totalpages = totalram_pages();
	blocking_notifier_call_chain(&oom_notify_list, 0, &freed);
	if (freed)
		return true;
	/* Without __GFP_FS much of reclaim was forbidden: killing for that would be too early. */
	if (!(oc->gfp_mask & __GFP_FS) && !(oc->gfp_mask & __GFP_NOFAIL))
		return true;

	dump_header(oc);
	pr_warn("Out of memory and no killable processes...\n");
	panic("System is deadlocked on memory\n");
}

/**
 * pagefault_out_of_memory() - a user's page fault found no memory
 *
 * The allocation has been through out_of_memory() if that could help, and somebody is dying or the
 * failure was a passing one. The program faults again; until then others get the CPU.
 *
 * Context: process context, no locks.
 */
void pagefault_out_of_memory(void)
{
	static DEFINE_RATELIMIT_STATE(rs, DEFAULT_RATELIMIT_INTERVAL, DEFAULT_RATELIMIT_BURST);

	if (fatal_signal_pending(current))
		return;
	if (__ratelimit(&rs))
		pr_warn("%s[%d]: no memory for a page fault, trying again\n", current->comm,
			task_pid_nr(current));
	schedule_timeout_killable(1);
}
