// SPDX-License-Identifier: MIT
/*
 * Workers when there are none: the recruiter, and rescuers.
 *
 * A crew without an idle worker is short: if those it has fall asleep in their works, what is
 * queued then waits for them. One thread for all crews, the recruiter, hires a worker for each crew
 * that is short. It may sleep for memory; who called it goes on with its work meanwhile.
 *
 * Memory may be short just because a work that would free some waits. A queue that works for memory
 * reclaim says so (WQ_MEM_RECLAIM) and has a rescuer, a thread of its own that was made while there
 * was memory. If a crew is short for HELP_DELAY while works wait, help_timer lets each lane that
 * is ready there call its rescuer, and again each HELP_INTERVAL as long as that lasts:
 *
 *	worker			recruiter		help_timer	rescuer of queue Q
 *	takes the last place
 *	  recruiter_call()	wakes			is armed
 *	work sleeps		  asks for memory
 *				  .			rings: Q's lane
 *				  .			is ready	wakes, joins the crew,
 *				  .					runs Q's works
 *				  gets it: a worker	rings: nobody	rests
 *							is short: ends
 *
 * So each queue with a rescuer gets on whatever the others wait for: one work at a time, but it
 * does. Flushing such a queue needs no worker (see workqueue_flush.c).
 */
#include "workqueue_internal.h"

#include <linux/bug.h>
#include <linux/init.h>
#include <linux/jiffies.h>
#include <linux/sched/prio.h>
#include <linux/slab.h>

#define HELP_DELAY	(HZ / 100 + 1)	/* a worker is made in less, if there is memory */
#define HELP_INTERVAL	(HZ / 10)
#define HIRE_INTERVAL	HZ		/* between attempts while there is no memory */

/* The lists of lanes that call, wq->distressed; inside crew->lock. */
static DEFINE_RAW_SPINLOCK(wq_distress_lock);

static void ring_for_help(struct timer_list *unused);
static DEFINE_TIMER(help_timer, ring_for_help);

static struct task_struct *recruiter __ro_after_init;

/* A crew that never had a worker has no CPU yet: its works wait for that. */
static bool crew_is_short(struct worker_crew *crew)
{
	lockdep_assert_held(&crew->lock);
	return crew->nr_workers && !crew->nr_idle;
}

/* ---- calling rescuers ---- */

static void lane_call_rescuer(struct lane *lane)
{
	struct workqueue_struct *wq = lane->wq;

	if (!wq->rescuer || !list_empty(&lane->distress_node))
		return;
	list_add_tail(&lane->distress_node, &wq->distressed);
	wake_up_process(wq->rescuer->task);
}

/* Return: is the crew short? If works wait besides, their rescuers have been called. */
static bool crew_call_rescuers(struct worker_crew *crew)
{
	struct lane *lane;
	bool is_short;

	raw_spin_lock_irq(&crew->lock);
	is_short = crew_is_short(crew);
	if (is_short && crew_needs_worker(crew)) {
		raw_spin_lock(&wq_distress_lock);
		list_for_each_entry(lane, &crew->ready, ready_node)
			lane_call_rescuer(lane);
		raw_spin_unlock(&wq_distress_lock);
	}
	raw_spin_unlock_irq(&crew->lock);
	return is_short;
}

static void ring_for_help(struct timer_list *unused)
{
	struct worker_crew *crew;
	bool again = false;
	int nr;

	for_each_crew(crew, nr)
		again |= crew_call_rescuers(crew);
	if (again)
		mod_timer(&help_timer, jiffies + HELP_INTERVAL);
}

/* ---- the recruiter ---- */

/**
 * recruiter_call - a crew has become short
 *
 * Context: the crew's lock is held.
 */
void recruiter_call(void)
{
	wake_up_process(recruiter);
	if (!timer_pending(&help_timer))
		mod_timer(&help_timer, jiffies + HELP_DELAY);
}

static struct worker_crew *find_short_crew(void)
{
	struct worker_crew *crew;
	int nr;

	for_each_crew(crew, nr) {
		bool is_short;

		raw_spin_lock_irq(&crew->lock);
		is_short = crew_is_short(crew);
		raw_spin_unlock_irq(&crew->lock);
		if (is_short)
			return crew;
	}
	return NULL;
}

static int recruiter_thread(void *unused)
{
	struct worker_crew *crew;

	while (!kthread_should_stop()) {
		/* First the state, then the look: a call in between makes us look again. */
		set_current_state(TASK_IDLE);
		crew = find_short_crew();
		if (!crew) {
			schedule();
			continue;
		}
		__set_current_state(TASK_RUNNING);
		if (!crew_hire(crew))
			schedule_timeout_idle(HIRE_INTERVAL);
	}
	return 0;
}

/** recruiter_start - before there is any worker. Context: boot, threads work */
void __init recruiter_start(void)
{
	recruiter = kthread_create(recruiter_thread, NULL, "kworker/recruit");
	BUG_ON(IS_ERR(recruiter));
	wake_up_process(recruiter);
}

/* ---- rescuers ---- */

/* Run works of a lane until its crew is no longer short, or none are left that may be started. */
static void rescue_lane(struct worker *rescuer, struct lane *lane)
{
	struct worker_crew *crew = lane->crew;
	struct work_struct *work;

	worker_join_crew(rescuer, crew);
	raw_spin_lock_irq(&crew->lock);
	while (!list_empty(&lane->ready_node)) {
		work = lane_start_work(lane);
		if (work)
			worker_run_work(rescuer, lane, work);
		if (!crew_is_short(crew))
			break;
	}
	/* What is left is the crew's again, and its next call for help finds us. */
	crew_wake_worker(crew);
	raw_spin_unlock_irq(&crew->lock);
	worker_leave_crew(rescuer);
}

/* Return: the next lane that calls, NULL if none does. */
static struct lane *next_distressed_lane(struct workqueue_struct *wq)
{
	struct lane *lane;

	raw_spin_lock_irq(&wq_distress_lock);
	lane = list_first_entry_or_null(&wq->distressed, struct lane, distress_node);
	if (lane)
		list_del_init(&lane->distress_node);
	raw_spin_unlock_irq(&wq_distress_lock);
	return lane;
}

static int rescuer_thread(void *arg)
{
	struct worker *rescuer = arg;
	struct lane *lane;
	bool last_round;

	set_user_nice(current, MIN_NICE);
	/* It is always OFF_DUTY, so it is never counted: its crew has no CPU to spare for it. */
	current->flags |= PF_WQ_WORKER;
	do {
		set_current_state(TASK_IDLE);
		/* Asked before the calls are answered: none may be left when the queue is freed. */
		last_round = kthread_should_stop();
		lane = next_distressed_lane(rescuer->rescues);
		if (!lane && !last_round)
			schedule();
		__set_current_state(TASK_RUNNING);
		if (lane)
			rescue_lane(rescuer, lane);
	} while (lane || !last_round);
	current->flags &= ~PF_WQ_WORKER;
	return 0;
}

/**
 * wq_add_rescuer - give a queue its rescuer
 * @wq: with WQ_MEM_RECLAIM
 *
 * Context: may sleep.
 * Return: 0, -ENOMEM, or what kthread_create() returned.
 */
int wq_add_rescuer(struct workqueue_struct *wq)
{
	struct worker *rescuer = alloc_worker();

	if (!rescuer)
		return -ENOMEM;
	rescuer->rescues = wq;
	rescuer->task = kthread_create(rescuer_thread, rescuer, "kworker/R-%s", wq->name);
	if (IS_ERR(rescuer->task)) {
		int err = PTR_ERR(rescuer->task);

		kfree(rescuer);
		return err;
	}
	rescuer->task->flags |= PF_NO_SETAFFINITY;
	wq->rescuer = rescuer;
	wake_up_process(rescuer->task);
	return 0;
}

/**
 * wq_remove_rescuer - let it answer what calls there are, and end
 * @wq: drained; with or without a rescuer
 *
 * Context: may sleep.
 */
void wq_remove_rescuer(struct workqueue_struct *wq)
{
	if (!wq->rescuer)
		return;
	kthread_stop(wq->rescuer->task);
	kfree(wq->rescuer);
}
