// SPDX-License-Identifier: MIT
/* Datagram sockets and names: bounds, peers, queues, binding, permissions. */

#include "sock.h"

#include <time.h>

static char buf[300000];

static void datagrams_keep_their_bounds(void)
{
	int sv[2], n;

	pair(SOCK_DGRAM, sv);
	CHECK_EQ(send(sv[0], "first", 5, 0), 5);
	CHECK_EQ(send(sv[0], "", 0, 0), 0);
	CHECK_EQ(write(sv[0], "third", 5), 5);
	CHECK_EQ(ioctl(sv[1], FIONREAD, &n), 0);
	CHECK_EQ(n, 5);
	CHECK_EQ(recv(sv[1], buf, 100, 0), 5);
	CHECK_EQ(recv(sv[1], buf, 100, 0), 0);
	CHECK_EQ(read(sv[1], buf, 100), 5);
	CHECK_ERR(recv(sv[1], buf, 100, MSG_DONTWAIT), EAGAIN);
}

static void the_rest_of_a_datagram_is_lost(void)
{
	struct received r;
	int sv[2];

	pair(SOCK_DGRAM, sv);
	CHECK_EQ(send(sv[0], "0123456789", 10, 0), 10);
	CHECK_EQ(recv(sv[1], buf, 3, MSG_PEEK), 3);
	CHECK_EQ(recv(sv[1], buf, 3, MSG_PEEK | MSG_TRUNC), 10);
	r = receive(sv[1], buf, 4, 0, 0);
	CHECK(r.len == 4 && (r.flags & MSG_TRUNC) && !memcmp(buf, "0123", 4));
	CHECK_ERR(recv(sv[1], buf, 4, MSG_DONTWAIT), EAGAIN);
	CHECK_EQ(send(sv[0], "0123456789", 10, 0), 10);
	CHECK_EQ(recv(sv[1], buf, 4, MSG_TRUNC), 10);
}

static void large_datagrams_arrive_whole(void)
{
	static char in[300000];
	int sv[2], i;

	pair(SOCK_DGRAM, sv);
	for (i = 0; i < (int)sizeof(buf); i++)
		buf[i] = i * 3 + (i >> 9);
	for (i = 1; i < 200000; i = i * 2 + 1) {
		CHECK_EQ(send(sv[0], buf, i, 0), i);
		CHECK_EQ(recv(sv[1], in, sizeof(in), 0), i);
		CHECK_EQ(memcmp(buf, in, i), 0);
	}
	CHECK_ERR(send(sv[0], buf, sizeof(buf), 0), EMSGSIZE);
	CHECK_EQ(set_option(sv[0], SO_SNDBUF, 4096), 0);
	CHECK_ERR(send(sv[0], buf, 8192 - 31, 0), EMSGSIZE);
	CHECK_EQ(send(sv[0], buf, 8192 - 32, 0), 8192 - 32);
}

static void addresses_say_where_and_from(void)
{
	struct sockaddr_un a, b, got;
	socklen_t alen = abstract(&a, "a"), blen = abstract(&b, "b"), glen = sizeof(got);
	int fa = bound(SOCK_DGRAM, &a, alen), fb = bound(SOCK_DGRAM, &b, blen);
	int none = unix_socket(SOCK_DGRAM);

	CHECK_EQ(sendto(fa, "x", 1, 0, (struct sockaddr *)&b, blen), 1);
	CHECK_EQ(recvfrom(fb, buf, 9, 0, (struct sockaddr *)&got, &glen), 1);
	CHECK(glen == alen && !memcmp(&got, &a, alen));
	CHECK_EQ(sendto(none, "y", 1, 0, (struct sockaddr *)&b, blen), 1);
	glen = sizeof(got);
	CHECK_EQ(recvfrom(fb, buf, 9, 0, (struct sockaddr *)&got, &glen), 1);
	CHECK_EQ(glen, 0);
	CHECK_ERR(send(fa, "x", 1, 0), ENOTCONN);
	CHECK_EQ(sendto(fa, "self", 4, 0, (struct sockaddr *)&a, alen), 4);
	CHECK_EQ(recv(fa, buf, 9, 0), 4);
	CHECK_ERR(sendto(fa, "x", 1, 0, (struct sockaddr *)&b, 2), EINVAL);
	CHECK_ERR(sendto(fa, "x", 1, 0, (struct sockaddr *)&b, 200), EINVAL);
	CHECK_ERR(sendto(fa, "x", 1, 0, (struct sockaddr *)8, blen), EFAULT);
	CHECK_ERR(sendto(fa, (void *)8, 1, 0, (struct sockaddr *)&b, blen), EFAULT);
	close(fb);
	CHECK_ERR(sendto(fa, "x", 1, 0, (struct sockaddr *)&b, blen), ECONNREFUSED);
}

static void a_connected_one_talks_to_its_peer_only(void)
{
	struct sockaddr_un a, b, c, un = { .sun_family = AF_UNSPEC };
	socklen_t alen = abstract(&a, "a"), blen = abstract(&b, "b"), clen = abstract(&c, "c");
	int fa = bound(SOCK_DGRAM, &a, alen), fb = bound(SOCK_DGRAM, &b, blen);
	int fc = bound(SOCK_DGRAM, &c, clen);

	CHECK_EQ(connect(fa, (struct sockaddr *)&b, blen), 0);
	CHECK_EQ(send(fa, "x", 1, 0), 1);
	CHECK_EQ(recv(fb, buf, 9, 0), 1);
	CHECK_EQ(sendto(fa, "y", 1, 0, (struct sockaddr *)&c, clen), 1);
	CHECK_EQ(recv(fc, buf, 9, 0), 1);
	CHECK_EQ(sendto(fb, "z", 1, 0, (struct sockaddr *)&a, alen), 1);
	CHECK_ERR(sendto(fc, "z", 1, 0, (struct sockaddr *)&a, alen), EPERM);
	CHECK_ERR(connect(fc, (struct sockaddr *)&a, alen), EPERM);
	CHECK_EQ(connect(fa, (struct sockaddr *)&un, sizeof(un)), 0);
	CHECK_ERR(send(fa, "x", 1, 0), ENOTCONN);
	CHECK_EQ(sendto(fc, "z", 1, 0, (struct sockaddr *)&a, alen), 1);
}

static void a_peer_that_is_gone_refuses(void)
{
	struct sockaddr_un a;
	socklen_t alen = abstract(&a, "a");
	int fa = bound(SOCK_DGRAM, &a, alen), c = connected(SOCK_DGRAM, &a, alen);

	close(fa);
	CHECK_ERR(send(c, "x", 1, 0), ECONNREFUSED);
	CHECK_ERR(send(c, "x", 1, 0), ENOTCONN);
}

static void a_full_queue_makes_wait(void)
{
	struct sockaddr_un a;
	socklen_t alen = abstract(&a, "a");
	int fa = bound(SOCK_DGRAM, &a, alen), c = connected(SOCK_DGRAM, &a, alen), n = 0;

	nonblocking(c);
	CHECK_EQ(events(c, POLLOUT), POLLOUT);
	while (send(c, "x", 1, 0) == 1)
		n++;
	CHECK_EQ(errno, EAGAIN);
	CHECK(n >= 2 && n < 250);
	CHECK_EQ(events(c, POLLOUT), 0);
	CHECK_ERR(sendto(unix_socket(SOCK_DGRAM), "x", 1, MSG_DONTWAIT,
			 (struct sockaddr *)&a, alen), EAGAIN);
	CHECK_EQ(recv(fa, buf, 9, 0), 1);
	CHECK_EQ(events(c, POLLOUT), POLLOUT);
	CHECK_EQ(send(c, "x", 1, 0), 1);
}

static int read_ten(void *arg)
{
	int i;

	for (i = 0; i < 10; i++)
		if (recv(*(int *)arg, buf, 9, 0) != 1)
			return 1;
	return 0;
}

static void room_wakes_who_polls_and_who_sleeps(void)
{
	struct sockaddr_un a;
	socklen_t alen = abstract(&a, "a");
	int fa = bound(SOCK_DGRAM, &a, alen), c = connected(SOCK_DGRAM, &a, alen), n = 0;
	pid_t pid;

	while (send(c, "x", 1, MSG_DONTWAIT) == 1)
		n++;
	pid = start_child(read_ten, &fa);
	CHECK_EQ(wait_events(c, POLLOUT), POLLOUT);
	CHECK_EQ(end_of(pid), 0);
	while (send(c, "x", 1, MSG_DONTWAIT) == 1)
		n++;
	pid = start_child(read_ten, &fa);
	CHECK_EQ(send(c, "x", 1, 0), 1);
	CHECK_EQ(end_of(pid), 0);
}

static void shutdown_of_datagrams(void)
{
	struct sockaddr_un a;
	socklen_t alen = abstract(&a, "a");
	int fa = bound(SOCK_DGRAM, &a, alen), c = connected(SOCK_DGRAM, &a, alen);

	CHECK_EQ(send(c, "x", 1, 0), 1);
	CHECK_EQ(shutdown(fa, SHUT_RD), 0);
	CHECK_ERR(send(c, "x", 1, 0), EPIPE);
	CHECK_EQ(recv(fa, buf, 9, 0), 1);
	CHECK_EQ(recv(fa, buf, 9, 0), 0);
	CHECK_ERR(recv(fa, buf, 9, MSG_DONTWAIT), EAGAIN);
	CHECK_EQ(shutdown(c, SHUT_WR), 0);
	CHECK_ERR(send(c, "x", 1, 0), EPIPE);
}

static void urgent_bytes_are_for_streams(void)
{
	int sv[2];

	pair(SOCK_DGRAM, sv);
	CHECK_ERR(send(sv[0], "x", 1, MSG_OOB), EOPNOTSUPP);
	CHECK_ERR(recv(sv[0], buf, 1, MSG_OOB | MSG_DONTWAIT), EOPNOTSUPP);
	CHECK_ERR(accept(sv[0], NULL, NULL), EOPNOTSUPP);
}

static void time_stamps_come_along(void)
{
	char control[256];
	struct iovec iov = { buf, 9 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control,
			      .msg_controllen = sizeof(control) };
	struct timespec now, ts;
	struct cmsghdr *cmsg;
	int sv[2];

	pair(SOCK_DGRAM, sv);
	CHECK_EQ(set_option(sv[1], SO_TIMESTAMPNS, 1), 0);
	clock_gettime(CLOCK_REALTIME, &now);
	CHECK_EQ(write(sv[0], "x", 1), 1);
	CHECK_EQ(recvmsg(sv[1], &msg, 0), 1);
	cmsg = CMSG_FIRSTHDR(&msg);
	CHECK(cmsg && cmsg->cmsg_level == SOL_SOCKET && cmsg->cmsg_type == SO_TIMESTAMPNS);
	memcpy(&ts, CMSG_DATA(cmsg), sizeof(ts));
	CHECK(ts.tv_sec >= now.tv_sec && ts.tv_nsec < 1000000000);
}

/* ---- many at once ---- */

static void messages_in_bulk(void)
{
	struct mmsghdr out[5] = {}, in[8] = {};
	struct iovec iov[8];
	char data[8][4];
	struct timespec ts = { 0, 0 };
	int sv[2], i;

	pair(SOCK_DGRAM, sv);
	for (i = 0; i < 8; i++) {
		iov[i] = (struct iovec){ data[i], i < 5 ? i : 4 };
		if (i < 5)
			out[i].msg_hdr = (struct msghdr){ .msg_iov = &iov[i], .msg_iovlen = 1 };
	}
	CHECK_EQ(sendmmsg(sv[0], out, 5, 0), 5);
	for (i = 0; i < 5; i++)
		CHECK_EQ(out[i].msg_len, i);
	for (i = 0; i < 8; i++) {
		iov[i].iov_len = 4;
		in[i].msg_hdr = (struct msghdr){ .msg_iov = &iov[i], .msg_iovlen = 1 };
	}
	CHECK_EQ(recvmmsg(sv[1], in, 2, 0, NULL), 2);
	CHECK(in[0].msg_len == 0 && in[1].msg_len == 1);
	CHECK_EQ(recvmmsg(sv[1], in, 8, MSG_WAITFORONE, NULL), 3);
	CHECK_ERR(recvmmsg(sv[1], in, 8, MSG_DONTWAIT, NULL), EAGAIN);
	CHECK_EQ(sendmmsg(sv[0], out, 2, 0), 2);
	CHECK_EQ(recvmmsg(sv[1], in, 8, 0, &ts), 1);
	ts.tv_nsec = -1;
	CHECK_ERR(recvmmsg(sv[1], in, 8, 0, &ts), EINVAL);
	CHECK_EQ(sendmmsg(sv[0], out, 0, 0), 0);
	CHECK_ERR(sendmmsg(sv[0], (void *)8, 1, 0), EFAULT);
}

/* ---- names ---- */

static void a_name_is_had_once(void)
{
	struct sockaddr_un a, b;
	socklen_t alen = abstract(&a, "a"), blen = abstract(&b, "b");
	int fa = bound(SOCK_DGRAM, &a, alen);

	CHECK_ERR(bind(fa, (struct sockaddr *)&b, blen), EINVAL);
	CHECK_ERR(bind(unix_socket(SOCK_DGRAM), (struct sockaddr *)&a, alen), EADDRINUSE);
	/* Types have names of their own; a zero byte more is another name. */
	bound(SOCK_STREAM, &a, alen);
	bound(SOCK_DGRAM, &a, alen + 1);
	close(fa);
	bound(SOCK_DGRAM, &a, alen);
}

static void addresses_are_checked(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX, .sun_path = "x" };
	int fd = unix_socket(SOCK_STREAM);

	CHECK_ERR(bind(fd, (struct sockaddr *)&a, 0), EINVAL);
	CHECK_ERR(bind(fd, (struct sockaddr *)&a, 1), EINVAL);
	CHECK_ERR(bind(fd, (struct sockaddr *)&a, sizeof(a) + 1), EINVAL);
	CHECK_ERR(bind(fd, (struct sockaddr *)&a, -1), EINVAL);
	CHECK_ERR(bind(fd, (struct sockaddr *)8, sizeof(a)), EFAULT);
	a.sun_family = AF_INET;
	CHECK_ERR(bind(fd, (struct sockaddr *)&a, sizeof(a)), EINVAL);
}

static void the_kernel_can_choose_a_name(void)
{
	struct sockaddr_un a = { .sun_family = AF_UNIX };
	socklen_t len = sizeof(a), i;
	int fd = unix_socket(SOCK_DGRAM);

	CHECK_EQ(bind(fd, (struct sockaddr *)&a, 2), 0);
	CHECK_EQ(getsockname(fd, (struct sockaddr *)&a, &len), 0);
	CHECK_EQ(len, 2 + 1 + 5);
	CHECK_EQ(a.sun_path[0], 0);
	for (i = 1; i < 6; i++)
		CHECK(strchr("0123456789abcdef", a.sun_path[i]));
	CHECK_EQ(bind(fd, (struct sockaddr *)&a, 2), 0);
	CHECK_EQ(sendto(fd, "x", 1, 0, (struct sockaddr *)&a, len), 1);
}

static socklen_t path_name(struct sockaddr_un *a, const char *name)
{
	memset(a, 0, sizeof(*a));
	a->sun_family = AF_UNIX;
	strcpy(a->sun_path, name);
	return ADDR_HEAD + strlen(name) + 1;
}

static void enter_dir(void)
{
	char name[] = "/tmp/net-XXXXXX";

	CHECK(mkdtemp(name));
	CHECK_EQ(chmod(name, 0755), 0);
	CHECK_EQ(chdir(name), 0);
}

static void paths_are_files(void)
{
	struct sockaddr_un a, got;
	socklen_t len = path_name(&a, "sock"), glen = sizeof(got);
	struct stat st;
	int fd;

	enter_dir();
	umask(027);
	fd = bound(SOCK_STREAM, &a, len);
	CHECK_EQ(stat("sock", &st), 0);
	CHECK(S_ISSOCK(st.st_mode));
	CHECK_EQ(st.st_mode & 07777, 0750);
	CHECK_EQ(getsockname(fd, (struct sockaddr *)&got, &glen), 0);
	CHECK(glen == len && !strcmp(got.sun_path, "sock"));
	CHECK_ERR(bind(unix_socket(SOCK_STREAM), (struct sockaddr *)&a, len), EADDRINUSE);
	CHECK_ERR(open("sock", O_RDWR), ENXIO);
	CHECK_EQ(listen(fd, 5), 0);
	connected(SOCK_STREAM, &a, len);
	/* Without its zero byte it is the same name. */
	connected(SOCK_STREAM, &a, len - 1);
	CHECK_ERR(connect(unix_socket(SOCK_DGRAM), (struct sockaddr *)&a, len), EPROTOTYPE);
	close(fd);
	CHECK_ERR(connect(unix_socket(SOCK_STREAM), (struct sockaddr *)&a, len), ECONNREFUSED);
	CHECK_EQ(unlink("sock"), 0);
	CHECK_ERR(connect(unix_socket(SOCK_STREAM), (struct sockaddr *)&a, len), ENOENT);
	bound(SOCK_STREAM, &a, len);
}

static void a_path_may_be_moved_and_linked(void)
{
	struct sockaddr_un a, b, c;
	socklen_t alen = path_name(&a, "a"), blen = path_name(&b, "b"), clen = path_name(&c, "c");
	int fd;

	enter_dir();
	fd = listener(SOCK_STREAM, &a, alen, 9);
	CHECK_EQ(link("a", "b"), 0);
	CHECK_EQ(symlink("b", "c"), 0);
	connected(SOCK_STREAM, &b, blen);
	connected(SOCK_STREAM, &c, clen);
	CHECK_EQ(rename("a", "d"), 0);
	CHECK_ERR(connect(unix_socket(SOCK_STREAM), (struct sockaddr *)&a, alen), ENOENT);
	path_name(&a, "d");
	connected(SOCK_STREAM, &a, alen);
	CHECK_ERR(bind(unix_socket(SOCK_STREAM), (struct sockaddr *)&c, clen), EADDRINUSE);
	close(fd);
}

static void paths_fail_as_paths_do(void)
{
	struct sockaddr_un a;
	socklen_t len;
	int fd = unix_socket(SOCK_STREAM);

	enter_dir();
	close(open("file", O_CREAT | O_WRONLY, 0644));
	len = path_name(&a, "file");
	CHECK_ERR(connect(fd, (struct sockaddr *)&a, len), ECONNREFUSED);
	CHECK_ERR(bind(fd, (struct sockaddr *)&a, len), EADDRINUSE);
	len = path_name(&a, "none/x");
	CHECK_ERR(bind(fd, (struct sockaddr *)&a, len), ENOENT);
	CHECK_ERR(connect(fd, (struct sockaddr *)&a, len), ENOENT);
	len = path_name(&a, "file/x");
	CHECK_ERR(bind(fd, (struct sockaddr *)&a, len), ENOTDIR);
	/* All 108 bytes may be the name. */
	memset(a.sun_path, 'n', sizeof(a.sun_path));
	CHECK_EQ(bind(fd, (struct sockaddr *)&a, sizeof(a)), 0);
	CHECK_EQ(listen(fd, 1), 0);
	connected(SOCK_STREAM, &a, sizeof(a));
}

static int connect_as_nobody(void *arg)
{
	struct sockaddr_un *a = arg;

	if (setgid(65534) || setuid(65534))
		return 2;
	if (!connect(unix_socket(SOCK_STREAM), (struct sockaddr *)a,
		     ADDR_HEAD + strlen(a->sun_path) + 1))
		return 0;
	return errno == EACCES ? 1 : 3;
}

static int bind_as_nobody(void *arg)
{
	struct sockaddr_un *a = arg;

	if (setgid(65534) || setuid(65534))
		return 2;
	if (!bind(unix_socket(SOCK_STREAM), (struct sockaddr *)a,
		  ADDR_HEAD + strlen(a->sun_path) + 1))
		return 0;
	return errno == EACCES ? 1 : 3;
}

static void permissions_of_paths_count(void)
{
	struct sockaddr_un a, b;
	socklen_t len = path_name(&a, "sock");

	need_root();
	enter_dir();
	listener(SOCK_STREAM, &a, len, 9);
	CHECK_EQ(chmod("sock", 0755), 0);
	CHECK_EQ(end_of(start_child(connect_as_nobody, &a)), 1);
	CHECK_EQ(chmod("sock", 0722), 0);
	CHECK_EQ(end_of(start_child(connect_as_nobody, &a)), 0);
	path_name(&b, "other");
	CHECK_EQ(end_of(start_child(bind_as_nobody, &b)), 1);
	CHECK_EQ(chmod(".", 0700), 0);
	CHECK_EQ(end_of(start_child(connect_as_nobody, &a)), 1);
}

static void proc_lists_them(void)
{
	FILE *f = fopen("/proc/net/unix", "r");
	struct sockaddr_un a;
	socklen_t len = abstract(&a, "list");
	int fd = listener(SOCK_STREAM, &a, len, 9);
	char line[512], want[128];
	unsigned int flags, type, state;
	unsigned long inode;
	bool found = false;

	if (!f)
		SKIP("no /proc/net/unix");
	a.sun_path[0] = '@';
	CHECK(fgets(line, sizeof(line), f));
	CHECK_EQ(strcmp(line, "Num       RefCount Protocol Flags    Type St Inode Path\n"), 0);
	snprintf(want, sizeof(want), " %s\n", a.sun_path);
	while (fgets(line, sizeof(line), f)) {
		if (!strstr(line, want))
			continue;
		found = true;
		CHECK_EQ(sscanf(line, "%*[^:]: %*x %*x %x %x %x %lu", &flags, &type, &state,
				&inode), 4);
		CHECK(flags == 0x10000 && type == 1 && state == 1);
		CHECK_EQ(inode, inode_of(fd));
	}
	CHECK(found);
}

TESTS(
	TEST(datagrams_keep_their_bounds),
	TEST(the_rest_of_a_datagram_is_lost),
	TEST(large_datagrams_arrive_whole),
	TEST(addresses_say_where_and_from),
	TEST(a_connected_one_talks_to_its_peer_only),
	TEST(a_peer_that_is_gone_refuses),
	TEST(a_full_queue_makes_wait),
	TEST(room_wakes_who_polls_and_who_sleeps),
	TEST(shutdown_of_datagrams),
	TEST(urgent_bytes_are_for_streams),
	TEST(time_stamps_come_along),
	TEST(messages_in_bulk),
	TEST(a_name_is_had_once),
	TEST(addresses_are_checked),
	TEST(the_kernel_can_choose_a_name),
	TEST(paths_are_files),
	TEST(a_path_may_be_moved_and_linked),
	TEST(paths_fail_as_paths_do),
	TEST(permissions_of_paths_count),
	TEST(proc_lists_them),
)
