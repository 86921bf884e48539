// SPDX-License-Identifier: MIT
/*
 * POSIX message queues from inside: the order of messages and of those who wait, on queues that are
 * in no file system; what a queue costs; and a queue's life by its name.
 */

#include <kunit/test.h>

#include "../mqueue.h"
#include "../msgutil.h"

#include <linux/cred.h>
#include <linux/err.h>
#include <linux/errno.h>
#include <linux/file.h>
#include <linux/ipc_namespace.h>
#include <linux/random.h>
#include <linux/sched/user.h>
#include <linux/sched/wake_q.h>
#include <linux/slab.h>

static struct mqueue *empty_queue(struct kunit *test, long room)
{
	const struct mq_attr attr = { .mq_maxmsg = room, .mq_msgsize = 16 };
	struct mqueue *q = kunit_kzalloc(test, sizeof(*q), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, q);
	mq_init(q, &attr);
	return q;
}

/* A message whose bytes are @nr. */
static struct msg_msg *message(struct kunit *test, long prio, int nr)
{
	struct msg_msg *msg = kzalloc(struct_size(msg, text, sizeof(nr)), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, msg);
	refcount_set(&msg->refs, 1);
	msg->type = prio;
	msg->size = sizeof(nr);
	memcpy(msg->text, &nr, sizeof(nr));
	return msg;
}

static bool deliver(struct mqueue *q, struct msg_msg *msg)
{
	DEFINE_WAKE_Q(wake);
	bool done;

	spin_lock(&q->lock);
	done = mq_deliver(q, msg, &wake);
	spin_unlock(&q->lock);
	wake_up_q(&wake);
	return done;
}

/* The number of the first message, which is freed; -1: there is none. */
static int fetch(struct mqueue *q, long *prio)
{
	DEFINE_WAKE_Q(wake);
	struct msg_msg *msg;
	int nr = -1;

	spin_lock(&q->lock);
	msg = mq_fetch(q, &wake);
	spin_unlock(&q->lock);
	wake_up_q(&wake);
	if (msg) {
		memcpy(&nr, msg->text, sizeof(nr));
		if (prio)
			*prio = msg->type;
		put_msg(msg);
	}
	return nr;
}

/* ---- messages ---- */

static void messages_come_by_priority_then_by_age(struct kunit *test)
{
	struct mqueue *q = empty_queue(test, 1000);
	long prio, last_prio = LONG_MAX;
	int i, nr, last_nr = -1;

	for (i = 0; i < 1000; i++)
		KUNIT_ASSERT_TRUE(test, deliver(q, message(test, get_random_u32_below(20), i)));
	for (i = 0; i < 1000; i++) {
		nr = fetch(q, &prio);
		KUNIT_ASSERT_LE(test, prio, last_prio);
		if (prio == last_prio)
			KUNIT_ASSERT_GT(test, nr, last_nr);
		last_prio = prio;
		last_nr = nr;
	}
	KUNIT_EXPECT_EQ(test, fetch(q, NULL), -1);
}

static void a_full_queue_takes_no_more(struct kunit *test)
{
	struct mqueue *q = empty_queue(test, 2);
	struct msg_msg *third = message(test, 9, 3);

	KUNIT_EXPECT_TRUE(test, deliver(q, message(test, 0, 1)));
	KUNIT_EXPECT_TRUE(test, deliver(q, message(test, 0, 2)));
	KUNIT_EXPECT_FALSE(test, deliver(q, third));
	KUNIT_EXPECT_EQ(test, q->attr.mq_curmsgs, 2);
	KUNIT_EXPECT_EQ(test, q->bytes, 2 * sizeof(int));
	KUNIT_EXPECT_EQ(test, fetch(q, NULL), 1);
	KUNIT_EXPECT_TRUE(test, deliver(q, third));
	KUNIT_EXPECT_EQ(test, fetch(q, NULL), 3);
	mq_empty(q);
	KUNIT_EXPECT_EQ(test, q->attr.mq_curmsgs, 0);
	KUNIT_EXPECT_EQ(test, q->bytes, 0);
}

/* ---- those who wait ---- */

/* Never run, only looked at. */
static struct task_struct *some_task(struct kunit *test, int prio)
{
	struct task_struct *task = kunit_kzalloc(test, sizeof(*task), GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, task);
	task->prio = prio;
	return task;
}

static void waiters_stand_by_priority_then_by_arrival(struct kunit *test)
{
	static const int prios[] = { 120, 100, 120, 50, 100, 130 };
	static const int order[] = { 3, 1, 4, 0, 2, 5 };
	struct mq_waiter waiters[ARRAY_SIZE(prios)] = {}, *waiter;
	LIST_HEAD(line);
	int i;

	for (i = 0; i < ARRAY_SIZE(prios); i++) {
		waiters[i].task = some_task(test, prios[i]);
		mq_line_up(&line, &waiters[i]);
	}
	i = 0;
	list_for_each_entry(waiter, &line, list)
		KUNIT_EXPECT_PTR_EQ(test, waiter, &waiters[order[i++]]);
}

static void a_message_goes_to_who_waits_and_not_into_the_queue(struct kunit *test)
{
	struct mqueue *q = empty_queue(test, 1);
	struct mq_waiter first = { .task = current }, second = { .task = current };
	struct msg_msg *msg = message(test, 0, 7);

	mq_line_up(&q->receivers, &first);
	mq_line_up(&q->receivers, &second);
	KUNIT_EXPECT_TRUE(test, deliver(q, msg));
	KUNIT_EXPECT_TRUE(test, first.served);
	KUNIT_EXPECT_PTR_EQ(test, first.msg, msg);
	KUNIT_EXPECT_FALSE(test, second.served);
	KUNIT_EXPECT_EQ(test, q->attr.mq_curmsgs, 0);
	list_del(&second.list);
	put_msg(msg);
}

static void a_waiting_senders_message_takes_the_place_that_gets_free(struct kunit *test)
{
	struct mqueue *q = empty_queue(test, 1);
	struct mq_waiter sender = { .task = current };

	KUNIT_ASSERT_TRUE(test, deliver(q, message(test, 0, 1)));
	sender.msg = message(test, 0, 2);
	mq_line_up(&q->senders, &sender);
	KUNIT_EXPECT_EQ(test, fetch(q, NULL), 1);
	KUNIT_EXPECT_TRUE(test, sender.served);
	KUNIT_EXPECT_EQ(test, q->attr.mq_curmsgs, 1);
	KUNIT_EXPECT_EQ(test, fetch(q, NULL), 2);
}

/* ---- what a queue costs ---- */

static void a_queue_costs_its_messages_and_their_management(struct kunit *test)
{
	struct mq_attr attr = { .mq_maxmsg = 10, .mq_msgsize = 100 };
	long charge;

	KUNIT_EXPECT_EQ(test, mq_charge_of(&init_ipc_ns, &attr, true, &charge), 0);
	KUNIT_EXPECT_EQ(test, charge, 10 * (100 + 48 + 48));
	/* There are no more priorities than that. */
	attr.mq_maxmsg = 65536;
	KUNIT_EXPECT_EQ(test, mq_charge_of(&init_ipc_ns, &attr, true, &charge), 0);
	KUNIT_EXPECT_EQ(test, charge, 65536L * (100 + 48) + 32768 * 48);
}

static void impossible_queues_are_refused(struct kunit *test)
{
	const struct ipc_namespace limits = { .mq_msg_max = 10, .mq_msgsize_max = 8192 };
	static const struct {
		long messages, size;
		bool fits_anyone, fits_privileged;
	} cases[] = {
		{ 0, 1, false, false }, { 1, 0, false, false }, { -1, 1, false, false },
		{ LONG_MIN, LONG_MIN, false, false }, { LONG_MAX, LONG_MAX, false, false },
		{ 1, 1, true, true }, { 10, 8192, true, true }, { 11, 1, false, true },
		{ 1, 8193, false, true }, { 65536, 16 << 20, false, true },
		{ 65537, 1, false, false }, { 1, (16 << 20) + 1, false, false },
	};
	long charge;
	int i;

	for (i = 0; i < ARRAY_SIZE(cases); i++) {
		struct mq_attr attr = {
			.mq_maxmsg = cases[i].messages, .mq_msgsize = cases[i].size,
		};

		KUNIT_EXPECT_EQ_MSG(test, mq_charge_of(&limits, &attr, false, &charge),
				    cases[i].fits_anyone ? 0 : -EINVAL, "case %d", i);
		KUNIT_EXPECT_EQ_MSG(test, mq_charge_of(&limits, &attr, true, &charge),
				    cases[i].fits_privileged ? 0 : -EINVAL, "case %d", i);
	}
}

/* ---- by name ---- */

static void a_queue_lives_until_its_last_file_and_name_are_gone(struct kunit *test)
{
	struct mq_attr attr = { .mq_maxmsg = 4, .mq_msgsize = 16 };
	struct ipc_namespace *ns = &init_ipc_ns;
	unsigned int count = READ_ONCE(ns->mq_queues_count);
	long paid = atomic_long_read(&current_user()->mq_bytes);
	struct file *file, *other;

	file = mq_open_file(ns, "kunit", O_RDWR | O_CREAT | O_EXCL, 0600, &attr);
	KUNIT_ASSERT_FALSE(test, IS_ERR(file));
	KUNIT_EXPECT_EQ(test, READ_ONCE(ns->mq_queues_count), count + 1);
	KUNIT_EXPECT_GT(test, atomic_long_read(&current_user()->mq_bytes), paid);

	other = mq_open_file(ns, "kunit", O_RDWR | O_CREAT | O_EXCL, 0600, &attr);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(other), -EEXIST);
	KUNIT_EXPECT_EQ(test, READ_ONCE(ns->mq_queues_count), count + 1);

	/* With a message in it, that nobody will take. */
	deliver(mqueue_of(file_inode(file)), message(test, 1, 1));
	KUNIT_EXPECT_EQ(test, mq_unlink_file(ns, "kunit"), 0);
	KUNIT_EXPECT_EQ(test, mq_unlink_file(ns, "kunit"), -ENOENT);
	KUNIT_EXPECT_EQ(test, READ_ONCE(ns->mq_queues_count), count + 1);
	__fput_sync(file);
	KUNIT_EXPECT_EQ(test, READ_ONCE(ns->mq_queues_count), count);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&current_user()->mq_bytes), paid);
}

static void a_queue_that_is_not_made_costs_nothing(struct kunit *test)
{
	struct mq_attr wrong = { .mq_maxmsg = -1, .mq_msgsize = 16 };
	/* Beyond any RLIMIT_MSGQUEUE that is set at boot. */
	struct mq_attr large = { .mq_maxmsg = 65536, .mq_msgsize = 16 << 20 };
	struct ipc_namespace *ns = &init_ipc_ns;
	unsigned int count = READ_ONCE(ns->mq_queues_count);
	long paid = atomic_long_read(&current_user()->mq_bytes);
	struct file *file;

	file = mq_open_file(ns, "kunit", O_RDWR | O_CREAT, 0600, &wrong);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(file), -EINVAL);
	file = mq_open_file(ns, "kunit", O_RDWR | O_CREAT, 0600, &large);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(file), -EMFILE);
	file = mq_open_file(ns, "a/b", O_RDWR | O_CREAT, 0600, NULL);
	KUNIT_EXPECT_EQ(test, PTR_ERR_OR_ZERO(file), -EACCES);
	KUNIT_EXPECT_EQ(test, READ_ONCE(ns->mq_queues_count), count);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&current_user()->mq_bytes), paid);
	KUNIT_EXPECT_EQ(test, mq_unlink_file(ns, "kunit"), -ENOENT);
}

static struct kunit_case mqueue_cases[] = {
	KUNIT_CASE(messages_come_by_priority_then_by_age),
	KUNIT_CASE(a_full_queue_takes_no_more),
	KUNIT_CASE(waiters_stand_by_priority_then_by_arrival),
	KUNIT_CASE(a_message_goes_to_who_waits_and_not_into_the_queue),
	KUNIT_CASE(a_waiting_senders_message_takes_the_place_that_gets_free),
	KUNIT_CASE(a_queue_costs_its_messages_and_their_management),
	KUNIT_CASE(impossible_queues_are_refused),
	KUNIT_CASE(a_queue_lives_until_its_last_file_and_name_are_gone),
	KUNIT_CASE(a_queue_that_is_not_made_costs_nothing),
	{}
};

static struct kunit_suite mqueue_suite = {
	.name = "mqueue",
	.test_cases = mqueue_cases,
};
kunit_test_suite(mqueue_suite);
