/* SPDX-License-Identifier: MIT */
#ifndef SELFTESTS_PTRACE_HWBREAK_H
#define SELFTESTS_PTRACE_HWBREAK_H

/*
 * Breakpoints and watchpoints of the processor, whichever way the machine has them set: words of
 * struct user on x86_64, register sets on arm64.
 *
 * Where the machines differ for good: a watchpoint stops x86_64 behind the access and arm64 before
 * it; and from a breakpoint x86_64 goes on, while arm64 hits it again until it is taken away.
 */

#include <stddef.h>

#include "trace.h"

#ifndef NT_ARM_HW_BREAK
#define NT_ARM_HW_BREAK	0x402
#define NT_ARM_HW_WATCH	0x403
#endif

enum hw_type { HW_EXECUTE, HW_WRITE, HW_READ_WRITE };

#if defined(__x86_64__)

#define WATCH_STOPS_BEFORE	0
#define HW_SLOTS		4

static inline long poke_debugreg(pid_t pid, int n, unsigned long value)
{
	return trace(PTRACE_POKEUSER, pid, offsetof(struct user, u_debugreg[n]), value);
}

static inline unsigned long peek_debugreg(pid_t pid, int n)
{
	unsigned long value = ~0UL;

	CHECK_EQ(trace(PTRACE_PEEKUSER, pid, offsetof(struct user, u_debugreg[n]),
		       (unsigned long)&value), 0);
	return value;
}

static inline unsigned long hw_control(int slot, enum hw_type type, int len)
{
	static const unsigned char types[] = { 0, 1, 3 }, lengths[] = {
		[1] = 0, [2] = 1, [4] = 3, [8] = 2,
	};

	return 1UL << (slot * 2) |
	       (unsigned long)(types[type] | lengths[type == HW_EXECUTE ? 1 : len] << 2) <<
	       (16 + slot * 4);
}

/* Return: 0, or -1 with errno. */
static inline long set_hw(pid_t pid, int slot, enum hw_type type, const volatile void *addr,
			  int len)
{
	unsigned long mine = 3UL << (slot * 2) | 0xfUL << (16 + slot * 4);
	unsigned long others = peek_debugreg(pid, 7) & ~mine;

	/* Off while the address changes. */
	if (poke_debugreg(pid, 7, others) || poke_debugreg(pid, slot, (unsigned long)addr))
		return -1;
	return poke_debugreg(pid, 7, others | hw_control(slot, type, len));
}

static inline void clear_hw(pid_t pid, int slot, enum hw_type type)
{
	(void)type;
	CHECK_EQ(poke_debugreg(pid, 7, peek_debugreg(pid, 7) & ~(3UL << (slot * 2))), 0);
}

#else

#define WATCH_STOPS_BEFORE	1
#define HW_SLOTS		2	/* every processor has so many of each kind */

struct hw_state {
	unsigned int info, pad;
	struct {
		unsigned long addr;
		unsigned int ctrl, pad;
	} slot[16];
};

static inline long get_hw_state(pid_t pid, int set, struct hw_state *state)
{
	struct iovec iov = { state, sizeof(*state) };

	memset(state, 0xa5, sizeof(*state));
	return trace(PTRACE_GETREGSET, pid, set, (unsigned long)&iov) ? -1 : (long)iov.iov_len;
}

/* Only the first @slots. */
static inline long set_hw_state(pid_t pid, int set, struct hw_state *state, int slots)
{
	struct iovec iov = { state, offsetof(struct hw_state, slot) + slots * 16 };

	return trace(PTRACE_SETREGSET, pid, set, (unsigned long)&iov);
}

static inline int hw_set_of(enum hw_type type)
{
	return type == HW_EXECUTE ? NT_ARM_HW_BREAK : NT_ARM_HW_WATCH;
}

static inline long set_hw(pid_t pid, int slot, enum hw_type type, const volatile void *addr,
			  int len)
{
	static const unsigned char types[] = { 0, 2, 3 };
	unsigned int first = type == HW_EXECUTE ? 0 : (unsigned long)addr & 7;
	struct hw_state state;

	/* Bytes of a doubleword, as gdb asks: Linux refuses some addresses within one. */
	CHECK(get_hw_state(pid, hw_set_of(type), &state) > 0);
	state.slot[slot].addr = (unsigned long)addr - first;
	state.slot[slot].ctrl = ((1U << len) - 1) << first << 5 | types[type] << 3 | 1;
	return set_hw_state(pid, hw_set_of(type), &state, slot + 1);
}

static inline void clear_hw(pid_t pid, int slot, enum hw_type type)
{
	struct hw_state state;

	CHECK(get_hw_state(pid, hw_set_of(type), &state) > 0);
	state.slot[slot].ctrl = 0;
	CHECK_EQ(set_hw_state(pid, hw_set_of(type), &state, slot + 1), 0);
}

#endif

#endif /* SELFTESTS_PTRACE_HWBREAK_H */
