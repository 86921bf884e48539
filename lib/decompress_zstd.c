// SPDX-License-Identifier: MIT
/*
 * unzstd() for initramfs: lib/zstd_decode.c behind the interface of <linux/decompress/generic.h>.
 */

#include <linux/decompress/unzstd.h>

#include <linux/export.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>
#include <linux/zstd_decode.h>

#include "decompress_output.h"

static int decode(struct zstd_decoder *d, const void *in, size_t len,
		  struct decompress_output *out)
{
	int ret = zstd_decode_begin(d, in, len, decompress_put, out);

	if (ret)
		return ret;
	d->ring = kvmalloc(d->ring_size, GFP_KERNEL);
	if (!d->ring) {
		d->why = "unzstd: no memory for the window";
		return -ENOMEM;
	}
	ret = zstd_decode_frame(d);
	kvfree(d->ring);
	return ret;
}

/**
 * unzstd() - decompress one Zstandard frame
 *
 * Parameters and return value are those of decompress_fn. Frames to skip may stand before it; what
 * follows is left alone: *@posp says where it begins.
 *
 * Context: may sleep.
 */
int unzstd(unsigned char *inbuf, long len, long (*fill)(void *buf, unsigned long size),
	   long (*flush)(void *buf, unsigned long size), unsigned char *outbuf, long *posp,
	   void (*error)(char *message))
{
	struct decompress_output out = { .flush = flush, .outbuf = outbuf };
	struct zstd_decoder *d;
	int ret;

	if (!inbuf || len < 0 || fill || (!flush && !outbuf)) {
		error("unzstd: all input must be there at once");
		return -1;
	}
	d = kvmalloc(sizeof(*d), GFP_KERNEL);
	if (!d) {
		error("unzstd: out of memory");
		return -1;
	}
	ret = decode(d, inbuf, len, &out);
	if (posp)
		*posp = d->in - inbuf;
	if (ret)
		error((char *)d->why);
	kvfree(d);
	return ret ? -1 : 0;
}
EXPORT_SYMBOL(unzstd);
