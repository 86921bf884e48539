// SPDX-License-Identifier: MIT
/* Single-step. */

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
#define SECOND_STOP_BEHIND_SYSCALL	0
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
/* Linux may stop there again, by the step that the call itself was: no instruction is executed. */
#define SECOND_STOP_BEHIND_SYSCALL	1
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

static unsigned long pc_after_step(pid_t pid)
{
	step(pid);
	return pc_of(pid);
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
	int i, steps_from = STEPS_FROM_SYSCALL;
	pid_t pid = at_code();

	for (i = 0; i < STEPS_TO_SYSCALL; i++)
		step(pid);
	CHECK_EQ(pc_of(pid), (unsigned long)step_syscall);
	/* A system call is one instruction, too. */
	step(pid);
	CHECK_EQ(pc_of(pid), (unsigned long)step_after_syscall);
	if (SECOND_STOP_BEHIND_SYSCALL && pc_after_step(pid) != (unsigned long)step_after_syscall)
		steps_from--;
	for (i = 0; i < steps_from; i++)
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

TESTS(
	TEST(each_step_is_one_instruction),
	TEST(a_step_says_why_it_stopped),
	TEST(a_continued_one_steps_no_more),
	TEST(the_flags_dont_show_it),
	TEST(stepping_goes_into_a_handler),
	TEST(a_forked_child_doesnt_step),
)
