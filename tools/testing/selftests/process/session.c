// SPDX-License-Identifier: MIT
/* Process groups and sessions. */

#include "../kselftest.h"

static int wait_for_eof(void *arg)
{
	char c;

	(void)!read(*(int *)arg, &c, 1);
	return 0;
}

static void setsid_leads_a_new_session(void)
{
	CHECK_EQ(setsid(), getpid());
	CHECK_EQ(getsid(0), getpid());
	CHECK_EQ(getpgrp(), getpid());
	CHECK_ERR(setsid(), EPERM);
	CHECK_ERR(setpgid(0, 0), EPERM);
}

static void a_child_is_in_its_parents_group(void)
{
	pid_t pid = fork();

	if (!pid)
		_exit(getpgrp() == getpgid(getppid()) && getsid(0) == getsid(getppid()) ? 0 : 1);
	CHECK_EQ(end_of(pid), 0);
}

static void a_child_can_be_moved(void)
{
	int fd[2];
	pid_t pid;

	CHECK_EQ(pipe(fd), 0);
	pid = fork();
	if (!pid) {
		close(fd[1]);
		_exit(wait_for_eof(&fd[0]));
	}
	CHECK_EQ(setpgid(pid, pid), 0);
	CHECK_EQ(getpgid(pid), pid);
	CHECK_EQ(setpgid(pid, getpgrp()), 0);
	CHECK_EQ(getpgid(pid), getpgrp());
	close(fd[1]);
	CHECK_EQ(end_of(pid), 0);
}

static void strangers_cannot_be_moved(void)
{
	CHECK_ERR(setpgid(getppid(), 0), ESRCH);
	CHECK_ERR(setpgid(0, -1), EINVAL);
	CHECK_ERR(setpgid(0x3fffffff, 0), ESRCH);
	CHECK_ERR(setpgid(0, 0x3fffffff), EPERM);
	CHECK_ERR(getpgid(0x3fffffff), ESRCH);
	CHECK_ERR(getsid(0x3fffffff), ESRCH);
}

TESTS(
	TEST(setsid_leads_a_new_session),
	TEST(a_child_is_in_its_parents_group),
	TEST(a_child_can_be_moved),
	TEST(strangers_cannot_be_moved),
)
