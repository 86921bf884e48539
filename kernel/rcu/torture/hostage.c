// SPDX-License-Identifier: MIT
/*
 * RCU torture: hostages. Before a scenario lets everybody loose, one reader and one updater meet in
 * ways that leave nothing to chance.
 *
 * The reader goes in and stays, alone. The updater waits for a grace period, or has one call it
 * back, and says when that is over. How long has the reader to stay to catch a period that is too
 * short? Not for any time: until it has seen either of two events.
 *
 *	hostage				updater
 *	lock()
 *	inside ------------------------> asks for a grace period
 *	until it waits for me alone,	   :
 *	or `over` ...			   :
 *	unlock()			   :
 *	                                `over`
 *
 * "It waits for me alone" is read off the period's own books (flavour->waits_for_me()), and is
 * proof that it is right. `over`, seen from inside, is proof that it is wrong. One of them comes,
 * whatever the host does with the CPUs in between; so each break of break.h that lets readers down
 * is caught here, in some ticks.
 *
 * Two kinds of hostage, where the flavour waits for CPUs: one that was preempted and is a task on a
 * list; and one that keeps its CPU, the last one, with preemption off. That one gives up, and tries
 * anew, when somebody needs the CPU: it could be who runs the grace period.
 *
 * A callback that comes too early only comes when its CPU looks at its list: the hostage stays
 * until that CPU has done so (flavour->callbacks_noticed()).
 *
 * Roll call: so many callbacks are queued that some get lost if one in two hundred does.
 */

#define pr_fmt(fmt) "rcutorture: " fmt

#include "rcutorture.h"

#include <linux/completion.h>
#include <linux/cpumask.h>
#include <linux/delay.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/printk.h>
#include <linux/sched.h>
#include <linux/slab.h>

#include "break.h"

#define DISPLACED_MAX	100		/* how often a hostage may be driven off its CPU */
#define ROLL		600		/* callbacks */

enum hostage_end {
	HOSTAGE_RELEASED,		/* the period waited for it */
	HOSTAGE_DISPLACED,		/* the CPU was needed: it says nothing */
	HOSTAGE_BETRAYED,		/* the period was over first */
};

struct hostage {
	const struct rcu_torture_flavour *flavour;
	bool keeps_cpu;			/* preemption is off inside */
	struct completion inside;
	bool may_leave;			/* the updater's: all that could be noticed has been */
	bool over;			/* the updater's: its grace period has ended */
	enum hostage_end end;
};

/* To let others run: a preempted reader stays one. */
static void let_others_run(const struct hostage *h)
{
	if (h->keeps_cpu)
		udelay(10);
	else if (h->flavour->readers->can & READER_SLEEP)
		schedule_timeout_uninterruptible(1);
	else
		torture_preempt_schedule();
}

static enum hostage_end stay(const struct hostage *h)
{
	/* Acquire, here and below: pairs with the updater's releases. */
	while (!smp_load_acquire(&h->over)) {
		if (smp_load_acquire(&h->may_leave) && h->flavour->waits_for_me())
			break;
		if (h->keeps_cpu && need_resched())
			return HOSTAGE_DISPLACED;
		let_others_run(h);
	}
	return smp_load_acquire(&h->over) ? HOSTAGE_BETRAYED : HOSTAGE_RELEASED;
}

static int hostage_main(void *data)
{
	struct hostage *h = data;
	const struct rcu_torture_reader *r = h->flavour->readers;
	unsigned long cookie;

	if (h->keeps_cpu)
		preempt_disable();
	cookie = r->lock();
	torture_preempt_schedule();	/* nothing happens if it keeps its CPU */
	complete(&h->inside);
	h->end = stay(h);
	r->unlock(cookie);
	if (h->keeps_cpu)
		preempt_enable();
	torture_kthread_stopping("hostage");
	return 0;
}

/* ---- the updater ---- */

static struct {
	/* Where call_either() of flavour_rcu.c takes it for one in a hurry. */
	struct rcu_head head __aligned(128);
	struct completion done;
} courier;

static void called_back(struct rcu_head *head)
{
	complete(&courier.done);
}

static void wait_for_callback(struct hostage *h)
{
	init_completion(&courier.done);
	h->flavour->call(&courier.head, called_back);
	while (h->flavour->callbacks_noticed && !completion_done(&courier.done) &&
	       !h->flavour->callbacks_noticed()) {
		cpu_relax();
		cond_resched();
	}
	if (!completion_done(&courier.done))
		smp_store_release(&h->may_leave, true);
	wait_for_completion(&courier.done);
}

/* @wait: NULL for a callback. */
static void wait_for_period(struct hostage *h, const struct rcu_torture_wait *wait)
{
	if (wait) {
		smp_store_release(&h->may_leave, true);
		wait->wait();
	} else {
		wait_for_callback(h);
	}
	smp_store_release(&h->over, true);
}

/* Return: how it ended for the hostage, or a negative errno. */
static int meet(const struct rcu_torture_flavour *flavour, bool keeps_cpu,
		const struct rcu_torture_wait *wait, int cpu)
{
	struct hostage h = { .flavour = flavour, .keeps_cpu = keeps_cpu };
	struct task_struct *t;

	init_completion(&h.inside);
	t = kthread_create_on_cpu(hostage_main, &h, cpu, "hostage/%u");
	if (IS_ERR(t))
		return PTR_ERR(t);
	wake_up_process(t);
	wait_for_completion(&h.inside);
	wait_for_period(&h, wait);
	kthread_stop(t);
	return h.end;
}

static void meet_until_decided(const struct rcu_torture_flavour *flavour, bool keeps_cpu,
			       const struct rcu_torture_wait *wait, int cpu)
{
	int end, tries = 0;

	do {
		end = meet(flavour, keeps_cpu, wait, cpu);
	} while (end == HOSTAGE_DISPLACED && ++tries < DISPLACED_MAX);
	if (end < 0)
		pr_info("no memory for a hostage\n");
	else if (end == HOSTAGE_DISPLACED)
		pr_info("CPU %d has no time for a hostage\n", cpu);
	else if (end == HOSTAGE_BETRAYED)
		rcu_torture_error("%s ended over a reader that %s",
				  wait ? wait->name : "a callback's grace period",
				  keeps_cpu ? "keeps the last CPU" : "was preempted");
}

static void hold_hostages(const struct rcu_torture_scenario *scene, bool keeps_cpu, int cpu)
{
	const struct rcu_torture_flavour *flavour = scene->flavour;
	const struct rcu_torture_wait *wait;

	for (wait = flavour->waits; wait->name; wait++)
		if (scene->waits & wait->kind)
			meet_until_decided(flavour, keeps_cpu, wait, cpu);
	/* One that got lost would be waited for in vain: the roll call finds that. */
	if (flavour->call && (scene->waits & WAIT_CALLBACK) &&
	    !rcu_broken(RCU_BREAK_DROP_CALLBACK))
		meet_until_decided(flavour, keeps_cpu, NULL, cpu);
}

/**
 * rcu_torture_hostages - readers that stay until a grace period waits for them, or fails to
 * @scene: which flavour, and which waits
 *
 * Each wait of @scene is tried with each kind of hostage. No other torture thread may run.
 *
 * Context: may sleep; changes the caller's affinity.
 */
void rcu_torture_hostages(const struct rcu_torture_scenario *scene)
{
	int first = cpumask_first(cpu_online_mask), last = cpumask_last(cpu_online_mask);

	if (!scene->flavour->waits_for_me)
		return;
	set_cpus_allowed_ptr(current, cpumask_of(first));
	hold_hostages(scene, false, last);
	if (scene->flavour->waits_for_cpus && first != last)
		hold_hostages(scene, true, last);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

/* ---- roll call ---- */

struct present {
	struct rcu_head head __aligned(128);	/* in a hurry, see above */
};

static struct present *roll;
static atomic_t answered;

static void answer(struct rcu_head *head)
{
	atomic_inc(&answered);
}

/**
 * rcu_torture_roll_call - queue callbacks, and wait until most have come
 * @flavour: its
 *
 * A callback that is lost on purpose is so when it would be invoked: while RCU is broken, that is.
 * Context: may sleep.
 */
void rcu_torture_roll_call(const struct rcu_torture_flavour *flavour)
{
	int i;

	if (!flavour->call)
		return;
	roll = kvcalloc(ROLL, sizeof(*roll), GFP_KERNEL);
	if (!roll)
		return;
	atomic_set(&answered, 0);
	for (i = 0; i < ROLL; i++)
		flavour->call(&roll[i].head, answer);
	while (atomic_read(&answered) < ROLL * 9 / 10)
		schedule_timeout_uninterruptible(1);
}

/** rcu_torture_roll_call_end - RCU is whole again: are all there? */
void rcu_torture_roll_call_end(const struct rcu_torture_flavour *flavour)
{
	if (!roll)
		return;
	flavour->wait_for_callbacks();
	if (atomic_read(&answered) == ROLL)
		kvfree(roll);
	else	/* what is lost might turn up: not freed */
		rcu_torture_error("%d callbacks of %d are lost", ROLL - atomic_read(&answered),
				  ROLL);
	roll = NULL;
}
