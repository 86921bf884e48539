/* SPDX-License-Identifier: MIT */
#ifndef _CRYPTO_CHACHA_H
#define _CRYPTO_CHACHA_H

/* The ChaCha stream cipher's block function (RFC 8439). */

#include <linux/types.h>

#define CHACHA_KEY_SIZE		32
#define CHACHA_BLOCK_SIZE	64
#define CHACHA_STATE_WORDS	16

enum chacha_constants {		/* "expand 32-byte k" */
	CHACHA_CONSTANT_EXPA = 0x61707865U,
	CHACHA_CONSTANT_ND_3 = 0x3320646eU,
	CHACHA_CONSTANT_2_BY = 0x79622d32U,
	CHACHA_CONSTANT_TE_K = 0x6b206574U
};

/** chacha_init_consts - the four constant words of a state (RFC 8439, 2.3) */
static inline void chacha_init_consts(u32 *state)
{
	state[0] = CHACHA_CONSTANT_EXPA;
	state[1] = CHACHA_CONSTANT_ND_3;
	state[2] = CHACHA_CONSTANT_2_BY;
	state[3] = CHACHA_CONSTANT_TE_K;
}

void chacha_block_generic(u32 *state, u8 *stream, int nrounds);

/** chacha20_block - 64 bytes of key stream; the block counter in state[12] moves on */
static inline void chacha20_block(u32 *state, u8 *stream)
{
	chacha_block_generic(state, stream, 20);
}

#endif
