// SPDX-License-Identifier: MIT
/*
 * DEFLATE, from RFC 1951, with the headers and check sums of RFC 1950 (zlib) and RFC 1952 (gzip).
 *
 * The format in short. The stream is bits, the lowest of each byte first. It is blocks; each begins
 * with a bit "last" and two of type: stored bytes, or symbols in Huffman code, the codes either
 * fixed or described at the block's start. A symbol is a byte, the block's end, or the length of a
 * match; a match's distance follows in a code of its own. Lengths and distances are a base and
 * extra bits.
 *
 * A canonical Huffman code is known from its code lengths alone: codes of one length are
 * consecutive numbers, in the order of the symbols, and the first code of each length follows from
 * the counts of the shorter ones. So a code is two arrays: count[length], and the symbols sorted by
 * (length, value). Decoding takes a bit at a time and asks whether the number so far is within
 * those of this length:
 *
 *	length	count	codes		first, as a number
 *	1	1	0		0
 *	2	1	10		2 * (0 + 1) = 2
 *	3	2	110 111		2 * (2 + 1) = 6
 *
 * Hostile input: every read of input is checked; a code that is over-full is refused when it is
 * built, an incomplete one when it is used where it ends; a match can't reach before the first byte
 * of output. Memory is the state alone. Each symbol takes at least a bit, so time is bounded by the
 * input's length and the output's, which the sink may end.
 */

#include <linux/inflate.h>

#include <linux/crc32.h>
#include <linux/errno.h>
#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/string.h>

#define MAX_BITS	15	/* longest code */
#define MAX_LIT		286	/* literal and length symbols that may be described */
#define MAX_DIST	30	/* distance symbols */
#define END_OF_BLOCK	256

static int bad(struct inflate_state *s, const char *why)
{
	if (!s->why)
		s->why = why;
	return -EINVAL;
}

/* ---- input ---- */

/* The next @n bits, 0 to 16; negative at the end of the input. */
static int take_bits(struct inflate_state *s, unsigned int n)
{
	int value;

	while (s->nbits < n) {
		if (s->in == s->end)
			return bad(s, "input ends too early");
		s->bits |= (u32)*s->in++ << s->nbits;
		s->nbits += 8;
	}
	value = s->bits & ((1u << n) - 1);
	s->bits >>= n;
	s->nbits -= n;
	return value;
}

/* Less than a byte is left over: drop it. */
static void to_byte_border(struct inflate_state *s)
{
	s->bits = 0;
	s->nbits = 0;
}

static int take_byte(struct inflate_state *s)
{
	return s->in == s->end ? bad(s, "input ends too early") : *s->in++;
}

/* ---- output ---- */

/* 65521 is the largest prime below 2^16; sums of 5552 bytes fit 32 bits without a division. */
static u32 adler32(u32 adler, const u8 *p, size_t len)
{
	u32 a = adler & 0xffff, b = adler >> 16;

	while (len) {
		size_t n = min_t(size_t, len, 5552);

		len -= n;
		while (n--) {
			a += *p++;
			b += a;
		}
		a %= 65521;
		b %= 65521;
	}
	return b << 16 | a;
}

static int flush_window(struct inflate_state *s)
{
	if (s->want_crc)
		s->crc = crc32_le(s->crc, s->window, s->fill);
	if (s->want_adler)
		s->adler = adler32(s->adler, s->window, s->fill);
	if (s->fill && s->sink(s->arg, s->window, s->fill))
		return bad(s, "output was refused");
	s->fill = 0;
	return 0;
}

static int put_byte(struct inflate_state *s, u8 byte)
{
	s->window[s->fill++] = byte;
	s->total++;
	return s->fill == INFLATE_WINDOW ? flush_window(s) : 0;
}

static int put_match(struct inflate_state *s, unsigned int len, unsigned int distance)
{
	unsigned int from;
	int ret = 0;

	if (distance > s->total)
		return bad(s, "match before the start");
	/* the window is a ring; the distance is at most its size */
	from = (s->fill - distance) % INFLATE_WINDOW;
	while (len-- && !ret) {
		u8 byte = s->window[from];

		from = (from + 1) % INFLATE_WINDOW;
		ret = put_byte(s, byte);
	}
	return ret;
}

/* ---- Huffman codes ---- */

struct code {
	u16 *count;	/* [MAX_BITS + 1] codes of each length; [0]: symbols without a code */
	u16 *symbol;	/* by length, then value */
};

/*
 * Builds a code; negative if more codes are asked for than there are, else how many are left over.
 */
static int build_code(const struct code *c, const u8 *lengths, unsigned int n)
{
	u16 offset[MAX_BITS + 1];
	unsigned int i;
	int left = 1;

	memset(c->count, 0, (MAX_BITS + 1) * sizeof(*c->count));
	for (i = 0; i < n; i++)
		c->count[lengths[i]]++;
	for (i = 1; i <= MAX_BITS; i++) {
		left = 2 * left - c->count[i];
		if (left < 0)
			return left;
	}
	offset[1] = 0;
	for (i = 1; i < MAX_BITS; i++)
		offset[i + 1] = offset[i] + c->count[i];
	for (i = 0; i < n; i++) {
		if (lengths[i])
			c->symbol[offset[lengths[i]]++] = i;
	}
	return left;
}

static int decode(struct inflate_state *s, const struct code *c)
{
	int code = 0, first = 0, index = 0, bit;
	unsigned int len;

	for (len = 1; len <= MAX_BITS; len++) {
		bit = take_bits(s, 1);
		if (bit < 0)
			return bit;
		code |= bit;
		if (code - first < c->count[len])
			return c->symbol[index + code - first];
		index += c->count[len];
		first = (first + c->count[len]) << 1;
		code <<= 1;
	}
	return bad(s, "no such code");
}

/* ---- blocks ---- */

static int stored_block(struct inflate_state *s)
{
	int lo, hi, nlo, nhi, ret;
	unsigned int len;

	to_byte_border(s);
	lo = take_byte(s);
	hi = take_byte(s);
	nlo = take_byte(s);
	nhi = take_byte(s);
	if (lo < 0 || hi < 0 || nlo < 0 || nhi < 0)
		return -EINVAL;
	len = lo | hi << 8;
	if (len != (~(nlo | nhi << 8) & 0xffff))
		return bad(s, "length of a stored block");
	while (len--) {
		ret = take_byte(s);
		if (ret < 0)
			return ret;
		ret = put_byte(s, ret);
		if (ret)
			return ret;
	}
	return 0;
}

struct base_extra {
	u16 base;
	u8 extra;
};

static const struct base_extra match_length[] = {
	{ 3, 0 }, { 4, 0 }, { 5, 0 }, { 6, 0 }, { 7, 0 }, { 8, 0 }, { 9, 0 }, { 10, 0 },
	{ 11, 1 }, { 13, 1 }, { 15, 1 }, { 17, 1 }, { 19, 2 }, { 23, 2 }, { 27, 2 }, { 31, 2 },
	{ 35, 3 }, { 43, 3 }, { 51, 3 }, { 59, 3 }, { 67, 4 }, { 83, 4 }, { 99, 4 }, { 115, 4 },
	{ 131, 5 }, { 163, 5 }, { 195, 5 }, { 227, 5 }, { 258, 0 },
};

static const struct base_extra match_distance[MAX_DIST] = {
	{ 1, 0 }, { 2, 0 }, { 3, 0 }, { 4, 0 }, { 5, 1 }, { 7, 1 }, { 9, 2 }, { 13, 2 },
	{ 17, 3 }, { 25, 3 }, { 33, 4 }, { 49, 4 }, { 65, 5 }, { 97, 5 }, { 129, 6 }, { 193, 6 },
	{ 257, 7 }, { 385, 7 }, { 513, 8 }, { 769, 8 }, { 1025, 9 }, { 1537, 9 }, { 2049, 10 },
	{ 3073, 10 }, { 4097, 11 }, { 6145, 11 }, { 8193, 12 }, { 12289, 12 }, { 16385, 13 },
	{ 24577, 13 },
};

/* The number that symbol @symbol of a table stands for, its extra bits taken; negative: error. */
static int take_number(struct inflate_state *s, const struct base_extra *table, unsigned int size,
		       unsigned int symbol)
{
	int extra;

	if (symbol >= size)
		return bad(s, "no such length or distance");
	extra = take_bits(s, table[symbol].extra);
	return extra < 0 ? extra : table[symbol].base + extra;
}

static int coded_block(struct inflate_state *s, const struct code *lit, const struct code *dist)
{
	int symbol, len, distance, ret;

	for (;;) {
		symbol = decode(s, lit);
		if (symbol < 0)
			return symbol;
		if (symbol == END_OF_BLOCK)
			return 0;
		if (symbol < END_OF_BLOCK) {
			ret = put_byte(s, symbol);
		} else {
			len = take_number(s, match_length, 29, symbol - END_OF_BLOCK - 1);
			if (len < 0)
				return len;
			symbol = decode(s, dist);
			if (symbol < 0)
				return symbol;
			distance = take_number(s, match_distance, MAX_DIST, symbol);
			if (distance < 0)
				return distance;
			ret = put_match(s, len, distance);
		}
		if (ret)
			return ret;
	}
}

/* The fixed code (RFC 1951, 3.2.6); its symbols 286, 287, 30, 31 have codes but never occur. */
static void fixed_lengths(u8 *lengths)
{
	memset(lengths, 8, 144);
	memset(lengths + 144, 9, 112);
	memset(lengths + 256, 7, 24);
	memset(lengths + 280, 8, 8);
	memset(lengths + 288, 5, 32);
}

/* @n code lengths, in a code of their own that also says "the last one, so many times". */
static int take_lengths(struct inflate_state *s, const struct code *c, unsigned int n)
{
	unsigned int i = 0;
	int symbol, repeat;
	u8 value;

	while (i < n) {
		symbol = decode(s, c);
		if (symbol < 0)
			return symbol;
		if (symbol < 16) {
			s->lengths[i++] = symbol;
			continue;
		}
		value = 0;
		if (symbol == 16) {
			if (!i)
				return bad(s, "nothing to repeat");
			value = s->lengths[i - 1];
			repeat = take_bits(s, 2) + 3;
		} else if (symbol == 17) {
			repeat = take_bits(s, 3) + 3;
		} else {
			repeat = take_bits(s, 7) + 11;
		}
		if (s->why)
			return -EINVAL;
		if (repeat > (int)(n - i))
			return bad(s, "too many code lengths");
		memset(s->lengths + i, value, repeat);
		i += repeat;
	}
	return 0;
}

/* An incomplete code is only allowed if it is a single code of one bit (3.2.7), or none at all. */
static bool usable(const struct code *c, int left, unsigned int n)
{
	return !left || (left > 0 && n == c->count[0] + (unsigned int)c->count[1]);
}

static int take_codes(struct inflate_state *s, const struct code *lit, const struct code *dist)
{
	static const u8 order[19] = {
		16, 17, 18, 0, 8, 7, 9, 6, 10, 5, 11, 4, 12, 3, 13, 2, 14, 1, 15
	};
	int nlit = take_bits(s, 5) + 257, ndist = take_bits(s, 5) + 1, ncode = take_bits(s, 4) + 4;
	int i, ret;

	if (s->why)
		return -EINVAL;
	if (nlit > MAX_LIT || ndist > MAX_DIST)
		return bad(s, "too many symbols");

	memset(s->lengths, 0, sizeof(order));
	for (i = 0; i < ncode; i++) {
		ret = take_bits(s, 3);
		if (ret < 0)
			return ret;
		s->lengths[order[i]] = ret;
	}
	if (build_code(lit, s->lengths, sizeof(order)))
		return bad(s, "code of the code lengths");
	ret = take_lengths(s, lit, nlit + ndist);
	if (ret)
		return ret;
	if (!s->lengths[END_OF_BLOCK])
		return bad(s, "a block without an end");
	ret = build_code(lit, s->lengths, nlit);
	if (!usable(lit, ret, nlit))
		return bad(s, "code of literals and lengths");
	ret = build_code(dist, s->lengths + nlit, ndist);
	if (!usable(dist, ret, ndist))
		return bad(s, "code of distances");
	return 0;
}

static int huffman_block(struct inflate_state *s, bool fixed)
{
	struct code lit = { s->lit_count, s->lit_symbol };
	struct code dist = { s->dist_count, s->dist_symbol };
	int ret;

	if (fixed) {
		fixed_lengths(s->lengths);
		build_code(&lit, s->lengths, 288);
		build_code(&dist, s->lengths + 288, 32);
	} else {
		ret = take_codes(s, &lit, &dist);
		if (ret)
			return ret;
	}
	return coded_block(s, &lit, &dist);
}

/**
 * inflate_begin() - set a decoder up
 * @s: it
 * @in: the compressed bytes
 * @len: how many
 * @sink: takes the output
 * @arg: passed to @sink
 */
void inflate_begin(struct inflate_state *s, const void *in, size_t len,
		   int (*sink)(void *arg, const u8 *data, size_t len), void *arg)
{
	s->in = in;
	s->end = s->in + len;
	s->sink = sink;
	s->arg = arg;
	s->why = NULL;
	s->want_crc = false;
	s->want_adler = false;
}
EXPORT_SYMBOL(inflate_begin);

/**
 * inflate_raw() - decompress a DEFLATE stream
 * @s: set up by inflate_begin(); afterwards s->in is behind the stream
 *
 * Return: 0; -EINVAL, s->why says what for.
 */
int inflate_raw(struct inflate_state *s)
{
	int last, type, ret;

	s->total = 0;
	s->fill = 0;
	to_byte_border(s);
	do {
		last = take_bits(s, 1);
		type = take_bits(s, 2);
		if (last < 0 || type < 0)
			return -EINVAL;
		if (type == 3)
			return bad(s, "type of a block");
		ret = type ? huffman_block(s, type == 1) : stored_block(s);
		if (ret)
			return ret;
	} while (!last);
	to_byte_border(s);
	return flush_window(s);
}
EXPORT_SYMBOL(inflate_raw);

/* ---- wrappings ---- */

/* Four bytes, the lowest first, or the highest; s->why is set if they aren't there. */
static u32 take_le32(struct inflate_state *s)
{
	u32 value = 0;
	int i;

	for (i = 0; i < 4; i++)
		value |= (u32)take_byte(s) << 8 * i;
	return value;
}

static u32 take_be32(struct inflate_state *s)
{
	u32 value = 0;
	int i;

	for (i = 0; i < 4; i++)
		value = value << 8 | (u8)take_byte(s);
	return value;
}

/**
 * inflate_zlib() - decompress a zlib stream (RFC 1950), without a preset dictionary; as
 * inflate_raw()
 */
int inflate_zlib(struct inflate_state *s)
{
	int cmf = take_byte(s), flg = take_byte(s), ret;

	if (s->why)
		return -EINVAL;
	if ((cmf << 8 | flg) % 31 || (cmf & 15) != 8 || cmf >> 4 > 7)
		return bad(s, "not a zlib stream");
	if (flg & 0x20)
		return bad(s, "needs a dictionary");
	s->want_adler = true;
	s->adler = 1;
	ret = inflate_raw(s);
	if (ret)
		return ret;
	if (take_be32(s) != s->adler || s->why)
		return bad(s, "check sum");
	return 0;
}
EXPORT_SYMBOL(inflate_zlib);

/* Flags of a gzip member's header. */
enum { FTEXT = 1, FHCRC = 2, FEXTRA = 4, FNAME = 8, FCOMMENT = 16, FRESERVED = 0xe0 };

static void skip_bytes(struct inflate_state *s, unsigned int n)
{
	while (n-- && take_byte(s) >= 0)
		;
}

static void skip_string(struct inflate_state *s)
{
	while (take_byte(s) > 0)
		;
}

static int gzip_header(struct inflate_state *s)
{
	const u8 *start = s->in;
	int flags, lo, hi;
	u16 crc;

	if (take_byte(s) != 0x1f || take_byte(s) != 0x8b)
		return bad(s, "not gzip");
	if (take_byte(s) != 8)
		return bad(s, "not DEFLATE");
	flags = take_byte(s);
	if (flags < 0 || flags & FRESERVED)
		return bad(s, "unknown flags");
	skip_bytes(s, 6);	/* time, extra flags, system */
	if (flags & FEXTRA) {
		lo = take_byte(s);
		hi = take_byte(s);
		if (!s->why)
			skip_bytes(s, lo | hi << 8);
	}
	if (flags & FNAME)
		skip_string(s);
	if (flags & FCOMMENT)
		skip_string(s);
	if (flags & FHCRC) {
		crc = ~crc32_le(~0u, start, s->in - start);
		lo = take_byte(s);
		hi = take_byte(s);
		if (!s->why && crc != (lo | hi << 8))
			return bad(s, "check sum of the header");
	}
	return s->why ? -EINVAL : 0;
}

/** inflate_gzip() - decompress one gzip member (RFC 1952); as inflate_raw() */
int inflate_gzip(struct inflate_state *s)
{
	u32 crc, size;
	int ret = gzip_header(s);

	if (ret)
		return ret;
	s->want_crc = true;
	s->crc = ~0u;
	ret = inflate_raw(s);
	if (ret)
		return ret;
	crc = take_le32(s);
	size = take_le32(s);
	if (s->why)
		return -EINVAL;
	if (crc != ~s->crc)
		return bad(s, "check sum");
	if (size != (u32)s->total)
		return bad(s, "length");
	return 0;
}
EXPORT_SYMBOL(inflate_gzip);
