// SPDX-License-Identifier: MIT
/* gunzip() for initramfs: lib/inflate.c behind the interface of <linux/decompress/generic.h>. */

#include <linux/decompress/inflate.h>

#include <linux/export.h>
#include <linux/inflate.h>
#include <linux/slab.h>
#include <linux/vmalloc.h>

#include "decompress_output.h"

/**
 * gunzip() - decompress one gzip member
 *
 * Parameters and return value are those of decompress_fn. What follows the member is left alone:
 * *@posp says where it begins.
 *
 * Context: may sleep.
 */
int gunzip(unsigned char *inbuf, long len, long (*fill)(void *buf, unsigned long size),
	   long (*flush)(void *buf, unsigned long size), unsigned char *outbuf, long *posp,
	   void (*error)(char *message))
{
	struct decompress_output out = { .flush = flush, .outbuf = outbuf };
	struct inflate_state *s;
	int ret;

	if (!inbuf || len < 0 || fill || (!flush && !outbuf)) {
		error("gunzip: all input must be there at once");
		return -1;
	}
	s = kvmalloc(sizeof(*s), GFP_KERNEL);
	if (!s) {
		error("gunzip: out of memory");
		return -1;
	}
	inflate_begin(s, inbuf, len, decompress_put, &out);
	ret = inflate_gzip(s);
	if (posp)
		*posp = s->in - inbuf;
	if (ret)
		error((char *)s->why);
	kvfree(s);
	return ret ? -1 : 0;
}
EXPORT_SYMBOL(gunzip);
