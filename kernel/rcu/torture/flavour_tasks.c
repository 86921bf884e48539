// SPDX-License-Identifier: MIT
/*
 * RCU torture: the three Tasks flavours. A reader of each:
 *
 *	Tasks		anything up to the next voluntary switch; it may be preempted
 *	Tasks Rude	anything with preemption off
 *	Tasks Trace	rcu_read_lock_trace(), which may sleep
 *
 * Their grace periods take many ticks by design, so the floor is low.
 */

#include "rcutorture.h"

#include <linux/preempt.h>
#include <linux/rcupdate_trace.h>
#include <linux/sched.h>

/* ---- Tasks ---- */

static unsigned long lock_nothing(void)
{
	return 0;
}

static void unlock_nothing(unsigned long cookie)
{
}

static const struct rcu_torture_reader tasks_readers[] = {
	{ "no voluntary switch", lock_nothing, unlock_nothing, READER_PREEMPT },
	{ }
};

static const struct rcu_torture_wait tasks_waits[] = {
	{ "synchronize_rcu_tasks", WAIT_NORMAL, synchronize_rcu_tasks },
	{ }
};

const struct rcu_torture_flavour rcu_torture_tasks = {
	.name = "tasks",
	.readers = tasks_readers,
	.waits = tasks_waits,
	.call = call_rcu_tasks,
	.wait_for_callbacks = rcu_barrier_tasks,
	.ticks_per_gp = 1000,
};

/* ---- Tasks Rude ---- */

static unsigned long lock_preempt(void)
{
	preempt_disable();
	return 0;
}

static void unlock_preempt(unsigned long cookie)
{
	preempt_enable();
}

static const struct rcu_torture_reader rude_readers[] = {
	{ "preemption off", lock_preempt, unlock_preempt, 0 },
	{ }
};

static const struct rcu_torture_wait rude_waits[] = {
	{ "synchronize_rcu_tasks_rude", WAIT_NORMAL, synchronize_rcu_tasks_rude },
	{ }
};

const struct rcu_torture_flavour rcu_torture_tasks_rude = {
	.name = "tasks rude",
	.readers = rude_readers,
	.waits = rude_waits,
	.ticks_per_gp = 1000,
};

/* ---- Tasks Trace ---- */

static unsigned long lock_trace(void)
{
	rcu_read_lock_trace();
	return 0;
}

static void unlock_trace(unsigned long cookie)
{
	rcu_read_unlock_trace();
}

static unsigned long lock_trace_nested(void)
{
	rcu_read_lock_trace();
	rcu_read_lock_trace();
	return 0;
}

static void unlock_trace_nested(unsigned long cookie)
{
	rcu_read_unlock_trace();
	rcu_read_unlock_trace();
}

static const struct rcu_torture_reader trace_readers[] = {
	{ "rcu_read_lock_trace", lock_trace, unlock_trace,
	  READER_PREEMPT | READER_SLEEP | READER_IRQ | READER_ANY_END },
	{ "rcu_read_lock_trace nested", lock_trace_nested, unlock_trace_nested,
	  READER_PREEMPT | READER_SLEEP | READER_IRQ | READER_ANY_END },
	{ }
};

static const struct rcu_torture_wait trace_waits[] = {
	{ "synchronize_rcu_tasks_trace", WAIT_NORMAL, synchronize_rcu_tasks_trace },
	{ }
};

const struct rcu_torture_flavour rcu_torture_tasks_trace = {
	.name = "tasks trace",
	.readers = trace_readers,
	.waits = trace_waits,
	.call = call_rcu_tasks_trace,
	.wait_for_callbacks = rcu_barrier_tasks_trace,
	.ticks_per_gp = 1000,
};
