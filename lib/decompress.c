// SPDX-License-Identifier: MIT
/* What decompressors share: which one a buffer is for, and where the output goes. */

#include <linux/decompress/generic.h>

#include <linux/array_size.h>
#include <linux/decompress/inflate.h>
#include <linux/decompress/unzstd.h>
#include <linux/export.h>
#include <linux/string.h>

#include "decompress_output.h"

/* By the magic bytes that each format begins with. */
static const struct {
	unsigned char magic[2];
	const char *name;
	decompress_fn decompress;	/* NULL: we know what it is, but can't */
} formats[] = {
	{ { 0x1f, 0x8b }, "gzip", gunzip },
	{ { 0x1f, 0x9e }, "gzip", gunzip },
	{ { 0x42, 0x5a }, "bzip2", NULL },
	{ { 0x5d, 0x00 }, "lzma", NULL },
	{ { 0xfd, 0x37 }, "xz", NULL },
	{ { 0x89, 0x4c }, "lzo", NULL },
	{ { 0x02, 0x21 }, "lz4", NULL },
	{ { 0x28, 0xb5 }, "zstd", unzstd },
};

decompress_fn decompress_method(const unsigned char *inbuf, long len, const char **name)
{
	unsigned int i;

	if (name)
		*name = NULL;
	if (len < 2)
		return NULL;
	for (i = 0; i < ARRAY_SIZE(formats); i++) {
		if (memcmp(inbuf, formats[i].magic, sizeof(formats[i].magic)))
			continue;
		if (name)
			*name = formats[i].name;
		return formats[i].decompress;
	}
	return NULL;
}
EXPORT_SYMBOL(decompress_method);

int decompress_put(void *arg, const u8 *data, size_t len)
{
	struct decompress_output *out = arg;

	if (out->flush)
		return out->flush((void *)data, len) != (long)len;
	memcpy(out->outbuf, data, len);
	out->outbuf += len;
	return 0;
}
