/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DEBUG_LOCKS_H
#define _LINUX_DEBUG_LOCKS_H

/*
 * One switch for every lock check. The first real report turns it off, since after it the
 * checkers' picture of the world is wrong and each further report would be noise.
 */

#include <linux/atomic.h>
#include <linux/bug.h>
#include <linux/printk.h>

extern int debug_locks;
extern int debug_locks_silent;

/** __debug_locks_off() - end the checks of locks. Return: were they on? */
static __always_inline int __debug_locks_off(void)
{
	return xchg(&debug_locks, 0);
}

int debug_locks_off(void);

/* Warn at most until the switch is off; give the condition. */
#define DEBUG_LOCKS_WARN_ON(c)						\
({									\
	int __ret = 0;							\
									\
	if (!oops_in_progress && unlikely(c)) {				\
		instrumentation_begin();				\
		if (debug_locks_off() && !debug_locks_silent)		\
			WARN(1, "DEBUG_LOCKS_WARN_ON(%s)", #c);		\
		instrumentation_end();					\
		__ret = 1;						\
	}								\
	__ret;								\
})

struct task_struct;

#ifdef CONFIG_LOCKDEP
void debug_show_all_locks(void);
void debug_show_held_locks(struct task_struct *task);
void debug_check_no_locks_freed(const void *from, unsigned long len);
void debug_check_no_locks_held(void);
#else
static inline void debug_show_all_locks(void) { }
static inline void debug_show_held_locks(struct task_struct *task) { (void)task; }
static inline void debug_check_no_locks_freed(const void *from, unsigned long len)
{
	(void)from;
	(void)len;
}
static inline void debug_check_no_locks_held(void) { }
#endif

#endif /* _LINUX_DEBUG_LOCKS_H */
