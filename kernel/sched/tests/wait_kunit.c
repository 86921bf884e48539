// SPDX-License-Identifier: MIT
/*
 * Sleeping and waking: no wake-up may get lost, none may go to the wrong one.
 */

#include <kunit/test.h>

#include <linux/atomic.h>
#include <linux/completion.h>
#include <linux/delay.h>
#include <linux/hrtimer.h>
#include <linux/kthread.h>
#include <linux/rcuwait.h>
#include <linux/swait.h>
#include <linux/wait.h>
#include <linux/wait_bit.h>

#include "../sched.h"
#include "hog.h"

/* ---- storms ---- */

#define STORM_ROUNDS	5000

struct pingpong {
	wait_queue_head_t wq[2];
	int turn;
	int rounds;
};

static int pong_fn(void *data)
{
	struct pingpong *pp = data;

	while (!kthread_should_stop()) {
		wait_event(pp->wq[1], READ_ONCE(pp->turn) == 1 || kthread_should_stop());
		if (kthread_should_stop())
			break;
		WRITE_ONCE(pp->turn, 0);
		wake_up(&pp->wq[0]);
	}
	return 0;
}

static void ping_pong_loses_no_wakeup(struct kunit *test)
{
	struct pingpong pp = { };
	struct task_struct *t;
	int i;

	init_waitqueue_head(&pp.wq[0]);
	init_waitqueue_head(&pp.wq[1]);
	t = kthread_run(pong_fn, &pp, "pong");
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	for_rounds(i, STORM_ROUNDS) {
		WRITE_ONCE(pp.turn, 1);
		wake_up(&pp.wq[1]);
		if (!wait_event_timeout(pp.wq[0], READ_ONCE(pp.turn) == 0, PATIENCE)) {
			KUNIT_FAIL(test, "round %d: no answer", i);
			break;
		}
	}
	kthread_stop(t);
}

struct storm {
	atomic_t tokens;	/* produced and not consumed */
	atomic_t consumed;
	wait_queue_head_t wq;
};

static bool take_token(struct storm *s)
{
	return atomic_dec_if_positive(&s->tokens) >= 0;
}

static int consumer_fn(void *data)
{
	struct storm *s = data;
	bool got;

	while (!kthread_should_stop()) {
		got = false;
		wait_event_interruptible_exclusive(s->wq, (got = take_token(s)) ||
						   kthread_should_stop());
		if (got)
			atomic_inc(&s->consumed);
	}
	return 0;
}

/* Each token wakes one exclusive waiter; if one wake-up were lost, a token would stay. */
static void exclusive_wakeup_storm(struct kunit *test)
{
	struct storm s = { };
	struct task_struct *t[4];
	int i, tokens;

	init_waitqueue_head(&s.wq);
	for (i = 0; i < 4; i++) {
		t[i] = kthread_run(consumer_fn, &s, "consumer%d", i);
		KUNIT_ASSERT_FALSE(test, IS_ERR(t[i]));
	}
	for_rounds(tokens, STORM_ROUNDS) {
		atomic_inc(&s.tokens);
		wake_up_interruptible(&s.wq);
		if (!(tokens % 64))
			cond_resched();
	}
	KUNIT_EXPECT_TRUE(test, eventually(atomic_read(&s.consumed) == tokens));
	for (i = 0; i < 4; i++)
		kthread_stop(t[i]);
}

/* Raw sleep against raw wake-ups from two sides, the races W1 to W4 of wakeup.c. */
struct race {
	int flag;
	int seen;
	struct task_struct *sleeper;
};

static int race_sleeper_fn(void *data)
{
	struct race *r = data;

	while (!kthread_should_stop()) {
		set_current_state(TASK_INTERRUPTIBLE);
		if (xchg(&r->flag, 0)) {
			__set_current_state(TASK_RUNNING);
			WRITE_ONCE(r->seen, r->seen + 1);
			continue;
		}
		if (kthread_should_stop())
			break;
		schedule();
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

/* The next flag follows the last at once if the sleeper is quick; that is where the races are. */
static bool flag_is_seen(struct race *r)
{
	int i;

	for (i = 0; i < 1000 && READ_ONCE(r->flag); i++) {
		cpu_relax();
		cond_resched();
	}
	return eventually(!READ_ONCE(r->flag));
}

static void a_set_flag_is_always_seen(struct kunit *test)
{
	struct race r = { };
	int i;

	r.sleeper = kthread_run(race_sleeper_fn, &r, "sleeper");
	KUNIT_ASSERT_FALSE(test, IS_ERR(r.sleeper));
	for_rounds(i, STORM_ROUNDS) {
		xchg(&r.flag, 1);
		wake_up_process(r.sleeper);
		if (!flag_is_seen(&r)) {
			KUNIT_FAIL(test, "round %d: asleep with its flag set", i);
			break;
		}
	}
	kthread_stop(r.sleeper);
}

/* Woken while it migrates: state, queue and CPU change at once. */
static void wakeups_and_migrations_together(struct kunit *test)
{
	struct race r = { };
	int i, cpu = 0, seen;

	r.sleeper = kthread_run(race_sleeper_fn, &r, "sleeper");
	KUNIT_ASSERT_FALSE(test, IS_ERR(r.sleeper));
	for_rounds(i, STORM_ROUNDS) {
		cpu = cpumask_next(cpu, cpu_active_mask);
		if (cpu >= nr_cpu_ids)
			cpu = cpumask_first(cpu_active_mask);
		xchg(&r.flag, 1);
		wake_up_process(r.sleeper);
		set_cpus_allowed_ptr(r.sleeper, cpumask_of(cpu));
	}
	seen = READ_ONCE(r.seen);
	xchg(&r.flag, 1);
	wake_up_process(r.sleeper);
	KUNIT_EXPECT_TRUE(test, eventually(READ_ONCE(r.seen) != seen));
	kthread_stop(r.sleeper);
}

/* ---- forms ---- */

struct form {
	wait_queue_head_t wq;
	bool cond;
	int waiting;
	long ret;
	struct completion done;
	spinlock_t lock;
	unsigned long word;
	int var;
	struct swait_queue_head swq;
	struct rcuwait rw;
};

static int setter_fn(void *data)
{
	struct form *f = data;

	msleep(8);
	spin_lock_irq(&f->lock);
	WRITE_ONCE(f->cond, true);
	spin_unlock_irq(&f->lock);
	wake_up_all(&f->wq);
	WRITE_ONCE(f->var, 1);
	smp_mb();
	wake_up_var(&f->var);
	clear_and_wake_up_bit(3, &f->word);
	swake_up_all(&f->swq);
	rcuwait_wake_up(&f->rw);
	complete(&f->done);
	return 0;
}

static struct form *form_start(struct kunit *test)
{
	struct form *f = kunit_kzalloc(test, sizeof(*f), GFP_KERNEL);
	struct task_struct *t;

	KUNIT_ASSERT_NOT_NULL(test, f);
	init_waitqueue_head(&f->wq);
	init_swait_queue_head(&f->swq);
	init_completion(&f->done);
	spin_lock_init(&f->lock);
	rcuwait_init(&f->rw);
	f->word = BIT(3);
	t = kthread_run(setter_fn, f, "setter");
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	return f;
}

static void form_end(struct form *f)
{
	wait_for_completion(&f->done);
}

#define cond_of(f)	READ_ONCE((f)->cond)

static void wait_event_sees_the_condition(struct kunit *test)
{
	struct form *f = form_start(test);

	wait_event(f->wq, cond_of(f));
	KUNIT_EXPECT_TRUE(test, f->cond);
	form_end(f);
}

static void wait_event_timeout_tells_time_left(struct kunit *test)
{
	struct form *f = form_start(test);
	long left = wait_event_timeout(f->wq, cond_of(f), PATIENCE);

	KUNIT_EXPECT_GT(test, left, 0);
	KUNIT_EXPECT_LE(test, left, PATIENCE);
	form_end(f);
}

static void wait_event_timeout_gives_zero_when_late(struct kunit *test)
{
	DECLARE_WAIT_QUEUE_HEAD_ONSTACK(wq);

	KUNIT_EXPECT_EQ(test, wait_event_timeout(wq, false, 2), 0);
	KUNIT_EXPECT_EQ(test, wait_event_timeout(wq, true, 0), 1);
	KUNIT_EXPECT_EQ(test, wait_event_interruptible_timeout(wq, false, 2), 0);
	KUNIT_EXPECT_EQ(test, wait_event_killable_timeout(wq, false, 1), 0);
	KUNIT_EXPECT_EQ(test, wait_event_idle_timeout(wq, false, 1), 0);
	KUNIT_EXPECT_EQ(test, wait_event_freezable_timeout(wq, false, 1), 0);
}

static void interruptible_forms_return_zero_on_success(struct kunit *test)
{
	struct form *f = form_start(test);

	KUNIT_EXPECT_EQ(test, wait_event_interruptible(f->wq, cond_of(f)), 0);
	KUNIT_EXPECT_EQ(test, wait_event_killable(f->wq, cond_of(f)), 0);
	KUNIT_EXPECT_EQ(test, wait_event_freezable(f->wq, cond_of(f)), 0);
	KUNIT_EXPECT_EQ(test, wait_event_interruptible_exclusive(f->wq, cond_of(f)), 0);
	KUNIT_EXPECT_EQ(test, wait_event_killable_exclusive(f->wq, cond_of(f)), 0);
	KUNIT_EXPECT_EQ(test, wait_event_state(f->wq, cond_of(f), TASK_IDLE), 0);
	wait_event_idle(f->wq, cond_of(f));
	wait_event_idle_exclusive(f->wq, cond_of(f));
	io_wait_event(f->wq, cond_of(f));
	form_end(f);
}

static void a_pending_signal_ends_an_interruptible_wait(struct kunit *test)
{
	DECLARE_WAIT_QUEUE_HEAD_ONSTACK(wq);
	DECLARE_COMPLETION_ONSTACK(never);

	set_thread_flag(TIF_NOTIFY_SIGNAL);
	KUNIT_EXPECT_EQ(test, wait_event_interruptible(wq, false), -ERESTARTSYS);
	KUNIT_EXPECT_EQ(test, wait_event_interruptible_timeout(wq, false, PATIENCE), -ERESTARTSYS);
	KUNIT_EXPECT_EQ(test, wait_for_completion_interruptible(&never), -ERESTARTSYS);
	KUNIT_EXPECT_EQ(test, wait_event_interruptible(wq, true), 0);
	/* Not one that only a kill may end. */
	KUNIT_EXPECT_EQ(test, wait_event_killable_timeout(wq, false, 1), 0);
	clear_thread_flag(TIF_NOTIFY_SIGNAL);
	KUNIT_EXPECT_FALSE(test, waitqueue_active(&wq));
}

static void hrtimeout_forms(struct kunit *test)
{
	DECLARE_WAIT_QUEUE_HEAD_ONSTACK(wq);
	ktime_t begin = ktime_get();
	struct form *f;

	KUNIT_EXPECT_EQ(test, wait_event_hrtimeout(wq, false, ms_to_ktime(5)), -ETIME);
	KUNIT_EXPECT_GE(test, ktime_ms_delta(ktime_get(), begin), 5);
	KUNIT_EXPECT_EQ(test, wait_event_interruptible_hrtimeout(wq, false, ms_to_ktime(1)),
			-ETIME);
	f = form_start(test);
	KUNIT_EXPECT_EQ(test, wait_event_hrtimeout(f->wq, cond_of(f), KTIME_MAX), 0);
	form_end(f);
}

static void lock_forms_hold_the_lock_in_the_test(struct kunit *test)
{
	struct form *f = form_start(test);

	spin_lock_irq(&f->lock);
	wait_event_lock_irq(f->wq, ({ assert_spin_locked(&f->lock); f->cond; }), f->lock);
	assert_spin_locked(&f->lock);
	spin_unlock_irq(&f->lock);
	form_end(f);

	f = form_start(test);
	spin_lock_irq(&f->lock);
	KUNIT_EXPECT_EQ(test, wait_event_interruptible_lock_irq(f->wq, f->cond, f->lock), 0);
	KUNIT_EXPECT_EQ(test, wait_event_lock_irq_timeout(f->wq, false, f->lock, 1), 0);
	spin_unlock_irq(&f->lock);
	form_end(f);
}

static void locked_forms_hold_the_queues_lock(struct kunit *test)
{
	struct form *f = form_start(test);

	spin_lock_irq(&f->wq.lock);
	KUNIT_EXPECT_EQ(test, wait_event_interruptible_locked_irq(f->wq, f->cond), 0);
	assert_spin_locked(&f->wq.lock);
	spin_unlock_irq(&f->wq.lock);
	form_end(f);
}

static void cmd_form_runs_its_commands(struct kunit *test)
{
	struct form *f = form_start(test);
	int before = 0, after = 0;

	wait_event_cmd(f->wq, cond_of(f), before++, after++);
	KUNIT_EXPECT_GT(test, before, 0);
	KUNIT_EXPECT_EQ(test, before, after);
	form_end(f);
}

static void bit_and_variable_waits(struct kunit *test)
{
	struct form *f = form_start(test);
	unsigned long held = BIT(1);

	KUNIT_EXPECT_EQ(test, wait_on_bit(&f->word, 3, TASK_UNINTERRUPTIBLE), 0);
	KUNIT_EXPECT_EQ(test, wait_on_bit_io(&f->word, 3, TASK_UNINTERRUPTIBLE), 0);
	KUNIT_EXPECT_EQ(test, wait_on_bit_lock(&f->word, 3, TASK_UNINTERRUPTIBLE), 0);
	KUNIT_EXPECT_TRUE(test, test_bit(3, &f->word));
	form_end(f);
	KUNIT_EXPECT_EQ(test, wait_on_bit_timeout(&held, 1, TASK_UNINTERRUPTIBLE, 2), -EAGAIN);

	f = form_start(test);
	wait_var_event(&f->var, READ_ONCE(f->var));
	KUNIT_EXPECT_EQ(test, f->var, 1);
	KUNIT_EXPECT_EQ(test, wait_var_event_timeout(&f->var, f->var == 2, 1), 0);
	KUNIT_EXPECT_EQ(test, wait_var_event_killable(&f->var, f->var == 1), 0);
	form_end(f);
}

static void swait_and_rcuwait(struct kunit *test)
{
	struct form *f = form_start(test);

	swait_event_exclusive(f->swq, cond_of(f));
	KUNIT_EXPECT_FALSE(test, swait_active(&f->swq));
	KUNIT_EXPECT_EQ(test, swait_event_timeout_exclusive(f->swq, false, 1), 0);
	form_end(f);
	f = form_start(test);
	KUNIT_EXPECT_EQ(test, rcuwait_wait_event(&f->rw, cond_of(f), TASK_UNINTERRUPTIBLE), 0);
	KUNIT_EXPECT_FALSE(test, rcuwait_active(&f->rw));
	form_end(f);
}

static int woken_waiter_fn(void *data)
{
	struct form *f = data;
	DEFINE_WAIT_FUNC(wait, woken_wake_function);

	add_wait_queue(&f->wq, &wait);
	while (!cond_of(f)) {
		msleep(1);		/* a condition that sleeps */
		wait_woken(&wait, TASK_UNINTERRUPTIBLE, MAX_SCHEDULE_TIMEOUT);
	}
	remove_wait_queue(&f->wq, &wait);
	f->ret = 1;
	complete(&f->done);
	return 0;
}

static void wait_woken_remembers_the_wakeup(struct kunit *test)
{
	struct form f = { };
	struct task_struct *t;

	init_waitqueue_head(&f.wq);
	init_completion(&f.done);
	t = kthread_run(woken_waiter_fn, &f, "woken");
	KUNIT_ASSERT_FALSE(test, IS_ERR(t));
	KUNIT_EXPECT_TRUE(test, eventually(waitqueue_active(&f.wq)));
	WRITE_ONCE(f.cond, true);
	wake_up(&f.wq);
	/* Not with a limit: the thread uses our stack. */
	wait_for_completion(&f.done);
	KUNIT_EXPECT_EQ(test, f.ret, 1);
}

/* ---- who is woken ---- */

struct queued {
	struct wait_queue_entry entry;
	int woken;
};

static int count_wake(struct wait_queue_entry *e, unsigned int mode, int flags, void *key)
{
	(void)mode;
	(void)flags;
	container_of(e, struct queued, entry)->woken++;
	return key ? -1 : 1;
}

static void one_exclusive_and_all_others_are_woken(struct kunit *test)
{
	DECLARE_WAIT_QUEUE_HEAD_ONSTACK(wq);
	struct queued q[4] = { };
	int i;

	for (i = 0; i < 4; i++)
		init_waitqueue_func_entry(&q[i].entry, count_wake);
	add_wait_queue_exclusive(&wq, &q[0].entry);
	add_wait_queue_exclusive(&wq, &q[1].entry);
	add_wait_queue(&wq, &q[2].entry);
	add_wait_queue_priority(&wq, &q[3].entry);
	q[3].entry.flags &= ~WQ_FLAG_EXCLUSIVE;
	KUNIT_EXPECT_PTR_EQ(test, wq.head.next, &q[3].entry.entry);

	KUNIT_EXPECT_EQ(test, __wake_up(&wq, TASK_NORMAL, 1, NULL), 1);
	KUNIT_EXPECT_EQ(test, q[0].woken, 1);
	KUNIT_EXPECT_EQ(test, q[1].woken, 0);
	KUNIT_EXPECT_EQ(test, q[2].woken, 1);
	KUNIT_EXPECT_EQ(test, q[3].woken, 1);
	wake_up_all(&wq);
	KUNIT_EXPECT_EQ(test, q[1].woken, 1);
	/* A negative answer ends the walk at the first. */
	__wake_up(&wq, TASK_NORMAL, 0, &wq);
	KUNIT_EXPECT_EQ(test, q[3].woken, 3);
	KUNIT_EXPECT_EQ(test, q[2].woken, 2);
	for (i = 0; i < 4; i++)
		remove_wait_queue(&wq, &q[i].entry);
	KUNIT_EXPECT_FALSE(test, wq_has_sleeper(&wq));
}

/* ---- completions ---- */

static void completions_count(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(c);

	KUNIT_EXPECT_FALSE(test, try_wait_for_completion(&c));
	KUNIT_EXPECT_FALSE(test, completion_done(&c));
	complete(&c);
	complete(&c);
	KUNIT_EXPECT_TRUE(test, completion_done(&c));
	wait_for_completion(&c);
	KUNIT_EXPECT_TRUE(test, try_wait_for_completion(&c));
	KUNIT_EXPECT_FALSE(test, try_wait_for_completion(&c));
	KUNIT_EXPECT_EQ(test, wait_for_completion_timeout(&c, 1), 0);
	complete_all(&c);
	wait_for_completion(&c);
	wait_for_completion_io(&c);
	KUNIT_EXPECT_EQ(test, wait_for_completion_killable(&c), 0);
	reinit_completion(&c);
	KUNIT_EXPECT_FALSE(test, completion_done(&c));
}

struct crowd {
	struct completion gate;
	struct completion all;
	atomic_t through;
};

static int crowd_fn(void *data)
{
	struct crowd *c = data;

	wait_for_completion(&c->gate);
	if (atomic_inc_return(&c->through) == 5)
		complete(&c->all);
	return 0;
}

static void complete_all_lets_a_crowd_through(struct kunit *test)
{
	struct crowd c = { };
	int i;

	init_completion(&c.gate);
	init_completion(&c.all);
	for (i = 0; i < 5; i++)
		KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(crowd_fn, &c, "crowd")));
	msleep(5);
	KUNIT_EXPECT_EQ(test, atomic_read(&c.through), 0);
	complete(&c.gate);
	KUNIT_EXPECT_TRUE(test, eventually(atomic_read(&c.through) == 1));
	complete_all(&c.gate);
	wait_for_completion(&c.all);
}

static struct kunit_case wait_cases[] = {
	KUNIT_CASE(ping_pong_loses_no_wakeup),
	KUNIT_CASE(exclusive_wakeup_storm),
	KUNIT_CASE(a_set_flag_is_always_seen),
	KUNIT_CASE(wakeups_and_migrations_together),
	KUNIT_CASE(wait_event_sees_the_condition),
	KUNIT_CASE(wait_event_timeout_tells_time_left),
	KUNIT_CASE(wait_event_timeout_gives_zero_when_late),
	KUNIT_CASE(interruptible_forms_return_zero_on_success),
	KUNIT_CASE(a_pending_signal_ends_an_interruptible_wait),
	KUNIT_CASE(hrtimeout_forms),
	KUNIT_CASE(lock_forms_hold_the_lock_in_the_test),
	KUNIT_CASE(locked_forms_hold_the_queues_lock),
	KUNIT_CASE(cmd_form_runs_its_commands),
	KUNIT_CASE(bit_and_variable_waits),
	KUNIT_CASE(swait_and_rcuwait),
	KUNIT_CASE(wait_woken_remembers_the_wakeup),
	KUNIT_CASE(one_exclusive_and_all_others_are_woken),
	KUNIT_CASE(completions_count),
	KUNIT_CASE(complete_all_lets_a_crowd_through),
	{}
};

static struct kunit_suite wait_suite = {
	.name = "sched_wait",
	.test_cases = wait_cases,
};
kunit_test_suite(wait_suite);
