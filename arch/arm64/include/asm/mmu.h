/* SPDX-License-Identifier: MIT */
/* The machine's part of struct mm_struct, and who maps kernel memory at boot. */
#ifndef _ASM_MMU_H
#define _ASM_MMU_H

#ifndef __ASSEMBLY__

#include <linux/atomic.h>
#include <linux/compiler.h>
#include <linux/init.h>
#include <linux/refcount.h>
#include <asm/pgtable-types.h>

/**
 * typedef mm_context_t - per address space
 * @id: generation and ASID (mm/context.c); the low 16 bits go into TTBR0
 * @vdso: where the vDSO is mapped
 * @flags: MMCF_*
 */
typedef struct {
	atomic64_t id;
	void __user *vdso;
	unsigned long flags;
} mm_context_t;

#define ASID(mm)	(atomic64_read(&(mm)->context.id) & 0xffff)


struct mm_struct;

void __init arm64_memblock_init(void);
void replace_ttbr1(pgd_t *pgdir);
void mark_linear_text_alias_ro(void);

#endif /* !__ASSEMBLY__ */
#endif /* _ASM_MMU_H */
