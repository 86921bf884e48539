/* SPDX-License-Identifier: MIT */
/* Pages: their size, the types of table entries, and the calls that clear and copy them. */
#ifndef _ASM_PAGE_H
#define _ASM_PAGE_H

#include <asm/page-def.h>
#include <asm/memory.h>

#ifndef __ASSEMBLY__

#include <asm/pgtable-types.h>

struct page;

void clear_page(void *to);
void copy_page(void *to, const void *from);

#define clear_user_page(addr, vaddr, page)	clear_page(addr)
#define copy_user_page(to, from, vaddr, page)	copy_page(to, from)

typedef struct page *pgtable_t;

#define vmemmap			((struct page *)VMEMMAP_START)
#define __pfn_to_page(pfn)	(vmemmap + (pfn))
#define __page_to_pfn(page)	((unsigned long)((page) - vmemmap))
#define pfn_to_page		__pfn_to_page
#define page_to_pfn		__page_to_pfn
#define page_to_phys(page)	((phys_addr_t)page_to_pfn(page) << PAGE_SHIFT)
#define phys_to_page(phys)	pfn_to_page((phys) >> PAGE_SHIFT)
#define virt_to_page(x)		pfn_to_page(virt_to_pfn(x))
#define page_to_virt(page)	__va(page_to_phys(page))

/* Is this a direct-map address whose page frame exists? */
#define virt_addr_valid(x)	(__is_lm_address(x) && pfn_valid(__lm_to_phys(x) >> PAGE_SHIFT))

#define VM_DATA_DEFAULT_FLAGS	VM_DATA_FLAGS_TSK_EXEC

#include <asm-generic/getorder.h>

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_PAGE_H */
