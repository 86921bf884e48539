/* SPDX-License-Identifier: MIT */
/*
 * Virtual <-> physical for the two linear mappings of the kernel: the direct
 * map (every byte of RAM) and the image's own window. __pa() takes an address
 * of either; __va() always answers with the direct map's.
 */
#ifndef _ASM_X86_PAGE_H
#define _ASM_X86_PAGE_H

#include <asm/page_types.h>

#ifndef __ASSEMBLY__
#include <linux/types.h>

/* Where the image really lies minus where it was linked: 0 unless relocated. */
extern unsigned long phys_base;
/* One past the highest page frame that the direct map covers. */
extern unsigned long max_pfn_mapped;

/** __phys_addr_nodebug - the physical address of an address of the direct map or the image */
static __always_inline unsigned long __phys_addr_nodebug(unsigned long x)
{
	if (x >= __START_KERNEL_map)
		return x - __START_KERNEL_map + phys_base;
	return x - PAGE_OFFSET;
}

#define __phys_addr(x)		__phys_addr_nodebug(x)
#define __phys_addr_symbol(x)	((unsigned long)(x) - __START_KERNEL_map + phys_base)

#define __pa(x)			__phys_addr((unsigned long)(x))
#define __pa_nodebug(x)		__phys_addr_nodebug((unsigned long)(x))
#define __pa_symbol(x)		__phys_addr_symbol((unsigned long)(x))
#define __va(x)			((void *)((unsigned long)(x) + PAGE_OFFSET))

#define lm_alias(x)		__va(__pa_symbol(x))

extern bool __virt_addr_valid(unsigned long kaddr);
#define virt_addr_valid(kaddr)	__virt_addr_valid((unsigned long)(kaddr))

#define pfn_to_kaddr(pfn)	__va((unsigned long)(pfn) << PAGE_SHIFT)
#define virt_to_pfn(kaddr)	(__pa(kaddr) >> PAGE_SHIFT)
#define virt_to_page(kaddr)	pfn_to_page(__pa(kaddr) >> PAGE_SHIFT)
#define pfn_to_virt(pfn)	pfn_to_kaddr(pfn)

void clear_page(void *page);
void copy_page(void *to, void *from);

struct page;
#define clear_user_page(page, vaddr, pg)	clear_page(page)
#define copy_user_page(to, from, vaddr, topage)	copy_page(to, from)

#define __HAVE_ARCH_GATE_AREA 0

#include <asm/pgtable_types.h>
#include <asm-generic/memory_model.h>
#include <asm-generic/getorder.h>
#endif /* !__ASSEMBLY__ */

#endif /* _ASM_X86_PAGE_H */
