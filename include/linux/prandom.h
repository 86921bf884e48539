/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_PRANDOM_H
#define _LINUX_PRANDOM_H

/*
 * Pseudo-random sequences that a seed determines: for tests and simulations, not for secrets. The
 * generator (lib/random32.c) is Tausworthe's, four combined shift registers.
 */

#include <linux/types.h>
#include <linux/once.h>
#include <linux/percpu-defs.h>

struct rnd_state {
	__u32 s1, s2, s3, s4;
};

u32 prandom_u32_state(struct rnd_state *state);
void prandom_bytes_state(struct rnd_state *state, void *buf, size_t nbytes);
void prandom_seed_full_state(struct rnd_state __percpu *pcpu_state);

/** prandom_init_once - prandom_seed_full_state() the first time that this line is reached */
#define prandom_init_once(pcpu_state)	DO_ONCE(prandom_seed_full_state, (pcpu_state))

/** __seed - @x raised to at least @m: below its bound a register would stick at zero */
static inline u32 __seed(u32 x, u32 m)
{
	return x < m ? x + m : x;
}

/** prandom_seed_state - begin the sequence that @seed names */
static inline void prandom_seed_state(struct rnd_state *state, u64 seed)
{
	u32 i = ((seed >> 32) ^ (seed << 10) ^ seed) & 0xffffffffUL;

	state->s1 = __seed(i, 2U);
	state->s2 = __seed(i, 8U);
	state->s3 = __seed(i, 16U);
	state->s4 = __seed(i, 128U);
}

/** next_pseudo_random32 - one step of a 32-bit linear congruential generator */
static inline u32 next_pseudo_random32(u32 seed)
{
	return seed * 1664525 + 1013904223;
}

#endif
