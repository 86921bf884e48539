// SPDX-License-Identifier: MIT
/* Stream and sequenced-packet sockets: connections, bytes in order, ends, the urgent byte. */

#include "sock.h"

#include <sched.h>
#include <signal.h>
#include <sys/sendfile.h>
#include <sys/socket.h>

static char buf[1 << 20];

static void bytes_come_out_in_order(void)
{
	int sv[2], n;

	pair(SOCK_STREAM, sv);
	CHECK_EQ(write(sv[0], "hello, ", 7), 7);
	CHECK_EQ(send(sv[0], "world", 5, 0), 5);
	CHECK_EQ(ioctl(sv[1], FIONREAD, &n), 0);
	CHECK_EQ(n, 12);
	CHECK_EQ(read(sv[1], buf, 3), 3);
	CHECK_EQ(recv(sv[1], buf + 3, 100, 0), 9);
	CHECK_EQ(memcmp(buf, "hello, world", 12), 0);
	CHECK_EQ(write(sv[1], "back", 4), 4);
	CHECK_EQ(read(sv[0], buf, 4), 4);
	CHECK_EQ(memcmp(buf, "back", 4), 0);
	CHECK_EQ(write(sv[0], "", 0), 0);
	CHECK_ERR(recv(sv[1], buf, 1, MSG_DONTWAIT), EAGAIN);
	CHECK_EQ(read(sv[1], buf, 0), 0);
}

static void vectors_are_gathered_and_scattered(void)
{
	struct iovec out[3] = { { "ab", 2 }, { "", 0 }, { "cdef", 4 } };
	char a[1], b[10];
	struct iovec in[2] = { { a, 1 }, { b, 10 } };
	int sv[2];

	pair(SOCK_STREAM, sv);
	CHECK_EQ(writev(sv[0], out, 3), 6);
	CHECK_EQ(readv(sv[1], in, 2), 6);
	CHECK(a[0] == 'a' && !memcmp(b, "bcdef", 5));
}

static void peeking_takes_nothing(void)
{
	int sv[2];

	pair(SOCK_STREAM, sv);
	CHECK_EQ(write(sv[0], "ab", 2), 2);
	CHECK_EQ(write(sv[0], "cd", 2), 2);
	CHECK_EQ(recv(sv[1], buf, 3, MSG_PEEK), 3);
	CHECK_EQ(memcmp(buf, "abc", 3), 0);
	CHECK_EQ(recv(sv[1], buf, 10, MSG_PEEK), 4);
	CHECK_EQ(recv(sv[1], buf, 10, 0), 4);
	CHECK_ERR(recv(sv[1], buf, 10, MSG_PEEK | MSG_DONTWAIT), EAGAIN);
}

static void peek_offset_moves_on(void)
{
	int sv[2];

	pair(SOCK_STREAM, sv);
	CHECK_EQ(int_option(sv[1], SO_PEEK_OFF), -1);
	CHECK_EQ(set_option(sv[1], SO_PEEK_OFF, 0), 0);
	CHECK_EQ(write(sv[0], "abcd", 4), 4);
	CHECK_EQ(write(sv[0], "ef", 2), 2);
	CHECK_EQ(recv(sv[1], buf, 3, MSG_PEEK), 3);
	CHECK_EQ(memcmp(buf, "abc", 3), 0);
	CHECK_EQ(recv(sv[1], buf, 2, MSG_PEEK), 2);
	CHECK_EQ(memcmp(buf, "de", 2), 0);
	CHECK_EQ(int_option(sv[1], SO_PEEK_OFF), 5);
	CHECK_EQ(recv(sv[1], buf, 2, 0), 2);
	CHECK_EQ(int_option(sv[1], SO_PEEK_OFF), 3);
	CHECK_EQ(recv(sv[1], buf, 9, MSG_PEEK), 1);
	CHECK_EQ(buf[0], 'f');
	CHECK_ERR(recv(sv[1], buf, 9, MSG_PEEK | MSG_DONTWAIT), EAGAIN);
}

static int send_in_pieces(void *arg)
{
	int *sv = arg, i;

	for (i = 0; i < 10; i++)
		if (write(sv[0], "0123456789" + i, 1) != 1)
			return 1;
	return 0;
}

static void waitall_waits_for_all(void)
{
	int sv[2];
	pid_t pid;

	pair(SOCK_STREAM, sv);
	pid = start_child(send_in_pieces, sv);
	CHECK_EQ(recv(sv[1], buf, 10, MSG_WAITALL), 10);
	CHECK_EQ(memcmp(buf, "0123456789", 10), 0);
	CHECK_EQ(end_of(pid), 0);
	CHECK_EQ(write(sv[0], "xy", 2), 2);
	close(sv[0]);
	CHECK_EQ(recv(sv[1], buf, 10, MSG_WAITALL), 2);
}

static void a_full_socket_makes_wait(void)
{
	int sv[2], total = 0, got = 0, n;

	pair(SOCK_STREAM, sv);
	CHECK_EQ(events(sv[0], POLLOUT), POLLOUT);
	while ((n = send(sv[0], buf, 10000, MSG_DONTWAIT)) > 0)
		total += n;
	CHECK(errno == EAGAIN && total >= 100000);
	CHECK_EQ(events(sv[0], POLLOUT), 0);
	CHECK_EQ(ioctl(sv[0], TIOCOUTQ, &n), 0);
	CHECK(n >= total);
	while (got < total) {
		n = read(sv[1], buf, sizeof(buf));
		CHECK(n > 0);
		got += n;
	}
	CHECK_EQ(got, total);
	CHECK_EQ(events(sv[0], POLLOUT), POLLOUT);
	CHECK_EQ(ioctl(sv[0], TIOCOUTQ, &n), 0);
	CHECK_EQ(n, 0);
}

static int write_a_million(void *arg)
{
	int *sv = arg, i;

	close(sv[1]);
	for (i = 0; i < (int)sizeof(buf); i++)
		buf[i] = i * 7 + (i >> 8);
	return write(sv[0], buf, sizeof(buf)) != sizeof(buf);
}

static void large_writes_wait_for_the_reader(void)
{
	int sv[2], got = 0, n, i;
	static char in[77777];
	pid_t pid;

	pair(SOCK_STREAM, sv);
	pid = start_child(write_a_million, sv);
	close(sv[0]);
	while ((n = read(sv[1], in, 1 + got % sizeof(in))) > 0) {
		for (i = 0; i < n; i++, got++)
			CHECK_EQ(in[i], (char)(got * 7 + (got >> 8)));
	}
	CHECK_EQ(n, 0);
	CHECK_EQ(got, sizeof(buf));
	CHECK_EQ(end_of(pid), 0);
}

static void closing_is_the_end_of_file(void)
{
	int sv[2];

	pair(SOCK_STREAM, sv);
	CHECK_EQ(write(sv[0], "x", 1), 1);
	close(sv[0]);
	CHECK_EQ(events(sv[1], POLLIN | POLLOUT | POLLRDHUP),
		 POLLIN | POLLOUT | POLLHUP | POLLRDHUP);
	CHECK_EQ(read(sv[1], buf, 9), 1);
	CHECK_EQ(read(sv[1], buf, 9), 0);
	CHECK_EQ(read(sv[1], buf, 9), 0);
	CHECK_ERR(send(sv[1], "x", 1, MSG_NOSIGNAL), EPIPE);
}

static void unread_bytes_reset_the_connection(void)
{
	int sv[2];

	pair(SOCK_STREAM, sv);
	CHECK_EQ(write(sv[1], "lost", 4), 4);
	close(sv[0]);
	CHECK(events(sv[1], POLLIN) & POLLERR);
	CHECK_ERR(read(sv[1], buf, 9), ECONNRESET);
	CHECK_EQ(read(sv[1], buf, 9), 0);
	pair(SOCK_STREAM, sv);
	CHECK_EQ(write(sv[1], "lost", 4), 4);
	close(sv[0]);
	CHECK_EQ(int_option(sv[1], SO_ERROR), ECONNRESET);
	CHECK_EQ(int_option(sv[1], SO_ERROR), 0);
}

static int write_without_reader(void *arg)
{
	signal(SIGPIPE, SIG_DFL);
	(void)!write(*(int *)arg, "x", 1);
	return 0;
}

static void nobody_reads_is_sigpipe(void)
{
	int sv[2];

	pair(SOCK_STREAM, sv);
	close(sv[0]);
	CHECK_EQ(end_of(start_child(write_without_reader, &sv[1])), 128 + SIGPIPE);
	signal(SIGPIPE, SIG_IGN);
	CHECK_ERR(write(sv[1], "x", 1), EPIPE);
	signal(SIGPIPE, SIG_DFL);
	CHECK_ERR(send(sv[1], "x", 1, MSG_NOSIGNAL), EPIPE);
}

static void shutdown_works_each_way(void)
{
	int sv[2];

	signal(SIGPIPE, SIG_IGN);
	pair(SOCK_STREAM, sv);
	CHECK_ERR(shutdown(sv[0], 3), EINVAL);
	CHECK_ERR(shutdown(sv[0], -1), EINVAL);
	CHECK_EQ(write(sv[0], "x", 1), 1);
	CHECK_EQ(shutdown(sv[0], SHUT_WR), 0);
	CHECK_ERR(write(sv[0], "y", 1), EPIPE);
	CHECK_EQ(events(sv[1], POLLIN | POLLRDHUP), POLLIN | POLLRDHUP);
	CHECK_EQ(read(sv[1], buf, 9), 1);
	CHECK_EQ(read(sv[1], buf, 9), 0);
	CHECK_EQ(write(sv[1], "back", 4), 4);
	CHECK_EQ(read(sv[0], buf, 9), 4);
	CHECK_EQ(shutdown(sv[0], SHUT_RD), 0);
	CHECK_ERR(write(sv[1], "z", 1), EPIPE);
	CHECK_EQ(read(sv[0], buf, 9), 0);
	CHECK(events(sv[0], POLLIN) & POLLHUP);
	CHECK_EQ(shutdown(unix_socket(SOCK_STREAM), SHUT_RDWR), 0);
}

static int sleep_in_read(void *arg)
{
	char c;

	return read(*(int *)arg, &c, 1);
}

static void closing_wakes_a_reader(void)
{
	int sv[2];
	pid_t pid;

	pair(SOCK_STREAM | SOCK_CLOEXEC, sv);
	pid = fork();
	if (!pid) {
		close(sv[1]);
		_exit(sleep_in_read(&sv[0]));
	}
	CHECK(pid > 0);
	close(sv[1]);
	CHECK_EQ(end_of(pid), 0);
	pair(SOCK_STREAM, sv);
	pid = start_child(sleep_in_read, &sv[0]);
	CHECK_EQ(shutdown(sv[1], SHUT_WR), 0);
	CHECK_EQ(end_of(pid), 0);
}

static void connections_are_made_and_accepted(void)
{
	struct sockaddr_un a, got;
	socklen_t len = abstract(&a, "conn"), glen = sizeof(got);
	int l = listener(SOCK_STREAM, &a, len, 5), c, s;

	nonblocking(l);
	CHECK_ERR(accept(l, NULL, NULL), EAGAIN);
	CHECK_EQ(events(l, POLLIN | POLLOUT), 0);
	c = connected(SOCK_STREAM, &a, len);
	CHECK_EQ(events(l, POLLIN), POLLIN);
	CHECK_EQ(write(c, "early", 5), 5);
	s = accept4(l, (struct sockaddr *)&got, &glen, SOCK_CLOEXEC | SOCK_NONBLOCK);
	CHECK(s >= 0);
	CHECK_EQ(glen, 2);
	CHECK_EQ(fcntl(s, F_GETFD), FD_CLOEXEC);
	CHECK_EQ(fcntl(s, F_GETFL), O_RDWR | O_NONBLOCK);
	CHECK_EQ(read(s, buf, 9), 5);
	CHECK_ERR(read(s, buf, 9), EAGAIN);
	glen = sizeof(got);
	CHECK_EQ(getpeername(c, (struct sockaddr *)&got, &glen), 0);
	CHECK(glen == len && !memcmp(&got, &a, len));
	glen = sizeof(got);
	CHECK_EQ(getsockname(s, (struct sockaddr *)&got, &glen), 0);
	CHECK(glen == len && !memcmp(&got, &a, len));
	CHECK_ERR(connect(c, (struct sockaddr *)&a, len), EISCONN);
	CHECK_ERR(accept4(l, NULL, NULL, 1), EINVAL);
	CHECK_ERR(accept(c, NULL, NULL), EINVAL);
	CHECK_ERR(listen(c, 1), EINVAL);
	CHECK_ERR(connect(l, (struct sockaddr *)&a, len), EINVAL);
	CHECK_ERR(read(l, buf, 1), EINVAL);
	CHECK_ERR(send(l, buf, 1, MSG_NOSIGNAL), ENOTCONN);
}

static void what_cannot_be_connected_to(void)
{
	struct sockaddr_un a;
	socklen_t len = abstract(&a, "refuse");
	int c = unix_socket(SOCK_STREAM), s;

	CHECK_ERR(connect(c, (struct sockaddr *)&a, len), ECONNREFUSED);
	s = bound(SOCK_STREAM, &a, len);
	CHECK_ERR(connect(c, (struct sockaddr *)&a, len), ECONNREFUSED);
	CHECK_ERR(listen(unix_socket(SOCK_STREAM), 5), EINVAL);
	CHECK_ERR(listen(unix_socket(SOCK_DGRAM), 5), EOPNOTSUPP);
	CHECK_EQ(listen(s, 5), 0);
	CHECK_ERR(connect(unix_socket(SOCK_SEQPACKET), (struct sockaddr *)&a, len), ECONNREFUSED);
	CHECK_ERR(connect(c, (struct sockaddr *)&a, 2), EINVAL);
	CHECK_ERR(connect(c, (struct sockaddr *)&a, 200), EINVAL);
	CHECK_ERR(connect(c, (struct sockaddr *)8, len), EFAULT);
	a.sun_family = AF_INET;
	CHECK_ERR(connect(c, (struct sockaddr *)&a, len), EINVAL);
	a.sun_family = AF_UNIX;
	CHECK_EQ(connect(c, (struct sockaddr *)&a, len), 0);
	close(s);
	CHECK_ERR(connect(unix_socket(SOCK_STREAM), (struct sockaddr *)&a, len), ECONNREFUSED);
}

static void a_listener_that_goes_resets_who_waits(void)
{
	struct sockaddr_un a;
	socklen_t len = abstract(&a, "gone");
	int l = listener(SOCK_STREAM, &a, len, 5), c = connected(SOCK_STREAM, &a, len);

	CHECK_EQ(write(c, "x", 1), 1);
	close(l);
	CHECK_ERR(read(c, buf, 1), ECONNRESET);
	CHECK_EQ(read(c, buf, 1), 0);
	CHECK_ERR(send(c, "x", 1, MSG_NOSIGNAL), EPIPE);
}

static int connect_to(void *arg)
{
	struct sockaddr_un *a = arg;

	return connect(unix_socket(SOCK_STREAM), (struct sockaddr *)a,
		       ADDR_HEAD + 1 + strlen(a->sun_path + 1)) != 0;
}

static void a_full_backlog_makes_wait(void)
{
	struct sockaddr_un a;
	socklen_t len = abstract(&a, "backlog");
	int l = listener(SOCK_STREAM, &a, len, 1), c;
	pid_t pid;

	connected(SOCK_STREAM, &a, len);
	connected(SOCK_STREAM, &a, len);
	c = unix_socket(SOCK_STREAM | SOCK_NONBLOCK);
	CHECK_ERR(connect(c, (struct sockaddr *)&a, len), EAGAIN);
	pid = start_child(connect_to, &a);
	CHECK(accept(l, NULL, NULL) >= 0);
	CHECK_EQ(end_of(pid), 0);
	CHECK_ERR(connect(c, (struct sockaddr *)&a, len), EAGAIN);
	CHECK_EQ(listen(l, 5), 0);
	CHECK_EQ(connect(c, (struct sockaddr *)&a, len), 0);
}

static void peer_credentials(void)
{
	struct sockaddr_un a;
	socklen_t len = abstract(&a, "cred"), clen = sizeof(struct ucred);
	int l = listener(SOCK_STREAM, &a, len, 5), c, s, sv[2], pidfd = -1;
	struct ucred cred;
	pid_t pid = fork();

	if (!pid) {
		c = connected(SOCK_STREAM, &a, len);
		_exit(read(c, buf, 1) == 1 ? 0 : 1);
	}
	s = accept(l, NULL, NULL);
	CHECK_EQ(getsockopt(s, SOL_SOCKET, SO_PEERCRED, &cred, &clen), 0);
	CHECK(cred.pid == pid && cred.uid == getuid() && cred.gid == getgid());
	clen = sizeof(pidfd);
	CHECK_EQ(getsockopt(s, SOL_SOCKET, SO_PEERPIDFD, &pidfd, &clen), 0);
	CHECK_EQ(events(pidfd, POLLIN), 0);
	CHECK_EQ(write(s, "x", 1), 1);
	CHECK_EQ(wait_events(pidfd, POLLIN), POLLIN);
	CHECK_EQ(end_of(pid), 0);
	c = connected(SOCK_STREAM, &a, len);
	clen = sizeof(cred);
	CHECK_EQ(getsockopt(c, SOL_SOCKET, SO_PEERCRED, &cred, &clen), 0);
	CHECK_EQ(cred.pid, getpid());
	pair(SOCK_DGRAM, sv);
	CHECK_EQ(getsockopt(sv[0], SOL_SOCKET, SO_PEERCRED, &cred, &clen), 0);
	CHECK_EQ(cred.pid, getpid());
	CHECK_EQ(getsockopt(unix_socket(SOCK_STREAM), SOL_SOCKET, SO_PEERCRED, &cred, &clen), 0);
	CHECK(cred.pid == 0 && cred.uid == -1u && cred.gid == -1u);
}

static void addresses_are_not_for_streams(void)
{
	struct sockaddr_un a;
	socklen_t len = abstract(&a, "addr");
	int sv[2];

	pair(SOCK_STREAM, sv);
	CHECK_ERR(sendto(sv[0], "x", 1, 0, (struct sockaddr *)&a, len), EISCONN);
	CHECK_ERR(sendto(unix_socket(SOCK_STREAM), "x", 1, 0, (struct sockaddr *)&a, len),
		  EOPNOTSUPP);
	CHECK_ERR(send(unix_socket(SOCK_STREAM), "x", 1, 0), ENOTCONN);
	CHECK_ERR(recv(unix_socket(SOCK_STREAM), buf, 1, 0), EINVAL);
	CHECK_EQ(events(unix_socket(SOCK_STREAM), POLLIN | POLLOUT), POLLOUT | POLLHUP);
}

static void a_sender_with_a_name_is_told(void)
{
	struct sockaddr_un a, b, got;
	socklen_t alen = abstract(&a, "l"), blen = abstract(&b, "c"), glen = sizeof(got);
	int l = listener(SOCK_STREAM, &a, alen, 5), c = bound(SOCK_STREAM, &b, blen), s;

	CHECK_EQ(connect(c, (struct sockaddr *)&a, alen), 0);
	s = accept(l, (struct sockaddr *)&got, &glen);
	CHECK(glen == blen && !memcmp(&got, &b, blen));
	CHECK_EQ(write(c, "x", 1), 1);
	glen = sizeof(got);
	CHECK_EQ(recvfrom(s, buf, 9, 0, (struct sockaddr *)&got, &glen), 1);
	CHECK(glen == blen && !memcmp(&got, &b, blen));
	CHECK_EQ(write(s, "y", 1), 1);
	glen = 4;
	CHECK_EQ(recvfrom(c, buf, 9, 0, (struct sockaddr *)&got, &glen), 1);
	CHECK_EQ(glen, alen);
}

/* ---- sequenced packets ---- */

static void packets_keep_their_bounds(void)
{
	struct received r;
	int sv[2];

	pair(SOCK_SEQPACKET, sv);
	CHECK_EQ(write(sv[0], "first", 5), 5);
	CHECK_EQ(send(sv[0], "second", 6, 0), 6);
	CHECK_EQ(send(sv[0], "", 0, 0), 0);
	r = receive(sv[1], buf, 3, 0, 0);
	CHECK(r.len == 3 && (r.flags & MSG_TRUNC));
	r = receive(sv[1], buf, 100, 0, 0);
	CHECK(r.len == 6 && !(r.flags & MSG_TRUNC));
	CHECK_EQ(recv(sv[1], buf, 100, 0), 0);
	close(sv[0]);
	CHECK_EQ(recv(sv[1], buf, 100, 0), 0);
	CHECK_EQ(recv(sv[1], buf, 100, MSG_DONTWAIT), 0);
	CHECK_ERR(send(sv[1], "x", 1, MSG_NOSIGNAL), EPIPE);
}

static void packets_need_a_connection(void)
{
	struct sockaddr_un a;
	socklen_t len = abstract(&a, "seq");
	int l = listener(SOCK_SEQPACKET, &a, len, 5), c = unix_socket(SOCK_SEQPACKET), s;

	CHECK_ERR(send(c, "x", 1, 0), ENOTCONN);
	CHECK_ERR(recv(c, buf, 1, 0), ENOTCONN);
	CHECK_ERR(sendto(c, "x", 1, 0, (struct sockaddr *)&a, len), ENOTCONN);
	CHECK_EQ(connect(c, (struct sockaddr *)&a, len), 0);
	s = accept(l, NULL, NULL);
	CHECK_EQ(sendto(c, "xy", 2, 0, (struct sockaddr *)&a, 3), 2);
	CHECK_EQ(recv(s, buf, 9, 0), 2);
	CHECK_EQ(write(s, "unread", 6), 6);
	close(c);
	CHECK_ERR(send(s, "x", 1, MSG_NOSIGNAL), ECONNRESET);
	CHECK_ERR(send(s, "x", 1, MSG_NOSIGNAL), EPIPE);
}

/* ---- the urgent byte ---- */

static void oob_is_read_apart(void)
{
	int sv[2], mark = -1;

	pair(SOCK_STREAM, sv);
	CHECK_ERR(recv(sv[1], buf, 1, MSG_OOB), EINVAL);
	if (send(sv[0], "abc", 3, MSG_OOB) < 0 && errno == EOPNOTSUPP)
		SKIP("no urgent bytes");
	CHECK_EQ(write(sv[0], "de", 2), 2);
	CHECK_EQ(events(sv[1], POLLPRI | POLLIN), POLLPRI | POLLIN);
	CHECK_EQ(ioctl(sv[1], SIOCATMARK, &mark), 0);
	CHECK_EQ(mark, 0);
	CHECK_EQ(recv(sv[1], buf, 9, 0), 2);
	CHECK_EQ(memcmp(buf, "ab", 2), 0);
	CHECK_EQ(ioctl(sv[1], SIOCATMARK, &mark), 0);
	CHECK_EQ(mark, 1);
	CHECK_EQ(recv(sv[1], buf, 9, MSG_OOB | MSG_PEEK), 1);
	CHECK_EQ(recv(sv[1], buf, 9, MSG_OOB), 1);
	CHECK_EQ(buf[0], 'c');
	CHECK_ERR(recv(sv[1], buf, 9, MSG_OOB), EINVAL);
	CHECK_EQ(events(sv[1], POLLPRI), 0);
	CHECK_EQ(recv(sv[1], buf, 9, 0), 2);
	CHECK_EQ(memcmp(buf, "de", 2), 0);
}

static void oob_that_nobody_wants_is_lost(void)
{
	int sv[2];

	pair(SOCK_STREAM, sv);
	if (send(sv[0], "a", 1, MSG_OOB) < 0 && errno == EOPNOTSUPP)
		SKIP("no urgent bytes");
	CHECK_EQ(write(sv[0], "bc", 2), 2);
	CHECK_EQ(recv(sv[1], buf, 9, MSG_PEEK), 2);
	CHECK_EQ(recv(sv[1], buf, 9, 0), 2);
	CHECK_EQ(memcmp(buf, "bc", 2), 0);
	CHECK_ERR(recv(sv[1], buf, 9, MSG_OOB), EINVAL);
	CHECK_ERR(send(sv[0], "", 0, MSG_OOB), EOPNOTSUPP);
}

static void oob_can_be_inline(void)
{
	int sv[2];

	pair(SOCK_STREAM, sv);
	CHECK_EQ(set_option(sv[1], SO_OOBINLINE, 1), 0);
	if (send(sv[0], "ab", 2, MSG_OOB) < 0 && errno == EOPNOTSUPP)
		SKIP("no urgent bytes");
	CHECK_EQ(write(sv[0], "c", 1), 1);
	CHECK_ERR(recv(sv[1], buf, 9, MSG_OOB), EINVAL);
	CHECK_EQ(recv(sv[1], buf, 9, 0), 1);
	CHECK_EQ(recv(sv[1], buf, 9, 0), 2);
	CHECK_EQ(memcmp(buf, "bc", 2), 0);
}

static void a_second_oob_makes_the_first_ordinary(void)
{
	int sv[2];

	pair(SOCK_STREAM, sv);
	if (send(sv[0], "a", 1, MSG_OOB) < 0 && errno == EOPNOTSUPP)
		SKIP("no urgent bytes");
	CHECK_EQ(send(sv[0], "b", 1, MSG_OOB), 1);
	CHECK_EQ(recv(sv[1], buf, 9, 0), 1);
	CHECK_EQ(buf[0], 'a');
	CHECK_EQ(recv(sv[1], buf, 9, MSG_OOB), 1);
	CHECK_EQ(buf[0], 'b');
	CHECK_ERR(recv(sv[1], buf, 9, MSG_DONTWAIT), EAGAIN);
}

static volatile sig_atomic_t urgent;

static void note_urgent(int sig)
{
	(void)sig;
	urgent = 1;
}

static void oob_sends_sigurg(void)
{
	int sv[2];

	pair(SOCK_STREAM, sv);
	signal(SIGURG, note_urgent);
	CHECK_EQ(fcntl(sv[1], F_SETOWN, getpid()), 0);
	if (send(sv[0], "a", 1, MSG_OOB) < 0 && errno == EOPNOTSUPP)
		SKIP("no urgent bytes");
	while (!urgent)
		sched_yield();
}

/* ---- other ways in and out ---- */

static void files_are_sent_and_spliced(void)
{
	char name[] = "/tmp/net-XXXXXX";
	int sv[2], p[2], fd = mkstemp(name);

	unlink(name);
	pair(SOCK_STREAM, sv);
	CHECK_EQ(pipe(p), 0);
	CHECK_EQ(write(fd, "hello world", 11), 11);
	CHECK_EQ(lseek(fd, 0, SEEK_SET), 0);
	CHECK_EQ(sendfile(sv[0], fd, NULL, 100), 11);
	CHECK_EQ(splice(sv[1], NULL, p[1], NULL, 5, 0), 5);
	CHECK_EQ(read(p[0], buf, 100), 5);
	CHECK_EQ(memcmp(buf, "hello", 5), 0);
	CHECK_EQ(write(p[1], "more", 4), 4);
	CHECK_EQ(splice(p[0], NULL, sv[0], NULL, 4, 0), 4);
	CHECK_EQ(read(sv[1], buf, 100), 10);
	CHECK_EQ(memcmp(buf, " worldmore", 10), 0);
	CHECK_ERR(splice(sv[1], NULL, p[1], NULL, 5, SPLICE_F_NONBLOCK), EAGAIN);
}

static void an_interrupted_wait_ends(void)
{
	struct sigaction sa = { .sa_handler = note_urgent };
	struct itimerval it = { { 0, 0 }, { 0, 20000 } };
	int sv[2];

	sigaction(SIGALRM, &sa, NULL);
	pair(SOCK_STREAM, sv);
	it.it_interval.tv_usec = 20000;
	setitimer(ITIMER_REAL, &it, NULL);
	CHECK_ERR(read(sv[0], buf, 1), EINTR);
	pair(SOCK_DGRAM, sv);
	CHECK_ERR(recv(sv[0], buf, 1, 0), EINTR);
}

TESTS(
	TEST(bytes_come_out_in_order),
	TEST(vectors_are_gathered_and_scattered),
	TEST(peeking_takes_nothing),
	TEST(peek_offset_moves_on),
	TEST(waitall_waits_for_all),
	TEST(a_full_socket_makes_wait),
	TEST(large_writes_wait_for_the_reader),
	TEST(closing_is_the_end_of_file),
	TEST(unread_bytes_reset_the_connection),
	TEST(nobody_reads_is_sigpipe),
	TEST(shutdown_works_each_way),
	TEST(closing_wakes_a_reader),
	TEST(connections_are_made_and_accepted),
	TEST(what_cannot_be_connected_to),
	TEST(a_listener_that_goes_resets_who_waits),
	TEST(a_full_backlog_makes_wait),
	TEST(peer_credentials),
	TEST(addresses_are_not_for_streams),
	TEST(a_sender_with_a_name_is_told),
	TEST(packets_keep_their_bounds),
	TEST(packets_need_a_connection),
	TEST(oob_is_read_apart),
	TEST(oob_that_nobody_wants_is_lost),
	TEST(oob_can_be_inline),
	TEST(a_second_oob_makes_the_first_ordinary),
	TEST(oob_sends_sigurg),
	TEST(files_are_sent_and_spliced),
	TEST(an_interrupted_wait_ends),
)
