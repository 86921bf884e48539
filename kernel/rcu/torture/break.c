// SPDX-License-Identifier: MIT
/*
 * Which way RCU is broken: the boot parameter `rcu_break=`, by name or number, and the switch. See
 * break.h for the ways.
 */

#include "break.h"

#include <linux/atomic.h>
#include <linux/errno.h>
#include <linux/init.h>
#include <linux/kernel.h>
#include <linux/kstrtox.h>
#include <linux/printk.h>
#include <linux/string.h>

enum rcu_break rcu_break_armed __read_mostly;

static enum rcu_break chosen __ro_after_init;

static const char *const names[RCU_BREAK_COUNT] = {
	[RCU_BREAK_NONE] = "none",
	[RCU_BREAK_SKIP_WAIT] = "skip-wait",
	[RCU_BREAK_LAST_CPU] = "last-cpu",
	[RCU_BREAK_BLOCKED_READER] = "blocked-reader",
	[RCU_BREAK_IDLE] = "idle",
	[RCU_BREAK_EARLY_CALLBACK] = "early-callback",
	[RCU_BREAK_DROP_CALLBACK] = "drop-callback",
	[RCU_BREAK_SRCU_FLIP] = "srcu-flip",
};

static int __init rcu_break_setup(char *word)
{
	unsigned int number;
	int which = match_string(names, ARRAY_SIZE(names), word);

	if (which < 0 && !kstrtouint(word, 0, &number) && number < RCU_BREAK_COUNT)
		which = number;
	if (which < 0)
		pr_err("rcu_break=%s: no such break\n", word);
	else
		chosen = which;
	return 1;
}
__setup("rcu_break=", rcu_break_setup);

/**
 * rcu_break_arm - from now on RCU is broken the way that the command line asked for
 *
 * Context: any.
 * Return: the break's name, or NULL if none was asked for.
 */
const char *rcu_break_arm(void)
{
	WRITE_ONCE(rcu_break_armed, chosen);
	return chosen ? names[chosen] : NULL;
}

/** rcu_break_disarm - RCU is whole again */
void rcu_break_disarm(void)
{
	WRITE_ONCE(rcu_break_armed, RCU_BREAK_NONE);
}

/**
 * rcu_broken_sometimes - rcu_broken(), but only now and then
 * @which: the break
 * @period: one call in so many strikes; not 0
 *
 * Context: any, interrupts off included.
 */
bool rcu_broken_sometimes(enum rcu_break which, unsigned int period)
{
	static atomic_t calls;

	return rcu_broken(which) && (unsigned int)atomic_inc_return(&calls) % period == 0;
}
