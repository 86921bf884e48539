/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DECOMPRESS_UNZSTD_H
#define _LINUX_DECOMPRESS_UNZSTD_H

/* Zstandard (RFC 8878). See <linux/decompress/generic.h> for the parameters. */
int unzstd(unsigned char *inbuf, long len, long (*fill)(void *buf, unsigned long size),
	   long (*flush)(void *buf, unsigned long size), unsigned char *outbuf, long *posp,
	   void (*error)(char *message));

#endif /* _LINUX_DECOMPRESS_UNZSTD_H */
