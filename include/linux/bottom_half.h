/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_BH_H
#define _LINUX_BH_H

/*
 * Keeping softirqs off this CPU. Nests; implies preempt_disable(). The last enable runs what was
 * raised meanwhile, so it must not be called with interrupts off.
 */

#include <linux/instruction_pointer.h>
#include <linux/preempt.h>

void __local_bh_disable_ip(unsigned long ip, unsigned int cnt);
void _local_bh_enable(void);
void __local_bh_enable_ip(unsigned long ip, unsigned int cnt);

/**
 * local_bh_disable - softirqs don't run on this CPU until local_bh_enable(); nests
 *
 * Context: task or softirq.
 */
static inline void local_bh_disable(void)
{
	__local_bh_disable_ip(_THIS_IP_, SOFTIRQ_DISABLE_OFFSET);
}

/** local_bh_enable_ip - local_bh_enable() on behalf of a caller, at @ip */
static inline void local_bh_enable_ip(unsigned long ip)
{
	__local_bh_enable_ip(ip, SOFTIRQ_DISABLE_OFFSET);
}

/**
 * local_bh_enable - undo one local_bh_disable(); the last one runs what is pending
 *
 * Context: interrupts on.
 */
static inline void local_bh_enable(void)
{
	__local_bh_enable_ip(_THIS_IP_, SOFTIRQ_DISABLE_OFFSET);
}

/** local_bh_blocked - would a softirq have to wait for another task? Never here */
static inline bool local_bh_blocked(void)
{
	return false;
}

DEFINE_LOCK_GUARD_0(bh, local_bh_disable(), local_bh_enable())

#endif /* _LINUX_BH_H */
