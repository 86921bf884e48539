// SPDX-License-Identifier: MIT
/*
 * Registers and memory: every set is read, written byte by byte and read back; lengths that don't
 * fit, values that can't be had.
 */

#include <stddef.h>
#include <stdint.h>

#include "trace.h"

#ifndef NT_X86_XSTATE
#define NT_X86_XSTATE	0x202
#endif
#define NT_TLS		0x401
#define NT_SYSCALL	0x404
#define MAX_SET		16384

static long get_set(pid_t pid, int type, void *buf, size_t len)
{
	struct iovec iov = { buf, len };

	if (trace(PTRACE_GETREGSET, pid, type, (unsigned long)&iov))
		return -errno;
	return iov.iov_len;
}

static long set_set(pid_t pid, int type, const void *buf, size_t len)
{
	struct iovec iov = { (void *)buf, len };

	if (trace(PTRACE_SETREGSET, pid, type, (unsigned long)&iov))
		return -errno;
	return iov.iov_len;
}

static void finish(pid_t pid)
{
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

#if defined(__x86_64__)
#define GPR_BYTES	(27 * 8)
static const struct { int type; size_t bytes; } sets[] = {
	{ NT_PRSTATUS, GPR_BYTES }, { NT_PRFPREG, 512 },
};
#else
#define GPR_BYTES	(34 * 8)
static const struct { int type; size_t bytes; } sets[] = {
	{ NT_PRSTATUS, GPR_BYTES }, { NT_PRFPREG, 528 }, { NT_SYSCALL, 4 },
};
#endif
#define NR_SETS	(sizeof(sets) / sizeof(sets[0]))

static void each_set_has_its_size(void)
{
	pid_t pid = traced_child(return_0);
	char buf[MAX_SET];
	size_t i;

	for (i = 0; i < NR_SETS; i++)
		CHECK_EQ(get_set(pid, sets[i].type, buf, sizeof(buf)), sets[i].bytes);
	CHECK_EQ(get_set(pid, 0, buf, sizeof(buf)), -EINVAL);
	CHECK_EQ(get_set(pid, 0x777, buf, sizeof(buf)), -EINVAL);
	CHECK_EQ(get_set(pid, NT_PRPSINFO, buf, sizeof(buf)), -EINVAL);
	finish(pid);
}

static void a_short_buffer_gets_the_beginning(void)
{
	pid_t pid = traced_child(return_0);
	unsigned char whole[MAX_SET], part[MAX_SET];
	size_t i;

	for (i = 0; i < NR_SETS; i++) {
		size_t half = sets[i].bytes / 2 & ~7UL;

		if (!half)
			continue;
		memset(part, 0xa5, sizeof(part));
		CHECK_EQ(get_set(pid, sets[i].type, whole, sets[i].bytes), sets[i].bytes);
		CHECK_EQ(get_set(pid, sets[i].type, part, half), half);
		CHECK(!memcmp(whole, part, half));
		CHECK_EQ(part[half], 0xa5);
		CHECK_EQ(get_set(pid, sets[i].type, part, 0), 0);
		CHECK_EQ(get_set(pid, sets[i].type, part, half + 1), -EINVAL);
	}
	finish(pid);
}

static void a_bad_buffer_is_efault(void)
{
	pid_t pid = traced_child(return_0);
	size_t i;

	for (i = 0; i < NR_SETS; i++) {
		CHECK_EQ(get_set(pid, sets[i].type, (void *)8, sets[i].bytes), -EFAULT);
		CHECK_EQ(set_set(pid, sets[i].type, (void *)8, sets[i].bytes), -EFAULT);
	}
	finish(pid);
}

/* On Linux another code selector means a 32-bit program, with other sets. */
static int is_selector(size_t set, size_t byte)
{
#if defined(__x86_64__)
	struct user_regs_struct *r = NULL;

	return sets[set].type == NT_PRSTATUS &&
	       (byte / 8 == (size_t)&r->cs / 8 || byte / 8 == (size_t)&r->ss / 8 ||
		byte >= (size_t)&r->ds);
#else
	(void)set;
	(void)byte;
	return 0;
#endif
}

/* Change each byte; what comes back is the new value or the old one, or it was refused. */
static void every_byte_is_kept_or_refused(void)
{
	pid_t pid = traced_child(return_0);
	unsigned char old[MAX_SET], new[MAX_SET], got[MAX_SET];
	size_t i, byte, kept = 0;

	for (i = 0; i < NR_SETS; i++) {
		size_t len = sets[i].bytes;

		CHECK_EQ(get_set(pid, sets[i].type, old, len), len);
		for (byte = 0; byte < len; byte++) {
			long ret;

			if (is_selector(i, byte))
				continue;
			memcpy(new, old, len);
			new[byte] ^= 0x01;
			ret = set_set(pid, sets[i].type, new, len);
			CHECK(ret == (long)len || ret == -EIO || ret == -EINVAL);
			CHECK_EQ(get_set(pid, sets[i].type, got, len), len);
			kept += !memcmp(got, new, len);
			/* A refusal may leave a part of it; nothing else changes. */
			got[byte] = old[byte];
			CHECK(!memcmp(got, old, len));
			CHECK_EQ(set_set(pid, sets[i].type, old, len), len);
		}
	}
	CHECK(kept > 300);
	finish(pid);
}

static void a_part_is_written(void)
{
	pid_t pid = traced_child(return_0);
	unsigned long regs[MAX_SET / 8], word = 0x1234567812345678;

	CHECK_EQ(set_set(pid, NT_PRSTATUS, &word, sizeof(word)), 8);
	CHECK_EQ(get_set(pid, NT_PRSTATUS, regs, GPR_BYTES), GPR_BYTES);
	CHECK_EQ(regs[0], word);
	finish(pid);
}

/* ---- what the program sees ---- */

/* Its stack pointer and program counter are put somewhere where it dies at once. */
static void a_wild_pc_is_the_programs_fault(void)
{
	static const unsigned long wild[] = {
		0, 0x10, 0x800000000000, 0x1000000000000, 0xffff800000000000, 0xffffffff81000000,
		0xfffffffffffffff0, 0x8000000000000000,
	};
	struct user_regs_struct regs;
	size_t i;

	for (i = 0; i < sizeof(wild) / sizeof(wild[0]); i++) {
		pid_t pid = traced_child(return_0);
		int status;

		get_regs(pid, &regs);
		REG_PC(&regs) = wild[i];
		REG_SP(&regs) = wild[i];
		set_regs(pid, &regs);
		go_on(PTRACE_CONT, pid, 0);
		status = status_of(pid);
		CHECK(status == STOP_STATUS(SIGSEGV, 0) || status == STOP_STATUS(SIGBUS, 0));
		get_regs(pid, &regs);
		finish(pid);
	}
}

static volatile unsigned long word_of_child = 0x1122334455667788;

static int expect_poked(void)
{
	return word_of_child != 0x99aabbccddeeff00;
}

static void memory_is_peeked_and_poked(void)
{
	pid_t pid = traced_child(expect_poked);
	unsigned long word = 0;

	CHECK_EQ(trace(PTRACE_PEEKDATA, pid, (unsigned long)&word_of_child,
		       (unsigned long)&word), 0);
	CHECK_EQ(word, 0x1122334455667788);
	CHECK_EQ(trace(PTRACE_POKEDATA, pid, (unsigned long)&word_of_child, 0x99aabbccddeeff00), 0);
	CHECK_EQ(word_of_child, 0x1122334455667788);
	CHECK_ERR(trace(PTRACE_PEEKDATA, pid, 8, (unsigned long)&word), EIO);
	CHECK_ERR(trace(PTRACE_POKEDATA, pid, 8, 1), EIO);
	CHECK_ERR(trace(PTRACE_PEEKDATA, pid, 0xffffffff81000000, (unsigned long)&word), EIO);
	CHECK_ERR(trace(PTRACE_PEEKDATA, pid, (unsigned long)&word_of_child, 8), EFAULT);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static __attribute__((noipa)) int return_5(void)
{
	return 5;
}

/* Text is mapped without write, and private: the tracer writes it nevertheless, in a copy. */
static void text_is_poked(void)
{
	pid_t pid = traced_child(return_5);
	unsigned long word;

	CHECK_EQ(trace(PTRACE_PEEKTEXT, pid, (unsigned long)return_5, (unsigned long)&word), 0);
#if defined(__x86_64__)
	word = (word & ~0xffUL) | 0xcc;			/* int3 */
#else
	word = (word & ~0xffffffffUL) | 0xd4200000;	/* brk #0 */
#endif
	CHECK_EQ(trace(PTRACE_POKETEXT, pid, (unsigned long)return_5, word), 0);
	CHECK_EQ(return_5(), 5);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_STOP(pid, SIGTRAP, 0);
	finish(pid);
}

#if defined(__x86_64__)

#define OFFSET(reg)	offsetof(struct user, regs.reg)

static void peekuser_reads_what_getregs_does(void)
{
	pid_t pid = traced_child(return_0);
	struct user_regs_struct regs;
	unsigned long value, i;

	CHECK_EQ(trace(PTRACE_GETREGS, pid, 0, (unsigned long)&regs), 0);
	for (i = 0; i < sizeof(regs) / 8; i++) {
		CHECK_EQ(trace(PTRACE_PEEKUSER, pid, i * 8, (unsigned long)&value), 0);
		CHECK_EQ(value, ((unsigned long *)&regs)[i]);
	}
	CHECK_ERR(trace(PTRACE_PEEKUSER, pid, 1, (unsigned long)&value), EIO);
	CHECK_ERR(trace(PTRACE_PEEKUSER, pid, sizeof(struct user) + 64, (unsigned long)&value),
		  EIO);
	CHECK_EQ(trace(PTRACE_PEEKUSER, pid, sizeof(struct user) - 8, (unsigned long)&value), 0);
	CHECK_EQ(trace(PTRACE_POKEUSER, pid, OFFSET(r15), 77), 0);
	CHECK_EQ(trace(PTRACE_PEEKUSER, pid, OFFSET(r15), (unsigned long)&value), 0);
	CHECK_EQ(value, 77);
	CHECK_ERR(trace(PTRACE_POKEUSER, pid, offsetof(struct user, start_code), 1), EIO);
	finish(pid);
}

static void bad_segments_are_refused(void)
{
	pid_t pid = traced_child(return_0);

	CHECK_ERR(trace(PTRACE_POKEUSER, pid, OFFSET(cs), 0), EIO);
	CHECK_ERR(trace(PTRACE_POKEUSER, pid, OFFSET(cs), 0x10), EIO);
	CHECK_ERR(trace(PTRACE_POKEUSER, pid, OFFSET(ss), 0), EIO);
	CHECK_ERR(trace(PTRACE_POKEUSER, pid, OFFSET(ss), 0x18), EIO);
	CHECK_ERR(trace(PTRACE_POKEUSER, pid, OFFSET(ds), 0x18), EIO);
	CHECK_EQ(trace(PTRACE_POKEUSER, pid, OFFSET(cs), 0x33), 0);
	CHECK_EQ(trace(PTRACE_POKEUSER, pid, OFFSET(ss), 0x2b), 0);
	CHECK_ERR(trace(PTRACE_POKEUSER, pid, OFFSET(fs_base), 0xffff888000000000), EIO);
	CHECK_ERR(trace(PTRACE_POKEUSER, pid, OFFSET(gs_base), 1UL << 63), EIO);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void privileged_flags_are_not_taken(void)
{
	pid_t pid = traced_child(return_0);
	unsigned long flags;

	/* IOPL, VM, VIF, VIP, and IF off: none of it is a program's to have. */
	CHECK_EQ(trace(PTRACE_POKEUSER, pid, OFFSET(eflags), 0x1a3002 | 0x1), 0);
	CHECK_EQ(trace(PTRACE_PEEKUSER, pid, OFFSET(eflags), (unsigned long)&flags), 0);
	CHECK_EQ(flags & 0x1a3201, 0x201);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void fp_registers_are_whole_or_nothing(void)
{
	pid_t pid = traced_child(return_0);
	struct user_fpregs_struct fp, again;

	CHECK_EQ(trace(PTRACE_GETFPREGS, pid, 0, (unsigned long)&fp), 0);
	CHECK_EQ(set_set(pid, NT_PRFPREG, &fp, 256), -EINVAL);
	memset(fp.xmm_space, 0x5a, sizeof(fp.xmm_space));
	CHECK_EQ(trace(PTRACE_SETFPREGS, pid, 0, (unsigned long)&fp), 0);
	CHECK_EQ(trace(PTRACE_GETFPREGS, pid, 0, (unsigned long)&again), 0);
	CHECK(!memcmp(fp.xmm_space, again.xmm_space, sizeof(fp.xmm_space)));
	fp.mxcsr = 0xffffffff;
	CHECK_ERR(trace(PTRACE_SETFPREGS, pid, 0, (unsigned long)&fp), EINVAL);
	finish(pid);
}

static void xstate_has_xcr0_and_refuses_bad_headers(void)
{
	pid_t pid = traced_child(return_0);
	static unsigned char x[MAX_SET], again[MAX_SET];
	long len = get_set(pid, NT_X86_XSTATE, x, sizeof(x));
	uint64_t xcr0, *header = (uint64_t *)(x + 512);

	if (len <= 0)
		SKIP("no XSAVE");
	CHECK(len >= 576 && len % 8 == 0);
	memcpy(&xcr0, x + 464, 8);
	CHECK_EQ(xcr0 & 3, 3);
	CHECK_EQ(header[0] & ~xcr0, 0);
	CHECK_EQ(header[1], 0);

	CHECK_EQ(set_set(pid, NT_X86_XSTATE, x, len), len);
	CHECK_EQ(set_set(pid, NT_X86_XSTATE, x, len - 8), -EFAULT);
	header[0] |= 1UL << 62;
	CHECK_EQ(set_set(pid, NT_X86_XSTATE, x, len), -EINVAL);
	header[0] = 3;
	header[1] = 1UL << 63;	/* the compact format */
	CHECK_EQ(set_set(pid, NT_X86_XSTATE, x, len), -EINVAL);
	header[1] = 0;
	header[2] = 1;
	CHECK_EQ(set_set(pid, NT_X86_XSTATE, x, len), -EINVAL);
	header[2] = 0;

	memset(x + 160, 0x3c, 256);	/* xmm0 to xmm15 */
	CHECK_EQ(set_set(pid, NT_X86_XSTATE, x, len), len);
	CHECK_EQ(get_set(pid, NT_X86_XSTATE, again, sizeof(again)), len);
	CHECK(!memcmp(x + 160, again + 160, 256));
	/* Out of use: initial, whatever is at its place. */
	header[0] = 0;
	CHECK_EQ(set_set(pid, NT_X86_XSTATE, x, len), len);
	CHECK_EQ(get_set(pid, NT_X86_XSTATE, again, sizeof(again)), len);
	CHECK_EQ(again[160], 0);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void arch_prctl_reads_and_writes_bases(void)
{
	pid_t pid = traced_child(return_0);
	struct user_regs_struct regs;
	unsigned long base = 0;

	get_regs(pid, &regs);
	CHECK_EQ(trace(30, pid, (unsigned long)&base, 0x1003), 0);	/* ARCH_GET_FS */
	CHECK_EQ(base, regs.fs_base);
	CHECK_EQ(trace(30, pid, 0x1000, 0x1001), 0);			/* ARCH_SET_GS */
	CHECK_EQ(trace(30, pid, (unsigned long)&base, 0x1004), 0);
	CHECK_EQ(base, 0x1000);
	CHECK_ERR(trace(30, pid, 1UL << 63, 0x1001), EPERM);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

TESTS(
	TEST(each_set_has_its_size),
	TEST(a_short_buffer_gets_the_beginning),
	TEST(a_bad_buffer_is_efault),
	TEST(every_byte_is_kept_or_refused),
	TEST(a_part_is_written),
	TEST(a_wild_pc_is_the_programs_fault),
	TEST(memory_is_peeked_and_poked),
	TEST(text_is_poked),
	TEST(peekuser_reads_what_getregs_does),
	TEST(bad_segments_are_refused),
	TEST(privileged_flags_are_not_taken),
	TEST(fp_registers_are_whole_or_nothing),
	TEST(xstate_has_xcr0_and_refuses_bad_headers),
	TEST(arch_prctl_reads_and_writes_bases),
)

#else

static void a_pstate_of_the_kernels_is_refused(void)
{
	static const unsigned long bad[] = {
		0x5, 0x4, 0x80, 0x40, 0x100, 0x200, 0x3c0, 0x10, 0xd,
	};
	pid_t pid = traced_child(return_0);
	struct user_regs_struct regs;
	size_t i;

	for (i = 0; i < sizeof(bad) / sizeof(bad[0]); i++) {
		get_regs(pid, &regs);
		regs.pstate |= bad[i];
		CHECK_EQ(set_set(pid, NT_PRSTATUS, &regs, sizeof(regs)), -EINVAL);
	}
	get_regs(pid, &regs);
	regs.pstate ^= 0xf0000000;	/* NZCV */
	set_regs(pid, &regs);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void tls_is_read_and_written(void)
{
	pid_t pid = traced_child(return_0);
	unsigned long tls[2], old[2];
	long len = get_set(pid, NT_TLS, old, sizeof(old));

	/* With the second one where the processor has it. */
	CHECK(len == 8 || len == 16);
	tls[0] = 0x123456789abc;
	CHECK_EQ(set_set(pid, NT_TLS, tls, 8), 8);
	CHECK_EQ(get_set(pid, NT_TLS, tls, 8), 8);
	CHECK_EQ(tls[0], 0x123456789abc);
	CHECK_EQ(set_set(pid, NT_TLS, old, 8), 8);
	go_on(PTRACE_CONT, pid, 0);
	CHECK_EXIT(pid, 0);
}

static void requests_of_other_machines_are_eio(void)
{
	pid_t pid = traced_child(return_0);
	struct user_regs_struct regs;

	CHECK_ERR(trace(12, pid, 0, (unsigned long)&regs), EIO);	/* GETREGS */
	CHECK_ERR(trace(PTRACE_PEEKUSER, pid, 0, (unsigned long)&regs), EIO);
	CHECK_ERR(trace(33, pid, 0, 0), EIO);				/* SINGLEBLOCK */
	finish(pid);
}

TESTS(
	TEST(each_set_has_its_size),
	TEST(a_short_buffer_gets_the_beginning),
	TEST(a_bad_buffer_is_efault),
	TEST(every_byte_is_kept_or_refused),
	TEST(a_part_is_written),
	TEST(a_wild_pc_is_the_programs_fault),
	TEST(memory_is_peeked_and_poked),
	TEST(text_is_poked),
	TEST(a_pstate_of_the_kernels_is_refused),
	TEST(tls_is_read_and_written),
	TEST(requests_of_other_machines_are_eio),
)

#endif
