/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_PTRACE_TRACE_H
#define SELFTESTS_PTRACE_TRACE_H

/* What the tests of ptrace share: traced children, their stops, their general registers. */

#include <elf.h>
#include <sys/ptrace.h>
#include <sys/syscall.h>
#include <sys/uio.h>
#include <sys/user.h>

#include "../kselftest.h"

#ifndef PTRACE_EVENT_STOP
#define PTRACE_EVENT_STOP	128
#endif
#define EVENT_MASK	0xff0000

/* waitpid()'s status of a stop by @sig, with an event. */
#define STOP_STATUS(sig, event)	(((event) << 16) | ((sig) << 8) | 0x7f)

static inline long trace(int request, pid_t pid, unsigned long addr, unsigned long data)
{
	return syscall(SYS_ptrace, request, (long)pid, addr, data);
}

/* The next thing that @pid has to tell. */
static inline int status_of(pid_t pid)
{
	int status;

	CHECK_EQ(waitpid(pid, &status, __WALL), pid);
	return status;
}

#define CHECK_STOP(pid, sig, event)	CHECK_EQ(status_of(pid), STOP_STATUS(sig, event))
#define CHECK_EXIT(pid, code)		CHECK_EQ(status_of(pid), (code) << 8)
#define CHECK_KILLED(pid, sig)		CHECK_EQ(status_of(pid) & 0x7f, sig)

static inline void go_on(int request, pid_t pid, int sig)
{
	CHECK_EQ(trace(request, pid, 0, sig), 0);
}

/* A child that has asked to be traced, and stopped itself; it runs @fn when it goes on. */
static inline pid_t traced_child(int (*fn)(void))
{
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (!pid) {
		if (trace(PTRACE_TRACEME, 0, 0, 0))
			_exit(99);
		raise(SIGSTOP);
		_exit(fn());
	}
	CHECK_STOP(pid, SIGSTOP, 0);
	return pid;
}

/* A child that doesn't know of us. */
static inline pid_t plain_child(int (*fn)(void))
{
	pid_t pid = fork();

	CHECK(pid >= 0);
	if (!pid)
		_exit(fn());
	return pid;
}

static inline int return_0(void)
{
	return 0;
}

static inline __attribute__((noreturn)) int pause_forever(void)
{
	for (;;)
		pause();
}

/* ---- general registers ---- */

#if defined(__x86_64__)
#define REG_PC(r)	((r)->rip)
#define REG_SP(r)	((r)->rsp)
#define REG_RET(r)	((r)->rax)
#define REG_ARG0(r)	((r)->rdi)
#define REG_SPARE(r)	((r)->r12)
#else
#define REG_PC(r)	((r)->pc)
#define REG_SP(r)	((r)->sp)
#define REG_RET(r)	((r)->regs[0])
#define REG_ARG0(r)	((r)->regs[0])
#define REG_SPARE(r)	((r)->regs[20])
#endif

static inline void get_regs(pid_t pid, struct user_regs_struct *regs)
{
	struct iovec iov = { regs, sizeof(*regs) };

	CHECK_EQ(trace(PTRACE_GETREGSET, pid, NT_PRSTATUS, (unsigned long)&iov), 0);
	CHECK_EQ(iov.iov_len, sizeof(*regs));
}

static inline void set_regs(pid_t pid, struct user_regs_struct *regs)
{
	struct iovec iov = { regs, sizeof(*regs) };

	CHECK_EQ(trace(PTRACE_SETREGSET, pid, NT_PRSTATUS, (unsigned long)&iov), 0);
}

/* At the entry of a system call: make another one of it; -1: none. */
static inline void set_syscall_nr(pid_t pid, long nr)
{
#if defined(__x86_64__)
	struct user_regs_struct regs;

	get_regs(pid, &regs);
	regs.orig_rax = nr;
	set_regs(pid, &regs);
#else
	int number = nr;
	struct iovec iov = { &number, sizeof(number) };

	CHECK_EQ(trace(PTRACE_SETREGSET, pid, 0x404, (unsigned long)&iov), 0);
#endif
}

#endif /* SELFTESTS_PTRACE_TRACE_H */
