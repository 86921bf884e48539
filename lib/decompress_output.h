/* SPDX-License-Identifier: MIT */
#ifndef _LIB_DECOMPRESS_OUTPUT_H
#define _LIB_DECOMPRESS_OUTPUT_H

/* Where the functions of <linux/decompress/generic.h> put what they decompress. */

#include <linux/types.h>

/**
 * struct decompress_output - a callback or a buffer
 * @flush: gets each piece; anything but its size is an error
 * @outbuf: if there is no callback: where the next piece goes; moves on
 */
struct decompress_output {
	long (*flush)(void *buf, unsigned long size);
	unsigned char *outbuf;
};

/* For the decoders: put one piece to the output @arg. 0, or not if it wasn't taken. */
int decompress_put(void *arg, const u8 *data, size_t len);

#endif /* _LIB_DECOMPRESS_OUTPUT_H */
