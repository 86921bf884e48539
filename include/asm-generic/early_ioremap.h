/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_EARLY_IOREMAP_H
#define _ASM_GENERIC_EARLY_IOREMAP_H

/*
 * Mappings before vmalloc works: FIX_BTMAPS_SLOTS slots of NR_FIX_BTMAPS pages in the fixmap.
 * Boot CPU only. Every mapping must be undone: a leak is reported at the end of booting.
 * early_memremap() is for RAM-like memory (firmware tables), early_ioremap() for devices.
 */

#include <linux/types.h>

void __iomem *early_ioremap(phys_addr_t phys_addr, unsigned long size);
void early_iounmap(void __iomem *addr, unsigned long size);
void *early_memremap(phys_addr_t phys_addr, unsigned long size);
void *early_memremap_ro(phys_addr_t phys_addr, unsigned long size);
void early_memunmap(void *addr, unsigned long size);

#endif /* _ASM_GENERIC_EARLY_IOREMAP_H */
