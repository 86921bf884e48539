// SPDX-License-Identifier: MIT
/*
 * Zstandard, from RFC 8878.
 *
 * The format in short. A frame is a header, blocks, and perhaps a check sum. A block is bytes as
 * they are, a run of one byte, or compressed: then it is literals (zstd_entropy.c) and sequences. A
 * sequence is three numbers: take so many literals, go back so far, copy so many bytes. Each is a
 * code, which is a symbol of an FSE table, and extra bits:
 *
 *	literals  ....................
 *	sequences (5, 9, 4) (0, 1, 20) ...	5 literals, 4 bytes from 9 back, 20 from 1 back
 *	output    lllllmmmmmmmmmmmmmmmmmmmmmmmm ... and the literals that are left
 *
 * The bits are read from the back, since an FSE encoder works backwards. The three tables and the
 * Huffman code are a block's own, or the last block's, or (the tables) known beforehand. Offsets 1
 * to 3 mean one of the last three offsets.
 *
 * Output goes through a ring: the window, as far back as an offset may reach, and room for a block,
 * which goes to the sink when it is whole.
 *
 * Hostile input: each length is checked against what is left of its section, of the block and of
 * the ring; a table's sum must come out; an offset can't reach before the first byte of output.
 * Memory is the decoder and the ring, which the header's reader bounds. A block takes three bytes
 * at least, and gives 128 KiB at most, so time is bounded by the input's length; the sink may end
 * it earlier.
 */

#include "zstd_internal.h"

#include <linux/export.h>
#include <linux/minmax.h>
#include <linux/string.h>

#define FRAME_MAGIC	0xfd2fb528u
#define SKIP_MAGIC	0x184d2a50u	/* and the 15 after it */

enum block_type { BLOCK_RAW, BLOCK_RLE, BLOCK_COMPRESSED, BLOCK_RESERVED };
enum table_mode { TABLE_PREDEFINED, TABLE_RLE, TABLE_FSE, TABLE_REPEAT };

/* ---- output ---- */

/* @n bytes of room in this block? */
static int want_room(struct zstd_decoder *d, size_t n)
{
	if (n > d->block_max - d->produced)
		return zstd_bad(d, "a block that is too long");
	return 0;
}

static void forward(struct zstd_decoder *d, size_t n)
{
	d->pos += n;
	if (d->pos == d->ring_size)
		d->pos = 0;
	d->produced += n;
}

static int put_bytes(struct zstd_decoder *d, const u8 *p, size_t n)
{
	if (want_room(d, n))
		return -EINVAL;
	while (n) {
		size_t part = min(n, d->ring_size - d->pos);

		memcpy(d->ring + d->pos, p, part);
		forward(d, part);
		p += part;
		n -= part;
	}
	return 0;
}

static int put_run(struct zstd_decoder *d, u8 byte, size_t n)
{
	if (want_room(d, n))
		return -EINVAL;
	while (n) {
		size_t part = min(n, d->ring_size - d->pos);

		memset(d->ring + d->pos, byte, part);
		forward(d, part);
		n -= part;
	}
	return 0;
}

/*
 * Copies from @offset back. A part is never longer than the offset, so source and target don't
 * overlap: the copy of a short pattern doubles it. Nor where the ring's end lies between them, as
 * the room for a block does too.
 */
static int put_match(struct zstd_decoder *d, u64 offset, size_t n)
{
	if (want_room(d, n))
		return -EINVAL;
	if (!offset || offset > d->window || offset > d->total + d->produced)
		return zstd_bad(d, "a match from before the beginning");
	while (n) {
		size_t from = d->pos >= offset ? d->pos - offset : d->pos + d->ring_size - offset;
		size_t part = min(n, (size_t)offset);

		part = min3(part, d->ring_size - d->pos, d->ring_size - from);
		memcpy(d->ring + d->pos, d->ring + from, part);
		forward(d, part);
		n -= part;
	}
	return 0;
}

static int sink_piece(struct zstd_decoder *d, const u8 *p, size_t n)
{
	if (!n)
		return 0;
	if (d->has_checksum)
		xxh64_update(&d->hash, p, n);
	return d->sink(d->arg, p, n) ? zstd_bad(d, "output wasn't taken") : 0;
}

/* The block is whole: hand it on. */
static int flush_block(struct zstd_decoder *d)
{
	size_t n = d->produced, wrapped = n > d->pos ? n - d->pos : 0;

	d->produced = 0;
	d->total += n;
	if (d->has_content_size && d->total > d->content_size)
		return zstd_bad(d, "more output than the header says");
	if (sink_piece(d, d->ring + d->ring_size - wrapped, wrapped))
		return -EINVAL;
	return sink_piece(d, d->ring + d->pos - (n - wrapped), n - wrapped);
}

/* ---- sequences ---- */

/*
 * Extra bits of each code; its first value is the last code's first plus 2^(the last code's bits).
 */
static const u8 ll_extra[36] = {
	[16] = 1, 1, 1, 1, 2, 2, 3, 3, 4, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
};

static const u8 ml_extra[53] = {
	[32] = 1, 1, 1, 1, 2, 2, 3, 3, 4, 4, 5, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16,
};

static const u32 ll_base[36] = {
	0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 18, 20, 22, 24, 28, 32, 40, 48,
	64, 128, 256, 512, 1024, 2048, 4096, 8192, 16384, 32768, 65536,
};

static const u32 ml_base[53] = {
	3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17, 18, 19, 20, 21, 22, 23, 24, 25, 26, 27,
	28, 29, 30, 31, 32, 33, 34, 35, 37, 39, 41, 43, 47, 51, 59, 67, 83, 99, 131, 259, 515, 1027,
	2051, 4099, 8195, 16387, 32771, 65539,
};

/* The tables that need no description. */
static const s16 ll_default[36] = {
	4, 3, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 2, 1, 1, 1, 2, 2, 2, 2, 2, 2, 2, 2, 2, 3, 2, 1, 1, 1, 1,
	1, -1, -1, -1, -1,
};

static const s16 of_default[29] = {
	1, 1, 1, 1, 1, 1, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1,
};

static const s16 ml_default[53] = {
	1, 4, 3, 2, 2, 2, 2, 2, 2, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1,
	1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, 1, -1, -1, -1, -1, -1, -1, -1,
};

/* What there is to know of each of the three kinds. */
static const struct code_kind {
	const s16 *norm;
	u8 log, max_log, max_symbol, symbols;
} ll_kind = { ll_default, 6, ZSTD_MAX_LL_LOG, 35, 36 },
  of_kind = { of_default, 5, ZSTD_MAX_OF_LOG, 31, 29 },
  ml_kind = { ml_default, 6, ZSTD_MAX_ML_LOG, 52, 53 };

static int read_table(struct zstd_decoder *d, struct zstd_fse *t, const struct code_kind *kind,
		      unsigned int mode, const u8 **in, const u8 *end)
{
	switch (mode & 3) {
	case TABLE_PREDEFINED:
		zstd_fse_build(t, kind->norm, kind->symbols, kind->log);
		return 0;
	case TABLE_RLE:
		if (*in == end || **in > kind->max_symbol)
			return zstd_bad(d, "a bad code for all sequences");
		zstd_fse_single(t, *(*in)++);
		return 0;
	case TABLE_FSE:
		t->log = -1;
		return zstd_fse_read(d, t, kind->max_log, kind->max_symbol, in, end);
	default:
		return t->log < 0 ? zstd_bad(d, "a table that never came") : 0;
	}
}

/*
 * From an offset's value to the offset; no literals before it shift the meaning of 1 to 3 by one.
 */
static u32 real_offset(struct zstd_decoder *d, u64 value, bool no_literals)
{
	u32 *repeat = d->repeat, offset;
	unsigned int which;

	if (value > 3) {
		offset = value - 3;
		which = 2;
	} else {
		which = value - 1 + no_literals;
		offset = which == 3 ? repeat[0] - 1 : repeat[which];
	}
	/* the newest first; the one that was used moves up */
	if (which >= 2)
		repeat[2] = repeat[1];
	if (which >= 1)
		repeat[1] = repeat[0];
	repeat[0] = offset;
	return offset;
}

static int run_sequences(struct zstd_decoder *d, unsigned int n, const u8 *in, size_t len)
{
	unsigned int ll, of, ml;
	struct back_bits b;

	if (zstd_back_bits(d, &b, in, len))
		return -EINVAL;
	ll = take_back(&b, d->ll.log);
	of = take_back(&b, d->of.log);
	ml = take_back(&b, d->ml.log);
	for (;;) {
		unsigned int of_code = fse_symbol(&d->of, of), ml_code = fse_symbol(&d->ml, ml),
			     ll_code = fse_symbol(&d->ll, ll);
		u64 value = (1ull << of_code) + take_back(&b, of_code);
		size_t match = ml_base[ml_code] + take_back(&b, ml_extra[ml_code]);
		size_t literals = ll_base[ll_code] + take_back(&b, ll_extra[ll_code]);

		if (b.left < 0)
			return zstd_bad(d, "input ends in the sequences");
		if (literals > (size_t)(d->literal_end - d->literal))
			return zstd_bad(d, "more literals used than there are");
		if (put_bytes(d, d->literal, literals))
			return -EINVAL;
		d->literal += literals;
		if (put_match(d, real_offset(d, value, !literals), match))
			return -EINVAL;
		if (!--n)
			break;
		ll = fse_next(&d->ll, ll, &b);
		ml = fse_next(&d->ml, ml, &b);
		of = fse_next(&d->of, of, &b);
	}
	return b.left ? zstd_bad(d, "bits behind the last sequence") : 0;
}

/* How many sequences: one to three bytes. */
static int read_count(struct zstd_decoder *d, const u8 **in, const u8 *end)
{
	const u8 *p = *in;
	int bytes, n;

	if (p == end)
		return zstd_bad(d, "a block without sequences");
	bytes = *p < 128 ? 1 : *p < 255 ? 2 : 3;
	if (bytes > end - p)
		return zstd_bad(d, "input ends before the sequences");
	if (bytes == 1)
		n = p[0];
	else if (bytes == 2)
		n = (p[0] - 128) << 8 | p[1];
	else
		n = get_unaligned_le16(p + 1) + 0x7f00;
	*in = p + bytes;
	return n;
}

static int read_sequences(struct zstd_decoder *d, const u8 *in, const u8 *end)
{
	int n = read_count(d, &in, end);
	u8 modes;

	if (n < 0)
		return n;
	if (!n)
		return in == end ? 0 : zstd_bad(d, "bytes behind an empty list of sequences");
	if (in == end)
		return zstd_bad(d, "input ends before the sequences");
	modes = *in++;
	if (modes & 3)
		return zstd_bad(d, "reserved bits of the sequences");
	if (read_table(d, &d->ll, &ll_kind, modes >> 6, &in, end) ||
	    read_table(d, &d->of, &of_kind, modes >> 4, &in, end) ||
	    read_table(d, &d->ml, &ml_kind, modes >> 2, &in, end))
		return -EINVAL;
	return run_sequences(d, n, in, end - in);
}

/* ---- blocks ---- */

static int decompress_block(struct zstd_decoder *d, const u8 *in, const u8 *end)
{
	int ret;

	ret = zstd_read_literals(d, &in, end);
	if (ret)
		return ret;
	ret = read_sequences(d, in, end);
	if (ret)
		return ret;
	return put_bytes(d, d->literal, d->literal_end - d->literal);
}

/* One block; 1 if it was the last. */
static int do_block(struct zstd_decoder *d)
{
	size_t left = d->end - d->in, size, bytes;
	enum block_type type;
	const u8 *p = d->in;
	u32 head;
	int ret;

	if (left < 3)
		return zstd_bad(d, "input ends before a block");
	head = p[0] | p[1] << 8 | p[2] << 16;
	type = head >> 1 & 3;
	size = head >> 3;
	bytes = type == BLOCK_RLE ? 1 : size;
	if (bytes > left - 3)
		return zstd_bad(d, "input ends in a block");
	if (size > d->block_max)
		return zstd_bad(d, "a block that is too long");
	p += 3;
	d->in = p + bytes;
	switch (type) {
	case BLOCK_RAW:
		ret = put_bytes(d, p, size);
		break;
	case BLOCK_RLE:
		ret = put_run(d, *p, size);
		break;
	case BLOCK_COMPRESSED:
		ret = decompress_block(d, p, p + size);
		break;
	default:
		ret = zstd_bad(d, "a block of a reserved type");
	}
	if (!ret)
		ret = flush_block(d);
	return ret ? ret : (int)(head & 1);
}

/* ---- the frame ---- */

static u64 take_le(struct zstd_decoder *d, unsigned int bytes)
{
	u64 value = 0;
	unsigned int i;

	for (i = 0; i < bytes; i++)
		value |= (u64)*d->in++ << 8 * i;
	return value;
}

/* Frames for others, which may stand before. */
static void skip_others(struct zstd_decoder *d)
{
	while (d->end - d->in >= 8 && (get_unaligned_le32(d->in) & ~15u) == SKIP_MAGIC) {
		u32 size = get_unaligned_le32(d->in + 4);

		if (size > (size_t)(d->end - d->in) - 8)
			return;		/* it isn't all there: no frame follows */
		d->in += 8 + size;
	}
}

static u64 window_size(u8 byte)
{
	u64 base = 1ull << (10 + (byte >> 3));

	return base + base / 8 * (byte & 7);
}

/**
 * zstd_decode_begin() - read a frame's header
 * @d: the decoder
 * @in: input, all of it
 * @len: its length
 * @sink: called with @arg and each piece of output, at most a block; nonzero ends it all
 * @arg: for @sink
 *
 * Frames to skip are skipped. On 0 the caller sets @d->ring to @d->ring_size bytes.
 *
 * Return: 0; -EINVAL, with the reason in @d->why. A frame that needs a dictionary, or a window of
 * more than ZSTD_WINDOW_MAX, is refused as well.
 */
int zstd_decode_begin(struct zstd_decoder *d, const void *in, size_t len,
		      int (*sink)(void *arg, const u8 *data, size_t len), void *arg)
{
	static const u8 dictionary_bytes[4] = { 0, 1, 2, 4 }, size_bytes[4] = { 0, 2, 4, 8 };
	unsigned int flags, fields, fcs;
	bool single;

	memset(d, 0, offsetof(struct zstd_decoder, ll_state));
	d->huffman_bits = 0;
	d->in = in;
	d->end = d->in + len;
	d->sink = sink;
	d->arg = arg;
	skip_others(d);
	if (d->end - d->in < 5 || get_unaligned_le32(d->in) != FRAME_MAGIC)
		return zstd_bad(d, "not a Zstandard frame");
	flags = d->in[4];
	single = flags & 0x20;
	fcs = size_bytes[flags >> 6];
	if (single && !fcs)
		fcs = 1;
	fields = !single + dictionary_bytes[flags & 3] + fcs;
	if (flags & 0x08)
		return zstd_bad(d, "a reserved bit of the header");
	if (fields > (size_t)(d->end - d->in) - 5)
		return zstd_bad(d, "input ends in the header");

	d->in += 5;
	if (!single)
		d->window = window_size(*d->in++);
	if (take_le(d, dictionary_bytes[flags & 3]))
		return zstd_bad(d, "a frame that needs a dictionary");
	d->has_content_size = fcs;
	d->content_size = take_le(d, fcs) + (fcs == 2 ? 256 : 0);
	if (single)
		d->window = d->content_size;
	d->block_max = min_t(u64, d->window, ZSTD_BLOCK_MAX);
	/* nothing is further back than the first byte */
	if (d->has_content_size)
		d->window = min(d->window, d->content_size);
	if (d->window > ZSTD_WINDOW_MAX)
		return zstd_bad(d, "a window that is too big");
	d->ring_size = d->window + ZSTD_BLOCK_MAX;

	d->has_checksum = flags & 0x04;
	xxh64_reset(&d->hash, 0);
	d->repeat[0] = 1;
	d->repeat[1] = 4;
	d->repeat[2] = 8;
	d->ll = (struct zstd_fse) { .state = d->ll_state, .log = -1 };
	d->of = (struct zstd_fse) { .state = d->of_state, .log = -1 };
	d->ml = (struct zstd_fse) { .state = d->ml_state, .log = -1 };
	return 0;
}
EXPORT_SYMBOL(zstd_decode_begin);

/**
 * zstd_decode_frame() - decompress the frame whose header was read
 * @d: the decoder, with its ring
 *
 * Return: 0, and @d->in is behind the frame; -EINVAL, with the reason in @d->why. Some output may
 * have gone to the sink by then.
 */
int zstd_decode_frame(struct zstd_decoder *d)
{
	int ret;

	do
		ret = do_block(d);
	while (!ret);
	if (ret < 0)
		return ret;
	if (d->has_content_size && d->total != d->content_size)
		return zstd_bad(d, "less output than the header says");
	if (!d->has_checksum)
		return 0;
	if (d->end - d->in < 4)
		return zstd_bad(d, "input ends before the check sum");
	if (take_le(d, 4) != (u32)xxh64_digest(&d->hash))
		return zstd_bad(d, "a wrong check sum");
	return 0;
}
EXPORT_SYMBOL(zstd_decode_frame);
