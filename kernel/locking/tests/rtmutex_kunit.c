// SPDX-License-Identifier: MIT
/*
 * The rt_mutex: who gets it, and who inherits what from whom.
 */

#include <kunit/test.h>

#include <linux/random.h>
#include <linux/rtmutex.h>
#include <linux/sched/rt.h>
#include <linux/sched/signal.h>
#include <linux/sched/task.h>
#include <linux/smp.h>

#include "../rtmutex_common.h"
#include "storm.h"

/* A thread that does what it is told, in steps that can be waited for. */
struct actor {
	struct task_struct *task;
	struct rt_mutex *lock;
	struct rt_mutex *second;	/* taken while it owns the first, if not NULL */
	struct rt_mutex_base *proxy;	/* unlocked when it may go, if not NULL */
	struct completion owns;
	struct completion may_go;
	struct completion done;
	atomic_t *turn;
	int err, place;
	bool interruptible;
};

static int actor_lock(struct actor *a, struct rt_mutex *lock)
{
	if (a->interruptible)
		return rt_mutex_lock_interruptible(lock);
	rt_mutex_lock(lock);
	return 0;
}

static int actor_fn(void *data)
{
	struct actor *a = data;

	if (a->lock)
		a->err = actor_lock(a, a->lock);
	if (!a->err) {
		if (a->turn)
			a->place = atomic_inc_return(a->turn);
		complete(&a->owns);
		wait_for_completion(&a->may_go);
		if (a->second) {
			rt_mutex_lock_nested(a->second, SINGLE_DEPTH_NESTING);
			rt_mutex_unlock(a->second);
		}
		if (a->proxy)
			rt_mutex_futex_unlock(a->proxy);
		if (a->lock)
			rt_mutex_unlock(a->lock);
	}
	complete(&a->done);
	while (!kthread_should_stop())
		schedule_timeout_interruptible(1);
	return 0;
}

/* @prio: 1..99 for FIFO, 0 for a fair task. */
static struct actor *actor_create(struct kunit *test, struct rt_mutex *lock, int prio)
{
	struct actor *a = kunit_kzalloc(test, sizeof(*a), GFP_KERNEL);
	struct sched_param param = { .sched_priority = prio };

	KUNIT_ASSERT_NOT_NULL(test, a);
	a->lock = lock;
	init_completion(&a->owns);
	init_completion(&a->may_go);
	init_completion(&a->done);
	a->task = kthread_create(actor_fn, a, "actor/%d", prio);
	KUNIT_ASSERT_FALSE(test, IS_ERR(a->task));
	if (prio)
		KUNIT_ASSERT_EQ(test, sched_setscheduler(a->task, SCHED_FIFO, &param), 0);
	return a;
}

static struct actor *actor_start(struct kunit *test, struct rt_mutex *lock, int prio)
{
	struct actor *a = actor_create(test, lock, prio);

	wake_up_process(a->task);
	return a;
}

static struct actor *owner_start(struct kunit *test, struct rt_mutex *lock)
{
	struct actor *a = actor_start(test, lock, 0);

	wait_for_completion(&a->owns);
	return a;
}

/* Starts one and comes back when it waits. */
static struct actor *waiter_start(struct kunit *test, struct rt_mutex *lock, int prio)
{
	struct actor *a = actor_start(test, lock, prio);

	KUNIT_EXPECT_TRUE(test, eventually(tsk_is_pi_blocked(a->task)));
	return a;
}

static void actor_end(struct actor *a)
{
	complete(&a->may_go);
	wait_for_completion(&a->done);
	kthread_stop(a->task);
}

/* In the numbers of struct actor. */
static int effective(struct actor *a)
{
	int prio = READ_ONCE(a->task->prio);

	return rt_prio(prio) ? MAX_RT_PRIO - 1 - prio : 0;
}

/* ---- the lock -------------------------------------------------------------------------- */

static void a_free_lock_is_one_word(struct kunit *test)
{
	static DEFINE_RT_MUTEX(lock);

	KUNIT_EXPECT_FALSE(test, rt_mutex_is_locked(&lock));
	rt_mutex_lock(&lock);
	KUNIT_EXPECT_PTR_EQ(test, rt_mutex_owner(&lock.rtmutex), current);
	rt_mutex_unlock(&lock);
	KUNIT_EXPECT_EQ(test, rt_mutex_lock_interruptible(&lock), 0);
	rt_mutex_unlock(&lock);
	KUNIT_EXPECT_EQ(test, rt_mutex_lock_killable(&lock), 0);
	rt_mutex_unlock(&lock);
	KUNIT_EXPECT_EQ(test, lock.rtmutex.owner, 0UL);
}

static void trylock_fails_while_owned(struct kunit *test)
{
	static DEFINE_RT_MUTEX(lock);
	struct actor *a = owner_start(test, &lock);

	KUNIT_EXPECT_EQ(test, rt_mutex_trylock(&lock), 0);
	actor_end(a);
	KUNIT_EXPECT_EQ(test, rt_mutex_trylock(&lock), 1);
	rt_mutex_unlock(&lock);
}

static void the_most_urgent_gets_it_first(struct kunit *test)
{
	static const int prio[] = { 10, 0, 30, 20, 0 };
	static const int place[] = { 4, 5, 2, 3, 6 };
	static DEFINE_RT_MUTEX(lock);
	struct actor *owner, *w[ARRAY_SIZE(prio)];
	atomic_t turn = ATOMIC_INIT(1);
	int i;

	owner = owner_start(test, &lock);
	for (i = 0; i < ARRAY_SIZE(prio); i++) {
		w[i] = actor_create(test, &lock, prio[i]);
		w[i]->turn = &turn;
		complete(&w[i]->may_go);
		wake_up_process(w[i]->task);
		KUNIT_EXPECT_TRUE(test, eventually(tsk_is_pi_blocked(w[i]->task)));
	}
	actor_end(owner);
	for (i = 0; i < ARRAY_SIZE(prio); i++)
		actor_end(w[i]);
	/* Equals, the two fair ones, in order of arrival. */
	for (i = 0; i < ARRAY_SIZE(prio); i++)
		KUNIT_EXPECT_EQ_MSG(test, w[i]->place, place[i], "waiter %d", i);
}

/* ---- inheritance ------------------------------------------------------------------------ */

static void the_owner_inherits_from_the_most_urgent(struct kunit *test)
{
	static DEFINE_RT_MUTEX(lock);
	struct actor *owner = owner_start(test, &lock), *a, *b, *fair;

	fair = waiter_start(test, &lock, 0);
	KUNIT_EXPECT_EQ(test, effective(owner), 0);
	a = waiter_start(test, &lock, 20);
	KUNIT_EXPECT_EQ(test, effective(owner), 20);
	b = waiter_start(test, &lock, 40);
	KUNIT_EXPECT_EQ(test, effective(owner), 40);
	KUNIT_EXPECT_PTR_EQ(test, rt_mutex_get_top_task(owner->task), b->task);
	/* Its own parameters are untouched. */
	KUNIT_EXPECT_EQ(test, owner->task->policy, SCHED_NORMAL);
	KUNIT_EXPECT_EQ(test, task_nice(owner->task), 0);

	actor_end(owner);
	wait_for_completion(&b->owns);
	KUNIT_EXPECT_EQ(test, effective(b), 40);	/* its own; a lends less */
	KUNIT_EXPECT_PTR_EQ(test, rt_mutex_get_top_task(b->task), a->task);
	actor_end(b);
	actor_end(a);
	actor_end(fair);
	KUNIT_EXPECT_EQ(test, lock.rtmutex.owner, 0UL);
}

static void unlocking_gives_the_priority_back(struct kunit *test)
{
	static DEFINE_RT_MUTEX(lock);
	struct actor *owner = owner_start(test, &lock);
	struct actor *a = waiter_start(test, &lock, 20);

	KUNIT_EXPECT_EQ(test, effective(owner), 20);
	complete(&owner->may_go);
	wait_for_completion(&owner->done);
	KUNIT_EXPECT_EQ(test, effective(owner), 0);
	KUNIT_EXPECT_PTR_EQ(test, rt_mutex_get_top_task(owner->task), NULL);
	kthread_stop(owner->task);
	actor_end(a);
}

/* Owner of 1 <- owner of 2, waits for 1 <- urgent, waits for 2. */
static void priority_goes_along_the_chain(struct kunit *test)
{
	static DEFINE_RT_MUTEX(first);
	static DEFINE_RT_MUTEX(second);
	struct actor *end = owner_start(test, &first), *middle, *urgent;

	middle = actor_create(test, &second, 0);
	middle->second = &first;
	wake_up_process(middle->task);
	wait_for_completion(&middle->owns);
	complete(&middle->may_go);
	KUNIT_EXPECT_TRUE(test, eventually(tsk_is_pi_blocked(middle->task)));

	urgent = waiter_start(test, &second, 60);
	KUNIT_EXPECT_EQ(test, effective(middle), 60);
	KUNIT_EXPECT_EQ(test, effective(end), 60);

	actor_end(end);
	actor_end(middle);
	actor_end(urgent);
}

static void set_prio(struct kunit *test, struct task_struct *p, int prio)
{
	struct sched_param param = { .sched_priority = prio };

	KUNIT_EXPECT_EQ(test, sched_setscheduler(p, prio ? SCHED_FIFO : SCHED_NORMAL, &param), 0);
}

static void a_waiters_new_priority_reaches_the_owner(struct kunit *test)
{
	static DEFINE_RT_MUTEX(lock);
	struct actor *owner = owner_start(test, &lock);
	struct actor *a = waiter_start(test, &lock, 0);
	struct actor *b = waiter_start(test, &lock, 10);

	set_prio(test, a->task, 50);
	KUNIT_EXPECT_EQ(test, effective(owner), 50);
	set_prio(test, a->task, 5);
	KUNIT_EXPECT_EQ(test, effective(owner), 10);
	set_prio(test, b->task, 0);
	KUNIT_EXPECT_EQ(test, effective(owner), 5);
	actor_end(owner);
	actor_end(a);
	actor_end(b);
}

static void an_owners_own_change_keeps_what_is_lent(struct kunit *test)
{
	static DEFINE_RT_MUTEX(lock);
	struct actor *owner = owner_start(test, &lock);
	struct actor *a = waiter_start(test, &lock, 30);

	set_user_nice(owner->task, 5);
	KUNIT_EXPECT_EQ(test, effective(owner), 30);
	set_prio(test, owner->task, 10);
	KUNIT_EXPECT_EQ(test, effective(owner), 30);
	set_prio(test, owner->task, 40);
	KUNIT_EXPECT_EQ(test, effective(owner), 40);
	set_prio(test, owner->task, 0);
	KUNIT_EXPECT_EQ(test, effective(owner), 30);
	actor_end(owner);
	actor_end(a);
}

static void a_waiter_that_gives_up_takes_its_priority_along(struct kunit *test)
{
	static DEFINE_RT_MUTEX(lock);
	struct actor *owner = owner_start(test, &lock);
	struct actor *a = waiter_start(test, &lock, 10);
	struct actor *b = actor_create(test, &lock, 50);

	b->interruptible = true;
	wake_up_process(b->task);
	KUNIT_EXPECT_TRUE(test, eventually(effective(owner) == 50));
	set_tsk_thread_flag(b->task, TIF_NOTIFY_SIGNAL);
	wake_up_process(b->task);
	wait_for_completion(&b->done);
	KUNIT_EXPECT_EQ(test, b->err, -EINTR);
	KUNIT_EXPECT_EQ(test, effective(owner), 10);
	clear_tsk_thread_flag(b->task, TIF_NOTIFY_SIGNAL);
	kthread_stop(b->task);
	actor_end(owner);
	actor_end(a);
}

/*
 * What it is all for. On one CPU: the owner is a fair task, a FIFO task that never sleeps keeps it
 * from running, and a more urgent one wants the lock.
 */
static int never_sleeps(void *data)
{
	while (!kthread_should_stop())
		barrier();
	return 0;
}

static void a_middling_task_does_not_delay_an_urgent_one(struct kunit *test)
{
	static DEFINE_RT_MUTEX(lock);
	struct actor *owner, *urgent;
	struct task_struct *hog;
	int cpu = cpumask_last(cpu_active_mask);

	if (num_active_cpus() < 2) {
		kunit_skip(test, "the hog would keep this case from its CPU");
		return;
	}
	if (cpu == raw_smp_processor_id())
		cpu = cpumask_first(cpu_active_mask);
	KUNIT_ASSERT_EQ(test, set_cpus_allowed_ptr(current,
						   cpumask_of(raw_smp_processor_id())), 0);

	owner = actor_create(test, &lock, 0);
	set_cpus_allowed_ptr(owner->task, cpumask_of(cpu));
	wake_up_process(owner->task);
	wait_for_completion(&owner->owns);

	hog = kthread_create(never_sleeps, NULL, "hog");
	KUNIT_ASSERT_FALSE(test, IS_ERR(hog));
	set_cpus_allowed_ptr(hog, cpumask_of(cpu));
	set_prio(test, hog, 20);
	wake_up_process(hog);
	complete(&owner->may_go);	/* it could unlock now, if it could run */

	urgent = actor_create(test, &lock, 50);
	set_cpus_allowed_ptr(urgent->task, cpumask_of(cpu));
	wake_up_process(urgent->task);
	wait_for_completion(&urgent->owns);
	kthread_stop(hog);

	wait_for_completion(&owner->done);
	kthread_stop(owner->task);
	actor_end(urgent);
	set_cpus_allowed_ptr(current, cpu_possible_mask);
}

/* ---- other tasks' locks ------------------------------------------------------------------ */

/* As RCU boosts a reader: the reader owns a lock that it never took. */
static void a_proxy_owner_inherits_and_unlocks(struct kunit *test)
{
	static struct rt_mutex lock;
	struct actor *reader = actor_create(test, NULL, 0), *booster;

	rt_mutex_init(&lock);
	reader->proxy = &lock.rtmutex;
	wake_up_process(reader->task);
	wait_for_completion(&reader->owns);
	rt_mutex_init_proxy_locked(&lock.rtmutex, reader->task);

	booster = waiter_start(test, &lock, 15);
	KUNIT_EXPECT_EQ(test, effective(reader), 15);
	complete(&reader->may_go);
	wait_for_completion(&booster->owns);
	wait_for_completion(&reader->done);
	KUNIT_EXPECT_EQ(test, effective(reader), 0);
	kthread_stop(reader->task);
	actor_end(booster);
}

static void who_would_wait_for_itself_is_refused(struct kunit *test)
{
	struct rt_mutex_base mine, theirs;
	struct rt_mutex_waiter their_wait, my_wait;
	struct actor *a = actor_start(test, NULL, 0);

	wait_for_completion(&a->owns);
	rt_mutex_init_waiter(&their_wait);
	rt_mutex_init_waiter(&my_wait);
	rt_mutex_init_proxy_locked(&mine, current);
	rt_mutex_init_proxy_locked(&theirs, a->task);

	KUNIT_EXPECT_EQ(test, rt_mutex_start_proxy_lock(&mine, &my_wait, current), -EDEADLK);
	KUNIT_EXPECT_EQ(test, rt_mutex_start_proxy_lock(&mine, &their_wait, a->task), 0);
	KUNIT_EXPECT_EQ(test, rt_mutex_start_proxy_lock(&theirs, &my_wait, current), -EDEADLK);

	KUNIT_EXPECT_TRUE(test, rt_mutex_cleanup_proxy_lock(&mine, &their_wait));
	KUNIT_EXPECT_FALSE(test, tsk_is_pi_blocked(a->task));
	KUNIT_EXPECT_FALSE(test, tsk_is_pi_blocked(current));
	KUNIT_EXPECT_EQ(test, mine.owner, (unsigned long)current);
	rt_mutex_futex_unlock(&mine);
	KUNIT_EXPECT_EQ(test, mine.owner, 0UL);
	rt_mutex_proxy_unlock(&theirs);
	actor_end(a);
}

/* As a PI futex is unlocked: the lock is never free, and its heirs' priority moves with it. */
static void a_lock_is_handed_on_without_being_free(struct kunit *test)
{
	struct actor *owner = actor_start(test, NULL, 0), *low = actor_start(test, NULL, 0),
		     *high = actor_start(test, NULL, 20);
	struct rt_mutex_waiter low_wait, high_wait;
	struct rt_mutex_base lock;

	wait_for_completion(&owner->owns);
	wait_for_completion(&low->owns);
	wait_for_completion(&high->owns);
	rt_mutex_init_waiter(&low_wait);
	rt_mutex_init_waiter(&high_wait);
	rt_mutex_init_proxy_locked(&lock, current);
	KUNIT_EXPECT_NULL(test, rt_mutex_futex_top_task(&lock));
	KUNIT_EXPECT_EQ(test, rt_mutex_start_proxy_lock(&lock, &low_wait, low->task), 0);
	KUNIT_EXPECT_EQ(test, rt_mutex_start_proxy_lock(&lock, &high_wait, high->task), 0);
	KUNIT_EXPECT_PTR_EQ(test, rt_mutex_futex_top_task(&lock), high->task);

	/* To one that is not the most urgent, as can be if priorities changed: it inherits. */
	rt_mutex_futex_handoff(&lock, low->task);
	KUNIT_EXPECT_PTR_EQ(test, rt_mutex_owner(&lock), low->task);
	KUNIT_EXPECT_NULL(test, low_wait.task);
	KUNIT_EXPECT_FALSE(test, tsk_is_pi_blocked(low->task));
	KUNIT_EXPECT_EQ(test, effective(low), 20);

	/* Its wait has ended with the lock; the other one's can still end without. */
	KUNIT_EXPECT_FALSE(test, rt_mutex_cleanup_proxy_lock(&lock, &low_wait));
	KUNIT_EXPECT_TRUE(test, rt_mutex_cleanup_proxy_lock(&lock, &high_wait));
	KUNIT_EXPECT_EQ(test, effective(low), 0);
	rt_mutex_proxy_unlock(&lock);
	actor_end(owner);
	actor_end(low);
	actor_end(high);
}

/* ---- storm --------------------------------------------------------------------------------- */

#define NR_LOCKS	3

struct rt_storm {
	struct rt_mutex lock[NR_LOCKS];
	unsigned long count[NR_LOCKS];
	unsigned long taken[STORM_MAX][NR_LOCKS];
	atomic_t inherited_wrongly;
};

/* Takes two locks in rising order, with priorities that change all the time. */
static void rt_storm(struct storm *s, int id)
{
	struct rt_storm *rs = s->data;
	u32 x = 12345 * (id + 1);
	int i;

	for_rounds(i, 3000) {
		struct sched_param param = { };
		int low, high;

		x = x * 1664525 + 1013904223;
		low = (x >> 20) % (NR_LOCKS - 1);
		high = low + 1 + (x >> 16) % (NR_LOCKS - 1 - low);
		param.sched_priority = (x >> 24) % 4 ? 0 : 1 + (x >> 26) % 30;
		sched_setscheduler(current, param.sched_priority ? SCHED_FIFO : SCHED_NORMAL,
				   &param);

		rt_mutex_lock(&rs->lock[low]);
		rt_mutex_lock_nested(&rs->lock[high], SINGLE_DEPTH_NESTING);
		rs->count[low]++;
		rs->count[high]++;
		rs->taken[id][low]++;
		rs->taken[id][high]++;
		if (!(x % 128))
			schedule_timeout_uninterruptible(1);
		rt_mutex_unlock(&rs->lock[low]);
		rt_mutex_unlock(&rs->lock[high]);
		if (rt_mutex_get_top_task(current) || current->prio != current->normal_prio)
			atomic_inc(&rs->inherited_wrongly);
	}
	sched_set_normal(current, 0);
}

static void a_storm_leaves_nothing_behind(struct kunit *test)
{
	struct rt_storm *rs = kunit_kzalloc(test, sizeof(*rs), GFP_KERNEL);
	int i, id;

	KUNIT_ASSERT_NOT_NULL(test, rs);
	for (i = 0; i < NR_LOCKS; i++)
		rt_mutex_init(&rs->lock[i]);
	storm_run_threads(test, rt_storm, rs, STORM_MAX, false);
	for (i = 0; i < NR_LOCKS; i++) {
		unsigned long sum = 0;

		for (id = 0; id < STORM_MAX; id++)
			sum += rs->taken[id][i];
		KUNIT_EXPECT_EQ(test, rs->count[i], sum);
		KUNIT_EXPECT_EQ(test, rs->lock[i].rtmutex.owner, 0UL);
		KUNIT_EXPECT_FALSE(test, rt_mutex_has_waiters(&rs->lock[i].rtmutex));
	}
	KUNIT_EXPECT_EQ(test, atomic_read(&rs->inherited_wrongly), 0);
}

static struct kunit_case rtmutex_cases[] = {
	KUNIT_CASE(a_free_lock_is_one_word),
	KUNIT_CASE(trylock_fails_while_owned),
	KUNIT_CASE(the_most_urgent_gets_it_first),
	KUNIT_CASE(the_owner_inherits_from_the_most_urgent),
	KUNIT_CASE(unlocking_gives_the_priority_back),
	KUNIT_CASE(priority_goes_along_the_chain),
	KUNIT_CASE(a_waiters_new_priority_reaches_the_owner),
	KUNIT_CASE(an_owners_own_change_keeps_what_is_lent),
	KUNIT_CASE(a_waiter_that_gives_up_takes_its_priority_along),
	KUNIT_CASE(a_middling_task_does_not_delay_an_urgent_one),
	KUNIT_CASE(a_proxy_owner_inherits_and_unlocks),
	KUNIT_CASE(who_would_wait_for_itself_is_refused),
	KUNIT_CASE(a_lock_is_handed_on_without_being_free),
	KUNIT_CASE(a_storm_leaves_nothing_behind),
	{}
};

static struct kunit_suite rtmutex_suite = {
	.name = "rtmutex",
	.test_cases = rtmutex_cases,
};
kunit_test_suite(rtmutex_suite);

MODULE_LICENSE("MIT");
