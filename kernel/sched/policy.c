// SPDX-License-Identifier: MIT
/*
 * Changing how a task is scheduled: nice levels, policies, real-time priorities, yielding.
 *
 * Every change has the same shape, under pi_lock and the queue's lock: take the task off its queue
 * (remembering whether it was queued and whether it runs), change it, put it back, and let its
 * class decide whether somebody must be preempted.
 */

#include <linux/capability.h>
#include <linux/cpu.h>
#include <linux/sched/signal.h>

#include "sched.h"

/*
 * Weights: 1024 * 1.25^-nice, rounded. One step of nice is 25 % of weight, so of two busy tasks
 * one nice level apart one gets about 10 % more of the CPU than before, at any level.
 */
const unsigned int sched_prio_to_weight[NICE_WIDTH] = {
	/* -20 */  88818,  71054,  56843,  45475,  36380,
	/* -15 */  29104,  23283,  18626,  14901,  11921,
	/* -10 */   9537,   7629,   6104,   4883,   3906,
	/*  -5 */   3125,   2500,   2000,   1600,   1280,
	/*   0 */   1024,    819,    655,    524,    419,
	/*   5 */    336,    268,    215,    172,    137,
	/*  10 */    110,     88,     70,     56,     45,
	/*  15 */     36,     29,     23,     18,     15,
};

/** set_load_weight - a task's weight follows from its nice value, or from SCHED_IDLE */
void set_load_weight(struct task_struct *p)
{
	unsigned long weight = NICE_TO_WEIGHT(task_nice(p));

	if (idle_policy(p->policy))
		weight = WEIGHT_IDLEPRIO;
	p->se.load.weight = weight;
	p->se.load.inv_weight = (1ULL << 32) / weight;
}

/* The class follows from the effective priority. */
void __setscheduler_prio(struct task_struct *p, int prio)
{
	p->sched_class = rt_prio(prio) ? &rt_sched_class : &fair_sched_class;
	p->prio = prio;
}

/*
 * The priority that counts: its own, or that of a real-time task that waits for it. Fair tasks
 * lend nothing: among them weights decide, and those are not inherited.
 */
static int effective_prio(struct task_struct *p, struct task_struct *pi_task)
{
	int prio = pi_task ? READ_ONCE(pi_task->prio) : MAX_PRIO;

	return rt_prio(prio) ? min(prio, p->normal_prio) : p->normal_prio;
}

/* What a change needs to know afterwards. */
struct change {
	struct rq *rq;
	struct task_struct *p;
	const struct sched_class *class;
	int prio;
	bool queued, running;
};

static void change_begin(struct change *c, struct rq *rq, struct task_struct *p)
{
	update_rq_clock(rq);
	c->rq = rq;
	c->p = p;
	c->class = p->sched_class;
	c->prio = p->prio;
	c->queued = task_on_rq_queued(p);
	c->running = task_current(rq, p);
	if (c->queued)
		dequeue_task(rq, p, DEQUEUE_SAVE);
	if (c->running)
		p->sched_class->put_prev_task(rq, p);
}

static void change_end(struct change *c)
{
	struct task_struct *p = c->p;
	int flags = ENQUEUE_RESTORE;

	/* Becoming less urgent puts it before its equals: it was running already. */
	if (c->prio < p->prio)
		flags |= ENQUEUE_HEAD;
	if (c->queued)
		enqueue_task(c->rq, p, flags);
	if (c->running)
		p->sched_class->set_next_task(c->rq, p);
	if (c->class != p->sched_class)
		p->sched_class->switched_to(c->rq, p);
	else if (c->prio != p->prio)
		p->sched_class->prio_changed(c->rq, p, c->prio);
	/* From real time to fair: others may be more urgent now. */
	if (c->running && sched_class_above(c->class, p->sched_class))
		resched_curr(c->rq);
}

/**
 * set_user_nice - change a task's nice level
 * @p: the task
 * @nice: -20 (strong) to 19
 *
 * A real-time task keeps it for the day it becomes a normal one.
 */
void set_user_nice(struct task_struct *p, long nice)
{
	unsigned long flags;
	struct change c;
	struct rq *rq;

	if (task_nice(p) == nice || nice < MIN_NICE || nice > MAX_NICE)
		return;
	rq = task_rq_lock(p, &flags);
	if (rt_or_dl_task_policy(p)) {
		p->static_prio = NICE_TO_PRIO(nice);
		goto out;
	}
	change_begin(&c, rq, p);
	p->static_prio = NICE_TO_PRIO(nice);
	p->normal_prio = p->static_prio;
	p->prio = effective_prio(p, p->pi_top_task);
	reweight_task_fair(rq, p);
	change_end(&c);
out:
	task_rq_unlock(rq, p, &flags);
}
EXPORT_SYMBOL(set_user_nice);

/**
 * task_prio - a task's priority as /proc/PID/stat shows it
 * @p: the task
 *
 * Return: -100 to -2 for real time, 0 to 39 for others, 20 in the middle. proc_pid_stat(5).
 */
int task_prio(const struct task_struct *p)
{
	return p->prio - MAX_RT_PRIO;
}

/**
 * can_nice - may a task have this nice level?
 * @p: the task
 * @nice: the level, below its own
 *
 * Down to 20 less RLIMIT_NICE, or whoever asks has CAP_SYS_NICE.
 */
int can_nice(const struct task_struct *p, const int nice)
{
	return 20 - nice <= (long)min(task_rlimit(p, RLIMIT_NICE), 40UL) || capable(CAP_SYS_NICE);
}

#define SLICE_MIN	(100 * NSEC_PER_USEC)
#define SLICE_MAX	(100 * NSEC_PER_MSEC)

static int check_attr(const struct sched_attr *attr)
{
	if (!valid_policy(attr->sched_policy))
		return -EINVAL;
	if (attr->sched_flags & ~(u64)SCHED_FLAG_RESET_ON_FORK)
		return -EINVAL;
	if (attr->sched_priority >= MAX_RT_PRIO)
		return -EINVAL;
	if (rt_policy(attr->sched_policy) != (attr->sched_priority != 0))
		return -EINVAL;
	return 0;
}

static void apply_slice(struct task_struct *p, u64 slice)
{
	p->se.custom_slice = slice != 0;
	p->se.slice = slice ? clamp_t(u64, slice, SLICE_MIN, SLICE_MAX) : sysctl_sched_base_slice;
}

static void apply_attr(struct rq *rq, struct task_struct *p, const struct sched_attr *attr)
{
	p->policy = attr->sched_policy;
	p->sched_reset_on_fork = !!(attr->sched_flags & SCHED_FLAG_RESET_ON_FORK);
	p->rt_priority = attr->sched_priority;
	if (fair_policy(p->policy)) {
		p->static_prio = NICE_TO_PRIO(clamp(attr->sched_nice, MIN_NICE, MAX_NICE));
		p->normal_prio = p->static_prio;
		apply_slice(p, attr->sched_runtime);
	} else {
		p->normal_prio = MAX_RT_PRIO - 1 - p->rt_priority;
		p->rt.time_slice = sched_rr_timeslice;
	}
	reweight_task_fair(rq, p);
	__setscheduler_prio(p, effective_prio(p, p->pi_top_task));
}

/**
 * sched_setattr_nocheck - change policy and parameters, whoever asks
 * @p: the task
 * @attr: sched_policy, sched_priority (1..99 for real time, else 0), sched_nice, sched_runtime
 *        (slice of a fair task in ns, 0 for the default), sched_flags
 *
 * Return: 0; -EINVAL for a bad combination or a stopper.
 */
int sched_setattr_nocheck(struct task_struct *p, const struct sched_attr *attr)
{
	int err = check_attr(attr);
	unsigned long flags;
	struct change c;
	struct rq *rq;

	if (err)
		return err;
	rq = task_rq_lock(p, &flags);
	if (p == rq->stop || is_idle_task(p)) {
		task_rq_unlock(rq, p, &flags);
		return -EINVAL;
	}
	change_begin(&c, rq, p);
	apply_attr(rq, p, attr);
	change_end(&c);
	task_rq_unlock(rq, p, &flags);
	/* If it waits for an rt_mutex, the owner inherits something else now. */
	rt_mutex_adjust_pi(p);
	return 0;
}

/**
 * rt_mutex_setprio - begin or end to run with the priority of another task
 * @p: the owner of an rt_mutex
 * @pi_task: the most urgent task that waits for @p, NULL for none
 *
 * For kernel/locking/rtmutex.c, whose lock keeps @pi_task waiting.
 * Context: Interrupts off.
 */
void rt_mutex_setprio(struct task_struct *p, struct task_struct *pi_task)
{
	unsigned long flags;
	struct change c;
	struct rq *rq;
	int prio;

	rq = task_rq_lock(p, &flags);
	p->pi_top_task = pi_task;
	prio = effective_prio(p, pi_task);
	/* An idle task can't be made urgent: nothing could run in its place. */
	if (prio == p->prio || WARN_ON_ONCE(is_idle_task(p)))
		goto out;
	change_begin(&c, rq, p);
	__setscheduler_prio(p, prio);
	change_end(&c);
out:
	task_rq_unlock(rq, p, &flags);
}

/**
 * sched_setattr - sched_setattr_nocheck(): rights are looked at by the system call
 * @p: the task
 * @attr: as for sched_setattr_nocheck()
 *
 * Return: as sched_setattr_nocheck().
 */
int sched_setattr(struct task_struct *p, const struct sched_attr *attr)
{
	return sched_setattr_nocheck(p, attr);
}

/**
 * sched_setscheduler_nocheck - change the policy, keep nice and slice
 * @p: the task
 * @policy: SCHED_*, with SCHED_RESET_ON_FORK or not
 * @param: sched_priority: 1 to 99 for real time, else 0
 *
 * Return: as sched_setattr_nocheck().
 */
int sched_setscheduler_nocheck(struct task_struct *p, int policy, const struct sched_param *param)
{
	struct sched_attr attr = {
		.size = sizeof(attr),
		.sched_policy = policy & ~SCHED_RESET_ON_FORK,
		.sched_flags = (policy & SCHED_RESET_ON_FORK) ? SCHED_FLAG_RESET_ON_FORK : 0,
		.sched_priority = param->sched_priority,
		.sched_nice = task_nice(p),
		.sched_runtime = p->se.custom_slice ? p->se.slice : 0,
	};

	return sched_setattr_nocheck(p, &attr);
}

/**
 * sched_setscheduler - change policy and real-time priority
 * @p: the task
 * @policy: SCHED_NORMAL, _BATCH, _IDLE, _FIFO or _RR, perhaps with SCHED_RESET_ON_FORK
 * @param: sched_priority, 1..99 for FIFO and RR, otherwise 0
 *
 * Return: 0 or -EINVAL.
 */
int sched_setscheduler(struct task_struct *p, int policy, const struct sched_param *param)
{
	return sched_setscheduler_nocheck(p, policy, param);
}
EXPORT_SYMBOL(sched_setscheduler);

/**
 * sched_set_fifo - real time for a thread that knows no number: SCHED_FIFO, middle of the scale
 * @p: the thread
 *
 * Context: any but NMI; takes the run queue's lock.
 */
void sched_set_fifo(struct task_struct *p)
{
	struct sched_param sp = { .sched_priority = MAX_RT_PRIO / 2 };

	WARN_ON_ONCE(sched_setscheduler_nocheck(p, SCHED_FIFO, &sp));
}
EXPORT_SYMBOL(sched_set_fifo);

/**
 * sched_set_fifo_low - real time for a thread that only has to come before all fair ones: priority
 * 1
 * @p: the thread
 *
 * Context: any but NMI; takes the run queue's lock.
 */
void sched_set_fifo_low(struct task_struct *p)
{
	struct sched_param sp = { .sched_priority = 1 };

	WARN_ON_ONCE(sched_setscheduler_nocheck(p, SCHED_FIFO, &sp));
}
EXPORT_SYMBOL(sched_set_fifo_low);

/**
 * sched_set_normal - make a thread a fair one
 * @p: the thread
 * @nice: -20 to 19
 *
 * Context: any but NMI; takes the run queue's lock.
 */
void sched_set_normal(struct task_struct *p, int nice)
{
	struct sched_attr attr = {
		.size = sizeof(attr),
		.sched_policy = SCHED_NORMAL,
		.sched_nice = nice,
	};

	WARN_ON_ONCE(sched_setattr_nocheck(p, &attr));
}
EXPORT_SYMBOL(sched_set_normal);

/**
 * sched_set_stop_task - make a thread the stopper of a CPU, or an ordinary one again
 * @cpu: the CPU
 * @stop: the thread, bound to @cpu and asleep; NULL takes the old one back
 */
void sched_set_stop_task(int cpu, struct task_struct *stop)
{
	struct sched_param param = { .sched_priority = MAX_RT_PRIO - 1 };
	struct task_struct *old = cpu_rq(cpu)->stop;
	unsigned long flags;
	struct change c;
	struct rq *rq;

	if (stop) {
		sched_setscheduler_nocheck(stop, SCHED_FIFO, &param);
		rq = task_rq_lock(stop, &flags);
		change_begin(&c, rq, stop);
		stop->sched_class = &stop_sched_class;
		if (c.queued)
			enqueue_task(rq, stop, 0);
		task_rq_unlock(rq, stop, &flags);
	}
	cpu_rq(cpu)->stop = stop;
	if (old)
		old->sched_class = &rt_sched_class;
}

/**
 * yield - let others run first
 *
 * No promise that anybody does: use a proper wait to wait for something.
 */
void __sched yield(void)
{
	struct rq *rq;

	set_current_state(TASK_RUNNING);
	local_irq_disable();
	rq = this_rq();
	raw_spin_rq_lock(rq);
	update_rq_clock(rq);
	current->sched_class->yield_task(rq);
	preempt_disable();
	raw_spin_rq_unlock_irq(rq);
	sched_preempt_enable_no_resched();
	schedule();
}
EXPORT_SYMBOL(yield);
