// SPDX-License-Identifier: MIT
/*
 * Registers at random: a tracer writes bytes that nobody would, and lets the program run with them.
 * The program may die of it; the kernel must not, nor let it run with more rights than a program
 * has.
 *
 *	ptrace_fuzz=N		writes; 50,000 without the word
 *	ptrace_fuzz_seed=N	what to draw; printed
 *
 * Each write takes a register set, or one word of the user area, and changes it in one of three
 * ways: all bytes at random, a few bits, or one word to a value at an edge. It may be refused.
 * After a few of them the program runs, steps, or goes to its next system call, until it stops
 * again.
 *
 * The program makes harmless calls only, but with such registers it may make any: so it has no
 * rights, no files, an empty root directory, and little of everything.
 */

#include <grp.h>
#include <sched.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <time.h>

#include "trace.h"

#define NOBODY		65534
#define SET_ROOM	16384U
#define FEW_LOOKS	100		/* for a stop, before the program is asked to */
#define MAX_LOOKS	4000		/* and before it is given up */

static unsigned long state;
static char root[] = "/tmp/fuzz-XXXXXX";

static unsigned long draw(void)
{
	/* splitmix64 */
	unsigned long z = (state += 0x9e3779b97f4a7c15);

	z = (z ^ (z >> 30)) * 0xbf58476d1ce4e5b9;
	z = (z ^ (z >> 27)) * 0x94d049bb133111eb;
	return z ^ (z >> 31);
}

/* ---- the program ---- */

static void limit(int resource, unsigned long value)
{
	struct rlimit rlim = { value, value };

	setrlimit(resource, &rlim);
}

static void give_up_everything(void)
{
	int fd;

	setsid();
	for (fd = 0; fd < 64; fd++)
		close(fd);
	if (!geteuid() && (chroot(root) || chdir("/") || setgroups(0, NULL) ||
			   setresgid(NOBODY, NOBODY, NOBODY) || setresuid(NOBODY, NOBODY, NOBODY)))
		_exit(97);
	prctl(PR_SET_NO_NEW_PRIVS, 1, 0, 0, 0);
	limit(RLIMIT_AS, 64 << 20);
	limit(RLIMIT_CORE, 0);
	limit(RLIMIT_CPU, 20);
	limit(RLIMIT_FSIZE, 0);
	limit(RLIMIT_NOFILE, 16);
	limit(RLIMIT_NPROC, 16);
	limit(RLIMIT_MEMLOCK, 0);
	limit(RLIMIT_SIGPENDING, 16);
}

static pid_t start_program(void)
{
	pid_t pid = fork();
	int status;

	CHECK(pid >= 0);
	if (!pid) {
		give_up_everything();
		trace(PTRACE_TRACEME, 0, 0, 0);
		for (;;) {
			raise(SIGSTOP);
			syscall(SYS_getppid);
		}
	}
	CHECK_EQ(waitpid(pid, &status, __WALL), pid);
	CHECK_EQ(status, STOP_STATUS(SIGSTOP, 0));
	trace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_EXITKILL | PTRACE_O_TRACESYSGOOD);
	return pid;
}

/* What it may have made by accident, as the user that it was. */
static void kill_strays(void)
{
	pid_t pid;

	if (geteuid())
		return;
	pid = fork();
	if (!pid) {
		if (setresgid(NOBODY, NOBODY, NOBODY) || setresuid(NOBODY, NOBODY, NOBODY))
			_exit(1);
		kill(-1, SIGKILL);
		_exit(0);
	}
	waitpid(pid, NULL, 0);
}

static void end_program(pid_t pid)
{
	int status;

	kill(pid, SIGKILL);
	while (waitpid(pid, &status, __WALL) == pid && WIFSTOPPED(status))
		;
}

/* ---- writes ---- */

static const unsigned int sets[] = {
	NT_PRSTATUS, NT_PRFPREG,
#if defined(__x86_64__)
	0x202,				/* NT_X86_XSTATE */
#else
	0x401, 0x402, 0x403, 0x404,	/* TLS, HW_BREAK, HW_WATCH, SYSTEM_CALL */
	0x405, 0x406, 0x407, 0x408, 0x409, 0x40a, 0x40b, 0x40c, 0x40d, 0x40e,
#endif
};

static const unsigned long edges[] = {
	0, 1, -1UL, 1UL << 63, 0x00007fffffffffff, 0x0000800000000000, 0xffff800000000000,
	0xffff888000000000, 0xffffffff81000000, 0x0000ffffffffffff, 0xffff000000000000,
	0x7fffffffffffffff, 0xffffffff, 0x80000000, 0x202, 0x33, 0x2b, 0x3c0, 0x200000,
};

static void disturb(unsigned char *bytes, unsigned int len)
{
	unsigned long eight = 0;
	unsigned int i;

	if (!len)
		return;
	switch (draw() % 4) {
	case 0:
		for (i = 0; i < len; i++) {
			if (!(i % 8))
				eight = draw();
			bytes[i] = eight >> i % 8 * 8;
		}
		break;
	case 1:
	case 2:
		for (i = draw() % 4; i < 4; i++)
			bytes[draw() % len] ^= 1 << (draw() % 8);
		break;
	case 3:
		if (len >= 8)
			memcpy(bytes + (draw() % (len / 8)) * 8,
			       &edges[draw() % (sizeof(edges) / sizeof(edges[0]))], 8);
		break;
	}
}

static void write_set(pid_t pid)
{
	static unsigned char bytes[SET_ROOM];
	unsigned int type = sets[draw() % (sizeof(sets) / sizeof(sets[0]))];
	struct iovec iov = { bytes, sizeof(bytes) };

	if (trace(PTRACE_GETREGSET, pid, type, (unsigned long)&iov))
		return;
	disturb(bytes, iov.iov_len);
	if (!(draw() % 8))
		iov.iov_len = draw() % (iov.iov_len + 16);
	trace(PTRACE_SETREGSET, pid, type, (unsigned long)&iov);
}

#if defined(__x86_64__)
static void write_otherwise(pid_t pid)
{
	struct user_fpregs_struct fpregs;
	struct user_regs_struct regs;

	switch (draw() % 3) {
	case 0:
		trace(PTRACE_GETREGS, pid, 0, (unsigned long)&regs);
		disturb((unsigned char *)&regs, sizeof(regs));
		trace(PTRACE_SETREGS, pid, 0, (unsigned long)&regs);
		break;
	case 1:
		trace(PTRACE_GETFPREGS, pid, 0, (unsigned long)&fpregs);
		disturb((unsigned char *)&fpregs, sizeof(fpregs));
		trace(PTRACE_SETFPREGS, pid, 0, (unsigned long)&fpregs);
		break;
	case 2:
		trace(PTRACE_POKEUSER, pid,
		      draw() % 4 ? draw() % sizeof(struct user) & ~7UL : draw(),
		      draw() % 2 ? draw() : edges[draw() % (sizeof(edges) / sizeof(edges[0]))]);
		break;
	}
}

/* User mode's segments (Linux takes those of 32-bit code too), interrupts on, no right to ports. */
static bool is_a_program(const struct user_regs_struct *regs)
{
	return (regs->cs & 3) == 3 && (regs->ss & 3) == 3 && (regs->eflags & 0x200) &&
	       !(regs->eflags & 0x3000);
}
#else
#define write_otherwise	write_set

/* EL0, no exception masked. */
static bool is_a_program(const struct user_regs_struct *regs)
{
	return !(regs->pstate & 0x3df);
}
#endif

static void check_rights(pid_t pid)
{
	struct user_regs_struct regs;
	struct iovec iov = { &regs, sizeof(regs) };

	/* A SIGKILL may have come, of the limit for its time. */
	if (trace(PTRACE_GETREGSET, pid, NT_PRSTATUS, (unsigned long)&iov))
		return;
	/* Else it is 32-bit code now, whose registers look different. */
	if (iov.iov_len == sizeof(regs))
		CHECK(is_a_program(&regs));
}

/* ---- running ---- */

/* Return: is there something to write to again? */
static bool next_stop(pid_t pid)
{
	int status, looks;

	for (looks = 0; looks < MAX_LOOKS; looks++) {
		if (waitpid(pid, &status, __WALL | WNOHANG) == pid)
			return WIFSTOPPED(status);
		sched_yield();
		/* It loops or sleeps. */
		if (looks == FEW_LOOKS)
			kill(pid, SIGSTOP);
	}
	end_program(pid);
	return false;
}

static bool let_run(pid_t pid)
{
	static const int ways[] = { PTRACE_CONT, PTRACE_SINGLESTEP, PTRACE_SYSCALL };

	return !trace(ways[draw() % 3], pid, 0, 0) && next_stop(pid);
}

static void the_kernel_survives_any_registers(void)
{
	long writes = parameter("ptrace_fuzz", rounds(50000)), done = 0, programs = 0;
	long told = 0;
	pid_t pid = 0;
	int n;

	state = parameter("ptrace_fuzz_seed", time(NULL));
	printf("# ptrace_fuzz_seed=%ld\n", (long)state);
	fflush(stdout);
	CHECK(mkdtemp(root));
	while (done < writes) {
		if (!pid) {
			pid = start_program();
			programs++;
		}
		for (n = draw() % 4; n >= 0; n--, done++) {
			if (draw() % 2)
				write_set(pid);
			else
				write_otherwise(pid);
		}
		check_rights(pid);
		/* Silence is taken for a hang. */
		if (done - told >= 1000) {
			told = done;
			printf("# %ld writes\n", done);
			fflush(stdout);
		}
		if (!let_run(pid))
			pid = 0;
	}
	if (pid)
		end_program(pid);
	kill_strays();
	while (waitpid(-1, NULL, __WALL) > 0)
		;
	rmdir(root);
	printf("# %ld writes, %ld programs\n", done, programs);
}

TESTS(
	TEST(the_kernel_survives_any_registers),
)
