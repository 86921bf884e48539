/* SPDX-License-Identifier: MIT */
#ifndef _LINUX_DMA_MAPPING_H
#define _LINUX_DMA_MAPPING_H

#include <linux/types.h>

/* What a mapping call returns where it fails: no device address. */
#define DMA_MAPPING_ERROR	(~(dma_addr_t)0)

#define DMA_BIT_MASK(n)		(((n) == 64) ? ~0ULL : ((1ULL << (n)) - 1))

#endif
