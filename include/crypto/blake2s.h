/* SPDX-License-Identifier: MIT */
#ifndef _CRYPTO_BLAKE2S_H
#define _CRYPTO_BLAKE2S_H

/* BLAKE2s, a keyed hash of 1 to 32 bytes (RFC 7693). The caller locks the state. */

#include <linux/bug.h>
#include <linux/string.h>
#include <linux/types.h>

enum blake2s_lengths {
	BLAKE2S_BLOCK_SIZE = 64,
	BLAKE2S_HASH_SIZE = 32,
	BLAKE2S_KEY_SIZE = 32,
};

struct blake2s_state {
	u32 h[8];
	u32 t[2];			/* bytes hashed so far */
	u32 f[2];			/* all ones when the last block is hashed */
	u8 buf[BLAKE2S_BLOCK_SIZE];
	unsigned int buflen;
	unsigned int outlen;
};

enum blake2s_iv {
	BLAKE2S_IV0 = 0x6A09E667UL,
	BLAKE2S_IV1 = 0xBB67AE85UL,
	BLAKE2S_IV2 = 0x3C6EF372UL,
	BLAKE2S_IV3 = 0xA54FF53AUL,
	BLAKE2S_IV4 = 0x510E527FUL,
	BLAKE2S_IV5 = 0x9B05688CUL,
	BLAKE2S_IV6 = 0x1F83D9ABUL,
	BLAKE2S_IV7 = 0x5BE0CD19UL,
};

void blake2s_init_key(struct blake2s_state *state, size_t outlen, const void *key,
		      size_t keylen);
void blake2s_update(struct blake2s_state *state, const u8 *in, size_t inlen);
void blake2s_final(struct blake2s_state *state, u8 *out);

/** blake2s_init - begin a hash of @outlen (1 to 32) bytes without key */
static inline void blake2s_init(struct blake2s_state *state, size_t outlen)
{
	blake2s_init_key(state, outlen, NULL, 0);
}

/** blake2s - the hash of one block of bytes */
static inline void blake2s(u8 *out, const u8 *in, const u8 *key, const size_t outlen,
			   const size_t inlen, const size_t keylen)
{
	struct blake2s_state state;

	blake2s_init_key(&state, outlen, key, keylen);
	blake2s_update(&state, in, inlen);
	blake2s_final(&state, out);
}

#endif
