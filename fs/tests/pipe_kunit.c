// SPDX-License-Identifier: MIT
/* Pipes: order, whole writes, ends that close, sizes, and readers and writers on all CPUs. */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/fcntl.h>
#include <linux/file.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/mm.h>
#include <linux/pipe_fs_i.h>
#include <linux/sched/user.h>
#include <linux/cred.h>
#include <linux/slab.h>

static struct file *ends[2];	/* [0] reads, [1] writes */

static int pipe_test_init(struct kunit *test)
{
	KUNIT_ASSERT_EQ(test, create_pipe_files(ends, 0), 0);
	return 0;
}

static void close_end(int i)
{
	if (ends[i])
		__fput_sync(ends[i]);
	ends[i] = NULL;
}

static void pipe_test_exit(struct kunit *test)
{
	(void)test;
	close_end(0);
	close_end(1);
}

static ssize_t put(const void *data, size_t len)
{
	return kernel_write(ends[1], data, len, NULL);
}

static ssize_t get(void *data, size_t len)
{
	return kernel_read(ends[0], data, len, NULL);
}

static void nonblocking(void)
{
	ends[0]->f_flags |= O_NONBLOCK;
	ends[1]->f_flags |= O_NONBLOCK;
}

static void bytes_come_out_in_order(struct kunit *test)
{
	char buf[16] = "";

	KUNIT_EXPECT_EQ(test, put("hello, ", 7), 7);
	KUNIT_EXPECT_EQ(test, put("world", 5), 5);
	KUNIT_EXPECT_EQ(test, get(buf, 3), 3);
	KUNIT_EXPECT_EQ(test, get(buf + 3, 13), 9);
	KUNIT_EXPECT_STREQ(test, buf, "hello, world");
}

static void an_empty_pipe_says_again_or_ended(struct kunit *test)
{
	char c;

	nonblocking();
	KUNIT_EXPECT_EQ(test, get(&c, 1), -EAGAIN);
	KUNIT_EXPECT_EQ(test, put("x", 1), 1);
	close_end(1);
	KUNIT_EXPECT_EQ(test, get(&c, 1), 1);
	KUNIT_EXPECT_EQ(test, get(&c, 1), 0);
}

static void nobody_reads_is_epipe(struct kunit *test)
{
	close_end(0);
	KUNIT_EXPECT_EQ(test, put("x", 1), -EPIPE);
}

static void small_writes_share_a_page(struct kunit *test)
{
	int i;

	nonblocking();
	for (i = 0; i < 4096; i++)
		KUNIT_ASSERT_EQ(test, put("x", 1), 1);
	KUNIT_EXPECT_EQ(test, pipe_occupancy(get_pipe_info(ends[0], false)->head,
					     get_pipe_info(ends[0], false)->tail), 1);
}

static void a_write_up_to_pipe_buf_is_whole_or_not_at_all(struct kunit *test)
{
	char *page = kunit_kzalloc(test, PAGE_SIZE, GFP_KERNEL);
	int n = 0;

	KUNIT_ASSERT_NOT_NULL(test, page);
	nonblocking();
	while (put(page, PAGE_SIZE) == PAGE_SIZE)
		n++;
	KUNIT_EXPECT_EQ(test, n, PIPE_DEF_BUFFERS);
	KUNIT_EXPECT_EQ(test, get(page, 100), 100);
	/* 100 bytes are free, in a page of which the reader has the rest. */
	KUNIT_EXPECT_EQ(test, put(page, 100), -EAGAIN);
	KUNIT_EXPECT_EQ(test, get(page, PAGE_SIZE - 100), PAGE_SIZE - 100);
	KUNIT_EXPECT_EQ(test, put(page, 4000), 4000);
	KUNIT_EXPECT_EQ(test, put(page, 97), -EAGAIN);
	KUNIT_EXPECT_EQ(test, put(page, 96), 96);
}

static void packets_are_read_one_by_one(struct kunit *test)
{
	char buf[16];

	ends[1]->f_flags |= O_DIRECT;
	KUNIT_EXPECT_EQ(test, put("abcdef", 6), 6);
	KUNIT_EXPECT_EQ(test, put("ghi", 3), 3);
	KUNIT_EXPECT_EQ(test, get(buf, 2), 2);
	KUNIT_EXPECT_EQ(test, get(buf, 16), 3);
	KUNIT_EXPECT_EQ(test, buf[0], 'g');
}

static void the_size_changes_and_the_content_stays(struct kunit *test)
{
	char buf[4] = "";

	KUNIT_EXPECT_EQ(test, pipe_fcntl(ends[0], F_GETPIPE_SZ, 0), 65536);
	KUNIT_EXPECT_EQ(test, put("ab", 2), 2);
	KUNIT_EXPECT_EQ(test, pipe_fcntl(ends[0], F_SETPIPE_SZ, 5000), 8192);
	KUNIT_EXPECT_EQ(test, pipe_fcntl(ends[0], F_SETPIPE_SZ, 1), 4096);
	KUNIT_EXPECT_EQ(test, pipe_fcntl(ends[0], F_SETPIPE_SZ, 0x80000001), -EINVAL);
	KUNIT_EXPECT_EQ(test, pipe_fcntl(ends[0], F_SETPIPE_SZ, 1 << 20), 1 << 20);
	KUNIT_EXPECT_EQ(test, get(buf, 4), 2);
	KUNIT_EXPECT_STREQ(test, buf, "ab");
}

static void a_pipe_in_use_does_not_shrink_below_its_content(struct kunit *test)
{
	char *two = kunit_kzalloc(test, 2 * PAGE_SIZE, GFP_KERNEL);

	KUNIT_ASSERT_NOT_NULL(test, two);
	KUNIT_EXPECT_EQ(test, put(two, 2 * PAGE_SIZE), 2 * PAGE_SIZE);
	KUNIT_EXPECT_EQ(test, pipe_fcntl(ends[0], F_SETPIPE_SZ, 4096), -EBUSY);
}

static void what_is_charged_to_the_user_is_given_back(struct kunit *test)
{
	struct user_struct *user = current_cred()->user;
	long before = atomic_long_read(&user->pipe_bufs);

	KUNIT_EXPECT_EQ(test, pipe_fcntl(ends[0], F_SETPIPE_SZ, 1 << 18), 1 << 18);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&user->pipe_bufs), before - 16 + 64);
	close_end(0);
	close_end(1);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&user->pipe_bufs), before - 16);
}

/* ---- many at once ---- */

#define WRITERS		3
#define MESSAGES	400
#define MESSAGE_MAX	3000

struct message {
	u32 writer, nr, len, sum;
};

static u32 sum_of(const u8 *p, u32 len)
{
	u32 i, sum = 0;

	for (i = 0; i < len; i++)
		sum = sum * 31 + p[i];
	return sum;
}

/* Messages of all lengths up to a page: each is whole, whoever else writes. */
static int write_messages(void *arg)
{
	u32 me = (unsigned long)arg, i, j, bad = 0;
	u8 *buf = kmalloc(MESSAGE_MAX + sizeof(struct message), GFP_KERNEL);

	for (i = 0; buf && i < MESSAGES; i++) {
		struct message *m = (struct message *)buf;
		u32 len = (i * 37 + me * 1001) % MESSAGE_MAX;

		for (j = 0; j < len; j++)
			buf[sizeof(*m) + j] = i + j + me;
		*m = (struct message){ me, i, len, sum_of(buf + sizeof(*m), len) };
		if (put(buf, sizeof(*m) + len) != (ssize_t)(sizeof(*m) + len))
			bad++;
	}
	kfree(buf);
	while (!kthread_should_stop())
		schedule_timeout_uninterruptible(1);
	return bad;
}

/* Read exactly that much. */
static bool get_all(void *to, size_t len)
{
	while (len) {
		ssize_t n = get(to, len);

		if (n <= 0)
			return false;
		to += n;
		len -= n;
	}
	return true;
}

static void messages_of_several_writers_stay_whole(struct kunit *test)
{
	u8 *buf = kunit_kzalloc(test, MESSAGE_MAX, GFP_KERNEL);
	u32 next[WRITERS] = { 0 }, i, torn = 0;
	struct task_struct *t[WRITERS];

	KUNIT_ASSERT_NOT_NULL(test, buf);
	for (i = 0; i < WRITERS; i++)
		t[i] = kthread_run(write_messages, (void *)(unsigned long)i, "pipe-writer/%u", i);
	for (i = 0; i < WRITERS * MESSAGES; i++) {
		struct message m;

		if (!get_all(&m, sizeof(m)) || m.writer >= WRITERS || m.len > MESSAGE_MAX ||
		    !get_all(buf, m.len)) {
			torn++;
			break;
		}
		torn += m.nr != next[m.writer]++ || sum_of(buf, m.len) != m.sum;
	}
	KUNIT_EXPECT_EQ(test, torn, 0);
	/* A reader that gave up must not leave writers asleep. */
	if (torn)
		close_end(0);
	for (i = 0; i < WRITERS; i++)
		if (!IS_ERR(t[i]))
			KUNIT_EXPECT_EQ(test, kthread_stop(t[i]), 0);
}

static struct kunit_case pipe_test_cases[] = {
	KUNIT_CASE(bytes_come_out_in_order),
	KUNIT_CASE(an_empty_pipe_says_again_or_ended),
	KUNIT_CASE(nobody_reads_is_epipe),
	KUNIT_CASE(small_writes_share_a_page),
	KUNIT_CASE(a_write_up_to_pipe_buf_is_whole_or_not_at_all),
	KUNIT_CASE(packets_are_read_one_by_one),
	KUNIT_CASE(the_size_changes_and_the_content_stays),
	KUNIT_CASE(a_pipe_in_use_does_not_shrink_below_its_content),
	KUNIT_CASE(what_is_charged_to_the_user_is_given_back),
	KUNIT_CASE(messages_of_several_writers_stay_whole),
	{}
};

static struct kunit_suite pipe_test_suite = {
	.name = "pipe",
	.init = pipe_test_init,
	.exit = pipe_test_exit,
	.test_cases = pipe_test_cases,
};
kunit_test_suite(pipe_test_suite);
