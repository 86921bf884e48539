/* SPDX-License-Identifier: MIT */
/*
 * From virtual to physical addresses and back.
 *
 * The direct map is a constant shift. The image is mapped a second time at its link address; the
 * distance between that and where the loader put it is known at boot only, and lives in
 * kimage_voffset.
 */
#ifndef _ASM_MEMORY_H
#define _ASM_MEMORY_H

#include <linux/const.h>
#include <asm/layout.h>
#include <asm/page-def.h>

/* Indices into MAIR_EL1 (mm/proc.S), used in the AttrIndx field of a descriptor. */
#define MT_NORMAL		0
#define MT_NORMAL_NC		1
#define MT_DEVICE_nGnRnE	2
#define MT_DEVICE_nGnRE		3

/* Physical memory starts at frame 0 of the direct map; a machine's RAM may begin anywhere above. */
#define PHYS_OFFSET		_AC(0, UL)

#ifndef __ASSEMBLY__

#include <linux/compiler.h>
#include <linux/types.h>

/* Virtual minus physical address of the image; written once by head.S. */
extern u64 kimage_voffset;

#define __is_lm_address(addr)	(((u64)(addr) - PAGE_OFFSET) < (PAGE_END - PAGE_OFFSET))

#define __lm_to_phys(addr)	((phys_addr_t)((u64)(addr) - PAGE_OFFSET))
#define __kimg_to_phys(addr)	((phys_addr_t)((u64)(addr) - kimage_voffset))
#define __phys_to_virt(pa)	((unsigned long)((u64)(pa) + PAGE_OFFSET))
#define __phys_to_kimg(pa)	((unsigned long)((u64)(pa) + kimage_voffset))

/** __virt_to_phys - the physical address of an address of the direct map or the image */
static __always_inline phys_addr_t __virt_to_phys(unsigned long va)
{
	return __is_lm_address(va) ? __lm_to_phys(va) : __kimg_to_phys(va);
}

#define __pa(x)			__virt_to_phys((unsigned long)(x))
#define __pa_symbol(x)		__kimg_to_phys((unsigned long)(x))
#define __pa_nodebug(x)		__pa(x)
#define __va(x)			((void *)__phys_to_virt((phys_addr_t)(x)))
#define lm_alias(x)		__va(__pa_symbol(x))

/**
 * virt_to_phys - physical address of a direct-map or image address
 * @x: the address
 */
static __always_inline phys_addr_t virt_to_phys(const volatile void *x)
{
	return __virt_to_phys((unsigned long)x);
}
#define virt_to_phys virt_to_phys

/**
 * phys_to_virt - the direct-map address of a physical one
 * @x: the physical address, of RAM
 */
static __always_inline void *phys_to_virt(phys_addr_t x)
{
	return (void *)__phys_to_virt(x);
}
#define phys_to_virt phys_to_virt

#define virt_to_pfn(x)		(__virt_to_phys((unsigned long)(x)) >> PAGE_SHIFT)
#define pfn_to_kaddr(pfn)	__va((phys_addr_t)(pfn) << PAGE_SHIFT)
#define sym_to_pfn(x)		(__pa_symbol(x) >> PAGE_SHIFT)

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_MEMORY_H */
