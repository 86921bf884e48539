/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DECOMPRESS_GENERIC_H
#define _LINUX_DECOMPRESS_GENERIC_H

/*
 * Decompressors, found by the first bytes of what they decompress.
 *
 * They are pure functions over a buffer of input: every byte of it may be an attacker's. Output
 * goes, piece by piece, to a callback; nothing but the window is kept.
 */

#include <linux/types.h>

/**
 * typedef decompress_fn - decompress a buffer
 * @inbuf: the compressed bytes
 * @len: how many
 * @fill: NULL: all input is in @inbuf (others are refused)
 * @flush: called with each piece of output; returns how many bytes it took: fewer is an error
 * @outbuf: NULL with @flush; else output goes there, and the caller knows that it is big enough
 * @posp: gets the number of input bytes that were used, or NULL
 * @error: called with a message when something is wrong
 *
 * Return: 0; -1 after calling @error.
 */
typedef int (*decompress_fn)(unsigned char *inbuf, long len,
			     long (*fill)(void *buf, unsigned long size),
			     long (*flush)(void *buf, unsigned long size),
			     unsigned char *outbuf, long *posp, void (*error)(char *message));

/**
 * decompress_method - which decompressor a buffer is for
 * @inbuf: its first bytes
 * @len: how many
 * @name: gets the method's name, or NULL if the bytes are no known method's; may be NULL
 *
 * Return: the decompressor; NULL if the method is unknown, or known but not there.
 */
decompress_fn decompress_method(const unsigned char *inbuf, long len, const char **name);

#endif /* _LINUX_DECOMPRESS_GENERIC_H */
