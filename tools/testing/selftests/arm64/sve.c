// SPDX-License-Identifier: MIT
/*
 * Scalable vectors: what survives switches, signals and system calls; vector lengths; NT_ARM_SVE.
 */

#include <fcntl.h>
#include <pthread.h>
#include <sched.h>
#include <sys/mman.h>
#include <ucontext.h>
#include <asm/ptrace.h>
#include <asm/sigcontext.h>

#include "../ptrace/trace.h"
#include "vectors.h"

static unsigned char before[MAX_STATE], after[MAX_STATE], other[MAX_STATE];

/* The longest vectors of this machine become ours. */
static unsigned int use_longest(void)
{
	int vl = prctl(PR_SVE_SET_VL, MAX_VL, 0, 0, 0);

	CHECK(vl > 0);
	return vl & PR_SVE_VL_LEN_MASK;
}

static unsigned int own_length(void)
{
	return prctl(PR_SVE_GET_VL, 0, 0, 0, 0) & PR_SVE_VL_LEN_MASK;
}

static void on_cpu_0(void)
{
	cpu_set_t one;

	CPU_ZERO(&one);
	CPU_SET(0, &one);
	sched_setaffinity(0, sizeof(one), &one);
}

/* ---- whose the registers are ---- */

static void the_length_is_the_processors(void)
{
	need_sve();
	CHECK_EQ(own_length(), vector_length());
	CHECK_EQ(use_longest(), vector_length());
}

static void new_programs_have_zeroes(void)
{
	need_sve();
	/* Not even in what the FPSIMD registers don't show. */
	prctl(PR_SVE_SET_VL, use_longest(), 0, 0, 0);
	save_vectors(after);
	CHECK(!memcmp(after + STATE_SIZE(vector_length()) - 17 * vector_length() / 8, other,
		      17 * vector_length() / 8));
}

/* Two on one CPU. Neither makes a system call; each waits until it was interrupted by the other. */
static void they_survive_a_switch_of_tasks(void)
{
	volatile unsigned long *turns;
	unsigned int me, vl, round;
	int status;
	pid_t pid;

	need_sve();
	turns = mmap(NULL, 4096, PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	on_cpu_0();
	vl = use_longest();
	pid = fork();
	me = pid ? 0 : 1;
	for (round = 0; round < 20; round++) {
		unsigned long seen;

		make_pattern(before, vl, me * 100 + round);
		load_vectors(before);
		seen = turns[!me];
		/* The other one is done when it says ~0. */
		while (turns[!me] != ~0UL && turns[!me] < seen + 2)
			turns[me]++;
		save_vectors(after);
		if (memcmp(before, after, STATE_SIZE(vl)))
			_exit(EXIT_FAIL);
	}
	turns[me] = ~0UL;
	if (!pid)
		_exit(0);
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 0);
}

static void a_system_call_keeps_what_fpsimd_has(void)
{
	unsigned int vl, n, i, size;

	need_sve();
	vl = use_longest();
	size = STATE_SIZE(vl);
	make_pattern(before, vl, 3);
	load_vectors(before);
	asm volatile("mov x8, #172\n	svc #0" ::: "x0", "x8", "memory");	/* getpid */
	save_vectors(after);
	for (n = 0; n < 32; n++) {
		CHECK(!memcmp(before + n * vl, after + n * vl, 16));
		for (i = 16; i < vl; i++)
			CHECK_EQ(after[n * vl + i], 0);
	}
	for (i = 32 * vl; i < size; i++)
		CHECK_EQ(after[i], 0);
}

static void *thread_uses_vectors(void *arg)
{
	unsigned char mine[MAX_STATE], got[MAX_STATE];
	unsigned int vl = vector_length();

	make_pattern(mine, vl, 50);
	load_vectors(mine);
	save_vectors(got);
	return (void *)(long)(vl != (unsigned long)arg || memcmp(mine, got, STATE_SIZE(vl)));
}

static void threads_and_children_inherit_the_length(void)
{
	unsigned long vl;
	pthread_t thread;
	void *result;
	int status;
	pid_t pid;

	need_sve();
	vl = prctl(PR_SVE_SET_VL, 16, 0, 0, 0) & PR_SVE_VL_LEN_MASK;
	CHECK_EQ(vl, 16);
	CHECK_EQ(pthread_create(&thread, NULL, thread_uses_vectors, (void *)vl), 0);
	pthread_join(thread, &result);
	CHECK(!result);
	pid = fork();
	if (!pid)
		_exit(vector_length() != 16 || thread_uses_vectors((void *)vl));
	CHECK_EQ(waitpid(pid, &status, 0), pid);
	CHECK_EQ(status, 0);
}

/* ---- signals ---- */

static struct sve_context *sve_of(ucontext_t *uc)
{
	struct _aarch64_ctx *head = (void *)uc->uc_mcontext.__reserved;

	for (;;) {
		switch (head->magic) {
		case 0:
			return NULL;
		case SVE_MAGIC:
			return (void *)head;
		case EXTRA_MAGIC:
			head = (void *)((struct extra_context *)head)->datap;
			continue;
		}
		head = (void *)((char *)head + head->size);
	}
}

static unsigned int frame_vl, frame_size;
static void (*in_frame)(struct sve_context *sve);

/* The undefined instruction is passed over; the registers are spoiled meanwhile. */
static void on_sigill(int sig, siginfo_t *info, void *context)
{
	struct sve_context *sve = sve_of(context);
	ucontext_t *uc = context;

	(void)sig;
	(void)info;
	uc->uc_mcontext.pc += 4;
	if (!sve)
		return;
	frame_vl = sve->vl;
	frame_size = sve->head.size;
	if (frame_size >= SVE_SIG_CONTEXT_SIZE(sve_vq_from_vl(sve->vl)))
		memcpy(other, (char *)sve + SVE_SIG_REGS_OFFSET, STATE_SIZE(sve->vl));
	if (in_frame)
		in_frame(sve);
	make_pattern(after, vector_length(), 77);
	load_vectors(after);
}

static void catch_sigill(void)
{
	struct sigaction sa = { .sa_sigaction = on_sigill, .sa_flags = SA_SIGINFO };

	sigaction(SIGILL, &sa, NULL);
}

static void undefined_instruction(void)
{
	asm volatile(".inst 0x00000000" ::: "memory");
}

/* For each length: the frame may be small or continue behind the struct. */
static void a_handlers_frame_has_the_registers(void)
{
	unsigned int vl;

	need_sve();
	catch_sigill();
	for (vl = 16; vl <= MAX_VL; vl += 16) {
		if ((prctl(PR_SVE_SET_VL, vl, 0, 0, 0) & PR_SVE_VL_LEN_MASK) != (int)vl)
			continue;
		make_pattern(before, vl, vl);
		load_vectors(before);
		undefined_instruction();
		save_vectors(after);
		CHECK_EQ(frame_vl, vl);
		CHECK(frame_size >= SVE_SIG_CONTEXT_SIZE(vl / 16));
		CHECK(!memcmp(before, other, STATE_SIZE(vl)));
		CHECK(!memcmp(before, after, STATE_SIZE(vl)));
	}
}

static void a_frame_of_unused_vectors_has_only_the_length(void)
{
	need_sve();
	catch_sigill();
	getpid();
	asm volatile("mov x8, #172\n	svc #0\n	.inst 0" ::: "x0", "x8", "memory");
	CHECK_EQ(frame_vl, own_length());
	CHECK_EQ(frame_size, sizeof(struct sve_context));
}

static void change_z5(struct sve_context *sve)
{
	unsigned char *z5 = (unsigned char *)sve + SVE_SIG_ZREG_OFFSET(sve->vl / 16, 5);

	/* Its first 16 bytes count in the fpsimd record only. */
	memset(z5, 0x42, sve->vl);
}

static void a_handler_changes_the_registers(void)
{
	unsigned int vl;

	need_sve();
	catch_sigill();
	vl = use_longest();
	in_frame = change_z5;
	make_pattern(before, vl, 9);
	load_vectors(before);
	undefined_instruction();
	save_vectors(after);
	CHECK(!memcmp(before + 5 * vl, after + 5 * vl, 16));
	memset(before + 5 * vl + 16, 0x42, vl - 16);
	CHECK(!memcmp(before, after, STATE_SIZE(vl)));
}

static void change_vl(struct sve_context *sve)
{
	sve->vl += 16;
}

static void change_size(struct sve_context *sve)
{
	sve->head.size -= 16;
}

static void a_broken_record_is_sigsegv(void)
{
	static void (*const changes[])(struct sve_context *) = { change_vl, change_size };
	size_t i;

	need_sve();
	for (i = 0; i < sizeof(changes) / sizeof(changes[0]); i++) {
		pid_t pid = fork();
		int status;

		if (!pid) {
			catch_sigill();
			in_frame = changes[i];
			make_pattern(before, use_longest(), 9);
			load_vectors(before);
			undefined_instruction();
			_exit(0);
		}
		CHECK_EQ(waitpid(pid, &status, 0), pid);
		CHECK_EQ(status & 0x7f, SIGSEGV);
	}
}

/* ---- vector lengths ---- */

static void lengths_are_rounded_down(void)
{
	unsigned int vl, last = 0, got;

	need_sve();
	for (vl = 16; vl <= 8192; vl += vl < 512 ? 16 : 512) {
		got = prctl(PR_SVE_SET_VL, vl, 0, 0, 0);
		CHECK(got <= vl && got >= last && got % 16 == 0);
		CHECK_EQ(own_length(), got);
		CHECK_EQ(vector_length(), got);
		last = got;
	}
}

static void bad_lengths_are_refused(void)
{
	static const unsigned long bad[] = {
		0, 1, 8, 15, 17, 24, 8193, 8208, 0xffff, 16 | 1 << 16, 16 | 1 << 19, 16 | 1UL << 40,
	};
	unsigned int vl = own_length(), i;

	if (!(getauxval(AT_HWCAP) & HWCAP_SVE)) {
		CHECK_ERR(prctl(PR_SVE_SET_VL, 16, 0, 0, 0), EINVAL);
		CHECK_ERR(prctl(PR_SVE_GET_VL, 0, 0, 0, 0), EINVAL);
		return;
	}
	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++)
		CHECK_ERR(prctl(PR_SVE_SET_VL, bad[i], 0, 0, 0), EINVAL);
	CHECK_EQ(own_length(), vl);
}

/* What a new program has when it is started after prctl(PR_SVE_SET_VL, @arg). */
static int length_after_exec(unsigned long arg)
{
	pid_t pid = fork();
	int status;

	if (!pid) {
		if (prctl(PR_SVE_SET_VL, arg, 0, 0, 0) < 0)
			_exit(1);
		execl("/proc/self/exe", "sve", "length", (char *)NULL);
		_exit(2);
	}
	waitpid(pid, &status, 0);
	return WIFEXITED(status) ? WEXITSTATUS(status) : -1;
}

/* In units of 16, with 64 for the flag. */
static __attribute__((constructor)) void tell_length(int argc, char **argv)
{
	int got;

	if (argc != 2 || strcmp(argv[1], "length"))
		return;
	got = prctl(PR_SVE_GET_VL, 0, 0, 0, 0);
	_exit((got & PR_SVE_VL_LEN_MASK) / 16 | (got & PR_SVE_VL_INHERIT ? 64 : 0));
}

static int default_length(void)
{
	int fd = open("/proc/sys/abi/sve_default_vector_length", O_RDONLY), len;
	char text[16] = "";

	if (fd < 0)
		SKIP("no /proc/sys/abi");
	len = read(fd, text, sizeof(text) - 1);
	close(fd);
	CHECK(len > 0);
	return atoi(text);
}

static void exec_takes_the_default_or_what_was_chosen(void)
{
	int standard;

	need_sve();
	standard = default_length() / 16;
	CHECK_EQ(length_after_exec(16), standard);
	CHECK_EQ(length_after_exec(16 | PR_SVE_VL_INHERIT), 1 | 64);
	CHECK_EQ(length_after_exec(16 | PR_SVE_SET_VL_ONEXEC), 1);
	CHECK_EQ(length_after_exec(16 | PR_SVE_SET_VL_ONEXEC | PR_SVE_VL_INHERIT), 1 | 64);
	/* It is for then; now all is as it was. */
	CHECK_EQ(prctl(PR_SVE_SET_VL, 16 | PR_SVE_SET_VL_ONEXEC, 0, 0, 0), 16);
	CHECK_EQ(own_length(), standard * 16);
}

static void the_default_can_be_set(void)
{
	int fd, standard;

	need_sve();
	standard = default_length();
	fd = open("/proc/sys/abi/sve_default_vector_length", O_WRONLY);
	if (fd < 0)
		SKIP("not root");
	CHECK_EQ(write(fd, "16", 2), 2);
	CHECK_EQ(default_length(), 16);
	CHECK_EQ(length_after_exec(16), 1);
	lseek(fd, 0, SEEK_SET);
	CHECK_ERR(write(fd, "17", 2), EINVAL);
	lseek(fd, 0, SEEK_SET);
	CHECK_ERR(write(fd, "0", 1), EINVAL);
	lseek(fd, 0, SEEK_SET);
	dprintf(fd, "%d", standard);
	CHECK_EQ(default_length(), standard);
}

/* ---- NT_ARM_SVE ---- */

#ifndef NT_ARM_SVE
#define NT_ARM_SVE	0x405
#endif
#define SET_SIZE	(16 * 1024)

static long get_sve(pid_t pid, void *set)
{
	struct iovec iov = { set, SET_SIZE };

	memset(set, 0xa5, SET_SIZE);
	return trace(PTRACE_GETREGSET, pid, NT_ARM_SVE, (unsigned long)&iov) ? -errno : 0;
}

static long set_sve(pid_t pid, void *set, size_t size)
{
	struct iovec iov = { set, size };

	return trace(PTRACE_SETREGSET, pid, NT_ARM_SVE, (unsigned long)&iov) ? -errno : 0;
}

static unsigned char set[SET_SIZE], again[SET_SIZE];
#define HEADER	((struct user_sve_header *)set)

/* It stops with its own pattern loaded; goes on and looks whether it has the tracer's. */
static int expect_other_vectors(void)
{
	unsigned int vl = vector_length();

	make_pattern(before, vl, 1);
	load_vectors(before);
	asm volatile("brk #0" ::: "memory");
	save_vectors(after);
	make_pattern(before, vl, 2);
	return memcmp(before, after, STATE_SIZE(vl)) != 0;
}

static pid_t at_brk(void)
{
	struct user_regs_struct regs;
	pid_t pid = traced_child(expect_other_vectors);

	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	get_regs(pid, &regs);
	regs.pc += 4;
	set_regs(pid, &regs);
	return pid;
}

static void a_tracer_reads_and_writes_them(void)
{
	unsigned int vl;
	pid_t pid;

	need_sve();
	vl = use_longest();
	pid = at_brk();
	CHECK_EQ(get_sve(pid, set), 0);
	CHECK_EQ(HEADER->vl, vl);
	CHECK_EQ(HEADER->max_vl, vl);
	CHECK_EQ(HEADER->flags, SVE_PT_REGS_SVE);
	CHECK_EQ(HEADER->size, SVE_PT_SIZE(vl / 16, SVE_PT_REGS_SVE));
	CHECK_EQ(HEADER->max_size, HEADER->size);
	make_pattern(before, vl, 1);
	CHECK(!memcmp(set + SVE_PT_SVE_OFFSET, before, STATE_SIZE(vl)));
	make_pattern(set + SVE_PT_SVE_OFFSET, vl, 2);
	CHECK_EQ(set_sve(pid, set, HEADER->size), 0);
	CHECK_EQ(get_sve(pid, again), 0);
	CHECK(!memcmp(set, again, HEADER->size));
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void unused_vectors_read_as_fpsimd(void)
{
	struct user_fpsimd_state fpsimd;
	struct iovec iov = { &fpsimd, sizeof(fpsimd) };
	pid_t pid;

	need_sve();
	pid = traced_child(return_0);
	CHECK_EQ(get_sve(pid, set), 0);
	CHECK_EQ(HEADER->flags & SVE_PT_REGS_MASK, SVE_PT_REGS_FPSIMD);
	CHECK_EQ(HEADER->size, SVE_PT_FPSIMD_OFFSET + sizeof(fpsimd));
	CHECK_EQ(trace(PTRACE_GETREGSET, pid, NT_PRFPREG, (unsigned long)&iov), 0);
	CHECK(!memcmp(set + SVE_PT_FPSIMD_OFFSET, &fpsimd, sizeof(fpsimd) - 8));
	memset(set + SVE_PT_FPSIMD_OFFSET, 0x3c, 512);
	CHECK_EQ(set_sve(pid, set, HEADER->size), 0);
	CHECK_EQ(trace(PTRACE_GETREGSET, pid, NT_PRFPREG, (unsigned long)&iov), 0);
	CHECK(!memcmp(set + SVE_PT_FPSIMD_OFFSET, &fpsimd, 512));
	/* Only a header makes them live. */
	HEADER->flags = SVE_PT_REGS_SVE;
	CHECK_EQ(set_sve(pid, set, sizeof(struct user_sve_header)), 0);
	CHECK_EQ(get_sve(pid, again), 0);
	CHECK_EQ(((struct user_sve_header *)again)->flags & SVE_PT_REGS_MASK, SVE_PT_REGS_SVE);
	CHECK_EQ(again[SVE_PT_SVE_OFFSET], 0x3c);
	CHECK_EQ(again[SVE_PT_SVE_OFFSET + 16], HEADER->vl > 16 ? 0 : 0x3c);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static int exit_with_length(void)
{
	return vector_length() / 16;
}

static void a_tracer_sets_the_length(void)
{
	pid_t pid;

	need_sve();
	pid = traced_child(exit_with_length);
	CHECK_EQ(get_sve(pid, set), 0);
	HEADER->vl = 16;
	HEADER->flags = SVE_PT_REGS_FPSIMD | SVE_PT_VL_INHERIT;
	CHECK_EQ(set_sve(pid, set, sizeof(struct user_sve_header)), 0);
	CHECK_EQ(get_sve(pid, set), 0);
	CHECK_EQ(HEADER->vl, 16);
	CHECK_EQ(HEADER->flags, SVE_PT_REGS_FPSIMD | SVE_PT_VL_INHERIT);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 1);
}

static void bad_headers_are_refused(void)
{
	pid_t pid;

	need_sve();
	pid = traced_child(return_0);
	CHECK_EQ(get_sve(pid, set), 0);
	HEADER->vl = 17;
	CHECK_EQ(set_sve(pid, set, HEADER->size), -EINVAL);
	HEADER->vl = 0;
	CHECK_EQ(set_sve(pid, set, HEADER->size), -EINVAL);
	HEADER->vl = 16;
	HEADER->flags = 0x8000;
	CHECK_EQ(set_sve(pid, set, HEADER->size), -EINVAL);
	HEADER->flags = 0;
	CHECK_EQ(set_sve(pid, set, 0), -EINVAL);
	/* More than there is: the registers' layout would be another. */
	HEADER->vl = 8192;
	HEADER->flags = SVE_PT_REGS_SVE;
	CHECK_EQ(set_sve(pid, set, 1024), -EIO);
	CHECK_EQ(get_sve(pid, set), 0);
	CHECK_EQ(HEADER->vl, HEADER->max_vl);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

/* Headers and registers of noise: refused or taken, and then the child runs with them. */
static void noise_is_survived(void)
{
	unsigned int i, n, seed = 12345;

	need_sve();
	for (i = 0; i < 100; i++) {
		pid_t pid = i % 10 ? at_brk() : traced_child(return_0);

		CHECK_EQ(get_sve(pid, set), 0);
		for (n = sizeof(struct user_sve_header); n < SET_SIZE; n++)
			set[n] = (seed = seed * 1103515245 + 12345) >> 16;
		HEADER->vl = i % 3 ? (seed >> 8) & 0x1f0 : seed >> 8;
		HEADER->flags = (seed >> 16) & (i % 5 ? 7 : 0xffff);
		set_sve(pid, set, (seed >> 4) % SET_SIZE & ~15U);
		go_on(PTRACE_CONT, pid, 0);
		status_of(pid);
		kill(pid, SIGKILL);
		waitpid(pid, NULL, 0);
	}
}

TESTS(
	TEST(the_length_is_the_processors),
	TEST(new_programs_have_zeroes),
	TEST(they_survive_a_switch_of_tasks),
	TEST(a_system_call_keeps_what_fpsimd_has),
	TEST(threads_and_children_inherit_the_length),
	TEST(a_handlers_frame_has_the_registers),
	TEST(a_frame_of_unused_vectors_has_only_the_length),
	TEST(a_handler_changes_the_registers),
	TEST(a_broken_record_is_sigsegv),
	TEST(lengths_are_rounded_down),
	TEST(bad_lengths_are_refused),
	TEST(exec_takes_the_default_or_what_was_chosen),
	TEST(the_default_can_be_set),
	TEST(a_tracer_reads_and_writes_them),
	TEST(unused_vectors_read_as_fpsimd),
	TEST(a_tracer_sets_the_length),
	TEST(bad_headers_are_refused),
	TEST(noise_is_survived),
)
