/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_RCU_TESTS_WAIT_H
#define _KERNEL_RCU_TESTS_WAIT_H

#include <linux/jiffies.h>
#include <linux/sched.h>

/*
 * wait_until(): sleep until the condition holds; its value at the end. A host may be slow, so the
 * limit is a minute: it is there for failures only.
 */
#define wait_until(cond)					\
({								\
	unsigned long __end = jiffies + 60 * HZ;		\
	bool __is;						\
								\
	while (!(__is = !!(cond)) && time_before(jiffies, __end)) \
		schedule_timeout_uninterruptible(1);		\
	__is;							\
})

#endif /* _KERNEL_RCU_TESTS_WAIT_H */
