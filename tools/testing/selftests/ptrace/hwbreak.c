// SPDX-License-Identifier: MIT
/*
 * Breakpoints and watchpoints of the processor: what hits, where it stops, whose they are, and what
 * is refused. The same on both machines, through hwbreak.h.
 */

#include <pthread.h>
#include <sched.h>

#include "hwbreak.h"

static volatile unsigned long watched[2];
static volatile unsigned char bytes[16] __attribute__((aligned(16)));

static unsigned long pc_of(pid_t pid)
{
	struct user_regs_struct regs;

	get_regs(pid, &regs);
	return REG_PC(&regs);
}

static unsigned long peek(pid_t pid, const volatile void *addr)
{
	unsigned long value = 0;

	CHECK_EQ(trace(PTRACE_PEEKDATA, pid, (unsigned long)addr, (unsigned long)&value), 0);
	return value;
}

/* It stands at a hit; the address that the signal tells. */
static unsigned long hit_address(pid_t pid)
{
	siginfo_t info;

	CHECK_EQ(trace(PTRACE_GETSIGINFO, pid, 0, (unsigned long)&info), 0);
	CHECK_EQ(info.si_signo, SIGTRAP);
	CHECK_EQ(info.si_code, TRAP_HWBKPT);
	return (unsigned long)info.si_addr;
}

/* Behind the instruction that was hit, as a debugger does it. */
static void step_over(pid_t pid, int slot, enum hw_type type, const volatile void *addr, int len)
{
	clear_hw(pid, slot, type);
	go_on(PTRACE_SINGLESTEP, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	CHECK_EQ(set_hw(pid, slot, type, addr, len), 0);
}

/* ---- breakpoints ---- */

static __attribute__((noipa)) int first(void)
{
	return 5;
}

static __attribute__((noipa)) int second(void)
{
	return 6;
}

static int call_thrice(void)
{
	return first() + first() + first() + second() != 21;
}

static void a_breakpoint_stops_before_its_instruction(void)
{
	pid_t pid = traced_child(call_thrice);
	int i;

	CHECK_EQ(set_hw(pid, 0, HW_EXECUTE, first, 4), 0);
	for (i = 0; i < 3; i++) {
		go_on(PTRACE_CONT, pid, 0);
		CHECK_STOP(pid, SIGTRAP, 0);
		CHECK_EQ(pc_of(pid), (unsigned long)first);
		CHECK_EQ(hit_address(pid), (unsigned long)first);
		step_over(pid, 0, HW_EXECUTE, first, 4);
		CHECK(pc_of(pid) != (unsigned long)first);
	}
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void two_breakpoints_hit_each_by_itself(void)
{
	pid_t pid = traced_child(call_thrice);

	CHECK_EQ(set_hw(pid, 0, HW_EXECUTE, first, 4), 0);
	CHECK_EQ(set_hw(pid, 1, HW_EXECUTE, second, 4), 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	CHECK_EQ(pc_of(pid), (unsigned long)first);
	clear_hw(pid, 0, HW_EXECUTE);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	CHECK_EQ(pc_of(pid), (unsigned long)second);
	clear_hw(pid, 1, HW_EXECUTE);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

/* ---- watchpoints ---- */

static int write_twice(void)
{
	watched[1] = 7;
	watched[0] = 1;
	watched[0] = 2;
	return watched[0] != 2;
}

static void a_watchpoint_sees_each_write(void)
{
	pid_t pid = traced_child(write_twice);
	unsigned long value;

	CHECK_EQ(set_hw(pid, 1, HW_WRITE, &watched[0], 8), 0);
	for (value = 1; value <= 2; value++) {
		go_on(PTRACE_CONT, pid, 0);
		CHECK_STOP(pid, SIGTRAP, 0);
		CHECK_EQ(peek(pid, &watched[0]), value - WATCH_STOPS_BEFORE);
#if !defined(__x86_64__)
		CHECK_EQ(hit_address(pid), (unsigned long)&watched[0]);
#endif
		if (WATCH_STOPS_BEFORE)
			step_over(pid, 1, HW_WRITE, &watched[0], 8);
		CHECK_EQ(peek(pid, &watched[0]), value);
	}
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static int read_it(void)
{
	return watched[0] != 0;
}

static void reads_are_seen_by_who_asks_for_them(void)
{
	pid_t pid = traced_child(read_it);

	CHECK_EQ(set_hw(pid, 0, HW_WRITE, &watched[0], 8), 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);

	pid = traced_child(read_it);
	CHECK_EQ(set_hw(pid, 0, HW_READ_WRITE, &watched[0], 8), 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	clear_hw(pid, 0, HW_READ_WRITE);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static int write_bytes(void)
{
	unsigned int i;

	for (i = 0; i < sizeof(bytes); i++)
		bytes[i] = i + 1;
	return 0;
}

/* Of 16 bytes that are written one by one: only those that are watched hit. */
static void only_the_bytes_that_are_watched_hit(void)
{
	static const struct { int first, len; } places[] = {
		{ 0, 1 }, { 3, 1 }, { 6, 2 }, { 4, 4 }, { 8, 8 }, { 15, 1 },
	};
	size_t i;

	for (i = 0; i < sizeof(places) / sizeof(places[0]); i++) {
		const volatile void *at = &bytes[places[i].first];
		pid_t pid = traced_child(write_bytes);
		int status, hits = 0;

		CHECK_EQ(set_hw(pid, 0, HW_WRITE, at, places[i].len), 0);
		for (;;) {
			go_on(PTRACE_CONT, pid, 0);
			status = status_of(pid);
			if (status != STOP_STATUS(SIGTRAP, 0))
				break;
			hits++;
			if (WATCH_STOPS_BEFORE)
				step_over(pid, 0, HW_WRITE, at, places[i].len);
		}
		CHECK_EQ(status, 0);
		CHECK_EQ(hits, places[i].len);
	}
}

static int read_into_watched(void)
{
	unsigned long value = 5;
	int fds[2];

	pipe(fds);
	write(fds[1], &value, sizeof(value));
	read(fds[0], (void *)&watched[0], sizeof(watched[0]));
	return 0;
}

static void the_kernels_own_access_is_harmless(void)
{
	pid_t pid = traced_child(read_into_watched);
	int status;

	CHECK_EQ(set_hw(pid, 0, HW_READ_WRITE, &watched[0], 8), 0);
	do {
		go_on(PTRACE_CONT, pid, 0);
		status = status_of(pid);
	} while (status == STOP_STATUS(SIGTRAP, 0));
	CHECK_EQ(status, 0);
}

/* ---- whose they are ---- */

/* Two processes write the same (virtual) word on one CPU, and yield to each other. */
static int write_and_yield(void)
{
	cpu_set_t one;
	int i;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof(one), &one);
	for (i = 1; i <= 50; i++) {
		watched[0] = i;
		sched_yield();
	}
	return 0;
}

static void they_follow_their_thread_through_switches(void)
{
	pid_t other = plain_child(write_and_yield), pid = traced_child(write_and_yield);
	int hits = 0, status;

	CHECK_EQ(set_hw(pid, 0, HW_WRITE, &watched[0], 8), 0);
	for (;;) {
		go_on(PTRACE_CONT, pid, 0);
		status = status_of(pid);
		if (status != STOP_STATUS(SIGTRAP, 0))
			break;
		hits++;
		CHECK_EQ(peek(pid, &watched[0]), hits - WATCH_STOPS_BEFORE);
		if (WATCH_STOPS_BEFORE)
			step_over(pid, 0, HW_WRITE, &watched[0], 8);
	}
	CHECK_EQ(status, 0);
	CHECK_EQ(hits, 50);
	/* Untraced, a hit would have killed it. */
	CHECK_EXIT(other, 0);
}

static void *write_from_thread(void *arg)
{
	watched[0] = 3;
	return arg;
}

static int thread_writes(void)
{
	pthread_t thread;

	if (pthread_create(&thread, NULL, write_from_thread, NULL))
		return 1;
	pthread_join(thread, NULL);
	return 0;
}

static void a_new_thread_has_none(void)
{
	pid_t pid = traced_child(thread_writes);

	CHECK_EQ(set_hw(pid, 0, HW_WRITE, &watched[0], 8), 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static int fork_writes(void)
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		watched[0] = 3;
		_exit(0);
	}
	return waitpid(pid, &status, 0) != pid || status;
}

static void a_forked_child_has_none(void)
{
	pid_t pid = traced_child(fork_writes);

	CHECK_EQ(set_hw(pid, 0, HW_WRITE, &watched[0], 8), 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGCHLD, 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

/* ourselves again, with an argument */
static int exec_self(void)
{
	execl("/proc/self/exe", "hwbreak", "write", (char *)NULL);
	return 1;
}

static __attribute__((constructor)) void run_as_program(int argc, char **argv)
{
	if (argc == 2 && !strcmp(argv[1], "write"))
		_exit(write_twice());
}

static void exec_clears_them(void)
{
	pid_t pid = traced_child(exec_self);

	CHECK_EQ(trace(PTRACE_SETOPTIONS, pid, 0, PTRACE_O_TRACEEXEC), 0);
	CHECK_EQ(set_hw(pid, 0, HW_WRITE, &watched[0], 8), 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, PTRACE_EVENT_EXEC);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

/* ---- with single-step ---- */

/* On x86_64 it is the end of the step, too. */
static bool stands_at_hit(pid_t pid)
{
#if defined(__x86_64__)
	return peek_debugreg(pid, 6) & 0xf;
#else
	siginfo_t info;

	CHECK_EQ(trace(PTRACE_GETSIGINFO, pid, 0, (unsigned long)&info), 0);
	return info.si_code == TRAP_HWBKPT;
#endif
}

/*
 * A watched write that is stepped over hangs the CPU of an x86_64 guest of QEMU 7.2, with Debian's
 * 6.12 in it too. On a real processor it works.
 */
static bool processor_is_emulated(void)
{
#if defined(__x86_64__)
	char line[256];
	bool found = false;
	FILE *f = fopen("/proc/cpuinfo", "r");

	while (f && fgets(line, sizeof(line), f))
		found |= !strncmp(line, "model name", 10) && strstr(line, "QEMU");
	if (f)
		fclose(f);
	return found;
#else
	return false;
#endif
}

static void stepping_and_watching_go_together(void)
{
	int hits = 0, status;
	pid_t pid;

	if (processor_is_emulated())
		SKIP("a step over a watched write hangs the emulated processor");
	pid = traced_child(write_twice);
	CHECK_EQ(set_hw(pid, 0, HW_WRITE, &watched[0], 8), 0);
	for (;;) {
		go_on(PTRACE_SINGLESTEP, pid, 0);
		status = status_of(pid);
		if (status != STOP_STATUS(SIGTRAP, 0))
			break;
		if (!stands_at_hit(pid))
			continue;
		hits++;
		if (WATCH_STOPS_BEFORE)
			step_over(pid, 0, HW_WRITE, &watched[0], 8);
	}
	CHECK_EQ(status, 0);
	CHECK_EQ(hits, 2);
}

/* ---- what is refused ---- */

static void kernel_addresses_are_refused(void)
{
	static const unsigned long addresses[] = {
		0xffff800080000000, 0xffffffff81000000, 0xfffffffffffffff8,
	};
	pid_t pid = traced_child(call_thrice);
	size_t i;

	/* Linux would let root have them on some machines. */
	for (i = 0; i < sizeof(addresses) / sizeof(addresses[0]); i++) {
		errno = 0;
		if (set_hw(pid, 0, HW_WRITE, (void *)addresses[i], 8))
			CHECK(errno == EINVAL || errno == EPERM);
		if (set_hw(pid, 1, HW_EXECUTE, (void *)(addresses[i] & ~3UL), 4))
			CHECK(errno == EINVAL || errno == EPERM);
	}
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

#if defined(__x86_64__)

static void bad_control_bits_are_refused(void)
{
	pid_t pid = traced_child(return_0);

	CHECK_EQ(poke_debugreg(pid, 4, 0) ? errno : 0, EIO);
	CHECK_EQ(poke_debugreg(pid, 1, 1UL << 56) ? errno : 0, EINVAL);
	CHECK_EQ(poke_debugreg(pid, 0, (unsigned long)&watched + 1), 0);
	CHECK_EQ(poke_debugreg(pid, 7, 0x1 | (0x9 << 16)) ? errno : 0, EINVAL);	/* not aligned */
	CHECK_EQ(poke_debugreg(pid, 7, 0x1 | (0x4 << 16)) ? errno : 0, EINVAL);	/* execute, 2 */
	CHECK_EQ(peek_debugreg(pid, 7) & 0xff, 0);
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

static void dr6_says_which_hit(void)
{
	pid_t pid = traced_child(write_twice);

	CHECK_EQ(set_hw(pid, 2, HW_WRITE, &watched[0], 8), 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	CHECK_EQ(peek_debugreg(pid, 6) & 0xf, 4);
	clear_hw(pid, 2, HW_WRITE);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

#else

static void the_set_says_how_many_there_are(void)
{
	pid_t pid = traced_child(return_0);
	struct hw_state state;
	int set, i;

	for (set = NT_ARM_HW_BREAK; set <= NT_ARM_HW_WATCH; set++) {
		CHECK_EQ(get_hw_state(pid, set, &state), sizeof(state));
		CHECK((state.info & 0xff) >= 2 && (state.info & 0xff) <= 16);
		CHECK((state.info >> 8) >= 6);		/* Armv8 */
		CHECK_EQ(state.pad, 0);
		for (i = 0; i < 16; i++)
			CHECK(!state.slot[i].addr && !state.slot[i].ctrl && !state.slot[i].pad);
	}
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

static long try_control(pid_t pid, int set, unsigned long addr, unsigned int ctrl)
{
	struct hw_state state = { .slot[0] = { addr, ctrl, 0 } };

	errno = 0;
	return set_hw_state(pid, set, &state, 1) ? -errno : 0;
}

static void bad_control_words_are_refused(void)
{
	unsigned long word = (unsigned long)&watched[0], code = (unsigned long)first;
	pid_t pid = traced_child(return_0);
	struct hw_state state;
	int nr;

	CHECK_EQ(try_control(pid, NT_ARM_HW_WATCH, word, 0x1ff9), 0);
	CHECK_EQ(try_control(pid, NT_ARM_HW_WATCH, word, 0x0019), -EINVAL);	/* no byte */
	CHECK_EQ(try_control(pid, NT_ARM_HW_WATCH, word, 0x00b9), -EINVAL);	/* bytes 0 and 2 */
	CHECK_EQ(try_control(pid, NT_ARM_HW_WATCH, word, 0x1fe1), -EINVAL);	/* execution */
	CHECK_EQ(try_control(pid, NT_ARM_HW_BREAK, code, 0x01e1), 0);
	CHECK_EQ(try_control(pid, NT_ARM_HW_BREAK, code, 0x01e9), -EINVAL);	/* loads */
	/* Within an instruction is at the instruction. */
	CHECK_EQ(try_control(pid, NT_ARM_HW_BREAK, code + 2, 0x01e1), 0);
	/* Off it may say anything, with an address of the program. */
	CHECK_EQ(try_control(pid, NT_ARM_HW_BREAK, code, 0xfffffffe), 0);
	CHECK_EQ(try_control(pid, NT_ARM_HW_WATCH, word, 0xfffffffe), 0);
	CHECK_EQ(try_control(pid, NT_ARM_HW_BREAK, ~0UL, 0xfffffffe), -EINVAL);
	CHECK_EQ(try_control(pid, NT_ARM_HW_WATCH, ~0UL, 0xfffffffe), -EINVAL);

	/* One more than there are. */
	CHECK(get_hw_state(pid, NT_ARM_HW_WATCH, &state) > 0);
	nr = state.info & 0xff;
	if (nr < 16) {
		CHECK_EQ(set_hw_state(pid, NT_ARM_HW_WATCH, &state, nr), 0);
		CHECK_ERR(set_hw_state(pid, NT_ARM_HW_WATCH, &state, nr + 1), ENOSPC);
	}
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void half_an_address_is_none(void)
{
	struct hw_state state = { .slot[0] = { (unsigned long)&watched[0], 0x1ff1, 0 } };
	pid_t pid = traced_child(return_0);
	struct iovec iov = { &state, 12 };

	CHECK_ERR(trace(PTRACE_SETREGSET, pid, NT_ARM_HW_WATCH, (unsigned long)&iov), EINVAL);
	iov.iov_len = 13;
	CHECK_ERR(trace(PTRACE_SETREGSET, pid, NT_ARM_HW_WATCH, (unsigned long)&iov), EINVAL);
	iov.iov_len = 20;
	CHECK_EQ(trace(PTRACE_SETREGSET, pid, NT_ARM_HW_WATCH, (unsigned long)&iov), 0);
	CHECK(get_hw_state(pid, NT_ARM_HW_WATCH, &state) > 0);
	CHECK_EQ(state.slot[0].addr, (unsigned long)&watched[0]);
	CHECK_EQ(state.slot[0].ctrl & 0x1ff9, 0x1ff1);
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

#endif

TESTS(
	TEST(a_breakpoint_stops_before_its_instruction),
	TEST(two_breakpoints_hit_each_by_itself),
	TEST(a_watchpoint_sees_each_write),
	TEST(reads_are_seen_by_who_asks_for_them),
	TEST(only_the_bytes_that_are_watched_hit),
	TEST(the_kernels_own_access_is_harmless),
	TEST(they_follow_their_thread_through_switches),
	TEST(a_new_thread_has_none),
	TEST(a_forked_child_has_none),
	TEST(exec_clears_them),
	TEST(stepping_and_watching_go_together),
	TEST(kernel_addresses_are_refused),
#if defined(__x86_64__)
	TEST(bad_control_bits_are_refused),
	TEST(dr6_says_which_hit),
#else
	TEST(the_set_says_how_many_there_are),
	TEST(bad_control_words_are_refused),
	TEST(half_an_address_is_none),
#endif
)
