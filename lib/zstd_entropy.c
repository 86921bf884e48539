// SPDX-License-Identifier: MIT
/*
 * Zstandard's two entropy codes and the literals. See zstd_decode.c for the format as a whole.
 *
 * FSE (tANS). A table has 2^log states, and each state a symbol; a symbol with probability p /
 * 2^log has p states. A step gives the state's symbol, reads as many bits as the state says and
 * goes to base + bits. A symbol's states divide the whole table among them: of p states, those with
 * the lower numbers have a stretch of 2^k, the others of 2^(k-1), where 2^k is the least power that
 * is enough. So the table follows from the probabilities alone. Symbols of "less than one" get one
 * state, which reads a whole new state.
 *
 * Huffman. The code's description gives weights: w > 0 means a code of max + 1 - w bits. The last
 * symbol's weight isn't written: it is what is missing to a power of two. Codes are in the order of
 * weight, then symbol, so that a table of 2^max entries is filled from bottom to top, 2^(w-1)
 * entries for a symbol, and the next max bits are the index.
 */

#include "zstd_internal.h"

#include <linux/bitops.h>
#include <linux/log2.h>
#include <linux/minmax.h>
#include <linux/string.h>

#define MAX_WEIGHT_LOG	6
#define MAX_SYMBOLS	256

/* ---- bits ---- */

/** zstd_back_bits() - begin to read a stream from its back; -EINVAL if its end isn't marked */
int zstd_back_bits(struct zstd_decoder *d, struct back_bits *b, const u8 *in, size_t len)
{
	if (!len || !in[len - 1])
		return zstd_bad(d, "a bit stream without an end mark");
	b->base = in;
	b->bytes = len;
	b->left = (s64)(len - 1) * 8 + fls(in[len - 1]) - 1;
	return 0;
}

/*
 * Bits from the first byte to the last; past the end they are zero, and the reader looks at the
 * end.
 */
struct fore_bits {
	struct back_bits b;
	s64 at;
};

static unsigned int take_fore(struct fore_bits *f, unsigned int n)
{
	unsigned int value = bits_at(&f->b, f->at, n);

	f->at += n;
	return value;
}

/* ---- FSE ---- */

/** zstd_fse_single() - a table of one state that is always @symbol */
void zstd_fse_single(struct zstd_fse *t, u8 symbol)
{
	t->log = 0;
	t->state[0] = (struct zstd_fse_entry) { .symbol = symbol };
}

/**
 * zstd_fse_build() - make a table
 * @t: has room for 2^@log states
 * @norm: each symbol's number of states; -1: less than one. They sum up to 2^@log
 * @symbols: how many
 * @log: see above
 */
void zstd_fse_build(struct zstd_fse *t, const s16 *norm, unsigned int symbols, int log)
{
	unsigned int size = 1u << log, top = size, at = 0, s, i;
	unsigned int step = size / 2 + size / 8 + 3;	/* odd: meets every state */
	u16 next[MAX_SYMBOLS];

	for (s = 0; s < symbols; s++) {
		next[s] = norm[s];
		if (norm[s] == -1) {
			t->state[--top].symbol = s;
			next[s] = 1;
		}
	}
	for (s = 0; s < symbols; s++) {
		for (i = 0; (int)i < norm[s]; i++) {
			t->state[at].symbol = s;
			do
				at = (at + step) % size;
			while (at >= top);
		}
	}
	for (i = 0; i < size; i++) {
		struct zstd_fse_entry *e = &t->state[i];
		unsigned int n = next[e->symbol]++;

		e->bits = log - (fls(n) - 1);
		e->base = (n << e->bits) - size;
	}
	t->log = log;
}

/*
 * One probability, of those that @left leaves: 0 to left + 1, which stands for -1 to left. Where
 * left + 2 isn't a power of two, the low values take a bit less.
 */
static int take_probability(struct fore_bits *f, unsigned int left)
{
	unsigned int bits = fls(left + 1), low = (1u << (bits - 1)) - 1;
	unsigned int spare = (1u << bits) - 2 - left, value = take_fore(f, bits);

	if ((value & low) < spare) {
		f->at--;
		value &= low;
	} else if (value > low) {
		value -= spare;
	}
	return (int)value - 1;
}

/**
 * zstd_fse_read() - read a table's description
 * @d: for errors
 * @t: gets the table
 * @max_log: what it has room for
 * @max_symbol: the largest symbol that there may be
 * @in: where it begins; moved behind it
 * @end: where the input ends
 *
 * Return: 0, -EINVAL.
 */
int zstd_fse_read(struct zstd_decoder *d, struct zstd_fse *t, int max_log,
		  unsigned int max_symbol, const u8 **in, const u8 *end)
{
	struct fore_bits f = { .b = { .base = *in, .bytes = end - *in } };
	unsigned int symbols = 0, repeat, log = take_fore(&f, 4) + 5;
	s16 norm[MAX_SYMBOLS];
	int left = 1 << log;

	if ((int)log > max_log)
		return zstd_bad(d, "an FSE table that is too big");
	while (left > 0 && symbols <= max_symbol) {
		int p = take_probability(&f, left);

		norm[symbols++] = p;
		left -= p < 0 ? 1 : p;
		if (p)
			continue;
		do {		/* zeroes, in runs of up to three */
			repeat = take_fore(&f, 2);
			if (repeat > max_symbol + 1 - symbols)
				return zstd_bad(d, "too many symbols of an FSE table");
			memset(&norm[symbols], 0, repeat * sizeof(norm[0]));
			symbols += repeat;
		} while (repeat == 3);
	}
	if (left)
		return zstd_bad(d, "an FSE table that doesn't add up");
	if (f.at > (s64)(end - *in) * 8)
		return zstd_bad(d, "input ends in an FSE table");
	*in += (f.at + 7) / 8;
	zstd_fse_build(t, norm, symbols, log);
	return 0;
}

/* ---- Huffman: the description ---- */

/*
 * Weights in FSE code, by two states in turn; the one whose turn it is when the bits run out is the
 * last.
 */
static int read_coded_weights(struct zstd_decoder *d, u8 *weight, const u8 *in, const u8 *end)
{
	struct zstd_fse_entry states[1 << MAX_WEIGHT_LOG];
	struct zstd_fse t = { .state = states };
	unsigned int state[2], turn = 0;
	struct back_bits b;
	int n = 0, ret;

	ret = zstd_fse_read(d, &t, MAX_WEIGHT_LOG, MAX_SYMBOLS - 1, &in, end);
	if (ret)
		return ret;
	ret = zstd_back_bits(d, &b, in, end - in);
	if (ret)
		return ret;
	state[0] = take_back(&b, t.log);
	state[1] = take_back(&b, t.log);
	if (b.left < 0)
		return zstd_bad(d, "input ends in a Huffman code");
	for (; n < MAX_SYMBOLS - 2; turn ^= 1) {
		weight[n++] = fse_symbol(&t, state[turn]);
		state[turn] = fse_next(&t, state[turn], &b);
		if (b.left < 0) {
			weight[n++] = fse_symbol(&t, state[turn ^ 1]);
			return n;
		}
	}
	return zstd_bad(d, "too many symbols of a Huffman code");
}

/* The weights that are written, which are at most 255; returns their number. */
static int read_weights(struct zstd_decoder *d, u8 *weight, const u8 **in, const u8 *end)
{
	const u8 *p = *in;
	int head, n, i;

	if (p == end)
		return zstd_bad(d, "input ends before a Huffman code");
	head = *p++;
	if (head < 128) {
		if (head > end - p)
			return zstd_bad(d, "input ends in a Huffman code");
		*in = p + head;
		return read_coded_weights(d, weight, p, p + head);
	}
	n = head - 127;
	if ((n + 1) / 2 > end - p)
		return zstd_bad(d, "input ends in a Huffman code");
	for (i = 0; i < n; i++)
		weight[i] = i % 2 ? p[i / 2] & 15 : p[i / 2] >> 4;
	*in = p + (n + 1) / 2;
	return n;
}

/* From @n weights to the table. */
static int build_huffman(struct zstd_decoder *d, u8 *weight, int n)
{
	unsigned int sum = 0, missing, at = 0, w, i;
	int s, bits;

	for (s = 0; s < n; s++) {
		if (weight[s] > ZSTD_MAX_HUFFMAN_BITS)
			return zstd_bad(d, "a Huffman code that is too long");
		sum += 1u << weight[s] >> 1;
	}
	if (!sum)
		return zstd_bad(d, "a Huffman code without symbols");
	bits = fls(sum);
	missing = (1u << bits) - sum;
	if (bits > ZSTD_MAX_HUFFMAN_BITS || !is_power_of_2(missing))
		return zstd_bad(d, "a Huffman code that doesn't add up");
	weight[n++] = fls(missing);

	for (w = 1; w <= (unsigned int)bits; w++) {
		for (s = 0; s < n; s++) {
			if (weight[s] != w)
				continue;
			for (i = 0; i < 1u << w >> 1; i++)
				d->huffman[at++] = (struct zstd_huffman_entry) {
					.symbol = s,
					.bits = bits + 1 - w,
				};
		}
	}
	d->huffman_bits = bits;
	return 0;
}

static int read_huffman(struct zstd_decoder *d, const u8 **in, const u8 *end)
{
	u8 weight[MAX_SYMBOLS];
	int n;

	d->huffman_bits = 0;
	n = read_weights(d, weight, in, end);
	return n < 0 ? n : build_huffman(d, weight, n);
}

/* ---- literals ---- */

/* A stream of @n symbols, no bit more or less. */
static int decode_stream(struct zstd_decoder *d, u8 *out, size_t n, const u8 *in, size_t len)
{
	struct back_bits b;
	int ret;

	ret = zstd_back_bits(d, &b, in, len);
	if (ret)
		return ret;
	while (n-- && b.left > 0) {
		struct zstd_huffman_entry e = d->huffman[peek_back(&b, d->huffman_bits)];

		*out++ = e.symbol;
		b.left -= e.bits;
	}
	return b.left || n + 1 ? zstd_bad(d, "literals of a wrong length") : 0;
}

/* Four streams, the lengths of the first three in front. */
static int decode_four(struct zstd_decoder *d, size_t n, const u8 *in, size_t len)
{
	size_t part = (n + 3) / 4, used = 6, size;
	int i, ret;

	if (len < 6 || 3 * part > n)
		return zstd_bad(d, "literals that aren't four streams");
	for (i = 0; i < 4; i++) {
		size = i < 3 ? get_unaligned_le16(in + 2 * i) : len - used;
		if (size > len - used)
			return zstd_bad(d, "streams of literals that are too long");
		ret = decode_stream(d, d->literals + i * part, i < 3 ? part : n - 3 * part,
				    in + used, size);
		if (ret)
			return ret;
		used += size;
	}
	return 0;
}

enum literals_type { LITERALS_RAW, LITERALS_RLE, LITERALS_CODED, LITERALS_SAME_CODE };

/* Raw or a run: bits 2 and 3 of the head say how many bytes the length takes. */
static int read_plain_literals(struct zstd_decoder *d, bool run, const u8 **in, const u8 *end)
{
	static const u8 bytes[4] = { 1, 2, 1, 3 }, shift[4] = { 3, 4, 3, 4 };
	unsigned int format = **in >> 2 & 3, i;
	const u8 *p = *in;
	u32 head = 0;
	size_t n;

	if (bytes[format] > end - p)
		return zstd_bad(d, "input ends in literals");
	for (i = 0; i < bytes[format]; i++)
		head |= (u32)*p++ << 8 * i;
	n = head >> shift[format];
	if (n > d->block_max || (run ? 1 : n) > (size_t)(end - p))
		return zstd_bad(d, "literals of a wrong length");
	if (run) {
		memset(d->literals, *p, n);
		d->literal = d->literals;
		*in = p + 1;
	} else {
		d->literal = p;		/* where they are */
		*in = p + n;
	}
	d->literal_end = d->literal + n;
	return 0;
}

static int read_coded_literals(struct zstd_decoder *d, bool new_code, const u8 **in, const u8 *end)
{
	static const u8 bytes[4] = { 3, 3, 4, 5 }, width[4] = { 10, 10, 14, 18 };
	unsigned int format = **in >> 2 & 3, i;
	const u8 *p = *in, *stop;
	size_t n, len, mask = (1u << width[format]) - 1;
	u64 head = 0;
	int ret;

	if (bytes[format] > end - p)
		return zstd_bad(d, "input ends in literals");
	for (i = 0; i < bytes[format]; i++)
		head |= (u64)*p++ << 8 * i;
	n = head >> 4 & mask;
	len = head >> (4 + width[format]) & mask;
	if (!n || n > d->block_max || len > (size_t)(end - p))
		return zstd_bad(d, "literals of a wrong length");
	*in = stop = p + len;
	if (new_code) {
		ret = read_huffman(d, &p, stop);
		if (ret)
			return ret;
	} else if (!d->huffman_bits) {
		return zstd_bad(d, "literals in a code that never came");
	}
	d->literal = d->literals;
	d->literal_end = d->literals + n;
	return format ? decode_four(d, n, p, stop - p) : decode_stream(d, d->literals, n, p,
								       stop - p);
}

/** zstd_read_literals() - a block's first half: what isn't copied from before */
int zstd_read_literals(struct zstd_decoder *d, const u8 **in, const u8 *end)
{
	enum literals_type type;

	if (*in == end)
		return zstd_bad(d, "a block without literals");
	type = **in & 3;
	switch (type) {
	case LITERALS_RAW:
	case LITERALS_RLE:
		return read_plain_literals(d, type == LITERALS_RLE, in, end);
	default:
		return read_coded_literals(d, type == LITERALS_CODED, in, end);
	}
}
