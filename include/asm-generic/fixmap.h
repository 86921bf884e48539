/* SPDX-License-Identifier: MIT */
#ifndef _ASM_GENERIC_FIXMAP_H
#define _ASM_GENERIC_FIXMAP_H

/*
 * Fixed virtual addresses, given out at build time: slot 0 is the highest page,
 * FIXADDR_TOP, and each further slot is one page lower. What stands in a slot
 * is chosen at run time by __set_fixmap(). The machine's <asm/fixmap.h> has
 * the enum, FIXADDR_TOP and FIXADDR_START.
 */
#include <linux/bug.h>
#include <linux/mm_types.h>

#define __fix_to_virt(x)	(FIXADDR_TOP - ((x) << PAGE_SHIFT))
#define __virt_to_fix(x)	((FIXADDR_TOP - ((x) & PAGE_MASK)) >> PAGE_SHIFT)

#ifndef __ASSEMBLY__

/** fix_to_virt - the address of a fixed mapping, known when compiling */
static __always_inline unsigned long fix_to_virt(const unsigned int idx)
{
	BUILD_BUG_ON(idx >= __end_of_fixed_addresses);
	return __fix_to_virt(idx);
}

/** virt_to_fix - the fixed mapping of an address, highest number lowest */
static inline unsigned long virt_to_fix(const unsigned long vaddr)
{
	BUG_ON(vaddr >= FIXADDR_TOP + PAGE_SIZE || vaddr < FIXADDR_START);
	return __virt_to_fix(vaddr);
}

#ifndef FIXMAP_PAGE_NORMAL
#define FIXMAP_PAGE_NORMAL	PAGE_KERNEL
#endif
#ifndef FIXMAP_PAGE_RO
#define FIXMAP_PAGE_RO		PAGE_KERNEL_RO
#endif
#ifndef FIXMAP_PAGE_NOCACHE
#define FIXMAP_PAGE_NOCACHE	PAGE_KERNEL_NOCACHE
#endif
#ifndef FIXMAP_PAGE_IO
#define FIXMAP_PAGE_IO		PAGE_KERNEL_IO
#endif
#ifndef FIXMAP_PAGE_CLEAR
#define FIXMAP_PAGE_CLEAR	__pgprot(0)
#endif

#ifndef set_fixmap
#define set_fixmap(idx, phys)	__set_fixmap(idx, phys, FIXMAP_PAGE_NORMAL)
#endif
#ifndef clear_fixmap
#define clear_fixmap(idx)	__set_fixmap(idx, 0, FIXMAP_PAGE_CLEAR)
#endif
#define __set_fixmap_offset(idx, phys, flags)				\
({									\
	__set_fixmap(idx, phys, flags);					\
	fix_to_virt(idx) + ((phys) & (PAGE_SIZE - 1));			\
})
#define set_fixmap_offset(idx, phys)	__set_fixmap_offset(idx, phys, FIXMAP_PAGE_NORMAL)
#define set_fixmap_io(idx, phys)	__set_fixmap(idx, phys, FIXMAP_PAGE_IO)
#define set_fixmap_offset_io(idx, phys)	__set_fixmap_offset(idx, phys, FIXMAP_PAGE_IO)
#define set_fixmap_nocache(idx, phys)	__set_fixmap(idx, phys, FIXMAP_PAGE_NOCACHE)
#endif

#endif /* _ASM_GENERIC_FIXMAP_H */
