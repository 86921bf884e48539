// SPDX-License-Identifier: MIT
/* Yama's rules: who may attach in each ptrace_scope, and whom a process has declared its tracer. */

#include <fcntl.h>
#include <sys/prctl.h>

#include "trace.h"

#ifndef PR_SET_PTRACER
#define PR_SET_PTRACER		0x59616d61
#define PR_SET_PTRACER_ANY	((unsigned long)-1)
#endif

#define SCOPE	"/proc/sys/kernel/yama/ptrace_scope"
#define NOBODY	65534

static int write_scope(const char *text)
{
	int fd = open(SCOPE, O_WRONLY), err = 0;

	if (fd < 0)
		return errno;
	if (write(fd, text, strlen(text)) < 0)
		err = errno;
	close(fd);
	return err;
}

static char read_scope(void)
{
	char c = 0;
	int fd = open(SCOPE, O_RDONLY);

	if (fd < 0)
		SKIP("no Yama");
	CHECK_EQ(read(fd, &c, 1), 1);
	close(fd);
	return c;
}

static void set_scope(const char *text)
{
	if (read_scope() == '3')
		SKIP("ptrace_scope is 3, for good");
	need_root();
	CHECK_EQ(write_scope(text), 0);
}

/* An ordinary user from here on, dumpable again. */
static void become_nobody(void)
{
	CHECK_EQ(setresgid(NOBODY, NOBODY, NOBODY), 0);
	CHECK_EQ(setresuid(NOBODY, NOBODY, NOBODY), 0);
	CHECK_EQ(prctl(PR_SET_DUMPABLE, 1, 0, 0, 0), 0);
}

static int attach_errno(pid_t pid)
{
	if (trace(PTRACE_SEIZE, pid, 0, 0))
		return errno;
	CHECK_EQ(trace(PTRACE_INTERRUPT, pid, 0, 0), 0);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_STOP);
	CHECK_EQ(trace(PTRACE_DETACH, pid, 0, 0), 0);
	return 0;
}

static int child_status(pid_t pid)
{
	int status;

	CHECK_EQ(waitpid(pid, &status, 0), pid);
	return status >> 8;
}

/* What @pid gets who is no ancestor of it: a child of ours tries. */
static int attach_of_sibling(pid_t pid)
{
	pid_t tracer = fork();

	if (!tracer)
		_exit(attach_errno(pid));
	return child_status(tracer);
}

/* A child that runs @declare, and then waits. */
static pid_t child_that(void (*declare)(void))
{
	int ready[2];
	pid_t pid;
	char c;

	CHECK_EQ(pipe(ready), 0);
	pid = fork();
	if (!pid) {
		if (declare)
			declare();
		write(ready[1], "", 1);
		pause_forever();
	}
	CHECK_EQ(read(ready[0], &c, 1), 1);
	close(ready[0]);
	close(ready[1]);
	return pid;
}

static void end_child(pid_t pid)
{
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

/* ---- the tests ---- */

static void in_scope_0_users_trace_their_own(void)
{
	pid_t pid;

	set_scope("0");
	become_nobody();
	pid = child_that(NULL);
	CHECK_EQ(attach_of_sibling(pid), 0);
	CHECK_EQ(attach_errno(pid), 0);
	end_child(pid);
}

static void in_scope_1_ancestors_attach_and_siblings_do_not(void)
{
	pid_t pid;

	set_scope("1");
	become_nobody();
	pid = child_that(NULL);
	CHECK_EQ(attach_of_sibling(pid), EPERM);
	CHECK_EQ(attach_errno(pid), 0);
	end_child(pid);
}

static pid_t declared;

static void declare_parent(void)
{
	CHECK_EQ(prctl(PR_SET_PTRACER, declared, 0, 0, 0), 0);
}

static void declare_anybody(void)
{
	CHECK_EQ(prctl(PR_SET_PTRACER, PR_SET_PTRACER_ANY, 0, 0, 0), 0);
}

static void declare_and_withdraw(void)
{
	declare_anybody();
	CHECK_EQ(prctl(PR_SET_PTRACER, 0, 0, 0, 0), 0);
}

static void who_is_declared_and_its_children_attach(void)
{
	pid_t pid;

	set_scope("1");
	become_nobody();
	declared = getpid();
	pid = child_that(declare_parent);
	CHECK_EQ(attach_of_sibling(pid), 0);
	end_child(pid);
}

static void anybody_may_be_declared(void)
{
	pid_t pid;

	set_scope("1");
	become_nobody();
	pid = child_that(declare_anybody);
	CHECK_EQ(attach_of_sibling(pid), 0);
	end_child(pid);
}

static void a_declaration_can_be_withdrawn(void)
{
	pid_t pid;

	set_scope("1");
	become_nobody();
	pid = child_that(declare_and_withdraw);
	CHECK_EQ(attach_of_sibling(pid), EPERM);
	end_child(pid);
}

static void a_declared_tracer_that_has_ended_is_forgotten(void)
{
	pid_t pid;

	set_scope("1");
	become_nobody();
	declared = child_that(NULL);
	pid = child_that(declare_parent);
	end_child(declared);
	CHECK_EQ(attach_of_sibling(pid), EPERM);
	end_child(pid);
}

static void nobody_can_be_declared_who_is_not_there(void)
{
	pid_t pid;

	read_scope();
	pid = child_that(NULL);
	end_child(pid);
	CHECK_ERR(prctl(PR_SET_PTRACER, pid, 0, 0, 0), EINVAL);
}

static void in_scope_1_traceme_is_as_ever(void)
{
	pid_t pid;

	set_scope("1");
	become_nobody();
	pid = traced_child(return_0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void in_scope_2_only_the_capable_attach(void)
{
	pid_t pid, tracer;

	set_scope("2");
	pid = child_that(become_nobody);
	CHECK_EQ(attach_errno(pid), 0);
	tracer = fork();
	if (!tracer) {
		become_nobody();
		_exit(attach_errno(pid));
	}
	CHECK_EQ(child_status(tracer), EPERM);
	end_child(pid);
	pid = traced_child(return_0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void in_scope_2_traceme_takes_a_capable_parent(void)
{
	pid_t pid;

	set_scope("2");
	become_nobody();
	pid = fork();
	if (!pid)
		_exit(trace(PTRACE_TRACEME, 0, 0, 0) ? errno : 0);
	CHECK_EQ(child_status(pid), EPERM);
}

static void reading_is_not_ruled(void)
{
	char path[32];
	pid_t pid;
	int fd;

	set_scope("2");
	become_nobody();
	pid = child_that(NULL);
	snprintf(path, sizeof(path), "/proc/%d/maps", pid);
	fd = open(path, O_RDONLY);
	CHECK(fd >= 0);
	CHECK(read(fd, path, sizeof(path)) > 0);
	end_child(pid);
}

static void the_scope_is_changed_by_the_capable_only(void)
{
	set_scope("1");
	CHECK_EQ(write_scope("4"), EINVAL);
	CHECK_EQ(write_scope("-1"), EINVAL);
	become_nobody();
	/* The file's mode says it already. */
	CHECK_EQ(write_scope("0"), EACCES);
}

static void back_to_what_others_expect(void)
{
	set_scope("0");
	CHECK_EQ(read_scope(), '0');
}

TESTS(
	TEST(in_scope_0_users_trace_their_own),
	TEST(in_scope_1_ancestors_attach_and_siblings_do_not),
	TEST(who_is_declared_and_its_children_attach),
	TEST(anybody_may_be_declared),
	TEST(a_declaration_can_be_withdrawn),
	TEST(a_declared_tracer_that_has_ended_is_forgotten),
	TEST(nobody_can_be_declared_who_is_not_there),
	TEST(in_scope_1_traceme_is_as_ever),
	TEST(in_scope_2_only_the_capable_attach),
	TEST(in_scope_2_traceme_takes_a_capable_parent),
	TEST(reading_is_not_ruled),
	TEST(the_scope_is_changed_by_the_capable_only),
	TEST(back_to_what_others_expect),
)
