// SPDX-License-Identifier: MIT
/* Single-step, and breakpoints of the processor. */

#include <stddef.h>

#include "trace.h"

/*
 * A piece of code whose every instruction has a label: where it is after each step is known.
 * The bodies are in assembly, since the compiler would put what it likes between.
 */
extern char step_begin[], step_syscall[], step_after_syscall[], step_end[];
int step_code(void);

#if defined(__x86_64__)
asm(".text\n"
    ".globl step_code, step_begin, step_syscall, step_after_syscall, step_end\n"
    "step_code:\n"
    "step_begin: nop\n"
    "	mov $39, %eax\n"		/* getpid */
    "step_syscall: syscall\n"
    "step_after_syscall: nop\n"
    "	xor %eax, %eax\n"
    "step_end: ret\n");
#define STEPS_TO_SYSCALL	2
#define STEPS_FROM_SYSCALL	2
#else
asm(".text\n"
    ".globl step_code, step_begin, step_syscall, step_after_syscall, step_end\n"
    "step_code:\n"
    "step_begin: nop\n"
    "	mov x8, #172\n"			/* getpid */
    "step_syscall: svc #0\n"
    "step_after_syscall: nop\n"
    "	mov w0, #0\n"
    "step_end: ret\n");
#define STEPS_TO_SYSCALL	2
#define STEPS_FROM_SYSCALL	2
#endif

static unsigned long pc_of(pid_t pid)
{
	struct user_regs_struct regs;

	get_regs(pid, &regs);
	return REG_PC(&regs);
}

static void step(pid_t pid)
{
	go_on(PTRACE_SINGLESTEP, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
}

/* A child that stands at the first instruction of step_code(). */
static pid_t at_code(void)
{
	pid_t pid = traced_child(step_code);
	struct user_regs_struct regs;
	int n;

	for (n = 0; pc_of(pid) != (unsigned long)step_begin; n++) {
		CHECK(n < 100000);
		step(pid);
	}
	get_regs(pid, &regs);
	return pid;
}

static void each_step_is_one_instruction(void)
{
	pid_t pid = at_code();
	int i;

	for (i = 0; i < STEPS_TO_SYSCALL; i++)
		step(pid);
	CHECK_EQ(pc_of(pid), (unsigned long)step_syscall);
	/* A system call is one instruction, too. */
	step(pid);
	CHECK_EQ(pc_of(pid), (unsigned long)step_after_syscall);
	for (i = 0; i < STEPS_FROM_SYSCALL; i++)
		step(pid);
	CHECK_EQ(pc_of(pid), (unsigned long)step_end);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void a_step_says_why_it_stopped(void)
{
	pid_t pid = at_code();
	siginfo_t info;

	step(pid);
	CHECK_EQ(trace(PTRACE_GETSIGINFO, pid, 0, (unsigned long)&info), 0);
	CHECK_EQ(info.si_code, TRAP_TRACE);
	CHECK_EQ((unsigned long)info.si_addr, pc_of(pid));
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void a_continued_one_steps_no_more(void)
{
	pid_t pid = at_code();
	int i;

	for (i = 0; i < 3; i++) {
		go_on(PTRACE_CONT, pid, 0);
		CHECK_EXIT(pid, 0);
		pid = at_code();
		step(pid);
	}
	CHECK_EQ(trace(PTRACE_DETACH, pid, 0, 0), 0);
	CHECK_EXIT(pid, 0);
}

static void the_flags_dont_show_it(void)
{
#if defined(__x86_64__)
	pid_t pid = at_code();
	struct user_regs_struct regs;

	step(pid);
	get_regs(pid, &regs);
	CHECK_EQ(regs.eflags & 0x100, 0);
	/* Written back, it steps on. */
	set_regs(pid, &regs);
	step(pid);
	CHECK_EQ(pc_of(pid), (unsigned long)step_syscall);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
#endif
}

/* ---- signals ---- */

static volatile int handled;

static void count(int sig)
{
	(void)sig;
	handled++;
}

static int expect_handler(void)
{
	struct sigaction sa = { .sa_handler = count };

	sigaction(SIGUSR1, &sa, NULL);
	raise(SIGUSR1);
	return handled != 1;
}

static void stepping_goes_into_a_handler(void)
{
	pid_t pid = traced_child(expect_handler);
	int n;

	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGUSR1, 0);
	go_on(PTRACE_SINGLESTEP, pid, SIGUSR1);
	CHECK_STOP(pid, SIGTRAP, 0);
	CHECK_EQ(pc_of(pid), (unsigned long)count);
	/* One instruction of it. */
	step(pid);
	CHECK(pc_of(pid) != (unsigned long)count);
	for (n = 0; n < 10; n++)
		step(pid);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

/* ---- fork ---- */

static int fork_and_wait(void)
{
	pid_t pid = fork();
	int status;

	if (!pid)
		_exit(0);
	return waitpid(pid, &status, 0) != pid || status;
}

static void a_forked_child_doesnt_step(void)
{
	pid_t pid = traced_child(fork_and_wait);
	int status, n;

	/* Through all of it: the untraced child would die of SIGTRAP. */
	for (n = 0; ; n++) {
		go_on(PTRACE_SINGLESTEP, pid, 0);
		status = status_of(pid);
		if (WIFEXITED(status))
			break;
		CHECK(WIFSTOPPED(status));
		CHECK(WSTOPSIG(status) == SIGTRAP || WSTOPSIG(status) == SIGCHLD);
	}
	CHECK_EQ(WEXITSTATUS(status), 0);
	CHECK(n > 100);
}

/* ---- breakpoints of the processor ---- */

#if defined(__x86_64__)

#define DR(n)	offsetof(struct user, u_debugreg[n])

static void poke_dr(pid_t pid, int n, unsigned long value)
{
	CHECK_EQ(trace(PTRACE_POKEUSER, pid, DR(n), value), 0);
}

static unsigned long peek_dr(pid_t pid, int n)
{
	unsigned long value = ~0UL;

	CHECK_EQ(trace(PTRACE_PEEKUSER, pid, DR(n), (unsigned long)&value), 0);
	return value;
}

static volatile unsigned long watched;

static int write_watched(void)
{
	watched = 1;
	watched = 2;
	return 0;
}

static void a_breakpoint_stops_before_the_instruction(void)
{
	pid_t pid = traced_child(step_code);
	siginfo_t info;

	poke_dr(pid, 0, (unsigned long)step_syscall);
	poke_dr(pid, 7, 0x1);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	CHECK_EQ(pc_of(pid), (unsigned long)step_syscall);
	CHECK_EQ(peek_dr(pid, 6) & 0xf, 1);
	CHECK_EQ(trace(PTRACE_GETSIGINFO, pid, 0, (unsigned long)&info), 0);
	CHECK_EQ(info.si_code, TRAP_HWBKPT);
	/* And it goes on from there. */
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void a_watchpoint_stops_behind_the_write(void)
{
	pid_t pid = traced_child(write_watched);
	unsigned long value;

	poke_dr(pid, 2, (unsigned long)&watched);
	poke_dr(pid, 7, 0x10 | (0x9 << 24));	/* slot 2: write, 8 bytes */
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	CHECK_EQ(peek_dr(pid, 6) & 0xf, 4);
	CHECK_EQ(trace(PTRACE_PEEKDATA, pid, (unsigned long)&watched, (unsigned long)&value), 0);
	CHECK_EQ(value, 1);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	CHECK_EQ(trace(PTRACE_PEEKDATA, pid, (unsigned long)&watched, (unsigned long)&value), 0);
	CHECK_EQ(value, 2);
	poke_dr(pid, 7, 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static int read_into_watched(void)
{
	unsigned long value = 5;
	int fds[2];

	pipe(fds);
	write(fds[1], &value, sizeof(value));
	read(fds[0], (void *)&watched, sizeof(watched));
	return watched != 5;
}

static void the_kernels_own_write_is_harmless(void)
{
	pid_t pid = traced_child(read_into_watched);
	int status;

	poke_dr(pid, 0, (unsigned long)&watched);
	poke_dr(pid, 7, 0x1 | (0xb << 16));	/* read and write, 8 bytes */
	do {
		go_on(PTRACE_CONT, pid, 0);
		status = status_of(pid);
	} while (status == STOP_STATUS(SIGTRAP, 0));
	CHECK_EQ(status, 0);
}

static void bad_breakpoints_are_refused(void)
{
	pid_t pid = traced_child(return_0);

	CHECK_ERR(trace(PTRACE_POKEUSER, pid, DR(0), 0xffffffff81000000), EINVAL);
	CHECK_ERR(trace(PTRACE_POKEUSER, pid, DR(1), 1UL << 47), EINVAL);
	CHECK_ERR(trace(PTRACE_POKEUSER, pid, DR(4), 0), EIO);
	poke_dr(pid, 0, (unsigned long)&watched + 1);
	CHECK_ERR(trace(PTRACE_POKEUSER, pid, DR(7), 0x1 | (0x9 << 16)), EINVAL);	/* not aligned */
	CHECK_ERR(trace(PTRACE_POKEUSER, pid, DR(7), 0x1 | (0x4 << 16)), EINVAL);	/* execute, 2 */
	CHECK_EQ(peek_dr(pid, 7) & 0xff, 0);
	CHECK_EQ(trace(PTRACE_KILL, pid, 0, 0), 0);
	CHECK_KILLED(pid, SIGKILL);
}

static void a_forked_child_has_no_breakpoints(void)
{
	pid_t pid = traced_child(fork_and_wait);
	int status;

	poke_dr(pid, 0, (unsigned long)_exit);
	poke_dr(pid, 7, 0x1);
	go_on(PTRACE_CONT, pid, 0);
	/* SIGCHLD of the child that got through, then our own stop at _exit(). */
	CHECK_STOP(pid, SIGCHLD, 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 0);
}

#endif

TESTS(
	TEST(each_step_is_one_instruction),
	TEST(a_step_says_why_it_stopped),
	TEST(a_continued_one_steps_no_more),
	TEST(the_flags_dont_show_it),
	TEST(stepping_goes_into_a_handler),
	TEST(a_forked_child_doesnt_step),
#if defined(__x86_64__)
	TEST(a_breakpoint_stops_before_the_instruction),
	TEST(a_watchpoint_stops_behind_the_write),
	TEST(the_kernels_own_write_is_harmless),
	TEST(bad_breakpoints_are_refused),
	TEST(a_forked_child_has_no_breakpoints),
#endif
)
