// SPDX-License-Identifier: MIT
/*
 * Mutex, rwsem and semaphore: exclusion, order, interruption, and the ways out of a wait.
 */

#include <kunit/test.h>

#include <linux/jiffies.h>
#include <linux/mutex.h>
#include <linux/rwsem.h>
#include <linux/sched/signal.h>
#include <linux/semaphore.h>

#include "storm.h"

#define ROUNDS	20000

/* A helper thread that does one thing and can be waited for. */
struct helper {
	void (*fn)(void *data);
	void *data;
	struct task_struct *task;
	struct completion done;
};

static int helper_main(void *arg)
{
	struct helper *h = arg;

	h->fn(h->data);
	complete(&h->done);
	set_current_state(TASK_INTERRUPTIBLE);
	while (!kthread_should_stop()) {
		schedule();
		set_current_state(TASK_INTERRUPTIBLE);
	}
	__set_current_state(TASK_RUNNING);
	return 0;
}

static void helper_start(struct kunit *test, struct helper *h, void (*fn)(void *), void *data)
{
	h->fn = fn;
	h->data = data;
	init_completion(&h->done);
	h->task = kthread_run(helper_main, h, "lock-helper");
	KUNIT_ASSERT_FALSE(test, IS_ERR(h->task));
}

static void helper_join(struct helper *h)
{
	wait_for_completion(&h->done);
	kthread_stop(h->task);
}

/* ---- mutex ---------------------------------------------------------------------------- */

static DEFINE_MUTEX(test_mutex);
static unsigned long mutex_count;

static void mutex_trylock_fails_while_owned(struct kunit *test)
{
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&test_mutex));
	mutex_lock(&test_mutex);
	KUNIT_EXPECT_TRUE(test, mutex_is_locked(&test_mutex));
	KUNIT_EXPECT_EQ(test, mutex_get_owner(&test_mutex), (unsigned long)current);
	KUNIT_EXPECT_FALSE(test, mutex_trylock(&test_mutex));
	mutex_unlock(&test_mutex);
	KUNIT_EXPECT_TRUE(test, mutex_trylock(&test_mutex));
	mutex_unlock(&test_mutex);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&test_mutex.owner), 0L);
}

static void count_under_mutex(struct storm *s, int id)
{
	int i;

	for_rounds(i, ROUNDS) {
		mutex_lock(&test_mutex);
		mutex_count++;
		/* Sometimes sleep inside, so that others have to sleep too. */
		if (i % 300 == id)
			schedule_timeout_uninterruptible(1);
		mutex_unlock(&test_mutex);
	}
	atomic_long_add(i, &s->rounds);
}

static void mutex_excludes_spinners_and_sleepers(struct kunit *test)
{
	unsigned long rounds;

	mutex_count = 0;
	rounds = storm_run_threads(test, count_under_mutex, NULL, STORM_MAX, false);
	KUNIT_EXPECT_EQ(test, mutex_count, rounds);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&test_mutex.owner), 0L);
	KUNIT_EXPECT_TRUE(test, list_empty(&test_mutex.wait_list));
}

static void lock_and_note(void *data)
{
	mutex_lock(&test_mutex);
	WRITE_ONCE(*(bool *)data, true);
	mutex_unlock(&test_mutex);
}

static void mutex_unlock_wakes_a_sleeper(struct kunit *test)
{
	struct helper h;
	bool got = false;

	mutex_lock(&test_mutex);
	helper_start(test, &h, lock_and_note, &got);
	while (list_empty_careful(&test_mutex.wait_list))
		schedule_timeout_uninterruptible(1);
	KUNIT_EXPECT_FALSE(test, READ_ONCE(got));
	mutex_unlock(&test_mutex);
	helper_join(&h);
	KUNIT_EXPECT_TRUE(test, got);
}

/* Takes the mutex over and over, as greedily as it can, till told to stop. */
static void hog(void *data)
{
	bool *stop = data;

	while (!READ_ONCE(*stop)) {
		mutex_lock(&test_mutex);
		cpu_relax();
		mutex_unlock(&test_mutex);
	}
}

static void mutex_waiter_is_not_starved_by_a_hog(struct kunit *test)
{
	bool stop = false;
	struct helper h;
	int i;

	helper_start(test, &h, hog, &stop);
	for_rounds(i, 2000) {
		mutex_lock(&test_mutex);
		mutex_unlock(&test_mutex);
	}
	WRITE_ONCE(stop, true);
	helper_join(&h);
}

static void lock_interruptibly(void *data)
{
	*(int *)data = mutex_lock_interruptible(&test_mutex);
	if (!*(int *)data)
		mutex_unlock(&test_mutex);
}

static void mutex_lock_interruptible_gets_a_free_mutex(struct kunit *test)
{
	struct helper h;
	int err = -1;

	helper_start(test, &h, lock_interruptibly, &err);
	helper_join(&h);
	KUNIT_EXPECT_EQ(test, err, 0);
}

static void mutex_guard_unlocks(struct kunit *test)
{
	scoped_guard(mutex, &test_mutex)
		KUNIT_EXPECT_TRUE(test, mutex_is_locked(&test_mutex));
	KUNIT_EXPECT_FALSE(test, mutex_is_locked(&test_mutex));
	scoped_cond_guard(mutex_try, return, &test_mutex)
		KUNIT_EXPECT_TRUE(test, mutex_is_locked(&test_mutex));
}

static void atomic_dec_and_mutex_lock_locks_at_zero(struct kunit *test)
{
	atomic_t count = ATOMIC_INIT(2);

	KUNIT_EXPECT_FALSE(test, atomic_dec_and_mutex_lock(&count, &test_mutex));
	KUNIT_EXPECT_TRUE(test, atomic_dec_and_mutex_lock(&count, &test_mutex));
	mutex_unlock(&test_mutex);
}

#ifdef CONFIG_DEBUG_MUTEXES
static void debug_reports_a_destroyed_mutex(struct kunit *test)
{
	struct mutex m;

	mutex_init(&m);
	mutex_destroy(&m);
	kunit_expect_report(test, REPORT_LOCK);
	KUNIT_EXPECT_TRUE(test, mutex_trylock(&m));
	m.magic = &m;
	mutex_unlock(&m);
}
#endif

/* ---- rwsem ------------------------------------------------------------------------------ */

static DECLARE_RWSEM(test_sem);
static unsigned long sem_a, sem_b;
static atomic_t sem_torn;

static void rwsem_readers_share_writers_exclude(struct kunit *test)
{
	down_read(&test_sem);
	KUNIT_EXPECT_TRUE(test, down_read_trylock(&test_sem));
	KUNIT_EXPECT_FALSE(test, down_write_trylock(&test_sem));
	up_read(&test_sem);
	up_read(&test_sem);

	down_write(&test_sem);
	KUNIT_EXPECT_FALSE(test, down_read_trylock(&test_sem));
	KUNIT_EXPECT_FALSE(test, down_write_trylock(&test_sem));
	up_write(&test_sem);
	KUNIT_EXPECT_FALSE(test, rwsem_is_locked(&test_sem));
}

static void downgrade_lets_readers_in_and_keeps_writers_out(struct kunit *test)
{
	down_write(&test_sem);
	downgrade_write(&test_sem);
	KUNIT_EXPECT_TRUE(test, down_read_trylock(&test_sem));
	KUNIT_EXPECT_FALSE(test, down_write_trylock(&test_sem));
	up_read(&test_sem);
	up_read(&test_sem);
	KUNIT_EXPECT_FALSE(test, rwsem_is_locked(&test_sem));
}

/* Each round is a context switch or two: readers don't spin. */
#define RWSEM_ROUNDS	20000

/* The rounds of this storm are its writes. */
static void rwsem_storm(struct storm *s, int id)
{
	int i, writes = 0;

	for_rounds(i, RWSEM_ROUNDS) {
		switch ((i + id) % 8) {
		case 0:
		case 1:
			writes++;
			down_write(&test_sem);
			sem_a++;
			if (i % 120 == id)
				schedule_timeout_uninterruptible(1);
			sem_b++;
			up_write(&test_sem);
			break;
		case 2:
			writes++;
			down_write(&test_sem);
			sem_a++;
			sem_b++;
			downgrade_write(&test_sem);
			if (READ_ONCE(sem_a) != READ_ONCE(sem_b))
				atomic_inc(&sem_torn);
			up_read(&test_sem);
			break;
		default:
			down_read(&test_sem);
			if (READ_ONCE(sem_a) != READ_ONCE(sem_b))
				atomic_inc(&sem_torn);
			if (i % 120 == id)
				schedule_timeout_uninterruptible(1);
			up_read(&test_sem);
		}
	}
	atomic_long_add(writes, &s->rounds);
}

static void rwsem_readers_never_see_half_a_write(struct kunit *test)
{
	unsigned long writes;

	sem_a = sem_b = 0;
	atomic_set(&sem_torn, 0);
	writes = storm_run_threads(test, rwsem_storm, NULL, STORM_MAX, false);
	KUNIT_EXPECT_EQ(test, atomic_read(&sem_torn), 0);
	KUNIT_EXPECT_EQ(test, sem_a, writes);
	KUNIT_EXPECT_EQ(test, sem_a, sem_b);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&test_sem.count), 0L);
	KUNIT_EXPECT_TRUE(test, list_empty(&test_sem.wait_list));
}

static void read_and_note(void *data)
{
	down_read(&test_sem);
	WRITE_ONCE(*(int *)data, 2);
	up_read(&test_sem);
}

static void write_and_note(void *data)
{
	down_write(&test_sem);
	WRITE_ONCE(*(int *)data, 1);
	up_write(&test_sem);
}

static void wait_till_queued(int n)
{
	struct list_head *pos;
	int queued;

	do {
		schedule_timeout_uninterruptible(1);
		queued = 0;
		raw_spin_lock_irq(&test_sem.wait_lock);
		list_for_each(pos, &test_sem.wait_list)
			queued++;
		raw_spin_unlock_irq(&test_sem.wait_lock);
	} while (queued < n);
}

/* A reader behind a waiting writer waits, although a reader is inside: writers don't starve. */
static void rwsem_is_fair_to_a_waiting_writer(struct kunit *test)
{
	struct helper w, r;
	int order_w = 0, order_r = 0;

	down_read(&test_sem);
	helper_start(test, &w, write_and_note, &order_w);
	wait_till_queued(1);
	KUNIT_EXPECT_FALSE(test, down_read_trylock(&test_sem));
	helper_start(test, &r, read_and_note, &order_r);
	wait_till_queued(2);
	KUNIT_EXPECT_EQ(test, READ_ONCE(order_r), 0);
	up_read(&test_sem);
	helper_join(&w);
	helper_join(&r);
	KUNIT_EXPECT_EQ(test, order_w, 1);
	KUNIT_EXPECT_EQ(test, order_r, 2);
}

static void downgrade_wakes_waiting_readers(struct kunit *test)
{
	struct helper r;
	int got = 0;

	down_write(&test_sem);
	helper_start(test, &r, read_and_note, &got);
	wait_till_queued(1);
	downgrade_write(&test_sem);
	helper_join(&r);
	KUNIT_EXPECT_EQ(test, got, 2);
	up_read(&test_sem);
}

/* ---- semaphore ---------------------------------------------------------------------------- */

static void semaphore_counts(struct kunit *test)
{
	struct semaphore sem;

	sema_init(&sem, 2);
	down(&sem);
	KUNIT_EXPECT_EQ(test, down_trylock(&sem), 0);
	KUNIT_EXPECT_EQ(test, down_trylock(&sem), 1);
	KUNIT_EXPECT_EQ(test, down_timeout(&sem, 2), -ETIME);
	up(&sem);
	KUNIT_EXPECT_EQ(test, down_interruptible(&sem), 0);
	up(&sem);
	up(&sem);
	KUNIT_EXPECT_EQ(test, sem.count, 2U);
}

static void give_unit(void *data)
{
	schedule_timeout_uninterruptible(2);
	up(data);
}

static void up_by_another_task_wakes_down(struct kunit *test)
{
	struct semaphore sem;
	struct helper h;

	sema_init(&sem, 0);
	helper_start(test, &h, give_unit, &sem);
	down(&sem);
	helper_join(&h);
	KUNIT_EXPECT_EQ(test, sem.count, 0U);
}

static DEFINE_SEMAPHORE(three, 3);
static atomic_t inside, most_inside;

static void semaphore_storm(struct storm *s, int id)
{
	int i, n;

	for_rounds(i, ROUNDS) {
		down(&three);
		n = atomic_inc_return(&inside);
		if (n > atomic_read(&most_inside))
			atomic_set(&most_inside, n);
		if (i % 300 == id)
			schedule_timeout_uninterruptible(1);
		atomic_dec(&inside);
		up(&three);
	}
}

static void semaphore_never_lets_in_more_than_its_count(struct kunit *test)
{
	atomic_set(&inside, 0);
	atomic_set(&most_inside, 0);
	storm_run_threads(test, semaphore_storm, NULL, STORM_MAX, false);
	KUNIT_EXPECT_LE(test, atomic_read(&most_inside), 3);
	KUNIT_EXPECT_EQ(test, three.count, 3U);
}

static struct kunit_case sleeping_cases[] = {
	KUNIT_CASE(mutex_trylock_fails_while_owned),
	KUNIT_CASE(mutex_excludes_spinners_and_sleepers),
	KUNIT_CASE(mutex_unlock_wakes_a_sleeper),
	KUNIT_CASE(mutex_waiter_is_not_starved_by_a_hog),
	KUNIT_CASE(mutex_lock_interruptible_gets_a_free_mutex),
	KUNIT_CASE(mutex_guard_unlocks),
	KUNIT_CASE(atomic_dec_and_mutex_lock_locks_at_zero),
#ifdef CONFIG_DEBUG_MUTEXES
	KUNIT_CASE(debug_reports_a_destroyed_mutex),
#endif
	KUNIT_CASE(rwsem_readers_share_writers_exclude),
	KUNIT_CASE(downgrade_lets_readers_in_and_keeps_writers_out),
	KUNIT_CASE(rwsem_readers_never_see_half_a_write),
	KUNIT_CASE(rwsem_is_fair_to_a_waiting_writer),
	KUNIT_CASE(downgrade_wakes_waiting_readers),
	KUNIT_CASE(semaphore_counts),
	KUNIT_CASE(up_by_another_task_wakes_down),
	KUNIT_CASE(semaphore_never_lets_in_more_than_its_count),
	{}
};

static struct kunit_suite sleeping_suite = {
	.name = "sleeping_locks",
	.test_cases = sleeping_cases,
};
kunit_test_suite(sleeping_suite);

MODULE_LICENSE("MIT");
