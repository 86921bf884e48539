// SPDX-License-Identifier: MIT
/*
 * The wait/wound mutex: who gives way to whom, and that everybody gets through.
 */

#include <kunit/test.h>

#include <linux/sched/signal.h>
#include <linux/ww_mutex.h>

#include "storm.h"

static DEFINE_WD_CLASS(die_class);
static DEFINE_WW_CLASS(wound_class);

static void without_a_context_it_is_a_plain_lock(struct kunit *test)
{
	struct ww_mutex lock;

	ww_mutex_init(&lock, &wound_class);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock, NULL), 0);
	KUNIT_EXPECT_TRUE(test, ww_mutex_is_locked(&lock));
	KUNIT_EXPECT_EQ(test, ww_mutex_trylock(&lock, NULL), 0);
	ww_mutex_unlock(&lock);
	KUNIT_EXPECT_EQ(test, ww_mutex_trylock(&lock, NULL), 1);
	ww_mutex_unlock(&lock);
	KUNIT_EXPECT_FALSE(test, ww_mutex_is_locked(&lock));
	ww_mutex_destroy(&lock);
}

static void a_context_is_told_of_what_it_has(struct kunit *test)
{
	struct ww_acquire_ctx ctx;
	struct ww_mutex lock[2];
	int i;

	for (i = 0; i < 2; i++)
		ww_mutex_init(&lock[i], &wound_class);
	ww_acquire_init(&ctx, &wound_class);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock[0], &ctx), 0);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock[0], &ctx), -EALREADY);
	KUNIT_EXPECT_EQ(test, ww_mutex_trylock(&lock[1], &ctx), 1);
	KUNIT_EXPECT_EQ(test, ctx.acquired, 2U);
	ww_acquire_done(&ctx);
	ww_mutex_unlock(&lock[1]);
	ww_mutex_unlock(&lock[0]);
	ww_acquire_fini(&ctx);
}

/* Takes its own lock, then wants the other one, with a context of its own. */
struct rival {
	struct ww_class *class;
	struct ww_mutex *first, *second;
	struct completion has_first, go, done;
	int err;
};

static int rival_fn(void *data)
{
	struct rival *r = data;
	struct ww_acquire_ctx ctx;

	ww_acquire_init(&ctx, r->class);
	r->err = ww_mutex_lock(r->first, &ctx);
	complete(&r->has_first);
	wait_for_completion(&r->go);
	r->err = r->err ?: ww_mutex_lock(r->second, &ctx);
	if (r->err == -EDEADLK) {
		ww_mutex_unlock(r->first);
		ww_mutex_lock_slow(r->second, &ctx);
		ww_mutex_unlock(r->second);
	} else {
		/* Who gets the first after this finds the second free. */
		ww_mutex_unlock(r->second);
		ww_mutex_unlock(r->first);
	}
	ww_acquire_fini(&ctx);
	complete(&r->done);
	return 0;
}

static void rival_start(struct kunit *test, struct rival *r, struct ww_class *class,
			struct ww_mutex *first, struct ww_mutex *second)
{
	r->class = class;
	r->first = first;
	r->second = second;
	init_completion(&r->has_first);
	init_completion(&r->go);
	init_completion(&r->done);
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(rival_fn, r, "rival")));
	wait_for_completion(&r->has_first);
}

/* We came first, so in either way it is the rival that gives up. */
static void the_younger_gives_way(struct kunit *test, struct ww_class *class)
{
	struct ww_acquire_ctx ctx;
	struct ww_mutex lock[2];
	struct rival r;
	int i;

	for (i = 0; i < 2; i++)
		ww_mutex_init(&lock[i], class);
	ww_acquire_init(&ctx, class);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock[0], &ctx), 0);
	rival_start(test, &r, class, &lock[1], &lock[0]);
	complete(&r.go);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock[1], &ctx), 0);
	ww_mutex_unlock(&lock[0]);
	ww_mutex_unlock(&lock[1]);
	ww_acquire_fini(&ctx);
	wait_for_completion(&r.done);
	KUNIT_EXPECT_EQ(test, r.err, -EDEADLK);
}

static void wait_die_lets_the_younger_give_way(struct kunit *test)
{
	the_younger_gives_way(test, &die_class);
}

static void wound_wait_lets_the_younger_give_way(struct kunit *test)
{
	the_younger_gives_way(test, &wound_class);
}

/* The other way round: the rival is older, and waits for what we have. */
static void the_younger_hears_of_it(struct kunit *test, struct ww_class *class)
{
	struct ww_acquire_ctx ctx;
	struct ww_mutex lock[2];
	struct rival r;
	int i;

	for (i = 0; i < 2; i++)
		ww_mutex_init(&lock[i], class);
	rival_start(test, &r, class, &lock[1], &lock[0]);
	ww_acquire_init(&ctx, class);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock[0], &ctx), 0);
	complete(&r.go);
	KUNIT_EXPECT_TRUE(test, eventually(!list_empty_careful(&lock[0].wait_list)));
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock[1], &ctx), -EDEADLK);
	ww_mutex_unlock(&lock[0]);
	ww_mutex_lock_slow(&lock[1], &ctx);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock[0], &ctx), 0);
	ww_mutex_unlock(&lock[0]);
	ww_mutex_unlock(&lock[1]);
	ww_acquire_fini(&ctx);
	wait_for_completion(&r.done);
	KUNIT_EXPECT_EQ(test, r.err, 0);
}

static void wait_die_tells_the_younger_owner(struct kunit *test)
{
	the_younger_hears_of_it(test, &die_class);
}

static void wound_wait_tells_the_younger_owner(struct kunit *test)
{
	the_younger_hears_of_it(test, &wound_class);
}

/* A younger one without locks may wait for as long as it likes: nobody waits for it. */
static int lone_fn(void *data)
{
	struct rival *r = data;
	struct ww_acquire_ctx ctx;

	ww_acquire_init(&ctx, r->class);
	r->err = ww_mutex_lock(r->first, &ctx);
	ww_mutex_unlock(r->first);
	ww_acquire_fini(&ctx);
	complete(&r->done);
	return 0;
}

static void who_has_nothing_never_gives_way(struct kunit *test)
{
	struct rival r = { .class = &die_class };
	struct ww_acquire_ctx ctx;
	struct ww_mutex lock;

	ww_mutex_init(&lock, &die_class);
	r.first = &lock;
	init_completion(&r.done);
	ww_acquire_init(&ctx, &die_class);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock, &ctx), 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(lone_fn, &r, "lone")));
	KUNIT_EXPECT_TRUE(test, eventually(!list_empty_careful(&lock.wait_list)));
	ww_mutex_unlock(&lock);
	ww_acquire_fini(&ctx);
	wait_for_completion(&r.done);
	KUNIT_EXPECT_EQ(test, r.err, 0);
}

static void a_signal_ends_an_interruptible_wait(struct kunit *test)
{
	struct rival r;
	struct ww_mutex lock[2];
	int i;

	for (i = 0; i < 2; i++)
		ww_mutex_init(&lock[i], &wound_class);
	rival_start(test, &r, &wound_class, &lock[0], &lock[1]);
	set_thread_flag(TIF_NOTIFY_SIGNAL);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock_interruptible(&lock[0], NULL), -EINTR);
	clear_thread_flag(TIF_NOTIFY_SIGNAL);
	KUNIT_EXPECT_TRUE(test, list_empty(&lock[0].wait_list));
	complete(&r.go);
	wait_for_completion(&r.done);
}

/* ---- storm --------------------------------------------------------------------------------- */

#define NR_LOCKS	6
#define NR_WANTED	3

struct ww_storm {
	struct ww_class *class;
	struct ww_mutex lock[NR_LOCKS];
	unsigned long count[NR_LOCKS];
	atomic_t gave_way;
};

/* All of @want, in its order; after giving way, the one in dispute first (@slow). */
static void lock_all(struct ww_storm *ws, const int *want, struct ww_acquire_ctx *ctx)
{
	int i, n, err, slow = -1;

retry:
	for (i = 0; i < NR_WANTED; i++) {
		if (want[i] == slow)
			continue;
		err = ww_mutex_lock(&ws->lock[want[i]], ctx);
		if (!err)
			continue;
		WARN_ON_ONCE(err != -EDEADLK);
		atomic_inc(&ws->gave_way);
		if (slow >= 0)
			ww_mutex_unlock(&ws->lock[slow]);
		for (n = 0; n < i; n++) {
			if (want[n] != slow)
				ww_mutex_unlock(&ws->lock[want[n]]);
		}
		slow = want[i];
		ww_mutex_lock_slow(&ws->lock[slow], ctx);
		goto retry;
	}
}

static void ww_storm(struct storm *s, int id)
{
	struct ww_storm *ws = s->data;
	u32 x = 777 * (id + 1);
	int i, n;

	for_rounds(i, 3000) {
		struct ww_acquire_ctx ctx;
		int want[NR_WANTED];

		x = x * 1664525 + 1013904223;
		for (n = 0; n < NR_WANTED; n++)
			want[n] = ((x >> 20) + (x & 0x800 ? n : NR_LOCKS - n)) % NR_LOCKS;
		ww_acquire_init(&ctx, ws->class);
		lock_all(ws, want, &ctx);
		ww_acquire_done(&ctx);
		for (n = 0; n < NR_WANTED; n++)
			ws->count[want[n]]++;
		if (!(x >> 25))
			schedule_timeout_uninterruptible(1);
		for (n = 0; n < NR_WANTED; n++)
			ww_mutex_unlock(&ws->lock[want[n]]);
		ww_acquire_fini(&ctx);
	}
	atomic_long_add(i, &s->rounds);
}

static void run_ww_storm(struct kunit *test, struct ww_class *class)
{
	struct ww_storm *ws = kunit_kzalloc(test, sizeof(*ws), GFP_KERNEL);
	unsigned long rounds, sum = 0;
	int i;

	KUNIT_ASSERT_NOT_NULL(test, ws);
	ws->class = class;
	for (i = 0; i < NR_LOCKS; i++)
		ww_mutex_init(&ws->lock[i], class);
	rounds = storm_run_threads(test, ww_storm, ws, STORM_MAX, false);
	for (i = 0; i < NR_LOCKS; i++) {
		sum += ws->count[i];
		ww_mutex_destroy(&ws->lock[i]);
	}
	KUNIT_EXPECT_EQ(test, sum, rounds * NR_WANTED);
	kunit_info(test, "%lu rounds, %d times given way\n", rounds, atomic_read(&ws->gave_way));
}

static void everybody_gets_through_by_wait_die(struct kunit *test)
{
	run_ww_storm(test, &die_class);
}

static void everybody_gets_through_by_wound_wait(struct kunit *test)
{
	run_ww_storm(test, &wound_class);
}

/* ---- breaches of the rules, which are reported and do no other harm ---- */

static void no_lock_is_taken_after_done(struct kunit *test)
{
	struct ww_acquire_ctx ctx;
	struct ww_mutex lock;

	ww_mutex_init(&lock, &wound_class);
	ww_acquire_init(&ctx, &wound_class);
	ww_acquire_done(&ctx);
	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock, &ctx), 0);
	ww_mutex_unlock(&lock);
	ww_acquire_fini(&ctx);
}

static void done_and_fini_are_called_once(struct kunit *test)
{
	struct ww_acquire_ctx ctx;

	ww_acquire_init(&ctx, &wound_class);
	ww_acquire_done(&ctx);
	kunit_expect_reports(test, REPORT_WARN, 2);
	ww_acquire_done(&ctx);
	ww_acquire_fini(&ctx);
	ww_acquire_fini(&ctx);
}

static void context_and_lock_are_of_one_class(struct kunit *test)
{
	struct ww_acquire_ctx ctx;
	struct ww_mutex lock;

	ww_mutex_init(&lock, &die_class);
	ww_acquire_init(&ctx, &wound_class);
	kunit_expect_report(test, REPORT_WARN);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock, &ctx), 0);
	ww_mutex_unlock(&lock);
	ww_acquire_fini(&ctx);
}

static void slow_is_for_after_edeadlk(struct kunit *test)
{
	struct ww_acquire_ctx ctx;
	struct ww_mutex lock;

	ww_mutex_init(&lock, &wound_class);
	ww_acquire_init(&ctx, &wound_class);
	kunit_expect_report(test, REPORT_WARN);
	ww_mutex_lock_slow(&lock, &ctx);
	KUNIT_EXPECT_TRUE(test, ww_mutex_is_locked(&lock));
	ww_mutex_unlock(&lock);
	ww_acquire_fini(&ctx);
}

static void after_edeadlk_all_is_let_go_and_that_lock_comes_first(struct kunit *test)
{
	struct ww_acquire_ctx ctx;
	struct ww_mutex lock[3];
	struct rival r;
	int i;

	for (i = 0; i < 3; i++)
		ww_mutex_init(&lock[i], &die_class);
	rival_start(test, &r, &die_class, &lock[1], &lock[0]);
	ww_acquire_init(&ctx, &die_class);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock[0], &ctx), 0);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock[1], &ctx), -EDEADLK);
	/* Neither has anything been let go, nor is it the right lock. */
	kunit_expect_reports(test, REPORT_WARN, 2);
	KUNIT_EXPECT_EQ(test, ww_mutex_lock(&lock[2], &ctx), 0);
	ww_mutex_unlock(&lock[2]);
	ww_mutex_unlock(&lock[0]);
	ww_acquire_fini(&ctx);
	complete(&r.go);
	wait_for_completion(&r.done);
	KUNIT_EXPECT_EQ(test, r.err, 0);
}

static struct kunit_case ww_mutex_cases[] = {
	KUNIT_CASE(without_a_context_it_is_a_plain_lock),
	KUNIT_CASE(a_context_is_told_of_what_it_has),
	KUNIT_CASE(wait_die_lets_the_younger_give_way),
	KUNIT_CASE(wound_wait_lets_the_younger_give_way),
	KUNIT_CASE(wait_die_tells_the_younger_owner),
	KUNIT_CASE(wound_wait_tells_the_younger_owner),
	KUNIT_CASE(who_has_nothing_never_gives_way),
	KUNIT_CASE(a_signal_ends_an_interruptible_wait),
	KUNIT_CASE(no_lock_is_taken_after_done),
	KUNIT_CASE(done_and_fini_are_called_once),
	KUNIT_CASE(context_and_lock_are_of_one_class),
	KUNIT_CASE(slow_is_for_after_edeadlk),
	KUNIT_CASE(after_edeadlk_all_is_let_go_and_that_lock_comes_first),
	KUNIT_CASE(everybody_gets_through_by_wait_die),
	KUNIT_CASE(everybody_gets_through_by_wound_wait),
	{}
};

static struct kunit_suite ww_mutex_suite = {
	.name = "ww_mutex",
	.test_cases = ww_mutex_cases,
};
kunit_test_suite(ww_mutex_suite);

MODULE_LICENSE("MIT");
