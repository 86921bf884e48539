// SPDX-License-Identifier: MIT
/* Descriptors and credentials in messages; sockets that only messages hold; hostile heads. */

#include "sock.h"

#include <sched.h>
#include <sys/epoll.h>
#include <sys/mman.h>
#include <sys/resource.h>
#include <sys/syscall.h>

static char buf[4096];

static void a_descriptor_arrives(void)
{
	struct received r;
	int sv[2], p[2], i, types[] = { SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET };

	for (i = 0; i < 3; i++) {
		pair(types[i], sv);
		CHECK_EQ(pipe(p), 0);
		CHECK_EQ(send_fds(sv[0], "x", 1, &p[1], 1, 0), 1);
		close(p[1]);
		CHECK_EQ(events(p[0], POLLIN), 0);
		r = receive(sv[1], buf, 9, -1, 0);
		CHECK(r.len == 1 && r.n_fds == 1 && r.flags == 0);
		CHECK_EQ(fcntl(r.fds[0], F_GETFD), 0);
		CHECK_EQ(write(r.fds[0], "through", 7), 7);
		CHECK_EQ(read(p[0], buf, 9), 7);
		close(r.fds[0]);
		CHECK_EQ(read(p[0], buf, 9), 0);
	}
}

static void close_on_exec_is_the_receivers_choice(void)
{
	struct received r;
	int sv[2];

	pair(SOCK_STREAM, sv);
	CHECK_EQ(fcntl(sv[0], F_SETFD, FD_CLOEXEC), 0);
	CHECK_EQ(send_fds(sv[0], "x", 1, &sv[0], 1, 0), 1);
	r = receive(sv[1], buf, 9, -1, MSG_CMSG_CLOEXEC);
	CHECK_EQ(r.n_fds, 1);
	CHECK_EQ(fcntl(r.fds[0], F_GETFD), FD_CLOEXEC);
	CHECK_EQ(send_fds(sv[0], "x", 1, &sv[0], 1, 0), 1);
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK_EQ(fcntl(r.fds[0], F_GETFD), 0);
}

static void the_open_file_is_shared(void)
{
	struct received r;
	char name[] = "/tmp/net-XXXXXX";
	int sv[2], fd = mkstemp(name);

	unlink(name);
	pair(SOCK_DGRAM, sv);
	CHECK_EQ(write(fd, "0123456789", 10), 10);
	CHECK_EQ(lseek(fd, 3, SEEK_SET), 3);
	CHECK_EQ(send_fds(sv[0], "x", 1, &fd, 1, 0), 1);
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK_EQ(read(r.fds[0], buf, 2), 2);
	CHECK_EQ(memcmp(buf, "34", 2), 0);
	CHECK_EQ(lseek(fd, 0, SEEK_CUR), 5);
}

static void many_arrive_in_order(void)
{
	struct received r;
	int sv[2], fds[253], i, p[2];

	pair(SOCK_STREAM, sv);
	CHECK_EQ(pipe(p), 0);
	for (i = 0; i < 253; i++)
		fds[i] = p[i & 1];
	CHECK_EQ(send_fds(sv[0], "x", 1, fds, 253, 0), 1);
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK_EQ(r.n_fds, 253);
	for (i = 0; i < 253; i++)
		CHECK_EQ(fcntl(r.fds[i], F_GETFL) & O_ACCMODE, i & 1 ? O_WRONLY : O_RDONLY);
}

static void what_has_no_room_is_closed(void)
{
	struct received r;
	int sv[2], p[2], fds[3];

	pair(SOCK_STREAM, sv);
	CHECK_EQ(pipe(p), 0);
	fds[0] = fds[1] = fds[2] = p[1];
	CHECK_EQ(send_fds(sv[0], "x", 1, fds, 3, 0), 1);
	r = receive(sv[1], buf, 9, 2, 0);
	CHECK(r.len == 1 && r.n_fds == 2 && (r.flags & MSG_CTRUNC));
	CHECK_EQ(send_fds(sv[0], "y", 1, fds, 3, 0), 1);
	r = receive(sv[1], buf, 9, 0, 0);
	CHECK(r.len == 1 && r.n_fds == 0 && (r.flags & MSG_CTRUNC));
	/* read(2) doesn't know of them at all. */
	CHECK_EQ(send_fds(sv[0], "z", 1, fds, 3, 0), 1);
	CHECK_EQ(read(sv[1], buf, 9), 1);
	close(p[1]);
	CHECK_EQ(events(p[0], POLLIN), 0);
	r.n_fds = 0;
}

static void the_descriptor_limit_cuts_off(void)
{
	struct received r;
	struct rlimit lim;
	int sv[2], fds[3], next;

	pair(SOCK_STREAM, sv);
	fds[0] = fds[1] = fds[2] = sv[0];
	CHECK_EQ(send_fds(sv[0], "x", 1, fds, 3, 0), 1);
	next = dup(0);
	close(next);
	CHECK_EQ(getrlimit(RLIMIT_NOFILE, &lim), 0);
	lim.rlim_cur = next + 1;
	CHECK_EQ(setrlimit(RLIMIT_NOFILE, &lim), 0);
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK(r.len == 1 && r.n_fds == 1 && (r.flags & MSG_CTRUNC));
}

static void peeking_duplicates(void)
{
	struct received r, s;
	int sv[2], p[2];

	pair(SOCK_STREAM, sv);
	CHECK_EQ(pipe(p), 0);
	CHECK_EQ(send_fds(sv[0], "x", 1, &p[1], 1, 0), 1);
	r = receive(sv[1], buf, 9, -1, MSG_PEEK);
	CHECK(r.len == 1 && r.n_fds == 1);
	s = receive(sv[1], buf, 9, -1, 0);
	CHECK(s.len == 1 && s.n_fds == 1);
	CHECK(r.fds[0] != s.fds[0]);
	CHECK_EQ(inode_of(r.fds[0]), inode_of(s.fds[0]));
}

static void a_read_ends_behind_descriptors(void)
{
	struct received r;
	int sv[2];

	pair(SOCK_STREAM, sv);
	CHECK_EQ(write(sv[0], "ab", 2), 2);
	CHECK_EQ(send_fds(sv[0], "cd", 2, &sv[0], 1, 0), 2);
	CHECK_EQ(write(sv[0], "ef", 2), 2);
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK(r.len == 4 && r.n_fds == 1);
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK(r.len == 2 && r.n_fds == 0);
	/* They come with the first byte of their message. */
	CHECK_EQ(send_fds(sv[0], "gh", 2, &sv[0], 1, 0), 2);
	r = receive(sv[1], buf, 1, -1, 0);
	CHECK(r.len == 1 && r.n_fds == 1);
	r = receive(sv[1], buf, 1, -1, 0);
	CHECK(r.len == 1 && r.n_fds == 0);
}

static void descriptors_need_a_byte_in_a_stream(void)
{
	struct received r;
	int sv[2];

	pair(SOCK_STREAM, sv);
	CHECK_EQ(send_fds(sv[0], "", 0, &sv[0], 1, 0), 0);
	CHECK_ERR(recv(sv[1], buf, 1, MSG_DONTWAIT), EAGAIN);
	pair(SOCK_DGRAM, sv);
	CHECK_EQ(send_fds(sv[0], "", 0, &sv[0], 1, 0), 0);
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK(r.len == 0 && r.n_fds == 1);
}

static void bad_descriptors_are_refused(void)
{
	int sv[2], fds[2];

	pair(SOCK_STREAM, sv);
	fds[0] = sv[0];
	fds[1] = 999;
	CHECK_ERR(send_fds(sv[0], "x", 1, fds, 2, 0), EBADF);
	fds[1] = -1;
	CHECK_ERR(send_fds(sv[0], "x", 1, fds, 2, 0), EBADF);
	CHECK_ERR(recv(sv[1], buf, 1, MSG_DONTWAIT), EAGAIN);
}

/* One piece of control data with any head. */
static ssize_t send_control(int sock, size_t cmsg_len, int level, int type, size_t controllen)
{
	static char control[CMSG_SPACE(300 * sizeof(int))];
	struct iovec iov = { "x", 1 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control,
			      .msg_controllen = controllen };
	struct cmsghdr *cmsg = (struct cmsghdr *)control;

	cmsg->cmsg_len = cmsg_len;
	cmsg->cmsg_level = level;
	cmsg->cmsg_type = type;
	return sendmsg(sock, &msg, MSG_DONTWAIT);
}

static void control_data_is_checked(void)
{
	int sv[2];

	pair(SOCK_DGRAM, sv);
	CHECK_ERR(send_control(sv[0], 0, SOL_SOCKET, SCM_RIGHTS, 24), EINVAL);
	CHECK_ERR(send_control(sv[0], 15, SOL_SOCKET, SCM_RIGHTS, 24), EINVAL);
	CHECK_ERR(send_control(sv[0], 25, SOL_SOCKET, SCM_RIGHTS, 24), EINVAL);
	CHECK_ERR(send_control(sv[0], -1, SOL_SOCKET, SCM_RIGHTS, 24), EINVAL);
	CHECK_ERR(send_control(sv[0], (size_t)1 << 63, SOL_SOCKET, SCM_RIGHTS, 24), EINVAL);
	CHECK_ERR(send_control(sv[0], 24, SOL_SOCKET, 99, 24), EINVAL);
	CHECK_ERR(send_control(sv[0], 24, SOL_SOCKET, SCM_CREDENTIALS, 24), EINVAL);
	CHECK_ERR(send_control(sv[0], CMSG_LEN(254 * 4), SOL_SOCKET, SCM_RIGHTS,
			       CMSG_SPACE(254 * 4)), EINVAL);
	/* Other levels aren't looked at; too short for a head is none; no descriptors are fine. */
	CHECK_EQ(send_control(sv[0], 24, 99, SCM_RIGHTS, 24), 1);
	CHECK_EQ(send_control(sv[0], 24, SOL_SOCKET, SCM_RIGHTS, 8), 1);
	CHECK_EQ(send_control(sv[0], 16, SOL_SOCKET, SCM_RIGHTS, 24), 1);
	CHECK_ERR(send_control(sv[0], 24, SOL_SOCKET, SCM_RIGHTS, 1 << 30), ENOBUFS);
	CHECK_ERR(send_control(sv[0], 24, SOL_SOCKET, SCM_RIGHTS, (size_t)-1), ENOBUFS);
}

static void message_heads_are_checked(void)
{
	struct iovec iov = { buf, 1 }, bad = { (void *)8, 1 }, huge = { buf, (size_t)-1 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	struct sockaddr_un a;
	int sv[2];

	pair(SOCK_DGRAM, sv);
	CHECK_ERR(syscall(SYS_sendmsg, sv[0], 8, 0), EFAULT);
	CHECK_ERR(syscall(SYS_recvmsg, sv[0], 8, MSG_DONTWAIT), EFAULT);
	CHECK_ERR(syscall(SYS_sendmsg, sv[0], &msg, 0x80000000), EINVAL);
	CHECK_ERR(syscall(SYS_recvmsg, sv[0], &msg, 0x80000000), EINVAL);
	msg.msg_iovlen = 1025;
	CHECK_ERR(sendmsg(sv[0], &msg, 0), EMSGSIZE);
	CHECK_ERR(recvmsg(sv[0], &msg, MSG_DONTWAIT), EMSGSIZE);
	msg.msg_iovlen = 1;
	msg.msg_iov = (void *)8;
	CHECK_ERR(sendmsg(sv[0], &msg, 0), EFAULT);
	msg.msg_iov = &bad;
	CHECK_ERR(sendmsg(sv[0], &msg, 0), EFAULT);
	msg.msg_iov = &huge;
	CHECK_ERR(sendmsg(sv[0], &msg, 0), EINVAL);
	msg.msg_iov = &iov;
	msg.msg_name = &a;
	msg.msg_namelen = -1;
	CHECK_ERR(sendmsg(sv[0], &msg, 0), EINVAL);
	msg.msg_namelen = sizeof(a);
	msg.msg_name = (void *)8;
	CHECK_ERR(sendmsg(sv[0], &msg, 0), EFAULT);
	msg.msg_name = NULL;
	msg.msg_control = (void *)8;
	msg.msg_controllen = 24;
	CHECK_ERR(sendmsg(sv[0], &msg, 0), EFAULT);
	/* A message that was read into nowhere is gone; the descriptors with it. */
	CHECK_EQ(send_fds(sv[0], "x", 1, &sv[0], 1, 0), 1);
	msg.msg_iov = &bad;
	CHECK_ERR(recvmsg(sv[1], &msg, 0), EFAULT);
	CHECK_ERR(recv(sv[1], buf, 1, MSG_DONTWAIT), EAGAIN);
	/* In a stream it stays. */
	pair(SOCK_STREAM, sv);
	CHECK_EQ(write(sv[0], "x", 1), 1);
	CHECK_ERR(syscall(SYS_read, sv[1], 8, 1), EFAULT);
	CHECK_EQ(read(sv[1], buf, 1), 1);
}

static void bad_memory_for_descriptors(void)
{
	struct iovec iov = { buf, 9 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = (void *)8,
			      .msg_controllen = 100 };
	int sv[2], free_fd;

	pair(SOCK_STREAM, sv);
	CHECK_EQ(send_fds(sv[0], "x", 1, &sv[0], 1, 0), 1);
	free_fd = dup(0);
	close(free_fd);
	CHECK_EQ(recvmsg(sv[1], &msg, 0), 1);
	CHECK(msg.msg_flags & MSG_CTRUNC);
	CHECK_EQ(is_open(free_fd), 0);
}

/* ---- credentials ---- */

static ssize_t send_creds(int sock, pid_t pid, uid_t uid, gid_t gid)
{
	char control[CMSG_SPACE(sizeof(struct ucred))] = "";
	struct ucred uc = { pid, uid, gid };
	struct iovec iov = { "x", 1 };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control,
			      .msg_controllen = sizeof(control) };
	struct cmsghdr *cmsg = CMSG_FIRSTHDR(&msg);

	cmsg->cmsg_level = SOL_SOCKET;
	cmsg->cmsg_type = SCM_CREDENTIALS;
	cmsg->cmsg_len = CMSG_LEN(sizeof(uc));
	memcpy(CMSG_DATA(cmsg), &uc, sizeof(uc));
	return sendmsg(sock, &msg, 0);
}

static void credentials_come_along(void)
{
	struct received r;
	int sv[2], i, types[] = { SOCK_STREAM, SOCK_DGRAM, SOCK_SEQPACKET };

	for (i = 0; i < 3; i++) {
		pair(types[i], sv);
		CHECK_EQ(write(sv[0], "x", 1), 1);
		r = receive(sv[1], buf, 9, -1, 0);
		CHECK_EQ(r.n_creds, 0);
		CHECK_EQ(set_option(sv[1], SO_PASSCRED, 1), 0);
		CHECK_EQ(write(sv[0], "x", 1), 1);
		r = receive(sv[1], buf, 9, -1, 0);
		CHECK(r.n_creds == 1 && r.cred.pid == getpid());
		CHECK(r.cred.uid == getuid() && r.cred.gid == getgid());
		CHECK_EQ(write(sv[0], "x", 1), 1);
		r = receive(sv[1], buf, 9, 0, 0);
		CHECK(r.flags & MSG_CTRUNC);
	}
}

static void credentials_of_before_are_nobodys(void)
{
	struct received r;
	int sv[2];

	pair(SOCK_DGRAM, sv);
	CHECK_EQ(write(sv[0], "x", 1), 1);
	CHECK_EQ(set_option(sv[1], SO_PASSCRED, 1), 0);
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK(r.n_creds == 1 && r.cred.pid == 0 && r.cred.uid == 65534 && r.cred.gid == 65534);
}

static int lie_as_nobody(void *arg)
{
	int fd = *(int *)arg;

	if (setgid(1000) || setuid(1000))
		return 1;
	if (send_creds(fd, getpid(), 1000, 1000) != 1)
		return 2;
	if (send_creds(fd, getpid(), 0, 1000) != -1 || errno != EPERM)
		return 3;
	if (send_creds(fd, getpid(), 1000, 0) != -1 || errno != EPERM)
		return 4;
	if (send_creds(fd, 1, 1000, 1000) != -1 || errno != EPERM)
		return 5;
	return 0;
}

static void credentials_are_true(void)
{
	struct received r;
	int sv[2];

	pair(SOCK_DGRAM, sv);
	CHECK_EQ(set_option(sv[1], SO_PASSCRED, 1), 0);
	need_root();
	CHECK_EQ(end_of(start_child(lie_as_nobody, &sv[0])), 0);
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK(r.cred.uid == 1000 && r.cred.gid == 1000);
	/* root may say anything that exists. */
	CHECK_EQ(send_creds(sv[0], 1, 7, 8), 1);
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK(r.cred.pid == 1 && r.cred.uid == 7 && r.cred.gid == 8);
	CHECK_ERR(send_creds(sv[0], 99999999, 0, 0), ESRCH);
	CHECK_ERR(send_creds(sv[0], getpid(), -1, 0), EINVAL);
}

static int write_one(void *arg)
{
	return write(*(int *)arg, "c", 1) != 1;
}

static void a_stream_keeps_senders_apart(void)
{
	struct received r;
	int sv[2];
	pid_t pid;

	pair(SOCK_STREAM, sv);
	CHECK_EQ(set_option(sv[1], SO_PASSCRED, 1), 0);
	CHECK_EQ(write(sv[0], "a", 1), 1);
	CHECK_EQ(write(sv[0], "b", 1), 1);
	pid = start_child(write_one, &sv[0]);
	CHECK_EQ(end_of(pid), 0);
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK(r.len == 2 && r.cred.pid == getpid());
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK(r.len == 1 && r.cred.pid == pid);
}

static void a_pidfd_comes_along(void)
{
	struct received r;
	int sv[2], go[2];
	pid_t pid;
	char c;

	pair(SOCK_STREAM, sv);
	CHECK_EQ(pipe(go), 0);
	if (set_option(sv[1], SO_PASSPIDFD, 1) && errno == ENOPROTOOPT)
		SKIP("no SO_PASSPIDFD");
	pid = fork();
	if (!pid) {
		close(go[1]);
		_exit(write(sv[0], "x", 1) != 1 || read(go[0], &c, 1) != 0);
	}
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK(r.len == 1 && r.pidfd >= 0 && r.n_creds == 0);
	CHECK_EQ(events(r.pidfd, POLLIN), 0);
	close(go[1]);
	CHECK_EQ(wait_events(r.pidfd, POLLIN), POLLIN);
	CHECK_EQ(end_of(pid), 0);
}

static void passcred_gives_a_name(void)
{
	struct sockaddr_un a, got;
	socklen_t len = abstract(&a, "l"), glen = sizeof(got);
	int l = listener(SOCK_STREAM, &a, len, 5), c = unix_socket(SOCK_STREAM), s;
	struct received r;

	CHECK_EQ(set_option(l, SO_PASSCRED, 1), 0);
	CHECK_EQ(set_option(c, SO_PASSCRED, 1), 0);
	CHECK_EQ(connect(c, (struct sockaddr *)&a, len), 0);
	CHECK_EQ(getsockname(c, (struct sockaddr *)&got, &glen), 0);
	CHECK_EQ(glen, 2 + 1 + 5);
	CHECK_EQ(write(c, "early", 5), 5);
	s = accept(l, NULL, NULL);
	CHECK_EQ(int_option(s, SO_PASSCRED), 1);
	r = receive(s, buf, 9, -1, 0);
	CHECK(r.len == 5 && r.n_creds == 1 && r.cred.pid == getpid());
}

/* ---- sockets that only messages hold ---- */

/* The writing end of a pipe, held by nothing but garbage: the reading end sees the end, once. */
static void expect_end(int fd)
{
	int i;

	/* Each closed socket is an occasion to collect. */
	for (i = 0; !(events(fd, POLLIN) & POLLHUP); i++) {
		close(unix_socket(SOCK_STREAM));
		if (i % 64 == 0)
			usleep(1000);
		else
			sched_yield();
	}
}

/* Garbage is made and gone: the collector has been over all sockets since. */
static void have_garbage_collected(void)
{
	int sv[2], p[2], fds[3];

	CHECK_EQ(pipe(p), 0);
	pair(SOCK_STREAM, sv);
	fds[0] = sv[0];
	fds[1] = sv[1];
	fds[2] = p[1];
	CHECK_EQ(send_fds(sv[0], "x", 1, fds, 3, 0), 1);
	close(p[1]);
	close(sv[0]);
	close(sv[1]);
	expect_end(p[0]);
}

static void a_socket_in_itself_is_freed(void)
{
	have_garbage_collected();
}

static void a_long_cycle_is_freed(void)
{
	int sv[20][2], p[2], fds[2], i;

	CHECK_EQ(pipe(p), 0);
	for (i = 0; i < 20; i++)
		pair(i & 1 ? SOCK_STREAM : SOCK_DGRAM, sv[i]);
	for (i = 0; i < 20; i++) {
		/* The queue of sv[i][1] holds both ends of the next pair. */
		CHECK_EQ(send_fds(sv[i][0], "x", 1, sv[(i + 1) % 20], 2, 0), 1);
		fds[0] = p[1];
		CHECK_EQ(send_fds(sv[i][0], "y", 1, fds, 1, 0), 1);
	}
	close(p[1]);
	for (i = 0; i < 20; i++) {
		close(sv[i][0]);
		close(sv[i][1]);
	}
	expect_end(p[0]);
}

static void a_connection_never_accepted_is_freed(void)
{
	struct sockaddr_un a;
	socklen_t len = abstract(&a, "emb");
	int l = listener(SOCK_STREAM, &a, len, 5), c = connected(SOCK_STREAM, &a, len);
	int p[2], fds[3];

	CHECK_EQ(pipe(p), 0);
	fds[0] = l;
	fds[1] = c;
	fds[2] = p[1];
	/* The listener lies in the queue of a connection that waits in it. */
	CHECK_EQ(send_fds(c, "x", 1, fds, 3, 0), 1);
	close(p[1]);
	close(c);
	close(l);
	expect_end(p[0]);
}

static void what_can_still_be_received_is_kept(void)
{
	struct received r;
	int sv[2], in[2], p[2], fds[3];

	CHECK_EQ(pipe(p), 0);
	pair(SOCK_STREAM, sv);
	pair(SOCK_DGRAM, in);
	fds[0] = in[0];
	fds[1] = in[1];
	fds[2] = p[1];
	CHECK_EQ(send_fds(in[0], "deep", 4, fds, 3, 0), 4);
	CHECK_EQ(send_fds(sv[0], "x", 1, in, 2, 0), 1);
	close(in[0]);
	close(in[1]);
	close(p[1]);
	have_garbage_collected();
	CHECK_EQ(events(p[0], POLLIN), 0);
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK_EQ(r.n_fds, 2);
	r = receive(r.fds[1], buf, 9, -1, 0);
	CHECK(r.len == 4 && r.n_fds == 3);
	CHECK_EQ(write(r.fds[2], "y", 1), 1);
	CHECK_EQ(read(p[0], buf, 9), 1);
}

static int fill_with_fds(void *arg)
{
	struct rlimit lim = { 64, 64 };
	int sv[2], i;

	(void)arg;
	pair(SOCK_DGRAM, sv);
	if (setrlimit(RLIMIT_NOFILE, &lim) || setgid(1001) || setuid(1001))
		return 1;
	for (i = 0; i < 500; i++)
		if (send_fds(sv[0], "x", 1, sv, 2, MSG_DONTWAIT) < 0)
			break;
	return errno == ETOOMANYREFS ? 0 : 2;
}

static void descriptors_under_way_are_limited(void)
{
	need_root();
	CHECK_EQ(end_of(start_child(fill_with_fds, NULL)), 0);
}

static void an_epoll_goes_too(void)
{
	struct epoll_event ev = { .events = EPOLLIN };
	struct received r;
	int sv[2], p[2], ep = epoll_create1(0);

	pair(SOCK_STREAM, sv);
	CHECK_EQ(pipe(p), 0);
	CHECK_EQ(epoll_ctl(ep, EPOLL_CTL_ADD, p[0], &ev), 0);
	CHECK_EQ(send_fds(sv[0], "x", 1, &ep, 1, 0), 1);
	close(ep);
	CHECK_EQ(write(p[1], "x", 1), 1);
	r = receive(sv[1], buf, 9, -1, 0);
	CHECK_EQ(epoll_wait(r.fds[0], &ev, 1, -1), 1);
}

static void memory_is_shared_by_descriptor(void)
{
	struct received r;
	int sv[2], fd = memfd_create("m", 0);
	char *m;
	pid_t pid;

	CHECK_EQ(ftruncate(fd, 4096), 0);
	pair(SOCK_SEQPACKET, sv);
	pid = fork();
	if (!pid) {
		r = receive(sv[1], buf, 9, -1, 0);
		m = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED, r.fds[0], 0);
		strcpy(m, "from the child");
		_exit(0);
	}
	CHECK_EQ(send_fds(sv[0], "x", 1, &fd, 1, 0), 1);
	CHECK_EQ(end_of(pid), 0);
	m = mmap(NULL, 4096, PROT_READ, MAP_SHARED, fd, 0);
	CHECK_EQ(strcmp(m, "from the child"), 0);
}

TESTS(
	TEST(a_descriptor_arrives),
	TEST(close_on_exec_is_the_receivers_choice),
	TEST(the_open_file_is_shared),
	TEST(many_arrive_in_order),
	TEST(what_has_no_room_is_closed),
	TEST(the_descriptor_limit_cuts_off),
	TEST(peeking_duplicates),
	TEST(a_read_ends_behind_descriptors),
	TEST(descriptors_need_a_byte_in_a_stream),
	TEST(bad_descriptors_are_refused),
	TEST(control_data_is_checked),
	TEST(message_heads_are_checked),
	TEST(bad_memory_for_descriptors),
	TEST(credentials_come_along),
	TEST(credentials_of_before_are_nobodys),
	TEST(credentials_are_true),
	TEST(a_stream_keeps_senders_apart),
	TEST(a_pidfd_comes_along),
	TEST(passcred_gives_a_name),
	TEST(a_socket_in_itself_is_freed),
	TEST(a_long_cycle_is_freed),
	TEST(a_connection_never_accepted_is_freed),
	TEST(what_can_still_be_received_is_kept),
	TEST(descriptors_under_way_are_limited),
	TEST(an_epoll_goes_too),
	TEST(memory_is_shared_by_descriptor),
)
