// SPDX-License-Identifier: MIT
/*
 * The rows: each function does one operation n times. The loops are as short as the compiler makes
 * them; whatever an operation needs is set up before the clock is read.
 *
 * A pipe or futex round trip is two switches. pipe_bandwidth is 64 KiB moved, both ends counted.
 * page_cycle is mmap, first touch and munmap, per page; page_cow is a child's write to each of 256
 * pages that its parent has, its fork, exit and wait included.
 */

#include "bench.h"

#include <linux/futex.h>

#define SIGILL		4
#define SIGTRAP		5
#define SIGKILL		9
#define SIGUSR1		10
#define SIGCHLD		17
#define SIGSTOP		19

#define CLONE_VM	0x100
#define CLONE_VFORK	0x4000
/* VM | FS | FILES | SIGHAND | THREAD | SYSVSEM | CHILD_CLEARTID */
#define CLONE_THREAD_OF_OURS	(0x100 | 0x200 | 0x400 | 0x800 | 0x10000 | 0x40000 | 0x200000)

#define PROT_RW		3
#define MAP_ANON_PRIVATE	0x22
#define MAP_ANON_SHARED	0x21
#define MADV_NOHUGEPAGE	15
#define AT_FDCWD	-100
#define __WALL		0x40000000

#define PAGE		4096
#define AREA_PAGES	256		/* 1 MiB: below a huge page */

#define EXIT_OF_EXEC	42
#define EXIT_NO_EXEC	99

#define TIMES(n, operation)						\
	do {								\
		long i__;						\
									\
		for (i__ = 0; i__ < (n); i__++)				\
			operation;					\
	} while (0)

/* ---- little helpers ---- */

static long fork_child(void)
{
	return sys(__NR_clone, SIGCHLD, 0, 0, 0, 0);
}

static void leave(int code)
{
	for (;;)
		sys(__NR_exit_group, code);
}

static long wait_for(long pid, int *status)
{
	long ret;

	do
		ret = sys(__NR_wait4, pid, status, __WALL, 0);
	while (ret == -EINTR);
	return ret < 0 ? ret : 0;
}

static void kill_child(long pid)
{
	int status;

	sys(__NR_kill, pid, SIGKILL);
	wait_for(pid, &status);
}

static long map_memory(u64 size, int flags)
{
	return sys(__NR_mmap, 0, size, PROT_RW, flags, -1, 0);
}

static long map_area(void)
{
	long area = map_memory(AREA_PAGES * PAGE, MAP_ANON_PRIVATE);

	if (!IS_ERR(area))
		sys(__NR_madvise, area, AREA_PAGES * PAGE, MADV_NOHUGEPAGE);
	return area;
}

static void touch_area(long area, char value)
{
	TIMES(AREA_PAGES, *(volatile char *)(area + i__ * PAGE) = value);
}

/* ---- calls that do next to nothing ---- */

static long empty_loop(long n, u64 *ns)
{
	u64 began = now();
	long i;

	for (i = 0; i < n; i++)
		__asm__ volatile("" : "+r"(i));
	*ns = now() - began;
	return 0;
}

static long null_call(long n, u64 *ns)
{
	u64 began = now();

	TIMES(n, sys(__NR_getppid));
	*ns = now() - began;
	return 0;
}

/* A number that no kernel has. */
static long bad_call(long n, u64 *ns)
{
	u64 began = now();

	TIMES(n, sys(4000));
	*ns = now() - began;
	return 0;
}

static long gettime_call(long n, u64 *ns)
{
	struct timespec64 ts;
	u64 began = now();

	TIMES(n, sys(__NR_clock_gettime, 1, &ts));
	*ns = now() - began;
	return 0;
}

static long gettime_vdso(long n, u64 *ns)
{
	struct timespec64 ts;
	u64 began;

	if (!vdso_gettime)
		return -ENOSYS;
	began = now();
	TIMES(n, vdso_gettime(1, &ts));
	*ns = now() - began;
	return 0;
}

/* ---- files ---- */

static long open_device(const char *path, int flags)
{
	return sys(__NR_openat, AT_FDCWD, path, flags, 0);
}

static long read_zero(long n, u64 *ns)
{
	long fd = open_device("/dev/zero", 0), ret;
	u64 began;
	char c;

	if (fd < 0)
		return fd;
	ret = sys(__NR_read, fd, &c, 1);
	began = now();
	TIMES(n, sys(__NR_read, fd, &c, 1));
	*ns = now() - began;
	sys(__NR_close, fd);
	return ret == 1 ? 0 : ROW_FAILED;
}

static long write_null(long n, u64 *ns)
{
	long fd = open_device("/dev/null", 1), ret;
	char c = 0;
	u64 began;

	if (fd < 0)
		return fd;
	ret = sys(__NR_write, fd, &c, 1);
	began = now();
	TIMES(n, sys(__NR_write, fd, &c, 1));
	*ns = now() - began;
	sys(__NR_close, fd);
	return ret == 1 ? 0 : ROW_FAILED;
}

static long stat_file(long n, u64 *ns)
{
	u64 stat[32], began;
	long ret = sys(__NR_newfstatat, AT_FDCWD, self, stat, 0);

	if (ret)
		return ret;
	began = now();
	TIMES(n, sys(__NR_newfstatat, AT_FDCWD, self, stat, 0));
	*ns = now() - began;
	return 0;
}

static long open_close(long n, u64 *ns)
{
	long fd = sys(__NR_openat, AT_FDCWD, self, 0, 0);
	u64 began;

	if (fd < 0)
		return fd;
	sys(__NR_close, fd);
	began = now();
	TIMES(n, sys(__NR_close, sys(__NR_openat, AT_FDCWD, self, 0, 0)));
	*ns = now() - began;
	return 0;
}

/* ---- memory ---- */

static long mmap_munmap(long n, u64 *ns)
{
	u64 began = now();
	long p = 0;

	TIMES(n, (p = map_memory(65536, MAP_ANON_PRIVATE), sys(__NR_munmap, p, 65536)));
	*ns = now() - began;
	return IS_ERR(p) ? p : 0;
}

static long page_fault(long n, u64 *ns)
{
	u64 sum = 0;
	long done;

	for (done = 0; done < n; done += AREA_PAGES) {
		long area = map_area();
		u64 began;

		if (IS_ERR(area))
			return area;
		began = now();
		touch_area(area, 1);
		sum += now() - began;
		sys(__NR_munmap, area, AREA_PAGES * PAGE);
	}
	*ns = sum * n / done;
	return 0;
}

static long page_cycle(long n, u64 *ns)
{
	u64 began = now();
	long done;

	for (done = 0; done < n; done += AREA_PAGES) {
		long area = map_area();

		if (IS_ERR(area))
			return area;
		touch_area(area, 1);
		sys(__NR_munmap, area, AREA_PAGES * PAGE);
	}
	*ns = (now() - began) * n / done;
	return 0;
}

static long page_cow(long n, u64 *ns)
{
	long area = map_area(), done, ret = 0;
	int status;
	u64 began;

	if (IS_ERR(area))
		return area;
	touch_area(area, 1);
	began = now();
	for (done = 0; done < n && !ret; done += AREA_PAGES) {
		long pid = fork_child();

		if (!pid) {
			touch_area(area, 2);
			leave(0);
		}
		ret = pid < 0 ? pid : wait_for(pid, &status);
	}
	*ns = (now() - began) * n / done;
	sys(__NR_munmap, area, AREA_PAGES * PAGE);
	return ret;
}

/* ---- processes ---- */

static long fork_exit_wait(long n, u64 *ns)
{
	u64 began = now();
	int status;
	long i;

	for (i = 0; i < n; i++) {
		long pid = fork_child(), ret;

		if (!pid)
			leave(0);
		ret = pid < 0 ? pid : wait_for(pid, &status);
		if (ret)
			return ret;
	}
	*ns = now() - began;
	return 0;
}

/* The child of a vfork() shares this stack: it only leaves. */
static long vfork_exit_wait(long n, u64 *ns)
{
	u64 began = now();
	int status;
	long i;

	for (i = 0; i < n; i++) {
		long pid = sys(__NR_clone, CLONE_VM | CLONE_VFORK | SIGCHLD, 0, 0, 0, 0), ret;

		if (!pid)
			leave(0);
		ret = pid < 0 ? pid : wait_for(pid, &status);
		if (ret)
			return ret;
	}
	*ns = now() - began;
	return 0;
}

static long exec_wait(long n, u64 *ns, long flags)
{
	const char *argv[] = { self, "--exit", 0 };
	u64 began = now();
	int status;
	long i;

	for (i = 0; i < n; i++) {
		long pid = sys(__NR_clone, flags, 0, 0, 0, 0), ret;

		if (!pid) {
			sys(__NR_execve, self, argv, environment);
			leave(EXIT_NO_EXEC);
		}
		ret = pid < 0 ? pid : wait_for(pid, &status);
		if (ret)
			return ret;
		if (status != EXIT_OF_EXEC << 8)
			return ROW_FAILED;
	}
	*ns = now() - began;
	return 0;
}

static long fork_exec_wait(long n, u64 *ns)
{
	return exec_wait(n, ns, SIGCHLD);
}

static long vfork_exec_wait(long n, u64 *ns)
{
	return exec_wait(n, ns, CLONE_VM | CLONE_VFORK | SIGCHLD);
}

/* ---- restartable sequences ---- */

static struct {
	u32 cpu_start, cpu;
	u64 section;
	u32 flags, node, mm_cid, pad;
} rseq_area __attribute__((aligned(32)));

static long rseq_register(void)
{
	rseq_area.cpu = -1;
	rseq_area.section = 0;
	return sys(__NR_rseq, &rseq_area, 32, 0, RSEQ_SIGNATURE);
}

static void rseq_unregister(void)
{
	sys(__NR_rseq, &rseq_area, 32, 1, RSEQ_SIGNATURE);
}

static long rseq_reg_unreg(long n, u64 *ns)
{
	long ret = rseq_register();
	u64 began;

	if (ret)
		return ret;
	rseq_unregister();
	began = now();
	TIMES(n, (rseq_register(), rseq_unregister()));
	*ns = now() - began;
	return 0;
}

static long with_rseq(long (*row)(long, u64 *), long n, u64 *ns)
{
	long ret = rseq_register();

	if (ret)
		return ret;
	ret = row(n, ns);
	rseq_unregister();
	return ret;
}

/* ---- talking to each other ---- */

static void echo(int from, int to)
{
	char c;

	while (sys(__NR_read, from, &c, 1) == 1)
		sys(__NR_write, to, &c, 1);
	leave(0);
}

static long pipe_pingpong(long n, u64 *ns)
{
	int ask[2], answer[2], status;
	long pid, ret;
	char c = 0;
	u64 began;

	ret = sys(__NR_pipe2, ask, 0) ?: sys(__NR_pipe2, answer, 0);
	if (ret)
		return ret;
	pid = fork_child();
	if (!pid) {
		sys(__NR_close, ask[1]);
		sys(__NR_close, answer[0]);
		echo(ask[0], answer[1]);
	}
	sys(__NR_close, ask[0]);
	sys(__NR_close, answer[1]);
	TIMES(8, (sys(__NR_write, ask[1], &c, 1), sys(__NR_read, answer[0], &c, 1)));
	began = now();
	TIMES(n, (sys(__NR_write, ask[1], &c, 1), ret = sys(__NR_read, answer[0], &c, 1)));
	*ns = now() - began;
	sys(__NR_close, ask[1]);
	sys(__NR_close, answer[0]);
	if (pid < 0)
		return pid;
	return wait_for(pid, &status) ?: ret == 1 ? 0 : ROW_FAILED;
}

static long pipe_pingpong_rseq(long n, u64 *ns)
{
	return with_rseq(pipe_pingpong, n, ns);
}

static char buffer[65536] __attribute__((aligned(PAGE)));

static void fill(int fd)
{
	memset(buffer, 1, sizeof(buffer));
	while (sys(__NR_write, fd, buffer, sizeof(buffer)) > 0)
		;
	leave(0);
}

static long drain(int fd, long bytes)
{
	while (bytes > 0) {
		long ret = sys(__NR_read, fd, buffer, bytes < 65536 ? bytes : 65536);

		if (ret <= 0)
			return ret ?: ROW_FAILED;
		bytes -= ret;
	}
	return 0;
}

static long pipe_bandwidth(long n, u64 *ns)
{
	long pid, ret;
	int ends[2];
	u64 began;

	ret = sys(__NR_pipe2, ends, 0);
	if (ret)
		return ret;
	pid = fork_child();
	if (!pid) {
		sys(__NR_close, ends[0]);
		fill(ends[1]);
	}
	sys(__NR_close, ends[1]);
	if (pid < 0)
		return pid;
	ret = drain(ends[0], 65536);
	began = now();
	if (!ret)
		ret = drain(ends[0], n * 65536);
	*ns = now() - began;
	sys(__NR_kill, pid, SIGKILL);
	sys(__NR_close, ends[0]);
	kill_child(pid);
	return ret;
}

static long yield_alone(long n, u64 *ns)
{
	u64 began = now();

	TIMES(n, sys(__NR_sched_yield));
	*ns = now() - began;
	return 0;
}

/* Per call, whoever of the two made it. */
static long yield_two(long n, u64 *ns)
{
	long page = map_memory(PAGE, MAP_ANON_SHARED), pid;
	volatile u64 *calls = (void *)page, *stop = calls + 1;
	u64 began, others;
	int status;

	if (IS_ERR(page))
		return page;
	pid = fork_child();
	if (pid < 0)
		return pid;
	if (!pid) {
		while (!*stop) {
			(*calls)++;
			sys(__NR_sched_yield);
		}
		leave(0);
	}
	while (*calls < 16)
		sys(__NR_sched_yield);
	others = *calls;
	began = now();
	TIMES(n, sys(__NR_sched_yield));
	*ns = now() - began;
	others = *calls - others;
	*ns = *ns * n / (n + others);
	*stop = 1;
	wait_for(pid, &status);
	sys(__NR_munmap, page, PAGE);
	return others ? 0 : ROW_FAILED;
}

static long yield_two_rseq(long n, u64 *ns)
{
	return with_rseq(yield_two, n, ns);
}

static struct {
	volatile u32 ask, answer, stop;
	int tid;
} meeting;

static u8 thread_stack[16384] __attribute__((aligned(16)));

static void futex_wait(volatile u32 *word, u32 value)
{
	sys(__NR_futex, word, FUTEX_WAIT_PRIVATE, value, 0, 0, 0);
}

static long futex_wake(volatile u32 *word)
{
	return sys(__NR_futex, word, FUTEX_WAKE_PRIVATE, 1, 0, 0, 0);
}

static void answerer(void *unused)
{
	(void)unused;
	for (;;) {
		while (!meeting.ask)
			futex_wait(&meeting.ask, 0);
		meeting.ask = 0;
		if (meeting.stop)
			return;
		meeting.answer = 1;
		futex_wake(&meeting.answer);
	}
}

static long start_thread(void (*fn)(void *))
{
	meeting.tid = 1;
	return spawn_thread(CLONE_THREAD_OF_OURS, thread_stack + sizeof(thread_stack), fn, 0,
			    &meeting.tid);
}

/* The kernel clears the word when the thread is gone, and wakes; not as a private futex. */
static void join_thread(void)
{
	int tid;

	while ((tid = *(volatile int *)&meeting.tid))
		sys(__NR_futex, &meeting.tid, FUTEX_WAIT, tid, 0, 0, 0);
}

static long futex_pingpong(long n, u64 *ns)
{
	u64 began;
	long ret, i;

	meeting.ask = meeting.answer = meeting.stop = 0;
	ret = start_thread(answerer);
	if (ret < 0)
		return ret;
	began = now();
	for (i = 0; i < n; i++) {
		meeting.ask = 1;
		futex_wake(&meeting.ask);
		while (!meeting.answer)
			futex_wait(&meeting.answer, 0);
		meeting.answer = 0;
	}
	*ns = now() - began;
	meeting.stop = 1;
	meeting.ask = 1;
	futex_wake(&meeting.ask);
	join_thread();
	return 0;
}

static long futex_wake_none(long n, u64 *ns)
{
	long ret = futex_wake(&meeting.answer);
	u64 began = now();

	TIMES(n, futex_wake(&meeting.answer));
	*ns = now() - began;
	return ret;
}

static void do_nothing(void *unused)
{
	(void)unused;
}

static long thread_create_join(long n, u64 *ns)
{
	u64 began = now();
	long i;

	for (i = 0; i < n; i++) {
		long ret = start_thread(do_nothing);

		if (ret < 0)
			return ret;
		join_thread();
	}
	*ns = now() - began;
	return 0;
}

/* ---- signals ---- */

static volatile long handled;

static void count_signal(int sig, void *info, void *context)
{
	(void)sig;
	(void)info;
	(void)context;
	handled++;
}

static u64 *pc_of(void *context)
{
	return (u64 *)((char *)context + UCONTEXT_PC);
}

static void skip_trap(int sig, void *info, void *context)
{
	(void)sig;
	(void)info;
	*pc_of(context) += TRAP_LENGTH;
}

static long sigaction_call(long n, u64 *ns)
{
	u64 began = now();

	TIMES(n, set_handler(SIGUSR1, count_signal));
	*ns = now() - began;
	return 0;
}

static long signal_self(long n, u64 *ns)
{
	long ret = set_handler(SIGUSR1, count_signal), me = sys(__NR_getpid);
	u64 began;

	if (ret)
		return ret;
	handled = 0;
	began = now();
	TIMES(n, sys(__NR_kill, me, SIGUSR1));
	*ns = now() - began;
	return handled == n ? 0 : ROW_FAILED;
}

static long signal_trap(long n, u64 *ns)
{
	long ret = set_handler(SIGILL, skip_trap);
	u64 began = now();

	if (ret)
		return ret;
	TIMES(n, trap());
	*ns = now() - began;
	set_handler(SIGILL, 0);
	return 0;
}

static volatile long not_aborted;

static void expect_abort(int sig, void *info, void *context)
{
	(void)sig;
	(void)info;
	if (*pc_of(context) == (u64)rseq_aborted)
		return;
	not_aborted++;
	*pc_of(context) += TRAP_LENGTH;
}

/* The same trap within a sequence: minus signal_trap it is the cost of an abort. */
static long rseq_abort(long n, u64 *ns)
{
	long ret = rseq_register(), aborted = 0;
	u64 began;

	if (ret)
		return ret;
	set_handler(SIGILL, expect_abort);
	not_aborted = 0;
	began = now();
	TIMES(n, aborted += rseq_trap(&rseq_area.section));
	*ns = now() - began;
	rseq_unregister();
	set_handler(SIGILL, 0);
	return aborted == n && !not_aborted ? 0 : ROW_FAILED;
}

/* ---- ptrace ---- */

#define PTRACE_TRACEME		0
#define PTRACE_SINGLESTEP	9
#define PTRACE_SYSCALL		24
#define PTRACE_GETREGSET	0x4204
#define NT_PRSTATUS		1

/* A stopped child that spins, or makes system calls when it goes on. */
static long traced_child(int calls)
{
	long pid, ret;
	int status;

	pid = fork_child();
	if (!pid) {
		if (sys(__NR_ptrace, PTRACE_TRACEME, 0, 0, 0))
			leave(1);
		sys(__NR_kill, sys(__NR_getpid), SIGSTOP);
		for (;;) {
			if (calls)
				sys(__NR_getppid);
			else
				__asm__ volatile("nop");
		}
	}
	if (pid < 0)
		return pid;
	ret = wait_for(pid, &status);
	if (ret)
		return ret;
	/* Not stopped: it could not be traced, and has left. */
	return (status & 0xff) == 0x7f ? pid : -ENOSYS;
}

static long ptrace_getregset(long n, u64 *ns)
{
	struct {
		void *base;
		u64 length;
	} iov;
	u64 regs[64], began;
	long pid = traced_child(0), ret = 0, i;

	if (pid < 0)
		return pid;
	began = now();
	for (i = 0; i < n && !ret; i++) {
		iov.base = regs;
		iov.length = sizeof(regs);
		ret = sys(__NR_ptrace, PTRACE_GETREGSET, pid, NT_PRSTATUS, &iov);
	}
	*ns = now() - began;
	kill_child(pid);
	return ret;
}

static long resume_and_wait(long request, long pid)
{
	int status;
	long ret = sys(__NR_ptrace, request, pid, 0, 0) ?: wait_for(pid, &status);

	return ret ?: (status & 0xffff) == (SIGTRAP << 8 | 0x7f) ? 0 : ROW_FAILED;
}

static long resume_loop(long n, u64 *ns, long request, int calls)
{
	long pid = traced_child(calls), ret = 0, i;
	u64 began;

	if (pid < 0)
		return pid;
	for (i = 0; i < 8 && !ret; i++)
		ret = resume_and_wait(request, pid);
	began = now();
	for (i = 0; i < n && !ret; i++)
		ret = resume_and_wait(request, pid);
	*ns = now() - began;
	kill_child(pid);
	return ret;
}

static long ptrace_singlestep(long n, u64 *ns)
{
	return resume_loop(n, ns, PTRACE_SINGLESTEP, 0);
}

static long ptrace_syscall_stop(long n, u64 *ns)
{
	return resume_loop(n, ns, PTRACE_SYSCALL, 1);
}

const struct row rows[] = {
	{ "empty_loop",		empty_loop,		20000, "the loop itself" },
	{ "null_call",		null_call,		20000, "getppid()" },
	{ "bad_call",		bad_call,		20000, "a number that no kernel has" },
	{ "clock_gettime",	gettime_call,		20000, "by system call" },
	{ "clock_gettime_vdso",	gettime_vdso,		20000, "by vDSO" },
	{ "read_zero_1",	read_zero,		10000, "1 byte of /dev/zero" },
	{ "write_null_1",	write_null,		10000, "1 byte to /dev/null" },
	{ "stat",		stat_file,		5000, "of /init" },
	{ "open_close",		open_close,		2000, "of /init" },
	{ "mmap_munmap",	mmap_munmap,		2000, "64 KiB, not touched" },
	{ "page_fault",		page_fault,		2048, "first touch of a page" },
	{ "page_cycle",		page_cycle,		2048, "with mmap and munmap" },
	{ "page_cow",		page_cow,		2048, "with a 256th of fork, exit, wait" },
	{ "sched_yield",	yield_alone,		10000, "alone" },
	{ "sched_yield_2",	yield_two,		5000, "two processes, per call" },
	{ "pipe_pingpong",	pipe_pingpong,		2000, "round trip" },
	{ "pipe_bandwidth",	pipe_bandwidth,		100, "64 KiB" },
	{ "futex_wake_none",	futex_wake_none,	10000, "nobody waits" },
	{ "futex_pingpong",	futex_pingpong,		2000, "round trip" },
	{ "thread_create_join",	thread_create_join,	300, "clone, exit, join" },
	{ "fork_exit_wait",	fork_exit_wait,		200, "" },
	{ "fork_exec_wait",	fork_exec_wait,		100, "of itself" },
	{ "vfork_exit_wait",	vfork_exit_wait,	200, "" },
	{ "vfork_exec_wait",	vfork_exec_wait,	100, "of itself" },
	{ "sigaction",		sigaction_call,		10000, "" },
	{ "signal_self",	signal_self,		3000, "kill, handler, sigreturn" },
	{ "signal_trap",	signal_trap,		3000, "undefined instruction" },
	{ "rseq_reg_unreg",	rseq_reg_unreg,		5000, "" },
	{ "rseq_abort",		rseq_abort,		3000, "signal_trap in a sequence" },
	{ "sched_yield_2_rseq",	yield_two_rseq,		5000, "registered" },
	{ "pipe_pingpong_rseq",	pipe_pingpong_rseq,	2000, "registered" },
	{ "ptrace_getregset",	ptrace_getregset,	5000, "" },
	{ "ptrace_singlestep",	ptrace_singlestep,	1000, "step and wait" },
	{ "ptrace_syscall_stop", ptrace_syscall_stop,	1000, "to the next stop" },
	{ 0 },
};
