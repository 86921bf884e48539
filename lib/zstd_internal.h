/* SPDX-License-Identifier: MIT */
#ifndef _LIB_ZSTD_INTERNAL_H
#define _LIB_ZSTD_INTERNAL_H

/* What the decoder's files share: errors, bits read from the back, and the two entropy codes. */

#include <linux/zstd_decode.h>

#include <linux/errno.h>
#include <linux/unaligned.h>

/**
 * struct back_bits - bits that are read from the last byte to the first
 *
 * The highest set bit of the last byte ends the stream and is no part of it. left < 0: more was
 * read than there is; what was missing read as zero.
 */
struct back_bits {
	const u8 *base;
	size_t bytes;
	s64 left;
};

static inline int zstd_bad(struct zstd_decoder *d, const char *why)
{
	if (!d->why)
		d->why = why;
	return -EINVAL;
}

/* The @n bits, up to 56, from bit @at on. */
static inline u64 bits_at(const struct back_bits *b, s64 at, unsigned int n)
{
	size_t byte = at / 8;
	u64 word = 0;
	unsigned int i;

	if (at < 0)
		return at + n <= 0 ? 0 : bits_at(b, 0, at + n) << -at;
	if (byte + 8 <= b->bytes)
		word = get_unaligned_le64(b->base + byte);
	else
		for (i = 0; byte + i < b->bytes; i++)
			word |= (u64)b->base[byte + i] << 8 * i;
	return word >> at % 8 & ((1ull << n) - 1);
}

static inline u64 peek_back(const struct back_bits *b, unsigned int n)
{
	return bits_at(b, b->left - n, n);
}

static inline u64 take_back(struct back_bits *b, unsigned int n)
{
	u64 value = peek_back(b, n);

	b->left -= n;
	return value;
}

int zstd_back_bits(struct zstd_decoder *d, struct back_bits *b, const u8 *in, size_t len);

/* ---- FSE: a state's symbol, and the step to the next state ---- */

static inline u8 fse_symbol(const struct zstd_fse *t, unsigned int state)
{
	return t->state[state].symbol;
}

static inline unsigned int fse_next(const struct zstd_fse *t, unsigned int state,
				    struct back_bits *b)
{
	return t->state[state].base + take_back(b, t->state[state].bits);
}

int zstd_fse_read(struct zstd_decoder *d, struct zstd_fse *t, int max_log,
		  unsigned int max_symbol, const u8 **in, const u8 *end);
void zstd_fse_build(struct zstd_fse *t, const s16 *norm, unsigned int symbols, int log);
void zstd_fse_single(struct zstd_fse *t, u8 symbol);

int zstd_read_literals(struct zstd_decoder *d, const u8 **in, const u8 *end);

#endif /* _LIB_ZSTD_INTERNAL_H */
