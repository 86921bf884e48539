// SPDX-License-Identifier: MIT
/*
 * RCU torture: SRCU, as a static and as a dynamic structure, with each kind of reader. One
 * structure has one kind of reader for life, so each is a flavour of its own.
 */

#include "rcutorture.h"

#include <linux/mutex.h>
#include <linux/sched.h>
#include <linux/srcu.h>

#include "../rcu.h"

DEFINE_STATIC_SRCU(torture_srcu);
DEFINE_STATIC_SRCU(torture_srcu_lite);
DEFINE_STATIC_SRCU(torture_srcu_nmisafe);
static struct srcu_struct torture_srcu_dynamic;

/* What the waits and callbacks of the running flavour are about. */
static struct srcu_struct *srcu;

static int init_static(void)
{
	srcu = &torture_srcu;
	return 0;
}

static int init_lite(void)
{
	srcu = &torture_srcu_lite;
	return 0;
}

static int init_nmisafe(void)
{
	srcu = &torture_srcu_nmisafe;
	return 0;
}

static int init_dynamic(void)
{
	srcu = &torture_srcu_dynamic;
	return init_srcu_struct(srcu);
}

static void cleanup_dynamic(void)
{
	cleanup_srcu_struct(srcu);
}

/* ---- readers ---- */

static unsigned long lock_srcu(void)
{
	return srcu_read_lock(srcu);
}

static void unlock_srcu(unsigned long idx)
{
	srcu_read_unlock(srcu, idx);
}

/* The indices of two nested readers may differ: both go into the cookie. */
static unsigned long lock_nested(void)
{
	unsigned long outer = srcu_read_lock(srcu);

	return outer << 1 | srcu_read_lock(srcu);
}

static void unlock_nested(unsigned long idx)
{
	srcu_read_unlock(srcu, idx >> 1);
	srcu_read_unlock(srcu, idx & 1);
}

static unsigned long lock_lite(void)
{
	return srcu_read_lock_lite(srcu);
}

static void unlock_lite(unsigned long idx)
{
	srcu_read_unlock_lite(srcu, idx);
}

static unsigned long lock_nmisafe(void)
{
	return srcu_read_lock_nmisafe(srcu);
}

static void unlock_nmisafe(unsigned long idx)
{
	srcu_read_unlock_nmisafe(srcu, idx);
}

static unsigned long lock_down(void)
{
	return srcu_down_read(srcu);
}

static void unlock_up(unsigned long idx)
{
	srcu_up_read(srcu, idx);
}

/*
 * Not READER_ANY_END: a second reader that begins inside the first protects what it finds itself,
 * and not what the first has found. A grace period that began in between waits for the first alone.
 */
#define SLEEPER		(READER_PREEMPT | READER_SLEEP)

static const struct rcu_torture_reader plain_readers[] = {
	{ "srcu_read_lock", lock_srcu, unlock_srcu, SLEEPER | READER_IRQ },
	{ "srcu_read_lock nested", lock_nested, unlock_nested, SLEEPER | READER_IRQ },
	{ }
};

static const struct rcu_torture_reader lite_readers[] = {
	{ "srcu_read_lock_lite", lock_lite, unlock_lite, SLEEPER | READER_IRQ },
	{ }
};

static const struct rcu_torture_reader nmisafe_readers[] = {
	{ "srcu_read_lock_nmisafe", lock_nmisafe, unlock_nmisafe, SLEEPER | READER_IRQ },
	{ }
};

static const struct rcu_torture_reader updown_readers[] = {
	{ "srcu_down_read", lock_down, unlock_up, SLEEPER },
	{ "srcu_read_lock", lock_srcu, unlock_srcu, SLEEPER },
	{ }
};

/* ---- waits ---- */

static void wait_normal(void)
{
	synchronize_srcu(srcu);
}

static void wait_expedited(void)
{
	synchronize_srcu_expedited(srcu);
}

static void wait_poll(void)
{
	unsigned long cookie = start_poll_synchronize_srcu(srcu);

	while (!poll_state_synchronize_srcu(srcu, cookie))
		schedule_timeout_uninterruptible(1);
}

static void call(struct rcu_head *head, rcu_callback_t func)
{
	call_srcu(srcu, head, func);
}

static void barrier_srcu(void)
{
	srcu_barrier(srcu);
}

static const struct rcu_torture_wait waits[] = {
	{ "synchronize_srcu", WAIT_NORMAL, wait_normal },
	{ "synchronize_srcu_expedited", WAIT_EXPEDITED, wait_expedited },
	{ "start_poll_synchronize_srcu", WAIT_POLLED, wait_poll },
	{ }
};

static unsigned long completed(void)
{
	return srcu_batches_completed(srcu) << RCU_SEQ_CTR_SHIFT;
}

/* The second scan has found somebody. */
static bool waits_for_me(void)
{
	struct srcu_usage *sup = srcu->srcu_sup;

	guard(mutex)(&sup->srcu_gp_mutex);
	return rcu_seq_state(READ_ONCE(sup->srcu_gp_seq)) == SRCU_STATE_SCAN2 && sup->srcu_n_scans;
}

#define SRCU_FLAVOUR(_name, _readers, _init, _cleanup)		\
{								\
	.name = _name,						\
	.readers = _readers,					\
	.waits = waits,						\
	.call = call,						\
	.wait_for_callbacks = barrier_srcu,			\
	.completed = completed,					\
	.init = _init,						\
	.cleanup = _cleanup,					\
	.ticks_per_gp = 100,					\
	.waits_for_me = waits_for_me,				\
}

const struct rcu_torture_flavour rcu_torture_srcu_static =
	SRCU_FLAVOUR("srcu", plain_readers, init_static, NULL);
const struct rcu_torture_flavour rcu_torture_srcu_dynamic =
	SRCU_FLAVOUR("srcu dynamic", plain_readers, init_dynamic, cleanup_dynamic);
const struct rcu_torture_flavour rcu_torture_srcu_lite =
	SRCU_FLAVOUR("srcu lite", lite_readers, init_lite, NULL);
const struct rcu_torture_flavour rcu_torture_srcu_nmisafe =
	SRCU_FLAVOUR("srcu nmisafe", nmisafe_readers, init_nmisafe, NULL);
const struct rcu_torture_flavour rcu_torture_srcu_updown =
	SRCU_FLAVOUR("srcu down and up", updown_readers, init_dynamic, cleanup_dynamic);
