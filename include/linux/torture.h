/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_TORTURE_H
#define _LINUX_TORTURE_H

/*
 * Torture: threads that do one thing for a long time while other threads make it hard.
 *
 *	torture_init_begin("rcutorture")	one torture at a time
 *	torture_create_kthread(fn, arg, task)	each: while (!torture_must_stop()) { ... }
 *						      torture_kthread_stopping("name");
 *	torture_shuffle_init(interval)		tasks are kept off one CPU in turn, so that it idles
 *	torture_stutter_init(run, pause)	all pause now and then: stutter_wait("name")
 *	torture_onoff_init(interval)		CPUs go down and come up
 *	...
 *	torture_stop_kthread(name, task)
 *	torture_cleanup_begin(), _end()
 *
 * Intervals are in jiffies and say how often, never how long something may take.
 *
 * See kernel/torture.c.
 */

#include <linux/cpumask.h>
#include <linux/kthread.h>
#include <linux/types.h>

/* A random number generator of the caller's own: fast, with no shared state. */
struct torture_random_state {
	unsigned long trs_state;
	long trs_count;
};

#define __TORTURE_RANDOM_INIT	{ 0, 0 }
#define DEFINE_TORTURE_RANDOM(name) \
	struct torture_random_state name = __TORTURE_RANDOM_INIT
#define DEFINE_TORTURE_RANDOM_PERCPU(name) \
	DEFINE_PER_CPU(struct torture_random_state, name)

/** torture_random_init - a state to begin with */
static inline void torture_random_init(struct torture_random_state *trsp)
{
	trsp->trs_state = 0;
	trsp->trs_count = 0;
}

unsigned long torture_random(struct torture_random_state *trsp);

/** torture_one_in - true once in @n calls, on average */
static inline bool torture_one_in(struct torture_random_state *trsp, unsigned int n)
{
	return torture_random(trsp) % n == 0;
}

int torture_shuffle_init(long interval);
void torture_shuffle_cleanup(void);
void torture_shuffle_task_register(struct task_struct *task);

int torture_stutter_init(long run, long pause);
void torture_stutter_cleanup(void);
bool stutter_wait(const char *title);

int torture_onoff_init(long interval);
void torture_onoff_cleanup(void);
void torture_onoff_counts(unsigned long *down, unsigned long *up);

bool torture_init_begin(const char *name);
void torture_stop_begin(void);
void torture_cleanup_begin(void);
void torture_cleanup_end(void);
bool torture_must_stop(void);
bool torture_must_stop_irq(void);
void torture_kthread_stopping(const char *title);
int _torture_create_kthread(int (*fn)(void *arg), void *arg, const char *name,
			    struct task_struct **task);
void _torture_stop_kthread(const char *name, struct task_struct **task);

#define torture_create_kthread(n, arg, tp)	_torture_create_kthread((n), (arg), #n, &(tp))
#define torture_stop_kthread(n, tp)		_torture_stop_kthread(#n, &(tp))

/* Makes the scheduler look for a better task at the next opportunity, as the tick would. */
void torture_preempt_schedule(void);

#endif /* _LINUX_TORTURE_H */
