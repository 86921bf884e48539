// SPDX-License-Identifier: MIT
/*
 * Notifier chains: order, stopping, registration, of all four kinds; and that an unregistered
 * callback isn't running any more.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/errno.h>
#include <linux/kthread.h>
#include <linux/notifier.h>
#include <linux/sched.h>
#include <linux/slab.h>

struct listener {
	struct notifier_block nb;
	int answer;
	int *log;			/* digits of those called */
	int id;
};

static int heard(struct notifier_block *nb, unsigned long action, void *data)
{
	struct listener *l = container_of(nb, struct listener, nb);

	(void)action;
	(void)data;
	*l->log = 10 * *l->log + l->id;
	return l->answer;
}

static struct listener listener(int id, int priority, int answer, int *log)
{
	return (struct listener){
		.nb = { .notifier_call = heard, .priority = priority },
		.answer = answer,
		.log = log,
		.id = id,
	};
}

SRCU_NOTIFIER_HEAD_STATIC(fixed_chain);

#define check_chain(test, kind, head)						\
do {										\
	int __log = 0;								\
	struct listener a = listener(1, 0, NOTIFY_OK, &__log);			\
	struct listener b = listener(2, 10, NOTIFY_DONE, &__log);		\
	struct listener c = listener(3, 5, NOTIFY_OK, &__log);			\
										\
	KUNIT_EXPECT_EQ(test, kind##_notifier_chain_register(head, &a.nb), 0);	\
	KUNIT_EXPECT_EQ(test, kind##_notifier_chain_register(head, &b.nb), 0);	\
	KUNIT_EXPECT_EQ(test, kind##_notifier_chain_register(head, &c.nb), 0);	\
	KUNIT_EXPECT_EQ(test, kind##_notifier_call_chain(head, 7, NULL), NOTIFY_OK); \
	KUNIT_EXPECT_EQ(test, __log, 231);					\
	__log = 0;								\
	c.answer = NOTIFY_STOP;							\
	KUNIT_EXPECT_EQ(test, kind##_notifier_call_chain(head, 7, NULL), NOTIFY_STOP); \
	KUNIT_EXPECT_EQ(test, __log, 23);					\
	KUNIT_EXPECT_EQ(test, kind##_notifier_chain_unregister(head, &b.nb), 0); \
	KUNIT_EXPECT_EQ(test, kind##_notifier_chain_unregister(head, &b.nb), -ENOENT); \
	KUNIT_EXPECT_EQ(test, kind##_notifier_chain_unregister(head, &c.nb), 0); \
	KUNIT_EXPECT_EQ(test, kind##_notifier_chain_unregister(head, &a.nb), 0); \
	KUNIT_EXPECT_EQ(test, kind##_notifier_call_chain(head, 7, NULL), NOTIFY_DONE); \
} while (0)

static void atomic_chain(struct kunit *test)
{
	static ATOMIC_NOTIFIER_HEAD(head);

	check_chain(test, atomic, &head);
}

static void blocking_chain(struct kunit *test)
{
	static BLOCKING_NOTIFIER_HEAD(head);

	check_chain(test, blocking, &head);
}

static void raw_chain(struct kunit *test)
{
	static RAW_NOTIFIER_HEAD(head);

	check_chain(test, raw, &head);
}

static void srcu_chain_static(struct kunit *test)
{
	check_chain(test, srcu, &fixed_chain);
}

static void srcu_chain_made_at_run_time(struct kunit *test)
{
	struct srcu_notifier_head *head = kunit_kzalloc(test, sizeof(*head), GFP_KERNEL);

	srcu_init_notifier_head(head);
	check_chain(test, srcu, head);
	srcu_cleanup_notifier_head(head);
}

struct sleeper {
	struct notifier_block nb;
	struct completion in, go, out, unregistered;
};

static int sleep_in_callback(struct notifier_block *nb, unsigned long action, void *data)
{
	struct sleeper *s = container_of(nb, struct sleeper, nb);

	(void)action;
	(void)data;
	complete(&s->in);
	wait_for_completion(&s->go);
	return NOTIFY_OK;
}

static int call_fn(void *arg)
{
	struct sleeper *s = arg;

	srcu_notifier_call_chain(&fixed_chain, 1, NULL);
	complete(&s->out);
	return 0;
}

static int unregister_fn(void *arg)
{
	struct sleeper *s = arg;

	srcu_notifier_chain_unregister(&fixed_chain, &s->nb);
	complete(&s->unregistered);
	return 0;
}

static void srcu_unregister_waits_for_the_callback_that_sleeps(struct kunit *test)
{
	struct sleeper *s = kunit_kzalloc(test, sizeof(*s), GFP_KERNEL);

	s->nb.notifier_call = sleep_in_callback;
	init_completion(&s->in);
	init_completion(&s->go);
	init_completion(&s->out);
	init_completion(&s->unregistered);
	KUNIT_ASSERT_EQ(test, srcu_notifier_chain_register(&fixed_chain, &s->nb), 0);
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(call_fn, s, "srcu-chain-call")));
	wait_for_completion(&s->in);
	KUNIT_ASSERT_FALSE(test, IS_ERR(kthread_run(unregister_fn, s, "srcu-chain-unreg")));
	schedule_timeout_uninterruptible(4);
	KUNIT_EXPECT_FALSE(test, completion_done(&s->unregistered));
	complete(&s->go);
	wait_for_completion(&s->unregistered);
	wait_for_completion(&s->out);
}

static struct kunit_case notifier_cases[] = {
	KUNIT_CASE(atomic_chain),
	KUNIT_CASE(blocking_chain),
	KUNIT_CASE(raw_chain),
	KUNIT_CASE(srcu_chain_static),
	KUNIT_CASE(srcu_chain_made_at_run_time),
	KUNIT_CASE(srcu_unregister_waits_for_the_callback_that_sleeps),
	{}
};

static struct kunit_suite notifier_suite = {
	.name = "notifier",
	.test_cases = notifier_cases,
};

kunit_test_suite(notifier_suite);
