/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_NET_SOCK_H
#define SELFTESTS_NET_SOCK_H

/* Shared by the tests of sockets. */

#include "../kselftest.h"

#include <fcntl.h>
#include <poll.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/ioctl.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/time.h>
#include <sys/uio.h>
#include <sys/un.h>

#ifndef SO_PASSPIDFD
#define SO_PASSPIDFD	76
#define SO_PEERPIDFD	77
#endif
#ifndef SCM_PIDFD
#define SCM_PIDFD	4
#endif

#define ADDR_HEAD	offsetof(struct sockaddr_un, sun_path)

static inline void pair(int type, int sv[2])
{
	CHECK_EQ(socketpair(AF_UNIX, type, 0, sv), 0);
}

/* An abstract name of this test's own: @tag and the process id. Return: the address's length. */
static inline socklen_t abstract(struct sockaddr_un *a, const char *tag)
{
	memset(a, 0, sizeof(*a));
	a->sun_family = AF_UNIX;
	return ADDR_HEAD + 1 + snprintf(a->sun_path + 1, sizeof(a->sun_path) - 1, "%s.%d", tag,
					getpid());
}

static inline int unix_socket(int type)
{
	int fd = socket(AF_UNIX, type, 0);

	CHECK(fd >= 0);
	return fd;
}

static inline int bound(int type, const struct sockaddr_un *a, socklen_t len)
{
	int fd = unix_socket(type);

	CHECK_EQ(bind(fd, (const struct sockaddr *)a, len), 0);
	return fd;
}

static inline int listener(int type, const struct sockaddr_un *a, socklen_t len, int backlog)
{
	int fd = bound(type, a, len);

	CHECK_EQ(listen(fd, backlog), 0);
	return fd;
}

static inline int connected(int type, const struct sockaddr_un *a, socklen_t len)
{
	int fd = unix_socket(type);

	CHECK_EQ(connect(fd, (const struct sockaddr *)a, len), 0);
	return fd;
}

static inline void nonblocking(int fd)
{
	CHECK_EQ(fcntl(fd, F_SETFL, fcntl(fd, F_GETFL) | O_NONBLOCK), 0);
}

static inline int int_option(int fd, int name)
{
	socklen_t len = sizeof(int);
	int val = -1;

	CHECK_EQ(getsockopt(fd, SOL_SOCKET, name, &val, &len), 0);
	CHECK_EQ(len, sizeof(int));
	return val;
}

static inline int set_option(int fd, int name, int val)
{
	return setsockopt(fd, SOL_SOCKET, name, &val, sizeof(val));
}

/* Events now. */
static inline int events(int fd, int wanted)
{
	struct pollfd p = { fd, wanted, 0 };

	CHECK(poll(&p, 1, 0) >= 0);
	return p.revents;
}

static inline int wait_events(int fd, int wanted)
{
	struct pollfd p = { fd, wanted, 0 };

	CHECK_EQ(poll(&p, 1, -1), 1);
	return p.revents;
}

/* Data with descriptors. Return: as sendmsg(). */
static inline ssize_t send_fds(int sock, const void *data, size_t len, const int *fds, int n,
			       int flags)
{
	char control[CMSG_SPACE(253 * sizeof(int))] = "";
	struct iovec iov = { (void *)data, len };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1 };
	struct cmsghdr *cmsg;

	if (n) {
		msg.msg_control = control;
		msg.msg_controllen = CMSG_SPACE(n * sizeof(int));
		cmsg = CMSG_FIRSTHDR(&msg);
		cmsg->cmsg_level = SOL_SOCKET;
		cmsg->cmsg_type = SCM_RIGHTS;
		cmsg->cmsg_len = CMSG_LEN(n * sizeof(int));
		memcpy(CMSG_DATA(cmsg), fds, n * sizeof(int));
	}
	return sendmsg(sock, &msg, flags);
}

/* What came along with a message. */
struct received {
	ssize_t len;
	int flags;
	int fds[253];
	int n_fds;
	struct ucred cred;
	int n_creds;
	int pidfd;
	int n_other;
};

/* Receive with room for @room descriptors and for credentials. */
static inline struct received receive(int sock, void *data, size_t len, int room, int flags)
{
	char control[CMSG_SPACE(253 * sizeof(int)) + CMSG_SPACE(sizeof(struct ucred)) +
		     CMSG_SPACE(sizeof(int)) + 64];
	struct iovec iov = { data, len };
	struct msghdr msg = { .msg_iov = &iov, .msg_iovlen = 1, .msg_control = control };
	struct received r = { .pidfd = -1 };
	struct cmsghdr *cmsg;

	msg.msg_controllen = room < 0 ? sizeof(control) : room ? CMSG_LEN(room * sizeof(int)) : 0;
	r.len = recvmsg(sock, &msg, flags);
	r.flags = msg.msg_flags;
	if (r.len < 0)
		return r;
	for (cmsg = CMSG_FIRSTHDR(&msg); cmsg; cmsg = CMSG_NXTHDR(&msg, cmsg)) {
		size_t n = cmsg->cmsg_len - CMSG_LEN(0);

		if (cmsg->cmsg_level == SOL_SOCKET && cmsg->cmsg_type == SCM_RIGHTS) {
			memcpy(r.fds, CMSG_DATA(cmsg), n);
			r.n_fds = n / sizeof(int);
		} else if (cmsg->cmsg_level == SOL_SOCKET && cmsg->cmsg_type == SCM_CREDENTIALS) {
			memcpy(&r.cred, CMSG_DATA(cmsg), sizeof(r.cred));
			r.n_creds++;
		} else if (cmsg->cmsg_level == SOL_SOCKET && cmsg->cmsg_type == SCM_PIDFD) {
			memcpy(&r.pidfd, CMSG_DATA(cmsg), sizeof(int));
		} else {
			r.n_other++;
		}
	}
	return r;
}

static inline bool is_open(int fd)
{
	return fcntl(fd, F_GETFD) >= 0;
}

static inline ino_t inode_of(int fd)
{
	struct stat st;

	CHECK_EQ(fstat(fd, &st), 0);
	return st.st_ino;
}

#endif /* SELFTESTS_NET_SOCK_H */
