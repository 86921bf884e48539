/* SPDX-License-Identifier: MIT */
/* Large vmalloc and ioremap areas use 2 MiB blocks. */
#ifndef _ASM_VMALLOC_H
#define _ASM_VMALLOC_H

#include <asm/page.h>
#include <asm/pgtable.h>

#define arch_vmap_pud_supported arch_vmap_pud_supported
/** arch_vmap_pud_supported - may vmalloc space have blocks of 1 GiB? Yes */
static inline bool arch_vmap_pud_supported(pgprot_t prot)
{
	return true;
}

#define arch_vmap_pmd_supported arch_vmap_pmd_supported
/** arch_vmap_pmd_supported - may vmalloc space have blocks of 2 MiB? Yes */
static inline bool arch_vmap_pmd_supported(pgprot_t prot)
{
	return true;
}

#endif /* _ASM_VMALLOC_H */
