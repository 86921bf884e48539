// SPDX-License-Identifier: MIT
/*
 * The table of register sets: every type that this machine could have. Each byte of each set is
 * written and read back, or refused; lengths that don't fit; sets that the processor hasn't; noise.
 *
 * What a set refuses is its own errno, so any of a few will do. What must hold for all: after a
 * refusal the set is still readable, and nothing but what was written has changed.
 */

#include <stdint.h>
#include <sys/auxv.h>

#include "trace.h"

#define SIZE	(16 * 1024)

enum {
	COUPLED = 1,	/* one part says what the others mean: another part may change */
	READ_ONLY = 2,
	WHOLE = 4,	/* no part of it can be written by itself */
};

static const struct set {
	const char *name;
	int type, slot, flags;
	int hwcap;	/* 0: always there; -1: maybe; else bit of AT_HWCAP + 1 */
	int head;	/* bytes at its beginning that nobody can set: Linux doesn't read them */
} sets[] = {
#if defined(__x86_64__)
	{ "PRSTATUS", NT_PRSTATUS, 8, COUPLED, 0, 0 },
	{ "PRFPREG", NT_PRFPREG, 8, WHOLE, 0, 0 },
	{ "X86_XSTATE", 0x202, 8, COUPLED | WHOLE, -1, 0 },
#else
	{ "PRSTATUS", NT_PRSTATUS, 8, 0, 0, 0 },
	{ "PRFPREG", NT_PRFPREG, 4, 0, 0, 0 },
	{ "ARM_TLS", 0x401, 8, 0, 0, 0 },
	{ "ARM_HW_BREAK", 0x402, 4, COUPLED, 0, 8 },
	{ "ARM_HW_WATCH", 0x403, 4, COUPLED, 0, 8 },
	{ "ARM_SYSTEM_CALL", 0x404, 4, 0, 0, 0 },
	{ "ARM_SVE", 0x405, 16, COUPLED, 22 + 1, 0 },
	{ "ARM_PAC_MASK", 0x406, 8, READ_ONLY, 30 + 1, 0 },
	{ "ARM_PACA_KEYS", 0x407, 16, 0, 30 + 1, 0 },
	{ "ARM_PACG_KEYS", 0x408, 16, 0, 31 + 1, 0 },
	{ "ARM_TAGGED_ADDR_CTRL", 0x409, 8, 0, 0, 0 },
	{ "ARM_PAC_ENABLED_KEYS", 0x40a, 8, 0, 30 + 1, 0 },
#endif
};
#define NR_SETS	((int)(sizeof(sets) / sizeof(sets[0])))

static unsigned char old[SIZE], new[SIZE], got[SIZE];

static long get_set(pid_t pid, int type, void *buf, size_t len)
{
	struct iovec iov = { buf, len };

	return trace(PTRACE_GETREGSET, pid, type, (unsigned long)&iov) ? -errno :
									 (long)iov.iov_len;
}

static long set_set(pid_t pid, int type, const void *buf, size_t len)
{
	struct iovec iov = { (void *)buf, len };

	return trace(PTRACE_SETREGSET, pid, type, (unsigned long)&iov) ? -errno :
									 (long)iov.iov_len;
}

static bool is_there(pid_t pid, const struct set *s)
{
	if (s->hwcap > 0)
		return getauxval(AT_HWCAP) >> (s->hwcap - 1) & 1;
	return !s->hwcap || get_set(pid, s->type, got, SIZE) > 0;
}

static bool is_refusal(long ret)
{
	return ret == -EINVAL || ret == -EIO || ret == -EFAULT || ret == -ENOSPC || ret == -EPERM ||
	       ret == -EOPNOTSUPP || ret == -EBUSY;
}

static void finish(pid_t pid)
{
	kill(pid, SIGKILL);
	CHECK_KILLED(pid, SIGKILL);
}

static void a_set_that_the_cpu_lacks_is_refused(void)
{
	pid_t pid = traced_child(return_0);
	int i;

	for (i = 0; i < NR_SETS; i++) {
		long ret = get_set(pid, sets[i].type, got, SIZE);

		if (is_there(pid, &sets[i])) {
			CHECK(ret > 0);
		} else {
			CHECK(ret == -EINVAL || ret == -ENODEV);
			ret = set_set(pid, sets[i].type, got, sets[i].slot);
			CHECK(ret == -EINVAL || ret == -ENODEV || ret == -EOPNOTSUPP);
		}
	}
	finish(pid);
}

static bool is_known(int type)
{
	int i;

	for (i = 0; i < NR_SETS; i++) {
		if (sets[i].type == type)
			return true;
	}
	return false;
}

/* On Linux newer sets are there too; but none that isn't this machine's. */
static void an_unknown_type_is_einval(void)
{
	pid_t pid = traced_child(return_0);
	int type;

	for (type = 0; type < 0x1000; type++) {
		if (is_known(type) || (type >= 0x200 && type < 0x210) ||
		    (type >= 0x400 && type < 0x420))
			continue;
		CHECK_EQ(get_set(pid, type, got, SIZE), -EINVAL);
		CHECK_EQ(set_set(pid, type, got, 8), -EINVAL);
	}
	CHECK_EQ(get_set(pid, 0x46e62b7f, got, SIZE), -EINVAL);
	finish(pid);
}

static void lengths_are_multiples_of_the_slot(void)
{
	pid_t pid = traced_child(return_0);
	int i, len;

	for (i = 0; i < NR_SETS; i++) {
		const struct set *s = &sets[i];

		if (!is_there(pid, s))
			continue;
		for (len = 1; len < 2 * s->slot; len++) {
			if (len % s->slot == 0)
				continue;
			CHECK_EQ(get_set(pid, s->type, got, len), -EINVAL);
			CHECK_EQ(set_set(pid, s->type, got, len), -EINVAL);
		}
		CHECK_EQ(get_set(pid, s->type, got, 0), 0);
	}
	finish(pid);
}

static void a_short_buffer_gets_the_beginning(void)
{
	pid_t pid = traced_child(return_0);
	int i, len;

	for (i = 0; i < NR_SETS; i++) {
		const struct set *s = &sets[i];
		long whole;

		if (!is_there(pid, s))
			continue;
		memset(old, 0, SIZE);
		whole = get_set(pid, s->type, old, SIZE);
		CHECK(whole > 0 && whole % s->slot == 0);
		for (len = s->slot; len < whole; len += s->slot) {
			memset(got, 0xa5, SIZE);
			CHECK_EQ(get_set(pid, s->type, got, len), len);
			/* An SVE set may be shorter than it could be. */
			if (s->type != 0x405)
				CHECK(!memcmp(got, old, len));
			CHECK_EQ(got[len], 0xa5);
		}
	}
	finish(pid);
}

static void a_bad_buffer_is_efault(void)
{
	pid_t pid = traced_child(return_0);
	int i;

	for (i = 0; i < NR_SETS; i++) {
		const struct set *s = &sets[i];
		long len = s->head + 2 * s->slot;

		if (!is_there(pid, s) || (s->flags & READ_ONLY))
			continue;
		CHECK_EQ(get_set(pid, s->type, (void *)8, len), -EFAULT);
		if (s->flags & WHOLE)
			len = get_set(pid, s->type, got, SIZE);
		CHECK_EQ(set_set(pid, s->type, (void *)8, len), -EFAULT);
		CHECK_EQ(set_set(pid, s->type, (void *)(1UL << 63), len), -EFAULT);
	}
	finish(pid);
}

/* On x86_64 another code selector means a 32-bit program on Linux, with other sets. */
static bool may_change(const struct set *s, int byte)
{
#if defined(__x86_64__)
	struct user_regs_struct *r = NULL;

	return s->type != NT_PRSTATUS || (byte / 8 != (int)((size_t)&r->cs / 8) &&
		byte / 8 != (int)((size_t)&r->ss / 8) && byte < (int)(size_t)&r->ds);
#else
	(void)s;
	(void)byte;
	return true;
#endif
}

static void change_byte(pid_t pid, const struct set *s, int len, int byte, unsigned char bits)
{
	long ret;

	memcpy(new, old, len);
	new[byte] ^= bits;
	ret = set_set(pid, s->type, new, len);
	if (ret != len && !is_refusal(ret))
		printf("# %s: byte %d ^ %#x: %ld\n", s->name, byte, bits, ret);
	CHECK(ret == len || is_refusal(ret));
	CHECK_EQ(get_set(pid, s->type, got, len), len);
	if (!(s->flags & COUPLED)) {
		/* The byte is the new one, or what it was, or some bits of it. */
		CHECK_EQ((got[byte] ^ old[byte]) & ~bits, 0);
		got[byte] = old[byte];
		if (memcmp(got, old, len))
			printf("# %s: byte %d ^ %#x changed another one\n", s->name, byte, bits);
		CHECK(!memcmp(got, old, len));
	}
	if (!(s->flags & READ_ONLY))
		CHECK_EQ(set_set(pid, s->type, old, len), len);
}

static void every_byte_is_kept_or_refused(void)
{
	pid_t pid = traced_child(return_0);
	int i, byte, len;

	for (i = 0; i < NR_SETS; i++) {
		const struct set *s = &sets[i];

		if (!is_there(pid, s))
			continue;
		memset(old, 0, SIZE);
		len = get_set(pid, s->type, old, SIZE);
#if !defined(__x86_64__)
		/* Only as many as there are can be written; and what was never written reads 0. */
		if (s->type == 0x402 || s->type == 0x403) {
			len = 8 + (old[0] & 0xff) * 16;
			CHECK_EQ(set_set(pid, s->type, old, len), len);
			CHECK_EQ(get_set(pid, s->type, old, len), len);
		}
		/* So much of it is there. */
		if (s->type == 0x405)
			memcpy(&len, old, 4);
#endif
		for (byte = 0; byte < len; byte++) {
			if (!may_change(s, byte))
				continue;
			change_byte(pid, s, len, byte, 0x01);
			change_byte(pid, s, len, byte, 0x80);
			change_byte(pid, s, len, byte, 0xff);
		}
		CHECK_EQ(get_set(pid, s->type, got, len), len);
		CHECK(!memcmp(got, old, len));
	}
	finish(pid);
}

/* What can be kept is kept: of the sets without checks, every bit. */
static void registers_without_a_meaning_take_any_value(void)
{
	pid_t pid = traced_child(return_0);
	int i, byte, len;

	for (i = 0; i < NR_SETS; i++) {
		const struct set *s = &sets[i];

		if (s->type != 0x401 && s->type != 0x407 && s->type != 0x408)
			continue;
		if (!is_there(pid, s))
			continue;
		/* Of TLS the first only: the second is SME's. */
		len = s->type == 0x401 ? 8 : get_set(pid, s->type, old, SIZE);
		for (byte = 0; byte < len; byte++)
			new[byte] = byte * 37 + 11;
		CHECK_EQ(set_set(pid, s->type, new, len), len);
		CHECK_EQ(get_set(pid, s->type, got, len), len);
		CHECK(!memcmp(new, got, len));
	}
	finish(pid);
}

/* ---- noise ---- */

static int runs_a_while(void)
{
	volatile double d = 1;
	int i;

	for (i = 0; i < 1000; i++)
		d = d * 1.5 + i;
	return 0;
}

static uint64_t noise_state = 0x9e3779b97f4a7c15;

static uint64_t noise(void)
{
	noise_state ^= noise_state << 13;
	noise_state ^= noise_state >> 7;
	return noise_state ^= noise_state << 17;
}

/* Some bytes of what is there, or all; then a few instructions with that. */
static void noise_in_any_set_is_survived(void)
{
	int round, i, n, len;

	for (round = 0; round < rounds(100); round++) {
		pid_t pid = traced_child(runs_a_while);

		for (n = 0; n < 4; n++) {
			const struct set *s = &sets[noise() % NR_SETS];

			len = get_set(pid, s->type, new, SIZE);
			if (len <= 0)
				continue;
			if (noise() % 4 == 0) {
				for (i = 0; i < len; i++)
					new[i] = noise();
			} else {
				for (i = 0; i < 8; i++)
					new[noise() % len] = noise();
			}
			if (noise() % 2)
				len = noise() % len / s->slot * s->slot;
			set_set(pid, s->type, new, len);
		}
		for (n = 0; n < 8; n++) {
			int status;

			if (trace(PTRACE_SINGLESTEP, pid, 0, 0))
				break;
			status = status_of(pid);
			if (!WIFSTOPPED(status))
				goto gone;
		}
		/* Anywhere now; it needn't come to an end. */
		trace(PTRACE_CONT, pid, 0, 0);
		kill(pid, SIGKILL);
		while (waitpid(pid, &n, __WALL) == pid && WIFSTOPPED(n))
			;
gone:
		;
	}
}

TESTS(
	TEST(a_set_that_the_cpu_lacks_is_refused),
	TEST(an_unknown_type_is_einval),
	TEST(lengths_are_multiples_of_the_slot),
	TEST(a_short_buffer_gets_the_beginning),
	TEST(a_bad_buffer_is_efault),
	TEST(every_byte_is_kept_or_refused),
	TEST(registers_without_a_meaning_take_any_value),
	TEST(noise_in_any_set_is_survived),
)
