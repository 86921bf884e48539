// SPDX-License-Identifier: MIT
/* ChaCha's block function, after RFC 8439. Any context. */

#include <crypto/chacha.h>

#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/string.h>
#include <linux/unaligned.h>

static inline void quarter_round(u32 *x, int a, int b, int c, int d)
{
	x[a] += x[b];
	x[d] = rol32(x[d] ^ x[a], 16);
	x[c] += x[d];
	x[b] = rol32(x[b] ^ x[c], 12);
	x[a] += x[b];
	x[d] = rol32(x[d] ^ x[a], 8);
	x[c] += x[d];
	x[b] = rol32(x[b] ^ x[c], 7);
}

/**
 * chacha_block_generic() - one block of key stream
 * @state: constants, key, counter, nonce: 16 words; the counter (word 12) is incremented
 * @stream: gets 64 bytes
 * @nrounds: 20, or fewer for weaker variants; even
 */
void chacha_block_generic(u32 *state, u8 *stream, int nrounds)
{
	u32 x[CHACHA_STATE_WORDS];
	int i;

	memcpy(x, state, sizeof(x));
	for (i = 0; i < nrounds; i += 2) {
		/* columns */
		quarter_round(x, 0, 4, 8, 12);
		quarter_round(x, 1, 5, 9, 13);
		quarter_round(x, 2, 6, 10, 14);
		quarter_round(x, 3, 7, 11, 15);
		/* diagonals */
		quarter_round(x, 0, 5, 10, 15);
		quarter_round(x, 1, 6, 11, 12);
		quarter_round(x, 2, 7, 8, 13);
		quarter_round(x, 3, 4, 9, 14);
	}

	for (i = 0; i < CHACHA_STATE_WORDS; i++)
		put_unaligned_le32(x[i] + state[i], stream + 4 * i);
	state[12]++;
	memzero_explicit(x, sizeof(x));
}
EXPORT_SYMBOL(chacha_block_generic);
