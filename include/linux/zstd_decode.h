/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_ZSTD_DECODE_H
#define _LINUX_ZSTD_DECODE_H

/*
 * Zstandard (RFC 8878): decompression of a frame in a buffer.
 *
 * zstd_decode_begin() reads the frame's header, which says how much of the output matches may reach
 * back to. The caller provides @ring, of ring_size bytes, and zstd_decode_frame() does the rest.
 */

#include <linux/types.h>
#include <linux/xxhash.h>

#define ZSTD_BLOCK_MAX	(128u << 10)	/* output of one block, at most */
#define ZSTD_WINDOW_MAX	(128ull << 20)	/* frames that need more are refused */

#define ZSTD_MAX_LL_LOG		9
#define ZSTD_MAX_OF_LOG		8
#define ZSTD_MAX_ML_LOG		9
#define ZSTD_MAX_HUFFMAN_BITS	11

/**
 * struct zstd_fse_entry - a state: its symbol, and the next one is base + the next bits of input
 */
struct zstd_fse_entry {
	u16 base;
	u8 bits;
	u8 symbol;
};

/** struct zstd_fse - a table of 2^log states; log < 0: there is none yet */
struct zstd_fse {
	struct zstd_fse_entry *state;
	int log;
};

struct zstd_huffman_entry {
	u8 symbol;
	u8 bits;
};

/**
 * struct zstd_decoder - the decoder; too big for a stack
 * @in: next byte of input
 * @end: behind the last
 * @ring: the last ring_size bytes of output; the caller's
 * @ring_size: how many; at least the window and a block
 * @sink: called with @arg and each piece of output; nonzero ends it all
 * @arg: for @sink
 * @why: after an error, what was wrong
 * @total: bytes of output
 */
struct zstd_decoder {
	const u8 *in, *end;
	u8 *ring;
	size_t ring_size;
	int (*sink)(void *arg, const u8 *data, size_t len);
	void *arg;
	const char *why;
	u64 total;

	/* private */
	u64 window, content_size;
	bool has_content_size, has_checksum;
	u32 block_max;
	size_t pos;			/* in the ring */
	u32 produced;			/* output of this block */
	u32 repeat[3];			/* offsets that were used last */
	struct xxh64_state hash;
	struct zstd_fse ll, of, ml;	/* literal lengths, offsets, match lengths */
	struct zstd_fse_entry ll_state[1 << ZSTD_MAX_LL_LOG], of_state[1 << ZSTD_MAX_OF_LOG],
			      ml_state[1 << ZSTD_MAX_ML_LOG];
	int huffman_bits;		/* 0: no code yet */
	struct zstd_huffman_entry huffman[1 << ZSTD_MAX_HUFFMAN_BITS];
	const u8 *literal, *literal_end;	/* of this block, not used yet */
	u8 literals[ZSTD_BLOCK_MAX];
};

int zstd_decode_begin(struct zstd_decoder *d, const void *in, size_t len,
		      int (*sink)(void *arg, const u8 *data, size_t len), void *arg);
int zstd_decode_frame(struct zstd_decoder *d);

#endif /* _LINUX_ZSTD_DECODE_H */
