/* SPDX-License-Identifier: MIT */
#ifndef _KERNEL_TIME_POSIX_TIMERS_H
#define _KERNEL_TIME_POSIX_TIMERS_H

/* The clocks and timers of programs, among the files that make them. */

#include <linux/hrtimer.h>
#include <linux/list.h>
#include <linux/pid.h>
#include <linux/posix-timers.h>
#include <linux/rcupdate.h>
#include <linux/sched.h>
#include <linux/sched/signal.h>
#include <linux/spinlock.h>
#include <linux/time64.h>
#include <linux/timerqueue.h>

struct k_itimer;
struct __kernel_timex;

/* A timer on CPU time: queued in a task's or process' posix_cputimers, under siglock. */
struct cpu_timer {
	struct timerqueue_node node;
	struct timerqueue_head *head;	/* NULL while not queued */
	struct pid *pid;		/* whose time */
	struct list_head elist;		/* it has expired and is about to fire */
	bool firing;			/* it_lock */
};

/**
 * struct k_itimer - one timer of timer_create(2)
 * @list: in signal->posix_timers; siglock
 * @hash: by process and id; hash_lock, RCU readers
 * @it_lock: guards what follows
 * @clock: the operations
 * @it_active: armed, or its signal waits
 * @it_requeue_pending: counts changes; odd while a signal of a periodic timer waits
 * @it_overrun: expiries that were not told, so far; @it_overrun_last: with the last signal
 * @it_interval: 0 for once
 * @it_signal: whose; NULL once it is deleted
 * @it_pid: who gets the signal; a @it_pid_type
 * @sigq: the signal; NULL for a sleep that uses a timer
 * @sleeper: that sleep's task
 */
struct k_itimer {
	struct hlist_node list;
	struct hlist_node hash;
	spinlock_t it_lock;
	const struct posix_clock_ops *clock;
	clockid_t it_clock;
	timer_t it_id;
	bool it_active;
	s64 it_overrun;
	s64 it_overrun_last;
	int it_requeue_pending;
	int it_sigev_notify;
	enum pid_type it_pid_type;
	ktime_t it_interval;
	struct signal_struct *it_signal;
	struct pid *it_pid;
	struct task_struct *sleeper;
	struct sigqueue *sigq;
	union {
		struct hrtimer real;
		struct cpu_timer cpu;
	} it;
	struct rcu_head rcu;
};

#define REQUEUE_PENDING	1

/* Somebody works on the timer: let go of it and try again. */
#define TIMER_RETRY	1

/**
 * struct posix_clock_ops - what can be done with a clock; what is NULL, -EINVAL or -EOPNOTSUPP
 *
 * The timer operations run under it_lock, interrupts off.
 */
struct posix_clock_ops {
	int (*getres)(clockid_t which, struct timespec64 *tp);
	int (*get)(clockid_t which, struct timespec64 *tp);
	int (*set)(clockid_t which, const struct timespec64 *tp);
	int (*adj)(clockid_t which, struct __kernel_timex *tx);
	int (*nsleep)(clockid_t which, int flags, const struct timespec64 *rqtp);
	int (*timer_create)(struct k_itimer *timr);
	int (*timer_set)(struct k_itimer *timr, int flags, struct itimerspec64 *new,
			 struct itimerspec64 *old);
	void (*timer_get)(struct k_itimer *timr, struct itimerspec64 *cur);
	int (*timer_del)(struct k_itimer *timr);
	void (*timer_rearm)(struct k_itimer *timr);
};

extern const struct posix_clock_ops clock_posix_cpu;
extern const struct posix_clock_ops clock_process, clock_thread;

const struct posix_clock_ops *clockid_to_ops(clockid_t id);

bool posix_timer_send(struct k_itimer *timr, int si_private);

/* Timers on the hrtimer clocks, used by their posix_clock_ops. */
int common_timer_create(struct k_itimer *timr);
int common_timer_set(struct k_itimer *timr, int flags, struct itimerspec64 *new,
		     struct itimerspec64 *old);
void common_timer_get(struct k_itimer *timr, struct itimerspec64 *cur);
int common_timer_del(struct k_itimer *timr);
void common_timer_rearm(struct k_itimer *timr);

long hrtimer_nanosleep(ktime_t rqtp, const enum hrtimer_mode mode, const clockid_t clockid);
long nanosleep_copyout(struct restart_block *restart, struct timespec64 *ts);

/* CPU time: of the tick's accounts or as measured, by CPUCLOCK_*. */
u64 cpu_clock_of_task(int which, struct task_struct *p);
u64 cpu_clock_of_group(int which, struct task_struct *p);
void set_process_cpu_timer(struct task_struct *tsk, unsigned int which, u64 *newval, u64 *oldval);

#endif /* _KERNEL_TIME_POSIX_TIMERS_H */
