// SPDX-License-Identifier: MIT
/* wait4 and waitid: whom they wait for, what they tell, what happens to orphans. */

#include <limits.h>
#include <sys/prctl.h>
#include <sys/resource.h>

#include "../kselftest.h"

static int exit_with(void *arg)
{
	return (long)arg;
}

static int sleep_on(void *arg)
{
	(void)arg;
	while (pause())
		;
	return 0;
}

static void no_child_is_echild(void)
{
	CHECK_ERR(waitpid(-1, NULL, 0), ECHILD);
	CHECK_ERR(waitpid(1, NULL, 0), ECHILD);
	CHECK_ERR(waitpid(getpid(), NULL, 0), ECHILD);
}

static void bad_arguments(void)
{
	siginfo_t info;

	CHECK_ERR(waitpid(-1, NULL, 0x100), EINVAL);
	CHECK_ERR(waitpid(INT_MIN, NULL, 0), ESRCH);
	CHECK_ERR(waitid(P_ALL, 0, &info, 0), EINVAL);
	CHECK_ERR(waitid(77, 0, &info, WEXITED), EINVAL);
	CHECK_ERR(waitid(P_PID, 0, &info, WEXITED), EINVAL);
}

static void nohang_returns_zero_while_it_lives(void)
{
	pid_t pid = start_child(sleep_on, NULL);

	CHECK_EQ(waitpid(pid, NULL, WNOHANG), 0);
	CHECK_EQ(kill(pid, SIGKILL), 0);
	CHECK_EQ(end_of(pid), 128 + SIGKILL);
}

static void a_bad_status_address_is_efault(void)
{
	start_child(exit_with, NULL);
	CHECK_ERR(wait4(-1, (int *)8, 0, NULL), EFAULT);
}

static void waitid_tells_how_it_ended(void)
{
	pid_t pid = start_child(exit_with, (void *)3);
	siginfo_t info;

	memset(&info, 0xff, sizeof(info));
	CHECK_EQ(waitid(P_PID, pid, &info, WEXITED), 0);
	CHECK_EQ(info.si_signo, SIGCHLD);
	CHECK_EQ(info.si_code, CLD_EXITED);
	CHECK_EQ(info.si_pid, pid);
	CHECK_EQ(info.si_uid, getuid());
	CHECK_EQ(info.si_status, 3);

	pid = start_child(sleep_on, NULL);
	kill(pid, SIGTERM);
	CHECK_EQ(waitid(P_PID, pid, &info, WEXITED), 0);
	CHECK_EQ(info.si_code, CLD_KILLED);
	CHECK_EQ(info.si_status, SIGTERM);
}

static void nowait_leaves_it_there(void)
{
	pid_t pid = start_child(exit_with, (void *)4);
	siginfo_t info;

	CHECK_EQ(waitid(P_PID, pid, &info, WEXITED | WNOWAIT), 0);
	CHECK_EQ(info.si_status, 4);
	CHECK_EQ(end_of(pid), 4);
}

static void stops_and_continues_are_told_once(void)
{
	pid_t pid = start_child(sleep_on, NULL);
	siginfo_t info;
	int status;

	kill(pid, SIGSTOP);
	CHECK_EQ(waitpid(pid, &status, WUNTRACED), pid);
	CHECK(WIFSTOPPED(status) && WSTOPSIG(status) == SIGSTOP);
	CHECK_EQ(waitpid(pid, &status, WUNTRACED | WNOHANG), 0);
	kill(pid, SIGCONT);
	CHECK_EQ(waitid(P_PID, pid, &info, WCONTINUED), 0);
	CHECK_EQ(info.si_code, CLD_CONTINUED);
	CHECK_EQ(waitpid(pid, &status, WCONTINUED | WNOHANG), 0);
	kill(pid, SIGKILL);
	CHECK_EQ(end_of(pid), 128 + SIGKILL);
}

static void a_group_can_be_waited_for(void)
{
	pid_t pid = start_child(sleep_on, NULL), other = start_child(exit_with, NULL);
	int status;

	CHECK_EQ(setpgid(pid, pid), 0);
	kill(pid, SIGKILL);
	CHECK_EQ(waitpid(-pid, &status, 0), pid);
	CHECK_EQ(end_of(other), 0);
}

static void ignored_sigchld_leaves_no_zombies(void)
{
	pid_t pid;

	signal(SIGCHLD, SIG_IGN);
	pid = start_child(exit_with, NULL);
	CHECK_ERR(waitpid(pid, NULL, 0), ECHILD);
}

static int make_orphan(void *arg)
{
	int *fd = arg;

	if (!fork()) {
		char c;

		/* Until our parent has gone, whose end of the pipe is the only other one. */
		close(fd[1]);
		(void)!read(fd[0], &c, 1);
		_exit(9);
	}
	return 0;
}

static void a_subreaper_gets_the_orphans(void)
{
	int fd[2], status;
	pid_t pid;

	CHECK_EQ(prctl(PR_SET_CHILD_SUBREAPER, 1), 0);
	CHECK_EQ(pipe(fd), 0);
	pid = start_child(make_orphan, fd);
	CHECK_EQ(end_of(pid), 0);
	close(fd[1]);
	CHECK(waitpid(-1, &status, 0) > 0);
	CHECK_EQ(WEXITSTATUS(status), 9);
}

static int burn(void *arg)
{
	struct rusage ru;

	(void)arg;
	do {
		getrusage(RUSAGE_SELF, &ru);
	} while (!ru.ru_utime.tv_sec && !ru.ru_stime.tv_sec && ru.ru_utime.tv_usec +
		 ru.ru_stime.tv_usec < 20000);
	return 0;
}

static void times_of_children_are_added(void)
{
	pid_t pid = start_child(burn, NULL);
	struct rusage ru, of_child;
	int status;

	CHECK_EQ(wait4(pid, &status, 0, &of_child), pid);
	CHECK(of_child.ru_utime.tv_usec + of_child.ru_stime.tv_usec +
	      of_child.ru_utime.tv_sec + of_child.ru_stime.tv_sec > 0);
	CHECK_EQ(getrusage(RUSAGE_CHILDREN, &ru), 0);
	CHECK(ru.ru_utime.tv_usec + ru.ru_stime.tv_usec + ru.ru_utime.tv_sec +
	      ru.ru_stime.tv_sec > 0);
}

TESTS(
	TEST(no_child_is_echild),
	TEST(bad_arguments),
	TEST(nohang_returns_zero_while_it_lives),
	TEST(a_bad_status_address_is_efault),
	TEST(waitid_tells_how_it_ended),
	TEST(nowait_leaves_it_there),
	TEST(stops_and_continues_are_told_once),
	TEST(a_group_can_be_waited_for),
	TEST(ignored_sigchld_leaves_no_zombies),
	TEST(a_subreaper_gets_the_orphans),
	TEST(times_of_children_are_added),
)
