// SPDX-License-Identifier: MIT
/* Stops at system calls: what is told there, and what a tracer can make of the call. */

#include <stddef.h>
#include <sys/prctl.h>

#include "trace.h"

/* struct __ptrace_syscall_info.op */
enum { SYSCALL_INFO_NONE, SYSCALL_INFO_ENTRY, SYSCALL_INFO_EXIT };

#define SYSCALL_STOP	(SIGTRAP | 0x80)

/* A child at its own stop, with TRACESYSGOOD. */
static pid_t start(int (*fn)(void))
{
	pid_t pid = traced_child(fn);

	CHECK_EQ(trace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACESYSGOOD), 0);
	return pid;
}

static struct __ptrace_syscall_info info_of(pid_t pid)
{
	struct __ptrace_syscall_info info;
	long size;

	memset(&info, 0xff, sizeof(info));
	size = trace(PTRACE_GET_SYSCALL_INFO, pid, sizeof(info), (unsigned long)&info);
	CHECK(size > 0);
	if (info.op == SYSCALL_INFO_ENTRY)
		CHECK_EQ(size, offsetof(struct __ptrace_syscall_info, entry.args) + 48);
	else if (info.op == SYSCALL_INFO_EXIT)
		CHECK_EQ(size, offsetof(struct __ptrace_syscall_info, exit.is_error) + 1);
	else
		CHECK_EQ(size, offsetof(struct __ptrace_syscall_info, entry));
	return info;
}

/* Go on to the entry of call @nr. */
static struct __ptrace_syscall_info run_to(pid_t pid, unsigned long nr)
{
	struct __ptrace_syscall_info info;

	for (;;) {
		go_on(PTRACE_SYSCALL, pid, 0);
		CHECK_STOP(pid, SYSCALL_STOP, 0);
		info = info_of(pid);
		if (info.op == SYSCALL_INFO_ENTRY && info.entry.nr == nr)
			return info;
	}
}

static struct __ptrace_syscall_info run_to_exit(pid_t pid)
{
	struct __ptrace_syscall_info info;

	go_on(PTRACE_SYSCALL, pid, 0);
	CHECK_STOP(pid, SYSCALL_STOP, 0);
	info = info_of(pid);
	CHECK_EQ(info.op, SYSCALL_INFO_EXIT);
	return info;
}

static int call_with_six(void)
{
	return syscall(SYS_getpgid, 0x11, 0x12, 0x13, 0x14, 0x15, 0x16) != -1 || errno != ESRCH;
}

static void entry_and_exit_are_told(void)
{
	pid_t pid = start(call_with_six);
	struct __ptrace_syscall_info info = info_of(pid);
	int i;

	CHECK_EQ(info.op, SYSCALL_INFO_NONE);
	info = run_to(pid, SYS_getpgid);
	for (i = 0; i < 6; i++)
		CHECK_EQ(info.entry.args[i], 0x11 + i);
	CHECK(info.instruction_pointer);
	CHECK(info.stack_pointer);
	CHECK_EQ(info.arch & 0xff,
		 (sizeof(long) == 8 && SYS_getpid == 39 ? EM_X86_64 : EM_AARCH64) & 0xff);
	info = run_to_exit(pid);
	/* 0x11 is hardly a process here. */
	if (info.exit.is_error)
		CHECK_EQ(info.exit.rval, -ESRCH);
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

static void without_sysgood_it_is_a_plain_sigtrap(void)
{
	pid_t pid = traced_child(return_0);

	go_on(PTRACE_SYSCALL, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static int expect_no_getppid(void)
{
	return syscall(SYS_getppid) != 4711;
}

static void a_call_is_skipped_and_gets_another_result(void)
{
	pid_t pid = start(expect_no_getppid);
	struct user_regs_struct regs;

	run_to(pid, SYS_getppid);
	set_syscall_nr(pid, -1);
	run_to_exit(pid);
	get_regs(pid, &regs);
	REG_RET(&regs) = 4711;
	set_regs(pid, &regs);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static int expect_own_pid(void)
{
	return syscall(SYS_getppid) != getpid();
}

static void a_call_becomes_another(void)
{
	pid_t pid = start(expect_own_pid);

	run_to(pid, SYS_getppid);
	set_syscall_nr(pid, SYS_getpid);
	CHECK_EQ(run_to_exit(pid).exit.rval, pid);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static int expect_ebadf(void)
{
	return dup(0x7777) != -1 || errno != EBADF ? 1 : 0;
}

static int expect_dup(void)
{
	return dup(-5) < 0;
}

static void arguments_are_changed(void)
{
	pid_t pid = start(expect_dup);
	struct user_regs_struct regs;

	CHECK_EQ((int)run_to(pid, SYS_dup).entry.args[0], -5);
	get_regs(pid, &regs);
	REG_ARG0(&regs) = 1;
	set_regs(pid, &regs);
	CHECK_EQ(run_to_exit(pid).exit.is_error, 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void an_error_is_told_as_one(void)
{
	pid_t pid = start(expect_ebadf);
	struct __ptrace_syscall_info info;

	run_to(pid, SYS_dup);
	info = run_to_exit(pid);
	CHECK_EQ(info.exit.is_error, 1);
	CHECK_EQ(info.exit.rval, -EBADF);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void a_signal_at_the_stop_is_sent(void)
{
	pid_t pid = start(expect_no_getppid);

	run_to(pid, SYS_getppid);
	go_on(PTRACE_CONT, pid, SIGUSR1);
	CHECK_STOP(pid, SIGUSR1, 0);
	go_on(PTRACE_CONT, pid, SIGUSR1);
	CHECK_KILLED(pid, SIGUSR1);
}

static volatile int handled;

static void count(int sig)
{
	(void)sig;
	handled++;
}

static int read_a_pipe(void)
{
	struct sigaction sa = { .sa_handler = count, .sa_flags = SA_RESTART };
	int fds[2];
	char byte;

	sigaction(SIGUSR1, &sa, NULL);
	if (pipe(fds))
		return 1;
	if (!fork()) {
		/* Keeps the pipe open as long as the reader lives. */
		prctl(PR_SET_PDEATHSIG, SIGKILL);
		pause();
		_exit(0);
	}
	read(fds[0], &byte, 1);
	return 0;
}

static void an_interrupted_call_starts_over(void)
{
	pid_t pid = start(read_a_pipe);
	struct __ptrace_syscall_info info;

	run_to(pid, SYS_read);
	go_on(PTRACE_SYSCALL, pid, 0);
	/* It sleeps, or is about to: either way the signal finds it in the call. */
	kill(pid, SIGUSR1);
	CHECK_STOP(pid, SYSCALL_STOP, 0);
	info = info_of(pid);
	CHECK_EQ(info.op, SYSCALL_INFO_EXIT);
	CHECK_EQ(info.exit.rval, -512);	/* ERESTARTSYS, which only tracers see */
	go_on(PTRACE_SYSCALL, pid, 0);
	CHECK_STOP(pid, SIGUSR1, 0);
	go_on(PTRACE_SYSCALL, pid, SIGUSR1);
	CHECK_STOP(pid, SYSCALL_STOP, 0);
	CHECK_EQ(info_of(pid).entry.nr, SYS_rt_sigreturn);
	run_to(pid, SYS_read);
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

static int expect_emulated(void)
{
	return syscall(SYS_getppid) != 815;
}

static void sysemu_makes_no_call(void)
{
	pid_t pid = start(expect_emulated);
	struct user_regs_struct regs;

	run_to(pid, SYS_getppid);
	/* This one is made; the next ones aren't. */
	CHECK_EQ(trace(31, pid, 0, 0), 0);	/* PTRACE_SYSEMU */
	CHECK_STOP(pid, SYSCALL_STOP, 0);
	CHECK_EQ(info_of(pid).op, SYSCALL_INFO_ENTRY);
	CHECK_EQ(info_of(pid).entry.nr, SYS_exit_group);
	get_regs(pid, &regs);
	/* exit_group() isn't made, and the program, which can't go on, tries again. */
	CHECK_EQ(trace(31, pid, 0, 0), 0);
	status_of(pid);
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

/* ---- restarts ---- */

static int ends[2];

static int read_a_byte(void)
{
	char c;

	return read(ends[0], &c, 1) != 1;
}

/* Who lets go of it then takes the reason for the restart along, but not the restart. */
static void a_detach_at_the_end_of_a_broken_call_restarts_it(void)
{
	struct user_regs_struct regs;
	pid_t pid;

	CHECK_EQ(pipe(ends), 0);
	pid = plain_child(read_a_byte);
	CHECK_EQ(trace(PTRACE_SEIZE, pid, 0, PTRACE_O_TRACESYSGOOD), 0);
	CHECK_EQ(trace(PTRACE_INTERRUPT, pid, 0, 0), 0);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_STOP);
	do {
		go_on(PTRACE_SYSCALL, pid, 0);
		CHECK_STOP(pid, SIGTRAP | 0x80, 0);
		get_regs(pid, &regs);
	} while (REG_ARG0(&regs) != (unsigned long)ends[0]);
	go_on(PTRACE_SYSCALL, pid, 0);
	CHECK_EQ(trace(PTRACE_INTERRUPT, pid, 0, 0), 0);
	CHECK_STOP(pid, SIGTRAP | 0x80, 0);
	get_regs(pid, &regs);
	CHECK_EQ(REG_RET(&regs), -512);
	CHECK_EQ(trace(PTRACE_DETACH, pid, 0, 0), 0);
	CHECK_EQ(write(ends[1], "x", 1), 1);
	CHECK_EXIT(pid, 0);
}

TESTS(
	TEST(entry_and_exit_are_told),
	TEST(without_sysgood_it_is_a_plain_sigtrap),
	TEST(a_call_is_skipped_and_gets_another_result),
	TEST(a_call_becomes_another),
	TEST(arguments_are_changed),
	TEST(an_error_is_told_as_one),
	TEST(a_signal_at_the_stop_is_sent),
	TEST(an_interrupted_call_starts_over),
	TEST(sysemu_makes_no_call),
	TEST(a_detach_at_the_end_of_a_broken_call_restarts_it),
)
