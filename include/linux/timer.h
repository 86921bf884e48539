/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TIMER_H
#define _LINUX_TIMER_H

/*
 * Coarse timers, in jiffies: cheap to arm and cheaper to cancel, since most never fire. The
 * further away a timer is, the coarser its granularity; it is never early. See kernel/time/timer.c.
 *
 * The function runs in softirq context on the CPU where the timer was armed (IRQSAFE: with
 * interrupts off too). It may re-arm or free its timer, and must not sleep.
 */

#include <linux/ktime.h>
#include <linux/list.h>
#include <linux/lockdep.h>
#include <linux/stddef.h>
#include <linux/stringify.h>
#include <linux/timer_types.h>

#define __TIMER_LOCKDEP_MAP_INITIALIZER(_kn)
#ifdef CONFIG_LOCKDEP
#undef __TIMER_LOCKDEP_MAP_INITIALIZER
#define __TIMER_LOCKDEP_MAP_INITIALIZER(_kn)	\
	.lockdep_map = STATIC_LOCKDEP_MAP_INIT(_kn, &_kn),
#endif

/*
 * flags: the low 18 bits name the CPU, the top 10 the bucket.
 *
 * DEFERRABLE: fires only when the CPU is awake anyhow. PINNED: stays on the CPU that armed it.
 * IRQSAFE: runs with interrupts off, so that timer_delete_sync() may be called from hard irq.
 */
#define TIMER_CPUMASK		0x0003FFFF
#define TIMER_MIGRATING		0x00040000
#define TIMER_BASEMASK		(TIMER_CPUMASK | TIMER_MIGRATING)
#define TIMER_DEFERRABLE	0x00080000
#define TIMER_PINNED		0x00100000
#define TIMER_IRQSAFE		0x00200000
#define TIMER_INIT_FLAGS	(TIMER_DEFERRABLE | TIMER_PINNED | TIMER_IRQSAFE)
#define TIMER_ARRAYSHIFT	22
#define TIMER_ARRAYMASK		0xFFC00000

#define __TIMER_INITIALIZER(_function, _flags) {			\
		.entry = { .next = (struct hlist_node *)0x400 },	\
		.function = (_function),				\
		.flags = (_flags),					\
		__TIMER_LOCKDEP_MAP_INITIALIZER(__FILE__ ":" __stringify(__LINE__)) \
	}

/** DEFINE_TIMER - a static timer that calls @_function */
#define DEFINE_TIMER(_name, _function)	\
	struct timer_list _name = __TIMER_INITIALIZER(_function, 0)

void init_timer_key(struct timer_list *timer, void (*func)(struct timer_list *),
		    unsigned int flags, const char *name, struct lock_class_key *key);

#ifdef CONFIG_LOCKDEP
#define __init_timer(_timer, _fn, _flags)				\
do {									\
	static struct lock_class_key __key;				\
	init_timer_key((_timer), (_fn), (_flags), #_timer, &__key);	\
} while (0)
#else
#define __init_timer(_timer, _fn, _flags)	\
	init_timer_key((_timer), (_fn), (_flags), NULL, NULL)
#endif
#define __init_timer_on_stack(_timer, _fn, _flags)	__init_timer((_timer), (_fn), (_flags))

/**
 * timer_setup - prepare a timer for first use
 * @timer: the timer
 * @callback: called with @timer when it expires
 * @flags: TIMER_DEFERRABLE, _PINNED, _IRQSAFE or 0
 */
#define timer_setup(timer, callback, flags)	\
	__init_timer((timer), (callback), (flags))

/** timer_setup_on_stack - timer_setup() on the stack; end with destroy_timer_on_stack() */
#define timer_setup_on_stack(timer, callback, flags)	\
	__init_timer_on_stack((timer), (callback), (flags))

/**
 * destroy_timer_on_stack - the end of timer_setup_on_stack(), for a debugger of objects; there is
 * none
 */
static inline void destroy_timer_on_stack(struct timer_list *timer) { (void)timer; }

/** from_timer - from the timer to the struct around it */
#define from_timer(var, callback_timer, timer_fieldname)	\
	container_of(callback_timer, typeof(*var), timer_fieldname)
#define timer_container_of(var, callback_timer, timer_fieldname)	\
	container_of(callback_timer, typeof(*var), timer_fieldname)

/**
 * timer_pending - is it armed?
 *
 * The caller serialises against others that arm or cancel, or must live with a stale answer.
 */
static inline int timer_pending(const struct timer_list *timer)
{
	return !hlist_unhashed_lockless(&timer->entry);
}

void add_timer_on(struct timer_list *timer, int cpu);
void add_timer(struct timer_list *timer);
void add_timer_local(struct timer_list *timer);
void add_timer_global(struct timer_list *timer);
int mod_timer(struct timer_list *timer, unsigned long expires);
int mod_timer_pending(struct timer_list *timer, unsigned long expires);
int timer_reduce(struct timer_list *timer, unsigned long expires);

int try_to_del_timer_sync(struct timer_list *timer);
int timer_delete_sync(struct timer_list *timer);
int timer_delete(struct timer_list *timer);
int timer_shutdown_sync(struct timer_list *timer);
int timer_shutdown(struct timer_list *timer);

/** del_timer_sync - timer_delete_sync() under its older name */
static inline int del_timer_sync(struct timer_list *timer)
{
	return timer_delete_sync(timer);
}

/** del_timer - timer_delete() under its older name */
static inline int del_timer(struct timer_list *timer)
{
	return timer_delete(timer);
}

/* The furthest that a timer may be set ahead. */
#define NEXT_TIMER_MAX_DELTA	((1UL << 30) - 1)

void init_timers(void);
struct hrtimer;
enum hrtimer_restart;
enum hrtimer_restart it_real_fn(struct hrtimer *timer);

unsigned long __round_jiffies(unsigned long j, int cpu);
unsigned long __round_jiffies_relative(unsigned long j, int cpu);
unsigned long __round_jiffies_up(unsigned long j, int cpu);
unsigned long __round_jiffies_up_relative(unsigned long j, int cpu);

int timers_prepare_cpu(unsigned int cpu);
int timers_dead_cpu(unsigned int cpu);

/* From the tick: runs what is due. @user_tick: did the tick interrupt user mode? */
void update_process_times(int user_tick);

#endif /* _LINUX_TIMER_H */
