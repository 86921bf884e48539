// SPDX-License-Identifier: MIT
/* pidfds: opening, polling, signalling, waiting, taking descriptors. */

#include <fcntl.h>
#include <poll.h>
#include <sched.h>
#include <sys/syscall.h>

#include "../kselftest.h"

#ifndef P_PIDFD
#define P_PIDFD 3
#endif

static int pidfd_open_(pid_t pid, unsigned int flags)
{
	return syscall(SYS_pidfd_open, pid, flags);
}

static int sleep_on(void *arg)
{
	(void)arg;
	while (pause())
		;
	return 0;
}

static void one_is_opened_close_on_exec(void)
{
	int fd = pidfd_open_(getpid(), 0);

	CHECK(fd >= 0);
	CHECK(fcntl(fd, F_GETFD) & FD_CLOEXEC);
	CHECK_ERR(pidfd_open_(0, 0), EINVAL);
	CHECK_ERR(pidfd_open_(getpid(), 1), EINVAL);
	CHECK_ERR(pidfd_open_(0x3fffffff, 0), ESRCH);
}

static void poll_tells_the_end(void)
{
	pid_t pid = start_child(sleep_on, NULL);
	struct pollfd p = { .fd = pidfd_open_(pid, 0), .events = POLLIN };

	CHECK(p.fd >= 0);
	CHECK_EQ(poll(&p, 1, 0), 0);
	CHECK_EQ(syscall(SYS_pidfd_send_signal, p.fd, SIGKILL, NULL, 0), 0);
	CHECK_EQ(poll(&p, 1, -1), 1);
	CHECK(p.revents & POLLIN);
	CHECK_EQ(end_of(pid), 128 + SIGKILL);
	CHECK_ERR(syscall(SYS_pidfd_send_signal, p.fd, 0, NULL, 0), ESRCH);
}

static void waitid_takes_one(void)
{
	pid_t pid = start_child(sleep_on, NULL);
	int fd = pidfd_open_(pid, 0);
	siginfo_t info;

	CHECK(fd >= 0);
	info.si_pid = 1;
	CHECK_EQ(waitid(P_PIDFD, fd, &info, WEXITED | WNOHANG), 0);
	CHECK_EQ(info.si_pid, 0);
	kill(pid, SIGKILL);
	CHECK_EQ(waitid(P_PIDFD, fd, &info, WEXITED), 0);
	CHECK_EQ(info.si_pid, pid);
	CHECK_ERR(waitid(P_PIDFD, 99, &info, WEXITED), EBADF);
}

static void clone_gives_one(void)
{
	int fd = -1;
	pid_t pid = syscall(SYS_clone, CLONE_PIDFD | SIGCHLD, 0, &fd, NULL, 0);

	if (!pid)
		_exit(sleep_on(NULL));
	CHECK(pid > 0 && fd >= 0);
	CHECK_EQ(syscall(SYS_pidfd_send_signal, fd, SIGTERM, NULL, 0), 0);
	CHECK_EQ(end_of(pid), 128 + SIGTERM);
}

static void a_folder_of_proc_is_one_for_signals(void)
{
	pid_t pid = start_child(sleep_on, NULL);
	char path[32];
	int fd, other;

	snprintf(path, sizeof(path), "/proc/%d", pid);
	fd = open(path, O_RDONLY | O_DIRECTORY);
	CHECK(fd >= 0);
	CHECK_EQ(syscall(SYS_pidfd_send_signal, fd, 0, NULL, 0), 0);
	CHECK_EQ(syscall(SYS_pidfd_send_signal, fd, SIGTERM, NULL, 0), 0);
	CHECK_EQ(end_of(pid), 128 + SIGTERM);
	CHECK_ERR(syscall(SYS_pidfd_send_signal, fd, 0, NULL, 0), ESRCH);
	other = open("/proc", O_RDONLY | O_DIRECTORY);
	CHECK_ERR(syscall(SYS_pidfd_send_signal, other, 0, NULL, 0), EBADF);
	other = open("/proc/self/task", O_RDONLY | O_DIRECTORY);
	CHECK_ERR(syscall(SYS_pidfd_send_signal, other, 0, NULL, 0), EBADF);
}

static void getfd_copies_a_descriptor(void)
{
	int fd[2], copy, pidfd;
	pid_t pid;
	char c;

	CHECK_EQ(pipe(fd), 0);
	pid = start_child(sleep_on, NULL);
	pidfd = pidfd_open_(pid, 0);
	close(fd[1]);
	copy = syscall(SYS_pidfd_getfd, pidfd, fd[1], 0);
	CHECK(copy >= 0);
	CHECK_EQ(write(copy, "x", 1), 1);
	CHECK_EQ(read(fd[0], &c, 1), 1);
	CHECK_ERR(syscall(SYS_pidfd_getfd, pidfd, 99, 0), EBADF);
	CHECK_ERR(syscall(SYS_pidfd_getfd, pidfd, 0, 1), EINVAL);
	kill(pid, SIGKILL);
	CHECK_EQ(end_of(pid), 128 + SIGKILL);
}

TESTS(
	TEST(one_is_opened_close_on_exec),
	TEST(poll_tells_the_end),
	TEST(waitid_takes_one),
	TEST(clone_gives_one),
	TEST(a_folder_of_proc_is_one_for_signals),
	TEST(getfd_copies_a_descriptor),
)
