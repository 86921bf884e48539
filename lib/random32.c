// SPDX-License-Identifier: MIT
/*
 * Tausworthe's generator, as L'Ecuyer's taus113: four linear feedback shift registers over the
 * two-element field, whose outputs are combined by xor. Their periods are coprime; together about
 * 2^113. Fast and well distributed, but linear: anybody can predict it. The caller locks the state.
 */

#include <linux/prandom.h>

#include <linux/cpumask.h>
#include <linux/export.h>
#include <linux/kernel.h>
#include <linux/percpu.h>
#include <linux/random.h>
#include <linux/string.h>
#include <linux/unaligned.h>

/* One step of one register: the bits below @mask's zeros are redundant. */
static u32 step(u32 s, unsigned int a, unsigned int b, u32 mask, unsigned int d)
{
	return ((s & mask) << d) ^ (((s << a) ^ s) >> b);
}

/** prandom_u32_state() - the next 32-bit number of a sequence */
u32 prandom_u32_state(struct rnd_state *state)
{
	state->s1 = step(state->s1, 6, 13, 4294967294U, 18);
	state->s2 = step(state->s2, 2, 27, 4294967288U, 2);
	state->s3 = step(state->s3, 13, 21, 4294967280U, 7);
	state->s4 = step(state->s4, 3, 12, 4294967168U, 13);

	return state->s1 ^ state->s2 ^ state->s3 ^ state->s4;
}
EXPORT_SYMBOL(prandom_u32_state);

/** prandom_bytes_state() - the next bytes of a sequence, little-endian numbers cut up */
void prandom_bytes_state(struct rnd_state *state, void *buf, size_t bytes)
{
	u8 *p = buf;

	for (; bytes >= sizeof(u32); bytes -= sizeof(u32), p += sizeof(u32))
		put_unaligned_le32(prandom_u32_state(state), p);

	if (bytes) {
		u32 rest = prandom_u32_state(state);

		for (; bytes; bytes--, rest >>= 8)
			*p++ = rest;
	}
}
EXPORT_SYMBOL(prandom_bytes_state);

/** prandom_seed_full_state() - seed each CPU's state from get_random_bytes() */
void prandom_seed_full_state(struct rnd_state __percpu *pcpu_state)
{
	int cpu, i;

	for_each_possible_cpu(cpu) {
		struct rnd_state *state = per_cpu_ptr(pcpu_state, cpu);
		u32 seeds[4];

		get_random_bytes(seeds, sizeof(seeds));
		state->s1 = __seed(seeds[0], 2U);
		state->s2 = __seed(seeds[1], 8U);
		state->s3 = __seed(seeds[2], 16U);
		state->s4 = __seed(seeds[3], 128U);

		/* the registers begin correlated with their seeds: run them in */
		for (i = 0; i < 10; i++)
			prandom_u32_state(state);
	}
}
EXPORT_SYMBOL(prandom_seed_full_state);
