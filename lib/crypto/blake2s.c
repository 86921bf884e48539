// SPDX-License-Identifier: MIT
/* BLAKE2s, after RFC 7693. Any context. */

#include <crypto/blake2s.h>

#include <linux/bitops.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/unaligned.h>

static const u32 iv[8] = {
	BLAKE2S_IV0, BLAKE2S_IV1, BLAKE2S_IV2, BLAKE2S_IV3,
	BLAKE2S_IV4, BLAKE2S_IV5, BLAKE2S_IV6, BLAKE2S_IV7
};

/* In which order each round takes the words of the message. */
static const u8 sigma[10][16] = {
	{ 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15 },
	{ 14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3 },
	{ 11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4 },
	{ 7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8 },
	{ 9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13 },
	{ 2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9 },
	{ 12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11 },
	{ 13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10 },
	{ 6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5 },
	{ 10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0 },
};

static inline void mix(u32 *v, int a, int b, int c, int d, u32 x, u32 y)
{
	v[a] += v[b] + x;
	v[d] = ror32(v[d] ^ v[a], 16);
	v[c] += v[d];
	v[b] = ror32(v[b] ^ v[c], 12);
	v[a] += v[b] + y;
	v[d] = ror32(v[d] ^ v[a], 8);
	v[c] += v[d];
	v[b] = ror32(v[b] ^ v[c], 7);
}

/* Hash one block, of which @inc bytes are message. */
static void compress(struct blake2s_state *state, const u8 *block, u32 inc)
{
	u32 m[16], v[16];
	int i;

	state->t[0] += inc;
	state->t[1] += state->t[0] < inc;

	for (i = 0; i < 16; i++)
		m[i] = get_unaligned_le32(block + 4 * i);
	for (i = 0; i < 8; i++) {
		v[i] = state->h[i];
		v[i + 8] = iv[i];
	}
	v[12] ^= state->t[0];
	v[13] ^= state->t[1];
	v[14] ^= state->f[0];
	v[15] ^= state->f[1];

	for (i = 0; i < 10; i++) {
		const u8 *s = sigma[i];

		mix(v, 0, 4, 8, 12, m[s[0]], m[s[1]]);
		mix(v, 1, 5, 9, 13, m[s[2]], m[s[3]]);
		mix(v, 2, 6, 10, 14, m[s[4]], m[s[5]]);
		mix(v, 3, 7, 11, 15, m[s[6]], m[s[7]]);
		mix(v, 0, 5, 10, 15, m[s[8]], m[s[9]]);
		mix(v, 1, 6, 11, 12, m[s[10]], m[s[11]]);
		mix(v, 2, 7, 8, 13, m[s[12]], m[s[13]]);
		mix(v, 3, 4, 9, 14, m[s[14]], m[s[15]]);
	}

	for (i = 0; i < 8; i++)
		state->h[i] ^= v[i] ^ v[i + 8];
}

/**
 * blake2s_init_key() - begin a hash
 * @state: state
 * @outlen: bytes of the result, 1 to 32
 * @key: key
 * @keylen: its length, 0 to 32
 */
void blake2s_init_key(struct blake2s_state *state, size_t outlen, const void *key,
		      size_t keylen)
{
	WARN_ON(!outlen || outlen > BLAKE2S_HASH_SIZE || keylen > BLAKE2S_KEY_SIZE);

	memset(state, 0, sizeof(*state));
	memcpy(state->h, iv, sizeof(iv));
	/* the parameters: lengths, fan-out 1, depth 1 */
	state->h[0] ^= 0x01010000 | keylen << 8 | outlen;
	state->outlen = outlen;
	if (keylen) {
		memcpy(state->buf, key, keylen);
		state->buflen = BLAKE2S_BLOCK_SIZE;
	}
}
EXPORT_SYMBOL(blake2s_init_key);

/** blake2s_update() - hash more bytes */
void blake2s_update(struct blake2s_state *state, const u8 *in, size_t inlen)
{
	while (inlen) {
		size_t piece;

		/* a full block is hashed only when more follows: the last one is special */
		if (state->buflen == BLAKE2S_BLOCK_SIZE) {
			compress(state, state->buf, BLAKE2S_BLOCK_SIZE);
			state->buflen = 0;
		}
		piece = min_t(size_t, inlen, BLAKE2S_BLOCK_SIZE - state->buflen);
		memcpy(state->buf + state->buflen, in, piece);
		state->buflen += piece;
		in += piece;
		inlen -= piece;
	}
}
EXPORT_SYMBOL(blake2s_update);

/** blake2s_final() - end a hash; the state is wiped */
void blake2s_final(struct blake2s_state *state, u8 *out)
{
	u8 hash[BLAKE2S_HASH_SIZE];
	int i;

	state->f[0] = ~0U;
	memset(state->buf + state->buflen, 0, BLAKE2S_BLOCK_SIZE - state->buflen);
	compress(state, state->buf, state->buflen);
	for (i = 0; i < 8; i++)
		put_unaligned_le32(state->h[i], hash + 4 * i);
	memcpy(out, hash, state->outlen);
	memzero_explicit(hash, sizeof(hash));
	memzero_explicit(state, sizeof(*state));
}
EXPORT_SYMBOL(blake2s_final);
