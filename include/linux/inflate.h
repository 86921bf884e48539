/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_INFLATE_H
#define _LINUX_INFLATE_H

/*
 * DEFLATE (RFC 1951) and its wrappings zlib (RFC 1950) and gzip (RFC 1952): decompression of a
 * buffer.
 */

#include <linux/types.h>

#define INFLATE_WINDOW	32768u	/* how far back a match may reach */

/**
 * struct inflate_state - the decoder; too big for a stack
 * @in: next byte of input
 * @end: behind the last
 * @sink: called with @arg and each full window of output, and the rest; nonzero ends it all
 * @arg: for @sink
 * @why: after an error, what was wrong
 */
struct inflate_state {
	const u8 *in, *end;
	int (*sink)(void *arg, const u8 *data, size_t len);
	void *arg;
	const char *why;

	/* private */
	u32 bits;		/* input that was taken but not used, lowest bit first */
	unsigned int nbits;
	u64 total;		/* bytes of output */
	unsigned int fill;	/* of the window */
	u32 crc, adler;		/* of the output that went to the sink */
	bool want_crc, want_adler;
	u16 lit_count[16], lit_symbol[288];
	u16 dist_count[16], dist_symbol[32];
	u8 lengths[320];
	u8 window[INFLATE_WINDOW];
};

void inflate_begin(struct inflate_state *s, const void *in, size_t len,
		   int (*sink)(void *arg, const u8 *data, size_t len), void *arg);
int inflate_raw(struct inflate_state *s);
int inflate_zlib(struct inflate_state *s);
int inflate_gzip(struct inflate_state *s);

#endif /* _LINUX_INFLATE_H */
