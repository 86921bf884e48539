// SPDX-License-Identifier: MIT
/* The collector of Unix sockets: what it takes, what it leaves, and that its counts are even. */

#include <kunit/test.h>

#include <linux/cred.h>
#include <linux/err.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/net.h>
#include <linux/sched/user.h>
#include <linux/slab.h>
#include <net/af_unix.h>

/* A pair: files[0] can be sent to files[1]'s queue by carry(). */
struct ends {
	struct file *files[2];
	struct sock *sk[2];
};

static void make_ends(struct kunit *test, struct ends *e)
{
	struct socket *s[2];
	int i;

	for (i = 0; i < 2; i++)
		KUNIT_ASSERT_EQ(test, sock_create_kern(NULL, AF_UNIX, SOCK_DGRAM, 0, &s[i]), 0);
	KUNIT_ASSERT_EQ(test, s[0]->ops->socketpair(s[0], s[1]), 0);
	for (i = 0; i < 2; i++) {
		e->sk[i] = s[i]->sk;
		e->files[i] = sock_alloc_file(s[i], 0, NULL);
		KUNIT_ASSERT_FALSE(test, IS_ERR(e->files[i]));
	}
}

/* A message with @file, from the first end into the queue of the second. */
static void carry(struct kunit *test, struct ends *e, struct file *file)
{
	struct scm_cookie scm = { .creds = { .uid = INVALID_UID, .gid = INVALID_GID } };
	struct sk_buff *skb = sock_wmalloc(e->sk[0], 1, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, skb);
	scm.fp = kzalloc(sizeof(*scm.fp), GFP_KERNEL);
	KUNIT_ASSERT_NOT_NULL(test, scm.fp);
	scm.fp->max = SCM_MAX_FD;
	scm.fp->count = 1;
	scm.fp->user = get_uid(current_user());
	scm.fp->fp[0] = get_file(file);
	skb->data[0] = 'x';
	KUNIT_ASSERT_EQ(test, unix_load_message(&scm, skb, true), 0);
	skb_queue_tail(&e->sk[1]->sk_receive_queue, skb);
}

static void close_ends(struct ends *e)
{
	__fput_sync(e->files[0]);
	__fput_sync(e->files[1]);
}

/* The last fput() of what the collector freed was put off. */
static void collect(void)
{
	unix_schedule_gc();
	unix_gc_flush();
	flush_delayed_fput();
	/* Their going frees more. */
	unix_gc_flush();
	flush_delayed_fput();
}

static void a_cycle_is_taken(struct kunit *test)
{
	long sockets = atomic_long_read(&unix_proto.sockets);
	unsigned int inflight = unix_inflight_total();
	struct ends e, f;

	make_ends(test, &e);
	make_ends(test, &f);
	carry(test, &e, f.files[0]);
	carry(test, &e, f.files[1]);
	carry(test, &f, e.files[0]);
	carry(test, &f, e.files[1]);
	KUNIT_EXPECT_EQ(test, unix_inflight_total(), inflight + 4);
	collect();
	KUNIT_EXPECT_EQ(test, unix_inflight_total(), inflight + 4);
	close_ends(&e);
	close_ends(&f);
	collect();
	KUNIT_EXPECT_EQ(test, unix_inflight_total(), inflight);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&unix_proto.sockets), sockets);
}

/* e -> f -> g -> e, and g -> f: one knot of two rings. Each holds the next by its second end. */
static void rings_that_share_sockets_are_taken(struct kunit *test)
{
	long sockets = atomic_long_read(&unix_proto.sockets);
	unsigned int inflight = unix_inflight_total();
	struct ends e, f, g;

	make_ends(test, &e);
	make_ends(test, &f);
	make_ends(test, &g);
	carry(test, &e, f.files[1]);
	carry(test, &f, g.files[1]);
	carry(test, &g, f.files[1]);
	carry(test, &g, e.files[1]);
	close_ends(&f);
	close_ends(&g);
	collect();
	KUNIT_EXPECT_EQ(test, unix_inflight_total(), inflight + 4);
	close_ends(&e);
	collect();
	KUNIT_EXPECT_EQ(test, unix_inflight_total(), inflight);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&unix_proto.sockets), sockets);
}

static void what_somebody_can_receive_stays(struct kunit *test)
{
	long sockets = atomic_long_read(&unix_proto.sockets);
	struct ends e, f, g;

	make_ends(test, &e);
	make_ends(test, &f);
	make_ends(test, &g);
	/* e is open; f lies in e's queue, g in f's, and f in g's again. */
	carry(test, &e, f.files[0]);
	carry(test, &e, f.files[1]);
	carry(test, &f, g.files[0]);
	carry(test, &f, g.files[1]);
	carry(test, &g, f.files[1]);
	close_ends(&f);
	close_ends(&g);
	collect();
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e.sk[1]->sk_receive_queue), 2);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&f.sk[1]->sk_receive_queue), 2);
	KUNIT_EXPECT_EQ(test, skb_queue_len(&g.sk[1]->sk_receive_queue), 1);
	close_ends(&e);
	collect();
	KUNIT_EXPECT_EQ(test, atomic_long_read(&unix_proto.sockets), sockets);
}

static void other_files_are_left_alone(struct kunit *test)
{
	unsigned int inflight = unix_inflight_total();
	struct ends e;

	make_ends(test, &e);
	carry(test, &e, e.files[0]);
	collect();
	KUNIT_EXPECT_EQ(test, skb_queue_len(&e.sk[1]->sk_receive_queue), 1);
	KUNIT_EXPECT_EQ(test, unix_sk(e.sk[0])->inflight, 1);
	KUNIT_EXPECT_EQ(test, unix_sk(e.sk[1])->inflight, 0);
	close_ends(&e);
	collect();
	KUNIT_EXPECT_EQ(test, unix_inflight_total(), inflight);
}

static struct kunit_case unix_gc_cases[] = {
	KUNIT_CASE(a_cycle_is_taken),
	KUNIT_CASE(rings_that_share_sockets_are_taken),
	KUNIT_CASE(what_somebody_can_receive_stays),
	KUNIT_CASE(other_files_are_left_alone),
	{}
};

static struct kunit_suite unix_gc_suite = {
	.name = "unix_gc",
	.test_cases = unix_gc_cases,
};
kunit_test_suite(unix_gc_suite);
