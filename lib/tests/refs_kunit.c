// SPDX-License-Identifier: MIT
/* Tests of what counts: lockref, percpu_counter, percpu_ref, errseq; and of the name hashes. */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/errseq.h>
#include <linux/err.h>
#include <linux/kthread.h>
#include <linux/lockref.h>
#include <linux/percpu-refcount.h>
#include <linux/percpu_counter.h>
#include <linux/prandom.h>
#include <linux/slab.h>
#include <linux/stringhash.h>

#define THREADS	4

/* Runs @fn on THREADS threads at once and waits for all. */
struct crowd {
	void (*fn)(void *arg);
	void *arg;
	atomic_t left;
	struct completion done;
};

static int crowd_thread(void *data)
{
	struct crowd *c = data;

	c->fn(c->arg);
	if (atomic_dec_and_test(&c->left))
		complete(&c->done);
	return 0;
}

static void run_crowd(struct kunit *test, void (*fn)(void *), void *arg)
{
	struct crowd c = { .fn = fn, .arg = arg, .left = ATOMIC_INIT(THREADS) };
	int i;

	init_completion(&c.done);
	for (i = 0; i < THREADS; i++)
		KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(crowd_thread, &c, "crowd/%d", i)));
	wait_for_completion(&c.done);
}

/* ---- lockref ---- */

static void lockrefs_count_by_their_rules(struct kunit *test)
{
	struct lockref l;

	lockref_init(&l);
	KUNIT_EXPECT_EQ(test, l.count, 1);
	lockref_get(&l);
	KUNIT_EXPECT_EQ(test, l.count, 2);
	KUNIT_EXPECT_TRUE(test, lockref_put_not_zero(&l));
	KUNIT_EXPECT_FALSE(test, lockref_put_not_zero(&l));
	KUNIT_EXPECT_EQ(test, l.count, 1);
	KUNIT_EXPECT_TRUE(test, lockref_get_not_zero(&l));
	KUNIT_EXPECT_TRUE(test, lockref_put_or_lock(&l));
	KUNIT_EXPECT_FALSE(test, lockref_put_or_lock(&l));
	KUNIT_EXPECT_TRUE(test, spin_is_locked(&l.lock));
	l.count = 0;
	spin_unlock(&l.lock);
	KUNIT_EXPECT_FALSE(test, lockref_get_not_zero(&l));
	KUNIT_EXPECT_TRUE(test, lockref_get_not_dead(&l));
	KUNIT_EXPECT_EQ(test, l.count, 1);
	spin_lock(&l.lock);
	lockref_mark_dead(&l);
	spin_unlock(&l.lock);
	KUNIT_EXPECT_TRUE(test, __lockref_is_dead(&l));
	KUNIT_EXPECT_FALSE(test, lockref_get_not_dead(&l));
	KUNIT_EXPECT_FALSE(test, lockref_get_not_zero(&l));
	KUNIT_EXPECT_FALSE(test, lockref_put_not_zero(&l));
	KUNIT_EXPECT_EQ(test, lockref_put_return(&l), -1);
}

static void a_held_lock_keeps_the_count_still(struct kunit *test)
{
	struct lockref l;

	lockref_init(&l);
	l.count = 5;
	if (USE_CMPXCHG_LOCKREF)
		KUNIT_EXPECT_EQ(test, lockref_put_return(&l), 4);
	spin_lock(&l.lock);
	KUNIT_EXPECT_EQ(test, lockref_put_return(&l), -1);
	spin_unlock(&l.lock);
	if (USE_CMPXCHG_LOCKREF)
		KUNIT_EXPECT_EQ(test, sizeof(l), 8UL);
}

static void lockref_storm(void *arg)
{
	struct lockref *l = arg;
	int i;

	for (i = 0; i < 20000; i++) {
		lockref_get(l);
		if (i % 16 == 0) {
			spin_lock(&l->lock);
			l->count += 2;
			l->count -= 2;
			spin_unlock(&l->lock);
		}
		if (!lockref_put_or_lock(l))
			spin_unlock(&l->lock);
	}
}

static void lockrefs_lose_nothing_in_a_storm(struct kunit *test)
{
	struct lockref l;

	lockref_init(&l);
	run_crowd(test, lockref_storm, &l);
	KUNIT_EXPECT_EQ(test, l.count, 1);
	KUNIT_EXPECT_FALSE(test, spin_is_locked(&l.lock));
}

/* ---- percpu_counter ---- */

static void counters_sum_what_was_added(struct kunit *test)
{
	struct percpu_counter c;

	KUNIT_ASSERT_EQ(test, percpu_counter_init(&c, 100, GFP_KERNEL), 0);
	KUNIT_EXPECT_TRUE(test, percpu_counter_initialized(&c));
	percpu_counter_inc(&c);
	percpu_counter_add(&c, 10);
	percpu_counter_sub(&c, 4);
	percpu_counter_dec(&c);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&c), 106);
	KUNIT_EXPECT_EQ(test, percpu_counter_read(&c), 100);
	percpu_counter_add(&c, 1LL << 40);
	KUNIT_EXPECT_GE(test, percpu_counter_read(&c), 1LL << 40);
	percpu_counter_set(&c, -5);
	KUNIT_EXPECT_EQ(test, percpu_counter_read(&c), -5);
	KUNIT_EXPECT_EQ(test, percpu_counter_read_positive(&c), 0);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum_positive(&c), 0);
	percpu_counter_add_local(&c, 100000);
	KUNIT_EXPECT_EQ(test, percpu_counter_read(&c), -5);
	percpu_counter_sub_local(&c, 1);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&c), 99994);
	migrate_disable();
	percpu_counter_set(&c, 0);
	percpu_counter_inc(&c);
	percpu_counter_sync(&c);
	KUNIT_EXPECT_EQ(test, percpu_counter_read(&c), 1);
	migrate_enable();
	percpu_counter_destroy(&c);
	KUNIT_EXPECT_FALSE(test, percpu_counter_initialized(&c));
	percpu_counter_destroy(&c);
}

static void comparisons_are_exact(struct kunit *test)
{
	struct percpu_counter c;
	int i;

	KUNIT_ASSERT_EQ(test, percpu_counter_init(&c, 0, GFP_KERNEL), 0);
	for (i = 0; i < 500; i++) {
		percpu_counter_inc(&c);
		KUNIT_EXPECT_EQ(test, percpu_counter_compare(&c, i), 1);
		KUNIT_EXPECT_EQ(test, percpu_counter_compare(&c, i + 1), 0);
		KUNIT_EXPECT_EQ(test, percpu_counter_compare(&c, i + 2), -1);
		KUNIT_EXPECT_EQ(test, percpu_counter_compare(&c, 1 << 20), -1);
	}
	percpu_counter_destroy(&c);
}

static void limits_are_kept(struct kunit *test)
{
	struct percpu_counter c;
	int i, added = 0;

	KUNIT_ASSERT_EQ(test, percpu_counter_init(&c, 0, GFP_KERNEL), 0);
	for (i = 0; i < 1000; i++)
		added += percpu_counter_limited_add(&c, 700, 1);
	KUNIT_EXPECT_EQ(test, added, 700);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&c), 700);
	KUNIT_EXPECT_TRUE(test, percpu_counter_limited_add(&c, 700, 0));
	KUNIT_EXPECT_FALSE(test, percpu_counter_limited_add(&c, 0, -701));
	KUNIT_EXPECT_TRUE(test, percpu_counter_limited_add(&c, 0, -700));
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&c), 0);
	percpu_counter_destroy(&c);
}

static void counter_storm(void *arg)
{
	struct percpu_counter *c = arg;
	int i;

	for (i = 0; i < 20000; i++) {
		percpu_counter_add(&c[0], 3);
		percpu_counter_dec(&c[1]);
	}
}

static void counters_lose_nothing_in_a_storm(struct kunit *test)
{
	struct percpu_counter c[2];

	KUNIT_ASSERT_EQ(test, percpu_counter_init_many(c, 7, GFP_KERNEL, 2), 0);
	run_crowd(test, counter_storm, c);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&c[0]), 7 + 3 * 20000 * THREADS);
	KUNIT_EXPECT_EQ(test, percpu_counter_sum(&c[1]), 7 - 20000 * THREADS);
	percpu_counter_destroy_many(c, 2);
}

/* ---- percpu_ref ---- */

struct thing {
	struct percpu_ref ref;
	struct completion released, confirmed;
	atomic_t releases;
	atomic_t live;
};

static void thing_release(struct percpu_ref *ref)
{
	struct thing *t = container_of(ref, struct thing, ref);

	atomic_inc(&t->releases);
	complete(&t->released);
}

static void thing_confirm(struct percpu_ref *ref)
{
	complete(&container_of(ref, struct thing, ref)->confirmed);
}

static void thing_init(struct kunit *test, struct thing *t, unsigned int flags)
{
	memset(t, 0, sizeof(*t));
	init_completion(&t->released);
	init_completion(&t->confirmed);
	KUNIT_ASSERT_EQ(test, percpu_ref_init(&t->ref, thing_release, flags, GFP_KERNEL), 0);
}

static void a_killed_ref_is_released_by_the_last_put(struct kunit *test)
{
	struct thing t;

	thing_init(test, &t, 0);
	percpu_ref_get_many(&t.ref, 3);
	percpu_ref_put(&t.ref);
	KUNIT_EXPECT_TRUE(test, percpu_ref_tryget(&t.ref));
	KUNIT_EXPECT_TRUE(test, percpu_ref_tryget_live(&t.ref));
	KUNIT_EXPECT_FALSE(test, percpu_ref_is_dying(&t.ref));
	percpu_ref_kill_and_confirm(&t.ref, thing_confirm);
	KUNIT_EXPECT_TRUE(test, percpu_ref_is_dying(&t.ref));
	wait_for_completion(&t.confirmed);
	KUNIT_EXPECT_FALSE(test, percpu_ref_tryget_live(&t.ref));
	KUNIT_EXPECT_TRUE(test, percpu_ref_tryget(&t.ref));
	percpu_ref_put_many(&t.ref, 4);
	KUNIT_EXPECT_FALSE(test, percpu_ref_is_zero(&t.ref));
	KUNIT_EXPECT_EQ(test, atomic_read(&t.releases), 0);
	percpu_ref_put(&t.ref);
	wait_for_completion(&t.released);
	KUNIT_EXPECT_TRUE(test, percpu_ref_is_zero(&t.ref));
	KUNIT_EXPECT_FALSE(test, percpu_ref_tryget(&t.ref));
	percpu_ref_exit(&t.ref);
	KUNIT_EXPECT_TRUE(test, percpu_ref_is_zero(&t.ref));
}

static void a_ref_changes_modes_and_keeps_its_count(struct kunit *test)
{
	struct thing t;

	thing_init(test, &t, PERCPU_REF_ALLOW_REINIT);
	percpu_ref_get_many(&t.ref, 5);
	percpu_ref_switch_to_atomic_sync(&t.ref);
	/* The switch tells that it is done, then gives its own reference back, in one callback. */
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, atomic_long_read(&t.ref.data->count), 6L);
	KUNIT_EXPECT_TRUE(test, percpu_ref_tryget_live(&t.ref));
	percpu_ref_switch_to_percpu(&t.ref);
	percpu_ref_put_many(&t.ref, 6);
	percpu_ref_switch_to_atomic(&t.ref, thing_confirm);
	wait_for_completion(&t.confirmed);
	rcu_barrier();
	KUNIT_EXPECT_EQ(test, atomic_long_read(&t.ref.data->count), 1L);
	percpu_ref_switch_to_percpu(&t.ref);
	percpu_ref_kill(&t.ref);
	wait_for_completion(&t.released);
	percpu_ref_exit(&t.ref);
}

static void a_ref_is_brought_back(struct kunit *test)
{
	struct thing t;

	thing_init(test, &t, PERCPU_REF_ALLOW_REINIT);
	percpu_ref_get(&t.ref);
	percpu_ref_kill(&t.ref);
	percpu_ref_resurrect(&t.ref);
	KUNIT_EXPECT_TRUE(test, percpu_ref_tryget_live(&t.ref));
	percpu_ref_put_many(&t.ref, 2);
	KUNIT_EXPECT_EQ(test, atomic_read(&t.releases), 0);
	percpu_ref_kill(&t.ref);
	wait_for_completion(&t.released);
	percpu_ref_reinit(&t.ref);
	KUNIT_EXPECT_FALSE(test, percpu_ref_is_zero(&t.ref));
	percpu_ref_kill(&t.ref);
	wait_for_completion(&t.released);
	KUNIT_EXPECT_EQ(test, atomic_read(&t.releases), 2);
	percpu_ref_exit(&t.ref);

	thing_init(test, &t, PERCPU_REF_INIT_DEAD);
	KUNIT_EXPECT_TRUE(test, percpu_ref_is_zero(&t.ref));
	KUNIT_EXPECT_FALSE(test, percpu_ref_tryget(&t.ref));
	percpu_ref_reinit(&t.ref);
	KUNIT_EXPECT_TRUE(test, percpu_ref_tryget_live(&t.ref));
	percpu_ref_put(&t.ref);
	percpu_ref_kill(&t.ref);
	wait_for_completion(&t.released);
	percpu_ref_exit(&t.ref);

	thing_init(test, &t, PERCPU_REF_INIT_ATOMIC);
	percpu_ref_get(&t.ref);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&t.ref.data->count), 2L);
	percpu_ref_put(&t.ref);
	percpu_ref_kill(&t.ref);
	KUNIT_EXPECT_EQ(test, atomic_read(&t.releases), 1);
	percpu_ref_exit(&t.ref);
}

static void ref_storm(void *arg)
{
	struct thing *t = arg;

	while (percpu_ref_tryget_live(&t->ref)) {
		if (atomic_inc_return(&t->live) == 30000)
			percpu_ref_kill(&t->ref);
		percpu_ref_put(&t->ref);
	}
}

static void refs_are_released_once_in_a_storm(struct kunit *test)
{
	struct thing *t = kunit_kzalloc(test, sizeof(*t), GFP_KERNEL);
	int round;

	KUNIT_ASSERT_NOT_NULL(test, t);
	for (round = 0; round < 5; round++) {
		thing_init(test, t, 0);
		run_crowd(test, ref_storm, t);
		wait_for_completion(&t->released);
		KUNIT_EXPECT_EQ(test, atomic_read(&t->releases), 1);
		percpu_ref_exit(&t->ref);
	}
}

/* ---- errseq ---- */

static void each_watcher_hears_of_an_error_once(struct kunit *test)
{
	errseq_t e = 0, a = errseq_sample(&e), b = a, late;

	KUNIT_EXPECT_EQ(test, errseq_check_and_advance(&e, &a), 0);
	errseq_set(&e, -EIO);
	KUNIT_EXPECT_EQ(test, errseq_check(&e, a), -EIO);
	KUNIT_EXPECT_EQ(test, errseq_check_and_advance(&e, &a), -EIO);
	KUNIT_EXPECT_EQ(test, errseq_check_and_advance(&e, &a), 0);
	late = errseq_sample(&e);
	KUNIT_EXPECT_EQ(test, errseq_check_and_advance(&e, &late), 0);
	KUNIT_EXPECT_EQ(test, errseq_check_and_advance(&e, &b), -EIO);
	/* the same again is a new one, once somebody has seen the last */
	errseq_set(&e, -EIO);
	KUNIT_EXPECT_EQ(test, errseq_check_and_advance(&e, &a), -EIO);
	KUNIT_EXPECT_EQ(test, errseq_check_and_advance(&e, &late), -EIO);
}

static void an_unseen_error_is_told_to_the_next_who_comes(struct kunit *test)
{
	errseq_t e = 0, first, watcher;

	KUNIT_EXPECT_EQ(test, errseq_set(&e, -ENOSPC), 0U);
	first = e;
	/* Unseen, the same again changes nothing; what was there is returned each time. */
	KUNIT_EXPECT_EQ(test, errseq_set(&e, -ENOSPC), first);
	KUNIT_EXPECT_EQ(test, e, first);
	watcher = errseq_sample(&e);
	KUNIT_EXPECT_EQ(test, watcher, 0U);
	errseq_set(&e, -EIO);
	KUNIT_EXPECT_EQ(test, errseq_check_and_advance(&e, &watcher), -EIO);
	KUNIT_EXPECT_EQ(test, errseq_set(&e, -MAX_ERRNO) & MAX_ERRNO, (unsigned int)EIO);
	KUNIT_EXPECT_EQ(test, e & MAX_ERRNO, (unsigned int)MAX_ERRNO);
}

static void what_is_no_errno_is_not_recorded(struct kunit *test)
{
	errseq_t e = 0;

	kunit_expect_reports(test, REPORT_WARN, 2);
	errseq_set(&e, 0);
	errseq_set(&e, -MAX_ERRNO - 1);
	KUNIT_EXPECT_EQ(test, e, 0U);
}

/* ---- names ---- */

static void name_hashes_depend_on_every_byte_and_the_length(struct kunit *test)
{
	char name[40];
	unsigned int len, i, h, same = 0;

	for (i = 0; i < sizeof(name); i++)
		name[i] = 'a' + i % 26;
	for (len = 0; len < 33; len++) {
		h = full_name_hash(NULL, name, len);
		same += h == full_name_hash(NULL, name, len + 1);
		same += h == full_name_hash(name, name, len);
		for (i = 0; i < len; i++) {
			name[i] ^= 1;
			same += h == full_name_hash(NULL, name, len);
			name[i] ^= 1;
		}
		KUNIT_EXPECT_EQ(test, h, full_name_hash(NULL, name, len));
	}
	KUNIT_EXPECT_EQ(test, same, 0U);
}

static void a_hashlen_is_hash_and_length(struct kunit *test)
{
	static const char name[] = "some-longer-name.txt";
	u64 hl = hashlen_string(name, name);

	KUNIT_EXPECT_EQ(test, hashlen_len(hl), (u32)strlen(name));
	KUNIT_EXPECT_EQ(test, hashlen_hash(hl), full_name_hash(name, name, strlen(name)));
	KUNIT_EXPECT_EQ(test, hashlen_create(5, 6), 0x600000005ULL);
	KUNIT_EXPECT_EQ(test, hashlen_len(hashlen_string(NULL, "")), 0U);
}

static void name_hashes_spread(struct kunit *test)
{
	unsigned int i, full[64] = { }, part[64] = { }, most = 0;
	char name[16];

	for (i = 0; i < 6400; i++) {
		unsigned long h = init_name_hash(NULL);
		unsigned int len = snprintf(name, sizeof(name), "file%u.c", i), k;

		for (k = 0; k < len; k++)
			h = partial_name_hash(name[k], h);
		part[end_name_hash(h) >> 26]++;
		full[full_name_hash(NULL, name, len) >> 26]++;
	}
	for (i = 0; i < 64; i++)
		most = max3(most, full[i], part[i]);
	KUNIT_EXPECT_LT(test, most, 200U);
}

static struct kunit_case lockref_cases[] = {
	KUNIT_CASE(lockrefs_count_by_their_rules),
	KUNIT_CASE(a_held_lock_keeps_the_count_still),
	KUNIT_CASE(lockrefs_lose_nothing_in_a_storm),
	{}
};

static struct kunit_case percpu_counter_cases[] = {
	KUNIT_CASE(counters_sum_what_was_added),
	KUNIT_CASE(comparisons_are_exact),
	KUNIT_CASE(limits_are_kept),
	KUNIT_CASE(counters_lose_nothing_in_a_storm),
	{}
};

static struct kunit_case percpu_ref_cases[] = {
	KUNIT_CASE(a_killed_ref_is_released_by_the_last_put),
	KUNIT_CASE(a_ref_changes_modes_and_keeps_its_count),
	KUNIT_CASE(a_ref_is_brought_back),
	KUNIT_CASE(refs_are_released_once_in_a_storm),
	{}
};

static struct kunit_case errseq_cases[] = {
	KUNIT_CASE(each_watcher_hears_of_an_error_once),
	KUNIT_CASE(an_unseen_error_is_told_to_the_next_who_comes),
	KUNIT_CASE(what_is_no_errno_is_not_recorded),
	{}
};

static struct kunit_case stringhash_cases[] = {
	KUNIT_CASE(name_hashes_depend_on_every_byte_and_the_length),
	KUNIT_CASE(a_hashlen_is_hash_and_length),
	KUNIT_CASE(name_hashes_spread),
	{}
};

static struct kunit_suite lockref_suite = { .name = "lockref", .test_cases = lockref_cases };
static struct kunit_suite percpu_counter_suite = {
	.name = "percpu_counter",
	.test_cases = percpu_counter_cases,
};
static struct kunit_suite percpu_ref_suite = {
	.name = "percpu_ref",
	.test_cases = percpu_ref_cases,
};
static struct kunit_suite errseq_suite = { .name = "errseq", .test_cases = errseq_cases };
static struct kunit_suite stringhash_suite = {
	.name = "stringhash",
	.test_cases = stringhash_cases,
};

kunit_test_suites(&lockref_suite, &percpu_counter_suite, &percpu_ref_suite, &errseq_suite,
		  &stringhash_suite);
