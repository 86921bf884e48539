/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_MEMORY_MODEL_H
#define _ASM_GENERIC_MEMORY_MODEL_H

/*
 * The flat virtual memory map: struct page of frame n is vmemmap[n], populated only where there
 * is RAM. The machine's asm/pgtable.h (or asm/layout.h) defines vmemmap.
 */

#include <linux/pfn.h>

#define __pfn_to_page(pfn)	(vmemmap + (pfn))
#define __page_to_pfn(page)	((unsigned long)((page) - vmemmap))

#define __pfn_to_phys(pfn)	PFN_PHYS(pfn)
#define __phys_to_pfn(paddr)	PHYS_PFN(paddr)

#define page_to_pfn		__page_to_pfn
#define pfn_to_page		__pfn_to_page
#define page_to_phys(page)	PFN_PHYS(page_to_pfn(page))
#define phys_to_page(phys)	pfn_to_page(PHYS_PFN(phys))

#endif /* _ASM_GENERIC_MEMORY_MODEL_H */
