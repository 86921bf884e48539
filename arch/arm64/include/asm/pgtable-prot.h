/* SPDX-License-Identifier: MIT */
/*
 * Software's bits of a descriptor, and the protections the kernel hands out by name.
 *
 * PTE_WRITE says that writing is allowed; PTE_RDONLY, what the hardware enforces, is cleared only
 * once the page is also dirty. So a clean writable page takes one fault at its first write, which
 * sets PTE_DIRTY. PTE_WRITE sits where the hardware would keep its dirty-bit modifier, so that this
 * can be handed to the walker later. Kernel mappings are made dirty from the start and never take
 * that fault.
 */
#ifndef _ASM_PGTABLE_PROT_H
#define _ASM_PGTABLE_PROT_H

#include <linux/const.h>
#include <asm/memory.h>
#include <asm/pgtable-hwdef.h>

#define PTE_WRITE		PTE_DBM
#define PTE_DIRTY		(_AC(1, UL) << 55)
#define PTE_SPECIAL		(_AC(1, UL) << 56)
#define PTE_DEVMAP		(_AC(1, UL) << 57)
/*
 * Present for the kernel, but never for the walker (valid clear): mprotect(PROT_NONE) and the like.
 */
#define PTE_PROT_NONE		(_AC(1, UL) << 58)
/* In an entry that is not present: an exclusive anonymous page is swapped out behind it. */
#define PTE_SWP_EXCLUSIVE	(_AC(1, UL) << 2)

#define _PROT_BASE		(PTE_TYPE_PAGE | PTE_AF | PTE_SHARED)

#define PROT_NORMAL_BITS	(_PROT_BASE | PTE_PXN | PTE_UXN | PTE_WRITE | PTE_DIRTY | \
				 PTE_ATTRINDX(MT_NORMAL))
#define PROT_NORMAL_NC_BITS	(_PROT_BASE | PTE_PXN | PTE_UXN | PTE_WRITE | PTE_DIRTY | \
				 PTE_ATTRINDX(MT_NORMAL_NC))
#define PROT_DEVICE_nGnRnE_BITS	(_PROT_BASE | PTE_PXN | PTE_UXN | PTE_WRITE | PTE_DIRTY | \
				 PTE_ATTRINDX(MT_DEVICE_nGnRnE))
#define PROT_DEVICE_nGnRE_BITS	(_PROT_BASE | PTE_PXN | PTE_UXN | PTE_WRITE | PTE_DIRTY | \
				 PTE_ATTRINDX(MT_DEVICE_nGnRE))

#define _KERNEL_PROT		PROT_NORMAL_BITS
#define _KERNEL_PROT_RO		((PROT_NORMAL_BITS & ~PTE_WRITE & ~PTE_DIRTY) | PTE_RDONLY)
#define _KERNEL_PROT_ROX	(_KERNEL_PROT_RO & ~PTE_PXN)
#define _KERNEL_PROT_RWX	(PROT_NORMAL_BITS & ~PTE_PXN)

#ifndef __ASSEMBLY__

#include <asm/pgtable-types.h>

#define PROT_DEVICE_nGnRnE	PROT_DEVICE_nGnRnE_BITS
#define PROT_DEVICE_nGnRE	PROT_DEVICE_nGnRE_BITS
#define PROT_NORMAL_NC		PROT_NORMAL_NC_BITS
#define PROT_NORMAL		PROT_NORMAL_BITS

#define PAGE_KERNEL		__pgprot(_KERNEL_PROT)
#define PAGE_KERNEL_RO		__pgprot(_KERNEL_PROT_RO)
#define PAGE_KERNEL_ROX		__pgprot(_KERNEL_PROT_ROX)
#define PAGE_KERNEL_EXEC	__pgprot(_KERNEL_PROT_RWX)
#define PAGE_KERNEL_NOCACHE	__pgprot(PROT_NORMAL_NC_BITS)

#define FIXMAP_PAGE_IO		__pgprot(PROT_DEVICE_nGnRE_BITS)

#define _USER_BASE		(_PROT_BASE | PTE_NG | PTE_PXN | PTE_USER | PTE_RDONLY | \
				 PTE_ATTRINDX(MT_NORMAL))

#define PAGE_NONE		__pgprot((_USER_BASE & ~PTE_VALID & ~PTE_USER) | PTE_PROT_NONE | \
					 PTE_UXN)
#define PAGE_READONLY		__pgprot(_USER_BASE | PTE_UXN)
#define PAGE_READONLY_EXEC	__pgprot(_USER_BASE)
#define PAGE_SHARED		__pgprot(_USER_BASE | PTE_UXN | PTE_WRITE)
#define PAGE_SHARED_EXEC	__pgprot(_USER_BASE | PTE_WRITE)
#define PAGE_COPY		PAGE_READONLY
#define PAGE_COPY_EXEC		PAGE_READONLY_EXEC

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_PGTABLE_PROT_H */
