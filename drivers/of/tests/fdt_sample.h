/* SPDX-License-Identifier: MIT */
#ifndef _FDT_SAMPLE_H
#define _FDT_SAMPLE_H

#include <linux/types.h>

#define FDT_SAMPLE_SIZE		2560

/* Offsets of the header's fields, for tests that break them. */
#define FDT_SAMPLE_TOTALSIZE	4
#define FDT_SAMPLE_OFF_STRUCT	8
#define FDT_SAMPLE_OFF_STRINGS	12
#define FDT_SAMPLE_OFF_RSVMAP	16
#define FDT_SAMPLE_VERSION	20
#define FDT_SAMPLE_LAST_COMP	24
#define FDT_SAMPLE_SIZE_STRINGS	32
#define FDT_SAMPLE_SIZE_STRUCT	36

size_t fdt_sample_build(u8 *p, u32 version);
void fdt_sample_put32(u8 *p, u32 value);

#endif /* _FDT_SAMPLE_H */
