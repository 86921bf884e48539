// SPDX-License-Identifier: MIT
/* Sockets as descriptors: making them, options, flags, what is refused. */

#include "sock.h"

#include <sched.h>
#include <signal.h>
#include <sys/epoll.h>
#include <sys/syscall.h>

static void families_and_types_are_checked(void)
{
	CHECK_ERR(socket(-1, SOCK_STREAM, 0), EAFNOSUPPORT);
	CHECK_ERR(socket(1000, SOCK_STREAM, 0), EAFNOSUPPORT);
	CHECK_ERR(socket(AF_UNIX, 0, 0), ESOCKTNOSUPPORT);
	CHECK_ERR(socket(AF_UNIX, SOCK_RDM, 0), ESOCKTNOSUPPORT);
	CHECK_ERR(socket(AF_UNIX, 15, 0), EINVAL);
	CHECK_ERR(socket(AF_UNIX, SOCK_STREAM | 0x100, 0), EINVAL);
	CHECK_ERR(socket(AF_UNIX, SOCK_STREAM, 7), EPROTONOSUPPORT);
	CHECK(socket(AF_UNIX, SOCK_STREAM, AF_UNIX) >= 0);
	CHECK_EQ(int_option(unix_socket(SOCK_RAW), SO_TYPE), SOCK_DGRAM);
}

static void flags_of_the_descriptor(void)
{
	int fd = unix_socket(SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC), sv[2];

	CHECK_EQ(fcntl(fd, F_GETFD), FD_CLOEXEC);
	CHECK_EQ(fcntl(fd, F_GETFL), O_RDWR | O_NONBLOCK);
	fd = unix_socket(SOCK_DGRAM);
	CHECK_EQ(fcntl(fd, F_GETFD), 0);
	CHECK_EQ(fcntl(fd, F_GETFL), O_RDWR);
	pair(SOCK_STREAM | SOCK_CLOEXEC, sv);
	CHECK_EQ(fcntl(sv[0], F_GETFD), FD_CLOEXEC);
	CHECK_EQ(fcntl(sv[1], F_GETFD), FD_CLOEXEC);
	CHECK_EQ(fcntl(sv[1], F_GETFL), O_RDWR);
}

static void it_is_a_socket_to_stat(void)
{
	int sv[2];
	struct stat st;
	char link[64], want[64], path[64];
	ssize_t n;

	pair(SOCK_STREAM, sv);
	CHECK_EQ(fstat(sv[0], &st), 0);
	CHECK(S_ISSOCK(st.st_mode));
	CHECK_EQ(st.st_mode & 07777, 0777);
	CHECK(inode_of(sv[0]) != inode_of(sv[1]));
	snprintf(path, sizeof(path), "/proc/self/fd/%d", sv[0]);
	n = readlink(path, link, sizeof(link) - 1);
	CHECK(n > 0);
	link[n] = 0;
	snprintf(want, sizeof(want), "socket:[%lu]", (unsigned long)st.st_ino);
	CHECK_EQ(strcmp(link, want), 0);
	CHECK_ERR(open(path, O_RDWR), ENXIO);
	CHECK_ERR(lseek(sv[0], 0, SEEK_SET), ESPIPE);
	CHECK_ERR(pread(sv[0], link, 1, 0), ESPIPE);
	CHECK_ERR(ftruncate(sv[0], 0), EINVAL);
	CHECK_ERR(fsync(sv[0]), EINVAL);
}

static void what_is_no_socket(void)
{
	struct sockaddr_un a;
	socklen_t len = sizeof(a);
	int p[2];

	CHECK_EQ(pipe(p), 0);
	CHECK_ERR(listen(p[0], 1), ENOTSOCK);
	CHECK_ERR(accept(p[0], NULL, NULL), ENOTSOCK);
	CHECK_ERR(getsockname(p[0], (struct sockaddr *)&a, &len), ENOTSOCK);
	CHECK_ERR(getpeername(p[0], (struct sockaddr *)&a, &len), ENOTSOCK);
	CHECK_ERR(shutdown(p[0], SHUT_RD), ENOTSOCK);
	CHECK_ERR(send(p[1], "x", 1, 0), ENOTSOCK);
	CHECK_ERR(recv(p[0], &a, 1, 0), ENOTSOCK);
	CHECK_ERR(set_option(p[0], SO_REUSEADDR, 1), ENOTSOCK);
	CHECK_ERR(listen(999, 1), EBADF);
	CHECK_ERR(bind(-1, (struct sockaddr *)&a, len), EBADF);
	CHECK_ERR(connect(999, (struct sockaddr *)&a, len), EBADF);
	CHECK_ERR(send(999, "x", 1, 0), EBADF);
}

static void options_are_remembered(void)
{
	static const int bools[] = {
		SO_REUSEADDR, SO_BROADCAST, SO_KEEPALIVE, SO_OOBINLINE, SO_DONTROUTE, SO_PASSCRED,
		SO_PASSPIDFD, SO_TIMESTAMP, SO_TIMESTAMPNS, SO_NO_CHECK,
	};
	int fd = unix_socket(SOCK_STREAM);
	struct linger l = { 1, 5 }, got = {};
	socklen_t len = sizeof(got);
	unsigned int i;

	for (i = 0; i < sizeof(bools) / sizeof(*bools); i++) {
		CHECK_EQ(int_option(fd, bools[i]), 0);
		CHECK_EQ(set_option(fd, bools[i], 7), 0);
		CHECK_EQ(int_option(fd, bools[i]), 1);
		CHECK_EQ(set_option(fd, bools[i], 0), 0);
		CHECK_EQ(int_option(fd, bools[i]), 0);
	}
	CHECK_EQ(setsockopt(fd, SOL_SOCKET, SO_LINGER, &l, sizeof(l)), 0);
	CHECK_EQ(getsockopt(fd, SOL_SOCKET, SO_LINGER, &got, &len), 0);
	CHECK(got.l_onoff == 1 && got.l_linger == 5);
	CHECK_EQ(set_option(fd, SO_PRIORITY, 5), 0);
	CHECK_EQ(int_option(fd, SO_PRIORITY), 5);
	CHECK_EQ(int_option(fd, SO_RCVLOWAT), 1);
	CHECK_EQ(set_option(fd, SO_RCVLOWAT, 10), 0);
	CHECK_EQ(int_option(fd, SO_RCVLOWAT), 10);
	CHECK_EQ(int_option(fd, SO_SNDLOWAT), 1);
}

static void options_that_only_tell(void)
{
	struct sockaddr_un a;
	socklen_t len = abstract(&a, "tell");
	int fd = bound(SOCK_STREAM, &a, len);

	CHECK_EQ(int_option(fd, SO_TYPE), SOCK_STREAM);
	CHECK_EQ(int_option(fd, SO_DOMAIN), AF_UNIX);
	CHECK_EQ(int_option(fd, SO_PROTOCOL), 0);
	CHECK_EQ(int_option(fd, SO_ERROR), 0);
	CHECK_EQ(int_option(fd, SO_ACCEPTCONN), 0);
	CHECK_EQ(listen(fd, 1), 0);
	CHECK_EQ(int_option(fd, SO_ACCEPTCONN), 1);
	CHECK_ERR(set_option(fd, SO_TYPE, 1), ENOPROTOOPT);
	CHECK_ERR(set_option(fd, SO_ERROR, 1), ENOPROTOOPT);
	CHECK_ERR(set_option(fd, SO_ACCEPTCONN, 1), ENOPROTOOPT);
	CHECK_ERR(set_option(fd, 9999, 1), ENOPROTOOPT);
}

static int wmem_max(void)
{
	FILE *f = fopen("/proc/sys/net/core/wmem_max", "r");
	int val = 212992;

	if (f && fscanf(f, "%d", &val) != 1)
		val = 212992;
	return val;
}

static void buffer_sizes_are_doubled(void)
{
	int fd = unix_socket(SOCK_DGRAM);

	CHECK_EQ(int_option(fd, SO_SNDBUF), 212992);
	CHECK_EQ(int_option(fd, SO_RCVBUF), 212992);
	CHECK_EQ(set_option(fd, SO_SNDBUF, 10000), 0);
	CHECK_EQ(int_option(fd, SO_SNDBUF), 20000);
	CHECK_EQ(set_option(fd, SO_RCVBUF, 30000), 0);
	CHECK_EQ(int_option(fd, SO_RCVBUF), 60000);
	CHECK_EQ(set_option(fd, SO_SNDBUF, 1), 0);
	CHECK_EQ(int_option(fd, SO_SNDBUF), 4608);
	CHECK_EQ(set_option(fd, SO_RCVBUF, 1), 0);
	CHECK_EQ(int_option(fd, SO_RCVBUF), 2304);
	CHECK_EQ(set_option(fd, SO_SNDBUF, 1 << 30), 0);
	CHECK_EQ(int_option(fd, SO_SNDBUF), 2 * wmem_max());
	CHECK_EQ(set_option(fd, SO_SNDBUF, -1), 0);
	CHECK_EQ(int_option(fd, SO_SNDBUF), 2 * wmem_max());
}

static void options_check_sizes_and_pointers(void)
{
	int fd = unix_socket(SOCK_STREAM), one = 1;
	struct timeval tv = { 1, 2000000 };
	socklen_t len;
	char c = 9;

	CHECK_ERR(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, 3), EINVAL);
	CHECK_ERR(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, &one, -1), EINVAL);
	CHECK_ERR(setsockopt(fd, SOL_SOCKET, SO_REUSEADDR, (void *)8, 4), EFAULT);
	CHECK_ERR(setsockopt(fd, SOL_SOCKET, SO_LINGER, &one, 4), EINVAL);
	CHECK_ERR(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, 8), EINVAL);
	CHECK_ERR(setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)), EDOM);
	CHECK_ERR(setsockopt(fd, 77, SO_REUSEADDR, &one, 4), EOPNOTSUPP);
	len = -1;
	CHECK_ERR(getsockopt(fd, SOL_SOCKET, SO_TYPE, &one, &len), EINVAL);
	CHECK_ERR(getsockopt(fd, SOL_SOCKET, SO_TYPE, &one, (void *)8), EFAULT);
	len = 4;
	CHECK_ERR(getsockopt(fd, SOL_SOCKET, SO_TYPE, (void *)8, &len), EFAULT);
	CHECK_ERR(getsockopt(fd, 77, SO_TYPE, &one, &len), EOPNOTSUPP);
	len = 1;
	CHECK_EQ(getsockopt(fd, SOL_SOCKET, SO_TYPE, &c, &len), 0);
	CHECK(len == 1 && c == SOCK_STREAM);
	len = 100;
	CHECK_EQ(getsockopt(fd, SOL_SOCKET, SO_TYPE, &one, &len), 0);
	CHECK_EQ(len, 4);
}

static void a_receive_timeout_ends_the_wait(void)
{
	struct timeval tv = { 0, 40000 }, got;
	socklen_t len = sizeof(got);
	int sv[2];
	char c;

	pair(SOCK_STREAM, sv);
	CHECK_EQ(setsockopt(sv[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)), 0);
	CHECK_EQ(getsockopt(sv[0], SOL_SOCKET, SO_RCVTIMEO, &got, &len), 0);
	CHECK(got.tv_sec == 0 && got.tv_usec == 40000);
	CHECK_ERR(read(sv[0], &c, 1), EAGAIN);
	pair(SOCK_DGRAM, sv);
	CHECK_EQ(setsockopt(sv[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)), 0);
	CHECK_ERR(recv(sv[0], &c, 1, 0), EAGAIN);
	tv.tv_sec = -1;
	CHECK_EQ(setsockopt(sv[0], SOL_SOCKET, SO_RCVTIMEO, &tv, sizeof(tv)), 0);
	CHECK_ERR(recv(sv[0], &c, 1, 0), EAGAIN);
}

static void a_send_timeout_ends_the_wait(void)
{
	struct timeval tv = { 0, 40000 };
	static char buf[100000];
	int sv[2], n = 0;

	pair(SOCK_STREAM, sv);
	CHECK_EQ(setsockopt(sv[0], SOL_SOCKET, SO_SNDTIMEO, &tv, sizeof(tv)), 0);
	while (send(sv[0], buf, sizeof(buf), 0) > 0)
		n++;
	CHECK(errno == EAGAIN && n >= 1);
}

static void names_of_fresh_sockets(void)
{
	struct sockaddr_un a;
	socklen_t len = sizeof(a);
	int fd = unix_socket(SOCK_STREAM), sv[2];

	memset(&a, 0xff, sizeof(a));
	CHECK_EQ(getsockname(fd, (struct sockaddr *)&a, &len), 0);
	CHECK(len == 2 && a.sun_family == AF_UNIX);
	CHECK_ERR(getpeername(fd, (struct sockaddr *)&a, &len), ENOTCONN);
	pair(SOCK_DGRAM, sv);
	len = sizeof(a);
	CHECK_EQ(getpeername(sv[0], (struct sockaddr *)&a, &len), 0);
	CHECK_EQ(len, 2);
	len = 0;
	CHECK_EQ(getsockname(sv[0], (struct sockaddr *)&a, &len), 0);
	CHECK_EQ(len, 2);
	len = -1;
	CHECK_ERR(getsockname(sv[0], (struct sockaddr *)&a, &len), EINVAL);
	len = 2;
	CHECK_ERR(getsockname(sv[0], (struct sockaddr *)8, &len), EFAULT);
	CHECK_ERR(getsockname(sv[0], (struct sockaddr *)&a, (void *)8), EFAULT);
}

static void a_pair_for_bad_memory_leaves_nothing(void)
{
	int fd = dup(0), sv[2];

	close(fd);
	CHECK_ERR(syscall(SYS_socketpair, AF_UNIX, SOCK_STREAM, 0, 8), EFAULT);
	CHECK_EQ(is_open(fd), 0);
	CHECK_ERR(socketpair(AF_UNIX, SOCK_RDM, 0, sv), ESOCKTNOSUPPORT);
	CHECK_EQ(is_open(fd), 0);
	CHECK_EQ(dup(0), fd);
}

static void fcntl_and_ioctl_make_it_nonblocking(void)
{
	int sv[2], on = 1;
	char c;

	pair(SOCK_STREAM, sv);
	nonblocking(sv[0]);
	CHECK_ERR(read(sv[0], &c, 1), EAGAIN);
	CHECK_EQ(ioctl(sv[1], FIONBIO, &on), 0);
	CHECK_ERR(recv(sv[1], &c, 1, 0), EAGAIN);
	on = 0;
	CHECK_EQ(ioctl(sv[1], FIONBIO, &on), 0);
	CHECK_ERR(recv(sv[1], &c, 1, MSG_DONTWAIT), EAGAIN);
	CHECK_ERR(ioctl(sv[1], TCGETS, &on), ENOTTY);
	CHECK_ERR(ioctl(sv[1], FIONREAD, (void *)8), EFAULT);
}

static volatile sig_atomic_t got_signal;

static void note_signal(int sig)
{
	got_signal = sig;
}

static void sigio_comes_with_data(void)
{
	int sv[2], owner = 0;

	signal(SIGIO, note_signal);
	pair(SOCK_STREAM, sv);
	CHECK_EQ(fcntl(sv[0], F_SETOWN, getpid()), 0);
	CHECK_EQ(ioctl(sv[0], FIOGETOWN, &owner), 0);
	CHECK_EQ(owner, getpid());
	CHECK_EQ(fcntl(sv[0], F_SETFL, O_ASYNC), 0);
	CHECK_EQ(write(sv[1], "x", 1), 1);
	while (!got_signal)
		sched_yield();
	CHECK_EQ(got_signal, SIGIO);
	got_signal = 0;
	close(sv[1]);
	while (!got_signal)
		sched_yield();
}

static void epoll_sees_edges(void)
{
	struct epoll_event ev = { .events = EPOLLIN | EPOLLRDHUP | EPOLLET };
	int sv[2], ep = epoll_create1(0);
	char buf[8];

	pair(SOCK_STREAM, sv);
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, sv[0], &ev), 0);
	CHECK_EQ(epoll_wait(ep, &ev, 1, 0), 0);
	CHECK_EQ(write(sv[1], "ab", 2), 2);
	CHECK_EQ(epoll_wait(ep, &ev, 1, -1), 1);
	CHECK_EQ(ev.events, EPOLLIN);
	CHECK_EQ(epoll_wait(ep, &ev, 1, 0), 0);
	CHECK_EQ(write(sv[1], "c", 1), 1);
	CHECK_EQ(epoll_wait(ep, &ev, 1, -1), 1);
	CHECK_EQ(read(sv[0], buf, 8), 3);
	CHECK_EQ(shutdown(sv[1], SHUT_WR), 0);
	CHECK_EQ(epoll_wait(ep, &ev, 1, -1), 1);
	CHECK_EQ(ev.events, EPOLLIN | EPOLLRDHUP);
	close(sv[1]);
	CHECK_EQ(epoll_wait(ep, &ev, 1, -1), 1);
	CHECK_EQ(ev.events, EPOLLIN | EPOLLRDHUP | EPOLLHUP);
}

static int writer_of(void *arg)
{
	int *fd = arg, i;

	for (i = 0; i < 200; i++)
		if (write(fd[1], "x", 1) != 1)
			return 1;
	return 0;
}

static void epoll_waits_for_other_processes(void)
{
	struct epoll_event ev = { .events = EPOLLIN };
	int sv[2], ep = epoll_create1(0), got = 0;
	pid_t pid;
	char c;

	pair(SOCK_DGRAM, sv);
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, sv[0], &ev), 0);
	pid = start_child(writer_of, sv);
	while (got < 200) {
		CHECK_EQ(epoll_wait(ep, &ev, 1, -1), 1);
		while (recv(sv[0], &c, 1, MSG_DONTWAIT) == 1)
			got++;
	}
	CHECK_EQ(end_of(pid), 0);
}

TESTS(
	TEST(families_and_types_are_checked),
	TEST(flags_of_the_descriptor),
	TEST(it_is_a_socket_to_stat),
	TEST(what_is_no_socket),
	TEST(options_are_remembered),
	TEST(options_that_only_tell),
	TEST(buffer_sizes_are_doubled),
	TEST(options_check_sizes_and_pointers),
	TEST(a_receive_timeout_ends_the_wait),
	TEST(a_send_timeout_ends_the_wait),
	TEST(names_of_fresh_sockets),
	TEST(a_pair_for_bad_memory_leaves_nothing),
	TEST(fcntl_and_ioctl_make_it_nonblocking),
	TEST(sigio_comes_with_data),
	TEST(epoll_sees_edges),
	TEST(epoll_waits_for_other_processes),
)
