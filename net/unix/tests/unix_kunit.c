// SPDX-License-Identifier: MIT
/*
 * Unix sockets from inside: what they charge, who keeps whom, names, and a stream between CPUs.
 * What programs see is tested by tools/testing/selftests/net/.
 */

#include <kunit/test.h>

#include <linux/completion.h>
#include <linux/err.h>
#include <linux/fs.h>
#include <linux/kthread.h>
#include <linux/net.h>
#include <linux/slab.h>
#include <linux/string.h>
#include <net/af_unix.h>

static struct socket *a, *b;

static void drop(struct socket **sock)
{
	if (*sock)
		sock_release(*sock);
	*sock = NULL;
}

static void make_pair(struct kunit *test, int type)
{
	drop(&a);
	drop(&b);
	KUNIT_ASSERT_EQ(test, sock_create_kern(NULL, AF_UNIX, type, 0, &a), 0);
	KUNIT_ASSERT_EQ(test, sock_create_kern(NULL, AF_UNIX, type, 0, &b), 0);
	KUNIT_ASSERT_EQ(test, a->ops->socketpair(a, b), 0);
}

static void unix_test_exit(struct kunit *test)
{
	drop(&a);
	drop(&b);
}

static int put(struct socket *sock, const void *data, size_t len, int flags)
{
	struct kvec vec = { (void *)data, len };
	struct msghdr msg = { .msg_flags = flags };

	return kernel_sendmsg(sock, &msg, &vec, 1, len);
}

static int get(struct socket *sock, void *data, size_t len, int flags)
{
	struct kvec vec = { data, len };
	struct msghdr msg = {};

	return kernel_recvmsg(sock, &msg, &vec, 1, len, flags);
}

static void bytes_cross_a_pair(struct kunit *test)
{
	char buf[16] = "";

	make_pair(test, SOCK_STREAM);
	KUNIT_EXPECT_EQ(test, put(a, "hello, ", 7, 0), 7);
	KUNIT_EXPECT_EQ(test, put(a, "world", 5, 0), 5);
	KUNIT_EXPECT_EQ(test, get(b, buf, 3, 0), 3);
	KUNIT_EXPECT_EQ(test, get(b, buf + 3, 13, 0), 9);
	KUNIT_EXPECT_STREQ(test, buf, "hello, world");
	KUNIT_EXPECT_EQ(test, get(b, buf, 1, MSG_DONTWAIT), -EAGAIN);
}

static void reading_gives_the_room_back(struct kunit *test)
{
	static const int types[] = { SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET };
	char *buf = kunit_kzalloc(test, 30000, GFP_KERNEL);
	int i, n;

	for (i = 0; i < 3; i++) {
		make_pair(test, types[i]);
		KUNIT_EXPECT_EQ(test, sk_wmem_alloc_get(a->sk), 0);
		for (n = 0; put(a, buf, 30000, MSG_DONTWAIT) > 0; n++)
			;
		KUNIT_EXPECT_GE(test, sk_wmem_alloc_get(a->sk), a->sk->sk_sndbuf);
		KUNIT_EXPECT_LT(test, sk_wmem_alloc_get(a->sk), a->sk->sk_sndbuf + 40000);
		KUNIT_EXPECT_FALSE(test, unix_writable(a->sk, TCP_ESTABLISHED));
		while (get(b, buf, 30000, MSG_DONTWAIT) > 0)
			;
		KUNIT_EXPECT_EQ(test, sk_wmem_alloc_get(a->sk), 0);
		KUNIT_EXPECT_TRUE(test, unix_writable(a->sk, TCP_ESTABLISHED));
	}
}

static void the_unread_is_freed_with_its_reader(struct kunit *test)
{
	struct sock *sk;

	make_pair(test, SOCK_DGRAM);
	sk = a->sk;
	sock_hold(sk);
	KUNIT_EXPECT_EQ(test, put(a, "x", 1, 0), 1);
	KUNIT_EXPECT_EQ(test, sk_wmem_alloc_get(sk), 768);
	drop(&b);
	KUNIT_EXPECT_EQ(test, sk_wmem_alloc_get(sk), 0);
	sock_put(sk);
}

static void a_message_keeps_its_sender(struct kunit *test)
{
	long before = atomic_long_read(&unix_proto.sockets);
	char c;

	make_pair(test, SOCK_DGRAM);
	KUNIT_EXPECT_EQ(test, put(a, "x", 1, 0), 1);
	drop(&a);
	/* As long as the message lies there. */
	KUNIT_EXPECT_EQ(test, atomic_long_read(&unix_proto.sockets), before + 2);
	KUNIT_EXPECT_EQ(test, get(b, &c, 1, 0), 1);
	drop(&b);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&unix_proto.sockets), before);
}

static int name_of(struct sockaddr_un *addr, const char *name)
{
	*addr = (struct sockaddr_un){ .sun_family = AF_UNIX };
	strscpy(addr->sun_path + 1, name, sizeof(addr->sun_path) - 1);
	return offsetof(struct sockaddr_un, sun_path) + 1 + strlen(name);
}

static void a_name_goes_with_its_socket(struct kunit *test)
{
	struct sockaddr_un addr;
	int len = name_of(&addr, "kunit");
	struct sock *found;

	KUNIT_ASSERT_EQ(test, sock_create_kern(NULL, AF_UNIX, SOCK_DGRAM, 0, &a), 0);
	KUNIT_EXPECT_EQ(test, a->ops->bind(a, (struct sockaddr *)&addr, len), 0);
	found = unix_find_name(&addr, len, SOCK_DGRAM);
	KUNIT_ASSERT_PTR_EQ(test, found, a->sk);
	sock_put(found);
	KUNIT_EXPECT_EQ(test, PTR_ERR(unix_find_name(&addr, len, SOCK_STREAM)), -ECONNREFUSED);
	drop(&a);
	KUNIT_EXPECT_EQ(test, PTR_ERR(unix_find_name(&addr, len, SOCK_DGRAM)), -ECONNREFUSED);
}

static void a_listener_takes_its_embryos_along(struct kunit *test)
{
	long before = atomic_long_read(&unix_proto.sockets);
	struct sockaddr_un addr;
	int len = name_of(&addr, "kunit");
	char c;

	KUNIT_ASSERT_EQ(test, sock_create_kern(NULL, AF_UNIX, SOCK_STREAM, 0, &a), 0);
	KUNIT_ASSERT_EQ(test, sock_create_kern(NULL, AF_UNIX, SOCK_STREAM, 0, &b), 0);
	KUNIT_EXPECT_EQ(test, a->ops->bind(a, (struct sockaddr *)&addr, len), 0);
	KUNIT_EXPECT_EQ(test, a->ops->listen(a, 3), 0);
	KUNIT_EXPECT_EQ(test, b->ops->connect(b, (struct sockaddr *)&addr, len, 0), 0);
	KUNIT_EXPECT_EQ(test, put(b, "x", 1, 0), 1);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&unix_proto.sockets), before + 3);
	drop(&a);
	KUNIT_EXPECT_EQ(test, get(b, &c, 1, MSG_DONTWAIT), -ECONNRESET);
	drop(&b);
	KUNIT_EXPECT_EQ(test, atomic_long_read(&unix_proto.sockets), before);
}

#define MANY	(1 << 20)

static int write_many(void *arg)
{
	unsigned int sent = 0, i, n;
	unsigned char buf[512];
	int ret = 0;

	while (sent < MANY && ret >= 0) {
		n = min_t(unsigned int, 1 + sent % sizeof(buf), MANY - sent);
		for (i = 0; i < n; i++)
			buf[i] = (sent + i) * 7 + ((sent + i) >> 8);
		ret = put(a, buf, n, 0);
		if (ret > 0)
			sent += ret;
	}
	complete(arg);
	return 0;
}

static void a_stream_runs_between_cpus(struct kunit *test)
{
	DECLARE_COMPLETION_ONSTACK(done);
	unsigned int got = 0, wrong = 0;
	struct task_struct *writer;
	unsigned char buf[700];
	int i, n;

	make_pair(test, SOCK_STREAM);
	writer = kthread_run(write_many, &done, "unix-writer");
	KUNIT_ASSERT_FALSE(test, IS_ERR(writer));
	while (got < MANY) {
		n = get(b, buf, 1 + got % sizeof(buf), 0);
		if (n <= 0)
			break;
		for (i = 0; i < n; i++, got++)
			wrong += buf[i] != (unsigned char)(got * 7 + (got >> 8));
	}
	KUNIT_EXPECT_EQ(test, got, MANY);
	KUNIT_EXPECT_EQ(test, wrong, 0);
	wait_for_completion(&done);
}

static struct kunit_case unix_cases[] = {
	KUNIT_CASE(bytes_cross_a_pair),
	KUNIT_CASE(reading_gives_the_room_back),
	KUNIT_CASE(the_unread_is_freed_with_its_reader),
	KUNIT_CASE(a_message_keeps_its_sender),
	KUNIT_CASE(a_name_goes_with_its_socket),
	KUNIT_CASE(a_listener_takes_its_embryos_along),
	KUNIT_CASE(a_stream_runs_between_cpus),
	{}
};

static struct kunit_suite unix_suite = {
	.name = "unix_socket",
	.exit = unix_test_exit,
	.test_cases = unix_cases,
};
kunit_test_suite(unix_suite);
