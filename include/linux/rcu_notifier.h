/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_RCU_NOTIFIER_H
#define _LINUX_RCU_NOTIFIER_H

/*
 * Who wants to hear of RCU CPU stalls. Callbacks run when the first report of a stalled grace
 * period begins, in hard irq or task context, and may not sleep; @data is the age of the grace
 * period in jiffies, as (void *).
 */

#include <linux/notifier.h>
#include <linux/types.h>

#define RCU_STALL_NOTIFY_NORM	1	/* a normal grace period */
#define RCU_STALL_NOTIFY_EXP	2	/* an expedited one */

/**
 * rcu_stall_chain_notifier_register - hear of stalls
 * @n: called with RCU_STALL_NOTIFY_NORM or _EXP and the age of the grace period in jiffies
 *
 * Context: any but NMI.
 * Return: 0; -EEXIST if it hears of them already.
 */
int rcu_stall_chain_notifier_register(struct notifier_block *n);

/**
 * rcu_stall_chain_notifier_unregister - hear of stalls no more
 * @n: the callback; not running any more on return
 *
 * Context: may sleep.
 * Return: 0; -ENOENT if it heard of none.
 */
int rcu_stall_chain_notifier_unregister(struct notifier_block *n);

#endif /* _LINUX_RCU_NOTIFIER_H */
